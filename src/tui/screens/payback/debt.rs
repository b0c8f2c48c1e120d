//! The week's debt as the screen shows it: counted once for each thing that changed.

use crate::report::debt::Item;
use crate::report::order::order;
use crate::tui::screens::debt::{by_git, is_of_week};
use crate::week::Id;
use crate::week::build_and_care::{Shares, Work, work};
use crate::week::payback::{Gauge, Owed};
use crate::workspace::Overview;

/// The week's debt, and its commits by what they were for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Debt {
    /// The four parts of it.
    pub gauge: Gauge,
    /// Places in the report of those without a decision, oldest first.
    pub undecided: Vec<usize>,
    /// Names of the repositories, and how many of their items are paid, of how many.
    pub repositories: Vec<(String, usize, usize)>,
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
        let gauge_of = |repository: Option<&str>| {
            let items = items.iter().map(|(_, item)| *item);
            let owed = items.filter(|item| repository.is_none_or(|name| item.repository == name));
            let owed: Vec<Owed> = owed.filter_map(owed_of).collect();
            Gauge::of(board, name, &owed)
        };
        let gauge = gauge_of(None);
        let mut undecided: Vec<(usize, &Item)> = items
            .iter()
            .filter(|(_, item)| gauge.undecided.iter().any(|id| id.as_str() == item.id))
            .copied()
            .collect();
        undecided.sort_by_key(|(_, item)| order(item));
        let repositories = report.repositories.iter().map(|repository| {
            let gauge = gauge_of(Some(&repository.name));
            (repository.name.clone(), gauge.paid, gauge.total())
        });
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
            repositories: repositories.collect(),
            undecided: undecided.into_iter().map(|(at, _)| at).collect(),
            shares: Shares::of(of_week),
            gauge,
            commits,
        }
    }
}

fn owed_of(item: &Item) -> Option<Owed> {
    Some(Owed {
        item: Id::key(&item.id).ok()?,
        paid: by_git(item),
    })
}
