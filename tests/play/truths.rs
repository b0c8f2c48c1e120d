//! What is true whoever draws it: the screens say what the commands say, and git says so too.

use std::path::Path;

use serde_json::Value;

use super::desk::{Desk, Sitting};
use super::past::{git, git_maybe};

/// A document without the moment at which it was made.
fn timeless(text: &str) -> Value {
    let mut value: Value = serde_json::from_str(text).unwrap();
    value["generated_at"] = Value::Null;
    value
}

fn figure(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

/// The figures on the screens are those of the commands at the same moment.
pub(crate) fn figures(sitting: &mut Sitting<'_>) {
    let before = sitting.terminal.row(4);
    let debt = sitting.json(&["debt"]);
    let totals = &debt["totals"];
    let (open, introduced) = (figure(&totals["open"]), figure(&totals["introduced"]));
    let carried = debt["carried_in"].as_array().unwrap().iter();
    let left = open + carried.filter(|item| item["status"] == "open").count() as u64;
    sitting.sees("3", "[3 Debt");
    let text = sitting.terminal.text();
    assert!(text.contains(&format!("[3 Debt {left}]")), "{left}\n{text}");
    let head = format!("{open} open of {introduced} ");
    assert!(introduced == 0 || text.contains(&head), "{head}\n{text}");
    sitting.sees("5", "[5 Payback]");
    let text = sitting.terminal.text();
    let written = sitting.exports("xj");
    let own = serde_json::to_string(&debt).unwrap();
    assert_eq!(timeless(&written), timeless(&own));
    let paid = figure(&totals["paid"]) + figure(&totals["paid_late"]);
    let due = introduced - figure(&totals["dismissed"]);
    let says = format!("{paid} of {due} paid");
    assert!(due == 0 || text.contains(&says), "{says}\n{text}");

    sitting.sees("1", "[1 Standup]");
    let standup = sitting.json(&["standup"]);
    let written = sitting.exports("xj");
    let own = serde_json::to_string(&standup).unwrap();
    assert_eq!(timeless(&written), timeless(&own));

    // Back to where it was.
    let tab = before.split('[').nth(1).and_then(|tab| tab.chars().next());
    let tab = tab.unwrap().to_string();
    sitting.sees(&tab, &format!("[{tab} "));
}

/// The summary of the screen is that of the command, in every word.
pub(crate) fn summary(sitting: &mut Sitting<'_>) {
    sitting.sees("6", "[6 Retro]");
    let written = sitting.exports("xj");
    let own = serde_json::to_string(&sitting.json(&["summary"])).unwrap();
    assert_eq!(timeless(&written), timeless(&own));
}

/// How many lines of a commit are a text, but for blanks at the ends. One that has no words but its
/// marker is another in each file: `path` says in which it is looked for.
fn count(repository: &Path, commit: &str, text: &str, path: &str, wordless: bool) -> usize {
    let path = if wordless { path } else { ":/" };
    let asked = ["grep", "-h", "-a", "-F", "-e", text, commit, "--", path];
    let (_, lines) = git_maybe(repository, &asked);
    lines.lines().filter(|line| line.trim() == text).count()
}

/// A line of a file in a commit, without blanks at its ends.
fn line(repository: &Path, commit: &str, path: &str, line: u64) -> Option<String> {
    let (found, text) = git_maybe(repository, &["show", &format!("{commit}:{path}")]);
    let at = usize::try_from(line).unwrap().checked_sub(1)?;
    let line = text.lines().nth(at).map(str::trim);
    line.filter(|_| found).map(str::to_owned)
}

/// What is said to be introduced and paid in the week, seen by git alone: where an item begins there is
/// its line, and more of that line than in any parent; where it ends there is less than in a parent.
pub(crate) fn git_agrees(desk: &Desk, day: u64, clock: &str) -> (usize, usize) {
    let moment = desk.past.moment(day, clock);
    desk.past.go_to(moment);
    let clone = &desk.past.clone;
    let report = desk.json(moment, &["debt", "--week", &desk.week]);
    let (mut begun, mut ended) = (0, 0);
    for item in report["items"].as_array().unwrap() {
        if item["source"] != "code" {
            continue;
        }
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let parents = |commit: &str| {
            let parents = git(clone, &["rev-parse", &format!("{commit}^@")]);
            parents.lines().map(str::to_owned).collect::<Vec<_>>()
        };
        let birth = &item["introduced"];
        let wordless = text(&item["text"]).is_empty();
        let (commit, path) = (text(&birth["commit"]), text(&birth["path"]));
        let at = figure(&birth["line"]);
        let own = line(clone, &commit, &path, at).unwrap();
        let marker = text(&item["marker"]).to_lowercase();
        assert!(own.to_lowercase().contains(&marker), "{own:?}: {item}");
        let here = count(clone, &commit, &own, &path, wordless);
        for parent in parents(&commit) {
            let before = count(clone, &parent, &own, &path, wordless);
            assert!(here > before, "{here} here, {before} before: {item}");
        }
        begun += 1;
        if item["paid"].is_null() {
            let head = git(clone, &["rev-parse", "HEAD"]);
            let (path, at) = (text(&item["path"]), figure(&item["line"]));
            let now = line(clone, head.trim(), &path, at).unwrap_or_default();
            assert!(now.to_lowercase().contains(&marker), "{now:?}: {item}");
        } else if item["paid"]["how"] != "said" {
            let commit = text(&item["paid"]["commit"]);
            let (path, at) = (text(&item["path"]), figure(&item["line"]));
            let less = parents(&commit).iter().any(|parent| {
                let last = line(clone, parent, &path, at).unwrap_or_default();
                last.to_lowercase().contains(&marker)
                    && count(clone, &commit, &last, &path, wordless)
                        < count(clone, parent, &last, &path, wordless)
            });
            assert!(less, "{item}");
            ended += 1;
        }
    }
    (begun, ended)
}

/// Everything that is on the board.
fn board(desk: &Desk) -> Vec<Value> {
    let moment = desk.past.moment(8, "09:30");
    let lists = [
        &["team", "list"][..],
        &["week", "--week", &desk.week],
        &["task", "list", "--week", &desk.week],
        &["promise", "list", "--week", &desk.week],
        &["note", "list", "--week", &desk.week],
        &["show", "list", "--week", &desk.week],
        &["review", "--week", &desk.week],
        &["check", "list", "--week", &desk.week],
        &["retro", "--week", &desk.week],
        &["roadmap"],
        &["task", "list"],
        &["debt", "--week", &desk.week],
    ];
    lists
        .iter()
        .map(|list| {
            let mut list = desk.json(moment, list);
            if let Some(list) = list.as_object_mut() {
                list.remove("generated_at");
            }
            list
        })
        .collect()
}

/// The board at its beginning is what undoing all leads to; doing all again leads back.
pub(crate) fn undo_and_redo(desk: &Desk, empty: &[Value]) -> usize {
    let full = board(desk);
    let moment = desk.past.moment(8, "09:20");
    let all = |word: &str| {
        let mut done = 0;
        loop {
            let (code, _, err) = desk.run(moment, &[word]);
            if code != 0 {
                assert!(err.contains("nothing to"), "{err}");
                return done;
            }
            done += 1;
        }
    };
    let undone = all("undo");
    let back = board(desk);
    // Debt knows what people decided; what git knows of it is as it was.
    for (empty, back) in empty.iter().zip(&back) {
        assert_eq!(empty, back);
    }
    assert_eq!(all("redo"), undone);
    assert_eq!(board(desk), full);
    undone
}

/// What is read of git a second time is what was read the first time.
pub(crate) fn rebuild_changes_nothing(desk: &Desk) {
    let moment = desk.past.moment(8, "09:40");
    let before = board(desk);
    let (code, _, err) = desk.run(moment, &["rebuild"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(board(desk), before);
}

/// The board before anybody wrote.
pub(crate) fn empty(desk: &Desk) -> Vec<Value> {
    desk.past.go_to(desk.past.moment(8, "09:30"));
    board(desk)
}
