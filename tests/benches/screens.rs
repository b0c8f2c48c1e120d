//! How soon the screens answer: the first frame beside `git status`, and a key's frame with and
//! without a scan beside it, on a terminal of their own.
//!
//! ```text
//! cargo bench --bench screens                # a generated history of 10,000 commits
//! cargo bench --bench screens -- PATH        # a repository with a work tree
//! ```
//!
//! It prints figures and asserts none.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs)]

#[path = "../terminal/mod.rs"]
mod terminal;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use terminal::{Terminal, hackweek};

const ROUNDS: usize = 11;
const KEYS: usize = 400;

fn main() {
    let given = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    let folder = TempDir::new().unwrap();
    let repository = match given {
        Some(path) => PathBuf::from(path),
        None => generated(folder.path()),
    };
    let data = folder.path().join("data");
    let commits = git(&repository, &["rev-list", "--count", "HEAD"]);
    println!("{}: {} commits", repository.display(), commits.trim());
    let scanned = Command::new(env!("CARGO_BIN_EXE_hackweek"))
        .args(["scan", "--repo"])
        .arg(&repository)
        .arg("--data")
        .arg(&data)
        .stderr(Stdio::null())
        .stdout(Stdio::null())
        .status();
    assert!(scanned.unwrap().success());
    name_week(&repository, &data);

    let mut status = Vec::new();
    let mut first = Vec::new();
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        git(&repository, &["status", "--short"]);
        status.push(begun.elapsed());
        let begun = Instant::now();
        let mut screens = Screens::open(&repository, &data);
        screens.0.wait_for("3 Debt");
        first.push(begun.elapsed());
        screens.quit();
    }
    let (status, first) = (percentile(&mut status, 50), percentile(&mut first, 50));
    println!("git status            {}", millis(status));
    let times = first.as_secs_f64() / status.as_secs_f64();
    println!(
        "first frame           {}   {times:.1} times git status",
        millis(first)
    );

    let mut screens = Screens::open(&repository, &data);
    screens.0.press("3");
    screens.0.wait_for("up to date");
    tell("key to frame", screens.keys(KEYS, || true));
    screens.quit();

    // Without an index the whole history is scanned while the keys come.
    let empty = folder.path().join("empty");
    name_week(&repository, &empty);
    let mut screens = Screens::open(&repository, &empty);
    screens.0.press("3");
    screens.0.wait_for("reading");
    let begun = Instant::now();
    let taken = screens.keys_while_scanning();
    println!("scan beside the keys  {}", millis(begun.elapsed()));
    tell("key to frame, scanning", taken);
    screens.quit();
}

/// Something that people wrote: without it, the first run's questions would be shown.
fn name_week(repository: &Path, data: &Path) {
    let named = Command::new(env!("CARGO_BIN_EXE_hackweek"))
        .args(["week", "title", "bench", "--repo"])
        .arg(repository)
        .arg("--data")
        .arg(data)
        .stdout(Stdio::null())
        .status();
    assert!(named.unwrap().success());
}

fn tell(what: &str, mut taken: Vec<Duration>) {
    let count = taken.len();
    let at = [50, 95, 99, 100].map(|percent| millis(percentile(&mut taken, percent)));
    let [half, most, nearly, worst] = at;
    println!("{what:<22}p50 {half}  p95 {most}  p99 {nearly}  worst {worst}  of {count} keys");
}

fn percentile(taken: &mut [Duration], percent: usize) -> Duration {
    taken.sort();
    let at = (taken.len() * percent / 100).min(taken.len().saturating_sub(1));
    taken.get(at).copied().unwrap_or_default()
}

fn millis(duration: Duration) -> String {
    format!("{:.1} ms", duration.as_secs_f64() * 1000.0)
}

fn git(folder: &Path, args: &[&str]) -> String {
    let done = Command::new("git").current_dir(folder).args(args).output();
    let done = done.unwrap();
    assert!(done.status.success(), "git {args:?}");
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// A history of 10,000 commits over 200 files, every seventh of them with a marker.
fn generated(folder: &Path) -> PathBuf {
    let path = folder.join("repository");
    std::fs::create_dir(&path).unwrap();
    git(&path, &["init", "-q", "-b", "main"]);
    let mut import = Command::new("git")
        .current_dir(&path)
        .args(["fast-import", "--quiet"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stream = import.stdin.take().unwrap();
    for number in 0..10_000_u32 {
        let file = number * 7 % 200;
        let marker = if number % 7 == 0 {
            "// TODO later\n"
        } else {
            ""
        };
        let lines: String = (0..40)
            .map(|line| format!("let v{line} = {};\n", number * line))
            .collect();
        let code = format!("fn f{number}() {{\n{marker}{lines}}}\n");
        let message = format!("change {number}");
        let when = 1_700_000_000 + number * 600;
        write!(
            stream,
            "commit refs/heads/main\ncommitter Ann <ann@example.org> {when} +0100\ndata {}\n{message}\n\
             M 100644 inline src/m{}/f{file}.rs\ndata {}\n{code}\n",
            message.len(),
            file % 20,
            code.len(),
        )
        .unwrap();
    }
    drop(stream);
    assert!(import.wait().unwrap().success());
    git(&path, &["reset", "-q", "--hard"]);
    git(&path, &["repack", "-adq"]);
    path
}

/// hackweek on a terminal of 100x30.
struct Screens(Terminal);

impl Screens {
    fn open(repository: &Path, data: &Path) -> Self {
        let mut command = hackweek();
        command.args(["--repo".as_ref(), repository.as_os_str()]);
        command.args(["--data".as_ref(), data.as_os_str()]);
        Self(Terminal::open(command, (100, 30)))
    }

    /// Goes from screen to screen, and returns how long each took to be seen.
    fn keys(&mut self, most: usize, mut go_on: impl FnMut() -> bool) -> Vec<Duration> {
        let mut taken = Vec::new();
        for (key, tab) in [("2", "[2 Plan"), ("3", "[3 Debt")].iter().cycle() {
            if taken.len() == most || !go_on() {
                break;
            }
            let begun = Instant::now();
            self.0.press(key);
            self.0.wait_for(tab);
            taken.push(begun.elapsed());
        }
        taken
    }

    /// The same until the scan is over.
    fn keys_while_scanning(&mut self) -> Vec<Duration> {
        let mut taken = Vec::new();
        while !self.0.text().contains("up to date") {
            taken.extend(self.keys(2, || true));
        }
        taken
    }

    fn quit(mut self) {
        self.0.press("q");
        self.0.end();
    }
}
