//! An open repository: the handle that all reading of git goes through.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use git2::{ErrorClass, ErrorCode, ObjectType, RepositoryOpenFlags};
use memchr::memmem;

use super::discover::{Place, find};
use super::error::{Error, printable, shown};
use super::inspect::{Inspected, LIST_LIMIT, inspect, small_file};
use super::loose::is_whole;
use super::mailmap::{MAILMAP_LIMIT, Mailmap};
use super::pack::Packs;
use super::settings::{MAX_OBJECT, settle, within_limit};
use super::tips::Head;
use super::warning::Warning;
use crate::object_id::ObjectId;

/// How long libgit2 may take to open a repository.
const OPENING: Duration = Duration::from_secs(5);

/// Where the references are that show an object in another form.
const REPLACE: &str = "refs/replace/";

/// An open repository. It can be sent to another thread but not shared: one for each worker, by
/// [`Repository::again`].
pub struct Repository {
    git: git2::Repository,
    place: Arc<Place>,
    found: Arc<Inspected>,
    packs: Arc<OnceLock<Arc<Packs>>>,
}

/// What opens a repository once more, on whatever thread.
#[derive(Clone)]
pub struct Again {
    place: Arc<Place>,
    found: Arc<Inspected>,
    packs: Arc<OnceLock<Arc<Packs>>>,
}

impl Again {
    /// Opens the repository. What [`Repository::open`] looked at is not looked at again.
    ///
    /// # Errors
    /// A repository that is gone, or another one by now.
    pub fn open(&self) -> Result<Repository, Error> {
        Ok(Repository {
            git: open(&self.place, &self.found)?,
            place: Arc::clone(&self.place),
            found: Arc::clone(&self.found),
            packs: Arc::clone(&self.packs),
        })
    }
}

impl Repository {
    /// Opens the repository that `path` lies in: a worktree or a directory or file within it, a
    /// git directory, a bare repository, a linked worktree, a submodule.
    ///
    /// The environment (`GIT_DIR` and its like) is not asked. Where libgit2 does not come back
    /// within five seconds, its thread is left behind and an error returned.
    ///
    /// # Errors
    /// No repository, one that could only be read in part, one of another user, or one whose
    /// files are not as git makes them.
    pub fn open(path: &Path) -> Result<Repository, Error> {
        let place = find(path)?;
        let mut found = inspect(&place)?;
        let git = open(&place, &found)?;
        if may_replace(&place)? {
            let count =
                replaced(&git).map_err(|error| failed(&place, "list the references of", &error))?;
            if count > 0 {
                found.warnings.push(Warning::Replaced { count });
            }
        }
        Ok(Repository {
            git,
            place: Arc::new(place),
            found: Arc::new(found),
            packs: Arc::default(),
        })
    }

    /// Returns what opens the same repository once more, for other threads.
    pub fn again(&self) -> Again {
        Again {
            place: Arc::clone(&self.place),
            found: Arc::clone(&self.found),
            packs: Arc::clone(&self.packs),
        }
    }

    /// Returns the directory that all worktrees of the repository share, canonical: what tells
    /// one repository from another.
    pub fn common_dir(&self) -> &Path {
        &self.place.common_dir
    }

    /// Returns the git directory, canonical; that of the worktree in a linked worktree.
    pub fn git_dir(&self) -> &Path {
        &self.place.git_dir
    }

    /// Returns the worktree; `None` for a bare repository.
    pub fn workdir(&self) -> Option<&Path> {
        self.git.workdir()
    }

    /// Returns the name for people: that of the directory, without `.git`. Linked worktrees have
    /// the name of the repository they belong to. It is as the file system has it: escape it.
    pub fn name(&self) -> String {
        let directory = &self.place.common_dir;
        let named = match directory.file_name() {
            Some(name) if name == ".git" => directory.parent().and_then(Path::file_name),
            name => name,
        };
        let name = named.unwrap_or(directory.as_os_str()).to_string_lossy();
        name.strip_suffix(".git").unwrap_or(&name).to_owned()
    }

