//! Objects by id, read raw: one reader a thread.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use git2::{ErrorClass, ErrorCode, ObjectType, Odb, OdbObject};

use super::error::Error;
use super::open::{Repository, to_git};
use super::pack::{Bytes, Unpacker};
use super::settings::{MAX_OBJECT, within_limit};
use crate::interned::ById;
use crate::object_id::ObjectId;

/// A folder with more bytes of entries is left out: about 200,000 entries.
pub(super) const MAX_TREE: usize = 8 << 20;

/// Bytes of trees kept in each of two generations: more than the path of one commit to the next needs.
const TREES: usize = 4 << 20;

/// A tree's bytes.
pub type Tree<'o> = Object<'o>;

/// An object's bytes, shared by all copies.
#[derive(Clone)]
pub struct Object<'o>(Holder<'o>);

/// Who holds an object's bytes.
#[derive(Clone)]
enum Holder<'o> {
    /// libgit2.
    Git(Rc<OdbObject<'o>>),
    /// This room, and perhaps others are made of them.
    Pack(Rc<Bytes>),
}

impl AsRef<[u8]> for Object<'_> {
    fn as_ref(&self) -> &[u8] {
        self.data()
    }
}

impl Object<'_> {
    /// Returns the bytes.
    pub fn data(&self) -> &[u8] {
        match &self.0 {
            Holder::Git(object) => object.data(),
            Holder::Pack(bytes) => (**bytes).as_ref(),
        }
    }
}

/// An object that could be read, or is too large to be.
pub enum Content<'o> {
    /// The object.
    Read(Object<'o>),
    /// It has more bytes than are ever read: 64 MiB.
    TooLarge,
}

/// Reads the objects of one repository.
pub struct Reader<'o> {
    repository: &'o Repository,
    odb: &'o Odb<'o>,
    unpacker: RefCell<Unpacker>,
    young: HashMap<ObjectId, Tree<'o>, ById>,
    old: HashMap<ObjectId, Tree<'o>, ById>,
    young_bytes: usize,
}

impl Repository {
    /// Calls `work` with a reader of this repository's objects.
    ///
    /// # Errors
    /// An object database that cannot be opened, and what `work` returns.
    pub fn read_with<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Reader<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let odb = self.git().odb();
        let odb = odb.map_err(|error| self.failed("open the objects of", &error))?;
        let mut reader = Reader {
            repository: self,
            odb: &odb,
            unpacker: RefCell::new(Unpacker::new(self.packs())),
            young: HashMap::default(),
            old: HashMap::default(),
            young_bytes: 0,
        };
        work(&mut reader)
    }
}

impl<'o> Reader<'o> {
    /// Reads an object. `what` says for the message of an error what it is needed for.
    ///
    /// # Errors
    /// An object that is not there, is broken, or is not of the wanted kind.
    pub fn read(&self, id: ObjectId, kind: ObjectType, what: &str) -> Result<Content<'o>, Error> {
        let git = to_git(id);
        let is_loose = self.repository.is_loose(id);
        if !is_loose
            && let Some((found, bytes)) = self.unpacker.borrow_mut().read(id)
            && found == kind
        {
            return Ok(Content::Read(Object(Holder::Pack(bytes))));
        }
        if is_loose {
            let (size, found) = self.repository.header(git, what)?;
            if size > MAX_OBJECT {
                return Ok(Content::TooLarge);
            }
            self.repository.whole(git, found, size, what)?;
        }
        match within_limit(|| self.odb.read(git)) {
            Ok(object) if object.len() > MAX_OBJECT => Ok(Content::TooLarge),
            Ok(object) if object.kind() == kind => {
                Ok(Content::Read(Object(Holder::Git(Rc::new(object)))))
            }
            Ok(object) => {
                let why = format!("it is a {}, not a {kind}", object.kind());
                Err(self.repository.bad_object(git, what, why))
            }
            Err(error) if error.class() == ErrorClass::NoMemory => Ok(Content::TooLarge),
            Err(error) if error.code() == ErrorCode::NotFound => {
                Err(self.repository.broken(git, what, &error))
            }
            Err(error) => match self.repository.header(git, what) {
                Ok((size, _)) if size > MAX_OBJECT => Ok(Content::TooLarge),
                _ => Err(self.repository.broken(git, what, &error)),
            },
        }
    }

    /// Makes ready to read these objects in this order, so that what they are made of is at hand: instead of those it
    /// was last made ready for. Others may be read between them.
    pub fn expect(&self, ids: impl Iterator<Item = ObjectId>) {
        let packed = ids.filter(|id| !self.repository.is_loose(*id));
        self.unpacker.borrow_mut().expect(packed);
    }

    /// Returns commits that are mostly ancestors of one, `most` of them or fewer, without a look at any: those
    /// that are stored behind it.
    pub(super) fn commits_after(&self, id: ObjectId, most: usize) -> Vec<ObjectId> {
        self.unpacker.borrow().commits_after(id, most)
    }

    /// Returns the content of a blob.
    pub fn blob(&self, id: ObjectId) -> Result<Content<'o>, Error> {
        self.read(id, ObjectType::Blob, "a file")
    }

    /// Says that an object is not as git makes it.
    pub(super) fn malformed(&self, id: ObjectId, what: &str) -> Error {
        let why = "it is not as git writes it".to_owned();
        self.repository.bad_object(to_git(id), what, why)
    }

    /// Returns the raw bytes of a tree, `None` for one that has too many entries.
    pub fn tree(&mut self, id: ObjectId) -> Result<Option<Tree<'o>>, Error> {
        if let Some((ObjectType::Tree, bytes)) = self.unpacker.get_mut().read_expected(id)
            && (*bytes).as_ref().len() <= MAX_TREE
        {
            return Ok(Some(Object(Holder::Pack(bytes))));
        }
        if let Some(tree) = self.young.get(&id) {
            return Ok(Some(tree.clone()));
        }
        let tree = match self.old.remove(&id) {
            Some(tree) => tree,
            None => match self.read(id, ObjectType::Tree, "a folder")? {
                Content::Read(object) if object.data().len() <= MAX_TREE => object,
                _ => return Ok(None),
            },
        };
        if self.young_bytes >= TREES {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
        self.young_bytes += tree.data().len();
        self.young.insert(id, tree.clone());
        Ok(Some(tree))
    }
}
