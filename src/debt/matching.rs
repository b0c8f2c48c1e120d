//! Which sighting of a commit's files is which sighting of its parent's files.
//!
//! Within a file lines decide, so that twins are told apart by place; then equal words; then, over
//! all the files of the commit, equal words again, since code moves; last, likeness within one
//! changed place. What is left came or went.

use std::collections::HashMap;
use std::sync::Arc;

use super::facts::{Facts, Markers, Seen};
use super::lines::Changed;
use super::similar::{self, Outline};
use crate::interned::{BlobNo, PathNo};

/// One version of a file with its sightings.
#[derive(Clone, Debug)]
pub struct Version {
    /// Where it stands.
    pub path: PathNo,
    /// Its content.
    pub blob: BlobNo,
    /// Its sightings, by place.
    pub seen: Arc<[Seen]>,
}

/// A file that a commit changed: at least one of the two versions holds a sighting.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The parent's version; `None` where it has no such file.
    pub old: Option<Version>,
    /// The commit's version; `None` where it has no such file.
    pub new: Option<Version>,
}

/// Where a sighting was in the parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The number of the pair whose old version had it.
    pub pair: usize,
    /// The number of the sighting in that old version.
    pub at: usize,
    /// Whether it stands elsewhere in the file now; a changed path is not looked at.
    pub shifted: bool,
}

/// The sightings of each pair's new version with their origins; `None` for one that came.
pub type Origins = Vec<Vec<Option<Origin>>>;

/// Finds the origin of every sighting, and joins a pair that went with one that came where the file
/// was renamed.
pub fn origins<F: Facts>(pairs: &mut Vec<Pair>, facts: &F) -> Result<Origins, F::Error> {
    join_renamed(pairs, facts)?;
    let mut work = Work::new(pairs, facts.markers());
    let mut changed: Vec<Option<Changed>> = Vec::with_capacity(pairs.len());
    for (number, pair) in pairs.iter().enumerate() {
        changed.push(match (&pair.old, &pair.new) {
            (Some(old), Some(new)) if !old.seen.is_empty() && !new.seen.is_empty() => {
                let lines = compare(facts, old.blob, new.blob)?;
                work.by_line(number, &lines);
                work.by_words(number, &lines);
                Some(lines)
            }
            _ => None,
        });
    }
    work.across_files(pairs, facts);
    for (number, lines) in changed.iter().enumerate() {
        if let Some(lines) = lines {
            work.by_likeness(number, lines);
        }
    }
    Ok(work.origins)
}

fn compare<F: Facts>(facts: &F, old: BlobNo, new: BlobNo) -> Result<Changed, F::Error> {
    let (old, new) = (facts.text(old)?, facts.text(new)?);
    Ok(Changed::of_texts(&old, &new))
}

/// More pairs of files than this are not compared line by line: a commit that moves a whole tree
/// moves files as they are, and those are found by their blob.
const COMPARED_FILES: usize = 4_000;

fn join_renamed<F: Facts>(pairs: &mut Vec<Pair>, facts: &F) -> Result<(), F::Error> {
    let side = |wanted: fn(&Pair) -> bool| -> Vec<usize> {
        (0..pairs.len()).filter(|i| wanted(&pairs[*i])).collect()
    };
    let gone = side(|p| p.new.is_none() && p.old.as_ref().is_some_and(|v| !v.seen.is_empty()));
    let came = side(|p| p.old.is_none() && p.new.as_ref().is_some_and(|v| !v.seen.is_empty()));
    if gone.is_empty() || came.is_empty() {
        return Ok(());
    }
    let names: HashMap<usize, Arc<[u8]>> = gone
        .iter()
        .chain(&came)
        .filter_map(|i| {
            let version = pairs[*i].old.as_ref().or(pairs[*i].new.as_ref())?;
            Some((*i, facts.path(version.path)))
        })
        .collect();
    let mut outlines: HashMap<usize, Outline> = HashMap::new();
    let all = gone.len() * came.len() <= COMPARED_FILES;
    let mut candidates = Vec::new();
    for g in &gone {
        for c in &came {
            let (Some(old), Some(new)) = (&pairs[*g].old, &pairs[*c].new) else {
                continue;
            };
            let same_name = file_name(&names[g]) == file_name(&names[c]);
            let likeness = if old.blob == new.blob {
                2.0
            } else if all || same_name {
                for (number, version) in [(*g, old), (*c, new)] {
                    if let std::collections::hash_map::Entry::Vacant(slot) = outlines.entry(number)
                    {
                        slot.insert(Outline::of(&facts.text(version.blob)?));
                    }
                }
                outlines[g].likeness(&outlines[c])
            } else {
                0.0
            };
            if likeness >= similar::RENAMED {
                candidates.push((likeness, same_name, *g, *c));
            }
        }
    }
    // The most alike first; among equals the same file name, then the order of paths.
    candidates.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then(b.1.cmp(&a.1))
            .then_with(|| names[&a.2].cmp(&names[&b.2]))
            .then_with(|| names[&a.3].cmp(&names[&b.3]))
    });
    let mut dropped = vec![false; pairs.len()];
    let mut joined = vec![false; pairs.len()];
    for (_, _, g, c) in candidates {
        if !dropped[g] && !joined[c] {
            pairs[c].old = pairs[g].old.take();
            (dropped[g], joined[c]) = (true, true);
        }
    }
    let mut number = 0;
    pairs.retain(|_| {
        number += 1;
        !dropped[number - 1]
    });
    Ok(())
}

