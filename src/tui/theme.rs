//! Six colours of the terminal's own sixteen, and what is left of them without colour.

use ratatui::style::{Color, Modifier, Style};

use super::glyphs::{ASCII, Glyphs, UNICODE};

/// What a text is, which decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Text.
    Plain,
    /// Text that others depend on.
    Strong,
    /// Beside the point.
    Dim,
    /// Where one is.
    Accent,
    /// Done.
    Good,
    /// To look at.
    Warn,
    /// What will miss the deadline, or has.
    Bad,
}

/// How everything is drawn; decided once, at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether to colour.
    pub colour: bool,
    /// Whether to draw with ASCII signs alone.
    pub ascii: bool,
}

impl Look {
    /// The signs.
    pub fn glyphs(self) -> &'static Glyphs {
        if self.ascii { &ASCII } else { &UNICODE }
    }

    /// The style of an ink. Without colour it is weight alone.
    pub fn style(self, ink: Ink) -> Style {
        let plain = Style::new();
        let (colour, modifier) = match ink {
            Ink::Plain => (None, Modifier::empty()),
            Ink::Strong => (None, Modifier::BOLD),
            Ink::Dim => (None, Modifier::DIM),
            Ink::Accent => (Some(Color::Cyan), Modifier::empty()),
            Ink::Good => (Some(Color::Green), Modifier::empty()),
            Ink::Warn => (Some(Color::Yellow), Modifier::empty()),
            Ink::Bad => (Some(Color::Red), Modifier::BOLD),
        };
        match colour {
            Some(colour) if self.colour => plain.fg(colour).add_modifier(modifier),
            Some(_) if ink == Ink::Accent => plain.add_modifier(Modifier::BOLD),
            _ => plain.add_modifier(modifier),
        }
    }

    /// The style of the selected row, whatever its inks: readable on any background.
    pub fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }
}
