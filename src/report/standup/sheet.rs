//! What a standup says, in which order.

use super::{Person, SinceWhat, Standup};
use crate::report::rows::{BlockerRow, PromiseRow, TaskRow};
use crate::report::sheet::debt::{About, list, meter};
use crate::report::sheet::{Block, Entry, Line, Mark, Section, Sheet};
use crate::report::words::{count, plural};
use crate::week::round::Turn;
use crate::week::timer::clock;

/// Commits and items of one person.
const MOST: usize = 8;

/// People who are told one by one.
const MOST_PEOPLE: usize = 16;

/// Lays a standup out.
pub(in crate::report) fn sheet(standup: &Standup) -> Sheet {
    let about = About::new(
        standup.at,
        standup.generated_at,
        &standup.week,
        &standup.repositories,
    );
    let mut sections = people(standup, &about);
    sections.extend(promises(standup));
    sections.extend(blockers(standup));
    sections.extend(parked(standup));
    sections.extend(debt(standup, &about));
    Sheet {
        title: title(standup),
        about: looked_at(standup, &about),
        lead: about.lead(&standup.debt),
        meter: meter(&standup.debt),
        sections,
        foot: Line::of(
            "+ is debt that came in with a commit, - is debt that went with it. Somebody owes what is \
             open and came in this week, was carried into it, or was taken by them.",
        ),
    }
}

fn title(standup: &Standup) -> Line {
    let date = standup.date.format("%a %-d %b %Y");
    let line = Line::of(format!("Standup, {date}"));
    heading(line, standup.hack, standup.title.as_deref())
}

/// A heading with the number of the hack and what the project is called.
pub(in crate::report) fn heading(line: Line, hack: Option<u32>, title: Option<&str>) -> Line {
    let line = match hack {
        Some(number) => line.plain(format!(" · hack {number}")),
        None => line,
    };
    match title {
        Some(title) => line.plain(" · ").words(title),
        None => line,
    }
}

fn looked_at(standup: &Standup, about: &About<'_>) -> Line {
    let mut line = about.names().soft(" · ").words(&standup.week.name);
    if let (Some(day), Some(phase)) = (standup.day, &standup.phase) {
        line = line.soft(format!(", day {day}: ")).words(phase);
    }
    let since = standup.since.at.format("%a %-d %b %H:%M");
    let what = match standup.since.what {
        SinceWhat::LastStandup => "the last standup",
        SinceWhat::LastWorkDay => "the last work day",
        SinceWhat::WeekStart => "the start of the week",
    };
    line = line.soft(format!(" · since {what}, {since}"));
    if standup.at != standup.generated_at {
        let now = standup.generated_at.format("%-d %b %Y");
        line = line.soft(format!(" · the week is over; its debt as of {now}"));
    }
    let round = &standup.round;
    if round.began.is_some() {
        let lasted = clock(chrono::TimeDelta::seconds(round.lasted as i64));
        let limit = clock(chrono::TimeDelta::seconds(round.limit as i64));
        line = line.soft(format!(" · {lasted} of {limit}"));
    }
    line
}

fn people(standup: &Standup, about: &About<'_>) -> Vec<Section> {
    let mut sections = vec![Section {
        title: Line::of("People"),
        beside: Line::of(count(standup.people.len() as u64)),
        level: 1,
        brief: true,
        narrow: false,
        blocks: Vec::new(),
    }];
    let (busy, quiet): (Vec<&Person>, Vec<&Person>) = standup.people.iter().partition(|person| {
        let has = !person.commits.is_empty() || !person.owes.is_empty();
        has || !person.today.is_empty() || !person.blocked.is_empty()
    });
    let told = busy.iter().take(MOST_PEOPLE);
    let told = told.map(|person| one(person, about));
    let rest = busy.iter().skip(MOST_PEOPLE).chain(&quiet);
    let rest: Vec<Entry> = rest
        .map(|person| Entry::new(turn(person), row(person)))
        .collect();
    if standup.people.is_empty() {
        sections[0].blocks.push(Block::Sentence(Line::new().soft(
            "Nobody committed in this week, and there is no team yet: hackweek team add NAME.",
        )));
    }
    sections.extend(told);
    if !rest.is_empty() {
        sections.push(Section {
            title: Line::of("Others"),
            beside: Line::of(count(rest.len() as u64)),
            blocks: vec![Block::list(rest, 40)],
            level: 2,
            brief: false,
            narrow: false,
        });
    }
    sections
}

