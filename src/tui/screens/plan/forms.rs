//! What the Plan screen asks for, and what the answers come to.

use super::days;
use super::state::{Asked, State};
use super::words::receivers;
use crate::tui::form::{Field, Form, Problem, one_of};
use crate::tui::model::Reply;
use crate::tui::screens::called::{name, number};
use crate::tui::seen::Seen;
use crate::tui::when;
use crate::tui::widgets::fit::safe;
use crate::week::promise::{Promise, PromiseCommand, PromiseState, Terms};
use crate::week::record::WeekCommand;
use crate::week::task::{Task, TaskCommand};
use crate::week::{Command, Id};

/// What stands for everybody.
const ALL: &str = "all";

/// What takes something away.
const NONE: &str = "none";

/// Asks what will be shown, and when.
pub(super) fn goal(seen: &Seen<'_>) -> Reply {
    let record = seen.written().record();
    let demo = record.demo_at.map(|at| when::show(at, &seen.week()));
    let fields = vec![
        Field::text("goal", record.goal).hint("what will we show?"),
        Field::text("demo", demo.unwrap_or_default()).hint(when::HINT),
    ];
    Reply::form(Form::of("The goal of the week", fields, Asked::Goal))
}

/// Asks for a task of somebody, or of nobody.
pub(super) fn add(seen: &Seen<'_>, owner: Option<&Id>) -> Reply {
    let whose = owner.map_or_else(|| "nobody yet".to_owned(), |owner| name(seen, owner));
    let field = Field::text("task", "").hint("what is to be done?");
    let title = format!("a task for {whose}");
    Reply::form(Form::line(title, field, Asked::Add(owner.cloned())))
}

/// Asks for other words of a task.
pub(super) fn edit(seen: &Seen<'_>, task: &Task) -> Reply {
    line(
        seen,
        task,
        "is",
        Field::text("task", &task.text),
        Asked::Edit,
    )
}

/// Asks for a note on a task.
pub(super) fn note(seen: &Seen<'_>, task: &Task) -> Reply {
    let field = Field::text("note", &task.note).hint("under which conditions; empty takes it away");
    line(seen, task, "note", field, Asked::Note)
}

/// Asks for the day of a task.
pub(super) fn day(seen: &Seen<'_>, task: &Task) -> Reply {
    let week = seen.week();
    let days = week
        .days()
        .iter()
        .map(|day| day.date.format("%a").to_string());
    let now = task.day.and_then(|day| week.day(day));
    let now = now.map_or_else(String::new, |day| day.date.format("%a").to_string());
    let field = Field::choice("day", now, days.chain([NONE.to_owned()]).collect());
    line(seen, task, "is for", field, Asked::Day)
}

/// Asks for whom a task waits.
pub(super) fn waits(seen: &Seen<'_>, task: &Task) -> Reply {
    let field = person_field(seen, task, &task.waits_for);
    line(seen, task, "waits for", field, Asked::Waits)
}

/// Asks for whom a task is.
pub(super) fn gives(seen: &Seen<'_>, task: &Task) -> Reply {
    let field = person_field(seen, task, &task.gives_to);
    line(seen, task, "is for", field, Asked::Gives)
}

/// A person, said once to be there and once more not to be.
fn person_field(seen: &Seen<'_>, task: &Task, known: &[Id]) -> Field {
    let others = others(seen, Some(task));
    let names: Vec<String> = others.into_iter().map(|(_, name)| name).collect();
    let known: Vec<String> = known.iter().map(|id| name(seen, id)).collect();
    let hint = match known.is_empty() {
        true => names.join(" "),
        false => format!("{}; who is named again is so no longer", known.join(", ")),
    };
    Field::choice("who", "", names).hint(hint)
}

fn line(
    seen: &Seen<'_>,
    task: &Task,
    what: &str,
    field: Field,
    asked: impl FnOnce(Id) -> Asked,
) -> Reply {
    let title = format!("{} {what}", number(seen, task));
    Reply::form(Form::line(title, field, asked(task.id.clone())))
}

