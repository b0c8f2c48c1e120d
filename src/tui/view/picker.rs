//! Key help and palette, drawn.

use ratatui::layout::Rect;

use crate::report::safe_text::width;
use crate::report::words::of;
use crate::tui::model::{Model, Picker};
use crate::tui::pick::{Entry, Kind, SETTING, entries};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::window;
use crate::tui::widgets::wording::{Mixed, Theirs};

/// A line of a column: a heading, a blank, or the entry of this number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Heading(&'static str),
    Blank,
    Entry(usize),
}

/// A line of the list that is in view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its place among all.
    pub entry: usize,
    /// Where it is.
    pub area: Rect,
    /// The columns of the keys in front of it.
    keys: u16,
}

/// Where the parts of a picker are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The box.
    pub panel: Rect,
    /// What is in view.
    pub rows: Vec<Shown>,
    headings: Vec<(&'static str, Rect)>,
}

/// Rows of the box that no entry has: its lines, what is typed, a blank, what can be pressed.
const FRAME: u16 = 6;

/// Columns of the box that no entry has: its sides, a blank beside each.
const SIDES: u16 = 4;

/// The widest palette.
const WIDEST: u16 = 70;

/// The widest key help, unless its columns need more.
const WIDEST_HELP: u16 = 76;

/// A column of the list, and how wide what stands in it is.
struct Column {
    slots: Vec<Slot>,
    keys: u16,
    width: u16,
}

impl Column {
    fn of(slots: Vec<Slot>, entries: &[Entry]) -> Self {
        let own = || {
            let entries = slots.iter().filter_map(|slot| match slot {
                Slot::Entry(entry) => entries.get(*entry),
                _ => None,
            });
            entries.filter(|entry| !entry.actions.is_empty())
        };
        let cells = |widest: Option<usize>| u16::try_from(widest.unwrap_or(0)).unwrap_or(u16::MAX);
        let keys = cells(own().map(|entry| width(&entry.keys)).max()).clamp(5, 24) + 2;
        let says = cells(own().map(|entry| width(&entry.says)).max());
        Self {
            width: says.saturating_add(2 + keys),
            keys,
            slots,
        }
    }
}

/// Lays a picker out, the chosen entry in view. Key help has two columns where both have room.
pub fn layout(area: Rect, kind: Kind, picker: &Picker, entries: &[Entry]) -> Layout {
    let searched = !picker.input.value().trim().is_empty() || !picker.only.is_empty();
    let grouped = kind == Kind::Help && !searched;
    let columns = |slots: Vec<Vec<Slot>>| -> Vec<Column> {
        let slots = slots.into_iter();
        slots.map(|slots| Column::of(slots, entries)).collect()
    };
    let wide = |columns: &[Column]| {
        let both = columns.iter().map(|column| column.width + 2).sum::<u16>();
        both.saturating_sub(2).saturating_add(SIDES)
    };
    let mut columns = match grouped {
        true => Some(columns(in_columns(entries, 2)))
            .filter(|both| wide(both) <= area.width)
            .unwrap_or_else(|| columns(in_columns(entries, 1))),
        false => columns(vec![(0..entries.len()).map(Slot::Entry).collect()]),
    };
    let widest = match kind {
        Kind::Help => WIDEST_HELP.max(wide(&columns)),
        Kind::Palette => WIDEST,
    };
    let width = area.width.min(widest);
    // The last column has what is left.
    let before = columns.iter().rev().skip(1).map(|column| column.width + 2);
    let before: u16 = before.sum();
    if let Some(last) = columns.last_mut() {
        last.width = width.saturating_sub(SIDES + before);
    }
    let tallest = columns.iter().map(|column| column.slots.len());
    let tallest = tallest.max().unwrap_or(0).max(1);
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
    let mut found = Layout {
        panel,
        rows: Vec::new(),
        headings: Vec::new(),
    };
    let mut x = panel.x + 2;
    for Column { slots, keys, width } in columns {
        let chosen = slots
            .iter()
            .position(|slot| *slot == Slot::Entry(picker.selected));
        let first = window::offset(0, chosen.unwrap_or(0), slots.len(), usize::from(rows));
        let top = panel.y + 3;
        for (slot, y) in slots.iter().skip(first).zip(top..top.saturating_add(rows)) {
            let area = Rect::new(x, y, width, 1).intersection(panel);
            match *slot {
                Slot::Heading(heading) => found.headings.push((heading, area)),
                Slot::Entry(entry) => found.rows.push(Shown { entry, area, keys }),
                Slot::Blank => {}
            }
        }
        x += width + 2;
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
    for shown in &layout.rows {
        if let Some(entry) = entries.get(shown.entry) {
            // What all settings begin with is said of all or of none.
            let says = match layout.panel.width < WIDEST {
                true => entry.says.trim_start_matches(SETTING),
                false => &entry.says,
            };
            draw_entry(
                canvas,
                *shown,
                (kind, says),
                entry,
                shown.entry == picker.selected,
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
        canvas.text(inner.x, y - 1, inner.width, &Mixed(&text), Ink::Warn);
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
    shown: Shown,
    (kind, says): (Kind, &str),
    entry: &Entry,
    chosen: bool,
) {
    let place = shown.area;
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
            let keys = shown.keys;
            let own = (&entry.keys, Theirs(&entry.keys));
            canvas.text(x, place.y, keys.min(room), &own, Ink::Accent);
            let room = room.saturating_sub(keys);
            canvas.text(x + keys, place.y, room, says, ink);
        }
        Kind::Palette => {
            let keys = u16::try_from(width(&entry.keys)).unwrap_or(0);
            let left = room.saturating_sub(keys + 2);
            // A setting's value is worth more than the word for what it is.
            let value = u16::try_from(width(&entry.value).min(12)).unwrap_or(0);
            let value = if value > 0 { value + 2 } else { 0 };
            let end = canvas.text(x, place.y, left.saturating_sub(value), says, ink) + 2;
            let left = (x + left).saturating_sub(end);
            canvas.text(end, place.y, left, &Mixed(&entry.value), Ink::Dim);
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
