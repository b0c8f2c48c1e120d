//! The rules of detection, compiled: which words flag debt, and where they may stand in raw bytes.

mod hashed;
mod literals;
mod pack;
mod prefilter;

use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem::Finder;
use regex::{Regex, RegexBuilder};
use thiserror::Error;
use xxhash_rust::xxh3::xxh3_64;

use pack::{PACK, Phrase};
use prefilter::{Prefilter, Searches};

pub(super) use prefilter::Places;

/// Raise it whenever the same text can give other markers than before: what was scanned under another
/// version is scanned anew.
pub const VERSION: u32 = 2;

/// The most patterns, and the most tags, of a configuration.
pub const MAX_PATTERNS: usize = 64;

/// The longest pattern or tag, in bytes.
pub const MAX_PATTERN_BYTES: usize = 512;

/// The most memory one compiled pattern takes, in bytes.
const SIZE_LIMIT: usize = 1 << 20;

/// The deepest nesting of a pattern.
const NEST_LIMIT: u32 = 50;

/// Why rules cannot be made of a configuration.
#[derive(Debug, Error)]
pub enum RuleError {
    /// A pattern does not compile, or is too big when compiled.
    #[error("the pattern `{pattern}` does not work: {source}")]
    Pattern {
        /// As written.
        pattern: String,
        /// What the regex engine says.
        source: Box<regex::Error>,
    },
    /// A pattern matches the empty text, so it would match everywhere.
    #[error("the pattern `{pattern}` matches the empty text, so it would flag every comment")]
    MatchesNothing {
        /// As written.
        pattern: String,
    },
    /// A pattern or tag is longer than [`MAX_PATTERN_BYTES`].
    #[error("the pattern `{pattern}…` is longer than {MAX_PATTERN_BYTES} bytes")]
    TooLong {
        /// Its first 40 characters.
        pattern: String,
    },
    /// More than [`MAX_PATTERNS`] patterns or tags.
    #[error(
        "{count} {what} are too many: at most {MAX_PATTERNS}, from `{first}` on they are over it"
    )]
    TooMany {
        /// `tags` or `phrases`.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// The first that is over the limit.
        first: String,
    },
    /// A tag is not one word.
    #[error(
        "the tag `{tag}` is not one word of ASCII letters, digits and `_`, at least two, the first a letter"
    )]
    Tag {
        /// As written.
        tag: String,
    },
}

/// What a configuration says of detection. [`RuleOptions::default`] is what holds without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleOptions {
    /// Declared tags, in any case.
    pub tags: Vec<String>,
    /// Suspected confessions: regexes, matched in any case on a comment's sentence. A blank in one
    /// stands for any white space. The built-in ones are [`RuleOptions::default`]'s.
    pub phrases: Vec<String>,
    /// Phrases that declare debt as "don't do this" does, and are of its kind: regexes as above.
    pub declared_phrases: Vec<String>,
    /// Whether code that says that it is missing (`todo!()`, `raise NotImplementedError`) is debt.
    pub stubs: bool,
    /// Whether a test that is switched off (`#[ignore]`, `it.skip`) is debt.
    pub skipped_tests: bool,
}

impl Default for RuleOptions {
    fn default() -> Self {
        Self {
            tags: ["TODO", "FIXME", "XXX", "HACK"].map(String::from).to_vec(),
            phrases: PACK.iter().map(|one| one.pattern.to_owned()).collect(),
            declared_phrases: Vec::new(),
            stubs: false,
            skipped_tests: false,
        }
    }
}

/// Compiled rules of detection. Make them once, share them between threads.
#[derive(Debug)]
pub struct Rules {
    pub(super) tags: Option<Regex>,
    pub(super) dont: Regex,
    pub(super) declared: Vec<Regex>,
    pub(super) suspected: Vec<Suspicion>,
    pub(super) stubs: Option<regex::bytes::Regex>,
    pub(super) skipped: Option<regex::bytes::Regex>,
    prefilter: Prefilter,
    fingerprint: u64,
}

/// One suspected phrase with the anchors that a match must hold; none for a configured one.
#[derive(Debug)]
pub(super) struct Suspicion {
    pattern: Pattern,
    anchors: Vec<Finder<'static>>,
}

