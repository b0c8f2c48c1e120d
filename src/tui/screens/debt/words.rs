//! An item in words.

use chrono::{DateTime, FixedOffset};

use crate::report::carried::CarriedIn;
use crate::report::debt::{DecisionKind, Event, EventKind, How, Item, Source, Status};
use crate::report::order::is_paid;
use crate::report::words::{name, short};
use crate::week::{Board, Id, Numbered, Week, WeekName};
use crate::workspace::Overview;

/// Who owes an item: who took it, else whom it names, else who brought it in.
pub(in crate::tui::screens) fn owner<'a>(board: &'a Board, item: &'a Item) -> &'a str {
    let word = board.debts.get(item.id.as_str());
    if let Some(owner) = word.and_then(|word| word.owner.as_ref()) {
        return board.name(owner);
    }
    let author = &item.introduced.author;
    let mail = author.rsplit_once('<').map_or("", |(_, mail)| mail);
    let person = board.person_of_mail(mail.trim_end_matches('>').trim());
    item.assignee
        .as_deref()
        .or(person.map(|person| person.name.as_str()))
        .unwrap_or(name(author))
}

/// What an item is called: `D-05`, or the start of its id where it has no number.
pub(in crate::tui::screens) fn called(board: &Board, item: &Item) -> String {
    let number = Id::key(&item.id)
        .ok()
        .and_then(|id| board.numbers.shown(Numbered::Debt, &id));
    number.unwrap_or_else(|| short(&item.id))
}

/// `8 carried from hack 5`, and what became of them: `3 paid, 5 to pay or accept`. `None` where
/// nothing was carried into the shown week.
pub(in crate::tui::screens) fn carried_in(overview: &Overview) -> Option<(String, String)> {
    let carried = CarriedIn::of(&overview.report)?;
    let title = carried.title(|week| hack(&overview.board, week));
    Some((title, carried.fate()))
}

/// `hack 5`, or the name of a week that nobody numbered.
pub(in crate::tui::screens) fn hack(board: &Board, week: &str) -> String {
    let name = week.parse::<WeekName>().ok();
    let number = name.and_then(|name| board.week(name).record().number);
    number.map_or_else(|| week.to_owned(), |number| format!("hack {number}"))
}

/// Whether an item went without anybody saying so: then nobody has to say anything of it.
pub(in crate::tui::screens) fn went(item: &Item) -> bool {
    let decision = item.decision.as_ref().map(|decision| decision.kind);
    let commit = item.paid.as_ref().and_then(|paid| paid.commit.as_ref());
    is_paid(item.status) && (commit.is_some() || decision != Some(DecisionKind::Paid))
}

/// `gateway.rs:42`, or `commit` and the commit of a message, or `a promise`.
pub(in crate::tui::screens) fn file_line(item: &Item) -> String {
    match (&item.path, item.line) {
        (Some(path), line) => {
            let file = path.rsplit('/').next().unwrap_or(path);
            line.map_or_else(|| file.to_owned(), |line| format!("{file}:{line}"))
        }
        (None, _) if item.source == Source::Promise => "a promise".to_owned(),
        (None, _) => format!("commit {}", short(&item.introduced.commit)),
    }
}

/// `src/gateway.rs:42`.
pub(in crate::tui::screens) fn place(item: &Item) -> String {
    match (&item.path, item.line) {
        (Some(path), Some(line)) => format!("{path}:{line}"),
        (Some(path), None) => path.clone(),
        (None, _) if item.source == Source::Promise => "a promise".to_owned(),
        (None, _) => short(&item.introduced.commit),
    }
}

/// An item in one line of plain text.
pub(super) fn row(board: &Board, item: &Item) -> String {
    format!(
        "{} {}  {}  {}",
        item.marker,
        item.text,
        place(item),
        owner(board, item)
    )
}

/// An item as a line of a Markdown list, a tick where it is paid.
pub(in crate::tui::screens) fn markdown(board: &Board, item: &Item) -> String {
    let tick = match item.status {
        Status::Paid | Status::PaidLate => "x",
        _ => " ",
    };
    let text: String = item
        .text
        .chars()
        .flat_map(|c| match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' => vec!['\\', c],
            c => vec![c],
        })
        .collect();
    let place = place(item).replace('`', "'");
    format!(
        "- [{tick}] **{}** {text} (`{place}`, {})",
        item.marker,
        owner(board, item)
    )
}

/// What happened, in one word of at most eight letters. A payment that took the words alone is
/// doubtful.
pub(super) fn event(event: &Event, item: &Item) -> &'static str {
    match event.event {
        EventKind::Introduced => "opened",
        EventKind::Moved => "moved",
        EventKind::Edited => "edited",
        EventKind::Reopened => "back",
        EventKind::Paid => match item.paid.as_ref().map(|paid| paid.how) {
            Some(How::Fixed) => "fixed",
            Some(How::Deleted) => "deleted",
            Some(How::CommentOnly) => "doubtful",
            Some(How::Said) | None => "paid",
        },
    }
}

/// What an event says beside its word: where it moved from and to, or who did it.
pub(super) fn detail(
    before: Option<&Event>,
    event: &Event,
    arrow: &str,
    call: &dyn Fn(&str) -> String,
) -> String {
    let moved = match (before, event.event) {
        (Some(before), EventKind::Moved) => Some((before, event)),
        _ => None,
    };
    let Some((before, event)) = moved else {
        return call(name(&event.author));
    };
    let line = |event: &Event| {
        event
            .line
            .map_or_else(String::new, |line| format!(":{line}"))
    };
    let file = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    match (&before.path, &event.path) {
        (Some(from), Some(to)) if from != to => {
            format!("{} {arrow} {}", file(from), file(to))
        }
        _ => format!("{} {arrow} {}", line(before), line(event)),
    }
}

/// `Mon 15:10` in the shown week, else `12 Mar 2019`.
pub(super) fn when(week: &Week, time: DateTime<FixedOffset>) -> String {
    if week.span().contains(&time.to_utc()) {
        time.format("%a %H:%M").to_string()
    } else {
        time.format("%-d %b %Y").to_string()
    }
}
