//! The rows above a screen: title, days, clock, tabs.

use chrono::{DateTime, Utc};

use crate::report::safe_text::width;
use crate::report::words::age;
use crate::tui::layout::{Frame, Room};
use crate::tui::model::Model;
use crate::tui::screens::Screen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::wording::Theirs;
use crate::week::burndown::WorkHours;
use crate::week::{Day, Week};

/// Draws them.
pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, frame: &Frame) {
    let week = model.calendar.week(model.week);
    title(canvas, model, frame, &week);
    if model.screen == Screen::Start {
        // There is no week to show yet.
        let area = canvas.area();
        let sign = canvas.glyphs().light;
        canvas.repeat(area.x, area.y + 2, area.width, sign, Ink::Dim);
        return;
    }
    strip(canvas, model, frame, &week);
    clock(canvas, model, &week);
    if let Some(y) = frame.tabs {
        tabs(canvas, model, y);
    }
}

/// What the day that it is is for; `None` on a day without work.
pub(super) fn phase(model: &Model) -> Option<&'static str> {
    let week = model.calendar.week(model.calendar.week_of(model.now));
    week.day_at(model.now).map(|day| day.phase.words())
}

fn title(canvas: &mut Canvas<'_>, model: &Model, frame: &Frame, week: &Week) {
    let area = canvas.area();
    let now = model.calendar.zone().local(model.now);
    let small = frame.room == Room::Small;
    let clock = match small {
        true => now.format("%a %-d %b %H:%M").to_string(),
        false => now.format("%a %-d %b  %H:%M").to_string(),
    };
    let scanned = if small { None } else { scanned(model) };
    let right = match scanned {
        Some(scanned) => format!("{scanned}   {clock}"),
        None => clock,
    };
    let wide = u16::try_from(right.chars().count()).unwrap_or(u16::MAX);
    let end = area.right().saturating_sub(1);
    let mut x = area.x + 1;
    let start = model.screen == Screen::Start;
    if !small || start {
        x = canvas.text(x, area.y, 8, "hackweek", Ink::Accent) + 3;
    }
    let room = end.saturating_sub(wide + 2).saturating_sub(x);
    if start {
        canvas.right(end, area.y, wide, &right, Ink::Dim);
        return;
    }
    let dot = canvas.glyphs().dot;
    let mut called = format!(" {dot} {}", model.week_called());
    let this = model.calendar.week_of(model.now);
    if week.name() != this {
        let which = match model.is_past() {
            true if model.reopened.contains(&week.name()) => "reopened",
            true => "past week",
            false => "week to come",
        };
        called.push_str(&format!(", {which}"));
    }
    // Which week it is matters more than the end of what the project is called.
    let cells = u16::try_from(width(&called)).unwrap_or(u16::MAX);
    let project = Theirs(project(model));
    let x = canvas.text(x, area.y, room.saturating_sub(cells), &project, Ink::Strong);
    canvas.text(x, area.y, cells.min(room), &called, Ink::Strong);
    canvas.right(end, area.y, wide, &right, Ink::Dim);
}

/// What the project is called, or else the repositories' names, or how many they are.
fn project(model: &Model) -> String {
    if let Some(title) = model.sees().board().title_at(model.week) {
        return title.to_owned();
    }
    match model.repositories.as_slice() {
        [] => "no repository".to_owned(),
        [one] => one.clone(),
        [one, other] => format!("{one} + {other}"),
        many => format!("{} repositories", many.len()),
    }
}

fn scanned(model: &Model) -> Option<String> {
    let at = model.scan.done_at?;
    let seconds = (model.now - at).num_seconds().max(0);
    if seconds < 60 {
        // Seconds are said where they are counted.
        return Some(match model.ticks() {
            true => format!("scan {seconds}s ago"),
            false => "scan just now".to_owned(),
        });
    }
    let (at, now) = (at.fixed_offset(), model.now.fixed_offset());
    Some(format!("scan {} ago", age(at, now)))
}

/// Where a day is in time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Gone,
    Today,
    ToCome,
}

fn when(model: &Model, day: &Day) -> When {
    let today = model.calendar.zone().date_of(model.now);
    match day.date.cmp(&today) {
        std::cmp::Ordering::Less => When::Gone,
        std::cmp::Ordering::Equal => When::Today,
        std::cmp::Ordering::Greater => When::ToCome,
    }
}

