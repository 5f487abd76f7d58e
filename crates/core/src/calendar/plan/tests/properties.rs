//! Whatever a calendar does, no note is lost and nothing is doubled.

use std::collections::{BTreeMap, HashSet};

use proptest::prelude::*;

use super::*;
use crate::calendar::EventTime;

/// What people do to a calendar.
#[derive(Debug, Clone)]
enum Deed {
    Add { calendar: bool, uid: u8, day: u8, hour: u8, rule: u8 },
    Retime { calendar: bool, uid: u8, day: u8, hour: u8 },
    Rerule { calendar: bool, uid: u8, rule: u8 },
    Override { calendar: bool, uid: u8, week: u8, day: u8, off: bool },
    Exclude { calendar: bool, uid: u8, week: u8 },
    Split { calendar: bool, uid: u8, week: u8 },
    Delete { calendar: bool, uid: u8 },
    Rename { calendar: bool, uid: u8 },
    Note { which: u16 },
    Sync { calendar: bool },
    Wait { days: u8 },
}

const RULES: [&str; 7] = [
    "",
    "FREQ=WEEKLY;COUNT=5",
    "FREQ=DAILY;COUNT=6",
    "FREQ=WEEKLY;BYDAY=MO,WE",
    "FREQ=WEEKLY;INTERVAL=2;COUNT=4",
    "FREQ=MONTHLY;COUNT=3",
    "FREQ=DAILY;INTERVAL=3;UNTIL=20260801",
];

fn deed() -> impl Strategy<Value = Deed> {
    let uid = 0..4_u8;
    prop_oneof![
        3 => (any::<bool>(), uid.clone(), 0..60_u8, 0..24_u8, 0..7_u8)
            .prop_map(|(calendar, uid, day, hour, rule)| Deed::Add { calendar, uid, day, hour, rule }),
        1 => (any::<bool>(), uid.clone(), 0..60_u8, 0..24_u8)
            .prop_map(|(calendar, uid, day, hour)| Deed::Retime { calendar, uid, day, hour }),
        1 => (any::<bool>(), uid.clone(), 0..7_u8).prop_map(|(calendar, uid, rule)| Deed::Rerule { calendar, uid, rule }),
        2 => (any::<bool>(), uid.clone(), 0..5_u8, 0..60_u8, any::<bool>())
            .prop_map(|(calendar, uid, week, day, off)| Deed::Override { calendar, uid, week, day, off }),
        1 => (any::<bool>(), uid.clone(), 0..5_u8).prop_map(|(calendar, uid, week)| Deed::Exclude { calendar, uid, week }),
        1 => (any::<bool>(), uid.clone(), 1..4_u8).prop_map(|(calendar, uid, week)| Deed::Split { calendar, uid, week }),
        1 => (any::<bool>(), uid.clone()).prop_map(|(calendar, uid)| Deed::Delete { calendar, uid }),
        1 => (any::<bool>(), uid).prop_map(|(calendar, uid)| Deed::Rename { calendar, uid }),
        3 => any::<u16>().prop_map(|which| Deed::Note { which }),
        4 => any::<bool>().prop_map(|calendar| Deed::Sync { calendar }),
        1 => (0..60_u8).prop_map(|days| Deed::Wait { days }),
    ]
}

fn at(day: u8, hour: u8) -> EventTime {
    let start = time("2026-05-01T00:00 Europe/Berlin");
    start.with_local(start.local() + chrono::Duration::hours(i64::from(day) * 24 + i64::from(hour)))
}

type Calendar = BTreeMap<String, EventGroup>;

/// Does a deed to the provider's side.
fn act(calendars: &mut [Calendar; 2], deed: &Deed) {
    match *deed {
        Deed::Add { calendar, uid, day, hour, rule } => {
            let uid = format!("u{uid}");
            let mut event = Event { start: at(day, hour), ..event(&uid, "2026-05-01") };
            event.duration = Some(crate::calendar::EventDuration { days: 0, seconds: 1_800 });
            event.rrules = rules(rule);
            calendars[usize::from(calendar)].insert(uid, group(vec![event]));
        }
        Deed::Retime { calendar, uid, day, hour } => {
            change_master(calendars, calendar, uid, |event| event.start = at(day, hour));
        }
        Deed::Rerule { calendar, uid, rule } => {
            change_master(calendars, calendar, uid, |event| event.rrules = rules(rule))
        }
        Deed::Rename { calendar, uid } => change_master(calendars, calendar, uid, |event| event.title.push('!')),
        Deed::Override { calendar, uid, week, day, off: cancelled } => {
            let Some(group) = calendars[usize::from(calendar)].get_mut(&format!("u{uid}")) else { return };
            let master = group.events[0].clone();
            let id = occurrence(&master, week);
            group.events.retain(|event| event.recurrence_id.as_ref() != Some(&id));
            let event = Event { recurrence_id: Some(id), start: at(day, 9), rrules: vec![], ..master };
            group.events.push(if cancelled { off(event) } else { event });
        }
        Deed::Exclude { calendar, uid, week } => change_master(calendars, calendar, uid, |event| {
            event.exdates.push(occurrence(event, week));
        }),
        Deed::Split { calendar, uid, week } => {
            let Some(group) = calendars[usize::from(calendar)].get_mut(&format!("u{uid}")) else { return };
            let mut second = group.events[0].clone();
            if second.rrules.is_empty() {
                return;
            }
            second.start = occurrence(&second, week);
            let until = second.start.local() - chrono::Duration::seconds(1);
            group.events[0].rrules = vec![format!("FREQ=WEEKLY;UNTIL={}", until.format("%Y%m%dT%H%M%S"))];
            second.uid = format!("u{uid}_R20260501");
            calendars[usize::from(calendar)].insert(second.uid.clone(), super::group(vec![second]));
        }
        Deed::Delete { calendar, uid } => _ = calendars[usize::from(calendar)].remove(&format!("u{uid}")),
        Deed::Note { .. } | Deed::Sync { .. } | Deed::Wait { .. } => {}
    }
}

