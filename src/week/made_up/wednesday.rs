//! Day 3: show and tell, findings, the method's questions, the first decisions.

use super::{Script, card, week};
use crate::week::demo::{DemoCommand, Verdict};
use crate::week::payback::{CheckList, DecisionKind, PaybackCommand};
use crate::week::question::Which;
use crate::week::refusal::Refusal;
use crate::week::retro::Column;
use crate::week::review::{About, Bucket, NewFinding, ReviewCommand, Test};
use crate::week::round::{RoundCommand, RoundName};

pub(super) fn write(script: &mut Script) -> Result<(), Refusal> {
    let round = RoundName::Review(week());
    findings(script)?;
    notes(script)?;
    script.at("18 09:53:38", RoundCommand::Next(round))?;
    for (question, text) in [
        (1, "one per row in list, D-11"),
        (2, "missing on entries.at"),
    ] {
        let (text, by) = (text.to_owned(), Some(script.id("johnny")));
        let answer = ReviewCommand::Answer {
            week: week(),
            question: Which::Method(question),
            text,
            by,
        };
        script.at("18 10:00", answer)?;
    }
    verdicts(script)?;
    script.at("18 10:07:40", RoundCommand::Next(round))?;
    // What was taken for Thursday so far; the findings are taken with their owners.
    let taken = [
        (1, "sammy"),
        (16, "sammy"),
        (8, "sammy"),
        (12, "mira"),
        (14, "mira"),
        (9, "johnny"),
        (15, "tove"),
    ];
    for (number, owner) in taken {
        take(script, "18 10:10", number, owner)?;
    }
    // What follows was not drawn, but for the history of D-05.
    script.at("18 10:22", RoundCommand::Next(round))?;
    script.at("18 10:36", RoundCommand::Next(round))?;
    let row = (
        Bucket::MustChange,
        "sammy",
        "retries never back off",
        "gateway.rs:42",
        None,
        Some(5),
    );
    let command = finding(script, row);
    script.make("18 10:40", "retries never back off", command)?;
    script.at("18 10:50", RoundCommand::Next(round))?;
    take(script, "18 11:05", 5, "sammy")?;
    decide(script)?;
    checklists(script)?;
    card(
        script,
        "18 16:00",
        "card test first",
        Column::Try,
        "test first",
        "sammy",
    )?;
    card(
        script,
        "18 16:00",
        "card late",
        Column::Change,
        "pushed at 01:40",
        "sammy",
    )?;
    card(
        script,
        "18 16:00",
        "card pair",
        Column::Try,
        "pair on Wed",
        "johnny",
    )
}

fn verdicts(script: &mut Script) -> Result<(), Refusal> {
    let rows = [
        ("fake gateway", Verdict::Undo),
        ("second ledger", Verdict::Undo),
        ("demo seed", Verdict::Undo),
        ("config read twice", Verdict::Undo),
        ("charge endpoint, happy path", Verdict::Keep),
        ("charge service", Verdict::Keep),
    ];
    for (show, verdict) in rows {
        let show = script.id(show);
        script.at("18 10:05", DemoCommand::Judge { show, verdict })?;
    }
    Ok(())
}

fn take(
    script: &mut Script,
    time: &str,
    number: usize,
    owner: &'static str,
) -> Result<(), Refusal> {
    let (item, owner) = (script.item(number), Some(script.id(owner)));
    script.at(
        time,
        PaybackCommand::Take {
            item,
            owner,
            for_day: Some(4),
        },
    )
}

fn finding(script: &Script, row: Row) -> ReviewCommand {
    let (bucket, owner, what, place, lines, debt) = row;
    ReviewCommand::Add(NewFinding {
        week: week(),
        bucket,
        owner: Some(script.id(owner)),
        what: what.to_owned(),
        place: place.to_owned(),
        lines,
        debt: debt.map(|number| script.item(number)),
    })
}

type Row = (
    Bucket,
    &'static str,
    &'static str,
    &'static str,
    Option<i64>,
    Option<usize>,
);

