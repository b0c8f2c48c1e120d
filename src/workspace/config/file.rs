//! The configuration file as a text that can be changed: the one that counts, or the user's own where
//! there is none yet.

use std::path::PathBuf;

use super::default::DEFAULT;
use super::edit::{self, Change, EditError};
use super::error::{Advice, ConfigError, nearest};
use super::load::{FILE_NAME, read};
use super::schema::{Config, TABLES, TOP};
use super::settings::{self, SETTINGS, Setting};
use crate::workspace::places::Places;

/// The file that counts, or would.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its text; `None` where there is no file.
    pub text: Option<String>,
    /// The configuration directory's file, where the data directory's counts instead of it.
    pub passed_over: Option<PathBuf>,
}

/// What a key is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The key, `standup.seconds` or `keys.debt.edit`.
    pub key: String,
    /// Its value; `None` for the default, which the file need not say.
    pub to: Option<Written>,
}

/// How a value is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// As a person types it: `18:00`, `TODO, FIXME`.
    Typed(String),
    /// As the file has it: `"18:00"`, `["TODO", "FIXME"]`.
    Toml(String),
    /// A list of texts, as they are.
    Texts(Vec<String>),
}

/// Says why a configuration cannot be used, in what only others can look into.
pub type Check<'a> = &'a dyn Fn(&Config) -> Result<(), String>;

impl ConfigFile {
    /// Finds it. A file named with `--config` that is not there is one to be written.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn find(places: &Places) -> Result<Self, ConfigError> {
        let found = |path: PathBuf, text, passed_over| Self {
            path,
            text,
            passed_over,
        };
        if let Some(path) = &places.config_file {
            return Ok(found(path.clone(), read(path)?, None));
        }
        let of_data = places.data_dir.join(FILE_NAME);
        let of_user = places.config_dir.as_ref().map(|dir| dir.join(FILE_NAME));
        if let Some(text) = read(&of_data)? {
            let passed_over = of_user.filter(|path| *path != of_data && path.exists());
            return Ok(found(of_data, Some(text), passed_over));
        }
        let path = of_user.unwrap_or(of_data);
        let text = read(&path)?;
        Ok(found(path, text, None))
    }

    /// What it says.
    ///
    /// # Errors
    /// The first mistake in it.
    pub fn config(&self) -> Result<Config, ConfigError> {
        let text = self.text.as_deref();
        text.map_or_else(
            || Ok(Config::default()),
            |text| Config::parse(&self.path, text),
        )
    }

    /// The value that a key has in this file, as TOML; `None` where the file is silent.
    pub fn literal(&self, key: &str) -> Option<String> {
        let value = value_in(self.text.as_deref()?, key)?;
        Some(value.to_string())
    }

    /// The value that holds, as it would be typed: of the file, else the default. Empty where there
    /// is none, as for a timezone that is the machine's.
    pub fn value(&self, key: &str) -> String {
        let own = self.text.as_deref().and_then(|text| value_in(text, key));
        own.map_or_else(|| default_of(key), |value| settings::shown(&value))
    }

    /// The file with some keys changed, and what it says then. They hold together or not at all:
    /// what it says in between is not looked at. Nothing is written.
    ///
    /// # Errors
    /// A key that there is not, a value that the key cannot have, a mistake elsewhere in the file.
    pub fn edited(
        &self,
        edits: &[Edit],
        check: Check<'_>,
    ) -> Result<(String, Config), ConfigError> {
        // Also what nests without end is no TOML to the reader.
        let broken = match self.config() {
            Err(error @ ConfigError::Syntax { .. }) => Some(error),
            _ => None,
        };
        let mut text = self.text.clone().unwrap_or_default();
        for edit in edits {
            let change = change_of(edit)?;
            if let Some(error) = broken {
                return Err(error);
            }
            let path = path_in(&text, &edit.key).ok_or_else(|| unknown(&edit.key))?;
            text = edit::changed(&text, &path, change).or_else(|why| {
                // The reader has the words and the line for it.
                self.config()?;
                let message = match why {
                    EditError::Syntax => "the file is no TOML",
                    EditError::NoTable => "the file has something else in its place",
                };
                Err(refused(&edit.key, message.to_owned()))
            })?;
        }
        // What was just given has no line yet.
        let given = |key: &str| {
            edits
                .iter()
                .any(|edit| edit.key == key && edit.to.is_some())
        };
        let config = Config::parse(&self.path, &text).map_err(|why| match why {
            ConfigError::Value { key, message, .. } if given(&key) => refused(&key, message),
            why => why,
        })?;
        check(&config).map_err(|message| {
            let before = self.config().ok().and_then(|before| check(&before).err());
            match edits.first() {
                Some(edit) if before.as_ref() != Some(&message) => refused(&edit.key, message),
                _ => ConfigError::Unusable {
                    path: self.path.clone(),
                    message,
                },
            }
        })?;
        Ok((text, config))
    }
}

