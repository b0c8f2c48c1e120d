//! What people and tasks are called.

use crate::report::words::short;
use crate::tui::seen::Seen;
use crate::tui::widgets::fit::safe;
use crate::week::task::Task;
use crate::week::{Id, Numbered};

/// The name of somebody, safe to draw.
pub fn name(seen: &Seen<'_>, person: &Id) -> String {
    safe(seen.board().name(person))
}

/// Several names.
pub fn names(seen: &Seen<'_>, people: &[Id]) -> String {
    let names: Vec<String> = people.iter().map(|id| name(seen, id)).collect();
    names.join(", ")
}

/// `T-14`, or the start of its id.
pub fn number(seen: &Seen<'_>, task: &Task) -> String {
    let number = seen.board().numbers.shown(Numbered::Task, &task.id);
    number.unwrap_or_else(|| short(task.id.as_str()))
}
