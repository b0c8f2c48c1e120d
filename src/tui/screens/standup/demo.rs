//! The demo: who shows what, what was seen and what becomes of it, what is to be talked over.

use chrono::TimeDelta;
use ratatui::layout::Rect;

use super::below::cursor;
use super::lines::Key;
use super::panes::Focus;
use super::state::State;

use crate::report::safe_text::width;
use crate::report::words::{count, of};
use crate::tui::screens::called::name;
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::{fit, safe};
use crate::tui::widgets::window;
use crate::tui::widgets::wording::Theirs;
use crate::week::Id;
use crate::week::demo::{Show, Verdict};
use crate::week::review::About;
use crate::week::round::{RoundName, Speaker, Turn};
use crate::week::timer::clock;

/// A line of the list.
pub(super) enum Line<'a> {
    /// Who shows.
    Person(Speaker),
    /// What they show.
    Show(&'a Show),
    /// What is to be talked over: by whom, the words.
    Talk(&'a Id, &'a str),
}

/// The lines: people in the order of the demo, what each shows below, the talking points last.
pub(super) fn lines<'a>(seen: &Seen<'a>) -> Vec<Line<'a>> {
    let round = seen
        .board()
        .round_or_new(RoundName::Demo(seen.name), seen.rules);
    let shows = seen.written().shows();
    let mut lines = Vec::new();
    for speaker in round.speakers {
        let own = shows.iter().filter(|show| show.by == speaker.person);
        let own: Vec<Line<'a>> = own.map(|show| Line::Show(show)).collect();
        lines.push(Line::Person(speaker));
        lines.extend(own);
    }
    let known = |show: &Show| seen.board().people.contains_key(&show.by);
    let others = shows.iter().filter(|show| !known(show));
    lines.extend(others.map(|show| Line::Show(show)));
    for person in seen.board().team() {
        let notes = seen.written().notes(&person.id, About::Talk).into_iter();
        lines.extend(notes.map(|note| Line::Talk(&person.id, &note.text)));
    }
    lines
}

impl Line<'_> {
    fn key(&self) -> Option<Key> {
        match self {
            Self::Person(speaker) => Some(Key::Person(speaker.person.to_string())),
            Self::Show(show) => Some(Key::Show(show.id.clone())),
            Self::Talk(..) => None,
        }
    }
}

/// What the cursor can be at.
pub(super) fn keys(_state: &State, seen: &Seen<'_>) -> Vec<Key> {
    lines(seen).iter().filter_map(Line::key).collect()
}

/// The first line in view.
fn first(area: Rect, state: &State, lines: &[Line<'_>]) -> usize {
    let held = &state.cursors[Focus::Side as usize].held;
    let selected = lines.iter().position(|line| line.key() == *held);
    let height = usize::from(area.height.saturating_sub(1));
    window::offset(0, selected.unwrap_or(0), lines.len(), height)
}

/// The thing at a row of the screen, by the place among those that the cursor can be at.
pub(super) fn at(area: Rect, state: &State, seen: &Seen<'_>, y: u16) -> Option<usize> {
    let lines = lines(seen);
    let row = usize::from(y.checked_sub(area.y + 1)?) + first(area, state, &lines);
    let key = lines.get(row)?.key()?;
    keys(state, seen).iter().position(|other| *other == key)
}

/// Draws the list.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let focused = state.focus == Focus::Side;
    let shows = seen.written().shows();
    let shown = shows.iter().filter(|show| show.seen_at.is_some()).count();
    let right = match shows.len() {
        0 => "nothing on it, o adds".to_owned(),
        all => format!("{} seen", of(shown, all)),
    };
    canvas.rule(area, area.y, focused, "Demo order", &right);
    let lines = lines(seen);
    let first = first(area, state, &lines);
    let held = state.cursors[Focus::Side as usize].held.as_ref();
    let wider = Rect {
        x: area.x.saturating_sub(1),
        width: area.width + 1,
        ..area
    };
    let fits = usize::from(area.height - 1);
    for (line, y) in lines.iter().skip(first).zip(area.y + 1..area.bottom()) {
        draw_line(canvas, area, y, line, seen);
        let here = held.is_some() && line.key().as_ref() == held;
        cursor(canvas, wider, y, focused && here);
    }
    let below = lines.len().saturating_sub(first + fits);
    if below > 0 {
        let text = format!(" {} more below ", count(below as u64));
        let wide = u16::try_from(width(&text)).unwrap_or(0);
        canvas.right(area.right(), area.bottom() - 1, wide, &text, Ink::Dim);
    }
}

fn draw_line(canvas: &mut Canvas<'_>, area: Rect, y: u16, line: &Line<'_>, seen: &Seen<'_>) {
    let glyphs = canvas.glyphs();
    let end = area.right().saturating_sub(1);
    match line {
        Line::Person(speaker) => {
            let spent = speaker.timer.spent(seen.now);
            let (sign, ink, status) = match speaker.turn {
                Turn::Done => (glyphs.done, Ink::Good, clock(spent)),
                Turn::Speaking => (glyphs.now, Ink::Accent, clock(spent)),
                Turn::Waiting if speaker.away => (glyphs.open, Ink::Dim, "away".to_owned()),
                Turn::Waiting => (glyphs.open, Ink::Plain, String::new()),
            };
            let weight = match speaker.turn {
                Turn::Speaking => Ink::Strong,
                _ if speaker.away => Ink::Dim,
                _ => Ink::Plain,
            };
            canvas.text(area.x + 2, y, 1, sign, ink);
            let wide = u16::try_from(width(&status)).unwrap_or(0);
            let room = end.saturating_sub(area.x + 5 + wide);
            let who = name(seen, &speaker.person);
            canvas.text(area.x + 4, y, room, &Theirs(&who), weight);
            let each = TimeDelta::seconds(seen.rules.demo_each.into());
            let ink = if spent > each { Ink::Warn } else { Ink::Dim };
            canvas.right(end, y, wide, &status, ink);
        }
        Line::Show(show) => {
            let (sign, ink) = match show.seen_at {
                Some(_) => (glyphs.done, Ink::Good),
                None => (glyphs.open, Ink::Plain),
            };
            let verdict = match show.verdict {
                Verdict::Undecided => "",
                Verdict::Undo => "undo",
                Verdict::Keep => "keep",
            };
            let debt = match show.debt.len() {
                0 => String::new(),
                1 => show.debt.first().map_or_else(String::new, |item| {
                    format!("{} ", safe(&seen.board().debt_name(item)))
                }),
                many => format!("{} debt ", count(many as u64)),
            };
            let right = format!("{debt}{verdict}");
            let right = fit(right.trim_end(), 14, glyphs.more);
            let wide = u16::try_from(width(&right)).unwrap_or(0);
            canvas.text(area.x + 4, y, 1, sign, ink);
            let room = end.saturating_sub(area.x + 7 + wide);
            canvas.text(area.x + 6, y, room, &Theirs(&show.what), Ink::Plain);
            canvas.right(end, y, wide, &right, Ink::Dim);
        }
        Line::Talk(by, text) => {
            let who = fit(&name(seen, by), 8, glyphs.more);
            let wide = u16::try_from(width(&who)).unwrap_or(0);
            canvas.text(area.x + 2, y, 1, glyphs.dot, Ink::Dim);
            let room = end.saturating_sub(area.x + 6 + wide);
            canvas.text(area.x + 4, y, room, &Theirs(text), Ink::Plain);
            canvas.right(end, y, wide, &who, Ink::Dim);
        }
    }
}
