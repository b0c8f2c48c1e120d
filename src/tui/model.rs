//! All that the screens know. Plain data: what is drawn follows from it, and it changes only in
//! `update`.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Timelike, Utc};
use ratatui::layout::Rect;
use tui_input::Input;

use super::actions::{Action, Do, Writes, row};
use super::document::{Document, Export, Format};
use super::effect::Effect;
use super::form::Form;
use super::key::Key;
use super::keymap::{Keymap, Mode, Typing};
use super::layout;
use super::message::Notice;
use super::rekey::Rekey;
use super::screens::{Pages, Screen};
use super::seen::Seen;
use super::settings::Settings;
use super::theme::Look;
use crate::week::{Calendar, Command, Id, Phase, Rules, WeekName};
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
    /// The weeks that are over and are written into all the same, until the screens are left.
    pub reopened: BTreeSet<WeekName>,
    /// The names of the repositories.
    pub repositories: Vec<String>,
    /// The screen that is shown.
    pub screen: Screen,
    /// What the screens remember.
    pub pages: Pages,
    /// The limits that the board is decided by.
    pub rules: Rules,
    /// What is known, of the week that is shown or was just now.
    pub overview: Option<Arc<Overview>>,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    /// Keys that begin a sequence.
    pub begun: Vec<Key>,
    /// What keys mean.
    pub keymap: Keymap,
    /// What is set, and what of it was done here.
    pub settings: Settings,
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
    /// When the last whole one ended whose findings are shown.
    pub done_at: Option<DateTime<Utc>>,
    /// When the last whole one ended, and the question that reads its findings, until they are read.
    pub ended: Option<(DateTime<Utc>, u64)>,
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
    /// Keys that are changed.
    Rekey(Box<Rekey>),
    /// Words to search for, in row 29.
    Search(Input),
    /// Lines that are asked for.
    Form(Box<Form>),
    /// A file to write to, in row 29.
    Export {
        /// What is typed.
        input: Input,
        /// What is written to it.
        export: Box<Export>,
    },
}

/// A line that is typed, and a list of what fits it.
#[derive(Clone, Debug, Default)]
pub struct Picker {
    /// What is typed.
    pub input: Input,
    /// The chosen row.
    pub selected: usize,
    /// The only actions that are listed, where a line that stands for several was opened.
    pub only: Vec<Action>,
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
    /// The screen to go to.
    pub go: Option<Screen>,
    /// What that screen is to show, selected.
    pub at: Option<Target>,
}

/// What one screen can lead to on another.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// An item of the Debt screen, by its repository and its id.
    Item(String, String),
    /// A promise of the Plan screen.
    Promise(Id),
}

/// What a screen can ask for in row 29.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Lines to be typed.
    Form(Box<Form>),
    /// A file to write to, with a first suggestion.
    ExportTo(Box<Export>),
}

impl Reply {
    /// Something is to be done.
    pub fn effect(effect: Effect) -> Self {
        Self {
            effects: vec![effect],
            ..Self::default()
        }
    }

    /// Something is to be written.
    pub fn write(command: impl Into<Command>) -> Self {
        Self::effect(Effect::Write(Box::new(command.into())))
    }

    /// An action has to know who the user is: it is done once they are in the team.
    pub fn join(action: Action) -> Self {
        Self::effect(Effect::Join(action))
    }

    /// Lines are to be typed.
    pub fn form(form: Form) -> Self {
        Self::ask(Ask::Form(Box::new(form)))
    }

    /// Another screen is to be shown.
    pub fn go(screen: Screen) -> Self {
        Self {
            go: Some(screen),
            ..Self::default()
        }
    }

    /// An item of debt is to be shown where its code is.
    pub fn item(repository: &str, id: &str) -> Self {
        Self {
            at: Some(Target::Item(repository.to_owned(), id.to_owned())),
            ..Self::go(Screen::Debt)
        }
    }

    /// A promise is to be shown among the others.
    pub fn promise(promise: Id) -> Self {
        Self {
            at: Some(Target::Promise(promise)),
            ..Self::go(Screen::Plan)
        }
    }

    /// Whether nothing is to be done, said or asked.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether something is to be written, now or once it is typed.
    pub fn writes(&self) -> bool {
        let asks = matches!(self.ask, Some(Ask::Form(_)));
        let writes = |effect: &Effect| matches!(effect, Effect::Write(_) | Effect::Join(_));
        asks || self.effects.iter().any(writes)
    }

    /// Something is to be said.
    pub fn notice(notice: Notice) -> Self {
        Self {
            notice: Some(notice),
            ..Self::default()
        }
    }

    /// A document is to be written to a file; its name is asked for.
    pub fn export(document: Document, format: Format) -> Self {
        Self::ask(Ask::ExportTo(Box::new(document.export(format))))
    }

