//! Opening an index: an own file, of this version, for this repository, with these rules.

use std::io::Read;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use super::{Identity, Index};
use crate::store::Error;
use crate::store::patience::{self, PATIENCE};

const SCHEMA: &str = include_str!("../../../migrations/index.sql");

/// "hwix" in ASCII: says that a file is an index of hackweek.
const APPLICATION: i32 = 0x6877_6978;

/// An index of another version is made anew: all of it can be derived from git.
const VERSION: i32 = 4;

impl Index {
    /// Opens the index at `path`, an empty one where there is none, where it was made by another
    /// version, or where `identity` differs: then what it holds does not hold any more.
    ///
    /// # Errors
    /// A file of something else, a folder that cannot be written, an SQLite that is too old.
    pub fn open(path: &Path, identity: &Identity) -> Result<Index, Error> {
        // 3.51.3 mends a race that could corrupt a database in WAL mode.
        if rusqlite::version_number() < 3_051_003 {
            return Err(Error::OldSqlite {
                version: rusqlite::version(),
            });
        }
        let mut index = Index::connect(path)?;
        index.prepare(identity)?;
        index
            .db
            .execute_batch("PRAGMA synchronous = NORMAL")
            .map_err(index.failed("set up"))?;
        Ok(index)
    }

    /// Returns whether what it holds is of this identity.
    ///
    /// # Errors
    /// An index that cannot be read.
    pub fn is_of(&self, identity: &Identity) -> Result<bool, Error> {
        let wanted = postcard::to_stdvec(identity).unwrap_or_default();
        holds(&self.db, &wanted).map_err(self.failed("read"))
    }

    /// Empties the index unless what it holds was found by the rules of this fingerprint.
    ///
    /// # Errors
    /// As for [`Index::open`].
    pub fn require(&mut self, rules: u64) -> Result<(), Error> {
        let found: Option<i64> = self
            .db
            .query_row("SELECT value FROM meta WHERE key = 'rules'", [], |row| {
                Ok(row.get::<_, [u8; 8]>(0).map(i64::from_le_bytes).ok())
            })
            .optional()
            .map_err(self.failed("read"))?
            .flatten();
        if found == Some(rules.cast_signed()) {
            return Ok(());
        }
        if found.is_some() {
            let identity: Vec<u8> = self
                .db
                .query_row("SELECT value FROM meta WHERE key = 'identity'", [], |row| {
                    row.get(0)
                })
                .map_err(self.failed("read"))?;
            self.reset(&identity, true)?;
        }
        self.db
            .execute(
                "INSERT INTO meta (key, value) VALUES ('rules', ?1)",
                params![rules.cast_signed().to_le_bytes()],
            )
            .map_err(self.failed("write to"))?;
        Ok(())
    }

    /// Checks that the file at `path`, if there is one, may be thrown away: it is an index, or what
    /// is left of one, and no database of another program.
    ///
    /// # Errors
    /// [`Error::Foreign`], and a file that cannot be read.
    pub fn check_own(path: &Path) -> Result<(), Error> {
        let failed = |why| Error::Folder {
            path: path.to_owned(),
            why,
        };
        match std::fs::symlink_metadata(path) {
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(why) => return Err(failed(why)),
            Ok(found) if !found.is_file() => {
                return Err(Error::Foreign {
                    path: path.to_owned(),
                });
            }
            Ok(_) => {}
        }
        let mut head = Vec::new();
        let file = std::fs::File::open(path).map_err(failed)?;
        file.take(72).read_to_end(&mut head).map_err(failed)?;
        // https://sqlite.org/fileformat2.html: the magic is at 0, the application's id at 68.
        let is_database = head.starts_with(b"SQLite format 3\0");
        let application = head.get(68..72);
        // An index whose first transaction is only in its log yet has no id.
        let own = [APPLICATION.to_be_bytes(), [0; 4]];
        let is_own = application.is_none_or(|id| own.iter().any(|own| own[..] == *id));
        if is_database && !is_own {
            return Err(Error::Foreign {
                path: path.to_owned(),
            });
        }
        Ok(())
    }

