//! One repository together with its index.

use std::collections::HashSet;
use std::fs::{File, TryLockError};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use xxhash_rust::xxh3::xxh3_64;

use super::Error;
use super::scan::{self, Order, held};
use crate::debt::attributes::Attributes;
use crate::debt::detect::{self, Detector};
use crate::debt::left_out::PathRules;
use crate::debt::rules::{RuleOptions, Rules};
use crate::history::Repository;
use crate::history::reader::{Content, Reader};
use crate::history::trees::Trees;
use crate::interned::{Blobs, Paths};
use crate::object_id::ObjectId;
use crate::store;
use crate::store::index::{Identity, Index};

/// How long a wait for another scan of the same repository sleeps between two looks.
const WAIT: Duration = Duration::from_millis(50);

/// What decides which comments are debt, before any file of the repository is looked at.
#[derive(Clone, Debug)]
pub struct Detection {
    /// The rules for markers.
    pub options: RuleOptions,
    /// Globs of paths that are left out.
    pub excludes: Vec<String>,
    /// Where both come from, for errors.
    pub file: PathBuf,
}

impl Detection {
    /// A number that is another one when something else can be found.
    fn fingerprint(&self) -> u64 {
        let all = format!(
            "{} {} {:?} {:?}",
            env!("CARGO_PKG_VERSION"),
            detect::VERSION,
            self.options,
            self.excludes
        );
        xxh3_64(all.as_bytes())
    }

    fn rules(&self) -> Result<Rules, Error> {
        Rules::new(&self.options).map_err(|why| Error::Rule {
            file: self.file.clone(),
            why,
        })
    }

    fn detector(&self, rules: Rules, attributes: Attributes) -> Result<Detector, Error> {
        let files = PathRules::new(attributes, &self.excludes).map_err(|why| Error::Exclude {
            file: self.file.clone(),
            why,
        })?;
        Ok(Detector::new(rules, files))
    }
}

/// An open repository and where its index is.
pub struct Source {
    repository: Repository,
    tips: Vec<ObjectId>,
    index: PathBuf,
    /// The index as the last scan left it, for who asks next.
    open: Mutex<Option<Index>>,
    /// The threads that close it.
    closing: Mutex<Vec<JoinHandle<()>>>,
}

impl Source {
    /// Opens the repository at `path`, for the named branches or for `HEAD`. `folder` is where
    /// indexes live.
    ///
    /// # Errors
    /// No repository, one that cannot be read, a branch that is not there.
    pub fn open(path: &Path, branches: &[String], folder: &Path) -> Result<Source, Error> {
        let repository = Repository::open(path)?;
        let mut tips: Vec<ObjectId> = repository
            .tips(branches)?
            .into_iter()
            .map(|(_, id)| id)
            .collect();
        tips.sort();
        tips.dedup();
        let place = repository.common_dir().as_os_str().as_encoded_bytes();
        let file = format!("{}-{:016x}.db", slug(&repository.name()), xxh3_64(place));
        Ok(Source {
            repository,
            tips,
            index: folder.join(file),
            open: Mutex::default(),
            closing: Mutex::default(),
        })
    }

    /// Returns the repository.
    pub fn repository(&self) -> &Repository {
        &self.repository
    }

    /// Returns the commits whose histories are looked at; none before the first commit.
    pub fn tips(&self) -> &[ObjectId] {
        &self.tips
    }

    /// Looks also at the commits that another worktree of the same repository looks at.
    pub fn add_tips(&mut self, tips: &[ObjectId]) {
        self.tips.extend(tips);
        self.tips.sort();
        self.tips.dedup();
    }

    /// Opens the index as it is.
    pub fn index(&self, detection: &Detection) -> Result<Index, Error> {
        let identity = self.identity(detection);
        if let Some(index) = held(&self.open).take()
            && index.is_of(&identity)?
        {
            return Ok(index);
        }
        self.wait_for_closing();
        Ok(Index::open(&self.index, &identity)?)
    }

    /// Leaves an index open for who asks next.
    pub fn leave_open(&self, index: Index) {
        *held(&self.open) = Some(index);
    }

    /// Closes an index while other things are done: the last one to close it brings what was written to the
    /// disk.
    pub fn close(&self, index: Index) {
        // Without a thread it is closed here.
        let closing = std::thread::Builder::new().spawn(move || drop(index));
        held(&self.closing).extend(closing);
    }

    fn wait_for_closing(&self) {
        for closing in held(&self.closing).drain(..) {
            closing.join().unwrap_or_else(|panic| resume_unwind(panic));
        }
    }

    fn identity(&self, detection: &Detection) -> Identity {
        let place = self.repository.common_dir().as_os_str();
        Identity {
            common_dir: place.as_encoded_bytes().to_vec(),
            rules: detection.fingerprint(),
            boundary: self.repository.shallow_boundary().to_vec(),
        }
    }