    /// A document is to be put on the clipboard.
    pub fn copied(document: &Document, format: Format) -> Self {
        let bytes = document.write(format).unwrap_or_default();
        Self::effect(Effect::Copy {
            text: String::from_utf8_lossy(&bytes).into_owned(),
            what: format.name(),
        })
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
    /// What is set.
    pub settings: Settings,
}

impl Model {
    /// A model that knows of no debt yet.
    pub fn new(begin: Begin) -> Self {
        let week = begin
            .week
            .unwrap_or_else(|| begin.calendar.week_of(begin.now));
        let screen = first_screen(&begin.calendar, begin.week, begin.now);
        Self {
            size: (0, 0),
            look: begin.look,
            now: begin.now,
            calendar: begin.calendar,
            week,
            wanted: week,
            reopened: BTreeSet::new(),
            repositories: begin.repositories,
            screen,
            pages: Pages::default(),
            rules: begin.settings.config.rules.clone(),
            overview: None,
            overlay: None,
            begun: Vec::new(),
            keymap: begin.keymap,
            settings: begin.settings,
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
            Some(Overlay::Help(_)) => Mode::Typing(Typing::Help),
            Some(Overlay::Palette(_)) => Mode::Typing(Typing::Palette),
            Some(Overlay::Rekey(_)) => Mode::Catching,
            Some(Overlay::Form(_)) => Mode::Typing(Typing::Form),
            Some(Overlay::Search(_) | Overlay::Export { .. }) => Mode::Typing(Typing::Line),
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

    /// What the screens see of the rest.
    pub fn sees(&self) -> Seen<'_> {
        Seen {
            overview: self.overview.as_deref(),
            calendar: &self.calendar,
            name: self.week,
            rules: &self.rules,
            repositories: &self.repositories,
            now: self.now,
            body: self.frame().body,
        }
    }

    /// The screens, to change them, and what they see.
    pub fn parts(&mut self) -> (&mut Pages, Seen<'_>) {
        let body = self.frame().body;
        let seen = Seen {
            overview: self.overview.as_deref(),
            calendar: &self.calendar,
            name: self.week,
            rules: &self.rules,
            repositories: &self.repositories,
            now: self.now,
            body,
        };
        (&mut self.pages, seen)
    }

    /// Whether the shown week is past: the next one has begun. A week that had its deadline and its
    /// retro is not, nor is it at the weekend behind it, which is still its own
    /// ([`Calendar::week_of`]).
    pub fn is_past(&self) -> bool {
        self.week < self.calendar.week_of(self.now)
    }

    /// Why an action cannot be had now; `None` if it can. Into a past week nothing is written before
    /// somebody reopens it: here alone, for all screens.
    pub fn why_not(&self, action: Action) -> Option<String> {
        let is_closed = self.is_past() && !self.reopened.contains(&self.week);
        if action == Action::Frame(Do::Reopen) {
            let why = match (self.is_past(), is_closed) {
                (true, true) => return None,
                (true, false) => "is reopened already",
                (false, _) => "is not over",
            };
            return Some(format!("{} {why}", self.week_called()));
        }
        // What a reopened week would not let through either is said first.
        let own = self.pages.why_not(&self.sees(), action);
        own.or_else(|| {
            let why = || format!("{} is over: `:reopen` writes into it", self.week_called());
            (is_closed && self.would_write(action)).then(why)
        })
    }

    fn would_write(&self, action: Action) -> bool {
        match row(action).map(|row| row.writes) {
            Some(Writes::Always) => true,
            // On a copy of the screen: nothing comes of it.
            Some(Writes::AsItStands) => self.pages.would(&self.sees(), action).writes(),
            Some(Writes::Never) | None => false,
        }
    }

    /// `hack 6`, or the name of the shown week.
    pub fn week_called(&self) -> String {
        let number = self.sees().written().record().number;
        number.map_or_else(|| self.week.to_string(), |it| format!("hack {it}"))
    }

    /// Whether a clock runs on the screen, so that every second is to be drawn.
    pub fn ticks(&self) -> bool {
        self.pages.page(self.screen).ticks(&self.sees())
    }
}

/// The screen that the day and the hour need: before ten o'clock the plan on day 1 and the standup on
/// the others, then what the day is for. Another week than this one, and a day without work, are
/// looked at for their debt.
fn first_screen(calendar: &Calendar, week: Option<WeekName>, now: DateTime<Utc>) -> Screen {
    let this = calendar.week_of(now);
    match week {
        Some(week) if week != this => Screen::Debt,
        _ => screen_of_the_day(calendar, now),
    }
}

/// The screen that the day and the hour need.
pub fn screen_of_the_day(calendar: &Calendar, now: DateTime<Utc>) -> Screen {
    let week = calendar.week(calendar.week_of(now));
    let day = week.day_at(now).map(|day| day.phase);
    let early = calendar.zone().local(now).hour() < 10;
    match day {
        None => Screen::Debt,
        Some(Phase::PlanAndHack) if early => Screen::Plan,
        _ if early => Screen::Standup,
        Some(Phase::PlanAndHack | Phase::HackAndDemo) => Screen::Standup,
        Some(Phase::Review) => Screen::Review,
        Some(Phase::PayBack) => Screen::Payback,
        Some(Phase::Retro) => Screen::Retro,
    }
}
