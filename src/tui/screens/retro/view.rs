//! The Retro screen, drawn.

use ratatui::layout::Rect;

use super::panes::Focus;
use super::state::{State, actions_of, hacks, next_week};
use super::{cards, figures, summary};
use crate::report::words::{count, of, plural};
use crate::tui::screens::called::short_name;
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::wording::Theirs;
use crate::week::retro::Action;

/// Columns of who does an action, and of when.
const OWNER: u16 = 8;
const WHEN: u16 = 9;

/// Draws the screen.
pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, seen: &Seen<'_>) {
    let panes = state.panes(seen);
    if seen.overview.is_none() {
        canvas.rule(seen.body, seen.body.y, true, "Retro", "");
        canvas.text(
            seen.body.x + 3,
            seen.body.y + 1,
            20,
            "reading the week",
            Ink::Dim,
        );
        return;
    }
    for (focus, area) in Focus::ALL.iter().zip(panes.columns) {
        cards::draw(canvas, area, *focus, state, seen);
    }
    topic(canvas, panes.topic, seen);
    for (focus, area) in [(Focus::Before, panes.before), (Focus::Next, panes.next)] {
        actions(canvas, area, focus, state, seen);
    }
    figures::draw(canvas, panes.week, state, seen);
    if let Some(x) = panes.divider {
        let divider = canvas.glyphs().divider;
        for y in seen.body.top()..seen.body.bottom() {
            canvas.text(x, y, 1, divider, Ink::Dim);
        }
    }
    summary::draw(canvas, panes.summary, panes.send, state);
}

/// The card that is talked over, and for how long.
fn topic(canvas: &mut Canvas<'_>, area: Rect, seen: &Seen<'_>) {
    let Some(topic) = seen.written().topic().filter(|_| area.height > 0) else {
        return;
    };
    let card = seen.board().cards.get(&topic.card);
    let text = card.map_or("a card that was deleted", |card| card.text.as_str());
    let glyphs = canvas.glyphs();
    let sign = if topic.timer.runs() {
        glyphs.now
    } else {
        glyphs.open
    };
    let talked = figures::talked(seen).unwrap_or_default();
    let room = area.width.saturating_sub(16);
    canvas.text(area.x + 2, area.y, 1, sign, Ink::Accent);
    canvas.text(area.x + 4, area.y, room, &Theirs(text), Ink::Strong);
    canvas.right(
        area.right().saturating_sub(1),
        area.y,
        10,
        &talked,
        Ink::Accent,
    );
}

fn hack(seen: &Seen<'_>, focus: Focus) -> String {
    let week = match focus {
        Focus::Before => seen.name.previous().and_then(|_| {
            let weeks = seen.board().hack_weeks().into_iter();
            weeks.filter(|week| *week < seen.name).max()
        }),
        _ => next_week(seen),
    };
    let number = week.and_then(|week| hacks(seen).number(week));
    match (focus, number) {
        (Focus::Before, Some(number)) => format!("Actions from hack {number}"),
        (Focus::Before, None) => "Actions from before".to_owned(),
        (_, Some(number)) => format!("Actions for hack {number}"),
        (_, None) => "Actions for the next hack".to_owned(),
    }
}

fn actions(canvas: &mut Canvas<'_>, area: Rect, focus: Focus, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let actions = actions_of(seen, focus);
    let done = actions
        .iter()
        .filter(|action| action.done_at.is_some())
        .count();
    let right = match (focus, actions.len()) {
        (_, 0) => String::new(),
        (Focus::Before, all) => format!("{} done", of(done, all)),
        (_, all) => count(all as u64),
    };
    let focused = state.focus == focus;
    canvas.rule(area, area.y, focused, &hack(seen, focus), &right);
    if actions.is_empty() && area.height > 1 {
        let text = match focus {
            Focus::Before => "nothing was taken on for this week",
            _ => "A has somebody do something",
        };
        canvas.text(
            area.x + 3,
            area.y + 1,
            area.width.saturating_sub(3),
            text,
            Ink::Dim,
        );
    }
    let at = &state.at[focus.at()];
    let shown = actions.iter().enumerate().skip(at.offset);
    for ((index, action), y) in shown.zip(area.y + 1..area.bottom()) {
        let row = Rect {
            y,
            height: 1,
            ..area
        };
        let week = match focus {
            Focus::Before => Some(seen.name),
            _ => next_week(seen),
        };
        let times = week.map_or(1, |week| action.times_in(week));
        draw_action(canvas, row, action, times, focus, seen);
        if focused && index == at.index {
            canvas.text(row.x, y, 1, canvas.glyphs().cursor, Ink::Strong);
            let style = canvas.look.selected();
            let row = Rect {
                x: row.x + 3,
                width: row.width.saturating_sub(4),
                ..row
            };
            canvas.lay(row, style);
        }
    }
}

