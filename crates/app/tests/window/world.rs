//! A vault for a test, and the moment it is used at.

use throughline_app::meetings::{self, NewMeeting};
use throughline_app::model::NotePart;
use throughline_app::{App, Clock, notes, vault};

/// Monday.
pub const NOW: &str = "2026-11-23T09:00:00Z";

pub fn clock(now: &str) -> Clock {
    Clock { now: now.parse().unwrap(), zone: chrono_tz::Europe::Berlin }
}

/// A vault of Mia's, in a folder that goes with it.
pub struct World {
    pub dir: tempfile::TempDir,
    pub app: App,
}

impl World {
    pub async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        vault::init(dir.path(), clock(NOW), Some("Mia Weber"), Some("mia@acme.example")).await.unwrap();
        let app = App::open(dir.path(), clock(NOW)).await.unwrap();
        Self { dir, app }
    }

    /// The same vault in another program.
    pub async fn again(&self) -> App {
        App::open(self.dir.path(), clock(NOW)).await.unwrap()
    }

    /// A meeting of an hour; `start` is local time.
    pub async fn meeting(&self, title: &str, start: &str, attendees: &[&str]) -> String {
        let attendees = attendees.iter().map(|who| (*who).to_owned()).collect();
        let new = NewMeeting { title: title.to_owned(), start: start.to_owned(), end: None, attendees };
        meetings::new(&self.app, &new).await.unwrap().id.to_string()
    }

    pub async fn write(&self, meeting: &str, text: &str) {
        self.write_part(meeting, NotePart::Notes, text).await;
    }

    pub async fn write_part(&self, meeting: &str, part: NotePart, text: &str) {
        notes::set(&self.app, meeting, part, text, None).await.unwrap();
    }

    pub async fn text(&self, meeting: &str) -> String {
        notes::show(&self.app, meeting, NotePart::Notes).await.unwrap().text
    }
}
