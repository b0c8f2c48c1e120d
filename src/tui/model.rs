//! All that the screens know. Plain data: what is drawn follows from it, and it changes only in
//! `update`.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use ratatui::layout::Rect;
use tui_input::Input;

use super::effect::{Effect, Format};
use super::key::Key;
use super::keymap::{Keymap, Mode};
use super::layout;
use super::message::Notice;
use super::screens::{Screen, debt};
use super::theme::Look;
use crate::week::{Calendar, WeekName};
use crate::workspace::Overview;

/// The state of everything.
#[derive(Clone, Debug)]
pub struct Model {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// How it is drawn.
    pub look: Look,
    /// The time.
    pub now: DateTime<Utc>,
    /// What lays out weeks.
    pub calendar: Calendar,
    /// The week that is shown.
    pub week: WeekName,
    /// The week that is asked for: shown once it is read.
    pub wanted: WeekName,
    /// The names of the repositories.
    pub repositories: Vec<String>,
    /// The screen that is shown.
    pub screen: Screen,
    /// What the Debt screen remembers.
    pub debt: debt::State,
    /// What is known of the debt, of the week that is shown or was just now.
    pub overview: Option<Arc<Overview>>,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    /// Keys that begin a sequence.
    pub begun: Vec<Key>,
    /// What keys mean.
    pub keymap: Keymap,
    /// The scan that runs, or ran last.
    pub scan: Scan,
    /// The number of the last question; answers to earlier ones are stale.
    pub generation: u64,
    /// The number that `overview` was asked with.
    pub loaded: u64,
    /// What happened last.
    pub notice: Option<Notice>,
    /// Whether the mouse is ours.
    pub mouse: bool,
}

/// A scan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// Its number.
    pub generation: u64,
    /// Where it is, while it runs.
    pub running: Option<Running>,
    /// When the last whole one ended.
    pub done_at: Option<DateTime<Utc>>,
}

/// A scan that runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Running {
    /// The repository that was heard of last.
    pub repository: String,
    /// Commits done of it.
    pub done: u64,
    /// Commits to do.
    pub total: u64,
    /// How often it was heard of.
    pub beats: usize,
}

/// What lies over a screen and takes its keys.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The keys of the screen, searchable.
    Help(Picker),
    /// Every command, searchable.
    Palette(Picker),
    /// Words to search for, in row 29.
    Search {
        /// What is typed.
        input: Input,
        /// The words before it.
        before: String,
        /// The item that was selected then, by repository and id.
        at: Option<(String, String)>,
    },
    /// A file to write to, in row 29.
    Export {
        /// What is typed.
        input: Input,
        /// In which format.
        format: Format,
    },
}

/// A line that is typed, and a list of what fits it.
#[derive(Clone, Debug, Default)]
pub struct Picker {
    /// What is typed.
    pub input: Input,
    /// The chosen row.
    pub selected: usize,
}

/// What a screen answers to an action.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reply {
    /// What is to be done.
    pub effects: Vec<Effect>,
    /// What is to be said.
    pub notice: Option<Notice>,
    /// What is to be asked.
    pub ask: Option<Ask>,
}

/// What a screen can ask for in row 29.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Words to search for.
    Search,
    /// A file to write to, with a first suggestion.
    ExportTo(Format, PathBuf),
}

impl Reply {
    /// Something is to be done.
    pub fn effect(effect: Effect) -> Self {
        Self {
            effects: vec![effect],
            ..Self::default()
        }
    }

    /// Something is to be said.
    pub fn notice(notice: Notice) -> Self {
        Self {
            notice: Some(notice),
            ..Self::default()
        }
    }

    /// Something is to be asked.
    pub fn ask(ask: Ask) -> Self {
        Self {
            ask: Some(ask),
            ..Self::default()
        }
    }
}

/// What a model begins with.
#[derive(Clone, Debug)]
pub struct Begin {
    /// How it is drawn.
    pub look: Look,
    /// The time.
    pub now: DateTime<Utc>,
    /// What lays out weeks.
    pub calendar: Calendar,
    /// The week to show; `None` for the one of *now*.
    pub week: Option<WeekName>,
    /// The names of the repositories.
    pub repositories: Vec<String>,
    /// What keys mean.
    pub keymap: Keymap,
    /// Whether to take the mouse.
    pub mouse: bool,
}

impl Model {
    /// A model that knows of no debt yet.
    pub fn new(begin: Begin) -> Self {
        let week = begin
            .week
            .unwrap_or_else(|| begin.calendar.week_of(begin.now));
        Self {
            size: (0, 0),
            look: begin.look,
            now: begin.now,
            calendar: begin.calendar,
            week,
            wanted: week,
            repositories: begin.repositories,
            screen: Screen::Debt,
            debt: debt::State::default(),
            overview: None,
            overlay: None,
            begun: Vec::new(),
            keymap: begin.keymap,
            scan: Scan::default(),
            generation: 0,
            loaded: 0,
            notice: None,
            mouse: begin.mouse,
        }
    }

    /// What the keys go to.
    pub fn mode(&self) -> Mode {
        match &self.overlay {
            None => Mode::Screen(self.screen),
            Some(Overlay::Help(_) | Overlay::Palette(_)) => Mode::Typing { picks: true },
            Some(Overlay::Search { .. } | Overlay::Export { .. }) => Mode::Typing { picks: false },
        }
    }

    /// The whole terminal.
    pub fn area(&self) -> Rect {
        Rect::new(0, 0, self.size.0, self.size.1)
    }

    /// The rows around the screen.
    pub fn frame(&self) -> layout::Frame {
        layout::frame(self.area())
    }

    /// What the Debt screen sees of the rest.
    pub fn debt_sees(&self) -> debt::Seen<'_> {
        debt::Seen {
            overview: self.overview.as_deref(),
            now: self.now,
            body: self.frame().body,
        }
    }

    /// The Debt screen's state, to change it, and what it sees.
    pub fn debt_mut(&mut self) -> (&mut debt::State, debt::Seen<'_>) {
        let body = self.frame().body;
        let seen = debt::Seen {
            overview: self.overview.as_deref(),
            now: self.now,
            body,
        };
        (&mut self.debt, seen)
    }
}
