//! Actions, decisions and questions.

use clap::{Args, Subcommand};

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum ItemCommand {
    /// Actions: all, without a flag
    Actions(ActionsArgs),
    /// Tick, date and hand over an action; its line in the note follows
    #[command(subcommand)]
    Action(ActionCommand),
    /// What is open and wants looking at: overdue, of nobody, without a day, stale
    Review {
        /// How the last weeks went, instead
        #[arg(long)]
        trend: bool,
        /// So many weeks of it
        #[arg(long, value_name = "N", default_value_t = 12, requires = "trend", value_parser = clap::value_parser!(u32).range(1..=520))]
        weeks: u32,
        /// List at most so many; all are counted
        #[arg(long, value_name = "N", default_value_t = 200, conflicts_with = "trend", value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
    },
    /// Decisions, and what holds
    Decisions(DecisionsArgs),
    /// A decision and how it came about
    #[command(subcommand)]
    Decision(DecisionCommand),
    /// Questions
    Questions {
        /// Only those that wait for an answer
        #[arg(long)]
        open: bool,
    },
}

#[derive(Debug, Default, PartialEq, Eq, Args)]
pub struct ActionsArgs {
    /// Only this person's, or `me`
    #[arg(long, value_name = "P")]
    pub owner: Option<String>,
    /// Open ones
    #[arg(long)]
    pub open: bool,
    /// Done ones
    #[arg(long)]
    pub done: bool,
    /// Dropped ones
    #[arg(long)]
    pub dropped: bool,
    /// Open ones whose day has passed
    #[arg(long)]
    pub overdue: bool,
    /// Only those this person has a part in
    #[arg(long, value_name = "P")]
    pub person: Option<String>,
    /// Only those of this organization
    #[arg(long, value_name = "O")]
    pub org: Option<String>,
    /// Only those about this topic
    #[arg(long, value_name = "T")]
    pub topic: Option<String>,
}

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum ActionCommand {
    /// It is done
    Done {
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
    },
    /// It is open again
    Reopen {
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
    },
    /// It will not be done
    Drop {
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
    },
    /// It is due on this day, or on none
    Due {
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        /// A day, or `none`
        #[arg(value_name = "D")]
        day: String,
    },
    /// It is this person's
    Assign {
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        #[arg(value_name = "P")]
        person: String,
    },
    /// Looked at, and left as it is: not in review again for two weeks
    Keep {
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
    },
    /// Draft a message that asks its owner how it stands
    Ask { id: String },
    /// Not to be shown before this day
    Snooze {
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        #[arg(value_name = "D")]
        day: String,
    },
}

#[derive(Debug, Default, PartialEq, Eq, Args)]
pub struct DecisionsArgs {
    /// Only those about this topic
    #[arg(long, value_name = "T")]
    pub topic: Option<String>,
    /// Only those this person took or was present at
    #[arg(long, value_name = "P")]
    pub person: Option<String>,
    /// Only those of this organization
    #[arg(long, value_name = "O")]
    pub org: Option<String>,
    /// Only from this day on
    #[arg(long, value_name = "D")]
    pub since: Option<String>,
    /// Only what held at the end of this day
    #[arg(long, value_name = "D")]
    pub as_of: Option<String>,
    /// Only what holds today
    #[arg(long)]
    pub holding: bool,
    /// Pairs on one topic that both hold and look as if they did not go together; with --org those with a decision of
    /// that organization, with --topic those about it
    #[arg(long, conflicts_with_all = ["person", "since", "as_of", "holding"])]
    pub contradictions: bool,
}

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum DecisionCommand {
    /// A decision, who took it, who was in the room, why, and the chain it stands in
    Show { id: String },
    /// Let a decision take the place of another
    Supersede { old: String, new: String },
    /// Two that look as if they contradict each other go together: they are offered no more
    Compatible { one: String, other: String },
    /// This person said that the decision is as written
    Confirm {
        id: String,
        #[arg(value_name = "P")]
        person: String,
    },
}
