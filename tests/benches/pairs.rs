//! hackweek beside git, on the same history, in turns: how many times as fast, and in how much memory.
//!
//! ```text
//! cargo bench --bench pairs                               # a history made for it
//! cargo bench --bench pairs -- --repo PATH [--runs N]     # that repository, which is only read
//! ```
//! `HACKWEEK_BENCH_REPO` names a repository too. What the screens show first stands beside git in the
//! bench of the screens. Two programs that take turns meet the same machine, so
//! that their ratio means something where their times do not; nothing is asserted. Whole processes are
//! measured and their memory is looked at, which no harness of functions does: so this one has none.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr
)]

use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const HACKWEEK: &str = env!("CARGO_BIN_EXE_hackweek");

/// What the built-in rules count, as git can search for it.
const MARKERS: &str = "TODO|FIXME|XXX|HACK|don't do this";

fn main() {
    let mut arguments = std::env::args_os().skip(1);
    let mut repository = std::env::var_os("HACKWEEK_BENCH_REPO").map(PathBuf::from);
    let mut runs = 5;
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().expect("an option needs a value");
        match argument.to_str() {
            Some("--repo") => repository = Some(value().into()),
            Some("--runs") => {
                let value = value();
                runs = value.to_str().unwrap().parse().expect("a number of runs");
            }
            // What cargo hands on.
            _ => {}
        }
    }
    let place = TempDir::new().unwrap();
    let repository = match repository {
        Some(repository) => repository.canonicalize().expect("a repository"),
        None => made(&place.path().join("made"), 3_000),
    };
    let bench = Bench {
        place: place.path(),
        repository,
        runs,
    };
    bench.all();
}

struct Bench<'a> {
    place: &'a Path,
    repository: PathBuf,
    runs: usize,
}

/// What one run took.
#[derive(Clone, Copy)]
struct Took {
    wall: Duration,
    /// The most memory that is not a mapped file, in KiB; where the system tells.
    memory: Option<u64>,
}

