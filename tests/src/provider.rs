//! The same calendar through every way there is to one: what a scenario asks of one provider, it asks of all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use crate::dav::{DavServer, USER};
use crate::fake::{Fake, Told};
use crate::{Vault, calendar, radicale, xandikos};

/// A calendar somewhere, which a test fills and empties.
pub struct Provider {
    /// For the messages of a test.
    pub name: &'static str,
    place: Place,
}

enum Place {
    File,
    Url { server: Fake, text: Arc<Mutex<String>> },
    Dav { server: Box<DavServer>, files: Mutex<BTreeMap<String, String>> },
}

/// What a calendar on a server is called in these tests.
const CALENDAR: &str = "work";

impl Provider {
    /// Every provider that can be started here. Another one is another line.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let here = [
            Some(Self::file()),
            Some(Self::url()),
            Self::dav("Radicale", radicale()),
            Self::dav("Xandikos", xandikos()),
        ];
        here.into_iter().flatten().collect()
    }

    /// An `.ics` file.
    #[must_use]
    pub fn file() -> Self {
        Self { name: "file", place: Place::File }
    }

    /// A published calendar.
    #[must_use]
    pub fn url() -> Self {
        let text = Arc::new(Mutex::new(calendar(&[])));
        let told = Arc::clone(&text);
        let server = Fake::start(move |asked| {
            let text = told.lock().expect("nobody panicked").clone();
            let etag =
                format!("\"{:x}\"", text.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31) ^ u64::from(byte)));
            match asked.header("if-none-match") == Some(etag.as_str()) {
                true => Told::new(304, "text/calendar", ""),
                false => Told::new(200, "text/calendar; charset=utf-8", text).with("ETag", &etag),
            }
        });
        Self { name: "URL", place: Place::Url { server, text } }
    }

    /// A calendar on a CalDAV server, where there is one.
    #[must_use]
    pub fn dav(name: &'static str, server: Option<DavServer>) -> Option<Self> {
        let server = Box::new(server?);
        server.make(CALENDAR, "Work", "#2255aa", &["VEVENT"]);
        Some(Self { name, place: Place::Dav { server, files: Mutex::default() } })
    }

    /// Makes the calendar hold these events and no others, as [`crate::event`] writes them.
    pub fn hold(&self, vault: &Vault, events: &[String]) {
        self.hold_text(vault, &calendar(events));
    }

    /// Makes the calendar hold the events of an iCalendar file and no others.
    pub fn hold_text(&self, vault: &Vault, whole: &str) {
        match &self.place {
            Place::File => {
                vault.file("provider.ics", whole);
            }
            Place::Url { text, .. } => whole.clone_into(&mut text.lock().expect("nobody panicked")),
            Place::Dav { server, files } => {
                let mut files = files.lock().expect("nobody panicked");
                let now = resources(whole);
                for (name, content) in &now {
                    if files.get(name) != Some(content) {
                        server.put(CALENDAR, name, content);
                    }
                }
                let there: BTreeSet<&String> = now.keys().collect();
                for name in files.keys().filter(|name| !there.contains(name)) {
                    server.delete(CALENDAR, name);
                }
                *files = now;
            }
        }
    }

    /// Adds it as an account of a vault, and syncs everything.
    pub fn connect(&self, vault: &Vault) {
        match &self.place {
            Place::File => {
                let path = vault.home().join("provider.ics");
                vault.json(&["account", "add", "ics", path.to_str().expect("UTF-8")]);
            }
            Place::Url { server, .. } => _ = vault.json(&["account", "add", "ics", &server.at("/work.ics")]),
            Place::Dav { server, .. } => {
                let url = server.at(&server.calendar(CALENDAR));
                vault.json_with(&["account", "add", "caldav", &url, "--user", USER, "--password-stdin"], b"secret\n");
            }
        }
        vault.sync();
    }

    /// The CalDAV server behind it.
    #[must_use]
    pub fn server(&self) -> Option<&DavServer> {
        match &self.place {
            Place::Dav { server, .. } => Some(server),
            _ => None,
        }
    }
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// An iCalendar file as a CalDAV server holds it: a resource for each UID (RFC 4791 §4.1), by the name it gets.
#[must_use]
pub fn resources(whole: &str) -> BTreeMap<String, String> {
    let (mut zones, mut events) = (String::new(), BTreeMap::<String, String>::new());
    let mut block = String::new();
    let mut uid = String::new();
    let mut inside = "";
    for line in whole.split_inclusive('\n') {
        let bare = line.trim_end();
        match bare {
            "BEGIN:VEVENT" => inside = "VEVENT",
            "BEGIN:VTIMEZONE" => inside = "VTIMEZONE",
            _ => {}
        }
        if inside.is_empty() {
            continue;
        }
        block.push_str(line);
        if let Some(found) = bare.strip_prefix("UID:") {
            found.clone_into(&mut uid);
        }
        if bare == "END:VTIMEZONE" {
            zones.push_str(&std::mem::take(&mut block));
            inside = "";
        } else if bare == "END:VEVENT" {
            events.entry(uid.clone()).or_default().push_str(&std::mem::take(&mut block));
            inside = "";
        }
    }
    let name = |uid: &str| {
        let safe: String = uid.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        format!("{safe}.ics")
    };
    let head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Scenarios//EN\r\n";
    let zones_of = |events: &str| if events.contains("TZID=") { zones.clone() } else { String::new() };
    let whole = |events: String| format!("{head}{}{events}END:VCALENDAR\r\n", zones_of(&events));
    events.into_iter().map(|(uid, events)| (name(&uid), whole(events))).collect()
}
