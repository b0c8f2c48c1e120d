//! What a marker says: paragraphs, sentences, and the text of a head.

use std::ops::Range;

use super::code_line::is_code;
use super::tag::Head;
use super::words::Words;
use crate::debt::rules::Places;

/// The longest text that is kept, in characters.
pub(super) const MAX_TEXT: usize = 2000;

/// How many bytes of a sentence are looked at: enough for [`MAX_TEXT`] of the widest characters.
const REACH: usize = 4 * MAX_TEXT;

/// How a comment's lines hang together, where that is asked for.
///
/// No sentence reaches over a blank line, and a long comment says something of debt in few places: only
/// the blocks between blank lines that hold one of those are laid out.
pub(super) struct Layout {
    /// For each line the first line of its paragraph, list items apart.
    first: Vec<usize>,
    /// For each line the line after its paragraph.
    end: Vec<usize>,
    /// For each line whether it is code that was switched off: no sentence reaches over it.
    code: Vec<bool>,
    /// The blocks that are laid out, by their lines.
    blocks: Vec<Range<usize>>,
}

/// What begins a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    Words,
    Bullet,
    /// `@param`, `:param x:`, `\return`.
    Doc,
}

impl Layout {
    /// Lays out the blocks that hold one of the heads or one of the `places`.
    pub(super) fn of(words: &Words, heads: &[Head], places: &Places) -> Self {
        let count = words.lines.len();
        let mut layout = Self {
            first: (0..count).collect(),
            end: (1..=count).collect(),
            code: vec![false; count],
            blocks: Vec::new(),
        };
        let mut next_head = 0;
        let mut start = 0;
        while start < count {
            if words.is_blank(start) {
                start += 1;
                continue;
            }
            let mut end = start + 1;
            while end < count && !words.is_blank(end) {
                end += 1;
            }
            let stop = start_of(words, end);
            let own = heads.get(next_head..).unwrap_or_default();
            let own = own
                .get(..own.partition_point(|head| head.start < stop))
                .unwrap_or_default();
            next_head += own.len();
            if !own.is_empty() || places.any_in(start_of(words, start)..stop) {
                layout.lay_out(words, own, start..end);
                layout.blocks.push(start..end);
            }
            start = end;
        }
        layout
    }

    /// Lays out one block with its heads.
    fn lay_out(&mut self, words: &Words, heads: &[Head], block: Range<usize>) {
        let mut tagged = heads
            .iter()
            .filter(|head| head.opens_line && head.leading)
            .map(|head| words.line_at(head.start))
            .peekable();
        let mut begin = block.start;
        let mut was_apart = true;
        let mut before = "";
        for index in block.clone() {
            let text = words.line(index);
            let mut is_tagged = false;
            while tagged.next_if(|line| *line <= index).is_some() {
                is_tagged = true;
            }
            let is_code = !is_tagged && is_code(text, before);
            if was_apart || is_tagged || is_code || opening(text) != Opening::Words {
                self.end[begin..index].fill(index);
                begin = index;
            }
            was_apart = is_code;
            before = if is_code { "" } else { text };
            self.first[index] = begin;
            self.code[index] = is_code;
        }
        self.end[begin..block.end].fill(block.end);
    }

    /// Whether line `index` is code that was switched off.
    fn is_code(&self, index: usize) -> bool {
        self.code.get(index).copied().unwrap_or_default()
    }

    /// The bytes of the paragraph that holds line `index`.
    fn paragraph(&self, words: &Words, index: usize) -> (usize, usize) {
        let first = self.first.get(index).copied().unwrap_or(index);
        let end = self.end.get(index).copied().unwrap_or(index + 1);
        (
            start_of(words, first),
            start_of(words, end).saturating_sub(usize::from(end < words.lines.len())),
        )
    }

    /// All sentences of what is laid out, in order.
    pub(super) fn sentences(&self, words: &Words) -> Vec<(usize, usize)> {
        let mut all = Vec::new();
        for block in &self.blocks {
            let mut index = block.start;
            while index < block.end {
                let (mut at, end) = self.paragraph(words, index);
                while at < end {
                    let stop = sentence_end(&words.body, at, end);
                    all.push((at, stop));
                    at = stop;
                }
                index = self.end.get(index).copied().unwrap_or(block.end);
            }
        }
        all
    }
}

fn start_of(words: &Words, line: usize) -> usize {
    words
        .lines
        .get(line)
        .map_or(words.body.len(), |line| line.start)
}

fn opening(line: &str) -> Opening {
    if bullet(line).is_some() {
        return Opening::Bullet;
    }
    let mut chars = line.chars();
    match chars.next() {
        Some('@' | '\\') if chars.next().is_some_and(|c| c.is_ascii_alphabetic()) => Opening::Doc,
        Some(':') => {
            let name = line.get(1..).unwrap_or_default();
            let end = name
                .find(|c: char| !c.is_ascii_alphabetic())
                .unwrap_or(name.len());
            let closes = name.get(end..).unwrap_or_default();
            if end > 1
                && (closes.starts_with(':') || (closes.starts_with(' ') && closes.contains(':')))
            {
                Opening::Doc
            } else {
                Opening::Words
            }
        }
        _ => Opening::Words,
    }
}

/// The length of a list sign with its blank: `- `, `* `, `12. `.
pub(super) fn bullet(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..)?;
    let sign = if digits == 0 {
        ["- ", "* ", "+ ", "• "]
            .into_iter()
            .find(|sign| rest.starts_with(sign))
    } else if digits <= 3 {
        [". ", ") "].into_iter().find(|sign| rest.starts_with(sign))
    } else {
        None
    };
    sign.map(|sign| digits + sign.len())
}

