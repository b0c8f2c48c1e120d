//! The features, and where they lie: solid in the hacks that are over, dotted in those to come.

use ratatui::layout::Rect;

use super::forms::name;
use super::panes::{Focus, HEAD};
use super::state::State;
use crate::report::roadmap::{Feature, Hack, PaceRow, Roadmap};
use crate::report::words::count;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::wording::Theirs;
use crate::week::roadmap::Milestone;

/// Columns before the name; of the stage; of the tasks left, with the blanks after it.
const LEFT: u16 = 3;
const STAGE: u16 = 8;
const TASKS: u16 = 10;

/// Columns of a hack.
const CELL: u16 = 6;

/// What takes which columns.
struct Columns {
    name: u16,
    /// Where the chart begins, and how many hacks that are over it has.
    chart: u16,
    past: usize,
    coming: usize,
}

fn columns(area: Rect) -> Columns {
    let name = match area.width {
        ..40 => area.width.saturating_sub(LEFT + STAGE + TASKS),
        40..70 => 18,
        70..110 => 22,
        more => (22 + (more - 110) / 3).min(40),
    };
    let chart = LEFT + name + STAGE + TASKS;
    let room = area.width.saturating_sub(chart);
    let past = match room {
        ..15 => 0,
        15..27 => 1,
        27..50 => 2,
        50..90 => 3,
        _ => 5,
    };
    let divider = if past > 0 { 3 } else { 0 };
    let coming = room.saturating_sub(past * CELL + divider) / CELL;
    Columns {
        name,
        chart: area.x + chart,
        past: usize::from(past),
        coming: usize::from(coming),
    }
}

/// Draws them.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, state: &State, roadmap: &Roadmap) {
    if area.height == 0 {
        return;
    }
    let focused = state.focus == Focus::Features;
    let rows = usize::from(area.height.saturating_sub(HEAD));
    let all = roadmap.features.len();
    let title = match all > rows && rows > 0 {
        true => {
            let (first, last) = (state.offset + 1, state.offset + rows);
            vec![
                format!("Features {first} to {last} of {all}"),
                format!("{first} to {last} of {all}"),
                "Features".to_owned(),
            ]
        }
        false => vec!["Features".to_owned()],
    };
    canvas.rule(area, area.y, focused, &title, &figures(canvas, roadmap));
    let columns = columns(area);
    let over = &roadmap.pace.hacks;
    let past = &over[over.len().saturating_sub(columns.past)..];
    let coming = &roadmap.coming[..roadmap.coming.len().min(columns.coming)];
    heads(canvas, area, &columns, past, coming);
    let rows = area.y + HEAD..area.bottom();
    if roadmap.features.is_empty() {
        let text = "no feature yet: a adds what somebody can do with it";
        if area.height > HEAD {
            canvas.text(
                area.x + LEFT,
                area.y + HEAD,
                area.width.saturating_sub(LEFT),
                text,
                Ink::Dim,
            );
        }
        return;
    }
    let shown = roadmap.features.iter().enumerate().skip(state.offset);
    for ((at, feature), y) in shown.zip(rows) {
        let row = Rect {
            y,
            height: 1,
            ..area
        };
        draw_row(canvas, row, &columns, feature, (past, coming));
        if at == state.selected {
            canvas.text(row.x + 1, y, 1, canvas.glyphs().cursor, Ink::Strong);
            if focused {
                let style = canvas.look.selected();
                let cells = Rect {
                    x: row.x + LEFT,
                    width: columns.name + STAGE + 4,
                    ..row
                };
                canvas.lay(cells, style);
            }
        }
    }
}

/// `38 done · 11 to alpha · 19 more to beta`.
fn figures(canvas: &Canvas<'_>, roadmap: &Roadmap) -> String {
    let left = |stage: Milestone| {
        let own = roadmap
            .features
            .iter()
            .filter(|feature| feature.stage == stage);
        own.fold(0_u64, |sum, feature| sum + u64::from(feature.left))
    };
    let dot = canvas.glyphs().dot;
    format!(
        "{} done {dot} {} to alpha {dot} {} more to beta",
        count(roadmap.done),
        count(left(Milestone::Alpha)),
        count(left(Milestone::Beta))
    )
}

/// The number of a hack, or its week.
fn number(hack: Option<u32>, week: &str) -> String {
    match hack {
        Some(number) => number.to_string(),
        None => week.chars().skip(5).collect(),
    }
}

