//! What the server holds: users, tokens, calendars and events, and what it was asked.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::fault::Fault;

/// Everything the server holds. Every change has a number: what came later than a sync token has a greater one.
#[derive(Debug)]
pub struct World {
    /// How long access tokens say they last, in seconds.
    pub access_lasts: u64,
    /// The most items of a page, whatever was asked for.
    pub page: usize,
    /// Sync tokens of an earlier number are too old.
    pub oldest: u64,
    /// Whether it takes every liberty that the reference leaves it: items in any order, exceptions before their series,
    /// pages with nothing in them, and of an event only what is always there.
    pub liberties: bool,
    /// Whether a refresh token is good once, and another comes with each access token.
    pub rotates: bool,
    /// What was asked, in order.
    pub asked: Vec<Asked>,
    /// Access tokens given so far.
    pub tokens_given: usize,
    /// Requests refused for their access token.
    pub refused: usize,
    pub(super) now: u64,
    pub(super) lists: HashMap<String, Vec<Row>>,
    pub(super) calendars: HashMap<String, Calendar>,
    codes: HashMap<String, Code>,
    /// User and scopes.
    refresh: HashMap<String, (String, String)>,
    access: HashMap<String, (String, String)>,
    faults: Vec<(String, Fault)>,
    made: u64,
}

/// A request that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its path.
    pub path: String,
    /// Its parameters, in alphabetical order.
    pub query: Vec<(String, String)>,
}

impl Asked {
    /// A parameter's value.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.query.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

#[derive(Debug, Clone)]
pub(super) struct Row {
    pub changed: u64,
    pub value: Value,
}

#[derive(Debug, Default)]
pub(super) struct Calendar {
    pub zone: String,
    /// By id, in the order they were made.
    pub events: Vec<Row>,
}

#[derive(Debug)]
struct Code {
    user: String,
    redirect: String,
    challenge: String,
    scope: String,
}

impl Default for World {
    fn default() -> Self {
        Self {
            access_lasts: 3_599,
            page: 2_500,
            oldest: 0,
            liberties: false,
            rotates: false,
            asked: Vec::new(),
            tokens_given: 0,
            refused: 0,
            now: 1,
            lists: HashMap::new(),
            calendars: HashMap::new(),
            codes: HashMap::new(),
            refresh: HashMap::new(),
            access: HashMap::new(),
            faults: Vec::new(),
            made: 0,
        }
    }
}

impl World {
    /// A user with a primary calendar, which is called by their address.
    pub fn add_user(&mut self, user: &str) {
        self.lists.insert(user.to_owned(), Vec::new());
        self.add_calendar(user, user, json!({"primary": true, "accessRole": "owner", "backgroundColor": "#16a765"}));
    }

    /// A calendar in a user's list; one that others have too is the same calendar.
    pub fn add_calendar(&mut self, user: &str, id: &str, entry: Value) {
        let mut value = json!({"kind": "calendar#calendarListEntry", "etag": "\"1\"", "id": id, "summary": id,
            "timeZone": "Europe/Berlin", "accessRole": "reader", "colorId": "1", "backgroundColor": "#9fe1e7",
            "foregroundColor": "#000000", "selected": true, "defaultReminders": []});
        merge(&mut value, entry);
        self.now += 1;
        let changed = self.now;
        let list = self.lists.get_mut(user).expect("a user");
        list.retain(|row| row.value["id"] != id);
        list.push(Row { changed, value });
        let fresh = || Calendar { zone: "Europe/Berlin".to_owned(), ..Calendar::default() };
        self.calendars.entry(id.to_owned()).or_insert_with(fresh);
    }

    /// Takes a calendar out of a user's list.
    pub fn remove_calendar(&mut self, user: &str, id: &str) {
        self.now += 1;
        let changed = self.now;
        let row = self.lists.get_mut(user).and_then(|list| list.iter_mut().find(|row| row.value["id"] == id));
        *row.expect("a calendar") = Row { changed, value: json!({"id": id, "deleted": true}) };
    }

    /// Makes an event or changes it. What Google always says is filled in.
    pub fn put(&mut self, calendar: &str, event: Value) {
        let id = event["id"].as_str().expect("an id").to_owned();
        let master = event["recurringEventId"].as_str().unwrap_or(&id).to_owned();
        let uid = format!("{master}@google.com");
        let mut value = if self.liberties {
            json!({"iCalUID": uid})
        } else {
            json!({"kind": "calendar#event", "etag": "\"33\"", "status": "confirmed",
                "htmlLink": format!("https://www.google.com/calendar/event?eid={id}"),
                "created": "2026-01-02T10:00:00.000Z", "updated": "2026-01-02T10:00:00.123Z", "iCalUID": uid,
                "sequence": 0, "reminders": {"useDefault": true}, "eventType": "default"})
        };
        merge(&mut value, event);
        self.put_bare(calendar, value);
    }

    /// [`World::put`] of an event that is known to be new: for very many.
    pub fn append(&mut self, calendar: &str, event: Value) {
        let events = std::mem::take(&mut self.calendars.get_mut(calendar).expect("a calendar").events);
        self.put(calendar, event);
        let fresh = std::mem::replace(&mut self.calendars.get_mut(calendar).expect("a calendar").events, events);
        self.calendars.get_mut(calendar).expect("a calendar").events.extend(fresh);
    }

    /// Puts an item as it is, whatever it is.
    pub fn put_bare(&mut self, calendar: &str, value: Value) {
        self.now += 1;
        let changed = self.now;
        let events = &mut self.calendars.get_mut(calendar).expect("a calendar").events;
        events.retain(|row| row.value["id"].is_null() || row.value["id"] != value["id"]);
        events.push(Row { changed, value });
    }

