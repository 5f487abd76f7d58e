//! People and organizations.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};
use throughline_app::model::Relation;

use super::value;

const RELATIONS: [&str; 5] = ["report", "manager", "peer", "client", "none"];

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum PeopleCommand {
    /// Everybody
    People {
        /// Those who may be one person, with what speaks for it
        #[arg(long)]
        duplicates: bool,
    },
    /// A person, and what there is between you
    #[command(subcommand)]
    Person(PersonCommand),
    /// Organizations
    Orgs,
    /// An organization, its people, and what there is between you
    #[command(subcommand)]
    Org(OrgCommand),
}

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum PersonCommand {
    /// A person, and what there is between you
    Show {
        #[arg(value_name = "P")]
        person: String,
    },
    /// Change their name, or what they are to you
    Edit(EditPerson),
    /// Their running note; with a file, or `-` for standard input, replace it
    Note {
        #[arg(value_name = "P")]
        person: String,
        #[arg(value_name = "FILE|-")]
        file: Option<PathBuf>,
    },
    /// B is A: everything of B's counts as A's, and both handles go on working
    Merge { a: String, b: String },
    /// Take a merge back
    Unmerge {
        #[arg(value_name = "P")]
        person: String,
    },
    /// A and B are two people, however alike: not to be offered as one again
    Distinct { a: String, b: String },
    /// Of which organization they are from a day on; old meetings keep the old one
    Job {
        #[arg(value_name = "P")]
        person: String,
        /// A name, a domain or an id; `none` for none
        #[arg(value_name = "O")]
        org: String,
        /// The first day; today, where none is given
        #[arg(long, value_name = "D")]
        since: Option<String>,
    },
    /// Another name, e-mail address or handle of theirs
    Alias {
        #[arg(value_name = "P")]
        person: String,
        #[arg(value_name = "NAME_EMAIL_OR_HANDLE")]
        alias: String,
    },
}

#[derive(Debug, PartialEq, Eq, Args)]
#[command(group = ArgGroup::new("changes").required(true).multiple(true).args(["name", "relation"]))]
pub struct EditPerson {
    #[arg(value_name = "P")]
    pub person: String,
    /// Their name as shown
    #[arg(long, value_name = "N")]
    pub name: Option<String>,
    /// What they are to you
    #[arg(long, value_name = "R", value_parser = value::word::<Relation>(RELATIONS))]
    pub relation: Option<Relation>,
}

#[derive(Debug, PartialEq, Eq, Subcommand)]
pub enum OrgCommand {
    /// An organization, its people, and what there is between you
    Show {
        #[arg(value_name = "O")]
        org: String,
    },
    /// Change its name
    Edit {
        #[arg(value_name = "O")]
        org: String,
        #[arg(long)]
        name: String,
    },
}