/// Where the cell of a day begins, and how wide it is: all days share the width.
fn cell(width: u16, days: usize, at: usize) -> (u16, u16) {
    let edge = |at: usize| {
        let edge = usize::from(width) * at / days.max(1);
        u16::try_from(edge).unwrap_or(width)
    };
    (edge(at), edge(at + 1) - edge(at))
}

fn strip(canvas: &mut Canvas<'_>, model: &Model, frame: &Frame, week: &Week) {
    let area = canvas.area();
    let y = area.y + 1;
    let glyphs = canvas.glyphs();
    if frame.room == Room::Small {
        let mut x = area.x + 1;
        for day in week.days() {
            let name = day.date.format("%a").to_string();
            let (text, ink) = match when(model, day) {
                When::Gone => (vec![format!("{name}{}", glyphs.done)], Ink::Dim),
                When::Today => {
                    let today = format!("{name}{}", glyphs.cursor);
                    (vec![format!("{today} {}", day.phase), today], Ink::Strong)
                }
                When::ToCome => (vec![name], Ink::Plain),
            };
            x = canvas.text(x, y, area.right().saturating_sub(x), &text, ink) + 3;
        }
        return;
    }
    // At eighteen columns the longest phase fits. It is said of all days or of none.
    let days = week.days().len();
    let phases = usize::from(area.width) >= days * 20;
    for (at, day) in week.days().iter().enumerate() {
        let (x, width) = cell(area.width, days, at);
        let (sign, ink) = match when(model, day) {
            When::Gone => (glyphs.done, Ink::Dim),
            When::Today => (glyphs.cursor, Ink::Strong),
            When::ToCome => (" ", Ink::Plain),
        };
        let name = day.date.format("%a").to_string();
        let text = match phases {
            true => format!("{sign} {name} {}", day.phase),
            false => format!("{sign} {name}"),
        };
        let room = width.saturating_sub(2);
        canvas.text(area.x + x + 1, y, room, &text, ink);
    }
    if week.days().is_empty() {
        canvas.text(
            area.x + 1,
            y,
            area.width,
            "no working days in this week",
            Ink::Dim,
        );
    }
}

/// The rule below the days is the clock: its heavy part is time gone.
fn clock(canvas: &mut Canvas<'_>, model: &Model, week: &Week) {
    let area = canvas.area();
    let gone = gone(week, model.now, area.width);
    let y = area.y + 2;
    let glyphs = canvas.glyphs();
    canvas.repeat(area.x, y, area.width, glyphs.light, Ink::Dim);
    let x = canvas.repeat(area.x, y, gone, glyphs.heavy, Ink::Accent);
    let begun = week
        .days()
        .first()
        .is_some_and(|first| model.calendar.zone().date_of(model.now) >= first.date);
    if begun && gone < area.width {
        canvas.text(x, y, 1, glyphs.tip, Ink::Accent);
    }
}

/// How many of `width` columns are gone, by the hours of work.
fn gone(week: &Week, now: DateTime<Utc>, width: u16) -> u16 {
    let days = week.days().len();
    let mut columns = 0;
    for (at, day) in week.days().iter().enumerate() {
        let (start, wide) = cell(width, days, at);
        let passed = WorkHours::default().passed(week, day, now);
        if passed <= 0.0 {
            break;
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let part = (f64::from(wide) * passed) as u16;
        columns = start + part.min(wide);
    }
    columns
}

/// Where each tab is, and what it says.
pub(in crate::tui) fn tab_cells(model: &Model) -> Vec<(Screen, u16, String)> {
    let mut x: u16 = 1;
    let mut cells = Vec::new();
    if model.screen == Screen::Start {
        return cells;
    }
    for screen in Screen::ALL
        .iter()
        .copied()
        .filter(|screen| screen.number() > 0)
    {
        let badge = model.pages.page(screen).badge(&model.sees());
        let badge = badge.map_or_else(String::new, |badge| format!(" {badge}"));
        let words = format!("{} {}{badge}", screen.number(), screen.name());
        let text = match screen == model.screen {
            true => format!("[{words}]"),
            false => format!(" {words} "),
        };
        let wide = u16::try_from(text.chars().count()).unwrap_or(u16::MAX);
        cells.push((screen, x, text));
        x = x.saturating_add(wide + 1);
    }
    cells
}

fn tabs(canvas: &mut Canvas<'_>, model: &Model, y: u16) {
    let area = canvas.area();
    for (screen, x, text) in tab_cells(model) {
        let ink = if screen == model.screen {
            Ink::Strong
        } else {
            Ink::Plain
        };
        canvas.text(area.x + x, y, area.width.saturating_sub(x), &text, ink);
    }
}
