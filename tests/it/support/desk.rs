//! A person at their desk: the binary with a data directory that lasts and a name that git knows.

use std::path::Path;
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use super::binary::{hackweek, told};
use super::debt::{Report, debt};
use super::repo::Repo;
use super::when::{ZONE, person, when};

/// One person with one repository. Unless told otherwise it is Wednesday 11:00 in Berlin.
pub struct Desk<'a> {
    /// The repository.
    pub repo: &'a Repo,
    data: TempDir,
    now: String,
}

impl<'a> Desk<'a> {
    /// Tove's, with nothing written yet.
    pub fn of(repo: &'a Repo) -> Self {
        let desk = Desk {
            repo,
            data: TempDir::new().unwrap(),
            now: "wed 11:00".to_owned(),
        };
        desk.sit("Tove");
        desk
    }

    /// Somebody else sits down: git knows the repository as theirs.
    pub fn sit(&self, who: &str) {
        let (name, mail) = person(who);
        let mut config = self.repo.git().config().unwrap();
        config.set_str("user.name", &name).unwrap();
        config.set_str("user.email", &mail).unwrap();
    }

    /// The clock is set.
    pub fn at(&mut self, now: &str) -> &mut Self {
        now.clone_into(&mut self.now);
        self
    }

    /// Where the data is.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Runs the words, which are separated by blanks, and `more` as they are.
    pub fn run(&self, words: &str, more: &[&str]) -> Output {
        let now = when(&self.now).to_rfc3339();
        let repo = self.repo.path().to_str().unwrap();
        let data = self.data().to_str().unwrap();
        let shared = [
            "--repo",
            repo,
            "--data",
            data,
            "--now",
            &now,
            "--timezone",
            ZONE,
        ];
        hackweek(words.split(' ').chain(more.iter().copied()).chain(shared))
    }

    /// The same, which must do its work; returns what it says.
    pub fn does(&self, words: &str, more: &[&str]) -> String {
        let output = self.run(words, more);
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The same as JSON.
    pub fn json(&self, words: &str) -> Value {
        serde_json::from_str(&self.does(words, &["--format", "json"])).unwrap()
    }

    /// The same, which must be refused with this exit code; returns why.
    pub fn refused(&self, code: i32, words: &str, more: &[&str]) -> String {
        let output = self.run(words, more);
        assert_eq!(output.status.code(), Some(code), "{}", told(&output));
        assert!(output.stdout.is_empty(), "{}", told(&output));
        String::from_utf8(output.stderr).unwrap()
    }

    /// The report of the whole history as it is now.
    pub fn all(&self) -> Report {
        debt(self.repo).data(self.data()).now(&self.now).all()
    }

    /// The report of the week as it is now.
    pub fn week(&self) -> Report {
        debt(self.repo).data(self.data()).now(&self.now).week()
    }

    /// The id of the item that says this.
    pub fn id(&self, text: &str) -> String {
        self.all().item(text).id.clone()
    }
}
