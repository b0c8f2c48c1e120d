//! The rows of items: what is open, what was decided, what was paid.

use std::io;

use super::columns::{self, Column, Set};
use super::page::{Ink, Page, Span};
use super::words::{People, age, day, short};
use crate::debt::Tier;
use crate::report::debt::{DebtReport, DecisionKind, How, Item, Source, Status};
use crate::report::order::is_overdue;
use crate::report::order::risk;

/// What all rows of a page share.
pub(super) struct Frame<'a> {
    report: &'a DebtReport,
    people: People<'a>,
    named: bool,
}

impl<'a> Frame<'a> {
    /// `named` puts the repository before each path.
    pub(super) fn new(report: &'a DebtReport, named: bool) -> Self {
        Self {
            report,
            people: People::of(report),
            named,
        }
    }
}

/// The rows of open items.
pub(super) fn open(page: &mut Page<'_>, frame: &Frame<'_>, items: &[&Item]) -> io::Result<()> {
    const COLUMNS: [Column; 7] = [
        Column::sign(),
        KIND,
        Column::flexible("What", Set::Left, 20, 72, 0),
        Column::flexible("Where", Set::Place, 16, 48, 1),
        Column::flexible("Owner", Set::Left, 6, 14, 4),
        Column::fixed("Since", 3),
        Column {
            set: Set::Right,
            ..Column::fixed("Owed", 2)
        },
    ];
    let now = frame.report.generated_at;
    let rows = items
        .iter()
        .map(|item| {
            // Only what was due has missed its deadline: the hack days' debt, and what was carried in.
            let missed = is_overdue(frame.report, item);
            let (sign, ink) = match &item.carried_from {
                Some(_) => (page.signs().carried, Ink::Warn),
                None => (page.signs().open, Ink::Plain),
            };
            vec![
                Span::new(if missed { Ink::Bad } else { ink }, sign),
                kind(item),
                what(item),
                place(item, frame.named),
                owner(item, &frame.people),
                Span::new(Ink::Dim, &day(frame.report, item.introduced.time)),
                Span::new(Ink::Plain, &age(item.introduced.time, now)),
            ]
        })
        .collect::<Vec<_>>();
    columns::write(page, &COLUMNS, &rows)
}

/// The rows of items that people decided on.
pub(super) fn decided(page: &mut Page<'_>, frame: &Frame<'_>, items: &[&Item]) -> io::Result<()> {
    const COLUMNS: [Column; 7] = [
        Column::sign(),
        KIND,
        Column::flexible("What", Set::Left, 16, 48, 0),
        Column::flexible("Where", Set::Place, 12, 40, 4),
        Column::fixed("Now", 1),
        Column::flexible("Why", Set::Left, 8, 40, 2),
        Column::flexible("By", Set::Left, 5, 14, 3),
    ];
    let rows = items
        .iter()
        .map(|item| {
            let sign = match item.status {
                Status::Carried => page.signs().carried,
                Status::Dismissed => page.signs().dismissed,
                _ => page.signs().accepted,
            };
            let state = match item.status {
                Status::Carried => "carried",
                Status::Dismissed => "not debt",
                _ => "accepted",
            };
            let decision = item.decision.as_ref();
            let reason = decision.and_then(|decision| decision.reason.as_deref());
            let by = decision.map(|decision| frame.people.call(&decision.by));
            vec![
                Span::new(Ink::Accent, sign),
                kind(item),
                what(item),
                place(item, frame.named),
                Span::new(Ink::Plain, state),
                Span::new(Ink::Plain, reason.unwrap_or_default()),
                Span::new(Ink::Dim, by.unwrap_or_default()),
            ]
        })
        .collect::<Vec<_>>();
    columns::write(page, &COLUMNS, &rows)
}

