//! How the week pays down: the chart, and the four lines beside it.

use chrono::{DateTime, FixedOffset};
use ratatui::layout::Rect;

use super::state::State;
use super::words::carried_in;
use crate::report::debt::DebtReport;
use crate::report::figures::WeekDebt;
use crate::report::words::{self, count, distance};
use crate::tui::seen::{Seen, UNSCANNED};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::chart;
use crate::week::burndown::Burndown;

/// Columns of the lines beside the chart.
const LINES: u16 = 38;

/// `Thu 18:00`, or `the end of Thu`.
pub(in crate::tui::screens) fn due(report: &DebtReport, now: DateTime<FixedOffset>) -> String {
    let due = words::deadline(&report.week, now);
    due.strip_prefix("by ").map(str::to_owned).unwrap_or(due)
}

/// `1d 4h left`, `2h 10m over`.
pub(in crate::tui::screens) fn left(report: &DebtReport, now: DateTime<FixedOffset>) -> String {
    let text = distance(report.week.deadline, now);
    match (text.strip_prefix("in "), text.strip_suffix(" ago")) {
        (Some(left), _) => format!("{left} left"),
        (_, Some(over)) => format!("{over} over"),
        _ => text,
    }
}

/// Draws the rule, and as much of the chart as there is room for.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let counted = state.chart.as_ref().zip(state.figures.as_ref());
    let Some((overview, (chart, figures))) = seen.overview.zip(counted) else {
        canvas.rule(area, area.y, false, "Pay down", "");
        if seen.overview.is_some() && area.height > 1 {
            let room = area.width.saturating_sub(3);
            canvas.text(area.x + 3, area.y + 1, room, &UNSCANNED[..], Ink::Dim);
        }
        return;
    };
    let report = &overview.report;
    let now = seen.now.with_timezone(report.week.deadline.offset());
    let due = due(report, now);
    let left_words = left(report, now);
    let dot = canvas.glyphs().dot;
    let mut right = format!("{left_words} {dot} paid {}", count(figures.gone()));
    for (word, figure) in [
        ("accepted", figures.accepted),
        ("carried", figures.carried),
        ("no debt", figures.dismissed),
    ] {
        if figure > 0 {
            right.push_str(&format!(" {dot} {word} {}", count(figure)));
        }
    }
    let left = [format!("Pay down to {due}"), "Pay down".to_owned()];
    canvas.rule(area, area.y, false, &left, &right);
    let inner = Rect {
        y: area.y + 1,
        height: area.height - 1,
        ..area
    };
    if figures.opened == 0 {
        if inner.height > 0 {
            let text = match (carried_in(overview), seen.is_hacking()) {
                (Some((title, fate)), _) => vec![
                    format!("0 of its own; {title}: {fate}"),
                    format!("0 of its own; {title}"),
                ],
                (None, true) => vec!["no debt to pay down yet".to_owned()],
                (None, false) => vec![
                    "no debt to pay down: these hack days brought in none".to_owned(),
                    "no debt to pay down".to_owned(),
                ],
            };
            canvas.text(
                area.x + 3,
                inner.y,
                area.width.saturating_sub(3),
                &text,
                Ink::Dim,
            );
        }
        return;
    }
    if inner.height < 4 {
        gauge(canvas, inner, figures);
        return;
    }
    let beside = inner.width >= LINES + 30;
    let most = if beside {
        inner.width - LINES - 2
    } else {
        inner.width - 1
    };
    let name = |day: u8| {
        let day = overview.week.day(day);
        day.map_or_else(String::new, |day| day.date.format("%a").to_string())
    };
    let clock = report.week.deadline.format("%H:%M").to_string();
    let clock = if matches!(clock.as_str(), "00:00" | "23:59") {
        "24:00".to_owned()
    } else {
        clock
    };
    let bars = Rect {
        width: most,
        ..inner
    };
    chart::draw(canvas, bars, &chart.points, &name, &clock);
    if beside {
        let lines = Rect {
            x: inner.right() - LINES,
            width: LINES,
            height: inner.height - 1,
            ..inner
        };
        sentences(canvas, lines, chart, &due, figures, seen);
        likely(canvas, lines, state);
    }
}

