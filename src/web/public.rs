//! The public listener: is this process alive, is it ready, what has it counted; and the paths at
//! which platforms bring what they tell.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};

use crate::platform::{Hook, HookCall};

/// What an operator's machines ask.
pub trait Health: Send + Sync {
    /// Whether questions are being taken: if so, what is down all the same; if not, why.
    fn ready(&self) -> Result<Vec<String>, String>;

    /// The counters, in the `OpenMetrics` text format.
    fn metrics(&self) -> String;
}

/// `/healthz`, `/readyz` and `/metrics`.
pub fn public_router(health: Arc<dyn Health>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { (PLAIN, "ok") }))
        .route("/readyz", get(readyz))
        .route("/metrics", get(metrics))
        .with_state(health)
}

/// The paths of the listener itself.
pub const OWN_PATHS: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// The same with the hooks of platforms; each path is one hook's, and none of them is the
/// listener's own.
pub fn with_hooks(router: Router, hooks: Vec<Arc<dyn Hook>>) -> Router {
    let by_path: BTreeMap<String, Arc<dyn Hook>> =
        hooks.into_iter().map(|hook| (hook.path().to_owned(), hook)).collect();
    let by_path = Arc::new(by_path);
    router.fallback(move |request: Request| {
        let hook = by_path.get(request.uri().path()).map(Arc::clone);
        async move {
            match hook {
                Some(hook) => (PLAIN, call(hook.as_ref(), request).await).into_response(),
                None => StatusCode::NOT_FOUND.into_response(),
            }
        }
    })
}

async fn call(hook: &dyn Hook, request: Request<Body>) -> StatusCode {
    if request.method() != Method::POST {
        return StatusCode::METHOD_NOT_ALLOWED;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, hook.body_limit()).await else {
        return StatusCode::PAYLOAD_TOO_LARGE;
    };
    let headers = parts.headers.iter().filter_map(|(name, value)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    });
    let call = HookCall { headers: headers.collect(), body: body.to_vec() };
    StatusCode::from_u16(hook.call(call).await).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// What these pages say is never to be guessed at, nor to be believed a minute later.
const PLAIN: [(HeaderName, &str); 2] =
    [(header::X_CONTENT_TYPE_OPTIONS, "nosniff"), (header::CACHE_CONTROL, "no-store")];

async fn readyz(State(health): State<Arc<dyn Health>>) -> Response {
    match health.ready() {
        Ok(down) if down.is_empty() => {
            (PLAIN, Json(serde_json::json!({ "ready": true }))).into_response()
        }
        Ok(down) => {
            let body = Json(serde_json::json!({ "ready": true, "down": down }));
            (PLAIN, body).into_response()
        }
        Err(missing) => {
            let body = Json(serde_json::json!({ "ready": false, "missing": missing }));
            (StatusCode::SERVICE_UNAVAILABLE, PLAIN, body).into_response()
        }
    }
}

async fn metrics(State(health): State<Arc<dyn Health>>) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    (PLAIN, [(header::CONTENT_TYPE, kind)], health.metrics()).into_response()
}
