//! Items counted by what they have in common.

use std::collections::BTreeMap;

use chrono::Duration;

use super::is_open;
use crate::report::debt::{DebtReport, Item, Source, Status};
use crate::report::order::is_paid;

/// The figures of the items that share a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// What they share, as the repository has it: escape it.
    pub name: String,
    /// All of them.
    pub introduced: u64,
    /// Gone, in time or late.
    pub gone: u64,
    /// Of those gone, the late ones.
    pub late: u64,
    /// Accepted, carried or dismissed.
    pub decided: u64,
    /// Still there and undecided.
    pub open: u64,
}

impl Share {
    fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    fn count(&mut self, item: &Item) {
        self.introduced += 1;
        self.open += u64::from(is_open(item));
        self.gone += u64::from(is_paid(item.status));
        self.late += u64::from(item.status == Status::PaidLate);
        self.decided = self.introduced - self.open - self.gone;
    }

    fn add(&mut self, other: &Self) {
        self.introduced += other.introduced;
        self.gone += other.gone;
        self.late += other.late;
        self.decided += other.decided;
        self.open += other.open;
    }
}

/// Shares that together are all counted items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Breakdown {
    /// Most open first, then most introduced, then by name.
    pub shares: Vec<Share>,
}

impl Breakdown {
    pub(super) fn of(items: &[&Item], name: impl Fn(&Item) -> String) -> Self {
        let mut shares = BTreeMap::<String, Share>::new();
        for item in items {
            let name = name(item);
            let share = shares
                .entry(name)
                .or_insert_with_key(|name| Share::named(name));
            share.count(item);
        }
        let mut shares = shares.into_values().collect::<Vec<_>>();
        // Stable: equal shares stay in the order of their names.
        shares.sort_by_key(|share| std::cmp::Reverse((share.open, share.introduced)));
        Self { shares }
    }

    pub(super) fn by_repository(report: &DebtReport, items: &[&Item]) -> Self {
        let mut shares = Vec::new();
        let mut places = BTreeMap::new();
        for repository in &report.repositories {
            places.insert(repository.name.as_str(), shares.len());
            shares.push(Share::named(&repository.name));
        }
        for item in items {
            if let Some(&place) = places.get(item.repository.as_str()) {
                shares[place].count(item);
            }
        }
        Self { shares }
    }

    /// At most `most` shares: the first, and in place of the rest one share of all of them, named
    /// by how many they are.
    pub fn top(&self, most: usize) -> Vec<Share> {
        if self.shares.len() <= most {
            return self.shares.clone();
        }
        let (first, rest) = self.shares.split_at(most.saturating_sub(1));
        let mut other = Share::named(&format!("{} others", rest.len()));
        rest.iter().for_each(|share| other.add(share));
        let mut top = first.to_vec();
        top.push(other);
        top
    }
}

/// `src/` of `src/a/b.rs`; `pay/src/` where there are several repositories.
pub(super) fn folder(item: &Item, several: bool) -> String {
    let folder = match (&item.path, item.source) {
        (Some(path), _) => match path.split_once('/') {
            Some((first, _)) => format!("{first}/"),
            None => "files at the top".to_owned(),
        },
        (None, Source::CommitMessage) => "commit messages".to_owned(),
        (None, Source::Promise) => "promises".to_owned(),
        (None, Source::Code) => "unknown".to_owned(),
    };
    match several {
        true if folder.ends_with('/') => format!("{}/{folder}", item.repository),
        true => format!("{}: {folder}", item.repository),
        false => folder,
    }
}

pub(super) fn language(item: &Item) -> String {
    match (&item.language, item.source) {
        (Some(language), _) => language.clone(),
        (None, Source::CommitMessage) => "commit messages".to_owned(),
        (None, Source::Promise) => "promises".to_owned(),
        (None, Source::Code) => "other text".to_owned(),
    }
}

/// The classes of age: each is younger than so many days.
const AGES: [(&str, i64); 8] = [
    ("less than a day", 1),
    ("1 to 6 days", 7),
    ("1 to 4 weeks", 30),
    ("1 to 3 months", 91),
    ("3 to 12 months", 365),
    ("1 to 3 years", 3 * 365),
    ("3 to 10 years", 10 * 365),
    ("10 years and more", i64::MAX),
];

pub(super) fn by_age(report: &DebtReport, items: &[&Item]) -> Vec<(&'static str, u64)> {
    let mut figures = AGES.map(|(name, _)| (name, 0));
    for item in items.iter().filter(|item| is_open(item)) {
        let age = (report.generated_at - item.introduced.time).max(Duration::zero());
        let class = AGES.iter().position(|(_, below)| age.num_days() < *below);
        figures[class.unwrap_or(AGES.len() - 1)].1 += 1;
    }
    // From the first class that has any to the last: a gap between two says something too.
    let some = |&(_, figure): &(_, u64)| figure > 0;
    let Some(first) = figures.iter().position(some) else {
        return Vec::new();
    };
    let last = figures.iter().rposition(some).unwrap_or(first);
    figures[first..=last].to_vec()
}
