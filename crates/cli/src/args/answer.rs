//! What to know: the day, a brief, and what the graph and the search answer.

use std::path::PathBuf;

use clap::{Args, Subcommand};

const NODES: [&str; 8] = ["person", "organization", "series", "meeting", "decision", "action", "question", "topic"];
const KINDS: [&str; 8] = ["meeting", "note", "action", "decision", "question", "person", "topic", "organization"];

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum AnswerCommand {
    /// The day: its meetings, a brief for each, what is open and what is late
    Today {
        /// Another day
        #[arg(long, value_name = "D")]
        date: Option<String>,
    },
    /// What to know before a meeting
    Brief { meeting: String },
    /// What you owe them, what they owe you, and what waits
    Ledger {
        /// A person or an organization
        #[arg(value_name = "P_OR_O")]
        who: String,
    },
    /// How two things are connected, and through which meetings
    Path { a: String, b: String },
    /// Where an item was raised, what touched it, what it blocks and waits for
    Trace { id: String },
    /// Who matters where, and who belongs together
    Central {
        /// Only in what is about this topic
        #[arg(long, value_name = "T")]
        topic: Option<String>,
        /// Only in meetings from this day on
        #[arg(long, value_name = "D")]
        from: Option<String>,
        /// Only in meetings until this day, itself included; else today
        #[arg(long, value_name = "D")]
        to: Option<String>,
    },
    /// Where the time went: hours in meetings by week, person, organization and series, and what came of them
    Insights {
        /// From this day on; else the twelve weeks that end with this one
        #[arg(long, value_name = "D")]
        from: Option<String>,
        /// Until this day, itself included; else today
        #[arg(long, value_name = "D")]
        to: Option<String>,
    },
    /// What stands around a person, a meeting, an item or a topic: the newest first, then what is to come
    Graph(GraphArgs),
    /// Search titles, notes, items, people and topics
    Search {
        #[arg(required = true, value_name = "TEXT")]
        text: Vec<String>,
        /// Only this kind of thing
        #[arg(long, value_name = "K", value_parser = KINDS)]
        kind: Option<String>,
        /// Only what this person has a part in
        #[arg(long, value_name = "P")]
        person: Option<String>,
        /// Only from this day on
        #[arg(long, value_name = "D")]
        from: Option<String>,
    },
    /// What was decided and promised with an organization, as a document to hand over
    Register(RegisterArgs),
    /// Ask the network in one line, and keep what you ask by name
    #[command(subcommand)]
    Query(QueryCommand),
}

#[derive(Debug, Default, PartialEq, Eq, Args)]
pub struct GraphArgs {
    /// A person, an organization, an id, `^anchor` or `#topic`
    #[arg(value_name = "WHAT")]
    pub what: String,
    /// What WHAT is
    #[arg(long, value_name = "K", value_parser = NODES)]
    pub kind: Option<String>,
    /// So many steps
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=4))]
    pub depth: u32,
    /// Only these kinds of things
    #[arg(long, value_name = "K", value_delimiter = ',', value_parser = NODES)]
    pub only: Vec<String>,
    /// Nothing of before this day
    #[arg(long, value_name = "D")]
    pub from: Option<String>,
    /// Nothing of after this day
    #[arg(long, value_name = "D")]
    pub to: Option<String>,
    /// So many things at most
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=5_000))]
    pub limit: u32,
}

#[derive(Debug, PartialEq, Eq, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct RegisterArgs {
    /// The organization: an id, a domain or a name
    #[arg(required = true)]
    pub org: Option<String>,
    /// Only of meetings from this day on
    #[arg(long, value_name = "D")]
    pub from: Option<String>,
    /// Only of meetings up to this day
    #[arg(long, value_name = "D")]
    pub to: Option<String>,
    /// With the reasons of decisions
    #[arg(long)]
    pub rationale: bool,
    /// Print the document; without this, what is in it, and the names in it that may not be meant for them
    #[arg(long, value_name = "F", value_parser = ["markdown", "csv", "html"])]
    pub format: Option<String>,
    #[command(subcommand)]
    pub verify: Option<RegisterCommand>,
}

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum RegisterCommand {
    /// Check a register made earlier against the vault
    Verify { file: PathBuf },
}

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum QueryCommand {
    /// The saved queries
    List,
    /// Run a saved query, or an expression such as `people relation:report last-1:1>3w`
    Run {
        #[arg(required = true, value_name = "NAME_OR_EXPR", allow_hyphen_values = true)]
        query: Vec<String>,
    },
    /// Save an expression under a name
    Save {
        name: String,
        #[arg(required = true, value_name = "EXPR", allow_hyphen_values = true)]
        expression: Vec<String>,
    },
    /// Give a saved query another name
    Rename { name: String, to: String },
    /// Forget a saved query
    Delete { name: String },
    /// What may be asked: each kind with its keys
    Keys,
}
