//! Which files are not scanned, and why: by their path here, by their first bytes in `content_kind`.

use std::fmt;
use std::sync::{LazyLock, OnceLock};

use aho_corasick::AhoCorasick;
use globset::{Candidate, GlobSet, GlobSetBuilder};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::attributes::Attributes;
use super::content_kind::extension;
use super::known_paths;
use super::path_pattern::{PathPattern, PatternError};

pub use super::content_kind::why_of_content;

/// The longest text that is scanned, in bytes.
///
/// The largest text in the newest trees of ripgrep, tokio, redis and git has 1.1 MB (a translation kept by hand), the largest
/// code 0.6 MB. Four times that leaves room; what is longer is most likely data or an amalgamation.
pub const MAX_BLOB: u64 = 4 * 1_024 * 1_024;

/// The most exclude patterns.
pub const MAX_EXCLUDES: usize = 1_000;

/// Rises with each change of a rule on content, so that scans by older rules are known as such.
const CONTENT_RULES: u64 = 2;

/// Why a file is not scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Other people's code.
    Vendored,
    /// Written by a program.
    Generated,
    /// Not text, as git sees it.
    Binary,
    /// Text with the line ends taken out, for machines.
    Minified,
    /// Longer than [`MAX_BLOB`].
    TooLarge,
    /// UTF-16 by its byte order mark, which git takes for binary.
    Utf16,
    /// UTF-32 by its byte order mark.
    Utf32,
    /// A symbolic link: its text is a path.
    Symlink,
    /// Another repository's commit.
    Submodule,
    /// The configuration says so.
    Excluded,
}

impl Why {
    /// Whether each such file is listed by name; the others are counted only.
    ///
    /// Listed is what may well be the team's own text and was not read.
    pub fn is_listed(self) -> bool {
        matches!(self, Self::TooLarge | Self::Utf16 | Self::Utf32)
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Vendored => "vendored",
            Self::Generated => "generated",
            Self::Binary => "binary",
            Self::Minified => "minified",
            Self::TooLarge => "larger than 4 MiB",
            Self::Utf16 => "UTF-16 text",
            Self::Utf32 => "UTF-32 text",
            Self::Symlink => "symbolic link",
            Self::Submodule => "submodule",
            Self::Excluded => "excluded by the configuration",
        })
    }
}

/// An exclude pattern of the configuration cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExcludeError {
    /// One pattern is at fault.
    #[error("exclude pattern {pattern:?}: {why}")]
    Pattern {
        /// As configured.
        pattern: String,
        /// What is wrong with it.
        why: PatternError,
    },
    /// More than [`MAX_EXCLUDES`], or too large together.
    #[error("{count} exclude patterns are too many")]
    TooMany {
        /// How many there are.
        count: usize,
    },
}

/// All rules on paths for one repository, compiled.
#[derive(Debug)]
pub struct PathRules {
    attributes: Attributes,
    excludes: GlobSet,
    fingerprint: u64,
}

impl PathRules {
    /// Rules from attribute files and from exclude patterns in the dialect of `.gitignore`, without `!`: a pattern that
    /// matches a directory excludes all below it.
    ///
    /// # Errors
    /// The first pattern that cannot be used.
    pub fn new(attributes: Attributes, excludes: &[String]) -> Result<Self, ExcludeError> {
        let too_many = ExcludeError::TooMany {
            count: excludes.len(),
        };
        if excludes.len() > MAX_EXCLUDES {
            return Err(too_many);
        }
        let mut hash = Xxh3::new();
        hash.update(&CONTENT_RULES.to_le_bytes());
        hash.update(&attributes.fingerprint().to_le_bytes());
        let tables = [
            known_paths::VENDORED,
            known_paths::MINIFIED,
            known_paths::GENERATED,
        ];
        for pattern in tables.concat() {
            hash.update(pattern.as_bytes());
            hash.update(b"\n");
        }
        let mut set = GlobSetBuilder::new();
        for pattern in excludes {
            add(&mut set, pattern).map_err(|why| ExcludeError::Pattern {
                pattern: pattern.clone(),
                why,
            })?;
            hash.update(&(pattern.len() as u64).to_le_bytes());
            hash.update(pattern.as_bytes());
        }
        Ok(Self {
            attributes,
            excludes: set.build().map_err(|_| too_many)?,
            fingerprint: hash.digest(),
        })
    }

