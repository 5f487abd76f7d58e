//! A person's browser: it gets pages and follows where they send it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A page as it came.
#[derive(Debug, Clone)]
pub struct Page {
    /// The status of HTTP.
    pub status: u16,
    /// Where it sends on.
    pub location: Option<String>,
    /// Head and body.
    pub text: String,
}

/// Gets pages of this machine.
#[derive(Debug, Clone, Copy)]
pub struct Browser;

impl Browser {
    /// One page.
    #[must_use]
    pub fn get(&self, url: &str) -> Page {
        self.ask("GET", url, "")
    }

    /// What a form leads to.
    #[must_use]
    pub fn post(&self, url: &str, form: &str) -> Page {
        self.ask("POST", url, form)
    }

    fn ask(&self, method: &str, url: &str, form: &str) -> Page {
        let rest = url.strip_prefix("http://").unwrap_or_else(|| panic!("{url} is not of this machine"));
        let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        let mut stream = TcpStream::connect(host).unwrap_or_else(|error| panic!("{host}: {error}"));
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time-out");
        let kind = "Content-Type: application/x-www-form-urlencoded";
        let head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{kind}\r\n");
        write!(stream, "{head}Content-Length: {}\r\n\r\n{form}", form.len()).expect("a request sent");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("an answer");
        let status = text.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
        let location = text.lines().find_map(|line| line.strip_prefix("location: ").map(str::to_owned));
        Page { status, location, text }
    }

    /// A page, and what it sends on to.
    #[must_use]
    pub fn follow(&self, url: &str) -> Page {
        let page = self.get(url);
        match &page.location {
            Some(location) => self.get(location),
            None => page,
        }
    }
}
