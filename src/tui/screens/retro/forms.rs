//! What the Retro screen asks for, and what becomes of the answers.

use super::panes::Focus;
use super::state::{Asked, State, column_of};
use crate::report::words::plural;
use crate::tui::form::{Field, Form, Problem, one_of};
use crate::tui::message::Notice;
use crate::tui::model::{Ask, Reply};
use crate::tui::seen::Seen;
use crate::week::retro::{Action, Card, Column, RetroCommand};
use crate::week::{Id, WeekName};

/// The columns by their names.
const COLUMNS: [(&str, Column); 3] = [
    ("keep", Column::Keep),
    ("change", Column::Change),
    ("try", Column::Try),
];

/// The names of the columns.
fn columns() -> Vec<String> {
    COLUMNS.iter().map(|(name, _)| (*name).to_owned()).collect()
}

/// The team's names, and who they are.
fn team(seen: &Seen<'_>) -> (Vec<String>, Vec<Id>) {
    let team = seen.board().team().into_iter();
    team.map(|person| (person.name.clone(), person.id.clone()))
        .unzip()
}

/// The names of a week's days, and their numbers.
fn days(seen: &Seen<'_>, week: WeekName) -> (Vec<String>, Vec<u8>) {
    let week = seen.calendar.week(week);
    let days = week.days().iter();
    days.map(|day| (day.date.format("%a").to_string(), day.number))
        .unzip()
}

/// Asks for a card, in the focused column unless another is chosen.
pub(super) fn card(state: &State) -> Reply {
    let column = column_of(state.focus).unwrap_or(Column::Keep);
    let name = COLUMNS.iter().find(|(_, own)| *own == column);
    let name = name.map_or("keep", |(name, _)| name);
    let fields = vec![
        Field::choice("Column", name, columns()),
        Field::text("Card", "").hint("what stays, what changes, what is tried"),
    ];
    let mut form = Form::of("A card for the retro", fields, Asked::Card);
    form.at = 1;
    Reply::form(form)
}

/// Asks for a card's words.
pub(super) fn words(card: &Card) -> Reply {
    let field = Field::text("Card", card.text.clone());
    Reply::form(Form::line("Card", field, Asked::Words(card.id.clone())))
}

/// Asks for an action in a week.
pub(super) fn action(seen: &Seen<'_>, week: WeekName) -> Reply {
    let fields = action_fields(seen, week, None);
    Reply::form(Form::of(
        "Somebody does something",
        fields,
        Asked::Action(week),
    ))
}

/// Asks for an action anew.
pub(super) fn set_action(seen: &Seen<'_>, action: &Action) -> Reply {
    let fields = action_fields(seen, action.week, Some(action));
    let asked = Asked::SetAction(action.id.clone());
    Reply::form(Form::of("The action", fields, asked))
}

fn action_fields(seen: &Seen<'_>, week: WeekName, action: Option<&Action>) -> Vec<Field> {
    let owner = action.and_then(|action| action.owner.as_ref());
    let owner = owner.map_or("", |owner| seen.board().name(owner));
    let (names, numbers) = days(seen, week);
    let day = action.and_then(|action| action.day);
    let day = day.and_then(|day| numbers.iter().position(|own| *own == day));
    let day = day
        .and_then(|at| names.get(at).cloned())
        .unwrap_or_default();
    let text = action.map_or("", |action| &action.text);
    vec![
        Field::text("What", text).hint("what is to be done"),
        Field::choice("Who", owner, team(seen).0),
        Field::choice("Day", day, names),
    ]
}

/// Asks whose votes are given.
pub(super) fn voter(state: &State, seen: &Seen<'_>) -> Reply {
    let now = state
        .voter(seen)
        .map_or("", |voter| seen.board().name(voter));
    let field = Field::choice("Who", now, team(seen).0);
    Reply::form(Form::line("Whose votes", field, Asked::Voter))
}

/// Asks how somebody felt.
pub(super) fn mood(seen: &Seen<'_>, person: &Id) -> Form {
    let record = seen.written().record();
    let known = record.mood.get(person);
    let known = known.map_or_else(String::new, |mood| tenths(*mood));
    let fields = vec![
        Field::choice("Who", seen.board().name(person), team(seen).0),
        Field::text("Felt", known).hint("1 bad to 5 good, halves too; nothing takes it back"),
    ];
    let mut form = Form::of("How did the week feel?", fields, Asked::Mood);
    form.at = 1;
    form
}

/// `4`, `4.5`.
fn tenths(mood: u8) -> String {
    match mood % 10 {
        0 => (mood / 10).to_string(),
        rest => format!("{}.{rest}", mood / 10),
    }
}

/// Reads a mood as tenths; `None` for nothing.
fn read_mood(typed: &str) -> Result<Option<u8>, String> {
    let wrong = || "a figure from 1 to 5, as 4 or 4.5".to_owned();
    if typed.is_empty() {
        return Ok(None);
    }
    let mood: f64 = typed.replace(',', ".").parse().map_err(|_| wrong())?;
    if !(1.0..=5.0).contains(&mood) {
        return Err(wrong());
    }
    // Between 10 and 50.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let tenths = (mood * 10.0).round() as u8;
    Ok(Some(tenths))
}

