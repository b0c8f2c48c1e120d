//! The command line: what was typed, what it means, and how it ends.
//!
//! Every command makes its whole result before a byte of it is written. Results go to standard
//! output, everything else to standard error; `exit` alone knows exit codes.

mod args;
mod check;
mod completions;
mod config;
mod debt;
mod demo;
mod doctor;
mod exit;
mod gate;
mod groups;
mod judge;
mod keys;
mod man;
mod note;
mod output;
mod progress;
mod promise;
mod rebuild;
mod reported;
mod retro;
mod review;
mod roadmap;
mod scan;
mod screens;
mod show;
mod signals;
mod standup;
mod summary;
mod task;
mod team;
mod template;
mod terminal;
mod turn;
mod week;
mod written;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::{CommandFactory, FromArgMatches, Parser};

use crate::report::safe_text::Safe;
use crate::report::table::View;
use crate::workspace::Options;
use args::{Cli, Command, ConfigCommand, Format, Screens, Shared};
use exit::{BUG, Failure, USAGE, Verdict, say, set_panic_hook};
use output::Target;
use terminal::Terminal;

/// Runs hackweek with its arguments, the program's name first, and returns its exit code.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    set_panic_hook();
    // The hook has spoken by then; what is left is the code.
    let code = catch_unwind(AssertUnwindSafe(|| run(args))).unwrap_or(BUG);
    ExitCode::from(code)
}

/// The definition of the command line, for documentation that is made from it.
pub fn command() -> clap::Command {
    groups::grouped(Cli::command())
}

/// Reads the arguments, the program's name first. Without a command no command is looked at: to
/// define them all takes as long as to draw the screens.
fn parsed(args: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let args: Vec<OsString> = args.into_iter().collect();
    if let Ok(Screens { shared }) = Screens::try_parse_from(&args) {
        return Ok(Cli {
            shared,
            command: None,
        });
    }
    let matches = command().try_get_matches_from(args)?;
    Cli::from_arg_matches(&matches)
}

fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    let cli = match parsed(args).and_then(demo::parse) {
        Ok(cli) => cli,
        Err(error) => return not_parsed(&error),
    };
    match dispatch(&cli) {
        Ok(verdict) => verdict.code(),
        Err(failure) => {
            say(&failure.text());
            failure.code()
        }
    }
}

fn dispatch(cli: &Cli) -> Result<Verdict, Failure> {
    let Some(command) = &cli.command else {
        return screens::run(&Session::new(cli.shared.clone(), None)?, None, None);
    };
    let session = Session::new(cli.shared.clone(), Some(command))?;
    match command {
        Command::Demo(args) => demo::run(&session, args),
        Command::Debt(args) => debt::run(&session, args),
        Command::Standup(args) => standup::run(&session, args),
        Command::Summary(args) => summary::run(&session, args),
        Command::Scan => scan::run(&session),
        Command::Rebuild => rebuild::run(&session),
        Command::Week(args) => week::run(&session, args),
        Command::Task(args) => task::run(&session, args),
        Command::Promise(args) => promise::run(&session, args),
        Command::Note(args) => note::run(&session, args),
        Command::Show(args) => show::run(&session, args),
        Command::Review(args) => review::run(&session, args),
        Command::Check(args) => check::run(&session, args),
        Command::Retro(args) => retro::run(&session, args),
        Command::Roadmap(args) => roadmap::run(&session, args),
        Command::Team(args) => team::run(&session, args),
        Command::Undo => written::undo(&session),
        Command::Redo => written::redo(&session),
        Command::Doctor(args) => doctor::run(&session, args),
        Command::Config(args) => config::run(&session, &args.command),
        Command::Keys(args) => keys::run(&session, args),
        Command::Completions(args) => completions::run(&session, args),
        Command::Man(args) => man::run(&session, args),
    }
}

/// What every command is handed: the shared flags, and what the terminal can show.
struct Session {
    shared: Shared,
    terminal: Terminal,
}

impl Session {
    fn new(shared: Shared, command: Option<&Command>) -> Result<Self, Failure> {
        let begins_config =
            matches!(command, Some(Command::Config(args)) if args.command == ConfigCommand::Init);
        if shared.force && shared.output.is_none() && !begins_config {
            return Err(Failure::usage(
                "--force has no file to replace",
                "name it with --output FILE, or leave --force out",
            ));
        }
        let to_terminal = shared.output.is_none() && io::stdout().is_terminal();
        let terminal = Terminal::decide(shared.color, to_terminal, &|name| {
            std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
        });
        Ok(Self { shared, terminal })
    }

    /// Where the result goes, checked before the work begins.
    fn target(&self) -> Result<Target, Failure> {
        Target::new(self.shared.output.as_deref(), self.shared.force)
    }

    /// The same where the result has a name of its own, which it gets in a folder that is named.
    fn target_or(&self, name: &str) -> Result<Target, Failure> {
        let folder = self.shared.output.as_deref().filter(|path| path.is_dir());
        match folder {
            Some(folder) => Target::new(Some(&folder.join(name)), self.shared.force),
            None => self.target(),
        }
    }

