//! The people as lines: one each, and below who is unfolded all that they say.

use crate::report::safe_text::width;
use crate::report::standup::{Person, SinceWhat};
use crate::report::words::{count, plural};
use crate::tui::seen::Seen;
use crate::tui::widgets::fit::safe;
use crate::week::Id;

use super::state::State;
use super::words::place;

/// What the cursor can be at.
#[derive(Clone, Debug, PartialEq)]
pub enum Key {
    /// Somebody, by the id, or by the name where they are in no team.
    Person(String),
    /// A commit, by its repository and its id.
    Commit(String, String),
    /// An item of debt.
    Debt(String),
    /// A task.
    Task(Id),
    /// A blocker.
    Blocker(Id),
    /// A promise.
    Promise(Id),
    /// A parked topic.
    Parked(Id),
    /// A hack that is shown.
    Show(Id),
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Line {
    /// A person, by the place among the people.
    Person(usize),
    /// What follows, and what is to be said of it.
    Title(&'static str, String),
    /// The day that one looks back to, and what is to be said of it.
    Since(String, String),
    /// A commit of somebody.
    Commit(usize, usize),
    /// An item that somebody owes.
    Debt(usize, usize),
    /// A task.
    Task(Id),
    /// A blocker.
    Blocker(Id),
    /// Words alone.
    Words(String),
}

/// The key of somebody's row.
pub(super) fn key_of(person: &Person) -> Key {
    Key::Person(person.id.clone().unwrap_or_else(|| person.name.clone()))
}

impl Line {
    /// What the cursor is at, if it is at this line.
    pub(super) fn key(&self, state: &State) -> Option<Key> {
        let people = state.people();
        match self {
            Self::Person(at) => people.get(*at).map(key_of),
            Self::Commit(who, at) => {
                let commit = people.get(*who)?.commits.get(*at)?;
                Some(Key::Commit(commit.repository.clone(), commit.id.clone()))
            }
            Self::Debt(who, at) => {
                let item = people.get(*who)?.owes.get(*at)?;
                Some(Key::Debt(item.id.clone()))
            }
            Self::Task(id) => Some(Key::Task(id.clone())),
            Self::Blocker(id) => Some(Key::Blocker(id.clone())),
            Self::Title(..) | Self::Since(..) | Self::Words(_) => None,
        }
    }
}

/// The lines, of which `height` are in view.
pub(super) fn lines(state: &State, seen: &Seen<'_>, height: usize) -> Vec<Line> {
    let open = state.open(seen);
    let mut lines = Vec::new();
    for at in 0..state.people().len() {
        lines.push(Line::Person(at));
        if open == Some(at) {
            unfold(&mut lines, state, seen, at, height);
        }
    }
    lines
}

fn unfold(lines: &mut Vec<Line>, state: &State, seen: &Seen<'_>, at: usize, height: usize) {
    let Some(person) = state.people().get(at) else {
        return;
    };
    let id: Option<Id> = person.id.as_ref().and_then(|id| id.parse().ok());
    let tasks = id.as_ref().map_or_else(Vec::new, |id| {
        seen.written().today_of(id, day_or_last(state, seen))
    });
    let blockers = id.as_ref().map_or_else(Vec::new, |id| {
        let mut own = state.blockers(seen);
        own.retain(|it| it.person == *id && it.is_open());
        own
    });
    // The people and the titles are always there; commits and debt share what is left.
    let blocked = match blockers.len() {
        0 => 0,
        many => many + 1,
    };
    let fixed = state.people().len() + 3 + tasks.len().max(1) + blocked;
    let (commits, owes) = (person.commits.len(), person.owes.len());
    let dense = fixed + commits.min(2) + owes.min(2) > height;
    let (day, since) = since(state);
    let since = match commits {
        // In place of the date, for which there is no room beside it.
        0 => format!(
            "no commits, {}",
            since.split_once(", ").map_or("", |it| it.1)
        ),
        _ => since,
    };
    lines.push(Line::Since(day, since));
    let room = match dense {
        // Debt is one line then, and the blockers need no title.
        true => height
            .saturating_sub(fixed - blocked + blockers.len())
            .max(1),
        false => height - fixed,
    };
    let (commits, owes) = share(room, commits, if dense { 0 } else { owes });
    listed(lines, commits, person.commits.len(), "commit", |nth| {
        Line::Commit(at, nth)
    });
    let label = format!("Owes {}", count(person.owes.len() as u64));
    if dense {
        let cells = usize::from(state.panes(seen).round.width.saturating_sub(25));
        lines.push(Line::Since(label, in_one_line(person, cells)));
    } else {
        // Who paid more than went of this week's debt paid debt of before too.
        let of_the_week = state.standup.as_ref().map_or(0, |it| it.debt.gone());
        let change = match (person.opened, person.paid) {
            (0, 0) => String::new(),
            (opened, paid) if paid > of_the_week => {
                let (opened, paid) = (count(opened), count(paid));
                format!("opened {opened}, paid {paid}, older debt too")
            }
            (opened, paid) => format!("opened {}, paid {}", count(opened), count(paid)),
        };
        lines.push(Line::Since(label, change));
        listed(lines, owes, person.owes.len(), "item", |nth| {
            Line::Debt(at, nth)
        });
    }
    let today = match (tasks.is_empty(), id.is_some()) {
        (false, _) => String::new(),
        (true, true) => "nothing yet, a adds a task".to_owned(),
        (true, false) => "in no team yet, + takes them in".to_owned(),
    };
    lines.push(Line::Title("Today", today));
    lines.extend(tasks.into_iter().map(|task| Line::Task(task.id.clone())));
    if !blockers.is_empty() {
        if !dense {
            lines.push(Line::Title("Blocked", String::new()));
        }
        lines.extend(blockers.into_iter().map(|it| Line::Blocker(it.id.clone())));
    }
}

/// `DONT gateway.rs:42   FIXME hook.rs:17   1 more`: as much of what somebody owes as `cells` hold.
fn in_one_line(person: &Person, cells: usize) -> String {
    let mut line = String::new();
    for (at, item) in person.owes.iter().enumerate() {
        let more = count((person.owes.len() - at) as u64);
        let next = safe(&format!("{} {}", item.marker, place(item)));
        let gap = if line.is_empty() { "" } else { "   " };
        let last = at + 1 == person.owes.len();
        let tail = if last { 0 } else { "   99 more".len() };
        if width(&line) + gap.len() + width(&next) + tail > cells {
            return format!("{line}{gap}{more} more").trim_start().to_owned();
        }
        line = format!("{line}{gap}{next}");
    }
    line
}

/// Adds `shown` of `all` things; where some are left out, the last line says how many.
fn listed(
    lines: &mut Vec<Line>,
    shown: usize,
    all: usize,
    what: &str,
    line: impl Fn(usize) -> Line,
) {
    if shown >= all {
        lines.extend((0..all).map(line));
        return;
    }
    let shown = shown.saturating_sub(1);
    lines.extend((0..shown).map(line));
    let rest = (all - shown) as u64;
    lines.push(Line::Words(plural(
        rest,
        &format!("more {what}"),
        &format!("more {what}s"),
    )));
}

/// How `room` rows are shared by two lists: all of both if they fit, else at least half for each that
/// needs it.
fn share(room: usize, first: usize, second: usize) -> (usize, usize) {
    if first + second <= room {
        return (first, second);
    }
    let half = room / 2;
    let first_shown = first.min(half.max(room.saturating_sub(second)));
    (first_shown, second.min(room - first_shown))
}

/// The day of the standup, or on a free day the last one before it.
fn day_or_last(state: &State, seen: &Seen<'_>) -> u8 {
    let (week, date) = (seen.week(), state.date(seen));
    let begun = week.days().iter().rfind(|day| day.date <= date);
    begun.map_or(1, |day| day.number)
}

/// `Yesterday`, and `Mon 16 Nov, since the last standup`.
fn since(state: &State) -> (String, String) {
    let Some(standup) = &state.standup else {
        return ("Since then".to_owned(), String::new());
    };
    let date = standup.since.at.date_naive();
    let label = match date.succ_opt() == Some(standup.date) {
        true => "Yesterday".to_owned(),
        false if date == standup.date => "Today".to_owned(),
        false => format!("Since {}", date.format("%a")),
    };
    let day = match label.starts_with("Since") {
        true => date.format("%-d %b"),
        false => date.format("%a %-d %b"),
    };
    let what = match standup.since.what {
        SinceWhat::LastStandup => format!("{day}, since the last standup"),
        SinceWhat::LastWorkDay => format!("{day}, no standup was held"),
        SinceWhat::WeekStart => format!("{day}, the week began"),
    };
    (label, what)
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn two_lists_share_a_room() {
        assert_eq!(share(10, 3, 3), (3, 3));
        assert_eq!(share(6, 40, 2), (4, 2));
        assert_eq!(share(6, 2, 40), (2, 4));
        assert_eq!(share(6, 40, 40), (3, 3));
        assert_eq!(share(5, 40, 40), (2, 3));
    }
}
