//! hackweek on a terminal of its own, in a repository of its own.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// How long anything is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Session {
    pub(crate) parser: vt100::Parser,
    /// All that was written.
    pub(crate) written: Vec<u8>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
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
        let size = PtySize {
            rows: 30,
            cols: 100,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", line]);
        command.cwd(&pay);
        command.env_clear();
        let now = "2026-11-18T13:05:00+01:00";
        let data = folder.path().join("data");
        let hackweek = format!(
            "{} --data {} --timezone Europe/Berlin --now {now}",
            env!("CARGO_BIN_EXE_hackweek"),
            data.display()
        );
        for (name, value) in [
            ("PATH", std::env::var("PATH").unwrap().as_str()),
            ("HOME", &folder.path().to_string_lossy()),
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("HW", &hackweek),
        ] {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let keys = pair.master.take_writer().unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (tell, output) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if tell.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            parser: parser(30, 100),
            written: Vec::new(),
            child,
            master: pair.master,
            keys,
            output,
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
        let until = Instant::now() + PATIENCE;
        while !self.parser.screen().contents().contains(text) {
            let left = until.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => {
                    self.parser.process(&bytes);
                    self.written.extend(bytes);
                }
                Err(error) => panic!("no {text:?}: {error}\n{}", self.parser.screen().contents()),
            }
        }
    }

    /// Takes what was written so far.
    pub(crate) fn read_what_is_there(&mut self) {
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(200)) {
            self.parser.process(&bytes);
        }
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    pub(crate) fn resize(&mut self, rows: u16, cols: u16) {
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        self.master.resize(size).unwrap();
        let number = |n| NonZeroU16::new(n).unwrap();
        self.parser
            .screen_mut()
            .set_size(number(rows), number(cols));
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Waits for the end, and returns the exit code.
    pub(crate) fn end(mut self) -> (u32, vt100::Parser) {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.output.recv_timeout(Duration::from_millis(20)) {
                Ok(bytes) => self.parser.process(&bytes),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                // What was written last may still be on its way.
                while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(200)) {
                    self.parser.process(&bytes);
                }
                return (status.exit_code(), self.parser);
            }
            assert!(
                Instant::now() < until,
                "{}",
                self.parser.screen().contents()
            );
        }
        (self.child.wait().unwrap().exit_code(), self.parser)
    }
}

fn parser(rows: u16, cols: u16) -> vt100::Parser {
    vt100::Parser::new(
        NonZeroU16::new(rows).unwrap(),
        NonZeroU16::new(cols).unwrap(),
        0,
    )
}
