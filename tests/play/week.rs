//! The script: the keys that a team presses from Monday's planning to Friday's close.

use serde_json::Value;

use super::desk::{Desk, Sitting};
use super::truths;

/// The most people that are in the team.
const TEAM: usize = 5;

/// Plays the week.
pub(crate) fn play(desk: &Desk) {
    first_run(desk);
    plan(desk);
    monday(desk);
    tuesday(desk);
    demo(desk);
    wednesday(desk);
    thursday(desk);
    pay_back(desk);
    friday(desk);
    roadmap(desk);
    close(desk);
}

/// The values of one field of a list.
fn each(list: &Value, field: &str) -> Vec<String> {
    let rows = list.as_array().unwrap().iter();
    rows.map(|row| row[field].as_str().unwrap_or_default().to_owned())
        .collect()
}

fn team(sitting: &Sitting<'_>) -> Vec<String> {
    each(&sitting.json(&["team", "list"])["people"], "name")
}

/// Who can be in, by name with what follows it, and whether they are.
fn candidates(text: &str) -> Vec<(String, bool)> {
    let lines = text.lines().filter_map(|line| {
        let (at, sign) = line.char_indices().find(|(_, sign)| "✓○".contains(*sign))?;
        let name = line[at + sign.len_utf8()..].trim();
        Some((name.to_owned(), sign == '✓'))
    });
    lines.collect()
}

fn first_run(desk: &Desk) {
    let mut sitting = desk.sits(1, "08:55");
    sitting.terminal.wait_for("No hack week here yet.");
    sitting.looks("01-first-run");
    // Those who committed most, and no more than a team is.
    let people = candidates(&sitting.terminal.text());
    sitting.terminal.press("jj");
    let mut wanted = 0;
    for (name, is_in) in &people {
        let is_wanted = !name.contains("[bot]") && wanted < TEAM;
        wanted += usize::from(is_wanted);
        if *is_in != is_wanted {
            let before = candidates(&sitting.terminal.text());
            sitting.terminal.press(" ");
            sitting.terminal.wait_until("a person in or out", |screen| {
                candidates(&screen.contents()) != before
            });
        }
        sitting.terminal.press("j");
    }
    // Two are a team.
    if wanted < 2 {
        sitting.sees("a", "Who else is in?");
        sitting.sees("Robin Example\trobin@example.org\r", " added");
    }
    sitting.terminal.press("gg");
    sitting.looks("01-first-run-chosen");
    sitting.sees("\r", "Tasks");
    sitting.terminal.wait_for("hack 1");
    sitting.looks("02-plan-empty");
    sitting.leaves();
}

fn plan(desk: &Desk) {
    let mut sitting = desk.sits(1, "09:00");
    sitting.terminal.press("2");
    sitting.does("t");
    sitting.fills(
        "go",
        "The goal of the week",
        &[
            "Everything of the milestone can be tried in one command",
            "Tue 16:00",
        ],
    );
    let people = team(&sitting);
    sitting.leaves();

    let mut sitting = desk.sits(1, "09:22");
    sitting.terminal.press("2");
    sitting.terminal.wait_for("left, hard stop");
    for (at, person) in people.iter().enumerate() {
        let mut tasks = desk.past.subjects(person, (1, 4));
        tasks.dedup();
        tasks.truncate(3);
        if tasks.is_empty() {
            tasks.push(format!("read what is open, and answer ({})", at + 1));
        }
        for task in tasks {
            sitting.fills("a", "a task for", &[&task]);
        }
        if at + 1 < people.len() {
            sitting.terminal.press("l");
        }
    }
    sitting.fills("a", "a task for", &["a page for those who come new"]);
    sitting.does("c");
    let (from, to) = (people[0].as_str(), people[1].as_str());
    sitting.fills(
        "p",
        "A promise: who gives what",
        &[
            from,
            to,
            "the trait, with its names as they will be",
            "poll(&mut self) -> Poll",
            "a stub that says Pending",
            "",
            "Tue 11:00",
        ],
    );
    sitting.fills(
        "p",
        "A promise: who gives what",
        &[
            to,
            "all",
            "a branch that builds on every platform",
            "",
            "",
            "",
            "Tue 14:00",
        ],
    );
    sitting.does("gg ");
    sitting.does(" ");
    sitting.looks("03-plan");
    truths::figures(&mut sitting);
    sitting.leaves();

    let mut sitting = desk.sits(1, "09:58");
    sitting.terminal.press("2");
    sitting.does("t");
    sitting.looks("04-plan-closed");
    sitting.leaves();
}

