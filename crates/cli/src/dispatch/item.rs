//! Actions, decisions and questions.

use throughline_app::model::ActionStatus;
use throughline_app::view::Actions;
use throughline_app::{actions, decisions, questions, review};

use super::{Done, tell};
use crate::args::{ActionCommand, DecisionCommand, ItemCommand};
use crate::session::Session;

pub async fn run(command: ItemCommand, session: &mut Session) -> Done {
    match command {
        ItemCommand::Actions(args) => {
            let app = session.open().await?;
            let filter = actions::Filter {
                owner: args.owner,
                person: args.person,
                org: args.org,
                topic: args.topic,
                open: args.open,
                done: args.done,
                dropped: args.dropped,
                overdue: args.overdue,
                view: None,
            };
            tell!(session, actions::list(&app, &filter).await?)
        }
        ItemCommand::Action(command) => action(command, session).await,
        ItemCommand::Review { trend, weeks } => {
            let app = session.open().await?;
            if trend {
                tell!(session, review::trend(&app, weeks).await?)
            } else {
                tell!(session, review::show(&app).await?)
            }
        }
        ItemCommand::Decisions(args) if args.contradictions => {
            let app = session.open().await?;
            tell!(session, decisions::contradictions(&app).await?)
        }
        ItemCommand::Decisions(args) => {
            let filter = decisions::Filter {
                topic: args.topic,
                person: args.person,
                org: args.org,
                since: session.some_day(args.since.as_deref())?,
                as_of: session.some_day(args.as_of.as_deref())?,
                holding: args.holding,
            };
            let app = session.open().await?;
            tell!(session, decisions::list(&app, &filter).await?)
        }
        ItemCommand::Decision(command) => {
            let app = session.open().await?;
            match command {
                DecisionCommand::Show { id } => tell!(session, decisions::show(&app, &id).await?),
                DecisionCommand::Supersede { old, new } => {
                    tell!(session, decisions::supersede(&app, &old, &new).await?)
                }
                DecisionCommand::Confirm { id, person } => {
                    tell!(session, decisions::confirm(&app, &id, &person).await?)
                }
            }
        }
        ItemCommand::Questions { open } => {
            let app = session.open().await?;
            tell!(session, questions::list(&app, open).await?)
        }
    }
}

async fn action(command: ActionCommand, session: &mut Session) -> Done {
    match command {
        ActionCommand::Done { ids } => set_status(&ids, ActionStatus::Done, session).await,
        ActionCommand::Reopen { ids } => set_status(&ids, ActionStatus::Open, session).await,
        ActionCommand::Drop { ids } => set_status(&ids, ActionStatus::Dropped, session).await,
        ActionCommand::Due { ids, day } => {
            let day = if day == "none" { None } else { Some(session.day(&day)?) };
            let app = session.open().await?;
            tell_changed(session, &ids, actions::set_due_of(&app, &ids, day).await?)
        }
        ActionCommand::Assign { ids, person } => {
            let app = session.open().await?;
            tell_changed(session, &ids, actions::assign_all(&app, &ids, &person).await?)
        }
        ActionCommand::Keep { ids } => {
            let app = session.open().await?;
            tell_changed(session, &ids, review::keep(&app, &ids).await?)
        }
        ActionCommand::Ask { id } => {
            let app = session.open().await?;
            tell!(session, review::ask(&app, &id).await?)
        }
        ActionCommand::Snooze { ids, day } => {
            let day = session.day(&day)?;
            let app = session.open().await?;
            tell_changed(session, &ids, actions::snooze_all(&app, &ids, day).await?)
        }
    }
}

async fn set_status(ids: &[String], status: ActionStatus, session: &mut Session) -> Done {
    let app = session.open().await?;
    tell_changed(session, ids, actions::set_status(&app, ids, status).await?)
}

/// One action is printed bare, several as a list.
fn tell_changed(session: &mut Session, ids: &[String], changed: Actions) -> Done {
    match changed.actions.as_slice() {
        [one] if ids.len() == 1 => tell!(session, one.clone()),
        _ => tell!(session, changed),
    }
}
