//! When the milestones come, and what the last hack changed.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::forms::name;
use super::panes::Focus;
use super::state::{State, WhatIf};
use crate::report::roadmap::{Odds, Projection, Roadmap, after, rows_of};
use crate::report::safe_text::width;
use crate::report::words::{count, plural};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::wrap;

/// The most breaks that are told.
const BREAKS: usize = 2;

/// How many lines there are to draw below the rule.
pub(super) fn rows(roadmap: &Roadmap) -> usize {
    let rows = roadmap.milestones.iter().map(|it| rows_of(it).len().max(1));
    rows.sum::<usize>().max(1) + told(roadmap).len()
}

/// The weeks without a hack before the last row that is drawn.
fn told(roadmap: &Roadmap) -> Vec<String> {
    let shown = roadmap.milestones.iter().filter_map(|it| {
        let last = rows_of(it).pop()?;
        it.odds.get(last).map(|odds| odds.date)
    });
    let Some(last) = shown.max() else {
        return Vec::new();
    };
    let breaks = roadmap.without_hacks.iter().filter(|it| it.first < last);
    let told = breaks.map(|it| {
        let (first, last) = (it.first.format("%-d %b"), it.last.format("%-d %b"));
        format!("no hacks {first} to {last}")
    });
    told.take(BREAKS).collect()
}

/// The last six, the last two.
fn last(hacks: usize) -> String {
    const WORDS: [&str; 5] = ["two", "three", "four", "five", "six"];
    let word = hacks.checked_sub(2).and_then(|at| WORDS.get(at));
    word.map_or_else(|| hacks.to_string(), |word| (*word).to_owned())
}

/// Both ends of the rule, the left one in several wordings.
fn title(roadmap: &Roadmap, what_if: Option<WhatIf>) -> (Vec<String>, String) {
    let Some(what_if) = what_if else {
        let hacks = roadmap.pace.draws.len();
        if hacks < 2 {
            return (vec!["When".to_owned()], "no pace yet".to_owned());
        }
        let done: Vec<String> = roadmap.pace.draws.iter().map(u32::to_string).collect();
        let last = last(hacks);
        let left = vec![
            format!("When, if the next hacks go like the last {last}"),
            format!("When, as the last {last} went"),
            "When".to_owned(),
        ];
        return (left, format!("tasks done  {}", done.join(" ")));
    };
    let tasks = what_if.tasks_each.map(|tasks| {
        let tasks = plural(tasks.into(), "task", "tasks");
        format!("each hack did {tasks}")
    });
    let growth = what_if.growth.map(|growth| match growth {
        0 => "the scope stayed".to_owned(),
        growth => format!("the scope grew by {}", count(growth.into())),
    });
    let parts: Vec<String> = tasks.into_iter().chain(growth).collect();
    let left = vec![
        format!("What if {}", parts.join(" and ")),
        "What if".to_owned(),
    ];
    (left, "esc ends it".to_owned())
}

/// Draws when the milestones come.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, state: &State, roadmap: &Roadmap) {
    if area.height == 0 {
        return;
    }
    let (left, right) = title(roadmap, state.what_if);
    canvas.rule(area, area.y, state.focus == Focus::When, &left, &right);
    let mut y = area.y + 1;
    let mut line = |canvas: &mut Canvas<'_>, draw: &dyn Fn(&mut Canvas<'_>, Rect)| {
        if y < area.bottom() {
            draw(
                canvas,
                Rect {
                    y,
                    height: 1,
                    ..area
                },
            );
            y += 1;
        }
    };
    let words = |text: &'static str| {
        move |canvas: &mut Canvas<'_>, row: Rect| {
            canvas.text(
                row.x + 3,
                row.y,
                row.width.saturating_sub(3),
                text,
                Ink::Dim,
            );
        }
    };
    if roadmap.milestones.is_empty() {
        line(canvas, &words("nothing is said without a feature"));
    }
    for projection in &roadmap.milestones {
        let rows = rows_of(projection);
        if rows.is_empty() || projection.say.is_none() {
            line(canvas, &|canvas, row| nothing(canvas, row, projection));
            continue;
        }
        for (place, at) in rows.into_iter().enumerate() {
            line(canvas, &|canvas, row| {
                if place == 0 {
                    head(canvas, row, projection);
                }
                odds(canvas, row, projection, at, roadmap);
            });
        }
    }
    for told in told(roadmap) {
        line(canvas, &|canvas, row| {
            canvas.text(
                row.x + 18,
                row.y,
                row.width.saturating_sub(18),
                &told,
                Ink::Dim,
            );
        });
    }
}

/// `alpha  11 left`.
fn head(canvas: &mut Canvas<'_>, row: Rect, projection: &Projection) {
    canvas.text(row.x + 1, row.y, 6, name(projection.milestone), Ink::Strong);
    let left = format!("{} left", count(projection.left.into()));
    canvas.right(row.x + 16, row.y, 9, &left, Ink::Plain);
}

