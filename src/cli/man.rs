//! `hackweek man`: the manual page, in roff.

use clap::CommandFactory;

use super::args::{self, Cli};
use super::exit::{Failure, Verdict};
use super::{Session, laid_out};

/// Writes the page of hackweek, or of one of its commands.
pub(super) fn run(session: &Session, args: &args::Man) -> Result<Verdict, Failure> {
    session.needs_table("man")?;
    let target = session.target()?;
    let mut command = Cli::command();
    command.build();
    if let Some(name) = &args.command {
        let names = command
            .get_subcommands()
            .map(|command| command.get_name().to_owned())
            .collect::<Vec<_>>()
            .join(", ");
        let Some(found) = command.find_subcommand(name) else {
            return Err(Failure::usage(
                format!("there is no command {name} to explain"),
                format!("the commands are {names}"),
            ));
        };
        command = found.clone();
    }
    let source = concat!("hackweek ", env!("CARGO_PKG_VERSION"));
    let page = clap_mangen::Man::new(command).source(source);
    let page = laid_out(|mut out| page.render(&mut out))?;
    target.write(&page)?;
    Ok(Verdict::Fine)
}