/// Asks when and where the beer is.
pub(super) fn beer(seen: &Seen<'_>) -> Reply {
    let field = Field::text("Beer", seen.written().record().beer).hint("when and where");
    Reply::form(Form::line("Beer", field, Asked::Beer))
}

/// Takes the answers.
pub(super) fn answered(
    state: &mut State,
    seen: &Seen<'_>,
    asked: &Asked,
    values: &[String],
) -> Result<Reply, Problem> {
    let value = |at: usize| values.get(at).map_or("", String::as_str);
    let needed = |at: usize, what: &str| match value(at) {
        "" => Err(Problem::new(at, format!("{what} needs words"))),
        text => Ok(text.to_owned()),
    };
    let (names, people) = team(seen);
    let person = |at: usize| {
        let found = one_of(value(at), &names).map_err(|why| Problem::new(at, why))?;
        let id = people.get(found).cloned();
        id.ok_or_else(|| Problem::new(at, "nobody is in the team yet"))
    };
    let week = seen.name;
    let command = match asked {
        Asked::Card => {
            let at = one_of(value(0), &columns()).map_err(|why| Problem::new(0, why))?;
            let (_, column) = COLUMNS[at];
            // The new card is where one looks next.
            state.focus = [Focus::Keep, Focus::Change, Focus::Try][at];
            RetroCommand::Card {
                week,
                column,
                text: needed(1, "a card")?,
                by: seen.me().cloned(),
            }
        }
        Asked::Words(card) => RetroCommand::Edit {
            card: card.clone(),
            text: needed(0, "a card")?,
        },
        Asked::Action(week) => {
            let (owner, day) = who_and_day(seen, *week, values, &person)?;
            RetroCommand::Action {
                week: *week,
                text: needed(0, "an action")?,
                owner,
                day,
            }
        }
        Asked::SetAction(action) => {
            let week = seen.board().actions.get(action).map_or(week, |it| it.week);
            let (owner, day) = who_and_day(seen, week, values, &person)?;
            RetroCommand::SetAction {
                action: action.clone(),
                text: needed(0, "an action")?,
                owner,
                day,
            }
        }
        Asked::Voter => {
            let id = person(0)?;
            let left = seen.written().votes_left(&id, seen.rules.votes_each);
            let left = plural(left.into(), "vote", "votes");
            let says = format!("{} votes now, {left} left", seen.board().name(&id));
            state.voter = Some(id);
            return Ok(Reply::notice(Notice::done(says)));
        }
        Asked::Mood => return felt(seen, &person(0)?, value(1)),
        Asked::Beer => RetroCommand::Beer {
            week,
            text: value(0).to_owned(),
        },
    };
    Ok(Reply::write(command))
}

fn who_and_day(
    seen: &Seen<'_>,
    week: WeekName,
    values: &[String],
    person: &impl Fn(usize) -> Result<Id, Problem>,
) -> Result<(Option<Id>, Option<u8>), Problem> {
    let is_given = |at: usize| values.get(at).is_some_and(|value| !value.is_empty());
    let owner = is_given(1).then(|| person(1)).transpose()?;
    let day = is_given(2).then(|| {
        let (names, numbers) = days(seen, week);
        let typed = values.get(2).map_or("", String::as_str);
        let at = one_of(typed, &names).map_err(|why| Problem::new(2, why))?;
        Ok(numbers.get(at).copied())
    });
    Ok((owner, day.transpose()?.flatten()))
}

/// Writes how somebody felt, and asks the next who has not said.
fn felt(seen: &Seen<'_>, person: &Id, typed: &str) -> Result<Reply, Problem> {
    let mood = read_mood(typed).map_err(|why| Problem::new(1, why))?;
    let record = seen.written().record();
    let team = seen.board().team();
    let at = team
        .iter()
        .position(|other| other.id == *person)
        .unwrap_or(0);
    let after = team.iter().cycle().skip(at + 1).take(team.len());
    let mut after =
        after.filter(|other| other.id != *person && !record.mood.contains_key(&other.id));
    let mut reply = Reply::write(RetroCommand::Mood {
        week: seen.name,
        person: person.clone(),
        mood,
    });
    if let Some(next) = after.next().filter(|_| mood.is_some()) {
        reply.ask = Some(Ask::Form(Box::new(self::mood(seen, &next.id))));
    }
    Ok(reply)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moods_are_read_in_tenths() {
        for (typed, mood) in [
            ("1", Some(10)),
            ("4.5", Some(45)),
            ("4,5", Some(45)),
            ("", None),
        ] {
            assert_eq!(read_mood(typed), Ok(mood), "{typed}");
        }
        for typed in ["0", "5.1", "good", "nan", "-1", "1e9"] {
            assert!(read_mood(typed).is_err(), "{typed}");
        }
        assert_eq!((tenths(45), tenths(40)), ("4.5".to_owned(), "4".to_owned()));
    }
}