/// What a suspected phrase matches.
#[derive(Debug)]
enum Pattern {
    /// One of our own, made when a comment first holds an anchor of it: most are never asked for.
    BuiltIn(LazyRegex),
    /// One of the configuration, which was looked at before.
    Own(Regex),
}

/// A pattern of our own.
#[derive(Debug)]
struct LazyRegex {
    phrase: &'static str,
    made: OnceLock<regex::bytes::Regex>,
}

impl Pattern {
    /// Finds the first match that `is_right`, and returns where it begins.
    #[allow(
        clippy::expect_used,
        reason = "the built-in patterns are constants, and a test of this room compiles them"
    )]
    fn find(&self, sentence: &str, is_right: impl Fn(&[u8]) -> bool) -> Option<usize> {
        match self {
            Pattern::BuiltIn(LazyRegex { phrase, made }) => {
                let made = made.get_or_init(|| {
                    compile_built_in(phrase).expect("the built-in patterns compile")
                });
                let mut hits = made.find_iter(sentence.as_bytes());
                Some(hits.find(|hit| is_right(hit.as_bytes()))?.start())
            }
            Pattern::Own(regex) => {
                let mut hits = regex.find_iter(sentence);
                Some(hits.find(|hit| is_right(hit.as_str().as_bytes()))?.start())
            }
        }
    }
}

/// Compiles a phrase of our own. Its words are English: without the letters and blanks of all the world it takes
/// a third of the time, at the start of every scan.
fn compile_built_in(phrase: &str) -> Result<regex::bytes::Regex, regex::Error> {
    regex::bytes::RegexBuilder::new(&blanks_as_white_space(phrase))
        .case_insensitive(true)
        .unicode(false)
        .build()
}

impl Suspicion {
    fn built_in(phrase: &'static Phrase) -> Suspicion {
        let anchors = phrase.anchors.iter();
        Suspicion {
            pattern: Pattern::BuiltIn(LazyRegex {
                phrase: phrase.pattern,
                made: OnceLock::new(),
            }),
            anchors: anchors
                .map(|anchor| Finder::new(anchor.as_bytes()))
                .collect(),
        }
    }

    fn own(phrase: &str) -> Result<Suspicion, RuleError> {
        Ok(Suspicion {
            pattern: Pattern::Own(compile_phrase(phrase)?),
            anchors: Vec::new(),
        })
    }

    /// Where the phrase begins in a sentence, if it is there.
    fn find(&self, sentence: &str) -> Option<usize> {
        let anchored = |text: &[u8]| {
            let anchor = |anchor: &Finder<'_>| anchor.find(text).is_some();
            self.anchors.is_empty() || self.anchors.iter().any(anchor)
        };
        if !anchored(sentence.as_bytes()) {
            return None;
        }
        self.pattern.find(sentence, anchored)
    }
}

/// U+0092 is the curly quote of Windows-1252 in a text read as Latin-1.
const DONT: &str =
    r"\b(?:don(?:['’ʼ`´\u{92}]|&apos;)?t|do\s{1,20}not)\s{1,20}do\s{1,20}th(?:is|at)\b";

const STUBS: &str = r"\b(?:todo|unimplemented)!\s*[(\[{]|\braise\s+NotImplementedError\b|\bthrow\s+new\s+(?:System\.)?(?:NotImplemented(?:Exception|Error)|UnsupportedOperationException\s*\(\s*\x22(?i:not (?:yet )?implemented))|\bthrow\s+(?:UnimplementedError|NotImplementedError)\b|\bTODO\s*\(\s*(?:\x22[^\x22\n]{0,200}\x22)?\s*\)|\bpanic\(\x22(?i:not implemented|unimplemented|todo)";

const SKIPPED: &str = r"#\[\s*ignore\b|@(?:pytest\.mark\.|unittest\.)?(?:skip|skipIf|skipUnless|skipif|xfail)\b|@(?:Ignore|Disabled)\b|\b(?:it|test|describe|context|suite)\.(?:skip|todo)\s*\(|\bx(?:it|describe|test|context)\s*\(|\b[tb]\.Skip(?:f|Now)?\s*\(|\bpytest\.skip\s*\(|\[\s*(?:Fact|Theory)\s*\(\s*Skip\s*=";

impl Default for Rules {
    /// The rules that hold without a configuration.
    #[allow(
        clippy::expect_used,
        reason = "the built-in patterns are constants, and every test of this room compiles them"
    )]
    fn default() -> Self {
        Self::new(&RuleOptions::default()).expect("the built-in patterns compile")
    }
}

