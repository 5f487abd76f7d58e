use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use throughline_core::model::NotePart;

use super::super::people::find;
use super::super::today::Day;
use super::super::{Demo, DemoChange, build, content, script};
use super::calendar::meetings;
use super::{many_nows, nows};

/// Texts with the instant they are saved at, in order.
fn texts(demo: &Demo) -> Vec<(DateTime<Utc>, &str)> {
    let notes = demo.notes.iter().map(|n| (n.at, n.text.as_str()));
    let mut all: Vec<_> = notes.chain(demo.ad_hoc.iter().map(|a| (a.at, a.text.as_str()))).collect();
    all.sort();
    all
}

fn anchor_of(line: &str) -> Option<&str> {
    let line = line.strip_suffix(" |").unwrap_or(line);
    let (_, anchor) = line.rsplit_once(" ^")?;
    (anchor.len() == 6 && anchor.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())).then_some(anchor)
}

/// What a line says of others: the word before and the anchor.
fn references(line: &str) -> Vec<(&str, &str)> {
    let words: Vec<&str> = line.split(' ').collect();
    let pairs = words.windows(2).filter(|w| ["supersedes", "answers", "after"].contains(&w[0]));
    pairs.filter_map(|w| w[1].strip_prefix('^').map(|a| (w[0], a))).collect()
}

#[test]
fn every_block_of_content_finds_its_meeting() {
    let written = content::FILES.iter().map(|f| f.lines().filter(|l| l.starts_with("=== ")).count()).sum::<usize>();
    assert_eq!(content::FILES.iter().map(|f| script::parse(f).len()).sum::<usize>(), written);
    for (now, zone) in nows().chain(many_nows()) {
        let demo = build(now, zone);
        let placed = demo.notes.len() + demo.ad_hoc.len() + demo.running_notes.len();
        assert_eq!(placed, written, "{now} {zone}");
        let places: BTreeSet<_> = demo.notes.iter().map(|n| (&n.uid, n.date, n.part)).collect();
        assert_eq!(places.len(), demo.notes.len(), "two notes in one place");
    }
}

#[test]
fn every_note_and_edit_belongs_to_a_meeting_of_the_calendar() {
    for (now, zone) in nows().chain(many_nows()) {
        let demo = build(now, zone);
        let known: BTreeSet<(String, NaiveDate)> = meetings(&Day::new(now, zone)).into_iter().collect();
        let notes = demo.notes.iter().map(|n| (n.uid.clone(), n.date));
        for place in notes.chain(demo.meetings.iter().map(|m| (m.uid.clone(), m.date))) {
            assert!(known.contains(&place), "{now} {zone}: {place:?}");
        }
        for note in &demo.notes {
            assert!(note.at < now, "{note:?}");
        }
    }
}

#[test]
fn some_three_hundred_meetings_of_the_past_have_notes() {
    let (now, zone) = nows().next().unwrap();
    let demo = build(now, zone);
    let noted: BTreeSet<_> =
        demo.notes.iter().filter(|n| n.part == NotePart::Notes).map(|n| (&n.uid, n.date)).collect();
    assert!((250..=320).contains(&noted.len()), "{}", noted.len());
    let private = demo.notes.iter().filter(|n| n.part == NotePart::Private).count();
    let prep = demo.notes.iter().filter(|n| n.part == NotePart::Prep).count();
    assert!(private >= 10 && prep >= 12, "{private} {prep}");
}

#[test]
fn anchors_are_unique_and_every_reference_finds_an_earlier_one() {
    for (now, zone) in nows().chain(many_nows()) {
        let demo = build(now, zone);
        let mut seen: HashMap<&str, DateTime<Utc>> = HashMap::new();
        let mut links = 0;
        for (at, text) in texts(&demo) {
            let mut here = Vec::new();
            for line in text.lines() {
                for (word, target) in references(line) {
                    let found = seen.get(target);
                    assert!(found.is_some_and(|then| *then < at), "{now} {zone}: {word} ^{target} in {line}");
                    links += 1;
                }
                here.extend(anchor_of(line));
            }
            for anchor in here {
                assert!(seen.insert(anchor, at).is_none(), "^{anchor} twice");
            }
        }
        assert!(links > 50, "{links}");
        for edit in &demo.edits {
            assert!(seen.get(edit.anchor.as_str()).is_some_and(|at| *at < edit.at), "{now} {zone}: {edit:?}");
            assert!(edit.at < now, "{edit:?}");
        }
    }
}

#[test]
fn due_dates_only_slip_later() {
    for (now, zone) in nows() {
        let demo = build(now, zone);
        let mut last: BTreeMap<&str, NaiveDate> = BTreeMap::new();
        for edit in &demo.edits {
            if let DemoChange::Due(to) = edit.what {
                let before = last.insert(&edit.anchor, to);
                assert!(before.is_none_or(|b| b < to), "{now} {zone}: {edit:?}");
                assert!(to > edit.at.with_timezone(&zone).date_naive(), "{now} {zone}: {edit:?}");
            }
        }
        assert!(last.len() >= 15, "{}", last.len());
    }
}

