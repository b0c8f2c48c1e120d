//! The Payback screen as the frame has it.

use ratatui::layout::{Position, Rect};

use super::debt::Debt;
use super::panes::Focus;
use super::state::State;
use super::{view, view_debt};
use crate::tui::actions;
use crate::tui::model::Reply;
use crate::tui::screens::Page;
use crate::tui::seen::Seen;
use crate::tui::widgets::canvas::Canvas;

impl State {
    /// Moves the cursor of a pane by so many things.
    fn go(&mut self, seen: &Seen<'_>, focus: Focus, by: i64) {
        let (keys, height) = (self.keys(seen, focus), self.height(seen, focus));
        if let Some(cursor) = self.cursor(focus) {
            cursor.go(by, &keys, height);
        }
    }

    /// The pane at a cell.
    fn pane_at(&self, seen: &Seen<'_>, at: Position) -> Option<(Focus, Rect)> {
        let panes = self.panes(seen);
        let mut all = vec![
            (Focus::Decide, panes.decide),
            (Focus::Halves, panes.halves),
            (Focus::Commits, panes.commits),
        ];
        all.extend(
            (panes.lists.into_iter().enumerate()).map(|(list, area)| (Focus::List(list), area)),
        );
        all.into_iter().find(|(_, area)| area.contains(at))
    }
}

impl Page for State {
    fn refresh(&mut self, seen: &Seen<'_>) {
        self.debt = seen.overview.map(Debt::of).unwrap_or_default();
        self.settle(seen);
    }

    fn moved(&mut self, seen: &Seen<'_>, to: actions::Do) -> Reply {
        let page = i64::try_from(self.height(seen, self.focus))
            .unwrap_or(1)
            .max(1);
        let by = to.rows(page);
        self.go(seen, self.focus, by);
        Reply::default()
    }

    fn pane(&mut self, seen: &Seen<'_>, forward: bool) -> Reply {
        self.focus = self.focus.step(forward);
        self.settle(seen);
        Reply::default()
    }

    /// Out of the commits.
    fn back(&mut self, seen: &Seen<'_>) -> Option<Reply> {
        (self.focus == Focus::Commits).then(|| {
            self.focus = Focus::Halves;
            self.settle(seen);
            Reply::default()
        })
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
        if focus == Focus::Decide && row >= view_debt::rows(area, self.debt.undecided.len()) {
            return Reply::default();
        }
        let (keys, height) = (self.keys(seen, focus), self.height(seen, focus));
        if let Some(cursor) = self.cursor(focus)
            && cursor.offset + row < keys.len()
        {
            cursor.put(cursor.offset + row, &keys, height);
        }
        Reply::default()
    }

    fn wheel(&mut self, seen: &Seen<'_>, at: Position, by: i64) -> Reply {
        if let Some((focus, _)) = self.pane_at(seen, at) {
            self.go(seen, focus, by);
        }
        Reply::default()
    }

    fn draw(&self, canvas: &mut Canvas<'_>, seen: &Seen<'_>) {
        view::draw(canvas, self, seen);
    }
}
