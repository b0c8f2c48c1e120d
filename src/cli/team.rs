//! `hackweek team`: who is in it, and under which addresses git knows them.

use clap::Subcommand;

use super::Session;
use super::exit::{Failure, Verdict};
use super::written::{edit, list};
use crate::report::table;

/// What is done to the team.
#[derive(Debug, Subcommand)]
pub(crate) enum Team {
    /// Add somebody
    Add {
        /// The name
        #[arg(value_name = "NAME")]
        name: String,
        /// A mail address of their commits; repeat it for more
        #[arg(long, value_name = "MAIL")]
        mail: Vec<String>,
    },
    /// List the team
    List,
    /// Somebody leaves; what they did stays
    Leave {
        /// The name or a mail address
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Somebody who left is back
    Back {
        /// The name
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Give somebody another name
    Rename {
        /// The name or a mail address
        #[arg(value_name = "NAME")]
        name: String,
        /// The new name
        #[arg(value_name = "NEW")]
        new: String,
    },
    /// Say that commits of an address are somebody's
    Mail {
        /// The name
        #[arg(value_name = "NAME")]
        name: String,
        /// The address
        #[arg(value_name = "MAIL")]
        mail: String,
        /// They are not
        #[arg(long)]
        not: bool,
    },
}

/// Lists or changes.
pub(super) fn run(session: &Session, asked: &Team) -> Result<Verdict, Failure> {
    match asked {
        Team::List => list(session, |workspace| workspace.team(), table::write_team),
        Team::Add { name, mail } => edit(session, |people, _| people.add_person(name, mail)),
        Team::Leave { name } => edit(session, |people, _| people.leave(name)),
        Team::Back { name } => edit(session, |people, _| people.come_back(name)),
        Team::Rename { name, new } => edit(session, |people, _| people.rename_person(name, new)),
        Team::Mail { name, mail, not } => {
            edit(session, |people, _| people.set_mail(name, mail, !not))
        }
    }
}
