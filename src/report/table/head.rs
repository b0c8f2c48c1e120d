//! The top of the page: what it speaks of, the week as a clock, and how much is paid.

use std::io;

use chrono::{Datelike, NaiveDate, Timelike};

use super::page::{Ink, Page, Span};
use crate::report::debt::{DebtReport, ReportWeek, Totals};
use crate::report::words::{count, dates, deadline, distance, percent, plural};

/// Longest bar, in cells: beyond it a wide terminal tells nothing more.
const BAR: usize = 60;

/// The hours that the clock counts as a working day.
const WORK: (u32, u32) = (9, 17);

/// The head of one week.
pub(super) fn week(page: &mut Page<'_>, report: &DebtReport) -> io::Result<()> {
    let week = &report.week;
    let dot = page.signs().dot;
    let dates = week_title(week, dot);
    let today = report.generated_at.naive_local().date();
    let phase = week.days.iter().find(|day| day.date == today);
    let long = phase.map(|day| format!("{dates} {dot} day {}, {}", day.day, day.phase));
    // What today is for, where there is room for it beside the clock.
    let fits = |words: &String| Span::new(Ink::Plain, words).text.width() + 26 <= page.width();
    title(page, report, &long.filter(fits).unwrap_or(dates))?;
    strip(page, report, week)?;
    clock(page, report, week)?;
    gauge(page, report, week)
}

/// The head of the whole history.
pub(super) fn all(page: &mut Page<'_>, report: &DebtReport) -> io::Result<()> {
    let dot = page.signs().dot;
    let commits = report
        .repositories
        .iter()
        .map(|repository| repository.commits)
        .sum();
    let mut words = format!(
        "the whole history {dot} {}",
        plural(commits, "commit", "commits")
    );
    if report.repositories.len() > 1 {
        words.push_str(&format!(
            " {dot} {} repositories",
            report.repositories.len()
        ));
    }
    title(page, report, &words)?;
    let light = page.signs().light.repeat(page.width());
    page.line(&[Span::new(Ink::Dim, &light)])?;
    let gone = report.totals.paid + report.totals.paid_late;
    page.line(&[
        Span::new(Ink::Plain, " "),
        Span::new(Ink::Strong, &format!("{} open", count(report.totals.open))),
        Span::new(Ink::Plain, &format!(", {} paid", count(gone))),
        Span::new(
            Ink::Dim,
            &format!(", of {} ever introduced", count(report.totals.introduced)),
        ),
    ])
}

fn week_title(week: &ReportWeek, dot: &str) -> String {
    match (week.days.first(), week.days.last()) {
        (Some(first), Some(last)) => {
            format!("{} {dot} {}", week.name, dates(first.date, last.date))
        }
        _ => week.name.clone(),
    }
}

fn title(page: &mut Page<'_>, report: &DebtReport, words: &str) -> io::Result<()> {
    let now = report.generated_at.format("%a %-d %b  %H:%M").to_string();
    page.two_ends(
        &[
            Span::new(Ink::Plain, " "),
            Span::new(Ink::Strong, "Debt"),
            Span::new(Ink::Plain, &format!("  {words}")),
        ],
        &[Span::new(Ink::Dim, &now)],
    )
}

/// The five days: what is over, and what is now.
fn strip(page: &mut Page<'_>, report: &DebtReport, week: &ReportWeek) -> io::Result<()> {
    let today = report.generated_at.naive_local().date();
    let cells = cells(page.width(), week.days.len());
    let mut spans = Vec::new();
    for (day, cell) in week.days.iter().zip(cells) {
        let (sign, ink) = if day.date < today {
            (page.signs().paid, Ink::Good)
        } else if day.date == today {
            (page.signs().now, Ink::Accent)
        } else {
            (" ", Ink::Dim)
        };
        let name = day.date.format("%a %-d").to_string();
        let text = Span::new(
            if day.date == today {
                Ink::Strong
            } else {
                Ink::Dim
            },
            &name,
        );
        let rest = cell.saturating_sub(3 + text.text.width());
        spans.extend([
            Span::new(Ink::Plain, " "),
            Span::new(ink, sign),
            Span::new(Ink::Plain, " "),
            text,
            Span::new(Ink::Plain, &" ".repeat(rest)),
        ]);
    }
    page.line(&spans)
}

/// The line under the days is the clock: its heavy part is working time gone.
fn clock(page: &mut Page<'_>, report: &DebtReport, week: &ReportWeek) -> io::Result<()> {
    let now = report.generated_at.naive_local();
    let cells = cells(page.width(), week.days.len());
    let gone = week
        .days
        .iter()
        .zip(&cells)
        .map(|(day, cell)| {
            gone_of_day(day.date, now.date(), now.num_seconds_from_midnight(), *cell)
        })
        .sum::<usize>();
    let signs = page.signs();
    let width = page.width();
    let half = usize::from(gone > 0 && gone < width);
    page.line(&[
        Span::new(Ink::Accent, &signs.heavy.repeat(gone - half)),
        Span::new(Ink::Accent, &signs.half.repeat(half)),
        Span::new(Ink::Dim, &signs.light.repeat(width - gone)),
    ])
}

/// How many of a day's `cell` cells are working time gone.
fn gone_of_day(day: NaiveDate, today: NaiveDate, seconds: u32, cell: usize) -> usize {
    if day.num_days_from_ce() < today.num_days_from_ce() {
        return cell;
    }
    if day > today {
        return 0;
    }
    let (start, end) = (WORK.0 * 3600, WORK.1 * 3600);
    let worked = seconds.clamp(start, end) - start;
    cell * worked as usize / (end - start) as usize
}

