//! Where a result goes: standard output, or a file that is written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::exit::Failure;

/// A place for a result, looked at before the work that makes it.
#[derive(Debug)]
pub(crate) enum Target {
    /// Standard output.
    Stdout,
    /// A file.
    File { path: PathBuf, replace: bool },
}

impl Target {
    /// Standard output, or `path` if it may be written.
    ///
    /// # Errors
    /// [`Failure::Refused`] for a symbolic link, for what is no regular file, and without `replace`
    /// for a file that is there; [`Failure::Output`] when it cannot be looked at.
    pub(crate) fn new(path: Option<&Path>, replace: bool) -> Result<Self, Failure> {
        let Some(path) = path else {
            return Ok(Self::Stdout);
        };
        check(path, replace)?;
        Ok(Self::File {
            path: path.to_owned(),
            replace,
        })
    }

    /// Writes the whole result. A reader of standard output who has seen enough and closed it is
    /// no failure.
    ///
    /// # Errors
    /// Those of [`Target::new`], and [`Failure::Output`] or [`Failure::Stdout`]; an old file is then
    /// as it was.
    pub(crate) fn write(&self, result: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Stdout => {
                let mut stdout = io::stdout().lock();
                match stdout.write_all(result).and_then(|()| stdout.flush()) {
                    Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
                    written => written.map_err(Failure::Stdout),
                }
            }
            Self::File { path, replace } => {
                check(path, *replace)?;
                write_whole(path, *replace, result)
            }
        }
    }
}

fn check(path: &Path, replace: bool) -> Result<(), Failure> {
    let refused = |why, hint: &str| {
        Err(Failure::Refused {
            path: path.to_owned(),
            why,
            hints: vec![hint.to_owned()],
        })
    };
    match fs::symlink_metadata(path) {
        Ok(found) if found.file_type().is_symlink() => refused(
            "is a symbolic link, which is not followed",
            "name the file it points to",
        ),
        Ok(found) if !found.is_file() => refused(
            "is not a regular file",
            "name a file, or leave --output out",
        ),
        Ok(_) if !replace => refused("is there already", "--force replaces it"),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(source) => Err(Failure::Output {
            path: path.to_owned(),
            source,
        }),
    }
}

/// Writes beside the target, brings that to the disk, and then gives it the target's name.
fn write_whole(path: &Path, replace: bool, result: &[u8]) -> Result<(), Failure> {
    let failed = |source| Failure::Output {
        path: path.to_owned(),
        source,
    };
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let (mut file, draft) = create_draft(directory).map_err(failed)?;
    let written = file.write_all(result).and_then(|()| file.sync_all());
    drop(file);
    let placed = written.and_then(|()| {
        if replace {
            fs::rename(&draft, path)
        } else {
            place(&draft, path)
        }
    });
    if let Err(error) = placed {
        // The draft is of no use to anybody; that it stays behind is not the failure to tell.
        let _ = fs::remove_file(&draft);
        if error.kind() == ErrorKind::AlreadyExists && !replace {
            check(path, false)?;
        }
        return Err(failed(error));
    }
    // A directory cannot be opened everywhere, and the result is complete without.
    if let Ok(directory) = File::open(directory) {
        let _ = directory.sync_all();
    }
    Ok(())
}

/// Gives a draft its name unless that is taken, even by someone who came in between.
fn place(draft: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(draft, path) {
        Ok(()) => fs::remove_file(draft),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
        // Some file systems have no hard links. The name was free a moment ago.
        Err(_) => fs::rename(draft, path),
    }
}

/// A new file, never one that was there, and never through a link.
fn create_draft(directory: &Path) -> io::Result<(File, PathBuf)> {
    let process = std::process::id();
    let mut last = io::Error::from(ErrorKind::AlreadyExists);
    for attempt in 0..100_u32 {
        let draft = directory.join(format!(".hackweek-{process}-{attempt}.tmp"));
        match OpenOptions::new().write(true).create_new(true).open(&draft) {
            Ok(file) => return Ok((file, draft)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn names(directory: &Path) -> Vec<String> {
        let mut names = fs::read_dir(directory)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect::<Vec<_>>();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_is_written_and_nothing_else_is_left() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("report.json");
        Target::new(Some(&path), false)
            .unwrap()
            .write(b"whole\n")
            .unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"whole\n");
        assert_eq!(names(home.path()), ["report.json"]);
    }

    #[test]
    fn a_file_that_is_there_is_replaced_only_by_force() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("report.json");
        fs::write(&path, "old").unwrap();
        let refused = Target::new(Some(&path), false).unwrap_err();
        assert!(
            refused.text().contains("hint: --force replaces it"),
            "{}",
            refused.text()
        );
        assert_eq!(fs::read(&path).unwrap(), b"old");
        Target::new(Some(&path), true)
            .unwrap()
            .write(b"new")
            .unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
    }

    #[test]
    fn a_file_that_comes_during_the_work_is_kept() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("report.json");
        let target = Target::new(Some(&path), false).unwrap();
        fs::write(&path, "theirs").unwrap();
        target.write(b"ours").unwrap_err();
        assert!(place(&path, &path).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
        assert_eq!(names(home.path()), ["report.json"]);
    }

    #[test]
    fn a_directory_and_a_missing_directory_are_refused() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(Target::new(Some(home.path()), true).unwrap_err().code(), 3);
        let path = home.path().join("no/report.json");
        let target = Target::new(Some(&path), false).unwrap();
        assert_eq!(target.write(b"x").unwrap_err().code(), 3);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_refused_even_by_force() {
        let home = tempfile::tempdir().unwrap();
        let (aim, link) = (home.path().join("aim"), home.path().join("link"));
        fs::write(&aim, "aim").unwrap();
        std::os::unix::fs::symlink(&aim, &link).unwrap();
        assert!(Target::new(Some(&link), true).is_err());
        let dangling = home.path().join("dangling");
        std::os::unix::fs::symlink(home.path().join("nothing"), &dangling).unwrap();
        assert!(Target::new(Some(&dangling), true).is_err());
        assert_eq!(fs::read(&aim).unwrap(), b"aim");
    }
}
