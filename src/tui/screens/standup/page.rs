//! The Standup screen as the frame has it.

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
        self.count(seen);
    }

    fn moved(&mut self, seen: &Seen<'_>, to: actions::Do) -> Reply {
        update::moved(self, seen, to)
    }

    fn pane(&mut self, seen: &Seen<'_>, forward: bool) -> Reply {
        let count = Focus::ALL.len();
        let by = if forward { 1 } else { count - 1 };
        self.focus = Focus::ALL[(self.focus as usize + by) % count];
        self.settle(seen);
        Reply::default()
    }

    /// To the people; among them, to who is unfolded.
    fn back(&mut self, seen: &Seen<'_>) -> Option<Reply> {
        if self.focus == Focus::Round {
            return None;
        }
        self.focus = Focus::Round;
        self.settle(seen);
        Some(Reply::default())
    }

    fn click(&mut self, seen: &Seen<'_>, at: Position) -> Reply {
        update::click(self, seen, at)
    }

    fn wheel(&mut self, seen: &Seen<'_>, at: Position, by: i64) -> Reply {
        let panes = self.panes(seen);
        let areas = [panes.round, panes.promises, panes.parked, panes.side];
        let over = Focus::ALL
            .into_iter()
            .zip(areas)
            .find(|(_, area)| area.contains(at));
        match over {
            Some((focus, _)) => update::step(self, seen, focus, by.signum()),
            None => Reply::default(),
        }
    }

    fn ticks(&self, seen: &Seen<'_>) -> bool {
        let round = self.round(seen);
        round.speaking().is_some_and(|(_, it)| it.timer.runs())
    }

    fn draw(&self, canvas: &mut Canvas<'_>, seen: &Seen<'_>) {
        view::draw(canvas, self, seen);
    }
}
