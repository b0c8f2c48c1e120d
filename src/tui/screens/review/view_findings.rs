//! The buckets of the Review screen.

use ratatui::layout::Rect;

use super::findings::{OWNER, WIDE, heights, lines, rows, signed, titles, words_room};
use super::panes::Focus;
use super::state::State;
use crate::report::safe_text::width;
use crate::report::words::count;
use crate::tui::screens::called;
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::{fit, fit_end, safe, wrap};
use crate::week::review::{Bucket, Finding, Test};

/// Draws a bucket.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    area: Rect,
    state: &State,
    seen: &Seen<'_>,
    bucket: Bucket,
) {
    if area.height == 0 {
        return;
    }
    let focus = Focus::Bucket(bucket);
    let focused = state.focus == focus;
    let findings = seen.written().findings(bucket);
    let right = match bucket {
        _ if findings.is_empty() => String::new(),
        Bucket::GetToDelete => signed(seen.written().lines_deleted()),
        _ => count(findings.len() as u64),
    };
    canvas.rule(area, area.y, focused, &titles(bucket), &right);
    if findings.is_empty() && area.height > 1 {
        let room = area.width.saturating_sub(4);
        canvas.text(area.x + 3, area.y + 1, room, "nothing yet", Ink::Dim);
        return;
    }
    let cursor = state.cursor(focus);
    let in_view = rows(area, findings.len());
    let shown = findings
        .iter()
        .enumerate()
        .skip(cursor.offset)
        .take(in_view);
    let heights = heights(area, &findings);
    let mut y = area.y + 1;
    for (row, finding) in shown {
        let height = heights.get(row).copied().unwrap_or(2);
        let its = Rect {
            y,
            height: height.min(area.bottom().saturating_sub(y)),
            ..area
        };
        if its.height == 0 {
            break;
        }
        draw_finding(canvas, its, finding, seen);
        if row == cursor.row && focused {
            let sign = canvas.glyphs().cursor;
            canvas.text(its.x + 1, its.y, 1, sign, Ink::Strong);
            let style = canvas.look.selected();
            let inner = Rect {
                x: its.x + 2,
                width: its.width.saturating_sub(2),
                ..its
            };
            canvas.lay(inner, style);
        }
        y += height;
    }
    let after = findings.len().saturating_sub(cursor.offset + in_view);
    if after > 0 && y < area.bottom() {
        let text = format!("{} more below", count(after as u64));
        let room = area.width.saturating_sub(4);
        canvas.text(area.x + 3, area.bottom() - 1, room, &text, Ink::Dim);
    }
}

fn draw_finding(canvas: &mut Canvas<'_>, area: Rect, finding: &Finding, seen: &Seen<'_>) {
    let glyphs = canvas.glyphs();
    let wide = area.width >= WIDE;
    let end = area.right().saturating_sub(1);
    let owner = finding.owner.as_ref();
    let short_name = |cells: u16| {
        owner.map_or_else(String::new, |owner| {
            called::short_name(seen.board(), owner, cells, glyphs.more)
        })
    };
    let mut x = area.x + 3;
    if finding.done_at.is_some() {
        canvas.text(area.x + 2, area.y, 1, glyphs.done, Ink::Good);
    }
    if wide {
        let (name, ink) = match owner {
            Some(_) => (short_name(OWNER - 1), Ink::Plain),
            None => ("nobody".to_owned(), Ink::Dim),
        };
        canvas.text(x, area.y, OWNER - 1, &name, ink);
        x += OWNER;
    }
    let lines = lines(finding);
    let lines_wide = u16::try_from(width(&lines)).unwrap_or(0);
    canvas.right(end, area.y, lines_wide, &lines, Ink::Plain);
    let room = words_room(area.width, finding);
    let ink = match finding.done_at {
        Some(_) => Ink::Dim,
        None => Ink::Plain,
    };
    let cells = u16::try_from(room).unwrap_or(u16::MAX);
    let what = match area.height {
        0..3 => vec![fit(&finding.what, room, glyphs.more)],
        height => wrap(
            &safe(&finding.what),
            room,
            usize::from(height - 1),
            glyphs.more,
        ),
    };
    for (text, y) in what.iter().zip(area.y..) {
        canvas.text(x, y, cells, text, ink);
    }
    if area.height < 2 {
        return;
    }
    let y = area.bottom() - 1;
    let (test, ink) = test(canvas, finding);
    let test_wide = u16::try_from(width(&test)).unwrap_or(0);
    canvas.right(end, y, test_wide, &test, ink);
    let debt = finding.debt.as_ref();
    let debt = debt.map_or_else(String::new, |item| seen.board().debt_name(item));
    let mut left = end.saturating_sub(if test_wide > 0 { test_wide + 1 } else { 0 });
    let debt = fit(&debt, 8, glyphs.more);
    if !wide && owner.is_some() {
        let name = short_name(OWNER - 1);
        x = canvas.text(x, y, OWNER - 1, &name, Ink::Dim) + 1;
    }
    let debt_wide = u16::try_from(width(&debt)).unwrap_or(0);
    // Where it is matters more than what else it is called.
    let both =
        width(&safe(&finding.place)) + usize::from(debt_wide) < usize::from(left.saturating_sub(x));
    if !debt.is_empty() && both {
        canvas.right(left, y, debt_wide, &debt, Ink::Dim);
        left = left.saturating_sub(debt_wide + 1);
    }
    // The name of a file needs more than what is left beside its owner.
    if wide && width(&safe(&finding.place)) > usize::from(left.saturating_sub(x)) {
        x -= OWNER;
    }
    let room = left.saturating_sub(x);
    let place = fit_end(&finding.place, usize::from(room), glyphs.more);
    canvas.text(x, y, room, &place, Ink::Dim);
}

/// What is said of a finding's test: of a refactor always, of another only where it has one.
fn test(canvas: &Canvas<'_>, finding: &Finding) -> (String, Ink) {
    let glyphs = canvas.glyphs();
    let must = finding.bucket == Bucket::Refactor;
    match (&finding.test, &finding.unlocked_because) {
        (Test::Linked(_), _) => (format!("test {}", glyphs.done), Ink::Good),
        (Test::NotNeeded, _) => ("test -".to_owned(), Ink::Dim),
        (Test::Missing, _) if !must => (String::new(), Ink::Dim),
        (Test::Missing, Some(_)) => ("no test".to_owned(), Ink::Warn),
        (Test::Missing, None) => (format!("test {}", glyphs.locked), Ink::Warn),
    }
}
