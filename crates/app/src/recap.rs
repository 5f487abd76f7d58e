//! What to send after a meeting.

use throughline_core::model::{NotePart, PersonId, Presence, Response};
use throughline_core::note::{said, sentence};
use throughline_core::recap::{Format, RecapAction, RecapDecision, RecapInput, RecapQuestion, render};
use throughline_store::meeting::Recap as Sent;
use throughline_store::{Connection, Kind, item, meeting};

use crate::app::{App, directory};
use crate::directory::Directory;
use crate::tell::Teller;
use crate::view::{self, QuestionStatus, When};
use crate::{Failure, Result, clean, resolve};

/// Decisions, action items and open questions that stand in the notes of a meeting, as in a client's register, in a format
/// fit to be sent: neither what was prepared before nor anything private. With `sent` it is remembered that it was sent, and to whom.
///
/// # Errors
/// `unknown_meeting`, `ambiguous`, `unknown_format`, `unreadable_recipient`.
pub async fn show(app: &App, id: &str, format: &str, sent: Option<&str>) -> Result<view::Recap> {
    let wanted = match format {
        "markdown" => Format::Markdown,
        "html" => Format::Html,
        "text" => Format::Text,
        "email" => Format::Email,
        _ => {
            return Err(Failure::usage("unknown_format", "There is no such format.")
                .hint("Formats are markdown, html, text and email."));
        }
    };
    if let Some(recipient) = sent {
        remember(app, id, recipient).await?;
    }
    let conn = &mut *app.look().await?;
    let id = resolve::meeting(conn, id).await?;
    let mut items = item::of_meeting(conn, id).await?;
    items.retain(|item| item.part == NotePart::Notes && !item.proposed);
    let sent = meeting::recaps(conn, id).await?;
    let mut teller = Teller::new(conn, *app.clock());
    let told = teller.items(items).await?;
    let shown = teller.meeting_by_id(id).await?;
    let shown = shown.ok_or_else(|| Failure::new("unknown_meeting", "The meeting is not there any more."))?;
    let zone = app.clock().zone;
    let directory = directory(conn).await?;
    let text = render(&input(&shown, told, &directory), wanted);
    Ok(view::Recap {
        meeting_id: id,
        format: format.to_owned(),
        text,
        sent: sent
            .into_iter()
            .map(|sent| view::RecapSent { to: sent.recipient, at: When::at(sent.at, zone) })
            .collect(),
    })
}

async fn remember(app: &App, id: &str, recipient: &str) -> Result<()> {
    let mut tx = app.write().await?;
    let id = resolve::meeting(&mut tx, id).await?;
    let recipient = recipients(&mut tx, recipient).await?;
    tx.touch(Kind::Meeting, id).await?;
    let recap = Sent { at: app.clock().now, recipient };
    meeting::add_recap(&mut tx, id, &recap).await?;
    app.commit(tx, "recap").await?;
    Ok(())
}

/// To whom it was sent, as it is told in a client's register: addresses, and people who are known.
async fn recipients(conn: &mut Connection, said: &str) -> Result<String> {
    let all: Vec<String> = said.split([',', ';', '\n']).map(clean::line).filter(|one| !one.is_empty()).collect();
    for one in &all {
        if !is_address(one) && resolve::person(conn, one).await.is_err() {
            return Err(Failure::usage("unreadable_recipient", format!("“{one}” is no address, and nobody's name."))
                .hint("Write addresses with commas between: ana@example.com, ben@example.com."));
        }
    }
    if all.is_empty() {
        return Err(Failure::usage("unreadable_recipient", "Nobody is named.").hint("Write whom it was sent to."));
    }
    Ok(all.join(", "))
}

/// `ana@example.com`, or with a name before it: `Ana Silva <ana@example.com>`.
fn is_address(text: &str) -> bool {
    let bare = match text.split_once('<') {
        Some((_, rest)) => rest.strip_suffix('>').unwrap_or(""),
        None => text,
    };
    let Some((user, host)) = bare.split_once('@') else { return false };
    let plain = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "<>@".contains(c));
    plain(user) && plain(host) && host.split('.').all(|label| !label.is_empty())
}

fn input(meeting: &view::Meeting, told: crate::tell::Told, directory: &Directory) -> RecapInput {
    let was_there = |attendee: &&view::Attendee| attendee.present == Presence::Yes;
    let presence_known = meeting.attendees.iter().any(|attendee| was_there(&attendee));
    let people = meeting.attendees.iter().filter(|attendee| {
        if presence_known { was_there(attendee) } else { attendee.response != Some(Response::Declined) }
    });
    let absent = meeting.attendees.iter().filter(|attendee| {
        attendee.present == Presence::No || (attendee.response == Some(Response::Declined) && !was_there(attendee))
    });
    let names = |people: Vec<&view::Attendee>| people.into_iter().map(|attendee| attendee.name.clone()).collect();
    RecapInput {
        title: meeting.title.clone(),
        when: when(meeting),
        people: names(people.collect()),
        presence_known,
        absent: names(absent.collect()),
        decisions: told
            .decisions
            .into_iter()
            .map(|decision| RecapDecision {
                text: words(&decision.text, decision.decided_by.iter().map(|person| person.person_id), directory),
                rationale: decision.rationale.map(|why| {
                    let lines: Vec<String> = why.lines().map(|line| words(line, [], directory)).collect();
                    lines.join("\n")
                }),
                decided_by: decision.decided_by.into_iter().map(|person| person.name).collect(),
            })
            .collect(),
        actions: told
            .actions
            .into_iter()
            .map(|action| RecapAction {
                text: words(&action.text, action.owners.iter().map(|owner| owner.person_id), directory),
                owners: action.owners.into_iter().map(|owner| owner.name).collect(),
                due: action.due,
                status: action.status,
            })
            .collect(),
        questions: told
            .questions
            .into_iter()
            .filter(|question| question.status == QuestionStatus::Open)
            .map(|question| RecapQuestion {
                text: words(&question.text, question.asked_by.iter().map(|person| person.person_id), directory),
                asked_by: question.asked_by.map(|person| person.name),
            })
            .collect(),
    }
}

/// What is written, in words that somebody without the vault can read: no topics, links and dates in signs, people by
/// their names, and `whose` it is not twice.
fn words(text: &str, whose: impl IntoIterator<Item = PersonId>, directory: &Directory) -> String {
    let whose: Vec<PersonId> = whose.into_iter().collect();
    let person = |handle: &str| directory.by_handle(handle).map(|id| directory.canonical(id));
    let name = |handle: &str| Some(directory.get(person(handle)?)?.name.clone());
    let words = said(text, |handle| person(handle).is_some_and(|id| whose.contains(&id)), name);
    if words.is_empty() { text.to_owned() } else { sentence(&words) }
}

/// The day and the time as one would write them in a letter.
fn when(meeting: &view::Meeting) -> String {
    match (meeting.start, meeting.end) {
        (When::At(start), When::At(end)) if start.date_naive() == end.date_naive() => {
            format!("{}–{}", start.format("%A, %-d %B %Y, %H:%M"), end.format("%H:%M (UTC%:z)"))
        }
        (When::At(start), _) => start.format("%A, %-d %B %Y, %H:%M (UTC%:z)").to_string(),
        (When::Date(start), When::Date(end)) if end.pred_opt() == Some(start) => {
            start.format("%A, %-d %B %Y").to_string()
        }
        (When::Date(start), end) => {
            let last = end.date().pred_opt().unwrap_or(start);
            format!("{} to {}", start.format("%-d %B %Y"), last.format("%-d %B %Y"))
        }
    }
}
