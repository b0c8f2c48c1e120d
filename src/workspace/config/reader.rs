//! Reads typed values out of a parsed TOML text and knows the line of each.

use std::ops::Range;
use std::path::Path;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::ConfigError;
use crate::week::shown;

/// The file that is read, for the place of a mistake.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
}

impl Source<'_> {
    /// The line of a byte, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        let before = &self.text.as_bytes()[..offset.min(self.text.len())];
        memchr::memchr_iter(b'\n', before).count() + 1
    }
}

/// A key and its value.
pub(super) struct Entry<'a> {
    source: Source<'a>,
    /// The table, empty at the top.
    table: &'static str,
    /// The key as written, without its table.
    pub(super) key: String,
    key_span: Range<usize>,
    value: Spanned<DeValue<'a>>,
}

/// The entries of a table in the order of the file, so that its first mistake is told first.
pub(super) fn entries<'a>(
    source: Source<'a>,
    table: &'static str,
    content: DeTable<'a>,
) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = content
        .into_iter()
        .map(|(key, value)| Entry {
            source,
            table,
            key_span: key.span(),
            key: key.into_inner().into_owned(),
            value,
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    entries
}

/// The limits of a list of texts.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// How many entries.
    pub(super) entries: usize,
    /// How many characters in one.
    pub(super) chars: usize,
}

impl<'a> Entry<'a> {
    /// The line of the key, from 1.
    pub(super) fn line(&self) -> usize {
        self.source.line(self.key_span.start)
    }

    /// The key with its table.
    pub(super) fn full_key(&self) -> String {
        let key: String = self
            .key
            .chars()
            .take(60)
            .flat_map(char::escape_debug)
            .collect();
        if self.table.is_empty() {
            key
        } else {
            format!("{}.{key}", self.table)
        }
    }

    /// An error at the value.
    pub(super) fn wrong(&self, message: impl Into<String>) -> ConfigError {
        self.wrong_at(self.value.span().start, message)
    }

    fn wrong_at(&self, offset: usize, message: impl Into<String>) -> ConfigError {
        ConfigError::Value {
            path: self.source.path.to_owned(),
            line: self.source.line(offset),
            key: self.full_key(),
            message: message.into(),
        }
    }

    fn wrong_type(&self, found: &Spanned<DeValue<'_>>, wanted: &str) -> ConfigError {
        let found_type = found.get_ref().type_str();
        self.wrong_at(
            found.span().start,
            format!("{wanted} is wanted here, not {found_type}"),
        )
    }

    /// Whether the value is a table.
    pub(super) fn is_table(&self) -> bool {
        self.value.get_ref().is_table()
    }