/// The end of the sentence that begins at `from`: after a full stop with a blank, at `end` at the latest.
fn sentence_end(body: &str, from: usize, end: usize) -> usize {
    let mut limit = end.min(from + REACH);
    while !body.is_char_boundary(limit) {
        limit -= 1;
    }
    let text = body.get(from..limit).unwrap_or_default();
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        if !matches!(byte, b'.' | b'!' | b'?') {
            continue;
        }
        // Only the last of a run of stops, and few closing signs after it.
        let rest = text.get(at + 1..).unwrap_or_default();
        if rest.starts_with(['.', '!', '?']) {
            continue;
        }
        let closed = rest
            .bytes()
            .take(3)
            .take_while(|byte| matches!(byte, b')' | b'"' | b'\'' | b']'))
            .count();
        let rest = rest.get(closed..).unwrap_or_default();
        let next = rest.trim_start();
        if next.len() == rest.len() || next.is_empty() {
            continue;
        }
        // "e.g. this", "etc. and": a small letter goes on, and so does a one-letter short form.
        if *byte == b'.'
            && (next.starts_with(char::is_lowercase)
                || short_form(text.get(..at).unwrap_or_default()))
        {
            continue;
        }
        return from + (text.len() - next.len());
    }
    // A sentence longer than the reach is cut there.
    if limit > from { limit } else { end }
}

fn short_form(before: &str) -> bool {
    let word = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default()
        .trim_start_matches(['(', '[']);
    [
        "e.g", "i.e", "vs", "cf", "Mr", "Dr", "approx", "resp", "incl",
    ]
    .contains(&word)
}

/// The bytes of a head's text in the body: from where the tag's own signs end.
pub(super) fn span(
    words: &Words,
    layout: &Layout,
    heads: &[Head],
    index: usize,
    from: usize,
) -> (usize, usize) {
    let Some(head) = heads.get(index) else {
        return (from, from);
    };
    if head.leading {
        return (from, following(words, layout, heads, index, from));
    }
    let line = words.line_at(head.start);
    let (first, end) = layout.paragraph(words, line);
    let mut start = first.max(head.start.saturating_sub(REACH / 2));
    while !words.body.is_char_boundary(start) {
        start += 1;
    }
    // A leading head owns what follows it.
    let mut at = heads
        .get(..index)
        .and_then(|earlier| earlier.iter().rev().find(|earlier| earlier.leading))
        .map_or(start, |earlier| start.max(earlier.end));
    loop {
        let stop = sentence_end(&words.body, at, end);
        if stop > head.start || stop >= end || stop <= at {
            let cut = next_leading(heads, index).unwrap_or(end).min(stop);
            return (at, cut);
        }
        at = stop;
    }
}

fn next_leading(heads: &[Head], index: usize) -> Option<usize> {
    heads
        .get(index + 1..)?
        .iter()
        .find(|head| head.leading)
        .map(|head| head.start)
}

/// The end of what follows a leading head: its paragraph's end, the next leading head, a list item of
/// its own level, a line of documentation, code.
fn following(words: &Words, layout: &Layout, heads: &[Head], index: usize, from: usize) -> usize {
    let Some(head) = heads.get(index) else {
        return from;
    };
    let own = words.line_at(head.start);
    let in_item = bullet(words.line(own)).is_some();
    let level = words.lines.get(own).map_or(0, |line| line.indent);
    let mut last = own;
    let mut end = start_of(words, own) + words.line(own).len();
    loop {
        let next = last + 1;
        let Some(line) = words.lines.get(next) else {
            break;
        };
        let stops = line.blank
            || end > from + REACH
            || layout.is_code(last)
            || (layout.is_code(next) && (last > own || has_words(words, from, end)))
            || match opening(words.line(next)) {
                Opening::Words => false,
                Opening::Bullet => in_item && line.indent <= level,
                Opening::Doc => true,
            };
        if stops {
            break;
        }
        end = line.start + words.line(next).len();
        last = next;
        if next_leading(heads, index).is_some_and(|cut| cut <= end) {
            break;
        }
    }
    next_leading(heads, index)
        .map_or(end, |cut| cut.min(end))
        .max(from)
}

/// Whether a tag's own line says something: one that does not is told from others by the code after it.
fn has_words(words: &Words, from: usize, end: usize) -> bool {
    let text = words.body.get(from..end).unwrap_or_default();
    text.contains(char::is_alphanumeric) && !is_code(text.trim_start_matches([':', ' ']), "")
}

/// White space folded, signs of comments and of separation taken off both ends, cut at [`MAX_TEXT`].
pub(super) fn fold(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len().min(REACH));
    let mut count = 0;
    for word in raw.split_whitespace() {
        let length = word.chars().count() + usize::from(!text.is_empty());
        if count + length > MAX_TEXT {
            let room = (MAX_TEXT - count).saturating_sub(2);
            if !text.is_empty() && room > 0 {
                text.push(' ');
            }
            text.extend(word.chars().take(room));
            let bare = bare(&text).to_owned();
            return bare + "…";
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
        count += length;
    }
    bare(&text).to_owned()
}

/// Takes comment signs off both ends until none is left.
pub(super) fn bare(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let mut next = text;
        for sign in ["//", "/*", "<!--", "*/"] {
            next = next.strip_prefix(sign).unwrap_or(next).trim_start();
        }
        for sign in ["# ", "* ", "; ", "% "] {
            next = next.strip_prefix(sign).unwrap_or(next).trim_start();
        }
        for sign in ["*/", "-->", "/*", "//", "<!--"] {
            next = next.strip_suffix(sign).unwrap_or(next).trim_end();
        }
        if next.len() == text.len() {
            return text;
        }
        text = next;
    }
}
