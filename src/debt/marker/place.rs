//! Where a comment stands: line numbers, and the code beside it.

use memchr::{memchr, memchr_iter};
use xxhash_rust::xxh3::xxh3_64;

use super::words::Source;
use crate::debt::comment::Token;

/// Counts lines forward: asking for ascending offsets reads the text once.
pub(super) struct LineCount<'t> {
    bytes: &'t [u8],
    at: usize,
    number: u32,
}

impl<'t> LineCount<'t> {
    pub(super) fn new(bytes: &'t [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            number: 1,
        }
    }

    /// The line of `offset`, from 1. An offset before the last one asked gets the last one's line.
    pub(super) fn line(&mut self, offset: usize) -> u32 {
        let offset = offset.min(self.bytes.len());
        if let Some(part) = self.bytes.get(self.at..offset) {
            let more = u32::try_from(memchr_iter(b'\n', part).count()).unwrap_or(u32::MAX);
            self.number = self.number.saturating_add(more);
            self.at = offset;
        }
        self.number
    }
}

/// How many comments before one on its line are told from code.
const NEIGHBOURS: usize = 16;

/// Finds the code that comments stand at; asked in ascending order it reads the text once.
pub(super) struct Contexts<'t, 'k> {
    source: Source<'t>,
    tokens: &'k [Token],
    /// The last search for code after a comment: from where, where its line of code is, and its hash.
    last: Option<(usize, usize, u32)>,
}

impl<'t, 'k> Contexts<'t, 'k> {
    pub(super) fn new(source: Source<'t>, tokens: &'k [Token]) -> Self {
        Self {
            source,
            tokens,
            last: None,
        }
    }

    /// The hash of the code that the comment of tokens `first..end` stands at: before it on its line,
    /// else the rest of its last line, else the next line that is neither blank nor comment.
    pub(super) fn of(&mut self, first: usize, end: usize) -> u32 {
        match self.before(first) {
            0 => self.after(end),
            hash => hash,
        }
    }

    fn before(&self, first: usize) -> u32 {
        let Some(token) = self.tokens.get(first) else {
            return 0;
        };
        let Some(line) = self.source.line_before(token.start) else {
            // So far along a line there is code before it; the last of it stands for it.
            return hash(
                self.source
                    .slice(token.start.saturating_sub(64), token.start),
            );
        };
        let start = token.start.saturating_sub(line.len());
        let mut code: Vec<&[u8]> = Vec::new();
        let mut to = token.start;
        for earlier in self
            .tokens
            .get(..first)
            .unwrap_or_default()
            .iter()
            .rev()
            .take(NEIGHBOURS)
        {
            if earlier.end <= start {
                break;
            }
            code.push(self.source.slice(earlier.end, to));
            to = earlier.start.max(start);
        }
        code.push(self.source.slice(start, to));
        code.reverse();
        hash(&code.concat())
    }

    fn after(&mut self, end: usize) -> u32 {
        let Some(token) = end.checked_sub(1).and_then(|last| self.tokens.get(last)) else {
            return 0;
        };
        let from = token.end;
        if let Some((searched, found, hash)) = self.last
            && (searched..=found).contains(&from)
        {
            return hash;
        }
        let bytes = self.source.bytes;
        let mut at = from;
        let mut next = end;
        let result = loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let Some(skip) = rest.iter().position(|byte| !byte.is_ascii_whitespace()) else {
                break (bytes.len(), 0);
            };
            at += skip;
            while self.tokens.get(next).is_some_and(|token| token.end <= at) {
                next += 1;
            }
            let comment = self.tokens.get(next);
            if let Some(comment) = comment.filter(|token| token.start <= at && token.end > at) {
                at = comment.end;
                continue;
            }
            let line = bytes.get(at..).unwrap_or_default();
            let mut stop = memchr(b'\n', line).map_or(bytes.len(), |newline| at + newline);
            if let Some(comment) = comment {
                stop = stop.min(comment.start);
            }
            break (at, hash(self.source.slice(at, stop)));
        };
        self.last = Some((from, result.0, result.1));
        result.1
    }
}

/// Zero for blanks only, never zero for code.
#[allow(
    clippy::cast_possible_truncation,
    reason = "the low half of the hash is as good as the high one"
)]
fn hash(code: &[u8]) -> u32 {
    match code.trim_ascii() {
        [] => 0,
        code => (xxh3_64(code) as u32).max(1),
    }
}
