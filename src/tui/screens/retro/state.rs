//! What the Retro screen remembers.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use super::panes::{Counts, Focus, Panes, panes};
use super::{cards, summary};
use crate::report::debt::Totals;
use crate::report::summary::Summary;
use crate::tui::document::Format;
use crate::tui::seen::Seen;
use crate::tui::widgets::window;
use crate::week::retro::{Action, Card, Column};
use crate::week::{Board, Id, WeekName, hacks::Hacks};

/// What its forms ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// A card: its column and its words.
    Card,
    /// A card's words.
    Words(Id),
    /// An action for a week: its words, who, on which day.
    Action(WeekName),
    /// An action anew.
    SetAction(Id),
    /// Whose votes are given.
    Voter,
    /// How somebody felt: who, and how.
    Mood,
    /// When and where the beer is.
    Beer,
}

/// What is selected in a list: its id, and where it was, should it go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct At {
    /// What it is.
    pub id: Option<Id>,
    /// Where it is.
    pub index: usize,
    /// The first that is in view.
    pub offset: usize,
}

/// What a summary was made of.
#[derive(Clone, Debug)]
struct MadeOf {
    board: Arc<Board>,
    week: WeekName,
    /// Another minute is another age of all that is owed.
    at: DateTime<FixedOffset>,
    totals: Totals,
    commits: usize,
}

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The pane that keys go to.
    pub focus: Focus,
    /// What is selected in each list, in the order of [`Focus`].
    pub at: [At; 5],
    /// The card that is to be merged into another.
    pub marked: Option<Id>,
    /// Whose votes are given, if not the user's.
    pub voter: Option<Id>,
    /// The first line of the summary that is in view.
    pub scroll: usize,
    /// The summary of the week; `None` before the screen was shown.
    pub summary: Option<Arc<Summary>>,
    /// It as Markdown.
    pub text: String,
    made_of: Option<MadeOf>,
}

/// The column of a pane.
pub(super) fn column_of(focus: Focus) -> Option<Column> {
    match focus {
        Focus::Keep => Some(Column::Keep),
        Focus::Change => Some(Column::Change),
        Focus::Try => Some(Column::Try),
        _ => None,
    }
}

/// The week that the actions of this retro are for: the next that has a hack.
pub(super) fn next_week(seen: &Seen<'_>) -> Option<WeekName> {
    let after = seen.name.next()?;
    hacks(seen).from(after).next()
}

/// The hacks, seen from this week.
pub(super) fn hacks<'a>(seen: &Seen<'a>) -> Hacks<'a> {
    let this = seen.calendar.week_of(seen.now);
    Hacks::new(seen.board(), seen.calendar, this)
}

/// The cards of a column, those with most votes first.
pub(super) fn cards_of<'a>(seen: &Seen<'a>, column: Column) -> Vec<&'a Card> {
    seen.written().cards(column)
}

/// The actions of a list: those that were for this week, or those for the next.
pub(super) fn actions_of<'a>(seen: &Seen<'a>, focus: Focus) -> Vec<&'a Action> {
    let week = match focus {
        Focus::Before => Some(seen.name),
        Focus::Next => next_week(seen),
        _ => None,
    };
    let actions = week.map(|week| seen.board().week(week).actions());
    let mut actions = actions.unwrap_or_default();
    actions.retain(|action| !action.dropped);
    actions
}

impl State {
    /// The ids of a list.
    pub fn ids(seen: &Seen<'_>, focus: Focus) -> Vec<Id> {
        match column_of(focus) {
            Some(column) => {
                let cards = cards_of(seen, column).into_iter();
                cards.map(|card| card.id.clone()).collect()
            }
            None => {
                let actions = actions_of(seen, focus).into_iter();
                actions.map(|action| action.id.clone()).collect()
            }
        }
    }

    /// Where the panes are.
    pub fn panes(&self, seen: &Seen<'_>) -> Panes {
        let counts = Counts {
            before: actions_of(seen, Focus::Before).len(),
            next: actions_of(seen, Focus::Next).len(),
            topic: seen.written().topic().is_some(),
        };
        panes(seen.body, self.focus, counts)
    }

