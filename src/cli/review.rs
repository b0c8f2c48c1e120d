//! `hackweek review`: what to refactor, what must change, what gets deleted.

use clap::{Args, Subcommand, ValueEnum};

use super::Session;
use super::args::Reported;
use super::exit::{Failure, Verdict};
use super::reported::{self, Made};
use super::turn::{self, Turn};
use super::written::{edit, list};
use crate::report::boards::ReviewPage;
use crate::report::table;
use crate::report::week::Report;
use crate::workspace::people::{self, FindingChange, FindingText, Turns};
use crate::workspace::{Error, Workspace};

/// `hackweek review`
#[derive(Debug, Args)]
pub(crate) struct Review {
    #[command(subcommand)]
    command: Option<Change>,
    #[command(flatten)]
    reported: Reported,
}

/// What is done in the review. ID is as the page has it, or the words of the finding.
#[derive(Debug, Subcommand)]
enum Change {
    /// Write down a finding
    Add {
        /// What it is
        #[arg(value_name = "TEXT")]
        text: String,
        /// What is to happen to it
        #[arg(long = "as", value_enum, value_name = "BUCKET")]
        bucket: Bucket,
        /// Who does it: a name, a mail address, or me
        #[arg(long, value_name = "NAME")]
        owner: Option<String>,
        /// Where it is, as in src/hook.rs:17
        #[arg(long, value_name = "PLACE")]
        place: Option<String>,
        /// How many lines it adds, or takes away if negative
        #[arg(long, value_name = "N", allow_negative_numbers = true)]
        lines: Option<i64>,
        /// The item of debt that it is about: D-05, an id, or where it stands
        #[arg(long, value_name = "ITEM")]
        debt: Option<String>,
    },
    /// Put a finding into another bucket
    Put {
        /// The finding
        #[arg(value_name = "ID")]
        finding: String,
        /// What is to happen to it
        #[arg(value_enum, value_name = "BUCKET")]
        bucket: Bucket,
    },
    /// Give a finding to somebody, or without a name to nobody
    Give {
        /// The finding
        #[arg(value_name = "ID")]
        finding: String,
        /// Whom
        #[arg(value_name = "NAME")]
        owner: Option<String>,
    },
    /// Link the test that proves a refactor, or without one take it back
    Test {
        /// The finding
        #[arg(value_name = "ID")]
        finding: String,
        /// Its name or path
        #[arg(value_name = "TEST")]
        test: Option<String>,
        /// It needs none
        #[arg(long, conflicts_with = "test")]
        not_needed: bool,
    },
    /// Let a refactor go without a test, for a reason
    Unlock {
        /// The finding
        #[arg(value_name = "ID")]
        finding: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Link the item of debt that a finding is about, or without one none
    Debt {
        /// The finding
        #[arg(value_name = "ID")]
        finding: String,
        /// The item: D-05, an id, or where it stands
        #[arg(value_name = "ITEM")]
        item: Option<String>,
    },
    /// Mark a finding as done
    Done {
        /// The finding
        #[arg(value_name = "ID")]
        finding: String,
    },
    /// Mark a finding as to be done again
    Open {
        /// The finding
        #[arg(value_name = "ID")]
        finding: String,
    },
    /// Write a finding anew
    Edit {
        /// The finding
        #[arg(value_name = "ID")]
        finding: String,
        /// What it is
        #[arg(value_name = "TEXT")]
        text: String,
    },
    /// Take a finding away
    Delete {
        /// The finding
        #[arg(value_name = "ID")]
        finding: String,
    },
    /// Answer a question, or without words take the answer back
    Answer {
        /// The question: its number as the page has it, or its words
        #[arg(value_name = "N")]
        question: String,
        /// The answer
        #[arg(value_name = "TEXT")]
        text: Option<String>,
    },
    /// Ask questions of your own after the method's, in this week and later ones
    Question {
        #[command(subcommand)]
        change: Question,
    },
    #[command(flatten)]
    Turn(Turn),
}

/// What is done to the team's own questions. ID is as the list has it, its number, or its words.
#[derive(Debug, Subcommand)]
enum Question {
    /// List the questions of the review with the week's answers
    List,
    /// Ask a question from this week on
    Add {
        /// The question
        #[arg(value_name = "TEXT")]
        text: String,
    },
    /// Write a question of your own anew, for all weeks
    Edit {
        /// The question
        #[arg(value_name = "ID")]
        question: String,
        /// The words
        #[arg(value_name = "TEXT")]
        text: String,
    },
    /// Move a question of your own to the front of these, or behind another, for all weeks
    Move {
        /// The question
        #[arg(value_name = "ID")]
        question: String,
        /// The one before it
        #[arg(long, value_name = "ID")]
        after: Option<String>,
    },
    /// Ask a question of your own no more, from this week on
    Remove {
        /// The question
        #[arg(value_name = "ID")]
        question: String,
    },
}

/// What is to happen to a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Bucket {
    /// Refactored, test first
    Refactor,
    /// Changed
    MustChange,
    /// Deleted
    GetToDelete,
}

