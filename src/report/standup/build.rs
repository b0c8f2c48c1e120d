//! From the facts of a week to its standup.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::{CommitRow, Parked, Person, Round, SCHEMA, Since, SinceWhat, Standup};
use crate::report::commits::Commit;
use crate::report::debt::{EventKind, Item, ReportWeek, Status};
use crate::report::facts::Facts;
use crate::report::figures::WeekDebt;
use crate::report::order::by_risk;
use crate::report::rows::{BlockerRow, filled, seconds};
use crate::report::who::{self, Somebody};
use crate::report::words;
use crate::week::round::{self, RoundName, Turn};
use crate::week::{Board, Id, Week};

/// From when on commits are new at a moment: see [`SinceWhat`].
pub fn since(board: &Board, week: &Week, at: DateTime<Utc>) -> (DateTime<Utc>, SinceWhat) {
    let zone = week.zone();
    let date = zone.date_of(at);
    if let Some(began) = board.last_standup_before(date) {
        return (began, SinceWhat::LastStandup);
    }
    let start = |day: &crate::week::Day| zone.start_of(day.date).to_utc();
    let days = week.days();
    match days.iter().rfind(|day| day.date < date) {
        Some(last) => (start(last), SinceWhat::LastWorkDay),
        None => {
            let first = days.first().map_or(week.span().start, start);
            (first, SinceWhat::WeekStart)
        }
    }
}

/// The standup of a moment. People are matched by their mail addresses; who is in no team appears
/// under the name of the commits.
pub fn standup(facts: &Facts<'_>) -> Standup {
    let (board, week, at) = (facts.board, facts.week, facts.at());
    let date = week.zone().date_of(at);
    let today = week.day_at(at);
    let record = board.week(week.name()).record();
    let (since, what) = since(board, week, at);
    let round = board.round_or_new(RoundName::Standup(date), facts.rules);
    Standup {
        schema: SCHEMA.to_owned(),
        generated_at: facts.local(facts.now),
        at: facts.local(at),
        week: ReportWeek::of(week),
        repositories: facts.repositories(),
        hack: record.number,
        title: filled(&record.title),
        goal: filled(&record.goal),
        demo_at: record.demo_at.map(|at| facts.local(at)),
        date,
        day: today.map(|day| day.number),
        phase: today.map(|day| day.phase.words().to_owned()),
        since: Since {
            at: facts.local(since),
            what,
        },
        people: people(facts, &round, since),
        round: round_row(facts, &round),
        promises: promises(facts),
        parked: parked(facts),
        blockers: blockers(facts),
        debt: WeekDebt::of(facts.report, week, at),
    }
}

fn round_row(facts: &Facts<'_>, round: &round::Round) -> Round {
    let at = facts.at();
    Round {
        began: round.began.map(|at| facts.local(at)),
        ended: round.ended.map(|at| facts.local(at)),
        lasted: seconds(round.lasted(at)),
        limit: round.limit.into(),
        each: round.seconds_each.into(),
        behind: round.behind(at).num_seconds(),
        shuffled: round.seed.is_some(),
    }
}

fn promises(facts: &Facts<'_>) -> Vec<crate::report::rows::PromiseRow> {
    let zone = facts.week.zone();
    let board = facts.board.week(facts.week.name());
    let due = board.promises_due(zone.date_of(facts.at()), zone);
    due.into_iter().map(|it| facts.promise(it)).collect()
}

fn parked(facts: &Facts<'_>) -> Vec<Parked> {
    let topics = facts.board.week(facts.week.name()).parked().into_iter();
    let row = |topic: &crate::week::standup::Parked| Parked {
        text: topic.text.clone(),
        by: topic.by.as_ref().map(|by| facts.name(by)),
        on: topic.on,
    };
    topics.map(row).collect()
}

/// The blockers of the week, and those of earlier weeks that still stop somebody.
fn blockers(facts: &Facts<'_>) -> Vec<BlockerRow> {
    let at = facts.at();
    let mut blockers: Vec<_> = facts.board.blockers.values().collect();
    let name = facts.week.name();
    blockers.retain(|it| it.week == name || (it.is_open() && it.since <= at));
    blockers.sort_by_key(|blocker| blocker.since);
    blockers.into_iter().map(|it| facts.blocker(it)).collect()
}

