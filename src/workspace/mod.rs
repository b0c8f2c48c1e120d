//! The use cases: repositories, their indexes and the configuration opened together. The one facade
//! of `cli` and `tui`.

pub mod code;
mod commits;
pub mod config;
mod decided;
pub mod demo;
mod error;
mod examine;
mod gathered;
mod ledger;
mod mock;
mod overview;
pub mod people;
pub mod places;
mod report;
pub mod scan;
mod settings;
pub mod source;
pub mod verify;
pub mod zone;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use chrono::{DateTime, Utc};

use crate::debt::rules::RuleOptions;
use crate::report::debt::DebtReport;
use crate::store;
use crate::week::{Calendar, Rules, Week, WeekName, Zone};
use config::{DebtSettings, ReportSettings, UiSettings};
use places::Places;
use source::{Detection, Source};

pub use error::Error;
pub use examine::{Check, CheckState, Configuration, configuration, examine, key_settings};
pub use overview::Overview;
pub use settings::{config_file, set, set_back, shown_path, try_out};

/// What to open.
#[derive(Clone, Debug)]
pub struct Options {
    /// The repositories; none for the one of the current directory.
    pub repositories: Vec<PathBuf>,
    /// Where data and indexes live; `None` for the usual place.
    pub data: Option<PathBuf>,
    /// The configuration file; `None` for the usual place.
    pub config: Option<PathBuf>,
    /// The asked week, `2026-W47`; `None` for the one of `now`.
    pub week: Option<String>,
    /// The week's zone, as in the IANA database; `None` for the configured one.
    pub timezone: Option<String>,
    /// The only clock.
    pub now: DateTime<Utc>,
}

/// What a report speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Debt introduced on the asked week's hack days.
    Week,
    /// Every item of the whole history.
    All,
}

/// How far the scan of one repository is.
#[derive(Clone, Debug)]
pub struct Progress {
    /// Its name.
    pub repository: String,
    /// Commits done.
    pub done: u64,
    /// Commits to do.
    pub total: u64,
}

/// Is told how far scans are, often and from several threads.
pub type OnProgress<'a> = &'a (dyn Fn(Progress) + Sync);

/// One repository after its scan.
#[derive(Debug)]
pub struct Scanned {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its figures, or why it could not be scanned.
    pub outcome: Result<Figures, Error>,
}

/// The figures of a scan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Commits that the tips reach.
    pub commits: u64,
    /// Commits that this scan read.
    pub new_commits: u64,
    /// Declared items, open and paid.
    pub items: u64,
    /// Files of the tips that were not read.
    pub skipped: u64,
}

/// What a verification found.
#[derive(Debug)]
pub struct Verification {
    /// Each repository.
    pub repositories: Vec<verify::Verified>,
}

/// The repositories and all that is known of them.
pub struct Workspace {
    repositories: Vec<Entry>,
    branches: Vec<String>,
    data: PathBuf,
    indexes: PathBuf,
    detection: Detection,
    calendar: Calendar,
    asked: Option<WeekName>,
    now: DateTime<Utc>,
    ui: UiSettings,
    templates: ReportSettings,
    keys: BTreeMap<String, Vec<String>>,
    rules: Rules,
}

/// One asked repository; without a source where it could not be opened.
struct Entry {
    name: String,
    path: PathBuf,
    source: Option<Source>,
}

