//! The checklists of the Payback screen.

use ratatui::layout::Rect;

use super::lines::{not_taken, titles};
use super::panes::{Focus, LISTS};
use super::state::State;
use super::view::names_wide;
use crate::report::words::{count, of};
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::wording::Theirs;
use crate::week::payback::{Check, CheckList};
use crate::week::review::Test;

/// Draws a list.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    area: Rect,
    state: &State,
    seen: &Seen<'_>,
    list: usize,
) {
    let Some(which) = LISTS.get(list).copied().filter(|_| area.height > 0) else {
        return;
    };
    let focused = state.focus == Focus::List(list);
    let checks = seen.written().checks(which);
    let done = checks
        .iter()
        .filter(|check| check.done_at.is_some())
        .count();
    let locked = checks.iter().filter(|check| seen.board().is_locked(check));
    let done = match checks.len() {
        0 => String::new(),
        all => of(done, all),
    };
    let locked = match locked.count() {
        0 => String::new(),
        locked => format!(", {} locked", count(locked as u64)),
    };
    // A list that goes on says so in its rule: in a small one every row counts.
    let in_view = usize::from(area.height - 1);
    let below = checks
        .len()
        .saturating_sub(state.lists[list].offset + in_view);
    let below = match below {
        0 => String::new(),
        below => format!(", {} below", count(below as u64)),
    };
    let right = [
        format!("{done}{locked}{below}"),
        format!("{done}{below}"),
        done,
    ];
    canvas.rule(area, area.y, focused, titles(which), &right);
    let inner = Rect {
        y: area.y + 1,
        height: area.height - 1,
        ..area
    };
    if inner.height == 0 {
        return;
    }
    if checks.is_empty() {
        let text = match (which, not_taken(seen).len()) {
            (CheckList::Refactor, 1) => "1 of the review is not here yet".to_owned(),
            (CheckList::Refactor, many @ 2..) => format!("{many} of the review are not here yet"),
            _ => "nothing yet".to_owned(),
        };
        let room = inner.width.saturating_sub(4);
        canvas.text(inner.x + 3, inner.y, room, &text, Ink::Dim);
        return;
    }
    let cursor = &state.lists[list];
    let owners = checks.iter().filter_map(|check| check.owner.as_ref());
    let owners = names_wide(owners.map(|owner| seen.board().name(owner)));
    let shown = checks.iter().enumerate().skip(cursor.offset).take(in_view);
    for ((row, check), y) in shown.zip(inner.y..inner.bottom()) {
        let line = Rect {
            y,
            height: 1,
            ..inner
        };
        draw_line(canvas, line, check, owners, seen);
        if row == cursor.row && focused {
            let style = canvas.look.selected();
            let sign = canvas.glyphs().cursor;
            canvas.text(line.x, line.y, 1, sign, Ink::Strong);
            let inner = Rect {
                x: line.x + 1,
                width: line.width.saturating_sub(1),
                ..line
            };
            canvas.lay(inner, style);
        }
    }
}

fn draw_line(canvas: &mut Canvas<'_>, line: Rect, check: &Check, owners: u16, seen: &Seen<'_>) {
    let glyphs = canvas.glyphs();
    let locked = seen.board().is_locked(check);
    let (sign, ink) = match check.done_at {
        Some(_) => (glyphs.done, Ink::Good),
        None if locked => (glyphs.locked, Ink::Warn),
        None => (glyphs.open, Ink::Plain),
    };
    canvas.text(line.x + 1, line.y, 1, sign, ink);
    let (x, mut end) = (line.x + 3, line.right().saturating_sub(1));
    let owner = check.owner.as_ref().map(|owner| seen.board().name(owner));
    if owners > 0 && line.width >= 30 {
        end = end.saturating_sub(owners);
        canvas.text(
            end,
            line.y,
            owners,
            &Theirs(owner.unwrap_or_default()),
            Ink::Plain,
        );
        end = end.saturating_sub(1);
    }
    let finding = check.finding.as_ref();
    let finding = finding.and_then(|finding| seen.board().findings.get(finding));
    if let Some(finding) = finding.filter(|_| check.list == CheckList::Refactor) {
        let (words, ink) = match (&finding.test, &finding.unlocked_because) {
            (Test::Linked(_), _) => (format!("test first {}", glyphs.done), Ink::Good),
            (Test::NotNeeded, _) => ("needs no test".to_owned(), Ink::Dim),
            (Test::Missing, Some(_)) => ("no test".to_owned(), Ink::Warn),
            (Test::Missing, None) => (format!("test first {}", glyphs.locked), Ink::Warn),
        };
        let wide = 13;
        if line.width >= 44
            && check
                .done_at
                .is_none_or(|_| finding.test != Test::NotNeeded)
        {
            canvas.text(end.saturating_sub(wide), line.y, wide, &words, ink);
            end = end.saturating_sub(wide + 1);
        }
    }
    let room = end.saturating_sub(x);
    canvas.text(x, line.y, room, &Theirs(&check.text), Ink::Plain);
}