/// A milestone of which no date can be said.
fn nothing(canvas: &mut Canvas<'_>, row: Rect, projection: &Projection) {
    head(canvas, row, projection);
    let (text, ink): (&[&str], Ink) = match projection {
        Projection { left: 0, .. } => (&["done"], Ink::Good),
        Projection { odds, .. } if odds.is_empty() => {
            let text = &[
                "no pace yet: two hacks have to be over first",
                "no pace yet: it takes two hacks",
            ];
            (text, Ink::Dim)
        }
        _ => (&["not within two years at this pace"], Ink::Bad),
    };
    canvas.text(row.x + 18, row.y, row.width.saturating_sub(18), text, ink);
}

/// `Fri  4 Dec`; with its year where it is not soon.
fn date(date: NaiveDate, now: NaiveDate) -> String {
    let far = (date - now).num_days() > 300;
    date.format(if far { "%e %b %Y" } else { "%a %e %b" })
        .to_string()
}

/// `hack  8   Fri  4 Dec   █████████████░░░░░░░░░░░░  52%   the average says this one`.
fn odds(canvas: &mut Canvas<'_>, row: Rect, projection: &Projection, at: usize, roadmap: &Roadmap) {
    let Some(Odds {
        hack,
        week,
        date: day,
        percent,
    }) = projection.odds.get(at)
    else {
        return;
    };
    let is_say = projection.say == Some(at);
    let ink = if is_say { Ink::Strong } else { Ink::Plain };
    let (x, y) = (row.x + 18, row.y);
    let hack = hack.map_or_else(
        || week.chars().skip(5).collect(),
        |hack| format!("{hack:>2}"),
    );
    canvas.text(x, y, 8, &format!("hack {hack}"), ink);
    let today = roadmap.generated_at.date_naive();
    canvas.text(x + 10, y, 11, &date(*day, today), ink);
    let note: &[&str] = match (is_say, projection.average == Some(at)) {
        (true, true) => &["say this, the average too", "say this one"],
        (true, false) => &["say this one"],
        (false, true) => &["the average says this one", "average"],
        (false, false) => &[],
    };
    let bar = row.width.saturating_sub(75).min(25);
    let after = if bar > 0 { x + 23 + bar } else { x + 22 };
    if bar > 0 {
        gauge(canvas, (x + 23, y), bar, *percent);
    }
    canvas.right(after + 5, y, 5, &format!("{percent}%"), ink);
    let room = row.right().saturating_sub(after + 8);
    canvas.text(
        after + 8,
        y,
        room,
        note,
        if is_say { Ink::Accent } else { Ink::Dim },
    );
}

/// A bar that is full only at 100.
fn gauge(canvas: &mut Canvas<'_>, (x, y): (u16, u16), cells: u16, percent: u32) {
    let full = u32::from(cells) * percent.min(100) / 100;
    let full = u16::try_from(full).unwrap_or(cells).min(cells);
    let full = full.max(u16::from(percent > 0));
    let (block, rest) = (canvas.glyphs().bars[7], canvas.glyphs().rest);
    let after = canvas.repeat(x, y, full, block, Ink::Plain);
    canvas.repeat(after, y, cells - full, rest, Ink::Dim);
}

/// Draws what the last hack changed.
pub(super) fn draw_after(canvas: &mut Canvas<'_>, area: Rect, roadmap: &Roadmap) {
    let Some(told) = roadmap.after.as_ref().filter(|_| area.height > 1) else {
        return;
    };
    let title = match told.hack {
        Some(number) => format!("After hack {number}"),
        None => "After the last hack".to_owned(),
    };
    canvas.rule(area, area.y, false, &title, "");
    let says = after(told);
    let rows = usize::from(area.height - 1);
    let half = area.width / 2;
    let wide = |say: &&String| width(say) + 2 <= usize::from(half);
    // Side by side, read in lines; where one is too long, one after the other.
    if says.len() <= rows * 2 && says.iter().all(|say| wide(&say)) {
        for (at, say) in says.iter().enumerate() {
            let (row, column) = (u16::try_from(at / 2).unwrap_or(0), at % 2);
            let x = if column == 0 {
                area.x + 1
            } else {
                area.x + half + 1
            };
            canvas.text(x, area.y + 1 + row, half, say, Ink::Plain);
        }
        return;
    }
    // As many of them as there are rows for.
    let cells = usize::from(area.width.saturating_sub(2));
    let told = (1..=says.len()).rev().map(|told| {
        let text = says[..told].join("  ");
        wrap(&text, cells, usize::MAX, canvas.glyphs().more)
    });
    let mut told = told.filter(|lines| lines.len() <= rows);
    let lines = told.next().unwrap_or_default();
    for (line, y) in lines.iter().zip(area.y + 1..area.bottom()) {
        canvas.text(
            area.x + 1,
            y,
            area.width.saturating_sub(1),
            line,
            Ink::Plain,
        );
    }
}
