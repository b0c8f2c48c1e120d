//! What a `hackweek.toml` means, and what is said of a wrong one.

#![allow(clippy::unwrap_used)]
use std::path::Path;

use chrono::Weekday;
use proptest::prelude::*;

use super::schema::TABLES;
use super::*;
use crate::week::{CommitTime, Deadline, Zone};

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(Path::new("hackweek.toml"), text)
}

fn complaint(text: &str) -> String {
    parse(text).unwrap_err().to_string()
}

#[test]
fn an_empty_file_and_the_default_file_change_nothing() {
    assert_eq!(parse("").unwrap(), Config::default());
    assert_eq!(parse("[week]\n[debt]\n[git]\n").unwrap(), Config::default());
    assert_eq!(parse(DEFAULT).unwrap(), Config::default());
    assert_eq!(
        parse(&format!("\u{feff}{}", DEFAULT.replace('\n', "\r\n"))).unwrap(),
        Config::default()
    );
}

#[test]
fn the_default_file_names_every_key_and_its_examples_work() {
    let mut active = String::new();
    for line in DEFAULT.lines() {
        match line
            .strip_prefix('#')
            .filter(|rest| !rest.is_empty() && !rest.starts_with(' '))
        {
            Some(example) => {
                // An example replaces the default of its key, which stands above it.
                let key = example.split(" = ").next().unwrap();
                active = active
                    .lines()
                    .filter(|l| !l.starts_with(&format!("{key} = ")))
                    .fold(String::new(), |text, line| text + line + "\n");
                active += example;
            }
            None => active += line,
        }
        active.push('\n');
    }
    let config = parse(&active).unwrap();
    assert_eq!(config.timezone.unwrap().name(), "Europe/Berlin");
    assert_eq!(config.calendar.settings().holidays.len(), 2);
    assert_eq!(config.calendar.settings().moved.len(), 1);
    assert_eq!(config.debt.excludes, ["third_party/**"]);
    assert_eq!(config.git.branches, ["main", "hack/*"]);
    for (table, keys) in TABLES {
        assert!(DEFAULT.contains(&format!("\n[{table}]\n")));
        for key in keys {
            let names = [
                format!("\n{key} = "),
                format!("\n#{key} = "),
                format!("\n[{table}.{key}]"),
            ];
            assert!(names.iter().any(|name| DEFAULT.contains(name)), "{key}");
        }
    }
}

#[test]
fn what_is_set_holds() {
    let config = parse(
        r#"
        debt = { tags = ["TODO", "ÜBEL", "no-commit"], phrases = ["alas"], stubs = true }
        [week]
        timezone = "America/New_York"
        first_day = "Wed"
        hack_days = [1, 2, 0x3]
        deadline = "tue 18:00"
        holidays = [2026-12-24, "2026-12-25"]
        time = "committer"
        moved = { "2026-W47.4" = "2026-11-22" }
        [git]
        branches = ["main"]
        "#,
    )
    .unwrap();
    let week = config.calendar.settings();
    assert_eq!(config.calendar.zone().name(), "America/New_York");
    assert_eq!(week.first_day, Weekday::Wed);
    assert_eq!(week.hack_days, [1, 2, 3].into());
    assert_eq!(week.deadline, "tue 18:00".parse::<Deadline>().unwrap());
    assert_eq!(week.holidays.len(), 2);
    assert_eq!(week.commit_time, CommitTime::Committer);
    assert_eq!(config.debt.tags, ["TODO", "ÜBEL", "no-commit"]);
    assert!(config.debt.stubs && !config.debt.skipped_tests);
    assert_eq!(config.git.branches, ["main"]);
}

#[test]
fn a_team_sets_its_own_rules() {
    let rules = parse(
        "[standup]\nseconds = 120\nminutes = 20\n[plan]\nminutes = 45\nper_person = 4\n[demo]\nseconds = 300\n\
         [review]\nminutes = 10\n[retro]\nvotes = 3\n",
    )
    .unwrap()
    .rules;
    assert_eq!((rules.standup_each, rules.standup), (120, 1200));
    assert_eq!(
        (rules.planning, &rules.bells[..]),
        (2700, &[2100, 2700][..])
    );
    assert_eq!((rules.tasks_each, rules.votes_each), (4, 3));
    assert_eq!((rules.demo_each, rules.review_each), (300, 600));
    // Too short for a first bell.
    let short = parse("[plan]\nminutes = 10\n").unwrap().rules;
    assert_eq!(short.bells, [600]);
    assert_eq!(
        complaint("[plan]\nminutes = 0\n"),
        "hackweek.toml:2: `plan.minutes`: `0` is not between 1 and 480"
    );
    // Two tables have it: neither is meant more than the other.
    assert!(complaint("[retro]\nseconds = 1\n").ends_with("the keys here are votes"));
}

