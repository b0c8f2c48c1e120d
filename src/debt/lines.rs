//! Lines of two versions of a text, compared without the white space at their ends.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

/// Splits a text into lines without their ends (`\n`, `\r\n`); a last line without an end counts.
pub fn split(text: &[u8]) -> Vec<&[u8]> {
    let mut lines = Vec::new();
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text) {
        lines.push(&text[start..end]);
        start = end + 1;
    }
    if start < text.len() {
        lines.push(&text[start..]);
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
        let old: Vec<&[u8]> = old.into_iter().map(<[u8]>::trim_ascii).collect();
        let new: Vec<&[u8]> = new.into_iter().map(<[u8]>::trim_ascii).collect();
        let start = alike(old.iter().zip(&new));
        let (old, new) = (&old[start..], &new[start..]);
        let end = alike(old.iter().rev().zip(new.iter().rev()));
        let mut input: InternedInput<&[u8]> = InternedInput::default();
        input.update_before(old[..old.len() - end].iter().copied());
        input.update_after(new[..new.len() - end].iter().copied());
        let algorithm = match input.before.len() + input.after.len() {
            ..LARGE => Algorithm::Histogram,
            _ => Algorithm::Myers,
        };
        let diff = Diff::compute(algorithm, &input);
        let before = start as u32;
        let behind = |lines: Range<u32>| lines.start + before..lines.end + before;
        let hunks = diff.hunks().map(|hunk| Hunk {
            old: behind(hunk.before),
            new: behind(hunk.after),
        });
        Changed {
            hunks: hunks.collect(),
        }
    }

    /// Compares two texts line by line. Equal to [`Changed::between`] of their lines, and costs what
    /// lies between the first and the last change.
    pub fn of_texts(old: &[u8], new: &[u8]) -> Changed {
        let (mut one, mut two) = (old, new);
        let mut before = skip_alike(&mut one, &mut two);
        // Lines that differ in white space belong to the common start too.
        while let Some((first, second)) = first_line(one).zip(first_line(two))
            && first.trim_ascii() == second.trim_ascii()
        {
            (one, two) = (&one[first.len()..], &two[second.len()..]);
            before += 1 + skip_alike(&mut one, &mut two);
        }
        let end = common_end_lines(one, two);
        let mut changed = Changed::between(
            split(&one[..one.len() - end]),
            split(&two[..two.len() - end]),
        );
        for hunk in &mut changed.hunks {
            for lines in [&mut hunk.old, &mut hunk.new] {
                *lines = lines.start + before..lines.end + before;
            }
        }
        changed
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

/// How many pairs of lines come first that are alike.
fn alike<'a>(pairs: impl Iterator<Item = (&'a &'a [u8], &'a &'a [u8])>) -> usize {
    pairs.take_while(|(one, two)| one == two).count()
}

/// Bytes that are compared at once: many as long as they are alike, then fewer.
const CHUNKS: [usize; 3] = [4_096, 512, 64];

/// How many bytes two texts begin with alike.
pub(super) fn common_start(one: &[u8], two: &[u8]) -> usize {
    let most = one.len().min(two.len());
    let (one, two) = (&one[..most], &two[..most]);
    let alike = CHUNKS.iter().fold(0, |alike, size| {
        let chunks = one[alike..].chunks_exact(*size);
        let chunks = chunks.zip(two[alike..].chunks_exact(*size));
        alike + chunks.take_while(|(one, two)| one == two).count() * size
    });
    let rest = one[alike..].iter().zip(&two[alike..]);
    alike + rest.take_while(|(one, two)| one == two).count()
}

/// How many bytes two texts end with alike.
pub(super) fn common_end(one: &[u8], two: &[u8]) -> usize {
    let most = one.len().min(two.len());
    let (one, two) = (&one[one.len() - most..], &two[two.len() - most..]);
    let alike = CHUNKS.iter().fold(0, |alike, size| {
        let chunks = one[..most - alike].rchunks_exact(*size);
        let chunks = chunks.zip(two[..most - alike].rchunks_exact(*size));
        alike + chunks.take_while(|(one, two)| one == two).count() * size
    });
    let rest = one[..most - alike].iter().rev();
    let rest = rest.zip(two[..most - alike].iter().rev());
    alike + rest.take_while(|(one, two)| one == two).count()
}

