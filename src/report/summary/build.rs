//! From the facts of a week to its summary.

use std::collections::BTreeSet;

use super::{
    ActionRow, CardRow, CheckCount, CheckRow, Commits, Learned, Next, PlanningRow, Promises,
    SCHEMA, ShowRow, Summary, Tasks, Work, roadmap, stories, trend,
};
use crate::report::commits::Commit;
use crate::report::debt::{Item, ReportWeek, Status};
use crate::report::facts::Facts;
use crate::report::figures::{WeekDebt, is_of_week};
use crate::report::order::order;
use crate::report::rows::{filled, seconds};
use crate::report::{who, words};
use crate::week::build_and_care::Shares;
use crate::week::payback::CheckList;
use crate::week::retro::{Action, Card, Column};
use crate::week::task::{Task, TaskStatus};
use crate::week::{WeekBoard, WeekName};

/// The summary of a week.
pub fn summary(facts: &Facts<'_>) -> Summary {
    let (board, week, at) = (facts.board, facts.week, facts.at());
    let written = board.week(week.name());
    let record = written.record();
    let commits = commits_of(facts);
    let debt = WeekDebt::of(facts.report, week, at);
    let mut items: Vec<&Item> = facts.report.items.iter().collect();
    items.retain(|item| is_of_week(item, week));
    items.sort_by_key(|&item| order(item));
    let blockers = written.blockers().into_iter();
    let planned = record.planning.spent(at);
    Summary {
        schema: SCHEMA.to_owned(),
        generated_at: facts.local(facts.now),
        at: facts.local(at),
        week: ReportWeek::of(week),
        hack: record.number,
        title: filled(&record.title),
        goal: filled(&record.goal),
        demo_at: record.demo_at.map(|at| facts.local(at)),
        closed: record.closed.map(|at| facts.local(at)),
        repositories: facts.repositories(),
        people: people(facts, &commits),
        commits: Commits {
            count: commits.len() as u64,
            authors: authors(facts, &commits).len() as u64,
        },
        shows: shows(facts, written),
        tasks: tasks(facts, written),
        promises: promises(facts, written),
        stories: stories::of(facts, &items),
        work: work(&commits),
        blockers: blockers.map(|it| facts.blocker(it)).collect(),
        learned: learned(written),
        standards: standards(facts, written),
        checks: checks(written),
        actions: actions(facts, written),
        next: next(facts, &items),
        trend: trend::of(facts, &debt),
        roadmap: roadmap::of(facts, &debt),
        debt,
        items: items.into_iter().map(|item| facts.debt(item)).collect(),
        mood: record.mood_average(),
        beer: filled(&record.beer),
        planning: (planned.num_seconds() > 0).then(|| PlanningRow {
            spent: seconds(planned),
            limit: facts.rules.planning.into(),
        }),
    }
}

/// The commits of the week, newest first.
pub(super) fn commits_of<'a>(facts: &Facts<'a>) -> Vec<&'a Commit> {
    let span = facts.week.span();
    let commits = facts.commits.iter();
    commits
        .filter(|commit| span.contains(&commit.time.to_utc()))
        .collect()
}

fn authors(facts: &Facts<'_>, commits: &[&Commit]) -> BTreeSet<who::Somebody> {
    let authors = commits.iter();
    authors
        .map(|commit| who::of(facts.board, &commit.author))
        .collect()
}

fn people(facts: &Facts<'_>, commits: &[&Commit]) -> Vec<String> {
    let team = facts.board.team();
    if !team.is_empty() {
        return team.into_iter().map(|it| it.name.clone()).collect();
    }
    let mut met = BTreeSet::new();
    let mut names = Vec::new();
    for commit in commits {
        if met.insert(who::of(facts.board, &commit.author)) {
            names.push(words::name(&commit.author).to_owned());
        }
    }
    names.sort_by_cached_key(|name| name.to_lowercase());
    names
}

fn shows(facts: &Facts<'_>, written: WeekBoard<'_>) -> Vec<ShowRow> {
    let row = |show: &crate::week::demo::Show| ShowRow {
        what: show.what.clone(),
        by: facts.name(&show.by),
        seen_at: show.seen_at.map(|at| facts.local(at)),
        verdict: show.verdict,
    };
    written.shows().into_iter().map(row).collect()
}

