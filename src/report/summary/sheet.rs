//! What a summary says, in which order.

use super::{ActionRow, CardRow, MilestoneRow, Summary, TrendRow};
use crate::report::debt::Status;
use crate::report::rows::{DebtRow, TaskRow};
use crate::report::sheet::debt::{About, is_doubtful, list, meter};
use crate::report::sheet::{Block, Entry, Line, Mark, Section, Sheet, Table};
use crate::report::standup::promise;
use crate::report::words::{age, count, dates, percent, plural};
use crate::week::demo::Verdict;
use crate::week::promise::PromiseState;
use crate::week::timer::clock;

/// Entries of one list.
const MOST: usize = 12;

/// Lays a summary out.
pub(in crate::report) fn sheet(summary: &Summary) -> Sheet {
    let about = About::new(
        summary.at,
        summary.generated_at,
        &summary.week,
        &summary.repositories,
    );
    let sections = [
        shipped(summary),
        shown(summary),
        debt(summary, &about),
        stories(summary, &about),
        promises(summary),
        work(summary),
        learned(summary),
        standards(summary),
        actions(summary),
        next(summary, &about),
        trend(summary),
        roadmap(summary),
        team(summary),
    ];
    Sheet {
        title: title(summary),
        about: looked_at(summary, &about),
        lead: about.lead(&summary.debt),
        meter: meter(&summary.debt),
        sections: sections.into_iter().flatten().collect(),
        foot: Line::of(crate::report::sentences::HOW_IT_IS_COUNTED),
    }
}

fn title(summary: &Summary) -> Line {
    let line = match summary.hack {
        Some(number) => Line::of(format!("Hack {number}")),
        None => Line::of("Hack week ").words(&summary.week.name),
    };
    match &summary.title {
        Some(title) => line.plain(": ").words(title),
        None => line,
    }
}

fn looked_at(summary: &Summary, about: &About<'_>) -> Line {
    let days = &summary.week.days;
    let mut line = match (days.first(), days.last()) {
        (Some(first), Some(last)) => Line::new().soft(dates(first.date, last.date)),
        _ => Line::new().words(&summary.week.name),
    };
    let people = plural(summary.people.len() as u64, "person", "people");
    let commits = plural(summary.commits.count, "commit", "commits");
    line = line
        .soft(format!(" · {people} · {commits} · "))
        .and(about.names());
    if summary.at != summary.generated_at {
        let now = summary.generated_at.format("%-d %b %Y");
        line = line.soft(format!(" · debt as of {now}"));
    } else if summary.closed.is_none() {
        let at = summary.at.format("%a %H:%M");
        line = line.soft(format!(" · not over yet, as of {at}"));
    }
    line
}

fn section(title: &str, beside: Line, blocks: Vec<Block>, brief: bool) -> Option<Section> {
    (!blocks.is_empty()).then(|| Section {
        title: Line::of(title),
        beside,
        blocks,
        level: 1,
        brief,
        narrow: !matches!(
            title,
            "Debt" | "Worth telling" | "The last weeks" | "Next week"
        ),
    })
}

fn of(part: u64, whole: u64) -> Line {
    Line::of(format!("{} of {}", count(part), count(whole)))
}

fn task(row: &TaskRow, mark: Mark) -> Entry {
    let mut line = Line::new().words(&row.text);
    if let Some(note) = &row.note {
        line = line.soft(", ").words(note);
    }
    if let Some(owner) = &row.owner {
        line = line.soft(" · ").name(owner);
    }
    if row.times_carried > 1 {
        line = line.soft(format!(" · carried {} times", row.times_carried));
    }
    Entry::new(mark, line)
}

