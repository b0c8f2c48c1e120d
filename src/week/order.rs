//! Places in a list, as texts: between any two there is room for another, so that moving one thing
//! writes one field (fractional indexing).

use super::id::Id;

/// The digits of a place. A place never ends in the first of them, so there is room before each.
const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

fn digit(byte: Option<&u8>) -> Option<usize> {
    let byte = byte?;
    DIGITS.iter().position(|known| known == byte)
}

/// A place between two others; `None` is the end of the list on that side. Where the two are not in
/// order, or are no places (a log can hold anything), a place after the first.
pub fn between(before: Option<&str>, after: Option<&str>) -> String {
    let before = before.unwrap_or_default().as_bytes();
    let after = after
        .filter(|after| after.as_bytes() > before)
        .map(str::as_bytes);
    let mut place = Vec::new();
    let mut upper = after;
    for index in 0.. {
        let low = digit(before.get(index));
        let high = upper.map(|after| digit(after.get(index)).unwrap_or(0));
        let floor = low.unwrap_or(0);
        let ceiling = high.unwrap_or(DIGITS.len());
        if ceiling > floor + 1 {
            // At the end of a list the next digit, not the middle: lists grow there.
            let middle = if upper.is_none() && low.is_some() {
                floor + 1
            } else {
                floor + (ceiling - floor) / 2
            };
            place.push(DIGITS[middle.min(DIGITS.len() - 1)]);
            break;
        }
        place.push(DIGITS[floor]);
        if high.is_some_and(|high| high > floor) {
            upper = None;
        }
        if index > before.len() + after.map_or(0, <[u8]>::len) {
            place.push(DIGITS[DIGITS.len() / 2]);
            break;
        }
    }
    String::from_utf8(place).unwrap_or_default()
}

/// Sorts by place, then by id.
pub(super) fn sort<T>(items: &mut [&T], key: impl Fn(&T) -> (&str, &Id)) {
    items.sort_by(|a, b| key(a).cmp(&key(b)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn there_is_always_room(moves in prop::collection::vec(0usize..1000, 1..200)) {
            let mut places: Vec<String> = Vec::new();
            for at in moves {
                let at = at % (places.len() + 1);
                let before = at.checked_sub(1).and_then(|at| places.get(at));
                let place = between(before.map(String::as_str), places.get(at).map(String::as_str));
                places.insert(at, place);
                prop_assert!(places.is_sorted_by(|a, b| a < b), "{places:?}");
                prop_assert!(places.iter().all(|place| !place.ends_with('0')), "{places:?}");
            }
        }

        #[test]
        fn any_texts_give_a_place(before in "\\PC{0,8}", after in "\\PC{0,8}") {
            prop_assert!(!between(Some(&before), Some(&after)).is_empty());
        }
    }

    #[test]
    fn a_list_that_grows_at_its_end_keeps_short_places() {
        let mut last = between(None, None);
        for _ in 0..100 {
            last = between(Some(&last), None);
        }
        assert!(last.len() < 12, "{last}");
    }
}
