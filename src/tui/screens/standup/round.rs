//! The people, one line each, and what the unfolded one says.

use chrono::TimeDelta;
use ratatui::layout::Rect;

use super::lines::{Key, Line};
use super::panes::Focus;
use super::state::State;
use super::words::{change, place, when};
use crate::report::safe_text::width;
use crate::report::standup::{CommitRow, Person};
use crate::report::words::{count, plural, short};
use crate::tui::screens::called::{names, number};
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::{fit, pad, safe};
use crate::tui::widgets::wording::Theirs;
use crate::week::round::{Round, RoundName, Speaker, Turn};
use crate::week::timer::clock;

/// Draws the pane.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let focused = state.focus == Focus::Round;
    let standup = RoundName::Standup(state.date(seen));
    let round = seen.board().round_or_new(standup, seen.rules);
    let title = title(canvas, state, seen, &round);
    canvas.rule(area, area.y, focused, "Round robin", &title);
    let room = area.width.saturating_sub(4);
    if state.standup.is_none() {
        canvas.text(area.x + 1, area.y + 1, room, "Reading the index", Ink::Dim);
        return;
    }
    let lines = state.lines(seen);
    if lines.is_empty() {
        let nobody = match seen.scanned() {
            Some(_) => "Nobody committed this week, and nobody is in the team",
            None => "Nothing is scanned yet, and nobody is in the team",
        };
        for (text, y) in [nobody, "space begins with you"]
            .into_iter()
            .zip(area.y + 1..area.bottom())
        {
            canvas.text(area.x + 3, y, room, text, Ink::Dim);
        }
        return;
    }
    let fits = usize::from(area.height - 1);
    let held: Option<&Key> = state.cursors[Focus::Round as usize].held.as_ref();
    let wide = Wide::of(state.people(), area.width);
    let pen = Pen {
        state,
        seen,
        round: &round,
        wide,
        names: wide.names(state.people(), area.width),
        dated: dated(state),
    };
    let shown = lines.iter().skip(state.offset).take(fits);
    for (line, y) in shown.zip(area.y + 1..) {
        let row = Rect {
            y,
            height: 1,
            ..area
        };
        pen.draw(canvas, row, line);
        if focused && held.is_some() && line.key(state).as_ref() == held {
            let cursor = canvas.glyphs().cursor;
            canvas.text(area.x + 1, y, 1, cursor, Ink::Strong);
            let inner = Rect {
                x: area.x + 2,
                width: area.width.saturating_sub(3),
                ..row
            };
            canvas.lay(inner, canvas.look.selected());
        }
    }
    let below = lines.len().saturating_sub(state.offset + fits);
    if below > 0 {
        let text = format!(" {} more below ", count(below as u64));
        let wide = u16::try_from(width(&text)).unwrap_or(0);
        canvas.right(area.right() - 1, area.bottom() - 1, wide, &text, Ink::Dim);
    }
}

/// `2 of 4 · shuffled`; where no clock is in view, that.
fn title(canvas: &Canvas<'_>, state: &State, seen: &Seen<'_>, round: &Round) -> String {
    let people = round.speakers.len();
    if state.panes(seen).side.height == 0
        && let Some((_, speaker)) = round.speaking()
    {
        return super::side::spoken(speaker, round, seen);
    }
    let mut text = match (round.speaking(), round.ended) {
        (Some((at, _)), _) => format!("{} of {}", at + 1, count(people as u64)),
        (None, Some(_)) => format!("over, {}", clock(round.lasted(seen.now))),
        (None, None) if state.standup.is_none() => String::new(),
        (None, None) if state.people().is_empty() => "no team yet".to_owned(),
        (None, None) if people == 0 => "no team yet, space makes these one".to_owned(),
        (None, None) => plural(people as u64, "person", "people"),
    };
    if round.seed.is_some() {
        text.push_str(&format!(" {} shuffled", canvas.glyphs().dot));
    }
    text
}

/// How wide the columns of the people are, the blanks behind each counted.
#[derive(Clone, Copy)]
struct Wide {
    /// Between the names and them.
    gap: u16,
    /// The turn, then the figures.
    cells: [u16; 5],
}

impl Wide {
    fn of(people: &[Person], wide: u16) -> Self {
        let full = wide >= 62;
        let (gap, mut cells) = match full {
            true => (2, [8, 11, 10, 6, 7]),
            false => (1, [7, 11, 8, 7, 0]),
        };
        for person in people {
            for (cell, text) in cells.iter_mut().skip(1).zip(figures(person, full)) {
                let blank = usize::from(*cell > 0);
                let needs = u16::try_from(width(&text) + blank).unwrap_or(u16::MAX);
                *cell = (*cell).max(if text.is_empty() { 0 } else { needs });
            }
        }
        Self { gap, cells }
    }