/// What each person did and has to do.
fn people(facts: &Facts<'_>, round: &round::Round, since: DateTime<Utc>) -> Vec<Person> {
    let board = facts.board;
    let told = told(facts.report.items.iter());
    let mut commits: BTreeMap<Somebody, Vec<CommitRow>> = BTreeMap::new();
    let mut others: BTreeMap<Somebody, String> = BTreeMap::new();
    let everybody = board.team().is_empty();
    for commit in facts.commits {
        let time = commit.time.to_utc();
        let by = who::of(board, &commit.author);
        let is_new = time >= since && time <= facts.at();
        if is_new || (everybody && facts.week.span().contains(&time)) {
            others.entry(by.clone()).or_insert_with(|| called(commit));
        }
        if is_new {
            commits.entry(by).or_default().push(row(commit, &told));
        }
    }
    let mut owes: BTreeMap<Somebody, Vec<&Item>> = BTreeMap::new();
    for item in facts.report.items.iter().filter(|it| is_owed(facts, it)) {
        let word = board.debts.get(item.id.as_str());
        let by = match word.and_then(|word| word.owner.clone()) {
            Some(owner) => Somebody::Team(owner),
            None => who::of(board, &item.introduced.author),
        };
        let name = || words::name(&item.introduced.author).to_owned();
        others.entry(by.clone()).or_insert_with(name);
        owes.entry(by).or_default().push(item);
    }
    let next = round.next().map(|speaker| &speaker.person);
    let at = facts.at();
    let mut people = Vec::new();
    let mut met: HashSet<&Id> = HashSet::new();
    for speaker in &round.speakers {
        met.insert(&speaker.person);
        let mut person = nobody(board.name(&speaker.person).to_owned());
        person.turn = Some(speaker.turn);
        person.next = round.ended.is_none() && next == Some(&speaker.person);
        // Who came late and spoke was there.
        person.away = speaker.away && speaker.turn == Turn::Waiting;
        person.spoke = seconds(speaker.timer.spent(at));
        work_of(facts, &speaker.person, &mut person);
        let who = Somebody::Team(speaker.person.clone());
        fill(facts, &mut person, commits.remove(&who), owes.remove(&who));
        people.push(person);
    }
    let mut rest = Vec::new();
    for (who, name) in others {
        // A program has no turn, and nobody asks it what it does today.
        if !matches!(who, Somebody::Team(_)) && words::is_bot(&name) {
            continue;
        }
        let mut person = nobody(name);
        if let Somebody::Team(id) = &who {
            if met.contains(id) {
                continue;
            }
            // Who left the team and still commits or owes.
            person.name = board.name(id).to_owned();
            work_of(facts, id, &mut person);
        }
        fill(facts, &mut person, commits.remove(&who), owes.remove(&who));
        rest.push(person);
    }
    rest.sort_by_key(|person| Reverse((person.commits.len(), person.owes.len())));
    people.extend(rest);
    people
}

fn called(commit: &Commit) -> String {
    words::name(&commit.author).to_owned()
}

fn nobody(name: String) -> Person {
    Person {
        name,
        id: None,
        you: false,
        turn: None,
        next: false,
        away: false,
        spoke: 0,
        commits: Vec::new(),
        opened: 0,
        paid: 0,
        owes: Vec::new(),
        today: Vec::new(),
        blocked: Vec::new(),
    }
}

/// What the board has of somebody.
fn work_of(facts: &Facts<'_>, id: &Id, person: &mut Person) {
    person.id = Some(id.to_string());
    person.you = facts.me == Some(id);
    let tasks = facts.board.week(facts.week.name());
    let tasks = tasks.today_of(id, day_or_last(facts));
    person.today = tasks.into_iter().map(|task| facts.task(task)).collect();
    let blockers = facts.board.blockers.values();
    let mut own: Vec<_> = blockers
        .filter(|it| it.person == *id && it.is_open() && it.since <= facts.at())
        .collect();
    own.sort_by_key(|blocker| blocker.since);
    person.blocked = own.into_iter().map(|it| facts.blocker(it)).collect();
}

fn fill(
    facts: &Facts<'_>,
    person: &mut Person,
    commits: Option<Vec<CommitRow>>,
    owes: Option<Vec<&Item>>,
) {
    person.commits = commits.unwrap_or_default();
    person.opened = person.commits.iter().map(|commit| commit.opened).sum();
    person.paid = person.commits.iter().map(|commit| commit.paid).sum();
    let mut owes = owes.unwrap_or_default();
    owes.sort_by_key(|&item| by_risk(item));
    person.owes = owes.into_iter().map(|item| facts.debt(item)).collect();
}

/// Today, or on a free day the last day before it; 1 before the first.
fn day_or_last(facts: &Facts<'_>) -> u8 {
    let date = facts.week.zone().date_of(facts.at());
    let mut days = facts.week.days().iter();
    let begun = days.rfind(|day| day.date <= date);
    begun.map_or(1, |day| day.number)
}

/// Whether an item is somebody's to answer for in this week: it is open, and came in the week, was
/// carried into it, or was taken. Older debt is the team's, and is in the debt report.
fn is_owed(facts: &Facts<'_>, item: &Item) -> bool {
    if item.status != Status::Open {
        return false;
    }
    let day = facts.week.day_of(item.introduced.time.to_utc());
    let word = facts.board.debts.get(item.id.as_str());
    let taken = word.is_some_and(|word| word.owner.is_some());
    day.is_some() || taken || item.carried_from.is_some()
}

/// How many declared items each commit brought in or back, and how many went with it.
fn told<'a>(items: impl Iterator<Item = &'a Item>) -> HashMap<(&'a str, &'a str), (u64, u64)> {
    let mut told: HashMap<_, (u64, u64)> = HashMap::new();
    for item in items {
        for event in &item.history {
            let key = (item.repository.as_str(), event.commit.as_str());
            match event.event {
                EventKind::Introduced | EventKind::Reopened => told.entry(key).or_default().0 += 1,
                EventKind::Paid => told.entry(key).or_default().1 += 1,
                EventKind::Moved | EventKind::Edited => {}
            }
        }
    }
    told
}

fn row(commit: &Commit, told: &HashMap<(&str, &str), (u64, u64)>) -> CommitRow {
    let key = (commit.repository.as_str(), commit.id.as_str());
    let (opened, paid) = told.get(&key).copied().unwrap_or_default();
    CommitRow {
        repository: commit.repository.clone(),
        id: commit.id.clone(),
        time: commit.time,
        subject: commit.subject.clone(),
        merge: commit.merge,
        opened,
        paid,
    }
}
