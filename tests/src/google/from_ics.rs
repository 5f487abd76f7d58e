//! An iCalendar file as Google would hold it after taking it in: masters with their recurrence, exceptions by their
//! original start, and a series that goes on otherwise from an occurrence on as two of them.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, SecondsFormat, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde_json::{Map, Value, json};

/// The events by their ids, in the order they have to be made in. `user` is whose calendar it is.
#[must_use]
pub fn from_ics(whole: &str, user: &str) -> Vec<(String, Value)> {
    let mut groups: BTreeMap<String, Vec<Block>> = BTreeMap::new();
    for block in blocks(whole) {
        groups.entry(block.text("UID")).or_default().push(block);
    }
    groups.into_iter().flat_map(|(uid, blocks)| group(&uid, blocks, user)).collect()
}

fn group(uid: &str, mut blocks: Vec<Block>, user: &str) -> Vec<(String, Value)> {
    let id = id_of(uid);
    let mut made = Vec::new();
    let following = blocks.iter().position(|block| block.lines.iter().any(|line| line.parameter("RANGE").is_some()));
    let mut tail: Option<(When, Vec<Block>)> = None;
    if let Some(at) = following {
        let mut rest = blocks.remove(at);
        let from = rest.when("RECURRENCE-ID").expect("an occurrence");
        rest.lines.retain(|line| line.name != "RECURRENCE-ID");
        let master = blocks.iter_mut().find(|block| block.has("RRULE")).expect("a series");
        let begins = rest.when("DTSTART").expect("a start");
        let later = begins.local - from.local;
        let left_out = master.lines.iter().filter(|line| line.name == "EXDATE");
        rest.lines.extend(left_out.map(|line| line.shifted(later)).collect::<Vec<_>>());
        let rule = master.lines.iter_mut().find(|line| line.name == "RRULE").expect("a rule");
        assert!(!rule.value.contains("COUNT="), "a counted rule is not split here");
        let mut tail_rule = rule.clone();
        let ends = tail_rule.value.split(';').map(|part| match part.strip_prefix("UNTIL=") {
            Some(until) => format!("UNTIL={}", later_time(until, later)),
            None => part.to_owned(),
        });
        tail_rule.value = ends.collect::<Vec<_>>().join(";");
        rest.lines.push(tail_rule);
        let until = from.instant() - TimeDelta::seconds(1);
        let kept = rule.value.split(';').filter(|part| !part.starts_with("UNTIL=")).collect::<Vec<_>>().join(";");
        rule.value = format!("{kept};UNTIL={}", until.format("%Y%m%dT%H%M%SZ"));
        let (before, after) = blocks
            .into_iter()
            .partition(|block| block.when("RECURRENCE-ID").is_none_or(|when| when.instant() < from.instant()));
        blocks = before;
        let mut after: Vec<Block> = after;
        after.insert(0, rest);
        tail = Some((from, after));
    }
    for block in &blocks {
        made.push(event(&id, uid, block, user));
    }
    if let Some((from, blocks)) = tail {
        let (local, domain) = uid.split_once('@').unwrap_or((uid, "google.com"));
        let uid = format!("{local}_R{}@{domain}", from.local.format("%Y%m%dT%H%M%S"));
        let id = format!("{id}_R{}", from.local.format("%Y%m%dT%H%M%S"));
        made.extend(blocks.iter().map(|block| event(&id, &uid, block, user)));
    }
    made
}

/// Google's id of a UID that came from elsewhere.
fn id_of(uid: &str) -> String {
    uid.bytes().fold("e".to_owned(), |id, byte| format!("{id}{byte:02x}"))
}

