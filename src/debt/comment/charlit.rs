//! Literals of one character, and the quotes that are none: lifetimes, primes, digit separators.

use super::rule::{Found, Spot, is_name};

/// `'x'`, `'\n'`, `'\u{1F600}'`; after a name or a number (`foldl'`, `X'First`) it is none, unless
/// the name is a prefix (`b'x'`).
pub(super) fn character(spot: &Spot<'_>) -> Found {
    if spot.before().is_some_and(|b| is_name(b) || b == b'\'') && !prefixed(spot) {
        return Found::No;
    }
    one(spot, 1)
}

/// The same for C, where `'abcd'` is one too and `1'000` is a number.
pub(super) fn c_character(spot: &Spot<'_>) -> Found {
    if spot.before().is_some_and(is_name) && !prefixed(spot) {
        return Found::No;
    }
    one(spot, 8)
}

/// The same for Julia and the like, where a quote after an operand transposes it.
pub(super) fn character_unless_transposed(spot: &Spot<'_>) -> Found {
    if spot
        .before()
        .is_some_and(|b| is_name(b) || matches!(b, b')' | b']' | b'}' | b'\'' | b'.'))
    {
        return Found::No;
    }
    one(spot, 1)
}

fn prefixed(spot: &Spot<'_>) -> bool {
    matches!(
        spot.name_before(spot.at),
        b"L" | b"u" | b"U" | b"u8" | b"b" | b"c"
    )
}

/// A quote, up to `most` characters of one line, a quote.
fn one(spot: &Spot<'_>, most: usize) -> Found {
    let mut ahead = 1;
    let mut count = 0;
    while let Some(b) = spot.byte(ahead) {
        match b {
            b'\n' => return Found::No,
            b'\'' if count > 0 => return Found::Literal(spot.at + ahead + 1),
            b'\'' => return Found::No,
            b'\\' if count == 0 || most > 1 => {
                ahead += 2;
                // The digits of an escape belong to its character.
                let digits =
                    |b: u8| b.is_ascii_hexdigit() || matches!(b, b'{' | b'}' | b'u' | b'^');
                let most_digits = ahead + 12;
                while ahead < most_digits && spot.byte(ahead).is_some_and(digits) {
                    ahead += 1;
                }
            }
            // The bytes of a character beyond ASCII go together.
            0xc0.. => {
                ahead += 1;
                while spot.byte(ahead).is_some_and(|b| b & 0xc0 == 0x80) {
                    ahead += 1;
                }
            }
            _ => ahead += 1,
        }
        count += 1;
        if count > most {
            return Found::No;
        }
    }
    Found::No
}

/// `$x`, `$\n` and `$"` of Erlang.
pub(super) fn dollar(spot: &Spot<'_>) -> Found {
    after_sign(spot, true)
}

/// `?x`, `?\n` and `?#` of Ruby, Elixir and Emacs Lisp, where no name stands before or after.
pub(super) fn question(spot: &Spot<'_>) -> Found {
    if spot
        .before()
        .is_some_and(|b| is_name(b) || matches!(b, b')' | b']' | b'}'))
    {
        return Found::No;
    }
    match (spot.byte(1), spot.byte(2)) {
        (Some(b'\\'), Some(_)) => Found::Literal(spot.at + 3),
        (Some(b), next)
            if !(b.is_ascii_whitespace() || is_name(b) && next.is_some_and(is_name)) =>
        {
            Found::Literal(spot.at + 2)
        }
        _ => Found::No,
    }
}

/// `#\x` of Lisp and `\x` of Clojure: the sign and the byte after it.
pub(super) fn named(spot: &Spot<'_>) -> Found {
    match spot.byte(spot.open) {
        Some(b) if b != b'\n' => Found::Literal(spot.at + spot.open + 1),
        _ => Found::No,
    }
}

fn after_sign(spot: &Spot<'_>, escapes: bool) -> Found {
    match (spot.byte(1), spot.byte(2)) {
        (Some(b'\\'), Some(b)) if escapes && b != b'\n' => Found::Literal(spot.at + 3),
        (Some(b), _) if b != b'\n' => Found::Literal(spot.at + 2),
        _ => Found::No,
    }
}

/// `0'x` of Prolog.
pub(super) fn prolog(spot: &Spot<'_>) -> Found {
    if spot.before().is_some_and(is_name) {
        return Found::No;
    }
    match (spot.byte(2), spot.byte(3)) {
        (Some(b'\\' | b'\''), Some(b)) if b != b'\n' => Found::Literal(spot.at + 4),
        (Some(b), _) if b != b'\n' => Found::Literal(spot.at + 3),
        _ => Found::No,
    }
}
