use chrono::{DateTime, Duration, Utc};

use super::super::schedule;
use super::super::singles::{SINGLES, Span, State};
use super::super::today::Day;
use super::{many_nows, nows};

/// What lies on the day: key, start and end of timed ones, whether it is declined.
fn timed(day: &Day) -> Vec<(&'static str, DateTime<Utc>, DateTime<Utc>)> {
    let planned = schedule::plan(day);
    let series = planned.iter().flat_map(|p| p.occurrences.iter().map(move |o| (p.spec.key, o)));
    let mut all: Vec<_> =
        series.filter(|(_, o)| o.date == day.today && !o.cancelled).map(|(key, o)| (key, o.start, o.end)).collect();
    for single in SINGLES.iter().filter(|s| s.state != State::Cancelled) {
        if let Span::Timed(start, end) = single.span(day)
            && single.span(day).date(day.zone) == day.today
        {
            all.push((single.key, start, end));
        }
    }
    all.sort_by_key(|m| m.1);
    all
}

#[test]
fn today_is_full_whatever_day_and_hour_it_is() {
    for (now, zone) in nows().chain(many_nows()) {
        let day = Day::new(now, zone);
        let today = timed(&day);
        let what = format!("{now} {zone}: {today:?}");
        let keys: Vec<&str> = today.iter().map(|m| m.0).collect();
        let of = |key: &str| today.iter().find(|m| m.0 == key).copied();
        // In the very last seconds of a day what comes next comes tomorrow.
        let last_minutes = (now + Duration::minutes(1)).with_timezone(&zone).date_naive() != day.today;
        assert!((if last_minutes { 5 } else { 6 }..=7).contains(&today.len()), "{what}");
        assert!(keys.contains(&"acme") && keys.contains(&"today-vendor"), "{what}");
        let staff = of("staff").unwrap_or_else(|| panic!("{what}"));
        assert!(staff.1 <= now && staff.2 + Duration::minutes(15) >= now, "{what}");
        if let Some(one_to_one) = of("priya") {
            assert!(one_to_one.1 > now && one_to_one.1 <= now + Duration::minutes(20), "{what}");
        } else {
            assert!(last_minutes, "{what}");
        }
        let freeze = SINGLES.iter().find(|s| s.key == "today-freeze").unwrap();
        assert_eq!(freeze.span(&day), Span::AllDay(day.today, day.today + Duration::days(1)));
    }
}

#[test]
fn in_working_hours_today_is_as_its_series_are() {
    let day = Day::new("2026-11-19T10:18:00Z".parse().unwrap(), chrono_tz::Europe::Berlin);
    let local: Vec<String> =
        timed(&day).iter().map(|m| format!("{} {}", m.1.with_timezone(&day.zone).format("%H:%M"), m.0)).collect();
    assert_eq!(
        local,
        ["09:00 today-vendor", "10:15 staff", "11:30 priya", "13:00 acme", "14:30 today-debrief", "16:30 today-board"]
    );
    let moved: Vec<_> =
        schedule::plan(&day).iter().flat_map(|p| p.occurrences.clone()).filter(|o| o.is_today && o.moved).collect();
    assert!(moved.is_empty(), "{moved:?}");
}

#[test]
fn no_series_meets_on_weekends_but_today() {
    use chrono::{Datelike, Weekday};
    for (now, zone) in nows() {
        let day = Day::new(now, zone);
        for planned in schedule::plan(&day) {
            for o in planned.occurrences.iter().filter(|o| !o.is_today) {
                let weekday = o.start.with_timezone(&planned.zone).weekday();
                assert!(!matches!(weekday, Weekday::Sat | Weekday::Sun), "{now} {zone} {}: {o:?}", planned.spec.key);
            }
        }
    }
}
