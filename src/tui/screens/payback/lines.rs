//! What is done to the lines of the checklists.

use super::state::Asked;
use crate::tui::form::{Field, Form, Problem, one_of};
use crate::tui::model::Reply;
use crate::tui::screens::people;
use crate::tui::seen::Seen;
use crate::week::Id;
use crate::week::payback::{Check, CheckList, PaybackCommand};
use crate::week::review::{Bucket, Finding, ReviewCommand, Test};

use super::panes::LISTS;

/// What a list is called, in more and in less room.
pub(super) fn titles(list: CheckList) -> &'static [&'static str] {
    match list {
        CheckList::Document => &["Document"],
        CheckList::Test => &["Test"],
        CheckList::Refactor => &["Refactor"],
        CheckList::Standard => &["Standards we agree", "Standards"],
    }
}

/// The word of a list in a form.
fn word(list: CheckList) -> &'static str {
    match list {
        CheckList::Document => "document",
        CheckList::Test => "test",
        CheckList::Refactor => "refactor",
        CheckList::Standard => "standard",
    }
}

/// Asks for a new line.
pub(super) fn add(seen: &Seen<'_>, list: CheckList) -> Reply {
    let words = LISTS.map(|list| word(list).to_owned());
    let fields = vec![
        Field::text("what", "").hint("what is to be done, or agreed on"),
        people::field("who", seen.board(), None),
        Field::choice("list", word(list), words.to_vec()),
    ];
    Reply::form(Form::of("A line", fields, Asked::Add))
}

/// Takes a new line.
///
/// # Errors
/// No text, nobody, no list.
pub(super) fn added(seen: &Seen<'_>, values: &[String]) -> Result<(Reply, CheckList), Problem> {
    let value = |at: usize| values.get(at).map_or("", String::as_str);
    let text = some(value(0))?;
    let owner = people::read(seen.board(), value(1), 1)?;
    let words = LISTS.map(|list| word(list).to_owned());
    let list = one_of(value(2), &words).map_err(|why| Problem::new(2, why))?;
    let list = LISTS[list];
    let add = PaybackCommand::AddCheck {
        week: seen.name,
        list,
        text,
        owner,
        finding: None,
    };
    Ok((Reply::write(add), list))
}

fn some(text: &str) -> Result<String, Problem> {
    match text {
        "" => Err(Problem::new(0, "a few words are needed")),
        text => Ok(text.to_owned()),
    }
}

/// Asks for a line anew.
pub(super) fn edit(seen: &Seen<'_>, check: &Check) -> Reply {
    let fields = vec![
        Field::text("what", check.text.clone()),
        people::field("who", seen.board(), check.owner.as_ref()),
    ];
    Reply::form(Form::of("The line", fields, Asked::Edit(check.id.clone())))
}

/// Takes a line anew.
///
/// # Errors
/// No text, nobody.
pub(super) fn edited(seen: &Seen<'_>, check: &Id, values: &[String]) -> Result<Reply, Problem> {
    let value = |at: usize| values.get(at).map_or("", String::as_str);
    Ok(Reply::write(PaybackCommand::EditCheck {
        check: check.clone(),
        text: some(value(0))?,
        owner: people::read(seen.board(), value(1), 1)?,
    }))
}

/// Ticks a line, or takes the tick back.
pub(super) fn tick(check: &Check) -> Reply {
    Reply::write(PaybackCommand::Tick {
        check: check.id.clone(),
        done: check.done_at.is_none(),
    })
}

/// Gives a line to somebody, or to nobody where it is theirs.
pub(super) fn take(check: &Check, me: &Id) -> Reply {
    let mine = check.owner.as_ref() == Some(me);
    Reply::write(PaybackCommand::EditCheck {
        check: check.id.clone(),
        text: check.text.clone(),
        owner: (!mine).then(|| me.clone()),
    })
}

/// The finding of the review that a line is.
pub(super) fn finding<'a>(seen: &Seen<'a>, check: &Check) -> Option<&'a Finding> {
    seen.board().findings.get(check.finding.as_ref()?)
}

/// The refactors of the review that are on no list.
pub(super) fn not_taken<'a>(seen: &Seen<'a>) -> Vec<&'a Finding> {
    let written = seen.written();
    let is_here = |finding: &Finding| {
        let checks = seen.board().checks.values();
        let mut checks = checks.filter(|check| check.week == seen.name);
        checks.any(|check| check.finding.as_ref() == Some(&finding.id))
    };
    let mut findings = written.findings(Bucket::Refactor);
    findings.retain(|finding| finding.done_at.is_none() && !is_here(finding));
    findings
}

/// Takes them over, as one step.
pub(super) fn from_review(seen: &Seen<'_>) -> Reply {
    let add = |finding: &Finding| PaybackCommand::AddCheck {
        week: seen.name,
        list: CheckList::Refactor,
        text: finding.what.clone(),
        owner: finding.owner.clone(),
        finding: Some(finding.id.clone()),
    };
    let all = not_taken(seen).into_iter().map(add).collect();
    Reply::write(PaybackCommand::All(all))
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
    Reply::form(Form::line(
        title,
        field,
        Asked::TestOfFinding(finding.id.clone()),
    ))
}

/// The test of a finding as it was typed.
pub(in crate::tui::screens) fn tested(finding: &Id, typed: &str) -> ReviewCommand {
    ReviewCommand::Test {
        finding: finding.clone(),
        test: match typed {
            "" => Test::Missing,
            "-" => Test::NotNeeded,
            test => Test::Linked(test.to_owned()),
        },
    }
}

/// Asks why a finding goes without a test.
pub(super) fn unlock(finding: &Finding) -> Reply {
    let field = Field::text("", "").hint("it goes into the summary");
    let title = format!("{} goes without a test, because", finding.what);
    Reply::form(Form::line(title, field, Asked::Unlock(finding.id.clone())))
}