#[test]
fn the_configured_zone_wins_over_the_machines() {
    let tokyo: Zone = "Asia/Tokyo".parse().unwrap();
    assert_eq!(parse("").unwrap().calendar_in(tokyo).zone(), tokyo);
    let config = parse("[week]\ntimezone = \"Europe/Berlin\"").unwrap();
    assert_eq!(config.calendar_in(tokyo).zone().name(), "Europe/Berlin");
}

#[test]
fn an_unknown_key_is_told_with_its_line_and_the_nearest() {
    assert_eq!(
        complaint("# mine\n\n[week]\nholidys = []\n"),
        "hackweek.toml:4: unknown key `holidys` in [week]: did you mean `holidays`?"
    );
    assert_eq!(
        complaint("[weeks]\n"),
        "hackweek.toml:1: unknown key `weeks`: did you mean `week`?"
    );
    assert!(complaint("[week]\nhack-days = [1]").ends_with("did you mean `hack_days`?"));
    assert!(complaint("[debt]\nSkipped_Tests = true").contains("`skipped_tests`"));
}

#[test]
fn a_key_of_another_table_is_sent_there() {
    assert_eq!(
        complaint("timezone = \"UTC\"\n"),
        "hackweek.toml:1: unknown key `timezone`: it belongs in [week]"
    );
    assert!(complaint("[git]\nexcludes = []").ends_with("it belongs in [debt]"));
}

#[test]
fn a_key_near_to_nothing_gets_the_list() {
    assert_eq!(
        complaint("[git]\nzzz = 1\n"),
        "hackweek.toml:2: unknown key `zzz` in [git]: the keys here are branches"
    );
    let hostile = complaint(&format!("\"\\u001b[2J{}\" = 1", "k".repeat(5000)));
    assert!(
        hostile.len() < 200 && !hostile.contains('\u{1b}'),
        "{hostile}"
    );
}

#[test]
fn the_first_mistake_of_a_file_is_told() {
    let text = "[week]\ntimezone = 1\nhack_days = 2\n[debt]\nbad = 1\n";
    assert!(complaint(text).starts_with("hackweek.toml:2: "));
}

#[test]
fn a_wrong_value_is_told_with_its_line_and_what_is_right() {
    for (text, expected) in [
        (
            "[week]\ntimezone = \"Europe/Berln\"",
            "2: `week.timezone`: `Europe/Berln` is not a timezone of the IANA database: did you mean Europe/Berlin?",
        ),
        (
            "[week]\ntimezone = 2",
            "2: `week.timezone`: a text in quotes is wanted here, not integer",
        ),
        (
            "[week]\nfirst_day = \"montag\"",
            "2: `week.first_day`: `montag` is not a weekday: write \"monday\" or \"mon\"",
        ),
        (
            "[week]\nhack_days = [1,\n6]",
            "2: `week.hack_days`: there is no day 6 to hack on: the days are 1 to 5",
        ),
        (
            "[week]\nhack_days = []",
            "2: `week.hack_days`: a week needs a hack day: give at least one of the days 1 to 5",
        ),
        (
            "[week]\nhack_days = [1, -2]",
            "2: `week.hack_days`: `-2` is out of range",
        ),
        (
            "[week]\nhack_days = [\n1,\n\"2\"]",
            "4: `week.hack_days`: a whole number is wanted here, not string",
        ),
        (
            "[week]\ndeadline = \"6pm\"",
            "2: `week.deadline`: `6pm` is not a deadline: write an hour of day 4 like \"18:00\", or a weekday and an hour like \"thu 18:00\"",
        ),
        (
            "[week]\ndeadline = \"mon\"",
            "2: `week.deadline`: the deadline is on Mon, before hack day 2 of the week",
        ),
        (
            "[week]\nholidays = [2026-12-24,\n\"24.12.2026\"]",
            "3: `week.holidays`: `24.12.2026` is not a date: write it like 2026-12-24",
        ),
        (
            "[week]\nholidays = [\"2026-02-30\"]",
            "2: `week.holidays`: `2026-02-30` is not a date: write it like 2026-12-24",
        ),
        (
            "[week]\nholidays = [2026-12-24T10:00:00]",
            "2: `week.holidays`: `2026-12-24T10:00:00` is not a date: write it like 2026-12-24",
        ),
        (
            "[week]\nholidays = [true]",
            "2: `week.holidays`: a date like 2026-12-24 is wanted here, not boolean",
        ),
        (
            "[week]\ntime = \"commiter\"",
            "2: `week.time`: `commiter` is not one of \"author\", \"committer\"",
        ),
        (
            "week = 1",
            "1: `week`: a table, [week], is wanted here, not integer",
        ),
        (
            "[[week]]",
            "1: `week`: a table, [week], is wanted here, not array",
        ),
        (
            "[debt]\ntags = \"TODO\"",
            "2: `debt.tags`: a list, [ … ], is wanted here, not string",
        ),
        (
            "[debt]\ntags = [\"TO DO\"]",
            "2: `debt.tags`: `TO DO` is not a tag: a tag is one word of letters, digits, `_` and `-`, a letter first",
        ),
        (
            "[debt]\nphrases = [\"a\",\n \" \"]",
            "3: `debt.phrases`: an empty text",
        ),
        (
            "[debt]\nphrases = [\"a\\u0007\"]",
            "2: `debt.phrases`: `a\\u{7}` has a control character",
        ),
        (
            "[debt]\nstubs = \"yes\"",
            "2: `debt.stubs`: true or false is wanted here, not string",
        ),
    ] {
        assert_eq!(complaint(text), format!("hackweek.toml:{expected}"));
    }
}

