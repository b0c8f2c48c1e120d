//! The debt report of the binary: asked for, read, and questioned item by item.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Output;

use git2::Oid;
use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;

use super::binary::{hackweek, told};
use super::repo::Repo;
use super::when::{ZONE, full_name, when};

/// Asks for the debt of one repository.
pub fn debt(repo: &Repo) -> Ask {
    debt_of([repo.path()])
}

/// Asks for the debt of repositories at paths.
pub fn debt_of<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Ask {
    Ask {
        repositories: paths.into_iter().map(|path| path.as_ref().into()).collect(),
        now: "fri 16:00".to_owned(),
        zone: ZONE.to_owned(),
        data: None,
        config: None,
        more: Vec::new(),
    }
}

/// A question to the binary. Unless told otherwise it is Friday 16:00 in Berlin, and it remembers
/// nothing from before.
#[derive(Clone)]
pub struct Ask {
    repositories: Vec<PathBuf>,
    now: String,
    zone: String,
    data: Option<PathBuf>,
    config: Option<String>,
    more: Vec<OsString>,
}

impl Ask {
    /// At another time.
    pub fn now(mut self, now: &str) -> Self {
        now.clone_into(&mut self.now);
        self
    }

    /// In another zone.
    pub fn zone(mut self, zone: &str) -> Self {
        zone.clone_into(&mut self.zone);
        self
    }

    /// With a directory that outlives the question.
    pub fn data(mut self, data: &Path) -> Self {
        self.data = Some(data.to_owned());
        self
    }

    /// With a configuration, as TOML.
    pub fn config(mut self, config: &str) -> Self {
        self.config = Some(config.to_owned());
        self
    }

    /// With one more argument.
    pub fn with(mut self, argument: &str) -> Self {
        self.more.push(argument.into());
        self
    }

    /// Every item of the whole history.
    pub fn all(self) -> Report {
        self.with("--all").report()
    }

    /// The items of the week it is.
    pub fn week(self) -> Report {
        self.report()
    }

    /// The items of a named week.
    pub fn of_week(self, week: &str) -> Report {
        self.with("--week").with(week).report()
    }

    /// Runs it and reads the answer; fails unless the exit code is 0.
    fn report(self) -> Report {
        let output = self.run();
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
        Report::read(output.stdout)
    }

    /// Runs it.
    pub fn run(self) -> Output {
        let own = TempDir::new().unwrap();
        let mut arguments: Vec<OsString> = vec!["debt".into(), "--format".into(), "json".into()];
        for path in &self.repositories {
            arguments.extend(["--repo".into(), path.into()]);
        }
        let data = self.data.unwrap_or_else(|| own.path().join("data"));
        arguments.extend(["--data".into(), data.into()]);
        arguments.extend(["--now".into(), when(&self.now).to_rfc3339().into()]);
        arguments.extend(["--timezone".into(), self.zone.into()]);
        if let Some(config) = &self.config {
            let path = own.path().join("config.toml");
            std::fs::write(&path, config).unwrap();
            arguments.extend(["--config".into(), path.into()]);
        }
        arguments.extend(self.more);
        hackweek(arguments)
    }
}

/// The answer.
pub struct Report {
    /// As it was written.
    pub bytes: Vec<u8>,
    /// As JSON.
    pub json: Value,
    /// The declared items, in the order given.
    pub items: Vec<Item>,
    /// The suspected items.
    pub suspected: Vec<Item>,
    /// The counts.
    pub totals: Totals,
}

/// The counts of a report.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[allow(missing_docs)]
pub struct Totals {
    pub introduced: u64,
    pub paid: u64,
    pub paid_late: u64,
    pub open: u64,
    pub accepted: u64,
    pub carried: u64,
    pub dismissed: u64,
    pub undecided: u64,
    pub introduced_after_hack_days: u64,
    pub suspected: u64,
    pub paydown: Option<f64>,
}

/// One item of a report.
#[derive(Clone, Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Item {
    pub id: String,
    pub repository: String,
    pub tier: String,
    pub source: String,
    pub marker: String,
    pub text: String,
    pub assignee: Option<String>,
    pub ticket: Option<String>,
    pub language: Option<String>,
    pub path: Option<String>,
    pub line: Option<u64>,
    pub introduced: Introduced,
    pub status: String,
    pub paid: Option<Paid>,
    pub history: Vec<Event>,
    #[serde(skip)]
    pub json: Value,
}

/// Where an item came from.
#[derive(Clone, Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Introduced {
    pub commit: String,
    pub author: String,
    pub time: String,
    pub day: Option<u8>,
    pub path: Option<String>,
    pub line: Option<u64>,
}

