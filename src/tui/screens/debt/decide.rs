//! What people decide of the selected items: one, or all of a range as one step.

use super::actions::Do;
use super::choose::At;
use super::state::{Asked, State};
use super::words::{called, went};
use crate::report::debt::Item;
use crate::report::words::{plural, short};
use crate::tui::actions::Action;
use crate::tui::form::{Field, Form, Problem};
use crate::tui::message::Notice;
use crate::tui::model::Reply;
use crate::tui::seen::Seen;
use crate::week::Id;
use crate::week::payback::{DecisionKind, PaybackCommand};

/// The day that debt is paid back on.
const PAY_BACK: u8 = 4;

/// Whether an action is one of this file.
pub(super) fn decides(act: Do) -> bool {
    matches!(
        act,
        Do::Paid | Do::Take | Do::Accept | Do::Carry | Do::Dismiss | Do::Test | Do::Promote
    )
}

/// The selected items, by their ids.
fn chosen<'a>(state: &State, seen: &Seen<'a>) -> Vec<(Id, At, &'a Item)> {
    let Some(overview) = seen.overview else {
        return Vec::new();
    };
    let rows = state.rows.iter().copied();
    let chosen = state.chosen(overview);
    let rows = rows.skip(*chosen.start()).take(chosen.count());
    rows.filter_map(|at| {
        let item = at.item(overview)?;
        Some((Id::key(&item.id).ok()?, at, item))
    })
    .collect()
}

/// Why it cannot be had now; there are items.
pub(super) fn why_not(state: &State, seen: &Seen<'_>, act: Do) -> Option<String> {
    let chosen = chosen(state, seen);
    let (_, at, item) = chosen.first()?;
    match act {
        Do::Promote => {
            let suspected = |(id, at, _): &(Id, At, &Item)| at.suspected || promoted(seen, id);
            (!chosen.iter().any(suspected)).then(|| "it is declared debt already".to_owned())
        }
        Do::Test if chosen.len() > 1 => Some("a test is linked to one item".to_owned()),
        Do::Paid | Do::Accept | Do::Carry | Do::Dismiss if at.suspected => {
            Some("it is suspected only; p makes it debt".to_owned())
        }
        Do::Paid | Do::Accept | Do::Carry | Do::Dismiss
            if chosen.iter().all(|(_, _, item)| went(item)) =>
        {
            let paid = item.paid.as_ref().and_then(|paid| paid.commit.as_deref());
            Some(match paid.map(short) {
                Some(commit) => format!("git saw it go, in {commit}"),
                None => "it is paid already".to_owned(),
            })
        }
        _ => None,
    }
}

fn promoted(seen: &Seen<'_>, item: &Id) -> bool {
    let word = seen.board().debts.get(item);
    word.is_some_and(|word| word.promoted)
}

/// What is said of an item in the shown week.
fn said(seen: &Seen<'_>, item: &Id) -> Option<DecisionKind> {
    let word = seen.board().debts.get(item)?;
    word.decision_in(seen.name).map(|decision| decision.kind)
}

/// Does it.
pub(super) fn decide(state: &mut State, seen: &Seen<'_>, act: Do) -> Reply {
    let items = chosen(state, seen);
    let Some(me) = seen.me().cloned() else {
        return Reply::join(Action::Debt(act));
    };
    match act {
        Do::Paid => toggle(state, seen, DecisionKind::Paid, &items, me),
        Do::Carry => toggle(state, seen, DecisionKind::Carried, &items, me),
        Do::Dismiss => toggle(state, seen, DecisionKind::Dismissed, &items, me),
        Do::Take => take(state, seen, &items, &me),
        Do::Promote => {
            let back = items.iter().all(|(id, ..)| promoted(seen, id));
            let promote = |(item, at, _): &(Id, At, &Item)| {
                (back || at.suspected).then(|| PaybackCommand::Promote {
                    item: item.clone(),
                    promoted: !back,
                })
            };
            write(state, items.iter().filter_map(promote).collect())
        }
        Do::Accept => {
            let open: Vec<&(Id, At, &Item)> =
                items.iter().filter(|(_, _, item)| !went(item)).collect();
            let reason = match open.as_slice() {
                [(id, ..)] => reason(seen, id),
                _ => String::new(),
            };
            let title = match open.as_slice() {
                [(_, _, item)] => format!("accept {}, because", called(seen.board(), item)),
                many => {
                    let many = plural(many.len() as u64, "item", "items");
                    format!("accept {many}, because")
                }
            };
            let field = Field::text("reason", reason).hint("who asks later reads it");
            let ids = open.into_iter().map(|(id, ..)| id.clone()).collect();
            Reply::form(Form::line(title, field, Asked::Accept(ids)))
        }
        Do::Test => {
            let Some((id, _, item)) = items.into_iter().next() else {
                return Reply::default();
            };
            let word = seen.board().debts.get(&id);
            let test = word.and_then(|word| word.test.clone()).unwrap_or_default();
            let field = Field::text("test", test).hint("a file, a name or a commit; empty: none");
            let title = format!("test of {}", called(seen.board(), item));
            Reply::form(Form::line(title, field, Asked::Test(id)))
        }
        _ => Reply::default(),
    }
}

