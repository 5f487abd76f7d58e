//! A vault to write in, and things to write into it.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{ConnectOptions, Connection as _};
use tempfile::TempDir;
use throughline_core::model::*;
use throughline_store::meeting::Base;
use throughline_store::note::Saved;
use throughline_store::person::Record;
use throughline_store::*;
use uuid::Uuid;

pub struct House {
    pub vault: Vault,
    pub dir: TempDir,
}

pub async fn house() -> House {
    let dir = TempDir::new().unwrap();
    let vault = Vault::create(&dir.path().join("vault")).await.unwrap();
    House { vault, dir }
}

impl House {
    pub async fn write(&self) -> Write {
        self.vault.write(Durability::Full).await.unwrap()
    }

    pub async fn read(&self) -> Read {
        self.vault.read().await.unwrap()
    }

    /// The file without the store's manners.
    pub async fn raw(&self) -> Connection {
        let file = self.vault.dir().join(DATABASE);
        sqlx::sqlite::SqliteConnectOptions::new().filename(file).connect().await.unwrap()
    }

    pub async fn tamper(&self, sql: &'static str) {
        let mut raw = self.raw().await;
        sqlx::raw_sql(sql).execute(&mut raw).await.unwrap();
        raw.close().await.unwrap();
    }
}

pub fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + n)
}

pub fn at(text: &str) -> DateTime<Utc> {
    let text = if text.len() == 10 { format!("{text}T09:00:00Z") } else { text.to_owned() };
    DateTime::parse_from_rfc3339(&text).unwrap().with_timezone(&Utc)
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn entry(command: &str) -> Entry<'_> {
    Entry { command, at: at("2026-11-22"), undoes: None, salt: [7; 32] }
}

pub fn person(n: u128, handle: &str) -> Record {
    Record {
        id: PersonId(uuid(n)),
        handle: handle.to_owned(),
        name: format!("{}{} Silva", handle[..1].to_uppercase(), &handle[1..]),
        relation: Relation::None,
        is_me: false,
        organization_id: None,
        employments: Vec::new(),
        emails: vec![format!("{handle}@acme.com")],
        aliases: Vec::new(),
    }
}

/// An hour from nine o'clock.
pub fn meeting(n: u128, source: Source, title: &str, start: &str) -> Base {
    let start = at(start);
    let zone = chrono_tz::Europe::Lisbon;
    Base {
        id: MeetingId(uuid(n)),
        source,
        series_id: None,
        uid: None,
        original_start: None,
        title: title.to_owned(),
        kind: MeetingKind::Meeting,
        status: MeetingStatus::Confirmed,
        times: Times::Timed { start, end: start + chrono::Duration::hours(1), zone },
        location: None,
        call_url: None,
        description: None,
        organizer: None,
        my_response: None,
        fingerprint: None,
    }
}

pub fn days(n: u128, title: &str, start: &str, end: &str) -> Base {
    let times = Times::AllDay { start: day(start), end: day(end) };
    Base { times, ..meeting(n, Source::Local, title, start) }
}

pub fn note(n: u128, of: MeetingId, part: NotePart, text: &str, revision: i64) -> Saved {
    let note = Note {
        id: NoteId(uuid(n)),
        owner: NoteOwner::Meeting(of),
        part,
        text: text.to_owned(),
        revision,
        updated_at: at("2026-11-22"),
    };
    Saved { note, topics: Vec::new(), mentions: Vec::new() }
}

pub fn item(n: u128, kind: ItemKind, of: &Saved, text: &str) -> Item {
    let NoteOwner::Meeting(meeting) = of.note.owner else { panic!("of a meeting") };
    Item {
        id: ItemId(uuid(n)),
        kind,
        anchor: format!("{n:a>6x}"),
        note_id: of.note.id,
        meeting_id: Some(meeting),
        part: of.note.part,
        line: 1,
        text: text.to_owned(),
        status: ActionStatus::Open,
        owners: Vec::new(),
        due: None,
        slips: 0,
        snoozed_until: None,
        kept_until: None,
        topics: Vec::new(),
        mentions: Vec::new(),
        links: Vec::new(),
        rationale: None,
        alternatives: None,
        revisit: None,
        proposed: false,
        created_at: at("2026-11-22"),
        done_at: None,
        archived: false,
        superseded_unseen: None,
    }
}

pub fn owned_by(person: PersonId, item: Item) -> Item {
    let owner = ItemOwner { person_id: person, inferred: false, written: "ana".to_owned() };
    Item { owners: vec![owner], ..item }
}

pub async fn account(conn: &mut Connection, n: u128) -> CalendarId {
    let account = Account {
        id: AccountId(uuid(n)),
        provider: Provider::Google,
        name: "Work".to_owned(),
        address: format!("me{n}@acme.com"),
        state: AccountState::Ok,
        last_sync: None,
        error: None,
    };
    account::put(conn, &account).await.unwrap();
    let calendar = Calendar {
        id: CalendarId(uuid(n + 1)),
        account_id: account.id,
        remote_id: "primary".to_owned(),
        name: "Mine".to_owned(),
        enabled: true,
        color: None,
        owned: true,
        sync_token: None,
    };
    calendar::put(conn, &calendar).await.unwrap();
    calendar.id
}
