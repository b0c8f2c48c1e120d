//! The Roadmap screen as the frame has it.

use ratatui::layout::Position;

use super::panes::Focus;
use super::state::State;
use super::{update, view};
use crate::tui::actions;
use crate::tui::message::Notice;
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
        self.focus = match (self.focus, forward) {
            (Focus::Features, true) | (Focus::Whiteboard, false) => Focus::When,
            (Focus::When, true) | (Focus::Features, false) => Focus::Whiteboard,
            (Focus::Whiteboard, true) | (Focus::When, false) => Focus::Features,
        };
        self.stay(seen);
        Reply::default()
    }

    /// Out of what if, then back to the features.
    fn back(&mut self, seen: &Seen<'_>) -> Option<Reply> {
        if self.what_if.take().is_some() {
            self.make(seen);
            return Some(Reply::notice(Notice::done("as the last hacks went")));
        }
        if self.focus == Focus::Features {
            return None;
        }
        self.focus = Focus::Features;
        self.stay(seen);
        Some(Reply::default())
    }

    fn click(&mut self, seen: &Seen<'_>, at: Position) -> Reply {
        update::click(self, seen, at)
    }

    fn wheel(&mut self, seen: &Seen<'_>, _at: Position, by: i64) -> Reply {
        update::roll(self, seen, by.signum())
    }

    fn idle(&self, _seen: &Seen<'_>) -> Option<Vec<String>> {
        self.roadmap.as_ref().map(|roadmap| vec![roadmap.method()])
    }

    fn draw(&self, canvas: &mut Canvas<'_>, seen: &Seen<'_>) {
        view::draw(canvas, self, seen);
    }
}
