//! The settings one by one: what holds, changed in the file that counts, and changed back.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::config::{self, Changed, Check, Config, ConfigError, ConfigFile, Edit};
use super::places::Places;
use super::{Error, Options, detection};
use crate::debt::attributes::Attributes;
use crate::debt::left_out::PathRules;
use crate::debt::rules::Rules;

fn environment(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

fn places(options: &Options) -> Result<Places, Error> {
    let (data, file) = (options.data.as_deref(), options.config.as_deref());
    Ok(Places::resolve(data, file, &environment)?)
}

/// Returns the configuration file that counts, or the user's own where there is none yet.
///
/// # Errors
/// Places that cannot be told, a file that cannot be read.
pub fn config_file(options: &Options) -> Result<ConfigFile, Error> {
    Ok(ConfigFile::find(&places(options)?)?)
}

/// Changes some keys in the file that counts, together. `check` looks into what is the screens' alone: the keys.
///
/// # Errors
/// A key that there is not, a value it cannot have, a file that cannot be used or written; it is then
/// as it was.
pub fn set(options: &Options, edits: &[Edit], check: Check<'_>) -> Result<Changed, Error> {
    let check = |config: &Config| usable(config).and_then(|()| check(config));
    Ok(config::change(&places(options)?, edits, &check)?)
}

/// Takes a change back, and returns that as a change.
///
/// # Errors
/// As for [`set`].
pub fn set_back(options: &Options, changed: &Changed, check: Check<'_>) -> Result<Changed, Error> {
    let check = |config: &Config| usable(config).and_then(|()| check(config));
    Ok(config::change_back(&places(options)?, changed, &check)?)
}

/// The file with one key changed, to know whether that can be; nothing is written.
///
/// # Errors
/// As for [`set`].
pub fn try_out(file: &ConfigFile, edit: &Edit, check: Check<'_>) -> Result<Config, ConfigError> {
    let check = |config: &Config| usable(config).and_then(|()| check(config));
    let edits = std::slice::from_ref(edit);
    file.edited(edits, &check).map(|(_, config)| config)
}

/// What the reader of the file leaves to those who use it: patterns and phrases.
fn usable(config: &Config) -> Result<(), String> {
    let detection = detection(&config.debt, PathBuf::new());
    Rules::new(&detection.options).map_err(|why| why.to_string())?;
    let none = Attributes::parse(&[], None);
    PathRules::new(none, &detection.excludes).map_err(|why| why.to_string())?;
    Ok(())
}

/// A path as people write it: what is in their home begins with `~`.
pub fn shown_path(path: &Path) -> String {
    let home = environment("HOME").map(PathBuf::from);
    let below = home.filter(|home| home.is_absolute()).and_then(|home| {
        let below = path.strip_prefix(&home).ok()?;
        Some(Path::new("~").join(below))
    });
    below.as_deref().unwrap_or(path).display().to_string()
}