/// Takes the whole lines that two texts begin with alike off both, and returns how many they are.
fn skip_alike(one: &mut &[u8], two: &mut &[u8]) -> u32 {
    let alike = common_start(one, two);
    let lines = memchr::memrchr(b'\n', &one[..alike]).map_or(0, |end| end + 1);
    let count = memchr::memchr_iter(b'\n', &one[..lines]).count();
    (*one, *two) = (&one[lines..], &two[lines..]);
    count as u32
}

/// The first line of a text with its end, if it has one; `None` of an empty text.
fn first_line(text: &[u8]) -> Option<&[u8]> {
    let end = memchr::memchr(b'\n', text).map_or(text.len(), |end| end + 1);
    (end > 0).then(|| &text[..end])
}

/// How many bytes of whole lines two texts, which begin a line, end with alike.
fn common_end_lines(one: &[u8], two: &[u8]) -> usize {
    let alike = common_end(one, two);
    let begins_line = |text: &[u8]| text.len() == alike || text[text.len() - alike - 1] == b'\n';
    if begins_line(one) && begins_line(two) {
        return alike;
    }
    let tail = &one[one.len() - alike..];
    memchr::memchr(b'\n', tail).map_or(0, |end| tail.len() - end - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn changed(old: &str, new: &str) -> Changed {
        Changed::between(split(old.as_bytes()), split(new.as_bytes()))
    }

    /// What the library makes of all lines.
    fn of_all_lines(old: &str, new: &str) -> Vec<Hunk> {
        let mut input: InternedInput<&[u8]> = InternedInput::default();
        input.update_before(split(old.as_bytes()).into_iter().map(<[u8]>::trim_ascii));
        input.update_after(split(new.as_bytes()).into_iter().map(<[u8]>::trim_ascii));
        let diff = Diff::compute(Algorithm::Histogram, &input);
        let hunk = |hunk: imara_diff::Hunk| Hunk {
            old: hunk.before,
            new: hunk.after,
        };
        diff.hunks().map(hunk).collect()
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
        fn texts_compare_as_their_lines_do(
            start in "([ab]{0,1} ?\n){0,70}",
            old in "([abc]{0,2}\r?\n){0,9}[abc]{0,2}",
            new in "([abc]{0,2}\r?\n){0,9}[abc]{0,2}",
            end in "([abc]{0,2}\n){0,70}[abc]{0,2}",
        ) {
            let (old, new) = (format!("{start}{old}{end}"), format!("{start}{new}{end}"));
            // Now and then a text is the start of the other.
            let new = if end.len() % 5 == 0 { format!("{old}\n{new}") } else { new };
            let texts = Changed::of_texts(old.as_bytes(), new.as_bytes());
            let lines = changed(&old, &new);
            prop_assert_eq!(texts.hunks(), lines.hunks());
            prop_assert_eq!(lines.hunks(), of_all_lines(&old, &new));
        }

        #[test]
        fn long_texts_are_alike_as_far_as_their_bytes_are(
            length in 0..10_000_usize,
            longer in 0..5_000_usize,
            at in any::<prop::sample::Index>(),
            differs in any::<bool>(),
        ) {
            let one: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let mut two = one.clone();
            if differs && length > 0 {
                two[at.index(length)] ^= 1;
            }
            let mut shorter = two.clone();
            two.extend(vec![7; longer]);
            let naive = one.iter().zip(&two).take_while(|(one, two)| one == two).count();
            prop_assert_eq!(common_start(&one, &two), naive);
            prop_assert_eq!(common_start(&two, &one), naive);
            shorter.splice(0..0, vec![7; longer]);
            let ends = one.iter().rev().zip(shorter.iter().rev());
            let naive = ends.take_while(|(one, two)| one == two).count();
            prop_assert_eq!(common_end(&one, &shorter), naive);
            prop_assert_eq!(common_end(&shorter, &one), naive);
        }

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