fn shipped(summary: &Summary) -> Option<Section> {
    let tasks = &summary.tasks;
    let mut blocks = Vec::new();
    if let Some(goal) = &summary.goal {
        blocks.push(Block::Sentence(Line::new().soft("The goal: ").words(goal)));
    }
    for (over, rows, mark) in [
        ("", &tasks.shipped, Mark::Done),
        ("Carried to a later week", &tasks.carried, Mark::Carried),
        ("Not done", &tasks.open, Mark::Open),
        ("Cut", &tasks.cut, Mark::Cut),
    ] {
        if rows.is_empty() {
            continue;
        }
        if !over.is_empty() {
            blocks.push(Block::Over(over));
        }
        let entries = rows.iter().map(|row| task(row, mark));
        blocks.push(Block::list(entries.collect(), MOST));
    }
    section("Shipped", of(tasks.done, tasks.planned), blocks, true)
}

fn shown(summary: &Summary) -> Option<Section> {
    let seen = summary
        .shows
        .iter()
        .filter(|it| it.seen_at.is_some())
        .count();
    let entries = summary.shows.iter().map(|row| {
        let line = Line::new().words(&row.what).soft(" · ").name(&row.by);
        let (mark, line) = match (row.seen_at, row.verdict) {
            (None, _) => (Mark::Open, line.soft(" · not seen")),
            (_, Verdict::Keep) => (Mark::Done, line.soft(" · stays")),
            (_, Verdict::Undo) => (Mark::Cut, line.soft(" · goes")),
            (_, Verdict::Undecided) => (Mark::Done, line),
        };
        Entry::new(mark, line)
    });
    let entries: Vec<Entry> = entries.collect();
    let blocks = match entries.is_empty() {
        true => Vec::new(),
        false => vec![Block::list(entries, MOST)],
    };
    section(
        "Shown in the demo",
        Line::of(count(seen as u64)),
        blocks,
        false,
    )
}

