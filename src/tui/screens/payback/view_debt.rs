//! The right side of the Payback screen: what needs a decision, half and half, the repositories.

use ratatui::layout::Rect;

use super::panes::Focus;
use super::state::State;
use super::view::names_wide;
use crate::report::debt::Item;
use crate::report::figures::RepositoryDebt;
use crate::report::safe_text::width;
use crate::report::words::{age, count, name, of, plural};
use crate::tui::screens::debt::{called, hack, owner, place};
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::{fit, fit_end, pad, safe};
use crate::tui::widgets::wording::{Mixed, Theirs};
use crate::week::build_and_care::Work;

/// What the share of building and of care is called, in more and in less room.
const HALVES: &[&str] = &["Half and half, this week", "Half and half"];

/// Rows below the items that tell more of the selected one: a blank and two lines.
const MORE: u16 = 3;

/// How many items fit, of so many.
pub(super) fn rows(area: Rect, items: usize) -> usize {
    let inner = usize::from(area.height.saturating_sub(1));
    let more = usize::from(MORE);
    match inner {
        // More of the selected one is told where half of the rows are left for the list.
        inner if inner >= 2 * more && items > 0 => inner - more,
        inner => inner,
    }
}

/// Draws what needs a decision.
pub(super) fn decide(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let focused = state.focus == Focus::Decide;
    let all = state.debt.undecided.len();
    let right = match (all, state.debt.carried_in.open) {
        (0, _) => String::new(),
        (all, 0) => count(all as u64),
        (all, carried) => format!("{}, {} carried in", count(all as u64), count(carried)),
    };
    canvas.rule(
        area,
        area.y,
        focused,
        &["Needs a decision", "To decide"],
        &right,
    );
    let (Some(overview), Some(first)) = (seen.overview, area.y.checked_add(1)) else {
        return;
    };
    if first >= area.bottom() {
        return;
    }
    if all == 0 {
        nothing(canvas, area, state, seen);
        return;
    }
    let in_view = rows(area, all);
    let items = state.debt.undecided.iter();
    let items = items.filter_map(|at| overview.report.items.get(*at));
    let owners = names_wide(items.map(|item| owner(&overview.board, item)));
    let shown = state.debt.undecided.iter().enumerate();
    let shown = shown.skip(state.decide.offset).take(in_view);
    for ((row, at), y) in shown.zip(first..area.bottom()) {
        let Some(item) = overview.report.items.get(*at) else {
            continue;
        };
        let line = Rect {
            y,
            height: 1,
            ..area
        };
        draw_item(canvas, line, item, owners, seen);
        if row == state.decide.row {
            let sign = canvas.glyphs().cursor;
            canvas.text(line.x + 1, y, 1, sign, Ink::Strong);
            if focused {
                let style = canvas.look.selected();
                let inner = Rect {
                    x: line.x + 2,
                    width: line.width.saturating_sub(2),
                    ..line
                };
                canvas.lay(inner, style);
            }
        }
    }
    let after = all.saturating_sub(state.decide.offset + in_view);
    let shown = u16::try_from(in_view.min(all)).unwrap_or(u16::MAX);
    let below = first.saturating_add(shown);
    if after > 0 && below < area.bottom() {
        let text = format!("{} more below", count(after as u64));
        let room = area.width.saturating_sub(3);
        canvas.text(area.x + 3, below, room, &text, Ink::Dim);
    }
    if usize::from(area.height.saturating_sub(1)) > in_view
        && let Some(item) = state.undecided(seen)
    {
        more_of(canvas, area, below + 1, item, seen);
    }
}

const SETTLED: &str = "Nothing: every item is settled";

/// What stands where nothing needs a decision.
fn nothing(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    let closed = seen.written().record().paid_back.is_some();
    let debt = &state.debt;
    let carried = debt.carried_in.items - debt.carried_in.dismissed;
    let (text, ink, hint) = match (debt.gauge.total() as u64 + carried, closed) {
        _ if seen.scanned().is_none() => ("Nothing is scanned yet", Ink::Plain, ""),
        (0, _) => ("Nothing: there is no debt", Ink::Good, ""),
        (_, true) => (SETTLED, Ink::Good, "and day 4 is closed"),
        (_, false) => (SETTLED, Ink::Good, "day 4 can be closed"),
    };
    let room = area.width.saturating_sub(4);
    for (text, ink, y) in [(text, ink, area.y + 1), (hint, Ink::Dim, area.y + 2)] {
        if y < area.bottom() {
            canvas.text(area.x + 3, y, room, text, ink);
        }
    }
}