    /// Whether the history ends early because the clone is shallow.
    pub fn is_shallow(&self) -> bool {
        !self.found.boundary.is_empty()
    }

    /// Returns the commits of a shallow clone whose parents were left out, sorted. They are
    /// those of the moment the repository was opened.
    pub fn shallow_boundary(&self) -> &[ObjectId] {
        &self.found.boundary
    }

    /// Returns what people should know of the repository.
    pub fn warnings(&self) -> &[Warning] {
        &self.found.warnings
    }

    /// Reads the `.mailmap` of the commit at `HEAD`, and of no worktree, so that a bare clone and
    /// a worktree name everybody alike. Empty where there is none.
    ///
    /// # Errors
    /// `HEAD` or an object that cannot be read, or a mailmap of more than 4 MiB.
    pub fn mailmap(&self) -> Result<Mailmap, Error> {
        let Head::Commit { id, .. } = self.head()? else {
            return Ok(Mailmap::default());
        };
        let commit = self.commit(to_git(id), "HEAD")?;
        let odb = self
            .git
            .odb()
            .map_err(|error| self.failed("read the objects of", &error))?;
        let tree = commit.tree_id();
        let tree = self.read(&odb, tree, ObjectType::Tree, MAX_OBJECT, "HEAD")?;
        let Some(id) = mailmap_of(tree.data()) else {
            return Ok(Mailmap::default());
        };
        let blob = self.read(&odb, id, ObjectType::Blob, MAILMAP_LIMIT, ".mailmap")?;
        Ok(Mailmap::parse(blob.data()))
    }

    /// The handle of libgit2, for the rest of this room.
    pub(super) fn git(&self) -> &git2::Repository {
        &self.git
    }

    /// Reads a commit that `what` names.
    pub(super) fn commit(&self, id: git2::Oid, what: &str) -> Result<git2::Commit<'_>, Error> {
        let id = self.checked(id, ObjectType::Commit, MAX_OBJECT, what)?;
        self.git
            .find_commit(id)
            .map_err(|error| self.broken(id, what, &error))
    }

    /// Reads an annotated tag.
    pub(super) fn tag(&self, id: git2::Oid, what: &str) -> Result<git2::Tag<'_>, Error> {
        let id = self.checked(id, ObjectType::Tag, MAX_OBJECT, what)?;
        self.git
            .find_tag(id)
            .map_err(|error| self.broken(id, what, &error))
    }

    /// Reads an object of this kind and of at most `limit` bytes, if it is that and whole. `what`
    /// names the use made of it, for the error.
    ///
    /// All reading of objects must come through here, or libgit2 may never return.
    pub(super) fn read<'odb>(
        &self,
        odb: &'odb git2::Odb<'_>,
        id: git2::Oid,
        kind: ObjectType,
        limit: usize,
        what: &str,
    ) -> Result<git2::OdbObject<'odb>, Error> {
        self.checked(id, kind, limit, what)?;
        within_limit(|| odb.read(id)).map_err(|error| self.broken(id, what, &error))
    }

    /// Looks at an object without unpacking it, so that one of the wrong kind or size, or one that
    /// is cut off, is never read.
    fn checked(
        &self,
        id: git2::Oid,
        kind: ObjectType,
        limit: usize,
        what: &str,
    ) -> Result<git2::Oid, Error> {
        let (size, found) = self.header(id, what)?;
        let why = if found != kind {
            format!("it is a {found}, not a {kind}")
        } else if size > limit {
            format!("it has {size} bytes, and more than {limit} are not read")
        } else {
            self.whole(id, kind, size, what)?;
            return Ok(id);
        };
        Err(self.bad_object(id, what, why))
    }

    /// The packs, as they were when they were first asked for.
    pub(super) fn packs(&self) -> Arc<Packs> {
        let packs = self.packs.get_or_init(|| {
            let stores = self.found.loose.stores();
            Arc::new(Packs::open(stores))
        });
        Arc::clone(packs)
    }

    /// Whether an object is in no pack.
    pub(super) fn is_loose(&self, id: ObjectId) -> bool {
        self.found.loose.may_have(id)
    }

    /// Checks that the files of an object that is in no pack are whole.
    pub(super) fn whole(
        &self,
        id: git2::Oid,
        kind: ObjectType,
        size: usize,
        what: &str,
    ) -> Result<(), Error> {
        for file in self.found.loose.files(from_git(id)) {
            let stream = small_file(&file, MAX_OBJECT as u64)?.unwrap_or_default();
            let header = format!("{kind} {size}\0");
            if !is_whole(&stream, (header.len() + size) as u64) {
                let why = format!("{} is cut off or too long", shown(&file));
                return Err(self.bad_object(id, what, why));
            }
        }
        Ok(())
    }

    /// Returns the size and the kind of an object without reading it.
    ///
    /// git2 0.21 panics on an object in a pack whose kind is one of those that the format keeps
    /// for later; that is an error here, though the panic hook gets to see it.
    pub(super) fn header(&self, id: git2::Oid, what: &str) -> Result<(usize, ObjectType), Error> {
        let odb = self
            .git
            .odb()
            .map_err(|error| self.broken(id, what, &error))?;
        match catch_unwind(AssertUnwindSafe(|| odb.read_header(id))) {
            Ok(header) => header.map_err(|error| self.broken(id, what, &error)),
            Err(_) => Err(self.bad_object(id, what, "its kind is unknown".to_owned())),
        }
    }

    /// Names an object that libgit2 did not give.
    pub(super) fn broken(&self, id: git2::Oid, what: &str, error: &git2::Error) -> Error {
        if error.code() == ErrorCode::NotFound {
            return Error::MissingObject {
                path: self.place.git_dir.clone(),
                what: what.to_owned(),
                id: from_git(id),
            };
        }
        self.bad_object(id, what, printable(error.message().as_bytes()))
    }

    pub(super) fn bad_object(&self, id: git2::Oid, what: &str, why: String) -> Error {
        Error::Object {
            path: self.place.git_dir.clone(),
            what: what.to_owned(),
            id: from_git(id),
            why,
        }
    }

    /// Names an operation that libgit2 refused.
    pub(super) fn failed(&self, doing: &'static str, error: &git2::Error) -> Error {
        failed(&self.place, doing, error)
    }
}

