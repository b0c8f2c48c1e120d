//! Which sighting of a commit's files is which sighting of its parent's files.
//!
//! Within a file lines decide, so that twins are told apart by place; then equal words; then, over
//! all the files of the commit, equal words again, since code moves; last, likeness within one
//! changed place. What is left came or went.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::hash::Hash;
use std::ops::Range;
use std::sync::Arc;

use super::compared::Text;
use super::facts::{Facts, Markers, Seen};
use super::lines::Changed;
use super::similar::{self, Outline};
use super::{Marker, Tier};
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

impl Version {
    /// Returns the version with its content.
    pub(super) fn text<'a>(&'a self, bytes: &'a [u8]) -> Text<'a> {
        Text {
            bytes,
            seen: &self.seen,
        }
    }
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
                let lines = compare(facts, old, new)?;
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

fn compare<F: Facts>(facts: &F, old: &Version, new: &Version) -> Result<Changed, F::Error> {
    if old.blob == new.blob {
        return Ok(Changed::default());
    }
    let compared = facts.compared(old, new);
    if let Some(lines) = compared.as_ref().and_then(|two| two.lines()) {
        return Ok(lines.clone());
    }
    let (old, new) = (facts.text(old.blob)?, facts.text(new.blob)?);
    Ok(Changed::of_texts(&old, &new))
}

/// More pairs of files than this are not compared line by line: a commit that moves a whole tree
/// moves files as they are, and those are found by their blob.
const COMPARED_FILES: usize = 4_000;

/// Where there are more, files of one name are compared with so many beside them in the order of
/// paths: folders that move keep their order.
const NEIGHBOURS: usize = 8;

fn join_renamed<F: Facts>(pairs: &mut Vec<Pair>, facts: &F) -> Result<(), F::Error> {
    let mut names: HashMap<usize, Arc<[u8]>> = HashMap::new();
    let mut side = |version: fn(&Pair) -> (Option<&Version>, Option<&Version>)| -> Vec<usize> {
        let mut side = Vec::new();
        for (number, pair) in pairs.iter().enumerate() {
            if let (Some(here), None) = version(pair)
                && !here.seen.is_empty()
            {
                names.insert(number, facts.path(here.path));
                side.push(number);
            }
        }
        side.sort_by(|one, two| names[one].cmp(&names[two]));
        side
    };
    let mut gone = side(|pair| (pair.old.as_ref(), pair.new.as_ref()));
    let mut came = side(|pair| (pair.new.as_ref(), pair.old.as_ref()));
    if gone.is_empty() || came.is_empty() {
        return Ok(());
    }
    let mut joined: Vec<(usize, usize)> = join_equal(pairs, &names, &gone, &came);
    let mut met: HashSet<usize> = joined.iter().flat_map(|(g, c)| [*g, *c]).collect();
    gone.retain(|number| !met.contains(number));
    came.retain(|number| !met.contains(number));

    let mut outlines: HashMap<usize, Outline> = HashMap::new();
    let mut candidates = Vec::new();
    for (g, c) in to_compare(&names, &gone, &came) {
        let (Some(old), Some(new)) = (&pairs[g].old, &pairs[c].new) else {
            continue;
        };
        for (number, version) in [(g, old), (c, new)] {
            if let std::collections::hash_map::Entry::Vacant(slot) = outlines.entry(number) {
                slot.insert(Outline::of(&facts.text(version.blob)?));
            }
        }
        let likeness = outlines[&g].likeness(&outlines[&c]);
        if likeness >= similar::RENAMED {
            let same_name = file_name(&names[&g]) == file_name(&names[&c]);
            candidates.push((likeness, same_name, g, c));
        }
    }
    // The most alike first; among equals the same file name, then the order of paths.
    candidates.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then(b.1.cmp(&a.1))
            .then_with(|| names[&a.2].cmp(&names[&b.2]))
            .then_with(|| names[&a.3].cmp(&names[&b.3]))
    });
    for (_, _, g, c) in candidates {
        if !met.contains(&g) && !met.contains(&c) {
            met.extend([g, c]);
            joined.push((g, c));
        }
    }
    let mut dropped = vec![false; pairs.len()];
    for (g, c) in joined {
        pairs[c].old = pairs[g].old.take();
        dropped[g] = true;
    }
    let mut number = 0;
    pairs.retain(|_| {
        number += 1;
        !dropped[number - 1]
    });
    Ok(())
}

