//! The made-up week as a team writes it that uses neither our letters nor our figures: what people
//! wrote is told from hackweek's own words by its letters, wherever it stands in a frame.

use serde_json::Value;

use crate::report::commits::{Author, Commit};
use crate::report::debt::{DebtReport, Item};
use crate::week::Event;
use crate::workspace::Overview;
use crate::workspace::code::Code;

/// The fields of events that hold what people wrote.
const WRITTEN: [&str; 14] = [
    "beer",
    "goal",
    "is",
    "linked",
    "name",
    "note",
    "place",
    "reason",
    "shape",
    "solves",
    "stand_in",
    "stand_in_path",
    "text",
    "title",
];

/// A text in other letters and figures, each as wide as before.
pub(super) fn spelled(text: &str) -> String {
    let other = |c: char, first: char, of: char| {
        char::from_u32(u32::from(first) + u32::from(c) - u32::from(of)).unwrap()
    };
    let spell = |c: char| match c {
        'a'..='z' => other(c, 'а', 'a'),
        'A'..='Z' => other(c, 'А', 'A'),
        '0'..='9' => other(c, '०', '0'),
        c => c,
    };
    text.chars().map(spell).collect()
}

/// What an event writes.
pub(super) fn event(event: &Event) -> Event {
    let mut event = event.clone();
    let field = event.field.clone().unwrap_or_default();
    event.value = value(&field, &event.value);
    event.prior = value(&field, &event.prior);
    event
}

fn value(field: &str, written: &Value) -> Value {
    let name = field.split('/').next().unwrap_or_default();
    match written {
        Value::String(text) if name == "said" || name == "what" || WRITTEN.contains(&name) => {
            spelled(text).into()
        }
        Value::Object(fields) => {
            let fields = fields.iter();
            let fields = fields.map(|(name, written)| (name.clone(), value(name, written)));
            Value::Object(fields.collect())
        }
        other => other.clone(),
    }
}

/// The name of `Ann <ann@example.org>`: by the mail people are known.
fn author(author: &mut String) {
    if let Some((name, mail)) = author.split_once('<') {
        *author = format!("{}<{mail}", spelled(name));
    }
}

fn each<'a>(texts: impl IntoIterator<Item = &'a mut String>) {
    for text in texts {
        *text = spelled(text);
    }
}

fn item(item: &mut Item) {
    each([&mut item.repository, &mut item.text]);
    each(item.path.iter_mut().chain(&mut item.introduced.path));
    each(&mut item.assignee);
    author(&mut item.introduced.author);
    if let Some(paid) = &mut item.paid {
        author(&mut paid.author);
    }
    for event in &mut item.history {
        each(event.path.iter_mut().chain([&mut event.text]));
        author(&mut event.author);
    }
}

fn report(report: &mut DebtReport) {
    for repository in &mut report.repositories {
        each([&mut repository.name, &mut repository.path]);
    }
    report.items.iter_mut().for_each(item);
    report.suspected.iter_mut().for_each(item);
}

/// What is read besides the board.
pub(super) fn overview(overview: &mut Overview) {
    report(&mut overview.report);
    for Commit {
        repository,
        author: by,
        subject,
        paths,
        ..
    } in &mut overview.commits
    {
        each([repository, subject]);
        each(paths);
        author(by);
    }
    for Author {
        repository,
        author: by,
        ..
    } in &mut overview.authors
    {
        each([repository]);
        author(by);
    }
}

/// The code of an item.
pub(super) fn code(code: &mut Code) {
    let pieces = code.lines.iter_mut().flat_map(|line| &mut line.pieces);
    each(pieces.map(|piece| &mut piece.text));
}