fn tasks(facts: &Facts<'_>, written: WeekBoard<'_>) -> Tasks {
    let name = written.name();
    let planned = written.planned();
    let rows = |keep: &dyn Fn(&Task) -> bool| {
        let kept = planned.iter().filter(|task| keep(task));
        kept.map(|task| facts.task(task)).collect::<Vec<_>>()
    };
    let here = |task: &Task| task.week == name;
    Tasks {
        planned: planned.len() as u64,
        done: written.done() as u64,
        carried_in: written.carried_in() as u64,
        shipped: rows(&|task| here(task) && task.is_done()),
        carried: rows(&|task| !here(task)),
        open: rows(&|task| here(task) && task.status == TaskStatus::Open),
        cut: written.cut().into_iter().map(|it| facts.task(it)).collect(),
    }
}

fn promises(facts: &Facts<'_>, written: WeekBoard<'_>) -> Promises {
    let promises = written.promises();
    let made = || promises.iter().filter(|promise| promise.was_made());
    Promises {
        made: made().count() as u64,
        kept: made().filter(|promise| promise.kept_in_time()).count() as u64,
        promises: promises.iter().map(|it| facts.promise(it)).collect(),
    }
}

fn work(commits: &[&Commit]) -> Work {
    let commits = commits.iter().filter(|commit| !commit.merge);
    let shares = Shares::of(commits.map(|commit| {
        let paths = commit.paths.iter().map(String::as_str);
        (commit.subject.as_str(), paths)
    }));
    Work {
        build: shares.build.into(),
        tests: shares.tests.into(),
        docs: shares.docs.into(),
        refactor: shares.refactor.into(),
        build_percent: shares.percent().map(|(build, _)| build),
        care_percent: shares.percent().map(|(_, care)| care),
    }
}

fn learned(written: WeekBoard<'_>) -> Learned {
    let column = |column: Column| {
        let cards = written.cards(column).into_iter().take(Learned::MOST);
        let row = |card: &Card| CardRow {
            text: card.text.clone(),
            votes: written.votes_of(card),
        };
        cards.map(row).collect()
    };
    Learned {
        keep: column(Column::Keep),
        change: column(Column::Change),
        try_: column(Column::Try),
        cards: written.all_cards().len() as u64,
    }
}

fn standards(facts: &Facts<'_>, written: WeekBoard<'_>) -> Vec<CheckRow> {
    let row = |check: &crate::week::payback::Check| CheckRow {
        text: check.text.clone(),
        owner: check.owner.as_ref().map(|owner| facts.name(owner)),
        done: check.done_at.is_some(),
    };
    let standards = written.checks(CheckList::Standard).into_iter();
    standards.map(row).collect()
}

fn checks(written: WeekBoard<'_>) -> Vec<CheckCount> {
    use CheckList::{Document, Refactor, Standard, Test};
    let count = |list: CheckList| {
        let lines = written.checks(list);
        CheckCount {
            list,
            done: lines.iter().filter(|it| it.done_at.is_some()).count() as u64,
            all: lines.len() as u64,
        }
    };
    [Document, Test, Refactor, Standard].map(count).into()
}

fn actions(facts: &Facts<'_>, written: WeekBoard<'_>) -> Vec<ActionRow> {
    let name = written.name();
    let row = |action: &Action| ActionRow {
        text: action.text.clone(),
        owner: action.owner.as_ref().map(|owner| facts.name(owner)),
        day: action.day.filter(|_| action.week == name),
        // What was carried on was not done here, whatever became of it later.
        done: action.week == name && action.done_at.is_some(),
        dropped: action.week == name && action.dropped,
        times: action.times_in(name) as u64,
    };
    written.actions().into_iter().map(row).collect()
}

/// The next week that is not without a hack.
fn next_name(facts: &Facts<'_>) -> Option<WeekName> {
    let weeks = std::iter::successors(facts.week.name().next(), |week| week.next());
    weeks
        .take(54)
        .find(|week| !facts.board.week(*week).record().skipped)
}

fn next(facts: &Facts<'_>, items: &[&Item]) -> Next {
    let number = facts.board.week(facts.week.name()).record().number;
    let name = next_name(facts);
    let written = name.map(|name| facts.board.week(name));
    let features = facts.board.features().into_iter();
    let carried = items.iter().filter(|it| it.status == Status::Carried);
    Next {
        week: name.map(|name| name.to_string()),
        hack: written
            .and_then(|written| written.record().number)
            .or(number.and_then(|number| number.checked_add(1))),
        actions: written.map_or_else(Vec::new, |written| actions(facts, written)),
        tasks: written.map_or_else(Vec::new, |written| {
            let planned = written.planned().into_iter();
            planned.map(|task| facts.task(task)).collect()
        }),
        debt: carried.map(|item| facts.debt(item)).collect(),
        features: features
            .filter(|feature| !feature.is_done())
            .map(|feature| feature.name.clone())
            .collect(),
    }
}