/// A standup at `09:30` of a day: everybody speaks for a minute or so; what else happens does so while
/// the first one speaks.
fn standup(desk: &Desk, day: u64, stage: &str, meanwhile: impl Fn(&mut Sitting<'_>)) {
    let mut seconds = 0;
    for turn in 0.. {
        let clock = format!("09:{:02}:{:02}", 30 + seconds / 60, seconds % 60);
        let mut sitting = desk.sits(day, &clock);
        sitting.terminal.press("1");
        sitting.terminal.wait_for("Round robin");
        match turn {
            0 => sitting.looks(&format!("{stage}-before")),
            1 => {
                meanwhile(&mut sitting);
                sitting.looks(stage);
                truths::figures(&mut sitting);
            }
            _ => {}
        }
        sitting.does(" ");
        let round = sitting.json(&["standup"])["round"].clone();
        let is_over = !round["ended"].is_null();
        if is_over {
            sitting.looks(&format!("{stage}-after"));
        }
        sitting.leaves();
        if is_over {
            return;
        }
        assert!(turn < 12, "the round does not end: {round}");
        seconds += 41 + turn * 13;
    }
}

fn monday(desk: &Desk) {
    standup(desk, 1, "05-monday-standup", |_| {});
    let mut sitting = desk.sits(1, "18:30");
    sitting.sees("3", "[3 Debt");
    sitting.looks("06-monday-debt");
    truths::figures(&mut sitting);
    sitting.leaves();
}

fn tuesday(desk: &Desk) {
    standup(desk, 2, "07-tuesday-standup", |sitting| {
        sitting.fills(
            "B",
            "is blocked by",
            &["no machine with Windows to try it on"],
        );
        sitting.fills(
            "P",
            "parks",
            &["do we keep the old names for one more release?"],
        );
        // The last one is not there.
        let people = sitting.json(&["standup"])["people"].clone();
        let strangers = people.as_array().unwrap().iter();
        let strangers = strangers.filter(|person| person["id"].is_null()).count();
        sitting.terminal.press("G");
        sitting.does(&format!("{}-", "k".repeat(strangers)));
        sitting.terminal.press("gg");
    });
    let mut sitting = desk.sits(2, "13:00");
    sitting.sees("3", "[3 Debt");
    sitting.looks("08-tuesday-debt");
    truths::figures(&mut sitting);
    sitting.leaves();
}

fn demo(desk: &Desk) {
    let people = {
        let sitting = desk.sits(2, "15:50");
        let people = team(&sitting);
        sitting.leaves();
        people
    };
    let mut sitting = desk.sits(2, "16:02");
    sitting.terminal.press("1");
    sitting.terminal.wait_for("Demo");
    sitting.terminal.press("gg");
    sitting.fills("o", "shows", &["the new names, end to end"]);
    sitting.fills("o", "shows", &["what stands in until the rest is there"]);
    sitting.looks("09-demo");
    // To what is shown.
    sitting.terminal.press("\t\t\t");
    sitting.does("ggjd");
    sitting.does("v");
    let debt = sitting.json(&["debt"]);
    if debt["totals"]["open"].as_u64() > Some(0) {
        sitting.sees("l", "seen with");
        let before = sitting.terminal.row(-2);
        sitting.terminal.press("\u{1b}[B");
        sitting.terminal.wait_until("an item", |screen| {
            let (rows, columns) = screen.size();
            let row = screen
                .rows(0, columns.get())
                .nth(usize::from(rows.get()) - 2);
            row.unwrap_or_default() != before
        });
        sitting.does("\r");
    }
    sitting.does("jd");
    assert!(people.len() > 1);
    sitting.looks("10-demo-seen");
    truths::figures(&mut sitting);
    sitting.leaves();

    let mut sitting = desk.sits(2, "20:00");
    sitting.sees("3", "[3 Debt");
    sitting.looks("11-tuesday-evening-debt");
    truths::figures(&mut sitting);
    sitting.sees("2", "[2 Plan");
    sitting.looks("12-tuesday-evening-plan");
    sitting.leaves();
}

fn wednesday(desk: &Desk) {
    standup(desk, 3, "13-wednesday-standup", |_| {});
    let mut sitting = desk.sits(3, "10:00");
    sitting.terminal.press("4");
    sitting.terminal.wait_for("Must change");
    sitting.looks("14-review-empty");
    sitting.does(" ");
    sitting.leaves();

    let mut sitting = desk.sits(3, "10:06:20");
    sitting.terminal.press("4");
    sitting.fills("N", "says", &["the demo ran from a clean clone", "good"]);
    sitting.fills(
        "N",
        "says",
        &["two names for the same thing, both half right", "bad"],
    );
    sitting.fills(
        "N",
        "says",
        &[
            "I pushed it without reading it again. Sorry.",
            "embarrassing",
        ],
    );
    let people = team(&sitting);
    let undecided = sitting.json(&["debt"])["totals"]["open"].as_u64().unwrap();
    for item in 0..undecided.min(4) {
        // From the first bucket to the second after two of them.
        if item == 2 {
            sitting.terminal.press("l");
        }
        sitting.sees("D", "down to choose");
        let chosen = "\u{1b}[B".repeat(usize::try_from(item).unwrap() + 1);
        sitting.does(&format!("{chosen}\r"));
    }
    sitting.terminal.press("hh");
    sitting.fills(
        "a",
        "To refactor",
        &[
            "one module for all of the names, and none beside it",
            &people[0],
            "src/lib.rs",
            "-40",
            "",
        ],
    );
    sitting.fills("T", "test of", &["the names that are there, in one test"]);
    sitting.fills(
        "a",
        "To refactor",
        &[
            "split the longest function in three",
            &people[1],
            "",
            "",
            "",
        ],
    );
    sitting.terminal.press("ll");
    sitting.fills(
        "a",
        "To get to delete",
        &["what stood in", &people[1], "", "-188", ""],
    );
    sitting.fills("!", "?", &["yes, each is asked once"]);
    sitting.looks("15-review");
    truths::figures(&mut sitting);
    sitting.does(" ");
    sitting.leaves();
}

fn thursday(desk: &Desk) {
    standup(desk, 4, "16-thursday-standup", |_| {});
    let mut sitting = desk.sits(4, "10:05");
    sitting.sees("5", "Needs a decision");
    sitting.looks("17-payback-empty");
    let people = team(&sitting);
    sitting.fills(
        "a",
        "A line",
        &["how to run it in one command", &people[0], "document"],
    );
    sitting.does(" ");
    sitting.fills(
        "a",
        "A line",
        &[
            "the stub is never linked into a release",
            &people[1],
            "test",
        ],
    );
    sitting.fills(
        "a",
        "A line",
        &["no public name without a sentence", "", "standard"],
    );
    sitting.does("f");
    sitting.looks("18-payback-lists");
    sitting.leaves();
}

fn pay_back(desk: &Desk) {
    let mut sitting = desk.sits(4, "14:20");
    sitting.sees("5", "Needs a decision");
    sitting.looks("19-payback");
    truths::figures(&mut sitting);
    sitting.sees("3", "[3 Debt");
    sitting.looks("20-thursday-debt");
    truths::figures(&mut sitting);
    sitting.leaves();

    let mut sitting = desk.sits(4, "17:40");
    sitting.sees("5", "Needs a decision");
    sitting.terminal.press("l");
    let mut left = undecided(&sitting);
    for turn in 0.. {
        if left == 0 {
            break;
        }
        match turn % 3 {
            0 => {
                let why = "it does no harm until the next release";
                sitting.fills("A", ", because", &[why]);
            }
            1 => {
                sitting.does("C");
            }
            _ if turn == 2 => {
                sitting.does("i");
            }
            _ => {
                sitting.does("C");
            }
        }
        let before = left;
        left = undecided(&sitting);
        assert_eq!(left + 1, before, "{}", sitting.terminal.text());
        let of = if left == 0 {
            "0 ━━".to_owned()
        } else {
            format!(" {left} ━━")
        };
        sitting
            .terminal
            .wait_until(&format!("{left} left"), |screen| {
                let text = screen.contents();
                text.contains(&of) || (left == 0 && text.contains("every item is settled"))
            });
        if turn == 1 {
            sitting.looks("21-payback-deciding");
        }
    }
    sitting.does("X");
    sitting.looks("22-payback-closed");
    truths::figures(&mut sitting);
    sitting.leaves();
}

fn undecided(sitting: &Sitting<'_>) -> u64 {
    sitting.json(&["debt"])["totals"]["undecided"]
        .as_u64()
        .unwrap()
}

fn friday(desk: &Desk) {
    standup(desk, 5, "23-friday-standup", |_| {});
    let mut sitting = desk.sits(5, "15:00");
    sitting.sees("6", "Keep");
    sitting.looks("24-retro-empty");
    for (column, card) in [
        ("keep", "promises with a time"),
        ("keep", "everybody knew who had what by ten on Monday"),
        ("change", "planning ran over"),
        ("change", "the plan took too long"),
        ("try", "a test before the first line of a refactor"),
    ] {
        sitting.fills("a", "A card for the retro", &[card, column]);
    }
    // The cursor is at the last card, of the last column.
    sitting.does(" ");
    sitting.terminal.press("h");
    sitting.does("gg ");
    sitting.does(" ");
    sitting.sees("jm", "is marked");
    sitting.does("km");
    let people = team(&sitting);
    sitting.fills(
        "A",
        "Somebody does something",
        &["a bell at ten to ten", &people[1], "Mon"],
    );
    for (at, person) in people.iter().enumerate() {
        let felt = ["4", "4.5", "3", "5", "3.5"][at % 5];
        match at {
            0 => sitting.fills("f", "How did the week feel?", &[felt, person]),
            _ => {
                // The next one is asked at once.
                sitting.terminal.wait_for("How did the week feel?");
                let before = sitting.terminal.row(-2);
                sitting
                    .terminal
                    .press(&format!("\u{15}{felt}\t\u{15}{person}\r"));
                sitting.said_after(&before)
            }
        };
    }
    sitting.fills("b", "Beer", &["Fri 17:00, on the roof"]);
    sitting.does(".");
    sitting.looks("25-retro");
    truths::figures(&mut sitting);
    truths::summary(&mut sitting);
    sitting.leaves();
}

fn roadmap(desk: &Desk) {
    let mut sitting = desk.sits(5, "15:40");
    sitting.sees("7", "Features");
    sitting.looks("26-roadmap-empty");
    sitting.fills("i", "What it is", &["What the whole town builds on"]);
    sitting.fills(
        "s",
        "What it solves",
        &["Waiting without a thread for each who waits"],
    );
    for (name, stage, left) in [
        ("the names that stay", "alpha", "3"),
        ("runs on every platform", "alpha", "5"),
        ("a book for those who come new", "beta", "8"),
    ] {
        sitting.fills("a", "A feature", &[name, stage, left]);
    }
    sitting.does("gg ");
    sitting.does("L");
    sitting.looks("27-roadmap");
    truths::figures(&mut sitting);
    sitting.leaves();
}

fn close(desk: &Desk) {
    let mut sitting = desk.sits(5, "16:30");
    sitting.terminal.press("2");
    sitting.terminal.wait_for("[2 Plan");
    // What is open of the first one's tasks goes on next week, the rest is done.
    sitting.does("C");
    sitting.terminal.press("l");
    sitting.does("d");
    sitting.looks("28-friday-plan");
    sitting.sees("6", "Keep");
    sitting.does("X");
    sitting.looks("29-closed");
    truths::figures(&mut sitting);
    truths::summary(&mut sitting);
    sitting.leaves();

    let mut sitting = desk.sits(8, "09:05");
    sitting.sees("2", "[2 Plan");
    sitting.terminal.wait_for("↻");
    sitting.looks("30-next-monday-plan");
    truths::figures(&mut sitting);
    sitting.sees("1", "Round robin");
    sitting.looks("31-next-monday-standup");
    sitting.sees("3", "[3 Debt");
    sitting.looks("32-next-monday-debt");
    sitting.sees("5", "Paid down");
    sitting.looks("33-next-monday-payback");
    sitting.sees("6", "Keep");
    sitting.looks("34-next-monday-retro");
    sitting.leaves();
}
