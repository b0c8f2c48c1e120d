//! A repository as it was at each moment of a week that is long over.

use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, Weekday};

/// A clone of a repository whose branch stands where it stood at a moment, and a week of it.
pub(crate) struct Past {
    /// The repository that it is of, with all that came later.
    source: PathBuf,
    /// The clone: it has the objects of all times, but no name that leads to what is to come.
    pub(crate) clone: PathBuf,
    monday: NaiveDate,
    zone: FixedOffset,
}

/// What git says; it is there and does as it is told.
pub(crate) fn git(folder: &Path, args: &[&str]) -> String {
    let (done, text) = git_maybe(folder, args);
    assert!(done, "git {args:?} in {}", folder.display());
    text
}

/// Whether git succeeds, and what it says.
pub(crate) fn git_maybe(folder: &Path, args: &[&str]) -> (bool, String) {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(args);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null");
    command.env("GIT_CONFIG_NOSYSTEM", "1");
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.success(), text)
}

impl Past {
    /// Of a week as `2019-W26`, with the clone in a folder. The clock is the one of most authors of
    /// that week, and whoever committed most by its Monday sits at the keyboard.
    pub(crate) fn new(source: &Path, week: &str, folder: &Path) -> Self {
        let (year, number) = week.split_once("-W").unwrap();
        let (year, number) = (year.parse().unwrap(), number.parse().unwrap());
        let monday = NaiveDate::from_isoywd_opt(year, number, Weekday::Mon).unwrap();
        let name = source.file_name().unwrap().to_str().unwrap();
        // A bare repository may lie in a folder that is named for it.
        let name = match name.trim_end_matches(".git") {
            "" | "repo" => source.parent().and_then(Path::file_name).unwrap(),
            name => name.as_ref(),
        };
        let name = name.to_str().unwrap();
        let clone = folder.join(name.rsplit('+').next().unwrap());
        std::fs::create_dir(&clone).unwrap();
        git(&clone, &["init", "-q", "-b", "main"]);
        let objects = git(source, &["rev-parse", "--git-path", "objects"]);
        let objects = source.join(objects.trim()).canonicalize().unwrap();
        let alternates = clone.join(".git/objects/info/alternates");
        std::fs::write(alternates, format!("{}\n", objects.display())).unwrap();
        let zone = FixedOffset::east_opt(0).unwrap();
        let mut past = Self {
            source: source.to_owned(),
            clone,
            monday,
            zone,
        };
        past.zone = past.most("%ad", 0, 5).map_or(zone, |offset| {
            let hours: i32 = offset.parse::<i32>().unwrap() / 100;
            FixedOffset::east_opt(hours * 3600).unwrap()
        });
        let user = past.most("%aN%n%aE", -30, 0);
        let user = user.unwrap_or_else(|| "Ann\nann@example.org".to_owned());
        let (name, mail) = user.split_once('\n').unwrap();
        git(&past.clone, &["config", "user.name", name]);
        git(&past.clone, &["config", "user.email", mail]);
        past
    }

    /// What most commits of some days have in common; days are counted from Monday.
    fn most(&self, format: &str, from: i64, to: i64) -> Option<String> {
        let day = |day: i64| (self.monday + chrono::TimeDelta::days(day)).to_string();
        let (from, to) = (day(from), day(to));
        let log = git(
            &self.source,
            &[
                "log",
                "HEAD",
                "--date=format:%z",
                &format!("--format={format}%x00"),
                &format!("--since={from}T00:00:00Z"),
                &format!("--until={to}T00:00:00Z"),
            ],
        );
        let mut values: Vec<&str> = log.split('\0').map(str::trim).collect();
        values.retain(|value| !value.is_empty() && !value.contains("[bot]"));
        let count = |value: &str| values.iter().filter(|own| **own == value).count();
        let most = values.iter().max_by_key(|value| (count(value), **value))?;
        Some((*most).to_owned())
    }

    /// The name of the zone of its clock.
    pub(crate) fn zone(&self) -> String {
        // West is positive in these names.
        match -self.zone.local_minus_utc() / 3600 {
            0 => "UTC".to_owned(),
            hours => format!("Etc/GMT{hours:+}"),
        }
    }

    /// A moment: days are counted from 1, Monday; the clock shows `09:32`, or `09:32:10`.
    pub(crate) fn moment(&self, day: u64, clock: &str) -> DateTime<FixedOffset> {
        let date = self.monday.checked_add_days(Days::new(day - 1)).unwrap();
        let time = NaiveTime::parse_from_str(clock, "%H:%M:%S");
        let time = time.or_else(|_| NaiveTime::parse_from_str(clock, "%H:%M"));
        date.and_time(time.unwrap())
            .and_local_timezone(self.zone)
            .unwrap()
    }

    /// Moves the branch to where it stood at a moment: the newest commit of the first parents that had
    /// been committed by then.
    pub(crate) fn go_to(&self, moment: DateTime<FixedOffset>) {
        let before = format!("--before={}", moment.to_rfc3339());
        let newest = ["rev-list", "-1", "--first-parent", &before, "HEAD"];
        let commit = git(&self.source, &newest);
        assert!(!commit.trim().is_empty(), "nothing is as old as {moment}");
        git(
            &self.clone,
            &["update-ref", "refs/heads/main", commit.trim()],
        );
    }

    /// Subjects of commits that people made on some days, for what they may have planned.
    pub(crate) fn subjects(&self, author: &str, days: (u64, u64)) -> Vec<String> {
        let (from, to) = (self.moment(days.0, "00:00"), self.moment(days.1, "23:59"));
        let log = git(
            &self.source,
            &[
                "log",
                "HEAD",
                "--no-merges",
                "--fixed-strings",
                "--format=%s",
                &format!("--author={author} <"),
                &format!("--since={}", from.to_rfc3339()),
                &format!("--until={}", to.to_rfc3339()),
            ],
        );
        log.lines().map(str::to_owned).collect()
    }
}
