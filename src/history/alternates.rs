//! The object directories that a repository borrows from.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::discover::path_of;
use super::error::Error;
use super::inspect::small_file;
use super::warning::Warning;

/// The most bytes of one `alternates` file.
const FILE_LIMIT: u64 = 1 << 20;

/// How many steps libgit2 borrows over (`GIT_ALTERNATES_MAX_DEPTH` and the first).
const DEEPEST: usize = 6;

/// How many directories are looked at; a fork network on a server has some tens.
const MOST: usize = 64;

/// What a repository borrows.
#[derive(Debug, Default)]
pub(super) struct Alternates {
    /// The object directories, canonical, without the repository's own.
    pub(super) directories: Vec<PathBuf>,
    /// What is wrong with them.
    pub(super) warnings: Vec<Warning>,
}

/// Follows `info/alternates` from the repository's object directory, as libgit2 does.
///
/// # Errors
/// An `alternates` file that is no regular file or too large, before libgit2 opens it.
pub(super) fn alternates(objects: &Path) -> Result<Alternates, Error> {
    let mut found = Alternates::default();
    let mut seen = HashSet::new();
    let mut trail = vec![objects.to_owned()];
    seen.insert(objects.to_owned());
    follow(&mut found, &mut seen, &mut trail)?;
    Ok(found)
}

/// Follows the last directory of the trail. Calls itself at most [`DEEPEST`] deep.
fn follow(
    found: &mut Alternates,
    seen: &mut HashSet<PathBuf>,
    trail: &mut Vec<PathBuf>,
) -> Result<(), Error> {
    let Some(objects) = trail.last().cloned() else {
        return Ok(());
    };
    let file = objects.join("info").join("alternates");
    let Some(text) = small_file(&file, FILE_LIMIT)? else {
        return Ok(());
    };
    let lines = text
        .split(|&byte| byte == b'\n' || byte == b'\r')
        .filter(|line| !line.is_empty() && !line.starts_with(b"#"));
    for line in lines {
        if trail.len() > DEEPEST {
            let file = file.clone();
            found.warnings.push(Warning::AlternatesTooDeep { file });
            return Ok(());
        }
        if seen.len() > MOST {
            let warning = Warning::AlternatesTooMany { checked: MOST };
            if !found.warnings.contains(&warning) {
                found.warnings.push(warning);
            }
            return Ok(());
        }
        let directory = objects.join(path_of(line));
        // A relative path must begin with a dot for libgit2; git takes any.
        let is_understood = line.starts_with(b".") || directory == path_of(line);
        let existing = fs::canonicalize(&directory)
            .ok()
            .filter(|path| is_understood && path.is_dir());
        let Some(existing) = existing else {
            if seen.insert(directory.clone()) {
                let file = file.clone();
                let warning = Warning::AlternateMissing { file, directory };
                found.warnings.push(warning);
            }
            continue;
        };
        if trail.contains(&existing) {
            let warning = Warning::AlternateCycle { file: file.clone() };
            if !found.warnings.contains(&warning) {
                found.warnings.push(warning);
            }
        } else if seen.insert(existing.clone()) {
            found.directories.push(existing.clone());
            trail.push(existing);
            follow(found, seen, trail)?;
            trail.pop();
        }
    }
    Ok(())
}
