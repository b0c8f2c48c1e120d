//! The lists of what people write, and the week at a glance.

use std::io::{self, Write};

use chrono::{DateTime, FixedOffset};

use super::View;
use super::columns::{self, Column, Set};
use super::page::{Ink, Page, Span};
use crate::report::people::{NoteList, PromiseList, TaskList, TeamList, WeekPage};

const ID: Column = Column::fixed("Id", 0);

fn plain(text: &str) -> Span {
    Span::new(Ink::Plain, text)
}

fn dim(text: &str) -> Span {
    Span::new(Ink::Dim, text)
}

/// `Thu 19 Nov 18:00`.
fn moment(time: DateTime<FixedOffset>) -> String {
    time.format("%a %-d %b %H:%M").to_string()
}

/// Writes the tasks of a week.
///
/// # Errors
/// Those of `out`.
pub fn write_tasks(list: &TaskList, view: &View, out: &mut dyn Write) -> io::Result<()> {
    const COLUMNS: [Column; 5] = [
        ID,
        Column::flexible("Task", Set::Left, 16, 60, 0),
        Column::flexible("Who", Set::Left, 5, 16, 1),
        Column::fixed("Day", 2),
        Column::fixed("State", 0),
    ];
    let mut page = Page::new(view, out);
    if list.tasks.is_empty() {
        let text = format!(
            "No tasks in {}. `hackweek task add TEXT` adds one.",
            list.week
        );
        return page.sentence(None, Ink::Plain, &text);
    }
    let rows = list.tasks.iter().map(|task| {
        let ink = match task.status.as_str() {
            "done" => Ink::Good,
            "cut" => Ink::Dim,
            _ => Ink::Plain,
        };
        let day = task.day.map(|day| day.to_string()).unwrap_or_default();
        vec![
            Span::new(Ink::Accent, &task.id),
            plain(&task.text),
            dim(task.owner.as_deref().unwrap_or_default()),
            dim(&day),
            Span::new(ink, &task.status),
        ]
    });
    columns::write(&mut page, &COLUMNS, &rows.collect::<Vec<_>>())
}

/// Writes the promises of a week.
///
/// # Errors
/// Those of `out`.
pub fn write_promises(list: &PromiseList, view: &View, out: &mut dyn Write) -> io::Result<()> {
    const COLUMNS: [Column; 7] = [
        ID,
        Column::flexible("From", Set::Left, 5, 16, 0),
        Column::flexible("To", Set::Left, 5, 24, 1),
        Column::flexible("What", Set::Left, 16, 50, 0),
        Column::flexible("Stand-in", Set::Left, 8, 24, 3),
        Column::fixed("Due", 2),
        Column::fixed("State", 0),
    ];
    let mut page = Page::new(view, out);
    if list.promises.is_empty() {
        let text = format!(
            "No promises in {}. `hackweek promise add WHAT --to NAME` makes one.",
            list.week
        );
        return page.sentence(None, Ink::Plain, &text);
    }
    let rows = list.promises.iter().map(|promise| {
        let to = match promise.to.as_slice() {
            [] => "all".to_owned(),
            to => to.join(", "),
        };
        let late = if promise.overdue { Ink::Bad } else { Ink::Dim };
        let stand_in = promise.stand_in.as_ref().or(promise.stand_in_path.as_ref());
        vec![
            Span::new(Ink::Accent, &promise.id),
            plain(&promise.from),
            plain(&to),
            plain(&promise.what),
            dim(stand_in.map(String::as_str).unwrap_or_default()),
            Span::new(late, &promise.due.map(moment).unwrap_or_default()),
            plain(&promise.state.replace('_', " ")),
        ]
    });
    columns::write(&mut page, &COLUMNS, &rows.collect::<Vec<_>>())
}

