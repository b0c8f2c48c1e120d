//! The demo, the review, day 4's checklists and the retro, as pages.

use std::io::{self, Write};

use super::View;
use super::columns::{self, Column, Set};
use super::page::{Ink, Page, Span};
use crate::report::boards::{
    Action, Card, Check, CheckPage, Finding, Question, QuestionList, RetroPage, ReviewPage,
    ShowPage, Speaker,
};
use crate::report::review::{ABOUT, BUCKETS, beside};
use crate::report::words::plural;

const ID: Column = Column::fixed("Id", 0);

fn plain(text: &str) -> Span {
    Span::new(Ink::Plain, text)
}

fn dim(text: &str) -> Span {
    Span::new(Ink::Dim, text)
}

/// `6:20` of seconds.
fn clock(seconds: i64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// Done, or still to do.
fn state(page: &Page<'_>, done: bool) -> Span {
    match done {
        true => Span::new(Ink::Good, page.signs().paid),
        false => plain(page.signs().open),
    }
}

/// The week, and what of it.
fn head(page: &mut Page<'_>, week: &str, what: &str) -> io::Result<()> {
    page.line(&[
        Span::new(Ink::Strong, &format!(" {week}")),
        dim(&format!("  {what}")),
    ])
}

/// A round in one line, where somebody had a turn.
fn speakers(page: &mut Page<'_>, what: &str, speakers: &[Speaker]) -> io::Result<()> {
    if speakers.iter().all(|speaker| speaker.turn == "waiting") {
        return Ok(());
    }
    let done = speakers.iter().filter(|speaker| speaker.turn == "done");
    page.section(
        false,
        what,
        &format!("{} of {}", done.count(), speakers.len()),
    )?;
    let mut line = vec![plain(" ")];
    for speaker in speakers {
        let (sign, took) = turn(page, speaker);
        let time = match took {
            true => format!(" {}", clock(speaker.seconds)),
            false => String::new(),
        };
        line.push(sign);
        line.push(plain(&format!(" {}{time}   ", speaker.name)));
    }
    page.line(&line)
}

/// The sign of somebody's turn, and whether it is or was.
fn turn(page: &Page<'_>, speaker: &Speaker) -> (Span, bool) {
    let signs = page.signs();
    match (speaker.turn.as_str(), speaker.away) {
        ("done", _) => (Span::new(Ink::Good, signs.paid), true),
        ("speaking", _) => (Span::new(Ink::Accent, signs.now), true),
        (_, true) => (dim(signs.dismissed), false),
        _ => (plain(signs.open), false),
    }
}

/// Writes the hacks of a demo.
///
/// # Errors
/// Those of `out`.
pub fn write_shows(shows: &ShowPage, view: &View, out: &mut dyn Write) -> io::Result<()> {
    const COLUMNS: [Column; 6] = [
        Column::sign(),
        ID,
        Column::flexible("Hack", Set::Left, 16, 60, 0),
        Column::flexible("Who", Set::Left, 5, 16, 1),
        Column::flexible("Debt", Set::Left, 4, 24, 2),
        Column::fixed("Verdict", 0),
    ];
    let mut page = Page::new(view, out);
    if shows.shows.is_empty() {
        let text = format!(
            "Nothing to show in {}. `hackweek show add TEXT` puts a hack on the list.",
            shows.week
        );
        return page.sentence(None, Ink::Plain, &text);
    }
    let rows = shows.shows.iter().map(|show| {
        let ink = match show.verdict.as_str() {
            "undecided" => Ink::Dim,
            _ => Ink::Plain,
        };
        vec![
            state(&page, show.seen_at.is_some()),
            Span::new(Ink::Accent, &show.id),
            plain(&show.what),
            dim(&show.by),
            dim(&show.debt.join(" ")),
            Span::new(ink, &show.verdict),
        ]
    });
    let rows: Vec<Vec<Span>> = rows.collect();
    columns::write(&mut page, &COLUMNS, &rows)?;
    speakers(&mut page, "Shown", &shows.speakers)
}

/// Writes what a review found.
///
/// # Errors
/// Those of `out`.
pub fn write_review(review: &ReviewPage, view: &View, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(view, out);
    head(&mut page, &review.week, "review")?;
    for (bucket, title) in BUCKETS {
        let own = review.findings.iter().filter(|it| it.bucket == bucket);
        let own: Vec<&Finding> = own.collect();
        let right = beside(review, bucket, own.len());
        page.section(bucket == "refactor", title, &right)?;
        findings(&mut page, &own)?;
    }
    said(&mut page, review)?;
    let answered = review.questions.iter().filter(|it| it.answer.is_some());
    let right = format!("{} of {}", answered.count(), review.questions.len());
    page.section(false, "Questions", &right)?;
    questions(&mut page, &review.questions)?;
    speakers(&mut page, "Presented", &review.speakers)?;
    let all: u64 = review.day_4.iter().map(|load| load.items).sum();
    if all > 0 {
        page.section(false, "Day 4, so far", &format!("{all} items"))?;
        let loads = review.day_4.iter().map(|load| {
            let name = load.name.as_deref().unwrap_or("nobody");
            format!("{name} {}", load.items)
        });
        let loads: Vec<String> = loads.collect();
        page.sentence(None, Ink::Plain, &loads.join("  "))?;
    }
    Ok(())
}

/// What each said, and what became of what was shown.
fn said(page: &mut Page<'_>, review: &ReviewPage) -> io::Result<()> {
    let shown = &review.shown;
    if review.said.is_empty() && shown.hacks == 0 {
        return Ok(());
    }
    let right = match shown.hacks {
        0 => String::new(),
        hacks => format!(
            "{} shown, {} to undo, {} to keep, {} undecided",
            plural(hacks, "hack", "hacks"),
            shown.undo,
            shown.keep,
            shown.undecided
        ),
    };
    page.section(false, "Show and tell", &right)?;
    const COLUMNS: [Column; 3] = [
        Column::flexible("Who", Set::Left, 5, 16, 0),
        Column::fixed("", 0),
        Column::flexible("What", Set::Left, 16, 80, 0),
    ];
    let rows = review.said.iter().map(|said| {
        let about = ABOUT.iter().find(|(about, _)| *about == said.about);
        let about = about.map_or("", |(_, title)| title);
        vec![plain(&said.by), dim(about), plain(&said.text)]
    });
    let rows: Vec<Vec<Span>> = rows.collect();
    match rows.is_empty() {
        true => Ok(()),
        false => columns::write(page, &COLUMNS, &rows),
    }
}

/// Writes what a review asks.
///
/// # Errors
/// Those of `out`.
pub fn write_questions(list: &QuestionList, view: &View, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(view, out);
    head(&mut page, &list.week, "questions of the review")?;
    questions(&mut page, &list.questions)
}

fn questions(page: &mut Page<'_>, questions: &[Question]) -> io::Result<()> {
    for question in questions {
        let sign = state(page, question.answer.is_some());
        let id = question.id.as_ref().map(|id| format!("  {id}"));
        page.line(&[
            plain(" "),
            sign,
            plain(&format!(" {} {}", question.number, question.question)),
            dim(&id.unwrap_or_default()),
        ])?;
        if let Some(answer) = &question.answer {
            page.line(&[dim(&format!("     {answer}"))])?;
        }
    }
    Ok(())
}

fn findings(page: &mut Page<'_>, findings: &[&Finding]) -> io::Result<()> {
    const COLUMNS: [Column; 7] = [
        Column::sign(),
        Column::fixed("Id", 0),
        Column::flexible("What", Set::Left, 16, 50, 0),
        Column::flexible("Where", Set::Place, 8, 30, 2),
        Column::fixed("Debt", 3),
        Column::flexible("Test", Set::Left, 4, 28, 4),
        Column::flexible("Who", Set::Left, 5, 16, 1),
    ];
    if findings.is_empty() {
        return page.line(&[dim(" none")]);
    }
    let rows = findings.iter().map(|finding| {
        let lines = finding.lines.map(|lines| format!(" {lines:+}"));
        let place = finding.place.clone().unwrap_or_default();
        let test = match (&finding.test, finding.test_state.as_str()) {
            (Some(test), _) => plain(test),
            (None, "not_needed") => dim("needs none"),
            (None, _) if finding.locked => Span::new(Ink::Warn, "missing: locked"),
            (None, _) => dim(finding.unlocked_because.as_deref().unwrap_or_default()),
        };
        vec![
            state(page, finding.done_at.is_some()),
            Span::new(Ink::Accent, &finding.id),
            plain(&finding.what),
            dim(&format!("{place}{}", lines.unwrap_or_default())),
            dim(finding.debt.as_deref().unwrap_or_default()),
            test,
            dim(finding.owner.as_deref().unwrap_or_default()),
        ]
    });
    let rows: Vec<Vec<Span>> = rows.collect();
    columns::write(page, &COLUMNS, &rows)
}

/// Writes the checklists of day 4.
///
/// # Errors
/// Those of `out`.
pub fn write_checks(checks: &CheckPage, view: &View, out: &mut dyn Write) -> io::Result<()> {
    const COLUMNS: [Column; 5] = [
        Column::sign(),
        Column::fixed("", 0),
        Column::flexible("", Set::Left, 16, 60, 0),
        Column::flexible("", Set::Left, 5, 16, 1),
        Column::fixed("", 2),
    ];
    let mut page = Page::new(view, out);
    if checks.checks.is_empty() {
        let text = format!(
            "No checklists in {}. `hackweek check add TEXT --as document` begins one.",
            checks.week
        );
        return page.sentence(None, Ink::Plain, &text);
    }
    head(&mut page, &checks.week, "day 4")?;
    for (list, title) in [
        ("document", "Document"),
        ("test", "Test"),
        ("refactor", "Refactor"),
        ("standard", "Standards we agree"),
    ] {
        let own = checks.checks.iter().filter(|check| check.list == list);
        let own: Vec<&Check> = own.collect();
        if own.is_empty() {
            continue;
        }
        let done = own.iter().filter(|check| check.done_at.is_some()).count();
        page.section(false, title, &format!("{done} of {}", own.len()))?;
        let rows = own.iter().map(|check| {
            let sign = match check.locked {
                true => Span::new(Ink::Warn, page.signs().bad),
                false => state(&page, check.done_at.is_some()),
            };
            let locked = if check.locked { "no test yet" } else { "" };
            vec![
                sign,
                Span::new(Ink::Accent, &check.id),
                plain(&check.text),
                dim(check.owner.as_deref().unwrap_or_default()),
                Span::new(Ink::Warn, locked),
            ]
        });
        let rows: Vec<Vec<Span>> = rows.collect();
        columns::write(&mut page, &COLUMNS, &rows)?;
    }
    if let Some(at) = checks.closed_at {
        page.blank()?;
        let text = format!("Day 4 was closed on {}.", at.format("%a %-d %b %H:%M"));
        page.sentence(None, Ink::Good, &text)?;
    }
    Ok(())
}

/// Writes a retro.
///
/// # Errors
/// Those of `out`.
pub fn write_retro(retro: &RetroPage, view: &View, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(view, out);
    head(&mut page, &retro.week, "retro")?;
    if let Some(topic) = &retro.topic {
        let runs = if topic.runs { "" } else { ", paused" };
        let text = format!("Now: {} {}{runs}", topic.card, clock(topic.seconds));
        page.sentence(None, Ink::Strong, &text)?;
    }
    for (column, title) in [("keep", "Keep"), ("change", "Change"), ("try", "Try")] {
        let own = retro.cards.iter().filter(|card| card.column == column);
        let own: Vec<&Card> = own.collect();
        page.section(column == "keep", title, &own.len().to_string())?;
        cards(&mut page, &own)?;
    }
    for (title, own) in [
        ("Actions of this week", &retro.actions),
        ("Actions for the next week", &retro.next_actions),
    ] {
        if !own.is_empty() {
            let done = own.iter().filter(|action| action.status == "done").count();
            page.section(false, title, &format!("{done} of {} done", own.len()))?;
            actions(&mut page, own)?;
        }
    }
    let left: Vec<String> = (retro.votes.iter())
        .filter(|votes| votes.left > 0)
        .map(|votes| format!("{} {}", votes.name, votes.left))
        .collect();
    if !left.is_empty() && !retro.cards.is_empty() {
        page.blank()?;
        page.sentence(None, Ink::Dim, &format!("Votes left: {}", left.join("  ")))?;
    }
    Ok(())
}

fn cards(page: &mut Page<'_>, cards: &[&Card]) -> io::Result<()> {
    const COLUMNS: [Column; 4] = [
        ID,
        Column {
            set: Set::Right,
            ..Column::fixed("Votes", 0)
        },
        Column::flexible("Card", Set::Left, 16, 60, 0),
        Column::flexible("Who", Set::Left, 5, 16, 1),
    ];
    if cards.is_empty() {
        return page.line(&[dim(" none")]);
    }
    let rows = cards.iter().map(|card| {
        let mut text = card.text.clone();
        if !card.merged.is_empty() {
            text.push_str(&format!(" (with {})", card.merged.join(", ")));
        }
        vec![
            Span::new(Ink::Accent, &card.id),
            plain(&card.votes.to_string()),
            plain(&text),
            dim(card.by.as_deref().unwrap_or_default()),
        ]
    });
    columns::write(page, &COLUMNS, &rows.collect::<Vec<_>>())
}

fn actions(page: &mut Page<'_>, actions: &[Action]) -> io::Result<()> {
    const COLUMNS: [Column; 6] = [
        Column::sign(),
        Column::fixed("Id", 0),
        Column::flexible("Action", Set::Left, 16, 60, 0),
        Column::flexible("Who", Set::Left, 5, 16, 1),
        Column::fixed("Day", 2),
        Column::fixed("", 1),
    ];
    let rows = actions.iter().map(|action| {
        let sign = match action.status.as_str() {
            "done" => Span::new(Ink::Good, page.signs().paid),
            "carried" => plain(page.signs().carried),
            "dropped" => dim(page.signs().dismissed),
            _ => plain(page.signs().open),
        };
        let times = match action.times {
            0 | 1 => String::new(),
            times => format!("{times} times"),
        };
        vec![
            sign,
            Span::new(Ink::Accent, &action.id),
            plain(&action.text),
            dim(action.owner.as_deref().unwrap_or_default()),
            dim(&action.day.map(|day| day.to_string()).unwrap_or_default()),
            Span::new(Ink::Warn, &times),
        ]
    });
    let rows: Vec<Vec<Span>> = rows.collect();
    columns::write(page, &COLUMNS, &rows)
}
