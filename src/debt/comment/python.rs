//! Strings of Python and its kin: literals, or docstrings where they stand as a statement.

use super::rule::{Found, Spot, is_blank};
use super::{Token, TokenKind};

/// A string with either quote, alone or tripled.
pub(super) fn string(spot: &Spot<'_>) -> Found {
    let quote = spot.text[spot.at];
    let prefix = spot.name_before(spot.at);
    let letters = |set: &[u8]| prefix.iter().all(|b| set.contains(&b.to_ascii_lowercase()));
    let is_prefix = prefix.len() <= 2 && letters(b"rbuft");
    let start = if is_prefix {
        spot.at - prefix.len()
    } else {
        spot.at
    };
    let tripled = spot.byte(1) == Some(quote) && spot.byte(2) == Some(quote);
    let signs = if tripled { 3 } else { 1 };
    let body_start = spot.at + signs;
    let (body_end, end) = string_end(spot.text, body_start, spot.end, quote, tripled);
    if is_prefix && letters(b"ru") && is_statement(spot, start, end) {
        let kind = TokenKind::Docstring;
        return Found::Comment(Token {
            start,
            end,
            body_start,
            body_end,
            kind,
        });
    }
    Found::Literal(end)
}

fn string_end(text: &[u8], from: usize, limit: usize, quote: u8, tripled: bool) -> (usize, usize) {
    let mut at = from;
    while at < limit {
        let rest = &text[at..limit];
        let next = if tripled {
            memchr::memchr2(quote, b'\\', rest)
        } else {
            memchr::memchr3(quote, b'\\', b'\n', rest)
        };
        let Some(next) = next else { break };
        at += next;
        match text[at] {
            b'\\' => {
                let crlf = text[at + 1..limit].starts_with(b"\r\n");
                at = (at + if crlf { 3 } else { 2 }).min(limit);
            }
            b'\n' => return (at, at),
            _ if !tripled => return (at, at + 1),
            _ if text[at..limit].starts_with(&[quote; 3]) => return (at, at + 3),
            _ => at += 1,
        }
    }
    (limit, limit)
}

/// Whether a string is all of its logical line: nothing before it but blanks or the `:` of a
/// one-line definition, nothing after it but a comment or a `;`.
fn is_statement(spot: &Spot<'_>, start: usize, end: usize) -> bool {
    if spot.brackets > 0 {
        return false;
    }
    let Some(before) = spot.line_before(start) else {
        return false;
    };
    let line_start = start - before.len();
    let before = before
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(before)
        .trim_ascii();
    let alone = before.is_empty() && !joined(spot.text, line_start);
    let defined = before.ends_with(b":")
        && [&b"def "[..], b"class ", b"async "]
            .iter()
            .any(|word| before.starts_with(word));
    let after = spot.text[end..spot.end].iter().find(|&&b| !is_blank(b));
    (alone || defined) && after.is_none_or(|b| matches!(b, b'\n' | b'#' | b';'))
}

/// Whether the line that begins at `start` goes on with the one before.
fn joined(text: &[u8], start: usize) -> bool {
    let before = text[..start].strip_suffix(b"\n").unwrap_or_default();
    before
        .strip_suffix(b"\r")
        .unwrap_or(before)
        .ends_with(b"\\")
}

/// `"""` of Elixir, GraphQL and the like: a comment where it documents, a string elsewhere.
pub(super) fn tripled_doc(spot: &Spot<'_>) -> Found {
    let quote = spot.text[spot.at];
    let body_start = spot.at + 3;
    let (body_end, end) = string_end(spot.text, body_start, spot.end, quote, true);
    let Some(before) = spot.line_before(spot.at) else {
        return Found::Literal(end);
    };
    let before = before.trim_ascii();
    let word = before
        .strip_suffix(b"~S")
        .unwrap_or(before)
        .trim_ascii_end();
    if before.is_empty() || [&b"@doc"[..], b"@moduledoc", b"@typedoc", b"@shortdoc"].contains(&word)
    {
        let kind = TokenKind::Docstring;
        return Found::Comment(Token {
            start: spot.at,
            end,
            body_start,
            body_end,
            kind,
        });
    }
    Found::Literal(end)
}
