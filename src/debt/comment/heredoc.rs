//! Texts that begin on the line after their sign: `<<EOF`.

use memchr::memchr;

use super::rule::{Found, Heredoc, Spot, is_blank, is_name};

/// `<<EOF`, `<<-EOF`, `<< 'EOF'`, `<<\EOF` of shells, and `<<-EOT` of HCL; not `<<<` and not the
/// shift of an arithmetic expression.
pub(super) fn shell(spot: &Spot<'_>) -> Found {
    if spot.byte(2) == Some(b'<') || spot.before() == Some(b'<') {
        return Found::No;
    }
    // `$(( a << b ))`: a doubled parenthesis still open on this line.
    let Some(line) = spot.line_before(spot.at) else {
        return Found::No;
    };
    let last = |pair: &[u8]| memchr::memmem::rfind(line, pair);
    if last(b"((") > last(b"))") {
        return Found::No;
    }
    let mut ahead = 2;
    let indented = spot.byte(ahead) == Some(b'-');
    ahead += usize::from(indented);
    while spot.byte(ahead).is_some_and(is_blank) {
        ahead += 1;
    }
    quoted_or_bare(spot, ahead, indented, true)
}

/// `<<~EOS`, `<<-EOS`, `<<EOS`, `<<"EOS"` of Ruby.
pub(super) fn ruby(spot: &Spot<'_>) -> Found {
    dashed(spot, |b| b.is_ascii_uppercase() || b == b'_')
}

/// `<<EOF`, `<<"EOF"`, `<<~EOF` of Perl.
pub(super) fn perl(spot: &Spot<'_>) -> Found {
    dashed(spot, |b| b.is_ascii_alphabetic() || b == b'_')
}

/// Names right after `<<` are shifts too; those that begin as `begins` says are taken for words
/// when no name or blank stands before them as it would before a shift's operand.
fn dashed(spot: &Spot<'_>, begins: fn(u8) -> bool) -> Found {
    let sign = spot.byte(2);
    let indented = matches!(sign, Some(b'-' | b'~'));
    let ahead = 2 + usize::from(indented);
    match spot.byte(ahead) {
        Some(b'"' | b'\'' | b'`') => quoted_or_bare(spot, ahead, indented, false),
        Some(b) if begins(b) && (indented || !spot.before().is_some_and(is_name)) => {
            quoted_or_bare(spot, ahead, indented, false)
        }
        _ => Found::No,
    }
}

/// `<<<EOT`, `<<<'EOT'`, `<<<"EOT"` of PHP.
pub(super) fn php(spot: &Spot<'_>) -> Found {
    let mut ahead = 3;
    while spot.byte(ahead).is_some_and(is_blank) {
        ahead += 1;
    }
    match quoted_or_bare(spot, ahead, true, false) {
        Found::Heredoc(heredoc, end) => Found::Heredoc(
            Heredoc {
                open_ended: true,
                ..heredoc
            },
            end,
        ),
        found => found,
    }
}

fn quoted_or_bare(spot: &Spot<'_>, ahead: usize, indented: bool, backslash: bool) -> Found {
    /// No closing word is longer.
    const LONGEST: usize = 200;
    let start = spot.at + ahead;
    let (word, end) = match spot.byte(ahead) {
        Some(quote @ (b'"' | b'\'' | b'`')) => {
            let rest = &spot.text[start + 1..spot.end];
            let rest = &rest[..rest.len().min(LONGEST)];
            let Some(len) = memchr::memchr2(quote, b'\n', rest) else {
                return Found::No;
            };
            if rest[len] == b'\n' {
                return Found::No;
            }
            ((start + 1, start + 1 + len), start + len + 2)
        }
        Some(b) => {
            let start = start + usize::from(backslash && b == b'\\');
            let name = |&b: &u8| is_name(b) || backslash && matches!(b, b'-' | b'.' | b'!' | b'+');
            let len = spot.text[start..spot.end]
                .iter()
                .take(LONGEST)
                .take_while(|b| name(b))
                .count();
            let digit = spot.text[start..spot.end]
                .first()
                .is_some_and(u8::is_ascii_digit);
            if len == 0 || digit {
                return Found::No;
            }
            ((start, start + len), start + len)
        }
        None => return Found::No,
    };
    Found::Heredoc(
        Heredoc {
            word,
            indented,
            open_ended: false,
        },
        end,
    )
}

/// Where the line after a heredoc's closing word begins, its body beginning at `from`.
pub(super) fn end(text: &[u8], from: usize, limit: usize, heredoc: Heredoc) -> usize {
    let word = &text[heredoc.word.0..heredoc.word.1];
    let mut at = from;
    while at < limit {
        let end = memchr(b'\n', &text[at..limit]).map_or(limit, |i| at + i);
        let line = text[at..end].strip_suffix(b"\r").unwrap_or(&text[at..end]);
        let line_stop = at + line.len();
        let line = if heredoc.indented {
            line.trim_ascii_start()
        } else {
            line
        };
        if let Some(more) = line.strip_prefix(word) {
            if heredoc.open_ended && !more.first().is_some_and(|&b| is_name(b)) {
                // `EOT);`: the rest of the line is code.
                return line_stop - more.len();
            }
            if more.is_empty() {
                return (end + 1).min(limit);
            }
        }
        at = end + 1;
    }
    limit
}
