//! What a commit changed, from the raw bytes of trees: no content is read, no diff object made.

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
    fn order(&self, other: &Entry<'_>) -> std::cmp::Ordering {
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

impl<'t> Entries<'t> {
    fn of(tree: &'t Option<Tree<'_>>) -> Entries<'t> {
        let rest = tree.as_ref().map_or(&[][..], |tree| tree.data());
        Entries { rest }
    }

    /// Returns the next entry of any mode, with whether it is a regular file or a folder.
    fn any(&mut self) -> Option<(Entry<'t>, bool)> {
        let blank = memchr::memchr(b' ', self.rest.get(..8.min(self.rest.len()))?)?;
        let mode = &self.rest[..blank];
        let end = blank + 1 + memchr::memchr(0, &self.rest[blank + 1..])?;
        let id = ObjectId::from_slice(self.rest.get(end + 1..end + 21)?)?;
        let name = &self.rest[blank + 1..end];
        self.rest = &self.rest[end + 21..];
        let folder = matches!(mode, b"40000" | b"040000");
        let file = matches!(mode, [b'1', b'0', b'0', _, _, _]);
        Some((Entry { name, folder, id }, folder || file))
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

    fn compare_entries(
        &mut self,
        mut olds: Entries<'_>,
        mut news: Entries<'_>,
        depth: usize,
    ) -> Result<(), Error> {
        skip_common(&mut olds, &mut news);
        let (mut one, mut two) = (olds.next(), news.next());
        loop {
            let order = match (&one, &two) {
                (None, None) => return Ok(()),
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (Some(one), Some(two)) => one.order(two),
            };
            let was = one.filter(|_| order.is_le());
            let is = two.filter(|_| order.is_ge());
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
            if order.is_le() {
                one = olds.next();
            }
            if order.is_ge() {
                two = news.next();
            }
            if order.is_eq() && olds.rest == news.rest && one.is_none() == two.is_none() {
                // Equal to the end, once the two entries in hand are.
                let same = match (&one, &two) {
                    (Some(one), Some(two)) => one.order(two).is_eq() && one.id == two.id,
                    _ => true,
                };
                if same {
                    return Ok(());
                }
            }
        }
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
        let mut rest: Vec<Entries<'_>> = raw.iter().map(Entries::of).collect();
        // What is as in the first parent is no change, whatever the others have.
        skip_common(&mut news, &mut rest[0]);
        let mut new = news.next();
        let mut heads: Vec<Option<Entry<'_>>> = rest.iter_mut().map(Iterator::next).collect();
        while let Some(first) = [new, heads[0]].into_iter().flatten().min_by(Entry::order) {
            let is_here = |entry: &Entry<'_>| entry.order(&first).is_eq();
            let merged = new.filter(is_here).map(|entry| entry.id);
            if merged.is_some() {
                new = news.next();
            }
            let was = heads[0].filter(is_here).map(|entry| entry.id);
            if was.is_some() {
                heads[0] = rest[0].next();
            }
            if merged == was {
                continue;
            }
            let mut in_parents = vec![was];
            for (head, rest) in heads.iter_mut().zip(&mut rest).skip(1) {
                while head.is_some_and(|entry| entry.order(&first).is_lt()) {
                    *head = rest.next();
                }
                in_parents.push(head.filter(is_here).map(|entry| entry.id));
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

/// Skips the entries that two trees begin with in common.
fn skip_common(one: &mut Entries<'_>, two: &mut Entries<'_>) {
    let equal = one
        .rest
        .chunks(64)
        .zip(two.rest.chunks(64))
        .take_while(|(one, two)| one == two)
        .map(|(one, _)| one.len())
        .sum::<usize>();
    let length = one.rest.len();
    loop {
        let mut next = *one;
        if next.any().is_none() || length - next.rest.len() > equal {
            break;
        }
        *one = next;
    }
    let skipped = length - one.rest.len();
    two.rest = &two.rest[skipped..];
}