/// Asks for what the user says of a promise.
pub(super) fn say(promise: &Promise) -> Reply {
    let field = Field::text("words", "").hint("as you would say it");
    let asked = Asked::Say(promise.id.clone());
    Reply::form(Form::line("you say", field, asked))
}

/// Asks for the terms of a promise, a new one from somebody or one that is there.
pub(super) fn promise(seen: &Seen<'_>, known: Option<&Promise>, from: Option<&Id>) -> Reply {
    let team: Vec<String> = seen
        .board()
        .team()
        .iter()
        .map(|person| safe(&person.name))
        .collect();
    let from = known.map(|promise| &promise.from).or(from);
    let from = from.map_or_else(String::new, |from| name(seen, from));
    let to = known.map(|promise| receivers(seen, promise));
    let due = known.and_then(|promise| promise.due);
    let due = due.map(|due| when::show(due, &seen.week()));
    let text = |of: &dyn Fn(&Promise) -> String| known.map(of).unwrap_or_default();
    let mut to_choices = team.clone();
    to_choices.push(ALL.to_owned());
    let fields = vec![
        Field::choice("from", from, team),
        Field::choice("to", to.unwrap_or_default(), to_choices).hint("names with commas, or all"),
        Field::text("what", text(&|it| it.what.clone())).hint("webhook event JSON v0"),
        Field::text("shape", text(&|it| it.shape.clone()))
            .hint("what it looks like, as {id, amount}"),
        Field::text("until then", text(&|it| it.stand_in.clone()))
            .hint("what stands in; empty: nothing"),
        Field::text(
            "mock",
            text(&|it| it.stand_in_path.clone().unwrap_or_default()),
        )
        .hint("the file that stands in, if there is one"),
        Field::text("due", due.unwrap_or_default()).hint(when::HINT),
    ];
    let title = match known {
        Some(_) => "The promise",
        None => "A promise: who gives what to whom",
    };
    let asked = Asked::Promise(known.map(|promise| promise.id.clone()));
    Reply::form(Form::of(title, fields, asked))
}

/// Takes the answers of a form.
///
/// # Errors
/// A field that says nothing that can be used.
pub fn answered(
    state: &mut State,
    seen: &Seen<'_>,
    asked: &Asked,
    values: &[String],
) -> Result<Reply, Problem> {
    let first = values.first().map_or("", String::as_str);
    match asked {
        Asked::Goal => {
            let goal = filled(0, first, "what will we show?")?;
            let demo_at = time(seen, 1, values.get(1))?;
            let command = WeekCommand::Goal { goal, demo_at };
            Ok(Reply::write(Command::Week(seen.name, command)))
        }
        Asked::Days(week) => days::answered(seen, *week, values),
        Asked::Add(owner) => {
            let text = filled(0, first, "what is to be done?")?;
            // It will be the last one, and is to be selected then.
            (state.task, state.spot.row) = (None, usize::MAX);
            state.spot.column = state.home;
            Ok(Reply::write(TaskCommand::Add {
                week: seen.name,
                text,
                owner: owner.clone(),
                day: None,
            }))
        }
        Asked::Edit(task) => {
            let (task, text) = (task.clone(), filled(0, first, "what is to be done?")?);
            Ok(Reply::write(TaskCommand::Edit { task, text }))
        }
        Asked::Note(task) => {
            let (task, note) = (task.clone(), first.to_owned());
            Ok(Reply::write(TaskCommand::Note { task, note }))
        }
        Asked::Day(task) => {
            let day = match first.to_lowercase().as_str() {
                "" | NONE => None,
                typed => {
                    let day = when::day(typed, &seen.week());
                    let problem = || Problem::new(0, "a day of the week, as Tue or 2, or none");
                    Some(day.ok_or_else(problem)?)
                }
            };
            let task = task.clone();
            Ok(Reply::write(TaskCommand::Day { task, day }))
        }
        Asked::Waits(id) => {
            let known = seen.board().tasks.get(id);
            let person = another(seen, known, first)?;
            let waits = known.is_none_or(|task| !task.waits_for.contains(&person));
            let task = id.clone();
            Ok(Reply::write(TaskCommand::Wait {
                task,
                person,
                waits,
            }))
        }
        Asked::Gives(id) => {
            let known = seen.board().tasks.get(id);
            let person = another(seen, known, first)?;
            let gives = known.is_none_or(|task| !task.gives_to.contains(&person));
            let task = id.clone();
            Ok(Reply::write(TaskCommand::For {
                task,
                person,
                gives,
            }))
        }
        Asked::Promise(known) => {
            let terms = terms(seen, values)?;
            let Some(promise) = known.clone() else {
                // Who gives says what it will look like; else one side asks for it.
                let own = seen.me() == Some(&terms.from);
                let week = seen.name;
                (state.promise, state.row) = (None, usize::MAX);
                return Ok(Reply::write(PromiseCommand::Add {
                    week,
                    terms,
                    state: match own {
                        true => PromiseState::Proposed,
                        false => PromiseState::Asked,
                    },
                }));
            };
            Ok(Reply::write(PromiseCommand::Edit { promise, terms }))
        }
        Asked::Say(promise) => {
            let words = filled(0, first, "what do you say?")?;
            let person = seen.me().cloned();
            let person = person.ok_or_else(|| Problem::new(0, "nobody knows who you are"))?;
            let promise = promise.clone();
            Ok(Reply::write(PromiseCommand::Say {
                promise,
                person,
                words,
            }))
        }
    }
}

