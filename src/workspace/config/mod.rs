//! `hackweek.toml`: what a user or a team has set, read with the line of every mistake.
//!
//! One file counts, whole: the one given with `--config`, else `hackweek.toml` in the data
//! directory, else the one in the configuration directory, else the defaults. The data directory's
//! comes first since it belongs to the weeks that are kept there, while the configuration
//! directory's is the user's for all else. Nothing is ever read from a scanned repository.

mod default;
mod edit;
#[cfg(test)]
mod edit_tests;
mod error;
mod file;
mod load;
mod reader;
mod schema;
mod settings;
#[cfg(test)]
mod tests;
mod write;

pub use default::DEFAULT;
pub use error::{Advice, ConfigError};
pub use file::{Check, ConfigFile, Edit, Written, default_of, named, setting};
pub use load::{FILE_NAME, LARGEST_FILE, Loaded, load};
pub use schema::{Config, DEFAULT_TAGS, DebtSettings, GitSettings, ReportSettings, UiSettings};
pub use settings::{Kind, SETTINGS, Setting};
pub use write::{Changed, Was, change, change_back};
