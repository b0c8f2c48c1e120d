//! The promises: who gives what to whom, what stands in until then, when, how far.

use ratatui::layout::Rect;

use super::panes::Focus;
use super::state::State;
use super::words::{is_late, receivers};
use crate::report::safe_text::width;
use crate::report::words::count;
use crate::tui::screens::called::name;
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::when;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::{cut, fit, pad, safe};
use crate::week::promise::{Promise, PromiseState};

/// Columns before the first one: a blank, the cursor, a blank.
const LEFT: u16 = 3;

/// Rows above the promises.
fn titles(height: u16) -> u16 {
    match height {
        0..4 => height.min(1),
        _ => 2,
    }
}

/// How many promises fit.
pub(super) fn rows(area: Rect, promises: usize) -> usize {
    let room = usize::from(area.height.saturating_sub(titles(area.height)));
    if promises > room && room > 1 {
        room - 1
    } else {
        room
    }
}

/// The promise at a row of the screen.
pub(super) fn row_at(area: Rect, state: &State, promises: usize, y: u16) -> Option<usize> {
    let row = usize::from(y.checked_sub(area.y + titles(area.height))?);
    let row = (row < rows(area, promises)).then_some(state.offset + row)?;
    (row < promises).then_some(row)
}

/// Where the columns are, and how wide; those without room have no width.
struct Columns {
    people: u16,
    /// Of the people, the one who gives.
    from: usize,
    what: u16,
    until: u16,
    due: u16,
    state: u16,
}

impl Columns {
    fn of(wide: u16, seen: &Seen<'_>, promises: &[&Promise]) -> Self {
        let widest = |name: &dyn Fn(&Promise) -> String| {
            let widths = promises.iter().map(|promise| width(&name(promise)));
            widths.max().unwrap_or(4).clamp(4, 14)
        };
        let from = widest(&|promise| name(seen, &promise.from));
        let to = widest(&|promise| receivers(seen, promise));
        let people = u16::try_from(from + to + 3).unwrap_or(19).max(9);
        let state = 10;
        let due = if wide >= 50 { 12 } else { 0 };
        let left = wide.saturating_sub(LEFT + people + 2 + state + due);
        let stand_ins = promises
            .iter()
            .map(|promise| width(&safe(&promise.stand_in)));
        let stand_in = u16::try_from(stand_ins.max().unwrap_or(0)).unwrap_or(u16::MAX);
        let until = if wide >= 76 {
            stand_in.clamp(10, (left * 2 / 5).max(10))
        } else {
            0
        };
        let gap = if until > 0 { 2 } else { 0 };
        let what = left.saturating_sub(until + gap + 1);
        Self {
            people,
            from,
            what,
            until,
            due,
            state,
        }
    }
}

/// Draws the pane.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let promises = seen.written().promises();
    let focused = state.focus == Focus::Promises;
    let title = [
        "Promises: who gives what to whom, and what stands in until then",
        "Promises: who gives what to whom",
        "Promises",
    ];
    let late = promises.iter().filter(|it| is_late(seen, it)).count();
    let right = match (promises.len(), late) {
        (0, _) => "none yet".to_owned(),
        (all, 0) => count(all as u64),
        (all, late) => format!("{}, {} late", count(all as u64), count(late as u64)),
    };
    canvas.rule(area, area.y, focused, &title, &right);
    let top = area.y + titles(area.height);
    let room = area.width.saturating_sub(LEFT + 1);
    if promises.is_empty() {
        if top < area.bottom() {
            let text = [
                "p writes one down: who gives what to whom, and until then?",
                "p writes one down: who gives what to whom?",
                "p writes one down",
            ];
            canvas.text(area.x + LEFT, top, room, &text, Ink::Dim);
        }
        return;
    }
    let columns = Columns::of(area.width, seen, &promises);
    if titles(area.height) == 2 {
        heads(canvas, area, &columns);
    }
    let fits = rows(area, promises.len());
    let shown = promises.iter().enumerate().skip(state.offset).take(fits);
    for ((at, promise), y) in shown.zip(top..) {
        let row = Rect {
            y,
            height: 1,
            ..area
        };
        draw_row(canvas, row, &columns, promise, seen);
        if focused && at == state.row {
            let cursor = canvas.glyphs().cursor;
            canvas.text(area.x + 1, y, 1, cursor, Ink::Strong);
            let inner = Rect {
                x: area.x + LEFT - 1,
                width: area.width.saturating_sub(LEFT - 1),
                ..row
            };
            canvas.lay(inner, canvas.look.selected());
        }
    }
    let below = promises.len().saturating_sub(state.offset + fits);
    if promises.len() > fits && fits > 0 && area.height > 2 {
        let text = match below {
            0 => format!("{} above", count(state.offset as u64)),
            below => format!("{} more below", count(below as u64)),
        };
        canvas.text(area.x + LEFT, area.bottom() - 1, room, &text, Ink::Dim);
    }
}

