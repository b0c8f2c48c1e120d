//! Which items are listed, and in which order.

use super::words::{called, owner};
use crate::report::debt::{Item, Status};
use crate::report::order::{by_risk, is_paid, order};
use crate::workspace::Overview;

/// Which items by where they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Declared and still there.
    #[default]
    Open,
    /// Gone, in time or late.
    Paid,
    /// Of the hack days, and still there or gone only after the deadline.
    Late,
    /// Suspected and still there.
    Suspected,
    /// All that is declared.
    Any,
}

/// Which items by when they came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// On the hack days of the shown week, or carried into it.
    #[default]
    Week,
    /// Ever.
    All,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// See `by_risk`.
    #[default]
    Risk,
    /// Oldest first.
    Age,
    /// By repository, path and line.
    File,
    /// By the name of who owns it.
    Owner,
}

/// All that is asked of an item to be listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Where it stands.
    pub show: Show,
    /// When it came.
    pub scope: Scope,
    /// Its repository; `None` for any.
    pub repository: Option<String>,
    /// Words that it has to hold, all of them, in any case.
    pub words: String,
}

/// Where a listed item is in its report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    /// Among the suspected ones.
    pub suspected: bool,
    /// Which.
    pub index: usize,
}

impl At {
    /// The item.
    pub fn item(self, overview: &Overview) -> Option<&Item> {
        let report = &overview.report;
        let items = if self.suspected {
            &report.suspected
        } else {
            &report.items
        };
        items.get(self.index)
    }
}

/// Whether an item came in on the hack days of the overview's week.
pub(in crate::tui::screens) fn is_of_week(overview: &Overview, item: &Item) -> bool {
    let day = item.introduced.day.and_then(|day| overview.week.day(day));
    day.is_some_and(|day| day.hack)
}

/// Whether an item is shown with the overview's week: its hack days brought it in, or it was carried
/// into it.
pub(in crate::tui::screens) fn is_with_week(overview: &Overview, item: &Item) -> bool {
    item.carried_from.is_some() || is_of_week(overview, item)
}

/// Whether an item missed the deadline of the overview's week.
pub(super) fn is_late(overview: &Overview, item: &Item) -> bool {
    let over = overview.report.generated_at > overview.week.deadline().fixed_offset();
    item.status == Status::PaidLate
        || over && item.status == Status::Open && is_with_week(overview, item)
}

/// The items that the filter lets through but for its words, and of those the ones that hold the
/// words, in order.
pub(super) fn choose(overview: &Overview, filter: &Filter, sort: Sort) -> (usize, Vec<At>) {
    let suspected = filter.show == Show::Suspected;
    let report = &overview.report;
    let items = if suspected {
        &report.suspected
    } else {
        &report.items
    };
    let wanted: Vec<String> = filter
        .words
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    let mut all = 0;
    let mut found = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let stands = match filter.show {
            Show::Open | Show::Suspected => item.status == Status::Open,
            Show::Paid => is_paid(item.status),
            Show::Late => is_late(overview, item),
            Show::Any => true,
        };
        let came = filter.scope == Scope::All || is_with_week(overview, item);
        let here = filter
            .repository
            .as_ref()
            .is_none_or(|name| *name == item.repository);
        if stands && came && here {
            all += 1;
            if holds(overview, item, &wanted) {
                found.push(At { suspected, index });
            }
        }
    }
    let item = |at: &At| items.get(at.index);
    match sort {
        Sort::Risk => found.sort_by_cached_key(|at| item(at).map(by_risk)),
        Sort::Age => found.sort_by_cached_key(|at| item(at).map(order)),
        Sort::File => found.sort_by_cached_key(|at| {
            item(at).map(|item| (&item.repository, item.path.is_none(), &item.path, item.line))
        }),
        Sort::Owner => found.sort_by_cached_key(|at| {
            item(at).map(|item| (owner(&overview.board, item).to_lowercase(), by_risk(item)))
        }),
    }
    if filter.scope == Scope::Week {
        // What was carried into the week follows its own.
        found.sort_by_key(|at| item(at).is_some_and(|item| item.carried_from.is_some()));
    }
    (all, found)
}

fn holds(overview: &Overview, item: &Item, wanted: &[String]) -> bool {
    if wanted.is_empty() {
        return true;
    }
    let text = format!(
        "{} {} {} {} {} {}",
        called(&overview.board, item),
        item.marker,
        item.text,
        item.path.as_deref().unwrap_or("commit"),
        owner(&overview.board, item),
        item.ticket.as_deref().unwrap_or_default()
    )
    .to_lowercase();
    wanted.iter().all(|word| text.contains(word))
}
