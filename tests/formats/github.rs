//! Workflow annotations, read as the runner reads them.

use hackweek::report::github::write;
use proptest::prelude::*;

use crate::made::{HOSTILE, friday, many, obeyed, week, with_text, written};

/// An annotation: its level, its properties, its message.
type Annotation = (String, Vec<(String, String)>, String);

/// Reads as `ActionCommand` of the runner does: a line that begins with `::`.
fn annotations(text: &str) -> Vec<Annotation> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("::"));
    lines
        .map(|line| {
            let (command, message) = line.split_once("::").unwrap();
            let (level, properties) = command.split_once(' ').unwrap();
            let plain = |text: &str| {
                let text = text.replace("%3A", ":").replace("%2C", ",");
                text.replace("%0D", "\r")
                    .replace("%0A", "\n")
                    .replace("%25", "%")
            };
            let properties = properties.split(',').map(|property| {
                let (name, value) = property.split_once('=').unwrap();
                (name.to_owned(), plain(value))
            });
            (level.to_owned(), properties.collect(), plain(message))
        })
        .collect()
}

fn one_repository() -> hackweek::report::debt::DebtReport {
    let mut report = week();
    report.repositories.truncate(1);
    report.items.retain(|item| item.repository == "pay");
    report
}

#[test]
fn an_open_item_is_shown_where_it_is() {
    let text = written(|out| write(&one_repository(), out));
    let found = annotations(&text);
    assert_eq!(found.len(), 4);
    let (level, properties, message) = &found[1];
    assert_eq!(level, "warning");
    assert_eq!(properties[0], ("file".to_owned(), "src/hook.rs".to_owned()));
    assert_eq!(properties[1], ("line".to_owned(), "17".to_owned()));
    assert!(
        message.starts_with("#31 signature not checked"),
        "{message}"
    );
    assert!(
        annotations(&written(|out| write(&friday(), out)))
            .iter()
            .all(|it| it.0 == "error")
    );
}

#[test]
fn more_than_github_shows_is_left_out_and_said() {
    let text = written(|out| write(&many(40, 2), out));
    assert_eq!(annotations(&text).len(), 10);
    assert!(text.contains("10 of 40 open items are annotated"), "{text}");
}

#[test]
fn no_text_is_a_command() {
    for text in HOSTILE {
        let text = written(|out| write(&with_text(one_repository(), text), out));
        assert_eq!(annotations(&text).len(), 4, "{text}");
        assert_eq!(text.lines().count(), 5, "{text}");
        assert_eq!(obeyed(&text), None);
        let commands = text.lines().filter(|line| line.starts_with("##["));
        assert_eq!(commands.count(), 0);
    }
}

proptest! {
    #[test]
    fn any_text_stays_in_its_line(text in any::<String>()) {
        let written = written(|out| write(&with_text(one_repository(), &text), out));
        prop_assert_eq!(annotations(&written).len(), 4);
        prop_assert_eq!(written.lines().count(), 5);
    }
}