    fn connect(path: &Path) -> Result<Index, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        let failed = |why| Error::Sqlite {
            path: path.to_owned(),
            doing: "open",
            why,
        };
        // NOFOLLOW refuses a link anywhere in the path: the folder was chosen by the user, the file
        // in it must be no link.
        let folder = path.parent().unwrap_or(Path::new("."));
        let folder = folder.canonicalize().map_err(|why| Error::Folder {
            path: folder.to_owned(),
            why,
        })?;
        let file = folder.join(path.file_name().unwrap_or_default());
        let db = Connection::open_with_flags(&file, flags).map_err(failed)?;
        db.busy_timeout(PATIENCE).map_err(failed)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)
            .map_err(failed)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)
            .map_err(failed)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)
            .map_err(failed)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)
            .map_err(failed)?;
        let index = Index {
            db,
            path: path.to_owned(),
        };
        let tables: i64 = index
            .db
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .map_err(index.failed("read"))?;
        // After the tables: where another process has just made them, the id came with them.
        let application: i32 = index.pragma("application_id")?;
        if application != APPLICATION && (application != 0 || tables > 0) {
            return Err(Error::Foreign {
                path: path.to_owned(),
            });
        }
        // A scan that a crash cuts off is done again: the index needs no more than consistency. A new one holds
        // nothing to wait for the disk for: its first pages are on it with its first checkpoint.
        let synchronous = if tables == 0 { "OFF" } else { "NORMAL" };
        let set_up = format!(
            "PRAGMA synchronous = {synchronous}; PRAGMA journal_mode = WAL; \
             PRAGMA cell_size_check = ON; PRAGMA cache_size = -8000;"
        );
        patience::set_up(&index.db, &set_up).map_err(index.failed("set up"))?;
        Ok(index)
    }

    fn pragma(&self, name: &str) -> Result<i32, Error> {
        self.db
            .pragma_query_value(None, name, |row| row.get(0))
            .map_err(self.failed("read"))
    }

    fn prepare(&mut self, identity: &Identity) -> Result<(), Error> {
        let wanted = postcard::to_stdvec(identity).unwrap_or_default();
        if holds(&self.db, &wanted).map_err(self.failed("read"))? {
            return Ok(());
        }
        self.reset(&wanted, false)
    }

    /// Empties the index and gives it an identity. Unless `always`, it leaves one alone that has this
    /// identity by now: another process was faster, and what it has written since holds.
    fn reset(&mut self, identity: &[u8], always: bool) -> Result<(), Error> {
        let failed = self.failed("prepare");
        let transaction = self
            .db
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(&failed)?;
        if !always && holds(&transaction, identity).map_err(&failed)? {
            return Ok(());
        }
        let tables: Vec<String> = transaction
            .prepare(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
            )
            .and_then(|mut found| found.query_map([], |row| row.get(0))?.collect())
            .map_err(&failed)?;
        for table in tables {
            transaction
                .execute_batch(&format!("DROP TABLE \"{}\"", table.replace('"', "\"\"")))
                .map_err(&failed)?;
        }
        transaction.execute_batch(SCHEMA).map_err(&failed)?;
        transaction
            .execute(
                "INSERT INTO meta (key, value) VALUES ('identity', ?1)",
                params![identity],
            )
            .map_err(&failed)?;
        transaction
            .pragma_update(None, "application_id", APPLICATION)
            .map_err(&failed)?;
        transaction
            .pragma_update(None, "user_version", VERSION)
            .map_err(&failed)?;
        transaction.commit().map_err(&failed)
    }
}

/// Whether an index is of this version and has this identity.
fn holds(db: &Connection, identity: &[u8]) -> rusqlite::Result<bool> {
    let version: i32 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version != VERSION {
        return Ok(false);
    }
    let found: Option<Vec<u8>> = db
        .query_row("SELECT value FROM meta WHERE key = 'identity'", [], |row| {
            row.get(0)
        })
        .optional()?;
    Ok(found.as_deref() == Some(identity))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::sync::Barrier;

    use super::*;

    #[test]
    fn all_who_open_a_new_index_at_once_get_the_same_one() {
        let identity = Identity {
            common_dir: b"/pay/.git".to_vec(),
            rules: 1,
            boundary: Vec::new(),
        };
        for _ in 0..10 {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("pay.db");
            let start = Barrier::new(6);
            std::thread::scope(|scope| {
                for number in 0..6 {
                    let (path, identity, start) = (&path, &identity, &start);
                    scope.spawn(move || {
                        start.wait();
                        let index = Index::open(path, identity).unwrap();
                        let key = format!("writer {number}");
                        let written = "INSERT INTO meta (key, value) VALUES (?1, x'00')";
                        index.db.execute(written, [key]).unwrap();
                    });
                }
            });
            let index = Index::open(&path, &identity).unwrap();
            let kept: i64 = index
                .db
                .query_row(
                    "SELECT count(*) FROM meta WHERE key LIKE 'writer %'",
                    [],
                    |row| row.get(0),
                )
                .unwrap();
            assert_eq!(kept, 6, "an index was emptied under a writer");
        }
    }
}
