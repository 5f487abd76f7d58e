//! Giving notes another meeting.

use throughline_core::model::{Attendance, MeetingId, MeetingStatus, NoteOwner, Presence, Source};
use throughline_store::attendance::{Added, Origin};
use throughline_store::{Kind, attendance, meeting, note, queue};

use crate::app::App;
use crate::meetings::{finish, gone, set, touch_all};
use crate::notes::{Draft, Writer, appended};
use crate::view;
use crate::{Failure, Result, resolve};

/// Hangs the notes of one meeting on another, for good: behind what is written there already. What the user set on the
/// first and not on the second goes along; the first goes where nothing holds it any more.
///
/// # Errors
/// `unknown_meeting`, `ambiguous`, `same_meeting`.
pub async fn relink(app: &App, from: &str, to: &str) -> Result<view::Meeting> {
    let mut writer = Writer::begin(app).await?;
    let from = resolve::meeting(&mut writer.tx, from).await?;
    let to = resolve::meeting(&mut writer.tx, to).await?;
    if from == to {
        return Err(Failure::new("same_meeting", "These are the same meeting.").hint("Name another one."));
    }
    let (mut gone_base, _) = meeting::stored(&mut writer.tx, &[from]).await?.pop().ok_or_else(gone)?;
    let goes =
        gone_base.status == MeetingStatus::Cancelled || meeting::calendars(&mut writer.tx, &[from]).await?.is_empty();
    if goes && gone_base.source != Source::Import {
        // No calendar has it any more: it is the user's own, and undo can bring the whole of it back.
        gone_base.source = Source::Local;
        meeting::put(&mut writer.tx, &[gone_base]).await?;
        for calendar in meeting::calendars(&mut writer.tx, &[from]).await?.remove(&from).unwrap_or_default() {
            meeting::unlink(&mut writer.tx, calendar, &[from]).await?;
        }
    }
    touch_all(&mut writer, from).await?;
    writer.tx.touch(Kind::Meeting, to).await?;
    writer.tx.touch(Kind::Attendance, to).await?;
    move_notes(&mut writer, from, to).await?;
    move_overlay(&mut writer, from, to).await?;
    move_people(&mut writer, from, to).await?;
    queue::remove(&mut writer.tx, &[from]).await?;
    if goes {
        meeting::delete_with_notes(&mut writer.tx, from).await?;
    }
    finish(writer, to, "meeting relink").await
}

async fn move_notes(writer: &mut Writer<'_>, from: MeetingId, to: MeetingId) -> Result<()> {
    let there = note::of_meetings(&mut writer.tx, &[to]).await?;
    for note in note::of_meetings(&mut writer.tx, &[from]).await? {
        match there.iter().find(|other| other.part == note.part) {
            None => note::relink(&mut writer.tx, note.id, NoteOwner::Meeting(to)).await?,
            Some(_) if note.text.is_empty() => {}
            Some(other) => {
                // The lines leave their note before they come into the other, so that their items move with them.
                let (owner, part) = (note.owner, note.part);
                writer.save(Draft { owner, part, text: "", base: None }).await?;
                let separated =
                    if other.text.trim().is_empty() { String::new() } else { appended(&other.text, "") + "\n" };
                let text = appended(&separated, &note.text);
                writer.save(Draft { owner: NoteOwner::Meeting(to), part, text: &text, base: None }).await?;
            }
        }
    }
    Ok(())
}

async fn move_overlay(writer: &mut Writer<'_>, from: MeetingId, to: MeetingId) -> Result<()> {
    let layers = meeting::stored(&mut writer.tx, &[from, to]).await?;
    let [(_, old), (_, new)] = &layers[..] else { return Ok(()) };
    let mut merged = new.clone();
    merged.purpose = merged.purpose.or_else(|| old.purpose.clone());
    merged.my_role = merged.my_role.or(old.my_role);
    merged.held = merged.held.or(old.held);
    if merged != *new {
        set(writer, to, &merged).await?;
    }
    Ok(())
}

/// Who was there, and who was added by hand, is known of the other meeting from now on.
async fn move_people(writer: &mut Writer<'_>, from: MeetingId, to: MeetingId) -> Result<()> {
    let there: Vec<Attendance> = attendance::of_meetings(&mut writer.tx, &[to]).await?;
    let said: Vec<Added> = attendance::of_meetings(&mut writer.tx, &[from])
        .await?
        .into_iter()
        .filter(|attendance| attendance.present != Presence::Unknown)
        .filter(|attendance| {
            let known = there.iter().find(|other| other.person_id == attendance.person_id);
            known.is_none_or(|other| other.present == Presence::Unknown)
        })
        .map(|attendance| Added {
            meeting: to,
            person: attendance.person_id,
            origin: Origin::Hand,
            role: attendance.role,
            response: attendance.response,
            present: attendance.present,
        })
        .collect();
    Ok(attendance::add(&mut writer.tx, &said).await?)
}
