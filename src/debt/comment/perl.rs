//! Perl's quote-like operators and its documentation.

use super::literal::delimited;
use super::rule::{Found, Spot, block, is_name};
use super::span::line_token;

/// `q{}`, `qq{}`, `qw{}`, `qr{}`, `qx{}`, `m{}`, `s{}{}`, `tr{}{}`, `y{}{}`; the rule opens at the
/// operator's first letter.
pub(super) fn quote_like(spot: &Spot<'_>) -> Found {
    if spot
        .before()
        .is_some_and(|b| is_name(b) || matches!(b, b'$' | b'@' | b'%' | b'&' | b'-' | b'\\'))
    {
        return Found::No;
    }
    let rest = &spot.text[spot.at..spot.end];
    let len = rest.iter().take(3).take_while(|&&b| is_name(b)).count();
    let parts = match &rest[..len] {
        b"q" | b"qq" | b"qw" | b"qr" | b"qx" | b"m" => 1,
        b"s" | b"tr" | b"y" => 2,
        _ => return Found::No,
    };
    // A method, a key or a sub may have such a name.
    let before = spot.last_before();
    if before.is_some_and(|(at, b)| b == b'>' && at > 0 && spot.text[at - 1] == b'-') {
        return Found::No;
    }
    if let Some((at, b)) = before
        && is_name(b)
        && matches!(spot.name_before(at + 1), b"sub" | b"package")
    {
        return Found::No;
    }
    let blanks = rest[len..].iter().take_while(|&&b| b == b' ').count();
    let at = spot.at + len + blanks;
    let Some(&open) = spot.text[..spot.end].get(at) else {
        return Found::No;
    };
    let pairs = matches!(open, b'(' | b'[' | b'{' | b'<');
    let stands = match open {
        b'#' => blanks == 0,
        b'=' | b',' | b';' | b')' | b'}' | b']' | b'>' | b'\\' | b'$' => false,
        b'-' | b'+' | b'*' | b'.' | b'?' | b':' | b'&' | b'<' => blanks == 0 && open != b'-',
        b'"' | b'\'' | b'/' | b'|' | b'!' | b'~' | b'^' | b'@' | b'%' | b'`' => true,
        _ => pairs,
    };
    if !stands {
        return Found::No;
    }
    let Some(mut end) = delimited(spot.text, at, spot.end) else {
        return Found::No;
    };
    if parts == 2 {
        let next = if pairs {
            let gap = spot.text[end..spot.end].iter().take(256);
            end + gap.take_while(|b| b.is_ascii_whitespace()).count()
        } else {
            end - 1
        };
        match delimited(spot.text, next, spot.end) {
            // With `/e` the second part is code, comments and all.
            Some(past) if pairs && has_flag(spot, past, b'e') => {}
            Some(past) => end = past,
            None if pairs => {}
            None => return Found::No,
        }
    }
    Found::Literal(end)
}

fn has_flag(spot: &Spot<'_>, at: usize, flag: u8) -> bool {
    spot.text[at..spot.end]
        .iter()
        .take(8)
        .take_while(|&&b| is_name(b))
        .any(|&b| b == flag)
}

/// `=pod`, `=head1` … to the line after `=cut`; the rule opens at a `=` in the first column.
pub(super) fn pod(spot: &Spot<'_>) -> Found {
    if !spot.byte(1).is_some_and(|b| b.is_ascii_alphabetic()) {
        return Found::No;
    }
    section(spot, b"=cut")
}

/// `=begin` to the line of `=end`, both in the first column.
pub(super) fn begin_end(spot: &Spot<'_>) -> Found {
    if spot
        .byte(spot.open)
        .is_some_and(|b| !b.is_ascii_whitespace())
    {
        return Found::No;
    }
    section(spot, b"=end")
}

/// A comment up to the end of the line that begins with `close`.
fn section(spot: &Spot<'_>, close: &[u8]) -> Found {
    let mut from = spot.at;
    loop {
        let rest = &spot.text[from..spot.end];
        let Some(i) = memchr::memmem::find(rest, b"\n=") else {
            return Found::Comment(block(spot.at, (spot.at, spot.end), spot.end));
        };
        let at = from + i + 1;
        let there = &spot.text[at..spot.end];
        if there.starts_with(close) && !there.get(close.len()).is_some_and(|&b| is_name(b)) {
            let line = line_token(spot.text, at, at, spot.end, false, b"");
            return Found::Comment(block(spot.at, (spot.at, at), line.end));
        }
        from = at;
    }
}
