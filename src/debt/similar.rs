//! How alike two texts of markers are, and two files.

use strsim::sorensen_dice;
use xxhash_rust::xxh3::xxh3_64;

use super::lines;

/// From here on two wordings in the same place are one item that was edited. Chosen so that added
/// or changed words keep an item and a new subject does not.
pub(super) const EDITED: f64 = 0.5;

/// From here on a file that went and one that came are one file that was renamed: git's own limit.
pub(super) const RENAMED: f64 = 0.5;

/// Texts longer than this are compared by their beginning: nobody rewrites the end alone.
const COMPARED: usize = 400;

/// Returns how alike two wordings are, from 0 to 1: the pairs of letters they share, or, where one
/// has at least three words, the share of its words that the other has too.
pub(super) fn wording(one: &str, two: &str) -> f64 {
    let cut = |text: &str| {
        text.chars()
            .take(COMPARED)
            .collect::<String>()
            .to_lowercase()
    };
    let (one, two) = (cut(one), cut(two));
    if one == two {
        return 1.0;
    }
    let words = |text: &'_ str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 2)
            .map(str::to_owned)
            .collect()
    };
    let (mut few, many) = (words(&one), words(&two));
    let many = if few.len() > many.len() {
        std::mem::replace(&mut few, many)
    } else {
        many
    };
    let kept = few.iter().filter(|word| many.contains(word)).count();
    let contained = if few.len() >= 3 {
        0.9 * kept as f64 / few.len() as f64
    } else {
        0.0
    };
    contained.max(sorensen_dice(&one, &two))
}

/// The lines of a file as a bag of hashes, for comparing many files with many.
#[derive(Debug)]
pub(super) struct Outline {
    /// For each line how often it is there, sorted.
    lines: Vec<(u64, u32)>,
    total: u32,
}

impl Outline {
    /// Counts the lines of a text that hold a letter or a digit, white space at their ends apart.
    pub(super) fn of(text: &[u8]) -> Outline {
        let told = |line: &&[u8]| line.iter().any(u8::is_ascii_alphanumeric);
        let lines = lines::split(text).into_iter().filter(told);
        let mut hashes: Vec<u64> = lines.map(|line| xxh3_64(line.trim_ascii())).collect();
        hashes.sort_unstable();
        let counted = hashes.chunk_by(|one, two| one == two);
        Outline {
            lines: counted
                .map(|alike| (alike[0], alike.len() as u32))
                .collect(),
            total: hashes.len() as u32,
        }
    }

    /// Returns the share of the longer file's lines that both have, from 0 to 1.
    pub(super) fn likeness(&self, other: &Outline) -> f64 {
        let longer = self.total.max(other.total);
        if longer == 0 || self.total.min(other.total) * 2 < longer {
            return 0.0;
        }
        let (mut common, mut at) = (0, 0);
        for (line, count) in &self.lines {
            while other.lines.get(at).is_some_and(|(there, _)| there < line) {
                at += 1;
            }
            common += match other.lines.get(at) {
                Some((there, twin)) if there == line => *twin.min(count),
                _ => 0,
            };
        }
        f64::from(common) / f64::from(longer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reworded_text_is_alike_and_a_new_subject_is_not() {
        for (one, two) in [
            ("handle errors", "handle errors and timeouts properly"),
            ("amount is a float", "amount is a float, should be cents"),
            ("retries never back off", "retries should back off"),
            ("remove this in 2.0", "remove this in 3.0"),
        ] {
            assert!(wording(one, two) >= EDITED, "{one} / {two}");
            assert_eq!(wording(one, two), wording(two, one));
        }
        for (one, two) in [
            ("handle errors", "use a faster map"),
            ("amount is a float", "signature is not checked"),
            ("retries never back off", "page reloads every 2s"),
        ] {
            assert!(wording(one, two) < EDITED, "{one} / {two}");
        }
    }

    #[test]
    fn a_file_is_like_itself_with_a_few_new_lines() {
        let old = Outline::of(b"fn a() {\n    one();\n    two();\n}\n");
        let new = Outline::of(b"fn a() {\n  one();\n  two();\n  three();\n}\n");
        assert!(old.likeness(&new) >= RENAMED);
        assert!(old.likeness(&Outline::of(b"struct Other;\n")) < RENAMED);
        assert_eq!(Outline::of(b"").likeness(&Outline::of(b"\n\n")), 0.0);
    }
}