fn draw_action(
    canvas: &mut Canvas<'_>,
    row: Rect,
    action: &Action,
    times: usize,
    focus: Focus,
    seen: &Seen<'_>,
) {
    let glyphs = canvas.glyphs();
    let (sign, ink) = match () {
        () if action.done_at.is_some() => (glyphs.done, Ink::Good),
        () if times > 1 || (focus == Focus::Before && action.week != seen.name) => {
            (glyphs.decided, Ink::Warn)
        }
        () => (glyphs.open, Ink::Plain),
    };
    canvas.text(row.x + 1, row.y, 1, sign, ink);
    let narrow = row.width < 50;
    let (owner_room, when_room) = if narrow { (OWNER, 0) } else { (OWNER, WHEN) };
    let end = row.right().saturating_sub(1);
    let room = end.saturating_sub(row.x + 3 + owner_room + when_room);
    let text = Theirs(&action.text);
    canvas.text(row.x + 3, row.y, room.saturating_sub(1), &text, Ink::Plain);
    let x = row.x + 3 + room;
    let owner = action.owner.as_ref().map_or_else(
        || "nobody".to_owned(),
        |owner| short_name(seen.board(), owner, owner_room - 1, glyphs.more),
    );
    let ink = if action.owner.is_some() {
        Ink::Plain
    } else {
        Ink::Dim
    };
    canvas.text(x, row.y, owner_room - 1, &owner, ink);
    let day = action.day.and_then(|day| {
        let week = seen.calendar.week(action.week);
        week.day(day).map(|day| day.date.format("%a").to_string())
    });
    let when = match (day, times) {
        (Some(day), _) if focus == Focus::Next => day,
        (_, 2..) => nth(times),
        (day, _) => day.unwrap_or_default(),
    };
    canvas.text(x + owner_room, row.y, when_room, &when, Ink::Dim);
}

/// `2nd time`.
fn nth(times: usize) -> String {
    let ending = match (times % 10, times % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{times}{ending} time")
}

/// Who has votes left, and how many cards came before the last day; of fewer people where there is
/// less room.
pub(super) fn votes(state: &State, seen: &Seen<'_>) -> Option<Vec<String>> {
    seen.overview?;
    let (board, written) = (seen.board(), seen.written());
    let each = seen.rules.votes_each;
    let voter = state.voter(seen);
    let left = board.team().into_iter().filter_map(|person| {
        let left = written.votes_left(&person.id, each);
        let own = voter == Some(&person.id);
        let who = match own {
            true if state.voter.is_none() => "you have".to_owned(),
            _ => format!("{} has", person.name),
        };
        (left > 0).then(|| (!own, format!("{who} {left} left")))
    });
    let mut left: Vec<(bool, String)> = left.collect();
    left.sort_by_key(|(others, _)| *others);
    let said = |people: usize| {
        let mut text = format!("Votes: {each} each");
        for (_, words) in left.iter().take(people) {
            text.push_str(&format!(", {words}"));
        }
        match left.len().saturating_sub(people) {
            0 => {}
            more if people == 0 => {
                let people = plural(more as u64, "person has", "people have");
                text.push_str(&format!(", {people} some left"));
            }
            more => {
                let people = plural(more as u64, "more person", "more people");
                text.push_str(&format!(", {people}"));
            }
        }
        if left.is_empty() && !board.team().is_empty() {
            text.push_str(", all are given");
        }
        text
    };
    let mut texts: Vec<String> = (0..=left.len().min(3)).rev().map(said).collect();
    let cards = written.all_cards();
    let last = seen.week().days().last().map(|day| day.date);
    let date = |at| seen.calendar.zone().date_of(at);
    let before = cards
        .iter()
        .filter(|card| last.is_some_and(|last| date(card.since) < last));
    let before = before.count();
    if before > 0 {
        let came = of(before, cards.len());
        let most = texts.first().cloned().unwrap_or_default();
        texts.insert(
            0,
            format!("{most}. Cards came in all week, {came} before the last day"),
        );
    }
    Some(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_counted_in_words() {
        let all = [2, 3, 4, 11, 12, 13, 21, 22, 101, 111].map(nth);
        let expected = [
            "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "101st", "111th",
        ];
        assert_eq!(all, expected.map(|nth| format!("{nth} time")));
    }
}
