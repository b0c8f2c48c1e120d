//! The Standup screen, drawn.

use super::state::State;
use super::{below, round, side};
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;

/// Draws the screen.
pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, seen: &Seen<'_>) {
    let panes = state.panes(seen);
    round::draw(canvas, panes.round, state, seen);
    below::promises(canvas, panes.promises, state, seen);
    below::parked(canvas, panes.parked, state, seen);
    below::foot(canvas, panes.foot, state, seen);
    if let Some(x) = panes.divider {
        let divider = canvas.glyphs().divider;
        for y in seen.body.top()..seen.body.bottom() {
            canvas.text(x, y, 1, divider, Ink::Dim);
        }
    }
    side::draw(canvas, panes.side, state, seen);
}
