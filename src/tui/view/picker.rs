//! Key help and palette, drawn.

use ratatui::layout::Rect;

use crate::report::safe_text::width;
use crate::report::words::of;
use crate::tui::model::{Model, Picker};
use crate::tui::pick::{Entry, Kind, entries};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::fit;
use crate::tui::widgets::window;

/// A line of a column: a heading, a blank, or the entry of this number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Heading(&'static str),
    Blank,
    Entry(usize),
}

/// Where the parts of a picker are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The box.
    pub panel: Rect,
    /// Where each entry that is in view is.
    pub rows: Vec<(usize, Rect)>,
    headings: Vec<(&'static str, Rect)>,
}

/// Rows of the box that no entry has: its lines, what is typed, a blank, what can be pressed.
const FRAME: u16 = 6;

/// Lays a picker out, the chosen entry in view.
pub fn layout(area: Rect, kind: Kind, picker: &Picker, entries: &[Entry]) -> Layout {
    let searched = !picker.input.value().trim().is_empty() || !picker.only.is_empty();
    let grouped = kind == Kind::Help && !searched;
    let wide = match kind {
        Kind::Help => 86,
        Kind::Palette => 60,
    };
    let width = area.width.min(wide);
    let inner = width.saturating_sub(4);
    let columns = if grouped && inner >= 64 { 2 } else { 1 };
    let slots = match (grouped, columns) {
        (true, columns) => in_columns(entries, columns),
        (false, _) => vec![(0..entries.len()).map(Slot::Entry).collect()],
    };
    let tallest = slots.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let least = if kind == Kind::Palette { 10 } else { 1 };
    let most = area.height.saturating_sub(FRAME + 2);
    let tallest = u16::try_from(tallest).unwrap_or(u16::MAX);
    let rows = tallest.max(least).min(if kind == Kind::Palette {
        most.min(10)
    } else {
        most
    });
    let height = (rows + FRAME).min(area.height);
    let panel = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    };
    let column_width = (inner / columns).saturating_sub(if columns > 1 { 1 } else { 0 });
    let mut found = Layout {
        panel,
        rows: Vec::new(),
        headings: Vec::new(),
    };
    for (column, slots) in slots.iter().enumerate() {
        let chosen = slots
            .iter()
            .position(|slot| *slot == Slot::Entry(picker.selected));
        let first = window::offset(0, chosen.unwrap_or(0), slots.len(), usize::from(rows));
        let column = u16::try_from(column).unwrap_or_default();
        let x = panel.x + 2 + column * (column_width + 2);
        let top = panel.y + 3;
        for (slot, y) in slots.iter().skip(first).zip(top..top.saturating_add(rows)) {
            let place = Rect::new(x, y, column_width, 1).intersection(panel);
            match slot {
                Slot::Heading(heading) => found.headings.push((heading, place)),
                Slot::Entry(entry) => found.rows.push((*entry, place)),
                Slot::Blank => {}
            }
        }
    }
    found
}

/// The groups in columns of about the same height, in order.
fn in_columns(entries: &[Entry], columns: u16) -> Vec<Vec<Slot>> {
    let mut groups: Vec<Vec<Slot>> = Vec::new();
    let mut last = "";
    for (number, entry) in entries.iter().enumerate() {
        if entry.group != last || groups.is_empty() {
            last = entry.group;
            groups.push(vec![Slot::Heading(last)]);
        }
        if let Some(group) = groups.last_mut() {
            group.push(Slot::Entry(number));
        }
    }
    let all: usize = groups.iter().map(|group| group.len() + 1).sum();
    let half = all.div_ceil(usize::from(columns.max(1)));
    let mut found: Vec<Vec<Slot>> = vec![Vec::new()];
    for group in groups {
        let room = usize::from(columns) > found.len();
        let last = found.last().map_or(0, Vec::len);
        if last > 0 && room && last + group.len() / 2 >= half {
            found.push(Vec::new());
        }
        if let Some(column) = found.last_mut() {
            if !column.is_empty() {
                column.push(Slot::Blank);
            }
            column.extend(group);
        }
    }
    found
}

