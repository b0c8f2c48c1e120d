//! What a commit changed, from the raw bytes of trees: no content is read, no diff object made.

use std::cmp::Ordering;

use super::Error;
use super::reader::{Reader, Tree};
use crate::changes::{Change, Olds};
use crate::interned::{BlobNo, Blobs, PathNo, Paths};
use crate::object_id::ObjectId;

/// Folders below each other beyond this are not entered; git's own limit for trees.
pub(super) const MAX_DEPTH: usize = 2_048;

/// All the folders on the way down to one together may have so many bytes of entries.
const MAX_HELD: usize = 64 << 20;

/// A commit is compared up to so many files. A few small trees that name each other several times
/// hold more files than any machine can count.
const MAX_FILES: usize = 1_000_000;

/// A folder that is not entered, since it is too large or too deep.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SkippedFolder {
    /// Its path.
    pub path: Vec<u8>,
    /// Whether it is too deep, else it has too many entries.
    pub deep: bool,
}

/// Compares trees by id, entering only what differs.
pub struct Trees<'a, 'o> {
    reader: &'a mut Reader<'o>,
    paths: &'a Paths,
    blobs: &'a Blobs,
    prefix: Vec<u8>,
    changes: Vec<Change>,
    skipped: Vec<SkippedFolder>,
    held: usize,
}

/// An entry of a tree that can hold text: a regular file or a folder.
#[derive(Clone, Copy)]
struct Entry<'t> {
    name: &'t [u8],
    folder: bool,
    id: ObjectId,
}

impl Entry<'_> {
    /// Orders entries as git sorts a tree: a folder as if its name ended in a slash.
    fn order(&self, other: &Entry<'_>) -> Ordering {
        let common = self.name.len().min(other.name.len());
        let last = |entry: &Entry<'_>| match entry.name.get(common) {
            Some(byte) => *byte,
            None if entry.folder => b'/',
            None => 0,
        };
        self.name[..common]
            .cmp(&other.name[..common])
            .then_with(|| last(self).cmp(&last(other)))
            // `a/` as a folder beside a file whose name begins with `a/` cannot be.
            .then_with(|| self.name.len().cmp(&other.name.len()))
    }
}

/// Reads entries from the raw bytes of a tree; ends at what is malformed.
#[derive(Clone, Copy)]
struct Entries<'t> {
    rest: &'t [u8],
}

/// Bytes of the shortest entry.
const SHORTEST: usize = 28;

impl<'t> Entries<'t> {
    fn of(tree: &'t Option<Tree<'_>>) -> Entries<'t> {
        let rest = tree.as_ref().map_or(&[][..], |tree| tree.data());
        Entries { rest }
    }

    /// Returns where the name of the next entry begins and ends.
    fn name(&self) -> Option<(usize, usize)> {
        let start = match self.rest {
            [
                b'1',
                b'0',
                b'0',
                b'6' | b'7',
                b'4' | b'5',
                b'4' | b'5',
                b' ',
                ..,
            ] => 7,
            [b'4', b'0', b'0', b'0', b'0', b' ', ..] => 6,
            rest => memchr::memchr(b' ', rest.get(..8.min(rest.len()))?)? + 1,
        };
        let end = start + find_zero(&self.rest[start..])?;
        (end + 21 <= self.rest.len()).then_some((start, end))
    }

    /// Returns the next entry of any mode, with whether it is a regular file or a folder.
    fn any(&mut self) -> Option<(Entry<'t>, bool)> {
        let (start, end) = self.name()?;
        let mode = &self.rest[..start - 1];
        let id = ObjectId::from_slice(self.rest.get(end + 1..end + 21)?)?;
        let name = &self.rest[start..end];
        self.rest = &self.rest[end + 21..];
        let folder = matches!(mode, b"40000" | b"040000");
        let file = matches!(mode, [b'1', b'0', b'0', _, _, _]);
        Some((Entry { name, folder, id }, folder || file))
    }

    /// Returns the next entry without taking it, and what comes after it. What comes before it and is
    /// neither file nor folder is taken.
    fn peek(&mut self) -> Option<(Entry<'t>, Entries<'t>)> {
        let mut after = *self;
        loop {
            let (entry, counts) = after.any()?;
            if counts {
                return Some((entry, after));
            }
            *self = after;
        }
    }
}

