//! iCalendar (RFC 5545): files and what CalDAV servers hold.

mod text;
mod time;
mod vevent;
mod zones;

use std::collections::HashMap;

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType as Kind, ICalendarProperty as Property,
    ICalendarValue as Value,
};
use calcard::{Entry, Parser};
use throughline_core::calendar::{Event, EventGroup, Limits, Warning};

use zones::Zones;

/// A calendar as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// What it calls itself.
    pub name: Option<String>,
    /// Its events by UID, in the order of the file.
    pub groups: Vec<EventGroup>,
    /// What could not be read as it was meant.
    pub warnings: Vec<Warning>,
    /// Whether the file was read to its end. Where not, an event that is missing has not been deleted.
    pub complete: bool,
    /// How long it asks to be left alone (RFC 7986 §5.7, or `X-PUBLISHED-TTL`), in seconds.
    pub refresh: Option<u64>,
}

/// Why something is no calendar at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IcsError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// A page of the web, a sign-in page perhaps.
    #[error("this is a web page and not a calendar")]
    Html,
    /// Not text.
    #[error("this is not a text file, so not a calendar")]
    Binary,
    /// Text that does not begin with `BEGIN:VCALENDAR`.
    #[error("this text is not a calendar")]
    NotACalendar,
    /// More than is taken.
    #[error("the calendar is larger than {limit} bytes")]
    TooLarge {
        /// What is taken.
        limit: usize,
    },
}

/// Reads a calendar. An event that cannot be read costs itself and a warning that names it.
///
/// # Errors
/// Where the bytes are no calendar.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Feed, IcsError> {
    if bytes.len() > limits.bytes {
        return Err(IcsError::TooLarge { limit: limits.bytes });
    }
    let text::Decoded { text, lossy } = text::decode(bytes)?;
    let complete = text::is_whole(&text);
    let mut feed = Feed { name: None, groups: Vec::new(), warnings: Vec::new(), complete, refresh: None };
    if lossy {
        feed.warn(None, "The calendar is not in UTF-8; it was read as Western European text.");
    }
    if !feed.complete {
        feed.warn(None, "The calendar breaks off before its end; nothing missing from it is taken for deleted.");
    }
    let whole = match text::cut_event(&text).filter(|_| !feed.complete) {
        Some(at) => {
            feed.warn_of_cut_event(&text[at..], limits);
            &text[..at]
        }
        None => &text,
    };
    let whole = text::without_malformed_dates(whole);
    let mut places = HashMap::new();
    let mut parser = Parser::new(&whole);
    loop {
        match parser.entry() {
            Entry::ICalendar(calendar) => feed.take(&calendar, limits, &mut places),
            Entry::TooManyComponents => feed.complete = false,
            Entry::Eof => break,
            _ => {}
        }
    }
    feed.warn_of_shared_uids();
    Ok(feed)
}

/// Reads RRULE, RDATE, EXRULE and EXDATE lines, as other providers give them beside an event of their own kind, into
/// that event. What cannot be read costs itself and a warning.
pub fn read_recurrence<'a>(
    lines: impl IntoIterator<Item = &'a str>,
    event: &mut Event,
    limits: &Limits,
) -> Vec<Warning> {
    let mut text = String::from("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nDTSTART:20000101T000000Z\n");
    for line in lines {
        text.extend(line.chars().filter(|c| !c.is_control()));
        text.push('\n');
    }
    text.push_str("END:VEVENT\nEND:VCALENDAR\n");
    let Ok(mut feed) = read(text.as_bytes(), limits) else { return Vec::new() };
    if let Some(read) = feed.groups.pop().and_then(|mut group| group.events.pop()) {
        event.rrules = read.rrules;
        event.exrules = read.exrules;
        event.rdates = read.rdates;
        event.exdates = read.exdates;
    }
    feed.warnings.into_iter().map(|warning| Warning::about(event, warning.message)).collect()
}

impl Feed {
    fn warn(&mut self, uid: Option<&str>, message: impl Into<String>) {
        self.warnings.push(Warning { uid: uid.map(str::to_owned), message: message.into() });
    }

    /// An event that breaks off may have lost its rule or its end; as it was stored before, it is right.
    fn warn_of_cut_event(&mut self, rest: &str, limits: &Limits) {
        let text = format!("BEGIN:VCALENDAR\n{rest}");
        let Entry::ICalendar(calendar) = Parser::new(&text).entry() else { return };
        let event = calendar.components.iter().find(|component| component.component_type == Kind::VEvent);
        if let Some(event) = event {
            let (uid, name) = (vevent::uid(event, limits), vevent::name(event, limits));
            self.warn(uid.as_deref(), format!("“{name}” breaks off before its end and was left out."));
        }
    }