    /// Why the file at `path` (as in git, `/`-separated) is left out whatever it contains.
    ///
    /// The configuration decides first, then the attributes, then the well-known names; `-linguist-vendored` and
    /// `-linguist-generated` bring a well-known name back in. `-diff`, which `binary` stands for, makes a file binary
    /// as in git; `-text` does not.
    pub fn why(&self, path: &[u8]) -> Option<Why> {
        if !self.excludes.is_empty()
            && self
                .excludes
                .is_match_candidate(&Candidate::from_bytes(path))
        {
            return Some(Why::Excluded);
        }
        let said = self.attributes.of(path);
        let vendored = said.vendored.as_bool();
        let generated = said.generated.as_bool();
        if vendored == Some(true) {
            return Some(Why::Vendored);
        }
        if generated == Some(true) {
            return Some(Why::Generated);
        }
        if said.diff.as_bool() == Some(false) {
            return Some(Why::Binary);
        }
        KNOWN.why(path, vendored.is_none(), generated.is_none())
    }

    /// [`why_of_content`] for a file of these rules: `-linguist-generated` overrules what the text says of itself.
    pub fn why_of_content(&self, path: &[u8], text: &[u8]) -> Option<Why> {
        let why = why_of_content(path, text)?;
        let by_hand = matches!(why, Why::Generated | Why::Minified) && self.is_by_hand(path);
        (!by_hand).then_some(why)
    }

    fn is_by_hand(&self, path: &[u8]) -> bool {
        self.attributes.of(path).generated.as_bool() == Some(false)
    }

    /// Returns a number that is the same for paths at which equal contents are left out alike.
    pub fn shape(&self, path: &[u8]) -> u64 {
        let mut hash = Xxh3::new();
        hash.update(extension(path));
        hash.update(&[0, u8::from(self.is_by_hand(path))]);
        hash.digest()
    }

    /// Equal for rules that leave the same files out, those on content included.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }
}

/// The well-known names. Most paths hold the plain piece of none, and that is soon told; a name is compiled when
/// a path first holds its piece: a history meets few of them.
struct Known {
    pieces: AhoCorasick,
    names: Vec<Name>,
}

struct Name {
    pattern: &'static str,
    why: Why,
    made: OnceLock<GlobSet>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let tables = [
        (known_paths::VENDORED, Why::Vendored),
        (known_paths::MINIFIED, Why::Minified),
        (known_paths::GENERATED, Why::Generated),
    ];
    let names = tables.into_iter().flat_map(|(table, why)| {
        table.iter().map(move |pattern| Name {
            pattern,
            why,
            made: OnceLock::new(),
        })
    });
    let names: Vec<Name> = names.collect();
    let pieces = names.iter().map(|name| plain_piece(name.pattern));
    #[allow(
        clippy::expect_used,
        reason = "the names are constants, and a test of this room puts them together"
    )]
    let pieces = AhoCorasick::new(pieces).expect("a few hundred short words");
    Known { pieces, names }
});

impl Known {
    /// The first table that holds the path decides.
    fn why(&self, path: &[u8], vendored: bool, generated: bool) -> Option<Why> {
        let hits = self.pieces.find_overlapping_iter(path);
        let mut held: Vec<usize> = hits.map(|hit| hit.pattern().as_usize()).collect();
        held.sort_unstable();
        held.dedup();
        let candidate = Candidate::from_bytes(path);
        let mut names = held.into_iter().filter_map(|at| self.names.get(at));
        let is_wanted = |why| match why {
            Why::Vendored => vendored,
            _ => generated,
        };
        let found = names.find(|name| is_wanted(name.why) && name.holds(&candidate))?;
        Some(found.why)
    }
}

impl Name {
    fn holds(&self, path: &Candidate<'_>) -> bool {
        let set = self.made.get_or_init(|| {
            let mut set = GlobSetBuilder::new();
            // A test sees to it that none is refused.
            let _ = add(&mut set, self.pattern);
            set.build().unwrap_or_default()
        });
        set.is_match_candidate(path)
    }
}

/// The longest piece of a pattern that a path must hold as it is to match.
fn plain_piece(pattern: &str) -> &str {
    let mut longest = "";
    let mut rest = pattern.trim_matches('/');
    loop {
        let end = rest.find(['*', '?', '[', '\\']).unwrap_or(rest.len());
        // Two stars may stand for nothing, and their slash with them.
        let piece = rest[..end].trim_matches('/');
        if piece.len() > longest.len() {
            longest = piece;
        }
        let Some(sign) = rest[end..].chars().next() else {
            return longest;
        };
        let skipped = match sign {
            '[' => rest[end..].find(']').map_or(rest.len() - end, |at| at + 1),
            '\\' => 2.min(rest.len() - end),
            _ => 1,
        };
        rest = rest.get(end + skipped..).unwrap_or_default();
    }
}

/// Adds a pattern and all below it.
fn add(set: &mut GlobSetBuilder, pattern: &str) -> Result<(), PatternError> {
    let pattern = PathPattern::parse(pattern.as_bytes())?;
    set.add(pattern.below()?);
    if pattern.matches_files() {
        set.add(pattern.itself()?);
    }
    Ok(())
}

#[cfg(test)]
#[path = "left_out_tests.rs"]
mod tests;
