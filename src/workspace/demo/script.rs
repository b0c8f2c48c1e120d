//! What a script of commits is made of, and how it is played.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{DateTime, Utc};

use crate::history;
use crate::history::made::{Made, NewCommit};
use crate::object_id::ObjectId;
use crate::week::made_up::moment;

/// A repository of the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Code {
    /// The service, in Rust.
    Pay,
    /// The page, in JavaScript.
    Web,
}

impl Code {
    /// Both, in the order in which they are looked at.
    pub(super) const ALL: [Code; 2] = [Code::Pay, Code::Web];

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Code::Pay => "pay",
            Code::Web => "web",
        }
    }
}

/// Who commits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Johnny,
    Sammy,
    Mira,
    Tove,
}

impl Who {
    /// The name and the mail address, as the team on the board has them.
    pub(super) fn signs(self) -> (&'static str, &'static str) {
        match self {
            Who::Johnny => ("Johnny", "johnny@payments.example"),
            Who::Sammy => ("Sammy", "sammy@payments.example"),
            Who::Mira => ("Mira", "mira@payments.example"),
            Who::Tove => ("Tove", "tove@payments.example"),
        }
    }
}

/// A commit of the script.
#[derive(Clone, Copy, Debug)]
pub(super) struct Commit {
    /// The day of November and the time in Berlin, `16 10:25`; for one that came in later than it was
    /// written both, `16 08:05 in 16 10:40`.
    pub(super) at: &'static str,
    pub(super) by: Who,
    pub(super) to: Code,
    /// The message; `{subject}` stands for the id of the earlier commit of that subject.
    pub(super) message: &'static str,
    pub(super) edits: &'static [Edit],
}

impl Commit {
    /// When it was written.
    pub(super) fn written(&self) -> DateTime<Utc> {
        moment(self.at.split(" in ").next().unwrap_or(self.at))
    }

    /// When it came in.
    pub(super) fn came_in(&self) -> DateTime<Utc> {
        moment(self.at.rsplit(" in ").next().unwrap_or(self.at))
    }
}

/// What a commit does to a file.
#[derive(Clone, Copy, Debug)]
pub(super) enum Edit {
    /// A new file: its path and its text.
    New(&'static str, &'static str),
    /// A new file of many alike lines.
    Rows(&'static str, Rows),
    /// In a file one text, which is there once, in the place of another.
    Swap(&'static str, &'static str, &'static str),
    /// A text at the end of a file.
    Add(&'static str, &'static str),
    /// The file goes.
    Gone(&'static str),
}

/// A text of many alike lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    pub(super) head: &'static str,
    /// The line; `{n}` stands for its number.
    pub(super) row: &'static str,
    pub(super) count: usize,
    pub(super) tail: &'static str,
}

impl Rows {
    fn text(self) -> String {
        let rows = (1..=self.count).map(|n| self.row.replace("{n}", &format!("{n:04}")));
        format!("{}{}{}", self.head, rows.collect::<String>(), self.tail)
    }
}

/// Where the offset of Berlin's clocks is in November, in minutes.
const OFFSET: i32 = 60;

/// Makes the repository below `folder` of the commits up to a moment.
///
/// # Errors
/// A place that cannot be written. A script that does not fit its own files is one that a test of
/// this room refuses; here its edit does nothing.
pub(super) fn play<'a>(
    code: Code,
    folder: &Path,
    commits: impl Iterator<Item = &'a Commit>,
    until: DateTime<Utc>,
) -> Result<(), history::Error> {
    let (name, mail) = Who::Sammy.signs();
    let mut made = Made::begin(&folder.join(code.name()), name, mail)?;
    let mut files: BTreeMap<&'static str, String> = BTreeMap::new();
    let mut known: Vec<(&'static str, ObjectId)> = Vec::new();
    for commit in commits {
        if commit.to != code || commit.came_in() > until {
            continue;
        }
        for edit in commit.edits {
            apply(*edit, &mut files);
        }
        let mut message = commit.message.to_owned();
        for (subject, id) in &known {
            message = message.replace(&format!("{{{subject}}}"), &id.to_string());
        }
        let touched: BTreeSet<_> = commit.edits.iter().map(|edit| edit.path()).collect();
        let (name, mail) = commit.by.signs();
        let id = made.commit(&NewCommit {
            name,
            mail,
            seconds: commit.written().timestamp(),
            committed: commit.came_in().timestamp(),
            offset: OFFSET,
            message: &message,
            files: touched
                .into_iter()
                .map(|path| (path, files.get(path).map(String::as_str)))
                .collect(),
        })?;
        known.push((commit.message.lines().next().unwrap_or_default(), id));
    }
    made.finish()
}

impl Edit {
    /// The file that it is about.
    pub(super) fn path(self) -> &'static str {
        match self {
            Edit::New(path, _)
            | Edit::Rows(path, _)
            | Edit::Swap(path, ..)
            | Edit::Add(path, _)
            | Edit::Gone(path) => path,
        }
    }
}

/// Does an edit; returns whether it fits the files.
pub(super) fn apply(edit: Edit, files: &mut BTreeMap<&'static str, String>) -> bool {
    match edit {
        Edit::New(path, text) => files.insert(path, text.to_owned()).is_none(),
        Edit::Rows(path, rows) => files.insert(path, rows.text()).is_none(),
        Edit::Swap(path, old, new) => files.get_mut(path).is_some_and(|text| {
            let once = text.matches(old).count() == 1;
            *text = text.replacen(old, new, 1);
            once && old != new
        }),
        Edit::Add(path, more) => files.get_mut(path).is_some_and(|text| {
            text.push_str(more);
            true
        }),
        Edit::Gone(path) => files.remove(path).is_some(),
    }
}