/// Writes the notes of a week.
///
/// # Errors
/// Those of `out`.
pub fn write_notes(list: &NoteList, view: &View, out: &mut dyn Write) -> io::Result<()> {
    const COLUMNS: [Column; 6] = [
        ID,
        Column::fixed("Kind", 0),
        Column::flexible("Note", Set::Left, 16, 70, 0),
        Column::flexible("Who", Set::Left, 5, 16, 1),
        Column {
            set: Set::Right,
            ..Column::fixed("Votes", 2)
        },
        Column::fixed("", 3),
    ];
    let mut page = Page::new(view, out);
    if list.notes.is_empty() {
        let text = format!(
            "No notes in {}. `hackweek note add TEXT --as KIND` writes one.",
            list.week
        );
        return page.sentence(None, Ink::Plain, &text);
    }
    let rows = list.notes.iter().map(|note| {
        let votes = note.votes.map(|votes| votes.to_string());
        vec![
            Span::new(Ink::Accent, &note.id),
            dim(&note.kind),
            plain(&note.text),
            dim(note.by.as_deref().unwrap_or_default()),
            dim(&votes.unwrap_or_default()),
            Span::new(Ink::Good, if note.done == Some(true) { "done" } else { "" }),
        ]
    });
    columns::write(&mut page, &COLUMNS, &rows.collect::<Vec<_>>())
}

/// Writes the team.
///
/// # Errors
/// Those of `out`.
pub fn write_team(list: &TeamList, view: &View, out: &mut dyn Write) -> io::Result<()> {
    const COLUMNS: [Column; 2] = [
        Column::flexible("Name", Set::Left, 8, 40, 0),
        Column::flexible("Commits as", Set::Left, 8, 80, 1),
    ];
    let mut page = Page::new(view, out);
    if list.people.is_empty() {
        let text = "Nobody is in the team yet. Whoever writes something joins it; `hackweek team \
                    add NAME --mail MAIL` adds somebody.";
        return page.sentence(None, Ink::Plain, text);
    }
    let rows = list.people.iter();
    let rows = rows.map(|person| vec![plain(&person.name), dim(&person.mails.join(", "))]);
    columns::write(&mut page, &COLUMNS, &rows.collect::<Vec<_>>())
}

/// Writes the week at a glance.
///
/// # Errors
/// Those of `out`.
pub fn write_week(week: &WeekPage, view: &View, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(view, out);
    let today = match (week.day, &week.phase) {
        (Some(day), Some(phase)) => format!("day {day} of {}: {phase}", week.week.days.len()),
        _ => "no working day".to_owned(),
    };
    let left = |seconds: i64| match seconds.abs() / 60 {
        minutes if minutes >= 48 * 60 => format!("{} days", minutes / (24 * 60)),
        minutes => format!("{} h {:02} min", minutes / 60, minutes % 60),
    };
    let due = match week.seconds_left {
        over if over < 0 => format!("over for {}", left(over)),
        still => format!("in {}", left(still)),
    };
    let mut lines = vec![
        ("Today", format!("{}, {today}", week.now.format("%A"))),
        ("Debt due", format!("{}, {due}", moment(week.week.deadline))),
    ];
    lines.extend(week.title.clone().map(|title| ("Project", title)));
    lines.extend(week.goal.clone().map(|goal| ("Demo", goal)));
    if week.tasks_planned > 0 {
        let text = format!("{} of {} done", week.tasks_done, week.tasks_planned);
        lines.push(("Tasks", text));
    }
    for (name, count) in [
        ("Promises", week.promises_open),
        ("Blockers", week.blockers_open),
    ] {
        if count > 0 {
            lines.push((name, format!("{count} open")));
        }
    }
    page.line(&[
        Span::new(Ink::Strong, &format!(" {}", week.week.name)),
        dim(&format!("  {}", week.week.timezone)),
    ])?;
    for (name, text) in &lines {
        page.line(&[dim(&format!(" {name:<10}")), plain(text)])?;
    }
    Ok(())
}
