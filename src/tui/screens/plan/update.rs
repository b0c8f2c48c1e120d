//! What happens on the Plan screen. Pure: what is to be done is returned.

use ratatui::layout::Position;

use super::actions::Do;
use super::days::days;
use super::grid::{Grid, Spot};
use super::panes::Focus;
use super::state::State;
use super::{forms, promises, tasks, words};
use crate::tui::actions::{self, Action};
use crate::tui::document::{Document, Format, exported};
use crate::tui::effect::Effect;
use crate::tui::message::Notice;
use crate::tui::model::Reply;
use crate::tui::seen::Seen;
use crate::tui::widgets::{fit, window};
use crate::week::promise::{Promise, PromiseCommand, PromiseState};
use crate::week::record::WeekCommand;
use crate::week::task::{Task, TaskCommand, TaskStatus};
use crate::week::{Command, Id};

/// Does an action of the screen.
pub fn update(state: &mut State, seen: &Seen<'_>, act: Do) -> Reply {
    if let Some(why) = why_not(state, seen, act) {
        return Reply::notice(Notice::bad(why));
    }
    if let Some(format) = exported!(act) {
        return Reply::export(document(seen), format);
    }
    let grid = Grid::of(seen);
    let task = state.task_in(&grid);
    let promise = state.promise_of(seen);
    match (act, task, promise, state.focus) {
        (Do::Timer, ..) => timer(seen),
        (Do::Skip, ..) => {
            let skipped = seen.written().record().skipped;
            of_week(seen, WeekCommand::Skip(!skipped))
        }
        (Do::CopyMarkdown, ..) => Reply::copied(&document(seen), Format::Markdown),
        (Do::CopySlack, ..) => Reply::copied(&document(seen), Format::Slack),
        (Do::Goal, ..) => forms::goal(seen),
        (Do::Days, ..) => days(seen),
        (Do::Add | Do::Promise, ..) if seen.board().team().is_empty() && seen.me().is_none() => {
            // The first to plan is the first of the team.
            Reply::join(Action::Plan(act))
        }
        (Do::Add, ..) => {
            state.focus = Focus::Tasks;
            let column = grid.columns.get(state.home);
            forms::add(seen, column.and_then(|column| column.owner))
        }
        (Do::Promise, ..) => {
            state.focus = Focus::Promises;
            let column = grid.columns.get(state.home);
            let from = seen.me().or(column.and_then(|column| column.owner));
            forms::promise(seen, None, from)
        }
        (Do::Right | Do::Left, ..) => {
            state.focus = Focus::Tasks;
            state.select(seen, grid.across(state.spot, act == Do::Right));
            Reply::default()
        }
        (Do::Say, _, Some(promise), _) => match seen.me() {
            Some(_) => forms::say(promise),
            None => Reply::join(Action::Plan(act)),
        },
        (Do::Broken, _, Some(promise), _) => {
            let state = match promise.state {
                PromiseState::Broken => PromiseState::Agreed,
                _ => PromiseState::Broken,
            };
            mark_promise(promise, state)
        }
        (Do::Open, ..) => open(state, seen),
        (act, Some(task), _, Focus::Tasks) => of_task(state, seen, act, task),
        (act, _, Some(promise), Focus::Promises) => of_promise(seen, act, promise),
        _ => Reply::default(),
    }
}

fn document(seen: &Seen<'_>) -> Document {
    Document::Plan(Box::new(seen.plan()))
}

/// Why an action cannot be had now; `None` if it can.
pub fn why_not(state: &State, seen: &Seen<'_>, act: Do) -> Option<String> {
    let grid = Grid::of(seen);
    let (task, promise) = (state.task_in(&grid), state.promise_of(seen));
    if seen.overview.is_none() {
        return Some("the index is still being read".to_owned());
    }
    let needs = match act {
        Do::OwnerRight
        | Do::OwnerLeft
        | Do::Later
        | Do::Sooner
        | Do::Cut
        | Do::Day
        | Do::Done
        | Do::Note
        | Do::Waits
        | Do::Gives
        | Do::Carry => Focus::Tasks,
        Do::Broken | Do::Say => Focus::Promises,
        Do::Main | Do::Edit | Do::Open | Do::Delete | Do::CopyRow => state.focus,
        Do::Timer | Do::Goal | Do::Days | Do::Skip | Do::Add | Do::Promise => return None,
        Do::Right | Do::Left => return None,
        Do::CopyMarkdown | Do::CopySlack => return None,
        Do::ExportMarkdown
        | Do::ExportHtml
        | Do::ExportSlack
        | Do::ExportJson
        | Do::ExportCsv
        | Do::ExportTable => return None,
    };
    match (needs, task, promise) {
        (Focus::Tasks, ..) if state.focus == Focus::Promises => {
            Some("it is for a task; tab goes to them".to_owned())
        }
        (Focus::Promises, ..) if state.focus == Focus::Tasks => {
            Some("it is for a promise; tab goes to them".to_owned())
        }
        (Focus::Tasks, None, _) => Some("no task is selected; a adds one".to_owned()),
        (Focus::Promises, _, None) => Some("no promise is selected; p makes one".to_owned()),
        (Focus::Tasks, Some(task), _) => why_not_task(seen, &grid, act, task),
        (Focus::Promises, _, Some(promise)) => why_not_promise(act, promise),
    }
}