/// Joins files that have just the content of one that went: those of the same file name first, then
/// in the order of paths, in which both sides are.
fn join_equal(
    pairs: &[Pair],
    names: &HashMap<usize, Arc<[u8]>>,
    gone: &[usize],
    came: &[usize],
) -> Vec<(usize, usize)> {
    let mut joined = Vec::new();
    let mut met = HashSet::new();
    for by_name in [true, false] {
        let key = |number: &usize, version: Option<&Version>| {
            let name = by_name.then(|| file_name(&names[number]));
            Some((version?.blob, name))
        };
        let mut free: HashMap<_, VecDeque<usize>> = HashMap::new();
        for c in came.iter().filter(|c| !met.contains(*c)) {
            let key = key(c, pairs[*c].new.as_ref());
            free.entry(key).or_default().push_back(*c);
        }
        for g in gone {
            let key = key(g, pairs[*g].old.as_ref());
            if !met.contains(g)
                && let Some(c) = free.get_mut(&key).and_then(VecDeque::pop_front)
            {
                met.extend([*g, c]);
                joined.push((*g, c));
            }
        }
    }
    joined
}

/// Returns the pairs of files worth comparing: all where they are few, else those of one file name.
fn to_compare(
    names: &HashMap<usize, Arc<[u8]>>,
    gone: &[usize],
    came: &[usize],
) -> Vec<(usize, usize)> {
    let every = |gone: &[usize], came: &[usize]| -> Vec<(usize, usize)> {
        let one = |g: &usize| came.iter().map(|c| (*g, *c)).collect::<Vec<_>>();
        gone.iter().flat_map(one).collect()
    };
    if gone.len() * came.len() <= COMPARED_FILES {
        return every(gone, came);
    }
    let mut by_name: BTreeMap<&[u8], (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for g in gone {
        by_name.entry(file_name(&names[g])).or_default().0.push(*g);
    }
    for c in came {
        by_name.entry(file_name(&names[c])).or_default().1.push(*c);
    }
    let mut found = Vec::new();
    for (gone, came) in by_name.values() {
        if gone.len() * came.len() <= COMPARED_FILES {
            found.extend(every(gone, came));
            continue;
        }
        for (rank, g) in gone.iter().enumerate() {
            let around = beside(rank, gone.len(), came.len(), NEIGHBOURS);
            found.extend(came[around].iter().map(|c| (*g, *c)));
        }
    }
    found
}

/// Returns the ranks of the other side's `others` that are at most `reach` from the place of `rank`
/// among `count`.
fn beside(rank: usize, count: usize, others: usize, reach: usize) -> Range<usize> {
    let there = rank * others / count.max(1);
    there.saturating_sub(reach)..(there + reach + 1).min(others)
}

fn file_name(path: &[u8]) -> &[u8] {
    path.rsplit(|byte| *byte == b'/').next().unwrap_or(path)
}

/// More combinations of markers than this are not compared one by one.
const COMPARED_TWINS: usize = 4_096;

/// A sighting: its pair's number, and its own.
type Spot = (usize, usize);

/// The sightings of one wording that went, and those that came.
type Sides = (Vec<Spot>, Vec<Spot>);

/// Sightings without another side, in their order, by what must be equal.
struct Free<K>(HashMap<K, VecDeque<usize>>);

impl<K: Eq + Hash> Free<K> {
    fn new(sides: &[Side], key: impl Fn(&Side) -> Option<K>) -> Self {
        let mut free: HashMap<K, VecDeque<usize>> = HashMap::new();
        for (at, side) in sides.iter().enumerate().filter(|(_, side)| !side.linked) {
            if let Some(key) = key(side) {
                free.entry(key).or_default().push_back(at);
            }
        }
        Free(free)
    }

    /// Takes the first one.
    fn take(&mut self, key: &K) -> Option<usize> {
        self.0.get_mut(key)?.pop_front()
    }
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
    marker: Arc<Marker>,
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
            let key = |side: &Side, line: u32| {
                let words = equal_words.then_some(side.words);
                (line, side.marker.tier, words)
            };
            let mut free = Free::new(&self.news[pair], |new| Some(key(new, new.seen.line)));
            for at in 0..self.olds[pair].len() {
                let old = &self.olds[pair][at];
                let Some(line) = lines.new_of(old.seen.line - 1).filter(|_| !old.linked) else {
                    continue;
                };
                if let Some(new) = free.take(&key(old, line + 1)) {
                    self.link((pair, at), (pair, new), false);
                }
            }
        }
    }

    /// Links equal words within the file: those that stand at the same code first. A bare tag has
    /// no words, so it must stand at the same code or in the same changed place.
    fn by_words(&mut self, pair: usize, lines: &Changed) {
        for same_context in [true, false] {
            let key = |side: &Side, place: Option<usize>| {
                let where_it_must_be = if same_context {
                    (Some(side.seen.context), None)
                } else if side.marker.text.is_empty() {
                    (None, Some(place?))
                } else {
                    (None, None)
                };
                Some((side.words, side.marker.tier, where_it_must_be))
            };
            let mut free = Free::new(&self.olds[pair], |old| {
                key(old, lines.hunk_of_old(old.seen.line - 1))
            });
            for at in 0..self.news[pair].len() {
                let new = &self.news[pair][at];
                let place = lines.hunk_of_new(new.seen.line - 1);
                if new.linked {
                    continue;
                }
                if let Some(old) = key(new, place).and_then(|key| free.take(&key)) {
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
        let mut same: BTreeMap<(u64, Tier), Sides> = BTreeMap::new();
        for (pair, sides) in self.olds.iter().enumerate() {
            for (at, side) in sides.iter().enumerate().filter(|(_, side)| !side.linked) {
                let sides = same.entry((side.words, side.marker.tier)).or_default();
                sides.0.push((pair, at));
            }
        }
        for (pair, sides) in self.news.iter().enumerate() {
            for (at, side) in sides.iter().enumerate().filter(|(_, side)| !side.linked) {
                if let Some(sides) = same.get_mut(&(side.words, side.marker.tier)) {
                    sides.1.push((pair, at));
                }
            }
        }
        let name = |version: &Option<Version>| version.as_ref().map(|v| facts.path(v.path));
        let mut candidates: Vec<(Spot, Spot, bool)> = Vec::new();
        let mut shared: HashMap<(usize, usize), u32> = HashMap::new();
        for (gone, came) in same.values() {
            let mut consider = |old_at: Spot, new_at: Spot| {
                let (old, new) = (
                    &self.olds[old_at.0][old_at.1],
                    &self.news[new_at.0][new_at.1],
                );
                if old_at.0 == new_at.0 {
                    return;
                }
                let same_context = old.seen.context == new.seen.context && new.seen.context != 0;
                candidates.push((old_at, new_at, same_context));
                if same_context || is_distinctive(&new.marker.text) {
                    *shared.entry((old_at.0, new_at.0)).or_default() += 1;
                }
            };
            if gone.len() * came.len() <= COMPARED_TWINS {
                for new in came {
                    gone.iter().for_each(|old| consider(*old, *new));
                }
                continue;
            }
            // Twins by the thousand: the code beside them and their file's name tell them apart, and
            // then their order, since not every combination can be looked at.
            for (by_code, by_name) in [(true, true), (true, false), (false, true), (false, false)] {
                let key = |side: &Side, version: &Option<Version>| {
                    let name = name(version).map(|path| file_name(&path).to_vec());
                    let code = by_code.then_some(side.seen.context);
                    (code, name.filter(|_| by_name))
                };
                let mut free: HashMap<_, VecDeque<Spot>> = HashMap::new();
                for old in gone {
                    let key = key(&self.olds[old.0][old.1], &pairs[old.0].old);
                    free.entry(key).or_default().push_back(*old);
                }
                for new in came {
                    let key = key(&self.news[new.0][new.1], &pairs[new.0].new);
                    if let Some(old) = free.get_mut(&key).and_then(VecDeque::pop_front) {
                        consider(old, *new);
                    }
                }
            }
        }
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
        let mut places: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for (at, old) in self.olds[pair].iter().enumerate() {
            if !old.linked
                && let Some(place) = lines.hunk_of_old(old.seen.line - 1)
            {
                places.entry(place).or_default().0.push(at);
            }
        }
        for (at, new) in self.news[pair].iter().enumerate() {
            if !new.linked
                && let Some(place) = lines.hunk_of_new(new.seen.line - 1)
            {
                places.entry(place).or_default().1.push(at);
            }
        }
        let mut candidates = Vec::new();
        for (olds, news) in places.values() {
            let alone = olds.len() == 1 && news.len() == 1;
            for (rank, old) in olds.iter().enumerate() {
                let there = match olds.len() * news.len() <= COMPARED_TWINS {
                    true => 0..news.len(),
                    false => beside(rank, olds.len(), news.len(), NEIGHBOURS),
                };
                for new in &news[there] {
                    let likeness = self.likeness(pair, *old, *new, alone);
                    if likeness >= similar::EDITED {
                        candidates.push((likeness, *old, *new));
                    }
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
