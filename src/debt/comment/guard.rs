//! Where a sign counts as one.

use super::rule::{Spot, is_blank, is_name};

/// Only blanks before it on its line.
pub(super) fn first_on_line(spot: &Spot<'_>) -> bool {
    spot.last_before().is_none()
}

/// In the first column.
pub(super) fn first_column(spot: &Spot<'_>) -> bool {
    spot.before().is_none()
}

/// In the first column, or in the seventh of a line with a number.
pub(super) fn cobol_column(spot: &Spot<'_>) -> bool {
    spot.before().is_none()
        || spot.at >= 6 && {
            let start = spot.at - 6;
            spot.before_at(start).is_none() && !spot.text[start..spot.at].contains(&b'\n')
        }
}

/// After a blank or at the line's start.
pub(super) fn after_blank(spot: &Spot<'_>) -> bool {
    spot.before().is_none_or(is_blank)
}

/// Where a word of a shell begins.
pub(super) fn word_start(spot: &Spot<'_>) -> bool {
    spot.before().is_none_or(|b| {
        is_blank(b) || matches!(b, b';' | b'&' | b'|' | b'(' | b')' | b'`' | b'<' | b'>')
    })
}

/// The same in a makefile, where a command may begin with `@` or `-`.
pub(super) fn recipe_word(spot: &Spot<'_>) -> bool {
    word_start(spot)
        || matches!(spot.before(), Some(b'@' | b'-'))
            && spot.before_at(spot.at - 1).is_none_or(|b| b == b'\t')
}

/// Not in the middle of a name.
pub(super) fn fresh(spot: &Spot<'_>) -> bool {
    spot.before().is_none_or(|b| !is_name(b))
}

/// A comment sign made of letters, as a word of its own.
pub(super) fn whole_word(spot: &Spot<'_>) -> bool {
    fresh(spot) && spot.byte(spot.open).is_none_or(|b| !is_name(b))
}

/// A word that begins a command of a batch file.
pub(super) fn batch_command(spot: &Spot<'_>) -> bool {
    whole_word(spot)
        && spot
            .last_before()
            .is_none_or(|(_, b)| matches!(b, b'@' | b'&' | b'(' | b'|' | b')'))
}

/// Right after a name: `s"…"` of Scala.
pub(super) fn after_name(spot: &Spot<'_>) -> bool {
    spot.before().is_some_and(is_name)
}

/// `//` outside the `http://` of an unquoted address.
pub(super) fn not_after_colon(spot: &Spot<'_>) -> bool {
    spot.before() != Some(b':')
}

/// Not after `$` (`$#array`) or a backslash.
pub(super) fn not_after_dollar(spot: &Spot<'_>) -> bool {
    !matches!(spot.before(), Some(b'$' | b'\\'))
}

/// `#` of PHP, where `#[` is an attribute.
pub(super) fn not_before_bracket(spot: &Spot<'_>) -> bool {
    spot.byte(spot.open) != Some(b'[')
}

/// Where a scalar of YAML begins: only there a quote is one.
pub(super) fn scalar_start(spot: &Spot<'_>) -> bool {
    match spot.last_before() {
        None => true,
        Some((_, b'[' | b'{')) => true,
        Some((at, b':' | b'-' | b'?' | b',' | b'=')) => at + 1 < spot.at,
        // After a tag or an anchor.
        Some((at, _)) => {
            let word = &spot.text[at.saturating_sub(64)..=at];
            let blank = word.iter().rposition(|b| b.is_ascii_whitespace());
            blank.is_some_and(|i| matches!(word.get(i + 1), Some(b'!' | b'&')))
        }
    }
}

/// Where a word of Tcl begins: only there a quote is one.
pub(super) fn tcl_word(spot: &Spot<'_>) -> bool {
    spot.before()
        .is_none_or(|b| is_blank(b) || matches!(b, b'[' | b'(' | b';'))
}

/// Where a command of Tcl begins.
pub(super) fn tcl_command(spot: &Spot<'_>) -> bool {
    spot.last_before()
        .is_none_or(|(at, b)| b == b';' || b == b'{' && at + 1 < spot.at)
}

/// `--` of Haskell, unless it is part of an operator such as `-->` or `|--`.
pub(super) fn not_operator(spot: &Spot<'_>) -> bool {
    let symbol = |b: u8| {
        matches!(
            b,
            b'!' | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'*'
                | b'+'
                | b'.'
                | b'/'
                | b'<'
                | b'='
                | b'>'
                | b'?'
                | b'@'
                | b'\\'
                | b'^'
                | b'|'
                | b'~'
                | b':'
        )
    };
    let after = spot.rest().iter().find(|&&b| b != b'-');
    !after.is_some_and(|&b| symbol(b)) && !spot.before().is_some_and(symbol)
}

/// `(*` of F#, where `(*)` is an operator.
pub(super) fn not_star_operator(spot: &Spot<'_>) -> bool {
    spot.byte(2) != Some(b')')
}

/// `#` of an assembler: not a directive of the C preprocessor, not an immediate operand.
pub(super) fn assembler_hash(spot: &Spot<'_>) -> bool {
    const DIRECTIVES: [&[u8]; 14] = [
        b"if",
        b"ifdef",
        b"ifndef",
        b"include",
        b"define",
        b"else",
        b"elif",
        b"endif",
        b"undef",
        b"error",
        b"warning",
        b"pragma",
        b"line",
        b"include_next",
    ];
    let rest = spot.rest_of_line().trim_ascii_start();
    if first_on_line(spot) {
        let word = rest.iter().position(|&b| !is_name(b)).unwrap_or(rest.len());
        return !DIRECTIVES.contains(&&rest[..word]);
    }
    after_blank(spot)
        && spot
            .byte(1)
            .is_none_or(|b| b.is_ascii_whitespace() || b == b'#')
}

/// A sign between blanks.
pub(super) fn between_blanks(spot: &Spot<'_>) -> bool {
    after_blank(spot) && spot.byte(spot.open).is_none_or(|b| b.is_ascii_whitespace())
}

/// Words after which an operand follows, of all the languages that ask.
pub(super) fn is_keyword(name: &[u8]) -> bool {
    matches!(
        name,
        b"return"
            | b"typeof"
            | b"case"
            | b"in"
            | b"of"
            | b"delete"
            | b"void"
            | b"throw"
            | b"new"
            | b"else"
            | b"do"
            | b"instanceof"
            | b"yield"
            | b"await"
            | b"default"
            | b"extends"
            | b"if"
            | b"elsif"
            | b"unless"
            | b"while"
            | b"until"
            | b"and"
            | b"or"
            | b"not"
            | b"when"
            | b"then"
            | b"begin"
            | b"split"
            | b"grep"
            | b"map"
            | b"x"
            | b"lt"
            | b"gt"
            | b"le"
            | b"ge"
            | b"eq"
            | b"ne"
            | b"cmp"
            | b"print"
            | b"push"
            | b"join"
            | b"puts"
            | b"is"
            | b"isnt"
    )
}
