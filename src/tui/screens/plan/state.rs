//! What the Plan screen remembers.

use super::grid::{Grid, Spot};
use super::panes::{Focus, Panes, Wants, panes};
use super::{detail, promises, tasks};
use crate::tui::seen::Seen;
use crate::tui::widgets::window;
use crate::week::promise::Promise;
use crate::week::task::Task;
use crate::week::{Id, WeekName};

/// What its forms ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// What will be shown, and when.
    Goal,
    /// On which dates the days of a week are.
    Days(WeekName),
    /// A task for somebody, or for nobody.
    Add(Option<Id>),
    /// The words of a task.
    Edit(Id),
    /// A note on it.
    Note(Id),
    /// Its day.
    Day(Id),
    /// For whom it waits.
    Waits(Id),
    /// For whom it is.
    Gives(Id),
    /// A promise: a new one, or other terms of one.
    Promise(Option<Id>),
    /// What the user says of a promise.
    Say(Id),
}

/// The state of the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The pane that keys go to.
    pub focus: Focus,
    /// The selected task; `None` in a list without any.
    pub task: Option<Id>,
    /// Where it is, or was.
    pub spot: Spot,
    /// The column that was last selected.
    pub home: usize,
    /// The selected promise.
    pub promise: Option<Id>,
    /// Its row, or that which it had.
    pub row: usize,
    /// The first promise in view.
    pub offset: usize,
    /// Bells of a week's hour that have been heard.
    pub heard: Option<(WeekName, usize)>,
}

impl State {
    /// The selected task.
    pub fn task_in<'a>(&self, grid: &Grid<'a>) -> Option<&'a Task> {
        grid.at(self.spot)
    }

    /// The selected promise.
    pub fn promise_of<'a>(&self, seen: &Seen<'a>) -> Option<&'a Promise> {
        seen.written().promises().get(self.row).copied()
    }

    /// Where the panes are.
    pub fn panes(&self, seen: &Seen<'_>) -> Panes {
        let grid = Grid::of(seen);
        let width = seen.body.width;
        let wants = Wants {
            tasks: tasks::wants(&grid, seen, width),
            promises: seen.written().promises().len(),
            detail: detail::wants(seen.body.height),
        };
        panes(seen.body, self.focus, wants)
    }

    /// Stays at what was selected, wherever it is now; where it is gone, at what took its place.
    pub fn settle(&mut self, seen: &Seen<'_>) {
        let grid = Grid::of(seen);
        let held = self.task.as_ref().and_then(|id| grid.find(id));
        self.put(&grid, held.unwrap_or(self.spot));
        let promises = seen.written().promises();
        let held = promises
            .iter()
            .position(|promise| Some(&promise.id) == self.promise.as_ref());
        let last = promises.len().saturating_sub(1);
        self.row = held.unwrap_or(self.row.min(last));
        self.promise = promises.get(self.row).map(|promise| promise.id.clone());
        let height = promises::rows(self.panes(seen).promises, promises.len());
        self.offset = window::offset(self.offset, self.row, promises.len(), height);
    }

    /// Selects a task.
    pub fn select(&mut self, seen: &Seen<'_>, spot: Spot) {
        self.put(&Grid::of(seen), spot);
    }

    fn put(&mut self, grid: &Grid<'_>, spot: Spot) {
        self.spot = grid.nearest(spot);
        self.task = grid.at(self.spot).map(|task| task.id.clone());
        if !grid.is_cut(self.spot) {
            self.home = self.spot.column;
        }
    }

    /// Selects a promise from elsewhere, and takes the keys to it.
    pub fn look_at(&mut self, seen: &Seen<'_>, promise: Id) {
        (self.focus, self.promise) = (Focus::Promises, Some(promise));
        self.settle(seen);
    }

    /// Selects a promise.
    pub fn select_promise(&mut self, seen: &Seen<'_>, row: usize) {
        self.row = row;
        self.promise = None;
        self.settle(seen);
    }
}