#[test]
fn a_moved_day_can_be_named_with_and_without_quotes() {
    let quoted = parse("[week.moved]\n\"2026-W47.5\" = 2026-11-21\n").unwrap();
    assert_eq!(quoted.calendar.settings().moved.len(), 1);
    assert_eq!(
        parse("[week.moved]\n2026-W47.5 = 2026-11-21\n").unwrap(),
        quoted
    );
    assert_eq!(
        parse("[week.moved.2026-W47]\n5 = \"2026-11-21\"\n").unwrap(),
        quoted
    );
}

#[test]
fn a_move_that_can_not_be_is_told_with_its_line() {
    for (text, expected) in [
        (
            "\"2026-W47\" = 2026-11-21",
            "2: `week.moved.2026-W47`: `2026-W47` names no day: write the week and the day, like \"2026-W47.3\"",
        ),
        (
            "\"2026-W47.6\" = 2026-11-21",
            "2: `week.moved.2026-W47.6`: there is no day `6` in a week: the days are 1 to 5",
        ),
        (
            "\"2026-47.5\" = 2026-11-21",
            "2: `week.moved.2026-47.5`: `2026-47` is not a week: write the year and the ISO week, like 2026-W47",
        ),
        (
            "\"2025-W53.1\" = 2026-01-01",
            "2: `week.moved.2025-W53.1`: there is no week 2025-W53: the weeks of 2025 are W01 to W52",
        ),
        (
            "2026-W47.5 = 2026-11-21\n\"2026-W47.5\" = 2026-11-22",
            "3: `week.moved.2026-W47.5`: day 5 of 2026-W47 is moved twice",
        ),
        (
            "\"2026-W47.5\" = 2026-11-21\n\"2026-W47.3\" = 2026-11-19",
            "3: `week.moved.2026-W47.3`: day 3 of 2026-W47 can't be on 2026-11-19: day 4 of 2026-W47 is on 2026-11-19; move that day too, or choose another date",
        ),
    ] {
        assert_eq!(
            complaint(&format!("[week.moved]\n{text}")),
            format!("hackweek.toml:{expected}")
        );
    }
}

#[test]
fn lists_and_their_texts_have_limits() {
    let list = |key: &str, text: &str, n: usize| {
        parse(&format!(
            "[debt]\n{key} = [{}]",
            format!("\"{text}\",").repeat(n)
        ))
    };
    assert!(list("tags", "TODO", 64).is_ok());
    assert!(
        list("tags", "TODO", 65)
            .unwrap_err()
            .to_string()
            .contains("64 are the most")
    );
    assert!(list("phrases", &"ä".repeat(200), 1).is_ok());
    let long = list("phrases", &"ä".repeat(201), 1)
        .unwrap_err()
        .to_string();
    assert!(
        long.contains("longer than 200 characters") && long.len() < 250,
        "{long}"
    );
    assert!(list("excludes", "*", 257).is_err());
}

#[test]
fn what_is_no_toml_is_told_with_its_line() {
    assert!(complaint("[week]\ntimezone = \n").starts_with("hackweek.toml:2: "));
    let twice = complaint("[week]\ntime = \"author\"\ntime = \"author\"\n");
    assert!(
        twice.starts_with("hackweek.toml:3: ") && twice.contains("duplicate"),
        "{twice}"
    );
}

#[test]
fn a_deep_nest_is_an_error_and_no_overflow() {
    for (open, close) in [("[", "]"), ("{a=", "}")] {
        let text = format!("week = {}{}", open.repeat(200_000), close.repeat(200_000));
        assert!(parse(&text).is_err());
    }
    let _ = parse(&format!("{}x = 1", "a.".repeat(100_000))).unwrap_err();
}

proptest! {
    #[test]
    fn any_text_is_a_configuration_or_an_error_on_one_line(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "[week]", "[debt]", "[week.moved]", "\n", "\n", "\n", "timezone", "moved", "=", "=",
                "\"UTC\"", "[", "]", "1", "2026-11-21", "\"2026-W47.5\"", "tags", "{", "}", ",", ".", "é", "\u{0}",
                "hack_days", "deadline", "\"18:00\"", "\"\"\"", "#", "'",
            ]),
            0..24,
        ),
    ) {
        if let Err(error) = parse(&pieces.concat()) {
            let text = error.to_string();
            prop_assert!(text.starts_with("hackweek.toml:"), "{text}");
            prop_assert!(!text.contains(['\n', '\u{0}']), "{text}");
        }
    }
}