fn turn(person: &Person) -> Mark {
    match (person.turn, person.away) {
        (_, true) => Mark::Cut,
        (Some(Turn::Done), _) => Mark::Done,
        (Some(Turn::Speaking), _) => Mark::Now,
        (Some(Turn::Waiting), _) => Mark::Open,
        (None, _) => Mark::None,
    }
}

fn row(person: &Person) -> Line {
    Line::new()
        .name(&person.name)
        .soft(format!(": {}", figures(person)))
}

/// `3 commits, +4 -1 debt, owes 3`.
fn figures(person: &Person) -> String {
    let mut parts = vec![plural(person.commits.len() as u64, "commit", "commits")];
    if person.opened + person.paid > 0 {
        let (opened, paid) = (count(person.opened), count(person.paid));
        parts.push(format!("+{opened} -{paid} debt"));
    }
    if !person.owes.is_empty() {
        parts.push(format!("owes {}", count(person.owes.len() as u64)));
    }
    if person.away {
        parts.push("away".to_owned());
    }
    if person.spoke > 0 {
        let spoke = clock(chrono::TimeDelta::seconds(person.spoke as i64));
        parts.push(format!("spoke {spoke}"));
    }
    parts.join(", ")
}

fn one(person: &Person, about: &About<'_>) -> Section {
    let mut blocks = Vec::new();
    if !person.commits.is_empty() {
        blocks.push(Block::Over("Did"));
        let commits = person.commits.iter().map(|it| {
            let mut line = Line::new().soft(it.time.format("%a %H:%M ").to_string());
            line = line.and(about.commit(&it.repository, &it.id)).plain(" ");
            line = match it.subject.trim() {
                "" => line.soft("(no words)"),
                subject => line.quote(subject),
            };
            if it.opened > 0 {
                line = line.plain(" ").strong(format!("+{}", count(it.opened)));
            }
            if it.paid > 0 {
                line = line.plain(" ").strong(format!("-{}", count(it.paid)));
            }
            Entry::new(Mark::None, line)
        });
        blocks.push(Block::list(commits.collect(), MOST));
    }
    if !person.owes.is_empty() {
        blocks.push(Block::Over("Owes"));
        let owes = person.owes.iter();
        let owes = owes.map(|row| Entry::new(Mark::Open, about.item(row, false)));
        blocks.push(Block::list(owes.collect(), MOST));
    }
    if !person.today.is_empty() {
        blocks.push(Block::Over("Today"));
        let tasks = person.today.iter().map(task);
        blocks.push(Block::list(tasks.collect(), MOST));
    }
    if !person.blocked.is_empty() {
        blocks.push(Block::Over("Blocked"));
        let blocked = person.blocked.iter().map(|it| blocker(it, false));
        blocks.push(Block::list(blocked.collect(), MOST));
    }
    Section {
        title: Line::new().name(&person.name),
        beside: Line::of(figures(person)),
        blocks,
        level: 2,
        brief: true,
        narrow: false,
    }
}

/// An open task.
fn task(row: &TaskRow) -> Entry {
    let mut line = Line::new().label(&row.id).plain(" ").words(&row.text);
    if let Some(note) = &row.note {
        line = line.soft(", ").words(note);
    }
    if !row.waits_for.is_empty() {
        line = line.soft(", waits for ").names(&row.waits_for, "");
    }
    let mark = if row.times_carried > 0 {
        Mark::Carried
    } else {
        Mark::Open
    };
    Entry::new(mark, line)
}