fn heads(canvas: &mut Canvas<'_>, area: Rect, columns: &Columns) {
    let arrow = canvas.glyphs().arrow;
    let people = format!("{} {arrow} To", pad("From", columns.from));
    let mut x = area.x + LEFT;
    for (head, wide) in [
        (people.as_str(), columns.people + 2),
        ("What", columns.what),
        ("Until then", columns.until),
        ("Due", columns.due),
        ("State", columns.state),
    ] {
        if wide > 0 {
            canvas.text(x, area.y + 1, wide, head, Ink::Dim);
            x += wide + u16::from(head != people) * gap(head);
        }
    }
}

/// Blanks after a column.
fn gap(head: &str) -> u16 {
    match head {
        "What" => 1,
        "Until then" => 2,
        _ => 0,
    }
}

fn draw_row(
    canvas: &mut Canvas<'_>,
    row: Rect,
    columns: &Columns,
    promise: &Promise,
    seen: &Seen<'_>,
) {
    let glyphs = canvas.glyphs();
    let late = is_late(seen, promise);
    let over = promise.is_over();
    let plain = if over { Ink::Dim } else { Ink::Plain };
    let from = fit(&name(seen, &promise.from), columns.from, glyphs.more);
    let people = format!(
        "{} {} {}",
        pad(&from, columns.from),
        glyphs.arrow,
        receivers(seen, promise)
    );
    let people = cut(&people, usize::from(columns.people), glyphs.more);
    let mut x = row.x + LEFT;
    canvas.text(x, row.y, columns.people, &people, plain);
    x += columns.people + 2;
    if columns.what > 0 {
        let whole = format!("{} {}", promise.what, promise.shape);
        let whole = safe(whole.trim_end());
        let cells = usize::from(columns.what);
        // A shape is said whole or not at all: half of one says nothing.
        let text = match width(&whole) <= cells {
            true => whole,
            false => fit(&promise.what, cells, glyphs.more),
        };
        canvas.text(x, row.y, columns.what, &text, plain);
        x += columns.what + gap("What");
    }
    if columns.until > 0 {
        let until = match promise.stand_in.trim() {
            "" => "nothing",
            stand_in => stand_in,
        };
        let until = fit(until, usize::from(columns.until), glyphs.more);
        let ink = if promise.stand_in.is_empty() {
            Ink::Dim
        } else {
            plain
        };
        canvas.text(x, row.y, columns.until, &until, ink);
        x += columns.until + gap("Until then");
    }
    if columns.due > 0 {
        let due = promise.due.map(|due| when::short(due, &seen.week()));
        let due = due.unwrap_or_default();
        let ink = if late { Ink::Bad } else { plain };
        canvas.text(x, row.y, columns.due, &due, ink);
        x += columns.due;
    }
    let ink = match promise.state {
        PromiseState::Real => Ink::Good,
        PromiseState::Broken => Ink::Dim,
        _ if late => Ink::Bad,
        PromiseState::Asked | PromiseState::Proposed => Ink::Warn,
        PromiseState::Agreed | PromiseState::OnMock => Ink::Plain,
    };
    let sign = match promise.state {
        PromiseState::Real => format!("{} ", glyphs.done),
        _ if late => format!("{} ", glyphs.missed),
        _ => String::new(),
    };
    let state = format!("{sign}{}", promise.state.words());
    canvas.text(x, row.y, columns.state, &state, ink);
}
