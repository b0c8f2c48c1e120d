//! How a command ends: the one place that turns an error into text and an exit code.

use std::error::Error as _;
use std::io::{self, Write};
use std::path::PathBuf;

use crate::report::safe_text::Safe;
use crate::tui::keymap::KeymapError;
use crate::workspace;

/// A gate or a verification found something.
pub(crate) const FOUND: u8 = 1;
/// The command line is wrong.
pub(crate) const USAGE: u8 = 2;
/// The user's repository, data, configuration or output file.
pub(crate) const USER: u8 = 3;
/// A bug in hackweek, `EX_SOFTWARE` of sysexits.h.
pub(crate) const BUG: u8 = 70;

/// How a command that did its work ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// All is fine.
    Fine,
    /// The work was done for some repositories only; what was in the way has been said.
    Partial,
    /// A gate or a verification found something, and said so.
    Found,
}

impl Verdict {
    /// Its exit code.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Found => FOUND,
            Self::Partial => USER,
        }
    }
}

/// Why a command did not do its work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The workspace could not.
    #[error(transparent)]
    Workspace(#[from] workspace::Error),
    /// The arguments do not go together.
    #[error("{what}")]
    Usage { what: String, hints: Vec<String> },
    /// Ended by a signal.
    #[error("interrupted")]
    Signal(u8),
    /// The output file is not ours to write.
    #[error("{} {why}", path.display())]
    Refused {
        path: PathBuf,
        why: &'static str,
        hints: Vec<String>,
    },
    /// The output file could not be written.
    #[error("cannot write {}", path.display())]
    Output { path: PathBuf, source: io::Error },
    /// Standard output could not be written.
    #[error("cannot write to standard output")]
    Stdout(#[source] io::Error),
    /// A handler for signals could not be set.
    #[error("cannot listen to signals")]
    Signals(#[source] io::Error),
    /// The user's keys cannot be used.
    #[error(transparent)]
    Keys(KeymapError),
    /// The terminal could not be taken, read or drawn on.
    #[error("cannot use the terminal")]
    Terminal(#[source] io::Error),
    /// A template of the user cannot be used.
    #[error("{what}")]
    Template { what: String, hints: Vec<String> },
    /// A document could not be put into words, which no document of ours is.
    #[error("cannot lay out the result")]
    Layout(#[source] io::Error),
}

impl Failure {
    /// A usage failure with one way out.
    pub(crate) fn usage(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage {
            what: what.into(),
            hints: vec![hint.into()],
        }
    }

    /// Its exit code.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Workspace(error) => error.exit_code(),
            Self::Usage { .. } => USAGE,
            Self::Signal(signal) => 128 + signal,
            Self::Template { .. }
            | Self::Refused { .. }
            | Self::Output { .. }
            | Self::Stdout(_)
            | Self::Keys(_)
            | Self::Terminal(_) => USER,
            Self::Signals(_) | Self::Layout(_) => BUG,
        }
    }

    fn hints(&self) -> &[String] {
        match self {
            Self::Workspace(error) => error.hints(),
            Self::Usage { hints, .. }
            | Self::Refused { hints, .. }
            | Self::Template { hints, .. } => hints,
            _ => &[],
        }
    }

    /// What is said of it: what happened, its causes, what to do.
    pub(crate) fn text(&self) -> String {
        if let Self::Signal(_) = self {
            return "hackweek: interrupted; what was scanned is kept, the next scan goes on from there\n"
                .to_owned();
        }
        let mut text = explained(&self.to_string(), self.source(), self.hints());
        if self.code() == BUG {
            text.push_str("  hint: this is a bug in hackweek, please report it\n");
        }
        text
    }
}

/// `hackweek: what`, its causes and hints, each on its line, safe to print.
pub(crate) fn explained(
    what: &str,
    cause: Option<&(dyn std::error::Error + 'static)>,
    hints: &[String],
) -> String {
    let mut text = format!("hackweek: {}\n", Safe::new(what));
    let mut said = what.to_owned();
    let mut cause = cause;
    while let Some(error) = cause {
        let because = error.to_string();
        // Some errors already tell their cause in their own words.
        if !said.contains(&because) {
            text.push_str(&format!("  cause: {}\n", Safe::new(&because)));
        }
        said = because;
        cause = error.source();
    }
    for hint in hints {
        text.push_str(&format!("  hint: {}\n", Safe::new(hint)));
    }
    text
}

/// Says something on standard error. That nobody listens there is no reason to fail.
pub(crate) fn say(text: &str) {
    let mut stderr = io::stderr().lock();
    let _ = stderr.write_all(text.as_bytes());
    let _ = stderr.flush();
}

/// Says that one repository of several failed.
pub(crate) fn say_repository(name: &str, error: &workspace::Error) {
    say(&explained(
        &format!("{name}: {error}"),
        error.source(),
        error.hints(),
    ));
}

/// Replaces the message of a panic: whatever is in it, the terminal stays as it is.
pub(crate) fn set_panic_hook() {
    std::panic::set_hook(Box::new(|panic| {
        let payload = panic.payload();
        let what = payload
            .downcast_ref::<&str>()
            .copied()
            .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
            .unwrap_or("no message");
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        say(&format!(
            "hackweek: this is a bug in hackweek, please report it\n  cause: {}\n  at {}\n",
            Safe::new(what),
            Safe::new(&place)
        ));
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_its_code() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        let path = || PathBuf::from("x");
        for (failure, code) in [
            (Failure::usage("a", "b"), 2),
            (Failure::Signal(2), 130),
            (Failure::Signal(15), 143),
            (
                Failure::Refused {
                    path: path(),
                    why: "is a link",
                    hints: Vec::new(),
                },
                3,
            ),
            (
                Failure::Output {
                    path: path(),
                    source: full(),
                },
                3,
            ),
            (Failure::Stdout(full()), 3),
            (Failure::Layout(full()), 70),
            (Failure::Workspace(workspace::Error::Interrupted), 130),
        ] {
            assert_eq!(failure.code(), code, "{failure}");
        }
    }

    #[test]
    fn an_error_is_told_with_cause_and_hint_and_without_escapes() {
        let source = io::Error::other("disk \u{1b}[2J full");
        let failure = Failure::Output {
            path: PathBuf::from("a\u{202e}b"),
            source,
        };
        assert_eq!(
            failure.text(),
            "hackweek: cannot write a<U+202E>b\n  cause: disk \\x1B[2J full\n"
        );
        assert_eq!(
            Failure::usage("--force has no file", "add --output FILE").text(),
            "hackweek: --force has no file\n  hint: add --output FILE\n"
        );
    }
}
