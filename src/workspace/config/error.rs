//! What can be wrong with a configuration file: always the file, and the line and key if it has any.

use std::fmt;
use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::week::shown;

/// Why a configuration file can't be used. Lines count from 1.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file that was asked for is not there.
    #[error("there is no configuration file {}", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The system did not let it be read.
    #[error("can't read the configuration file {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// A directory, a pipe, a device: nothing that is read here.
    #[error("{} is {kind}, not a configuration file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
        /// What it is, with its article.
        kind: &'static str,
    },
    /// A configuration file is never this large.
    #[error("the configuration file {} is larger than {} KiB", path.display(), limit / 1024)]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The largest size that is read, in bytes.
        limit: u64,
    },
    /// Not UTF-8.
    #[error("{}:{line}: not UTF-8: save the file as UTF-8 text", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
        /// The line of the first byte that is no text.
        line: usize,
    },
    /// Not TOML.
    #[error("{}:{line}: {message}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// The line.
        line: usize,
        /// What the TOML parser says, on one line.
        message: String,
    },
    /// A key, or table, that means nothing here.
    #[error("{}:{line}: unknown key {}{}: {advice}", path.display(), shown(key), place(table))]
    UnknownKey {
        /// The file.
        path: PathBuf,
        /// The line of the key.
        line: usize,
        /// The key as written.
        key: String,
        /// The table it is in; empty at the top.
        table: &'static str,
        /// What to write instead.
        advice: Advice,
    },
    /// There is no such key to set.
    #[error("there is no setting {}: {advice}", shown(key))]
    NoSuchKey {
        /// The key as given.
        key: String,
        /// What to give instead.
        advice: Advice,
    },
    /// A value that cannot be set.
    #[error("`{key}`: {message}")]
    Refused {
        /// The key with its table.
        key: String,
        /// What is wrong and what is right.
        message: String,
    },
    /// It can be read and not be used, whatever one key of it becomes.
    #[error("{}: {message}", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// The system did not let it be written.
    #[error("can't write the configuration file {}: {source}; it is as it was", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// A value that its key can't have.
    #[error("{}:{line}: `{key}`: {message}", path.display())]
    Value {
        /// The file.
        path: PathBuf,
        /// The line of the value.
        line: usize,
        /// The key with its table, `week.timezone`.
        key: String,
        /// What is wrong and what is right.
        message: String,
    },
}

impl ConfigError {
    /// What is wrong, in the words for one who just typed the value of a key and sees it before them.
    pub fn of_value(&self, typed: &str) -> String {
        match self {
            Self::Value { key, message, .. } | Self::Refused { key, message } if key == typed => {
                message.clone()
            }
            other => other.to_string(),
        }
    }
}

fn place(table: &str) -> String {
    if table.is_empty() {
        String::new()
    } else {
        format!(" in [{table}]")
    }
}

/// What to write instead of an unknown key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Advice {
    /// A key of the same table with a similar name.
    Nearest(&'static str),
    /// The key exists, in another table.
    Elsewhere(&'static str),
    /// Nothing is near: the keys that there are.
    Known(&'static [&'static str]),
}

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nearest(key) => write!(f, "did you mean `{key}`?"),
            Self::Elsewhere(table) => write!(f, "it belongs in [{table}]"),
            Self::Known(keys) => write!(f, "the keys here are {}", keys.join(", ")),
        }
    }
}

/// The known name that a text most probably meant.
pub(super) fn nearest(given: &str, known: &[&'static str]) -> Option<&'static str> {
    // The longest key has fewer; no need to compare with a megabyte.
    const LONGEST: usize = 40;
    const NEAR: f64 = 0.6;
    if given.len() > LONGEST {
        return None;
    }
    let given = given.to_lowercase().replace(['-', ' '], "_");
    known
        .iter()
        .map(|name| (strsim::normalized_damerau_levenshtein(&given, name), *name))
        .filter(|(score, _)| *score >= NEAR)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}
