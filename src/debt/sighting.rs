//! What a marker says, and where it was seen in one version of one file.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How sure it is that a comment confesses debt.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// A tag or the "don't do this" family: counted.
    Declared,
    /// Another confession: shown apart, never counted.
    Suspected,
}

/// What flags debt, with all that it says: the same for every version and place it is seen in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Marker {
    /// Declared or suspected.
    pub tier: Tier,
    /// The tag in upper case (`TODO`), `DONT` for the "don't do this" family, `SUSPECT` for a
    /// suspected confession.
    pub kind: String,
    /// The comment's sentence without the comment's own signs, white space folded to one blank.
    /// Empty for a bare tag.
    pub text: String,
    /// `ann` of `TODO(ann)`.
    pub assignee: Option<String>,
    /// `#123` or `ABC-123`, as written.
    pub ticket: Option<String>,
}

/// A marker in one version of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// What it says; equal markers of a scan share one allocation.
    pub marker: Arc<Marker>,
    /// The line of the tag or phrase, from 1.
    pub line: u32,
    /// The last line of its comment text, from 1; `line` for a text of one line.
    pub last_line: u32,
    /// A hash of the code it stands at: the code before it on its line, else the next line that
    /// is neither blank nor comment; white space at both ends left out. Zero where there is none.
    pub context: u32,
}
