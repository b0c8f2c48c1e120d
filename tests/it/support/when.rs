//! Times of the fixtures' week, said in few words, and its people.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::Europe::Berlin;

/// The zone of the fixtures' team.
pub const ZONE: &str = "Europe/Berlin";

/// A moment with its offset. Takes `mon 10:00` or `thu 23:59:59` (week 2026-W47, Berlin),
/// `2026-11-13 10:00` (Berlin) or RFC 3339.
pub fn when(text: &str) -> DateTime<FixedOffset> {
    if let Ok(exact) = DateTime::parse_from_rfc3339(text) {
        return exact;
    }
    let (day, time) = text
        .split_once(' ')
        .unwrap_or_else(|| panic!("no time in {text:?}"));
    let date = match day {
        "mon" => november(16),
        "tue" => november(17),
        "wed" => november(18),
        "thu" => november(19),
        "fri" => november(20),
        "sat" => november(21),
        "sun" => november(22),
        date => date
            .parse()
            .unwrap_or_else(|_| panic!("no day in {text:?}")),
    };
    let time = NaiveTime::parse_from_str(time, "%H:%M:%S")
        .or_else(|_| NaiveTime::parse_from_str(time, "%H:%M"))
        .unwrap_or_else(|_| panic!("no time in {text:?}"));
    Berlin
        .from_local_datetime(&NaiveDateTime::new(date, time))
        .earliest()
        .unwrap_or_else(|| panic!("{text:?} is not on Berlin's clocks"))
        .fixed_offset()
}

fn november(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

/// A moment as git writes it.
pub fn git_time(text: &str) -> git2::Time {
    let moment = when(text);
    git2::Time::new(moment.timestamp(), moment.offset().local_minus_utc() / 60)
}

/// Name and mail of one of the team, or of whoever is written `Name <mail>`.
pub fn person(who: &str) -> (String, String) {
    match who.split_once(" <") {
        Some((name, mail)) => (name.to_owned(), mail.trim_end_matches('>').to_owned()),
        None => (
            who.to_owned(),
            format!("{}@shop.example", who.to_lowercase()),
        ),
    }
}

/// The person as the report writes people: `Name <mail>`.
pub fn full_name(who: &str) -> String {
    let (name, mail) = person(who);
    format!("{name} <{mail}>")
}