fn blocker(row: &BlockerRow, with_name: bool) -> Entry {
    let mut line = Line::new().words(&row.text);
    if with_name {
        line = line.soft(" · ").name(&row.person);
    }
    let since = row.since.format("%a %H:%M");
    let minutes = row.lasts / 60;
    let lasts = match (minutes / (24 * 60), minutes / 60 % 24, minutes % 60) {
        (0, 0, minutes) => format!("{minutes}m"),
        (0, hours, minutes) => format!("{hours}h {minutes}m"),
        (days, hours, _) => format!("{days}d {hours}h"),
    };
    match row.solved {
        Some(_) => Entry::new(Mark::Done, line.soft(format!(" · solved after {lasts}"))),
        None => Entry::new(
            Mark::Blocked,
            line.soft(format!(" · since {since}, {lasts}")),
        ),
    }
}

/// A promise: when it is due, who gives what to whom.
pub(in crate::report) fn promise(row: &PromiseRow) -> Line {
    let mut line = Line::new();
    if let Some(due) = row.due {
        line = line.plain(due.format("%a %H:%M ").to_string());
    }
    line = line
        .name(&row.from)
        .plain(" to ")
        .names(&row.to, "all")
        .plain(": ");
    line.words(&row.what)
}

fn section(title: &str, figure: usize, entries: Vec<Entry>) -> Option<Section> {
    (!entries.is_empty()).then(|| Section {
        title: Line::of(title),
        beside: Line::of(count(figure as u64)),
        blocks: vec![Block::list(entries, 20)],
        level: 1,
        brief: true,
        narrow: true,
    })
}

fn promises(standup: &Standup) -> Option<Section> {
    let entries = standup.promises.iter().map(|row| {
        let line = promise(row).soft(format!(" · {}", row.state.words()));
        match row.overdue {
            true => Entry::new(Mark::Blocked, line.plain(" · ").bad("overdue")),
            false => Entry::new(Mark::Open, line),
        }
    });
    section(
        "Promises due today",
        standup.promises.len(),
        entries.collect(),
    )
}

fn blockers(standup: &Standup) -> Option<Section> {
    let open = standup
        .blockers
        .iter()
        .filter(|it| it.solved.is_none())
        .count();
    let entries = standup.blockers.iter().map(|row| blocker(row, true));
    section("Blockers", open, entries.collect()).map(|section| Section {
        beside: Line::of(format!("{} open", count(open as u64))),
        ..section
    })
}

fn parked(standup: &Standup) -> Option<Section> {
    let entries = standup.parked.iter().map(|row| {
        let line = Line::new().words(&row.text);
        let line = match &row.by {
            Some(by) => line.soft(" · ").name(by),
            None => line,
        };
        Entry::new(Mark::Open, line)
    });
    section("Parking lot", standup.parked.len(), entries.collect())
}

fn debt(standup: &Standup, about: &About<'_>) -> Option<Section> {
    let debt = &standup.debt;
    let mut blocks = Vec::new();
    if debt.opened > 0 {
        blocks.push(about.days(debt));
        blocks.extend(about.by_repository(debt));
    }
    // Who is in nobody's list of people would not be seen.
    let hidden = standup
        .people
        .iter()
        .skip(MOST_PEOPLE)
        .flat_map(|it| &it.owes);
    let hidden: Vec<_> = hidden.collect();
    if !hidden.is_empty() {
        blocks.push(Block::Over("Owed by others"));
        blocks.push(list(about, hidden, 20));
    }
    blocks.extend(about.apart(debt).into_iter().map(Block::Sentence));
    (!blocks.is_empty()).then(|| Section {
        title: Line::of("Debt so far"),
        beside: Line::of(format!("{} open", count(debt.open))),
        blocks,
        level: 1,
        brief: false,
        narrow: false,
    })
}