impl Workspace {
    /// Opens the configuration and every repository. One that cannot be opened is tried again by the
    /// scan, which then says why.
    ///
    /// # Errors
    /// A week or timezone that is none, a configuration that cannot be used, a data directory that
    /// cannot be made.
    pub fn open(options: Options) -> Result<Workspace, Error> {
        let environment = |name: &str| -> Option<OsString> { std::env::var_os(name) };
        let asked = options.week.as_deref().map(str::parse).transpose()?;
        let zone: Option<Zone> = options.timezone.as_deref().map(str::parse).transpose()?;
        let (data, file) = (options.data.as_deref(), options.config.as_deref());
        let places = Places::resolve(data, file, &environment)?;
        let loaded = config::load(&places)?;
        let calendar = match zone {
            Some(zone) => loaded.config.calendar.clone().in_zone(zone),
            None => loaded
                .config
                .calendar_in(zone::machine_zone(&environment).zone),
        };
        places.make_data_dir()?;
        let folder = places.data_dir.join("index");
        std::fs::create_dir_all(&folder).map_err(|why| store::Error::Folder {
            path: folder.clone(),
            why,
        })?;
        let mut paths = options.repositories;
        if paths.is_empty() {
            paths.push(std::env::current_dir().map_err(Error::CurrentDirectory)?);
        }
        let branches = loaded.config.git.branches.clone();
        let mut repositories: Vec<Entry> = Vec::new();
        for path in paths {
            let source = Source::open(&path, &branches, &folder).ok();
            // Worktrees of one repository are one repository: its debt is counted once.
            if let Some(source) = &source
                && let Some(known) = repositories.iter_mut().find_map(|entry| {
                    let known = entry.source.as_mut()?;
                    let same = known.repository().common_dir() == source.repository().common_dir();
                    same.then_some(known)
                })
            {
                known.add_tips(source.tips());
                continue;
            }
            let name = match &source {
                Some(source) => source.repository().name(),
                None => path.display().to_string(),
            };
            repositories.push(Entry { name, path, source });
        }
        tell_apart(&mut repositories);
        Ok(Workspace {
            repositories,
            branches,
            data: places.data_dir,
            indexes: folder,
            detection: detection(&loaded.config.debt, loaded.file.clone().unwrap_or_default()),
            calendar,
            asked,
            now: options.now,
            ui: loaded.config.ui,
            templates: loaded.config.report,
            keys: loaded.config.keys,
            rules: loaded.config.rules,
        })
    }

    /// Returns the asked week, or the one of *now*.
    pub fn week(&self) -> Week {
        let name = self
            .asked
            .unwrap_or_else(|| self.calendar.week_of(self.now));
        self.calendar.week(name)
    }

    /// Brings the indexes up to date with git, several repositories at once.
    ///
    /// # Errors
    /// [`Error::Interrupted`]; what fails in one repository is its outcome.
    pub fn scan(
        &mut self,
        progress: OnProgress<'_>,
        cancel: &AtomicBool,
    ) -> Result<Vec<Scanned>, Error> {
        let detection = self.detection.clone();
        self.for_each(cancel, |name, source, threads| {
            let tell = |done, total| {
                progress(Progress {
                    repository: name.to_owned(),
                    done,
                    total,
                });
            };
            let done = source.scan(&detection, threads, &tell, cancel)?;
            let index = source.index(&detection)?;
            let figures = Figures {
                commits: index.commit_count()?,
                new_commits: done.new_commits,
                items: index.declared_count()?,
                skipped: index.skipped()?.len() as u64,
            };
            source.leave_open(index);
            Ok(figures)
        })
    }

    /// Throws the indexes of these repositories away and scans again.
    ///
    /// # Errors
    /// As for [`Workspace::scan`].
    pub fn rebuild(
        &mut self,
        progress: OnProgress<'_>,
        cancel: &AtomicBool,
    ) -> Result<Vec<Scanned>, Error> {
        for entry in &self.repositories {
            if let Some(source) = &entry.source {
                source.forget(cancel)?;
            }
        }
        self.scan(progress, cancel)
    }

    /// Reports the debt that the indexes hold.
    ///
    /// # Errors
    /// An index that cannot be read.
    pub fn debt(&self, scope: Scope) -> Result<DebtReport, Error> {
        report::debt(self, scope)
    }

