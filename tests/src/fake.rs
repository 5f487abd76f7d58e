//! A server on loopback that answers as a test says, well or badly.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// What it was asked.
#[derive(Debug, Clone)]
pub struct Asked {
    /// GET, PROPFIND, …
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// What was sent along.
    pub body: String,
}

impl Asked {
    /// A header's value.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What it answers.
#[derive(Debug, Clone)]
pub enum Told {
    /// A status, headers and a body.
    Answer(u16, Vec<(String, String)>, Vec<u8>),
    /// Half of that, and then nothing more.
    Cut(Vec<u8>),
    /// Nothing, for as long as anybody would wait.
    Silence,
    /// Zeros without an end.
    Flood,
}

impl Told {
    /// An answer of this kind of content.
    pub fn new(status: u16, kind: &str, body: impl AsRef<[u8]>) -> Self {
        Self::Answer(status, vec![("Content-Type".to_owned(), kind.to_owned())], body.as_ref().to_vec())
    }

    /// Sends on.
    #[must_use]
    pub fn redirect(status: u16, to: &str) -> Self {
        Self::Answer(status, vec![("Location".to_owned(), to.to_owned())], Vec::new())
    }

    /// With a header.
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        match self {
            Self::Answer(status, mut headers, body) => {
                headers.push((name.to_owned(), value.to_owned()));
                Self::Answer(status, headers, body)
            }
            other => other,
        }
    }
}

/// The server; it ends when it is dropped.
#[derive(Debug)]
pub struct Fake {
    port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Fake {
    /// Starts it.
    pub fn start(answer: impl Fn(&Asked) -> Told + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let (asked, over) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (heard, ends, answer) = (Arc::clone(&asked), Arc::clone(&over), Arc::new(answer));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if ends.load(Ordering::SeqCst) {
                    return;
                }
                let (heard, ends, answer) = (Arc::clone(&heard), Arc::clone(&ends), Arc::clone(&answer));
                std::thread::spawn(move || {
                    let _ = serve(stream, &heard, &ends, answer.as_ref());
                });
            }
        });
        Self { port, asked, over, thread: Some(thread) }
    }

    /// The address of a path.
    #[must_use]
    pub fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What it was asked so far.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("nobody panicked").clone()
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(
    mut stream: TcpStream,
    heard: &Mutex<Vec<Asked>>,
    over: &AtomicBool,
    answer: &(impl Fn(&Asked) -> Told + ?Sized),
) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let Some(asked) = read(&stream)? else { return Ok(()) };
    heard.lock().expect("nobody panicked").push(asked.clone());
    match answer(&asked) {
        Told::Answer(status, headers, body) => {
            let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
            // Some statuses have no body, and a length would announce one.
            let length = if status == 304 { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
            write!(stream, "HTTP/1.1 {status} Said\r\n{headers}{length}Connection: close\r\n\r\n")?;
            stream.write_all(&body)
        }
        Told::Cut(body) => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len())?;
            stream.write_all(&body[..body.len() / 2])
        }
        Told::Silence => {
            while !over.load(Ordering::SeqCst) {
                std::thread::sleep(Duration::from_millis(20));
            }
            Ok(())
        }
        Told::Flood => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n")?;
            while !over.load(Ordering::SeqCst) {
                stream.write_all(&[b'0'; 65_536])?;
            }
            Ok(())
        }
    }
}

fn read(stream: &TcpStream) -> std::io::Result<Option<Asked>> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (Some(method), Some(path)) = (words.next(), words.next()) else { return Ok(None) };
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body)?;
    Ok(Some(Asked { method, path, headers, body: String::from_utf8_lossy(&body).into_owned() }))
}
