//! A look at a repository's files before libgit2 opens them.
//!
//! libgit2 opens whatever has the right name, and a pipe of that name makes it wait for ever. It
//! also opens some repositories of which it then shows only a part. Both are found out here, by
//! looking at the kinds of files, and by reading the small ones that are regular. What changes
//! between this look and the opening is caught by the time limit of the opening.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::alternates::alternates;
use super::config::{Setting, settings};
use super::discover::{Place, path_of};
use super::error::Error;
use super::warning::Warning;
use crate::object_id::ObjectId;

/// The most bytes of a configuration file. Forges with thousands of remotes stay below it.
const CONFIG_LIMIT: u64 = 1 << 20;

/// The most bytes of a file that holds a line for each of many references or commits.
pub(super) const LIST_LIMIT: u64 = 256 << 20;

/// How many includes of configuration files are followed, and how deep, as in libgit2. Includes
/// of includes multiply: ten files of a hundred bytes could keep libgit2 busy for ever.
const INCLUDES: usize = 256;
const INCLUDE_DEPTH: usize = 10;

/// How many names in the directories of references and objects are looked at. Past it only the
/// time limit of the opening is left.
const NAMES: usize = 200_000;

/// The extensions that libgit2 knows (`builtin_extensions`), less the formats of objects and
/// references, which are looked at one by one.
const KNOWN: [&str; 4] = [
    "noop",
    "worktreeconfig",
    "preciousobjects",
    "relativeworktrees",
];

/// What the look found.
#[derive(Debug)]
pub(super) struct Inspected {
    /// The commits whose parents a shallow clone lacks.
    pub(super) boundary: Vec<ObjectId>,
    /// The objects that are not in a pack.
    pub(super) loose: Loose,
    /// The directory that `safe.directory` must name for libgit2 to open this.
    pub(super) safe_directory: PathBuf,
    /// What people should know.
    pub(super) warnings: Vec<Warning>,
}

/// The objects that are files of their own.
#[derive(Debug)]
pub(super) struct Loose {
    /// The object directories: the repository's, and those it borrows from.
    stores: Vec<PathBuf>,
    /// The objects; `None` where there were too many to list.
    listed: Option<HashSet<ObjectId>>,
}

impl Loose {
    /// Whether an object can have files of its own.
    pub(super) fn may_have(&self, id: ObjectId) -> bool {
        self.listed.as_ref().is_none_or(|ids| ids.contains(&id))
    }

    /// Returns the object directories: the repository's, and those it borrows from.
    pub(super) fn stores(&self) -> &[PathBuf] {
        &self.stores
    }

    /// Returns the files of an object; none for one in a pack. Objects that git wrote after the
    /// look are taken for packed ones.
    pub(super) fn files(&self, id: ObjectId) -> Vec<PathBuf> {
        if !self.may_have(id) {
            return Vec::new();
        }
        let name = id.to_string();
        self.stores
            .iter()
            .map(|store| store.join(&name[..2]).join(&name[2..]))
            .filter(|file| file.exists())
            .collect()
    }
}

