//! The days of the week on other dates: asked for all together, since they have to follow each other.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::state::Asked;
use crate::tui::effect::Effect;
use crate::tui::form::{Field, Form, Problem};
use crate::tui::message::Notice;
use crate::tui::model::Reply;
use crate::tui::seen::Seen;
use crate::tui::settings::key_of_moved;
use crate::tui::when;
use crate::week::{Calendar, CalendarError, CalendarSettings, Phase, WeekName};
use crate::workspace::config::{Edit, Written};

/// Asks on which dates the days of the shown week are.
pub fn days(seen: &Seen<'_>) -> Reply {
    let (name, calendar) = (seen.name, seen.calendar);
    let week = seen.week();
    let mut laid_out = calendar.laid_out(name);
    let fields = (1..).zip(Phase::ALL).map(|(number, phase)| {
        let now = week.day(number).map(|day| day.date);
        let now = now.map(|date| when::show_date(date, name, calendar));
        let empty = laid_out.next().map_or_else(
            || "not in this week".to_owned(),
            |date| when::show_date(date, name, calendar),
        );
        let hint = match number {
            1 => format!("day 1; empty: {empty}; all weeks: week.first_day"),
            _ => format!("day {number}, as Sat or 21 Nov; empty: {empty}"),
        };
        Field::text(phase.words(), now.unwrap_or_default()).hint(hint)
    });
    let title = format!("The days of {name}");
    Reply::form(Form::of(title, fields.collect(), Asked::Days(name)))
}

/// Takes the dates.
///
/// # Errors
/// What is no date; dates that do not follow each other.
pub(super) fn answered(
    seen: &Seen<'_>,
    name: WeekName,
    values: &[String],
) -> Result<Reply, Problem> {
    let settings = seen.calendar.settings();
    let mut laid_out = seen.calendar.laid_out(name);
    let mut moved = settings.moved.clone();
    for (at, (number, typed)) in (1..=5).zip(values).enumerate() {
        let own = laid_out.next();
        let date = match typed.as_str() {
            "" => None,
            typed => {
                let date = when::read_date(typed, name, seen.calendar);
                Some(date.map_err(|why| Problem::new(at, why))?)
            }
        };
        match date.filter(|date| Some(*date) != own) {
            Some(date) => moved.insert((name, number), date),
            None => moved.remove(&(name, number)),
        };
    }
    check(settings, &moved, seen).map_err(|why| problem(&why, name, seen.calendar))?;
    let edits: Vec<Edit> = (1..=5)
        .filter(|number| moved.get(&(name, *number)) != settings.moved.get(&(name, *number)))
        .map(|number| Edit {
            key: key_of_moved(name, number),
            to: (moved.get(&(name, number))).map(|date| Written::Typed(date.to_string())),
        })
        .collect();
    Ok(match edits.is_empty() {
        true => {
            let days = when::days(&seen.calendar.week(name));
            Reply::notice(Notice::done(format!("{name} stays on {days}")))
        }
        false => Reply::effect(Effect::Set(edits)),
    })
}

fn check(
    settings: &CalendarSettings,
    moved: &BTreeMap<(WeekName, u8), NaiveDate>,
    seen: &Seen<'_>,
) -> Result<Calendar, CalendarError> {
    let settings = CalendarSettings {
        moved: moved.clone(),
        ..settings.clone()
    };
    Calendar::new(settings, seen.calendar.zone())
}

/// What is wrong, at the field of the day that it is wrong with.
fn problem(why: &CalendarError, name: WeekName, calendar: &Calendar) -> Problem {
    let CalendarError::OutOfOrder {
        week,
        day,
        date,
        other_week,
        other_day,
        other_date,
    } = why
    else {
        return Problem::new(0, why.to_string());
    };
    // A moved day of another week can also be in the way of one of this week.
    let (own, other) = match *week == name {
        true => (day, (other_week, other_day, other_date)),
        false => (other_day, (week, day, date)),
    };
    let (week, day, date) = other;
    let date = when::show_date(*date, name, calendar);
    let text = match *week == name {
        true => format!("day {day} is on {date}: move it too, or choose another"),
        false => format!("day {day} of {week} is on {date}: choose another date"),
    };
    Problem::new(usize::from(own.saturating_sub(1)), text)
}