    /// The entries of a table, to be known as those of `name`.
    pub(super) fn table(self, name: &'static str) -> Result<Vec<Entry<'a>>, ConfigError> {
        if !self.is_table() {
            return Err(self.wrong_type(&self.value, &format!("a table, [{name}],")));
        }
        match self.value.into_inner() {
            DeValue::Table(content) => Ok(entries(self.source, name, content)),
            _ => Ok(Vec::new()),
        }
    }

    /// A text.
    pub(super) fn text(&self) -> Result<&str, ConfigError> {
        self.text_of(&self.value)
    }

    fn text_of<'v>(&self, value: &'v Spanned<DeValue<'a>>) -> Result<&'v str, ConfigError> {
        value
            .get_ref()
            .as_str()
            .ok_or_else(|| self.wrong_type(value, "a text in quotes"))
    }

    /// A text that a type reads.
    pub(super) fn parsed<T>(&self) -> Result<T, ConfigError>
    where
        T: std::str::FromStr<Err: std::fmt::Display>,
    {
        self.text()?
            .parse()
            .map_err(|error: T::Err| self.wrong(error.to_string()))
    }

    /// `true` or `false`.
    pub(super) fn switch(&self) -> Result<bool, ConfigError> {
        let value = self.value.get_ref().as_bool();
        value.ok_or_else(|| self.wrong_type(&self.value, "true or false"))
    }

    /// One of a few words.
    pub(super) fn one_of<T: Copy>(&self, words: &[(&str, T)]) -> Result<T, ConfigError> {
        let given = self.text()?;
        let found = words.iter().find(|(word, _)| *word == given);
        found.map(|(_, value)| *value).ok_or_else(|| {
            let known: Vec<String> = words
                .iter()
                .map(|(word, _)| format!("\"{word}\""))
                .collect();
            self.wrong(format!(
                "{} is not one of {}",
                shown(given),
                known.join(", ")
            ))
        })
    }

    fn list(&self, limit: usize) -> Result<&[Spanned<DeValue<'a>>], ConfigError> {
        let values = self.value.get_ref().as_array();
        let values = values.ok_or_else(|| self.wrong_type(&self.value, "a list, [ … ],"))?;
        match values.get(limit) {
            None => Ok(&values[..]),
            Some(first) => {
                let message = format!("{} entries, and {limit} are the most", values.len());
                Err(self.wrong_at(first.span().start, message))
            }
        }
    }

    /// A list of texts, none of them empty or with control characters, each as `check` likes it.
    pub(super) fn texts(
        &self,
        limits: Limits,
        check: impl Fn(&str) -> Result<(), String>,
    ) -> Result<Vec<String>, ConfigError> {
        let check_all = |text: &str| {
            if text.trim().is_empty() {
                return Err("an empty text".to_owned());
            }
            if text.chars().count() > limits.chars {
                return Err(format!(
                    "{} is longer than {} characters",
                    shown(text),
                    limits.chars
                ));
            }
            if text.chars().any(char::is_control) {
                return Err(format!("{} has a control character", shown(text)));
            }
            check(text)
        };
        let read = |value| {
            let text = self.text_of(value)?;
            check_all(text).map_err(|message| self.wrong_at(value.span().start, message))?;
            Ok(text.to_owned())
        };
        self.list(limits.entries)?.iter().map(read).collect()
    }

    /// A whole number, not less and not more than the bounds.
    pub(super) fn number(&self, (least, most): (u32, u32)) -> Result<u32, ConfigError> {
        let integer = self.value.get_ref().as_integer();
        let integer = integer.ok_or_else(|| self.wrong_type(&self.value, "a whole number"))?;
        let number = u32::from_str_radix(integer.as_str(), integer.radix());
        let number = number.ok().filter(|number| (least..=most).contains(number));
        number.ok_or_else(|| {
            let given = shown(integer.as_str());
            self.wrong(format!("{given} is not between {least} and {most}"))
        })
    }

    /// A list of small numbers.
    pub(super) fn numbers(&self, limit: usize) -> Result<Vec<u8>, ConfigError> {
        let read = |value: &Spanned<DeValue<'a>>| {
            let integer = value.get_ref().as_integer();
            let integer = integer.ok_or_else(|| self.wrong_type(value, "a whole number"))?;
            u8::from_str_radix(integer.as_str(), integer.radix()).map_err(|_| {
                self.wrong_at(
                    value.span().start,
                    format!("{} is out of range", shown(integer.as_str())),
                )
            })
        };
        self.list(limit)?.iter().map(read).collect()
    }

    /// A date, as a TOML date or a text.
    pub(super) fn date(&self) -> Result<NaiveDate, ConfigError> {
        self.date_of(&self.value)
    }

    /// A list of dates.
    pub(super) fn dates(&self, limit: usize) -> Result<Vec<NaiveDate>, ConfigError> {
        self.list(limit)?
            .iter()
            .map(|value| self.date_of(value))
            .collect()
    }

    fn date_of(&self, value: &Spanned<DeValue<'a>>) -> Result<NaiveDate, ConfigError> {
        let text = match value.get_ref() {
            DeValue::Datetime(datetime) => datetime.to_string(),
            DeValue::String(text) => text.clone().into_owned(),
            _ => return Err(self.wrong_type(value, "a date like 2026-12-24")),
        };
        // chrono also takes `+12026-1-2`; a date is written in one way here.
        let digits = [4, 2, 2];
        let parts: Vec<&str> = text.split('-').collect();
        let well_formed = parts.len() == digits.len()
            && parts.iter().zip(digits).all(|(part, length)| {
                part.len() == length && part.bytes().all(|b| b.is_ascii_digit())
            });
        let date = if well_formed { text.parse().ok() } else { None };
        date.ok_or_else(|| {
            let message = format!("{} is not a date: write it like 2026-12-24", shown(&text));
            self.wrong_at(value.span().start, message)
        })
    }
}
