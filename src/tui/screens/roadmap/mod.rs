//! Roadmap: what the project is, its features, and when its milestones come.

mod actions;
mod features;
mod forms;
mod page;
mod panes;
mod state;
mod update;
mod view;
mod when;

use crate::tui::form::Problem;
use crate::tui::model::Reply;
use crate::tui::seen::Seen;

pub use actions::{Do, ROWS};
pub use panes::{Focus, Panes, panes};
pub use state::{Asked, State, WhatIf};
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
