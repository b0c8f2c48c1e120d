//! What can go wrong with a repository, in words that say what to do.

use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};

use crate::object_id::ObjectId;

/// Why a repository cannot be opened or read.
///
/// Every message is safe to print: what comes from the repository or the file system has its
/// control and direction characters escaped. No variant has a `source` that repeats it unescaped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file system refused.
    #[error("cannot read {}: {why}; check that it exists and that you may read it", shown(.path))]
    Unreadable {
        /// What was to be read.
        path: PathBuf,
        /// The answer of the file system.
        why: io::ErrorKind,
    },
    /// No repository at the path or above it.
    #[error(
        "{} is not in a git repository; go to one, name one with `--repo PATH`, or make one with `git init`",
        shown(.path)
    )]
    NotARepository {
        /// Where the search began.
        path: PathBuf,
    },
    /// A `.git` file that leads nowhere.
    #[error(
        "the file {} does not lead to a repository: {why}; for a worktree run `git worktree repair` in the main one, for a submodule `git submodule update --init`",
        shown(.file)
    )]
    GitFile {
        /// The `.git` file, or the `commondir` file of a linked worktree.
        file: PathBuf,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A pipe, a socket or a device where git keeps a file: reading it could take for ever.
    #[error(
        "{} is {kind} where git keeps a regular file; git makes no such thing: find out who made it, and remove it",
        shown(.path)
    )]
    SpecialFile {
        /// The thing.
        path: PathBuf,
        /// What it is, with its article.
        kind: &'static str,
    },
    /// A small file of git that is not small.
    #[error(
        "{} has {size} bytes, and more than {limit} are not read; shorten it, or use a fresh clone",
        shown(.path)
    )]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size in bytes.
        size: u64,
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// A file that is not as git writes it.
    #[error("{}, line {line}, is not as git writes it; repair the file, or use a fresh clone", shown(.path))]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// The objects are named by SHA-256.
    #[error(
        "{}: SHA-256 repository not supported yet; use a clone with SHA-1 objects if there is one",
        shown(.path)
    )]
    Sha256 {
        /// The git directory.
        path: PathBuf,
    },
    /// The references are in a reftable.
    #[error(
        "{}: references in a reftable are not supported yet; on a clone, run `git refs migrate --ref-format=files` and use that",
        shown(.path)
    )]
    Reftable {
        /// The git directory.
        path: PathBuf,
    },
    /// Contents are left on the server, so that debt in them would not be seen.
    #[error(
        "{} is a partial clone, contents may be missing; run {}; or use a full clone",
        shown(.path),
        fill_commands(.path, .remote.as_deref(), .settings)
    )]
    PartialClone {
        /// The git directory.
        path: PathBuf,
        /// The remote that has the rest, where the configuration says so.
        remote: Option<String>,
        /// The settings that make it a partial clone; git leaves them when it has fetched the rest.
        settings: Vec<String>,
    },
    /// A repository extension that is not known here.
    #[error(
        "{} needs the extension `{}`, which is not supported; use a clone made without it",
        shown(.path),
        printable(.name.as_bytes())
    )]
    Extension {
        /// The git directory.
        path: PathBuf,
        /// The name after `extensions.`, in lower case.
        name: String,
    },
    /// A repository format from the future, or no number at all.
    #[error(
        "{} has the repository format `{}`, and only 0 and 1 are supported; use a clone made by an older git",
        shown(.path),
        printable(.version.as_bytes())
    )]
    FormatVersion {
        /// The git directory.
        path: PathBuf,
        /// The value of `core.repositoryformatversion`.
        version: String,
    },
    /// So many configuration files that reading them could take for ever.
    #[error(
        "the configuration {} includes more than {limit} files, or more than {depth} deep; take `include.path` lines out of it",
        shown(.path)
    )]
    Includes {
        /// The configuration file of the repository.
        path: PathBuf,
        /// The most files that are read.
        limit: usize,
        /// The deepest that includes are followed.
        depth: usize,
    },
    /// The repository is somebody else's.
    #[error(
        "{} belongs to another user; if you trust them, run {}",
        shown(.path),
        command(&["git", "config", "--global", "--add", "safe.directory"], .path)
    )]
    Owner {
        /// The directory as git wants it in `safe.directory`.
        path: PathBuf,
    },
    /// Opening did not end. The thread that waits for it is left behind.
    #[error(
        "{} could not be opened within {seconds} seconds; look for a pipe among the files that its configuration or yours includes, or for a disk that does not answer",
        shown(.path)
    )]
    TimedOut {
        /// What was to be opened.
        path: PathBuf,
        /// How long it was waited for.
        seconds: u64,
    },
    /// A branch, or `HEAD`, that says nothing sensible.
    #[error("cannot read `{}` of {}: {why}; run `git fsck` there, or use a fresh clone", printable(.name.as_bytes()), shown(.path))]
    Reference {
        /// The git directory.
        path: PathBuf,
        /// The reference.
        name: String,
        /// What libgit2 says, escaped.
        why: String,
    },
    /// An object that must be there is not.
    #[error(
        "{} lacks {id}, which `{}` needs; run `git fetch`, then `git fsck` there, or use a fresh clone",
        shown(.path),
        printable(.what.as_bytes())
    )]
    MissingObject {
        /// The git directory.
        path: PathBuf,
        /// What led to the object: a reference, or the use made of it.
        what: String,
        /// The object.
        id: ObjectId,
    },
    /// An object that is there and cannot be read.
    #[error(
        "{} cannot read {id}, which `{}` needs: {why}; run `git fsck` there, or use a fresh clone",
        shown(.path),
        printable(.what.as_bytes())
    )]
    Object {
        /// The git directory.
        path: PathBuf,
        /// What led to the object: a reference, or the use made of it.
        what: String,
        /// The object.
        id: ObjectId,
        /// What is wrong, escaped.
        why: String,
    },
    /// No branch of that name or pattern.
    #[error(
        "{} has no branch `{}`; {}",
        shown(.path),
        printable(.name.as_bytes()),
        suggestion(.nearest)
    )]
    NoBranch {
        /// The git directory.
        path: PathBuf,
        /// The name or pattern asked for.
        name: String,
        /// The branches named most like it, best first.
        nearest: Vec<String>,
    },
    /// A configuration that libgit2 cannot read: the repository's, or the user's own.
    #[error(
        "cannot read the configuration for {}: {why}; `git config --list --show-origin` there names the file to correct",
        shown(.path)
    )]
    Config {
        /// The git directory.
        path: PathBuf,
        /// What libgit2 says, escaped.
        why: String,
    },
    /// Whatever else libgit2 refuses.
    #[error("cannot {doing} {}: {why}; run `git fsck` there, or use a fresh clone", shown(.path))]
    Git {
        /// The git directory, or what was to be opened.
        path: PathBuf,
        /// The operation, as a verb.
        doing: &'static str,
        /// What libgit2 says, escaped.
        why: String,
    },
}