impl Bench<'_> {
    fn all(&self) {
        let head = git_says(&self.repository, &["rev-parse", "HEAD"]);
        let count = git_says(&self.repository, &["rev-list", "--count", "HEAD"]);
        println!(
            "{}: {count} commits, median of {} runs",
            self.repository.display(),
            self.runs
        );

        let search = format!("-G{MARKERS}");
        let search = ["log", "--no-merges", "--no-renames", "--format=%H", &search];
        let raw = ["log", "--no-merges", "--no-renames", "--raw"];
        let repository = &self.repository;
        let whole = |data: &Path| self.debt(repository, data, &["--all"]);
        self.pair(
            "whole history, cold",
            "log -G",
            &whole,
            &search,
            Data::Fresh,
        );
        self.pair(
            "whole history, cold",
            "log --raw",
            &whole,
            &raw,
            Data::Fresh,
        );

        let ready = self.data("ready");
        took(&mut whole(&ready));
        let same = Data::Kept(&ready);
        let again = |data: &Path| self.debt(repository, data, &[]);
        self.pair(
            "this week, nothing new",
            "rev-parse HEAD",
            &again,
            &["rev-parse", "HEAD"],
            same,
        );
        self.pair(
            "all, nothing new",
            "rev-parse HEAD",
            &whole,
            &["rev-parse", "HEAD"],
            same,
        );
        let week = [
            "log",
            "--since=1.week",
            "--no-merges",
            "--no-renames",
            "--format=%H",
            search[4],
        ];
        self.pair(
            "this week, cold",
            "log --since=1.week -G",
            &again,
            &week,
            Data::Fresh,
        );
        self.ten_commits(&head);
        self.growth();
    }

    /// Runs both in turns and prints how they compare.
    fn pair(
        &self,
        what: &str,
        with: &str,
        ours: &dyn Fn(&Path) -> Command,
        theirs: &[&str],
        data: Data<'_>,
    ) {
        let (mut our_runs, mut their_runs) = (Vec::new(), Vec::new());
        for run in 0..self.runs {
            let fresh = self.data(&format!("fresh-{run}"));
            let place = match data {
                Data::Fresh => &fresh,
                Data::Kept(kept) => kept,
            };
            our_runs.push(took(&mut ours(place)));
            their_runs.push(took(&mut git(&self.repository, theirs)));
            let _ = std::fs::remove_dir_all(fresh);
        }
        let (ours, theirs) = (median(&our_runs), median(&their_runs));
        println!(
            "{what:<24} beside git {with:<22} {:>7} of its time ({:.1} times as fast), {} : {} ms, {} : {} MiB",
            format!("{:.2}", ours.wall.as_secs_f64() / theirs.wall.as_secs_f64()),
            theirs.wall.as_secs_f64() / ours.wall.as_secs_f64(),
            ours.wall.as_millis(),
            theirs.wall.as_millis(),
            mib(ours.memory),
            mib(theirs.memory),
        );
    }

    /// Measures what ten commits more cost than none.
    fn ten_commits(&self, head: &str) {
        let Some(before) = git_finds(
            &self.repository,
            &["rev-parse", "--verify", "-q", "HEAD~10"],
        ) else {
            return println!("ten new commits: the history is too short");
        };
        let clone = self.clone_at(&before, "ten.git");
        let kept = self.data("ten");
        took(&mut self.debt(&clone, &kept, &["--all"]));
        let more = git_says(
            &self.repository,
            &["rev-list", "--count", &format!("{before}..{head}")],
        );
        let (mut news, mut nothings) = (Vec::new(), Vec::new());
        for run in 0..self.runs {
            set_back(&clone, &before);
            let data = self.data(&format!("ten-{run}"));
            copy(&kept, &data);
            set_back(&clone, head);
            news.push(took(&mut self.debt(&clone, &data, &[])));
            nothings.push(took(&mut self.debt(&clone, &data, &[])));
        }
        let (new, nothing) = (median(&news), median(&nothings));
        println!(
            "ten new commits ({more} with merged ones): {} ms, of which {} ms more than nothing new",
            new.wall.as_millis(),
            new.wall.saturating_sub(nothing.wall).as_millis()
        );
    }

    /// Measures the oldest eighth, quarter and half of the history, and all of it.
    fn growth(&self) {
        let all = git_says(
            &self.repository,
            &["rev-list", "--topo-order", "--reverse", "HEAD"],
        );
        let all: Vec<&str> = all.lines().collect();
        for (part, name) in [(8, "1/8"), (4, "1/4"), (2, "1/2"), (1, "1")] {
            let Some(tip) = (all.len() / part).checked_sub(1).map(|at| all[at]) else {
                continue;
            };
            let clone = self.clone_at(tip, &format!("part-{part}.git"));
            let count = git_says(&clone, &["rev-list", "--count", "HEAD"]);
            let mut runs = Vec::new();
            for run in 0..self.runs.min(3) {
                let data = self.data(&format!("part-{part}-{run}"));
                runs.push(took(&mut self.debt(&clone, &data, &["--all"])));
            }
            let took = median(&runs);
            println!(
                "growth, {name:<4} {count:>8} commits: {:>6} ms, {:>4} MiB",
                took.wall.as_millis(),
                mib(took.memory)
            );
        }
    }

    fn debt(&self, repository: &Path, data: &Path, more: &[&str]) -> Command {
        let mut command = Command::new(HACKWEEK);
        command.args(["debt", "--format", "json"]).args(more);
        command
            .arg("--repo")
            .arg(repository)
            .arg("--data")
            .arg(data);
        command
    }

    /// A directory for data that is not there yet.
    fn data(&self, name: &str) -> PathBuf {
        let path = self.place.join("data").join(name);
        let _ = std::fs::remove_dir_all(&path);
        path
    }

    /// A bare clone that borrows the objects, with its one branch at a commit.
    fn clone_at(&self, tip: &str, name: &str) -> PathBuf {
        let clone = self.place.join(name);
        let mut command = Command::new("git");
        command
            .args(["init", "-q", "--bare", "-b", "main"])
            .arg(&clone);
        assert!(command.status().unwrap().success());
        let objects = git_says(&self.repository, &["rev-parse", "--git-path", "objects"]);
        let objects = self.repository.join(objects).canonicalize().unwrap();
        let alternates = clone.join("objects/info/alternates");
        std::fs::write(alternates, format!("{}\n", objects.display())).unwrap();
        set_back(&clone, tip);
        clone
    }
}

/// Where the data of the measured program is.
#[derive(Clone, Copy)]
enum Data<'a> {
    /// Nowhere: it begins anew.
    Fresh,
    /// Here.
    Kept(&'a Path),
}

