//! The arguments as they are typed. What they mean together is decided in `mod.rs`.

use std::path::PathBuf;

use clap::builder::styling::AnsiColor;
use clap::builder::{PossibleValuesParser, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::report::schema::DOCUMENTS;

const EXIT_CODES: &str = "\
Exit codes:
  0      fine
  1      a gate or a verification found something
  2      the command line is wrong
  3      your repository, data, configuration or output file is in the way
  70     a bug in hackweek
  128+n  ended by signal n";

pub(super) const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Cyan.on_default())
    .usage(AnsiColor::Cyan.on_default())
    .literal(AnsiColor::Green.on_default());

/// Find the debt that hack days left in git, and follow it until it is paid.
///
/// hackweek reads TODO, FIXME, XXX, HACK and "don't do this" in comments and commit messages. It
/// knows which of it came in on this week's two hack days, follows every item through moves, renames
/// and edits, and says by the end of day 4 what was paid, by whom and how. Nothing is written into
/// your repository. Without a command it opens its screens.
#[derive(Debug, Parser)]
#[command(name = "hackweek", version, styles = STYLES, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) shared: Shared,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// A line without a command, which opens the screens.
#[derive(Debug, Parser)]
#[command(name = "hackweek", disable_help_flag = true)]
pub(crate) struct Screens {
    #[command(flatten)]
    pub(crate) shared: Shared,
}

/// Flags of every command.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Shared options")]
pub(crate) struct Shared {
    /// A repository to look at; repeat it for more [default: the one you stand in]
    #[arg(long, global = true, value_name = "PATH")]
    pub(crate) repo: Vec<PathBuf>,

    /// The week, by its ISO name as in 2026-W47 [default: this one]
    #[arg(long, global = true, value_name = "WEEK")]
    pub(crate) week: Option<String>,

    /// The week's timezone, as in Europe/Berlin [default: this machine's]
    #[arg(long, global = true, value_name = "ZONE")]
    pub(crate) timezone: Option<String>,

    /// The time to take for now, as in 2026-11-18T13:05:00+01:00 [env: HACKWEEK_NOW]
    #[arg(long, global = true, value_name = "TIME")]
    pub(crate) now: Option<String>,

    /// Where hackweek keeps its own data [env: HACKWEEK_DATA]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,

    /// The configuration file
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// How to write the result; sarif and github are for the debt report alone, and lists of the
    /// board have table and json
    #[arg(long, global = true, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,

    /// Write the result to a file, whole or not at all; reports take a folder too, and name the file
    #[arg(long, short, global = true, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Replace the file that is to be written if it is there
    #[arg(long, global = true)]
    pub(crate) force: bool,

    /// When to use colour
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Colour::Auto)]
    pub(crate) color: Colour,
}

/// The formats that exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A page for people
    Table,
    /// A document for programs
    Json,
    /// For a pull request, an issue or a wiki on GitHub or GitLab
    Markdown,
    /// One file for a browser, a mail or a printer; loads and runs nothing
    Html,
    /// A short message in Slack's mrkdwn
    Slack,
    /// One row an item, for a spreadsheet
    Csv,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of a GitHub Actions job
    Github,
}

