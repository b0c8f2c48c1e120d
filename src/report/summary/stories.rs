//! What is worth telling of a week's debt. The rules stand at [`Stories`].

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::build::commits_of;
use super::{Honest, Stories};
use crate::debt::Tier;
use crate::report::debt::{How, Item, Source, Status};
use crate::report::facts::Facts;
use crate::report::figures::status_in;
use crate::report::order::{order, risk};
use crate::report::rows::DebtRow;
use crate::report::who;

/// The stories of a week with its debt.
pub(super) fn of(facts: &Facts<'_>, items: &[&Item]) -> Stories {
    Stories {
        best: best(facts, items),
        worst: worst(facts, items),
        honest: honest(facts),
    }
}

fn best(facts: &Facts<'_>, items: &[&Item]) -> Option<DebtRow> {
    let paid = |how: How| {
        let items = items.iter().copied();
        let paid = items.filter(move |item| {
            let paid = item.paid.as_ref();
            status_in(item, facts.week) == Status::Paid && paid.is_some_and(|it| it.how == how)
        });
        let rows = paid.map(|item| (item, facts.debt(item)));
        let best = rows
            .min_by_key(|(item, row)| (Reverse(row.travels), risk(item), row.owed, order(item)));
        best.map(|(_, row)| row)
    };
    paid(How::Fixed).or_else(|| paid(How::Deleted))
}

fn worst(facts: &Facts<'_>, items: &[&Item]) -> Option<DebtRow> {
    let of = |status: Status| {
        let items = items.iter().copied();
        let owed = items.filter(|item| status_in(item, facts.week) == status);
        let rows = owed.map(|item| (item, facts.debt(item)));
        let worst = rows.min_by_key(|(item, row)| (risk(item), Reverse(row.owed), order(item)));
        worst.map(|(_, row)| row)
    };
    let statuses = [Status::Open, Status::Carried, Status::PaidLate];
    statuses.into_iter().find_map(of)
}

/// Both tiers count: who writes "ugly" confesses too.
fn honest(facts: &Facts<'_>) -> Option<Honest> {
    let mut confessions: BTreeMap<(&str, &str), Vec<&Item>> = BTreeMap::new();
    let items = facts.report.items.iter().chain(&facts.report.suspected);
    for item in items.filter(|item| item.source == Source::CommitMessage) {
        let commit = (item.repository.as_str(), item.introduced.commit.as_str());
        confessions.entry(commit).or_default().push(item);
    }
    let commits = commits_of(facts).into_iter();
    let said = commits.filter_map(|commit| {
        let said = confessions.get(&(commit.repository.as_str(), commit.id.as_str()))?;
        Some((commit, said))
    });
    let (commit, said) = said.min_by_key(|(commit, said)| {
        let of = |tier: Tier| said.iter().filter(|item| item.tier == tier).count();
        let most = (Reverse(of(Tier::Declared)), Reverse(of(Tier::Suspected)));
        (most, commit.time, &commit.repository, &commit.id)
    })?;
    Some(Honest {
        repository: commit.repository.clone(),
        commit: commit.id.clone(),
        by: who::name(facts.board, &commit.author),
        time: commit.time,
        subject: commit.subject.clone(),
        confessions: said
            .iter()
            .map(|item| format!("{} {}", item.marker, item.text).trim().to_owned())
            .collect(),
    })
}
