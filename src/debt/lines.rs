//! Lines of two versions of a text, compared without the white space at their ends.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

/// Splits a text into lines without their ends (`\n`, `\r\n`); a last line without an end counts.
pub fn split(text: &[u8]) -> Vec<&[u8]> {
    let mut lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    if lines.last().is_some_and(|last| last.is_empty()) {
        lines.pop();
    }
    lines
}

/// A run of lines that was replaced; both ranges count lines from 0 and either may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// The lines of the old version.
    pub old: Range<u32>,
    /// The lines of the new version.
    pub new: Range<u32>,
}

/// From so many lines of both versions together on they are compared by Myers' method, which gives up
/// early where little is common: the histogram one goes through all that is left for each piece of it,
/// and so takes the square of the lines where every second one changed.
const LARGE: usize = 40_000;

/// What changed between two versions, with reindented lines taken as unchanged.
#[derive(Clone, Debug, Default)]
pub struct Changed {
    hunks: Vec<Hunk>,
}

impl Changed {
    /// Compares two lists of lines, by the histogram method unless they are very long.
    pub fn between<'a>(
        old: impl IntoIterator<Item = &'a [u8]>,
        new: impl IntoIterator<Item = &'a [u8]>,
    ) -> Changed {
        let mut input: InternedInput<&[u8]> = InternedInput::default();
        input.update_before(old.into_iter().map(<[u8]>::trim_ascii));
        input.update_after(new.into_iter().map(<[u8]>::trim_ascii));
        let algorithm = match input.before.len() + input.after.len() {
            ..LARGE => Algorithm::Histogram,
            _ => Algorithm::Myers,
        };
        let diff = Diff::compute(algorithm, &input);
        let hunks = diff.hunks().map(|hunk| Hunk {
            old: hunk.before,
            new: hunk.after,
        });
        Changed {
            hunks: hunks.collect(),
        }
    }

    /// Returns the changed runs, from first to last.
    pub fn hunks(&self) -> &[Hunk] {
        &self.hunks
    }

    /// Returns where the old line `line` is in the new version, `None` where it changed.
    pub fn new_of(&self, line: u32) -> Option<u32> {
        let before = self.hunks.partition_point(|hunk| hunk.old.end <= line);
        match self.hunks.get(before) {
            Some(hunk) if hunk.old.contains(&line) => None,
            _ => {
                let (old, new) = before
                    .checked_sub(1)
                    .map_or((0, 0), |i| (self.hunks[i].old.end, self.hunks[i].new.end));
                Some(line - old + new)
            }
        }
    }

    /// Returns the number of the hunk that the old line `line` is in.
    pub fn hunk_of_old(&self, line: u32) -> Option<usize> {
        let at = self.hunks.partition_point(|hunk| hunk.old.end <= line);
        self.hunks
            .get(at)
            .is_some_and(|h| h.old.contains(&line))
            .then_some(at)
    }

    /// Returns the number of the hunk that the new line `line` is in.
    pub fn hunk_of_new(&self, line: u32) -> Option<usize> {
        let at = self.hunks.partition_point(|hunk| hunk.new.end <= line);
        self.hunks
            .get(at)
            .is_some_and(|h| h.new.contains(&line))
            .then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn changed(old: &str, new: &str) -> Changed {
        Changed::between(split(old.as_bytes()), split(new.as_bytes()))
    }

    #[test]
    fn a_line_is_found_again_below_new_ones() {
        let changed = changed("a\nb\nc\n", "x\ny\na\nc\n");
        assert_eq!(changed.new_of(0), Some(2));
        assert_eq!(changed.new_of(1), None);
        assert_eq!(changed.new_of(2), Some(3));
    }

    #[test]
    fn reindenting_and_line_ends_change_nothing() {
        assert_eq!(changed("a\n  b\n", "\ta\r\nb\r\n").hunks(), &[] as &[Hunk]);
    }

    proptest! {
        #[test]
        fn unchanged_lines_are_equal_lines(
            old in proptest::collection::vec("[abc]{0,2}", 0..30),
            new in proptest::collection::vec("[abc]{0,2}", 0..30),
        ) {
            let bytes = |lines: &'_ [String]| lines.iter().map(|l| l.clone().into_bytes()).collect::<Vec<_>>();
            let (old, new) = (bytes(&old), bytes(&new));
            let changed = Changed::between(old.iter().map(|l| &l[..]), new.iter().map(|l| &l[..]));
            let mut last = None;
            for (line, text) in old.iter().enumerate() {
                let there = changed.new_of(line as u32);
                prop_assert_eq!(there.is_none(), changed.hunk_of_old(line as u32).is_some());
                if let Some(there) = there {
                    prop_assert_eq!(text, &new[there as usize]);
                    prop_assert!(last < Some(there));
                    last = Some(there);
                }
            }
        }
    }
}
