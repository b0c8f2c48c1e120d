//! What the Standup screen asks for, and what the answers come to.

use super::state::{Asked, State};

use crate::report::debt::Status;
use crate::report::figures::is_of_week;
use crate::tui::form::{Field, Form, Problem, one_of};
use crate::tui::model::Reply;
use crate::tui::screens::called::{name, number};
use crate::tui::screens::debt::file_line;
use crate::tui::seen::Seen;
use crate::tui::widgets::fit::safe;
use crate::week::demo::DemoCommand;
use crate::week::review::{About, ReviewCommand};
use crate::week::standup::StandupCommand;
use crate::week::task::TaskCommand;
use crate::week::{Id, Numbered};

fn line(title: String, label: &'static str, hint: &str, asked: Asked) -> Reply {
    Reply::form(Form::line(title, Field::text(label, "").hint(hint), asked))
}

/// Asks for a task of somebody.
pub(super) fn task(seen: &Seen<'_>, id: Id) -> Reply {
    let title = format!("a task for {}", name(seen, &id));
    line(title, "task", "what is to be done?", Asked::Task(id))
}

/// Asks for what is in somebody's way.
pub(super) fn block(seen: &Seen<'_>, id: Id) -> Reply {
    let title = format!("{} is blocked by", name(seen, &id));
    line(title, "blocker", "what is in the way?", Asked::Block(id))
}

/// Asks for a topic to be talked over later.
pub(super) fn park(seen: &Seen<'_>, by: Option<Id>) -> Reply {
    let title = match &by {
        Some(by) => format!("{} parks", name(seen, by)),
        None => "to be talked over later".to_owned(),
    };
    line(
        title,
        "topic",
        "what is to be talked over?",
        Asked::Park(by),
    )
}

/// Asks for something that somebody shows.
pub(super) fn show(seen: &Seen<'_>, id: Id) -> Reply {
    let title = format!("{} shows", name(seen, &id));
    line(title, "hack", "what is to be seen?", Asked::Show(id))
}

/// Asks for debt that was seen with a hack.
pub(super) fn link(seen: &Seen<'_>, id: Id) -> Reply {
    let Some(show) = seen.board().shows.get(&id) else {
        return Reply::default();
    };
    let title = format!("seen with {}", show.what);
    let names: Vec<String> = open_debt(seen).into_iter().map(|(_, name)| name).collect();
    let field = Field::choice("debt", "", names).hint("its number, as D-05, or up and down");
    Reply::form(Form::line(title, field, Asked::Link(id)))
}

/// The open debt of the week, by what it is called.
fn open_debt(seen: &Seen<'_>) -> Vec<(Id, String)> {
    let items = seen.overview.map_or(&[][..], |it| &it.report.items);
    let week = seen.week();
    let open = items
        .iter()
        .filter(|item| item.status == Status::Open && is_of_week(item, &week));
    let named = open.filter_map(|item| {
        let id = Id::key(&item.id).ok()?;
        let text = match item.text.trim() {
            "" => file_line(item),
            text => text.to_owned(),
        };
        let name = safe(&format!("{} {text}", seen.board().debt_name(&id)));
        Some((id, name))
    });
    named.collect()
}

/// Asks for a talking point.
pub(super) fn talk(seen: &Seen<'_>, id: Id) -> Reply {
    let title = format!("{} says of the demo", name(seen, &id));
    line(
        title,
        "point",
        "what is to be talked over?",
        Asked::Talk(id),
    )
}

/// Asks for other words of a task.
pub(super) fn edit(seen: &Seen<'_>, id: Id) -> Reply {
    let Some(task) = seen.board().tasks.get(&id) else {
        return Reply::default();
    };
    let title = format!("{} is", number(seen, task));
    let field = Field::text("task", &task.text);
    Reply::form(Form::line(title, field, Asked::Edit(id)))
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
    let text = values.first().map(|text| text.trim().to_owned());
    let text = text.filter(|text| !text.is_empty());
    let text = text.ok_or_else(|| Problem::new(0, "write a few words, or esc"))?;
    let week = seen.name;
    Ok(match asked.clone() {
        Asked::Task(owner) => Reply::write(TaskCommand::Add {
            week,
            text,
            owner: Some(owner),
            day: None,
        }),
        Asked::Edit(task) => Reply::write(TaskCommand::Edit { task, text }),
        Asked::Block(person) => Reply::write(StandupCommand::Block {
            week,
            person,
            text,
            since: None,
        }),
        Asked::Park(by) => {
            let on = state.date(seen);
            Reply::write(StandupCommand::Park { week, on, by, text })
        }
        Asked::Show(by) => {
            let what = text;
            Reply::write(DemoCommand::Add { week, by, what })
        }
        Asked::Link(show) => {
            let debt = open_debt(seen);
            let names: Vec<String> = debt.iter().map(|(_, name)| name.clone()).collect();
            let numbered = match seen.board().numbers.find(&text) {
                Some((Numbered::Debt, id)) => Some(id.clone()),
                _ => None,
            };
            let named = one_of(&text, &names).ok().and_then(|at| debt.get(at));
            let item = numbered.or(named.map(|(id, _)| id.clone()));
            let item = item.ok_or_else(|| Problem::new(0, "an open item of the week, as D-05"))?;
            Reply::write(DemoCommand::SeeDebt { show, item })
        }
        Asked::Talk(by) => Reply::write(ReviewCommand::Say {
            week,
            by,
            about: About::Talk,
            text,
        }),
    })
}
