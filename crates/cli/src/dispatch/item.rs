//! Actions, decisions and questions.

use throughline_app::model::ActionStatus;
use throughline_app::view::Actions;
use throughline_app::{App, Failure, actions, called, decisions, questions, review};

use super::{Done, tell};
use crate::args::{ActionCommand, ActionsArgs, DecisionCommand, DecisionsArgs, ItemCommand};
use crate::render::Asked;
use crate::session::Session;
use crate::words;

pub async fn run(command: ItemCommand, session: &mut Session) -> Done {
    match command {
        ItemCommand::Actions(args) => {
            let app = session.open().await?;
            let asked = Looked::for_actions(&args);
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
            let found = actions::list(&app, &filter).await?;
            let none = if found.actions.is_empty() { asked.in_vain(&app).await? } else { None };
            tell!(session, Asked::new(found, none))
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
            let (topic, org) = (args.topic.as_deref(), args.org.as_deref());
            tell!(session, decisions::contradictions(&app, topic, org).await?)
        }
        ItemCommand::Decisions(args) => {
            let asked = Looked::for_decisions(&args);
            let filter = decisions::Filter {
                topic: args.topic,
                person: args.person,
                org: args.org,
                since: session.some_day(args.since.as_deref())?,
                as_of: session.some_day(args.as_of.as_deref())?,
                holding: args.holding,
            };
            let app = session.open().await?;
            let found = decisions::list(&app, &filter).await?;
            let none = if found.decisions.is_empty() { asked.in_vain(&app).await? } else { None };
            tell!(session, Asked::new(found, none))
        }
        ItemCommand::Decision(command) => {
            let app = session.open().await?;
            match command {
                DecisionCommand::Show { id } => tell!(session, decisions::show(&app, &id).await?),
                DecisionCommand::Supersede { old, new } => {
                    tell!(session, decisions::supersede(&app, &old, &new).await?)
                }
                DecisionCommand::Compatible { one, other } => {
                    tell!(session, decisions::compatible(&app, &one, &other).await?)
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

/// What was looked for, to be said where nothing of it is found: `No late action of Priya Shah about #pricing.`
#[derive(Default)]
struct Looked {
    what: &'static str,
    kinds: String,
    owner: Option<String>,
    person: Option<String>,
    org: Option<String>,
    topic: Option<String>,
    rest: Vec<String>,
}

impl Looked {
    fn for_actions(args: &ActionsArgs) -> Self {
        let kinds = [(args.overdue, "late"), (args.open, "open"), (args.done, "done"), (args.dropped, "dropped")];
        let kinds: Vec<&str> = kinds.into_iter().filter(|(asked, _)| *asked).map(|(_, word)| word).collect();
        Self {
            what: "action",
            kinds: kinds.join(" or "),
            owner: args.owner.clone(),
            person: args.person.clone(),
            org: args.org.clone(),
            topic: args.topic.clone(),
            ..Self::default()
        }
    }

    fn for_decisions(args: &DecisionsArgs) -> Self {
        let rest = [
            args.since.as_deref().map(|day| format!(" since {day}")),
            args.holding.then(|| " holds".to_owned()),
            args.as_of.as_deref().map(|day| format!(" held on {day}")),
        ];
        Self {
            what: "decision",
            person: args.person.clone(),
            org: args.org.clone(),
            topic: args.topic.clone(),
            rest: rest.into_iter().flatten().collect(),
            ..Self::default()
        }
    }

    /// None where everything was asked for. A topic that is the last part of others is no answer of "nothing": they are
    /// named.
    async fn in_vain(&self, app: &App) -> Result<Option<String>, Failure> {
        let mut parts = String::new();
        match self.owner.as_deref() {
            Some("me") => parts.push_str(" of yours"),
            Some(owner) => parts.push_str(&format!(" of {}", called::person(app, owner).await?)),
            None => {}
        }
        let topic = self.topic.as_deref().map(|topic| topic.trim_start_matches('#'));
        if let Some(topic) = topic {
            parts.push_str(&format!(" about #{topic}"));
        }
        match self.person.as_deref() {
            Some("me") => parts.push_str(" that you have a part in"),
            Some(person) => parts.push_str(&format!(" that {} has a part in", called::person(app, person).await?)),
            None => {}
        }
        if let Some(org) = &self.org {
            parts.push_str(&format!(" with {}", called::organization(app, org).await?));
        }
        parts.extend(self.rest.iter().map(String::as_str));
        if parts.is_empty() && self.kinds.is_empty() {
            return Ok(None);
        }
        let kinds = if self.kinds.is_empty() { String::new() } else { format!("{} ", self.kinds) };
        let mut said = format!("No {kinds}{}{parts}.", self.what);
        let meant = match topic {
            Some(topic) => called::topics_ending(app, topic).await?,
            None => Vec::new(),
        };
        if !meant.is_empty() {
            let meant: Vec<String> = meant.iter().take(5).map(|topic| format!("#{topic}")).collect();
            said.push_str(&format!(" There is {}.", words::names(meant.iter().map(String::as_str))));
        }
        Ok(Some(said))
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
