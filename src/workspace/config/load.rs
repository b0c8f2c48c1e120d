//! Finds the configuration file that counts and reads it, whatever it turns out to be.

use std::fs::{self, File, FileType, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::error::ConfigError;
use super::file::ConfigFile;
use super::schema::Config;
use crate::workspace::places::Places;

/// The name of the file in the data and the configuration directory.
pub const FILE_NAME: &str = "hackweek.toml";

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 1024 * 1024;

/// A configuration and where it came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// What holds.
    pub config: Config,
    /// The file it is from; `None` for the defaults.
    pub file: Option<PathBuf>,
    /// The configuration directory's file, where the data directory's counts instead of it.
    pub passed_over: Option<PathBuf>,
}

/// The configuration of these places. Reads files, writes none.
pub fn load(places: &Places) -> Result<Loaded, ConfigError> {
    if let Some(path) = &places.config_file {
        let text = read(path)?.ok_or_else(|| ConfigError::Missing { path: path.clone() })?;
        let config = Config::parse(path, &text)?;
        return Ok(Loaded {
            config,
            file: Some(path.clone()),
            passed_over: None,
        });
    }
    let ConfigFile {
        path,
        text,
        passed_over,
    } = ConfigFile::find(places)?;
    let Some(text) = text else {
        return Ok(Loaded::default());
    };
    Ok(Loaded {
        config: Config::parse(&path, &text)?,
        file: Some(path),
        passed_over,
    })
}

/// The text of a file, or `None` if there is none. A symlink is followed; what is not a regular
/// file is refused before it is opened, since opening a pipe would wait for its writer.
pub(super) fn read(path: &Path) -> Result<Option<String>, ConfigError> {
    let failed = |source: io::Error| ConfigError::Read {
        path: path.to_owned(),
        source,
    };
    match fs::metadata(path) {
        Ok(metadata) => check(path, &metadata)?,
        // A symlink to nowhere is a mistake, not an absence.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return if path.is_symlink() {
                Err(failed(error))
            } else {
                Ok(None)
            };
        }
        Err(error) => return Err(failed(error)),
    }
    let file = File::open(path).map_err(failed)?;
    check(path, &file.metadata().map_err(failed)?)?;
    let mut bytes = Vec::new();
    // The size above can lie (a file of /proc) or have grown: the limit holds for what is read.
    file.take(LARGEST_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if u64::try_from(bytes.len()).map_or(true, |length| length > LARGEST_FILE) {
        return Err(ConfigError::TooLarge {
            path: path.to_owned(),
            limit: LARGEST_FILE,
        });
    }
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = memchr::memchr_iter(b'\n', valid).count() + 1;
        ConfigError::NotText {
            path: path.to_owned(),
            line,
        }
    })
}

fn check(path: &Path, metadata: &Metadata) -> Result<(), ConfigError> {
    if !metadata.is_file() {
        let kind = kind_of(metadata.file_type());
        return Err(ConfigError::NotAFile {
            path: path.to_owned(),
            kind,
        });
    }
    if metadata.len() > LARGEST_FILE {
        return Err(ConfigError::TooLarge {
            path: path.to_owned(),
            limit: LARGEST_FILE,
        });
    }
    Ok(())
}

