//! What commits changed, from the raw bytes of trees: no content is read, no diff object made.

use std::cmp::Ordering;
use std::ops::Range;

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

/// So many versions of a folder are read together; of fewer it would take longer to make ready for them.
const SEVERAL: usize = 8;

/// A name weighs one for so many bytes.
const NAME: usize = 64;

/// A folder that is not entered, since it is too large or too deep.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SkippedFolder {
    /// Its path.
    pub path: Vec<u8>,
    /// Whether it is too deep, else it has too many entries.
    pub deep: bool,
}

/// Compares trees by id, entering only what differs.
///
/// Many commits are compared at once, folder by folder: all versions of a folder, one after the other,
/// before the next folder. Packs make the versions of a folder of each other, so what one is made of was
/// just read.
pub struct Trees<'a, 'o> {
    reader: &'a mut Reader<'o>,
    paths: &'a Paths,
    blobs: &'a Blobs,
    prefix: Vec<u8>,
    /// The changes of each commit.
    changes: Vec<Vec<Change>>,
    /// What is held: one for each change and for each entry or folder that is compared, and some for
    /// long names.
    weight: usize,
    /// How much may be held, and whether it was more.
    most: usize,
    too_heavy: bool,
    skipped: Vec<SkippedFolder>,
}

/// One folder as a commit and its parents have it.
struct Versions {
    commit: usize,
    is: Option<ObjectId>,
    /// In the first parent.
    was: Option<ObjectId>,
    /// In the other parents of a merge.
    others: Box<[Option<ObjectId>]>,
    /// Bytes of the folders on the way down to it.
    held: usize,
}

/// An entry that a commit has as its first parent has it not.
struct Differing {
    /// Where its name stands among all names.
    name: Range<usize>,
    folder: bool,
    /// The number of the versions of the folder that it is in.
    at: usize,
    is: Option<ObjectId>,
    was: Option<ObjectId>,
    others: Box<[Option<ObjectId>]>,
    /// The other parent that has it like this, from 1.
    took: Option<usize>,
}

/// An entry of a tree that can hold text: a regular file or a folder.
#[derive(Clone, Copy)]
struct Entry<'t> {
    name: &'t [u8],
    folder: bool,
    id: ObjectId,
}

impl Entry<'_> {
    fn order(&self, other: &Entry<'_>) -> Ordering {
        order_of((self.name, self.folder), (other.name, other.folder))
    }
}

