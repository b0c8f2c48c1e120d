//! What a scan found, schema `hackweek/scan/1`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The schema that [`ScanReport::schema`] names.
pub const SCHEMA: &str = "hackweek/scan/1";

/// What `scan` and `rebuild` did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ScanReport {
    /// [`SCHEMA`].
    pub schema: String,
    /// The repositories, in the order they were given.
    pub repositories: Vec<ScannedRepository>,
}

/// One repository after its scan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ScannedRepository {
    /// Short name, unique in the report.
    pub name: String,
    /// Where it is on this machine.
    pub path: String,
    /// Its figures; `None` when it could not be scanned.
    pub figures: Option<Figures>,
    /// Why it could not be scanned.
    pub error: Option<String>,
}

/// The figures of one repository.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Figures {
    /// Commits in the index.
    pub commits: u64,
    /// Commits that this scan read.
    pub new_commits: u64,
    /// Items in the ledger, open and paid.
    pub items: u64,
    /// Files left out for their size or encoding.
    pub skipped: u64,
}