impl Error {
    /// Names the file that the file system would not give.
    pub(super) fn unreadable(path: &Path, error: &io::Error) -> Self {
        Error::Unreadable {
            path: path.to_owned(),
            why: error.kind(),
        }
    }
}

/// Returns a path as it can be printed.
pub(super) fn shown(path: &Path) -> String {
    printable(path.as_os_str().as_encoded_bytes())
}

/// Returns text as it can be printed on one line: what is not UTF-8 replaced, control characters
/// as `\xNN`, characters that turn or hide text as `<U+NNNN>`.
pub(super) fn printable(text: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for character in String::from_utf8_lossy(text).chars() {
        // Writing to a String does not fail.
        let _ = match character {
            '\0'..='\x1f' | '\x7f'..='\u{9f}' => write!(out, "\\x{:02x}", character as u32),
            '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e007f}' => write!(out, "<U+{:04X}>", character as u32),
            _ => {
                out.push(character);
                Ok(())
            }
        };
    }
    out
}

/// Quotes one word for a POSIX shell. A word with control characters is quoted as bash, zsh and
/// ksh know it (`$'\x1b'`), so that the line is both exact and safe to print.
fn quoted(word: &[u8]) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-+,:@%=".contains(byte);
    if !word.is_empty() && word.iter().all(plain) {
        return printable(word);
    }
    let text = printable(word);
    if text.as_bytes() == word {
        return format!("'{}'", text.replace('\'', r"'\''"));
    }
    let mut out = String::from("$'");
    for &byte in word {
        let _ = match byte {
            b'\'' | b'\\' => write!(out, "\\{}", byte as char),
            b' '..=b'~' => write!(out, "{}", byte as char),
            _ => write!(out, "\\x{byte:02x}"),
        };
    }
    out.push('\'');
    out
}

