//! The code around the selected item.

use std::ops::RangeInclusive;

use ratatui::layout::Rect;

use super::panes::Focus;
use super::state::{Lines, State, place_of};
use crate::report::debt::{Item, Source};
use crate::report::links::address_of;
use crate::report::safe_text::width;
use crate::report::words::short;
use crate::tui::links::Link;
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::{fit_end, safe};
use crate::tui::widgets::wording::{Mixed, Theirs, Wording};
use crate::workspace::Overview;
use crate::workspace::code::{Code, Line, Piece};

/// Of the rows of the pane, the share that is above the item's line when nothing is scrolled.
const ABOVE: (i32, i32) = (4, 7);

/// By how many lines the code of an item can be scrolled back and on.
pub(super) fn scrolls(code: &Code, line: u32, height: u16) -> RangeInclusive<i32> {
    let number =
        |line: Option<&Line>| line.map(|line| i32::try_from(line.number).unwrap_or(i32::MAX));
    let (Some(first), Some(last)) = (number(code.lines.first()), number(code.lines.last())) else {
        return 0..=0;
    };
    let top = top(line, height);
    let back = first.saturating_sub(top).min(0);
    let on = last
        .saturating_sub(i32::from(height) - 1)
        .saturating_sub(top)
        .max(0);
    back..=on
}

/// The number of the first line in view when nothing is scrolled; may be below 1.
fn top(line: u32, height: u16) -> i32 {
    let line = i32::try_from(line).unwrap_or(i32::MAX);
    line.saturating_sub(i32::from(height) * ABOVE.0 / ABOVE.1)
}

/// Draws the code.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let focused = state.focus == Focus::Code;
    let Some((overview, item)) = seen.overview.zip(state.item(seen.overview)) else {
        canvas.rule(area, area.y, focused, "Code", "");
        return;
    };
    let (left, right) = title(canvas, area, overview, item);
    canvas.rule(area, area.y, focused, &left, &right);
    if let Some(to) = address_of(&overview.report, item) {
        let cells = u16::try_from(width(&left))
            .unwrap_or(0)
            .min(area.width.saturating_sub(4));
        let (x, y) = (area.x + 3, area.y);
        canvas.links.push(Link { x, y, cells, to });
    }
    let inner = Rect {
        y: area.y + 1,
        height: area.height - 1,
        ..area
    };
    match state.lines(&place_of(item)) {
        Some(Lines::Here(Some(code))) => draw_lines(canvas, inner, code, item, state.scroll),
        Some(Lines::Here(None)) => say(canvas, inner, "its file cannot be shown", Ink::Dim),
        Some(Lines::Failed(why)) => say(canvas, inner, why, Ink::Warn),
        Some(Lines::Asked) | None => {}
    }
}

fn say(canvas: &mut Canvas<'_>, area: Rect, words: &str, ink: Ink) {
    if area.height > 0 {
        let room = area.width.saturating_sub(2);
        canvas.text(area.x + 1, area.y, room, &Mixed(words), ink);
    }
}

fn title(canvas: &Canvas<'_>, area: Rect, overview: &Overview, item: &Item) -> (String, String) {
    let Some(path) = &item.path else {
        if item.source == Source::Promise {
            return ("A promise".to_owned(), String::new());
        }
        let commit = short(&item.introduced.commit);
        return ("Commit message".to_owned(), commit);
    };
    let path = match overview.report.repositories.len() {
        0 | 1 => path.clone(),
        _ => format!("{}/{path}", item.repository),
    };
    let right = match (item.line, item.paid.is_some()) {
        (Some(line), true) => vec![format!("before it went :{line}"), format!(":{line}")],
        (Some(line), false) => vec![format!(":{line}")],
        (None, _) => Vec::new(),
    };
    // The name of the file matters more.
    let most = usize::from(area.width).saturating_sub(20);
    let right = right.within(most, canvas.glyphs()).into_owned();
    let room = usize::from(area.width).saturating_sub(right.len() + 10);
    (fit_end(&path, room, canvas.glyphs().more), right)
}

fn draw_lines(canvas: &mut Canvas<'_>, area: Rect, code: &Code, item: &Item, scroll: i32) {
    let line = item.line.unwrap_or(1);
    let range = scrolls(code, line, area.height);
    let scroll = scroll.clamp(*range.start(), *range.end());
    let first = top(line, area.height).saturating_add(scroll).max(1);
    let first = u32::try_from(first).unwrap_or(1);
    let digits = code
        .lines
        .last()
        .map_or(1, |line| line.number.to_string().len())
        .max(3);
    let shown = code.lines.iter().skip_while(|line| line.number < first);
    // What all lines in view are indented by says nothing.
    let shown: Vec<&Line> = shown.take(usize::from(area.height)).collect();
    let common = shown.iter().filter_map(|line| indent(line)).min();
    let common = common.unwrap_or(0);
    // Before the item's own line is cut, all are indented less, in the same shape.
    let room = usize::from(area.width).saturating_sub(digits + 3);
    let own = shown.iter().find(|code_line| code_line.number == line);
    let less = own.map_or(1, |own| {
        let (own_indent, columns) = (indent(own).unwrap_or(0), columns(own));
        let fits =
            |less: &usize| columns - own_indent + own_indent.saturating_sub(common) / less <= room;
        if fits(&1) { 1 } else { 2 }
    });
    for (code_line, y) in shown.into_iter().zip(area.y..) {
        let here = code_line.number == line && item.path.is_some();
        let (mark, ink) = match here {
            true => (canvas.glyphs().cursor, Ink::Strong),
            false => (" ", Ink::Dim),
        };
        let number = format!("{:>digits$} ", code_line.number);
        let x = canvas.text(area.x, y, area.width, &number, ink);
        let x = canvas.text(x, y, 1, mark, ink) + 1;
        let own = indent(code_line).unwrap_or(0);
        let skip = own - own.saturating_sub(common) / less;
        draw_line(canvas, x, y, area.right(), code_line, skip, here);
    }
}

/// How many columns a line takes.
fn columns(line: &Line) -> usize {
    let wide = |piece: &Piece| width(&safe(&piece.text));
    line.pieces.iter().map(wide).sum()
}

/// Columns before a line's first sign; `None` for a blank line.
fn indent(line: &Line) -> Option<usize> {
    let mut columns = 0;
    for c in line.pieces.iter().flat_map(|piece| piece.text.chars()) {
        match c {
            ' ' => columns += 1,
            '\t' => columns += 4,
            _ => return Some(columns),
        }
    }
    None
}

fn draw_line(
    canvas: &mut Canvas<'_>,
    mut x: u16,
    y: u16,
    end: u16,
    line: &Line,
    mut skip: usize,
    here: bool,
) {
    for piece in &line.pieces {
        let text = safe(&piece.text);
        let blanks = text.bytes().take_while(|b| *b == b' ').count().min(skip);
        skip -= blanks;
        if blanks < text.len() {
            skip = 0;
        }
        let ink = match (here, piece.comment) {
            (true, true) => Ink::Accent,
            (true, false) => Ink::Strong,
            (false, true) => Ink::Dim,
            (false, false) => Ink::Plain,
        };
        x = canvas.text(x, y, end.saturating_sub(x), &Theirs(&text[blanks..]), ink);
    }
}
