//! The Plan screen as the frame has it.

use ratatui::layout::Position;

use super::panes::Focus;
use super::state::State;
use super::{hour, update, view};
use crate::tui::actions;
use crate::tui::message::Notice;
use crate::tui::model::Reply;
use crate::tui::screens::Page;
use crate::tui::seen::Seen;
use crate::tui::widgets::canvas::Canvas;

impl Page for State {
    fn refresh(&mut self, seen: &Seen<'_>) {
        self.settle(seen);
        if self.heard.is_none_or(|(week, _)| week != seen.name) && seen.overview.is_some() {
            // What rang before one looked is not rung again.
            self.heard = Some((seen.name, hour::planning(seen).bells));
        }
    }

    /// Rings the bells of the hour, on whatever screen one is.
    fn ticked(&mut self, seen: &Seen<'_>) -> Reply {
        let Some((week, heard)) = self.heard else {
            return Reply::default();
        };
        let planning = hour::planning(seen);
        if week != seen.name || planning.bells == heard {
            return Reply::default();
        }
        self.heard = Some((week, planning.bells));
        match planning.runs && planning.bells > heard {
            true => Reply::notice(Notice::done(hour::bell(seen, planning.bells))),
            false => Reply::default(),
        }
    }

    fn moved(&mut self, seen: &Seen<'_>, to: actions::Do) -> Reply {
        update::moved(self, seen, to)
    }

    fn pane(&mut self, seen: &Seen<'_>, _forward: bool) -> Reply {
        self.focus = match self.focus {
            Focus::Tasks => Focus::Promises,
            Focus::Promises => Focus::Tasks,
        };
        self.settle(seen);
        Reply::default()
    }

    /// From the promises to the tasks.
    fn back(&mut self, seen: &Seen<'_>) -> Option<Reply> {
        (self.focus == Focus::Promises).then(|| self.pane(seen, false))
    }

    fn click(&mut self, seen: &Seen<'_>, at: Position) -> Reply {
        update::click(self, seen, at)
    }

    fn wheel(&mut self, seen: &Seen<'_>, at: Position, by: i64) -> Reply {
        let panes = self.panes(seen);
        if panes.promises.contains(at) {
            update::step_promise(self, seen, by.signum())
        } else if panes.tasks.contains(at) {
            update::step_task(self, seen, by.signum())
        } else {
            Reply::default()
        }
    }

    fn ticks(&self, seen: &Seen<'_>) -> bool {
        hour::planning(seen).runs
    }

    fn draw(&self, canvas: &mut Canvas<'_>, seen: &Seen<'_>) {
        view::draw(canvas, self, seen);
    }
}
