//! Opening the file of what people wrote: it is the only copy, so nothing of it is put at risk.
//!
//! A file of something else and one of a newer version are refused and left as they are. A file
//! that can't be written is read. The file that is written is the one that was opened: where it was
//! deleted or replaced since, writing stops.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::Error;
use super::patience::{self, PATIENCE};

/// The name of the file in the data directory.
pub const FILE: &str = "hackweek.db";

/// "hwlg" in ASCII: says that a file is a log of hackweek.
const APPLICATION: i64 = 0x6877_6C67;

/// The steps of the schema. A step that was released is never changed: a new one is added, and
/// each older file goes through all that it lacks, in one transaction.
const MIGRATIONS: [&str; 1] = [include_str!("../../migrations/log-1.sql")];

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// To write; to read where it can't be written.
    Write,
    /// To read.
    Read,
}

/// The open file.
#[derive(Debug)]
pub struct Database {
    connection: Connection,
    path: PathBuf,
    /// Device and inode of the opened file.
    identity: String,
    writable: bool,
}

impl Database {
    /// Opens the file in a data directory, which must be there; makes it, for its owner alone, where
    /// there is none and it is opened to write.
    ///
    /// # Errors
    /// A file of something else or of a newer version, a directory that can't be used, an SQLite
    /// that is too old.
    pub fn open(data_dir: &Path, access: Access) -> Result<Self, Error> {
        // 3.51.3 mends a race that could corrupt a database in WAL mode.
        if rusqlite::version_number() < 3_051_003 {
            let version = rusqlite::version();
            return Err(Error::OldSqlite { version });
        }
        // The directory was chosen by the user and may be a link; the file in it must be none.
        let folder = data_dir.canonicalize().map_err(|why| Error::Folder {
            path: data_dir.to_owned(),
            why,
        })?;
        let path = folder.join(FILE);
        if access == Access::Write {
            match Self::open_file(&path, true) {
                Err(Error::Log { why, .. }) if is_about_access(&why) && path.exists() => {}
                opened => return opened,
            }
        }
        Self::open_file(&path, false)
    }

    fn open_file(path: &Path, write: bool) -> Result<Self, Error> {
        let failed = |doing| {
            move |why| Error::Log {
                path: path.to_owned(),
                doing,
                why,
            }
        };
        if write {
            make_private(path);
        }
        let mode = if write {
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
        } else {
            OpenFlags::SQLITE_OPEN_READ_ONLY
        };
        let flags = mode | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        let connection = Connection::open_with_flags(path, flags).map_err(failed("open"))?;
        let identity = identity(path).ok_or_else(|| Error::Gone {
            path: path.to_owned(),
        })?;
        let mut database = Self {
            connection,
            path: path.to_owned(),
            identity,
            writable: write,
        };
        database.guard().map_err(failed("set up"))?;
        database.check_owner()?;
        if write {
            let settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
            patience::set_up(&database.connection, settings).map_err(failed("set up"))?;
            database.migrate()?;
        }
        Ok(database)
    }

