//! Writes a changed configuration file: whole or not at all, where a link leads to, and without losing
//! what another process wrote in the meantime.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::error::ConfigError;
use super::file::{Check, ConfigFile, Edit, Written};
use super::load::read;
use super::schema::Config;
use crate::workspace::places::Places;

/// How often it is begun anew because the file had changed.
const TRIES: u32 = 50;

/// How long another process that writes is waited for, and between two looks.
const WAIT: (Duration, Duration) = (Duration::from_secs(2), Duration::from_millis(5));

/// How the name of a draft begins, how many letters and digits follow, and how it ends.
const DRAFT: (&str, usize, &str) = (".hackweek-", 6, ".tmp");

/// From which age on nobody writes a draft any more. It takes milliseconds, and where no lock could be
/// had another process may be at it.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// What was changed: enough to take it back.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The keys, at least one, and what they had.
    pub was: Vec<Was>,
    /// The file as it is now.
    pub file: ConfigFile,
    /// What it says now.
    pub config: Config,
    /// The text before; `None` where there was no file.
    pub before: Option<String>,
}

/// A key before it was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Was {
    /// The key.
    pub key: String,
    /// Its value, as TOML; `None` where the file was silent.
    pub old: Option<String>,
}

impl Changed {
    /// Whether the file is another one than before.
    pub fn is_new(&self) -> bool {
        self.file.text != self.before
    }
}

/// Changes some keys in the file that counts, all in one writing; makes the file where there is none.
///
/// # Errors
/// As for [`ConfigFile::edited`]; a file that cannot be written, which then is as it was.
pub fn change(places: &Places, edits: &[Edit], check: Check<'_>) -> Result<Changed, ConfigError> {
    let keys = edits.iter().map(|edit| edit.key.as_str());
    again_and_again(places, &keys.collect::<Vec<_>>(), |file| {
        let (text, config) = file.edited(edits, check)?;
        // To say nothing takes no file.
        let silent = file.text.is_none() && text.is_empty();
        Ok(((!silent).then_some(text), config))
    })
}

/// Takes a change back, and returns that as a change. A file that is still as the change left it
/// becomes the one from before, to the byte; in another one the keys get their old values.
///
/// # Errors
/// As for [`change`].
pub fn change_back(
    places: &Places,
    changed: &Changed,
    check: Check<'_>,
) -> Result<Changed, ConfigError> {
    let keys = changed.was.iter().map(|was| was.key.as_str());
    again_and_again(places, &keys.collect::<Vec<_>>(), |file| {
        if file.path == changed.file.path && file.text == changed.file.text {
            let before = ConfigFile {
                text: changed.before.clone(),
                ..file.clone()
            };
            let config = before.config()?;
            return Ok((before.text, config));
        }
        let back = changed.was.iter().map(|was| Edit {
            key: was.key.clone(),
            to: was.old.clone().map(Written::Toml),
        });
        let (text, config) = file.edited(&back.collect::<Vec<_>>(), check)?;
        let silent = file.text.is_none() && text.is_empty();
        Ok(((!silent).then_some(text), config))
    })
}

/// Reads the file, decides what it is to be and puts that there, until nobody came in between.
fn again_and_again(
    places: &Places,
    keys: &[&str],
    decide: impl Fn(&ConfigFile) -> Result<(Option<String>, Config), ConfigError>,
) -> Result<Changed, ConfigError> {
    let mut last = io::Error::from(io::ErrorKind::ResourceBusy);
    for _ in 0..TRIES {
        let file = ConfigFile::find(places)?;
        let (text, config) = decide(&file)?;
        let put = put(&file, text.as_deref());
        match put {
            Ok(true) => {
                let was = keys.iter().map(|key| Was {
                    key: (*key).to_owned(),
                    old: file.literal(key),
                });
                return Ok(Changed {
                    was: was.collect(),
                    config,
                    before: file.text.clone(),
                    file: ConfigFile { text, ..file },
                });
            }
            Ok(false) => {}
            Err(error) if error.kind() == io::ErrorKind::ResourceBusy => last = error,
            Err(source) => {
                return Err(ConfigError::Write {
                    path: file.path,
                    source,
                });
            }
        }
    }
    let path = ConfigFile::find(places)?.path;
    Err(ConfigError::Write { path, source: last })
}

