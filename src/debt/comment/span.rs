//! Where a comment or a string ends, given where it begins.

use memchr::{memchr, memchr2};

use super::rule::{Escape, Text, find_close, is_name};
use super::{Token, TokenKind};

/// What a telling byte of a string is.
pub(super) enum InText {
    /// The string's end; what follows begins there.
    End(usize),
    /// Nothing: go on from there.
    On(usize),
    /// Code, which begins there.
    Hole(usize),
}

/// Tells what the byte at `at` is to the string it stands in.
pub(super) fn in_text(bytes: &[u8], at: usize, end: usize, text: &Text) -> InText {
    let there = &bytes[at..end];
    let b = there[0];
    if b == b'\n' && !text.lines {
        return InText::End(at);
    }
    // Before the escapes: Swift opens its holes with a backslash.
    if let Some(hole) = text.hole
        && there.starts_with(hole.open)
    {
        let past = hole.open.len();
        if hole.twice_is_text && there[past..].starts_with(hole.open) {
            return InText::On(at + 2 * past);
        }
        return InText::Hole(at + past);
    }
    match text.escape {
        Escape::Backslash if b == b'\\' => {
            let past = if there[1..].starts_with(b"\r\n") {
                3
            } else {
                2
            };
            return InText::On((at + past).min(end));
        }
        Escape::Backtick if b == b'`' => return InText::On((at + 2).min(end)),
        Escape::Doubled | Escape::Backtick
            if there.starts_with(text.close)
                && there[text.close.len()..].starts_with(text.close) =>
        {
            return InText::On(at + 2 * text.close.len());
        }
        Escape::TwoQuotes if there.starts_with(b"''") => match there.get(2) {
            Some(b'\'' | b'$') => return InText::On(at + 3),
            Some(b'\\') => return InText::On((at + 4).min(end)),
            _ => {}
        },
        _ => {}
    }
    if there.starts_with(text.close) {
        let mut close = at + text.close.len();
        // `"""a""""` ends with its last three quotes.
        if text.close.len() == 3 && b == text.close[2] {
            while close < end && bytes[close] == b && close < at + 5 {
                close += 1;
            }
        }
        return InText::End(close);
    }
    InText::On(at + 1)
}

/// A line comment that opens at `start` and whose text begins at `body`.
pub(super) fn line_token(
    text: &[u8],
    start: usize,
    body: usize,
    limit: usize,
    continued: bool,
    stop: &[u8],
) -> Token {
    let mut from = body.min(limit);
    let end = loop {
        let Some(at) = memchr2(b'\n', b'\r', &text[from..limit]) else {
            break limit;
        };
        let at = from + at;
        if !(continued && at > body && text[at - 1] == b'\\') {
            break at;
        }
        from = at
            + if text[at..limit].starts_with(b"\r\n") {
                2
            } else {
                1
            };
    };
    let end = match stop {
        b"" => end,
        stop => find_close(text, body.min(end), end, stop).unwrap_or(end),
    };
    let body_start = body_start(text, body.min(end), end, &text[start..body.min(end)]);
    Token {
        start,
        end,
        body_start,
        body_end: end,
        kind: TokenKind::Line,
    }
}

/// Where the text of a comment begins: past a repeated sign (`///`, `##`, `/**`) and a doc sign
/// (`//!`, `/*!`).
pub(super) fn body_start(text: &[u8], from: usize, end: usize, open: &[u8]) -> usize {
    let Some(&sign) = open.last() else {
        return from;
    };
    let mut at = from;
    if !is_name(sign) && !sign.is_ascii_whitespace() {
        while at < end && text[at] == sign {
            at += 1;
        }
        if at < end && text[at] == b'!' && open.starts_with(b"/") {
            at += 1;
        }
    }
    at
}

/// Where the text of a nested comment ends, and the comment itself.
pub(super) fn nested_end(
    text: &[u8],
    from: usize,
    limit: usize,
    open: &[u8],
    close: &[u8],
    quoted: bool,
) -> (usize, usize) {
    let mut depth = 1usize;
    let mut at = from;
    let quote = if quoted { b'"' } else { close[0] };
    while let Some(next) = memchr::memchr3(open[0], close[0], quote, &text[at..limit]) {
        at += next;
        let there = &text[at..limit];
        if there.starts_with(close) {
            depth -= 1;
            if depth == 0 {
                return (at, at + close.len());
            }
            at += close.len();
        } else if there.starts_with(open) {
            depth += 1;
            at += open.len();
        } else if quoted && there[0] == b'"' {
            at = quoted_end(text, at + 1, limit);
        } else {
            at += 1;
        }
    }
    (limit, limit)
}

/// The end of a string in a comment; a lone quote there is only a quote.
fn quoted_end(text: &[u8], from: usize, limit: usize) -> usize {
    let line = memchr(b'\n', &text[from..limit]).map_or(limit, |i| from + i);
    let mut at = from;
    while let Some(next) = memchr2(b'"', b'\\', &text[at..line]) {
        at += next;
        if text[at] == b'"' {
            return at + 1;
        }
        at = (at + 2).min(line);
    }
    from
}