    /// How wide the names are: the longest, as far as there is room for it.
    fn names(self, people: &[Person], wide: u16) -> u16 {
        let names = people.iter().map(|person| width(&safe(&person.name)));
        let widest = u16::try_from(names.max().unwrap_or(0)).unwrap_or(u16::MAX);
        let blocked = people.iter().map(|person| match person.blocked.len() {
            0 => 0,
            many => count(many as u64).len() + 2,
        });
        let blocked = u16::try_from(blocked.max().unwrap_or(0)).unwrap_or(0);
        let taken: u16 = self.cells.iter().sum::<u16>() + self.gap + blocked + 6;
        widest.clamp(8, 24).min(wide.saturating_sub(taken)).max(4)
    }
}

/// What somebody is called in so many cells: the first word of a name that is too long, if no other
/// name begins with it.
fn called<'a>(people: &[Person], person: &'a Person, cells: usize) -> &'a str {
    let first = |name: &'a str| name.split(' ').next().unwrap_or(name);
    let own = first(&person.name);
    let shared = people
        .iter()
        .filter(|other| other.name.split(' ').next() == Some(own))
        .count();
    match width(&safe(&person.name)) <= cells || own.is_empty() || shared > 1 {
        true => &person.name,
        false => own,
    }
}

/// What is counted of somebody: commits, debt, tasks.
fn figures(person: &Person, full: bool) -> [String; 4] {
    let commits = plural(person.commits.len() as u64, "commit", "commits");
    let today = format!("{} today", count(person.today.len() as u64));
    let (opened, paid) = (count(person.opened), count(person.paid));
    match full {
        true => [
            commits,
            format!("+{opened} debt"),
            format!("-{paid}"),
            today,
        ],
        false => [commits, format!("+{opened} -{paid}"), today, String::new()],
    }
}

/// Whether commits of several days are listed, so that their times need a day.
fn dated(state: &State) -> bool {
    let commits = state.people().iter().flat_map(|person| &person.commits);
    let mut days: Vec<_> = commits.map(|commit| commit.time.date_naive()).collect();
    days.sort_unstable();
    days.dedup();
    days.len() > 1
}

struct Pen<'a> {
    state: &'a State,
    seen: &'a Seen<'a>,
    round: &'a Round,
    wide: Wide,
    names: u16,
    dated: bool,
}