    /// How a table is to look.
    fn view(&self) -> View {
        let Terminal {
            colour,
            width,
            ascii,
        } = self.terminal;
        View {
            width,
            colour,
            ascii,
            ..View::default()
        }
    }

    /// Refuses `--format` where a command has nothing to format.
    fn needs_table(&self, command: &str) -> Result<(), Failure> {
        self.needs_format(command, &[Format::Table])
    }

    /// Refuses a `--format` that a command does not have.
    fn needs_format(&self, command: &str, formats: &[Format]) -> Result<(), Failure> {
        let asked = self.shared.format;
        if formats.contains(&asked) {
            return Ok(());
        }
        let hint = match formats {
            [_] => "leave --format out; debt, scan and rebuild have other formats".to_owned(),
            _ => {
                let names = formats.iter().map(|format| format.name());
                format!("{command} has {}", names.collect::<Vec<_>>().join(" and "))
            }
        };
        let what = format!("--format {} is not for {command}", asked.name());
        Err(Failure::usage(what, hint))
    }

    /// Whether the time to take for now was given.
    fn is_frozen(&self) -> bool {
        self.shared.now.is_some() || variable("HACKWEEK_NOW").is_some()
    }

    /// What to open, with the one look at the clock.
    fn options(&self) -> Result<Options, Failure> {
        let shared = &self.shared;
        let data = shared
            .data
            .clone()
            .or_else(|| variable("HACKWEEK_DATA").map(PathBuf::from));
        let asked = shared.now.clone().map(|now| ("--now", now)).or_else(|| {
            variable("HACKWEEK_NOW").map(|now| ("HACKWEEK_NOW", now.to_string_lossy().into_owned()))
        });
        Ok(Options {
            repositories: shared.repo.clone(),
            data,
            config: shared.config.clone(),
            week: shared.week.clone(),
            timezone: shared.timezone.clone(),
            now: asked.map_or_else(|| Ok(Utc::now()), |(name, now)| moment(name, &now))?,
        })
    }
}

/// An environment variable; an empty one counts as unset.
fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Reads the time that was asked for by `name`, a flag or a variable.
fn moment(name: &str, text: &str) -> Result<DateTime<Utc>, Failure> {
    DateTime::parse_from_rfc3339(text)
        .map(|time| time.with_timezone(&Utc))
        .map_err(|_| {
            let what = format!("{name}: \"{text}\" is not a time of RFC 3339");
            let hint = if chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok() {
                format!("add a time and an offset to UTC: {text}T09:00:00+01:00")
            } else if text.parse::<chrono::NaiveDateTime>().is_ok() {
                format!("add the offset to UTC: {text}Z or {text}+01:00")
            } else {
                "write it as 2026-11-18T13:05:00+01:00".to_owned()
            };
            Failure::usage(what, hint)
        })
}

/// Makes the whole result in memory.
fn laid_out(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    write(&mut bytes).map_err(Failure::Layout)?;
    Ok(bytes)
}

/// Help and version are results; all else that stops the parser is a usage error.
fn not_parsed(error: &clap::Error) -> u8 {
    let text = error.render();
    if error.use_stderr() {
        let plain = text.to_string();
        // Arguments can come from a shell's `*`, hence from a repository.
        let plain = Safe::lines(plain.strip_prefix("error: ").unwrap_or(&plain)).to_string();
        say(&format!("hackweek: {plain}"));
        return USAGE;
    }
    let terminal = Terminal::decide(args::Colour::Auto, io::stdout().is_terminal(), &|name| {
        std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
    });
    let text = if terminal.colour {
        text.ansi().to_string()
    } else {
        text.to_string()
    };
    match Target::Stdout.write(text.as_bytes()) {
        Ok(()) => 0,
        Err(failure) => {
            say(&failure.text());
            failure.code()
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_time_needs_a_date_a_clock_and_an_offset() {
        assert_eq!(
            moment("--now", "2026-11-18T13:05:00+01:00")
                .unwrap()
                .to_rfc3339(),
            "2026-11-18T12:05:00+00:00"
        );
        for (text, hint) in [
            (
                "2026-11-18",
                "hint: add a time and an offset to UTC: 2026-11-18T09:00:00+01:00",
            ),
            (
                "2026-11-18T13:05:00",
                "hint: add the offset to UTC: 2026-11-18T13:05:00Z",
            ),
            ("tomorrow", "hint: write it as 2026-11-18T13:05:00+01:00"),
            ("", "hint: write it as 2026-11-18T13:05:00+01:00"),
        ] {
            let failure = moment("HACKWEEK_NOW", text).unwrap_err();
            assert_eq!(failure.code(), 2);
            assert!(
                failure.text().starts_with("hackweek: HACKWEEK_NOW: \""),
                "{}",
                failure.text()
            );
            assert!(failure.text().contains(hint), "{}", failure.text());
        }
    }
}
