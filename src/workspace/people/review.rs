//! The review: findings, their tests, and what day 4 is getting.

use super::naming::{Search, Thing, find};
use super::{People, Written};
use crate::report::boards::ReviewPage;
use crate::report::review::review;
use crate::week::review::{Bucket, NewFinding, ReviewCommand, Test};
use crate::week::{Board, Id, Refusal};
use crate::workspace::{Error, Workspace};

/// A finding that is to be written down, with names as people write them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingText {
    /// What it is.
    pub what: String,
    /// What is to happen to it.
    pub bucket: Bucket,
    /// Who does it; `None`: nobody yet.
    pub owner: Option<String>,
    /// Where it is.
    pub place: Option<String>,
    /// How many lines it adds, or takes away if negative.
    pub lines: Option<i64>,
    /// The item of debt that it is about.
    pub debt: Option<String>,
}

/// What is done to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindingChange {
    /// It says something else.
    Edit(String),
    /// It goes into another bucket.
    Put(Bucket),
    /// It goes to somebody; `None`: to nobody.
    Give(Option<String>),
    /// The test that proves it; `None`: none yet.
    Test(Option<String>),
    /// It needs no test.
    NeedsNoTest,
    /// It goes without a test, for this reason.
    Unlock(String),
    /// The item of debt that it is about; `None`: none.
    Debt(Option<String>),
    /// It is done, or is not.
    Done(bool),
    /// It goes away.
    Delete,
}

impl Workspace {
    /// Lists what the review of the asked week found.
    ///
    /// # Errors
    /// A log that cannot be read.
    pub fn review_page(&self) -> Result<ReviewPage, Error> {
        let board = self.own_board()?;
        let week = self.week();
        Ok(review(&self.scene(&board, &week, &self.rules)))
    }
}

impl People {
    /// Writes a finding down in the asked week.
    ///
    /// # Errors
    /// Somebody or an item that is not there; as for [`People::decide`].
    pub fn add_finding(
        &mut self,
        new: &FindingText,
        workspace: &Workspace,
    ) -> Result<Written, Error> {
        let owner = new
            .owner
            .as_deref()
            .map(|name| self.person(name))
            .transpose()?;
        let debt = new.debt.as_deref().map(|item| workspace.debt_item(item));
        let finding = NewFinding {
            week: self.week,
            bucket: new.bucket,
            owner,
            what: new.what.clone(),
            place: new.place.clone().unwrap_or_default(),
            lines: new.lines,
            debt: debt.transpose()?,
        };
        self.decide(ReviewCommand::Add(finding))
    }

    /// Changes the finding that `given` names.
    ///
    /// # Errors
    /// A finding, a person or an item that is not there; as for [`People::decide`].
    pub fn change_finding(
        &mut self,
        given: &str,
        change: &FindingChange,
        workspace: &Workspace,
    ) -> Result<Written, Error> {
        let finding = finding_of(self.board(), given)?;
        let command = match change {
            FindingChange::Edit(what) => {
                let known = self.board().findings.get(&finding);
                let known = known.ok_or(Refusal::Already)?;
                ReviewCommand::Edit {
                    what: what.clone(),
                    place: known.place.clone(),
                    owner: known.owner.clone(),
                    lines: known.lines,
                    debt: known.debt.clone(),
                    finding,
                }
            }
            FindingChange::Put(bucket) => ReviewCommand::Put {
                finding,
                bucket: *bucket,
            },
            FindingChange::Give(owner) => {
                let owner = owner.as_deref().map(|name| self.person(name)).transpose()?;
                ReviewCommand::Give { finding, owner }
            }
            FindingChange::Test(test) => ReviewCommand::Test {
                finding,
                test: test.clone().map_or(Test::Missing, Test::Linked),
            },
            FindingChange::NeedsNoTest => ReviewCommand::Test {
                finding,
                test: Test::NotNeeded,
            },
            FindingChange::Unlock(reason) => ReviewCommand::Unlock {
                finding,
                reason: reason.clone(),
            },
            FindingChange::Debt(item) => {
                let item = item.as_deref().map(|item| workspace.debt_item(item));
                ReviewCommand::Debt {
                    finding,
                    item: item.transpose()?,
                }
            }
            FindingChange::Done(done) => ReviewCommand::Finish {
                finding,
                done: *done,
            },
            FindingChange::Delete => ReviewCommand::Delete { finding },
        };
        self.decide(command)
    }
}

/// The finding that `given` names.
pub(super) fn finding_of(board: &Board, given: &str) -> Result<Id, Error> {
    let findings = board.findings.values().map(|finding| Thing {
        id: &finding.id,
        words: &finding.what,
    });
    let search = Search {
        what: "finding",
        list: "hackweek review",
        given,
    };
    Ok(find(board, &search, findings)?)
}