fn draw_item(canvas: &mut Canvas<'_>, line: Rect, item: &Item, owners: u16, seen: &Seen<'_>) {
    let more = canvas.glyphs().more;
    let (board, y) = (seen.board(), line.y);
    let wide = 8;
    let x = canvas.text(line.x + 3, y, wide, &called(board, item), Ink::Plain);
    if item.carried_from.is_some() {
        let sign = canvas.glyphs().decided;
        canvas.text(line.x + 2, y, 1, sign, Ink::Warn);
    }
    let ink = match item.marker.as_str() {
        "DONT" | "FIXME" => Ink::Warn,
        _ => Ink::Plain,
    };
    let marker = pad(&fit(&item.marker, 5, more), 6);
    let x = canvas.text(x + 1, y, 6, &marker, ink);
    let end = line.right().saturating_sub(1);
    let wide = match line.width {
        40.. => owners,
        _ => 0,
    };
    if wide > 0 {
        let owner = Theirs(owner(board, item));
        canvas.text(end.saturating_sub(wide), y, wide, &owner, Ink::Plain);
    }
    let room = end.saturating_sub(wide + 1).saturating_sub(x);
    let what = match item.text.trim() {
        "" => "(no words)",
        what => what,
    };
    canvas.text(x, y, room, &Theirs(what), Ink::Plain);
}

/// Where the selected item is, how long it is owed, and what was said of it.
fn more_of(canvas: &mut Canvas<'_>, area: Rect, y: u16, item: &Item, seen: &Seen<'_>) {
    let more = canvas.glyphs().more;
    let dot = canvas.glyphs().dot;
    let now = seen.now.with_timezone(item.introduced.time.offset());
    let owed = format!("owed {}", age(item.introduced.time, now));
    let whole = match &item.path {
        Some(_) => format!("{}: {}", item.repository, place(item)),
        None => format!("{}: commit {}", item.repository, place(item)),
    };
    let room = usize::from(area.width.saturating_sub(4));
    let whole = fit_end(&whole, room.saturating_sub(width(&owed) + 3), more);
    let word = seen.board().debts.get(item.id.as_str());
    let mut said: Vec<String> = Vec::new();
    if let Some(word) = word {
        let before = word.carried.iter().find(|week| **week != seen.name);
        said.extend(before.map(|week| {
            let from = hack(seen.board(), &week.to_string());
            format!("carried from {from}: pay or accept it")
        }));
        said.extend(word.issue.as_ref().map(|issue| format!("issue {issue}")));
        said.extend(word.test.as_ref().map(|test| format!("test {test}")));
    }
    if let Some(ticket) = &item.ticket {
        said.push(format!("names {ticket}"));
    }
    let said = said.join(&format!(" {dot} "));
    let lines = [format!("{whole} {dot} {owed}"), said];
    for (text, y) in lines.iter().zip(y..area.bottom()) {
        let room = area.width.saturating_sub(4);
        canvas.text(area.x + 3, y, room, &Mixed(text), Ink::Dim);
    }
}

/// A bar of so many cells, `part` of `whole` of them full: what is there is seen, and so is what is
/// not.
fn bar(canvas: &mut Canvas<'_>, (x, y): (u16, u16), cells: u16, part: usize, whole: usize) {
    let glyphs = canvas.glyphs();
    let full = usize::from(cells) * part.min(whole) / whole.max(1);
    let full = full.max(usize::from(part > 0));
    let full = full.min(usize::from(cells).saturating_sub(usize::from(part < whole)));
    let full = u16::try_from(full).unwrap_or(cells).min(cells);
    let x = canvas.repeat(x, y, full, glyphs.bars[7], Ink::Plain);
    canvas.repeat(x, y, cells - full, glyphs.rest, Ink::Dim);
}

/// A word, a bar, and what it comes to.
fn row(
    canvas: &mut Canvas<'_>,
    line: Rect,
    label: &str,
    labels: u16,
    (part, whole): (usize, usize),
    says: &str,
    says_wide: u16,
) {
    let x = line.x + 3;
    canvas.text(x, line.y, labels, &Theirs(label), Ink::Plain);
    let x = x + labels + 2;
    let end = line.right().saturating_sub(1);
    let cells = end.saturating_sub(says_wide + 2).saturating_sub(x).min(40);
    bar(canvas, (x, line.y), cells, part, whole);
    canvas.text(x + cells + 2, line.y, says_wide, says, Ink::Plain);
}

