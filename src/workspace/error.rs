//! What can go wrong, whose fault it is, and what to do.

use std::path::PathBuf;

use super::config::ConfigError;
use super::people::Unclear;
use super::places::PlacesError;
use super::scan::ScanError;
use super::verify::VerifyError;
use crate::debt::left_out::ExcludeError;
use crate::debt::rules::RuleError;
use crate::week::{Refusal, WeekNameError, ZoneError};
use crate::{history, store};

/// Why a use case failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// `--week` is no week.
    #[error("--week: {0}")]
    Week(#[from] WeekNameError),
    /// `--timezone` is no zone.
    #[error("--timezone: {0}")]
    Timezone(#[from] ZoneError),
    /// The directories cannot be used.
    #[error(transparent)]
    Places(#[from] PlacesError),
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A tag or phrase of the configuration cannot be used.
    #[error("{}: {why}", .file.display())]
    Rule {
        /// The configuration file.
        file: PathBuf,
        /// What is wrong.
        why: RuleError,
    },
    /// An exclude of the configuration cannot be used.
    #[error("{}: {why}", .file.display())]
    Exclude {
        /// The configuration file.
        file: PathBuf,
        /// What is wrong.
        why: ExcludeError,
    },
    /// The current directory cannot be told.
    #[error("cannot tell the current directory: {0}; name a repository with `--repo PATH`")]
    CurrentDirectory(std::io::Error),
    /// A repository could not be read.
    #[error(transparent)]
    History(#[from] history::Error),
    /// An index could not be read or written.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The index cannot be locked against another scan.
    #[error("cannot lock {}: {why}; check that you may write there", .path.display())]
    Lock {
        /// The lock's file.
        path: PathBuf,
        /// What the file system says.
        why: std::io::Error,
    },
    /// A scan failed.
    #[error("{0}; run `hackweek rebuild`")]
    Inconsistent(#[from] crate::debt::follow::Inconsistent),
    /// What was named is not there, or is more than one.
    #[error(transparent)]
    Unclear(#[from] Unclear),
    /// There is nothing to decide of an item.
    #[error("{item} is paid already: there is nothing to decide")]
    PaidAlready {
        /// The item.
        item: String,
    },
    /// The demo's place cannot be made, written or removed.
    #[error("cannot use {} for the demo: {why}", .path.display())]
    DemoPlace {
        /// The place.
        path: PathBuf,
        /// What the file system says.
        why: std::io::Error,
    },
    /// The place to keep the demo in holds something.
    #[error("{} is not empty: name a new directory for the demo", .path.display())]
    DemoTaken {
        /// The place.
        path: PathBuf,
    },
    /// A verification failed to run.
    #[error(transparent)]
    Verify(VerifyError),
    /// It was told to stop. What was done is kept.
    #[error("interrupted")]
    Interrupted,
}

impl From<ScanError> for Error {
    fn from(error: ScanError) -> Self {
        match error {
            ScanError::History(error) => Error::History(error),
            ScanError::Store(error) => Error::Store(error),
            ScanError::Inconsistent(error) => Error::Inconsistent(error),
            ScanError::Interrupted => Error::Interrupted,
        }
    }
}

impl From<VerifyError> for Error {
    fn from(error: VerifyError) -> Self {
        match error {
            VerifyError::Interrupted => Error::Interrupted,
            error => Error::Verify(error),
        }
    }
}

impl Error {
    /// Returns the exit code: 2 for what was typed, 3 for the user's data, configuration or
    /// repository, 130 for an interruption.
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::Week(_) | Error::Timezone(_) | Error::Unclear(_) => 2,
            Error::Config(ConfigError::NoSuchKey { .. } | ConfigError::Refused { .. }) => 2,
            // The text or number itself cannot be taken, whatever is written already.
            Error::Store(store::Error::Refused(
                Refusal::Empty { .. } | Refusal::TooLong { .. } | Refusal::OutOfRange { .. },
            )) => 2,
            Error::Interrupted => 130,
            _ => 3,
        }
    }

    /// Returns what to do, beside what the message says.
    pub fn hints(&self) -> &[String] {
        match self {
            Error::Unclear(unclear) => unclear.hints(),
            _ => &[],
        }
    }
}
