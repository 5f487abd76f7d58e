//! Minutes in the forms people write them; real ones are read in `tests/minutes_corpus.rs`.

use proptest::prelude::*;

use super::*;

mod head;
mod shapes;

/// One line for each attendee: name, what is known, then role, presence and answer where they are not "required yes".
fn people(minutes: &Minutes) -> String {
    let one = |a: &MinutesAttendee| {
        let mut shown = a.name.clone();
        let aliases = Some(a.aliases.join("+")).filter(|all| !all.is_empty());
        for (mark, value) in
            [("@", &a.handle), ("<", &a.email), ("i:", &a.initials), ("o:", &a.organization), ("a:", &aliases)]
        {
            if let Some(value) = value {
                shown.push_str(&format!(" {mark}{value}"));
            }
        }
        match a.role {
            Role::Organizer => shown.push_str(" organizer"),
            Role::Optional => shown.push_str(" optional"),
            Role::Required => {}
        }
        match a.present {
            Presence::Yes => {}
            Presence::No => shown.push_str(" no"),
            Presence::Unknown => shown.push_str(" unknown"),
        }
        if let Some(response) = a.response {
            shown.push_str(&format!(" {response}"));
        }
        shown
    };
    minutes.attendees.iter().map(one).collect::<Vec<_>>().join(" | ")
}

fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, expected)| (text, expected, people(&read(text, "notes.md"))))
        .filter(|(_, expected, found)| found != *expected)
        .map(|(text, expected, found)| format!("{text}\n  expected {expected}\n  found    {found}\n"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn lists_under_a_heading() {
    check(&[
        (
            "## Present\n- Ana Silva @ana (chair)\n- Ben Ode @ben\n\n## Agenda\n- Carol: hi\n",
            "Ana Silva @ana organizer | Ben Ode @ben",
        ),
        (
            "# Weekly\n\n## Attendees\n\n* Ana Silva\n* Ben Ode (Acme)\n\n## Notes\n* Something Else\n",
            "Ana Silva | Ben Ode o:Acme",
        ),
        ("### Participants\n1. Ana Silva\n2. Ben Ode\n", "Ana Silva | Ben Ode"),
        ("## Attendees\nAna Silva, Ben Ode and Carol Diaz\n\n## Agenda\n", "Ana Silva | Ben Ode | Carol Diaz"),
        ("## Attendees\nAna Silva\nBen Ode\nCarol Diaz\n", "Ana Silva | Ben Ode | Carol Diaz"),
        ("## Attendees\n- Ana, Ben, Carol\n", "Ana | Ben | Carol"),
        ("## Attendees\n- Ana Silva, Acme\n- Ben Ode, Globex\n", "Ana Silva o:Acme | Ben Ode o:Globex"),
        ("## Attendees\n- Silva, Ana\n- Ode, Ben\n", "Ana Silva | Ben Ode"),
        ("## Attendees\n- Ana, Acme\n- Ben, Acme\n", "Ana o:Acme | Ben o:Acme"),
        (
            "## Attendees\n- Acme: Ana Silva, Ben Ode\n- Globex: Carol Diaz\n",
            "Ana Silva o:Acme | Ben Ode o:Acme | Carol Diaz o:Globex",
        ),
        (
            "## Attendees\n- Acme\n  - Ana Silva\n  - Ben Ode\n- Globex\n  - Carol Diaz\n",
            "Ana Silva o:Acme | Ben Ode o:Acme | Carol Diaz o:Globex",
        ),
        ("## Attendees\n- Ana Silva\n  - joined late\n- Ben Ode\n", "Ana Silva | Ben Ode"),
        (
            "## Attendees\n### In person\n- Ana Silva\n### Remote\n- Ben Ode\n## Agenda\n- Carol Diaz\n",
            "Ana Silva | Ben Ode",
        ),
        (
            "## Attendees\n### Acme\n- Ana Silva\n### Globex\n- Ben Ode\n## Agenda\n- Carol Diaz\n",
            "Ana Silva | Ben Ode",
        ),
        ("Attendees\n---------\n\n- Ana Silva\n- Ben Ode\n\nAgenda\n------\n- Carol Diaz\n", "Ana Silva | Ben Ode"),
        ("# Present\n\n- Ana Silva\n\n## Agenda\n\n- Carol Diaz\n", "Ana Silva"),
        ("**Attendees**\n\n- Ana Silva\n- Ben Ode\n\n**Agenda**\n\n- Carol Diaz\n", "Ana Silva | Ben Ode"),
        ("**Attendees**\n- Ana Silva\n- Ben Ode\n\nWe met at last.\n\n- Carol Diaz left\n", "Ana Silva | Ben Ode"),
        ("## 👥 Attendees (2)\n- Ana Silva\n- Ben Ode\n", "Ana Silva | Ben Ode"),
        ("== Attendees ==\n* Ana Silva\n* Ben Ode\n", "Ana Silva | Ben Ode"),
        ("## Attendees\n- Ana and Ben\n", "Ana | Ben"),
        ("## Attendees\n\nSee the list of names in the call.\n", ""),
        ("## Attendees\n- Ana Silva\n\nNote: Some came late and are not listed.\n", "Ana Silva"),
        ("> ## Present\n> - Ana Silva\n> - Ben Ode\n", "Ana Silva | Ben Ode"),
    ]);
}

#[test]
fn labelled_lines() {
    check(&[
        ("Date: 3 Dec 2024\nAttendees: Ana Silva, Ben Ode\n\nWe talked.\n", "Ana Silva | Ben Ode"),
        ("**Attendees:** Ana Silva, Ben Ode\n", "Ana Silva | Ben Ode"),
        ("**Attendees**: Ana Silva, Ben Ode\n", "Ana Silva | Ben Ode"),
        (
            "- **Attendees:** Ana Silva, Ben Ode\n- **Absent:** Carol Diaz\n",
            "Ana Silva | Ben Ode | Carol Diaz no declined",
        ),
        ("*Present:* Ana, Ben, and Carol\n", "Ana | Ben | Carol"),
        ("Present (3): Ana, Ben & Carol\n", "Ana | Ben | Carol"),
        (
            "Present: alice, bob\nRegrets: carol\nChair: alice\nScribe: bob\n",
            "alice organizer | bob | carol no declined",
        ),
        (
            "Chair: Ana Silva\nScribe: Ben Ode\nPresent: Ana Silva, Ben Ode, Carol Diaz\n",
            "Ana Silva organizer | Ben Ode | Carol Diaz",
        ),
        ("Chair: Ana\nPresent: Ana Silva, Ben Ode\n", "Ana Silva organizer | Ben Ode"),
        (
            "Chairs: Ana Silva, Ben Ode\nNote taker: Carol Diaz\n",
            "Ana Silva organizer | Ben Ode organizer | Carol Diaz",
        ),
        ("Facilitator: AS\nAttendees: Ana Silva, Ben Ode\n", "Ana Silva organizer | Ben Ode"),
        ("Attendees: Silva, Ana; Ode, Ben\n", "Ana Silva | Ben Ode"),
        (
            "Attendees: Ana Silva (Acme), Ben Ode (he/him), Carol Diaz (FG, Acme)\n",
            "Ana Silva o:Acme | Ben Ode | Carol Diaz o:FG, Acme",
        ),
        (
            "In attendance: Ana Silva (AS), Ben Okoro (BO); Cleo Duarte (CD, Acme)\n",
            "Ana Silva i:AS | Ben Okoro i:BO | Cleo Duarte i:CD o:Acme",
        ),
        ("Attendees: Ana Silva, Ben Ode; Carol Diaz\n", "Ana Silva | Ben Ode | Carol Diaz"),
        ("Attendees: Ana Silva, Acme Inc; Ben Ode\n", "Ana Silva o:Acme Inc | Ben Ode"),
        ("Attendees: Ana Silva, Green Energy; Ben Ode, Blue Sky\n", "Ana Silva o:Green Energy | Ben Ode o:Blue Sky"),
        ("Attendees: @ana, @ben\n", "ana @ana | ben @ben"),
        ("Attendees: @ana @ben\n", "ana @ana | ben @ben"),
        ("Attendees: Ana Silva @ana, Ben Ode (@ben)\n", "Ana Silva @ana | Ben Ode @ben"),
        (
            "Attendees: Ana Silva <ana@acme.com>; Ben Ode <ben@acme.com>\n",
            "Ana Silva <ana@acme.com | Ben Ode <ben@acme.com",
        ),
        ("Attendees: ana@acme.com, ben.ode@acme.com\n", "Ana <ana@acme.com | Ben Ode <ben.ode@acme.com"),
        (
            "Attendees: Ana Silva, Ben Ode,\n  Carol Diaz,\n  Dan Ek\n\nNotes\n",
            "Ana Silva | Ben Ode | Carol Diaz | Dan Ek",
        ),
        ("Attendees:\nAna Silva\nBen Ode\n\nAgenda:\nOne Thing\n", "Ana Silva | Ben Ode"),
        ("Attendees:\n- Ana Silva\n- Ben Ode\n\nAgenda:\n- One Thing\n", "Ana Silva | Ben Ode"),
        ("Attendees:\n\n- Ana Silva\n\n- Ben Ode\n", "Ana Silva | Ben Ode"),
        ("- Attendees:\n  - Ana Silva\n  - Ben Ode\n- Agenda\n  - One Thing\n", "Ana Silva | Ben Ode"),
        ("- Date: 2024-12-03\n- Present\n  - Ana Silva\n  - Ben Ode\n", "Ana Silva | Ben Ode"),
        ("Present: Ana Silva, Ben Ode. Regrets: Carol Diaz.\n", "Ana Silva | Ben Ode | Carol Diaz no declined"),
        ("Who: Ana, Ben & Carla\nWhen: Monday\n", "Ana | Ben | Carla"),
        ("# Sync\n\n- **Who:** Ana Silva, Ben Ode\n- **What:** the plan\n", "Ana Silva | Ben Ode"),
        ("# Sync\n\nWho:\n- Ana Silva\n- Ben Ode\n", "Ana Silva | Ben Ode"),
        ("# Sync\n\nWho: anybody that wants to come along\n", ""),
        ("Attendees: Ana Silva\n\n## Discussion\n\n- What: send it\n- Who: Ben Ode\n", "Ana Silva"),
        ("# Sync\n\n## Discussion\n\nWho: Ben Ode\n", ""),
        ("Present: Ana; Regrets: Ben\n", "Ana | Ben no declined"),
        ("**Present** - Ana Silva, Ben Ode\n", "Ana Silva | Ben Ode"),
        ("In attendance: Ana Silva and Ben Ode\n", "Ana Silva | Ben Ode"),
        ("Also in attendance: Ana Silva\n", "Ana Silva"),
        ("attendees:: [[Ana Silva]], [[people/ben|Ben Ode]]\n", "Ana Silva | Ben Ode"),
        (
            "Attendees: [Ana Silva](https://a.example), [Ben Ode](mailto:ben@acme.com)\n",
            "Ana Silva | Ben Ode <ben@acme.com",
        ),
        ("Invited: Ana Silva, Ben Ode\n", "Ana Silva unknown | Ben Ode unknown"),
        ("Invited: Ana, Ben\nPresent: Ana\nAbsent: Ben\n", "Ana | Ben no declined"),
        (
            "Required attendees: Ana Silva\nOptional attendees: Ben Ode\n",
            "Ana Silva unknown | Ben Ode optional unknown",
        ),
        ("Present: Ana\nGuests: Ben Ode (Acme)\nObservers: Carol\n", "Ana | Ben Ode o:Acme optional | Carol optional"),
        ("Apologies: Ana Silva\nDid not attend: Ben Ode\n", "Ana Silva no declined | Ben Ode no"),
        ("Attendees: Ana Silva, Jr., Ben Ode, PhD, Carol Diaz\n", "Ana Silva | Ben Ode | Carol Diaz"),
        ("**Date:** 3 Dec 2024 | **Attendees:** Ana Silva, Ben Ode\n", "Ana Silva | Ben Ode"),
        ("**Date:** _fill in_ · **Attendees:** _fill in_\n", ""),
        ("> **Date:** 2026-01-31 | **Duration:** 90 minutes | **Attendees:** 130+ participants\n", ""),
        (
            "## Attendees\nAna Silva - (Acme), Ben Ode - (Globex S.p.A.), An Yin - (iTrust)\n",
            "Ana Silva o:Acme | Ben Ode o:Globex S.p.A. | An Yin o:iTrust",
        ),
        (
            "* Location: Charleroi\n* Minutes taken by: Ben Ode (only highlights)\n* Participants:\n  * Acme Belgium: Ana Silva, Carol Diaz (conclusion only)\n  * DB: Ben Ode\n  * NS: Dan Ek (22nd only)\n",
            "Ana Silva o:Acme Belgium | Carol Diaz o:Acme Belgium | Ben Ode o:DB | Dan Ek o:NS",
        ),
        ("## Attendees\n- Chair: …\n- Scribe: …\n- Participants: …\n", ""),
        (
            "## Attendees\n- Chair: Ana Silva\n- Scribe: Ben Ode\n- Participants: Carol Diaz, Dan Ek\n",
            "Ana Silva organizer | Ben Ode | Carol Diaz | Dan Ek",
        ),
        (
            "Meeting Ran By: Ana Silva\n\nMinutes Taken By: Ben Ode\n\n## 1. Roll Call and Housekeeping\n\nMeeting called to order by Ana Silva.\n",
            "Ana Silva organizer | Ben Ode",
        ),
        (
            "Present: ana (Ana Silva),\n  lapin (Ben Ode),\n\tcarol\n\nAbsent:\nExcuse:\n\nTopic: Introduction\n",
            "Ana Silva a:ana | Ben Ode a:lapin | carol",
        ),
        ("## Attendees and goal\n\nAttendees: Ana (PM), Ben (Backend). Goal: migrate it.\n", "Ana | Ben o:Backend"),
        (
            "| | |\n|---|---|\n| **Date:** | 3 Dec 2024 |\n| **Chair:** | Ana Silva |\n| **Secretary:** | [NAME] |\n\n## Attendance\n\n### Directors Present\n\n- Ana Silva, Chair\n- Ben Ode, Treasurer\n\n### Directors Absent\n\n- Carol Diaz (with notice)\n\n### Others Present\n\n- Dan Ek, Counsel (by invitation)\n\n## Quorum\n",
            "Ana Silva organizer | Ben Ode | Carol Diaz no declined | Dan Ek",
        ),
        (
            "## Attendees\n\n| Name | Role / Title | Present |\n|---|---|---|\n| Ana Silva | Director | ✓ |\n| Ben Ode | PM | ✗ (Absent) |\n",
            "Ana Silva | Ben Ode no declined",
        ),
        ("Attendees: Ana Silva / Ben Ode\n", "Ana Silva | Ben Ode"),
        ("Teilnehmer: Ana Silva, Ben Ode\nEntschuldigt: Carol Diaz\n", "Ana Silva | Ben Ode | Carol Diaz no declined"),
        ("Attendees: Ana Silva<br>Ben Ode\n", "Ana Silva | Ben Ode"),
        ("Meeting called by: Ana Silva\nMinutes taken by: Ben Ode\n", "Ana Silva organizer | Ben Ode"),
    ]);
}

#[test]
fn plain_text_of_boards_and_bots() {
    check(&[
        (
            "2. Roll Call\n\n    Directors Present:\n\n      Ana Silva\n      Ben Ode\n\n    Directors Absent:\n\n      none\n\n    \
         Executive Officers Present:\n\n      Carol Diaz\n\n    Guests:\n\n      Dan Ek - left at 11:00\n\n3. Minutes\n\n    Something Else\n",
            "Ana Silva | Ben Ode | Carol Diaz | Dan Ek optional",
        ),
        (
            "   Present\n          ana, ben, carol\n\n   Regrets\n          dan\n\n   Chair\n          ana\n\n   Scribe\n          ben\n\nMeeting minutes\n",
            "ana organizer | ben | carol | dan no declined",
        ),
        ("present+ Ana_Silva\n<ben> present+\n<carol> regrets+\nScribe: ben\n", "Ana Silva | ben | carol no declined"),
        (
            "Attendees (alphabetical):\n  Ana Silva (Acme)\n  Ben Ode (Globex)\n\nAgenda:\n",
            "Ana Silva o:Acme | Ben Ode o:Globex",
        ),
        ("WEEKLY\n======\n\nATTENDEES: ANA SILVA, BEN ODE\n", "ANA SILVA | BEN ODE"),
    ]);
}

#[test]
fn checkboxes_and_placeholders() {
    check(&[
        ("## Attendees\n- [x] Ana Silva\n- [ ] Ben Ode\n", "Ana Silva | Ben Ode no"),
        ("## Attendees\n- [ ] Ana Silva\n- [ ] Ben Ode\n", "Ana Silva unknown | Ben Ode unknown"),
        ("## Invited\n- [x] Ana Silva\n- [ ] Ben Ode\n", "Ana Silva | Ben Ode unknown"),
        ("## Attendees\n- ✅ Ana Silva\n- ❌ Ben Ode\n", "Ana Silva | Ben Ode no"),
        (
            "## Present\n- Ana Silva\n- TBD\n- *add your name*\n- Your name here\n- …\n-\n- ~~Carol Diaz~~\n- [Name]\n<!-- - Dan Ek -->\n",
            "Ana Silva",
        ),
        ("## Present\n- Ana Silva\n\n## Regrets\n\nNone.\n", "Ana Silva"),
        ("## Present\n- Ana Silva\n\n## Regrets\n*\n\n---\n\n## Topics\n- Ben Ode\n", "Ana Silva"),
        ("Attendees: \nRegrets: \nScribe: \n\nNotes: none\n", ""),
        ("## Attendees\n- Everyone\n- The team\n- 10 people from Acme\n", ""),
        ("```\n## Present\n- Ana Silva\n```\n", ""),
    ]);
}

#[test]
fn a_person_listed_twice_is_one() {
    check(&[
        ("## Present\n- Ana Silva\n- Ben Ode\n- Ána Silva (Acme)\n", "Ana Silva o:Acme | Ben Ode"),
        ("## Present\n- Ana Silva (@ana)\n- Ana Silva\n", "Ana Silva @ana"),
        ("## Present\n- Ana Silva (@ana)\n- Ana Silva (@anasilva)\n", "Ana Silva @ana | Ana Silva @anasilva"),
        ("## Present\n- Ana Silva (anasi)\n\n## Scribes\n- anasi (roughly)\n", "Ana Silva a:anasi"),
        ("## Chair\n- Ben\n\n## Present\n- Ana Silva\n- Ben Ode\n", "Ana Silva | Ben Ode organizer"),
        ("Present: Ana Silva, Ana Ode\nChair: Ana\n", "Ana Silva | Ana Ode | Ana organizer"),
        ("Present: Ana Silva\nRegrets: Ana Silva\n", "Ana Silva"),
        ("Regrets: Ana Silva\nChair: Ana Silva\nPresent: Ben Ode\n", "Ana Silva organizer no declined | Ben Ode"),
    ]);
}

#[test]
fn what_is_said_in_the_body_lists_nobody() {
    check(&[
        (
            "## Present\n- Ana Silva\n\n## Discussion\n\nChair: let us begin\n\nPresent: we have what we need\n\nAna: Participants should know\n",
            "Ana Silva",
        ),
        ("# Notes\n\n## Discussion\n\nGuests: who pays for them?\n", ""),
        (
            "# Weekly\n\n## Participation and Code of Conduct\n- Join The Group\n\n## Attendees\n- Ana Silva\n",
            "Ana Silva",
        ),
        (
            "# Weekly 2024-12-03\n## Attendees\n- Ana Silva\n## Notes\nx\n# Weekly 2024-11-26\n## Attendees\n- Ben Ode\n",
            "Ana Silva",
        ),
        ("## 2024-12-03\nAttendees: Ana Silva\n\n## 2024-11-26\nAttendees: Ben Ode\n", "Ana Silva"),
    ]);
}

proptest! {
    #[test]
    fn any_text_can_be_read(text in "\\PC{0,200}", path in "\\PC{0,40}") {
        let _ = read(&text, &path);
    }

    /// Text made of what the reader looks for, put together at random.
    #[test]
    fn any_mixture_of_marks_can_be_read(parts in prop::collection::vec(prop::sample::select(vec![
        "## Present", "\n", "\n\n", "- ", "* ", "Attendees:", "Regrets: ", "Chair: ", "Ana Silva", "Ben Ode", "ł é 李", ", ", " and ", "(", ")", "[", "]", "](", "@", "@ana", "|",
        "|---|", "| Name | Present |", "\n| Ana | x |", "2024-12-03", "15:00", "CET", "<", ">", "<br>", "<!--", "-->", "---\n", "```", "**", "~~", "[x] ", "&amp;", "\\", "a@b.co", "\t", "  ", ": ", " - ", "//", "\u{feff}", "present+", "\u{a0}", "’", "12", "Dec 3",
    ]), 0..40)) {
        let text = parts.concat();
        let minutes = read(&text, "");
        for attendee in &minutes.attendees {
            prop_assert!(!attendee.name.trim().is_empty());
            prop_assert!(attendee.line >= 1 && attendee.line as usize <= text.lines().count());
        }
    }
}
