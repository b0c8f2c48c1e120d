//! The demo: the made-up week with the repositories that it was hacked in, made anew at a moment of
//! it in a place of its own. Nothing else is read or written.
//!
//! What people wrote comes from [`MadeUp`]; what they committed is a script here, a file a day. Both
//! end at the moment that is shown. The debt follows from the commits as in any repository: nothing
//! but the numbers of its items is said of it.

mod earlier;
mod items;
mod monday;
mod script;
#[cfg(test)]
mod tests;
mod thursday;
mod tuesday;
mod wednesday;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tempfile::TempDir;

use super::{Error, Options, Scope, Workspace};
use crate::history::made::read_no_foreign_config;
use crate::week::made_up::{MadeUp, moment};
use script::{Code, Commit, play};

/// The configuration of its team.
const CONFIG: &str = "\
[week]
timezone = \"Europe/Berlin\"
deadline = \"18:00\"

[debt]
skipped_tests = true
";

/// What the place's name begins with, where all temporary things are.
const PREFIX: &str = "hackweek-demo-";

/// The file that stands in for what a promise gives, and outlives its date.
const STAND_IN: &str = "pay/tests/data/webhook.json";

/// How often, and after how long, its removal is tried again.
const TRIES: u32 = 20;
const WAIT: Duration = Duration::from_millis(25);

/// A demo that is there.
pub struct Demo {
    folder: PathBuf,
    /// Removes the folder when it goes; `None` where it is kept.
    passing: Option<TempDir>,
    now: DateTime<Utc>,
}

/// Sees to it that the process reads no configuration of git but the demo's. Call it before anything
/// is opened, and while there is no other thread.
pub fn alone() {
    read_no_foreign_config();
}

/// The moment at which a day of the week, 1 to 5, is shown.
pub fn moment_of(day: u8) -> DateTime<Utc> {
    moment(match day {
        1 => "16 09:22:10",
        2 => "17 09:32:00",
        3 => "18 13:05:00",
        4 => "19 14:20:00",
        _ => "20 15:10:00",
    })
}

/// All commits, in the order of time.
fn commits() -> impl Iterator<Item = &'static Commit> {
    let days = [
        earlier::COMMITS,
        monday::COMMITS,
        tuesday::COMMITS,
        wednesday::COMMITS,
        thursday::COMMITS,
    ];
    days.into_iter().flatten()
}

impl Demo {
    /// Makes the week as it stands at `now`: in a temporary place for the user alone that goes with
    /// the demo, or in `keep`, which stays.
    ///
    /// # Errors
    /// A place that cannot be written, `keep` with something in it; [`Error::Interrupted`].
    pub fn make(
        now: DateTime<Utc>,
        keep: Option<&Path>,
        cancel: &AtomicBool,
    ) -> Result<Demo, Error> {
        let (folder, passing) = match keep {
            Some(folder) => (kept(folder)?, None),
            None => {
                let place = temporary().map_err(|why| Error::DemoPlace {
                    path: std::env::temp_dir(),
                    why,
                })?;
                (place.path().to_owned(), Some(place))
            }
        };
        let demo = Demo {
            folder,
            passing,
            now,
        };
        for code in Code::ALL {
            play(code, &demo.folder, commits(), now)?;
        }
        demo.write(&demo.config(), CONFIG)?;
        demo.write_log(cancel)?;
        Ok(demo)
    }

    /// What to open to look at it, at a time.
    pub fn options(&self, now: DateTime<Utc>) -> Options {
        Options {
            repositories: self.repositories(),
            data: Some(self.data()),
            config: Some(self.config()),
            week: None,
            timezone: None,
            now,
        }
    }

    /// The moment that it stands at.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Its repositories.
    pub fn repositories(&self) -> Vec<PathBuf> {
        Code::ALL.map(|code| self.folder.join(code.name())).into()
    }

    /// Its data directory.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Its configuration file.
    pub fn config(&self) -> PathBuf {
        self.folder.join("hackweek.toml")
    }

    /// Removes it, unless it is kept.
    ///
    /// # Errors
    /// What cannot be removed, with the path of the whole.
    pub fn end(self) -> Result<(), Error> {
        let Some(place) = self.passing else {
            return Ok(());
        };
        let folder = place.keep();
        remove(&folder).map_err(|why| Error::DemoPlace { path: folder, why })
    }

    /// What removes it where the process ends before [`Demo::end`] can; `None` where it is kept.
    pub fn removal(&self) -> Option<impl FnOnce() + Send + 'static> {
        let folder = self.passing.as_ref()?.path().to_owned();
        Some(move || {
            // Nobody is left to be told.
            let _ = remove(&folder);
        })
    }

    /// Scans the repositories and writes down what people wrote until now.
    fn write_log(&self, cancel: &AtomicBool) -> Result<(), Error> {
        let mut workspace = Workspace::open(self.options(self.now))?;
        for scanned in workspace.scan(&|_| {}, cancel)? {
            scanned.outcome?;
        }
        let mut numbers = items::numbered(&workspace.debt(Scope::All)?);
        // Its promises are the same ones whatever the items are.
        let promises = MadeUp::new(&[])?.at(self.now).promises;
        let late = promises.values().find(|promise| {
            let is_due = promise.due.is_some_and(|due| due <= self.now);
            is_due && promise.stand_in_path.as_deref() == Some(STAND_IN)
        });
        numbers.extend(late.and_then(items::stand_in));
        let made_up = MadeUp::new(&items::all(&numbers))?;
        let until = made_up.events().iter();
        let until: Vec<_> = until.take_while(|event| event.at() <= self.now).collect();
        workspace.people()?.take_in(&until, &numbers)
    }

    fn write(&self, file: &Path, text: &str) -> Result<(), Error> {
        fs::write(file, text).map_err(|why| Error::DemoPlace {
            path: file.to_owned(),
            why,
        })
    }
}

/// Removes a directory with all that is in it. A thread of the screens may still be at its last file.
fn remove(folder: &Path) -> io::Result<()> {
    let mut again = 0..TRIES;
    loop {
        match (fs::remove_dir_all(folder), again.next()) {
            (Err(_), Some(_)) if folder.exists() => std::thread::sleep(WAIT),
            (Err(why), None) if folder.exists() => return Err(why),
            _ => return Ok(()),
        }
    }
}

/// A new directory among the temporary ones, whose name nobody can guess, for the user alone.
fn temporary() -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o700));
    }
    builder.tempdir()
}

/// The directory to keep it in, made where it is not there.
fn kept(folder: &Path) -> Result<PathBuf, Error> {
    let failed = |why| Error::DemoPlace {
        path: folder.to_owned(),
        why,
    };
    fs::create_dir_all(folder).map_err(failed)?;
    if fs::read_dir(folder).map_err(failed)?.next().is_some() {
        return Err(Error::DemoTaken {
            path: folder.to_owned(),
        });
    }
    std::path::absolute(folder).map_err(failed)
}
