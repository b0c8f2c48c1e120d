//! The checklists of day 4, and its close.

use super::naming::{Search, Thing, find, short};
use super::review::finding_of;
use super::{People, Written};
use crate::report::boards::{Check as Row, CheckPage, SCHEMA_CHECKS};
use crate::report::carried::CarriedIn;
use crate::week::payback::{Check, CheckList, PaybackCommand};
use crate::week::{Board, Id};
use crate::workspace::{Error, Scope, Workspace};

/// What is done to a line of a checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckChange {
    /// It is done, or is not.
    Done(bool),
    /// It goes away.
    Delete,
}

/// The lists, in the order of the method.
const LISTS: [CheckList; 4] = [
    CheckList::Document,
    CheckList::Test,
    CheckList::Refactor,
    CheckList::Standard,
];

impl Workspace {
    /// Lists the checklists of the asked week.
    ///
    /// # Errors
    /// A log that cannot be read.
    pub fn check_page(&self) -> Result<CheckPage, Error> {
        let board = self.own_board()?;
        let name = self.week().name();
        let week = board.week(name);
        let checks = LISTS.into_iter().flat_map(|list| week.checks(list));
        let row = |check: &Check| Row {
            id: short(&board, &check.id),
            list: word(check.list).to_owned(),
            text: check.text.clone(),
            owner: (check.owner.as_ref()).map(|owner| board.name(owner).to_owned()),
            finding: (check.finding.as_ref()).map(|finding| short(&board, finding)),
            locked: board.is_locked(check),
            done_at: check.done_at.map(|at| self.local(at)),
        };
        Ok(CheckPage {
            schema: SCHEMA_CHECKS.to_owned(),
            week: name.to_string(),
            checks: checks.map(row).collect(),
            closed_at: week.record().paid_back.map(|at| self.local(at)),
        })
    }

    /// Closes day 4 of the asked week: every item of its debt has a decision, and so has what was
    /// carried into it. The indexes are asked
    /// as they are: scan first.
    ///
    /// # Errors
    /// Items without a decision; as for [`People::decide`].
    pub fn close_day_4(&self) -> Result<Written, Error> {
        let report = self.debt(Scope::Week)?;
        let carried = CarriedIn::of(&report).map_or(0, |carried| carried.open);
        let undecided = report.totals.undecided + carried;
        let mut people = self.people()?;
        let week = people.week;
        people.decide(PaybackCommand::Close {
            week,
            undecided: usize::try_from(undecided).unwrap_or(usize::MAX),
        })
    }
}

fn word(list: CheckList) -> &'static str {
    match list {
        CheckList::Document => "document",
        CheckList::Test => "test",
        CheckList::Refactor => "refactor",
        CheckList::Standard => "standard",
    }
}

impl People {
    /// Puts a line on a checklist of the asked week.
    ///
    /// # Errors
    /// Somebody or a finding that is not there; as for [`People::decide`].
    pub fn add_check(
        &mut self,
        list: CheckList,
        text: &str,
        owner: Option<&str>,
        finding: Option<&str>,
    ) -> Result<Written, Error> {
        let owner = owner.map(|name| self.person(name)).transpose()?;
        let finding = finding.map(|given| finding_of(self.board(), given));
        let (week, finding) = (self.week, finding.transpose()?);
        self.decide(PaybackCommand::AddCheck {
            week,
            list,
            text: text.to_owned(),
            owner,
            finding,
        })
    }

    /// Changes the line that `given` names.
    ///
    /// # Errors
    /// A line that is not there; as for [`People::decide`].
    pub fn change_check(&mut self, given: &str, change: CheckChange) -> Result<Written, Error> {
        let check = which(self.board(), given)?;
        self.decide(match change {
            CheckChange::Done(done) => PaybackCommand::Tick { check, done },
            CheckChange::Delete => PaybackCommand::DeleteCheck { check },
        })
    }
}

fn which(board: &Board, given: &str) -> Result<Id, Error> {
    let checks = board.checks.values().map(|check| Thing {
        id: &check.id,
        words: &check.text,
    });
    let search = Search {
        what: "line",
        list: "hackweek check list",
        given,
    };
    Ok(find(board, &search, checks)?)
}
