//! What the Debt screen remembers.

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::choose::{At, Filter, Scope, Show, Sort, choose, is_of_week};
use super::life::{self, long_text};
use super::panes::{Focus, Panes, panes};
use super::words::called;
use crate::report::debt::{Item, Status};
use crate::report::figures::WeekDebt;
use crate::report::pay_down;
use crate::report::words::name;
use crate::tui::glyphs::UNICODE;
use crate::tui::seen::Seen;
use crate::tui::widgets::window;
use crate::week::Id;
use crate::week::burndown::{Burndown, WorkHours};
use crate::workspace::Overview;
use crate::workspace::code::{Code, Place};

/// Codes that are kept, so that going back and forth reads nothing twice.
const KEPT: usize = 32;

/// The lines around a place, as far as they are known.
#[derive(Clone, Debug, PartialEq)]
pub enum Lines {
    /// They are asked for.
    Asked,
    /// They are here, or there are none.
    Here(Option<Arc<Code>>),
    /// They could not be read.
    Failed(String),
}

/// What its forms ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// The reason to keep items.
    Accept(Vec<Id>),
    /// The test of an item.
    Test(Id),
}

/// The state of the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What is listed.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// The listed items.
    pub rows: Vec<At>,
    /// How many there would be without the filter's words.
    pub without_words: usize,
    /// How many of the listed ones were carried into the shown week, where it is the week that is
    /// listed: they follow its own.
    pub carried: usize,
    /// Declared items of the scope and repository, whatever their status.
    pub whole: usize,
    /// Open declared items of the shown week.
    pub open: usize,
    /// The selected row.
    pub selected: usize,
    /// The selected item, by repository and id: what is listed may change below it.
    pub held: Option<(String, String)>,
    /// Where a range of selected items began, by repository and id.
    pub range: Option<(String, String)>,
    /// The filter's words and the item from before a search.
    pub before_search: Option<(String, Option<(String, String)>)>,
    /// The first row in view.
    pub offset: usize,
    /// The pane that keys go to.
    pub focus: Focus,
    /// By how many columns the code is wider than it would be.
    pub wider: i16,
    /// By how many lines the code is scrolled.
    pub scroll: i32,
    /// The code around places, the last asked for at the end.
    pub codes: Vec<(Place, Lines)>,
    /// First names that several people have.
    pub shared_names: HashSet<String>,
    /// Whether the shown week brought in anything that could be charted.
    pub charted: bool,
    /// How the shown week pays down.
    pub chart: Option<Burndown>,
    /// What became of the shown week's debt.
    pub figures: Option<WeekDebt>,
    /// What the items are called that are likely to be left at the deadline.
    pub likely: Vec<String>,
}

