//! The life of the selected item: what git saw and what people did, by time.

use chrono::{DateTime, FixedOffset};
use ratatui::layout::Rect;

use super::state::State;
use super::words::{called, detail, event, when};
use crate::report::debt::{EventKind, Item};
use crate::report::links::address_of_commit;
use crate::report::safe_text::width;
use crate::report::words::{age, short};
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::{pad, safe, wrap};
use crate::tui::widgets::wording::Theirs;
use crate::week::board::Telling;
use crate::week::payback::DecisionKind;
use crate::week::review::Bucket;
use crate::week::{Board, Id};
use crate::workspace::Overview;

/// Texts up to this width are whole in the list.
const SHORT: usize = 26;

/// Most lines of a text in the life of its item.
const MOST_LINES: usize = 3;

/// The lines of a text that the list cuts; none of a short one.
pub(super) fn long_text(item: &Item, cells: u16, more: &str) -> Vec<String> {
    let text = safe(item.text.trim());
    if width(&text) <= SHORT {
        return Vec::new();
    }
    wrap(
        &text,
        usize::from(cells.saturating_sub(2)),
        MOST_LINES,
        more,
    )
}

/// How many rows the events of an item take.
pub(super) fn events(seen: &Seen<'_>, item: &Item) -> usize {
    let story = Id::key(&item.id).map_or(0, |id| seen.board().story_of(&id).len());
    item.history.len() + story
}

/// One row of a life.
struct Step {
    time: DateTime<FixedOffset>,
    word: &'static str,
    ink: Ink,
    commit: String,
    detail: Detail,
}

/// What a step says beside its word, in wordings of ours, else as people wrote it.
type Detail = (Vec<String>, Theirs<String>);

/// What people wrote.
fn theirs(text: impl Into<String>) -> Detail {
    (Vec::new(), Theirs(text.into()))
}

/// Draws it; where it does not all fit, the latest.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    let Some((overview, item)) = seen.overview.zip(state.item(seen.overview)) else {
        return;
    };
    if area.height == 0 {
        return;
    }
    let called = called(&overview.board, item);
    let title = [format!("History of {called}"), called];
    canvas.rule(area, area.y, false, &title, &owed(overview, item));
    let text = long_text(item, area.width, canvas.glyphs().more);
    // The latest event is always shown.
    let text = &text[..text.len().min(usize::from(area.height).saturating_sub(2))];
    let mut y = area.y + 1;
    for line in text {
        canvas.text(
            area.x + 1,
            y,
            area.width.saturating_sub(1),
            line,
            Ink::Plain,
        );
        y += 1;
    }
    let rows = usize::from(area.bottom().saturating_sub(y));
    let steps = steps(overview, item, state, canvas.glyphs().arrow);
    let (skipped, rows) = match steps.len() > rows {
        true => (steps.len() + 1 - rows.max(1), rows.saturating_sub(1)),
        false => (0, rows),
    };
    if skipped > 0 && y < area.bottom() {
        let text = format!("{skipped} earlier");
        canvas.text(area.x + 1, y, area.width.saturating_sub(1), &text, Ink::Dim);
        y += 1;
    }
    for step in steps.into_iter().skip(skipped).take(rows) {
        let time = when(&overview.week, step.time);
        let time = pad(&time, if time.len() > 9 { 11 } else { 10 });
        let mut x = canvas.text(area.x + 1, y, 12, &time, Ink::Dim) + 1;
        let (ours, Theirs(written)) = &step.detail;
        let word = match ours.is_empty() && written.is_empty() && step.commit.is_empty() {
            true => step.word.to_owned(),
            false => pad(step.word, 8),
        };
        x = canvas.text(x, y, area.right().saturating_sub(x), &word, step.ink) + 1;
        if !step.commit.is_empty() {
            let short = short(&step.commit);
            let to = address_of_commit(&overview.report, &item.repository, &step.commit);
            x = canvas.linked((x, y), 7, &short, Ink::Dim, to) + 2;
        }
        let room = area.right().saturating_sub(x);
        canvas.text(x, y, room, &step.detail, Ink::Plain);
        y += 1;
    }
}

/// What happened to an item, by time.
fn steps(overview: &Overview, item: &Item, state: &State, arrow: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for (at, happened) in item.history.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| item.history.get(at));
        let word = event(happened, item);
        steps.push(Step {
            time: happened.time,
            word,
            ink: match happened.event {
                EventKind::Paid if word == "doubtful" => Ink::Warn,
                EventKind::Paid => Ink::Good,
                EventKind::Reopened => Ink::Warn,
                _ => Ink::Plain,
            },
            commit: happened.commit.clone(),
            detail: theirs(detail(before, happened, arrow, &|full| state.call(full))),
        });
    }
    let (board, zone) = (&overview.board, overview.week.zone());
    let story = Id::key(&item.id).map(|id| board.story_of(&id));
    for told in story.iter().flatten() {
        let (word, ink, detail) = said(overview, board, told.what);
        steps.push(Step {
            time: zone.local(told.at).fixed_offset(),
            word,
            ink,
            commit: String::new(),
            detail,
        });
    }
    // Stable: what git saw at the same moment comes first.
    steps.sort_by_key(|step| step.time);
    steps
}

fn said(overview: &Overview, board: &Board, what: Telling<'_>) -> (&'static str, Ink, Detail) {
    match what {
        Telling::SeenInDemo => ("seen in the demo", Ink::Plain, theirs("")),
        Telling::Found(finding) => {
            let bucket = match finding.bucket {
                Bucket::Refactor => "refactor",
                Bucket::MustChange => "must change",
                Bucket::GetToDelete => "get to delete",
            };
            (
                "review",
                Ink::Plain,
                (vec![bucket.to_owned()], Theirs(String::new())),
            )
        }
        Telling::Taken(who, day) => {
            let day = day.and_then(|day| overview.week.day(day));
            let day = day.map(|day| day.date.format(", for %a").to_string());
            let who = board.name(who);
            let whole = day.map(|day| safe(&format!("{who}{day}")));
            let detail = (whole.into_iter().collect(), Theirs(who.to_owned()));
            ("taken", Ink::Plain, detail)
        }
        Telling::Decided(decision) => {
            let (word, ink) = match decision.kind {
                DecisionKind::Paid => ("paid", Ink::Good),
                DecisionKind::Accepted => ("accepted", Ink::Plain),
                DecisionKind::Carried => ("carried", Ink::Warn),
                DecisionKind::Dismissed => ("no debt", Ink::Plain),
            };
            let by = decision.by.as_ref().map(|by| board.name(by).to_owned());
            let parts = by.into_iter().chain(decision.reason.clone());
            (word, ink, theirs(parts.collect::<Vec<_>>().join(": ")))
        }
    }
}

/// `owed 1d 21h`, `gone after 2h 10m`.
fn owed(overview: &Overview, item: &Item) -> String {
    match &item.paid {
        Some(paid) => format!("gone after {}", age(item.introduced.time, paid.time)),
        None => format!(
            "owed {}",
            age(item.introduced.time, overview.report.generated_at)
        ),
    }
}
