//! Times as people type them and read them again.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc};

use crate::week::{Calendar, Week, WeekName};

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

/// The form of a date that [`read_date`] takes near its week.
const DATE: &str = "%a %-d %b";

/// Reads a date for a day of a week: `Sat` for the one of its seven dates, `Sat 21 Nov` or `21 Nov` up
/// to a week away from them, `2026-11-21` for any.
///
/// # Errors
/// Something else, with what can be typed.
pub fn read_date(typed: &str, week: WeekName, calendar: &Calendar) -> Result<NaiveDate, String> {
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Ok(date) = typed.parse() {
        return Ok(date);
    }
    let typed = typed.to_lowercase();
    let has = |date: &NaiveDate, form: &str| date.format(form).to_string().to_lowercase() == typed;
    let begins = |date: &NaiveDate| {
        let name = date.format("%A").to_string().to_lowercase();
        typed.len() >= 2 && name.starts_with(&typed)
    };
    let mut own = calendar.span_dates(week).map(|(_, date)| date);
    let near = || near(week, calendar).into_iter();
    let found = own
        .find(begins)
        .or_else(|| near().find(|date| has(date, DATE) || has(date, "%-d %b")));
    found.ok_or_else(|| "a date, as Sat, Sat 21 Nov or 2026-11-21".to_owned())
}

/// A date as [`read_date`] takes it.
pub fn show_date(date: NaiveDate, week: WeekName, calendar: &Calendar) -> String {
    match near(week, calendar).contains(&date) {
        true => date.format(DATE).to_string(),
        false => date.to_string(),
    }
}

/// The dates of a week and those of seven days before and after.
fn near(week: WeekName, calendar: &Calendar) -> Vec<NaiveDate> {
    let mut own = calendar.span_dates(week).map(|(_, date)| date);
    let first = own
        .next()
        .and_then(|date| date.checked_sub_days(Days::new(7)));
    let first = first.unwrap_or(week.monday());
    first.iter_days().take(21).collect()
}

/// The dates of a week's days in a row: `Mon 30 Nov, Tue 1, Wed 2, Thu 3, Fri 4 Dec`.
pub fn days(week: &Week) -> String {
    let days = week.days();
    let shown = days.iter().enumerate().map(|(at, day)| {
        // The month once for all dates of it, behind the last one.
        let next = days.get(at + 1).map(|next| next.date.month());
        let form = match next == Some(day.date.month()) {
            true => "%a %-d",
            false => DATE,
        };
        day.date.format(form).to_string()
    });
    shown.collect::<Vec<_>>().join(", ")
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
    fn dates_are_read_as_people_say_them() {
        let (week, calendar) = (week(), calendar());
        for (typed, date) in [
            ("Sat", "2026-11-21"),
            ("mo", "2026-11-16"),
            ("sunday", "2026-11-22"),
            ("Thu  19 Nov", "2026-11-19"),
            ("23 nov", "2026-11-23"),
            ("2027-01-04", "2027-01-04"),
        ] {
            let date = date.parse().unwrap();
            assert_eq!(read_date(typed, week, &calendar), Ok(date), "{typed}");
        }
        for typed in ["", "s", "3", "Fri 19 Nov", "19 Dec", "2026-02-30"] {
            assert!(read_date(typed, week, &calendar).is_err(), "{typed}");
        }
        for date in ["2026-11-09", "2026-11-29", "2026-12-31"] {
            let date = date.parse().unwrap();
            let shown = show_date(date, week, &calendar);
            assert_eq!(read_date(&shown, week, &calendar), Ok(date), "{shown}");
        }
    }

    #[test]
    fn the_month_of_days_is_said_once() {
        let calendar = calendar();
        let said = |name: &str| days(&calendar.week(name.parse().unwrap()));
        assert_eq!(
            said("2026-W47"),
            "Mon 16, Tue 17, Wed 18, Thu 19, Fri 20 Nov"
        );
        assert_eq!(
            said("2026-W49"),
            "Mon 30 Nov, Tue 1, Wed 2, Thu 3, Fri 4 Dec"
        );
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
