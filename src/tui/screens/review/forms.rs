//! What the Review screen asks for.

use super::findings::{item, open_debt};
use super::state::Asked;
use super::tell::{ABOUT, word};
use crate::report::debt::Item;
use crate::tui::form::{Field, Form, Problem, one_of};
use crate::tui::model::Reply;
use crate::tui::screens::debt::{called, file_line};
use crate::tui::screens::people;
use crate::tui::seen::Seen;
use crate::week::review::{Bucket, Finding, NewFinding, ReviewCommand, Test};
use crate::week::{Id, WeekName};

const LINES: &str = "how many it adds, or takes away: -188";
const DEBT: &str = "a number like D-05, or words of the item; empty: none";

fn fields(seen: &Seen<'_>, finding: Option<&Finding>) -> Vec<Field> {
    let text = |of: fn(&Finding) -> String| finding.map(of).unwrap_or_default();
    let lines = finding.and_then(|finding| finding.lines);
    let lines = lines.map_or_else(String::new, |lines| lines.to_string());
    let debt = finding.and_then(|finding| finding.debt.as_ref());
    let debt = debt.map_or_else(String::new, |item| seen.board().debt_name(item));
    let owner = finding.and_then(|finding| finding.owner.as_ref());
    vec![
        Field::text("what", text(|finding| finding.what.clone())).hint("what is to be done"),
        people::field("who", seen.board(), owner),
        Field::text("where", text(|finding| finding.place.clone())).hint("a file, or file:line"),
        Field::text("lines", lines).hint(LINES),
        Field::text("debt", debt).hint(DEBT),
    ]
}

/// Asks for a new finding.
pub(super) fn add(seen: &Seen<'_>, bucket: Bucket) -> Reply {
    let title = format!("To {}", super::findings::title(bucket).to_lowercase());
    Reply::form(Form::of(title, fields(seen, None), Asked::Add(bucket)))
}

/// Asks for a finding anew.
pub(super) fn edit(seen: &Seen<'_>, finding: &Finding) -> Reply {
    let asked = Asked::Edit(finding.id.clone());
    Reply::form(Form::of("The finding", fields(seen, Some(finding)), asked))
}

/// What the fields say of a finding.
struct Said {
    what: String,
    owner: Option<Id>,
    place: String,
    lines: Option<i64>,
    debt: Option<Id>,
}

fn read(seen: &Seen<'_>, values: &[String], before: Option<&Finding>) -> Result<Said, Problem> {
    let value = |at: usize| values.get(at).map_or("", String::as_str);
    if value(0).is_empty() {
        return Err(Problem::new(0, "a few words are needed"));
    }
    let lines = match value(3) {
        "" => None,
        // A sign that a keyboard without a plain one has.
        lines => match lines.replace('−', "-").parse::<i64>() {
            Ok(lines) => Some(lines),
            Err(_) => return Err(Problem::new(3, LINES)),
        },
    };
    let before = before.and_then(|finding| finding.debt.clone());
    let debt = match value(4) {
        "" => None,
        // What stood there stays, also where it is no open item any more.
        same if before
            .as_ref()
            .is_some_and(|id| seen.board().debt_name(id) == same) =>
        {
            before
        }
        typed => id(item(seen, typed, 4)?),
    };
    Ok(Said {
        what: value(0).to_owned(),
        owner: people::read(seen.board(), value(1), 1)?,
        place: value(2).to_owned(),
        lines,
        debt,
    })
}

fn id(item: &Item) -> Option<Id> {
    Id::key(&item.id).ok()
}

/// Takes a new finding.
///
/// # Errors
/// A field that says nothing that can be used.
pub(super) fn added(seen: &Seen<'_>, bucket: Bucket, values: &[String]) -> Result<Reply, Problem> {
    let said = read(seen, values, None)?;
    Ok(new(seen.name, bucket, said))
}

fn new(week: WeekName, bucket: Bucket, said: Said) -> Reply {
    Reply::write(ReviewCommand::Add(NewFinding {
        week,
        bucket,
        owner: said.owner,
        what: said.what,
        place: said.place,
        lines: said.lines,
        debt: said.debt,
    }))
}