fn why_not_task(seen: &Seen<'_>, grid: &Grid<'_>, act: Do, task: &Task) -> Option<String> {
    let cut = task.status == TaskStatus::Cut;
    match act {
        Do::OwnerRight | Do::OwnerLeft if next_owner(seen, task, act).is_none() => {
            Some("there is nobody further on".to_owned())
        }
        Do::Later | Do::Sooner if cut => {
            Some("the cut list has no order; c takes it off".to_owned())
        }
        Do::Later | Do::Sooner if place_after(grid, task, act).is_none() => Some(match act {
            Do::Later => "it is the last one already".to_owned(),
            _ => "it is the first one already".to_owned(),
        }),
        Do::Carry if task.is_done() => Some("it is done, and stays in this week".to_owned()),
        Do::Carry if seen.name.next().is_none() => Some("there is no next week".to_owned()),
        Do::Open if words::promises_to(seen, task).is_empty() => {
            Some("no promise is made for it; w says whom it waits for".to_owned())
        }
        _ => None,
    }
}

fn why_not_promise(act: Do, promise: &Promise) -> Option<String> {
    match (act, promise.state) {
        (Do::Main, PromiseState::Real) => Some("it is real already; u undoes that".to_owned()),
        (Do::Main, PromiseState::Broken) => {
            Some("it is broken; b says that it will come".to_owned())
        }
        (Do::Open, _) if promise.waiting.is_empty() => Some("no task waits for it".to_owned()),
        _ => None,
    }
}

fn timer(seen: &Seen<'_>) -> Reply {
    let runs = seen.written().record().planning.runs();
    of_week(
        seen,
        match runs {
            true => WeekCommand::StopPlanning,
            false => WeekCommand::StartPlanning,
        },
    )
}

fn of_week(seen: &Seen<'_>, command: WeekCommand) -> Reply {
    Reply::write(Command::Week(seen.name, command))
}

fn of_task(state: &mut State, seen: &Seen<'_>, act: Do, known: &Task) -> Reply {
    let grid = Grid::of(seen);
    let task = known.id.clone();
    let mark = |task, status| Reply::write(TaskCommand::Mark { task, status });
    match act {
        Do::OwnerRight | Do::OwnerLeft => {
            let Some(owner) = next_owner(seen, known, act) else {
                return Reply::default();
            };
            Reply::write(TaskCommand::Give { task, owner })
        }
        Do::Later | Do::Sooner => {
            let Some(after) = place_after(&grid, known, act) else {
                return Reply::default();
            };
            Reply::write(TaskCommand::Move { task, after })
        }
        Do::Cut => match known.status {
            TaskStatus::Cut => mark(task, TaskStatus::Open),
            TaskStatus::Open | TaskStatus::Done => mark(task, TaskStatus::Cut),
        },
        Do::Done | Do::Main => match known.status {
            TaskStatus::Done => mark(task, TaskStatus::Open),
            TaskStatus::Open | TaskStatus::Cut => mark(task, TaskStatus::Done),
        },
        Do::Edit => forms::edit(seen, known),
        Do::Day => forms::day(seen, known),
        Do::Note => forms::note(seen, known),
        Do::Waits => forms::waits(seen, known),
        Do::Gives => forms::gives(seen, known),
        Do::Carry => match seen.name.next() {
            Some(into) => Reply::write(TaskCommand::Carry { task, into }),
            None => Reply::default(),
        },
        Do::Delete => {
            // What takes its place is selected then.
            state.task = None;
            Reply::write(TaskCommand::Delete { task })
        }
        Do::CopyRow => copy(words::task_line(seen, known)),
        _ => Reply::default(),
    }
}

