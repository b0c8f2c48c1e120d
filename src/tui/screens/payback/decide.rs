//! What people decide of the selected item.

use super::actions::Do;
use super::state::{Asked, State};
use crate::report::debt::Item;
use crate::tui::form::{Field, Form};
use crate::tui::model::Reply;
use crate::tui::screens::debt::called;
use crate::tui::seen::Seen;
use crate::week::Id;
use crate::week::payback::{DebtWord, DecisionKind, PaybackCommand};

/// Does it, for who is at the keyboard.
pub(super) fn decide(seen: &Seen<'_>, act: Do, item: &Item, me: &Id) -> Reply {
    let Ok(id) = Id::key(&item.id) else {
        return Reply::default();
    };
    let name = called(seen.board(), item);
    let word = seen.board().debts.get(&id);
    let line = |title: String, value: Option<String>, hint: &str, asked: Asked| {
        let field = Field::text("", value.unwrap_or_default()).hint(hint);
        Reply::form(Form::line(title, field, asked))
    };
    match act {
        Do::Tick => said(seen, id, DecisionKind::Paid, None, me),
        Do::Carry => said(seen, id, DecisionKind::Carried, None, me),
        Do::Dismiss => said(seen, id, DecisionKind::Dismissed, None, me),
        Do::Accept => {
            let title = format!("accept {name}, because");
            line(title, None, "who asks later reads it", Asked::Accept(id))
        }
        Do::Issue => {
            let issue = word.and_then(|word| word.issue.clone());
            let title = format!("issue of {name}");
            line(
                title,
                issue,
                "its number or address; empty: none",
                Asked::Issue(id),
            )
        }
        Do::Test => {
            let test = word.and_then(|word| word.test.clone());
            let title = format!("test of {name}");
            let hint = "a file, a name or a commit; empty: none";
            line(title, test, hint, Asked::TestOfItem(id))
        }
        Do::Take => take(seen, id, word, me),
        _ => Reply::default(),
    }
}

/// Says it of an item.
pub(super) fn said(
    seen: &Seen<'_>,
    item: Id,
    kind: DecisionKind,
    reason: Option<String>,
    me: &Id,
) -> Reply {
    Reply::write(PaybackCommand::Decide {
        item,
        week: seen.name,
        kind,
        reason,
        by: Some(me.clone()),
    })
}

fn take(seen: &Seen<'_>, item: Id, word: Option<&DebtWord>, me: &Id) -> Reply {
    let mine = word.is_some_and(|word| word.owner.as_ref() == Some(me));
    Reply::write(PaybackCommand::Take {
        item,
        owner: (!mine).then(|| me.clone()),
        for_day: (!mine).then(|| seen.day().map_or(4, |day| day.max(4))),
    })
}

/// Why the item cannot be had so; there may be none.
pub(super) fn why_not(state: &State, seen: &Seen<'_>) -> Option<String> {
    match state.undecided(seen) {
        None if seen.overview.is_some() => Some("every item is decided".to_owned()),
        None => Some("the index is still being read".to_owned()),
        Some(_) => None,
    }
}