/// `paid ████░░░░ 4 of 21`.
fn gauge(canvas: &mut Canvas<'_>, area: Rect, figures: &WeekDebt) {
    if area.height == 0 {
        return;
    }
    let (paid, all) = (figures.gone(), figures.opened);
    let words = format!("{} of {}", count(paid), count(all));
    let cells = |figure: u64| usize::try_from(figure).unwrap_or(usize::MAX);
    let (paid, all) = (cells(paid), cells(all));
    let room = usize::from(area.width)
        .saturating_sub(words.len() + 12)
        .min(60);
    let full = room.saturating_mul(paid) / all.max(1);
    // One that is paid is seen, and so is one that is not.
    let full = full.max(usize::from(paid > 0));
    let full = full.min(room.saturating_sub(usize::from(paid < all)));
    let cells = |cells: usize| u16::try_from(cells).unwrap_or_default();
    let block = canvas.glyphs().bars[7];
    let rest = canvas.glyphs().rest;
    let x = canvas.text(area.x + 3, area.y, 5, "paid ", Ink::Dim);
    let x = canvas.repeat(x, area.y, cells(full), block, Ink::Good);
    let x = canvas.repeat(x, area.y, cells(room - full), rest, Ink::Dim);
    canvas.text(
        x + 1,
        area.y,
        area.right().saturating_sub(x + 1),
        &words,
        Ink::Plain,
    );
}

/// Which ones that will be, below the four lines.
fn likely(canvas: &mut Canvas<'_>, area: Rect, state: &State) {
    /// As many as fit beside the label, and how many more there are.
    const MOST: usize = 4;
    if state.likely.is_empty() || area.height < 5 {
        return;
    }
    let text = (1..=MOST).rev().map(|most| {
        let names = state.likely.iter().take(most).map(String::as_str);
        let names = names.collect::<Vec<_>>().join(" ");
        match state.likely.len().saturating_sub(most) {
            0 => names,
            more => format!("{names} + {}", count(more as u64)),
        }
    });
    let text: Vec<String> = text.collect();
    let room = area.width.saturating_sub(11);
    canvas.text(area.x, area.y + 4, 10, "likely", Ink::Dim);
    canvas.text(area.x + 11, area.y + 4, room, &text, Ink::Plain);
}

/// Now, need, pace, so: the only sentence that matters.
fn sentences(
    canvas: &mut Canvas<'_>,
    area: Rect,
    chart: &Burndown,
    due: &str,
    figures: &WeekDebt,
    seen: &Seen<'_>,
) {
    let weeks = seen.overview.map_or(0, |overview| overview.paces.len());
    let over = chart.need.is_none();
    let now = match chart.plan {
        _ if over => (
            format!("{} still open", count(chart.open as u64)),
            Ink::Plain,
        ),
        Some(plan) if chart.open > plan => {
            let text = format!(
                "{} open, plan says {}",
                count(chart.open as u64),
                count(plan as u64)
            );
            (text, Ink::Warn)
        }
        Some(plan) => {
            let text = format!(
                "{} open, plan says {}",
                count(chart.open as u64),
                count(plan as u64)
            );
            (text, Ink::Plain)
        }
        None => (
            format!("{} open, hacking goes on", count(chart.open as u64)),
            Ink::Plain,
        ),
    };
    // Before the plan begins, what is not open has not come yet.
    let early = chart.plan.is_none() && chart.open == 0;
    let need = match chart.need {
        _ if early => ("nothing yet".to_owned(), Ink::Dim),
        Some(need) if chart.open > 0 => (format!("{need:.1} an hour"), Ink::Plain),
        Some(_) => ("nothing more".to_owned(), Ink::Good),
        None => ("no time left".to_owned(), Ink::Plain),
    };
    let pace = match chart.pace {
        Some(pace) => (format!("{pace:.1} an hour, last {weeks} hacks"), Ink::Plain),
        None => ("no pace yet".to_owned(), Ink::Dim),
    };
    // Another week's due time is long.
    let by_then = |says: String, word: &str| vec![format!("{says} {word} {due}"), says];
    let so = match (over, chart.so) {
        _ if early => (vec!["nothing is owed yet".to_owned()], Ink::Dim),
        (_, _) if chart.open == 0 => {
            let all = format!("all {} are paid or decided", count(figures.opened));
            (vec![all, "all are paid or decided".to_owned()], Ink::Good)
        }
        (true, _) => {
            let missed = format!("{} missed", count(chart.open as u64));
            (
                vec![format!("{missed} {due}"), format!("{missed} it")],
                Ink::Bad,
            )
        }
        (false, Some(0)) => (by_then("all paid".to_owned(), "by"), Ink::Good),
        (false, Some(left)) => {
            let left = format!("{} left", count(left as u64));
            (by_then(left, "at"), Ink::Bad)
        }
        (false, None) => (vec!["nothing is predicted".to_owned()], Ink::Dim),
    };
    let one = |(text, ink): (String, Ink)| (vec![text], ink);
    let rows = [
        ("now", one(now)),
        ("need", one(need)),
        ("your pace", one(pace)),
        ("so", so),
    ];
    for ((label, (text, ink)), y) in rows.into_iter().zip(area.y..area.bottom()) {
        canvas.text(area.x, y, 10, label, Ink::Dim);
        canvas.text(area.x + 11, y, area.width.saturating_sub(11), &text, ink);
    }
}