/// The reason that was given for an item.
fn reason(seen: &Seen<'_>, item: &Id) -> String {
    let word = seen.board().debts.get(item);
    let decision = word.and_then(|word| word.decision_in(seen.name));
    let reason = decision.and_then(|decision| decision.reason.clone());
    reason.unwrap_or_default()
}

/// Decides so of all that are not; takes it back where all are.
fn toggle(
    state: &mut State,
    seen: &Seen<'_>,
    kind: DecisionKind,
    items: &[(Id, At, &Item)],
    me: Id,
) -> Reply {
    let items: Vec<&(Id, At, &Item)> = items.iter().filter(|(_, _, item)| !went(item)).collect();
    let is_so = |id: &Id| said(seen, id) == Some(kind);
    let back = items.iter().all(|(id, ..)| is_so(id));
    let command = |(item, ..): &&(Id, At, &Item)| match (back, is_so(item)) {
        (true, _) => Some(PaybackCommand::Undecide { item: item.clone() }),
        (false, true) => None,
        (false, false) => Some(PaybackCommand::Decide {
            item: item.clone(),
            week: seen.name,
            kind,
            reason: None,
            by: Some(me.clone()),
        }),
    };
    write(state, items.iter().filter_map(command).collect())
}

/// Takes them, for the day that pays back, or for today when that is later; gives them back where
/// all are taken by the same person.
fn take(state: &mut State, seen: &Seen<'_>, items: &[(Id, At, &Item)], me: &Id) -> Reply {
    let is_mine = |id: &Id| {
        let word = seen.board().debts.get(id);
        word.is_some_and(|word| word.owner.as_ref() == Some(me))
    };
    let back = items.iter().all(|(id, ..)| is_mine(id));
    let day = seen.day().map_or(PAY_BACK, |day| day.max(PAY_BACK));
    let command = |(item, ..): &(Id, At, &Item)| {
        (back || !is_mine(item)).then(|| PaybackCommand::Take {
            item: item.clone(),
            owner: (!back).then(|| me.clone()),
            for_day: (!back).then_some(day),
        })
    };
    write(state, items.iter().filter_map(command).collect())
}

/// Writes them as one step; a range is over then.
fn write(state: &mut State, mut commands: Vec<PaybackCommand>) -> Reply {
    state.range = None;
    match (commands.pop(), commands.len()) {
        (None, _) => Reply::notice(Notice::bad("nothing to change: it is so already")),
        (Some(one), 0) => Reply::write(one),
        (Some(last), _) => {
            commands.push(last);
            Reply::write(PaybackCommand::All(commands))
        }
    }
}

/// Takes a reason or a test.
pub(super) fn answered(
    state: &mut State,
    seen: &Seen<'_>,
    asked: &Asked,
    values: &[String],
) -> Result<Reply, Problem> {
    let text = values.first().map_or("", String::as_str);
    match asked {
        Asked::Accept(_) if text.is_empty() => {
            Err(Problem::new(0, "a reason is needed: a few words"))
        }
        Asked::Accept(items) => {
            let accept = |item: &Id| PaybackCommand::Decide {
                item: item.clone(),
                week: seen.name,
                kind: DecisionKind::Accepted,
                reason: Some(text.to_owned()),
                by: seen.me().cloned(),
            };
            Ok(write(state, items.iter().map(accept).collect()))
        }
        Asked::Test(item) => Ok(Reply::write(PaybackCommand::Test {
            item: item.clone(),
            test: text.to_owned(),
        })),
    }
}
