//! Where things are, from the size alone: drawing and clicking ask the same functions.

use ratatui::layout::Rect;

/// How much fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// One line, below 40 columns or 10 rows.
    Line,
    /// One pane, short titles.
    Small,
    /// All panes, short names.
    Middle,
    /// As drawn, from 100 columns on.
    Full,
}

/// The rows around a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// How much fits.
    pub room: Room,
    /// The row of the tabs; `None` where there is no room for them.
    pub tabs: Option<u16>,
    /// What the screen has.
    pub body: Rect,
    /// The row of what happened last.
    pub status: u16,
    /// The row of the keys.
    pub keys: u16,
}

/// Lays out a terminal.
pub fn frame(area: Rect) -> Frame {
    let room = match (area.width, area.height) {
        (0..40, _) | (_, 0..10) => Room::Line,
        (0..80, _) | (_, 0..24) => Room::Small,
        (0..100, _) => Room::Middle,
        _ => Room::Full,
    };
    let tabs = (room >= Room::Middle).then_some(3);
    let top = if tabs.is_some() { 4 } else { 3 };
    Frame {
        room,
        tabs,
        body: Rect {
            x: area.x,
            y: top.min(area.height),
            width: area.width,
            height: area.height.saturating_sub(top + 2),
        },
        status: area.height.saturating_sub(2),
        keys: area.height.saturating_sub(1),
    }
}
