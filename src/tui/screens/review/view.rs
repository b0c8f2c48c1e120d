//! The Review screen, drawn.

use super::panes::Focus;
use super::state::State;
use super::{view_findings, view_tell};
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::week::review::Bucket;

/// Draws the screen.
pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, seen: &Seen<'_>) {
    let panes = state.panes(seen);
    for bucket in Bucket::ALL {
        let area = panes.buckets[Focus::Bucket(bucket).place()];
        view_findings::draw(canvas, area, state, seen, bucket);
    }
    view_tell::notes(canvas, panes.notes, state, seen);
    view_tell::presented(canvas, panes.presented, seen);
    view_tell::questions(canvas, panes.questions, state, seen);
    view_tell::day_4(canvas, panes.day_4, seen);
    let divider = canvas.glyphs().divider;
    for (x, top, bottom) in panes.dividers {
        for y in top..bottom {
            canvas.text(x, y, 1, divider, Ink::Dim);
        }
    }
}
