//! What happens on the Standup screen. Pure: what is to be done is returned.

use ratatui::layout::Position;

use super::actions::Do;
use super::state::{Asked, State};
use super::view;
use crate::tui::actions;
use crate::tui::form::Problem;
use crate::tui::model::Reply;
use crate::tui::screens::Page;
use crate::tui::seen::Seen;
use crate::tui::widgets::canvas::Canvas;

/// Does an action of the screen.
pub fn update(_state: &mut State, _seen: &Seen<'_>, act: Do) -> Reply {
    match act {
        Do::Open => Reply::default(),
    }
}

/// Why an action cannot be had now; `None` if it can.
pub fn why_not(_state: &State, _seen: &Seen<'_>, _act: Do) -> Option<String> {
    None
}

/// Takes the answers of a form.
///
/// # Errors
/// A field that says nothing that can be used.
pub fn answered(
    _state: &mut State,
    _seen: &Seen<'_>,
    asked: &Asked,
    _values: &[String],
) -> Result<Reply, Problem> {
    match *asked {}
}

impl Page for State {
    fn refresh(&mut self, _seen: &Seen<'_>) {}

    fn moved(&mut self, _seen: &Seen<'_>, _to: actions::Do) -> Reply {
        Reply::default()
    }

    fn pane(&mut self, _seen: &Seen<'_>, _forward: bool) -> Reply {
        Reply::default()
    }

    fn back(&mut self, _seen: &Seen<'_>) -> Option<Reply> {
        None
    }

    fn click(&mut self, _seen: &Seen<'_>, _at: Position) -> Reply {
        Reply::default()
    }

    fn wheel(&mut self, _seen: &Seen<'_>, _at: Position, _by: i64) -> Reply {
        Reply::default()
    }

    fn draw(&self, canvas: &mut Canvas<'_>, seen: &Seen<'_>) {
        view::draw(canvas, self, seen);
    }
}
