//! The Debt screen, drawn.

use super::state::State;
use super::{code, life, list, paydown};
use crate::report::carried::CarriedIn;
use crate::report::words::count;
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;

/// Draws the screen.
pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, seen: &Seen<'_>) {
    let panes = state.panes(seen);
    list::draw(canvas, panes.list, state, seen);
    if let Some(x) = panes.divider {
        let divider = canvas.glyphs().divider;
        for y in panes.list.top()..panes.list.bottom() {
            canvas.text(x, y, 1, divider, Ink::Dim);
        }
    }
    code::draw(canvas, panes.code, state, seen);
    life::draw(canvas, panes.life, state, seen);
    paydown::draw(canvas, panes.chart, state, seen);
}

/// What is said of debt where there is one line only, in wordings from long to short.
pub fn gauge_line(state: &State, seen: &Seen<'_>) -> Vec<String> {
    match seen.overview {
        Some(overview) => {
            let now = seen
                .now
                .with_timezone(overview.report.week.deadline.offset());
            let carried = CarriedIn::of(&overview.report).map_or(0, |carried| carried.open);
            let carried = match carried {
                0 => String::new(),
                carried => format!(", {} carried in", count(carried)),
            };
            let open = format!("{} open", count(state.open as u64));
            let left = paydown::left(&overview.report, now);
            vec![
                format!("{open}{carried}, {left}"),
                format!("{open}, {left}"),
                open,
            ]
        }
        None => vec!["reading".to_owned()],
    }
}
