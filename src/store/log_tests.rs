//! The log on disk: what is written is there, and nothing that was there is lost.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use rusqlite::Connection;

use super::database::FILE;
use super::{Access, Database, Error, Log};
use crate::week::made_up::MadeUp;
use crate::week::task::{TaskCommand, TaskStatus};
use crate::week::team::TeamCommand;
use crate::week::{Board, Event, Id, Numbered, Refusal, Seen, Ulid, Writer, Zone};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn open(folder: &Path) -> Log {
    Log::open_on(
        Database::open(folder, Access::Write).unwrap(),
        "pay",
        "machine",
    )
    .unwrap()
}

fn at(minute: i64) -> DateTime<Utc> {
    let start: DateTime<Utc> = "2026-11-16T08:00:00Z".parse().unwrap();
    start + TimeDelta::minutes(minute)
}

fn add(text: &str) -> TaskCommand {
    TaskCommand::Add {
        week: "2026-W47".parse().unwrap(),
        text: text.to_owned(),
        owner: None,
        day: None,
    }
}

fn texts(board: &Board) -> Vec<&str> {
    board
        .tasks
        .values()
        .map(|task| task.text.as_str())
        .collect()
}

#[test]
fn what_was_written_is_there_after_a_restart_and_can_be_undone() {
    let folder = folder();
    let mut log = open(folder.path());
    let done = log.run(add("charge"), at(1), Zone::UTC).unwrap();
    assert_eq!(done.sentence, "T-01 added: charge");
    let task = done.made.unwrap();
    log.run(
        TaskCommand::Mark {
            task: task.clone(),
            status: TaskStatus::Done,
        },
        at(2),
        Zone::UTC,
    )
    .unwrap();
    let writer = log.writer().clone();
    drop(log);

    let mut log = open(folder.path());
    assert_eq!(*log.writer(), writer);
    assert!(log.board().tasks[&task].is_done());
    assert_eq!(log.to_undo().unwrap().unwrap(), "T-01 done");
    let undone = log.undo(at(3), Zone::UTC).unwrap();
    assert_eq!(undone.sentence, "undone: T-01 done");
    drop(log);

    let mut log = open(folder.path());
    assert!(!log.board().tasks[&task].is_done());
    assert_eq!(
        log.redo(at(4), Zone::UTC).unwrap().sentence,
        "done again: T-01 done"
    );
    let history: Vec<String> = log
        .history(&task)
        .unwrap()
        .into_iter()
        .map(|(_, said)| said)
        .collect();
    assert_eq!(history.len(), 4);
    assert_eq!(history[0], "T-01 added: charge");
}

#[test]
fn a_refused_command_leaves_nothing() {
    let folder = folder();
    let mut log = open(folder.path());
    let refused = log.run(add("  "), at(1), Zone::UTC).unwrap_err();
    assert!(
        matches!(refused, Error::Refused(Refusal::Empty { .. })),
        "{refused}"
    );
    assert!(matches!(
        log.undo(at(1), Zone::UTC),
        Err(Error::Refused(Refusal::NothingToUndo))
    ));
    drop(log);
    assert_eq!(texts(open(folder.path()).board()), Vec::<&str>::new());
}

#[test]
fn two_processes_write_under_one_name_and_see_each_other() {
    let folder = folder();
    let (mut one, mut two) = (open(folder.path()), open(folder.path()));
    assert_eq!(one.writer(), two.writer());
    assert!(!two.catch_up().unwrap());
    one.run(add("one"), at(1), Zone::UTC).unwrap();
    two.run(add("two"), at(2), Zone::UTC).unwrap();
    assert!(one.catch_up().unwrap());
    assert!(!one.catch_up().unwrap());
    assert_eq!(texts(one.board()), ["one", "two"]);
    assert!(one.board() == two.board());
    assert_eq!(one.board().numbers, two.board().numbers);
    // What the other did last is what goes first.
    assert_eq!(
        one.undo(at(3), Zone::UTC).unwrap().sentence,
        "undone: T-02 added: two"
    );
    two.catch_up().unwrap();
    assert_eq!(texts(two.board()), ["one"]);
}

#[test]
fn projects_share_a_file_and_nothing_else() {
    let folder = folder();
    let mut pay = open(folder.path());
    pay.run(add("charge"), at(1), Zone::UTC).unwrap();
    let database = Database::open(folder.path(), Access::Write).unwrap();
    let mut web = Log::open_on(database, "web", "machine").unwrap();
    assert_eq!(
        web.run(add("page"), at(2), Zone::UTC).unwrap().sentence,
        "T-01 added: page"
    );
    pay.catch_up().unwrap();
    assert_eq!(texts(pay.board()), ["charge"]);
}

