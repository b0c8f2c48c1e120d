//! What people decided of an item, as the report has it.

use crate::debt::Tier;
use crate::report::debt::{Decision, DecisionKind, How, Item, Paid};
use crate::week::family::Family;
use crate::week::payback::DecisionKind as Kind;
use crate::week::{Board, Id, Week};

/// Writes down what people say of an item: a promotion, the decision that counts in the week, and
/// the payment where it was said that it is paid.
pub(super) fn apply(item: &mut Item, board: &Board, week: &Week) {
    let Some(word) = board.debts.get(item.id.as_str()) else {
        return;
    };
    if word.promoted {
        item.tier = Tier::Declared;
    }
    let Some(said) = word.decision_in(week.name()) else {
        return;
    };
    let by = (said.by.as_ref()).map_or_else(String::new, |by| full_name(board, by));
    let time = week.zone().local(said.time()).fixed_offset();
    item.decision = Some(Decision {
        kind: match said.kind {
            Kind::Paid => DecisionKind::Paid,
            Kind::Accepted => DecisionKind::Accepted,
            Kind::Carried => DecisionKind::Carried,
            Kind::Dismissed => DecisionKind::Dismissed,
        },
        reason: said.reason.clone(),
        by: by.clone(),
        time,
    });
    if said.kind == Kind::Paid && item.paid.is_none() {
        item.paid = Some(Paid {
            commit: None,
            author: by,
            time,
            day: week.day_of(said.time()),
            how: How::Said,
        });
    }
}

/// Returns `Name <mail>`, or the name of who has no address; of one whom nobody knows, the id. It
/// is asked of the facts: who was taken off the board still decided.
pub(super) fn full_name(board: &Board, person: &Id) -> String {
    let Some(entity) = board.facts().entity(Family::Person, person) else {
        return person.to_string();
    };
    let mails: Vec<String> = entity.set("mails/");
    match (entity.text("name"), mails.first()) {
        (name, Some(mail)) => format!("{name} <{mail}>"),
        (name, None) if !name.is_empty() => name,
        _ => person.to_string(),
    }
}
