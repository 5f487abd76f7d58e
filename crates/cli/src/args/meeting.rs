//! Meetings and who was there.

use clap::builder::PossibleValue;
use clap::{ArgGroup, Args, Subcommand};
use throughline_app::model::MyRole;

use super::value;

/// The words of [`MyRole`].
fn roles() -> [PossibleValue; 4] {
    let decision_maker = PossibleValue::new("decision_maker").alias("decision-maker");
    [PossibleValue::new("facilitator"), decision_maker, PossibleValue::new("advisor"), PossibleValue::new("spectator")]
}

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum MeetingsCommand {
    /// The meetings of a span of days
    Meetings(MeetingsArgs),
    /// Make, show and change a meeting
    #[command(subcommand)]
    Meeting(MeetingCommand),
}

#[derive(Debug, Default, PartialEq, Eq, Args)]
pub struct MeetingsArgs {
    /// From this day on
    #[arg(long, value_name = "D")]
    pub from: Option<String>,
    /// Up to and with this day
    #[arg(long, value_name = "D")]
    pub to: Option<String>,
    /// Only with this person
    #[arg(long, value_name = "P")]
    pub person: Option<String>,
    /// Only of this series
    #[arg(long, value_name = "S")]
    pub series: Option<String>,
    /// Only those with notes
    #[arg(long)]
    pub with_notes: bool,
}

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum MeetingCommand {
    /// Make a meeting by hand
    New(NewMeeting),
    /// A meeting with its people, notes and outcomes
    Show { id: String },
    /// Change what a meeting is
    Edit(EditMeeting),
    /// Who is invited
    #[command(subcommand)]
    Attendee(AttendeeCommand),
    /// Say whether somebody was there
    Present {
        id: String,
        #[arg(value_name = "P")]
        person: String,
        #[arg(value_name = "yes|no", value_parser = value::yes_no(), ignore_case = true, action = clap::ArgAction::Set)]
        present: bool,
    },
    /// Delete a meeting made by hand
    Delete { id: String },
    /// Give the notes of a meeting whose event is gone to another, for good
    Relink { id: String, to: String },
}

#[derive(Debug, Default, PartialEq, Eq, Args)]
pub struct NewMeeting {
    /// What it is called
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    pub title: String,
    /// RFC 3339, local time as 2026-11-22T09:00, or a day for a meeting of whole days
    #[arg(long, value_name = "TIME")]
    pub start: String,
    /// As --start
    #[arg(long, value_name = "TIME")]
    pub end: Option<String>,
    /// An e-mail address or a name; again for each
    #[arg(long = "attendee", value_name = "E")]
    pub attendees: Vec<String>,
}

#[derive(Debug, Default, PartialEq, Eq, Args)]
#[command(group = ArgGroup::new("changes").required(true).multiple(true).args(["title", "start", "end", "purpose", "role", "held"]))]
pub struct EditMeeting {
    pub id: String,
    /// What it is called
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    pub title: Option<String>,
    /// RFC 3339, local time as 2026-11-22T09:00, or a day for a meeting of whole days
    #[arg(long, value_name = "TIME")]
    pub start: Option<String>,
    /// As --start
    #[arg(long, value_name = "TIME")]
    pub end: Option<String>,
    /// What it is for
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub purpose: Option<String>,
    /// Your part in it
    #[arg(long, value_name = "ROLE", value_parser = value::word::<MyRole>(roles()), ignore_case = true)]
    pub role: Option<MyRole>,
    /// Whether it took place
    #[arg(long, value_name = "yes|no", value_parser = value::yes_no(), ignore_case = true, action = clap::ArgAction::Set)]
    pub held: Option<bool>,
}

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum AttendeeCommand {
    /// Add somebody
    Add {
        id: String,
        /// An e-mail address or a name
        #[arg(value_name = "E")]
        email: String,
        /// To every meeting of the series
        #[arg(long)]
        series: bool,
    },
}