#[test]
fn a_copied_file_and_another_machine_get_a_new_writer() {
    let (folder, copy) = (folder(), folder());
    let mut log = open(folder.path());
    log.run(add("charge"), at(1), Zone::UTC).unwrap();
    let writer = log.writer().clone();
    drop(log);
    fs::copy(folder.path().join(FILE), copy.path().join(FILE)).unwrap();
    let mut copied = open(copy.path());
    assert_ne!(*copied.writer(), writer);
    assert_eq!(texts(copied.board()), ["charge"]);
    copied.run(add("more"), at(2), Zone::UTC).unwrap();
    // What each wrote since comes together again.
    let mut log = open(folder.path());
    assert_eq!(*log.writer(), writer);
    let events = copied.events_of(copied.writer(), 0).unwrap();
    assert_eq!(
        (log.receive(&events).unwrap(), log.receive(&events).unwrap()),
        (1, 0)
    );
    assert!(log.board() == copied.board());
    let database = Database::open(folder.path(), Access::Write).unwrap();
    assert_ne!(
        *Log::open_on(database, "pay", "other machine")
            .unwrap()
            .writer(),
        writer
    );
}

#[test]
fn a_log_that_says_other_than_it_said_is_not_taken() {
    let (folder, other) = (folder(), folder());
    let mut log = open(folder.path());
    let mut theirs = open(other.path());
    theirs.run(add("charge"), at(1), Zone::UTC).unwrap();
    theirs.run(add("more"), at(1), Zone::UTC).unwrap();
    let mut events = theirs.events_of(theirs.writer(), 0).unwrap();
    log.receive(&events[..1]).unwrap();
    events[0].wall += 1;
    assert!(matches!(
        log.receive(&events),
        Err(Error::Rewritten { seq: 1, .. })
    ));
    assert_eq!(texts(log.board()), ["charge"]);
    events.remove(0);
    events[0].value = "x".repeat(70_000).into();
    assert!(matches!(log.receive(&events), Err(Error::TooLarge { .. })));
    drop(log);
    assert_eq!(texts(open(folder.path()).board()), ["charge"]);
}

#[test]
fn numbers_of_debt_stay_and_those_of_tasks_follow_from_the_log() {
    let folder = folder();
    let items: Vec<Id> = ["b", "a", "c"].map(|id| id.parse().unwrap()).into();
    let mut log = open(folder.path());
    log.number_debt(&items[..2]).unwrap();
    log.run(add("charge"), at(1), Zone::UTC).unwrap();
    drop(log);
    let mut log = open(folder.path());
    log.number_debt(&items).unwrap();
    let before = log.board().numbers.clone();
    let shown = |id: &str| before.shown(Numbered::Debt, &id.parse().unwrap()).unwrap();
    assert_eq!(
        [shown("b"), shown("a"), shown("c")],
        ["D-01", "D-02", "D-03"]
    );
    log.rebuild().unwrap();
    assert_eq!(log.board().numbers, before);
    assert_eq!(open(folder.path()).board().numbers, before);
}

#[test]
fn a_file_of_something_else_is_refused_and_left_alone() {
    let folder = folder();
    let path = folder.path().join(FILE);
    let open = || {
        Database::open(folder.path(), Access::Write)
            .map(drop)
            .unwrap_err()
    };
    fs::write(&path, "not a database, but somebody's notes, longer than a header of SQLite is, with more words than it needs, to be sure of it").unwrap();
    let before = fs::read(&path).unwrap();
    assert!(matches!(open(), Error::NotOurs { .. }));
    assert_eq!(fs::read(&path).unwrap(), before);
    fs::remove_file(&path).unwrap();
    Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE birds (name TEXT)")
        .unwrap();
    assert!(matches!(open(), Error::NotOurs { .. }));
}

#[test]
fn a_file_of_a_newer_version_is_refused_with_advice() {
    let folder = folder();
    drop(open(folder.path()));
    let connection = Connection::open(folder.path().join(FILE)).unwrap();
    connection.pragma_update(None, "user_version", 999).unwrap();
    drop(connection);
    let refused = Database::open(folder.path(), Access::Write).unwrap_err();
    assert!(matches!(refused, Error::Newer { found: 999, .. }));
    assert!(
        refused.to_string().ends_with("update hackweek"),
        "{refused}"
    );
}