fn event(master: &str, uid: &str, block: &Block, user: &str) -> (String, Value) {
    let original = block.when("RECURRENCE-ID");
    let id = match &original {
        Some(when) => format!("{master}_{}", when.stamp()),
        None => master.to_owned(),
    };
    let mut value = Map::new();
    let mut set = |name: &str, given: Value| _ = value.insert(name.to_owned(), given);
    set("id", json!(id));
    set("iCalUID", json!(uid));
    let status = block.text("STATUS").to_lowercase();
    if let Some(when) = &original {
        set("recurringEventId", json!(master));
        set("originalStartTime", when.told());
        if status == "cancelled" {
            set("status", json!("cancelled"));
            return (id, value.into());
        }
    }
    set("status", json!(if status.is_empty() { "confirmed" } else { status.as_str() }));
    set("summary", json!(block.text("SUMMARY")));
    let start = block.when("DTSTART").expect("a start");
    let end = block.when("DTEND").unwrap_or_else(|| start.after(&block.text("DURATION")));
    set("start", start.told());
    set("end", end.told());
    for (name, field) in [("DESCRIPTION", "description"), ("LOCATION", "location")] {
        if block.has(name) {
            set(field, json!(block.text(name)));
        }
    }
    if block.text("TRANSP") == "TRANSPARENT" {
        set("transparency", json!("transparent"));
    }
    let kind = match (block.text("X-MICROSOFT-CDO-BUSYSTATUS").as_str(), block.text("CATEGORIES").as_str()) {
        ("OOF", _) => "outOfOffice",
        ("WORKINGELSEWHERE", _) => "workingLocation",
        (_, "FOCUS") => "focusTime",
        _ => "default",
    };
    set("eventType", json!(kind));
    if block.has("CONFERENCE") {
        let entry = json!({"entryPointType": "video", "uri": block.text("CONFERENCE")});
        set("conferenceData", json!({"entryPoints": [entry]}));
    }
    let recurrence: Vec<String> = block
        .lines
        .iter()
        .filter(|line| matches!(line.name.as_str(), "RRULE" | "EXDATE" | "RDATE"))
        .map(|line| if line.name == "RRULE" { format!("RRULE:{}", line.value) } else { line.whole.clone() })
        .collect();
    if !recurrence.is_empty() {
        set("recurrence", json!(recurrence));
    }
    if let Some(line) = block.line("ORGANIZER") {
        set("organizer", person(line, user));
    }
    let attendees: Vec<Value> =
        block.lines.iter().filter(|line| line.name == "ATTENDEE").map(|line| person(line, user)).collect();
    if !attendees.is_empty() {
        set("attendees", attendees.into());
    }
    (id, value.into())
}

fn person(line: &Line, user: &str) -> Value {
    let email = line.value.strip_prefix("mailto:").unwrap_or(&line.value).to_owned();
    let mut person = json!({"email": email, "self": email == user});
    if let Some(name) = line.parameter("CN") {
        person["displayName"] = json!(name.trim_matches('"'));
    }
    if line.name == "ATTENDEE" {
        let response = match line.parameter("PARTSTAT") {
            Some("ACCEPTED") => Some("accepted"),
            Some("DECLINED") => Some("declined"),
            Some("TENTATIVE") => Some("tentative"),
            Some("NEEDS-ACTION") => Some("needsAction"),
            _ => None,
        };
        if let Some(response) = response {
            person["responseStatus"] = json!(response);
        }
        person["optional"] = json!(line.parameter("ROLE") == Some("OPT-PARTICIPANT"));
        person["resource"] = json!(matches!(line.parameter("CUTYPE"), Some("ROOM" | "RESOURCE")));
    }
    person
}

/// A day, or a wall-clock time in a zone; a floating one is in the calendar's.
#[derive(Debug, Clone, Copy)]
struct When {
    local: NaiveDateTime,
    zone: Tz,
    is_date: bool,
}

impl When {
    fn instant(&self) -> chrono::DateTime<Utc> {
        self.zone.from_local_datetime(&self.local).earliest().expect("a time that there is").to_utc()
    }

    fn stamp(&self) -> String {
        if self.is_date {
            return self.local.format("%Y%m%d").to_string();
        }
        self.instant().format("%Y%m%dT%H%M%SZ").to_string()
    }

    fn told(&self) -> Value {
        if self.is_date {
            return json!({"date": self.local.date().to_string()});
        }
        let at = self.instant().with_timezone(&self.zone).to_rfc3339_opts(SecondsFormat::Secs, true);
        json!({"dateTime": at, "timeZone": self.zone.name()})
    }

    /// So long after (RFC 5545 §3.3.6); without a duration a day after a day, and at once after a time.
    fn after(self, duration: &str) -> Self {
        let mut seconds = if self.is_date && duration.is_empty() { 86_400 } else { 0 };
        let mut number = 0;
        for c in duration.chars() {
            match c {
                '0'..='9' => number = number * 10 + i64::from(c.to_digit(10).unwrap_or_default()),
                'W' | 'D' | 'H' | 'M' | 'S' => {
                    let unit = match c {
                        'W' => 604_800,
                        'D' => 86_400,
                        'H' => 3_600,
                        'M' => 60,
                        _ => 1,
                    };
                    seconds += number * unit;
                    number = 0;
                }
                _ => {}
            }
        }
        Self { local: self.local + TimeDelta::seconds(seconds), ..self }
    }
}

