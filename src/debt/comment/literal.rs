//! Literals whose closing sign is told by their opening, and regular expressions.

use memchr::{memchr, memchr2};

use super::rule::{FAR, Found, Spot, block, find_close, is_blank};
use super::span::line_token;
use super::state::Prev;

/// `R"delimiter(…)delimiter"` of C++; the rule opens at the quote, which is rarer than the letter.
pub(super) fn cpp_raw(spot: &Spot<'_>) -> Found {
    if !matches!(
        spot.name_before(spot.at),
        b"R" | b"u8R" | b"uR" | b"UR" | b"LR"
    ) {
        return Found::No;
    }
    let rest = spot.rest();
    let word = &rest[..rest.len().min(17)];
    let Some(len) = memchr(b'(', word) else {
        return Found::No;
    };
    if word[..len]
        .iter()
        .any(|b| matches!(b, b')' | b'\\' | b'"') || b.is_ascii_whitespace())
    {
        return Found::No;
    }
    let close = [b")", &word[..len], b"\""].concat();
    closed_by(spot, len + 1, &close)
}

/// `r"…"`, `r#"…"#`, `br##"…"##` of Rust; the rule opens at the quote, which is rarer than the
/// letter.
pub(super) fn rust_raw(spot: &Spot<'_>) -> Found {
    let before = &spot.text[spot.at.saturating_sub(MOST_HASHES)..spot.at];
    let hashes = before.iter().rev().take_while(|&&b| b == b'#').count();
    if !matches!(spot.name_before(spot.at - hashes), b"r" | b"br" | b"cr") {
        return Found::No;
    }
    let mut close = vec![b'#'; hashes + 1];
    close[0] = b'"';
    closed_by(spot, 0, &close)
}

/// Rust takes no more.
const MOST_HASHES: usize = 256;

/// `#"…"#` of Swift; the rule opens at `#`.
pub(super) fn swift_raw(spot: &Spot<'_>) -> Found {
    let rest = spot.rest().iter().take(MOST_HASHES);
    let hashes = 1 + rest.take_while(|&&b| b == b'#').count();
    let quotes = &spot.text[(spot.at + hashes).min(spot.end)..spot.end];
    let signs = if quotes.starts_with(b"\"\"\"") {
        3
    } else if quotes.starts_with(b"\"") {
        1
    } else {
        return Found::No;
    };
    let close = [&b"\"\"\""[..signs], &vec![b'#'; hashes]].concat();
    closed_by(spot, hashes - 1 + signs, &close)
}

/// `"""…"""` of C#, with three quotes or more.
pub(super) fn quote_run(spot: &Spot<'_>) -> Found {
    let quotes = spot.rest().iter().take_while(|&&b| b == b'"').count();
    closed_by(spot, quotes, &vec![b'"'; spot.open + quotes])
}

/// `[==[ … ]==]` of Lua; the rule opens at `[`.
pub(super) fn long_bracket(spot: &Spot<'_>) -> Found {
    match bracket(spot, 0) {
        Some(body) => closed_by(spot, body, &bracket_close(body)),
        None => Found::No,
    }
}

/// `--[==[ … ]==]` of Lua, `#[==[ … ]==]` of CMake; the rule opens with the comment's sign.
pub(super) fn bracket_comment(spot: &Spot<'_>) -> Found {
    if spot.byte(spot.open) != Some(b'[') {
        return Found::No;
    }
    let Some(body) = bracket(spot, 1) else {
        return Found::No;
    };
    let close = bracket_close(body - 1);
    let from = spot.at + spot.open + body;
    let (body_end, end) = find_close(spot.text, from, spot.end, &close)
        .map_or((spot.end, spot.end), |at| (at, at + close.len()));
    Found::Comment(block(spot.at, (from, body_end), end))
}

/// How far beyond the opening the body begins, `=`s and a `[` being between, from `ahead` on.
fn bracket(spot: &Spot<'_>, ahead: usize) -> Option<usize> {
    let rest = spot.rest().get(ahead..)?;
    let level = rest.iter().take_while(|&&b| b == b'=').count();
    (rest.get(level) == Some(&b'[')).then_some(ahead + level + 1)
}

fn bracket_close(body: usize) -> Vec<u8> {
    let mut close = vec![b'='; body + 1];
    close[0] = b']';
    close[body] = b']';
    close
}

fn closed_by(spot: &Spot<'_>, ahead: usize, close: &[u8]) -> Found {
    let from = (spot.at + spot.open + ahead).min(spot.end);
    Found::Literal(
        find_close(spot.text, from, spot.end, close).map_or(spot.end, |at| at + close.len()),
    )
}

/// `/…/` of JavaScript where an operand must follow.
pub(super) fn regex(spot: &Spot<'_>) -> Found {
    match spot.prev {
        Prev::Operator => slashes(spot),
        _ => Found::No,
    }
}