impl Format {
    /// Its name on the command line.
    pub(crate) fn name(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// How the names of its files end.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Table | Self::Slack | Self::Github => "txt",
            Self::Json => "json",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Sarif => "sarif",
        }
    }
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show it all on a made-up week; nothing of yours is touched
    Demo(super::demo::Demo),
    /// Report the debt of the hack days, or of the whole history
    Debt(Debt),
    /// What each did, owes, does today and waits for; the turns
    Standup(super::standup::Args),
    /// The end-of-week summary: shipped, paid, carried, learned
    Summary(Reported),
    /// Bring the index up to date with git
    Scan,
    /// Throw the index away and read the whole history again
    Rebuild,
    /// Show the week: goal, planning hour, mood, close
    Week(super::week::Week),
    /// Add, list and change tasks
    #[command(subcommand)]
    Task(super::task::Task),
    /// Make, list and keep promises
    #[command(subcommand)]
    Promise(super::promise::Promise),
    /// Write and list notes of any kind
    #[command(subcommand)]
    Note(super::note::Note),
    /// Put hacks on the demo's list, and say what becomes of them
    #[command(subcommand)]
    Show(super::show::Show),
    /// What to refactor, what must change, what gets deleted
    Review(super::review::Review),
    /// The checklists of day 4, and its close
    #[command(subcommand)]
    Check(super::check::Check),
    /// Cards, votes and actions
    Retro(super::retro::Retro),
    /// The features, and when alpha and beta come
    Roadmap(super::roadmap::Roadmap),
    /// Add and list the people of the team
    #[command(subcommand)]
    Team(super::team::Team),
    /// Take your last change back
    Undo,
    /// Do again what was taken back last
    Redo,
    /// Check the installation, and with --verify the ledger against git
    Doctor(Doctor),
    /// Show and change the configuration, or start a file
    Config(Config),
    /// List the keys of the screens
    Keys(Keys),
    /// Print a completion script for a shell
    Completions(Completions),
    /// Print the manual page, of hackweek or of one command
    Man(Man),
}

/// `hackweek debt`
#[derive(Debug, Args)]
pub(crate) struct Debt {
    #[command(subcommand)]
    pub(crate) verdict: Option<super::judge::Judge>,

    /// Report every item of the whole history
    #[arg(long)]
    pub(crate) all: bool,

    /// List the suspected items too: other confessions, never counted
    #[arg(long)]
    pub(crate) suspected: bool,

    /// With --all, list the latest N payments of each repository [default: 10]
    #[arg(long, value_name = "N", requires = "all")]
    pub(crate) limit: Option<usize>,

    /// With --format csv, write texts as they are, without the apostrophe that keeps a spreadsheet
    /// from taking one for a formula
    #[arg(long)]
    pub(crate) csv_raw: bool,

    /// Leave in what looks like a secret: a key, a token, a password; only at a terminal
    #[arg(long)]
    pub(crate) with_secrets: bool,

    /// Exit with 1 if the report holds such items; repeat it or join with commas
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    pub(crate) fail_on: Vec<FailOn>,
}

/// `hackweek standup` and `hackweek summary`
#[derive(Debug, Args)]
pub(crate) struct Reported {
    /// With --format csv, write texts as they are, without the apostrophe that keeps a spreadsheet
    /// from taking one for a formula
    #[arg(long)]
    pub(crate) csv_raw: bool,

    /// Leave in what looks like a secret: a key, a token, a password; only at a terminal
    #[arg(long)]
    pub(crate) with_secrets: bool,

    /// Lay the report out by a Jinja template, which gets the document of --format json; what it
    /// prints is escaped by the end of its name, as in summary.md or summary.html
    #[arg(long, value_name = "FILE")]
    pub(crate) template: Option<PathBuf>,
}

/// What closes the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Items that are still open
    Open,
    /// Open items that nobody has decided on
    Undecided,
    /// Items paid after the deadline, or open after it
    Late,
}

/// `hackweek doctor`
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Scan commits anew and compare them with the ledger
    #[arg(long)]
    pub(crate) verify: bool,

    /// How many commits of each repository to compare [default: 20]
    #[arg(long, value_name = "N", requires = "verify")]
    pub(crate) samples: Option<u32>,

    /// Which commits are drawn: the same seed draws the same ones [default: 0]
    #[arg(long, value_name = "SEED", requires = "verify")]
    pub(crate) seed: Option<u64>,
}

/// `hackweek config`
#[derive(Debug, Args)]
pub(crate) struct Config {
    #[command(subcommand)]
    pub(crate) command: ConfigCommand,
}