#[derive(Debug, Clone)]
struct Line {
    name: String,
    parameters: Vec<(String, String)>,
    value: String,
    whole: String,
}

impl Line {
    fn read(whole: &str) -> Self {
        let mut quoted = false;
        let colon = whole.find(|c| {
            quoted ^= c == '"';
            c == ':' && !quoted
        });
        let (head, value) = whole.split_at(colon.unwrap_or(whole.len()));
        let mut parts = head.split(';');
        let name = parts.next().unwrap_or_default().to_owned();
        let parameters = parts.filter_map(|part| part.split_once('=')).map(|(k, v)| (k.to_owned(), v.to_owned()));
        let value = value.strip_prefix(':').unwrap_or_default().to_owned();
        Self { name, parameters: parameters.collect(), value, whole: whole.to_owned() }
    }

    /// Its times, so much later; days stay as they are.
    fn shifted(&self, later: TimeDelta) -> Self {
        let moved = self.value.split(',').map(|time| later_time(time, later));
        let value = moved.collect::<Vec<_>>().join(",");
        let whole =
            format!("{}:{value}", self.whole.strip_suffix(&self.value).unwrap_or(&self.name).trim_end_matches(':'));
        Self { value, whole, ..self.clone() }
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn when(&self) -> When {
        let text = self.value.trim();
        if text.len() == 8 {
            let day = NaiveDate::parse_from_str(text, "%Y%m%d").expect("a day");
            return When { local: day.into(), zone: Tz::Europe__Berlin, is_date: true };
        }
        let local = NaiveDateTime::parse_from_str(text.trim_end_matches('Z'), "%Y%m%dT%H%M%S").expect("a time");
        let zone = match (text.ends_with('Z'), self.parameter("TZID")) {
            (true, _) => Tz::UTC,
            (_, Some(name)) => name.trim_matches('"').parse().expect("a zone"),
            _ => Tz::Europe__Berlin,
        };
        When { local, zone, is_date: false }
    }
}

/// A time as iCalendar writes it, so much later; a day stays as it is.
fn later_time(time: &str, later: TimeDelta) -> String {
    let Ok(local) = NaiveDateTime::parse_from_str(time.trim_end_matches('Z'), "%Y%m%dT%H%M%S") else {
        return time.to_owned();
    };
    let utc = if time.ends_with('Z') { "Z" } else { "" };
    format!("{}{utc}", (local + later).format("%Y%m%dT%H%M%S"))
}

#[derive(Debug, Clone)]
struct Block {
    lines: Vec<Line>,
}

impl Block {
    fn line(&self, name: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.name == name)
    }

    fn has(&self, name: &str) -> bool {
        self.line(name).is_some()
    }

    /// A text without its escapes (RFC 5545 §3.3.11); empty where there is none.
    fn text(&self, name: &str) -> String {
        let Some(line) = self.line(name) else { return String::new() };
        let mut text = String::new();
        let mut letters = line.value.chars();
        while let Some(c) = letters.next() {
            match (c, c == '\\') {
                (_, true) => match letters.next() {
                    Some('n' | 'N') => text.push('\n'),
                    other => text.extend(other),
                },
                _ => text.push(c),
            }
        }
        text
    }

    fn when(&self, name: &str) -> Option<When> {
        self.line(name).map(Line::when)
    }
}

/// The events of a file, unfolded (RFC 5545 §3.1), without what lies inside them.
fn blocks(whole: &str) -> Vec<Block> {
    let unfolded = whole.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "");
    let mut found = Vec::new();
    let mut depth: Vec<&str> = Vec::new();
    for line in unfolded.lines().filter(|line| !line.trim().is_empty()) {
        if let Some(name) = line.strip_prefix("BEGIN:") {
            depth.push(name);
            if name == "VEVENT" {
                found.push(Block { lines: Vec::new() });
            }
        } else if line.starts_with("END:") {
            depth.pop();
        } else if depth.last() == Some(&"VEVENT")
            && let Some(block) = found.last_mut()
        {
            block.lines.push(Line::read(line));
        }
    }
    found
}
