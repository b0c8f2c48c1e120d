//! `hackweek config`: the settings in force, their file, one of them changed, and a file to start from.

use std::ffi::OsStr;
use std::sync::LazyLock;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};

use super::args::ConfigCommand;
use super::exit::{Failure, Verdict, say};
use super::output::Target;
use super::{Session, laid_out};
use crate::report::json;
use crate::report::safe_text::Safe;
use crate::report::schema::DOCUMENTS;
use crate::tui::actions::rows;
use crate::tui::keymap::check;
use crate::workspace::config::{Changed, Edit, SETTINGS, Was, Written, default_of};
use crate::workspace::{self, shown_path};

/// Shows, names or begins the configuration.
pub(super) fn run(session: &Session, command: &ConfigCommand) -> Result<Verdict, Failure> {
    session.needs_table("config")?;
    let options = session.options()?;
    if let ConfigCommand::Schema { document } = command {
        return schema(session, document.as_deref());
    }
    match command {
        ConfigCommand::Set { key, value } => {
            let to = Some(Written::Typed(value.clone()));
            return change(session, key, to);
        }
        ConfigCommand::Unset { key } => return change(session, key, None),
        _ => {}
    }
    if *command == ConfigCommand::Init {
        if session.shared.output.is_some() {
            return Err(Failure::usage(
                "config init writes the configuration file, not --output",
                "name the file with --config FILE",
            ));
        }
        let configuration = workspace::configuration(&options)?;
        let path = &configuration.path;
        let target = Target::new(Some(path), session.shared.force)?;
        if let Some(directory) = path.parent() {
            std::fs::create_dir_all(directory).map_err(|source| Failure::Output {
                path: path.clone(),
                source,
            })?;
        }
        target.write(configuration.template.as_bytes())?;
        say(&format!(
            "hackweek: wrote {}\n",
            Safe::new(&path.to_string_lossy())
        ));
        return Ok(Verdict::Fine);
    }
    let target = session.target()?;
    let configuration = workspace::configuration(&options)?;
    let bytes = laid_out(|out| match command {
        ConfigCommand::Path => {
            // A path is taken by programs: as it is, unless that could play with a terminal.
            writeln!(out, "{}", Safe::new(&configuration.path.to_string_lossy()))
        }
        _ => {
            write!(out, "{}", Safe::lines(&configuration.effective))
        }
    })?;
    target.write(&bytes)?;
    if *command == ConfigCommand::Path && !configuration.found {
        say("hackweek: there is no such file yet; `hackweek config init` writes one\n");
    }
    Ok(Verdict::Fine)
}

/// Changes one key, and says where, what it was, and how to change it back.
fn change(session: &Session, key: &str, to: Option<Written>) -> Result<Verdict, Failure> {
    if session.shared.output.is_some() {
        return Err(Failure::usage(
            "config set and unset write the configuration file, not --output",
            "name the file with --config FILE",
        ));
    }
    let options = session.options()?;
    let edit = Edit {
        key: key.to_owned(),
        to,
    };
    let changed = workspace::set(&options, &[edit], &check)?;
    for was in &changed.was {
        say(&said(&changed, was));
    }
    Ok(Verdict::Fine)
}

fn said(changed: &Changed, Was { key, old }: &Was) -> String {
    let file = shown_path(&changed.file.path);
    let now = changed.file.literal(key);
    let was = old.as_deref();
    let default = || default_of(key);
    let mut text = match (&now, was) {
        _ if !changed.is_new() => format!("nothing to change: {file} has it so already"),
        (Some(now), None) => format!("{key} is {now} now; wrote {file}"),
        (Some(now), Some(was)) => format!("{key} is {now} now, was {was}; wrote {file}"),
        (None, was) if default().is_empty() => {
            let was = was.unwrap_or_default();
            format!("{key} is as without the file again, was {was}; wrote {file}")
        }
        (None, was) => {
            let was = was.unwrap_or_default();
            format!("{key} is {} again, was {was}; wrote {file}", default())
        }
    };
    text = format!("hackweek: {}\n", Safe::new(&text));
    let mut hint = |hint: String| text.push_str(&format!("  hint: {}\n", Safe::new(&hint)));
    if changed.is_new() {
        let key = shell_word(key);
        hint(match was {
            None => format!("`hackweek config unset {key}` takes it back"),
            Some(was) => {
                let value = changed_before(changed, &key).unwrap_or_else(|| was.to_owned());
                format!(
                    "`hackweek config set {key} {}` takes it back",
                    shell_word(&value)
                )
            }
        });
    }
    if let Some(other) = &changed.file.passed_over {
        hint(format!("it counts in place of {}", shown_path(other)));
    }
    text
}

/// The value before as it is typed.
fn changed_before(changed: &Changed, key: &str) -> Option<String> {
    let before = workspace::config::ConfigFile {
        text: Some(changed.before.clone()?),
        ..changed.file.clone()
    };
    Some(before.value(key))
}

/// A word as a POSIX shell takes it.
fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "._-/:".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

/// The keys of the actions, by their names in the file.
static KEYS: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    let named = rows().map(|row| (format!("keys.{}", row.name), row.says));
    named.collect()
});

/// Takes any key; knows those that a shell can complete.
#[derive(Clone)]
pub(super) struct KeyParser;

impl TypedValueParser for KeyParser {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let settings = SETTINGS
            .iter()
            .map(|one| PossibleValue::new(one.key).help(one.says));
        let keys = KEYS
            .iter()
            .map(|(key, says)| PossibleValue::new(key.as_str()).help(*says));
        Some(Box::new(settings.chain(keys)))
    }
}

/// Prints the schema of a document, or which there are.
fn schema(session: &Session, name: Option<&str>) -> Result<Verdict, Failure> {
    let target = session.target()?;
    let asked = DOCUMENTS.iter().find(|it| Some(it.name) == name);
    let bytes = laid_out(|out| match asked {
        Some(document) => json::write(&document.json_schema(), out),
        None => DOCUMENTS.iter().try_for_each(|it| {
            writeln!(
                out,
                "{:<10} {:<22} {} --format json",
                it.name, it.schema, it.command
            )
        }),
    })?;
    target.write(&bytes)?;
    Ok(Verdict::Fine)
}
