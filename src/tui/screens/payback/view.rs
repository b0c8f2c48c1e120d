//! The Payback screen, drawn.

use super::state::State;
use crate::tui::seen::Seen;
use crate::tui::widgets::canvas::Canvas;

/// Draws the screen.
pub(super) fn draw(canvas: &mut Canvas<'_>, _state: &State, seen: &Seen<'_>) {
    canvas.rule(seen.body, seen.body.y, true, "Payback", "");
}
