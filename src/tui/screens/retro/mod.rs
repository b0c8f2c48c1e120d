//! Retro: cards with votes, actions, what the week came to, and the summary as it will be sent.

mod actions;
mod cards;
mod figures;
mod forms;
mod page;
mod panes;
mod state;
mod summary;
mod update;
mod view;

use crate::tui::form::Problem;
use crate::tui::model::Reply;
use crate::tui::seen::Seen;

pub use actions::{Do, ROWS};
pub use panes::{Focus, Panes, panes};
pub use state::{Asked, State};
pub use update::{update, why_not};

/// Takes the answers of a form.
///
/// # Errors
/// A field that says nothing that can be used.
pub fn answered(
    state: &mut State,
    seen: &Seen<'_>,
    asked: &Asked,
    values: &[String],
) -> Result<Reply, Problem> {
    forms::answered(state, seen, asked, values)
}
