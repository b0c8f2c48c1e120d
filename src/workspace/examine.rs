//! What `doctor` and `config` show: how everything is, without changing any of it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use super::config::{self, FILE_NAME};
use super::places::Places;
use super::{Error, Options, zone};
use crate::history::Repository;

/// One fact of `doctor`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// How it is.
    pub state: CheckState,
    /// What was looked at: `data`.
    pub what: String,
    /// What was found.
    pub found: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// How a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckState {
    /// As it should be.
    Good,
    /// Works, with a limit.
    Warn,
    /// Does not work.
    Bad,
}

/// The configuration in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Configuration {
    /// The file that is read, or would be.
    pub path: PathBuf,
    /// Whether it is there.
    pub found: bool,
    /// Its text, or the defaults as a file.
    pub effective: String,
    /// A commented file to start from.
    pub template: String,
}

fn environment(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

fn check(state: CheckState, what: &str, found: impl Into<String>) -> Check {
    Check {
        state,
        what: what.to_owned(),
        found: found.into(),
        hint: None,
    }
}

/// Looks at the places, the configuration, the timezone and the repositories; opens what it can,
/// changes nothing.
pub fn examine(options: &Options) -> Vec<Check> {
    let mut checks = Vec::new();
    let (data, file) = (options.data.as_deref(), options.config.as_deref());
    match Places::resolve(data, file, &environment) {
        Err(error) => checks.push(check(CheckState::Bad, "data", error.to_string())),
        Ok(places) => {
            let data = places.data_dir.display().to_string();
            let found = match places.data_dir.is_dir() {
                true => data,
                false => format!("{data}, made when first needed"),
            };
            checks.push(check(CheckState::Good, "data", found));
            match config::load(&places) {
                Err(error) => {
                    checks.push(check(CheckState::Bad, "configuration", error.to_string()));
                }
                Ok(loaded) => {
                    let found = match &loaded.file {
                        Some(file) => file.display().to_string(),
                        None => "none, the defaults hold".to_owned(),
                    };
                    let mut one = check(CheckState::Good, "configuration", found);
                    one.hint = loaded
                        .passed_over
                        .map(|file| format!("{} is passed over for this one", file.display()));
                    checks.push(one);
                    checks.push(timezone(options, loaded.config.timezone.is_some()));
                }
            }
        }
    }
    let mut paths = options.repositories.clone();
    if paths.is_empty() {
        paths.extend(std::env::current_dir());
    }
    for path in paths {
        match Repository::open(&path) {
            Err(error) => checks.push(check(CheckState::Bad, "repository", error.to_string())),
            Ok(repository) => {
                let found = repository.git_dir().display().to_string();
                checks.push(check(CheckState::Good, "repository", found));
                for warning in repository.warnings() {
                    checks.push(check(CheckState::Warn, "repository", warning.to_string()));
                }
            }
        }
    }
    checks
}

fn timezone(options: &Options, configured: bool) -> Check {
    if let Some(zone) = &options.timezone {
        return check(CheckState::Good, "timezone", zone.clone());
    }
    if configured {
        return check(CheckState::Good, "timezone", "the configured one");
    }
    let machine = zone::machine_zone(&environment);
    let name = machine.zone.name();
    match machine.warning {
        None => check(CheckState::Good, "timezone", name),
        Some(warning) => {
            let mut found = check(CheckState::Warn, "timezone", format!("{name}: {warning}"));
            found.hint = Some("set `timezone` in the configuration".to_owned());
            found
        }
    }
}

/// Reads the keys that are set for the screens, by the name of the action. Opens no repository.
///
/// # Errors
/// A configuration that cannot be used.
pub fn key_settings(options: &Options) -> Result<BTreeMap<String, Vec<String>>, Error> {
    let (data, file) = (options.data.as_deref(), options.config.as_deref());
    let places = Places::resolve(data, file, &environment)?;
    Ok(config::load(&places)?.config.keys)
}

/// Returns the configuration in force.
///
/// # Errors
/// Places that cannot be told, a file that cannot be used.
pub fn configuration(options: &Options) -> Result<Configuration, Error> {
    let (data, file) = (options.data.as_deref(), options.config.as_deref());
    let places = Places::resolve(data, file, &environment)?;
    let usual = || {
        let folder = places.config_dir.as_ref().unwrap_or(&places.data_dir);
        folder.join(FILE_NAME)
    };
    let template = config::DEFAULT.to_owned();
    if places
        .config_file
        .as_ref()
        .is_some_and(|file| !file.exists())
    {
        // It is asked for in order to be written.
        return Ok(Configuration {
            path: places.config_file.clone().unwrap_or_else(usual),
            found: false,
            effective: template.clone(),
            template,
        });
    }
    let loaded = config::load(&places)?;
    let effective = match &loaded.file {
        Some(file) => std::fs::read_to_string(file).unwrap_or_default(),
        None => template.clone(),
    };
    Ok(Configuration {
        found: loaded.file.is_some(),
        path: loaded.file.unwrap_or_else(usual),
        effective,
        template,
    })
}