impl<'t> Iterator for Entries<'t> {
    type Item = Entry<'t>;

    fn next(&mut self) -> Option<Entry<'t>> {
        loop {
            let (entry, counts) = self.any()?;
            if counts {
                return Some(entry);
            }
        }
    }
}

/// Returns where the first zero is. Names are short: most end within the first bytes, which are looked
/// at all at once.
fn find_zero(bytes: &[u8]) -> Option<usize> {
    const ONES: u128 = u128::MAX / 255;
    let Some(first) = bytes.first_chunk() else {
        return memchr::memchr(0, bytes);
    };
    let first = u128::from_le_bytes(*first);
    // The lowest bit that is left is of the first byte that is zero.
    let zeros = first.wrapping_sub(ONES) & !first & (ONES << 7);
    if zeros == 0 {
        return Some(16 + memchr::memchr(0, &bytes[16..])?);
    }
    Some(zeros.trailing_zeros() as usize / 8)
}

impl<'a, 'o> Trees<'a, 'o> {
    /// Starts comparing; numbers for paths and blobs are taken from `paths` and `blobs`.
    pub fn new(reader: &'a mut Reader<'o>, paths: &'a Paths, blobs: &'a Blobs) -> Self {
        Trees {
            reader,
            paths,
            blobs,
            prefix: Vec::new(),
            changes: Vec::new(),
            skipped: Vec::new(),
            held: 0,
        }
    }

    /// Returns what a commit changed against its parents' trees; see [`Change`].
    pub fn changes(&mut self, tree: ObjectId, parents: &[ObjectId]) -> Result<Vec<Change>, Error> {
        self.prefix.clear();
        self.held = 0;
        match parents {
            [] => self.compare(None, Some(tree), 0)?,
            [parent] => self.compare(Some(*parent), Some(tree), 0)?,
            parents if parents[0] == tree => {}
            parents => match parents.iter().position(|parent| *parent == tree) {
                Some(parent) => self.took(b"", true, parent),
                None => {
                    let parents: Vec<_> = parents.iter().copied().map(Some).collect();
                    self.merge(Some(tree), &parents, 0)?;
                }
            },
        }
        Ok(std::mem::take(&mut self.changes))
    }

    /// Returns the folders that were not entered so far.
    pub fn skipped(&self) -> &[SkippedFolder] {
        &self.skipped
    }

    /// Returns every regular file of a tree with its content.
    pub fn files(&mut self, tree: ObjectId) -> Result<Vec<(PathNo, BlobNo)>, Error> {
        let changes = self.changes(tree, &[])?;
        let files = changes.into_iter().filter_map(|change| match change {
            Change::Wrote {
                path,
                new: Some(new),
                ..
            } => Some((path, new)),
            _ => None,
        });
        Ok(files.collect())
    }

    /// Returns the content of the regular file at `path` in a tree.
    pub fn file_at(&mut self, tree: ObjectId, path: &[u8]) -> Result<Option<BlobNo>, Error> {
        let mut tree = tree;
        let mut parts = path.split(|byte| *byte == b'/').peekable();
        while let Some(part) = parts.next() {
            let folder = parts.peek().is_some();
            let Some(data) = self.reader.tree(tree)? else {
                return Ok(None);
            };
            let found = Entries { rest: data.data() }
                .find(|entry| entry.folder == folder && entry.name == part)
                .map(|entry| entry.id);
            match found {
                Some(id) if folder => tree = id,
                Some(id) => return Ok(Some(self.blobs.number(id))),
                None => return Ok(None),
            }
        }
        Ok(None)
    }