/// Returns a command line between backticks.
fn command(words: &[&str], last: &Path) -> String {
    format!(
        "`{} {}`",
        words.join(" "),
        quoted(last.as_os_str().as_encoded_bytes())
    )
}

/// Returns the commands that make a partial clone whole. git (2.47) fetches the rest and leaves
/// the settings as they were, so they are to be taken away after it.
fn fill_commands(git_dir: &Path, remote: Option<&str>, settings: &[String]) -> String {
    let there = quoted(git_dir.as_os_str().as_encoded_bytes());
    let remote = remote.map_or(String::new(), |name| {
        format!(" {}", quoted(name.as_bytes()))
    });
    let mut out = format!("`git --git-dir={there} fetch --refetch --no-filter{remote}`");
    for (index, setting) in settings.iter().enumerate() {
        let setting = quoted(setting.as_bytes());
        let link = if index == 0 { ", then" } else { "," };
        let _ = write!(
            out,
            "{link} `git --git-dir={there} config --unset-all {setting}`"
        );
    }
    out
}

/// Says which branches may be meant.
fn suggestion(nearest: &[String]) -> String {
    if nearest.is_empty() {
        return "`git branch --all` lists what there is".to_owned();
    }
    let names: Vec<String> = nearest
        .iter()
        .map(|name| format!("`{}`", printable(name.as_bytes())))
        .collect();
    format!("did you mean {}?", names.join(" or "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_or_direction_character_is_printed() {
        let text = printable("a\x1b]0;x\x07\u{9b}\u{202e}b\u{200b}\nß".as_bytes());
        assert_eq!(text, "a\\x1b]0;x\\x07\\x9b<U+202E>b<U+200B>\\x0aß");
        assert_eq!(printable(b"\xff"), "\u{fffd}");
    }

    #[test]
    fn the_line_for_the_shell_is_one_word_whatever_the_path() {
        assert_eq!(quoted(b"/a/b-c.d"), "/a/b-c.d");
        assert_eq!(quoted(b"/a b/$(x)"), "'/a b/$(x)'");
        assert_eq!(quoted(b"it's"), r"'it'\''s'");
        assert_eq!(quoted(b"a\x1b'\xff"), r"$'a\x1b\'\xff'");
        assert_eq!(quoted(b""), "''");
    }

    #[test]
    fn an_owner_gets_the_exact_line() {
        let error = Error::Owner {
            path: PathBuf::from("/srv/my code"),
        };
        assert!(
            error
                .to_string()
                .contains("`git config --global --add safe.directory '/srv/my code'`")
        );
    }

    #[test]
    fn a_partial_clone_gets_the_commands_that_fill_it() {
        let error = Error::PartialClone {
            path: PathBuf::from("/r/.git"),
            remote: Some("origin".to_owned()),
            settings: vec!["remote.origin.promisor".to_owned()],
        };
        assert_eq!(
            error.to_string(),
            "/r/.git is a partial clone, contents may be missing; run \
             `git --git-dir=/r/.git fetch --refetch --no-filter origin`, then \
             `git --git-dir=/r/.git config --unset-all remote.origin.promisor`; or use a full clone"
        );
    }
}
