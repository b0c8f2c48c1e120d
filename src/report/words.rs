//! Times, ages and figures in words.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};

use super::debt::{DebtReport, ReportScope, ReportWeek};

/// `3,310`.
pub(crate) fn count(figure: u64) -> String {
    let digits = figure.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 file`, `3 files`.
pub(crate) fn plural(figure: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(figure), if figure == 1 { one } else { many })
}

/// A share from 0 to 1 as `76%`: whole percents that are reached, so that all is said of all alone.
pub(crate) fn percent(share: f64) -> String {
    // 29 of 100 is a little less than 0.29 here.
    format!("{:.0}%", (share * 100.0 + 1e-9).floor())
}

/// `16 of 21`.
pub(crate) fn of(part: usize, whole: usize) -> String {
    format!("{} of {}", count(part as u64), count(whole as u64))
}

/// How long something has been owed: `12m`, `3h 10m`, `1d 21h`, `12d`, `5mo`, `3y 2mo`.
/// A time after `now` counts as no time at all.
pub(crate) fn age(from: DateTime<FixedOffset>, now: DateTime<FixedOffset>) -> String {
    let minutes = (now - from).num_minutes().max(0);
    let days = minutes / (24 * 60);
    if days < 60 {
        return span(minutes);
    }
    // By the calendar, since a month has no fixed length.
    let (from, now) = (
        from.with_timezone(&now.timezone()).naive_local(),
        now.naive_local(),
    );
    let mut months = (i64::from(now.year()) - i64::from(from.year())) * 12 + i64::from(now.month())
        - i64::from(from.month());
    if (now.day(), now.time()) < (from.day(), from.time()) {
        months -= 1;
    }
    match (months / 12, months % 12) {
        (0, months) => format!("{months}mo"),
        (years, 0) => format!("{years}y"),
        (years, months) => format!("{years}y {months}mo"),
    }
}

/// The two largest units of a length in minutes; days alone from ten days on.
pub(crate) fn span(minutes: i64) -> String {
    let (days, hours, rest) = (minutes / (24 * 60), minutes / 60 % 24, minutes % 60);
    match (days, hours) {
        (0, 0) => format!("{rest}m"),
        (0, _) => format!("{hours}h {rest}m"),
        (10.., _) | (_, 0) => format!("{days}d"),
        _ => format!("{days}d {hours}h"),
    }
}

/// `in 2d 8h` or `2h 10m ago`.
pub(crate) fn distance(to: DateTime<FixedOffset>, now: DateTime<FixedOffset>) -> String {
    if to >= now {
        format!("in {}", span((to - now).num_minutes()))
    } else {
        format!("{} ago", age(to, now))
    }
}

/// `Thu 18:00` in the same week, else `Thu 19 Nov 18:00`; a deadline at the last minute of a day is
/// named by its day.
pub(crate) fn deadline(week: &ReportWeek, now: DateTime<FixedOffset>) -> String {
    let near = (week.deadline - now).num_days().abs() < 7;
    let day = if near { "%a" } else { "%a %-d %b %Y" };
    let clock = week.deadline.format("%H:%M").to_string();
    match clock.as_str() {
        // Midnight belongs to the day that ends with it.
        "00:00" => {
            let eve = week.deadline.naive_local().date().pred_opt();
            let eve = eve.unwrap_or(week.deadline.naive_local().date());
            format!("by the end of {}", eve.format(day))
        }
        "23:59" => format!("by the end of {}", week.deadline.format(day)),
        _ => format!("{} {clock}", week.deadline.format(day)),
    }
}

/// `Mon` within the report's week, else `2023-04-05`.
pub(crate) fn day(report: &DebtReport, time: DateTime<FixedOffset>) -> String {
    if report.scope == ReportScope::Week && in_week(&report.week, time) {
        time.format("%a").to_string()
    } else {
        time.format("%Y-%m-%d").to_string()
    }
}

/// `Mon 14:30` within the week, else `2023-04-05`.
pub(crate) fn moment(week: &ReportWeek, time: DateTime<FixedOffset>) -> String {
    let form = match in_week(week, time) {
        true => "%a %H:%M",
        false => "%Y-%m-%d",
    };
    time.format(form).to_string()
}

fn in_week(week: &ReportWeek, time: DateTime<FixedOffset>) -> bool {
    let date = time.naive_local().date();
    match (week.days.first(), week.days.last()) {
        // The weekend after the last day is still called by its names.
        (Some(first), Some(last)) => date >= first.date && (date - last.date).num_days() <= 2,
        _ => false,
    }
}

/// `16 to 20 Nov 2026`, `30 Nov to 4 Dec 2026`, `28 Dec 2026 to 1 Jan 2027`.
pub(crate) fn dates(first: NaiveDate, last: NaiveDate) -> String {
    let start = if first.year() != last.year() {
        "%-d %b %Y"
    } else if first.month() != last.month() {
        "%-d %b"
    } else {
        "%-d"
    };
    format!("{} to {}", first.format(start), last.format("%-d %b %Y"))
}

/// The name without the mail: `Ann Lee <ann@example.org>` is `Ann Lee`.
pub(crate) fn name(author: &str) -> &str {
    let (name, mail) = author.split_once('<').unwrap_or((author, ""));
    match name.trim() {
        "" => mail.trim().trim_end_matches('>'),
        name => name,
    }
}

/// What people are called in one report: by the first word of their name, if only one of them has it.
pub(crate) struct People<'a>(HashMap<&'a str, Option<&'a str>>);

impl<'a> People<'a> {
    /// Everybody who introduced, paid or decided.
    pub(crate) fn of(report: &'a DebtReport) -> Self {
        let mut firsts = HashMap::new();
        for item in report
            .items
            .iter()
            .chain(&report.suspected)
            .chain(&report.carried_in)
        {
            let paid = item.paid.as_ref().map(|paid| paid.author.as_str());
            let decided = item.decision.as_ref().map(|decision| decision.by.as_str());
            for author in [Some(item.introduced.author.as_str()), paid, decided] {
                let Some(full) = author.map(name) else {
                    continue;
                };
                let Some(first) = full.split(' ').next() else {
                    continue;
                };
                let known = firsts.entry(first).or_insert(Some(full));
                if *known != Some(full) {
                    *known = None;
                }
            }
        }
        Self(firsts)
    }

    /// What `author`, `Name <mail>`, is called.
    pub(crate) fn call<'b>(&self, author: &'b str) -> &'b str {
        let full = name(author);
        let first = full.split(' ').next().unwrap_or(full);
        match self.0.get(first) {
            Some(Some(_)) => first,
            _ => full,
        }
    }
}

/// The start of a commit's id, as long as people paste it.
pub(crate) fn short(commit: &str) -> String {
    commit.chars().take(7).collect()
}

/// Whether a name is that of a program that commits, by the sign that a forge gives it.
pub(crate) fn is_bot(name: &str) -> bool {
    name.trim_end().to_ascii_lowercase().ends_with("[bot]")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    #[test]
    fn ages_name_their_two_largest_units() {
        let now = at("2026-11-18T13:05:00+01:00");
        for (from, said) in [
            ("2026-11-18T13:05:40+01:00", "0m"),
            ("2026-11-18T12:53:00+01:00", "12m"),
            ("2026-11-18T09:55:00+01:00", "3h 10m"),
            ("2026-11-16T15:10:00+01:00", "1d 21h"),
            ("2026-11-16T13:05:00+01:00", "2d"),
            ("2026-10-20T13:05:00+02:00", "29d"),
            ("2026-06-18T13:05:00+02:00", "5mo"),
            ("2026-06-19T13:05:00+02:00", "4mo"),
            ("2023-09-18T10:00:00+02:00", "3y 2mo"),
            ("2024-11-18T13:05:00+01:00", "2y"),
            ("1970-01-01T00:00:00+00:00", "56y 10mo"),
        ] {
            assert_eq!(age(at(from), now), said, "{from}");
        }
    }

    #[test]
    fn figures_are_grouped() {
        assert_eq!(count(7), "7");
        assert_eq!(count(3310), "3,310");
        assert_eq!(count(1_234_567), "1,234,567");
    }

    #[test]
    fn a_percent_is_said_once_it_is_reached() {
        for whole in 1..=300_u32 {
            for part in 0..=whole {
                let share = f64::from(part) / f64::from(whole);
                assert_eq!(percent(share), format!("{}%", part * 100 / whole));
            }
        }
    }

    #[test]
    fn names_lose_their_mail() {
        assert_eq!(name("Ann Lee <ann@example.org>"), "Ann Lee");
        assert_eq!(name("<ann@example.org>"), "ann@example.org");
        assert_eq!(name(""), "");
    }

    #[test]
    fn dates_say_each_month_and_year_once() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(
            dates(date("2026-11-16"), date("2026-11-20")),
            "16 to 20 Nov 2026"
        );
        assert_eq!(
            dates(date("2026-11-30"), date("2026-12-04")),
            "30 Nov to 4 Dec 2026"
        );
        assert_eq!(
            dates(date("2026-12-28"), date("2027-01-01")),
            "28 Dec 2026 to 1 Jan 2027"
        );
    }
}
