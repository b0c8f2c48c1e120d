//! The Retro screen as the frame has it.

use ratatui::layout::Position;

use super::panes::Focus;
use super::state::State;
use super::{update, view};
use crate::tui::actions;
use crate::tui::model::Reply;
use crate::tui::screens::Page;
use crate::tui::seen::Seen;
use crate::tui::widgets::canvas::Canvas;

impl Page for State {
    fn refresh(&mut self, seen: &Seen<'_>) {
        self.stay(seen);
    }

    fn shown(&mut self, seen: &Seen<'_>) -> Reply {
        self.make(seen);
        Reply::default()
    }

    fn moved(&mut self, seen: &Seen<'_>, to: actions::Do) -> Reply {
        update::moved(self, seen, to)
    }

    fn pane(&mut self, seen: &Seen<'_>, forward: bool) -> Reply {
        self.focus = self.focus.step(forward);
        self.keep_in_view(seen);
        Reply::default()
    }

    /// Forgets the marked card, then goes back to the first column.
    fn back(&mut self, seen: &Seen<'_>) -> Option<Reply> {
        if self.marked.take().is_some() {
            return Some(Reply::default());
        }
        if self.focus == Focus::Keep {
            return None;
        }
        self.focus = Focus::Keep;
        self.keep_in_view(seen);
        Some(Reply::default())
    }

    fn click(&mut self, seen: &Seen<'_>, at: Position) -> Reply {
        update::click(self, seen, at)
    }

    fn wheel(&mut self, seen: &Seen<'_>, at: Position, by: i64) -> Reply {
        update::wheel(self, seen, at, by)
    }

    fn idle(&self, seen: &Seen<'_>) -> Option<Vec<String>> {
        view::votes(self, seen)
    }

    fn ticks(&self, seen: &Seen<'_>) -> bool {
        let topic = seen.written().topic();
        topic.is_some_and(|topic| topic.timer.runs())
    }

    fn draw(&self, canvas: &mut Canvas<'_>, seen: &Seen<'_>) {
        view::draw(canvas, self, seen);
    }
}