/// Gives a file its new text, unless it is no longer as it was read. Returns whether it did.
fn put(file: &ConfigFile, text: Option<&str>) -> io::Result<bool> {
    if text == file.text.as_deref() {
        return Ok(true);
    }
    // Through links to the file itself, which may stand among other dotfiles.
    let path = match &file.text {
        Some(_) => fs::canonicalize(&file.path)?,
        None => file.path.clone(),
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    if file.text.is_none() {
        fs::create_dir_all(&folder)?;
    }
    let _lock = lock(&folder);
    if read(&path).ok().flatten() != file.text {
        return Ok(false);
    }
    match text {
        None => fs::remove_file(&path)?,
        Some(text) => replace(&path, &folder, text, file.text.is_some())?,
    }
    clear(&folder);
    // A directory cannot be opened everywhere, and the file is complete without.
    if let Ok(folder) = File::open(&folder) {
        let _ = folder.sync_all();
    }
    Ok(true)
}

fn replace(path: &Path, folder: &Path, text: &str, is_there: bool) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    let (prefix, letters, suffix) = DRAFT;
    builder.prefix(prefix).rand_bytes(letters).suffix(suffix);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As the umask has it; a file that is there keeps its own below.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut draft = builder.tempfile_in(folder)?;
    draft.write_all(text.as_bytes())?;
    if is_there {
        let permissions = fs::metadata(path)?.permissions();
        // What the user made read-only stays as it is, though a rename could.
        if permissions.readonly() {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        draft.as_file().set_permissions(permissions)?;
    }
    draft.as_file().sync_all()?;
    match is_there {
        true => draft.persist(path)?,
        // Somebody made one in this moment: it is looked at again.
        false => draft
            .persist_noclobber(path)
            .map_err(|error| match error.error.kind() {
                io::ErrorKind::AlreadyExists => io::ErrorKind::ResourceBusy.into(),
                _ => error.error,
            })?,
    };
    Ok(())
}

/// Takes away the drafts that processes left in a folder which ended in the middle of writing. One that
/// cannot be taken away is in nobody's way.
fn clear(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        // Of the entry itself, so that no link is followed.
        if is_draft(&entry.file_name()) && entry.metadata().is_ok_and(|it| is_abandoned(&it)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether a name is one that only drafts have.
fn is_draft(name: &OsStr) -> bool {
    let (prefix, letters, suffix) = DRAFT;
    let name = name.to_str().and_then(|name| name.strip_prefix(prefix));
    let name = name.and_then(|name| name.strip_suffix(suffix));
    name.is_some_and(|name| {
        name.len() == letters && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Whether it is a file that nobody writes any more: one of the future may be of a wrong clock.
fn is_abandoned(found: &Metadata) -> bool {
    let age = found.modified().ok().and_then(|at| at.elapsed().ok());
    found.is_file() && age.is_some_and(|age| age > ABANDONED)
}

/// Waits a little until no other hackweek writes in a folder. The lock is the folder's, so that no file
/// is left beside the user's. Where folders cannot be locked, the look before the rename has to do.
fn lock(folder: &Path) -> Option<File> {
    let folder = File::open(folder).ok()?;
    let until = Instant::now() + WAIT.0;
    loop {
        match folder.try_lock() {
            Ok(()) => return Some(folder),
            Err(fs::TryLockError::WouldBlock) if Instant::now() < until => {
                std::thread::sleep(WAIT.1);
            }
            Err(_) => return None,
        }
    }
}
