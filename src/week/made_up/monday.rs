//! Day 1: the standup, the hour of planning, the first blockers.

use super::{Script, card, moment, week};
use crate::week::command::Command;
use crate::week::promise::{PromiseCommand, PromiseState, Terms};
use crate::week::record::WeekCommand;
use crate::week::refusal::Refusal;
use crate::week::retro::Column;
use crate::week::round::{RoundCommand, RoundName};
use crate::week::standup::StandupCommand;
use crate::week::task::{TaskCommand, TaskStatus};

pub(super) fn write(script: &mut Script) -> Result<(), Refusal> {
    let standup =
        RoundName::Standup(chrono::NaiveDate::from_ymd_opt(2026, 11, 16).unwrap_or_default());
    for time in ["16 08:45", "16 08:46", "16 08:48", "16 08:49", "16 08:50"] {
        script.at(time, RoundCommand::Next(standup))?;
    }
    let this = |command| Command::Week(week(), command);
    script.at("16 08:55", this(WeekCommand::Number(Some(6))))?;
    script.at(
        "16 08:55",
        this(WeekCommand::Title("payments-mvp".to_owned())),
    )?;
    script.at("16 09:00", this(WeekCommand::StartPlanning))?;
    let goal = "Charge a card end to end against a fake bank.".to_owned();
    let demo_at = Some(moment("17 16:00"));
    script.at("16 09:02", this(WeekCommand::Goal { goal, demo_at }))?;
    tasks(script)?;
    promises(script)?;
    let (task, sammy) = (script.id("T-14"), script.id("sammy"));
    script.at(
        "16 09:21:50",
        TaskCommand::Give {
            task,
            owner: Some(sammy),
        },
    )?;
    // Planning went on for another forty minutes.
    let promise = script.id("ledger entries");
    script.at(
        "16 09:50",
        PromiseCommand::Say {
            promise,
            person: script.id("mira"),
            words: "I'll tell you when two ledgers are one.".to_owned(),
        },
    )?;
    script.at("16 10:04", this(WeekCommand::StopPlanning))?;
    card(
        script,
        "16 10:05",
        "card planning",
        Column::Change,
        "planning ran over",
        "johnny",
    )?;
    let promise = script.id("POST /charge");
    script.at(
        "16 11:00",
        PromiseCommand::Mark {
            promise,
            state: PromiseState::OnMock,
        },
    )?;
    blockers(script)?;
    let task = script.id("T-13");
    script.at(
        "16 16:55",
        TaskCommand::Mark {
            task,
            status: TaskStatus::Done,
        },
    )?;
    card(
        script,
        "16 17:00",
        "card promises",
        Column::Keep,
        "promises with due times",
        "mira",
    )
}

fn tasks(script: &mut Script) -> Result<(), Refusal> {
    let rows = [
        ("T-11", "charge service", "johnny", 2),
        ("T-12", "gateway client", "johnny", 2),
        ("T-13", "webhook in", "sammy", 1),
        ("T-14", "real webhook payload", "johnny", 2),
        ("T-15", "demo script, three minutes", "sammy", 2),
        ("T-16", "ledger table", "mira", 2),
        ("T-17", "balance page", "mira", 2),
        ("T-18", "demo seed data", "tove", 2),
    ];
    for (name, text, owner, day) in rows {
        let (owner, day) = (Some(script.id(owner)), Some(day));
        let add = TaskCommand::Add {
            week: week(),
            text: text.to_owned(),
            owner,
            day,
        };
        script.make("16 09:05", name, add)?;
    }
    let day = TaskCommand::Day {
        task: script.id("T-07"),
        day: Some(4),
    };
    script.at("16 09:06", day)?;
    let note = TaskCommand::Note {
        task: script.id("T-13"),
        note: "on simulated data".to_owned(),
    };
    script.at("16 09:07", note)?;
    for name in [
        "refunds, one click",
        "currency conversion, one rate",
        "admin page, read only",
    ] {
        let text = name.split(',').next().unwrap_or(name).to_owned();
        let add = TaskCommand::Add {
            week: week(),
            text,
            owner: None,
            day: None,
        };
        script.make("16 09:08", name, add)?;
        let task = script.id(name);
        script.at(
            "16 09:08",
            TaskCommand::Mark {
                task,
                status: TaskStatus::Cut,
            },
        )?;
    }
    for (task, person) in [("T-11", "sammy"), ("T-11", "mira"), ("T-16", "johnny")] {
        let command = TaskCommand::For {
            task: script.id(task),
            person: script.id(person),
            gives: true,
        };
        script.at("16 09:10", command)?;
    }
    for person in super::earlier::TEAM {
        if person != "tove" {
            let command = TaskCommand::For {
                task: script.id("T-18"),
                person: script.id(person),
                gives: true,
            };
            script.at("16 09:10", command)?;
        }
    }
    for (task, person) in [("T-14", "johnny"), ("T-17", "sammy")] {
        let command = TaskCommand::Wait {
            task: script.id(task),
            person: script.id(person),
            waits: true,
        };
        script.at("16 09:10", command)?;
    }
    Ok(())
}

