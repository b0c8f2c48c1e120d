//! Prints every marker found in commit messages, to be judged by reading: the messages of
//! `git log --format=%B%x00` in the files that `HACKWEEK_MESSAGES` names, separated by `:`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use hackweek::debt::Rules;
use hackweek::debt::marker::in_message;

#[test]
#[ignore = "needs commit messages: HACKWEEK_MESSAGES"]
fn markers_in_messages_are_for_reading() {
    let paths = std::env::var("HACKWEEK_MESSAGES").expect("HACKWEEK_MESSAGES names files");
    let rules = Rules::default();
    for path in paths.split(':') {
        let log =
            String::from_utf8_lossy(&std::fs::read(path).expect("the file reads")).into_owned();
        let mut count = 0;
        for message in log.split('\0').map(str::trim_start) {
            for found in in_message(message, &rules) {
                count += 1;
                let line = message
                    .lines()
                    .nth(found.line as usize - 1)
                    .unwrap_or_default();
                println!("{} | {} | {}", found.marker.kind, line, found.marker.text);
            }
        }
        println!("== {path}: {count} in {} messages", log.split('\0').count());
    }
}
