//! hackweek on a terminal of its own, in a repository of its own.

use std::path::Path;
use std::process::Command;

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use super::terminal::{Terminal, plain};

pub(crate) struct Session {
    pub(crate) terminal: Terminal,
    folder: TempDir,
}

fn git(folder: &Path, args: &[&str]) {
    let date = "2026-11-16T15:10:00+01:00";
    let status = Command::new("git")
        .current_dir(folder)
        .args([
            "-c",
            "user.name=Sammy",
            "-c",
            "user.email=sammy@example.org",
        ])
        .args(args)
        .env("GIT_AUTHOR_DATE", date)
        .env("GIT_COMMITTER_DATE", date)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(status.status.success(), "{status:?}");
}

fn repository(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    git(folder, &["init", "-q", "-b", "main"]);
    let code = "fn send() {\n    // TODO don't do this: retries never back off\n    post();\n}\n";
    std::fs::write(folder.join("gateway.rs"), code).unwrap();
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "charge"]);
}

impl Session {
    /// Runs a shell command line on a terminal of 100x30; `$HW` in it is hackweek with its flags.
    pub(crate) fn shell(line: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let pay = folder.path().join("pay");
        repository(&pay);
        let mut command = CommandBuilder::new("sh");
        plain(&mut command);
        command.args(["-c", line]);
        command.cwd(&pay);
        let now = "2026-11-18T13:05:00+01:00";
        let data = folder.path().join("data");
        let hackweek = format!(
            "{} --data {} --timezone Europe/Berlin --now {now}",
            env!("CARGO_BIN_EXE_hackweek"),
            data.display()
        );
        command.env("HOME", folder.path());
        command.env("HW", hackweek);
        Self {
            terminal: Terminal::open(command, (100, 30)),
            folder,
        }
    }

    /// Commits a file to the repository that is looked at.
    pub(crate) fn commit(&self, file: &str, text: &str) {
        let pay = self.folder.path().join("pay");
        std::fs::write(pay.join(file), text).unwrap();
        git(&pay, &["add", file]);
        git(&pay, &["commit", "-q", "-m", "more"]);
    }

    /// Leaves the questions of the first run for the debt, once it is read.
    pub(crate) fn open_debt(&mut self) {
        self.wait_for("No hack week here yet.");
        self.press("3");
        self.wait_for("1 open of 1");
    }

    /// Waits until the screen shows a text.
    pub(crate) fn wait_for(&mut self, text: &str) {
        self.terminal.wait_for(text);
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.terminal.press(keys);
    }

    pub(crate) fn process(&self) -> u32 {
        self.terminal.process()
    }

    /// Waits for the end, and returns the exit code.
    pub(crate) fn end(self) -> (u32, vt100::Parser) {
        self.terminal.end()
    }
}