/// Draws half and half.
pub(super) fn halves(canvas: &mut Canvas<'_>, area: Rect, state: &State) {
    if area.height == 0 {
        return;
    }
    let focused = state.focus == Focus::Halves;
    let shares = state.debt.shares;
    let all = u64::from(shares.build) + u64::from(shares.care());
    let right = match all {
        0 => "by commits".to_owned(),
        all => format!("by {}", plural(all, "commit", "commits")),
    };
    canvas.rule(area, area.y, focused, HALVES, &right);
    let line = |row: u16| Rect {
        y: area.y + row,
        height: 1,
        ..area
    };
    let Some((build, care)) = shares.percent() else {
        if area.height > 1 {
            let room = area.width.saturating_sub(4);
            canvas.text(area.x + 3, area.y + 1, room, "no commits yet", Ink::Dim);
        }
        return;
    };
    for (at, label, percent) in [(1, "build", build), (2, "care", care)] {
        if at < area.height {
            let part = usize::try_from(percent).unwrap_or(0);
            let says = format!("{percent:>3}%");
            row(canvas, line(at), label, 6, (part, 100), &says, 4);
        }
    }
    if area.height > 3 {
        let (tests, docs) = (count(shares.tests.into()), count(shares.docs.into()));
        let refactor = count(shares.refactor.into());
        let text = [
            format!("tests {tests}  docs {docs}  refactor {refactor}"),
            format!("tests {tests}  docs {docs}"),
        ];
        let room = area.width.saturating_sub(12);
        canvas.text(area.x + 11, area.y + 3, room, &text, Ink::Dim);
    }
}

/// Draws how much of each repository's debt is paid.
pub(super) fn repositories(canvas: &mut Canvas<'_>, area: Rect, state: &State) {
    if area.height == 0 {
        return;
    }
    canvas.rule(area, area.y, false, "By repository", "paid of opened");
    let all = &state.debt.repositories;
    let labels = all.iter().map(|one| width(&safe(&one.name))).max();
    let labels = labels.unwrap_or(0);
    let labels = u16::try_from(labels).unwrap_or(u16::MAX).clamp(6, 14);
    let cells = |figure: u64| usize::try_from(figure).unwrap_or(usize::MAX);
    let parts = |one: &RepositoryDebt| (cells(one.paid), cells(one.opened));
    let says = all.iter().map(parts).map(|(paid, whole)| of(paid, whole));
    let says: Vec<String> = says.collect();
    let wide = says.iter().map(|says| width(says)).max().unwrap_or(0);
    let wide = u16::try_from(wide).unwrap_or(0);
    let rows = usize::from(area.height - 1);
    for (at, one) in all.iter().enumerate().take(rows) {
        let line = Rect {
            y: area.y + 1 + u16::try_from(at).unwrap_or(0),
            height: 1,
            ..area
        };
        if at + 1 == rows && all.len() > rows {
            let text = format!("{} more", count((all.len() - at) as u64));
            canvas.text(
                line.x + 3,
                line.y,
                line.width.saturating_sub(4),
                &text,
                Ink::Dim,
            );
            return;
        }
        // A bar of nothing would look like one of which nothing is paid.
        if one.opened == 0 {
            canvas.text(line.x + 3, line.y, labels, &Theirs(&one.name), Ink::Plain);
            let x = line.x + 3 + labels + 2;
            let room = line.right().saturating_sub(x);
            canvas.text(x, line.y, room, "no debt", Ink::Dim);
            continue;
        }
        let says = format!("{:>1$}", says[at], usize::from(wide));
        row(canvas, line, &one.name, labels, parts(one), &says, wide);
    }
}

/// Draws the week's commits with what each was for.
pub(super) fn commits(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    let Some(overview) = seen.overview.filter(|_| area.height > 0) else {
        return;
    };
    let all = state.debt.commits.len();
    let right = plural(all as u64, "commit", "commits");
    canvas.rule(area, area.y, true, HALVES, &right);
    let shown = state.debt.commits.iter().enumerate();
    let shown = shown.skip(state.commits.offset);
    for ((row, (at, work)), y) in shown.zip(area.y + 1..area.bottom()) {
        let Some(commit) = overview.commits.get(*at) else {
            continue;
        };
        let (class, ink) = match work {
            Work::Build => ("build", Ink::Plain),
            Work::Tests => ("tests", Ink::Good),
            Work::Docs => ("docs", Ink::Good),
            Work::Refactor => ("refactor", Ink::Good),
        };
        let x = canvas.text(area.x + 3, y, 9, &pad(class, 9), ink);
        let time = commit.time.format("%a %H:%M").to_string();
        let x = canvas.text(x, y, 10, &time, Ink::Dim) + 1;
        let end = area.right().saturating_sub(1);
        let wide = if area.width >= 44 { 8 } else { 0 };
        if wide > 0 {
            let who = Theirs(name(&commit.author));
            canvas.text(end.saturating_sub(wide), y, wide, &who, Ink::Dim);
        }
        let room = end.saturating_sub(wide + 1).saturating_sub(x);
        canvas.text(x, y, room, &Theirs(&commit.subject), Ink::Plain);
        if row == state.commits.row {
            let sign = canvas.glyphs().cursor;
            canvas.text(area.x + 1, y, 1, sign, Ink::Strong);
            let inner = Rect {
                x: area.x + 2,
                y,
                width: area.width.saturating_sub(2),
                height: 1,
            };
            let style = canvas.look.selected();
            canvas.lay(inner, style);
        }
    }
}