    /// Deletes an event; with a master, its exceptions. Nothing but ids is left of them.
    pub fn delete(&mut self, calendar: &str, id: &str) {
        self.now += 1;
        let changed = self.now;
        for row in &mut self.calendars.get_mut(calendar).expect("a calendar").events {
            let own = row.value["id"] == id;
            if own || row.value["recurringEventId"] == id {
                let gone = json!({"kind": "calendar#event", "id": row.value["id"], "status": "cancelled"});
                *row = Row { changed, value: gone };
            }
        }
    }

    /// Leaves an occurrence out of a series: nothing but what the reference promises is said of it.
    pub fn leave_out(&mut self, calendar: &str, master: &str, instance: &str, original: Value) {
        self.put_bare(
            calendar,
            json!({"id": instance, "status": "cancelled", "recurringEventId": master, "originalStartTime": original}),
        );
    }

    /// Lets the next request whose path begins so go wrong.
    pub fn fail(&mut self, path: &str, fault: Fault) {
        self.faults.push((path.to_owned(), fault));
    }

    /// Lets so many go wrong.
    pub fn fail_times(&mut self, times: usize, path: &str, fault: &Fault) {
        (0..times).for_each(|_| self.fail(path, fault.clone()));
    }

    /// Lets so many go right first, then so many wrong.
    pub fn fail_after(&mut self, right: usize, path: &str, wrong: usize, fault: &Fault) {
        self.fail_times(right, path, &Fault::None);
        self.fail_times(wrong, path, fault);
    }

    /// Whatever was to go wrong goes right again.
    pub fn mend(&mut self) {
        self.faults.clear();
    }

    /// All sync tokens handed out so far are too old.
    pub fn forget_changes(&mut self) {
        self.now += 1;
        self.oldest = self.now;
    }

    /// Access tokens handed out so far are good no longer.
    pub fn expire_access(&mut self) {
        self.access.clear();
    }

    /// The user took the permission back.
    pub fn take_back(&mut self) {
        self.access.clear();
        self.refresh.clear();
    }

    /// The refresh tokens that are good.
    #[must_use]
    pub fn refresh_tokens(&self) -> Vec<String> {
        self.refresh.keys().cloned().collect()
    }

    /// Requests of a path, since the last time this was asked for any.
    pub fn drain_asked(&mut self, path: &str) -> Vec<Asked> {
        std::mem::take(&mut self.asked).into_iter().filter(|asked| asked.path.starts_with(path)).collect()
    }

    pub(super) fn fault(&mut self, path: &str) -> Option<Fault> {
        let at = self.faults.iter().position(|(begins, _)| path.starts_with(begins.as_str()))?;
        Some(self.faults.remove(at).1).filter(|fault| !matches!(fault, Fault::None))
    }

    pub(super) fn has_user(&self, user: &str) -> bool {
        self.lists.contains_key(user)
    }

    /// Whose access token this is, and what it is good for.
    pub(super) fn user_of(&self, bearer: &str) -> Option<&(String, String)> {
        self.access.get(bearer)
    }

    pub(super) fn new_code(&mut self, user: &str, redirect: &str, challenge: &str, scope: &str) -> String {
        let code = self.fresh("4/code");
        let of = Code {
            user: user.to_owned(),
            redirect: redirect.to_owned(),
            challenge: challenge.to_owned(),
            scope: scope.to_owned(),
        };
        self.codes.insert(code.clone(), of);
        code
    }

    /// A code is good once, for whoever knows what its challenge was made of (RFC 7636 §4.6).
    pub(super) fn redeem(&mut self, code: &str, redirect: &str, verifier: &str) -> Option<(String, String, String)> {
        let of = self.codes.remove(code)?;
        if of.redirect != redirect || of.challenge != base64url(&Sha256::digest(verifier.as_bytes())) {
            return None;
        }
        let refresh = self.fresh("1//refresh");
        self.refresh.insert(refresh.clone(), (of.user.clone(), of.scope.clone()));
        let access = self.access_for(&of.user, &of.scope);
        Some((access, refresh, of.scope))
    }

    /// An access token, another refresh token where they are good once, and the scopes.
    pub(super) fn refresh(&mut self, refresh: &str) -> Option<(String, Option<String>, String)> {
        let (user, scope) = self.refresh.get(refresh)?.clone();
        let next = self.rotates.then(|| {
            self.refresh.remove(refresh);
            let next = self.fresh("1//refresh");
            self.refresh.insert(next.clone(), (user.clone(), scope.clone()));
            next
        });
        Some((self.access_for(&user, &scope), next, scope))
    }

    fn access_for(&mut self, user: &str, scope: &str) -> String {
        let access = self.fresh("ya29.access");
        self.access.insert(access.clone(), (user.to_owned(), scope.to_owned()));
        self.tokens_given += 1;
        access
    }

    pub(super) fn revoke(&mut self, token: &str) -> bool {
        let Some((user, _)) = self.refresh.remove(token) else { return false };
        self.access.retain(|_, (of, _)| *of != user);
        true
    }

    fn fresh(&mut self, kind: &str) -> String {
        self.made += 1;
        format!("{kind}-{}-secret", self.made)
    }
}

pub(super) fn lock(world: &Mutex<World>) -> MutexGuard<'_, World> {
    world.lock().unwrap_or_else(PoisonError::into_inner)
}

fn merge(value: &mut Value, with: Value) {
    if let (Value::Object(value), Value::Object(with)) = (value, with) {
        value.extend(with);
    }
}

fn base64url(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            text.push(char::from(LETTERS[(bits >> (18 - 6 * place)) as usize & 63]));
        }
    }
    text
}
