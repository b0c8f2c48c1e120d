//! What is said of the selected promise or task.

use ratatui::layout::Rect;

use super::grid::Grid;
use super::panes::Focus;
use super::state::State;
use super::words::{carried, gives, is_late, promise_line, promises_to, receivers, waits};
use crate::report::safe_text::width;
use crate::tui::glyphs::Glyphs;
use crate::tui::screens::called::{name, number};
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::when;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::{safe, wrap};
use crate::tui::widgets::wording::{Mixed, Theirs, Wording};
use crate::week::promise::{Promise, PromiseState};
use crate::week::task::{Task, TaskStatus};

/// Most columns of the names of people.
const NAMES: usize = 14;

/// Most rows that a text takes.
const LONGEST: usize = 3;

/// A line: the word before it, dim, and what it says.
type Line = (String, Box<dyn Wording>, Ink);

/// How many rows it has below its rule: as many whatever is selected, or the lists above would move.
pub(super) fn wants(height: u16) -> usize {
    if height >= 34 { 8 } else { 4 }
}

/// Draws it.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let grid = Grid::of(seen);
    let glyphs = canvas.glyphs();
    let promise = state.promise_of(seen);
    let (title, open) = match (state.focus, state.task_in(&grid), promise) {
        (Focus::Tasks, Some(task), _) => {
            let owner = task.owner.as_ref().map(|owner| name(seen, owner));
            let owner = owner.unwrap_or_else(|| "nobody".to_owned());
            let day = task.day.and_then(|day| seen.week().day(day).copied());
            let day = day.map(|day| format!(" {} {}", glyphs.dot, day.date.format("%a")));
            let title = format!("{} {} {owner}", number(seen, task), glyphs.dot);
            let title = format!("{title}{}", day.unwrap_or_default());
            let open = match promises_to(seen, task).is_empty() {
                true => "e edit  D day  w waits",
                false => "e edit  enter its promise",
            };
            ((title.clone(), Theirs(title)), open)
        }
        (Focus::Promises, _, Some(promise)) => {
            let people = (name(seen, &promise.from), receivers(seen, promise));
            let title = format!("{} {} {}", people.0, glyphs.arrow, people.1);
            let open = match promise.waiting.is_empty() {
                true => "e edit  s say  b broken",
                false => "e edit  enter its task",
            };
            ((String::new(), Theirs(title)), open)
        }
        _ => return,
    };
    canvas.rule(area, area.y, false, &title, open);
    let (left, right) = both(state, &grid, seen, area.width, glyphs);
    let half = halves(area.width, !right.is_empty());
    let sides = [
        (left, area.x + 3, half.saturating_sub(4)),
        (right, area.x + half, area.width.saturating_sub(half + 1)),
    ];
    for (lines, x, room) in sides {
        let labels = lines.iter().map(|(label, ..)| width(label)).max();
        let labels = u16::try_from(labels.unwrap_or(0).min(NAMES)).unwrap_or(0);
        let gap = if labels > 0 { 2 } else { 0 };
        for ((label, text, ink), y) in lines.iter().zip(area.y + 1..area.bottom()) {
            canvas.text(x, y, labels, &Theirs(label), Ink::Dim);
            let room = room.saturating_sub(labels + gap);
            canvas.text(x + labels + gap, y, room, text.as_ref(), *ink);
        }
    }
}

/// Where the right side begins; without one it is at the end.
fn halves(wide: u16, right: bool) -> u16 {
    match right {
        true => wide * 11 / 20,
        false => wide,
    }
}

/// The lines of both sides, at a width.
fn both(
    state: &State,
    grid: &Grid<'_>,
    seen: &Seen<'_>,
    wide: u16,
    glyphs: &Glyphs,
) -> (Vec<Line>, Vec<Line>) {
    match (state.focus, state.task_in(grid), state.promise_of(seen)) {
        (Focus::Tasks, Some(task), _) => (of_task(seen, task, wide, glyphs), Vec::new()),
        (Focus::Promises, _, Some(promise)) => {
            let right = terms(seen, promise);
            let labels = promise.said.iter().map(|(id, _)| width(&name(seen, id)));
            let labels = labels.max().unwrap_or(0).min(NAMES) + 2;
            let cells = halves(wide, true).saturating_sub(5);
            let cells = usize::from(cells).saturating_sub(labels);
            let left = said(seen, promise, cells, glyphs.more);
            (left, right)
        }
        _ => (Vec::new(), Vec::new()),
    }
}