/// Orders names, each with whether it is a folder's, as git sorts a tree: a folder as if its name ended
/// in a slash.
fn order_of((one, one_folder): (&[u8], bool), (two, two_folder): (&[u8], bool)) -> Ordering {
    let common = one.len().min(two.len());
    let last = |name: &[u8], folder: bool| match name.get(common) {
        Some(byte) => *byte,
        None if folder => b'/',
        None => 0,
    };
    one[..common]
        .cmp(&two[..common])
        .then_with(|| last(one, one_folder).cmp(&last(two, two_folder)))
        // `a/` as a folder beside a file whose name begins with `a/` cannot be.
        .then_with(|| one.len().cmp(&two.len()))
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
            weight: 0,
            most: usize::MAX,
            too_heavy: false,
            skipped: Vec::new(),
        }
    }

    /// Returns what a commit changed against its parents' trees; see [`Change`].
    pub fn changes(&mut self, tree: ObjectId, parents: &[ObjectId]) -> Result<Vec<Change>, Error> {
        let all = self.changes_of([(tree, parents)], usize::MAX)?;
        Ok(all.into_iter().flatten().next().unwrap_or_default())
    }

    /// Returns what each of many commits, a tree with its parents' trees, changed; `None` where more than
    /// `most` changes, entries and folders would be held for it at a time.
    pub fn changes_of<'p>(
        &mut self,
        commits: impl IntoIterator<Item = (ObjectId, &'p [ObjectId])>,
        most: usize,
    ) -> Result<Option<Vec<Vec<Change>>>, Error> {
        self.prefix.clear();
        self.changes.clear();
        (self.weight, self.most, self.too_heavy) = (0, most, false);
        let mut roots = Vec::new();
        for (commit, (tree, parents)) in commits.into_iter().enumerate() {
            self.changes.push(Vec::new());
            let mut others: Box<[_]> = Box::default();
            if let [_, more @ ..] = parents {
                match parents.iter().position(|parent| *parent == tree) {
                    Some(0) => continue,
                    Some(parent) => {
                        self.took(commit, true, parent);
                        continue;
                    }
                    None => others = more.iter().copied().map(Some).collect(),
                }
            }
            roots.push(Versions {
                commit,
                is: Some(tree),
                was: parents.first().copied(),
                others,
                held: 0,
            });
        }
        self.compare(roots, 0)?;
        let changes = std::mem::take(&mut self.changes);
        Ok((!self.too_heavy).then_some(changes))
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

    /// Reads a tree for a commit; an empty one where there is none, or where it is too deep or too large,
    /// which is noted.
    fn tree(
        &mut self,
        id: Option<ObjectId>,
        commit: usize,
        held: &mut usize,
        depth: usize,
    ) -> Result<Option<Tree<'o>>, Error> {
        let Some(id) = id else { return Ok(None) };
        let deep = depth > MAX_DEPTH;
        if !deep
            && self.changes[commit].len() < MAX_FILES
            && let Some(tree) = self.reader.tree(id)?
            && *held + tree.data().len() <= MAX_HELD
        {
            *held += tree.data().len();
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

    /// Compares all versions of the folder at `prefix`, and of those below it that differ.
    fn compare(&mut self, mut folder: Vec<Versions>, depth: usize) -> Result<(), Error> {
        let (mut names, mut differing) = (Vec::new(), Vec::new());
        let mut weight = folder.len();
        if folder.len() >= SEVERAL {
            let trees = folder.iter().rev().flat_map(|versions| {
                let others = versions.others.iter().flatten();
                versions.is.iter().chain(&versions.was).chain(others)
            });
            self.reader.expect(trees.copied());
        }
        // The youngest first, as packs make the older ones of the younger.
        for (at, versions) in folder.iter_mut().enumerate().rev() {
            let (first, named) = (differing.len(), names.len());
            self.differing(versions, depth, &mut names, &mut differing)?;
            for entry in &mut differing[first..] {
                entry.at = at;
            }
            weight += differing.len() - first + (names.len() - named) / NAME;
            if self.is_too_heavy(weight) {
                return Ok(());
            }
        }
        self.weight += weight;
        let order = |one: &Differing, two: &Differing| {
            let (first, second) = (&names[one.name.clone()], &names[two.name.clone()]);
            order_of((first, one.folder), (second, two.folder))
        };
        // Each commit's changes come in the order of their paths.
        differing.sort_by(order);
        let mut rest = differing.into_iter().peekable();
        while let Some(first) = rest.next() {
            let length = self.prefix.len();
            self.prefix.extend(&names[first.name.clone()]);
            let is_folder = first.folder;
            let (mut path, mut numbering) = (None, None);
            let mut below = Vec::new();
            let mut next = Some(first);
            while let Some(entry) = next {
                let Versions { commit, held, .. } = folder[entry.at];
                next = rest.next_if(|other| order(&entry, other).is_eq());
                if let Some(parent) = entry.took {
                    self.took(commit, is_folder, parent);
                } else if is_folder {
                    below.push(Versions {
                        commit,
                        is: entry.is,
                        was: entry.was,
                        others: entry.others,
                        held,
                    });
                } else {
                    let path = *path.get_or_insert_with(|| self.paths.number(&self.prefix));
                    let blobs = numbering.get_or_insert_with(|| self.blobs.numbering());
                    let mut blob = |id: Option<ObjectId>| id.map(|id| blobs.number(id));
                    let (new, old) = (blob(entry.is), blob(entry.was));
                    let olds = if entry.others.is_empty() {
                        Olds::One(old)
                    } else {
                        let others = entry.others.iter().map(|id| blob(*id));
                        Olds::Many(std::iter::once(old).chain(others).collect())
                    };
                    self.change(commit, Change::Wrote { path, new, olds });
                }
            }
            drop(numbering);
            if self.is_too_heavy(0) {
                return Ok(());
            }
            if !below.is_empty() {
                // They were gathered from the youngest on.
                below.reverse();
                self.prefix.push(b'/');
                self.compare(below, depth + 1)?;
            }
            self.prefix.truncate(length);
        }
        self.weight -= weight;
        Ok(())
    }

    fn is_too_heavy(&mut self, more: usize) -> bool {
        self.too_heavy |= self.weight.saturating_add(more) > self.most;
        self.too_heavy
    }

    /// Adds the entries of a folder that the commit has as its first parent has them not: what is as in the
    /// first parent is no change, whatever the others have.
    fn differing(
        &mut self,
        versions: &mut Versions,
        depth: usize,
        names: &mut Vec<u8>,
        out: &mut Vec<Differing>,
    ) -> Result<(), Error> {
        let Versions {
            commit,
            is,
            was,
            others,
            held,
        } = versions;
        let was = self.tree(*was, *commit, held, depth)?;
        let is = self.tree(*is, *commit, held, depth)?;
        let mut raw = Vec::with_capacity(others.len());
        for other in others.iter() {
            raw.push(self.tree(*other, *commit, held, depth)?);
        }
        let (mut olds, mut news) = (Entries::of(&was), Entries::of(&is));
        let others = raw.iter().map(Entries::of);
        let mut others: Vec<Beside<'_>> = others.map(|rest| Beside::new(rest, olds)).collect();
        while let Some(Step { was, is, before }) = next_of_both(&mut olds, &mut news) {
            let Some(entry) = is.or(was) else { continue };
            let (is, was) = (is.map(|entry| entry.id), was.map(|entry| entry.id));
            if is == was {
                continue;
            }
            let others = others.iter_mut().map(|other| other.id_of(&entry, before));
            let others: Box<[_]> = others.collect();
            let took = others.iter().position(|id| *id == is);
            let start = names.len();
            names.extend(entry.name);
            out.push(Differing {
                name: start..names.len(),
                folder: entry.folder,
                at: 0,
                is,
                was,
                others,
                took: took.map(|other| other + 1),
            });
        }
        Ok(())
    }

    fn took(&mut self, commit: usize, folder: bool, parent: usize) {
        let took = Change::Took {
            path: self.paths.number(&self.prefix),
            folder,
            parent: u8::try_from(parent).unwrap_or(u8::MAX),
        };
        self.change(commit, took);
    }

    fn change(&mut self, commit: usize, change: Change) {
        self.weight += 1;
        self.changes[commit].push(change);
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
