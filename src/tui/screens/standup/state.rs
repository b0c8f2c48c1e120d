//! What the Standup screen remembers.

use chrono::NaiveDate;

use super::demo;
use super::lines::{self, Key, Line};
use super::panes::{Focus, Panes, panes};
use crate::report::figures::is_of_week;
use crate::report::pay_down;
use crate::report::standup::{Person, Standup, standup};
use crate::tui::seen::Seen;
use crate::tui::widgets::window;
use crate::week::burndown::{Burndown, WorkHours};
use crate::week::promise::Promise;
use crate::week::round::{Round, RoundName};
use crate::week::standup::{Blocker, Parked};
use crate::week::{Id, Phase};

/// What its forms ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// A task for somebody.
    Task(Id),
    /// What is in somebody's way.
    Block(Id),
    /// A topic that somebody brought up.
    Park(Option<Id>),
    /// The words of a task.
    Edit(Id),
    /// Something that somebody shows.
    Show(Id),
    /// Debt that was seen with a hack.
    Link(Id),
    /// A talking point of somebody.
    Talk(Id),
}

/// Who is unfolded.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Unfolded {
    /// Who speaks; before the round the user, or who comes first.
    #[default]
    Speaker,
    /// Somebody, by the key of their row.
    Person(Key),
    /// Nobody.
    Nobody,
}

/// Where the cursor of a pane is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cursor {
    /// What it is at.
    pub held: Option<Key>,
    /// Which of the things in the pane that is, or was.
    pub at: usize,
}

/// The state of the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The standup as its document has it.
    pub standup: Option<Standup>,
    /// How the debt of the hack days grew and went.
    pub chart: Option<Burndown>,
    /// The pane that keys go to.
    pub focus: Focus,
    /// The cursors, by pane.
    pub cursors: [Cursor; 4],
    /// The first line of the people in view.
    pub offset: usize,
    /// Who is unfolded.
    pub unfolded: Unfolded,
    /// Who spoke when one last looked.
    pub speaker: Option<Id>,
    /// Whether the demo is shown; `None`: once it is time for it.
    pub demo: Option<bool>,
}

impl State {
    /// Whether the demo is shown in place of the standup's clock.
    pub fn is_demo(&self, seen: &Seen<'_>) -> bool {
        let time = || {
            let today = seen.week().day_at(seen.now).map(|day| day.phase);
            let demo_at = seen.written().record().demo_at;
            today == Some(Phase::HackAndDemo) && demo_at.is_some_and(|at| seen.now >= at)
        };
        self.demo.unwrap_or_else(time)
    }

    /// The date of the standup: today, or the last day of a week that is over.
    pub fn date(&self, seen: &Seen<'_>) -> NaiveDate {
        let today = || seen.week().zone().date_of(seen.now);
        self.standup.as_ref().map_or_else(today, |it| it.date)
    }

    /// The round that the clock is of.
    pub fn round_name(&self, seen: &Seen<'_>) -> RoundName {
        match self.is_demo(seen) {
            true => RoundName::Demo(seen.name),
            false => RoundName::Standup(self.date(seen)),
        }
    }

    /// That round.
    pub fn round(&self, seen: &Seen<'_>) -> Round {
        let name = self.round_name(seen);
        seen.board().round_or_new(name, seen.rules)
    }

    /// The people of the standup.
    pub fn people(&self) -> &[Person] {
        self.standup.as_ref().map_or(&[], |it| &it.people)
    }

    /// Who is unfolded, by the place among the people.
    pub fn open(&self, seen: &Seen<'_>) -> Option<usize> {
        let people = self.people();
        let at = |id: &Id| {
            people
                .iter()
                .position(|it| it.id.as_deref() == Some(id.as_str()))
        };
        match &self.unfolded {
            Unfolded::Nobody => None,
            Unfolded::Person(key) => people.iter().position(|it| lines::key_of(it) == *key),
            Unfolded::Speaker => {
                let round = self.round(seen);
                let speaking = round.speaking().map(|(_, speaker)| &speaker.person);
                if round.ended.is_some() {
                    return None;
                }
                let next = || round.next().map(|speaker| &speaker.person);
                let first = || if people.is_empty() { None } else { Some(0) };
                let then = || seen.me().and_then(at).or_else(|| next().and_then(at));
                speaking.and_then(at).or_else(then).or_else(first)
            }
        }
    }

    /// Where the panes are.
    pub(super) fn panes(&self, seen: &Seen<'_>) -> Panes {
        let (promises, parked) = (self.promises(seen).len(), seen.written().parked().len());
        panes(seen.body, self.focus, promises, parked)
    }

    /// The lines of the people.
    pub(super) fn lines(&self, seen: &Seen<'_>) -> Vec<Line> {
        let height = self.panes(seen).round.height.saturating_sub(1);
        lines::lines(self, seen, usize::from(height))
    }