    /// Compares the ledger with the trees of `samples` commits, with every event, and with the
    /// user's git.
    ///
    /// # Errors
    /// What keeps it from being compared.
    pub fn verify(
        &mut self,
        samples: u32,
        seed: u64,
        progress: OnProgress<'_>,
        cancel: &AtomicBool,
    ) -> Result<Verification, Error> {
        self.scan(progress, cancel)?
            .into_iter()
            .try_for_each(|scanned| scanned.outcome.map(|_| ()))?;
        let mut repositories = Vec::new();
        for entry in &self.repositories {
            let Some(source) = &entry.source else {
                continue;
            };
            let detector = source.detector(&self.detection)?;
            let index = source.index(&self.detection)?;
            let name = entry.name.as_str();
            let order = verify::VerifyOrder {
                repository: source.repository(),
                detector: &detector,
                tips: source.tips(),
                samples,
                seed,
                threads: std::thread::available_parallelism().map_or(1, usize::from),
                blame: true,
                progress: &|_, done, total| {
                    progress(Progress {
                        repository: name.to_owned(),
                        done,
                        total,
                    });
                },
                cancel,
            };
            let mut verified = verify::verify(&order, &index)?;
            name.clone_into(&mut verified.name);
            repositories.push(verified);
        }
        Ok(Verification { repositories })
    }

    /// Does `work` for every repository, as many at once as there are processors.
    fn for_each(
        &mut self,
        cancel: &AtomicBool,
        work: impl Fn(&str, &Source, usize) -> Result<Figures, Error> + Sync,
    ) -> Result<Vec<Scanned>, Error> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let at_once = self.repositories.len().clamp(1, processors);
        let threads = processors / at_once;
        let (branches, indexes) = (&self.branches, &self.indexes);
        let next = AtomicUsize::new(0);
        // A handle of git is one thread's at a time: a worker has the entry while it works on it.
        let jobs: Vec<Mutex<&mut Entry>> = self.repositories.iter_mut().map(Mutex::new).collect();
        let results: Mutex<Vec<(usize, Scanned)>> = Mutex::default();
        std::thread::scope(|scope| {
            for _ in 0..at_once {
                let worker = || {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        let Some(job) = jobs.get(number) else { break };
                        let mut entry = job.lock().unwrap_or_else(PoisonError::into_inner);
                        let entry: &mut Entry = &mut entry;
                        let source = match entry.source.take() {
                            Some(source) => Ok(source),
                            None => Source::open(&entry.path, branches, indexes),
                        };
                        let outcome = source.and_then(|source| {
                            let outcome = work(&entry.name, &source, threads);
                            entry.source = Some(source);
                            outcome
                        });
                        let scanned = Scanned {
                            name: entry.name.clone(),
                            path: entry.path.clone(),
                            outcome,
                        };
                        let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
                        results.push((number, scanned));
                    }
                };
                let spawned = std::thread::Builder::new()
                    .stack_size(scan::STACK)
                    .spawn_scoped(scope, worker);
                if spawned.is_err() {
                    // No thread to be had: this one does the work.
                    worker();
                }
            }
        });
        if cancel.load(Ordering::Relaxed) {
            return Err(Error::Interrupted);
        }
        let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        results.sort_by_key(|(number, _)| *number);
        Ok(results.into_iter().map(|(_, scanned)| scanned).collect())
    }
}

fn detection(debt: &DebtSettings, file: PathBuf) -> Detection {
    let mut options = RuleOptions {
        tags: debt.tags.clone(),
        stubs: debt.stubs,
        skipped_tests: debt.skipped_tests,
        ..RuleOptions::default()
    };
    // Configured phrases are words, not patterns.
    let plain = |words: &String| regex::escape(words);
    options.phrases.extend(debt.phrases.iter().map(plain));
    options.declared_phrases = debt.declared_phrases.iter().map(plain).collect();
    Detection {
        options,
        excludes: debt.excludes.clone(),
        file,
    }
}

/// Gives repositories of one name longer names, by the folders that they are in.
fn tell_apart(entries: &mut [Entry]) {
    for depth in 2..8 {
        let names: Vec<String> = entries.iter().map(|entry| entry.name.clone()).collect();
        for (at, entry) in entries.iter_mut().enumerate() {
            let shared = names.iter().filter(|name| **name == names[at]).count() > 1;
            if !shared {
                continue;
            }
            let path = std::path::absolute(&entry.path).unwrap_or_else(|_| entry.path.clone());
            let parts: Vec<_> = path
                .components()
                .rev()
                .take(depth)
                .map(|part| part.as_os_str().to_string_lossy().into_owned())
                .collect();
            entry.name = parts.into_iter().rev().collect::<Vec<_>>().join("/");
        }
    }
}
