//! `hackweek demo`: the screens, or any command, on the made-up week.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat, Utc};
use clap::Args;

use super::args::{Cli, Colour, Command, Format, Shared};
use super::exit::{Failure, Verdict, say};
use super::signals::Signals;
use super::{Session, dispatch, moment, parsed, screens, variable};
use crate::tui::PutAway;
use crate::workspace::demo::{self, alone, moment_of};

/// `hackweek demo`
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// The day of the week to stand in, 1 to 5; --now names a time [default: 2]
    #[arg(long, value_name = "DAY", value_parser = clap::value_parser!(u8).range(1..=5))]
    day: Option<u8>,

    /// Keep it in a new directory, to go on with
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,

    /// A command to run on it in place of the screens, as in `hackweek demo debt --format json`
    #[arg(
        value_name = "COMMAND",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    command: Vec<OsString>,
}

/// The day that is shown when none is asked for: a standup with something to say.
const DAY: u8 = 2;

/// The command where there is no terminal for the screens.
const WITHOUT_TERMINAL: &str = "standup";

/// Reads the command that is to be run on the demo, if the demo is asked for. Help and mistakes of
/// it are those of the command itself.
pub(super) fn parse(cli: Cli) -> Result<Cli, clap::Error> {
    if let Some(Command::Demo(demo)) = &cli.command {
        demo.inner()?;
    }
    Ok(cli)
}

impl Demo {
    fn inner(&self) -> Result<Cli, clap::Error> {
        let name = OsString::from("hackweek");
        parsed([name].into_iter().chain(self.command.iter().cloned()))
    }
}

/// Makes the demo, runs the command on it, and removes it.
pub(super) fn run(outer: &Session, args: &Demo) -> Result<Verdict, Failure> {
    let inner = args.inner();
    let mut cli = inner.map_err(|error| Failure::usage(error.to_string(), "see --help"))?;
    if matches!(cli.command, Some(Command::Demo(_))) {
        return Err(Failure::usage(
            "a demo of the demo is the demo",
            "leave the second `demo` out",
        ));
    }
    for shared in [&outer.shared, &cli.shared] {
        has_its_own(shared)?;
    }
    let frozen = frozen(&outer.shared, &cli.shared, args.day)?;
    let now = frozen.unwrap_or_else(|| moment_of(args.day.unwrap_or(DAY)));
    if cli.command.is_none() && !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        let parsed = parsed(["hackweek", WITHOUT_TERMINAL].map(OsString::from));
        cli.command = parsed.ok().and_then(|parsed| parsed.command);
    }
    alone();
    let signals = Signals::hold()?;
    let made = demo::Demo::make(now, args.keep.as_deref(), signals.cancel());
    signals.check()?;
    let made = made?;
    let shows_screens = cli.command.is_none();
    cli.shared = given(cli.shared, &outer.shared, &made);
    let ended = if shows_screens {
        let from = frozen.is_none().then_some(now);
        let passes = made.removal().map(|removal| Box::new(removal) as PutAway);
        Session::new(cli.shared, None).and_then(|session| screens::run(&session, from, passes))
    } else {
        dispatch(&cli)
    };
    match &args.keep {
        Some(folder) => say(&way_back(folder, now)),
        None => made.end()?,
    }
    let ended = ended?;
    if !shows_screens {
        signals.check()?;
    }
    Ok(ended)
}

/// Refuses what the demo has of its own.
fn has_its_own(shared: &Shared) -> Result<(), Failure> {
    let given = [
        ("--repo", !shared.repo.is_empty()),
        ("--data", shared.data.is_some()),
        ("--config", shared.config.is_some()),
    ];
    match given.into_iter().find(|(_, given)| *given) {
        Some((flag, _)) => Err(Failure::usage(
            format!("{flag} is not for the demo, which has its own"),
            format!("leave {flag} out; --keep DIR keeps the demo to look at with it"),
        )),
        None => Ok(()),
    }
}

/// The time that was asked for, which then stands still; `None` for the one of a day.
fn frozen(
    outer: &Shared,
    inner: &Shared,
    day: Option<u8>,
) -> Result<Option<DateTime<Utc>>, Failure> {
    let asked = inner.now.as_ref().or(outer.now.as_ref());
    match (asked, day) {
        (Some(_), Some(_)) => Err(Failure::usage(
            "--now and --day both say when it is",
            "leave one of them out",
        )),
        (Some(now), None) => moment("--now", now).map(Some),
        (None, Some(_)) => Ok(None),
        (None, None) => match variable("HACKWEEK_NOW") {
            Some(now) => moment("HACKWEEK_NOW", &now.to_string_lossy()).map(Some),
            None => Ok(None),
        },
    }
}

/// The flags of the command on the demo: its own, else those that stood before it.
fn given(inner: Shared, outer: &Shared, made: &demo::Demo) -> Shared {
    let now = made.now().to_rfc3339_opts(SecondsFormat::AutoSi, true);
    Shared {
        repo: made.repositories(),
        week: inner.week.or_else(|| outer.week.clone()),
        timezone: inner.timezone.or_else(|| outer.timezone.clone()),
        now: Some(now),
        data: Some(made.data()),
        config: Some(made.config()),
        format: match inner.format {
            Format::Table => outer.format,
            format => format,
        },
        output: inner.output.or_else(|| outer.output.clone()),
        force: inner.force || outer.force,
        color: match inner.color {
            Colour::Auto => outer.color,
            colour => colour,
        },
    }
}

/// How to come back to a demo that is kept.
fn way_back(folder: &Path, now: DateTime<Utc>) -> String {
    let folder = folder.display();
    let now = now.to_rfc3339_opts(SecondsFormat::Secs, true);
    format!(
        "hackweek: the demo is kept in {folder}\n  hint: hackweek --repo {folder}/pay --repo \
         {folder}/web --data {folder}/data --config {folder}/hackweek.toml --now {now}\n"
    )
}
