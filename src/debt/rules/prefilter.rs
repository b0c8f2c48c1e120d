//! Finds the places that could hold debt in raw bytes: declared debt near memory speed, suspected debt
//! more than ten times slower, for its many literals.
//!
//! Plain literals only: these are searched for with vector instructions. Case is spelt out
//! (`todo Todo ToDo TODO`) since a case-insensitive search is some four times slower.

use std::ops::Range;

use regex::bytes::{Regex, RegexBuilder};

use super::literals::{Hit, Literals};
use super::{RuleError, SIZE_LIMIT};

/// The compiled searches.
#[derive(Debug)]
pub(super) struct Prefilter {
    /// Tags in all their spellings, and pieces of "don't do this".
    declared: Option<Literals>,
    /// Tags in upper case.
    upper: Option<Literals>,
    /// Declared patterns of the configuration, as wide as the exact rule: slower, and only when there
    /// are any.
    own_declared: Option<Regex>,
    /// Tags, pieces of "don't do this", and behind these the anchors of suspected phrases: one search for all.
    words: Option<Literals>,
    /// How many of these are no anchors, and the anchors that may begin where one of those does.
    tags: usize,
    anchors: Vec<Box<[u8]>>,
    /// All anchors, where every suspected phrase has some: a sentence without one needs no second look.
    every_anchor: Option<Literals>,
    /// Suspected patterns of the configuration.
    own_suspected: Option<Regex>,
    /// Whether `hack` in any spelling and with any ending is wanted as a suspicion.
    hack: bool,
}

/// What to search for.
pub(super) struct Searches<'a> {
    pub(super) spellings: &'a [String],
    pub(super) anchors: &'a [&'a str],
    /// Those that `anchors` leaves to the tags too; empty where a phrase has none.
    pub(super) every_anchor: &'a [&'a str],
    /// Widened patterns, see [`widen`].
    pub(super) suspected: &'a [String],
    pub(super) declared: &'a [String],
    pub(super) hack: bool,
}

/// Pieces of the "don't do this" family. Comment signs may stand where the phrase is broken over
/// lines, so one of its two halves must be whole: `t do` of `don't do`, or `do th` of `do this`.
pub(super) const DONT_PIECES: [&str; 7] =
    ["t do", "T DO", "t Do", "do th", "Do th", "DO TH", "Do Th"];

/// Comment signs that are words: batch files, m4, old Fortran.
const WORD_SIGNS: [&[u8]; 3] = [b"rem", b"dnl", b"c"];

/// Places in words, ascending; `None` where it may be any.
#[derive(Debug)]
pub(in crate::debt) struct Places(Option<Vec<usize>>);

impl Default for Places {
    /// None at all.
    fn default() -> Self {
        Places(Some(Vec::new()))
    }
}

impl Places {
    pub(in crate::debt) fn is_empty(&self) -> bool {
        self.0.as_ref().is_some_and(Vec::is_empty)
    }

    pub(in crate::debt) fn any_in(&self, range: Range<usize>) -> bool {
        let Some(places) = &self.0 else { return true };
        let next = places.partition_point(|at| *at < range.start);
        places.get(next).is_some_and(|at| *at < range.end)
    }
}

impl Prefilter {
    pub(super) fn new(searches: Searches<'_>) -> Result<Self, RuleError> {
        let mut tags: Vec<&str> = searches.spellings.iter().map(String::as_str).collect();
        tags.sort_by_key(|word| std::cmp::Reverse(word.len()));
        tags.extend(DONT_PIECES);
        let upper = |tag: &&&str| !tag.bytes().any(|byte| byte.is_ascii_lowercase());
        let spellings: Vec<&str> = searches.spellings.iter().map(String::as_str).collect();
        let uppers: Vec<&str> = spellings.iter().filter(upper).copied().collect();
        let words: Vec<&str> = tags.iter().chain(searches.anchors).copied().collect();
        let begins_alike = |anchor: &&&str| {
            let mut tags = tags.iter();
            tags.any(|tag| tag.starts_with(**anchor) || anchor.starts_with(tag))
        };
        let anchors = searches.anchors.iter().filter(begins_alike);
        Ok(Self {
            declared: Literals::of(&tags),
            upper: Literals::of(&uppers),
            own_declared: patterns(searches.declared)?,
            words: Literals::of(&words),
            tags: tags.len(),
            anchors: anchors.map(|anchor| Box::from(anchor.as_bytes())).collect(),
            every_anchor: Literals::of(searches.every_anchor),
            own_suspected: patterns(searches.suspected)?,
            hack: searches.hack,
        })
    }

    /// Whether a text could hold declared debt.
    pub(super) fn may_declare(&self, text: &[u8]) -> bool {
        let declared = self.declared.as_ref();
        declared
            .is_some_and(|tags| any(tags, text, 0..text.len(), |hit| plausible(text, hit, false)))
            || (self.own_declared.as_ref()).is_some_and(|search| search.is_match(text))
    }

    /// Whether a tag or a piece of "don't do this" is in words, perhaps as a part of one.
    pub(super) fn holds_tag(&self, words: &str) -> bool {
        let declared = self.declared.as_ref();
        declared.is_some_and(|tags| tags.find(words.as_bytes(), 0..words.len()).is_some())
    }

