//! Many words at once, searched for as they are.

use std::ops::Range;

use aho_corasick::{AhoCorasick, Input, Match, MatchKind, packed};

/// Words that are searched for as they are. A regex of so many would look with a machine of its own at each place
/// where one could begin.
#[derive(Debug)]
pub(super) enum Literals {
    /// Some bytes at a time, where the processor can and the words are not too many.
    Packed(packed::Searcher),
    Automaton(AhoCorasick),
}

impl Literals {
    /// `None` for no words.
    pub(super) fn of(words: &[&str]) -> Option<Literals> {
        if words.is_empty() {
            return None;
        }
        let packed = packed::Config::new().builder().extend(words).build();
        let automaton = || {
            let mut builder = AhoCorasick::builder();
            builder
                .match_kind(MatchKind::LeftmostFirst)
                .build(words)
                .ok()
        };
        packed
            .map(Literals::Packed)
            .or_else(|| automaton().map(Literals::Automaton))
    }

    /// Finds the first of the words that are in a range of a text; of those that begin there, the one that was
    /// named first.
    pub(super) fn find(&self, text: &[u8], range: Range<usize>) -> Option<Match> {
        match self {
            Literals::Packed(searcher) => searcher.find_in(text, range.into()),
            Literals::Automaton(automaton) => automaton.find(Input::new(text).range(range)),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;
    use regex::bytes::Regex;

    use super::*;

    fn automaton(words: &[&str]) -> Literals {
        let mut builder = AhoCorasick::builder();
        let builder = builder.match_kind(MatchKind::LeftmostFirst);
        Literals::Automaton(builder.build(words).unwrap())
    }

    proptest! {
        #[test]
        fn words_are_found_where_a_regex_finds_them(
            words in prop::collection::vec("[abAB ]{1,6}", 1..80),
            text in "[abAB \n]{0,120}",
            from in any::<prop::sample::Index>(),
            to in any::<prop::sample::Index>(),
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let (from, to) = (from.index(text.len() + 1), to.index(text.len() + 1));
            let (from, to) = (from.min(to), from.max(to));
            let regex = Regex::new(&words.join("|")).unwrap();
            let found = regex.find_at(&text.as_bytes()[..to], from);
            let found = found.map(|hit| hit.range());
            for literals in [Literals::of(&words).unwrap(), automaton(&words)] {
                let hit = literals.find(text.as_bytes(), from..to);
                prop_assert_eq!(hit.map(|hit| hit.range()), found.clone());
            }
        }
    }
}