fn heads(
    canvas: &mut Canvas<'_>,
    area: Rect,
    columns: &Columns,
    past: &[PaceRow],
    coming: &[Hack],
) {
    let y = area.y + 1;
    if area.height < HEAD {
        return;
    }
    let x = area.x + LEFT;
    canvas.text(x, y, columns.name, "Feature", Ink::Dim);
    canvas.text(x + columns.name, y, STAGE, "Stage", Ink::Dim);
    canvas.right(x + columns.name + STAGE + 4, y, 4, "Left", Ink::Dim);
    let mut x = past_start(columns, past.len());
    for hack in past {
        canvas.text(x, y, CELL - 1, &number(hack.hack, &hack.week), Ink::Dim);
        x += CELL;
    }
    let mut x = coming_start(columns);
    for hack in coming {
        canvas.text(x, y, CELL - 1, &number(hack.hack, &hack.week), Ink::Dim);
        x += CELL;
    }
    let first = match past {
        [] => coming_start(columns),
        past => past_start(columns, past.len()),
    };
    if !past.is_empty() || !coming.is_empty() {
        canvas.text(first.saturating_sub(5), y, 4, "Hack", Ink::Dim);
    }
}

/// Hacks that are over end at the divider.
fn past_start(columns: &Columns, shown: usize) -> u16 {
    let missing = columns.past.saturating_sub(shown);
    columns.chart + u16::try_from(missing).unwrap_or(0) * CELL
}

fn coming_start(columns: &Columns) -> u16 {
    let divider = if columns.past > 0 { 3 } else { 0 };
    columns.chart + u16::try_from(columns.past).unwrap_or(0) * CELL + divider
}

fn draw_row(
    canvas: &mut Canvas<'_>,
    row: Rect,
    columns: &Columns,
    feature: &Feature,
    (past, coming): (&[PaceRow], &[Hack]),
) {
    let glyphs = canvas.glyphs();
    let (x, y) = (row.x + LEFT, row.y);
    let done = feature.left == 0;
    let ink = if done { Ink::Dim } else { Ink::Plain };
    let room = columns.name.saturating_sub(1);
    canvas.text(x, y, room, &Theirs(&feature.name), ink);
    canvas.text(x + columns.name, y, STAGE, name(feature.stage), ink);
    let left = count(feature.left.into());
    canvas.right(x + columns.name + STAGE + 4, y, 5, &left, ink);
    let start = past_start(columns, past.len());
    let mut end = None;
    for (at, hack) in past.iter().enumerate() {
        if feature.worked.contains(&hack.week) {
            let x = start + u16::try_from(at).unwrap_or(0) * CELL;
            end = Some(canvas.repeat(x, y, CELL, glyphs.heavy, Ink::Plain));
        }
    }
    if let Some(end) = end.filter(|_| done) {
        canvas.text(end - 1, y, 1, glyphs.done, Ink::Good);
    }
    if columns.past > 0 {
        let divider = coming_start(columns) - 2;
        canvas.text(divider, y, 1, glyphs.divider, Ink::Dim);
    }
    if end.is_none() && feature.times_carried > 0 {
        let text = match feature.times_carried {
            1 => "carried once".to_owned(),
            2 => "carried twice".to_owned(),
            more => format!("carried {more} times"),
        };
        if text.len() <= columns.past * usize::from(CELL) {
            canvas.text(columns.chart, y, CELL * 5, &text, Ink::Warn);
        }
    }
    draw_span(canvas, y, columns, feature, coming.len());
}

/// Where it lies in the hacks to come, as far as these are in view.
fn draw_span(canvas: &mut Canvas<'_>, y: u16, columns: &Columns, feature: &Feature, coming: usize) {
    let Some((from, to)) = feature.span else {
        return;
    };
    let most = u16::try_from(coming).unwrap_or(0) * CELL;
    if most == 0 {
        return;
    }
    // Both are within the cells that are in view.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let cell = |weeks: f64| {
        (weeks * f64::from(CELL))
            .round()
            .clamp(0.0, f64::from(most)) as u16
    };
    let (start, end) = (cell(from), cell(to));
    let x = coming_start(columns);
    let glyphs = canvas.glyphs();
    if start >= most {
        canvas.text(x + most - 1, y, 1, glyphs.arrow, Ink::Dim);
        return;
    }
    canvas.repeat(
        x + start,
        y,
        end.max(start + 1) - start,
        glyphs.dotted,
        Ink::Accent,
    );
    if to * f64::from(CELL) > f64::from(most) {
        canvas.text(x + most - 1, y, 1, glyphs.arrow, Ink::Dim);
    }
}
