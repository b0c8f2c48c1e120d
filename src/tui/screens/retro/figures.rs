//! What the week came to: as it is closed with, and as six lines with the weeks before it.

use chrono::TimeDelta;
use ratatui::layout::Rect;

use super::state::{State, hacks};
use crate::report::figures::WeekDebt;
use crate::report::pay_down;
use crate::report::summary::TrendRow;
use crate::report::words::percent;
use crate::tui::seen::{Seen, UNSCANNED};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::spark;
use crate::tui::widgets::wording::Theirs;
use crate::week::burndown::WorkHours;
use crate::week::record::Figures;
use crate::week::timer::clock;

/// Columns of the names of the figures, and of the bars at the right.
const NAME: u16 = 13;
const BARS: u16 = 10;

/// What the week is closed with: what people wrote, and what the ledger says of its debt.
pub(super) fn of(seen: &Seen<'_>) -> Figures {
    let figures = seen.written().figures();
    let Some(overview) = seen.scanned() else {
        return figures;
    };
    let week = seen.week();
    let debt = WeekDebt::of(&overview.report, &week, seen.now);
    let count = |figure: u64| u32::try_from(figure).ok();
    let day_4 = debt.by_day.iter().find(|day| day.day == 4);
    let lives = pay_down::lives(&overview.report.items);
    Figures {
        debt_opened: count(debt.opened),
        debt_paid: count(debt.paid),
        paid_on_day_4: day_4.and_then(|day| count(day.closed)),
        pace: pay_down::pace(&week, WorkHours::default(), &lives),
        ..figures
    }
}

/// One line: its name, its words, and a figure for each of the last weeks.
struct Line {
    name: &'static str,
    /// In wordings from long to short.
    words: Vec<String>,
    figures: Vec<Option<f64>>,
    full: f64,
}

fn lines(state: &State, seen: &Seen<'_>) -> Vec<Line> {
    let Some(summary) = &state.summary else {
        return Vec::new();
    };
    let trend = &summary.trend;
    let each = |figure: &dyn Fn(&TrendRow) -> Option<f64>| -> Vec<Option<f64>> {
        trend.iter().map(figure).collect()
    };
    let most = |figures: &[Option<f64>]| figures.iter().flatten().copied().fold(0.0, f64::max);
    let share = |part: Option<u32>, whole: Option<u32>| {
        let whole = whole.filter(|whole| *whole > 0)?;
        Some(f64::from(part?) / f64::from(whole))
    };
    let tasks = each(&|row| row.tasks_done.map(f64::from));
    let planning = each(&|row| row.planning.map(f64::from));
    let mood = each(&|row| row.mood);
    let own = &summary.tasks;
    let done = format!("{} of {} done", own.done, own.planned);
    let carried = match own.carried.len() {
        0 => None,
        carried => Some(format!("{done}, {carried} carried")),
    };
    let debt = &summary.debt;
    let percent = debt.paydown.map(|share| format!(", {}", percent(share)));
    let percent = percent.unwrap_or_default();
    let late = match debt.paid_late {
        0 => String::new(),
        late => format!(", {late} late"),
    };
    let paid = format!("{} opened, {} paid", debt.opened, debt.paid);
    let promises = &summary.promises;
    let limit = TimeDelta::seconds(seen.rules.planning.into());
    let spent = summary.planning.map_or(0, |planning| planning.spent);
    let spent = TimeDelta::seconds(i64::try_from(spent).unwrap_or(0));
    let hours = |time: TimeDelta| format!("{}:{:02}", time.num_hours(), time.num_minutes() % 60);
    vec![
        Line {
            name: "tasks",
            words: carried.into_iter().chain([done]).collect(),
            full: most(&tasks),
            figures: tasks,
        },
        Line {
            name: "debt",
            words: match seen.scanned() {
                Some(_) => vec![
                    format!("{paid}{late}{percent}"),
                    format!("{paid}{percent}"),
                    paid,
                ],
                None => UNSCANNED.map(str::to_owned).into(),
            },
            figures: each(&|row| share(row.debt_paid, row.debt_opened)),
            full: 1.0,
        },
        Line {
            name: "promises",
            words: vec![format!(
                "{} made, {} kept in time",
                promises.made, promises.kept
            )],
            figures: each(&|row| share(row.promises_kept, row.promises_made)),
            full: 1.0,
        },
        Line {
            name: "planning",
            words: vec![match spent.num_seconds() {
                0 => "its timer never ran".to_owned(),
                _ => format!("{} of {}", hours(spent), hours(limit)),
            }],
            full: most(&planning),
            figures: planning,
        },
        Line {
            name: "mood",
            words: match summary.mood {
                Some(mood) => vec![format!("{mood:.1} of 5")],
                None => vec![
                    "nobody has said yet; f asks".to_owned(),
                    "f asks".to_owned(),
                ],
            },
            figures: mood,
            full: 5.0,
        },
    ]
}

/// Draws the figures, and the beer below them.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let record = seen.written().record();
    let closed = record.closed.map(|at| {
        let at = seen.calendar.zone().local(at);
        format!("closed {}", at.format("%a %H:%M"))
    });
    let hack = hacks(seen).number(seen.name);
    let hack = hack.map_or_else(String::new, |number| format!("hack {number}"));
    canvas.rule(area, area.y, false, "The week", &closed.unwrap_or(hack));
    let bars = area.right().saturating_sub(BARS);
    let beside = area.width >= 50;
    let lines = lines(state, seen).into_iter();
    for (line, y) in lines.zip(area.y + 1..area.bottom()) {
        canvas.text(area.x + 3, y, NAME - 3, line.name, Ink::Dim);
        let end = if beside { bars } else { area.right() };
        let room = end.saturating_sub(area.x + NAME + 1);
        canvas.text(area.x + NAME, y, room, &line.words, Ink::Plain);
        let known = line.figures.iter().flatten().count();
        if beside && known > 1 {
            spark::draw(canvas, (bars, y), &line.figures, line.full);
        }
    }
    let y = area.bottom().saturating_sub(1);
    if area.height < 8 {
        return;
    }
    let (text, ink) = match record.beer.as_str() {
        "" => ("Beer: b says when and where.".to_owned(), Ink::Dim),
        beer => (format!("Beer: {beer}"), Ink::Plain),
    };
    let room = area.width.saturating_sub(4);
    canvas.text(area.x + 3, y, room, &Theirs(text), ink);
}

/// How long a topic has been talked over.
pub(super) fn talked(seen: &Seen<'_>) -> Option<String> {
    let topic = seen.written().topic()?;
    Some(clock(topic.timer.spent(seen.now)))
}