/// The width of each day's cell; they fill the row.
fn cells(width: usize, days: usize) -> Vec<usize> {
    (0..days)
        .map(|day| width * (day + 1) / days - width * day / days)
        .collect()
}

/// How much is paid, and until when the rest is due.
fn gauge(page: &mut Page<'_>, report: &DebtReport, week: &ReportWeek) -> io::Result<()> {
    let now = report.generated_at;
    let over = now > week.deadline;
    let due = deadline(week, now);
    let verb = if over { "was due" } else { "due" };
    let distance = distance(week.deadline, now);
    page.blank()?;
    let totals = &report.totals;
    let parts = parts(totals);
    let owed = parts.iter().map(|(figure, ..)| figure).sum::<u64>();
    let late = over && totals.open > 0;
    let when = [
        Span::new(Ink::Plain, &format!("{verb} {due}, ")),
        Span::new(if late { Ink::Bad } else { Ink::Strong }, &distance),
    ];
    if owed == 0 {
        let mut spans = vec![Span::new(Ink::Plain, " ")];
        spans.extend(when);
        return page.line(&spans);
    }
    let paid = totals.paid + totals.paid_late;
    let mut words = vec![
        Span::new(Ink::Plain, " "),
        Span::new(
            Ink::Strong,
            &format!("{} of {} paid", count(paid), count(owed)),
        ),
    ];
    if let Some(share) = totals.paydown {
        words.push(Span::new(
            Ink::Dim,
            &format!("  {} in time", percent(share)),
        ));
    }
    page.two_ends(&words, &when)?;

    let bar = page.width().saturating_sub(2).min(BAR);
    let signs = page.signs();
    let mut spans = vec![Span::new(Ink::Plain, " ")];
    for (cells, ((_, ink, _), sign)) in shares(&parts, bar)
        .into_iter()
        .zip(parts.iter().zip(signs.bar))
    {
        spans.push(Span::new(*ink, &sign.repeat(cells)));
    }
    page.line(&spans)?;

    let mut legend = vec![Span::new(Ink::Plain, " ")];
    for ((figure, ink, name), sign) in parts.iter().zip(signs.bar) {
        if *figure > 0 {
            legend.push(Span::new(*ink, sign));
            legend.push(Span::new(
                Ink::Dim,
                &format!(" {} {name}   ", count(*figure)),
            ));
        }
    }
    page.line(&legend)
}

/// What the bar is made of, in its order.
fn parts(totals: &Totals) -> [(u64, Ink, &'static str); 5] {
    [
        (totals.paid, Ink::Good, "paid"),
        (totals.paid_late, Ink::Warn, "paid late"),
        (totals.accepted, Ink::Plain, "accepted"),
        (totals.carried, Ink::Plain, "carried"),
        (totals.open, Ink::Dim, "open"),
    ]
}

/// The cells of each part: in proportion, at least one for a part that is there, `bar` in all.
fn shares(parts: &[(u64, Ink, &'static str); 5], bar: usize) -> [usize; 5] {
    let whole = parts
        .iter()
        .map(|(figure, ..)| u128::from(*figure))
        .sum::<u128>()
        .max(1);
    let mut cells = parts.map(|(figure, ..)| {
        let share = u128::from(figure) * bar as u128 / whole;
        usize::try_from(share)
            .unwrap_or(bar)
            .max(usize::from(figure > 0))
    });
    // Rounding down leaves a few cells over, the least of one takes a few too many.
    while cells.iter().sum::<usize>() != bar {
        let widest = (0..cells.len())
            .max_by_key(|&at| (parts[at].0, at))
            .unwrap_or(0);
        if cells.iter().sum::<usize>() < bar {
            cells[widest] += 1;
        } else {
            let fattest = (0..cells.len()).max_by_key(|&at| cells[at]).unwrap_or(0);
            if cells[fattest] == 0 {
                break;
            }
            cells[fattest] -= 1;
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares_of(figures: [u64; 5], bar: usize) -> [usize; 5] {
        shares(&figures.map(|figure| (figure, Ink::Plain, "")), bar)
    }

    #[test]
    fn the_bar_is_full_and_hides_nobody() {
        assert_eq!(shares_of([12, 0, 2, 1, 6], 21), [12, 0, 2, 1, 6]);
        assert_eq!(shares_of([1, 0, 0, 0, 100_000], 60), [1, 0, 0, 0, 59]);
        assert_eq!(shares_of([5, 0, 0, 0, 0], 60), [60, 0, 0, 0, 0]);
        assert_eq!(
            shares_of([1, 1, 1, 1, u64::MAX], 18).iter().sum::<usize>(),
            18
        );
    }

    #[test]
    fn the_clock_counts_working_hours() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap_or_default();
        assert_eq!(gone_of_day(day(17), day(18), 0, 16), 16);
        assert_eq!(gone_of_day(day(19), day(18), 0, 16), 0);
        assert_eq!(gone_of_day(day(18), day(18), 8 * 3600, 16), 0);
        assert_eq!(gone_of_day(day(18), day(18), 13 * 3600, 16), 8);
        assert_eq!(gone_of_day(day(18), day(18), 23 * 3600, 16), 16);
    }
}