/// Looks at the files of a repository.
///
/// # Errors
/// What must not be opened by libgit2, or what it cannot show whole.
pub(super) fn inspect(place: &Place) -> Result<Inspected, Error> {
    let Place {
        git_dir,
        common_dir,
        ..
    } = place;
    let config = common_dir.join("config");
    let lists = ["packed-refs", "shallow", "info/grafts"];
    for directory in [git_dir, common_dir] {
        for list in lists {
            regular_file(&directory.join(list), LIST_LIMIT)?;
        }
    }
    regular_file(&git_dir.join("gitdir"), CONFIG_LIMIT)?;

    let mut settings = read_settings(&config)?;
    // The settings of one worktree are only read where the extension says so; to look costs little.
    let worktree = read_settings(&git_dir.join("config.worktree"))?;
    check_format(git_dir, &settings)?;
    settings.extend(worktree);
    check_partial(git_dir, &settings)?;
    check_includes(place)?;

    let boundary = boundary(&common_dir.join("shallow"))?;
    let mut warnings = Vec::new();
    if !boundary.is_empty() {
        let boundary = boundary.len();
        warnings.push(Warning::Shallow { boundary });
    }
    let grafts = common_dir.join("info").join("grafts");
    if fs::metadata(&grafts).is_ok_and(|found| found.len() > 0) {
        warnings.push(Warning::Grafts { file: grafts });
    }
    let objects = common_dir.join("objects");
    let borrowed = alternates(&objects)?;
    warnings.extend(borrowed.warnings);
    let mut directories = vec![common_dir.join("refs"), objects];
    if git_dir != common_dir {
        directories.push(git_dir.join("refs"));
    }
    directories.extend(borrowed.directories.iter().cloned());
    let mut stores = vec![common_dir.join("objects")];
    stores.extend(borrowed.directories);
    let mut swept = sweep(directories)?;
    if let Some(file) = swept.promisor.take() {
        warnings.push(Warning::PromisorPack { file });
    }
    if let Some(file) = &place.git_file
        && !leads_back(place, &settings)
    {
        warnings.push(Warning::Elsewhere {
            file: file.clone(),
            git_dir: git_dir.clone(),
        });
    }
    Ok(Inspected {
        boundary,
        loose: Loose {
            stores,
            listed: swept.is_complete.then_some(swept.loose),
        },
        safe_directory: safe_directory(place, &settings),
        warnings,
    })
}

/// Checks that a file may be opened: it is regular, and not larger than `limit` bytes; or it is
/// not there. A symbolic link counts as what it leads to.
pub(super) fn regular_file(path: &Path, limit: u64) -> Result<bool, Error> {
    let found = match fs::metadata(path) {
        Ok(found) => found,
        Err(error) if is_absence(&error) => return Ok(false),
        Err(error) => return Err(Error::unreadable(path, &error)),
    };
    if !found.is_file() {
        return Err(Error::SpecialFile {
            path: path.to_owned(),
            kind: kind(found.file_type()),
        });
    }
    if found.len() > limit {
        return Err(Error::TooLarge {
            path: path.to_owned(),
            size: found.len(),
            limit,
        });
    }
    Ok(true)
}

