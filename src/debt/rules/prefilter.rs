//! Finds the places that could hold debt in raw bytes, near memory speed.
//!
//! Plain literals only: the regex engine then searches with vector instructions. Case is spelt out
//! (`todo Todo ToDo TODO`) since a case-insensitive search is some four times slower.

use std::ops::Range;

use regex::bytes::{Regex, RegexBuilder};

use super::{RuleError, SIZE_LIMIT};

/// The compiled searches.
#[derive(Debug)]
pub(super) struct Prefilter {
    /// Tags in all their spellings, and pieces of "don't do this".
    declared: Regex,
    /// Anchors of suspected phrases.
    suspected: Option<Regex>,
    /// All anchors, where every suspected phrase has some: a sentence without one needs no second look.
    anchors: Option<Regex>,
    /// Patterns of the configuration, as wide as the exact rule: slower, and only when there are any.
    own: Option<Regex>,
    /// Whether `hack` in any spelling and with any ending is wanted.
    hack: bool,
}

/// Pieces of the "don't do this" family. Comment signs may stand where the phrase is broken over
/// lines, so one of its two halves must be whole: `t do` of `don't do`, or `do th` of `do this`.
pub(super) const DONT_PIECES: [&str; 7] =
    ["t do", "T DO", "t Do", "do th", "Do th", "DO TH", "Do Th"];

/// Comment signs that are words: batch files, m4, old Fortran.
const WORD_SIGNS: [&[u8]; 3] = [b"rem", b"dnl", b"c"];

impl Prefilter {
    pub(super) fn new(
        spellings: &[String],
        anchors: &[&str],
        any_anchor: Option<&[&str]>,
        own: &[String],
        hack: bool,
    ) -> Result<Self, RuleError> {
        let literals = |words: &mut dyn Iterator<Item = &str>| {
            let all: Vec<String> = words.map(regex::escape).collect();
            compile(&all.join("|"))
        };
        let mut longest: Vec<&str> = spellings.iter().map(String::as_str).collect();
        longest.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Ok(Self {
            declared: literals(&mut longest.into_iter().chain(DONT_PIECES))?,
            suspected: if anchors.is_empty() {
                None
            } else {
                Some(literals(&mut anchors.iter().copied())?)
            },
            anchors: match any_anchor {
                Some(anchors @ [_, ..]) => Some(literals(&mut anchors.iter().copied())?),
                _ => None,
            },
            own: if own.is_empty() {
                None
            } else {
                let all: Vec<String> = own.iter().map(|one| format!("(?:{one})")).collect();
                Some(compile(&format!("(?i){}", all.join("|")))?)
            },
            hack,
        })
    }

    /// Offsets of possible markers, ascending, in place of what `out` held.
    pub(super) fn candidates(&self, text: &[u8], out: &mut Vec<usize>) {
        out.clear();
        let mut at = 0;
        while let Some(hit) = self.declared.find_at(text, at) {
            if self.plausible(text, hit.start(), hit.end()) {
                out.push(hit.start());
                at = hit.end();
            } else {
                at = hit.start() + 1;
            }
        }
        let declared = out.len();
        if let Some(suspected) = &self.suspected {
            out.extend(suspected.find_iter(text).map(|hit| hit.start()));
        }
        if let Some(own) = &self.own {
            out.extend(own.find_iter(text).map(|hit| hit.start()));
        }
        if out.len() > declared {
            out.sort_unstable();
            out.dedup();
        }
    }

    /// Whether a comment could hold a marker.
    pub(super) fn may_hold(&self, text: &[u8], comment: Range<usize>) -> bool {
        let Some(upto) = text.get(..comment.end) else {
            return true;
        };
        // One byte more tells whether a word ends with the comment.
        let more = text.get(..comment.end + 1).unwrap_or(upto);
        let mut at = comment.start;
        while let Some(hit) = self.declared.find_at(more, at) {
            if hit.start() >= comment.end {
                break;
            }
            if self.plausible(more, hit.start(), hit.end()) {
                return true;
            }
            at = hit.start() + 1;
        }
        let found = |search: &Option<Regex>| {
            search
                .as_ref()
                .is_some_and(|search| search.is_match_at(upto, comment.start))
        };
        found(&self.suspected) || found(&self.own)
    }

    /// Whether a sentence could hold a suspected phrase.
    pub(super) fn may_suspect(&self, sentence: &str) -> bool {
        let anchors = self.anchors.as_ref();
        anchors.is_none_or(|anchors| anchors.is_match(sentence.as_bytes()))
    }

    /// Drops what no exact rule can accept, without knowing the language: parts of words, and tags in
    /// lower case in the middle of a line's words.
    fn plausible(&self, text: &[u8], start: usize, end: usize) -> bool {
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
        if self.hack && hit.eq_ignore_ascii_case(b"hack") {
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

fn compile(pattern: &str) -> Result<Regex, RuleError> {
    RegexBuilder::new(pattern)
        // All patterns of a configuration stand in one search here.
        .size_limit(super::MAX_PATTERNS * SIZE_LIMIT)
        .build()
        .map_err(|source| RuleError::Pattern {
            pattern: pattern.chars().take(80).collect(),
            source: Box::new(source),
        })
}