/// How an item went.
#[derive(Clone, Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Paid {
    pub commit: Option<String>,
    pub author: String,
    pub time: String,
    pub day: Option<u8>,
    pub how: String,
}

/// One step of an item's life.
#[derive(Clone, Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Event {
    pub event: String,
    pub commit: String,
    pub author: String,
    pub time: String,
    pub path: Option<String>,
    pub line: Option<u64>,
    pub text: Option<String>,
}

impl Report {
    fn read(bytes: Vec<u8>) -> Self {
        let json: Value = serde_json::from_slice(&bytes)
            .unwrap_or_else(|fault| panic!("{fault}: {}", String::from_utf8_lossy(&bytes)));
        let items = |name: &str| -> Vec<Item> {
            json[name]
                .as_array()
                .unwrap_or_else(|| panic!("no {name} in {json:#}"))
                .iter()
                .map(Item::read)
                .collect()
        };
        Report {
            items: items("items"),
            suspected: items("suspected"),
            totals: serde_json::from_value(json["totals"].clone())
                .unwrap_or_else(|fault| panic!("{fault}: {:#}", json["totals"])),
            bytes,
            json,
        }
    }

    /// The one declared item that says this.
    pub fn item(&self, text: &str) -> &Item {
        match self.saying(text).as_slice() {
            [item] => item,
            found => panic!(
                "{} items say {text:?}:\n{:#}",
                found.len(),
                self.json["items"]
            ),
        }
    }

    /// All declared items that say this.
    pub fn saying(&self, text: &str) -> Vec<&Item> {
        self.items
            .iter()
            .filter(|item| item.text.contains(text))
            .collect()
    }

    /// The open one of several that say this.
    pub fn open_one(&self, text: &str) -> &Item {
        let found: Vec<_> = self
            .saying(text)
            .into_iter()
            .filter(|item| item.is_open())
            .collect();
        match found.as_slice() {
            [item] => item,
            _ => panic!(
                "{} open items say {text:?}:\n{:#}",
                found.len(),
                self.json["items"]
            ),
        }
    }

    /// The item that another report has too.
    pub fn again(&self, item: &Item) -> &Item {
        self.find(&format!("the id {}", item.id), |other| other.id == item.id)
    }

    /// The first declared item that fits; fails, with what was looked for, when there is none.
    pub fn find(&self, what: &str, fits: impl Fn(&Item) -> bool) -> &Item {
        let found = self.items.iter().find(|item| fits(item));
        found.unwrap_or_else(|| panic!("no item is {what}:\n{:#}", self.json["items"]))
    }

    /// The first item that went.
    pub fn gone(&self) -> &Item {
        self.find("gone", |item| !item.is_open())
    }

    /// Fails unless no declared item says this.
    pub fn nothing_says(&self, text: &str) -> &Self {
        assert!(
            self.saying(text).is_empty(),
            "something says {text:?}:\n{:#}",
            self.json["items"]
        );
        self
    }

    /// Fails unless there are this many declared items.
    pub fn counts(&self, items: usize) -> &Self {
        assert_eq!(self.items.len(), items, "items:\n{:#}", self.json["items"]);
        self
    }

    /// Text and path of every open declared item from code, sorted: what a scan of the tree finds.
    pub fn open_set(&self) -> Vec<(String, String)> {
        let mut set: Vec<_> = self
            .items
            .iter()
            .filter(|item| item.is_open() && item.source == "code")
            .map(|item| (item.path.clone().unwrap_or_default(), item.text.clone()))
            .collect();
        set.sort();
        set
    }

    /// The texts of the open declared items, sorted.
    pub fn open_texts(&self) -> Vec<&str> {
        let open = self.items.iter().filter(|item| item.is_open());
        let mut texts: Vec<_> = open.map(|item| item.text.as_str()).collect();
        texts.sort_unstable();
        texts
    }

    /// Each id to its status: what no reordering of files may change.
    pub fn standing(&self) -> BTreeMap<String, String> {
        let pair = |item: &Item| (item.id.clone(), item.status.clone());
        self.items.iter().map(pair).collect()
    }

    /// Everything but what a clone in another place or another minute may tell otherwise.
    pub fn lasting(&self) -> Value {
        let mut json = self.json.clone();
        json.as_object_mut().unwrap().remove("generated_at");
        for repository in json["repositories"].as_array_mut().unwrap() {
            repository.as_object_mut().unwrap().remove("path");
        }
        json
    }

