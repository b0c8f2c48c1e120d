//! The Roadmap screen, drawn.

use ratatui::layout::Rect;

use super::panes::Focus;
use super::state::State;
use super::{features, when};
use crate::report::roadmap::Roadmap;
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::{safe, wrap};
use crate::tui::widgets::wording::Theirs;

/// Columns of the names of what is on the whiteboard.
const NAME: u16 = 16;

/// Draws the screen.
pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, seen: &Seen<'_>) {
    let panes = state.panes(seen);
    let Some(roadmap) = &state.roadmap else {
        canvas.rule(seen.body, seen.body.y, true, "Roadmap", "");
        canvas.text(
            seen.body.x + 3,
            seen.body.y + 1,
            20,
            "reading the board",
            Ink::Dim,
        );
        return;
    };
    whiteboard(canvas, panes.whiteboard, state, roadmap);
    features::draw(canvas, panes.features, state, roadmap);
    when::draw(canvas, panes.when, state, roadmap);
    when::draw_after(canvas, panes.after, roadmap);
}

/// What the project is and solves: a line each, or as many as the pane has room for.
fn whiteboard(canvas: &mut Canvas<'_>, area: Rect, state: &State, roadmap: &Roadmap) {
    if area.height == 0 {
        return;
    }
    let more = canvas.glyphs().more;
    let title = roadmap.title.as_deref().unwrap_or("The project");
    let focused = state.focus == Focus::Whiteboard;
    canvas.rule(area, area.y, focused, &Theirs(title), "from the whiteboard");
    let room = usize::from(area.width.saturating_sub(NAME + 2));
    let each = usize::from(area.height.saturating_sub(1) / 2).max(1);
    let rows = [
        ("What it is", &roadmap.is, "i says so"),
        ("What it solves", &roadmap.solves, "s says so"),
    ];
    let mut y = area.y + 1;
    for (name, text, hint) in rows {
        if y >= area.bottom() {
            return;
        }
        canvas.text(area.x + 1, y, NAME, name, Ink::Dim);
        let (text, ink) = match text {
            Some(text) => (safe(text), Ink::Plain),
            None => (hint.to_owned(), Ink::Dim),
        };
        for line in wrap(&text, room, each, more) {
            if y < area.bottom() {
                canvas.text(
                    area.x + 1 + NAME,
                    y,
                    area.width.saturating_sub(NAME + 1),
                    &line,
                    ink,
                );
                y += 1;
            }
        }
    }
}