fn rules(rule: u8) -> Vec<String> {
    Some(RULES[usize::from(rule)]).filter(|rule| !rule.is_empty()).map(str::to_owned).into_iter().collect()
}

fn occurrence(master: &Event, week: u8) -> EventTime {
    master.start.with_local(master.start.local() + chrono::Duration::weeks(week.into()))
}

fn change_master(calendars: &mut [Calendar; 2], calendar: bool, uid: u8, change: impl FnOnce(&mut Event)) {
    if let Some(group) = calendars[usize::from(calendar)].get_mut(&format!("u{uid}")) {
        change(&mut group.events[0]);
    }
}

fn check(vault: &Memory, noted: &HashSet<MeetingId>) -> Result<(), TestCaseError> {
    for id in noted {
        prop_assert!(vault.meetings.contains_key(id), "a noted meeting is lost");
    }
    let mut seen = HashSet::new();
    for known in vault.meetings.values() {
        prop_assert!(seen.insert((known.series_id, known.original_start)), "doubled: {known:?}");
        prop_assert!(known.has_notes || known.status != MeetingStatus::Cancelled, "cancelled without notes: {known:?}");
        prop_assert!(!known.calendars.is_empty());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn no_note_is_lost_and_a_second_sync_changes_nothing(deeds in prop::collection::vec(deed(), 1..40)) {
        let mut calendars: [Calendar; 2] = Default::default();
        let mut vault = Memory::default();
        let mut options = Options { accept_deletions: true, ..options() };
        options.window.from = instant("2026-04-20T00:00Z");
        options.window.to = instant("2026-07-10T00:00Z");
        let mut noted = HashSet::new();
        for deed in &deeds {
            act(&mut calendars, deed);
            match *deed {
                Deed::Note { which } if !vault.meetings.is_empty() => {
                    let id = *vault.meetings.keys().nth(usize::from(which) % vault.meetings.len()).expect("one");
                    vault.meetings.get_mut(&id).expect("there").has_notes = true;
                    noted.insert(id);
                }
                Deed::Sync { calendar } => {
                    let groups: Vec<EventGroup> = calendars[usize::from(calendar)].values().cloned().collect();
                    let id = if calendar { A } else { B };
                    vault.sync_all(id, &groups, &options);
                    check(&vault, &noted)?;
                    let again = vault.sync_all(id, &groups, &options);
                    let nothing = Plan { warnings: again.warnings.clone(), ..Plan::default() };
                    prop_assert_eq!(&again, &nothing, "after {:?}", deed);
                    let part = vault.sync(id, &Fetched::default(), &options);
                    let nothing = Plan { warnings: part.warnings.clone(), ..Plan::default() };
                    prop_assert_eq!(&part, &nothing);
                }
                Deed::Wait { days } => {
                    let time = chrono::Duration::days(days.into());
                    options.now += time;
                    options.window.from += time;
                    options.window.to += time;
                }
                _ => {}
            }
        }
    }

    /// One calendar alone: after a sync its live meetings are exactly its occurrences.
    #[test]
    fn after_a_sync_the_vault_says_what_the_calendar_says(deeds in prop::collection::vec(deed(), 1..30)) {
        let mut calendars: [Calendar; 2] = Default::default();
        let mut vault = Memory::default();
        let options = Options { accept_deletions: true, ..options() };
        for deed in &deeds {
            act(&mut calendars, deed);
            if let Deed::Note { which } = *deed && !vault.meetings.is_empty() {
                let id = *vault.meetings.keys().nth(usize::from(which) % vault.meetings.len()).expect("one");
                vault.meetings.get_mut(&id).expect("there").has_notes = true;
            }
            if !matches!(deed, Deed::Sync { .. }) {
                continue;
            }
            let groups: Vec<EventGroup> = calendars[0].values().cloned().collect();
            vault.sync_all(A, &groups, &options);
            let mut expected = HashSet::new();
            for group in &groups {
                let (found, _) =
                    crate::calendar::expand(group, options.window, options.zone, &options.limits);
                let base = group.uid.split('_').next().unwrap_or_default().to_owned();
                expected.extend(
                    found
                        .into_iter()
                        .filter(|occurrence| occurrence.status != MeetingStatus::Cancelled)
                        .map(|occurrence| (base.clone(), occurrence.original_start)),
                );
            }
            let live: HashSet<_> = vault
                .meetings
                .values()
                .filter(|known| known.status != MeetingStatus::Cancelled)
                .map(|known| {
                    let uid = known.uid.clone().unwrap_or_default();
                    (uid.split('_').next().unwrap_or_default().to_owned(), known.original_start)
                })
                .collect();
            prop_assert_eq!(live, expected);
        }
    }
}
