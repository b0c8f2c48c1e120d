//! How long one process waits for another that has the same database.

use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode};

/// So long a lock of another process is waited for.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(5);

/// Makes settings of a database, its journal among them. SQLite itself does not wait for another process that makes
/// the same file a WAL database in this moment.
///
/// # Errors
/// What SQLite says, after [`PATIENCE`] where it says that another has the file.
pub(super) fn set_up(db: &Connection, settings: &str) -> rusqlite::Result<()> {
    let since = Instant::now();
    while let Err(why) = db.execute_batch(settings) {
        let is_busy = why.sqlite_error_code() == Some(ErrorCode::DatabaseBusy);
        if !is_busy || since.elapsed() >= PATIENCE {
            return Err(why);
        }
        std::thread::sleep(PAUSE);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn who_makes_a_database_waits_for_another_who_does() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("made.db");
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let db = Connection::open(&file).unwrap();
                    db.busy_timeout(PATIENCE).unwrap();
                    set_up(&db, "PRAGMA journal_mode = WAL").unwrap();
                });
            }
        });
    }

    #[test]
    fn what_another_process_has_nothing_to_do_with_is_told_at_once() {
        let db = Connection::open_in_memory().unwrap();
        assert!(set_up(&db, "PRAGMA journal_mode = WAL; no settings").is_err());
    }
}
