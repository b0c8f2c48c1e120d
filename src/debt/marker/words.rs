//! From comment tokens to the words of one comment: neighbours joined, the comment's own signs taken off.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memrchr};

use crate::debt::comment::{Token, TokenKind};

/// How far back on a line to look for its beginning. A comment further along a line (minified code) is
/// taken as having code before it, and is joined to no other.
const LINE_REACH: usize = 4096;

/// Text as it was read: UTF-8 as a whole, or else every byte a Latin-1 character.
#[derive(Clone, Copy)]
pub(super) struct Source<'t> {
    pub(super) bytes: &'t [u8],
    utf8: bool,
}

impl<'t> Source<'t> {
    pub(super) fn new(bytes: &'t [u8]) -> Self {
        Self {
            bytes,
            utf8: std::str::from_utf8(bytes).is_ok(),
        }
    }

    /// A part of a text of which it is known whether all of it is UTF-8.
    pub(super) fn part(bytes: &'t [u8], utf8: bool) -> Self {
        Self { bytes, utf8 }
    }

    /// Whether it is UTF-8 as a whole.
    pub(super) fn is_utf8(&self) -> bool {
        self.utf8
    }

    /// The bytes of a range, empty where it lies outside.
    pub(super) fn slice(&self, start: usize, end: usize) -> &'t [u8] {
        self.bytes
            .get(start..end.min(self.bytes.len()))
            .unwrap_or_default()
    }

    pub(super) fn decode(&self, bytes: &'t [u8]) -> Cow<'t, str> {
        if self.utf8 {
            // Lossy only where a token ends inside a character: looked for first, it takes several times as long.
            std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::from)
        } else {
            bytes
                .iter()
                .map(|byte| char::from(*byte))
                .collect::<String>()
                .into()
        }
    }

    /// The bytes before `at` on its line, `None` if the line begins too far back.
    pub(super) fn line_before(&self, at: usize) -> Option<&'t [u8]> {
        let from = at.saturating_sub(LINE_REACH);
        match memrchr(b'\n', self.slice(from, at)) {
            Some(newline) => Some(self.slice(from + newline + 1, at)),
            // As far back as the reach goes and no further, wherever the text begins.
            None if at < LINE_REACH => Some(self.slice(0, at)),
            None => None,
        }
    }
}

/// One line of a comment.
#[derive(Debug)]
pub(super) struct Line {
    /// Where its words begin in the body.
    pub(super) start: usize,
    /// Its number in the file, from 1.
    pub(super) number: u32,
    /// Blanks between the sign and the words.
    pub(super) indent: usize,
    /// No words: empty, or a frame of signs.
    pub(super) blank: bool,
}

/// The words of one comment: lines without signs, trimmed, joined by `\n`.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) body: String,
    pub(super) lines: Vec<Line>,
}

impl Words {
    /// The words of line `index`; empty past the end.
    pub(super) fn line(&self, index: usize) -> &str {
        let Some(line) = self.lines.get(index) else {
            return "";
        };
        let end = self
            .lines
            .get(index + 1)
            .map_or(self.body.len(), |next| next.start.saturating_sub(1));
        self.body.get(line.start..end).unwrap_or_default()
    }

    /// Whether line `index` has no words, as one past the end.
    pub(super) fn is_blank(&self, index: usize) -> bool {
        self.lines.get(index).is_none_or(|line| line.blank)
    }

    /// Which line holds offset `at` of the body.
    pub(super) fn line_at(&self, at: usize) -> usize {
        self.lines
            .partition_point(|line| line.start <= at)
            .saturating_sub(1)
    }

    /// The file's number of the line that holds `at`.
    pub(super) fn number_at(&self, at: usize) -> u32 {
        self.lines
            .get(self.line_at(at))
            .map_or(1, |line| line.number)
    }

    /// Adds a line of words whose signs are off.
    pub(super) fn push(&mut self, raw: &str, number: u32) {
        let text = raw.trim_start();
        let indent = raw.len() - text.len();
        let text = text.trim_end();
        let begins_word = text
            .bytes()
            .next()
            .is_some_and(|b| b.is_ascii_alphanumeric());
        let blank = !begins_word && text.chars().all(is_frame);
        if !self.lines.is_empty() {
            self.body.push('\n');
        }
        self.lines.push(Line {
            start: self.body.len(),
            number,
            indent,
            blank,
        });
        if blank {
            return;
        }
        // Of controls beyond ASCII the first byte is 0xc2.
        let may_be_control = |byte: u8| byte < b' ' || byte == 0x7f || byte == 0xc2;
        let may_hold = text
            .bytes()
            .fold(false, |any, byte| any | may_be_control(byte));
        if may_hold && text.contains(char::is_control) {
            // A lone carriage return or another line sign would break the rule that a text is one line.
            let chars = text.chars();
            self.body
                .extend(chars.map(|c| if c.is_control() { ' ' } else { c }));
        } else {
            self.body.push_str(text);
        }
    }
}

fn is_frame(char: char) -> bool {
    matches!(
        char,
        '*' | '-' | '=' | '#' | '~' | '+' | '/' | '_' | '<' | '>' | '|' | '\\' | ':' | ';' | '%'
    ) || matches!(char, '\u{2500}'..='\u{257f}')
        || char.is_whitespace()
        || char.is_control()
}