    /// Reads a tree; an empty one where there is none, or where it is too deep or too large, which is
    /// noted.
    fn tree(&mut self, id: Option<ObjectId>, depth: usize) -> Result<Option<Tree<'o>>, Error> {
        let Some(id) = id else { return Ok(None) };
        let deep = depth > MAX_DEPTH;
        if !deep
            && self.changes.len() < MAX_FILES
            && let Some(tree) = self.reader.tree(id)?
            && self.held + tree.data().len() <= MAX_HELD
        {
            self.held += tree.data().len();
            return Ok(Some(tree));
        }
        let path = self.prefix.strip_suffix(b"/").unwrap_or(&self.prefix);
        let skipped = SkippedFolder {
            path: path.to_vec(),
            deep,
        };
        if !self.skipped.contains(&skipped) {
            self.skipped.push(skipped);
        }
        Ok(None)
    }

    /// Compares two trees of which at most one may be missing.
    fn compare(
        &mut self,
        old: Option<ObjectId>,
        new: Option<ObjectId>,
        depth: usize,
    ) -> Result<(), Error> {
        if old == new {
            return Ok(());
        }
        let held = self.held;
        let (old, new) = (self.tree(old, depth)?, self.tree(new, depth)?);
        self.compare_entries(Entries::of(&old), Entries::of(&new), depth)?;
        self.held = held;
        Ok(())
    }

    fn compare_entries<'t>(
        &mut self,
        mut olds: Entries<'t>,
        mut news: Entries<'t>,
        depth: usize,
    ) -> Result<(), Error> {
        while let Some(Step { was, is, .. }) = next_of_both(&mut olds, &mut news) {
            if was.map(|e| e.id) != is.map(|e| e.id)
                && let Some(entry) = is.or(was)
            {
                let length = self.prefix.len();
                self.prefix.extend(entry.name);
                if entry.folder {
                    self.prefix.push(b'/');
                    self.compare(was.map(|e| e.id), is.map(|e| e.id), depth + 1)?;
                } else {
                    let path = self.paths.number(&self.prefix);
                    let old = was.map(|e| self.blobs.number(e.id));
                    let new = is.map(|e| self.blobs.number(e.id));
                    let olds = Olds::One(old);
                    self.changes.push(Change::Wrote { path, new, olds });
                }
                self.prefix.truncate(length);
            }
        }
        Ok(())
    }

    /// Compares a merge's tree with all of its parents' trees at once.
    fn merge(
        &mut self,
        tree: Option<ObjectId>,
        parents: &[Option<ObjectId>],
        depth: usize,
    ) -> Result<(), Error> {
        let held = self.held;
        let merged = self.tree(tree, depth)?;
        let mut raw = Vec::with_capacity(parents.len());
        for parent in parents {
            raw.push(self.tree(*parent, depth)?);
        }
        let mut news = Entries::of(&merged);
        let mut olds = Entries::of(&raw[0]);
        let others = raw[1..].iter().map(Entries::of);
        let mut others: Vec<Beside<'_>> = others.map(|rest| Beside::new(rest, olds)).collect();
        let mut in_parents = Vec::with_capacity(parents.len());
        // What is as in the first parent is no change, whatever the others have.
        while let Some(Step { was, is, before }) = next_of_both(&mut olds, &mut news) {
            let Some(first) = is.or(was) else { continue };
            let (merged, was) = (is.map(|entry| entry.id), was.map(|entry| entry.id));
            if merged == was {
                continue;
            }
            in_parents.clear();
            in_parents.push(was);
            for other in &mut others {
                in_parents.push(other.id_of(&first, before));
            }
            let in_parents = &in_parents[..];
            let length = self.prefix.len();
            self.prefix.extend(first.name);
            if let Some(parent) = in_parents.iter().position(|id| *id == merged) {
                let path = std::mem::take(&mut self.prefix);
                self.took(&path, first.folder, parent);
                self.prefix = path;
            } else if first.folder {
                self.prefix.push(b'/');
                self.merge(merged, in_parents, depth + 1)?;
            } else {
                let path = self.paths.number(&self.prefix);
                let blob = |id: Option<ObjectId>| id.map(|id| self.blobs.number(id));
                let new = blob(merged);
                let olds = Olds::Many(in_parents.iter().map(|id| blob(*id)).collect());
                self.changes.push(Change::Wrote { path, new, olds });
            }
            self.prefix.truncate(length);
        }
        self.held = held;
        Ok(())
    }

    fn took(&mut self, path: &[u8], folder: bool, parent: usize) {
        self.changes.push(Change::Took {
            path: self.paths.number(path),
            folder,
            parent: u8::try_from(parent).unwrap_or(u8::MAX),
        });
    }
}

