//! Actions, decisions and questions.

use throughline_app::model::ActionStatus;
use throughline_app::view::Actions;
use throughline_app::{actions, decisions, questions, review};

use super::{Done, tell};
use crate::args::{ActionCommand, ActionsArgs, DecisionCommand, DecisionsArgs, ItemCommand};
use crate::render::Asked;
use crate::session::Session;

pub async fn run(command: ItemCommand, session: &mut Session) -> Done {
    match command {
        ItemCommand::Actions(args) => {
            let app = session.open().await?;
            let none = no_action(&args);
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
            tell!(session, Asked::new(actions::list(&app, &filter).await?, none))
        }
        ItemCommand::Action(command) => action(command, session).await,
        ItemCommand::Review { trend, weeks, limit } => {
            let app = session.open().await?;
            if trend {
                tell!(session, review::trend(&app, weeks).await?)
            } else {
                tell!(session, review::show(&app, limit as usize).await?)
            }
        }
        ItemCommand::Decisions(args) if args.contradictions => {
            let app = session.open().await?;
            tell!(session, decisions::contradictions(&app).await?)
        }
        ItemCommand::Decisions(args) => {
            let none = no_decision(&args);
            let filter = decisions::Filter {
                topic: args.topic,
                person: args.person,
                org: args.org,
                since: session.some_day(args.since.as_deref())?,
                as_of: session.some_day(args.as_of.as_deref())?,
                holding: args.holding,
            };
            let app = session.open().await?;
            tell!(session, Asked::new(decisions::list(&app, &filter).await?, none))
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
            let none = open.then(|| "No question waits for an answer.".to_owned());
            tell!(session, Asked::new(questions::list(&app, open).await?, none))
        }
    }
}

/// What is said where no action matches: `No late action of priya about #pricing.` None where all are asked for.
fn no_action(args: &ActionsArgs) -> Option<String> {
    let kinds = [(args.overdue, "late"), (args.open, "open"), (args.done, "done"), (args.dropped, "dropped")];
    let kinds: Vec<&str> = kinds.into_iter().filter(|(asked, _)| *asked).map(|(_, word)| word).collect();
    let owner =
        args.owner.as_deref().map(|owner| if owner == "me" { " of yours".into() } else { format!(" of {owner}") });
    let parts = [
        owner,
        args.person.as_deref().map(|person| format!(" that {person} has a part in")),
        args.org.as_deref().map(|org| format!(" with {org}")),
        args.topic.as_deref().map(topic),
    ];
    none(&kinds.join(" or "), "action", parts)
}

/// As [`no_action`].
fn no_decision(args: &DecisionsArgs) -> Option<String> {
    let parts = [
        args.topic.as_deref().map(topic),
        args.person.as_deref().map(|person| format!(" that {person} has a part in")),
        args.org.as_deref().map(|org| format!(" with {org}")),
        args.since.as_deref().map(|day| format!(" since {day}")),
        args.holding.then(|| " holds".to_owned()),
        args.as_of.as_deref().map(|day| format!(" held on {day}")),
    ];
    none("", "decision", parts)
}

fn topic(topic: &str) -> String {
    format!(" about #{}", topic.trim_start_matches('#'))
}

fn none<const N: usize>(kind: &str, what: &str, parts: [Option<String>; N]) -> Option<String> {
    let parts: String = parts.into_iter().flatten().collect();
    match (kind.is_empty(), parts.is_empty()) {
        (true, true) => None,
        (true, false) => Some(format!("No {what}{parts}.")),
        (false, _) => Some(format!("No {kind} {what}{parts}.")),
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