/// Draws a picker, and returns where its cursor is.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    model: &Model,
    kind: Kind,
    picker: &Picker,
) -> Option<(u16, u16)> {
    let entries = entries(model, kind, picker);
    let layout = layout(canvas.area(), kind, picker, &entries);
    let title = match kind {
        Kind::Help => format!("Keys on {}", model.screen.name()),
        Kind::Palette => "Commands".to_owned(),
    };
    let inner = canvas.panel(layout.panel, &title);
    if inner.height < 4 || inner.width < 10 {
        return None;
    }
    let prompt = canvas.text(inner.x, inner.y, 2, "> ", Ink::Accent);
    let room = inner.right().saturating_sub(prompt);
    if picker.input.value().is_empty() {
        canvas.text(
            prompt + 1,
            inner.y,
            room.saturating_sub(1),
            match picker.only.is_empty() {
                true => "type to search",
                false => "one of these",
            },
            Ink::Dim,
        );
    }
    let cursor = super::foot::line(canvas, prompt, inner.y, room, &picker.input);
    for (heading, place) in &layout.headings {
        canvas.text(place.x, place.y, place.width, heading, Ink::Strong);
    }
    let widest = entries
        .iter()
        .filter(|entry| !entry.actions.is_empty())
        .map(|entry| width(&entry.keys))
        .max()
        .unwrap_or(0);
    let keys = u16::try_from(widest).unwrap_or(0).clamp(5, 13) + 2;
    for (number, place) in &layout.rows {
        if let Some(entry) = entries.get(*number) {
            draw_entry(
                canvas,
                *place,
                kind,
                keys,
                entry,
                *number == picker.selected,
            );
        }
    }
    let y = inner.bottom() - 1;
    let chosen = entries.get(picker.selected);
    if let Some(Entry {
        why_not: Some(why),
        says,
        ..
    }) = chosen
    {
        let text = format!("{says} is off: {why}");
        canvas.text(inner.x, y - 1, inner.width, &text, Ink::Warn);
    }
    let text = match (kind, chosen) {
        (_, None) => "nothing fits   esc close",
        (Kind::Palette, Some(entry)) if entry.actions.is_empty() => {
            "enter set it   tab fill   esc close"
        }
        (Kind::Palette, Some(_)) => "enter run it   tab fill   esc close",
        (Kind::Help, Some(_)) if !picker.only.is_empty() => {
            "enter run it   E change this key   esc all keys"
        }
        (Kind::Help, Some(entry)) if entry.actions.len() > 1 => {
            "enter run it   E change a key   esc close"
        }
        (Kind::Help, Some(_)) => "enter run it   E change this key   esc close",
    };
    let place = chosen.map_or(0, |_| picker.selected + 1);
    let right = of(place, entries.len());
    let wide = u16::try_from(right.len()).unwrap_or(0);
    let room = inner.width.saturating_sub(wide + 2);
    canvas.text(inner.x, y, room, text, Ink::Dim);
    canvas.right(inner.right(), y, wide, &right, Ink::Dim);
    Some(cursor)
}

fn draw_entry(
    canvas: &mut Canvas<'_>,
    place: Rect,
    kind: Kind,
    keys: u16,
    entry: &Entry,
    chosen: bool,
) {
    let sign = if chosen { canvas.glyphs().cursor } else { " " };
    canvas.text(place.x, place.y, 1, sign, Ink::Strong);
    let ink = if entry.why_not.is_some() {
        Ink::Dim
    } else {
        Ink::Plain
    };
    let x = place.x + 2;
    let room = place.right().saturating_sub(x);
    match kind {
        Kind::Help => {
            canvas.text(x, place.y, keys.min(room), &entry.keys, Ink::Accent);
            canvas.text(
                x + keys,
                place.y,
                room.saturating_sub(keys),
                &entry.says,
                ink,
            );
        }
        Kind::Palette if entry.actions.is_empty() => {
            let name = u16::try_from(width(&entry.keys)).unwrap_or(0);
            let left = room.saturating_sub(name + 2);
            let end = canvas.text(x, place.y, left, &entry.says, ink) + 2;
            let left = (x + left).saturating_sub(end);
            let value = fit(&entry.value, usize::from(left), canvas.glyphs().more);
            canvas.text(end, place.y, left, &value, Ink::Dim);
            canvas.right(place.right(), place.y, name, &entry.keys, Ink::Accent);
        }
        Kind::Palette => {
            canvas.text(x, place.y, room.saturating_sub(keys + 1), &entry.says, ink);
            canvas.right(place.right(), place.y, keys, &entry.keys, Ink::Accent);
        }
    }
    if chosen {
        let style = canvas.look.selected();
        canvas.lay(
            Rect {
                x: place.x + 1,
                width: place.width.saturating_sub(1),
                ..place
            },
            style,
        );
    }
}