fn promises(script: &mut Script) -> Result<(), Refusal> {
    use PromiseState::{Agreed, Asked, Proposed};
    let rows = [
        (
            "webhook JSON",
            "johnny",
            Some("sammy"),
            "webhook event JSON v0",
            r#"{"id","type","amount","at"}"#,
            "Sammy simulates data",
            Some("pay/tests/data/webhook.json"),
            "17 14:00",
            Agreed,
        ),
        (
            "POST /charge",
            "sammy",
            Some("mira"),
            "POST /charge",
            "{amount, cur} → {id}",
            "charge.json fixture",
            Some("web/fixtures/charge.json"),
            "17 16:00",
            Agreed,
        ),
        (
            "ledger entries",
            "mira",
            Some("johnny"),
            "ledger entries",
            "(id, at, cents)",
            "a Vec in memory",
            None,
            "17 11:00",
            Proposed,
        ),
        (
            "seed data",
            "tove",
            None,
            "demo seed data",
            "",
            "",
            None,
            "17 15:00",
            Asked,
        ),
    ];
    for (name, from, to, what, shape, stand_in, path, due, state) in rows {
        let terms = Terms {
            from: script.id(from),
            to: to.map(|to| script.id(to)).into_iter().collect(),
            what: what.to_owned(),
            shape: shape.to_owned(),
            stand_in: stand_in.to_owned(),
            stand_in_path: path.map(str::to_owned),
            due: Some(moment(due)),
        };
        let add = PromiseCommand::Add {
            week: week(),
            terms,
            state,
        };
        script.make("16 09:15", name, add)?;
    }
    let said = [
        ("johnny", "I'll write the service."),
        (
            "sammy",
            "Let's agree what you'll send me, for now I'll simulate some data.",
        ),
    ];
    for (person, words) in said {
        let (promise, person) = (script.id("webhook JSON"), script.id(person));
        script.at(
            "16 09:16",
            PromiseCommand::Say {
                promise,
                person,
                words: words.to_owned(),
            },
        )?;
    }
    let (promise, task) = (script.id("webhook JSON"), script.id("T-14"));
    script.at(
        "16 09:16",
        PromiseCommand::Wait {
            promise,
            task,
            waits: true,
        },
    )?;
    let (promise, task) = (script.id("POST /charge"), script.id("T-17"));
    script.at(
        "16 09:16",
        PromiseCommand::Wait {
            promise,
            task,
            waits: true,
        },
    )
}

fn blockers(script: &mut Script) -> Result<(), Refusal> {
    let block = |person, text: &str| StandupCommand::Block {
        week: week(),
        person,
        text: text.to_owned(),
        since: None,
    };
    let (tove, sammy) = (script.id("tove"), script.id("sammy"));
    script.make("16 13:00", "CI red", block(tove, "CI red on main"))?;
    script.make(
        "16 15:40",
        "sandbox key",
        block(sammy, "sandbox key from finance"),
    )?;
    let blocker = script.id("CI red");
    script.at(
        "16 16:00",
        StandupCommand::Solve {
            blocker,
            solved: true,
        },
    )
}