impl Rules {
    /// Compiles `options`.
    ///
    /// # Errors
    /// The first pattern or tag that is refused, by name: see [`RuleError`].
    pub fn new(options: &RuleOptions) -> Result<Self, RuleError> {
        check_count("tags", &options.tags)?;
        check_count("phrases", &options.phrases)?;
        check_count("declared phrases", &options.declared_phrases)?;

        let mut spellings = Vec::new();
        for tag in &options.tags {
            check_length(tag)?;
            spellings.extend(spellings_of(tag)?);
        }
        spellings.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        spellings.dedup();
        let tags = if spellings.is_empty() {
            None
        } else {
            Some(compile(
                &format!(r"\b(?:{})\b", spellings.join("|")),
                false,
            )?)
        };

        let mut anchors: Vec<&str> = Vec::new();
        let mut wide = Vec::new();
        let mut suspected = Vec::new();
        for phrase in &options.phrases {
            match PACK.iter().find(|one| one.pattern == phrase.as_str()) {
                Some(one) => {
                    suspected.push(Suspicion::built_in(one));
                    anchors.extend(one.anchors);
                }
                None => {
                    suspected.push(Suspicion::own(phrase)?);
                    wide.push(prefilter::widen(phrase));
                }
            }
        }
        // A configured phrase has no anchor.
        let every_anchor = if wide.is_empty() {
            anchors.clone()
        } else {
            Vec::new()
        };
        let hack_spelt = spellings.iter().any(|one| one == "hack");
        let hack_wanted = anchors.contains(&"hack");
        if hack_spelt {
            // The tag's own literals find it already.
            anchors.retain(|anchor| !anchor.eq_ignore_ascii_case("hack"));
        }
        anchors.sort_unstable();
        anchors.dedup();
        let mut declared = Vec::new();
        let mut declared_wide = Vec::new();
        for phrase in &options.declared_phrases {
            declared.push(compile_phrase(phrase)?);
            declared_wide.push(prefilter::widen(phrase));
        }
        if options.stubs {
            declared_wide.push(format!("(?-i:{STUBS})"));
        }
        if options.skipped_tests {
            declared_wide.push(format!("(?-i:{SKIPPED})"));
        }
        Ok(Self {
            tags,
            dont: compile(DONT, true)?,
            declared,
            suspected,
            stubs: options
                .stubs
                .then(|| prefilter::compile(STUBS))
                .transpose()?,
            skipped: options
                .skipped_tests
                .then(|| prefilter::compile(SKIPPED))
                .transpose()?,
            prefilter: Prefilter::new(Searches {
                spellings: &spellings,
                anchors: &anchors,
                every_anchor: &every_anchor,
                suspected: &wide,
                declared: &declared_wide,
                hack: hack_spelt && hack_wanted,
            })?,
            fingerprint: fingerprint(options),
        })
    }

    /// Says whether declared debt could be in a text.
    pub(super) fn may_declare(&self, text: &[u8]) -> bool {
        self.prefilter.may_declare(text)
    }

    /// Says whether the words of a comment could declare debt: whether they hold a tag, perhaps as a part of a
    /// word, or what any form of "don't do this" that is accepted has.
    pub(super) fn may_declare_in(&self, words: &str) -> bool {
        !self.declared.is_empty() || self.prefilter.holds_tag(words)
    }

    /// Says whether a marker could be in a comment: a range of raw bytes.
    pub(super) fn may_hold(&self, text: &[u8], comment: Range<usize>) -> bool {
        self.prefilter.may_hold(text, comment)
    }

    /// Says whether a marker could be in any comment of a range; `true` where it takes too long to tell.
    pub(super) fn may_hold_any(&self, text: &[u8], comments: Range<usize>) -> bool {
        self.prefilter.may_hold_any(text, comments)
    }

    /// Where from `at` on the next tag in upper case is, perhaps as a part of a word.
    pub(super) fn upper(&self, text: &[u8], at: usize) -> Option<usize> {
        self.prefilter.upper(text, at)
    }

    /// Where suspected phrases could be in a comment's words.
    pub(super) fn places(&self, words: &str) -> Places {
        if self.suspected.is_empty() {
            return Places::default();
        }
        self.prefilter.places(words)
    }

