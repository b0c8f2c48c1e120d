//! `hackweek completions`: a script that completes commands and flags.

use clap::CommandFactory;

use super::Session;
use super::args::{self, Cli};
use super::exit::{Failure, Verdict};

/// Writes the script for a shell.
pub(super) fn run(session: &Session, args: &args::Completions) -> Result<Verdict, Failure> {
    session.needs_table("completions")?;
    let target = session.target()?;
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "hackweek", &mut script);
    target.write(&script)?;
    Ok(Verdict::Fine)
}
