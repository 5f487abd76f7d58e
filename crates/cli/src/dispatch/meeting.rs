//! Meetings and who was there.

use throughline_app::meetings;

use super::{Done, tell};
use crate::args::{AttendeeCommand, MeetingCommand, MeetingsCommand};
use crate::session::Session;

pub async fn run(command: MeetingsCommand, session: &mut Session) -> Done {
    match command {
        MeetingsCommand::Meetings(args) => {
            let filter = meetings::Filter {
                from: session.some_day(args.from.as_deref())?,
                to: session.some_day(args.to.as_deref())?,
                person: args.person,
                series: args.series,
                with_notes: args.with_notes,
            };
            let app = session.open().await?;
            tell!(session, meetings::list(&app, &filter).await?)
        }
        MeetingsCommand::Meeting(command) => meeting(command, session).await,
    }
}

async fn meeting(command: MeetingCommand, session: &mut Session) -> Done {
    let app = session.open().await?;
    match command {
        MeetingCommand::New(args) => {
            let new =
                meetings::NewMeeting { title: args.title, start: args.start, end: args.end, attendees: args.attendees };
            tell!(session, meetings::new(&app, &new).await?)
        }
        MeetingCommand::Show { id } => tell!(session, meetings::show(&app, &id).await?),
        MeetingCommand::Edit(args) => {
            let edit = meetings::MeetingEdit {
                title: args.title,
                start: args.start,
                end: args.end,
                purpose: args.purpose,
                role: args.role,
                held: args.held,
            };
            tell!(session, meetings::edit(&app, &args.id, &edit).await?)
        }
        MeetingCommand::Attendee(AttendeeCommand::Add { id, email, series }) => {
            tell!(session, meetings::add_attendee(&app, &id, &email, series).await?)
        }
        MeetingCommand::Present { id, person, present } => {
            tell!(session, meetings::set_present(&app, &id, &person, present).await?)
        }
        MeetingCommand::Delete { id } => tell!(session, meetings::delete(&app, &id).await?),
        MeetingCommand::Relink { id, to } => tell!(session, meetings::relink(&app, &id, &to).await?),
    }
}