fn file_name(path: &[u8]) -> &[u8] {
    path.rsplit(|byte| *byte == b'/').next().unwrap_or(path)
}

struct Work {
    olds: Vec<Vec<Side>>,
    news: Vec<Vec<Side>>,
    origins: Origins,
}

/// A sighting on one side, and whether its other side was found.
struct Side {
    seen: Seen,
    words: u64,
    marker: Arc<super::Marker>,
    linked: bool,
}

impl Work {
    fn new(pairs: &[Pair], markers: &Markers) -> Self {
        let sides = |version: Option<&Version>| -> Vec<Side> {
            let seen = version.map_or(&[][..], |v| &v.seen);
            seen.iter()
                .map(|seen| Side {
                    seen: *seen,
                    words: markers.words(seen.marker),
                    marker: markers.get(seen.marker),
                    linked: false,
                })
                .collect()
        };
        let olds: Vec<_> = pairs.iter().map(|p| sides(p.old.as_ref())).collect();
        let news: Vec<_> = pairs.iter().map(|p| sides(p.new.as_ref())).collect();
        let origins = news.iter().map(|sides| vec![None; sides.len()]).collect();
        Work {
            olds,
            news,
            origins,
        }
    }

    fn link(&mut self, old: (usize, usize), new: (usize, usize), shifted: bool) {
        self.olds[old.0][old.1].linked = true;
        self.news[new.0][new.1].linked = true;
        self.origins[new.0][new.1] = Some(Origin {
            pair: old.0,
            at: old.1,
            shifted,
        });
    }

    /// Links what stands on a line that did not change: first with equal words, then whatever the
    /// words, since only their continuation can have changed.
    fn by_line(&mut self, pair: usize, lines: &Changed) {
        for equal_words in [true, false] {
            for at in 0..self.olds[pair].len() {
                let old = &self.olds[pair][at];
                let Some(line) = lines.new_of(old.seen.line - 1).filter(|_| !old.linked) else {
                    continue;
                };
                let new = self.news[pair].iter().position(|new| {
                    !new.linked
                        && new.seen.line == line + 1
                        && new.marker.tier == old.marker.tier
                        && (new.words == old.words || !equal_words)
                });
                if let Some(new) = new {
                    self.link((pair, at), (pair, new), false);
                }
            }
        }
    }

    /// Links equal words within the file: those that stand at the same code first. A bare tag has
    /// no words, so it must stand at the same code or in the same changed place.
    fn by_words(&mut self, pair: usize, lines: &Changed) {
        for same_context in [true, false] {
            for at in 0..self.news[pair].len() {
                let new = &self.news[pair][at];
                if new.linked {
                    continue;
                }
                let place = lines.hunk_of_new(new.seen.line - 1);
                let found = self.olds[pair].iter().position(|old| {
                    let here = place.is_some() && lines.hunk_of_old(old.seen.line - 1) == place;
                    !old.linked
                        && old.words == new.words
                        && old.marker.tier == new.marker.tier
                        && if same_context {
                            old.seen.context == new.seen.context
                        } else {
                            here || !new.marker.text.is_empty()
                        }
                });
                if let Some(old) = found {
                    let was = lines.hunk_of_old(self.olds[pair][old].seen.line - 1);
                    let shifted = was.is_none() || was != place;
                    self.link((pair, old), (pair, at), shifted);
                }
            }
        }
    }