/// Finds the `.mailmap` among the entries of a tree. Neither a link nor a folder of that name
/// says anything.
fn mailmap_of(mut tree: &[u8]) -> Option<git2::Oid> {
    loop {
        let end = memchr::memchr(0, tree)?;
        let id = tree.get(end + 1..end + 21)?;
        if [b"100644 .mailmap", b"100755 .mailmap", b"100664 .mailmap"]
            .iter()
            .any(|entry| entry[..] == tree[..end])
        {
            return git2::Oid::from_bytes(id).ok();
        }
        tree = &tree[end + 21..];
    }
}

/// The id as the rest of the crate knows it.
pub(super) fn from_git(id: git2::Oid) -> ObjectId {
    let mut bytes = [0; 20];
    bytes.copy_from_slice(id.as_bytes());
    ObjectId::from_bytes(bytes)
}

/// The id as libgit2 knows it.
pub(super) fn to_git(id: ObjectId) -> git2::Oid {
    // Only a wrong length is refused, and this is 20 bytes.
    git2::Oid::from_bytes(id.as_bytes()).unwrap_or(git2::Oid::ZERO_SHA1)
}

/// Has libgit2 open the place, in a thread of its own that is left behind if it takes too long.
fn open(place: &Place, found: &Inspected) -> Result<git2::Repository, Error> {
    settle();
    let root = place.root.clone();
    let opened = within(OPENING, move || {
        // No search, no environment: what was inspected is what is opened.
        let git = git2::Repository::open_ext(
            root,
            RepositoryOpenFlags::NO_SEARCH,
            &[] as &[&std::ffi::OsStr],
        )?;
        // Else the alternates would be opened later, outside the time limit.
        git.odb()?;
        Ok(git)
    });
    let git = match opened {
        Ok(opened) => opened.map_err(|error| refused(place, found, &error))?,
        Err(Stopped::Late) => {
            return Err(Error::TimedOut {
                path: place.git_dir.clone(),
                seconds: OPENING.as_secs(),
            });
        }
        Err(Stopped::Broken) => {
            return Err(Error::Git {
                path: place.git_dir.clone(),
                doing: "open",
                why: "its thread ended early".to_owned(),
            });
        }
    };
    // libgit2 searched once more; had a directory been exchanged, it would have gone elsewhere.
    let same = |ours: &Path, theirs: &Path| {
        std::fs::canonicalize(theirs).is_ok_and(|theirs| theirs == ours)
    };
    if same(&place.git_dir, git.path()) && same(&place.common_dir, git.commondir()) {
        Ok(git)
    } else {
        Err(Error::NotARepository {
            path: place.root.clone(),
        })
    }
}