    /// The promises due on the date of the standup.
    pub(super) fn promises<'a>(&self, seen: &Seen<'a>) -> Vec<&'a Promise> {
        let zone = seen.week().zone();
        seen.written().promises_due(self.date(seen), zone)
    }

    /// The topics that are parked.
    pub(super) fn parked<'a>(&self, seen: &Seen<'a>) -> Vec<&'a Parked> {
        seen.written().parked()
    }

    /// What stopped people in the week, and what stops them since an earlier one, oldest first.
    pub(super) fn blockers<'a>(&self, seen: &Seen<'a>) -> Vec<&'a Blocker> {
        let mut blockers: Vec<&Blocker> = seen.board().blockers.values().collect();
        let now = seen.now;
        blockers.retain(|it| it.week == seen.name || (it.is_open() && it.since <= now));
        blockers.sort_by_key(|it| (!it.is_open(), it.since));
        blockers
    }

    /// What the cursor of a pane can be at, in order.
    pub(super) fn keys(&self, seen: &Seen<'_>, focus: Focus) -> Vec<Key> {
        match focus {
            Focus::Round => {
                let lines = self.lines(seen).into_iter();
                lines.filter_map(|line| line.key(self)).collect()
            }
            Focus::Promises => {
                let promises = self.promises(seen).into_iter();
                promises.map(|it| Key::Promise(it.id.clone())).collect()
            }
            Focus::Parked => {
                let parked = self.parked(seen).into_iter();
                parked.map(|it| Key::Parked(it.id.clone())).collect()
            }
            Focus::Side if self.is_demo(seen) => demo::keys(self, seen),
            Focus::Side => {
                let blockers = self.blockers(seen).into_iter();
                blockers.map(|it| Key::Blocker(it.id.clone())).collect()
            }
        }
    }

    /// What the cursor is at.
    pub fn key(&self) -> Option<&Key> {
        self.cursors[self.focus as usize].held.as_ref()
    }

    /// Puts the cursor of a pane at one of its things.
    pub(super) fn put(&mut self, seen: &Seen<'_>, focus: Focus, at: usize) {
        let keys = self.keys(seen, focus);
        let at = at.min(keys.len().saturating_sub(1));
        let held = keys.get(at).cloned();
        self.cursors[focus as usize] = Cursor { held, at };
        self.keep_in_view(seen);
    }

    /// Counts anew, and leaves the cursors where they are.
    pub fn count(&mut self, seen: &Seen<'_>) {
        self.standup = seen
            .overview
            .map(|overview| standup(&overview.facts(seen.now)));
        self.chart = seen.overview.map(|overview| {
            let week = &overview.week;
            let of_week = overview.report.items.iter();
            let lives = pay_down::lives(of_week.filter(|item| is_of_week(item, week)));
            let hours = WorkHours::default();
            Burndown::of(week, hours, &lives, &overview.paces, seen.now)
        });
        self.settle(seen);
    }

    /// Stays at what was selected, wherever it is now; at another's turn the cursor goes to who
    /// speaks.
    pub fn settle(&mut self, seen: &Seen<'_>) {
        let round = self.round(seen);
        let speaker = round.speaking().map(|(_, speaker)| speaker.person.clone());
        if speaker != self.speaker {
            self.unfolded = Unfolded::Speaker;
            if let Some(speaker) = &speaker {
                self.cursors[Focus::Round as usize].held = Some(Key::Person(speaker.to_string()));
            }
            self.speaker = speaker;
        }
        // Before anybody moved, the cursor is at who is unfolded.
        if self.cursors[Focus::Round as usize] == Cursor::default()
            && let Some(open) = self.open(seen).and_then(|open| self.people().get(open))
        {
            self.cursors[Focus::Round as usize].held = Some(lines::key_of(open));
        }
        for focus in Focus::ALL {
            let keys = self.keys(seen, focus);
            let cursor = &mut self.cursors[focus as usize];
            let held = keys
                .iter()
                .position(|key| Some(key) == cursor.held.as_ref());
            let last = keys.len().saturating_sub(1);
            cursor.at = held.unwrap_or(cursor.at.min(last));
            cursor.held = keys.into_iter().nth(cursor.at);
        }
        self.keep_in_view(seen);
    }

    fn keep_in_view(&mut self, seen: &Seen<'_>) {
        let height = usize::from(self.panes(seen).round.height.saturating_sub(1));
        let lines = self.lines(seen);
        let held = &self.cursors[Focus::Round as usize].held;
        let selected = lines.iter().position(|line| line.key(self) == *held);
        let selected = selected.unwrap_or(0);
        self.offset = window::offset(self.offset, selected, lines.len(), height);
    }
}