impl State {
    /// The selected item.
    pub fn item<'a>(&self, overview: Option<&'a Overview>) -> Option<&'a Item> {
        self.rows.get(self.selected)?.item(overview?)
    }

    /// The rows that are selected: those from where a range began to the selected one, or that one.
    pub fn chosen(&self, overview: &Overview) -> RangeInclusive<usize> {
        let from = self
            .range
            .as_ref()
            .and_then(|key| self.row_of(overview, key));
        let from = from.unwrap_or(self.selected);
        from.min(self.selected)..=from.max(self.selected)
    }

    /// The row of an item.
    fn row_of(&self, overview: &Overview, (repository, id): &(String, String)) -> Option<usize> {
        self.rows.iter().position(|at| {
            let item = at.item(overview);
            item.is_some_and(|item| item.id == *id && item.repository == *repository)
        })
    }

    /// What the selected item is known by, whatever the list: its repository and its id.
    pub fn key(&self, overview: Option<&Overview>) -> Option<(String, String)> {
        let item = self.item(overview)?;
        Some((item.repository.clone(), item.id.clone()))
    }

    /// Where the panes are.
    pub fn panes(&self, seen: &Seen<'_>) -> Panes {
        let events = self.item(seen.overview).map_or(1, |item| {
            // Signs of both sets are as wide.
            let text = long_text(item, seen.body.width.min(40), UNICODE.more);
            life::events(seen, item) + text.len()
        });
        panes(seen.body, self.focus, self.wider, events, self.charted)
    }

    /// Rows of items that fit below the list's titles.
    pub fn list_height(&self, seen: &Seen<'_>) -> usize {
        super::list::rows(self.panes(seen).list, self.rows.len())
    }

    /// Lists anew, and stays at the item that was selected.
    pub fn choose(&mut self, seen: &Seen<'_>, stay_at: Option<(String, String)>) {
        let Some(overview) = seen.overview else {
            return;
        };
        self.shared_names = shared_names(overview);
        let (all, rows) = choose(overview, &self.filter, self.sort);
        (self.without_words, self.rows) = (all, rows);
        let carried = |at: &&At| {
            at.item(overview)
                .is_some_and(|it| it.carried_from.is_some())
        };
        self.carried = match self.filter.scope {
            Scope::Week => self.rows.iter().filter(carried).count(),
            Scope::All => 0,
        };
        self.charted = overview
            .report
            .items
            .iter()
            .any(|item| is_of_week(overview, item));
        let in_scope = |item: &&Item| {
            (self.filter.scope == Scope::All || is_of_week(overview, item))
                && self
                    .filter
                    .repository
                    .as_ref()
                    .is_none_or(|name| *name == item.repository)
        };
        self.whole = overview.report.items.iter().filter(in_scope).count();
        let of_week = overview
            .report
            .items
            .iter()
            .filter(|item| is_of_week(overview, item));
        self.open = of_week.filter(|item| item.status == Status::Open).count();
        let place = stay_at.and_then(|key| self.row_of(overview, &key));
        let last = self.rows.len().saturating_sub(1);
        self.selected = place.unwrap_or(self.selected.min(last));
        self.keep_in_view(seen);
    }

    /// Goes to an item, and lists more where it is not listed.
    pub fn look_at(&mut self, seen: &Seen<'_>, item: (String, String)) {
        let Some(overview) = seen.overview else {
            return;
        };
        if self.row_of(overview, &item).is_none() {
            self.filter = Filter {
                show: Show::Any,
                scope: Scope::All,
                ..Filter::default()
            };
        }
        (self.range, self.scroll) = (None, 0);
        self.choose(seen, Some(item));
    }

    /// What a person is called: by the first word of the name, if only one of them has it.
    pub fn call(&self, full: &str) -> String {
        let full = full.trim();
        match full.split(' ').next() {
            Some(first) if !first.is_empty() && !self.shared_names.contains(first) => {
                first.to_owned()
            }
            _ => full.to_owned(),
        }
    }

    /// Makes the chart for the time that it is.
    pub fn count(&mut self, seen: &Seen<'_>) {
        self.chart = seen.scanned().map(|overview| {
            let items = overview.report.items.iter();
            let lives = pay_down::lives(items.filter(|item| is_of_week(overview, item)));
            let hours = WorkHours::default();
            Burndown::of(&overview.week, hours, &lives, &overview.paces, seen.now)
        });
        self.figures = seen
            .scanned()
            .map(|overview| WeekDebt::of(&overview.report, &overview.week, seen.now));
        self.likely.clear();
        // Once it is over, what is left is known.
        let chart = self.chart.as_ref().filter(|chart| chart.need.is_some());
        let left = chart.and_then(|chart| chart.so);
        if let (Some(overview), Some(left)) = (seen.overview, left) {
            let items = overview.report.items.iter();
            let items = items.filter(|item| is_of_week(overview, item));
            let likely = pay_down::likely_left(items, &overview.board, left).into_iter();
            self.likely = likely.map(|item| called(&overview.board, item)).collect();
        }
    }

    /// Sees to it that the selected row is in view.
    pub fn keep_in_view(&mut self, seen: &Seen<'_>) {
        let height = self.list_height(seen);
        self.offset = window::offset(self.offset, self.selected, self.rows.len(), height);
        if seen.overview.is_some() {
            self.held = self.key(seen.overview);
        }
    }

    /// The lines around a place.
    pub fn lines(&self, place: &Place) -> Option<&Lines> {
        let known = self.codes.iter().find(|(known, _)| known == place);
        known.map(|(_, lines)| lines)
    }

    /// Remembers the lines around a place.
    pub fn remember(&mut self, place: Place, lines: Lines) {
        self.codes.retain(|(known, _)| *known != place);
        if self.codes.len() == KEPT {
            self.codes.remove(0);
        }
        self.codes.push((place, lines));
    }
}

/// First names that belong to several people who brought something in.
fn shared_names(overview: &Overview) -> HashSet<String> {
    let report = &overview.report;
    let mut whose: HashMap<&str, &str> = HashMap::new();
    let mut shared = HashSet::new();
    for item in report.items.iter().chain(&report.suspected) {
        let full = name(&item.introduced.author);
        let first = full.split(' ').next().unwrap_or(full);
        if *whose.entry(first).or_insert(full) != full {
            shared.insert(first.to_owned());
        }
    }
    shared
}

/// The place whose lines show an item: where it is, where it last was, or the message it is in.
pub(super) fn place_of(item: &Item) -> Place {
    let paid = item.paid.as_ref().and_then(|paid| paid.commit.clone());
    Place {
        repository: item.repository.clone(),
        commit: match item.path {
            Some(_) => paid.clone(),
            None => Some(item.introduced.commit.clone()),
        },
        before: item.path.is_some() && paid.is_some(),
        path: item.path.clone(),
        line: item.line.unwrap_or(1),
    }
}
