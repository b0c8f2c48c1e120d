//! The user's browser, opened at an address.

use std::ffi::OsString;
use std::io;
use std::process::{Command, Stdio};
use std::thread;

/// What is run: a program and its arguments. No shell reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Browser {
    /// The program.
    pub(super) program: &'static str,
    /// Its arguments, the address last.
    pub(super) arguments: Vec<String>,
}

impl Browser {
    /// What opens an https address on this machine. `set` gives a variable of the environment.
    ///
    /// # Errors
    /// An address that is none, and a machine without a desktop: what is opened there, nobody sees.
    pub(super) fn here(
        address: &str,
        set: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<Self, &'static str> {
        if !address.starts_with("https://") {
            return Err("this is no address to open");
        }
        let with = |program, before: &[&str]| {
            let before = before.iter().map(|word| (*word).to_owned());
            Ok(Self {
                program,
                arguments: before.chain([address.to_owned()]).collect(),
            })
        };
        if cfg!(target_os = "macos") {
            return with("open", &[]);
        }
        if cfg!(windows) {
            return with("rundll32", &["url.dll,FileProtocolHandler"]);
        }
        let is_set = |name| set(name).is_some_and(|value| !value.is_empty());
        match is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") || is_set("WSL_DISTRO_NAME") {
            true => with("xdg-open", &[]),
            false => Err("there is no desktop here"),
        }
    }

    /// Starts it, and does not wait: the terminal stays with the screens.
    ///
    /// # Errors
    /// A program that is not there.
    pub(super) fn start(&self) -> io::Result<()> {
        let mut child = Command::new(self.program)
            .args(&self.arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        // Who has ended is to be waited for, or stays in the list of processes.
        thread::spawn(move || child.wait());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn an_address_is_one_argument_and_the_last() {
        let address = "https://github.com/a/b/blob/1a954628/x%20y.rs#L7";
        let browser = Browser::here(address, &|_| Some(":0".into())).unwrap();
        assert_eq!(browser.arguments.last().unwrap(), address);
    }

    #[test]
    fn what_is_no_address_is_not_opened() {
        for wrong in ["", "javascript:alert(1)", "file:///etc/passwd", "--help"] {
            assert!(Browser::here(wrong, &|_| Some(":0".into())).is_err());
        }
    }

    #[test]
    #[cfg(all(unix, not(target_os = "macos")))]
    fn without_a_desktop_nothing_is_opened() {
        assert!(Browser::here("https://github.com/a/b", &|_| None).is_err());
    }
}