/// A tree that is gone through beside the first parent's.
struct Beside<'t> {
    rest: Entries<'t>,
    /// What was left of the first parent's tree when this one was last looked at.
    first_parent: &'t [u8],
}

impl<'t> Beside<'t> {
    fn new(rest: Entries<'t>, first_parent: Entries<'t>) -> Beside<'t> {
        Beside {
            rest,
            first_parent: first_parent.rest,
        }
    }

    /// Returns the id of the entry that is at the place of `entry`, later than all that were asked for
    /// before. `first_parent` is what is left of the first parent's tree from that place on.
    fn id_of(&mut self, entry: &Entry<'_>, first_parent: &'t [u8]) -> Option<ObjectId> {
        // What the first parent's tree has alike needs no second look for the ends of entries.
        let passed = self.first_parent.len() - first_parent.len();
        if self.first_parent.get(..passed) == self.rest.rest.get(..passed) {
            self.rest.rest = &self.rest.rest[passed..];
        }
        self.first_parent = first_parent;
        while let Some((head, after)) = self.rest.peek() {
            match head.order(entry) {
                Ordering::Less => self.rest = after,
                Ordering::Equal => return Some(head.id),
                Ordering::Greater => return None,
            }
        }
        None
    }
}

/// The next place at which one of two trees has an entry.
struct Step<'t> {
    /// What the old tree has there.
    was: Option<Entry<'t>>,
    /// What the new tree has there.
    is: Option<Entry<'t>>,
    /// What is left of the old tree from there on.
    before: &'t [u8],
}

/// Skips the entries that two trees have alike, and takes the next; `None` at the end of both.
fn next_of_both<'t>(olds: &mut Entries<'t>, news: &mut Entries<'t>) -> Option<Step<'t>> {
    skip_common(olds, news);
    let (old, new) = (olds.peek(), news.peek());
    let order = match (&old, &new) {
        (None, None) => return None,
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (Some((old, _)), Some((new, _))) => old.order(new),
    };
    let before = olds.rest;
    let take = |entries: &mut Entries<'t>, next: Option<(Entry<'t>, Entries<'t>)>| {
        let (entry, after) = next?;
        *entries = after;
        Some(entry)
    };
    Some(Step {
        was: take(olds, old.filter(|_| order.is_le())),
        is: take(news, new.filter(|_| order.is_ge())),
        before,
    })
}

/// Skips the entries that two trees begin with in common.
fn skip_common(one: &mut Entries<'_>, two: &mut Entries<'_>) {
    let equal = common(one.rest, two.rest);
    if equal == one.rest.len() && equal == two.rest.len() {
        (one.rest, two.rest) = (&[], &[]);
        return;
    }
    let length = one.rest.len();
    while equal >= SHORTEST + length - one.rest.len()
        && let Some((_, end)) = one.name()
        && length - one.rest.len() + end + 21 <= equal
    {
        one.rest = &one.rest[end + 21..];
    }
    let skipped = length - one.rest.len();
    two.rest = &two.rest[skipped..];
}

