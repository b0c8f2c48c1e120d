//! Running the user's `git blame`: without a shell, a hook, a filter or a configuration that could
//! run anything, and not for ever.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::object_id::ObjectId;

/// How long one file may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often a running process is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// More output than this is not read: a few hundred bytes a line are usual.
const OUTPUT: u64 = 16 << 20;

/// What is asked: some lines of a file of a commit.
pub(super) struct Question {
    pub(super) commit: ObjectId,
    pub(super) path: Vec<u8>,
    pub(super) lines: Vec<u32>,
}

/// Where a line came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Blamed {
    pub(super) commit: ObjectId,
    /// The file there; `None` where it is written in quotes.
    pub(super) path: Option<Vec<u8>>,
    /// The line there, from 1.
    pub(super) line: u32,
}

/// What git said.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// The origin of each line that was asked for, by number.
    Blamed(HashMap<u32, Blamed>),
    /// Nothing in time.
    Late,
    /// That it cannot.
    Failed(String),
}

/// A git that reads no variable of ours and runs nothing of the repository's.
fn git() -> Command {
    let mut git = Command::new("git");
    for (name, _) in std::env::vars_os() {
        if name.as_encoded_bytes().starts_with(b"GIT_") {
            git.env_remove(name);
        }
    }
    git.env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    git
}

/// Returns whether there is a git.
pub(super) fn is_there() -> bool {
    let version = git().arg("--version").stdout(Stdio::null()).status();
    version.is_ok_and(|status| status.success())
}

/// Asks where lines came from.
pub(super) fn blame(git_dir: &Path, question: &Question, cancel: &AtomicBool) -> Answer {
    let mut command = git();
    let mut folder = OsString::from("--git-dir=");
    folder.push(git_dir);
    command
        .arg("--no-pager")
        .arg(folder)
        .args(["-c", "core.fsmonitor=false"])
        .args(["-c", "core.hooksPath=/dev/null"])
        .args(["-c", "core.quotePath=false"])
        .args(["-c", "blame.ignoreRevsFile="])
        .args([
            "blame",
            "--no-textconv",
            "--porcelain",
            "-w",
            "-M5",
            "-C5",
            "-C5",
        ])
        .current_dir(git_dir);
    for line in &question.lines {
        command.arg(format!("-L{line},{line}"));
    }
    command.arg(question.commit.to_string()).arg("--");
    let Some(path) = as_argument(&question.path) else {
        return Answer::Failed("its path cannot be an argument here".to_owned());
    };
    command.arg(path).stdout(Stdio::piped());
    match run(command, cancel) {
        Ok(Some((true, output))) => Answer::Blamed(read(&output)),
        Ok(Some((false, _))) => Answer::Failed("it says that it cannot".to_owned()),
        Ok(None) => Answer::Late,
        Err(why) => Answer::Failed(why.to_string()),
    }
}

#[cfg(unix)]
fn as_argument(path: &[u8]) -> Option<OsString> {
    use std::os::unix::ffi::OsStrExt;
    Some(std::ffi::OsStr::from_bytes(path).to_owned())
}

#[cfg(not(unix))]
fn as_argument(path: &[u8]) -> Option<OsString> {
    std::str::from_utf8(path).ok().map(OsString::from)
}

/// Waits for a process and returns whether it succeeded, with its output; `None` for one that was
/// ended since it took too long.
fn run(mut command: Command, cancel: &AtomicBool) -> std::io::Result<Option<(bool, Vec<u8>)>> {
    let mut child = command.spawn()?;
    let output = child.stdout.take();
    let reading = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = output.map(|output| output.take(OUTPUT).read_to_end(&mut bytes));
        (read.is_some_and(|read| read.is_ok()), bytes)
    });
    let end = Instant::now() + PATIENCE;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        if Instant::now() >= end || cancel.load(Ordering::Relaxed) {
            child.kill()?;
            child.wait()?;
            break None;
        }
        std::thread::sleep(LOOK);
    };
    let (whole, bytes) = reading.join().unwrap_or_default();
    Ok(status.map(|status| (status.success() && whole, bytes)))
}

/// Reads the porcelain format: for each line a head of commit, line there and line here; what the
/// commit is called once; the line itself behind a tab.
fn read(output: &[u8]) -> HashMap<u32, Blamed> {
    let mut found = HashMap::new();
    let mut names: HashMap<ObjectId, Vec<u8>> = HashMap::new();
    let mut head: Option<(ObjectId, u32, u32)> = None;
    for line in output.split(|byte| *byte == b'\n') {
        if line.starts_with(b"\t") {
            if let Some((commit, there, here)) = head.take() {
                // A commit's file is told anew whenever it is another than before.
                let path = names
                    .get(&commit)
                    .filter(|path| !path.starts_with(b"\""))
                    .cloned();
                found.insert(
                    here,
                    Blamed {
                        commit,
                        path,
                        line: there,
                    },
                );
            }
        } else if let Some(path) = line.strip_prefix(b"filename ") {
            if let Some((commit, _, _)) = head {
                names.insert(commit, path.to_vec());
            }
        } else if head.is_none() {
            head = begin(line);
        }
    }
    found
}

fn begin(line: &[u8]) -> Option<(ObjectId, u32, u32)> {
    let mut words = std::str::from_utf8(line).ok()?.split(' ');
    let commit = words.next()?.parse().ok()?;
    let there = words.next()?.parse().ok()?;
    Some((commit, there, words.next()?.parse().ok()?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn each_line_has_the_commit_file_and_line_that_it_came_from() {
        let (one, two) = ("1".repeat(40), "2".repeat(40));
        let text = format!(
            "{one} 7 3 1\nauthor A\nfilename old.c\n\t// TODO: a\n\
             {two} 4 4 1\nauthor B\nfilename new.c\n\tfilename x\n\
             {one} 9 9 1\n\t// TODO: b\n"
        );
        let found = read(text.as_bytes());
        assert_eq!(found.len(), 3);
        assert_eq!(found[&3].commit, one.parse().unwrap());
        assert_eq!(
            (found[&3].line, found[&3].path.as_deref()),
            (7, Some(&b"old.c"[..]))
        );
        assert_eq!(found[&4].path.as_deref(), Some(&b"new.c"[..]));
        assert_eq!(
            (found[&9].line, found[&9].path.as_deref()),
            (9, Some(&b"old.c"[..]))
        );
    }

    #[test]
    fn what_is_no_blame_is_nothing() {
        assert!(read(b"").is_empty());
        assert!(read(b"\t\n\tx\nfilename y\n\xff\xff 1 1\n").is_empty());
    }
}