/// The end (exclusive) of the run of line comments that begins with token `first`: on consecutive lines,
/// alone there, at the same column and with the same sign. The first may have code before it.
pub(super) fn run_end(source: &Source<'_>, tokens: &[Token], first: usize) -> usize {
    let Some(head) = tokens
        .get(first)
        .filter(|token| token.kind == TokenKind::Line)
    else {
        return first + 1;
    };
    let Some(column) = source.line_before(head.start).map(<[u8]>::len) else {
        return first + 1;
    };
    let sign = sign_of(source, head);
    let mut last = head;
    let mut end = first + 1;
    while let Some(next) = tokens.get(end) {
        if next.kind != TokenKind::Line || next_column(source, last, next) != Some(column) {
            break;
        }
        if sign_of(source, next) != sign {
            break;
        }
        last = next;
        end += 1;
    }
    end
}

/// The column of `next` if it stands alone on the line after `last`.
fn next_column(source: &Source<'_>, last: &Token, next: &Token) -> Option<usize> {
    let gap = source.slice(last.end, next.start);
    // The newline may be counted as the comment's end.
    let open = source.slice(last.start, last.end).last() != Some(&b'\n');
    let column = if open {
        let newline = memchr(b'\n', gap)?;
        if !gap.get(..newline)?.trim_ascii().is_empty() {
            return None;
        }
        gap.get(newline + 1..)?
    } else {
        gap
    };
    column
        .iter()
        .all(|byte| matches!(byte, b' ' | b'\t'))
        .then_some(column.len())
}

/// The sign with what doc comments add to it: `///` and `//` do not go together.
fn sign_of<'t>(source: &Source<'t>, token: &Token) -> &'t [u8] {
    let all = source.slice(token.start, token.end);
    let sign = all
        .iter()
        .position(|byte| !matches!(byte, b'/' | b'#' | b';' | b'-' | b'%' | b'!' | b'<'))
        .unwrap_or(all.len());
    all.get(..sign).unwrap_or_default()
}

/// The words of `tokens`, one comment that begins on line `number` of the file.
pub(super) fn words_of(source: &Source<'_>, tokens: &[Token], number: u32) -> Words {
    let mut words = Words::default();
    let mut number = number;
    let mut at = tokens.first().map_or(0, |token| token.start);
    for token in tokens {
        let count = |from: usize, to: usize| {
            u32::try_from(memchr_iter(b'\n', source.slice(from, to)).count()).unwrap_or(u32::MAX)
        };
        let from = token
            .body_start
            .clamp(token.start, token.end.max(token.start));
        number = number.saturating_add(count(at, from));
        let body = source.slice(from, token.body_end.min(token.end));
        match token.kind {
            TokenKind::Line => push_line(&mut words, source, token, body, number),
            TokenKind::Block => push_block(&mut words, &source.decode(body), number),
            TokenKind::Docstring => {
                for (line, one) in (number..).zip(source.decode(body).split('\n')) {
                    words.push(one, line);
                }
            }
        }
        at = from;
    }
    words
}

fn push_line(words: &mut Words, source: &Source<'_>, token: &Token, body: &[u8], number: u32) {
    let sign = source.slice(token.start, token.body_start).last().copied();
    let mut bare = body;
    while let (Some(first), Some(sign)) = (bare.first(), sign) {
        if *first != sign || sign.is_ascii_alphanumeric() {
            break;
        }
        bare = bare.get(1..).unwrap_or_default();
    }
    // `//!`, `///<`, `#'`, `#:`, `--|` are signs of documentation.
    if let Some(b'!' | b'<' | b'\'' | b'|' | b':') = bare.first() {
        bare = bare.get(1..).unwrap_or_default();
        bare = bare.strip_prefix(b"<").unwrap_or(bare);
    }
    let text = source.decode(bare);
    // Bytes of a malformed token could hold a newline.
    for (line, one) in (number..).zip(text.split('\n')) {
        words.push(without_close(one), line);
    }
}

fn push_block(words: &mut Words, body: &str, number: u32) {
    // A star at the left is a margin where all lines have it, else the sign of a list.
    let margin = body
        .split('\n')
        .skip(1)
        .map(str::trim_start)
        .filter(|line| !line.is_empty())
        .all(|line| line.starts_with('*'));
    for (index, (line, one)) in (number..).zip(body.split('\n')).enumerate() {
        let one = if index == 0 {
            let one = one.trim_start_matches(['*', '!']);
            one.strip_prefix('<').unwrap_or(one)
        } else if margin {
            one.trim_start().trim_start_matches('*')
        } else {
            one.trim_start().strip_prefix("| ").unwrap_or(one)
        };
        words.push(without_close(one), line);
    }
}

/// Takes off what closes a comment or the right side of a box around it.
pub(super) fn without_close(line: &str) -> &str {
    let mut text = line.trim_end();
    for close in ["*/", "-->"] {
        text = text.strip_suffix(close).unwrap_or(text).trim_end();
    }
    let bare = text.trim_end_matches(['*', '#', '/', '|', ';', '%']);
    // A box has a blank before its side: `* words  *`, not `#define A 1;`.
    if bare.len() < text.len() && bare.ends_with([' ', '\t']) {
        bare.trim_end()
    } else {
        text
    }
}