/// Returns how many bytes two texts begin with in common, or some less.
fn common(one: &[u8], two: &[u8]) -> usize {
    const BLOCK: usize = 32;
    let (ones, twos) = (one.as_chunks::<BLOCK>().0, two.as_chunks::<BLOCK>().0);
    let blocks = ones.iter().zip(twos);
    let equal = blocks.take_while(|(one, two)| one == two).count() * BLOCK;
    let rest = one[equal..].iter().zip(&two[equal..]);
    equal + rest.take_while(|(one, two)| one == two).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Files = std::collections::BTreeMap<String, (bool, u8)>;

    fn raw(files: &Files) -> Vec<u8> {
        let mut entries: Vec<_> = files.iter().collect();
        entries
            .sort_by_key(|(name, (folder, _))| format!("{name}{}", if *folder { "/" } else { "" }));
        let mut raw = Vec::new();
        for (name, (folder, id)) in entries {
            raw.extend(if *folder { &b"40000 "[..] } else { b"100644 " });
            raw.extend(name.as_bytes());
            raw.push(0);
            raw.extend([*id; 20]);
        }
        raw
    }

    fn files() -> impl Strategy<Value = Files> {
        prop::collection::btree_map("[abc.]{1,3}|[ab]{17,20}", (any::<bool>(), 0_u8..3), 0..40)
    }

    fn at(files: &Files, name: &str, folder: bool) -> Option<ObjectId> {
        let (found, id) = files.get(name)?;
        (*found == folder).then_some(ObjectId::from_bytes([*id; 20]))
    }

    proptest! {
        #[test]
        fn what_differs_is_met_once_and_all_else_at_most_once(
            shared in files(), old in files(), new in files(), other in files(),
        ) {
            let with = |more: &Files| {
                let mut files = shared.clone();
                files.extend(more.clone());
                files
            };
            let (old, new, other) = (with(&old), with(&new), with(&other));
            let raw = [raw(&old), raw(&new), raw(&other)];
            let [mut olds, mut news, others] =
                [&raw[0], &raw[1], &raw[2]].map(|raw| Entries { rest: raw });
            let mut beside = Beside::new(others, olds);
            let mut met = std::collections::BTreeSet::new();
            while let Some(Step { was, is, before }) = next_of_both(&mut olds, &mut news) {
                let entry = is.or(was).unwrap_or_else(|| unreachable!());
                let name = String::from_utf8_lossy(entry.name).into_owned();
                prop_assert_eq!(was.map(|e| e.id), at(&old, &name, entry.folder));
                prop_assert_eq!(is.map(|e| e.id), at(&new, &name, entry.folder));
                if was.map(|e| e.id) != is.map(|e| e.id) {
                    let there = beside.id_of(&entry, before);
                    prop_assert_eq!(there, at(&other, &name, entry.folder));
                }
                prop_assert!(met.insert((name, entry.folder)));
            }
            for name in old.keys().chain(new.keys()) {
                for folder in [false, true] {
                    let differs = at(&old, name, folder) != at(&new, name, folder);
                    prop_assert!(!differs || met.contains(&(name.clone(), folder)));
                }
            }
        }

        #[test]
        fn any_bytes_are_gone_through(
            old in prop::collection::vec(any::<u8>(), 0..200),
            new in prop::collection::vec(any::<u8>(), 0..200),
        ) {
            let (mut olds, mut news) = (Entries { rest: &old }, Entries { rest: &new });
            while next_of_both(&mut olds, &mut news).is_some() {}
        }

        #[test]
        fn the_first_zero_is_found(bytes in prop::collection::vec(prop_oneof![Just(0_u8), Just(1), Just(0x80), any::<u8>()], 0..40)) {
            prop_assert_eq!(find_zero(&bytes), bytes.iter().position(|byte| *byte == 0));
        }
    }
}
