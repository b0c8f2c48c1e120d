//! Where hackweek keeps its data and looks for its configuration.
//!
//! The directories are those of the XDG base directory specification, on macOS too, where people
//! of the terminal look for them.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// The name of our directory below those of XDG.
const OURS: &str = "hackweek";

/// The environment variable for the data directory.
const DATA_VARIABLE: &str = "HACKWEEK_DATA";

/// The directories and files of one run. Every path is absolute; none need exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// Where the data is: `--data`, else `HACKWEEK_DATA`, else `hackweek` in the XDG data directory.
    pub data_dir: PathBuf,
    /// `hackweek` in the XDG configuration directory; `None` where there is no home to have one.
    pub config_dir: Option<PathBuf>,
    /// The configuration file given with `--config`, which then is the only one.
    pub config_file: Option<PathBuf>,
}

/// Why a place can't be had.
#[derive(Debug, Error)]
pub enum PlacesError {
    /// Neither the environment nor the system names a home.
    #[error("there is no home directory to keep data in: set HOME, or give --data DIR")]
    NoHome,
    /// An empty path.
    #[error("{option} is empty: give a path, or leave it out")]
    Empty {
        /// The option or variable that gave it.
        option: &'static str,
    },
    /// A variable of the environment means a different directory in each working directory.
    #[error("{variable} is the relative path {}: write it from the root on", path.display())]
    Relative {
        /// The variable.
        variable: &'static str,
        /// Its value.
        path: PathBuf,
    },
    /// A relative path, and no working directory to begin at.
    #[error("can't tell where {} is from here: {source}", path.display())]
    NoWorkingDirectory {
        /// The relative path.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// Something else has the name of the data directory.
    #[error("{} is not a directory: move it away, or give another place with --data DIR", path.display())]
    NotADirectory {
        /// The path.
        path: PathBuf,
    },
    /// The system did not let the data directory be made or looked at.
    #[error(
        "can't use {} as the data directory: {source}; give another with --data DIR",
        path.display()
    )]
    DataDir {
        /// The path.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
}

/// A data directory that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataDir {
    /// Whether it was made just now.
    pub created: bool,
    /// Its permission bits, where they let in others than its owner. Worth a warning.
    pub open_to_others: Option<u32>,
}

impl Places {
    /// The places for the given options (`--data`, `--config`) and environment. Makes nothing.
    ///
    /// A relative option begins at the working directory. A relative `HACKWEEK_DATA` is refused, and
    /// a relative XDG variable ignored, as its specification wants.
    pub fn resolve(
        data: Option<&Path>,
        config: Option<&Path>,
        env: &impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, PlacesError> {
        Self::resolve_with(data, config, env, std::env::home_dir)
    }

    /// `system_home` is asked when the environment names no home.
    fn resolve_with(
        data: Option<&Path>,
        config: Option<&Path>,
        env: &impl Fn(&str) -> Option<OsString>,
        system_home: impl FnOnce() -> Option<PathBuf>,
    ) -> Result<Self, PlacesError> {
        let absolute_of = |name: &str| env(name).map(PathBuf::from).filter(|p| p.is_absolute());
        let home = absolute_of("HOME").or_else(|| system_home().filter(|p| p.is_absolute()));
        let xdg = |variable: &str, below_home: &str| {
            let base = absolute_of(variable).or_else(|| home.as_ref().map(|h| h.join(below_home)));
            base.map(|base| base.join(OURS))
        };
        let data_dir = match (data, env(DATA_VARIABLE).filter(|value| !value.is_empty())) {
            (Some(data), _) => absolute(data, "--data")?,
            (None, Some(value)) => {
                let path = PathBuf::from(value);
                if !path.is_absolute() {
                    return Err(PlacesError::Relative {
                        variable: DATA_VARIABLE,
                        path,
                    });
                }
                path
            }
            (None, None) => xdg("XDG_DATA_HOME", ".local/share").ok_or(PlacesError::NoHome)?,
        };
        Ok(Self {
            data_dir,
            config_dir: xdg("XDG_CONFIG_HOME", ".config"),
            config_file: config.map(|path| absolute(path, "--config")).transpose()?,
        })
    }

    /// Makes the data directory, and those above it, if it is not there: for its owner alone,
    /// whatever the umask. One that is there stays as it is.
    pub fn make_data_dir(&self) -> Result<DataDir, PlacesError> {
        let path = &self.data_dir;
        let failed = |source: io::Error| match source.kind() {
            // A file has the name of a directory above it.
            io::ErrorKind::NotADirectory => PlacesError::NotADirectory {
                path: path
                    .ancestors()
                    .find(|p| p.is_file())
                    .unwrap_or(path)
                    .to_owned(),
            },
            _ => PlacesError::DataDir {
                path: path.clone(),
                source,
            },
        };
        let created = match private_builder(false).create(path) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => false,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                private_builder(true).create(path).map_err(failed)?;
                true
            }
            Err(error) => return Err(failed(error)),
        };
        // Fails for a symlink to nowhere, which "already exists" above.
        let metadata = fs::metadata(path).map_err(failed)?;
        if !metadata.is_dir() {
            return Err(PlacesError::NotADirectory { path: path.clone() });
        }
        if created {
            make_private(path).map_err(failed)?;
            return Ok(DataDir {
                created,
                open_to_others: None,
            });
        }
        Ok(DataDir {
            created,
            open_to_others: open_to_others(&metadata),
        })
    }
}

