//! What a screen sees of the rest.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use ratatui::layout::Rect;

use crate::report::boards::ReviewPage;
use crate::report::facts::Scene;
use crate::report::plan::{Plan, plan};
use crate::report::review::review;
use crate::week::{Board, Calendar, Id, Rules, Week, WeekBoard, WeekName};
use crate::workspace::Overview;

static NOTHING: LazyLock<Board> = LazyLock::new(Board::default);

/// What is said of debt before the first scan, the longer wording first.
pub const UNSCANNED: [&str; 2] = ["not known before the first scan", "not known yet"];

/// What a screen sees of the rest.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// All that is known of debt, people and commits; `None` before it is read.
    pub overview: Option<&'a Overview>,
    /// What lays out weeks.
    pub calendar: &'a Calendar,
    /// The week that is shown.
    pub name: WeekName,
    /// The limits that the board is decided by.
    pub rules: &'a Rules,
    /// The names of the repositories.
    pub repositories: &'a [String],
    /// The time.
    pub now: DateTime<Utc>,
    /// Where the screen is drawn.
    pub body: Rect,
}

impl<'a> Seen<'a> {
    /// What people wrote; an empty board before it is read.
    pub fn board(&self) -> &'a Board {
        self.overview.map_or(&NOTHING, |overview| &overview.board)
    }

    /// What they wrote of the week that is shown.
    pub fn written(&self) -> WeekBoard<'a> {
        self.board().week(self.name)
    }

    /// The days of the week that is shown.
    pub fn week(&self) -> Week {
        self.calendar.week(self.name)
    }

    /// The plan of the week that is shown.
    pub fn plan(&self) -> Plan {
        plan(&self.scene(&self.week()))
    }

    /// The review of the week that is shown.
    pub fn review(&self) -> ReviewPage {
        review(&self.scene(&self.week()))
    }

    fn scene<'b>(&self, week: &'b Week) -> Scene<'b>
    where
        'a: 'b,
    {
        Scene {
            board: self.board(),
            week,
            now: self.now,
            rules: self.rules,
        }
    }

    /// All that is known where any repository was scanned: before that nothing can be said of debt, not that
    /// there is none either.
    pub fn scanned(&self) -> Option<&'a Overview> {
        self.overview
            .filter(|overview| !overview.report.repositories.is_empty())
    }

    /// Who sits at the keyboard, if they are in the team.
    pub fn me(&self) -> Option<&'a Id> {
        self.overview.and_then(|overview| overview.me.as_ref())
    }

    /// Whether the hack days of the week that is shown are still to come, or not yet over.
    pub fn is_hacking(&self) -> bool {
        let week = self.week();
        let today = week.zone().date_of(self.now);
        let last = week.days().iter().rfind(|day| day.hack);
        last.is_some_and(|day| today <= day.date)
    }

    /// The number of the day of the shown week that it is; `None` on other days.
    pub fn day(&self) -> Option<u8> {
        self.week().day_at(self.now).map(|day| day.number)
    }
}
