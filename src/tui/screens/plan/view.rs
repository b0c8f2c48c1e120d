//! The Plan screen, drawn.

use super::state::State;
use super::{detail, hour, promises, tasks};
use crate::tui::seen::Seen;
use crate::tui::widgets::canvas::Canvas;

/// Draws the screen.
pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, seen: &Seen<'_>) {
    let panes = state.panes(seen);
    hour::draw(canvas, panes.hour, seen);
    tasks::draw(canvas, panes.tasks, state, seen);
    promises::draw(canvas, panes.promises, state, seen);
    detail::draw(canvas, panes.detail, state, seen);
}
