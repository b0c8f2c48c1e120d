//! Day 4: document, test, refactor, agree; then no item without a decision.

use super::{Script, card, week};
use crate::week::payback::{DecisionKind, PaybackCommand};
use crate::week::promise::{PromiseCommand, PromiseState};
use crate::week::refusal::Refusal;
use crate::week::retro::Column;
use crate::week::review::{ReviewCommand, Test};
use crate::week::task::{TaskCommand, TaskStatus};

pub(super) fn write(script: &mut Script) -> Result<(), Refusal> {
    let finding = script.id("cents, not floats");
    let test = Test::Linked("charge::cents_add_up".to_owned());
    script.at("19 09:30", ReviewCommand::Test { finding, test })?;
    let ticked = [
        "README: run it in one command",
        "POST /charge, with one example",
        "charge: happy, declined, timeout",
        "webhook replay from webhook.json",
        "one error type ",
        "cents, not floats ",
        "money is i64 cents",
        "no unwrap on input",
        "a mock has an end date",
    ];
    for line in ticked {
        let check = script.id(line);
        script.at("19 11:00", PaybackCommand::Tick { check, done: true })?;
    }
    let promise = script.id("webhook JSON");
    script.at(
        "19 11:30",
        PromiseCommand::Mark {
            promise,
            state: PromiseState::Real,
        },
    )?;
    let task = script.id("T-07");
    script.at(
        "19 12:00",
        TaskCommand::Mark {
            task,
            status: TaskStatus::Done,
        },
    )?;
    card(
        script,
        "19 13:00",
        "card owner",
        Column::Try,
        "one owner per table",
        "mira",
    )?;
    let accept = "the old CI needs it until it goes";
    decide(
        script,
        "19 13:30",
        18,
        DecisionKind::Accepted,
        Some(accept),
        "tove",
    )?;
    decide(script, "19 13:40", 14, DecisionKind::Carried, None, "mira")?;
    // What follows was not drawn.
    decide(script, "19 17:30", 11, DecisionKind::Carried, None, "mira")?;
    decide(
        script,
        "19 17:31",
        17,
        DecisionKind::Carried,
        None,
        "johnny",
    )?;
    script.at(
        "19 17:55",
        PaybackCommand::Close {
            week: week(),
            undecided: 0,
        },
    )
}

fn decide(
    script: &mut Script,
    time: &str,
    number: usize,
    kind: DecisionKind,
    reason: Option<&str>,
    by: &'static str,
) -> Result<(), Refusal> {
    script.at(
        time,
        PaybackCommand::Decide {
            item: script.item(number),
            week: week(),
            kind,
            reason: reason.map(str::to_owned),
            by: Some(script.id(by)),
        },
    )
}
