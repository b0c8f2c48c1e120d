//! The documents of what people write. Field order here is field order in the JSON.

use serde::{Deserialize, Serialize};

/// The schema of [`Change`].
pub const SCHEMA_CHANGE: &str = "hackweek/change/1";

/// A change that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// [`SCHEMA_CHANGE`].
    pub schema: String,
    /// What was done, as people say it.
    pub sentence: String,
    /// What it made, by the short id that other commands take; `None` where it made nothing.
    pub made: Option<String>,
}
