//! The Review screen as the frame has it.

use ratatui::layout::{Position, Rect};

use super::panes::Focus;
use super::state::State;
use super::{findings, tell, view, view_tell};
use crate::tui::actions;
use crate::tui::model::Reply;
use crate::tui::screens::Page;
use crate::tui::seen::Seen;
use crate::tui::widgets::canvas::Canvas;

impl State {
    /// The pane at a cell.
    fn pane_at(&self, seen: &Seen<'_>, at: Position) -> Option<(Focus, Rect)> {
        let panes = self.panes(seen);
        let [refactor, change, delete] = panes.buckets;
        let areas = [refactor, change, delete, panes.notes, panes.questions];
        let mut all = Focus::ALL.into_iter().zip(areas);
        all.find(|(_, area)| area.contains(at))
    }
}

impl Page for State {
    fn refresh(&mut self, seen: &Seen<'_>) {
        self.settle(seen);
    }

    fn moved(&mut self, seen: &Seen<'_>, to: actions::Do) -> Reply {
        let page = i64::try_from(self.height(seen, self.focus)).unwrap_or(1);
        let page = page.max(1);
        let by = to.rows(page);
        self.go(seen, self.focus, by);
        Reply::default()
    }

    fn pane(&mut self, seen: &Seen<'_>, forward: bool) -> Reply {
        self.focus = self.focus.step(forward);
        self.settle(seen);
        Reply::default()
    }

    fn back(&mut self, _seen: &Seen<'_>) -> Option<Reply> {
        None
    }

    fn click(&mut self, seen: &Seen<'_>, at: Position) -> Reply {
        let Some((focus, area)) = self.pane_at(seen, at) else {
            return Reply::default();
        };
        self.focus = focus;
        self.settle(seen);
        let Some(row) = usize::from(at.y - area.y).checked_sub(1) else {
            return Reply::default();
        };
        let offset = self.cursor(focus).offset;
        let row = match focus {
            Focus::Bucket(bucket) => {
                findings::at_row(area, &seen.written().findings(bucket), offset, row)
            }
            // The first row is the timer.
            Focus::Notes => row.checked_sub(1).map(|row| offset + row),
            Focus::Questions => view_tell::question_at(self, area, seen, at.y),
        };
        if let Some(row) = row {
            self.put(seen, focus, row);
        }
        Reply::default()
    }

    fn wheel(&mut self, seen: &Seen<'_>, at: Position, by: i64) -> Reply {
        if let Some((focus, _)) = self.pane_at(seen, at) {
            self.go(seen, focus, by);
        }
        Reply::default()
    }

    fn ticks(&self, seen: &Seen<'_>) -> bool {
        tell::runs(seen)
    }

    fn draw(&self, canvas: &mut Canvas<'_>, seen: &Seen<'_>) {
        view::draw(canvas, self, seen);
    }
}