fn filled(field: usize, value: &str, or: &str) -> Result<String, Problem> {
    match value.trim() {
        "" => Err(Problem::new(field, or)),
        value => Ok(value.to_owned()),
    }
}

fn time(
    seen: &Seen<'_>,
    field: usize,
    value: Option<&String>,
) -> Result<Option<chrono::DateTime<chrono::Utc>>, Problem> {
    match value.map_or("", String::as_str) {
        "" => Ok(None),
        typed => when::read(typed, &seen.week(), seen.now)
            .map(Some)
            .map_err(|why| Problem::new(field, why)),
    }
}

/// The team, but for who has a task.
fn others<'a>(seen: &Seen<'a>, task: Option<&Task>) -> Vec<(&'a Id, String)> {
    let owner = task.and_then(|task| task.owner.as_ref());
    let mut team = seen.board().team();
    team.retain(|person| Some(&person.id) != owner);
    team.into_iter()
        .map(|person| (&person.id, safe(&person.name)))
        .collect()
}

/// Somebody of the team, by the start of the name.
fn person(seen: &Seen<'_>, field: usize, typed: &str) -> Result<Id, Problem> {
    named(&others(seen, None), typed).map_err(|why| Problem::new(field, why))
}

/// Somebody else than who has a task: nobody waits for themselves.
fn another(seen: &Seen<'_>, task: Option<&Task>, typed: &str) -> Result<Id, Problem> {
    named(&others(seen, task), typed).map_err(|why| Problem::new(0, why))
}

fn named(people: &[(&Id, String)], typed: &str) -> Result<Id, String> {
    let names: Vec<String> = people.iter().map(|(_, name)| name.clone()).collect();
    let at = one_of(typed, &names)?;
    let person = people.get(at).map(|(id, _)| (*id).clone());
    person.ok_or_else(|| "there is nobody in the team yet".to_owned())
}

fn terms(seen: &Seen<'_>, values: &[String]) -> Result<Terms, Problem> {
    let value = |at: usize| values.get(at).map_or("", |value| value.trim());
    let mut to = Vec::new();
    for typed in value(1).split(',').map(str::trim) {
        match typed.to_lowercase().as_str() {
            // Everybody: nobody is named.
            "" | ALL => {}
            _ => to.push(person(seen, 1, typed)?),
        }
    }
    if value(1).is_empty() {
        return Err(Problem::new(1, "for whom is it? names with commas, or all"));
    }
    let path = value(5);
    Ok(Terms {
        from: person(seen, 0, value(0))?,
        to,
        what: filled(2, value(2), "what is given?")?,
        shape: value(3).to_owned(),
        stand_in: value(4).to_owned(),
        stand_in_path: (!path.is_empty()).then(|| path.to_owned()),
        due: time(seen, 6, values.get(6))?,
    })
}
