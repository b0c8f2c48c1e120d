//! People of the team in forms.

use crate::tui::form::{Field, Problem, one_of};
use crate::week::{Board, Id};

/// A field for somebody of the team, or nobody.
pub fn field(label: &'static str, board: &Board, now: Option<&Id>) -> Field {
    let now = now.map_or("", |now| board.name(now));
    Field::choice(label, now, names(board))
}

/// The names of the team.
fn names(board: &Board) -> Vec<String> {
    let team = board.team().into_iter();
    team.map(|person| person.name.clone()).collect()
}

/// Who is meant by what was typed into a field; `None` for nothing.
///
/// # Errors
/// Nobody of the team, or several.
pub fn read(board: &Board, typed: &str, field: usize) -> Result<Option<Id>, Problem> {
    if typed.is_empty() {
        return Ok(None);
    }
    let at = one_of(typed, &names(board)).map_err(|why| Problem::new(field, why))?;
    Ok(board.team().get(at).map(|person| person.id.clone()))
}