    /// The paths that were left out, each with why.
    pub fn skipped(&self) -> Vec<(String, String)> {
        let repositories = self.json["repositories"].as_array().unwrap();
        let all = repositories.iter().flat_map(|repository| {
            let skipped = repository["skipped"].as_array();
            skipped.unwrap_or_else(|| panic!("no skipped in {repository:#}"))
        });
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        all.map(|entry| (word(&entry["path"]), word(&entry["why"])))
            .collect()
    }
}

impl Item {
    fn read(json: &Value) -> Item {
        let item: Item = serde_json::from_value(json.clone())
            .unwrap_or_else(|fault| panic!("{fault} in {json:#}"));
        Item {
            json: json.clone(),
            ..item
        }
    }

    /// Whether it is still owed.
    pub fn is_open(&self) -> bool {
        self.status == "open"
    }

    /// Fails unless it is open and no payment is named.
    pub fn open(&self) -> &Self {
        assert!(
            self.is_open() && self.paid.is_none(),
            "not open: {:#}",
            self.json
        );
        self
    }

    /// Fails unless this commit introduced it.
    pub fn introduced_by(&self, commit: Oid) -> &Self {
        assert_eq!(
            self.introduced.commit,
            commit.to_string(),
            "{:#}",
            self.json
        );
        self
    }

    /// Fails unless it was introduced on this day of the asked week.
    pub fn introduced_on(&self, day: impl Into<Option<u8>>) -> &Self {
        assert_eq!(self.introduced.day, day.into(), "{:#}", self.json);
        self
    }

    /// Fails unless it was introduced by this person.
    pub fn introduced_by_person(&self, who: &str) -> &Self {
        assert_eq!(self.introduced.author, full_name(who), "{:#}", self.json);
        self
    }

    /// Fails unless it went in this commit, in this way, in time.
    pub fn paid_by(&self, commit: Oid, how: &str) -> &Self {
        self.gone_by(commit, how).is("paid")
    }

    /// Fails unless it went in this commit, in this way, too late.
    pub fn paid_late_by(&self, commit: Oid, how: &str) -> &Self {
        self.gone_by(commit, how).is("paid_late")
    }

    /// Fails unless it went in this commit.
    pub fn paid_in(&self, commit: Oid) -> &Self {
        match &self.paid {
            Some(paid) => assert_eq!(paid.commit, Some(commit.to_string()), "{:#}", self.json),
            None => panic!("not paid: {:#}", self.json),
        }
        self.is("paid")
    }

    fn gone_by(&self, commit: Oid, how: &str) -> &Self {
        let told = self
            .paid
            .as_ref()
            .map(|paid| (paid.commit.clone(), paid.how.as_str()));
        assert_eq!(
            told,
            Some((Some(commit.to_string()), how)),
            "{:#}",
            self.json
        );
        self
    }

    /// Fails unless it has this status.
    pub fn is(&self, status: &str) -> &Self {
        assert_eq!(self.status, status, "{:#}", self.json);
        self
    }

    /// Fails unless it is (or last was) at this path and line.
    pub fn at(&self, path: &str, line: u64) -> &Self {
        assert_eq!(
            (self.path.as_deref(), self.line),
            (Some(path), Some(line)),
            "{:#}",
            self.json
        );
        self
    }

    /// Fails unless these are the events of its life, moves left out: whether a line that only
    /// shifted has moved is not asked here.
    pub fn lived(&self, events: &[&str]) -> &Self {
        let told: Vec<_> = self
            .history
            .iter()
            .map(|event| event.event.as_str())
            .collect();
        let told: Vec<_> = told.into_iter().filter(|event| *event != "moved").collect();
        assert_eq!(told, events, "{:#}", self.json);
        self
    }

    /// Fails unless this commit brought this event.
    pub fn event(&self, event: &str, commit: Oid) -> &Self {
        self.told(event, commit);
        self
    }

    /// What is told of the event that this commit brought; fails when there is none.
    pub fn told(&self, event: &str, commit: Oid) -> &Event {
        let id = commit.to_string();
        self.history
            .iter()
            .find(|told| told.event == event && told.commit == id)
            .unwrap_or_else(|| panic!("no {event} in {id}: {:#}", self.json))
    }

    /// Fails unless it is the same item as another, as seen from another commit or clone.
    pub fn same_as(&self, other: &Item) -> &Self {
        assert_eq!(
            self.id, other.id,
            "{:#}\nis not\n{:#}",
            self.json, other.json
        );
        self
    }

    /// Fails unless it is another item.
    pub fn other_than(&self, other: &Item) -> &Self {
        assert_ne!(
            self.id, other.id,
            "{:#}\nis also\n{:#}",
            self.json, other.json
        );
        self
    }
}
