//! The same calendar through every way there is to one: what a scenario asks of one provider, it asks of all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, SecondsFormat};
use serde_json::{Value, json};

use crate::dav::{DavServer, USER};
use crate::fake::{Fake, Told};
use crate::google::{Google, from_ics};
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
    Google { server: Box<Google>, events: Mutex<BTreeMap<String, Value>> },
}

/// What a calendar on a server is called in these tests.
const CALENDAR: &str = "work";
/// Whose calendar it is.
const ME: &str = "max@example.org";

impl Provider {
    /// Every provider that can be started here. Another one is another line.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let here = [
            Some(Self::file()),
            Some(Self::url()),
            Self::dav("Radicale", radicale()),
            Self::dav("Xandikos", xandikos()),
            Some(Self::google()),
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

    /// The first calendar of a user of Google's.
    #[must_use]
    pub fn google() -> Self {
        let server = Box::new(Google::with(ME));
        Self { name: "Google", place: Place::Google { server, events: Mutex::default() } }
    }

    /// The vault as it has to be run with this provider.
    #[must_use]
    pub fn vault(&self, vault: &Vault) -> Vault {
        match &self.place {
            Place::Google { server, .. } => server.vault(vault),
            _ => vault.with_passphrase("correct horse"),
        }
    }

    /// Whether it knows a series that goes on otherwise from an occurrence on as one (RFC 5545 §3.8.4.4).
    #[must_use]
    pub fn knows_this_and_future(&self) -> bool {
        !matches!(self.place, Place::Google { .. })
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
            Place::Google { server, events } => {
                let mut events = events.lock().expect("nobody panicked");
                let listed = from_ics(whole, ME);
                let now: BTreeMap<String, Value> = listed.iter().cloned().collect();
                let mut world = server.world();
                for (id, before) in events.iter().filter(|(id, _)| !now.contains_key(*id)) {
                    match before["recurringEventId"].as_str().map(|master| now.get(master)) {
                        // An exception given up is an occurrence like the others again.
                        Some(Some(master)) => world.put(ME, as_its_series(before, master)),
                        Some(None) => {}
                        None => world.delete(ME, id),
                    }
                }
                for (id, event) in listed.into_iter().filter(|(id, event)| events.get(id) != Some(event)) {
                    match event["status"] == "cancelled" {
                        true if event["recurringEventId"].is_null() => world.delete(ME, &id),
                        true => {
                            let master = event["recurringEventId"].as_str().expect("an id");
                            world.leave_out(ME, master, &id, event["originalStartTime"].clone());
                        }
                        false => world.put(ME, event),
                    }
                }
                *events = now;
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
            Place::Google { server, .. } => _ = server.sign_in(vault, ME),
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

/// What Google holds of an occurrence that was an exception and is one no more.
fn as_its_series(exception: &Value, master: &Value) -> Value {
    let mut event = master.clone();
    let time = |value: &Value| {
        let at = value["dateTime"].as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
        at.map(|at| at.to_utc())
    };
    let original = &exception["originalStartTime"];
    let fields = event.as_object_mut().expect("an event");
    fields.remove("recurrence");
    for name in ["id", "recurringEventId", "originalStartTime"] {
        fields.insert(name.to_owned(), exception[name].clone());
    }
    let length = time(&master["end"]).zip(time(&master["start"])).map(|(end, start)| end - start);
    if let (Some(length), Some(start)) = (length, time(original)) {
        let end = (start + length).to_rfc3339_opts(SecondsFormat::Secs, true);
        fields.insert("end".to_owned(), json!({"dateTime": end, "timeZone": original["timeZone"]}));
    }
    fields.insert("start".to_owned(), original.clone());
    event
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
