//! What can go wrong with a database, in words that say what to do.

use std::path::PathBuf;

/// Why a database cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder of the database cannot be made or used.
    #[error("cannot use {}: {why}; choose another place with `--data DIR`", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the file system says.
        why: std::io::Error,
    },
    /// SQLite refused an operation.
    #[error("cannot {doing} {}: {why}{}", .path.display(), advice(.why))]
    Sqlite {
        /// The database file.
        path: PathBuf,
        /// The operation, as a verb.
        doing: &'static str,
        /// What SQLite says.
        why: rusqlite::Error,
    },
    /// The file holds something else than this program wrote.
    #[error(
        "{} is not an index of hackweek; move it away, or choose another place with `--data DIR`",
        .path.display()
    )]
    Foreign {
        /// The database file.
        path: PathBuf,
    },
    /// A row that cannot be what was written.
    #[error("the index {} is damaged: {what}; run `hackweek rebuild`", .path.display())]
    Damaged {
        /// The database file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// A commit that the index must have is not there.
    #[error("the index lacks commit {id}; run `hackweek rebuild`")]
    Lost {
        /// The commit.
        id: crate::object_id::ObjectId,
    },
    /// SQLite itself has a known fault that loses data.
    #[error("SQLite {version} can corrupt databases; hackweek needs 3.51.3 or newer")]
    OldSqlite {
        /// The version that is linked.
        version: &'static str,
    },
    /// SQLite refused an operation on what people wrote.
    #[error("cannot {doing} {}: {why}{}", .path.display(), log_advice(.why))]
    Log {
        /// The database file.
        path: PathBuf,
        /// The operation, as a verb.
        doing: &'static str,
        /// What SQLite says.
        why: rusqlite::Error,
    },
    /// The file holds something else than what people wrote here.
    #[error(
        "{} was not made by hackweek and is left alone; move it away, or choose another place with \
         `--data DIR`",
        .path.display()
    )]
    NotOurs {
        /// The database file.
        path: PathBuf,
    },
    /// A newer version made the file.
    #[error(
        "{} was made by a newer hackweek (its schema is {found}, this one knows {known}); update \
         hackweek",
        .path.display()
    )]
    Newer {
        /// The database file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The last schema that is known.
        known: i64,
    },
    /// The file was deleted or replaced while it was open.
    #[error(
        "{} was deleted or replaced while hackweek was running: nothing can be written any more; \
         start hackweek again",
        .path.display()
    )]
    Gone {
        /// The database file.
        path: PathBuf,
    },
    /// The file can be read only.
    #[error(
        "{} can be read but not written: check who owns it, or choose another place with \
         `--data DIR`",
        .path.display()
    )]
    ReadOnly {
        /// The database file.
        path: PathBuf,
    },
    /// A command that can't be carried out.
    #[error(transparent)]
    Refused(#[from] crate::week::Refusal),
    /// An event that is no event.
    #[error("event {seq} of {writer} can't be read: {why}; it is kept, run `hackweek doctor`")]
    NoEvent {
        /// Whose log it is in.
        writer: String,
        /// Its place there.
        seq: i64,
        /// What is wrong.
        why: String,
    },
    /// An event that stands where another one does.
    #[error("the log of {writer} was rewritten at event {seq}: what was there first is kept")]
    Rewritten {
        /// Whose log.
        writer: String,
        /// Where.
        seq: u64,
    },
    /// An event that is too large.
    #[error("an event of {writer} is larger than 64 KiB: it is not taken")]
    TooLarge {
        /// Whose log it is of.
        writer: String,
    },
}

fn advice(why: &rusqlite::Error) -> &'static str {
    use rusqlite::ErrorCode as Code;
    match why.sqlite_error_code() {
        Some(Code::DatabaseBusy | Code::DatabaseLocked) => {
            "; another hackweek is writing: try again when it is done"
        }
        Some(Code::DiskFull) => "; make room on the disk, nothing that was there is lost",
        Some(Code::ReadOnly | Code::CannotOpen | Code::PermissionDenied) => {
            "; check that you may write there, or choose another place with `--data DIR`"
        }
        Some(Code::DatabaseCorrupt | Code::NotADatabase) => {
            "; it can be made again: run `hackweek rebuild`"
        }
        _ => "",
    }
}

fn log_advice(why: &rusqlite::Error) -> &'static str {
    use rusqlite::ErrorCode as Code;
    match why.sqlite_error_code() {
        // It can't be made again: it is the only copy of what people wrote.
        Some(Code::DatabaseCorrupt | Code::NotADatabase) => {
            "; nothing was changed: keep a copy of the file and run `hackweek doctor`"
        }
        _ => advice(why),
    }
}
