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