    /// Brings the index up to date.
    ///
    /// # Errors
    /// See [`scan::scan`].
    pub fn scan(
        &self,
        detection: &Detection,
        threads: usize,
        progress: &(dyn Fn(u64, u64) + Sync),
        cancel: &AtomicBool,
    ) -> Result<scan::Done, Error> {
        // The file may be another one by now.
        held(&self.open).take();
        // Who finds no index has none to look at before the wait for its turn.
        if self.index.exists() {
            let index = self.index(detection)?;
            if index.tips()?.as_deref() == Some(&self.tips) {
                *held(&self.open) = Some(index);
                return Ok(scan::Done::default());
            }
        }
        let _lock = self.lock(cancel)?;
        let (path, identity) = (&self.index, &self.identity(detection));
        let open = || Index::open(path, identity);
        let (index, detector) = std::thread::scope(|scope| {
            let opens = std::thread::Builder::new().spawn_scoped(scope, open);
            let detector = self.detector(detection);
            let index = opens.map_or_else(
                |_| open(),
                |opens| opens.join().unwrap_or_else(|panic| resume_unwind(panic)),
            );
            (index, detector)
        });
        let (mut index, detector) = (index?, detector?);
        index.require(detector.fingerprint())?;
        let order = Order {
            repository: &self.repository,
            tips: &self.tips,
            detector: &detector,
            threads,
            progress,
            cancel,
        };
        let done = scan::scan(&order, &mut index)?;
        scan::give_back(detector);
        *held(&self.open) = Some(index);
        Ok(done)
    }

    /// Returns the rules as they hold for the first tip.
    pub fn detector(&self, detection: &Detection) -> Result<Detector, Error> {
        // The trees of a large repository and the patterns take about as long.
        let (rules, attributes) = std::thread::scope(|scope| {
            let makes = std::thread::Builder::new().spawn_scoped(scope, || detection.rules());
            let attributes = self.attributes();
            let rules = makes.map_or_else(
                |_| detection.rules(),
                |makes| makes.join().unwrap_or_else(|panic| resume_unwind(panic)),
            );
            (rules, attributes)
        });
        detection.detector(rules?, attributes?)
    }

    /// Throws the index away.
    ///
    /// # Errors
    /// Files that cannot be removed, a database of another program.
    pub fn forget(&self, cancel: &AtomicBool) -> Result<(), Error> {
        let _lock = self.lock(cancel)?;
        held(&self.open).take();
        self.wait_for_closing();
        Index::check_own(&self.index)?;
        for ending in ["", "-wal", "-shm"] {
            let mut file = self.index.clone().into_os_string();
            file.push(ending);
            let file = PathBuf::from(file);
            match std::fs::remove_file(&file) {
                Err(why) if why.kind() != std::io::ErrorKind::NotFound => {
                    return Err(store::Error::Folder { path: file, why }.into());
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Waits until no other process scans this repository. The lock goes with the file's handle, so
    /// a process that dies leaves none behind.
    fn lock(&self, cancel: &AtomicBool) -> Result<File, Error> {
        let path = self.index.with_extension("lock");
        let failed = |why| Error::Lock {
            path: path.clone(),
            why,
        };
        // What is there is neither emptied nor waited for, should it be no file of ours.
        let file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::WouldBlock) if cancel.load(Ordering::Relaxed) => {
                    return Err(Error::Interrupted);
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(WAIT),
                Err(TryLockError::Error(why)) => return Err(failed(why)),
            }
        }
    }

    /// Reads every `.gitattributes` of the first tip. They hold for the whole history: what a team
    /// calls vendored today was never its own debt.
    fn attributes(&self) -> Result<Attributes, Error> {
        let Some(tip) = self.tips.first() else {
            return Ok(Attributes::parse(&[], None));
        };
        let files = self.repository.read_with(|reader: &mut Reader<'_>| {
            let (paths, blobs) = (Paths::default(), Blobs::default());
            let tree = crate::history::commits::commit(reader, *tip, |_| ())?.tree;
            let found = Trees::new(reader, &paths, &blobs).files(tree)?;
            let mut files: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
            let mut met = HashSet::new();
            for (path, blob) in found {
                let path = paths.get(path);
                let Some(folder) = path.strip_suffix(b".gitattributes") else {
                    continue;
                };
                if !folder.is_empty() && !folder.ends_with(b"/") || !met.insert(folder.to_vec()) {
                    continue;
                }
                if let Content::Read(object) = reader.blob(blobs.get(blob))? {
                    let folder = folder.strip_suffix(b"/").unwrap_or(folder);
                    files.push((folder.to_vec(), object.data().to_vec()));
                }
            }
            Ok::<_, Error>(files)
        })?;
        let files: Vec<(&[u8], &[u8])> = files.iter().map(|(f, t)| (&f[..], &t[..])).collect();
        Ok(Attributes::parse(&files, None))
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        for closing in held(&self.closing).drain(..) {
            // What it says of a panic was said.
            let _ = closing.join();
        }
    }
}

/// Returns a file name from a repository's name: nothing but letters, digits and dashes.
fn slug(name: &str) -> String {
    let slug: String = name
        .chars()
        .take(40)
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    if slug.is_empty() {
        "repository".to_owned()
    } else {
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_file_name_cannot_lead_elsewhere() {
        assert_eq!(slug("../../.bashrc"), "-------bashrc");
        assert_eq!(slug(""), "repository");
        assert_eq!(slug("Pay 2"), "pay-2");
    }
}
