//! What a brief says of how people know each other, and of the last time.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use throughline_core::graph::{Graph, View};
use throughline_core::model::{MeetingId, NoteOwner, NotePart, PersonId};
use throughline_core::note::strip_anchors;
use throughline_store::{Connection, note};

use crate::Result;
use crate::app::App;
use crate::view::{Excerpt, Met, NewPerson, Person};

/// How often the user met in this series, else with all of these people within a year.
pub(super) fn met(app: &App, graph: &Graph, id: MeetingId, view: &View) -> Option<Met> {
    let mut before = graph.before(id, false, view);
    if before.is_empty() {
        let room = people(graph, id, view);
        before = graph.before(id, true, view);
        before.retain(|other| {
            let there = people(graph, *other, view);
            room.iter().all(|person| there.contains(person))
        });
    }
    let date = |id: &MeetingId| graph.meeting(*id).map(|meeting| meeting.times.date(app.clock().zone));
    let count = u32::try_from(before.len()).unwrap_or(u32::MAX);
    (count > 0).then(|| Met { count, last: before.first().and_then(date), since: before.last().and_then(date) })
}

fn people(graph: &Graph, id: MeetingId, view: &View) -> Vec<PersonId> {
    let there = graph.meeting(id).map(|meeting| meeting.attendances.as_slice()).unwrap_or_default();
    there.iter().map(|at| at.person_id).filter(|id| Some(*id) != view.me).collect()
}

/// At most so many characters.
const LONGEST: usize = 280;

/// At most so many of the latest notes of a series are looked into for a beginning.
const NOTES: usize = 5;

/// The beginning of the latest notes of each meeting's series, none where they begin with none; never of another part.
pub(super) async fn excerpts(
    app: &App,
    conn: &mut Connection,
    graph: &Graph,
    ids: &[MeetingId],
    view: &View,
) -> Result<Vec<Option<Excerpt>>> {
    let noted = |id: &MeetingId| -> Vec<MeetingId> {
        let series = graph.before(*id, false, view).into_iter();
        series.filter(|other| graph.meeting(*other).is_some_and(|meeting| meeting.has_notes)).take(NOTES).collect()
    };
    let noted: Vec<Vec<MeetingId>> = ids.iter().map(noted).collect();
    let wanted: BTreeSet<MeetingId> = noted.iter().flatten().copied().collect();
    let mut texts: HashMap<MeetingId, String> = HashMap::new();
    for note in note::of_meetings(conn, &wanted.into_iter().collect::<Vec<_>>()).await? {
        if let (NotePart::Notes, NoteOwner::Meeting(id)) = (note.part, note.owner) {
            texts.insert(id, beginning(&note.text));
        }
    }
    let excerpt = |series: Vec<MeetingId>| {
        series.into_iter().find_map(|meeting_id| {
            let text = texts.get(&meeting_id).filter(|text| !text.is_empty())?.clone();
            let date = graph.meeting(meeting_id)?.times.date(app.clock().zone);
            Some(Excerpt { meeting_id, date, text })
        })
    };
    Ok(noted.into_iter().map(excerpt).collect())
}

/// The first prose of a note: no headings, rules, tables, code or items, no marks.
fn beginning(text: &str) -> String {
    let mut said = String::new();
    let mut code = false;
    for line in strip_anchors(text).lines() {
        let line = line.trim().trim_start_matches(['>', '-', '*', '+']).trim();
        code ^= line.starts_with("```");
        let item = ["!!", "=>", "??", "[ ]", "[x]", "[-]"].iter().any(|sign| line.starts_with(sign));
        let prose = line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '“' | '(' | '_' | '`' | '@'));
        if code || item || !prose {
            continue;
        }
        let plain: String = line.chars().filter(|c| !matches!(c, '*' | '`' | '_') && !c.is_control()).collect();
        if !said.is_empty() && !plain.trim().is_empty() {
            said.push(' ');
        }
        said.push_str(plain.trim());
        if said.chars().count() >= LONGEST {
            let cut: String = said.chars().take(LONGEST).collect();
            let whole = cut.rfind(' ').filter(|at| *at > LONGEST / 2).unwrap_or(cut.len());
            return cut[..whole].trim_end().to_owned() + "…";
        }
    }
    said
}

/// Each new person with whom they were met most often by others: "with Lena Brandt in 6 meetings".
pub(super) fn through(graph: &Graph, people: Vec<Person>, view: &View) -> Vec<NewPerson> {
    let known = |id: PersonId| {
        view.me.is_some_and(|me| {
            let mine = graph.meetings_of(id).into_iter().filter_map(|id| graph.meeting(id));
            mine.into_iter().any(|meeting| meeting.attendances.iter().any(|at| at.person_id == me))
        })
    };
    let mut told = Vec::with_capacity(people.len());
    for person in people {
        let mut beside: BTreeMap<PersonId, u32> = BTreeMap::new();
        for meeting in graph.meetings_of(person.id).into_iter().filter_map(|id| graph.meeting(id)) {
            if meeting.times.end(view.zone) > view.now || meeting.attendances.len() > 20 {
                continue;
            }
            for at in &meeting.attendances {
                *beside.entry(at.person_id).or_default() += 1;
            }
        }
        beside.retain(|id, _| *id != person.id && Some(*id) != view.me);
        let mut beside: Vec<(PersonId, u32)> = beside.into_iter().collect();
        beside.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
        let best = beside.into_iter().take(12).find(|(id, _)| known(*id));
        let through = best.and_then(|(id, count)| {
            let name = &graph.person(id)?.name;
            Some(if count == 1 {
                format!("with {name} in a meeting")
            } else {
                format!("with {name} in {count} meetings")
            })
        });
        told.push(NewPerson { person, through });
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_prose_without_marks() {
        let text = "# Talk\n\n- [ ] call ^aaaaaa\n=> ship\n> We **spoke** of `x`.\n\n| a |\n|---|\n```\ncode\n```\n- And more\n";
        assert_eq!(beginning(text), "We spoke of x. And more");
        assert_eq!(beginning("!! call\n"), "");
        let long = beginning(&"words and words ".repeat(40));
        assert!(long.ends_with('…') && long.chars().count() <= LONGEST + 1, "{long}");
    }
}
