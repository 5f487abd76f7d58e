//! The address on this machine that the browser comes back to (RFC 8252 §7.3).

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use url::Url;

/// A request line and its headers; browsers send far less.
const LARGEST: usize = 16 << 10;
/// A browser opens lines ahead of need and leaves them silent.
const SILENCE: Duration = Duration::from_secs(30);

/// A port of this machine on which a browser is waited for.
#[derive(Debug)]
pub(super) struct Loopback {
    listener: TcpListener,
    address: String,
}

/// What the browser brought.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Brought {
    pub state: Option<String>,
    pub code: Option<String>,
    pub error: Option<String>,
}

impl Loopback {
    pub async fn bind() -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = format!("http://127.0.0.1:{}", listener.local_addr()?.port());
        Ok(Self { listener, address })
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    /// The first request that brings an answer; others (a favicon) are told that there is nothing. `takes` says whether
    /// the answer is the one waited for, so that the page does not say otherwise.
    pub async fn wait(self, takes: impl Fn(&Brought) -> bool) -> Brought {
        let (tell, mut told) = mpsc::channel::<(Brought, TcpStream)>(8);
        loop {
            tokio::select! {
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => _ = tokio::spawn(serve(stream, tell.clone())),
                    // Out of handles, perhaps: not to be tried in a circle.
                    Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
                },
                Some((brought, stream)) = told.recv() => {
                    answer(stream, "200 OK", page(takes(&brought))).await;
                    return brought;
                }
            }
        }
    }
}

async fn serve(mut stream: TcpStream, tell: mpsc::Sender<(Brought, TcpStream)>) {
    let Ok(Some(target)) = tokio::time::timeout(SILENCE, target(&mut stream)).await else { return };
    match brought(&target) {
        Some(brought) => _ = tell.send((brought, stream)).await,
        None => answer(stream, "404 Not Found", "Nothing here.").await,
    }
}

/// The target of a GET request; its headers are read and left.
async fn target(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut chunk = [0; 2_048];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = stream.read(&mut chunk).await.ok()?;
        if read == 0 || head.len() + read > LARGEST {
            return None;
        }
        head.extend_from_slice(&chunk[..read]);
    }
    let line = head.split(|byte| *byte == b'\r').next()?;
    let line = std::str::from_utf8(line).ok()?;
    let mut words = line.split(' ');
    (words.next()? == "GET").then(|| words.next().map(str::to_owned))?
}

fn brought(target: &str) -> Option<Brought> {
    let url = Url::parse("http://127.0.0.1").ok()?.join(target).ok()?;
    if url.path() != "/" {
        return None;
    }
    let value = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let brought = Brought { state: value("state"), code: value("code"), error: value("error") };
    (brought.code.is_some() || brought.error.is_some()).then_some(brought)
}

fn page(taken: bool) -> &'static str {
    if taken {
        "<!doctype html><html lang=en><meta charset=utf-8><title>Throughline</title>\
         <p>You can close this page and return to Throughline.</p></html>"
    } else {
        "<!doctype html><html lang=en><meta charset=utf-8><title>Throughline</title>\
         <p>The sign-in was not completed. Close this page and return to Throughline.</p></html>"
    }
}

async fn answer(mut stream: TcpStream, status: &str, body: &str) {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         Referrer-Policy: no-referrer\r\nContent-Security-Policy: default-src 'none'\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let send = async {
        stream.write_all(head.as_bytes()).await?;
        stream.shutdown().await
    };
    // The browser may be gone: what it brought counts all the same.
    let _ = tokio::time::timeout(Duration::from_secs(5), send).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn get(address: &str, target: &str) -> String {
        let host = address.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).await.unwrap();
        stream.write_all(format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn the_answer_is_found_among_other_requests() {
        let loopback = Loopback::bind().await.unwrap();
        let address = loopback.address().to_owned();
        let waiting = tokio::spawn(loopback.wait(|brought| brought.state.as_deref() == Some("s 1")));
        // A line that stays silent holds up nobody.
        let _silent = TcpStream::connect(address.strip_prefix("http://").unwrap()).await.unwrap();
        assert!(get(&address, "/favicon.ico").await.starts_with("HTTP/1.1 404"));
        assert!(get(&address, "/").await.starts_with("HTTP/1.1 404"));
        assert!(get(&address, "/other?code=1&state=2").await.starts_with("HTTP/1.1 404"));
        assert!(get(&address, "/?code=4%2Fabc&state=s%201&scope=x").await.contains("return to Throughline"));
        let brought = waiting.await.unwrap();
        assert_eq!((brought.code.as_deref(), brought.state.as_deref()), (Some("4/abc"), Some("s 1")));
    }
}
