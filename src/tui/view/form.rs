//! A form of several lines, in a box over the dimmed screen.

use ratatui::layout::Rect;

use super::foot::line;
use crate::report::safe_text::width;
use crate::tui::form::Form;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::wording::Mixed;

/// The widest box.
const WIDEST: u16 = 76;

/// Draws it, and returns where the cursor is.
pub(super) fn draw(canvas: &mut Canvas<'_>, form: &Form) -> Option<(u16, u16)> {
    let area = canvas.area();
    let count = u16::try_from(form.fields.len()).unwrap_or(u16::MAX);
    // A blank between the fields where there is room, and below them one line of hints.
    let gaps = if area.height > count.saturating_mul(2) + 8 {
        1
    } else {
        0
    };
    let rows = count.saturating_mul(1 + gaps).saturating_add(2);
    let height = rows.saturating_add(2).min(area.height);
    let wide = area.width.min(WIDEST);
    let panel = Rect {
        x: area.x + (area.width - wide) / 2,
        y: area.y + (area.height - height) / 2,
        width: wide,
        height,
    };
    let inner = canvas.panel(panel, &Mixed(&form.title));
    if inner.height == 0 {
        return None;
    }
    let labels = form.fields.iter().map(|field| width(field.label)).max();
    let labels = u16::try_from(labels.unwrap_or(0)).unwrap_or(0);
    // The typed field stays in view where the box is too low for all of them.
    let shown = inner.height.saturating_sub(2) / (1 + gaps);
    let at = u16::try_from(form.at).unwrap_or(0);
    let first = (at + 1).saturating_sub(shown.max(1));
    let mut cursor = None;
    for (number, field) in form.fields.iter().enumerate().skip(usize::from(first)) {
        let row = u16::try_from(number)
            .unwrap_or(u16::MAX)
            .saturating_sub(first);
        if row >= shown.max(1) {
            break;
        }
        let y = inner.y + row.saturating_mul(1 + gaps);
        let here = number == form.at;
        let ink = if here { Ink::Accent } else { Ink::Dim };
        canvas.text(inner.x, y, labels, field.label, ink);
        let x = inner.x + labels + 2;
        let room = inner.right().saturating_sub(x);
        let place = line(canvas, x, y, room, &field.input);
        if here {
            cursor = Some(place);
        } else if field.input.value().is_empty() {
            canvas.text(x, y, room, &Mixed(&field.hint), Ink::Dim);
        }
    }
    let y = inner.bottom() - 1;
    let hint = form
        .fields
        .get(form.at)
        .map_or("", |field| field.hint.as_str());
    let (text, ink) = match &form.problem {
        Some(problem) => (problem.text.as_str(), Ink::Warn),
        None => (hint, Ink::Dim),
    };
    canvas.text(inner.x, y, inner.width, &Mixed(text), ink);
    cursor
}