/// What people said of a promise, each in their words.
fn said(seen: &Seen<'_>, promise: &Promise, cells: usize, more: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    // Who gives speaks first.
    let mut said: Vec<_> = promise.said.iter().collect();
    said.sort_by_key(|(person, _)| *person != promise.from);
    for (person, words) in said {
        let mut label = name(seen, person);
        let quoted = format!("\"{}\"", safe(words));
        for line in wrap(&quoted, cells, LONGEST, more) {
            lines.push((std::mem::take(&mut label), Box::new(line), Ink::Plain));
        }
    }
    if lines.is_empty() {
        let text = [
            "nobody said anything of it; s does",
            "nothing yet; s says it",
        ];
        lines.push((String::new(), Box::new(text), Ink::Dim));
    }
    lines
}

/// What a promise says.
fn terms(seen: &Seen<'_>, promise: &Promise) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut line = |label: &str, says: Box<dyn Wording>, ink| {
        lines.push((label.to_owned(), says, ink));
    };
    let theirs = |text: &str| Box::new(Theirs(text.to_owned()));
    if !promise.shape.is_empty() {
        line("shape", theirs(&promise.shape), Ink::Plain);
    }
    let mock = promise.stand_in_path.as_deref().unwrap_or_default();
    if !mock.is_empty() {
        line("mock", theirs(mock), Ink::Plain);
    } else if !promise.stand_in.is_empty() {
        line("mock", theirs(&promise.stand_in), Ink::Plain);
    }
    let due = promise.due.map(|due| when::short(due, &seen.week()));
    let mocked = !promise.stand_in.is_empty();
    match (promise.state, due) {
        (PromiseState::Real, _) => {
            let at = promise.real_at.map(|at| when::short(at, &seen.week()));
            line("real", Box::new(at.unwrap_or_default()), Ink::Good);
        }
        (PromiseState::Broken, _) => line("", Box::new("it will not come"), Ink::Dim),
        (_, Some(due)) if is_late(seen, promise) => {
            line(
                "late",
                Box::new([format!("it was due {due}"), due]),
                Ink::Bad,
            );
            if mocked {
                let text = [
                    "while the mock is in the tree it is debt",
                    "its mock is debt till it goes",
                    "its mock is debt",
                ];
                line("", Box::new(text), Ink::Plain);
            }
        }
        (_, Some(due)) if mocked => {
            let text = [
                format!("mock still used at {due}?"),
                format!("mock at {due}?"),
                due,
            ];
            line("check", Box::new(text), Ink::Plain);
            let text = ["then it opens a debt by itself", "then it is debt"];
            line("", Box::new(text), Ink::Plain);
        }
        (_, Some(due)) => line("due", Box::new(due), Ink::Plain),
        (_, None) => {
            let text = ["no time said; e sets one", "e sets a time"];
            line("due", Box::new(text), Ink::Dim);
        }
    }
    for task in &promise.waiting {
        if let Some(task) = seen.board().tasks.get(task) {
            let text = format!("{} {}", number(seen, task), task.text);
            line("for", theirs(&text), Ink::Plain);
        }
    }
    lines
}

/// All that is known of a task.
fn of_task(seen: &Seen<'_>, task: &Task, wide: u16, glyphs: &Glyphs) -> Vec<Line> {
    let cells = usize::from(wide.saturating_sub(16));
    let mut lines: Vec<Line> = Vec::new();
    let mut label = "task";
    for text in wrap(&safe(&task.text), cells, LONGEST, glyphs.more) {
        let label = std::mem::take(&mut label).to_owned();
        lines.push((label, Box::new(text), Ink::Plain));
    }
    let mut line = |label: &str, says: Box<dyn Wording>, ink| {
        lines.push((label.to_owned(), says, ink));
    };
    let theirs = |text: &str| Box::new(Theirs(text.to_owned()));
    if !task.note.is_empty() {
        line("note", theirs(&task.note), Ink::Plain);
    }
    if let Some(gives) = gives(seen, task) {
        line("for", theirs(&gives), Ink::Plain);
    }
    let promises = promises_to(seen, task);
    match (promises.is_empty(), waits(seen, task, glyphs)) {
        (true, Some(waits)) => line("waits", Box::new(waits), Ink::Plain),
        (true, None) => {}
        (false, _) => {
            for promise in promises {
                let ink = match is_late(seen, promise) {
                    true => Ink::Bad,
                    false => Ink::Plain,
                };
                let text = promise_line(seen, promise);
                line("waits", Box::new(Mixed(text)), ink);
            }
        }
    }
    if let Some(carried) = carried(task) {
        line("", Box::new(carried), Ink::Warn);
    }
    match (task.status, task.done_at) {
        (TaskStatus::Done, Some(at)) => {
            line("done", Box::new(when::short(at, &seen.week())), Ink::Good);
        }
        (TaskStatus::Cut, _) => line("cut", Box::new("c takes it back in"), Ink::Dim),
        _ => {}
    }
    lines
}