    /// Whether a comment could hold a marker of either tier.
    pub(super) fn may_hold(&self, text: &[u8], comment: Range<usize>) -> bool {
        // A comment that does not fit the text is left to who reads it.
        let upto = text.get(..comment.end);
        let Some(upto) = upto.filter(|upto| comment.start <= upto.len()) else {
            return true;
        };
        // One byte more tells whether a word ends with the comment.
        let more = text.get(..comment.end + 1).unwrap_or(upto);
        let is_anchor = |at: usize| {
            let mut anchors = self.anchors.iter();
            anchors.any(|anchor| upto[at..].starts_with(anchor))
        };
        let holds = |hit: &Hit| {
            // An anchor may begin where a tag does that is none.
            hit.word >= self.tags || plausible(more, hit, self.hack) || is_anchor(hit.range.start)
        };
        let mut own = [&self.own_declared, &self.own_suspected]
            .into_iter()
            .flatten();
        let words = self.words.as_ref();
        words.is_some_and(|words| any(words, upto, comment.clone(), holds))
            || own.any(|search| search.is_match_at(upto, comment.start))
    }

    /// Whether any of the comments within a range could hold a marker: one search of the code between them
    /// too costs less than one of each. Not told where the configuration has patterns of its own, which
    /// may look at what is around a match.
    pub(super) fn may_hold_any(&self, text: &[u8], comments: Range<usize>) -> bool {
        self.own_declared.is_some() || self.own_suspected.is_some() || self.may_hold(text, comments)
    }

    /// Where from `at` on the next tag in upper case is, perhaps as a part of a word.
    pub(super) fn upper(&self, text: &[u8], at: usize) -> Option<usize> {
        let upper = self.upper.as_ref()?;
        let hit = upper.find(text, at..text.len());
        hit.map(|hit| hit.range.start)
    }

    /// Where suspected phrases could be in a comment's words.
    pub(super) fn places(&self, words: &str) -> Places {
        let Some(anchors) = &self.every_anchor else {
            return Places(None);
        };
        let mut found = Vec::new();
        let mut at = 0;
        // One may begin within another.
        while let Some(hit) = anchors.find(words.as_bytes(), at..words.len()) {
            found.push(hit.range.start);
            at = hit.range.start + 1;
        }
        Places(Some(found))
    }
}

/// Whether a word of a range of a text is what is looked for: of those that begin at one place, the one that was
/// named first.
fn any(words: &Literals, text: &[u8], range: Range<usize>, is_it: impl Fn(&Hit) -> bool) -> bool {
    let mut at = range.start;
    while let Some(hit) = words.find(text, at..range.end) {
        if is_it(&hit) {
            return true;
        }
        at = hit.range.start + 1;
    }
    false
}

/// Drops what no exact rule can accept, without knowing the language: parts of words, and tags in
/// lower case in the middle of a line's words.
fn plausible(text: &[u8], hit: &Hit, hack: bool) -> bool {
    let Range { start, end } = hit.range;
    let word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let hit = text.get(start..end).unwrap_or_default();
    if hit.contains(&b' ') {
        return true;
    }
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    if before.last().is_some_and(word) {
        return false;
    }
    if hack && hit.eq_ignore_ascii_case(b"hack") {
        return true;
    }
    if after.first().is_some_and(word) {
        return false;
    }
    if !hit.iter().any(u8::is_ascii_lowercase) || matches!(after.first(), Some(b':' | b'(')) {
        return true;
    }
    // Else it must open a comment: nothing, a sign, or a sign that is a word stands before it.
    let line = before
        .get(before.len().saturating_sub(64)..)
        .unwrap_or_default();
    let line = line
        .rsplit(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default()
        .trim_ascii();
    let last = line.rsplit(|byte| !word(byte)).next().unwrap_or_default();
    last.is_empty()
        || WORD_SIGNS
            .iter()
            .any(|sign| last.eq_ignore_ascii_case(sign))
}

fn patterns(patterns: &[String]) -> Result<Option<Regex>, RuleError> {
    if patterns.is_empty() {
        return Ok(None);
    }
    let all: Vec<String> = patterns.iter().map(|one| format!("(?:{one})")).collect();
    compile(&format!("(?i){}", all.join("|"))).map(Some)
}

/// Makes of a pattern for folded comment text one for raw bytes, where comment signs may stand
/// between words and where a sentence's ends are not known.
pub(super) fn widen(pattern: &str) -> String {
    let mut wide = String::with_capacity(pattern.len() * 2);
    let mut chars = pattern.chars();
    let mut class = 0_usize;
    while let Some(char) = chars.next() {
        match char {
            '\\' => match chars.next() {
                Some('s') if class == 0 => wide.push_str(r"(?:\s\W*)"),
                Some('A' | 'z') if class == 0 => {}
                Some(next) => wide.extend(['\\', next]),
                None => wide.push('\\'),
            },
            ' ' if class == 0 => wide.push_str(r"(?:\s\W*)"),
            '^' | '$' if class == 0 => {}
            '[' => {
                class += 1;
                wide.push(char);
            }
            ']' => {
                class = class.saturating_sub(1);
                wide.push(char);
            }
            _ => wide.push(char),
        }
    }
    wide
}

pub(super) fn compile(pattern: &str) -> Result<Regex, RuleError> {
    RegexBuilder::new(pattern)
        // All patterns of a configuration stand in one search here.
        .size_limit(super::MAX_PATTERNS * SIZE_LIMIT)
        .build()
        .map_err(|source| RuleError::Pattern {
            pattern: pattern.chars().take(80).collect(),
            source: Box::new(source),
        })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::debt::rules::{RuleOptions, Rules};

    #[test]
    fn a_phrase_may_begin_where_a_tag_does_that_is_none() {
        let options = RuleOptions {
            tags: vec!["ugl".to_owned()],
            ..RuleOptions::default()
        };
        let rules = Rules::new(&options).unwrap();
        for (text, holds) in [("// ugly", true), ("// uglx", false), ("// UGL x", true)] {
            assert_eq!(
                rules.may_hold(text.as_bytes(), 0..text.len()),
                holds,
                "{text}"
            );
        }
    }
}
