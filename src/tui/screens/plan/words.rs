//! Tasks, people and promises in words.

use crate::tui::glyphs::Glyphs;
use crate::tui::screens::called::{name, names, number};
use crate::tui::seen::Seen;
use crate::tui::when;
use crate::tui::widgets::wording::Theirs;
use crate::week::promise::{Promise, PromiseState};
use crate::week::task::{Task, TaskStatus};

/// Whom a task waits for, and until when, in wordings from long to short.
pub(super) type Waits = (Vec<String>, Theirs<String>);

/// The sign of a task.
pub(super) fn sign(task: &Task, glyphs: &Glyphs) -> &'static str {
    match task.status {
        TaskStatus::Done => glyphs.done,
        TaskStatus::Open if task.times_carried() > 0 => glyphs.decided,
        TaskStatus::Open | TaskStatus::Cut => glyphs.open,
    }
}

/// `Sammy, Mira`, or `all` where everybody else of the team gets it.
pub(super) fn gives(seen: &Seen<'_>, task: &Task) -> Option<String> {
    if task.gives_to.is_empty() {
        return None;
    }
    let mut others = seen.board().team();
    others.retain(|person| Some(&person.id) != task.owner.as_ref());
    let all = others.len() > 1
        && others
            .iter()
            .all(|person| task.gives_to.contains(&person.id));
    Some(match all {
        true => "all".to_owned(),
        false => names(seen, &task.gives_to),
    })
}

/// `Johnny, Tue 14:00`: whom a task waits for, and when their promise to it is due; less of when, and
/// then of whom, where there is less room.
pub(super) fn waits(seen: &Seen<'_>, task: &Task, glyphs: &Glyphs) -> Option<Waits> {
    if task.waits_for.is_empty() {
        return None;
    }
    let names = names(seen, &task.waits_for);
    let promise = promises_to(seen, task).into_iter().next();
    let until = match promise.map(|promise| (promise.state, promise.due)) {
        Some((PromiseState::Real, _)) => vec![format!("{names} {}", glyphs.done)],
        Some((_, Some(due))) => {
            let due = when::short(due, &seen.week());
            let day = due.rsplit_once(' ').map_or("", |(day, _)| day);
            vec![format!("{names}, {due}"), format!("{names}, {day}")]
        }
        _ => Vec::new(),
    };
    Some((until, Theirs(names)))
}

/// The promises that a task waits for.
pub(super) fn promises_to<'a>(seen: &Seen<'a>, task: &Task) -> Vec<&'a Promise> {
    let mut promises = seen.written().promises();
    promises.retain(|promise| promise.waiting.contains(&task.id));
    promises
}

/// `carried, 2nd time`; where that is too long, `carried, 2nd`.
pub(super) fn carried(task: &Task) -> Option<[String; 3]> {
    let times = match task.times_carried() {
        0 => return None,
        times => ordinal(times),
    };
    Some([
        format!("carried, {times} time"),
        format!("carried, {times}"),
        "carried".to_owned(),
    ])
}

fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// Who gets what is promised.
pub(super) fn receivers(seen: &Seen<'_>, promise: &Promise) -> String {
    match promise.to.is_empty() {
        true => "all".to_owned(),
        false => names(seen, &promise.to),
    }
}

/// Whether what was promised is late.
pub(super) fn is_late(seen: &Seen<'_>, promise: &Promise) -> bool {
    !promise.is_over() && promise.due.is_some_and(|due| due < seen.now)
}

/// A task in one line of plain text.
pub(super) fn task_line(seen: &Seen<'_>, task: &Task) -> String {
    let owner = task.owner.as_ref().map(|owner| seen.board().name(owner));
    let owner = owner.unwrap_or("nobody");
    format!("{} {} ({owner})", number(seen, task), task.text)
}

/// A promise in one line of plain text.
pub(super) fn promise_line(seen: &Seen<'_>, promise: &Promise) -> String {
    let due = promise.due.map(|due| when::short(due, &seen.week()));
    let due = due.map_or_else(String::new, |due| format!(", {due}"));
    let (from, to) = (name(seen, &promise.from), receivers(seen, promise));
    let (what, state) = (&promise.what, promise.state.words());
    format!("{from} -> {to}: {what}{due}, {state}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn ordinals_end_as_people_say_them() {
        let said = [1, 2, 3, 4, 11, 12, 13, 21, 102].map(super::ordinal);
        assert_eq!(
            said,
            [
                "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd"
            ]
        );
    }
}
