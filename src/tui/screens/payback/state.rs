//! What the Payback screen remembers.

use super::debt::Debt;
use super::panes::{Counts, Focus, LISTS, Panes, panes};
use crate::report::debt::Item;
use crate::tui::seen::Seen;
use crate::tui::widgets::cursor::Cursor;
use crate::week::Id;
use crate::week::payback::{Check, CheckList};

/// The state of the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The pane that keys go to.
    pub focus: Focus,
    /// The week's debt.
    pub debt: Debt,
    /// Where the cursor is among what needs a decision.
    pub decide: Cursor,
    /// Where it is in each checklist.
    pub lists: [Cursor; 4],
    /// Where it is among the commits.
    pub commits: Cursor,
}

/// What its forms ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// A new line.
    Add,
    /// A line anew.
    Edit(Id),
    /// Why an item stays.
    Accept(Id),
    /// The issue of an item.
    Issue(Id),
    /// The test of an item.
    TestOfItem(Id),
    /// The test of a finding.
    TestOfFinding(Id),
    /// Why a finding goes without a test.
    Unlock(Id),
}

impl State {
    /// Where the panes are.
    pub fn panes(&self, seen: &Seen<'_>) -> Panes {
        let written = seen.written();
        let counts = Counts {
            lists: LISTS.map(|list| written.checks(list).len()),
            repositories: self.debt.repositories.len(),
        };
        panes(seen.body, self.focus, counts)
    }

    /// The selected item that needs a decision, whatever has the focus.
    pub fn undecided<'a>(&self, seen: &Seen<'a>) -> Option<&'a Item> {
        let at = self.debt.undecided.get(self.decide.row)?;
        seen.overview?.report.items.get(*at)
    }

    /// The item that the keys are about.
    pub fn item<'a>(&self, seen: &Seen<'a>) -> Option<&'a Item> {
        match self.focus {
            Focus::Decide => self.undecided(seen),
            _ => None,
        }
    }

    /// The line that the keys are about.
    pub fn line<'a>(&self, seen: &Seen<'a>) -> Option<&'a Check> {
        let Focus::List(list) = self.focus else {
            return None;
        };
        let checks = seen.written().checks(*LISTS.get(list)?);
        checks.get(self.lists.get(list)?.row).copied()
    }

    /// The list that a new line is for.
    pub fn list(&self) -> CheckList {
        match self.focus {
            Focus::List(list) => LISTS.get(list).copied().unwrap_or(CheckList::Document),
            _ => CheckList::Document,
        }
    }

    /// The keys of what is in a pane.
    pub fn keys(&self, seen: &Seen<'_>, focus: Focus) -> Vec<String> {
        match (focus, seen.overview) {
            (Focus::Decide, Some(overview)) => {
                let items = self.debt.undecided.iter();
                let items = items.filter_map(|at| overview.report.items.get(*at));
                items
                    .map(|item| format!("{} {}", item.repository, item.id))
                    .collect()
            }
            (Focus::Commits, Some(overview)) => {
                let commits = self.debt.commits.iter();
                let commits = commits.filter_map(|(at, _)| overview.commits.get(*at));
                commits
                    .map(|commit| format!("{} {}", commit.repository, commit.id))
                    .collect()
            }
            (Focus::List(list), _) => match LISTS.get(list) {
                Some(list) => {
                    let checks = seen.written().checks(*list).into_iter();
                    checks.map(|check| check.id.to_string()).collect()
                }
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// How many things are in view in a pane.
    pub fn height(&self, seen: &Seen<'_>, focus: Focus) -> usize {
        let panes = self.panes(seen);
        let inner = |height: u16| usize::from(height.saturating_sub(1));
        match focus {
            Focus::Decide => super::view_debt::rows(panes.decide, self.debt.undecided.len()),
            Focus::Commits => inner(panes.commits.height),
            Focus::List(list) => panes.lists.get(list).map_or(0, |area| inner(area.height)),
            Focus::Halves => 0,
        }
    }

    /// The cursor of a pane.
    pub fn cursor(&mut self, focus: Focus) -> Option<&mut Cursor> {
        match focus {
            Focus::Decide => Some(&mut self.decide),
            Focus::Commits => Some(&mut self.commits),
            Focus::List(list) => self.lists.get_mut(list),
            Focus::Halves => None,
        }
    }

    /// Finds all things again where they are now.
    pub fn settle(&mut self, seen: &Seen<'_>) {
        let lists = (0..LISTS.len()).map(Focus::List);
        for focus in [Focus::Decide, Focus::Commits].into_iter().chain(lists) {
            let (keys, height) = (self.keys(seen, focus), self.height(seen, focus));
            if let Some(cursor) = self.cursor(focus) {
                cursor.settle(&keys, height);
            }
        }
    }
}