/// The rows of paid items: how, by which commit, by whom and on which day.
pub(super) fn paid(page: &mut Page<'_>, frame: &Frame<'_>, items: &[&Item]) -> io::Result<()> {
    const COLUMNS: [Column; 9] = [
        Column::sign(),
        KIND,
        Column::flexible("What", Set::Left, 16, 60, 0),
        Column::flexible("Where", Set::Place, 14, 40, 5),
        Column::fixed("How", 2),
        Column::flexible("In", Set::Left, 7, 9, 1),
        Column::flexible("By", Set::Left, 5, 14, 3),
        Column::fixed("When", 4),
        Column::fixed("", 0),
    ];
    let rows = items
        .iter()
        .map(|item| {
            let late = item.status == Status::PaidLate;
            let paid = item.paid.as_ref();
            let (how, ink) = match paid.map(|paid| paid.how) {
                Some(How::Fixed) => ("fixed", Ink::Plain),
                Some(How::Deleted) => ("deleted", Ink::Plain),
                // Nothing but the words changed: the reader should doubt it.
                Some(How::CommentOnly) => ("words?", Ink::Warn),
                Some(How::Said) => ("said", Ink::Plain),
                None => said(item),
            };
            let commit = paid.and_then(|paid| paid.commit.as_deref()).map(short);
            let by = paid.map(|paid| frame.people.call(&paid.author));
            let when = paid.map(|paid| day(frame.report, paid.time));
            vec![
                Span::new(if late { Ink::Warn } else { Ink::Good }, page.signs().paid),
                kind(item),
                what(item),
                place(item, frame.named),
                Span::new(ink, how),
                Span::new(Ink::Dim, &commit.unwrap_or_default()),
                Span::new(Ink::Plain, by.unwrap_or_default()),
                Span::new(Ink::Dim, &when.unwrap_or_default()),
                Span::new(Ink::Warn, if late { "late" } else { "" }),
            ]
        })
        .collect::<Vec<_>>();
    columns::write(page, &COLUMNS, &rows)
}

const KIND: Column = Column {
    least: 4,
    ..Column::flexible("Kind", Set::Left, 4, 8, 0)
};

/// What a payment without a commit is called.
fn said(item: &Item) -> (&'static str, Ink) {
    match item.decision.as_ref().map(|decision| decision.kind) {
        Some(DecisionKind::Paid) => ("said", Ink::Plain),
        _ => ("gone", Ink::Plain),
    }
}

fn kind(item: &Item) -> Span {
    let ink = if risk(item) <= 1 { Ink::Warn } else { Ink::Dim };
    // A confession has no tag of its own.
    if item.tier == Tier::Suspected {
        Span::new(Ink::Dim, "?")
    } else {
        Span::new(ink, &item.marker)
    }
}

fn what(item: &Item) -> Span {
    let ticket = item
        .ticket
        .as_deref()
        .filter(|ticket| !item.text.contains(ticket));
    match (item.text.trim(), ticket) {
        ("", None) => Span::new(Ink::Dim, "(no words)"),
        (text, None) => Span::new(Ink::Plain, text),
        (text, Some(ticket)) => Span::new(Ink::Plain, format!("{ticket} {text}").trim_end()),
    }
}

fn place(item: &Item, named: bool) -> Span {
    let place = match (&item.path, item.line, item.source) {
        (Some(path), Some(line), _) => format!("{path}:{line}"),
        (Some(path), None, _) => path.clone(),
        (None, _, Source::CommitMessage) => format!("commit {}", short(&item.introduced.commit)),
        (None, _, Source::Promise) => "a promise".to_owned(),
        (None, ..) => String::new(),
    };
    if !named {
        return Span::new(Ink::Plain, &place);
    }
    let between = if item.path.is_some() { "/" } else { " " };
    Span::new(Ink::Plain, &format!("{}{between}{place}", item.repository))
}

/// Who is to pay: the one named in the marker, else the one who introduced it.
fn owner(item: &Item, people: &People<'_>) -> Span {
    let owner = item
        .assignee
        .as_deref()
        .unwrap_or_else(|| people.call(&item.introduced.author));
    Span::new(Ink::Plain, owner)
}