#[test]
fn a_file_that_was_deleted_under_us_is_not_written_into_the_void() {
    let folder = folder();
    let mut log = open(folder.path());
    log.run(add("charge"), at(1), Zone::UTC).unwrap();
    for file in fs::read_dir(folder.path()).unwrap() {
        fs::remove_file(file.unwrap().path()).unwrap();
    }
    assert!(matches!(
        log.run(add("more"), at(2), Zone::UTC),
        Err(Error::Gone { .. })
    ));
    drop(open(folder.path()));
    assert!(matches!(
        log.run(add("more"), at(3), Zone::UTC),
        Err(Error::Gone { .. })
    ));
}

#[test]
fn a_file_that_is_opened_to_read_is_read() {
    let folder = folder();
    assert!(Database::open(folder.path(), Access::Read).is_err());
    let mut log = open(folder.path());
    log.run(add("charge"), at(1), Zone::UTC).unwrap();
    let reader = Database::open(folder.path(), Access::Read).unwrap();
    assert_eq!(reader.quick_check().unwrap(), Vec::<String>::new());
    let mut reader = Log::open(reader, "pay").unwrap();
    assert_eq!(texts(reader.board()), ["charge"]);
    assert!(matches!(
        reader.run(add("more"), at(2), Zone::UTC),
        Err(Error::ReadOnly { .. })
    ));
    let nobodys = Database::open(folder.path(), Access::Read).unwrap();
    assert!(matches!(
        Log::open(nobodys, "web"),
        Err(Error::ReadOnly { .. })
    ));
}

#[test]
fn a_writer_who_does_not_come_to_an_end_is_named() {
    let folder = folder();
    let mut log = open(folder.path());
    let other = Connection::open(folder.path().join(FILE)).unwrap();
    log.database()
        .reader()
        .busy_timeout(std::time::Duration::ZERO)
        .unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = log
        .run(add("charge"), at(1), Zone::UTC)
        .unwrap_err()
        .to_string();
    assert!(refused.contains("another hackweek is writing"), "{refused}");
    other.execute_batch("ROLLBACK").unwrap();
    log.run(add("charge"), at(1), Zone::UTC).unwrap();
    assert_eq!(texts(log.board()), ["charge"]);
}

#[test]
fn the_log_can_be_neither_changed_nor_cut() {
    let folder = folder();
    let mut log = open(folder.path());
    log.run(add("charge"), at(1), Zone::UTC).unwrap();
    let connection = Connection::open(folder.path().join(FILE)).unwrap();
    assert!(connection.execute("DELETE FROM event", []).is_err());
    assert!(
        connection
            .execute("UPDATE event SET body = '{}'", [])
            .is_err()
    );
}

#[cfg(unix)]
#[test]
fn the_file_is_for_its_owner_alone_and_no_link() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, other) = (folder(), folder());
    let mut log = open(folder.path());
    log.run(add("charge"), at(1), Zone::UTC).unwrap();
    for file in fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(
            file.metadata().unwrap().permissions().mode() & 0o077,
            0,
            "{file:?}"
        );
    }
    std::os::unix::fs::symlink(folder.path().join(FILE), other.path().join(FILE)).unwrap();
    assert!(Database::open(other.path(), Access::Write).is_err());
}

#[test]
fn the_made_up_week_comes_back_from_the_file_as_it_was() {
    let folder = folder();
    let made_up = MadeUp::new(&[]).unwrap();
    let mut log = open(folder.path());
    log.receive(made_up.events()).unwrap();
    let whole = Board::of(made_up.events());
    assert!(*log.board() == whole && *open(folder.path()).board() == whole);
    assert_eq!(log.board().numbers, whole.numbers);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn rebuilding_gives_what_was_there(steps in prop::collection::vec((any::<bool>(), 0u8..6), 1..30)) {
        let folder = folder();
        let mut logs = [open(folder.path()), open(folder.path())];
        logs[0].run(TeamCommand::Add { name: "Ann".into(), mails: vec![] }, at(0), Zone::UTC).unwrap();
        for (minute, (who, what)) in steps.into_iter().enumerate() {
            let log = &mut logs[usize::from(who)];
            let at = at(i64::try_from(minute).unwrap());
            log.catch_up().unwrap();
            let last = log.board().tasks.keys().next_back().cloned();
            let _ = match (what, last) {
                (0 | 1, _) | (_, None) => log.run(add("words"), at, Zone::UTC),
                (2, Some(task)) => log.run(TaskCommand::Delete { task }, at, Zone::UTC),
                (3, Some(task)) => log.run(TaskCommand::Mark { task, status: TaskStatus::Cut }, at, Zone::UTC),
                (4, _) => log.undo(at, Zone::UTC),
                _ => log.redo(at, Zone::UTC),
            };
        }
        let [mut one, mut two] = logs;
        one.catch_up().unwrap();
        two.catch_up().unwrap();
        prop_assert!(one.board() == two.board());
        let (board, rows) = (one.board().clone(), rows(&one));
        one.rebuild().unwrap();
        prop_assert!(*one.board() == board);
        prop_assert_eq!(&one.board().numbers, &board.numbers);
        prop_assert_eq!(self::rows(&one), rows);
        prop_assert_eq!(one.to_undo().unwrap(), two.to_undo().unwrap());
    }
}