/// `/…/` of Ruby, Perl and the like, where a name may be a call: `split /x/` and not `a / x`.
pub(super) fn regex_or_argument(spot: &Spot<'_>) -> Found {
    let argument = spot.prev == Prev::Name
        && spot.before().is_none_or(is_blank)
        && spot
            .byte(1)
            .is_some_and(|b| !b.is_ascii_whitespace() && b != b'=');
    if spot.prev == Prev::Operator && spot.byte(1) == Some(b'/') {
        return Found::Literal(spot.at + 2);
    }
    match spot.prev {
        Prev::Operator => slashes(spot),
        Prev::Name if argument => slashes(spot),
        _ => Found::No,
    }
}

/// To the closing slash on this line, a class hiding slashes.
fn slashes(spot: &Spot<'_>) -> Found {
    let line = spot.rest_of_line();
    let mut in_class = false;
    let mut i = 0;
    while i < line.len() {
        match line[i] {
            b'\\' => i += 1,
            b'[' => in_class = true,
            b']' => in_class = false,
            b'/' if !in_class => return Found::Literal(spot.at + 1 + i + 1),
            _ => {}
        }
        i += 1;
    }
    Found::No
}

/// `"` of Vim: a comment where a line begins or no second quote follows, else a string.
pub(super) fn vim_quote(spot: &Spot<'_>) -> Found {
    let comment = || {
        let from = spot.at + 1;
        Found::Comment(line_token(spot.text, spot.at, from, spot.end, false, b""))
    };
    if spot.last_before().is_none() {
        return comment();
    }
    let line = spot.rest_of_line();
    let mut from = 0;
    while let Some(i) = memchr2(b'"', b'\\', &line[from.min(line.len())..]) {
        if line[from + i] == b'"' {
            return Found::Literal(spot.at + 1 + from + i + 1);
        }
        from += i + 2;
    }
    if spot.before().is_some_and(is_blank) {
        comment()
    } else {
        Found::No
    }
}

/// `$tag$ … $tag$` of PostgreSQL is left to be read as code, its `$` being none; what matters is
/// `E'it\'s'`, the one string of SQL with backslashes. The rule opens at the quote.
pub(super) fn sql_escaped(spot: &Spot<'_>) -> Found {
    if !matches!(spot.name_before(spot.at), b"e" | b"E") {
        return Found::No;
    }
    let rest = spot.rest();
    let mut from = 0;
    while let Some(i) = memchr2(b'\'', b'\\', &rest[from.min(rest.len())..]) {
        if rest[from + i] == b'\'' {
            return Found::Literal(spot.at + spot.open + from + i + 1);
        }
        from += i + 2;
    }
    Found::Literal(spot.end)
}

/// `\\ …` of Zig: a line of a string.
pub(super) fn string_line(spot: &Spot<'_>) -> Found {
    let rest = spot.rest();
    let end = memchr(b'\n', rest).unwrap_or(rest.len());
    Found::Literal(spot.at + spot.open + end)
}

/// `url(…)` of style sheets without quotes.
pub(super) fn address(spot: &Spot<'_>) -> Found {
    let rest = spot.rest();
    match rest[..rest.len().min(FAR)].trim_ascii_start().first() {
        Some(b'"' | b'\'') | None => Found::Code(spot.at + spot.open),
        _ => {
            let end = memchr2(b')', b'\n', rest).unwrap_or(rest.len());
            Found::Literal(spot.at + spot.open + end)
        }
    }
}

/// `~s(…)`, `~r/…/` of Elixir; the rule opens at `~`.
pub(super) fn sigil(spot: &Spot<'_>) -> Found {
    let rest = spot.rest();
    let letters = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let Some(&open) = rest.get(letters) else {
        return Found::No;
    };
    if letters == 0 || !matches!(open, b'(' | b'[' | b'{' | b'<' | b'/' | b'|' | b'"' | b'\'') {
        return Found::No;
    }
    let from = spot.at + 1 + letters;
    if rest[letters..].starts_with(&[open; 3]) && matches!(open, b'"' | b'\'') {
        let end = find_close(spot.text, from + 3, spot.end, &[open; 3]);
        return Found::Literal(end.map_or(spot.end, |at| at + 3));
    }
    match delimited(spot.text, from, spot.end) {
        Some(end) => Found::Literal(end),
        None => Found::No,
    }
}

/// How far a literal with brackets of its own choice is looked for over lines; what is longer is
/// read as code, so that a wrong guess costs no more.
const LONGEST: usize = 4096;

/// The end of a literal whose delimiter stands at `at`: brackets pair up and may go over lines,
/// other delimiters must close on their line.
pub(super) fn delimited(text: &[u8], at: usize, limit: usize) -> Option<usize> {
    let open = *text[..limit].get(at)?;
    let close = match open {
        b'(' => b')',
        b'[' => b']',
        b'{' => b'}',
        b'<' => b'>',
        other => other,
    };
    let mut depth = 0usize;
    let mut i = at;
    while i < limit.min(at + LONGEST) {
        let b = text[i];
        if b == b'\\' {
            i += 2;
            continue;
        }
        if b == b'\n' && open == close {
            return None;
        }
        if b == close && (open != close || i > at) {
            depth = depth.saturating_sub(1);
            if depth == 0 || open == close {
                return Some(i + 1);
            }
        } else if b == open {
            depth += 1;
        }
        i += 1;
    }
    None
}
