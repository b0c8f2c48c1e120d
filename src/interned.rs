//! Dense numbers for the paths and blobs of one repository: what they stand for is kept once.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::object_id::ObjectId;

/// A path of a repository, `/`-separated bytes as git has them.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
pub struct PathNo(pub u32);

/// A blob of a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlobNo(pub u32);

/// A commit of a repository's index; a parent's number is always below its children's.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
pub struct CommitNo(pub u32);

/// Numbers by first use, shared by threads.
#[derive(Debug)]
struct Table<K, S> {
    inner: Mutex<Inner<K, S>>,
}

#[derive(Debug)]
struct Inner<K, S> {
    numbers: HashMap<K, u32, S>,
    keys: Vec<K>,
}

impl<K, S: Default> Default for Table<K, S> {
    fn default() -> Self {
        Table {
            inner: Mutex::new(Inner {
                numbers: HashMap::with_hasher(S::default()),
                keys: Vec::new(),
            }),
        }
    }
}

impl<K: Clone + Eq + Hash, S: std::hash::BuildHasher> Table<K, S> {
    // A panic of another thread leaves a table whole: every change is one push and one insert of
    // values that were made before.
    fn lock(&self) -> MutexGuard<'_, Inner<K, S>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, number: u32) -> K {
        self.lock().keys[number as usize].clone()
    }

    fn len(&self) -> usize {
        self.lock().keys.len()
    }
}

fn number<K: Clone + Eq + Hash, S: std::hash::BuildHasher>(inner: &mut Inner<K, S>, key: K) -> u32 {
    let next = inner.keys.len() as u32;
    let number = *inner.numbers.entry(key.clone()).or_insert(next);
    if number == next {
        inner.keys.push(key);
    }
    number
}

/// The paths met in one repository.
#[derive(Debug, Default)]
pub struct Paths(Table<Arc<[u8]>, std::hash::RandomState>);

impl Paths {
    /// Returns the number of `path`, a new one at its first use.
    pub fn number(&self, path: &[u8]) -> PathNo {
        let mut inner = self.0.lock();
        if let Some(known) = inner.numbers.get(path) {
            return PathNo(*known);
        }
        PathNo(number(&mut inner, Arc::from(path)))
    }

    /// Gives `path` the number that it had in an earlier scan. Numbers in between stay unused; the
    /// next new path is numbered after all of them.
    pub fn restore(&self, number: PathNo, path: &[u8]) {
        let mut inner = self.0.lock();
        let path: Arc<[u8]> = Arc::from(path);
        let at = number.0 as usize;
        if inner.keys.len() <= at {
            inner.keys.resize(at + 1, Arc::from([]));
        }
        inner.keys[at] = Arc::clone(&path);
        inner.numbers.insert(path, number.0);
    }

    /// Returns the path that `number` stands for.
    pub fn get(&self, number: PathNo) -> Arc<[u8]> {
        self.0.get(number.0)
    }

    /// Returns how many paths there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether no path was met yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The blobs met in one repository.
#[derive(Debug, Default)]
pub struct Blobs(Table<ObjectId, ById>);

impl Blobs {
    /// Returns the number of the blob `id`, a new one at its first use.
    pub fn number(&self, id: ObjectId) -> BlobNo {
        BlobNo(number(&mut self.0.lock(), id))
    }

    /// Returns what numbers several blobs one after the other: other threads wait while it is held.
    pub fn numbering(&self) -> Numbering<'_> {
        Numbering {
            inner: self.0.lock(),
            last: None,
        }
    }

    /// Returns the object id that `number` stands for.
    pub fn get(&self, number: BlobNo) -> ObjectId {
        self.0.get(number.0)
    }

    /// Returns the object ids of several numbers.
    pub fn get_all(&self, numbers: impl Iterator<Item = BlobNo>) -> Vec<ObjectId> {
        let inner = self.0.lock();
        numbers
            .map(|number| inner.keys[number.0 as usize])
            .collect()
    }

    /// Returns how many blobs there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether no blob was met yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Numbers blobs, see [`Blobs::numbering`].
#[derive(Debug)]
pub struct Numbering<'a> {
    inner: MutexGuard<'a, Inner<ObjectId, ById>>,
    last: Option<(ObjectId, BlobNo)>,
}

impl Numbering<'_> {
    /// Returns the number of the blob `id`, a new one at its first use.
    pub fn number(&mut self, id: ObjectId) -> BlobNo {
        // The version before a change is the one after the change before it.
        if let Some((last, blob)) = self.last
            && last == id
        {
            return blob;
        }
        let blob = BlobNo(number(&mut self.inner, id));
        self.last = Some((id, blob));
        blob
    }
}

/// For tables whose keys are object ids. A tree names whatever ids its writer likes, such that have most of their
/// bytes in common too: all are hashed, with a key that is another one in each process.
pub type ById = foldhash::fast::RandomState;

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::hash::BuildHasher;

    use super::*;

    #[test]
    fn ids_that_differ_anywhere_are_told_apart() {
        let hasher = ById::default();
        for at in 0..19 {
            let hashes: HashSet<u64> = (0..1_000_u16)
                .map(|number| {
                    let mut id = [7; 20];
                    id[at..at + 2].copy_from_slice(&number.to_be_bytes());
                    hasher.hash_one(ObjectId::from_bytes(id))
                })
                .collect();
            assert!(hashes.len() > 990, "{at}");
        }
        let hash = |byte: u8| hasher.hash_one(ObjectId::from_bytes([byte; 20]));
        assert_eq!(hash(1), hash(1));
    }

    #[test]
    fn a_path_keeps_its_number() {
        let paths = Paths::default();
        let a = paths.number(b"a");
        let b = paths.number(b"b/c");
        assert_ne!(a, b);
        assert_eq!(paths.number(b"a"), a);
        assert_eq!(&*paths.get(b), b"b/c");
        assert_eq!(paths.len(), 2);
    }

    #[test]
    fn a_restored_path_has_its_old_number() {
        let paths = Paths::default();
        paths.restore(PathNo(7), b"a");
        assert_eq!(paths.number(b"a"), PathNo(7));
        assert_eq!(paths.number(b"b"), PathNo(8));
        assert_eq!(&*paths.get(PathNo(7)), b"a");
    }

    #[test]
    fn a_blob_keeps_its_number() {
        let blobs = Blobs::default();
        let one = ObjectId::from_bytes([1; 20]);
        let two = ObjectId::from_bytes([2; 20]);
        let first = blobs.number(one);
        let second = blobs.number(two);
        assert_ne!(first, second);
        assert_eq!(blobs.number(one), first);
        assert_eq!(blobs.get(first), one);
        let mut numbering = blobs.numbering();
        let again = [one, two, two, one].map(|id| numbering.number(id));
        assert_eq!(again, [first, second, second, first]);
        drop(numbering);
        assert_eq!(blobs.get_all([second, first].into_iter()), [two, one]);
    }
}