impl Pen<'_> {
    fn draw(&self, canvas: &mut Canvas<'_>, row: Rect, line: &Line) {
        let people = self.state.people();
        match line {
            Line::Person(at) => {
                if let Some(person) = people.get(*at) {
                    self.person(canvas, row, person);
                }
            }
            Line::Title(label, text) => title_line(canvas, row, label, text),
            Line::Since(label, text) => title_line(canvas, row, label, text),
            Line::Words(text) => {
                let room = row.width.saturating_sub(8);
                canvas.text(row.x + 7, row.y, room, text, Ink::Dim);
            }
            Line::Commit(who, at) => {
                let commit = people.get(*who).and_then(|it| it.commits.get(*at));
                if let Some(commit) = commit {
                    self.commit(canvas, row, commit);
                }
            }
            Line::Debt(who, at) => {
                let item = people.get(*who).and_then(|it| it.owes.get(*at));
                if let Some(item) = item {
                    let label = format!("{} {}", item.name, safe(&item.marker));
                    let text = if item.text.trim().is_empty() {
                        "(no words)"
                    } else {
                        item.text.trim()
                    };
                    let ink = match item.marker.as_str() {
                        "DONT" | "FIXME" | "MOCK" => Ink::Warn,
                        _ => Ink::Plain,
                    };
                    self.entry(canvas, row, &label, ink, text, &place(item));
                }
            }
            Line::Task(id) => {
                if let Some(task) = self.seen.board().tasks.get(id) {
                    let sign = canvas.glyphs().open;
                    let label = format!("{sign} {}", number(self.seen, task));
                    let waits = match task.waits_for.is_empty() {
                        true => String::new(),
                        false => format!("waits: {}", names(self.seen, &task.waits_for)),
                    };
                    self.entry(canvas, row, &label, Ink::Plain, &task.text, &waits);
                }
            }
            Line::Blocker(id) => {
                if let Some(blocker) = self.seen.board().blockers.get(id) {
                    let since = format!("since {}", when(self.seen, blocker.since));
                    let wide = u16::try_from(width(&since)).unwrap_or(0);
                    let end = row.right().saturating_sub(1);
                    canvas.text(row.x + 7, row.y, 1, canvas.glyphs().missed, Ink::Warn);
                    let room = row.width.saturating_sub(12 + wide);
                    canvas.text(row.x + 9, row.y, room, &Theirs(&blocker.text), Ink::Plain);
                    canvas.right(end, row.y, wide, &since, Ink::Dim);
                }
            }
        }
    }

    fn speaker(&self, person: &Person) -> Option<&Speaker> {
        let id = person.id.as_deref()?;
        let mut speakers = self.round.speakers.iter();
        speakers.find(|speaker| speaker.person.as_str() == id)
    }

    fn person(&self, canvas: &mut Canvas<'_>, row: Rect, person: &Person) {
        let glyphs = canvas.glyphs();
        let full = row.width >= 62;
        let speaker = self.speaker(person);
        let spent = speaker.map_or(TimeDelta::zero(), |it| it.timer.spent(self.seen.now));
        let next = person.next && self.round.began.is_some();
        let (sign, ink, status) = match speaker.map(|speaker| speaker.turn) {
            None if self.round.speakers.is_empty() => (glyphs.open, Ink::Plain, String::new()),
            None => (" ", Ink::Dim, "no team".to_owned()),
            Some(Turn::Done) => (glyphs.done, Ink::Good, clock(spent)),
            Some(Turn::Speaking) => (glyphs.now, Ink::Accent, clock(spent)),
            Some(Turn::Waiting) if person.away => (glyphs.open, Ink::Dim, "away".to_owned()),
            Some(Turn::Waiting) if next => (glyphs.open, Ink::Plain, "next".to_owned()),
            Some(Turn::Waiting) => (glyphs.open, Ink::Plain, String::new()),
        };
        let weight = match speaker.map(|speaker| speaker.turn) {
            Some(Turn::Speaking) => Ink::Strong,
            _ if person.away || (speaker.is_none() && !self.round.speakers.is_empty()) => Ink::Dim,
            _ => Ink::Plain,
        };
        let plain = if weight == Ink::Dim {
            Ink::Dim
        } else {
            Ink::Plain
        };
        canvas.text(row.x + 3, row.y, 1, sign, ink);
        let called = called(self.state.people(), person, usize::from(self.names));
        canvas.text(row.x + 5, row.y, self.names, &Theirs(called), weight);
        let end = row.right().saturating_sub(1);
        let mut x = row.x + 5 + self.names + self.wide.gap;
        let mut after = x;
        let cells = std::iter::once(status).chain(figures(person, full));
        for (text, wide) in cells.zip(self.wide.cells) {
            if x < end && wide > 0 {
                after = canvas.text(x, row.y, wide.min(end - x), &text, plain);
                x += wide;
            }
        }
        let blocked = match person.blocked.len() {
            0 => String::new(),
            many => format!(" !{many}"),
        };
        if after < end {
            canvas.text(after, row.y, end - after, &blocked, Ink::Warn);
        }
    }

    fn commit(&self, canvas: &mut Canvas<'_>, row: Rect, commit: &CommitRow) {
        let form = if self.dated { "%a %H:%M" } else { "%H:%M" };
        let subject = match commit.subject.trim() {
            "" => "(no words)",
            subject => subject,
        };
        let change = change(commit.opened, commit.paid);
        if row.width < 62 {
            self.entry(canvas, row, "", Ink::Dim, subject, &change);
            return;
        }
        let label = format!("{} {}", commit.time.format(form), short(&commit.id));
        let ink = if commit.merge { Ink::Dim } else { Ink::Plain };
        self.entry(canvas, row, &label, ink, subject, &change);
    }

    /// A label, a text, and what stands at the right.
    fn entry(
        &self,
        canvas: &mut Canvas<'_>,
        row: Rect,
        label: &str,
        ink: Ink,
        text: &str,
        right: &str,
    ) {
        let more = canvas.glyphs().more;
        let x = row.x + 7;
        let end = row.right().saturating_sub(1);
        let column = match (label.is_empty(), self.dated && row.width >= 62) {
            (true, _) => 0,
            (_, true) => 19,
            (_, false) if row.width < 62 => 13,
            (_, false) => 15,
        };
        // A kind of the team's own may be longer than ours.
        canvas.text(x, row.y, column, &(label, Theirs(label)), ink);
        let right = fit(right, usize::from(row.width / 3), more);
        let wide = u16::try_from(width(&right)).unwrap_or(0);
        let start = x + column;
        let room = end.saturating_sub(start + wide + if wide > 0 { 2 } else { 0 });
        canvas.text(start, row.y, room, &Theirs(text), Ink::Plain);
        canvas.right(end, row.y, wide, &right, Ink::Dim);
    }
}

fn title_line(canvas: &mut Canvas<'_>, row: Rect, label: &str, text: &str) {
    let room = row.width.saturating_sub(6);
    let label = pad(label, 15);
    let x = canvas.text(row.x + 5, row.y, room, &label, Ink::Accent);
    let room = row.right().saturating_sub(x + 3);
    canvas.text(x + 2, row.y, room, text, Ink::Dim);
}
