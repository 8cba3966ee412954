//! The public listener: is this process alive, is it ready, what has it counted.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};

/// What an operator's machines ask.
pub trait Health: Send + Sync {
    /// Whether questions are being taken; if not, what is missing.
    fn ready(&self) -> Result<(), String>;

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

/// What these pages say is never to be guessed at, nor to be believed a minute later.
const PLAIN: [(HeaderName, &str); 2] =
    [(header::X_CONTENT_TYPE_OPTIONS, "nosniff"), (header::CACHE_CONTROL, "no-store")];

async fn readyz(State(health): State<Arc<dyn Health>>) -> Response {
    match health.ready() {
        Ok(()) => (PLAIN, Json(serde_json::json!({ "ready": true }))).into_response(),
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
