//! HTTP as plain as it gets: one request on one connection of the loopback.

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What came back.
#[derive(Debug, Clone)]
pub(crate) struct Came {
    pub(crate) status: u16,
    pub(crate) retry_after: Option<u64>,
    pub(crate) body: Vec<u8>,
}

impl Came {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// Where a plain address leads: host with port, and path.
pub(crate) fn target(url: &str) -> Option<(&str, String)> {
    let rest = url.strip_prefix("http://")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    Some((host, format!("/{path}")))
}

/// Sends a body of this kind; `Err` says why there is no answer.
pub(crate) async fn post(
    url: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Result<Came, std::io::Error> {
    let strange = |what: &str| std::io::Error::other(what.to_owned());
    let (host, path) = target(url).ok_or_else(|| strange("no plain address"))?;
    let mut stream = TcpStream::connect(host).await?;
    let more: Vec<String> =
        headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {}\r\n{}Connection: close\r\n\r\n",
        body.len(),
        more.concat(),
    );
    stream.write_all(request.as_bytes()).await?;
    stream.write_all(body).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.ok_or_else(|| strange("the connection ended without an answer"))?;
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| strange("no HTTP"))?;
    let retry_after = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("retry-after").then(|| value.trim().parse().ok())?
    });
    Ok(Came { status, retry_after, body: answer[end + 4..].to_vec() })
}