/// Names why libgit2 does not open the place.
fn refused(place: &Place, found: &Inspected, error: &git2::Error) -> Error {
    match (error.code(), error.class()) {
        (ErrorCode::Owner, _) => Error::Owner {
            path: found.safe_directory.clone(),
        },
        (_, ErrorClass::Config) => Error::Config {
            path: place.git_dir.clone(),
            why: printable(error.message().as_bytes()),
        },
        _ => failed(place, "open", error),
    }
}

/// Why there is no result.
#[derive(Debug, PartialEq, Eq)]
enum Stopped {
    /// It is not there yet.
    Late,
    /// It will never be: the thread could not be started, or panicked.
    Broken,
}

/// Does the work in another thread and waits at most so long. A late thread goes on by itself:
/// there is no way to stop one that waits in the kernel.
fn within<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Stopped> {
    let (sender, receiver) = sync_channel(1);
    thread::Builder::new()
        .name("open a repository".to_owned())
        .spawn(move || sender.send(work()))
        .map_err(|_| Stopped::Broken)?;
    receiver.recv_timeout(limit).map_err(|error| match error {
        RecvTimeoutError::Timeout => Stopped::Late,
        RecvTimeoutError::Disconnected => Stopped::Broken,
    })
}

/// Whether there may be references that show objects in another form. libgit2 reads and sorts all references to
/// find them, and hardly any repository has one.
fn may_replace(place: &Place) -> Result<bool, Error> {
    let common = &place.common_dir;
    if common.join(REPLACE).exists() {
        return Ok(true);
    }
    let packed = small_file(&common.join("packed-refs"), LIST_LIMIT)?;
    let packed = packed.unwrap_or_default();
    Ok(memmem::find(&packed, REPLACE.as_bytes()).is_some())
}

/// Counts the objects that git would show in another form.
fn replaced(git: &git2::Repository) -> Result<usize, git2::Error> {
    let mut references = git.references_glob(&format!("{REPLACE}*"))?;
    Ok(references.names().filter(Result::is_ok).count())
}

fn failed(place: &Place, doing: &'static str, error: &git2::Error) -> Error {
    Error::Git {
        path: place.git_dir.clone(),
        doing,
        why: printable(error.message().as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_does_not_end_is_left_behind() {
        let (keep, wait) = sync_channel::<()>(1);
        let result = within(Duration::from_millis(1), move || wait.recv().is_ok());
        assert_eq!(result, Err(Stopped::Late));
        drop(keep);
    }

    #[test]
    fn work_that_panics_is_no_result() {
        let (keep, _) = sync_channel::<()>(1);
        let result = within(Duration::from_secs(60), move || {
            let _keep = keep;
            std::panic::resume_unwind(Box::new(()));
        });
        assert_eq!(result, Err::<(), _>(Stopped::Broken));
    }

    #[test]
    fn an_id_is_the_same_there_and_back() {
        let id = ObjectId::from_bytes(*b"0123456789abcdefghij");
        assert_eq!(from_git(to_git(id)), id);
    }

    #[test]
    fn a_repository_can_go_to_a_worker() {
        fn goes<T: Send>() {}
        goes::<Repository>();
    }
}
