//! The week's debt as the screen shows it: counted once for each thing that changed.

use std::collections::BTreeSet;

use crate::report::carried::CarriedIn;
use crate::report::debt::{Item, Status};
use crate::report::figures::{RepositoryDebt, WeekDebt};
use crate::report::order::{is_paid, order};
use crate::tui::screens::debt::is_of_week;
use crate::week::Id;
use crate::week::build_and_care::{Shares, Work, work};
use crate::week::payback::{Gauge, Owed};
use crate::workspace::Overview;

/// The week's debt, and its commits by what they were for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Debt {
    /// The four parts of it.
    pub gauge: Gauge,
    /// What was carried into the week: it has to be settled too, and is none of its own.
    pub carried_in: CarriedIn,
    /// Places in the report of those without a decision, oldest first; those that were carried into
    /// the week follow its own.
    pub undecided: Vec<usize>,
    /// Of those paid, the late ones.
    pub late: u64,
    /// The repositories.
    pub repositories: Vec<RepositoryDebt>,
    /// What the commits of the week were for.
    pub shares: Shares,
    /// Places of these commits in the overview, newest first, and what each was for.
    pub commits: Vec<(usize, Work)>,
}

impl Debt {
    /// Counts it.
    pub fn of(overview: &Overview) -> Self {
        let (report, board, name) = (&overview.report, &overview.board, overview.week.name());
        let items: Vec<(usize, &Item)> = (report.items.iter().enumerate())
            .filter(|(_, item)| is_of_week(overview, item))
            .collect();
        let owed = items.iter().filter_map(|(_, item)| owed_of(item));
        let gauge = Gauge::of(board, name, &owed.collect::<Vec<_>>());
        let carried = report.items.iter().enumerate();
        let carried =
            carried.filter(|(_, item)| item.carried_from.is_some() && item.status == Status::Open);
        let figures = WeekDebt::of(report, &overview.week, report.generated_at.to_utc());
        // The parts of the gauge are of what had to be paid, and so are these.
        let mut repositories = figures.by_repository;
        for repository in &mut repositories {
            let own = items
                .iter()
                .filter(|(_, item)| item.repository == repository.name);
            let none = own.filter(|(_, item)| item.status == Status::Dismissed);
            repository.opened = repository.opened.saturating_sub(none.count() as u64);
        }
        let without: BTreeSet<&str> = gauge.undecided.iter().map(Id::as_str).collect();
        let mut undecided: Vec<(usize, &Item)> = (items.iter().copied())
            .filter(|(_, item)| without.contains(item.id.as_str()))
            .chain(carried)
            .collect();
        undecided.sort_by_key(|(_, item)| (item.carried_from.is_some(), order(item)));
        let span = overview.week.span();
        let commits: Vec<(usize, Work)> = (overview.commits.iter().enumerate())
            .filter(|(_, commit)| !commit.merge && span.contains(&commit.time.to_utc()))
            .filter_map(|(at, commit)| {
                let paths = commit.paths.iter().map(String::as_str);
                Some((at, work(&commit.subject, paths)?))
            })
            .collect();
        let of_week = commits.iter().filter_map(|(at, _)| {
            let commit = overview.commits.get(*at)?;
            let paths = commit.paths.iter().map(String::as_str);
            Some((commit.subject.as_str(), paths))
        });
        Self {
            late: figures.paid_late,
            repositories,
            undecided: undecided.into_iter().map(|(at, _)| at).collect(),
            shares: Shares::of(of_week),
            gauge,
            carried_in: figures.carried_in.unwrap_or_default(),
            commits,
        }
    }
}

impl Debt {
    /// How many items keep day 4 open.
    pub fn without_decision(&self) -> usize {
        self.undecided.len()
    }
}

fn owed_of(item: &Item) -> Option<Owed> {
    Some(Owed {
        item: Id::key(&item.id).ok()?,
        paid: is_paid(item.status),
    })
}