    /// Nothing in the file can make SQLite do more than read and write rows.
    fn guard(&self) -> rusqlite::Result<()> {
        let connection = &self.connection;
        connection.busy_timeout(PATIENCE)?;
        for (setting, on) in [
            (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
            (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
            (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
            (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
            (DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true),
        ] {
            connection.set_db_config(setting, on)?;
        }
        connection.execute_batch("PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;")
    }

    /// Refuses a file of something else and one of a newer version, and to read one in which nothing
    /// was ever written.
    fn check_owner(&self) -> Result<(), Error> {
        // One look: another process may be making the schema in this moment.
        let look = self.connection.unchecked_transaction();
        let _look = look.map_err(self.failed("read"))?;
        let application = self.pragma("application_id").map_err(|error| match error {
            Error::Log { why, .. }
                if why.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) =>
            {
                Error::NotOurs {
                    path: self.path.clone(),
                }
            }
            error => error,
        })?;
        let found = self.pragma("user_version")?;
        let count = "SELECT count(*) FROM sqlite_schema";
        let tables: i64 = (self.connection.query_row(count, [], |row| row.get(0)))
            .map_err(self.failed("read"))?;
        let is_new = application == 0 && tables == 0 && found == 0;
        if is_new && !self.writable {
            return Err(Error::ReadOnly {
                path: self.path.clone(),
            });
        }
        if application != APPLICATION && !is_new {
            return Err(Error::NotOurs {
                path: self.path.clone(),
            });
        }
        let known = known();
        if found > known {
            let path = self.path.clone();
            return Err(Error::Newer { path, found, known });
        }
        Ok(())
    }

    fn migrate(&mut self) -> Result<(), Error> {
        let found = self.pragma("user_version")?;
        if found == known() {
            return Ok(());
        }
        let path = self.path.clone();
        let failed = |why| Error::Log {
            path: path.clone(),
            doing: "bring up to date",
            why,
        };
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(failed)?;
        // Another process may have done it meanwhile.
        let found: i64 = transaction
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .map_err(failed)?;
        for step in MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or(0)) {
            transaction.execute_batch(step).map_err(failed)?;
        }
        transaction
            .pragma_update(None, "application_id", APPLICATION)
            .map_err(failed)?;
        transaction
            .pragma_update(None, "user_version", known().max(found))
            .map_err(failed)?;
        transaction.commit().map_err(failed)
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it can be written.
    pub fn is_writable(&self) -> bool {
        self.writable
    }

    /// Device and inode of the file: a copy has others.
    pub(super) fn identity(&self) -> &str {
        &self.identity
    }

    /// What SQLite finds wrong with the file; nothing if all is well. Reads all of it.
    pub fn quick_check(&self) -> Result<Vec<String>, Error> {
        let failed = || self.failed("check");
        let mut statement = self
            .connection
            .prepare("PRAGMA quick_check")
            .map_err(failed())?;
        let rows = statement
            .query_map([], |row| row.get(0))
            .map_err(failed())?;
        let found: Vec<String> = rows.collect::<Result<_, _>>().map_err(failed())?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }

    /// A number that changes when another process has written.
    pub(super) fn data_version(&self) -> Result<i64, Error> {
        self.pragma("data_version")
    }

    /// The connection, to read.
    pub(super) fn reader(&self) -> &Connection {
        &self.connection
    }

    /// A transaction that writes. It waits for other writers at its begin, so that it never has to
    /// give up in its middle.
    pub(super) fn writer(&mut self) -> Result<Transaction<'_>, Error> {
        if !self.writable {
            return Err(Error::ReadOnly {
                path: self.path.clone(),
            });
        }
        if identity(&self.path).as_deref() != Some(self.identity.as_str()) {
            return Err(Error::Gone {
                path: self.path.clone(),
            });
        }
        let path = self.path.clone();
        self.connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|why| Error::Log {
                path,
                doing: "write to",
                why,
            })
    }

    /// Bytes from the generator of SQLite, which the operating system seeds.
    pub(super) fn random<const N: usize>(&self) -> Result<[u8; N], Error> {
        let count = i64::try_from(N).unwrap_or(0);
        self.connection
            .query_row("SELECT randomblob(?1)", [count], |row| row.get(0))
            .map_err(self.failed("read"))
    }

    /// An error of an operation on this file.
    pub(super) fn failed(
        &self,
        doing: &'static str,
    ) -> impl Fn(rusqlite::Error) -> Error + 'static {
        failed(self.path.clone(), doing)
    }

    fn pragma(&self, name: &str) -> Result<i64, Error> {
        self.connection
            .pragma_query_value(None, name, |row| row.get(0))
            .map_err(self.failed("read"))
    }
}

/// An error of an operation on a file.
pub(super) fn failed(
    path: PathBuf,
    doing: &'static str,
) -> impl Fn(rusqlite::Error) -> Error + 'static {
    move |why| Error::Log {
        path: path.clone(),
        doing,
        why,
    }
}

fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Makes an empty file that its owner alone can read. SQLite gives the files beside it the same
/// rights. Where it can't, opening will say why.
fn make_private(path: &Path) {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    drop(options.open(path));
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let found = fs::symlink_metadata(path).ok()?;
    Some(format!("{}:{}", found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<String> {
    let found = fs::symlink_metadata(path).ok()?;
    Some(format!("{:?}", found.created().ok()))
}

fn is_about_access(why: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode as Code;
    matches!(
        why.sqlite_error_code(),
        Some(Code::ReadOnly | Code::CannotOpen | Code::PermissionDenied)
    )
}
