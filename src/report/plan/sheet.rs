//! What a plan says, in which order.

use super::{Person, Plan};
use crate::report::people::{Promise, Task};
use crate::report::sheet::{Block, Entry, Line, Mark, Section, Sheet};
use crate::report::standup::heading;
use crate::report::words::{count, plural};
use crate::week::timer::clock;

/// Tasks of one list, promises.
const MOST: usize = 40;

/// Lays a plan out.
pub(in crate::report) fn sheet(plan: &Plan) -> Sheet {
    let mut sections: Vec<Section> = tasks(plan);
    sections.extend(promises(plan));
    sections.extend(cut(plan));
    let title = Line::of("Plan of ").words(&plan.week.name);
    Sheet {
        title: heading(title, plan.hack, plan.title.as_deref()),
        about: about(plan),
        lead: lead(plan),
        sections,
        ..Sheet::default()
    }
}

fn about(plan: &Plan) -> Line {
    let mut line = Line::new();
    let days = &plan.week.days;
    if let (Some(first), Some(last)) = (days.first(), days.last()) {
        let (first, last) = (first.date.format("%-d %b"), last.date.format("%-d %b %Y"));
        line = line.soft(format!("{first} to {last} · "));
    }
    line = line.soft(format!("{} planned", plural(plan.planned, "task", "tasks")));
    if plan.carried_in > 0 {
        let carried = count(plan.carried_in);
        line = line.soft(format!(", {carried} of them carried in"));
    }
    line = line.soft(format!(", {} done", count(plan.done)));
    if let Some(hour) = plan.planning {
        let time = |seconds: i64| clock(chrono::TimeDelta::seconds(seconds));
        let (spent, limit) = (time(hour.spent), time(hour.limit));
        let runs = if hour.runs { ", running" } else { "" };
        line = line.soft(format!(" · planning {spent} of {limit}{runs}"));
    }
    line
}

/// What it is all for.
fn lead(plan: &Plan) -> Line {
    if plan.skipped {
        return Line::of("No hack in this week.");
    }
    let line = match &plan.goal {
        Some(goal) => Line::new().strong("Goal: ").words(goal),
        None => Line::of("Nobody has said yet what will be shown."),
    };
    match plan.demo_at {
        Some(at) => line.plain(format!(" Demo {}.", at.format("%a %H:%M"))),
        None => line,
    }
}

fn tasks(plan: &Plan) -> Vec<Section> {
    let mut sections = vec![Section {
        title: Line::of("Tasks"),
        beside: Line::of(format!(
            "{} of {} done",
            count(plan.done),
            count(plan.planned)
        )),
        level: 1,
        brief: true,
        ..Section::default()
    }];
    let (busy, free): (Vec<&Person>, Vec<&Person>) = plan
        .people
        .iter()
        .partition(|person| !person.tasks.is_empty());
    if busy.is_empty() {
        let nothing = Line::new().soft("Nothing is planned yet: hackweek task add TEXT.");
        sections[0].blocks.push(Block::Sentence(nothing));
    } else if !free.is_empty() {
        let names: Vec<String> = free
            .iter()
            .filter_map(|person| person.name.clone())
            .collect();
        let free = Line::new().soft("Without a task: ").names(&names, "");
        sections[0].blocks.push(Block::Sentence(free));
    }
    sections.extend(busy.into_iter().map(|person| of_person(person, plan)));
    sections
}

fn of_person(person: &Person, plan: &Plan) -> Section {
    let own = count(person.tasks.len() as u64);
    let (title, beside) = match &person.name {
        Some(name) => {
            let most = count(plan.tasks_each);
            (Line::new().name(name), format!("{own} of {most}"))
        }
        None => (Line::of("Nobody's"), own),
    };
    let entries = person.tasks.iter().map(task).collect();
    Section {
        title,
        beside: Line::of(beside),
        blocks: vec![Block::list(entries, MOST)],
        level: 2,
        brief: true,
        narrow: true,
    }
}

fn task(task: &Task) -> Entry {
    let mut line = Line::new().label(&task.id).plain(" ").words(&task.text);
    if let Some(day) = task.day {
        line = line.soft(format!(", day {day}"));
    }
    if !task.waits_for.is_empty() {
        line = line.soft(", waits for ").names(&task.waits_for, "");
    }
    if !task.gives_to.is_empty() {
        line = line.soft(", for ").names(&task.gives_to, "");
    }
    if let Some(from) = task.carried_from.last() {
        line = line.soft(", carried from ").words(from);
    }
    if let Some(note) = &task.note {
        line = line.soft(", ").words(note);
    }
    let mark = match task.status.as_str() {
        "done" => Mark::Done,
        "cut" => Mark::Cut,
        _ if !task.carried_from.is_empty() => Mark::Carried,
        _ => Mark::Open,
    };
    Entry::new(mark, line)
}

fn promises(plan: &Plan) -> Option<Section> {
    let entries: Vec<Entry> = plan.promises.iter().map(promise).collect();
    (!entries.is_empty()).then(|| Section {
        title: Line::of("Promises"),
        beside: Line::of(count(entries.len() as u64)),
        blocks: vec![Block::list(entries, MOST)],
        level: 1,
        brief: true,
        narrow: false,
    })
}

/// Who gives what to whom, what stands in until when.
fn promise(promise: &Promise) -> Entry {
    let mut line = (Line::new().name(&promise.from).plain(" to "))
        .names(&promise.to, "all")
        .plain(": ")
        .words(&promise.what);
    if let Some(shape) = &promise.shape {
        line = line.soft(", as ").quote(shape);
    }
    if let Some(stand_in) = &promise.stand_in {
        line = line.soft(", until then ").words(stand_in);
    }
    if let Some(path) = &promise.stand_in_path {
        line = line.soft(" in ").place(path, None);
    }
    if let Some(due) = promise.due {
        line = line.soft(format!(" · due {}", due.format("%a %H:%M")));
    }
    line = line.soft(format!(" · {}", promise.state.replace('_', " ")));
    let mark = match promise.state.as_str() {
        "real" => Mark::Done,
        "broken" => Mark::Cut,
        _ if promise.overdue => Mark::Blocked,
        _ => Mark::Open,
    };
    match promise.overdue {
        true => Entry::new(mark, line.plain(" · ").bad("overdue")),
        false => Entry::new(mark, line),
    }
}

fn cut(plan: &Plan) -> Option<Section> {
    let entries: Vec<Entry> = plan.cut.iter().map(task).collect();
    (!entries.is_empty()).then(|| Section {
        title: Line::of("Cut if the hour runs out"),
        beside: Line::of(count(entries.len() as u64)),
        blocks: vec![Block::list(entries, MOST)],
        level: 1,
        brief: false,
        narrow: true,
    })
}
