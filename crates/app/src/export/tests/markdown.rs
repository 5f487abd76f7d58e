use std::collections::BTreeMap;

use super::world::{NOTES, RUNNING, world};
use crate::export::markdown;

const REVIEW: &str = "2026/2026-11-20 Review- Q4-\u{1F4C8}, plan ; -o-.md";
const AGAIN: &str = "2026/2026-11-20 review- Q4-\u{1F4C8}, plan ; -o- (2).md";

fn files(private: bool) -> BTreeMap<String, String> {
    let files = markdown(&world(private)).into_iter();
    files.map(|file| (file.path, String::from_utf8(file.bytes).unwrap())).collect()
}

#[test]
fn there_is_a_file_for_each_meeting_with_notes_and_each_person() {
    let paths: Vec<_> = files(false).into_keys().collect();
    let expected = [
        REVIEW,
        AGAIN,
        "actions.md",
        "decisions.md",
        "index.md",
        "people/=Ben; O'Dé , Jr.md",
        "people/Ana Ace Silva.md",
        "questions.md",
    ];
    assert_eq!(paths, expected);
}

#[test]
fn a_meeting_has_front_matter_and_its_parts_exactly_as_written() {
    let expected = r#"---
id: "00000000-0000-0000-0000-00000000001e"
title: "Review: Q4/📈, \"plan\"; \\o/"
date: 2026-11-20
start: 2026-11-20T10:00:00+00:00
end: 2026-11-20T11:00:00+00:00
zone: "Europe/Berlin"
series: "Weekly: \"review\""
series_id: "00000000-0000-0000-0000-000000000014"
organizer: "[[people/Ana Ace Silva|Ana \"Ace\" Silva]]"
attendees:
  - "[[people/Ana Ace Silva|Ana \"Ace\" Silva]]"
  - "[[people/=Ben; O'Dé , Jr|=Ben; O'Dé^, Jr.]]"
present:
  - "[[people/Ana Ace Silva|Ana \"Ace\" Silva]]"
purpose: "To decide,\nat last"
location: "Room 1, 🏢 first floor of the house with a very long name, far beyond seventy-five"
call_url: "https://meet.example.com/abc?x=1;y=2"
---

# Review: Q4/📈, "plan"; \\o/

## Prep

Talk about money.

## Notes

"#;
    assert_eq!(files(false)[REVIEW], format!("{expected}{NOTES}\n"));
}

#[test]
fn a_person_has_the_running_note_and_links() {
    let files = files(false);
    assert_eq!(
        files["people/Ana Ace Silva.md"],
        "---
id: \"00000000-0000-0000-0000-000000000001\"
name: \"Ana \\\"Ace\\\" Silva\"
handle: \"ana\"
emails:
  - \"ana@acme.com\"
  - \"a@home.example\"
organization: \"Acme & <Sons>\"
relation: client
---

# Ana \"Ace\" Silva

## Open action items

- @ana =1+1, \"quoted\" by Friday #client/acme · due 2026-11-27 · \
[Review](../2026/2026-11-20%20Review-%20Q4-\u{1F4C8},%20plan%20;%20-o-.md#^send01)

## Decided

- Use \\*SQLite\\*; not \\<b> · [Review](../2026/2026-11-20%20Review-%20Q4-\u{1F4C8},%20plan%20;%20-o-.md#^hold01)
- use files · [Review](../2026/2026-11-20%20review-%20Q4-\u{1F4C8},%20plan%20;%20-o-%20%282%29.md#^old001)

## Meetings

- 2026-11-20 [review: Q4/\u{1F4C8}, \"plan\"; \\\\o/](../2026/2026-11-20%20review-%20Q4-\u{1F4C8},%20plan%20;%20-o-%20%282%29.md)
- 2026-11-20 [Review: Q4/\u{1F4C8}, \"plan\"; \\\\o/](../2026/2026-11-20%20Review-%20Q4-\u{1F4C8},%20plan%20;%20-o-.md)
"
    );
    assert!(files["people/=Ben; O'Dé , Jr.md"].contains(&format!("## Running note\n\n{RUNNING}\n## Meetings\n")));
}

#[test]
fn the_lists_say_where_each_item_stands() {
    let files = files(false);
    let review = "2026/2026-11-20%20Review-%20Q4-\u{1F4C8},%20plan%20;%20-o-.md";
    let again = "2026/2026-11-20%20review-%20Q4-\u{1F4C8},%20plan%20;%20-o-%20%282%29.md";
    assert_eq!(
        files["actions.md"],
        format!(
            "# Action items\n\n## Open\n\n- **Ana \"Ace\" Silva**: @ana =1+1, \"quoted\" by Friday #client/acme · \
             due 2026-11-27 · [Review]({review}#^send01)\n"
        )
    );
    assert_eq!(
        files["decisions.md"],
        format!(
            "# Decisions\n\n## Holding\n
- 2026-11-20: Use \\*SQLite\\*; not \\<b> · [Review]({review}#^hold01)
  - Decided by: Ana
  - Rationale: + It is small - It is one file
  - Revisit: 2027-02-20
  - Supersedes: [use files]({again}#^old001)\n
## Superseded\n
- 2026-11-20: use files · [Review]({again}#^old001)
  - Decided by: Ana
  - Rationale: + It is small - It is one file
  - Revisit: 2027-02-20
  - Superseded by: [Use \\*SQLite\\*; not \\<b>]({review}#^hold01)\n"
        )
    );
    assert_eq!(
        files["questions.md"],
        format!(
            "# Questions\n\n## Open\n\n- 2026-11-20: Who pays? · [Review]({again}#^who001)\n\
             - Undated: Ask about holidays · [Running note](people/=Ben;%20O%27Dé%20,%20Jr.md#^ask001)\n"
        )
    );
}

#[test]
fn every_link_leads_to_a_file_and_a_line_that_are_there() {
    let files = files(true);
    let mut links = 0;
    for (path, text) in &files {
        for (_, rest) in text.match_indices("](").map(|(at, _)| text.split_at(at + 2)) {
            let target = rest.split(')').next().unwrap();
            let (file, anchor) = target.split_once("#^").unwrap_or((target, ""));
            assert_eq!(file.starts_with("../"), path.contains('/'), "{path}: {target}");
            let decoded = decode(file.trim_start_matches("../"));
            let linked = files.get(&decoded).unwrap_or_else(|| panic!("{path}: {target}"));
            assert!(anchor.is_empty() || linked.contains(&format!(" ^{anchor}")), "{path}: {target}");
            links += 1;
        }
    }
    assert!(links > 15);
}

fn decode(target: &str) -> String {
    let (head, mut decoded) = (target.split('%').next().unwrap(), String::new());
    decoded.push_str(head);
    for part in target.split('%').skip(1) {
        decoded.push(char::from(u8::from_str_radix(&part[..2], 16).unwrap()));
        decoded.push_str(&part[2..]);
    }
    decoded
}

#[test]
fn the_index_leads_to_everything() {
    let index = &files(false)["index.md"];
    assert!(index.starts_with("# Meetings and notes\n\nExported 2026-11-22 09:00\n"), "{index}");
    for line in [
        "- [Action items](actions.md): 1 open, 1 in all",
        "- [Decisions](decisions.md): 1 hold, 2 in all",
        "## 2026",
        "- [Ana \"Ace\" Silva](people/Ana%20Ace%20Silva.md), Acme & \\<Sons>",
    ] {
        assert!(index.lines().any(|it| it == line), "{line}\n{index}");
    }
}
