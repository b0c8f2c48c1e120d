//! Ruby's percent literals.

use super::literal::delimited;
use super::rule::{Found, Spot, is_blank};
use super::state::Prev;

/// `%w(…)`, `%q{…}`, `%(…)`; after an operand `%` divides unless it looks like an argument.
pub(super) fn percent(spot: &Spot<'_>) -> Found {
    let argument = spot.before().is_none_or(is_blank) && spot.byte(1) != Some(b' ');
    // A line does not begin with a division.
    let first = spot.last_before().is_none() && spot.byte(1) != Some(b' ');
    if !(spot.prev == Prev::Operator || spot.prev == Prev::Name && argument || first) {
        return Found::No;
    }
    let letter = spot.byte(1).is_some_and(|b| {
        matches!(
            b,
            b'w' | b'W' | b'i' | b'I' | b'q' | b'Q' | b'r' | b's' | b'x'
        )
    });
    let ahead = 1 + usize::from(letter);
    let stands = match spot.byte(ahead) {
        Some(b'(' | b'[' | b'{' | b'<') => true,
        Some(b'|' | b'!' | b'/' | b'^' | b'~' | b'@' | b'-') => letter,
        _ => false,
    };
    match delimited(spot.text, spot.at + ahead, spot.end) {
        Some(end) if stands => Found::Literal(end),
        _ => Found::No,
    }
}