    /// The selected card.
    pub fn card<'a>(&self, seen: &Seen<'a>) -> Option<&'a Card> {
        column_of(self.focus)?;
        let id = self.at.get(self.focus.at())?.id.as_ref()?;
        seen.board().cards.get(id)
    }

    /// The selected action.
    pub fn action<'a>(&self, seen: &Seen<'a>) -> Option<&'a Action> {
        if !matches!(self.focus, Focus::Before | Focus::Next) {
            return None;
        }
        let id = self.at.get(self.focus.at())?.id.as_ref()?;
        seen.board().actions.get(id)
    }

    /// Makes the summary anew if what it is made of has changed: not for every size of a window.
    pub fn make(&mut self, seen: &Seen<'_>) {
        let Some(overview) = seen.overview else {
            return;
        };
        let made_of = MadeOf {
            board: Arc::clone(&overview.board),
            week: seen.name,
            at: overview.report.generated_at,
            totals: overview.report.totals.clone(),
            commits: overview.commits.len(),
        };
        let is_same = |known: &MadeOf| {
            Arc::ptr_eq(&known.board, &made_of.board)
                && known.week == made_of.week
                && known.at == made_of.at
                && known.totals == made_of.totals
                && known.commits == made_of.commits
        };
        if self.made_of.as_ref().is_some_and(is_same) {
            return;
        }
        self.summary = summary::of(seen);
        let markdown = |it: &Summary| summary::text(it, Format::Markdown);
        self.text = self.summary.as_deref().map_or_else(String::new, markdown);
        self.made_of = Some(made_of);
    }

    /// Whose votes are given.
    pub fn voter<'a>(&'a self, seen: &Seen<'a>) -> Option<&'a Id> {
        let here = |id: &&Id| seen.board().people.contains_key(*id);
        self.voter.as_ref().filter(here).or(seen.me())
    }

    /// Stays at what was selected, wherever it is now, and in view.
    pub fn stay(&mut self, seen: &Seen<'_>) {
        for focus in &Focus::ALL[..5] {
            let ids = Self::ids(seen, *focus);
            let at = &mut self.at[focus.at()];
            let place = at.id.as_ref();
            let place = place.and_then(|id| ids.iter().position(|other| other == id));
            at.index = place.unwrap_or(at.index.min(ids.len().saturating_sub(1)));
            at.id = ids.get(at.index).cloned();
        }
        if let Some(marked) = &self.marked
            && !seen.board().cards.contains_key(marked)
        {
            self.marked = None;
        }
        self.keep_in_view(seen);
    }

    /// Selects a row of a list.
    pub fn select(&mut self, seen: &Seen<'_>, focus: Focus, index: usize) {
        let ids = Self::ids(seen, focus);
        if let Some(at) = self.at.get_mut(focus.at()) {
            at.index = index.min(ids.len().saturating_sub(1));
            at.id = ids.get(at.index).cloned();
        }
        self.keep_in_view(seen);
    }

    /// Selects something by its id, in whichever list it is.
    pub fn find(&mut self, seen: &Seen<'_>, id: &Id) {
        for focus in &Focus::ALL[..5] {
            let place = Self::ids(seen, *focus).iter().position(|other| other == id);
            if let Some(place) = place {
                self.focus = *focus;
                self.select(seen, *focus, place);
                return;
            }
        }
    }

    /// Sees to it that what is selected is in view.
    pub fn keep_in_view(&mut self, seen: &Seen<'_>) {
        let panes = self.panes(seen);
        for (column, area) in panes.columns.iter().enumerate() {
            let Some(name) = Focus::ALL.get(column).copied().and_then(column_of) else {
                continue;
            };
            let heights = cards::heights(seen, &cards_of(seen, name), area.width);
            let at = &mut self.at[column];
            at.offset = cards::offset(at.offset, at.index, &heights, area.height);
        }
        for (focus, area) in [(Focus::Before, panes.before), (Focus::Next, panes.next)] {
            let rows = Self::ids(seen, focus).len();
            let at = &mut self.at[focus.at()];
            let height = usize::from(area.height.saturating_sub(1));
            at.offset = window::offset(at.offset, at.index, rows, height);
        }
    }
}