    /// Where the first suspected phrase begins in a sentence, if there is one.
    pub(super) fn suspicion(&self, sentence: &str) -> Option<usize> {
        let all = self.suspected.iter();
        all.filter_map(|one| one.find(sentence)).min()
    }

    /// Whether code itself is searched, and not its comments alone.
    pub(super) fn search_code(&self) -> bool {
        self.stubs.is_some() || self.skipped.is_some()
    }

    /// A number that changes with everything that can change a result: the options and [`VERSION`].
    /// The same on every machine.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// Whether a match of the "don't do this" family is one that the search before finds too: one
    /// of its halves is unbroken, in a usual spelling.
    pub(super) fn dont_is_whole(found: &str) -> bool {
        prefilter::DONT_PIECES
            .iter()
            .any(|piece| found.contains(piece))
    }
}

fn fingerprint(options: &RuleOptions) -> u64 {
    let mut bytes = VERSION.to_le_bytes().to_vec();
    for list in [&options.tags, &options.phrases, &options.declared_phrases] {
        bytes.extend((list.len() as u64).to_le_bytes());
        for one in list {
            bytes.extend((one.len() as u64).to_le_bytes());
            bytes.extend(one.as_bytes());
        }
    }
    bytes.extend([u8::from(options.stubs), u8::from(options.skipped_tests)]);
    xxh3_64(&bytes)
}

fn check_count(what: &'static str, list: &[String]) -> Result<(), RuleError> {
    match list.get(MAX_PATTERNS) {
        None => Ok(()),
        Some(first) => Err(RuleError::TooMany {
            what,
            count: list.len(),
            first: first.chars().take(40).collect(),
        }),
    }
}

fn check_length(pattern: &str) -> Result<(), RuleError> {
    if pattern.len() > MAX_PATTERN_BYTES {
        return Err(RuleError::TooLong {
            pattern: pattern.chars().take(40).collect(),
        });
    }
    Ok(())
}

/// The ways a tag is written: `todo Todo TODO`, and the humps of `ToDo` and `FixMe`. "Any case" means
/// these; nobody writes `tOdO`, and a search for it would cost four times as much.
fn spellings_of(tag: &str) -> Result<Vec<String>, RuleError> {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if tag.len() < 2
        || !tag.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        || !tag.bytes().all(word)
    {
        return Err(RuleError::Tag {
            tag: tag.to_owned(),
        });
    }
    let lower = tag.to_ascii_lowercase();
    let (first, rest) = lower.split_at(1);
    let mut all = vec![
        format!("{}{rest}", first.to_ascii_uppercase()),
        tag.to_ascii_uppercase(),
    ];
    match lower.as_str() {
        "todo" => all.push("ToDo".to_owned()),
        "fixme" => all.push("FixMe".to_owned()),
        _ => {}
    }
    all.push(lower);
    Ok(all)
}

fn compile_phrase(phrase: &str) -> Result<Regex, RuleError> {
    check_length(phrase)?;
    // First as written, so that an error speaks of what was written.
    let written = compile(phrase, true)?;
    if written.is_match("") {
        return Err(RuleError::MatchesNothing {
            pattern: phrase.to_owned(),
        });
    }
    compile(&blanks_as_white_space(phrase), true)
}

/// Lets a blank outside a class match the line break between two lines of a comment too.
fn blanks_as_white_space(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut chars = pattern.chars();
    let mut class = 0_usize;
    while let Some(char) = chars.next() {
        match char {
            '\\' => {
                out.push(char);
                out.extend(chars.next());
                continue;
            }
            '[' => class += 1,
            ']' => class = class.saturating_sub(1),
            ' ' if class == 0 => {
                out.push_str(r"(?:\s+)");
                continue;
            }
            _ => {}
        }
        out.push(char);
    }
    out
}

fn compile(pattern: &str, any_case: bool) -> Result<Regex, RuleError> {
    RegexBuilder::new(pattern)
        .case_insensitive(any_case)
        .size_limit(SIZE_LIMIT)
        .nest_limit(NEST_LIMIT)
        .build()
        .map_err(|source| RuleError::Pattern {
            pattern: pattern.to_owned(),
            source: Box::new(source),
        })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_phrase_of_our_own_compiles() {
        for phrase in PACK {
            compile_built_in(phrase.pattern).unwrap();
            compile_phrase(phrase.pattern).unwrap();
        }
    }
}
