//! A real calendar server on loopback: started by a test, filled as another program would fill it, and ended with it.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Who the server knows.
pub const USER: &str = "max";
/// `max:secret`, as Basic authentication has it.
const BASIC: &str = "Basic bWF4OnNlY3JldA==";

/// A server that runs.
#[derive(Debug)]
pub struct DavServer {
    child: Child,
    port: u16,
    /// The folder its calendars lie under, as a path of its address.
    home: String,
    _folder: TempDir,
}

impl DavServer {
    /// Starts a server of Python's: `command` is given a port and a folder. `None`, and a line that says so, where
    /// `scripts/setup test` has not installed it.
    pub(crate) fn start(program: &str, home: &str, command: impl Fn(&mut Command, u16, &TempDir)) -> Option<Self> {
        let program = installed(&format!("servers/bin/{program}"))?;
        // Another process may take the port between our look and the server's; then the next one will do.
        for _ in 0..5 {
            let folder = TempDir::new().expect("a temporary folder");
            let port = free_port();
            let mut starting = Command::new(&program);
            command(&mut starting, port, &folder);
            let log = std::fs::File::create(folder.path().join("log")).expect("a log beside the calendars");
            starting.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
            let child = starting.spawn().expect("the server starts");
            let mut server = Self { child, port, home: home.to_owned(), _folder: folder };
            if server.answers() {
                // The first question makes the user's own folder; whoever speaks TLS is asked by others.
                if !home.is_empty() {
                    server.ask("PROPFIND", home, &[("Depth", "0")], "");
                }
                return Some(server);
            }
        }
        panic!("{} does not answer", program.display());
    }

    fn answers(&mut self) -> bool {
        let until = Instant::now() + Duration::from_secs(30);
        while Instant::now() < until && self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        false
    }

    /// What a person would type.
    #[must_use]
    pub fn url(&self) -> String {
        self.at("/")
    }

    /// The address of a path on it.
    #[must_use]
    pub fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The path of a calendar.
    #[must_use]
    pub fn calendar(&self, name: &str) -> String {
        format!("{}{name}/", self.home)
    }

    /// Makes a calendar for these components, with a name and a colour.
    pub fn make(&self, name: &str, display: &str, color: &str, components: &[&str]) {
        let kinds: String = components.iter().map(|kind| format!("<C:comp name=\"{kind}\"/>")).collect();
        let body = format!(
            "<?xml version=\"1.0\"?><C:mkcalendar xmlns=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\" \
             xmlns:A=\"http://apple.com/ns/ical/\"><set><prop><displayname>{display}</displayname>\
             <A:calendar-color>{color}</A:calendar-color><C:supported-calendar-component-set>{kinds}\
             </C:supported-calendar-component-set></prop></set></C:mkcalendar>"
        );
        let status = self.ask("MKCALENDAR", &self.calendar(name), &[("Content-Type", "application/xml")], &body);
        assert_eq!(status, 201, "the calendar {name} is made");
    }

    /// Gives a calendar another name.
    pub fn rename(&self, calendar: &str, display: &str) {
        let body = format!(
            "<?xml version=\"1.0\"?><propertyupdate xmlns=\"DAV:\"><set><prop><displayname>{display}</displayname>\
             </prop></set></propertyupdate>"
        );
        let status = self.ask("PROPPATCH", &self.calendar(calendar), &[("Content-Type", "application/xml")], &body);
        assert_eq!(status, 207, "the calendar {calendar} is renamed");
    }

    /// Puts a resource into a calendar, in place of any of its name.
    pub fn put(&self, calendar: &str, file: &str, ics: &str) {
        let path = format!("{}{file}", self.calendar(calendar));
        let status = self.ask("PUT", &path, &[("Content-Type", "text/calendar; charset=utf-8")], ics);
        assert!(matches!(status, 200..=204), "{path} is put: {status}");
    }

    /// Deletes a resource.
    pub fn delete(&self, calendar: &str, file: &str) {
        let status = self.ask("DELETE", &format!("{}{file}", self.calendar(calendar)), &[], "");
        assert!(matches!(status, 200..=204), "{file} is deleted: {status}");
    }

    /// Deletes a calendar with all that is in it.
    pub fn drop_calendar(&self, calendar: &str) {
        let status = self.ask("DELETE", &self.calendar(calendar), &[], "");
        assert!(matches!(status, 200..=204), "{calendar} is deleted: {status}");
    }

    /// The folder in which it keeps what it has.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self._folder.path().to_owned()
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> u16 {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server answers");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time-out");
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let (port, length) = (self.port, body.len());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: {BASIC}\r\nConnection: close\r\n\
             {headers}Content-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).expect("a question");
        let mut answer = Vec::new();
        // Some close without ceremony; the status has come by then.
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        let status = answer.split_whitespace().nth(1).and_then(|status| status.parse().ok());
        status.unwrap_or_else(|| panic!("{method} {path} is answered: {answer}"))
    }
}

impl Drop for DavServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nobody has now.
#[must_use]
pub fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("its address").port()
}

/// A program or file that `scripts/setup test` installs, by its path there; where it is not, that is told.
#[must_use]
pub fn installed(path: &str) -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "tests are at the edge themselves")]
    let folder = std::env::var_os("XDG_CACHE_HOME")
        .filter(|folder| !folder.is_empty())
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")))?;
    let found = folder.join("throughline").join(path);
    if found.is_file() {
        return Some(found);
    }
    #[expect(clippy::print_stderr, reason = "what is skipped is told")]
    {
        eprintln!("skipped: {} is not installed; `scripts/setup test` does that", found.display());
    }
    None
}
