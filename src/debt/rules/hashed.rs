//! Many words at once, told by a hash of their first three bytes.
//!
//! A search with vector instructions puts many words into a few groups, and nearly every place of a text may be one
//! where a word of some group begins. The bytes themselves tell much better: where 60 words are searched for in
//! source code, one place in 200 is looked at twice.

use std::ops::Range;

/// The bytes that tell words from each other: none is shorter.
pub(super) const SHORTEST: usize = 3;

/// Slots for the hashes, as a power of two: more tell better, and must all stay at hand.
const BITS: u32 = 15;
const SLOTS: usize = 1 << BITS;

/// So many places are looked at for one branch.
const AT_ONCE: usize = 8;

/// 2³² divided by the golden ratio.
const GOLDEN: u32 = 0x9e37_79b1;

/// Words of at least [`SHORTEST`] bytes.
#[derive(Debug)]
pub(super) struct Hashed {
    words: Vec<Box<[u8]>>,
    /// For each hash the group of the words that begin so; the first group is of none.
    slots: Box<[u8; SLOTS]>,
    /// The numbers of each group's words, ascending.
    groups: Vec<Vec<usize>>,
}

/// Hashes the first three of four bytes.
fn slot(four: [u8; 4]) -> usize {
    // Shifted out with the factor, the fourth changes nothing.
    (u32::from_le_bytes(four).wrapping_mul(GOLDEN << 8) >> (u32::BITS - BITS)) as usize
}

fn first_slot(bytes: &[u8]) -> Option<usize> {
    let [one, two, three] = *bytes.first_chunk()?;
    Some(slot([one, two, three, 0]))
}

impl Hashed {
    /// `None` where a word is too short.
    pub(super) fn of(words: &[&str]) -> Option<Hashed> {
        let mut slots = Box::new([0_u8; SLOTS]);
        let mut groups = vec![Vec::new()];
        for (number, word) in words.iter().enumerate() {
            let group = &mut slots[first_slot(word.as_bytes())?];
            if *group == 0 {
                // The last group takes all that have no other.
                if groups.len() <= usize::from(u8::MAX) {
                    groups.push(Vec::new());
                }
                *group = (groups.len() - 1) as u8;
            }
            groups[usize::from(*group)].push(number);
        }
        let words = words.iter().map(|word| Box::from(word.as_bytes()));
        Some(Hashed {
            words: words.collect(),
            slots,
            groups,
        })
    }

    /// Finds the first word in a range of a text, by its number and its place; of those that begin there, the one
    /// that was named first.
    pub(super) fn find(&self, text: &[u8], range: Range<usize>) -> Option<(usize, Range<usize>)> {
        let text = text.get(..range.end)?;
        let mut at = range.start;
        loop {
            at += AT_ONCE * self.bare(text.get(at..)?);
            let next = at + AT_ONCE;
            for at in at..next {
                let rest = text.get(at..)?;
                let group = self.slots[first_slot(rest)?];
                let mut words = self.groups[usize::from(group)].iter();
                if let Some(number) = words.find(|word| rest.starts_with(&self.words[**word])) {
                    return Some((*number, at..at + self.words[*number].len()));
                }
            }
            at = next;
        }
    }

    /// How many times [`AT_ONCE`] places come first where no word begins.
    fn bare(&self, text: &[u8]) -> usize {
        const READ: usize = AT_ONCE + SHORTEST;
        let bare = |places: &[u8; READ]| {
            let fours = (0..AT_ONCE).map(|at| {
                let four = [places[at], places[at + 1], places[at + 2], places[at + 3]];
                self.slots[slot(four)]
            });
            fours.fold(0, |groups, group| groups | group) == 0
        };
        let places = text.windows(READ).step_by(AT_ONCE);
        let places = places.filter_map(|places| places.first_chunk());
        places.take_while(|places| bare(places)).count()
    }
}
