//! The Debt screen as the frame has it.

use ratatui::layout::Position;

use super::panes::Focus;
use super::state::State;
use super::{update, view};
use crate::report::words::count;
use crate::tui::actions;
use crate::tui::model::Reply;
use crate::tui::screens::Page;
use crate::tui::seen::Seen;
use crate::tui::widgets::canvas::Canvas;

impl Page for State {
    fn refresh(&mut self, seen: &Seen<'_>) {
        let held = self.held.clone();
        self.choose(seen, held);
        self.count(seen);
    }

    fn shown(&mut self, seen: &Seen<'_>) -> Reply {
        update::show(self, seen)
    }

    fn moved(&mut self, seen: &Seen<'_>, to: actions::Do) -> Reply {
        update::moved(self, seen, to)
    }

    fn pane(&mut self, seen: &Seen<'_>, _forward: bool) -> Reply {
        self.focus = match self.focus {
            Focus::List => Focus::Code,
            Focus::Code => Focus::List,
        };
        self.keep_in_view(seen);
        Reply::default()
    }

    /// Out of a range, out of the code, out of the search.
    fn back(&mut self, seen: &Seen<'_>) -> Option<Reply> {
        if self.range.take().is_some() {
            return Some(Reply::default());
        }
        if self.focus == Focus::Code {
            self.focus = Focus::List;
            self.keep_in_view(seen);
            return Some(Reply::default());
        }
        (!self.filter.words.is_empty()).then(|| update::searched(self, seen, ""))
    }

    fn click(&mut self, seen: &Seen<'_>, at: Position) -> Reply {
        update::click(self, seen, at)
    }

    fn wheel(&mut self, seen: &Seen<'_>, at: Position, by: i64) -> Reply {
        let panes = self.panes(seen);
        if panes.code.contains(at) {
            update::scroll(self, seen, by)
        } else if panes.list.contains(at) {
            update::roll(self, seen, by)
        } else {
            Reply::default()
        }
    }

    fn begin_search(&mut self, seen: &Seen<'_>) -> Option<String> {
        let words = self.filter.words.clone();
        self.before_search = Some((words.clone(), self.key(seen.overview)));
        Some(words)
    }

    fn searched(&mut self, seen: &Seen<'_>, words: &str) -> Reply {
        update::searched(self, seen, words)
    }

    fn left_search(&mut self, seen: &Seen<'_>) -> Reply {
        let Some((words, at)) = self.before_search.take() else {
            return Reply::default();
        };
        self.filter.words = words;
        self.choose(seen, at);
        update::show(self, seen)
    }

    fn badge(&self, seen: &Seen<'_>) -> Option<String> {
        seen.scanned()?;
        self.figures.as_ref().map(|figures| count(figures.left()))
    }

    fn draw(&self, canvas: &mut Canvas<'_>, seen: &Seen<'_>) {
        view::draw(canvas, self, seen);
    }
}
