//! Times as people type them and read them again.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::week::Week;

/// What can be typed.
pub const HINT: &str = "Tue 14:00, or 14:00 today";

/// Reads a time of a week: `Tue 14:00`, `2 14:00` for its second day, `14:00` for today or, in
/// another week, its first day; RFC 3339 for any other. Of a time that the clocks have twice it is
/// the first.
///
/// # Errors
/// Something else, with what can be typed.
pub fn read(typed: &str, week: &Week, now: DateTime<Utc>) -> Result<DateTime<Utc>, String> {
    let typed = typed.trim();
    if let Ok(time) = DateTime::parse_from_rfc3339(typed) {
        return Ok(time.to_utc());
    }
    let found = match typed.split_once(char::is_whitespace) {
        Some((day, time)) => date(day, week).zip(clock(time)),
        None => today(week, now).zip(clock(typed)),
    };
    let local = found.and_then(|(date, time)| week.zone().first_at(date.and_time(time)));
    let time = local.map(|time| time.to_utc());
    time.ok_or_else(|| format!("a day of the week and a time: {HINT}"))
}

/// A time as [`read`] takes it.
pub fn show(time: DateTime<Utc>, week: &Week) -> String {
    let local = week.zone().local(time);
    match week.day_at(time) {
        Some(_) => local.format("%a %H:%M").to_string(),
        None => local.to_rfc3339(),
    }
}

/// A time for a column: `Tue 14:00`, in another week `3 Dec 14:00`.
pub fn short(time: DateTime<Utc>, week: &Week) -> String {
    let local = week.zone().local(time);
    let form = match week.span().contains(&time) {
        true => "%a %H:%M",
        false => "%-d %b %H:%M",
    };
    local.format(form).to_string()
}

/// Reads a day of a week, by the start of its name or by its number; `None` for neither.
pub fn day(typed: &str, week: &Week) -> Option<u8> {
    let typed = typed.trim().to_lowercase();
    let is = |day: &&crate::week::Day| {
        let name = day.date.format("%A").to_string().to_lowercase();
        typed == day.number.to_string() || (typed.len() >= 2 && name.starts_with(&typed))
    };
    week.days().iter().find(is).map(|day| day.number)
}

fn date(typed: &str, week: &Week) -> Option<NaiveDate> {
    week.day(day(typed, week)?).map(|day| day.date)
}

fn today(week: &Week, now: DateTime<Utc>) -> Option<NaiveDate> {
    let day = week.day_at(now).or_else(|| week.days().first());
    day.map(|day| day.date)
}

fn clock(typed: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(typed.trim(), "%H:%M").ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::week::made_up::{calendar, moment, week};

    #[test]
    fn times_are_read_as_people_say_them() {
        let week = calendar().week(week());
        let now = moment("16 09:22");
        for (typed, when) in [
            ("Tue 14:00", "17 14:00"),
            ("tuesday 9:05", "17 09:05"),
            ("2 14:00", "17 14:00"),
            (" 16:30 ", "16 16:30"),
            ("2026-11-18T10:00:00+01:00", "18 10:00"),
        ] {
            assert_eq!(read(typed, &week, now), Ok(moment(when)), "{typed}");
        }
        for typed in ["", "Tue", "Sun 10:00", "25:00", "t 10:00", "Tue 14"] {
            assert!(read(typed, &week, now).is_err(), "{typed}");
        }
    }

    #[test]
    fn what_is_shown_can_be_read_again() {
        let week = calendar().week(week());
        for when in ["17 14:00", "21 10:00", "30 08:15"] {
            let time = moment(when);
            assert_eq!(read(&show(time, &week), &week, time), Ok(time), "{when}");
        }
        assert_eq!(short(moment("17 14:00"), &week), "Tue 14:00");
        assert_eq!(short(moment("30 08:15"), &week), "30 Nov 08:15");
    }
}
