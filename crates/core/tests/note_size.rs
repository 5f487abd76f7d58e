//! Long notes and many people: time grows with the size of the note alone. Bounds are wide enough for a busy machine
//! and an unoptimised build, and narrow enough that anything quadratic breaks them.

#![allow(clippy::print_stdout, reason = "what was measured is worth seeing")]

use std::time::{Duration, Instant};

use chrono::NaiveDate;
use throughline_core::model::{ItemId, NotePart, PersonId};
use throughline_core::note::{
    Candidate, Context, KnownItem, PeopleIndex, marks, merge, parse, reconcile, strip_anchors, write_anchors,
};
use uuid::Uuid;

fn people(n: u128) -> Vec<Candidate> {
    (0..n)
        .map(|i| Candidate {
            person_id: PersonId(Uuid::from_u128(i)),
            name: format!("First{i} Last{}", i % 97),
            handles: vec![format!("p{i}")],
            aliases: Vec::new(),
        })
        .collect()
}

fn long_note(lines: usize) -> String {
    (0..lines)
        .map(|n| match n % 6 {
            0 => format!("- [ ] First{n} to send the **deck** number {n} to Acme by Friday #acme\n"),
            1 => format!("Talked with @p{n} about [pricing](https://x.org/{n}) and the launch, at some length.\n"),
            2 => format!("=> we take option {n} because it is cheaper\n"),
            3 => "   it costs less, and Acme knows it\n\n".to_owned(),
            4 => format!("  - ACTION-{n}: call `Acme` before 3 Dec (@p{n})\n"),
            _ => format!("?? who pays for {n}\n"),
        })
        .collect()
}

fn timed<T>(what: &str, most: Duration, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let out = run();
    let took = start.elapsed();
    println!("{what}: {took:?}");
    assert!(took < most, "{what} took {took:?}");
    out
}

#[test]
fn a_note_of_five_thousand_lines_is_handled_in_time() {
    let all = people(5_000);
    let room = &all[..12];
    let index = timed("index of 5,000 people", Duration::from_secs(4), || PeopleIndex::new(&all));
    let cx = Context {
        part: NotePart::Notes,
        date: NaiveDate::from_ymd_opt(2026, 11, 25),
        attendees: room,
        people: &index,
        me: None,
        imported: false,
    };
    let text = long_note(5_000);
    let most = Duration::from_secs(8);
    timed("parse the first time", most, || parse(&text, &cx));
    let parsed = timed("parse", most, || parse(&text, &cx));
    assert!(parsed.items.len() > 3_000);
    timed("split into lines and words", most, || {
        text.lines().map(|line| line.split_whitespace().count()).sum::<usize>()
    });
    let marked = timed("mark", most, || marks(&text, &cx));
    assert!(marked.len() > 3_000);
    let anchors: Vec<(u32, String)> =
        parsed.items.iter().enumerate().map(|(n, i)| (i.line, format!("{n:06}"))).collect();
    let anchored = timed("write anchors", most, || write_anchors(&text, &anchors));
    assert_eq!(timed("strip anchors", most, || strip_anchors(&anchored)), text);
    let known: Vec<KnownItem> = parsed
        .items
        .iter()
        .enumerate()
        .map(|(n, i)| KnownItem {
            id: ItemId(Uuid::from_u128(n as u128)),
            kind: i.kind,
            anchor: format!("{n:06}"),
            text: i.text.clone(),
            line: i.line,
            archived: false,
        })
        .collect();
    // Every line reworded, none anchored: the worst case.
    let mut reworded = parsed.items.clone();
    for item in &mut reworded {
        item.text = format!("please {} soon", item.text);
    }
    let ids = timed("reconcile, all reworded", Duration::from_secs(60), || reconcile(&known, &reworded));
    let kept = ids.iter().zip(&known).filter(|(id, row)| **id == Some(row.id)).count();
    assert!(kept * 10 >= known.len() * 9, "{kept} of {}", known.len());
    let ours = anchored.replace("cheaper", "better");
    let theirs = anchored.replace("some length", "length");
    let merged = timed("merge", Duration::from_secs(30), || merge(&anchored, &ours, &theirs));
    assert_eq!(merged.conflicts, 0);
    assert_eq!(merged.text, ours.replace("some length", "length"));
}

#[test]
fn hostile_lines_take_no_longer_than_long_ones() {
    let index = PeopleIndex::default();
    let cx = Context { part: NotePart::Notes, date: None, attendees: &[], people: &index, me: None, imported: true };
    for piece in
        ["!! (", "!! [", "@a ", "by ", "^aaaaaa ", "after ^aaaaaa, ", "A, ", "| ", "**", "> ", "- ", "due ", "((@a) "]
    {
        let text = format!("!! {}", piece.repeat(20_000));
        timed(piece, Duration::from_secs(20), || parse(&text, &cx));
        timed(piece, Duration::from_secs(20), || marks(&text, &cx));
    }
}
