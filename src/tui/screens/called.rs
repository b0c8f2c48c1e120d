//! What people and tasks are called.

use crate::report::safe_text::width;
use crate::report::words::short;
use crate::tui::seen::Seen;
use crate::tui::widgets::fit::{fit, safe};
use crate::week::task::Task;
use crate::week::{Board, Id, Numbered};

/// The name of somebody, safe to draw.
pub fn name(seen: &Seen<'_>, person: &Id) -> String {
    safe(seen.board().name(person))
}

/// What somebody of the team is called in so many cells: the whole name, or where it is too long its
/// first word, if no other name begins with it; else as much as there is room for.
pub fn short_name(board: &Board, person: &Id, cells: u16, more: &str) -> String {
    let whole = board.name(person);
    let first = |name: &str| name.split(' ').next().unwrap_or_default().to_owned();
    let own = first(whole);
    let team = board.team().into_iter();
    let alike = team.filter(|other| first(&other.name) == own).count();
    let cells = usize::from(cells);
    match width(&safe(whole)) <= cells || own.is_empty() || alike > 1 {
        true => fit(whole, cells, more),
        false => fit(&own, cells, more),
    }
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
