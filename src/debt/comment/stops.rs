//! The bytes that tell a lexer something, and the way from one to the next.

use memchr::memchr3;

/// So few bytes are searched for with vector instructions.
const FEW: usize = 3;

/// A set of bytes to stop at.
#[derive(Debug)]
pub(super) struct Stops {
    /// Not 0 for each of them.
    marks: [u8; 256],
    /// All of them, where they are few but not none.
    few: Option<[u8; FEW]>,
}

impl Stops {
    /// Takes the bytes that are marked with other than 0.
    pub(super) const fn of(marks: [u8; 256]) -> Stops {
        let mut few = [0; FEW];
        let (mut count, mut byte) = (0, 256);
        while byte > 0 {
            byte -= 1;
            if marks[byte] != 0 {
                if count < FEW {
                    few[count] = byte as u8;
                }
                count += 1;
            }
        }
        let mut more = count;
        while more > 0 && more < FEW {
            few[more] = few[0];
            more += 1;
        }
        Stops {
            marks,
            few: if more == FEW { Some(few) } else { None },
        }
    }

    /// The first place from `from` on, up to `end`, whose byte is one of them; else `end`.
    #[inline]
    pub(super) fn next(&self, text: &[u8], from: usize, end: usize) -> usize {
        let Some(rest) = text.get(from..end) else {
            return end;
        };
        if let Some([one, two, three]) = self.few {
            return memchr3(one, two, three, rest).map_or(end, |at| from + at);
        }
        let marked = |byte: &u8| self.marks[usize::from(*byte)];
        let mut at = from;
        // Eight look-ups for one branch.
        for eight in rest.chunks_exact(8) {
            if eight.iter().fold(0, |marks, byte| marks | marked(byte)) != 0 {
                break;
            }
            at += 8;
        }
        let there = &text[at..end];
        let next = there.iter().position(|byte| marked(byte) != 0);
        at + next.unwrap_or(there.len())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_of_the_bytes_is_found(
            bytes in prop::collection::btree_set(prop_oneof![b'a'..b'h', any::<u8>()], 0..7),
            text in prop::collection::vec(prop_oneof![9 => Just(b' '), 1 => b'a'..b'h', 1 => any::<u8>()], 0..90),
            from in 0..95_usize,
            end in 0..95_usize,
        ) {
            let mut marks = [0; 256];
            for byte in &bytes {
                marks[usize::from(*byte)] = 1;
            }
            let end = end.min(text.len());
            let first = (from..end).find(|at| bytes.contains(&text[*at]));
            prop_assert_eq!(Stops::of(marks).next(&text, from, end), first.unwrap_or(end));
        }
    }
}