fn absolute(path: &Path, option: &'static str) -> Result<PathBuf, PlacesError> {
    if path.as_os_str().is_empty() {
        return Err(PlacesError::Empty { option });
    }
    std::path::absolute(path).map_err(|source| PlacesError::NoWorkingDirectory {
        path: path.to_owned(),
        source,
    })
}

#[cfg(unix)]
fn private_builder(recursive: bool) -> fs::DirBuilder {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = fs::DirBuilder::new();
    builder.recursive(recursive).mode(0o700);
    builder
}

#[cfg(not(unix))]
fn private_builder(recursive: bool) -> fs::DirBuilder {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(recursive);
    builder
}

/// A umask can only take bits away, but it can take the owner's.
#[cfg(unix)]
fn make_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn make_private(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn open_to_others(metadata: &fs::Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = metadata.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

#[cfg(not(unix))]
fn open_to_others(_: &fs::Metadata) -> Option<u32> {
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn resolve(
        data: Option<&str>,
        config: Option<&str>,
        env: &[(&str, &str)],
    ) -> Result<Places, PlacesError> {
        let env = |name: &str| {
            env.iter()
                .find(|(n, _)| *n == name)
                .map(|(_, value)| value.into())
        };
        Places::resolve_with(data.map(Path::new), config.map(Path::new), &env, || None)
    }

    #[test]
    fn places_are_below_home_unless_xdg_says_otherwise() {
        let places = resolve(None, None, &[("HOME", "/home/ann")]).unwrap();
        assert_eq!(
            places.data_dir,
            Path::new("/home/ann/.local/share/hackweek")
        );
        assert_eq!(
            places.config_dir.unwrap(),
            Path::new("/home/ann/.config/hackweek")
        );
        let xdg = [
            ("HOME", "/home/ann"),
            ("XDG_DATA_HOME", "/d"),
            ("XDG_CONFIG_HOME", "/c"),
        ];
        let places = resolve(None, None, &xdg).unwrap();
        assert_eq!(places.data_dir, Path::new("/d/hackweek"));
        assert_eq!(places.config_dir.unwrap(), Path::new("/c/hackweek"));
    }

    #[test]
    fn an_option_wins_over_the_variable_and_that_over_xdg() {
        let env = [
            ("HOME", "/home/ann"),
            ("XDG_DATA_HOME", "/d"),
            ("HACKWEEK_DATA", "/own"),
        ];
        assert_eq!(
            resolve(None, None, &env).unwrap().data_dir,
            Path::new("/own")
        );
        assert_eq!(
            resolve(Some("/opt"), None, &env).unwrap().data_dir,
            Path::new("/opt")
        );
        let empty = [("HOME", "/home/ann"), ("HACKWEEK_DATA", "")];
        assert!(
            resolve(None, None, &empty)
                .unwrap()
                .data_dir
                .starts_with("/home/ann")
        );
    }

    #[test]
    fn a_relative_option_begins_here_and_a_relative_variable_is_refused() {
        let here = std::env::current_dir().unwrap();
        let places = resolve(Some("some/data"), Some("a.toml"), &[]).unwrap();
        assert_eq!(places.data_dir, here.join("some/data"));
        assert_eq!(places.config_file.unwrap(), here.join("a.toml"));
        let error = resolve(None, None, &[("HACKWEEK_DATA", "some/data")]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "HACKWEEK_DATA is the relative path some/data: write it from the root on"
        );
        let xdg = [
            ("HOME", "/home/ann"),
            ("XDG_DATA_HOME", "rel"),
            ("XDG_CONFIG_HOME", "rel"),
        ];
        let places = resolve(None, None, &xdg).unwrap();
        assert!(places.data_dir.starts_with("/home/ann"));
        assert!(places.config_dir.unwrap().starts_with("/home/ann"));
    }

    #[test]
    fn without_a_home_an_option_is_enough() {
        for env in [&[][..], &[("HOME", "")], &[("HOME", "not/from/root")]] {
            let error = resolve(None, None, env).unwrap_err();
            assert!(error.to_string().contains("--data"), "{error}");
        }
        let places = resolve(Some("/d"), None, &[]).unwrap();
        assert_eq!(
            (places.data_dir.as_path(), places.config_dir),
            (Path::new("/d"), None)
        );
    }

    #[test]
    fn the_home_of_the_system_stands_in_for_the_variable() {
        let home = || Some(PathBuf::from("/home/passwd"));
        let places = Places::resolve_with(None, None, &|_: &str| None, home).unwrap();
        assert_eq!(
            places.data_dir,
            Path::new("/home/passwd/.local/share/hackweek")
        );
    }

    #[test]
    fn an_empty_option_is_a_mistake() {
        for (data, config, option) in [(Some(""), None, "--data"), (None, Some(""), "--config")] {
            let error = resolve(data, config, &[("HOME", "/home/ann")]).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("{option} is empty: give a path, or leave it out")
            );
        }
    }

    fn places_in(data_dir: PathBuf) -> Places {
        Places {
            data_dir,
            config_dir: None,
            config_file: None,
        }
    }

    #[cfg(unix)]
    fn mode(path: &Path) -> u32 {
        use std::os::unix::fs::PermissionsExt;
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[cfg(unix)]
    #[test]
    fn a_new_data_directory_is_for_its_owner_alone() {
        let root = tempfile::tempdir().unwrap();
        let places = places_in(root.path().join("share/hackweek"));
        let made = places.make_data_dir().unwrap();
        assert_eq!(
            made,
            DataDir {
                created: true,
                open_to_others: None
            }
        );
        assert_eq!(mode(&places.data_dir), 0o700);
        assert_eq!(mode(&root.path().join("share")) & 0o077, 0);
        let again = places.make_data_dir().unwrap();
        assert_eq!(
            again,
            DataDir {
                created: false,
                open_to_others: None
            }
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_data_directory_that_others_can_read_is_told_and_left() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        fs::set_permissions(root.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let found = places_in(root.path().to_owned()).make_data_dir().unwrap();
        assert_eq!(
            found,
            DataDir {
                created: false,
                open_to_others: Some(0o755)
            }
        );
        assert_eq!(mode(root.path()), 0o755);
    }

    #[test]
    fn a_file_in_its_place_or_above_it_is_named() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("file");
        fs::write(&file, "mine").unwrap();
        for data_dir in [
            file.clone(),
            file.join("hackweek"),
            file.join("deep/hackweek"),
        ] {
            let error = places_in(data_dir).make_data_dir().unwrap_err();
            assert!(
                matches!(&error, PlacesError::NotADirectory { path } if *path == file),
                "{error}"
            );
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    }

    #[cfg(unix)]
    #[test]
    fn a_symlink_is_followed_but_not_to_nowhere() {
        let root = tempfile::tempdir().unwrap();
        let link = |name: &str, to: &Path| {
            let link = root.path().join(name);
            std::os::unix::fs::symlink(to, &link).unwrap();
            places_in(link)
        };
        assert!(!link("good", root.path()).make_data_dir().unwrap().created);
        let error = link("bad", &root.path().join("nowhere"))
            .make_data_dir()
            .unwrap_err();
        assert!(error.to_string().contains("--data"), "{error}");
    }

    #[test]
    fn a_path_that_no_system_takes_is_an_error() {
        let error = places_in(PathBuf::from("/a\0b"))
            .make_data_dir()
            .unwrap_err();
        assert!(matches!(error, PlacesError::DataDir { .. }));
    }
}