fn refused(key: &str, message: String) -> ConfigError {
    let key = key.to_owned();
    ConfigError::Refused { key, message }
}

/// What an edit does to the value in the file.
fn change_of(edit: &Edit) -> Result<Change, ConfigError> {
    let (_, kind) = settings::place(&edit.key).ok_or_else(|| unknown(&edit.key))?;
    let refused = |message: String| refused(&edit.key, message);
    Ok(match &edit.to {
        None => Change::Unset,
        Some(Written::Typed(text)) => Change::Set(settings::typed(kind, text).map_err(refused)?),
        Some(Written::Toml(text)) => match text.parse() {
            Ok(value) => Change::Set(value),
            Err(_) => return Err(refused("it is no value of TOML".to_owned())),
        },
        Some(Written::Texts(texts)) => Change::Set(toml_edit::Value::Array(
            texts.iter().map(String::as_str).collect(),
        )),
    })
}

/// Where a text has the value of a key, or would have it. A moved day can also stand in a table of its
/// week, as TOML reads `2026-W47.5` without quotes.
fn path_in(text: &str, key: &str) -> Option<Vec<String>> {
    let (path, _) = settings::place(key)?;
    let of_week = |path: &[String]| match path {
        [week, moved, day] if moved == "moved" => {
            let (name, day) = day.split_once('.')?;
            let path = [week.as_str(), moved, name, day].map(str::to_owned);
            edit::value(text, &path).ok().flatten()?;
            Some(path.to_vec())
        }
        _ => None,
    };
    Some(of_week(&path).unwrap_or(path))
}

fn value_in(text: &str, key: &str) -> Option<toml_edit::Value> {
    edit::value(text, &path_in(text, key)?).ok().flatten()
}

/// The value of a key that nobody set, as it would be typed.
pub fn default_of(key: &str) -> String {
    value_in(DEFAULT, key).map_or_else(String::new, |value| settings::shown(&value))
}

/// A key in a sentence, as it is written in the file.
pub fn named(key: &str) -> String {
    settings::place(key).map_or_else(|| key.to_owned(), |(path, _)| edit::shown(&path))
}

/// The setting of a key.
pub fn setting(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

fn unknown(key: &str) -> ConfigError {
    let known: Vec<&'static str> = SETTINGS.iter().map(|setting| setting.key).collect();
    let alone = SETTINGS.iter().filter(|setting| {
        let name = setting.key.rsplit('.').next();
        name == Some(key)
    });
    let alone: Vec<&'static str> = alone.map(|setting| setting.key).collect();
    let advice = match (alone.as_slice(), nearest(key, &known)) {
        ([one], _) => Advice::Nearest(one),
        (_, Some(near)) => Advice::Nearest(near),
        _ => match TABLES
            .iter()
            .find(|(table, _)| key.split('.').next() == Some(table))
        {
            Some((_, keys)) => Advice::Known(keys),
            None => Advice::Known(TOP),
        },
    };
    ConfigError::NoSuchKey {
        key: key.to_owned(),
        advice,
    }
}