    /// A UID names one event (RFC 5545 §3.8.4.7); where a file gives it to several, only one can be shown.
    fn warn_of_shared_uids(&mut self) {
        for group in &self.groups {
            let Some(master) = group.master() else { continue };
            let other = group.events.iter().find(|event| {
                event.recurrence_id.is_none() && event.sequence == master.sequence && event.start != master.start
            });
            if let Some(other) = other {
                let what = format!("it has the same UID as “{}”, which is shown instead", master.title);
                self.warnings.push(Warning::about(other, what));
            }
        }
    }

    fn take(&mut self, calendar: &ICalendar, limits: &Limits, places: &mut HashMap<String, usize>) {
        let head = calendar.components.first();
        let property = |name: &str| head.and_then(|head| first_text(head, name));
        if self.name.is_none() {
            self.name = property("X-WR-CALNAME").or_else(|| property("NAME")).filter(|name| !name.trim().is_empty());
        }
        self.refresh = self.refresh.or_else(|| head.and_then(refresh));
        let cancels = property("METHOD").is_some_and(|method| method.eq_ignore_ascii_case("CANCEL"));
        let (components, too_deep) = within(calendar, limits.nesting);
        if too_deep {
            self.complete = false;
            self.warn(None, "Parts of the calendar are nested too deeply and were left out.");
        }
        let own = components.iter().filter(|component| component.component_type == Kind::VTimezone);
        let mut zones = Zones::new(own.copied(), calendar, property("X-WR-TIMEZONE").as_deref());
        let mut count: usize = self.groups.iter().map(|group| group.events.len()).sum();
        for component in components.iter().filter(|component| component.component_type == Kind::VEvent) {
            if count >= limits.events {
                self.complete = false;
                self.warn(None, format!("The calendar has more than {} events; the rest was left out.", limits.events));
                break;
            }
            let read = vevent::read(component, &mut zones, limits);
            self.warnings.extend(read.warnings);
            let Some(mut event) = read.event else { continue };
            if cancels {
                event.status = throughline_core::model::MeetingStatus::Cancelled;
            }
            count += 1;
            let place = *places.entry(event.uid.clone()).or_insert_with(|| {
                self.groups.push(EventGroup { uid: event.uid.clone(), events: Vec::new() });
                self.groups.len() - 1
            });
            self.groups[place].events.push(event);
        }
    }
}

/// How long a calendar asks to be left alone, in seconds.
fn refresh(head: &ICalendarComponent) -> Option<u64> {
    let said = |name: &str| head.entries.iter().find(|entry| entry.name.as_str().eq_ignore_ascii_case(name));
    let entry = said("REFRESH-INTERVAL").or_else(|| said("X-PUBLISHED-TTL"))?;
    let length = match entry.values.first()? {
        Value::Duration(duration) => time::length(duration),
        other => {
            let text = other.as_text()?;
            let sample =
                format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDURATION:{}\nEND:VEVENT\nEND:VCALENDAR\n", text.trim());
            let Entry::ICalendar(read) = Parser::new(&sample).entry() else { return None };
            let event = read.components.iter().find(|component| component.component_type == Kind::VEvent)?;
            values(event, &Property::Duration).find_map(|value| match value {
                Value::Duration(duration) => Some(time::length(duration)),
                _ => None,
            })?
        }
    };
    u64::try_from(length.days * 86_400 + length.seconds).ok().filter(|seconds| *seconds > 0)
}

/// Every component down to a depth, in the order of the file; and whether there were deeper ones.
fn within(calendar: &ICalendar, depth: usize) -> (Vec<&ICalendarComponent>, bool) {
    let mut found = Vec::new();
    let mut too_deep = false;
    let mut stack = vec![(0_usize, 0_usize)];
    while let Some((index, level)) = stack.pop() {
        let Some(component) = calendar.components.get(index) else { continue };
        if level > depth {
            too_deep = true;
            continue;
        }
        found.push(component);
        stack.extend(component.component_ids.iter().rev().map(|id| (*id as usize, level + 1)));
    }
    (found, too_deep)
}

/// The text of a component's first property of that name.
fn first_text(component: &ICalendarComponent, name: &str) -> Option<String> {
    let entry = component.entries.iter().find(|entry| entry.name.as_str().eq_ignore_ascii_case(name))?;
    let texts: Vec<String> =
        entry.values.iter().filter_map(|value| value.clone().into_text()).map(Into::into).collect();
    Some(texts.join(if matches!(entry.name, Property::Other(_)) { ";" } else { "," }))
}

/// The values of every property of that kind.
fn values<'a>(component: &'a ICalendarComponent, property: &'a Property) -> impl Iterator<Item = &'a Value> {
    component.entries.iter().filter(move |entry| entry.name == *property).flat_map(|entry| &entry.values)
}
