//! A note is what was written, and its lines are the items they were.

use std::collections::BTreeMap;

use proptest::prelude::*;
use throughline_app::meetings::{self, NewMeeting};
use throughline_app::model::NotePart;
use throughline_app::{App, notes};

use crate::config;
use crate::words::{Line, line};
use crate::world::{World, run};

/// Lines of a note, Markdown of every kind and none, with any line ends.
fn anything() -> impl Strategy<Value = String> {
    let words = prop_oneof![
        6 => line().prop_map(|line: Line| line.write(&[])),
        1 => "[ \\t]{0,5}[-*+>|!=?#` ]{0,4}(Action|TODO|=>|!!|\\?\\?|AI)?:? ?[a-zé |@.]{0,12}[ \\t]{0,3}",
        1 => "\\PC{0,16}",
        1 => Just("| Action | Owner | Due |\n|:--|--:|---|\n| do it | Ana | |\n| other | | by Friday".to_owned()),
        1 => Just("Action\n======".to_owned()),
        1 => Just("<!-- !! hidden".to_owned()),
    ];
    let ends = prop_oneof![6 => Just("\n"), 2 => Just("\r\n"), 1 => Just("\n\n"), 1 => Just("  \n"), 1 => Just("\r")];
    prop::collection::vec((words, ends), 0..12)
        .prop_map(|lines| lines.into_iter().map(|(words, end)| words + end).collect::<String>())
        .prop_map(|text| text.replace(['^', '\0'], ""))
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn saving_adds_anchors_and_changes_nothing_else(texts in prop::collection::vec((anything(), 0usize..3), 1..6)) {
        run(async {
            let (_world, app, id) = meeting().await;
            for (text, part) in &texts {
                let part = NotePart::ALL[*part];
                let saved = notes::set(&app, &id, part, text, None).await.expect("saved");
                let shown = notes::show(&app, &id, part).await.expect("shown");
                assert_eq!((&saved.text, saved.revision), (&shown.text, shown.revision));
                only_anchors_added(text, &shown.text);
                let again = notes::set(&app, &id, part, &shown.text, None).await.expect("saved");
                assert_eq!((again.text, again.revision), (shown.text, shown.revision), "of {text:?}");
            }
        });
    }

    #[test]
    fn lines_keep_their_ids_wherever_they_go(
        kinds in prop::collection::vec((0usize..5, 0usize..7, 0usize..4), 1..9),
        order in any::<prop::sample::Index>(),
        reverse in any::<bool>(),
        keep_anchors in any::<bool>(),
    ) {
        run(async {
            let (_world, app, id) = meeting().await;
            let lines: Vec<String> = kinds.iter().enumerate().map(|(at, (kind, ..))| distinct(*kind, at)).collect();
            let before = save(&app, &id, &(lines.join("\n\n") + "\n")).await;
            assert_eq!(before.len(), lines.len());
            let text = notes::show(&app, &id, NotePart::Notes).await.expect("shown").text;
            let mut moved: Vec<String> = text
                .lines()
                .filter(|line| !line.is_empty())
                .zip(&kinds)
                .map(|(line, (_, change, indent))| changed(line, *change, *indent, keep_anchors))
                .collect();
            let by = order.index(moved.len());
            moved.rotate_left(by);
            if reverse {
                moved.reverse();
            }
            let after = save(&app, &id, &(moved.join("\n\n") + "\n")).await;
            assert_eq!(before, after, "{text}\nbecame\n{}", moved.join("\n"));
        });
    }
}

async fn meeting() -> (World, App, String) {
    let world = World::new().await;
    let app = world.open().await;
    let new = NewMeeting { title: "One".to_owned(), start: "2026-11-20".to_owned(), ..NewMeeting::default() };
    let id = meetings::new(&app, &new).await.expect("a meeting").id.to_string();
    (world, app, id)
}

/// Line by line: what was written, with ` ^xxxxxx` before the end, spaces at the end, or the bar that closes a row.
fn only_anchors_added(written: &str, saved: &str) {
    let (written_lines, saved_lines): (Vec<_>, Vec<_>) = (split(written), split(saved));
    assert_eq!(written_lines.len(), saved_lines.len(), "{written:?} became {saved:?}");
    for (written, saved) in written_lines.into_iter().zip(saved_lines) {
        let without = |at: usize| saved[..at].to_owned() + &saved[at + 8..];
        let anchored = saved.match_indices(" ^").any(|(at, _)| {
            let anchor = saved.get(at + 2..at + 8);
            let rest = saved.get(at + 8..);
            anchor.is_some_and(|anchor| anchor.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
                && rest.is_some_and(|rest| rest.chars().all(|c| c.is_whitespace() || c == '|'))
                && without(at) == written
        });
        assert!(written == saved || anchored, "{written:?} became {saved:?}");
    }
}

/// Line ends as CommonMark has them.
fn split(text: &str) -> Vec<&str> {
    text.split_inclusive(['\n', '\r']).collect()
}

/// An item unlike any of another number.
fn distinct(kind: usize, at: usize) -> String {
    const WHAT: [&str; 8] = [
        "send the quarterly figures to finance",
        "book a larger room for the offsite",
        "rewrite onboarding for new engineers",
        "move backups into another region",
        "ask legal about the licence terms",
        "hire two designers before summer",
        "retire the old billing service",
        "prepare slides on churn and growth",
    ];
    let what = WHAT[at];
    match kind {
        0 => format!("!! {what}"),
        1 => format!("- [ ] {what}"),
        2 => format!("=> {what}"),
        3 => format!("?? {what}"),
        _ => format!("Action: {what}"),
    }
}

/// The line indented, and worded a little differently.
fn changed(line: &str, change: usize, indent: usize, keep_anchor: bool) -> String {
    let (words, anchor) = line.split_once(" ^").expect("an anchor");
    let words = match change {
        0 => words.to_owned(),
        1 => format!("{words} soon"),
        2 => words.replace(" the ", " all the ").replace(" a ", " one "),
        3 => format!("{words} #budget"),
        4 => format!("{words} by Friday"),
        5 => words.replacen("e", "E", 1),
        _ => format!("{words}."),
    };
    let bullet = ["", " ", "  ", "   "][indent];
    if keep_anchor { format!("{bullet}{words} ^{anchor}") } else { format!("{bullet}{words}") }
}

/// Saves, and tells the id of each item by a word that is only in it.
async fn save(app: &App, id: &str, text: &str) -> BTreeMap<String, String> {
    notes::set(app, id, NotePart::Notes, text, None).await.expect("saved");
    let told = meetings::show(app, id).await.expect("shown");
    let actions = told.actions.into_iter().map(|item| (item.text, item.id));
    let decisions = told.decisions.into_iter().map(|item| (item.text, item.id));
    let questions = told.questions.into_iter().map(|item| (item.text, item.id));
    let all = actions.chain(decisions).chain(questions);
    const ONLY: [&str; 8] = ["quarterly", "room", "onboarding", "backups", "legal", "designers", "billing", "slides"];
    let word = |text: &str| {
        let text = text.to_lowercase();
        ONLY.iter().find(|word| text.contains(*word)).map_or(text.clone(), |word| (*word).to_owned())
    };
    all.map(|(text, id)| (word(&text), id.to_string())).collect()
}
