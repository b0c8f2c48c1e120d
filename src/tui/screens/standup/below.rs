//! What is due today, and what is parked; where there is no room for the side, two lines of it.

use ratatui::layout::Rect;

use super::panes::Focus;
use super::side;
use super::state::State;
use super::words::hour;
use crate::report::safe_text::width;
use crate::report::words::{count, plural};
use crate::tui::screens::called::{name, names};
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::{fit, pad, safe};
use crate::tui::widgets::window;
use crate::tui::widgets::wording::Theirs;
use crate::week::promise::PromiseState;

/// The first thing in view of so many in a pane, of which the cursor is at one.
pub(super) fn first(area: Rect, at: usize, things: usize) -> usize {
    window::offset(0, at, things, usize::from(area.height.saturating_sub(1)))
}

/// Draws the promises.
pub(super) fn promises(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let focused = state.focus == Focus::Promises;
    let promises = state.promises(seen);
    let right = match promises.len() {
        0 => "none".to_owned(),
        many => count(many as u64),
    };
    canvas.rule(area, area.y, focused, "Promises due today", &right);
    let at = state.cursors[Focus::Promises as usize].at;
    let first = first(area, at, promises.len());
    let glyphs = canvas.glyphs();
    let givers = promises.iter().map(|it| width(&name(seen, &it.from)));
    let givers = givers.max().unwrap_or(0).min(12);
    let shown = promises.iter().enumerate().skip(first);
    for ((nth, promise), y) in shown.zip(area.y + 1..area.bottom()) {
        let late = promise.due.is_some_and(|due| due < seen.now);
        let due = promise.due.map(|due| hour(seen, due)).unwrap_or_default();
        let ink = if late { Ink::Bad } else { Ink::Plain };
        let x = canvas.text(area.x + 3, y, 5, &due, ink) + 2;
        let from = fit(&name(seen, &promise.from), givers, glyphs.more);
        let to = match promise.to.is_empty() {
            true => "all".to_owned(),
            false => names(seen, &promise.to),
        };
        let people = format!("{} {} {to}", pad(&from, givers), glyphs.arrow);
        let wide = u16::try_from(givers).unwrap_or(0) + 10;
        canvas.text(x, y, wide, &Theirs(&people), Ink::Plain);
        let end = area.right().saturating_sub(1);
        let (sign, ink) = match promise.state {
            _ if late => (glyphs.missed, Ink::Bad),
            PromiseState::OnMock | PromiseState::Agreed => ("", Ink::Plain),
            _ => ("", Ink::Warn),
        };
        let word = format!(
            "{sign}{}{}",
            if late { " " } else { "" },
            promise.state.words()
        );
        canvas.right(end, y, 10, &word, ink);
        let room = end.saturating_sub(x + wide + 12);
        canvas.text(x + wide + 1, y, room, &Theirs(&promise.what), Ink::Plain);
        cursor(canvas, area, y, focused && nth == at);
    }
}

/// Draws the parked topics.
pub(super) fn parked(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let focused = state.focus == Focus::Parked;
    let parked = state.parked(seen);
    let right = match parked.len() {
        0 => "none".to_owned(),
        many => count(many as u64),
    };
    canvas.rule(area, area.y, focused, "Parking lot", &right);
    let at = state.cursors[Focus::Parked as usize].at;
    let first = first(area, at, parked.len());
    let more = canvas.glyphs().more;
    let shown = parked.iter().enumerate().skip(first);
    for ((nth, topic), y) in shown.zip(area.y + 1..area.bottom()) {
        let by = topic.by.as_ref().map(|by| name(seen, by));
        let by = fit(&by.unwrap_or_default(), 14, more);
        let wide = u16::try_from(width(&by)).unwrap_or(0);
        let end = area.right().saturating_sub(1);
        let room = end.saturating_sub(area.x + 5 + wide);
        canvas.text(area.x + 3, y, room, &Theirs(&topic.text), Ink::Plain);
        canvas.right(end, y, wide, &by, Ink::Dim);
        cursor(canvas, area, y, focused && nth == at);
    }
}

/// Draws the cursor of a row, if it is there.
pub(super) fn cursor(canvas: &mut Canvas<'_>, area: Rect, y: u16, here: bool) {
    if !here {
        return;
    }
    let sign = canvas.glyphs().cursor;
    canvas.text(area.x + 1, y, 1, sign, Ink::Strong);
    let inner = Rect {
        x: area.x + 2,
        y,
        width: area.width.saturating_sub(3),
        height: 1,
    };
    canvas.lay(inner, canvas.look.selected());
}

/// Draws two lines on debt, promises and demo.
pub(super) fn foot(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let open = state.standup.as_ref().map_or(0, |it| it.debt.open);
    let carried = state
        .standup
        .as_ref()
        .and_then(|it| it.debt.carried_in.as_ref());
    let carried = match carried.map_or(0, |it| it.open) {
        0 => String::new(),
        carried => format!(", {} carried in", count(carried)),
    };
    let (open, due) = (count(open), side::due_day(seen));
    let left = match seen.scanned() {
        Some(_) => [
            format!("{open} open{carried}, due {due}"),
            format!("{open} open, due {due}"),
            format!("{open} open"),
        ],
        // Nor is that known while the index is read.
        None if state.standup.is_none() => Default::default(),
        None => ["not scanned yet", "not scanned", ""].map(str::to_owned),
    };
    let right = match state.promises(seen).len() {
        0 => String::new(),
        many => format!("{} today", plural(many as u64, "promise", "promises")),
    };
    canvas.rule(area, area.y, false, &left, &right);
    if area.height > 1 {
        let text = side::demo_words(seen).unwrap_or_else(|| side::phase_words(seen).join(" "));
        let room = area.width.saturating_sub(2);
        canvas.text(area.x + 1, area.y + 1, room, &safe(&text), Ink::Dim);
    }
}