fn set_back(repository: &Path, tip: &str) {
    git_says(repository, &["update-ref", "refs/heads/main", tip]);
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let there = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &there);
        } else {
            std::fs::copy(entry.path(), there).unwrap();
        }
    }
}

/// Runs a command to its end.
fn took(command: &mut Command) -> Took {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let start = Instant::now();
    let mut child = command.spawn().expect("a program that can be started");
    // A thread looks, so that the end is met at once.
    let status = format!("/proc/{}/status", child.id());
    let watch = std::thread::spawn(move || {
        let mut most = None;
        while let Ok(text) = std::fs::read_to_string(&status) {
            let line = text.lines().find_map(|line| line.strip_prefix("RssAnon:"));
            let Some(now) = line.and_then(|line| line.trim().split(' ').next()?.parse().ok())
            else {
                break;
            };
            most = most.max(Some(now));
            std::thread::sleep(Duration::from_millis(5));
        }
        most
    });
    let mut said = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut said).unwrap();
    let status = child.wait().unwrap();
    let wall = start.elapsed();
    assert!(status.success(), "{command:?}: {said}");
    Took {
        wall,
        memory: watch.join().unwrap(),
    }
}

fn median(runs: &[Took]) -> Took {
    let mut walls: Vec<Duration> = runs.iter().map(|run| run.wall).collect();
    walls.sort();
    Took {
        wall: walls[walls.len() / 2],
        memory: runs.iter().filter_map(|run| run.memory).max(),
    }
}

fn mib(kib: Option<u64>) -> String {
    kib.map_or("?".to_owned(), |kib| (kib / 1024).to_string())
}

fn git(repository: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(repository).args(arguments);
    command
}

fn git_finds(repository: &Path, arguments: &[&str]) -> Option<String> {
    let output = git(repository, arguments).output().unwrap();
    let said = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| said.trim().to_owned())
}

fn git_says(repository: &Path, arguments: &[&str]) -> String {
    let said = git_finds(repository, arguments);
    said.unwrap_or_else(|| panic!("git {arguments:?} failed"))
}

/// Makes a history: files of code that grow and change, with debt that comes and goes.
fn made(place: &Path, commits: usize) -> PathBuf {
    let mut command = Command::new("git");
    command.args(["init", "-q", "-b", "main"]).arg(place);
    assert!(command.status().unwrap().success());
    let mut stream = String::new();
    let mut seed = 7_u64;
    let mut next = |below: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let mut files: Vec<Vec<String>> = vec![Vec::new(); 120];
    for commit in 0..commits {
        let when = 1_600_000_000 + commit * 3_600;
        let message = format!("Change {commit}\n");
        let _ = writeln!(stream, "commit refs/heads/main");
        let _ = writeln!(stream, "committer A <a@example.org> {when} +0000");
        let _ = write!(stream, "data {}\n{message}", message.len());
        for _ in 0..=next(3) {
            let number = next(files.len() as u64) as usize;
            let lines = &mut files[number];
            for _ in 0..=next(6) {
                let at = next(lines.len() as u64 + 1) as usize;
                let line = match next(20) {
                    0 => format!("    // TODO: part {}", next(1_000)),
                    1 => format!("    // FIXME({}): it breaks", next(9)),
                    _ => format!("    let value_{} = call({});", next(1_000), next(1_000)),
                };
                lines.insert(at, line);
                if lines.len() > 40 && next(2) == 0 {
                    lines.remove(next(lines.len() as u64) as usize);
                }
            }
            let text = lines.join("\n") + "\n";
            let folder = number % 7;
            let _ = writeln!(stream, "M 100644 inline src/part{folder}/file{number}.rs");
            let _ = write!(stream, "data {}\n{text}", text.len());
        }
        stream.push('\n');
    }
    let mut import = git(place, &["fast-import", "--quiet"]);
    let mut import = import.stdin(Stdio::piped()).spawn().unwrap();
    import
        .stdin
        .take()
        .unwrap()
        .write_all(stream.as_bytes())
        .unwrap();
    assert!(import.wait().unwrap().success());
    let steps: [&[&str]; 2] = [&["reset", "-q", "--hard"], &["gc", "-q"]];
    for step in steps {
        let words: Vec<OsString> = step.iter().map(Into::into).collect();
        let status = Command::new("git")
            .arg("-C")
            .arg(place)
            .args(words)
            .status();
        assert!(status.unwrap().success());
    }
    place.to_owned()
}
