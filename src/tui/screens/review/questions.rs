//! The questions: what is asked of them, and done to the team's own.

use super::actions::Do;
use super::state::{Asked, State};
use crate::tui::form::{Field, Form, Problem};
use crate::tui::model::Reply;
use crate::tui::seen::Seen;
use crate::week::question::{Asked as Question, QuestionCommand, Which};
use crate::week::review::ReviewCommand;
use crate::week::{Id, WeekName};

/// Asks for the answer to a question.
pub(super) fn answer(question: &Question<'_>) -> Reply {
    let now = question.answer.map(|answer| answer.text.clone());
    let field = Field::text("", now.unwrap_or_default()).hint("empty: open again");
    let title = question.text.trim_end_matches('?');
    let asked = Asked::Answer(question.which.clone());
    Reply::form(Form::line(format!("{title}?"), field, asked))
}

/// Takes the answer.
pub(super) fn answered(seen: &Seen<'_>, question: &Which, text: &str) -> Reply {
    Reply::write(ReviewCommand::Answer {
        week: seen.name,
        question: question.clone(),
        text: text.to_owned(),
        by: seen.me().cloned(),
    })
}

/// Asks for a question of the team's own.
pub(super) fn add() -> Reply {
    let field = Field::text("", "").hint("from this week on, in every review");
    Reply::form(Form::line("a question of ours", field, Asked::Question))
}

/// Takes it.
///
/// # Errors
/// No words.
pub(super) fn added(seen: &Seen<'_>, text: &str) -> Result<Reply, Problem> {
    let (week, text) = (seen.name, words(text)?);
    Ok(Reply::write(QuestionCommand::Add { week, text }))
}

/// Does something to the selected question.
pub(super) fn change(state: &State, seen: &Seen<'_>, act: Do) -> Reply {
    let Some(question) = state.question(seen) else {
        return Reply::default();
    };
    match (act, question.own()) {
        (Do::Open, _) => answer(&question),
        (Do::Edit, Some(own)) => {
            let field = Field::text("", question.text).hint("in every week that asks it");
            let asked = Asked::Reword(own.clone());
            Reply::form(Form::line("the question", field, asked))
        }
        (Do::Delete, Some(own)) => remove(own, seen.name),
        (Do::Down | Do::Up, Some(own)) => order(seen, own, act == Do::Down).unwrap_or_default(),
        _ => Reply::default(),
    }
}

/// Takes a question anew.
///
/// # Errors
/// No words.
pub(super) fn reworded(question: &Id, text: &str) -> Result<Reply, Problem> {
    let (question, text) = (question.clone(), words(text)?);
    Ok(Reply::write(QuestionCommand::Edit { question, text }))
}

fn remove(question: &Id, week: WeekName) -> Reply {
    let question = question.clone();
    Reply::write(QuestionCommand::Remove { question, week })
}

/// Moves a question down or up among the team's own of the week; `None` at the end.
fn order(seen: &Seen<'_>, question: &Id, down: bool) -> Option<Reply> {
    let questions = seen.written().questions();
    let own: Vec<&Id> = questions.iter().filter_map(Question::own).collect();
    let at = own.iter().position(|other| *other == question)?;
    let after = match (down, at) {
        (true, at) => Some(*own.get(at + 1)?),
        (false, 0) => return None,
        (false, at) => at.checked_sub(2).map(|before| own[before]),
    };
    Some(Reply::write(QuestionCommand::Move {
        question: question.clone(),
        after: after.cloned(),
    }))
}

fn words(text: &str) -> Result<String, Problem> {
    match text {
        "" => Err(Problem::new(0, "a few words are needed")),
        text => Ok(text.to_owned()),
    }
}

/// Why an action cannot be had of the selected question.
pub(super) fn why_not(state: &State, seen: &Seen<'_>, act: Do) -> Option<String> {
    let question = state.question(seen);
    let words = match (act, question) {
        (_, None) => "no question is selected",
        (Do::Open, _) => return None,
        (Do::Edit | Do::Delete, Some(question)) if question.own().is_some() => return None,
        (Do::Edit | Do::Delete, _) => {
            "it is of the method; a adds one of ours, which e and d change"
        }
        (Do::Down | Do::Up, Some(question)) => match question.own() {
            None => "it is of the method, whose order stays; ours come behind it",
            Some(own) if order(seen, own, act == Do::Down).is_some() => return None,
            Some(_) if act == Do::Down => "it is the last one",
            Some(_) => "it is the first of ours",
        },
        _ => "no finding is selected",
    };
    Some(words.to_owned())
}