#[test]
fn nothing_of_the_content_s_own_signs_is_left_in_a_text() {
    for (now, zone) in nows() {
        let demo = build(now, zone);
        for (_, text) in texts(&demo) {
            assert!(!text.contains(['{', '}']), "{text}");
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{text:?}");
            assert!(!text.lines().any(|l| l.ends_with(' ') || l.starts_with('%') || l.contains('\t')), "{text}");
        }
        let running = demo.running_notes.iter().map(|(_, text)| text);
        let purposes = demo.meetings.iter().filter_map(|m| m.purpose.as_ref());
        for text in running.chain(purposes).chain([&demo.ics]) {
            assert!(!text.contains(['{', '}']), "{text}");
        }
    }
}

#[test]
fn no_sentence_is_said_more_than_a_few_times() {
    let (now, zone) = nows().next().unwrap();
    let demo = build(now, zone);
    let mut said: BTreeMap<String, usize> = BTreeMap::new();
    for (_, text) in texts(&demo) {
        for line in text.lines() {
            let line =
                anchor_of(line).map_or(line, |a| line.trim_end_matches(a)).trim_matches([' ', '^', '|', '-', '*', '#']);
            if !line.is_empty() {
                *said.entry(line.to_owned()).or_default() += 1;
            }
        }
    }
    assert!(said.len() > 1000, "{}", said.len());
    let often: Vec<_> = said.iter().filter(|(_, n)| **n > 3).collect();
    assert!(often.is_empty(), "{often:?}");
}

#[test]
fn handles_in_the_notes_are_those_of_people() {
    for file in content::FILES {
        for word in file.split([' ', '\n', '(', ')', ',', ':', '\'', '.', '?', ';']).filter_map(|w| w.strip_prefix('@'))
        {
            assert!(find(word).is_some(), "@{word}");
        }
    }
}

#[test]
fn who_is_said_to_have_been_there_was_invited() {
    for file in content::FILES {
        for block in script::parse(file) {
            assert!(block.absent.iter().all(|h| find(h).is_some()), "{:?}", block.target);
        }
    }
    let (now, zone) = nows().next().unwrap();
    let demo = build(now, zone);
    let acme = demo.meetings.iter().filter(|m| m.uid.starts_with("acme@") && !m.present.is_empty()).count();
    assert!(acme >= 20, "{acme}");
    assert!(demo.meetings.iter().any(|m| m.present.iter().any(|(_, there)| !there)));
}

/// One thing of each storyline, in words a reader of the vault would check.
#[test]
fn the_storylines_stand_as_told() {
    let (now, zone) = nows().next().unwrap();
    let demo = build(now, zone);
    let line = |anchor: &str| {
        let end = format!(" ^{anchor}");
        let mut found =
            texts(&demo).into_iter().flat_map(|(_, t)| t.lines()).filter(|l| l.trim_end_matches(" |").ends_with(&end));
        found.next().unwrap_or_else(|| panic!("no {anchor}")).to_owned()
    };
    let changes = |anchor: &str| demo.edits.iter().filter(|e| e.anchor == anchor).map(|e| e.what).collect::<Vec<_>>();
    let slips = |anchor: &str| changes(anchor).iter().filter(|c| matches!(c, DemoChange::Due(_))).count();
    assert!(line("acmcap").contains("capped at the flat fee") && line("acmcap").contains("supersedes ^acmflt"));
    assert!(line("acmflt").contains("supersedes ^acmus2") && line("acmus2").contains("supersedes ^acmuse"));
    assert!(line("stfat3").contains("supersedes ^stfat2") && line("stfat2").contains("supersedes ^stfat1"));
    assert!(line("prihc2").contains("@alex answer on the second headcount"));
    assert_eq!(slips("prihc2"), 2);
    assert!(!changes("prihc2").contains(&DemoChange::Done));
    assert!(line("pridft").contains("@priya draft of the migration plan") && line("pridft").contains("2026-11-19"));
    assert!(line("prilea").starts_with("- Open question: does she want the tech lead role for Atlas?"));
    assert_eq!(slips("acmdpc"), 2);
    assert!(
        line("acdfra").contains("Personal data stays in Frankfurt") && line("acdfra").contains("revisit in 3 months")
    );
    assert!(line("nwterm").contains("24 months"));
    assert!(changes("prikey").contains(&DemoChange::Done));
    assert!(line("acmmon").contains("after ^acmusr") && line("porlea").contains("after ^porsht"));
    assert!(matches!(changes("nwleg1")[..], [DemoChange::Snooze(_)]));
    assert_eq!(changes("samres"), [DemoChange::Done, DemoChange::Reopen]);
}
