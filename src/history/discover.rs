//! Where the repository is that a path lies in. Found here and not by libgit2, so that its files
//! can be looked at before libgit2 opens them.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::Error;
use super::inspect::{is_absence, regular_file, small_file};

/// The most bytes of a `.git` or `commondir` file: they hold one path.
const POINTER_LIMIT: u64 = 64 << 10;

/// A repository on disk. All paths are canonical.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The directory to name to libgit2: the worktree, or a git directory without one.
    pub(super) root: PathBuf,
    /// The git directory, with `HEAD`.
    pub(super) git_dir: PathBuf,
    /// The git directory that linked worktrees share, with objects and branches.
    pub(super) common_dir: PathBuf,
    /// The `.git` file that led to the git directory.
    pub(super) git_file: Option<PathBuf>,
}

/// Finds the repository at `path` or the nearest above it, on the same file system, as git does.
pub(super) fn find(path: &Path) -> Result<Place, Error> {
    let start = canonical(path)?;
    let device = device(&start);
    let above = start
        .ancestors()
        .take_while(|directory| self::device(directory) == device);
    for directory in above {
        let inner = directory.join(".git");
        match fs::metadata(&inner) {
            Ok(found) if found.is_dir() => {
                if let Some(place) = place(directory, &canonical(&inner)?, None)? {
                    return Ok(place);
                }
            }
            // Anything but a directory ends the search: what is above is not what is meant.
            Ok(_) => return follow(directory, inner),
            Err(error) if is_absence(&error) => {}
            Err(error) => return Err(Error::unreadable(&inner, &error)),
        }
        if let Some(place) = place(directory, directory, None)? {
            return Ok(place);
        }
    }
    Err(Error::NotARepository {
        path: path.to_owned(),
    })
}

/// Goes where a `.git` file says.
fn follow(directory: &Path, file: PathBuf) -> Result<Place, Error> {
    regular_file(&file, POINTER_LIMIT)?;
    let text = small_file(&file, POINTER_LIMIT)?.unwrap_or_default();
    let Some(target) = text.strip_prefix(b"gitdir:") else {
        return Err(Error::GitFile {
            file,
            why: "it does not begin with `gitdir:`",
        });
    };
    let target = directory.join(path_of(target.trim_ascii()));
    let found = match canonical(&target) {
        Ok(git_dir) => place(directory, &git_dir, Some(&file))?,
        Err(_) => None,
    };
    found.ok_or(Error::GitFile {
        file,
        why: "there is no repository where it points",
    })
}

/// Returns the repository with this git directory; `None` if it is none.
fn place(root: &Path, git_dir: &Path, git_file: Option<&Path>) -> Result<Option<Place>, Error> {
    let head = git_dir.join("HEAD");
    match fs::symlink_metadata(&head) {
        Ok(_) => {}
        Err(error) if is_absence(&error) => return Ok(None),
        // Else a repository that may not be read would open the one around it.
        Err(error) => return Err(Error::unreadable(&head, &error)),
    }
    let common_dir = common_dir(git_dir)?;
    if !common_dir.join("objects").is_dir() || !common_dir.join("refs").is_dir() {
        return Ok(None);
    }
    regular_file(&head, POINTER_LIMIT)?;
    Ok(Some(Place {
        root: root.to_owned(),
        git_dir: git_dir.to_owned(),
        common_dir,
        git_file: git_file.map(Path::to_owned),
    }))
}

/// Follows the `commondir` file of a linked worktree.
fn common_dir(git_dir: &Path) -> Result<PathBuf, Error> {
    let file = git_dir.join("commondir");
    let Some(text) = small_file(&file, POINTER_LIMIT)? else {
        return Ok(git_dir.to_owned());
    };
    canonical(&git_dir.join(path_of(text.trim_ascii_end()))).map_err(|_| Error::GitFile {
        file,
        why: "the git directory that it names is not there",
    })
}

fn canonical(path: &Path) -> Result<PathBuf, Error> {
    fs::canonicalize(path).map_err(|error| Error::unreadable(path, &error))
}

/// Returns the path that a file of git holds.
#[cfg(unix)]
pub(super) fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

/// Returns the path that a file of git holds.
#[cfg(not(unix))]
pub(super) fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(unix)]
fn device(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|found| found.dev())
}

#[cfg(not(unix))]
fn device(_: &Path) -> Option<u64> {
    None
}