/// Takes a finding anew.
///
/// # Errors
/// A field that says nothing that can be used.
pub(super) fn edited(seen: &Seen<'_>, finding: &Id, values: &[String]) -> Result<Reply, Problem> {
    let said = read(seen, values, seen.board().findings.get(finding))?;
    Ok(Reply::write(ReviewCommand::Edit {
        finding: finding.clone(),
        what: said.what,
        place: said.place,
        owner: said.owner,
        lines: said.lines,
        debt: said.debt,
    }))
}

/// Asks for an item of debt.
pub(super) fn debt(seen: &Seen<'_>, bucket: Bucket) -> Reply {
    let choices = open_debt(seen).into_iter().map(|(named, _)| named);
    let field = Field::choice("item", "", choices.collect());
    let field = field.hint("a number like D-05, words of it, or down to choose");
    let title = format!("to {}", super::findings::title(bucket).to_lowercase());
    Reply::form(Form::line(title, field, Asked::Debt(bucket)))
}

/// Takes an item of debt as a finding of the same words, for who owes it.
///
/// # Errors
/// None or several.
pub(super) fn debt_added(
    seen: &Seen<'_>,
    bucket: Bucket,
    values: &[String],
) -> Result<Reply, Problem> {
    let item = item(seen, values.first().map_or("", String::as_str), 0)?;
    let debt = id(item);
    let findings = seen.board().findings.values();
    let mut findings = findings.filter(|finding| finding.week == seen.name);
    if let Some(finding) = findings.find(|f| f.debt.is_some() && f.debt == debt) {
        let (name, bucket) = (called(seen.board(), item), finding.bucket);
        let title = super::findings::title(bucket).to_lowercase();
        return Err(Problem::new(0, format!("{name} is in “{title}” already")));
    }
    let owner = crate::tui::screens::debt::owner(seen.board(), item);
    let team = seen.board().team();
    let owner = team.iter().find(|person| person.name == owner);
    let what = match item.text.trim() {
        "" => item.marker.clone(),
        text => text.to_owned(),
    };
    let said = Said {
        what,
        owner: owner.map(|person| person.id.clone()),
        place: file_line(item),
        lines: None,
        debt,
    };
    Ok(new(seen.name, bucket, said))
}

/// Asks for the test of a finding.
pub(super) fn test(finding: &Finding) -> Reply {
    let now = match &finding.test {
        Test::Linked(test) => test.clone(),
        Test::NotNeeded => "-".to_owned(),
        Test::Missing => String::new(),
    };
    let field = Field::text("", now).hint("a file, a name or a commit; -: needs none");
    let title = format!("test of {}", finding.what);
    Reply::form(Form::line(title, field, Asked::Test(finding.id.clone())))
}

/// Asks why a finding goes without a test.
pub(super) fn unlock(finding: &Finding) -> Reply {
    let field = Field::text("", "").hint("it goes into the summary");
    let title = format!("{} goes without a test, because", finding.what);
    Reply::form(Form::line(title, field, Asked::Unlock(finding.id.clone())))
}

/// Asks what somebody says.
pub(super) fn note(seen: &Seen<'_>, by: Id) -> Reply {
    let words = ABOUT.map(|about| word(about).to_lowercase());
    let title = format!("{} says", seen.board().name(&by));
    let fields = vec![
        Field::text("what", "").hint("of the hack, of the days"),
        Field::choice("it was", "good", words.to_vec()),
    ];
    Reply::form(Form::of(title, fields, Asked::Note(by)))
}

/// Takes what somebody says.
///
/// # Errors
/// No words; none of the three.
pub(super) fn noted(seen: &Seen<'_>, by: &Id, values: &[String]) -> Result<Reply, Problem> {
    let value = |at: usize| values.get(at).map_or("", String::as_str);
    if value(0).is_empty() {
        return Err(Problem::new(0, "a few words are needed"));
    }
    let words = ABOUT.map(|about| word(about).to_lowercase());
    let about = one_of(value(1), &words).map_err(|why| Problem::new(1, why))?;
    Ok(Reply::write(ReviewCommand::Say {
        week: seen.name,
        by: by.clone(),
        about: ABOUT[about],
        text: value(0).to_owned(),
    }))
}
