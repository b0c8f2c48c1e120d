//! The summary as it will be sent: its Markdown, in lines as wide as the pane.

use std::sync::Arc;

use ratatui::layout::Rect;

use super::panes::Focus;
use super::state::State;
use crate::report::summary::{Summary, summary};
use crate::tui::document::{Document, Format};
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::{safe, wrap};

/// The most lines that one line of the text becomes.
const WRAPPED: usize = 12;

/// The summary of the shown week; `None` before anything is read.
pub(super) fn of(seen: &Seen<'_>) -> Option<Arc<Summary>> {
    let overview = seen.overview?;
    Some(Arc::new(summary(&overview.facts(seen.now))))
}

/// The summary in a format, as text; what looks like a secret is taken out.
pub(super) fn text(summary: &Summary, format: Format) -> String {
    let document = Document::Summary(Box::new(summary.clone()));
    let bytes = document.write(format).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Title,
    Heading,
    Text,
}

/// The text in lines of at most `wide` cells, what they continue indented.
fn lay_out(text: &str, wide: u16) -> Vec<(Kind, String)> {
    let room = usize::from(wide);
    let mut lines = Vec::new();
    for line in text.lines() {
        let line = safe(line);
        let kind = match () {
            () if line.starts_with("# ") => Kind::Title,
            () if line.starts_with('#') => Kind::Heading,
            () => Kind::Text,
        };
        if line.trim().is_empty() {
            lines.push((Kind::Text, String::new()));
            continue;
        }
        let indent = line.len() - line.trim_start_matches([' ', '-', '*']).len();
        let indent = indent.min(6).min(room / 2);
        let (first, rest) = line.split_at(indent);
        for (at, part) in wrap(rest, room - indent, WRAPPED).into_iter().enumerate() {
            let before = if at == 0 {
                first.to_owned()
            } else {
                " ".repeat(indent)
            };
            lines.push((kind, format!("{before}{part}")));
        }
    }
    lines
}

/// How many lines it has in a pane.
pub(super) fn count(state: &State, area: Rect) -> usize {
    lay_out(&state.text, area.width.saturating_sub(2)).len()
}

/// Draws it, and as what it can be sent.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, send: Rect, state: &State) {
    if area.height == 0 {
        return;
    }
    let focused = state.focus == Focus::Summary;
    let lines = lay_out(&state.text, area.width.saturating_sub(2));
    let height = usize::from(area.height - 1);
    let first = state.scroll.min(lines.len().saturating_sub(height));
    let below = lines.len().saturating_sub(first + height);
    let right = match below {
        0 => String::new(),
        below => format!("{below} more"),
    };
    canvas.rule(area, area.y, focused, "Summary, as it will be sent", &right);
    let shown = lines.iter().skip(first).zip(area.y + 1..area.bottom());
    for ((kind, line), y) in shown {
        let ink = match kind {
            Kind::Title => Ink::Strong,
            Kind::Heading => Ink::Accent,
            Kind::Text => Ink::Plain,
        };
        canvas.text(area.x + 1, y, area.width.saturating_sub(1), line, ink);
    }
    draw_send(canvas, send);
}

fn draw_send(canvas: &mut Canvas<'_>, area: Rect) {
    if area.height == 0 {
        return;
    }
    canvas.rule(area, area.y, false, "Send as", "x");
    let rows = [
        [("m", "Markdown"), ("h", "HTML"), ("s", "Slack")],
        [("j", "JSON"), ("c", "CSV"), ("t", "text")],
    ];
    for (row, y) in rows.iter().zip(area.y + 1..area.bottom()) {
        let mut x = area.x + 1;
        for (key, name) in row {
            let after = canvas.text(x, y, 1, key, Ink::Accent);
            canvas.text(after + 1, y, 9, name, Ink::Plain);
            x += 12;
        }
    }
    let y = area.y + 3;
    if y < area.bottom() {
        let text = "y m and y s copy it, x m writes it";
        canvas.text(area.x + 1, y, area.width.saturating_sub(2), text, Ink::Dim);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_wrapped_below_its_words() {
        let text = "# Hack 6\n\n- Charge a card end to end\n## Debt\n";
        let lines = lay_out(text, 16);
        let expected = [
            (Kind::Title, "# Hack 6"),
            (Kind::Text, ""),
            (Kind::Text, "- Charge a card"),
            (Kind::Text, "  end to end"),
            (Kind::Heading, "## Debt"),
        ];
        let lines: Vec<(Kind, &str)> = lines
            .iter()
            .map(|(kind, line)| (*kind, line.as_str()))
            .collect();
        assert_eq!(lines, expected);
        assert_eq!(lay_out("- word", 0), []);
    }
}