fn findings(script: &mut Script) -> Result<(), Refusal> {
    use Bucket::{GetToDelete, MustChange, Refactor};
    let rows: [Row; 12] = [
        (
            Refactor,
            "sammy",
            "split charge() in 3",
            "gateway.rs",
            None,
            None,
        ),
        (Refactor, "johnny", "one error type", "err.rs", None, None),
        (
            Refactor,
            "mira",
            "one ledger, not two",
            "ledger.rs",
            None,
            None,
        ),
        (
            Refactor,
            "mira",
            "query per row",
            "ledger.rs",
            None,
            Some(11),
        ),
        (Refactor, "tove", "CI cache", "", None, None),
        (
            MustChange,
            "sammy",
            "signature check",
            "hook.rs:17",
            None,
            Some(2),
        ),
        (
            MustChange,
            "sammy",
            "cents, not floats",
            "charge.rs:8",
            None,
            Some(6),
        ),
        (
            MustChange,
            "johnny",
            "unwrap on input",
            "charge.rs:33",
            None,
            None,
        ),
        (
            MustChange,
            "johnny",
            "secrets in git",
            "config.rs:2",
            None,
            None,
        ),
        (
            GetToDelete,
            "johnny",
            "fake gateway",
            "gateway_fake.rs",
            Some(-188),
            None,
        ),
        (
            GetToDelete,
            "mira",
            "second ledger",
            "ledger_old.rs",
            Some(-170),
            None,
        ),
        (
            GetToDelete,
            "tove",
            "demo seed",
            "seed.sql",
            Some(-54),
            None,
        ),
    ];
    for (index, row) in rows.into_iter().enumerate() {
        // The hacks of the demo have some of these names.
        let name = if index < 9 { row.2 } else { row.3 };
        let command = finding(script, row);
        script.make("18 09:30", name, command)?;
    }
    let linked = |test: &str| Test::Linked(test.to_owned());
    let tests = [
        ("one error type", linked("err::tests")),
        ("query per row", linked("ledger::lists_with_one_query")),
        ("CI cache", Test::NotNeeded),
    ];
    for (name, test) in tests {
        let finding = script.id(name);
        script.at("18 09:40", ReviewCommand::Test { finding, test })?;
    }
    Ok(())
}

fn notes(script: &mut Script) -> Result<(), Refusal> {
    use About::{Bad, Embarrassing, Good};
    let rows = [
        (Good, "the fake gateway made the demo possible"),
        (Good, "webhook JSON was agreed in ten minutes"),
        (Bad, "two ledgers, both half right"),
        (Bad, "nobody owned back-off"),
        (Embarrassing, "amount is an f64. Sorry."),
        (Embarrassing, "pushed to main at 01:40"),
    ];
    for (about, text) in rows {
        let by = script.id("sammy");
        script.at(
            "18 09:45",
            ReviewCommand::Say {
                week: week(),
                by,
                about,
                text: text.to_owned(),
            },
        )?;
    }
    Ok(())
}

fn decide(script: &mut Script) -> Result<(), Refusal> {
    script.at(
        "18 11:30",
        PaybackCommand::Decide {
            item: script.item(10),
            week: week(),
            kind: DecisionKind::Accepted,
            reason: Some("the page goes away with the admin page".to_owned()),
            by: Some(script.id("mira")),
        },
    )
}

fn checklists(script: &mut Script) -> Result<(), Refusal> {
    use CheckList::{Document, Refactor, Standard, Test};
    // A blank behind a name tells a line from the finding that it is.
    let rows = [
        (Document, "README: run it in one command", None, None),
        (
            Document,
            "POST /charge, with one example",
            Some("sammy"),
            None,
        ),
        (
            Document,
            "what the fake bank never does",
            Some("johnny"),
            None,
        ),
        (
            Document,
            "decision: one ledger, and why",
            Some("mira"),
            None,
        ),
        (
            Test,
            "charge: happy, declined, timeout",
            Some("sammy"),
            None,
        ),
        (
            Test,
            "webhook replay from webhook.json",
            Some("johnny"),
            None,
        ),
        (Test, "ledger sums to zero, property", Some("mira"), None),
        (Test, "un-ignore 2 tests, D-15", Some("tove"), None),
        (
            Refactor,
            "one error type ",
            Some("johnny"),
            Some("one error type"),
        ),
        (
            Refactor,
            "cents, not floats ",
            Some("sammy"),
            Some("cents, not floats"),
        ),
        (
            Refactor,
            "split charge() in 3 ",
            Some("sammy"),
            Some("split charge() in 3"),
        ),
        (
            Refactor,
            "one ledger",
            Some("mira"),
            Some("one ledger, not two"),
        ),
        (Standard, "money is i64 cents", None, None),
        (Standard, "no unwrap on input", None, None),
        (Standard, "a mock has an end date", None, None),
    ];
    for (list, text, owner, finding) in rows {
        let add = PaybackCommand::AddCheck {
            week: week(),
            list,
            text: text.to_owned(),
            owner: owner.map(|owner| script.id(owner)),
            finding: finding.map(|finding| script.id(finding)),
        };
        script.make("18 15:00", text, add)?;
    }
    Ok(())
}
