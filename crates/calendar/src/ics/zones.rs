//! What a TZID means: the IANA database, Windows names, vendors' prefixes, the file's own VTIMEZONE, in this order.

use std::collections::HashMap;
use std::str::FromStr;

use calcard::common::{PartialDateTime, timezone};
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType as Kind, ICalendarProperty as Property,
    ICalendarValue as Value,
};
use chrono_tz::Tz;
use throughline_core::calendar::{CustomZone, Observance, Zone};

use super::{first_text, time, values};

/// The zones of one calendar.
pub(super) struct Zones {
    own: HashMap<String, (CustomZone, Option<String>)>,
    found: HashMap<String, Option<Zone>>,
    default: Option<Zone>,
}

impl Zones {
    /// `default` is what the calendar says of itself in `X-WR-TIMEZONE`.
    pub fn new<'a>(
        own: impl Iterator<Item = &'a ICalendarComponent>,
        calendar: &ICalendar,
        default: Option<&str>,
    ) -> Self {
        let own = own
            .filter_map(|component| {
                let zone = custom(component, calendar)?;
                let place = first_text(component, "X-LIC-LOCATION").or_else(|| first_text(component, "TZID-ALIAS-OF"));
                Some((zone.name.clone(), (zone, place)))
            })
            .collect();
        let mut zones = Self { own, found: HashMap::new(), default: None };
        zones.default = default.and_then(|name| zones.find(name));
        zones
    }

    /// The zone a TZID names.
    pub fn find(&mut self, tzid: &str) -> Option<Zone> {
        if let Some(found) = self.found.get(tzid) {
            return found.clone();
        }
        let zone = self.look_up(tzid);
        self.found.insert(tzid.to_owned(), zone.clone());
        zone
    }

    /// The zone of the whole calendar, where it says one.
    pub fn default_zone(&self) -> Option<Zone> {
        self.default.clone()
    }

    fn look_up(&self, tzid: &str) -> Option<Zone> {
        if let Some(tz) = named(tzid) {
            return Some(Zone::Iana(tz));
        }
        match self.own.get(tzid) {
            Some((_, Some(place))) if named(place).is_some() => named(place).map(Zone::Iana),
            Some((zone, _)) => Some(Zone::Custom(Box::new(zone.clone()))),
            None => fixed(tzid),
        }
    }
}

/// A zone known by its name, whoever wrote it.
fn named(tzid: &str) -> Option<Tz> {
    let name = tzid.trim().trim_matches('"').trim();
    let spaced = name.replace(' ', "_");
    iana(name).or_else(|| iana(&spaced)).or_else(|| windows(name)).or_else(|| {
        // /freeassociation.sourceforge.net/Tzfile/Europe/Berlin, /mozilla.org/20070129_1/Europe/Berlin
        let mut rest = name;
        while let Some((_, tail)) = rest.split_once('/') {
            if let Some(tz) = iana(tail).filter(|_| tail.contains('/') || name.starts_with('/')) {
                return Some(tz);
            }
            rest = tail;
        }
        None
    })
}

fn iana(name: &str) -> Option<Tz> {
    Tz::from_str(name).ok().or_else(|| {
        chrono_tz::TZ_VARIANTS.iter().copied().find(|tz| !name.is_empty() && tz.name().eq_ignore_ascii_case(name))
    })
}

/// Microsoft's names (the table of CLDR's windowsZones), with or without the `(UTC+01:00)` before them.
fn windows(name: &str) -> Option<Tz> {
    let name = match name.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((_, places)) => places.trim(),
        None => name,
    };
    let table = |name: &str| match timezone::Tz::from_str(name) {
        Ok(timezone::Tz::Tz(tz)) => Some(tz),
        _ => None,
    };
    // calcard takes a leading bracket for an offset and drops its minutes, so it never gets to see one.
    if name.is_empty() || name.starts_with(['(', '/']) {
        return None;
    }
    table(name).or_else(|| table(&format!("{name} Standard Time"))).or_else(|| {
        name.split(',').map(|place| place.trim().replace(' ', "_")).find_map(|place| {
            chrono_tz::TZ_VARIANTS
                .iter()
                .copied()
                .find(|tz| tz.name().rsplit_once('/').is_some_and(|(area, last)| last == place && area != "Etc"))
        })
    })
}

/// `UTC+05:30`, `GMT-3`, `(UTC+01:00) Nowhere`: an offset is better than nothing.
fn fixed(tzid: &str) -> Option<Zone> {
    let text = tzid.trim();
    let text = text.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(text, |(inner, _)| inner);
    let text = text.strip_prefix("UTC").or_else(|| text.strip_prefix("GMT")).unwrap_or(text).trim();
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) => (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?),
        None if digits.len() == 4 && digits.is_ascii() => (digits[..2].parse().ok()?, digits[2..].parse().ok()?),
        None => (digits.parse().ok()?, 0),
    };
    if hours > 14 || !(0..60).contains(&minutes) {
        return None;
    }
    let offset = sign * (hours * 3_600 + minutes * 60);
    let start = chrono::NaiveDate::from_ymd_opt(1970, 1, 1)?.and_hms_opt(0, 0, 0)?;
    let observance =
        Observance { start, offset_from: offset, offset_to: offset, rrules: Vec::new(), rdates: Vec::new() };
    Some(Zone::Custom(Box::new(CustomZone { name: tzid.to_owned(), observances: vec![observance] })))
}

fn custom(component: &ICalendarComponent, calendar: &ICalendar) -> Option<CustomZone> {
    let observances: Vec<Observance> = component
        .component_ids
        .iter()
        .filter_map(|id| calendar.components.get(*id as usize))
        .filter(|part| matches!(part.component_type, Kind::Standard | Kind::Daylight))
        .take(200)
        .filter_map(observance)
        .collect();
    let name = first_text(component, "TZID")?;
    (!observances.is_empty()).then_some(CustomZone { name, observances })
}

fn observance(part: &ICalendarComponent) -> Option<Observance> {
    let partial = |property: &Property| values(part, property).find_map(Value::as_partial_date_time).cloned();
    Some(Observance {
        start: time::local(&partial(&Property::Dtstart)?)?,
        offset_from: offset(&partial(&Property::Tzoffsetfrom)?),
        offset_to: offset(&partial(&Property::Tzoffsetto)?),
        rrules: values(part, &Property::Rrule)
            .filter_map(|value| match value {
                Value::RecurrenceRule(rule) => Some(rule.to_string()),
                _ => None,
            })
            .collect(),
        rdates: values(part, &Property::Rdate)
            .filter_map(Value::as_partial_date_time)
            .filter_map(time::local)
            .take(1_000)
            .collect(),
    })
}

fn offset(partial: &PartialDateTime) -> i32 {
    let seconds = i32::from(partial.tz_hour.unwrap_or(0)) * 3_600 + i32::from(partial.tz_minute.unwrap_or(0)) * 60;
    if partial.tz_minus { -seconds } else { seconds }
}