fn of_promise(seen: &Seen<'_>, act: Do, known: &Promise) -> Reply {
    match act {
        Do::Main => match known.state.next() {
            Some(state) => mark_promise(known, state),
            None => Reply::default(),
        },
        Do::Edit => forms::promise(seen, Some(known), None),
        Do::Delete => {
            let promise = known.id.clone();
            Reply::write(PromiseCommand::Delete { promise })
        }
        Do::CopyRow => copy(words::promise_line(seen, known)),
        _ => Reply::default(),
    }
}

fn mark_promise(promise: &Promise, state: PromiseState) -> Reply {
    let promise = promise.id.clone();
    Reply::write(PromiseCommand::Mark { promise, state })
}

fn copy(text: String) -> Reply {
    // A clipboard ends in a shell sooner or later.
    let text = fit::safe(&text);
    Reply::effect(Effect::Copy { text, what: "row" })
}

/// Whose a task would be if it went one further: behind the last of the team it is nobody's. `None`
/// at the ends.
fn next_owner(seen: &Seen<'_>, task: &Task, act: Do) -> Option<Option<Id>> {
    let team = seen.board().team();
    let owners: Vec<Option<&Id>> = team
        .iter()
        .map(|person| Some(&person.id))
        .chain([None])
        .collect();
    let at = owners
        .iter()
        .position(|owner| *owner == task.owner.as_ref());
    let to = match (at, act) {
        (None, _) => Some(0),
        (Some(at), Do::OwnerRight) => Some(at + 1),
        (Some(at), _) => at.checked_sub(1),
    };
    owners.get(to?).map(|owner| owner.cloned())
}

/// The task that a task would stand behind if it went one later or sooner; `None` at the ends.
fn place_after(grid: &Grid<'_>, task: &Task, act: Do) -> Option<Option<Id>> {
    let spot = grid.find(&task.id)?;
    let tasks = grid.list(spot.column);
    match act {
        Do::Later => tasks.get(spot.row + 1).map(|next| Some(next.id.clone())),
        _ if spot.row == 0 => None,
        _ => {
            let before = spot.row.checked_sub(2).and_then(|at| tasks.get(at));
            Some(before.map(|task| task.id.clone()))
        }
    }
}

/// From a task to the promise that it waits for, from a promise to the task that waits for it.
fn open(state: &mut State, seen: &Seen<'_>) -> Reply {
    let grid = Grid::of(seen);
    match state.focus {
        Focus::Tasks => {
            let promises = state
                .task_in(&grid)
                .map(|task| words::promises_to(seen, task));
            if let Some(promise) = promises.unwrap_or_default().first() {
                (state.focus, state.promise) = (Focus::Promises, Some(promise.id.clone()));
            }
        }
        Focus::Promises => {
            let waiting = state.promise_of(seen).map(|promise| &promise.waiting);
            if let Some(task) = waiting.and_then(|waiting| waiting.first()) {
                (state.focus, state.task) = (Focus::Tasks, Some(task.clone()));
            }
        }
    }
    state.settle(seen);
    Reply::default()
}

/// Moves in the focused pane.
pub(super) fn moved(state: &mut State, seen: &Seen<'_>, act: actions::Do) -> Reply {
    let page = 10;
    let by = act.rows(page);
    match state.focus {
        Focus::Tasks => step_task(state, seen, by),
        Focus::Promises => step_promise(state, seen, by),
    }
}

/// Moves by so many tasks.
pub(super) fn step_task(state: &mut State, seen: &Seen<'_>, by: i64) -> Reply {
    let grid = Grid::of(seen);
    state.select(seen, grid.step(state.spot, by, state.home));
    Reply::default()
}

/// Moves by so many promises.
pub(super) fn step_promise(state: &mut State, seen: &Seen<'_>, by: i64) -> Reply {
    let promises = seen.written().promises().len();
    state.select_promise(seen, window::moved(state.row, by, promises));
    Reply::default()
}

/// A click: selects a task, a promise, or takes the focus.
pub(super) fn click(state: &mut State, seen: &Seen<'_>, at: Position) -> Reply {
    let panes = state.panes(seen);
    if panes.tasks.contains(at) {
        state.focus = Focus::Tasks;
        let spot: Option<Spot> = tasks::spot_at(state, seen, panes.tasks, at);
        if let Some(spot) = spot {
            state.select(seen, spot);
        }
    } else if panes.promises.contains(at) {
        state.focus = Focus::Promises;
        let promises = seen.written().promises().len();
        if let Some(row) = promises::row_at(panes.promises, state, promises, at.y) {
            state.select_promise(seen, row);
        }
    }
    Reply::default()
}