    /// Links equal words of different files. Files that share more go first; words that many
    /// comments could have need the same code beside them, or a file that shares more.
    fn across_files<F: Facts>(&mut self, pairs: &[Pair], facts: &F) {
        let mut gone: HashMap<u64, Vec<(usize, usize)>> = HashMap::new();
        for (pair, sides) in self.olds.iter().enumerate() {
            for (at, side) in sides.iter().enumerate().filter(|(_, side)| !side.linked) {
                gone.entry(side.words).or_default().push((pair, at));
            }
        }
        if gone.is_empty() {
            return;
        }
        let mut candidates = Vec::new();
        let mut shared: HashMap<(usize, usize), u32> = HashMap::new();
        for (pair, sides) in self.news.iter().enumerate() {
            for (at, new) in sides.iter().enumerate().filter(|(_, side)| !side.linked) {
                for old_at in gone.get(&new.words).into_iter().flatten() {
                    let old = &self.olds[old_at.0][old_at.1];
                    if old_at.0 == pair || old.marker.tier != new.marker.tier {
                        continue;
                    }
                    let same_context =
                        old.seen.context == new.seen.context && new.seen.context != 0;
                    candidates.push((*old_at, (pair, at), same_context));
                    if same_context || is_distinctive(&new.marker.text) {
                        *shared.entry((old_at.0, pair)).or_default() += 1;
                    }
                    // Twins by the thousand: their order decides, not every combination.
                    if candidates.len() > 200_000 {
                        break;
                    }
                }
            }
        }
        let name = |version: &Option<Version>| version.as_ref().map(|v| facts.path(v.path));
        let same_name =
            |old: usize, new: usize| match (name(&pairs[old].old), name(&pairs[new].new)) {
                (Some(old), Some(new)) => file_name(&old) == file_name(&new),
                _ => false,
            };
        let mut ranked: Vec<_> = candidates
            .into_iter()
            .filter_map(|(old, new, same_context)| {
                let shared = shared.get(&(old.0, new.0)).copied().unwrap_or(0);
                let text = &self.news[new.0][new.1].marker.text;
                (same_context || is_distinctive(text) || (shared > 0 && !text.is_empty())).then(
                    || {
                        let rank = (shared, same_context, same_name(old.0, new.0));
                        (std::cmp::Reverse(rank), old, new)
                    },
                )
            })
            .collect();
        ranked.sort();
        for (_, old, new) in ranked {
            if !self.olds[old.0][old.1].linked && !self.news[new.0][new.1].linked {
                self.link(old, new, false);
            }
        }
    }

    /// Links what changed its wording within one changed place, the most alike first.
    fn by_likeness(&mut self, pair: usize, lines: &Changed) {
        let free = |sides: &[Side], place: &dyn Fn(u32) -> Option<usize>| -> Vec<(usize, usize)> {
            sides
                .iter()
                .enumerate()
                .filter(|(_, side)| !side.linked)
                .filter_map(|(at, side)| Some((place(side.seen.line - 1)?, at)))
                .collect()
        };
        let olds = free(&self.olds[pair], &|line| lines.hunk_of_old(line));
        let news = free(&self.news[pair], &|line| lines.hunk_of_new(line));
        let mut candidates = Vec::new();
        for (place, old) in &olds {
            let alone = olds.iter().filter(|o| o.0 == *place).count() == 1
                && news.iter().filter(|n| n.0 == *place).count() == 1;
            for (_, new) in news.iter().filter(|(there, _)| there == place) {
                let likeness = self.likeness(pair, *old, *new, alone);
                if likeness >= similar::EDITED {
                    candidates.push((likeness, *old, *new));
                }
            }
        }
        candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, old, new) in candidates {
            if !self.olds[pair][old].linked && !self.news[pair][new].linked {
                self.link((pair, old), (pair, new), false);
            }
        }
    }

    fn likeness(&self, pair: usize, old: usize, new: usize, alone: bool) -> f64 {
        let (old, new) = (&self.olds[pair][old], &self.news[pair][new]);
        if old.marker.tier != new.marker.tier {
            return 0.0;
        }
        let same_code = old.seen.context == new.seen.context && new.seen.context != 0;
        // A bare tag says nothing that could be compared: it is the same where it stands alone
        // at the same code, and was given words or lost them.
        if old.marker.text.is_empty() || new.marker.text.is_empty() {
            return if alone && same_code {
                similar::EDITED
            } else {
                0.0
            };
        }
        let likeness = similar::wording(&old.marker.text, &new.marker.text);
        likeness + if same_code { 0.1 } else { 0.0 }
    }
}

/// Whether a text is long enough to be one of its kind: two comments seldom share three words.
pub fn is_distinctive(text: &str) -> bool {
    text.split_whitespace().take(3).count() == 3 || text.chars().count() >= 20
}