fn kind_of(file_type: FileType) -> &'static str {
    if file_type.is_dir() {
        return "a directory";
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if file_type.is_fifo() {
            return "a pipe";
        }
        if file_type.is_socket() {
            return "a socket";
        }
        if file_type.is_char_device() || file_type.is_block_device() {
            return "a device";
        }
    }
    "not a regular file"
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use tempfile::TempDir;

    /// Three places of their own: `data/`, `config/` and `own.toml`.
    struct World(TempDir);

    impl World {
        fn new() -> Self {
            let world = Self(tempfile::tempdir().unwrap());
            fs::create_dir(world.path("data")).unwrap();
            fs::create_dir(world.path("config")).unwrap();
            world
        }

        fn path(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
            fs::write(self.path(name), content).unwrap();
            self.path(name)
        }

        fn load(&self, own: Option<&str>) -> Result<Loaded, ConfigError> {
            load(&Places {
                data_dir: self.path("data"),
                config_dir: Some(self.path("config")),
                config_file: own.map(|name| self.path(name)),
            })
        }
    }

    fn zone_of(loaded: &Loaded) -> Option<&'static str> {
        loaded.config.timezone.map(crate::week::Zone::name)
    }

    const BERLIN: &str = "[week]\ntimezone = \"Europe/Berlin\"\n";
    const TOKYO: &str = "[week]\ntimezone = \"Asia/Tokyo\"\n";

    #[test]
    fn without_a_file_the_defaults_hold() {
        assert_eq!(World::new().load(None).unwrap(), Loaded::default());
        let nowhere = Places {
            data_dir: PathBuf::from("/nonexistent/hackweek"),
            config_dir: None,
            config_file: None,
        };
        assert_eq!(load(&nowhere).unwrap(), Loaded::default());
    }

    #[test]
    fn the_users_file_counts_until_the_data_has_its_own() {
        let world = World::new();
        let of_user = world.write("config/hackweek.toml", TOKYO);
        let loaded = world.load(None).unwrap();
        assert_eq!(
            (zone_of(&loaded), &loaded.file),
            (Some("Asia/Tokyo"), &Some(of_user.clone()))
        );
        assert_eq!(loaded.passed_over, None);

        // Whole, not merged: what it does not say is the default.
        let of_data = world.write("data/hackweek.toml", "[debt]\nstubs = true\n");
        let loaded = world.load(None).unwrap();
        assert_eq!((zone_of(&loaded), &loaded.file), (None, &Some(of_data)));
        assert_eq!(loaded.passed_over, Some(of_user));
    }

    #[test]
    fn the_file_that_was_asked_for_is_the_only_one() {
        let world = World::new();
        world.write("data/hackweek.toml", "broken");
        world.write("config/hackweek.toml", TOKYO);
        world.write("own.toml", BERLIN);
        assert_eq!(
            zone_of(&world.load(Some("own.toml")).unwrap()),
            Some("Europe/Berlin")
        );
        let error = world.load(Some("other.toml")).unwrap_err();
        assert!(matches!(&error, ConfigError::Missing { path } if path.ends_with("other.toml")));
        assert!(matches!(
            world.load(None),
            Err(ConfigError::Syntax { line: 1, .. })
        ));
    }

    #[test]
    fn a_file_that_is_too_large_is_not_read() {
        let world = World::new();
        let limit = usize::try_from(LARGEST_FILE).unwrap();
        let mut text = BERLIN.as_bytes().to_vec();
        text.resize(limit, b'\n');
        world.write("own.toml", &text);
        assert!(world.load(Some("own.toml")).is_ok());
        text.push(b'\n');
        world.write("own.toml", &text);
        let error = world.load(Some("own.toml")).unwrap_err().to_string();
        assert!(
            error.ends_with("own.toml is larger than 1024 KiB"),
            "{error}"
        );
    }

    #[test]
    fn bytes_that_are_no_text_are_told_with_their_line() {
        let world = World::new();
        world.write("own.toml", b"[week]\n# caf\xe9\n");
        let error = world.load(Some("own.toml")).unwrap_err().to_string();
        assert!(
            error.ends_with("own.toml:2: not UTF-8: save the file as UTF-8 text"),
            "{error}"
        );
    }

    #[test]
    fn a_directory_is_no_file() {
        let world = World::new();
        fs::create_dir(world.path("data/hackweek.toml")).unwrap();
        let error = world.load(None).unwrap_err().to_string();
        assert!(error.ends_with("hackweek.toml is a directory, not a configuration file"));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_or_a_device_is_refused_at_once() {
        let world = World::new();
        let made = std::process::Command::new("mkfifo")
            .arg(world.path("own.toml"))
            .status();
        assert!(made.unwrap().success());
        let error = world.load(Some("own.toml")).unwrap_err().to_string();
        assert!(
            error.ends_with("own.toml is a pipe, not a configuration file"),
            "{error}"
        );
        std::os::unix::fs::symlink("/dev/zero", world.path("zero.toml")).unwrap();
        let error = world.load(Some("zero.toml")).unwrap_err().to_string();
        assert!(
            error.ends_with("zero.toml is a device, not a configuration file"),
            "{error}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_symlink_is_followed_and_one_to_nowhere_is_a_mistake() {
        let world = World::new();
        let target = world.write("dotfiles.toml", BERLIN);
        std::os::unix::fs::symlink(&target, world.path("config/hackweek.toml")).unwrap();
        assert_eq!(zone_of(&world.load(None).unwrap()), Some("Europe/Berlin"));
        fs::remove_file(&target).unwrap();
        assert!(matches!(world.load(None), Err(ConfigError::Read { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_can_not_be_opened_is_named() {
        use std::os::unix::fs::PermissionsExt;
        let world = World::new();
        let path = world.write("own.toml", BERLIN);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
        if File::open(&path).is_ok() {
            return; // root reads everything
        }
        let error = world.load(Some("own.toml")).unwrap_err();
        assert!(
            matches!(&error, ConfigError::Read { path: p, .. } if *p == path),
            "{error}"
        );
    }
}