/// What to do with the configuration.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Print all settings in force, defaults included
    Show,
    /// Print the path of the file that is read
    Path,
    /// Write a commented file to start from
    Init,
    /// Set one value in the file that is read; the rest of it stays as it is
    Set {
        /// The setting, as in standup.seconds or keys.debt.edit
        #[arg(value_name = "KEY", value_parser = super::config::KeyParser, hide_possible_values = true)]
        key: String,
        /// Its value, as in 120, "thu 18:00" or "TODO, FIXME"
        #[arg(value_name = "VALUE")]
        value: String,
    },
    /// Take one value out of the file: the default holds again
    Unset {
        /// The setting
        #[arg(value_name = "KEY", value_parser = super::config::KeyParser, hide_possible_values = true)]
        key: String,
    },
    /// Print the JSON Schema of a document that --format json writes, or list them all
    Schema {
        /// The document
        #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(DOCUMENTS.map(|it| it.name)))]
        document: Option<String>,
    },
}

/// `hackweek keys`
#[derive(Debug, Args)]
pub(crate) struct Keys {
    /// Write them as Markdown
    #[arg(long)]
    pub(crate) markdown: bool,
}

/// `hackweek completions`
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

/// `hackweek man`
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// The command to explain
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_line_without_a_command_is_read_as_by_the_whole_definition() {
        let lines = [
            "",
            "--repo a --repo b --week 2026-W47",
            "--color never --now 2026-11-17T09:00:00Z --data d",
            "--week 2026-W47 --week 2026-W48",
            "--color nevre",
            "--repo",
            "--",
            "-- debt",
        ];
        for line in lines {
            let args = || std::iter::once("hackweek").chain(line.split_whitespace());
            let (short, whole) = (Screens::try_parse_from(args()), Cli::try_parse_from(args()));
            match (short, whole) {
                (Ok(short), Ok(whole)) => {
                    assert!(whole.command.is_none(), "{line}");
                    let (short, whole) = (short.shared, whole.shared);
                    assert_eq!(format!("{short:?}"), format!("{whole:?}"), "{line}");
                }
                (short, whole) => assert_eq!(short.is_err(), whole.is_err(), "{line}"),
            }
        }
        for line in ["debt", "--help", "--version", "debt --help", "help"] {
            let args = std::iter::once("hackweek").chain(line.split_whitespace());
            assert!(Screens::try_parse_from(args).is_err(), "{line}");
        }
    }

    #[test]
    fn shared_flags_stand_before_and_after_the_command() {
        let cli = Cli::try_parse_from([
            "hackweek", "--repo", "a", "debt", "--format", "json", "--week", "2026-W47",
        ])
        .unwrap();
        assert_eq!(cli.shared.repo, [PathBuf::from("a")]);
        assert_eq!(cli.shared.format, Format::Json);
        assert_eq!(cli.shared.week.as_deref(), Some("2026-W47"));
    }

    #[test]
    fn a_gate_is_joined_or_repeated() {
        let cli = Cli::try_parse_from([
            "hackweek",
            "debt",
            "--fail-on",
            "open,late",
            "--fail-on",
            "undecided",
        ])
        .unwrap();
        let Some(Command::Debt(debt)) = cli.command else {
            panic!("no debt command")
        };
        assert_eq!(
            debt.fail_on,
            [FailOn::Open, FailOn::Late, FailOn::Undecided]
        );
    }

    #[test]
    fn what_needs_another_flag_says_which() {
        for (args, needed) in [
            (vec!["hackweek", "debt", "--limit", "3"], "--all"),
            (vec!["hackweek", "doctor", "--samples", "3"], "--verify"),
            (vec!["hackweek", "doctor", "--seed", "3"], "--verify"),
        ] {
            let error = Cli::try_parse_from(args).unwrap_err();
            assert!(error.to_string().contains(needed), "{error}");
        }
    }
}
