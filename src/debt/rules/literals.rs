//! Many words at once, searched for as they are.

use std::ops::Range;

use aho_corasick::{AhoCorasick, Input, MatchKind, packed};

use super::hashed::Hashed;

/// Words that are searched for as they are. A regex of so many would look with a machine of its own at each place
/// where one could begin.
#[derive(Debug)]
pub(super) enum Literals {
    /// Some bytes at a time, where the processor can and the words are few.
    Packed(packed::Searcher),
    Hashed(Hashed),
    Automaton(AhoCorasick),
}

/// More words are found faster by their hashes.
const FEW: usize = 32;

/// A word that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// Its number, by the order in which the words were named.
    pub(super) word: usize,
    /// Where it stands.
    pub(super) range: Range<usize>,
}

impl Literals {
    /// `None` for no words.
    pub(super) fn of(words: &[&str]) -> Option<Literals> {
        if words.is_empty() {
            return None;
        }
        let packed = || packed::Config::new().builder().extend(words).build();
        let few = (words.len() <= FEW).then(packed).flatten();
        let hashed = || Hashed::of(words).map(Literals::Hashed);
        let automaton = || {
            let mut builder = AhoCorasick::builder();
            let builder = builder.match_kind(MatchKind::LeftmostFirst);
            builder.build(words).ok().map(Literals::Automaton)
        };
        few.map(Literals::Packed).or_else(hashed).or_else(automaton)
    }

    /// Finds the first of the words that are in a range of a text; of those that begin there, the one that was
    /// named first.
    pub(super) fn find(&self, text: &[u8], range: Range<usize>) -> Option<Hit> {
        let hit = match self {
            Literals::Packed(searcher) => searcher.find_in(text, range.into())?,
            Literals::Automaton(automaton) => automaton.find(Input::new(text).range(range))?,
            Literals::Hashed(hashed) => {
                let (word, range) = hashed.find(text, range)?;
                return Some(Hit { word, range });
            }
        };
        Some(Hit {
            word: hit.pattern().as_usize(),
            range: hit.range(),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;
    use regex::bytes::Regex;

    use super::*;

    fn all(words: &[&str]) -> Vec<Literals> {
        let packed = packed::Config::new().builder().extend(words).build();
        let mut builder = AhoCorasick::builder();
        let builder = builder.match_kind(MatchKind::LeftmostFirst);
        let mut all = vec![
            Literals::of(words).unwrap(),
            Literals::Automaton(builder.build(words).unwrap()),
        ];
        all.extend(packed.map(Literals::Packed));
        all.extend(Hashed::of(words).map(Literals::Hashed));
        all
    }

    proptest! {
        #[test]
        fn words_are_found_where_a_regex_finds_them(
            words in prop::collection::vec("[abAB ]{3,6}|[abAB ]{1,6}", 1..80),
            least in 1..4_usize,
            text in "[abAB \n]{0,120}",
            from in any::<prop::sample::Index>(),
            to in any::<prop::sample::Index>(),
        ) {
            let words = words.iter().map(String::as_str);
            let words: Vec<&str> = words.filter(|word| word.len() >= least).collect();
            prop_assume!(!words.is_empty());
            let (from, to) = (from.index(text.len() + 1), to.index(text.len() + 1));
            let (from, to) = (from.min(to), from.max(to));
            let each: Vec<String> = words.iter().map(|word| format!("({word})")).collect();
            let regex = Regex::new(&each.join("|")).unwrap();
            let mut there = regex.capture_locations();
            let found = regex.captures_read_at(&mut there, &text.as_bytes()[..to], from);
            let found = found.map(|hit| hit.range());
            for literals in all(&words) {
                let hit = literals.find(text.as_bytes(), from..to);
                prop_assert_eq!(hit.as_ref().map(|hit| hit.range.clone()), found.clone());
                if let Some(hit) = hit {
                    let first = (0..words.len()).find(|word| there.get(word + 1).is_some());
                    prop_assert_eq!(words[hit.word], words[first.unwrap()]);
                }
            }
        }
    }

    #[test]
    fn words_that_begin_in_more_ways_than_there_are_groups_are_all_found() {
        let letters = "abcdefghijkl".chars();
        let words: Vec<String> = letters
            .clone()
            .flat_map(|one| letters.clone().map(move |two| (one, two)))
            .flat_map(|(one, two)| ['x', 'y', 'z'].map(|three| format!("{one}{two}{three}")))
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let hashed = Literals::Hashed(Hashed::of(&words).unwrap());
        for (word, text) in words.iter().enumerate() {
            let text = format!("   {text} ");
            let hit = hashed.find(text.as_bytes(), 0..text.len());
            assert_eq!(hit, Some(Hit { word, range: 3..6 }));
        }
    }
}
