//! What the Standup screen asks for, and what the answers come to.

use super::state::{Asked, State};
use super::words::{name, number};
use crate::tui::form::{Field, Form, Problem};
use crate::tui::model::Reply;
use crate::tui::seen::Seen;
use crate::week::Id;
use crate::week::demo::DemoCommand;
use crate::week::review::{About, ReviewCommand};
use crate::week::standup::StandupCommand;
use crate::week::task::TaskCommand;

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
        Asked::Talk(by) => Reply::write(ReviewCommand::Say {
            week,
            by,
            about: About::Talk,
            text,
        }),
    })
}