impl From<Bucket> for people::Bucket {
    fn from(bucket: Bucket) -> Self {
        match bucket {
            Bucket::Refactor => Self::Refactor,
            Bucket::MustChange => Self::MustChange,
            Bucket::GetToDelete => Self::GetToDelete,
        }
    }
}

/// Shows or changes.
pub(super) fn run(session: &Session, asked: &Review) -> Result<Verdict, Failure> {
    let Some(command) = &asked.command else {
        return reported::run::<ReviewPage>(session, &asked.reported);
    };
    let (finding, change) = match command {
        Change::Turn(turn) => return turn::run(session, Turns::Review, turn),
        Change::Add {
            text,
            bucket,
            owner,
            place,
            lines,
            debt,
        } => {
            let new = FindingText {
                what: text.clone(),
                bucket: (*bucket).into(),
                owner: owner.clone(),
                place: place.clone(),
                lines: *lines,
                debt: debt.clone(),
            };
            return edit(session, |people, workspace| {
                people.add_finding(&new, workspace)
            });
        }
        Change::Answer { question, text } => {
            let text = text.as_deref().unwrap_or_default();
            return edit(session, |people, _| people.answer(question, text));
        }
        Change::Question { change } => return questions(session, change),
        Change::Put { finding, bucket } => (finding, FindingChange::Put((*bucket).into())),
        Change::Give { finding, owner } => (finding, FindingChange::Give(owner.clone())),
        Change::Test {
            finding,
            not_needed: true,
            ..
        } => (finding, FindingChange::NeedsNoTest),
        Change::Test { finding, test, .. } => (finding, FindingChange::Test(test.clone())),
        Change::Unlock { finding, reason } => (finding, FindingChange::Unlock(reason.clone())),
        Change::Debt { finding, item } => (finding, FindingChange::Debt(item.clone())),
        Change::Done { finding } => (finding, FindingChange::Done(true)),
        Change::Open { finding } => (finding, FindingChange::Done(false)),
        Change::Edit { finding, text } => (finding, FindingChange::Edit(text.clone())),
        Change::Delete { finding } => (finding, FindingChange::Delete),
    };
    edit(session, |people, workspace| {
        people.change_finding(finding, &change, workspace)
    })
}

impl Made for ReviewPage {
    const NAME: &'static str = "review";
    const SCANS: bool = false;

    fn of(workspace: &Workspace) -> Result<Self, Error> {
        workspace.review_page()
    }

    fn report(&self) -> Report<'_> {
        Report::Review(self)
    }

    fn texts(&mut self) -> Vec<&mut String> {
        ReviewPage::texts(self).collect()
    }

    fn when(&self) -> String {
        self.week.clone()
    }
}

/// Lists or changes what is asked.
fn questions(session: &Session, change: &Question) -> Result<Verdict, Failure> {
    match change {
        Question::List => list(
            session,
            |workspace| workspace.question_list(),
            table::write_questions,
        ),
        Question::Add { text } => edit(session, |people, _| people.add_question(text)),
        Question::Edit { question, text } => {
            edit(session, |people, _| people.edit_question(question, text))
        }
        Question::Move { question, after } => edit(session, |people, _| {
            people.move_question(question, after.as_deref())
        }),
        Question::Remove { question } => {
            edit(session, |people, _| people.remove_question(question))
        }
    }
}