fn debt(summary: &Summary, about: &About<'_>) -> Option<Section> {
    let debt = &summary.debt;
    let mut blocks = Vec::new();
    if debt.opened > 0 {
        blocks.push(about.days(debt));
    }
    let items = |keep: &dyn Fn(&&DebtRow) -> bool| -> Vec<&DebtRow> {
        summary.items.iter().filter(keep).collect()
    };
    let lists: [(&'static str, Vec<&DebtRow>); 5] = [
        ("Still open", items(&|it| it.status == Status::Open)),
        (
            "Carried to the next week",
            items(&|it| it.status == Status::Carried),
        ),
        ("Accepted", items(&|it| it.status == Status::Accepted)),
        (
            "Paid after the deadline",
            items(&|it| it.status == Status::PaidLate),
        ),
        (
            "Paid in doubt: the words went and nothing else",
            items(&|it| is_doubtful(it)),
        ),
    ];
    for (over, rows) in lists {
        if !rows.is_empty() {
            blocks.push(Block::Over(over));
            blocks.push(list(about, rows, MOST));
        }
    }
    if let Some(table) = about.by_repository(debt) {
        blocks.push(Block::Over("By repository"));
        blocks.push(table);
    }
    // The doubts are listed already.
    let apart = about.apart(debt).into_iter();
    let apart =
        apart.filter(|line| !matches!(line.0.first(), Some(crate::report::sheet::Piece::Plain(_))));
    blocks.extend(apart.map(Block::Sentence));
    let beside = match debt.paydown {
        Some(share) => Line::of(format!(
            "{} paid in time, {}",
            count(debt.paid),
            percent(share)
        )),
        None => Line::new(),
    };
    section("Debt", beside, blocks, true)
}

fn stories(summary: &Summary, about: &About<'_>) -> Option<Section> {
    let stories = &summary.stories;
    let mut entries = Vec::new();
    if let Some(best) = &stories.best {
        let line = Line::new().strong("Best: ").and(about.fate(best));
        let owed = best
            .paid
            .as_ref()
            .map(|paid| age(best.introduced, paid.time));
        let line = match (owed, best.travels) {
            (Some(owed), 0) => line.soft(format!(", after {owed}")),
            (Some(owed), 1) => line.soft(format!(", after {owed} and one move or edit")),
            (Some(owed), many) => line.soft(format!(", after {owed} and {many} moves and edits")),
            (None, _) => line,
        };
        entries.push(Entry::new(Mark::Done, line));
    }
    if let Some(worst) = &stories.worst {
        let line = Line::new().strong("Worst: ").and(about.fate(worst));
        entries.push(Entry::new(Mark::Blocked, line));
    }
    if let Some(honest) = &stories.honest {
        let mut line = Line::new().strong("Most honest: ").quote(&honest.subject);
        line = line.soft(" · ").name(&honest.by).soft(" in ");
        line = line.and(about.commit(&honest.repository, &honest.commit));
        entries.push(Entry::new(Mark::None, line));
    }
    let blocks = match entries.is_empty() {
        true => Vec::new(),
        false => vec![Block::list(entries, 3)],
    };
    section("Worth telling", Line::new(), blocks, true)
}

fn promises(summary: &Summary) -> Option<Section> {
    let promises = &summary.promises;
    let entries = promises.promises.iter().map(|row| {
        let line = promise(row);
        match (row.kept, row.state) {
            (true, _) => Entry::new(Mark::Done, line.soft(" · kept")),
            (_, PromiseState::Real) => Entry::new(Mark::Done, line.soft(" · kept late")),
            (_, PromiseState::Broken) => Entry::new(Mark::Cut, line.soft(" · broken")),
            (_, state) if row.overdue => {
                let line = line.soft(format!(" · {} · ", state.words())).bad("overdue");
                Entry::new(Mark::Blocked, line)
            }
            (_, state) => Entry::new(Mark::Open, line.soft(format!(" · {}", state.words()))),
        }
    });
    let entries: Vec<Entry> = entries.collect();
    let blocks = match entries.is_empty() {
        true => Vec::new(),
        false => vec![Block::list(entries, MOST)],
    };
    let beside = Line::of(format!(
        "{} made, {} kept in time",
        count(promises.made),
        count(promises.kept)
    ));
    section("Promises", beside, blocks, false)
}

fn work(summary: &Summary) -> Option<Section> {
    let work = &summary.work;
    let (build, care) = work.build_percent.zip(work.care_percent)?;
    let cells = [
        ("build", work.build),
        ("tests", work.tests),
        ("documents", work.docs),
        ("refactoring", work.refactor),
    ];
    let parts = cells.map(|(name, figure)| format!("{} {name}", count(figure)));
    let line = Line::of(format!(
        "By commits: {}. Half and half is the aim.",
        parts.join(", ")
    ));
    let beside = Line::of(format!("{build}% build, {care}% care"));
    section("Build and care", beside, vec![Block::Sentence(line)], true)
}

fn learned(summary: &Summary) -> Option<Section> {
    let learned = &summary.learned;
    let mut blocks = Vec::new();
    for (over, cards) in [
        ("Keep", &learned.keep),
        ("Change", &learned.change),
        ("Try", &learned.try_),
    ] {
        if cards.is_empty() {
            continue;
        }
        blocks.push(Block::Over(over));
        let entry = |card: &CardRow| {
            let votes = plural(card.votes.into(), "vote", "votes");
            Entry::new(
                Mark::None,
                Line::new().words(&card.text).soft(format!(" · {votes}")),
            )
        };
        blocks.push(Block::list(cards.iter().map(entry).collect(), MOST));
    }
    let beside = Line::of(plural(learned.cards, "card", "cards"));
    section("What we learned", beside, blocks, true)
}

fn standards(summary: &Summary) -> Option<Section> {
    let entries = summary.standards.iter().map(|row| {
        let mark = if row.done { Mark::Done } else { Mark::Open };
        let line = Line::new().words(&row.text);
        let line = match &row.owner {
            Some(owner) => line.soft(" · ").name(owner),
            None => line,
        };
        Entry::new(mark, line)
    });
    let entries: Vec<Entry> = entries.collect();
    let blocks = match entries.is_empty() {
        true => Vec::new(),
        false => vec![Block::list(entries, MOST)],
    };
    section("Standards we agree on", Line::new(), blocks, false)
}

fn action(row: &ActionRow) -> Entry {
    let mut line = Line::new().words(&row.text);
    if let Some(owner) = &row.owner {
        line = line.soft(" · ").name(owner);
    }
    if let Some(day) = row.day {
        line = line.soft(format!(" · day {day}"));
    }
    if row.times > 1 {
        line = line.soft(format!(" · {}", nth(row.times)));
    }
    let mark = match (row.done, row.dropped, row.times) {
        (true, ..) => Mark::Done,
        (_, true, _) => Mark::Cut,
        (.., 2..) => Mark::Carried,
        _ => Mark::Open,
    };
    Entry::new(mark, line)
}

/// `2nd time`.
fn nth(times: u64) -> String {
    let ending = match (times % 10, times % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{times}{ending} time")
}

fn actions(summary: &Summary) -> Option<Section> {
    let done = summary.actions.iter().filter(|it| it.done).count() as u64;
    let entries: Vec<Entry> = summary.actions.iter().map(action).collect();
    let all = entries.len() as u64;
    let blocks = match entries.is_empty() {
        true => Vec::new(),
        false => vec![Block::list(entries, MOST)],
    };
    section("Actions of the retro before", of(done, all), blocks, false)
}

fn next(summary: &Summary, about: &About<'_>) -> Option<Section> {
    let next = &summary.next;
    let mut blocks = Vec::new();
    if !next.actions.is_empty() {
        blocks.push(Block::Over("Actions"));
        blocks.push(Block::list(next.actions.iter().map(action).collect(), MOST));
    }
    if !next.tasks.is_empty() {
        blocks.push(Block::Over("Tasks"));
        let mark = |row: &TaskRow| match row.times_carried {
            0 => Mark::Open,
            _ => Mark::Carried,
        };
        let tasks = next.tasks.iter().map(|row| task(row, mark(row)));
        blocks.push(Block::list(tasks.collect(), MOST));
    }
    if !next.debt.is_empty() {
        blocks.push(Block::Over("Debt that is carried"));
        blocks.push(list(about, &next.debt, MOST));
    }
    if !next.features.is_empty() {
        let mut line = Line::new().soft("On the whiteboard: ");
        for (at, feature) in next.features.iter().take(8).enumerate() {
            if at > 0 {
                line = line.plain(", ");
            }
            line = line.words(feature);
        }
        blocks.push(Block::Sentence(line.plain(".")));
    }
    let beside = match (next.hack, &next.week) {
        (Some(hack), Some(week)) => Line::of(format!("hack {hack}, ")).words(week),
        (_, Some(week)) => Line::new().words(week),
        _ => Line::new(),
    };
    section("Next week", beside, blocks, true)
}

fn trend(summary: &Summary) -> Option<Section> {
    if summary.trend.len() < 2 {
        return None;
    }
    let pair = |part: Option<u32>, whole: Option<u32>| match (part, whole) {
        (Some(part), Some(whole)) => of(part.into(), whole.into()),
        _ => Line::new(),
    };
    let row = |row: &TrendRow| {
        let name = row.hack.map_or_else(
            || Line::new().words(&row.week),
            |hack| Line::of(format!("hack {hack}")),
        );
        let planning = row
            .planning
            .map(|it| clock(chrono::TimeDelta::seconds(it.into())));
        vec![
            name,
            pair(row.tasks_done, row.tasks_planned.filter(|it| *it > 0)),
            pair(row.debt_paid, row.debt_opened),
            pair(row.promises_kept, row.promises_made.filter(|it| *it > 0)),
            planning.map_or_else(Line::new, Line::of),
            row.mood
                .map_or_else(Line::new, |mood| Line::of(format!("{mood:.1}"))),
        ]
    };
    let table = Table {
        caption: "The last weeks",
        columns: vec![
            ("Week", false),
            ("Tasks done", true),
            ("Debt paid", true),
            ("Promises kept", true),
            ("Planning", true),
            ("Mood", true),
        ],
        rows: summary.trend.iter().map(row).collect(),
    }
    .without_empty_columns();
    let beside = Line::of(plural(summary.trend.len() as u64, "week", "weeks"));
    section("The last weeks", beside, vec![Block::Table(table)], false)
}

fn roadmap(summary: &Summary) -> Option<Section> {
    let roadmap = summary.roadmap.as_ref()?;
    let mut blocks = Vec::new();
    if let Some(is) = &roadmap.is {
        blocks.push(Block::Sentence(Line::new().words(is)));
    }
    let way = |name: &'static str, row: &MilestoneRow| {
        let mut line = Line::new().strong(name);
        line = line.plain(format!(
            ": {}",
            plural(row.left.into(), "task left", "tasks left")
        ));
        if let Some(before) = row.left_before {
            line = line.plain(format!(", {} before", count(before.into())));
        }
        line = match (row.left, row.hack, &row.week) {
            (0, ..) => line.plain(". Done"),
            (_, Some(hack), _) => line.plain(format!(". Say hack {hack}")),
            (_, None, Some(week)) => line.plain(". Say ").words(week),
            _ => line.plain(". No pace yet"),
        };
        if let Some(percent) = row.percent {
            line = line.plain(format!(" ({percent}%)"));
        }
        line.plain(".")
    };
    blocks.push(Block::Sentence(way("Alpha", &roadmap.alpha)));
    blocks.push(Block::Sentence(way("Beta", &roadmap.beta)));
    if !roadmap.after.is_empty() {
        // One by one: together they are longer than a piece may be.
        let say = |line: Line, say: &String| match line.is_empty() {
            true => line.words(say),
            false => line.plain(" ").words(say),
        };
        blocks.push(Block::Sentence(roadmap.after.iter().fold(Line::new(), say)));
    }
    section("Roadmap", Line::new(), blocks, false)
}

fn team(summary: &Summary) -> Option<Section> {
    let mut blocks = Vec::new();
    let is_written = summary.tasks.planned > 0
        || !summary.promises.promises.is_empty()
        || !summary.shows.is_empty()
        || summary.learned.cards > 0;
    if !is_written {
        blocks.push(Block::Sentence(Line::new().soft(
            "Nobody wrote down tasks, promises or cards in this week: this is what git tells.",
        )));
    }
    if !summary.people.is_empty() {
        let shown = &summary.people[..summary.people.len().min(20)];
        let mut line = Line::new().soft("In it: ").names(shown, "");
        if summary.people.len() > shown.len() {
            let more = count((summary.people.len() - shown.len()) as u64);
            line = line.soft(format!(" and {more} more"));
        }
        blocks.push(Block::Sentence(line.plain(".")));
    }
    let mut parts = Vec::new();
    if let Some(mood) = summary.mood {
        parts.push(format!("Mood {mood:.1} of 5"));
    }
    if let Some(planning) = summary.planning {
        let clocked = |seconds: u64| clock(chrono::TimeDelta::seconds(seconds as i64));
        let (spent, limit) = (clocked(planning.spent), clocked(planning.limit));
        parts.push(format!("Planning {spent} of {limit}"));
    }
    if !parts.is_empty() {
        blocks.push(Block::Sentence(Line::of(format!("{}.", parts.join(". ")))));
    }
    if let Some(beer) = &summary.beer {
        blocks.push(Block::Sentence(Line::new().soft("Beer: ").words(beer)));
    }
    section("The team", Line::new(), blocks, true)
}