fn rows(log: &Log) -> Vec<(String, u32, String)> {
    let connection = log.database().reader();
    let mut statement = connection
        .prepare("SELECT kind, number, entity FROM number ORDER BY kind, number")
        .unwrap();
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// 125,000 events: ten people, fifty each a day, for a year, on ten clones.
fn a_year_of_a_large_team() -> Vec<Event> {
    let writers: Vec<Writer> = (1..=10).map(Writer::new).collect();
    let mut seen = Seen::default();
    let mut shared = Arc::new(Seen::default());
    let mut tasks: Vec<Id> = Vec::new();
    let mut events = Vec::new();
    for n in 0..125_000u32 {
        let writer = &writers[n as usize % 10];
        if n % 500 == 0 {
            shared = Arc::new(seen.clone());
        }
        let seq = seen.of(writer) + 1;
        seen.0.insert(writer.clone(), seq);
        let id = Ulid::new(1_700_000_000_000 + i64::from(n) * 60_000, n.into());
        let is_new = n % 5 == 0 || tasks.is_empty();
        let entity = match tasks
            .len()
            .checked_sub(1 + (n as usize * 7) % 300.min(tasks.len().max(1)))
        {
            Some(at) if !is_new => tasks[at].clone(),
            _ => Id::from(id),
        };
        let week = format!("2026-W{:02}", 1 + n / 2600);
        let (field, value) = if is_new {
            tasks.push(entity.clone());
            (
                "*",
                serde_json::json!({"week": week, "text": "write the words of a task down", "owner": tasks[0], "order": "i"}),
            )
        } else {
            [
                ("status", "done".into()),
                ("order", "j5".into()),
                ("owner", n.to_string().into()),
                ("day", 3.into()),
            ][n as usize % 4]
                .clone()
        };
        let json = serde_json::json!({
            "seq": seq, "id": id, "k": if is_new { "task.new" } else { "task.set" }, "e": entity,
            "wall": id.millis(), "tz": "Europe/Berlin", "f": field, "x": value,
        });
        events
            .push(Event::of_json(&json.to_string(), writer.clone(), Arc::clone(&shared)).unwrap());
    }
    events
}

/// Prints what a year costs: `cargo test --release -- --ignored --nocapture a_year`.
#[test]
#[ignore = "a measurement"]
#[allow(clippy::print_stderr)]
fn a_year_of_a_large_team_is_opened_without_a_wait() {
    let folder = folder();
    let events = a_year_of_a_large_team();
    let clock = |what: &str, from: Instant| eprintln!("{what}: {:?}", from.elapsed());
    let from = Instant::now();
    let board = Board::of(&events);
    clock("fold", from);
    let mut log = open(folder.path());
    let from = Instant::now();
    log.receive(&events).unwrap();
    clock("receive", from);
    drop(log);
    let from = Instant::now();
    let mut log = open(folder.path());
    clock("open", from);
    assert!(*log.board() == board);
    let from = Instant::now();
    log.run(add("one more"), at(0), Zone::UTC).unwrap();
    clock("one command", from);
    let from = Instant::now();
    log.undo(at(1), Zone::UTC).unwrap();
    clock("undo", from);
    let size = fs::metadata(folder.path().join(FILE)).unwrap().len();
    eprintln!(
        "file: {} MB, {} tasks",
        size / 1_000_000,
        log.board().tasks.len()
    );
    if let Ok(status) = fs::read_to_string("/proc/self/status") {
        status
            .lines()
            .filter(|line| line.starts_with("VmHWM"))
            .for_each(|line| eprintln!("{line}"));
    }
}
