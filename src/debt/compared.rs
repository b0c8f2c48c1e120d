//! What is found out of two versions of a file while both are at hand: which lines changed, and how the
//! markers went that only the old one has.

use std::collections::{HashMap, HashSet};

use super::detect;
use super::facts::{MarkerNo, Seen};
use super::lines::Changed;
use super::payment::{self, Became, Code, How};

/// A version of a file.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// Its content.
    pub bytes: &'a [u8],
    /// Its sightings, by place.
    pub seen: &'a [Seen],
}

/// Two versions of a file, compared.
#[derive(Clone, Debug)]
pub struct Compared {
    /// None where no sighting can be on the same line.
    lines: Option<Changed>,
    /// For each sighting of the old version how it went, where the new one says nothing like it.
    hows: Vec<Option<How>>,
}

impl Compared {
    /// Compares two versions of the file at `path`.
    pub fn of(path: &[u8], old: Text<'_>, new: Text<'_>) -> Compared {
        let mut left: HashMap<MarkerNo, usize> = HashMap::new();
        for seen in new.seen {
            *left.entry(seen.marker).or_default() += 1;
        }
        let mut is_left = |seen: &Seen| match left.get_mut(&seen.marker) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        };
        let ats = 0..old.seen.len();
        let gone: Vec<usize> = ats.filter(|at| !is_left(&old.seen[*at])).collect();
        let mut all = vec![None; old.seen.len()];
        for (at, how) in gone.iter().zip(hows((path, old), (path, new), &gone)) {
            all[*at] = Some(how);
        }
        Compared {
            lines: (!old.seen.is_empty() && !new.seen.is_empty())
                .then(|| Changed::of_texts(old.bytes, new.bytes)),
            hows: all,
        }
    }

    /// Returns which lines changed; `None` where one of the versions has no sighting.
    pub fn lines(&self) -> Option<&Changed> {
        self.lines.as_ref()
    }

    /// Returns how each of the old version's sightings `gone` went; `None` if one of them seemed to be in
    /// the new version too.
    pub fn hows(&self, gone: &[usize]) -> Option<Vec<How>> {
        let how = |at: &usize| self.hows.get(*at).copied().flatten();
        gone.iter().map(how).collect()
    }
}

/// Tells how each of the sightings `gone` of an old version went; each version with its path.
pub fn hows(
    (old_path, old): (&[u8], Text<'_>),
    (new_path, new): (&[u8], Text<'_>),
    gone: &[usize],
) -> Vec<How> {
    if gone.is_empty() {
        return Vec::new();
    }
    let old_code = Code::of(old.bytes, &detect::comments(old_path, old.bytes, old.seen));
    let new_code = Code::of(new.bytes, &detect::comments(new_path, new.bytes, new.seen));
    let became = Became::of(&old_code, new_code);
    let how = |at: &usize| payment::how(&old_code, old.seen[*at], Some(&became));
    gone.iter().map(how).collect()
}

/// Whether the markers of a file changed: what they say, or, for twins, the code they stand at.
pub fn is_changed(old: &[Seen], new: &[Seen]) -> bool {
    let marker = |seen: &Seen| seen.marker;
    if !old.iter().map(marker).eq(new.iter().map(marker)) {
        return true;
    }
    let code = |seen: &Seen| seen.context;
    if old.iter().map(code).eq(new.iter().map(code)) {
        return false;
    }
    let mut met = HashSet::new();
    new.iter().any(|seen| !met.insert(seen.marker))
}
