//! The Payback screen, drawn: the gauge, and the sides below it.

use ratatui::layout::Rect;

use super::state::State;
use super::{view_debt, view_lists};
use crate::report::safe_text::width;
use crate::report::words::{count, of};
use crate::tui::screens::debt::{carried_in, due, left};
use crate::tui::seen::{Seen, UNSCANNED};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::safe;

/// Draws the screen.
pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, seen: &Seen<'_>) {
    let panes = state.panes(seen);
    gauge(canvas, panes.gauge, state, seen);
    for (list, area) in panes.lists.into_iter().enumerate() {
        view_lists::draw(canvas, area, state, seen, list);
    }
    if let Some((x, top, bottom)) = panes.divider {
        let divider = canvas.glyphs().divider;
        for y in top..bottom {
            canvas.text(x, y, 1, divider, Ink::Dim);
        }
    }
    view_debt::decide(canvas, panes.decide, state, seen);
    view_debt::halves(canvas, panes.halves, state);
    view_debt::repositories(canvas, panes.repositories, state);
    view_debt::commits(canvas, panes.commits, state, seen);
}

/// The right end of the gauge's rule: how much time is left, or that day 4 is closed.
fn time_left(seen: &Seen<'_>) -> Vec<String> {
    let Some(overview) = seen.overview else {
        return Vec::new();
    };
    let zone = overview.week.zone();
    if let Some(closed) = seen.written().record().paid_back {
        return vec![zone.local(closed).format("closed %a %H:%M").to_string()];
    }
    let report = &overview.report;
    let now = seen.now.with_timezone(report.week.deadline.offset());
    let left = left(report, now);
    let due = due(report, now);
    // On the day itself its name says nothing.
    let today = report.week.deadline.date_naive() == now.date_naive();
    let until = match due.split_once(' ') {
        Some((_, clock)) if today && clock.contains(':') => clock,
        _ => due.as_str(),
    };
    vec![format!("{left}, until {until}"), left]
}

/// The rule, the gauge of four parts, and what they are.
fn gauge(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    let gauge = &state.debt.gauge;
    if area.height == 0 {
        return;
    }
    canvas.rule(area, area.y, false, "Paid down", &time_left(seen));
    // A blank row above and below where there is room.
    let y = area.y + if area.height >= 5 { 2 } else { 1 };
    if y >= area.bottom() {
        return;
    }
    let room = area.width.saturating_sub(4);
    if seen.overview.is_none() {
        canvas.text(area.x + 2, y, room, "Reading the index", Ink::Dim);
        return;
    }
    if seen.scanned().is_none() {
        canvas.text(area.x + 2, y, room, &UNSCANNED[..], Ink::Dim);
        return;
    }
    if gauge.total() == 0 {
        let text = match (carried(seen), seen.is_hacking()) {
            (Some(texts), _) => texts.map(|text| format!("0 of its own; {text}")).into(),
            (None, true) => vec!["no debt to pay back yet".to_owned()],
            (None, false) => vec![
                "no debt to pay back: these hack days brought in none".to_owned(),
                "no debt to pay back".to_owned(),
            ],
        };
        canvas.text(area.x + 2, y, room, &text, Ink::Dim);
        return;
    }
    let glyphs = canvas.glyphs();
    let paid = format!("{} paid", of(gauge.paid, gauge.total()));
    let decided = format!("{} decided", of(gauge.decided(), gauge.total()));
    let words = u16::try_from(width(&paid).max(width(&decided))).unwrap_or(0);
    let cells = room.saturating_sub(words + 3).min(76);
    let undecided = gauge.undecided.len();
    let parts = [
        (gauge.paid, "paid", glyphs.bars[7], Ink::Good),
        (gauge.accepted, "accepted", glyphs.parts[0], Ink::Plain),
        (gauge.carried, "carried", glyphs.parts[1], Ink::Plain),
        (undecided, need(undecided), glyphs.rest, Ink::Warn),
    ];
    let mut x = area.x + 2;
    for ((_, _, sign, ink), cells) in parts
        .into_iter()
        .zip(split(parts.map(|part| part.0), cells))
    {
        x = canvas.repeat(x, y, cells, sign, ink);
    }
    let end = area.x + 2 + cells + 3;
    canvas.text(end, y, words, &paid, Ink::Plain);
    if y + 1 >= area.bottom() {
        return;
    }
    let mut x = area.x + 2;
    for (figure, word, sign, ink) in parts {
        let mut text = format!("{} {word}", count(figure as u64));
        if word == "paid" && state.debt.late > 0 {
            text.push_str(&format!(", {} late", count(state.debt.late)));
        }
        let wide = u16::try_from(width(&text)).unwrap_or(0) + 2;
        // What does not fit beside the others is left out rather than cut.
        if x + wide > area.right() {
            break;
        }
        canvas.text(x, y + 1, 1, sign, ink);
        let plain = if figure == 0 { Ink::Dim } else { Ink::Plain };
        x = canvas.text(x + 2, y + 1, wide, &text, plain) + 3;
    }
    if x <= end {
        canvas.text(end, y + 1, words, &decided, Ink::Plain);
    }
    if let Some(text) = carried(seen).filter(|_| y + 2 < area.bottom()) {
        let sign = canvas.glyphs().decided;
        canvas.text(area.x + 2, y + 2, 1, sign, Ink::Warn);
        canvas.text(area.x + 4, y + 2, room.saturating_sub(2), &text, Ink::Plain);
    }
}

/// `8 carried from hack 5: 3 paid, 5 to pay or accept`, and less of it.
fn carried(seen: &Seen<'_>) -> Option<[String; 2]> {
    let (title, fate) = carried_in(seen.overview?)?;
    Some([format!("{title}: {fate}"), title])
}

fn need(undecided: usize) -> &'static str {
    match undecided {
        1 => "needs a decision",
        _ => "need a decision",
    }
}

/// Shares cells between parts so that they are all taken, and a part that is there is seen.
fn split(parts: [usize; 4], cells: u16) -> [u16; 4] {
    let whole: usize = parts.iter().sum();
    let cells = usize::from(cells);
    let mut shares = parts.map(|part| match part {
        0 => 0,
        part => (cells * part / whole.max(1)).max(1),
    });
    // The widest gives or takes what rounding left over.
    let widest = (0..4).max_by_key(|at| shares[*at]).unwrap_or(0);
    let others: usize = shares.iter().sum::<usize>() - shares[widest];
    shares[widest] = cells.saturating_sub(others);
    shares.map(|share| u16::try_from(share).unwrap_or(0))
}

/// The columns that names of people take: as many as the widest, within reason.
pub(super) fn names_wide<'a>(names: impl IntoIterator<Item = &'a str>) -> u16 {
    let wide = names.into_iter().map(|name| width(&safe(name))).max();
    u16::try_from(wide.unwrap_or(0)).unwrap_or(u16::MAX).min(14)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_cells_are_shared_and_what_is_there_is_seen() {
        for (parts, cells) in [
            ([12, 2, 1, 6], 76),
            ([400, 1, 1, 1], 20),
            ([0, 0, 0, 5], 20),
            ([1, 1, 1, 1], 7),
        ] {
            let shares = split(parts, cells);
            assert_eq!(shares.iter().sum::<u16>(), cells, "{parts:?}");
            for (part, share) in parts.iter().zip(shares) {
                assert_eq!(*part > 0, share > 0, "{parts:?} {shares:?}");
            }
        }
        assert_eq!(split([1, 0, 0, 0], 0), [0; 4]);
    }
}
