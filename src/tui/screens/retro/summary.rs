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

/// The text in lines of at most `wide` cells, what they continue indented. Rows of tables are their
/// cells alone, and blank lines stand before headings alone: a pane is narrow and low.
fn lay_out(text: &str, wide: u16) -> Vec<(Kind, String)> {
    let room = usize::from(wide);
    let mut lines: Vec<(Kind, String)> = Vec::new();
    for line in text.lines() {
        let line = safe(line);
        let kind = match () {
            () if line.starts_with("# ") => Kind::Title,
            () if line.starts_with('#') => Kind::Heading,
            () => Kind::Text,
        };
        if line.trim().is_empty() {
            continue;
        }
        if kind == Kind::Heading && !lines.is_empty() {
            lines.push((Kind::Text, String::new()));
        }
        let line = plain(&line);
        if line.is_empty() {
            continue;
        }
        let words = line.trim_start();
        let words = words.strip_prefix("- ").unwrap_or(words);
        let indent = (line.len() - words.len()).min(6).min(room / 2);
        let (first, rest) = line.split_at(indent);
        for (at, part) in wrap(rest, room - indent, WRAPPED, "…")
            .into_iter()
            .enumerate()
        {
            let before = match at {
                0 => first.to_owned(),
                _ => " ".repeat(indent),
            };
            lines.push((kind, format!("{before}{part}")));
        }
    }
    lines
}

/// A line without the signs that say how it looks; the line below the head of a table is nothing.
fn plain(line: &str) -> String {
    let line = line.replace("**", "");
    let Some(row) = line.strip_prefix('|') else {
        return line;
    };
    let cells = row.trim_end_matches('|').split(" | ").map(str::trim);
    let cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
    let is_rule = |cell: &&str| {
        cell.bytes()
            .all(|byte| matches!(byte, b'-' | b':' | b' ' | b'|'))
    };
    match cells.iter().all(is_rule) {
        true => String::new(),
        false => cells.join("  "),
    }
}

/// The signs of the reports in ASCII, where the screens are drawn so.
fn in_ascii(line: &str) -> String {
    let sign = |c: char| match c {
        '✓' => '*',
        '↻' | '…' => '~',
        '○' => 'o',
        '✗' => 'x',
        '·' | '–' | '—' => '-',
        '→' => '>',
        '█' => '#',
        '▓' | '▒' | '░' => '.',
        c => c,
    };
    line.chars().map(sign).collect()
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
        _ if area.width < 45 => String::new(),
        below => format!("{below} more"),
    };
    let title = ["Summary, as it will be sent", "Summary"];
    canvas.rule(area, area.y, focused, &title, &right);
    let shown = lines.iter().skip(first).zip(area.y + 1..area.bottom());
    for ((kind, line), y) in shown {
        let ink = match kind {
            Kind::Title => Ink::Strong,
            Kind::Heading => Ink::Accent,
            Kind::Text => Ink::Plain,
        };
        let room = area.width.saturating_sub(1);
        match canvas.look.ascii {
            true => canvas.text(area.x + 1, y, room, &in_ascii(line), ink),
            false => canvas.text(area.x + 1, y, room, line, ink),
        };
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

    fn laid_out(text: &str, wide: u16) -> Vec<String> {
        let lines = lay_out(text, wide).into_iter();
        lines.map(|(_, line)| line).collect()
    }

    #[test]
    fn a_list_is_wrapped_below_its_words() {
        let text = "# Hack 6\n\n- Charge a card end to end\n\n## Debt\n\n**21 items**: paid\n";
        let expected = [
            "# Hack 6",
            "- Charge a card",
            "  end to end",
            "",
            "## Debt",
            "21 items: paid",
        ];
        assert_eq!(laid_out(text, 16), expected);
        assert_eq!(lay_out(text, 16)[4].0, Kind::Heading);
        assert_eq!(lay_out("- word", 0), []);
    }

    #[test]
    fn a_table_is_its_cells() {
        let text = "| Week | Done |\n| --- | ---: |\n| hack 5 | 7 of 9 |\n|  | 8 |\n";
        assert_eq!(laid_out(text, 40), ["Week  Done", "hack 5  7 of 9", "8"]);
    }
}
