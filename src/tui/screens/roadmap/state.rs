//! What the Roadmap screen remembers.

use std::sync::Arc;

use chrono::NaiveDate;

use super::panes::{Focus, HEAD, Panes, panes};
use super::when;
use crate::report::figures::WeekDebt;
use crate::report::roadmap::{Asked as Facts, Feature, Roadmap, roadmap};
use crate::tui::seen::Seen;
use crate::tui::widgets::window;
use crate::week::{Board, Id};

/// What its forms ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// A feature: its name, its milestone, how many tasks.
    Add,
    /// A feature anew.
    Set(Id),
    /// What the project is, and what it solves.
    Whiteboard,
    /// What it is.
    Is,
    /// What it solves.
    Solves,
    /// What would be if.
    WhatIf,
    /// By how many tasks the scope grows.
    Growth,
}

/// What somebody asks: what if each hack does so many tasks, and the scope grows by so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// Tasks that each hack does; `None`: as the last ones.
    pub tasks_each: Option<u32>,
    /// Tasks that the scope grows by; `None`: as it does.
    pub growth: Option<u32>,
}

/// What a roadmap was made of.
#[derive(Clone, Debug)]
struct MadeOf {
    board: Arc<Board>,
    today: NaiveDate,
    debt_paid: u64,
    what_if: Option<WhatIf>,
}

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The pane that keys go to.
    pub focus: Focus,
    /// The selected feature.
    pub held: Option<Id>,
    /// Where it is.
    pub selected: usize,
    /// The first feature in view.
    pub offset: usize,
    /// What somebody asks.
    pub what_if: Option<WhatIf>,
    /// The roadmap; `None` before the screen was shown.
    pub roadmap: Option<Roadmap>,
    made_of: Option<MadeOf>,
}

impl State {
    /// The selected feature.
    pub fn feature(&self) -> Option<&Feature> {
        self.roadmap.as_ref()?.features.get(self.selected)
    }

    /// The id of the selected feature, if the board has it.
    pub fn id(&self, seen: &Seen<'_>) -> Option<Id> {
        let id: Id = self.feature()?.id.parse().ok()?;
        seen.board().features.contains_key(&id).then_some(id)
    }

    /// Where the panes are.
    pub fn panes(&self, seen: &Seen<'_>) -> Panes {
        let roadmap = self.roadmap.as_ref();
        let features = roadmap.map_or(0, |roadmap| roadmap.features.len());
        let when = roadmap.map_or(1, when::rows);
        panes(seen.body, self.focus, features, when)
    }

    /// Makes the roadmap anew if what it is made of has changed: twenty thousand runs are not for
    /// every key.
    pub fn make(&mut self, seen: &Seen<'_>) {
        let Some(overview) = seen.overview else {
            return;
        };
        let this = seen.calendar.week(seen.calendar.week_of(seen.now));
        let made_of = MadeOf {
            board: Arc::clone(&overview.board),
            today: seen.calendar.zone().date_of(seen.now),
            debt_paid: WeekDebt::of(&overview.report, &this, seen.now).paid,
            what_if: self.what_if,
        };
        let is_same = |known: &MadeOf| {
            Arc::ptr_eq(&known.board, &made_of.board)
                && known.today == made_of.today
                && known.debt_paid == made_of.debt_paid
                && known.what_if == made_of.what_if
        };
        if !self.made_of.as_ref().is_some_and(is_same) {
            let what_if = self.what_if.unwrap_or_default();
            self.roadmap = Some(roadmap(&Facts {
                board: seen.board(),
                calendar: seen.calendar,
                now: seen.now,
                debt_paid: u32::try_from(made_of.debt_paid).ok(),
                tasks_each: what_if.tasks_each,
                growth: what_if.growth,
            }));
            self.made_of = Some(made_of);
        }
        self.stay(seen);
    }

    /// Stays at the feature that was selected, wherever it is now.
    pub fn stay(&mut self, seen: &Seen<'_>) {
        let Some(roadmap) = &self.roadmap else {
            return;
        };
        let held = self.held.as_ref().map(Id::as_str);
        let features = &roadmap.features;
        let place = features
            .iter()
            .position(|feature| Some(feature.id.as_str()) == held);
        let last = features.len().saturating_sub(1);
        self.selected = place.unwrap_or(self.selected.min(last));
        self.held = features
            .get(self.selected)
            .and_then(|feature| feature.id.parse().ok());
        let height = usize::from(self.panes(seen).features.height.saturating_sub(HEAD));
        let rows = self
            .roadmap
            .as_ref()
            .map_or(0, |roadmap| roadmap.features.len());
        self.offset = window::offset(self.offset, self.selected, rows, height);
    }

    /// Selects a row.
    pub fn select(&mut self, seen: &Seen<'_>, row: usize) {
        let features = self
            .roadmap
            .as_ref()
            .map(|roadmap| roadmap.features.as_slice());
        let feature = features.and_then(|features| features.get(row));
        self.held = feature.and_then(|feature| feature.id.parse().ok());
        self.selected = row;
        self.stay(seen);
    }
}
