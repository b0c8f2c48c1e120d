//! The hour of planning: its clock, its bar, and the goal that it is for.

use chrono::{DateTime, TimeDelta, Utc};
use ratatui::layout::Rect;

use crate::report::safe_text::width;
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::when;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::{fit, safe};
use crate::tui::widgets::gauge;
use crate::tui::widgets::wording::Theirs;
use crate::week::planning::Planning;
use crate::week::timer::clock;

/// The hour as it stands.
pub(super) fn planning(seen: &Seen<'_>) -> Planning {
    Planning::at(seen.written().record().planning, seen.rules, seen.now)
}

/// What a bell says: how many minutes are gone, and what is left.
pub(super) fn bell(seen: &Seen<'_>, bells: usize) -> String {
    let rung = bells.checked_sub(1).and_then(|at| seen.rules.bells.get(at));
    let minutes = rung.copied().unwrap_or(0) / 60;
    let left = planning(seen).left;
    match left {
        1.. => format!(
            "bell: {minutes} minutes of planning are gone, {} left; c cuts",
            clock(TimeDelta::seconds(left))
        ),
        _ => format!(
            "bell: {minutes} minutes of planning are gone; t stops it, what runs over is kept"
        ),
    }
}

/// What the hour says of itself.
fn words(seen: &Seen<'_>, planning: &Planning) -> (Vec<String>, Ink) {
    let length = |seconds: i64| clock(TimeDelta::seconds(seconds));
    let time = |at: DateTime<Utc>| {
        let local = seen.week().zone().local(at);
        local.format("%H:%M").to_string()
    };
    match (planning.runs, planning.overrun()) {
        (true, 0) => {
            let left = format!("{} left", length(planning.left));
            let stop = planning.hard_stop.map(time);
            let whole = stop.map(|stop| format!("{left}, hard stop {stop}"));
            (whole.into_iter().chain([left]).collect(), Ink::Plain)
        }
        (true, over) => {
            let over = format!("{} over", length(over));
            let stop = planning.hard_stop.map(time);
            let whole = stop.map(|stop| format!("{over}, it was to stop at {stop}"));
            (whole.into_iter().chain([over]).collect(), Ink::Warn)
        }
        (false, _) if planning.spent == 0 => {
            let text = format!("{}, not begun", length(planning.left));
            (vec![text], Ink::Dim)
        }
        (false, 0) => {
            let text = format!("stopped, {} left", length(planning.left));
            (vec![text], Ink::Plain)
        }
        (false, over) => {
            let (spent, over) = (length(planning.spent), length(over));
            let text = vec![format!("took {spent}, {over} over"), format!("{over} over")];
            (text, Ink::Warn)
        }
    }
}

/// Draws the pane.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let record = seen.written().record();
    let planning = planning(seen);
    let (right, ink) = words(seen, &planning);
    let said = canvas.rule(area, area.y, false, "Planning hour", &right);
    if ink == Ink::Warn {
        // The rule draws its words plain; what ran over is to be seen.
        canvas.lay(said, canvas.look.style(ink));
    }
    let end = area.right().saturating_sub(1);
    let mut y = area.y + 1;
    if area.height >= 3 {
        let spent = clock(TimeDelta::seconds(planning.spent));
        let x = canvas.text(area.x + 1, y, 8, &spent, Ink::Strong) + 1;
        let whole = i64::from(seen.rules.planning);
        let ink = match (planning.overrun(), planning.bells) {
            (0, 0) => Ink::Accent,
            _ => Ink::Warn,
        };
        gauge::draw(
            canvas,
            (x, y),
            end.saturating_sub(x),
            planning.spent,
            whole,
            ink,
        );
        y += 1;
    }
    if area.height >= 2 {
        let x = canvas.text(area.x + 1, y, 6, "Goal", Ink::Accent) + 2;
        let room = end.saturating_sub(x);
        let demo = record
            .demo_at
            .map(|at| format!("Demo {}.", when::short(at, &seen.week())));
        let (ours, text) = match (record.skipped, record.goal.trim(), demo) {
            (true, ..) => ("no hack this week; S says that there is one", String::new()),
            (_, "", None) => {
                let ours = "not set: what will we show, and when? g o sets it";
                (ours, String::new())
            }
            (_, goal, demo) => {
                let mut text = safe(goal);
                if let Some(demo) = demo {
                    if !text.is_empty() && !text.ends_with(['.', '!', '?']) {
                        text.push('.');
                    }
                    // When it is shown is said whole.
                    let cells = usize::from(room).saturating_sub(width(&demo) + 1);
                    text = fit(&text, cells, canvas.glyphs().more);
                    text = format!("{text} {demo}");
                }
                ("", text.trim().to_owned())
            }
        };
        let ink = match record.skipped || (record.goal.is_empty() && record.demo_at.is_none()) {
            true => Ink::Dim,
            false => Ink::Plain,
        };
        canvas.text(x, y, room, &(ours, Theirs(text)), ink);
    }
}