/// Reads a regular file of at most `limit` bytes; `None` if it is not there.
pub(super) fn small_file(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, Error> {
    if !regular_file(path, limit)? {
        return Ok(None);
    }
    let mut text = Vec::new();
    File::open(path)
        .and_then(|file| file.take(limit).read_to_end(&mut text))
        .map_err(|error| Error::unreadable(path, &error))?;
    Ok(Some(text))
}

/// Whether there is nothing, and not something that may not be looked at.
pub(super) fn is_absence(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Names a kind of file, with its article.
fn kind(kind: fs::FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return "a pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
        if kind.is_block_device() || kind.is_char_device() {
            return "a device";
        }
    }
    if kind.is_dir() {
        "a directory"
    } else {
        "a special file"
    }
}

fn read_settings(file: &Path) -> Result<Vec<Setting>, Error> {
    let text = small_file(file, CONFIG_LIMIT)?.unwrap_or_default();
    Ok(settings(&text))
}

/// Refuses the formats that are not supported. As in git, the extensions bind from format 1 on,
/// and the formats of objects and references in format 0, too, where git refuses them.
fn check_format(git_dir: &Path, settings: &[Setting]) -> Result<(), Error> {
    let path = || git_dir.to_owned();
    let version = settings
        .iter()
        .rfind(|setting| setting.is("core", "repositoryformatversion"));
    let binding = match version.map(|setting| setting.value.as_deref().unwrap_or_default()) {
        None | Some(b"0") => false,
        Some(b"1") => true,
        Some(other) => {
            let version = String::from_utf8_lossy(other).into_owned();
            return Err(Error::FormatVersion {
                path: path(),
                version,
            });
        }
    };
    for setting in settings {
        if setting.section != b"extensions" {
            continue;
        }
        let value = setting.value.as_deref().unwrap_or_default();
        match setting.name.as_slice() {
            b"objectformat" if value.eq_ignore_ascii_case(b"sha1") => {}
            b"objectformat" if value.eq_ignore_ascii_case(b"sha256") => {
                return Err(Error::Sha256 { path: path() });
            }
            b"refstorage" if value.starts_with(b"reftable") => {
                return Err(Error::Reftable { path: path() });
            }
            // A partial clone: told apart later, with what to do.
            b"partialclone" => {}
            name => {
                let known = KNOWN.iter().any(|known| known.as_bytes() == name);
                if binding && !(known && setting.subsection.is_none()) {
                    let key = setting.key();
                    let name = key.strip_prefix("extensions.").unwrap_or(&key).to_owned();
                    return Err(Error::Extension { path: path(), name });
                }
            }
        }
    }
    Ok(())
}

/// Refuses a repository that leaves contents on a server. Newer versions of git mark the remote
/// only, and libgit2 opens that.
fn check_partial(git_dir: &Path, settings: &[Setting]) -> Result<(), Error> {
    let extension = settings
        .iter()
        .rfind(|setting| setting.is("extensions", "partialclone"));
    let marked = settings.iter().find(|setting| {
        setting.section == b"remote" && setting.name == b"promisor" && setting.is_yes()
    });
    if extension.is_none() && marked.is_none() {
        return Ok(());
    }
    let remote = match (marked, extension) {
        (Some(marked), _) => marked.subsection.clone(),
        (None, Some(extension)) => extension.value.clone(),
        (None, None) => None,
    };
    let of_remote = |setting: &&Setting| {
        setting.section == b"remote"
            && setting.subsection == remote
            && (setting.name == b"promisor" || setting.name == b"partialclonefilter")
    };
    let mut keys: Vec<String> = settings
        .iter()
        .filter(of_remote)
        .chain(extension)
        .map(Setting::key)
        .collect();
    keys.sort_unstable();
    keys.dedup();
    Err(Error::PartialClone {
        path: git_dir.to_owned(),
        remote: remote.map(|name| String::from_utf8_lossy(&name).into_owned()),
        settings: keys,
    })
}

/// Follows the includes of the configuration, all conditions taken as met, and refuses what is no
/// regular file. `~user` is left to libgit2, which refuses it.
fn check_includes(place: &Place) -> Result<(), Error> {
    let config = place.common_dir.join("config");
    let mut left = vec![
        (config.clone(), 0),
        (place.git_dir.join("config.worktree"), 0),
    ];
    let mut followed = 0;
    while let Some((file, depth)) = left.pop() {
        let directory = file.parent().unwrap_or(&file).to_owned();
        for setting in read_settings(&file)? {
            let is_include = setting.section == b"include" && setting.subsection.is_none()
                || setting.section == b"includeif";
            let (true, b"path", Some(value)) = (is_include, &*setting.name, setting.value) else {
                continue;
            };
            followed += 1;
            if followed > INCLUDES || depth + 1 >= INCLUDE_DEPTH {
                return Err(Error::Includes {
                    path: config,
                    limit: INCLUDES,
                    depth: INCLUDE_DEPTH,
                });
            }
            let home = value.strip_prefix(b"~/").zip(std::env::home_dir());
            let target = match home {
                Some((rest, home)) => home.join(path_of(rest)),
                None => directory.join(path_of(&value)),
            };
            left.push((target, depth + 1));
        }
    }
    Ok(())
}

/// Reads the commits whose parents were left out.
fn boundary(file: &Path) -> Result<Vec<ObjectId>, Error> {
    let text = small_file(file, LIST_LIMIT)?.unwrap_or_default();
    let mut boundary = Vec::new();
    for (index, line) in text.split(|&byte| byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let id = std::str::from_utf8(line.trim_ascii())
            .ok()
            .and_then(|line| line.parse().ok());
        boundary.push(id.ok_or_else(|| Error::Malformed {
            path: file.to_owned(),
            line: index + 1,
        })?);
    }
    boundary.sort_unstable();
    boundary.dedup();
    Ok(boundary)
}

/// What a look through directories found.
#[derive(Debug, Default)]
struct Swept {
    /// The marker of a pack of a partial clone.
    promisor: Option<PathBuf>,
    /// The loose objects.
    loose: HashSet<ObjectId>,
    /// Whether all was looked at.
    is_complete: bool,
}

/// Looks through directories of references and objects for what is no regular file.
fn sweep(mut directories: Vec<PathBuf>) -> Result<Swept, Error> {
    let mut swept = Swept::default();
    let mut names = 0;
    while let Some(directory) = directories.pop() {
        // What is not there or cannot be listed is for libgit2 to report when it needs it.
        let Ok(entries) = fs::read_dir(&directory) else {
            continue;
        };
        let start = directory.file_name().unwrap_or_default().to_owned();
        for entry in entries.flatten() {
            names += 1;
            if names > NAMES {
                return Ok(swept);
            }
            let Ok(mut found) = entry.file_type() else {
                continue;
            };
            if found.is_dir() {
                directories.push(entry.path());
                continue;
            }
            let path = || entry.path();
            if found.is_symlink() {
                match fs::metadata(path()) {
                    Ok(target) if !target.is_dir() => found = target.file_type(),
                    // Links to directories are not followed: they could go round in a ring.
                    _ => continue,
                }
            }
            if !found.is_file() {
                let kind = kind(found);
                return Err(Error::SpecialFile { path: path(), kind });
            }
            let name = entry.file_name();
            if let Some(id) = loose_id(&start, &name) {
                swept.loose.insert(id);
            } else if name.as_encoded_bytes().ends_with(b".promisor") {
                swept.promisor = Some(path());
            }
        }
    }
    swept.is_complete = true;
    Ok(swept)
}

/// The id of a loose object, of which two digits name the directory.
fn loose_id(directory: &OsStr, file: &OsStr) -> Option<ObjectId> {
    let (start, rest) = (directory.to_str()?, file.to_str()?);
    if start.len() != 2 || rest.len() != 38 {
        return None;
    }
    format!("{start}{rest}").parse().ok()
}

/// Whether the git directory knows the directory of the `.git` file that led to it: as a linked
/// worktree, or as the submodule's worktree.
fn leads_back(place: &Place, settings: &[Setting]) -> bool {
    let Some(git_file) = &place.git_file else {
        return true;
    };
    let pointer = small_file(&place.git_dir.join("gitdir"), CONFIG_LIMIT);
    if let Ok(Some(text)) = pointer {
        let named = place.git_dir.join(path_of(text.trim_ascii_end()));
        return fs::canonicalize(named).is_ok_and(|named| named == *git_file);
    }
    worktree(place, settings).is_some_and(|named| named == place.root)
}

/// The worktree that the configuration names.
fn worktree(place: &Place, settings: &[Setting]) -> Option<PathBuf> {
    let setting = settings
        .iter()
        .rfind(|setting| setting.is("core", "worktree"))?;
    let value = setting.value.as_deref()?;
    fs::canonicalize(place.git_dir.join(path_of(value))).ok()
}

/// The directory that libgit2 looks up in `safe.directory`: the worktree if there is one.
fn safe_directory(place: &Place, settings: &[Setting]) -> PathBuf {
    let bare = settings
        .iter()
        .rfind(|setting| setting.is("core", "bare"))
        .is_some_and(Setting::is_yes);
    let linked = place.git_dir != place.common_dir;
    if bare && !linked {
        return place.git_dir.clone();
    }
    if let Some(worktree) = worktree(place, settings).filter(|_| !linked) {
        return worktree;
    }
    if place.root != place.git_dir {
        return place.root.clone();
    }
    let parent = place.git_dir.parent().unwrap_or(&place.git_dir);
    parent.to_owned()
}
