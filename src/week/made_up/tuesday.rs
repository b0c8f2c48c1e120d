//! Day 2: the standup that is drawn, promises kept, the demo.

use super::{Script, card, week};
use crate::week::demo::DemoCommand;
use crate::week::promise::{PromiseCommand, PromiseState};
use crate::week::refusal::Refusal;
use crate::week::retro::Column;
use crate::week::review::{About, ReviewCommand};
use crate::week::round::{RoundCommand, RoundName};
use crate::week::standup::StandupCommand;
use crate::week::task::{TaskCommand, TaskStatus};

/// Shuffles the team into its own order.
pub(super) const SEED: u64 = 6;

pub(super) fn write(script: &mut Script) -> Result<(), Refusal> {
    let date = chrono::NaiveDate::from_ymd_opt(2026, 11, 17).unwrap_or_default();
    let standup = RoundName::Standup(date);
    script.at(
        "17 09:29",
        RoundCommand::Shuffle {
            round: standup,
            seed: SEED,
        },
    )?;
    let (tove, johnny) = (script.id("tove"), script.id("johnny"));
    script.at(
        "17 09:29:10",
        RoundCommand::Away {
            round: standup,
            person: tove.clone(),
            away: true,
        },
    )?;
    script.at("17 09:29:46", RoundCommand::Next(standup))?;
    script.at("17 09:30:10", RoundCommand::Pause(standup))?;
    script.make(
        "17 09:30:30",
        "back-off",
        StandupCommand::Park {
            week: week(),
            on: date,
            by: Some(johnny),
            text: "who owns back-off, the service or the gateway?".to_owned(),
        },
    )?;
    script.at("17 09:30:39", RoundCommand::Pause(standup))?;
    script.at("17 09:31:19", RoundCommand::Next(standup))?;
    // What follows was not drawn.
    script.at("17 09:32:40", RoundCommand::Next(standup))?;
    script.at("17 09:34", RoundCommand::Next(standup))?;
    for (time, name, state) in [
        ("17 09:40", "ledger entries", PromiseState::Agreed),
        ("17 10:00", "seed data", PromiseState::Agreed),
        ("17 10:30", "webhook JSON", PromiseState::OnMock),
        ("17 10:50", "ledger entries", PromiseState::Real),
    ] {
        promise(script, time, name, state)?;
    }
    card(
        script,
        "17 12:00",
        "card fake bank",
        Column::Keep,
        "fake bank",
        "mira",
    )?;
    let blocker = script.id("sandbox key");
    script.at(
        "17 13:10",
        StandupCommand::Solve {
            blocker,
            solved: true,
        },
    )?;
    for (time, name) in [
        ("17 13:30", "T-11"),
        ("17 14:40", "T-14"),
        ("17 14:45", "T-18"),
    ] {
        done(script, time, name)?;
    }
    promise(script, "17 14:50", "seed data", PromiseState::Real)?;
    done(script, "17 15:30", "T-17")?;
    promise(script, "17 15:45", "POST /charge", PromiseState::Real)?;
    done(script, "17 15:45", "T-15")?;
    demo(script)?;
    card(
        script,
        "17 17:00",
        "card demo",
        Column::Keep,
        "demo on Tue",
        "tove",
    )?;
    card(
        script,
        "17 17:10",
        "card ledgers",
        Column::Change,
        "two ledgers",
        "mira",
    )
}

fn promise(
    script: &mut Script,
    time: &str,
    name: &'static str,
    state: PromiseState,
) -> Result<(), Refusal> {
    let promise = script.id(name);
    script.at(time, PromiseCommand::Mark { promise, state })
}

fn done(script: &mut Script, time: &str, name: &'static str) -> Result<(), Refusal> {
    let task = script.id(name);
    script.at(
        time,
        TaskCommand::Mark {
            task,
            status: TaskStatus::Done,
        },
    )
}

fn demo(script: &mut Script) -> Result<(), Refusal> {
    let rows = [
        ("fake gateway", "sammy"),
        ("charge endpoint, happy path", "sammy"),
        ("webhook on simulated data", "sammy"),
        ("charge service", "johnny"),
        ("config read twice", "johnny"),
        ("second ledger", "mira"),
        ("balance page that reloads", "mira"),
        ("demo seed", "tove"),
        ("CI without a cache", "tove"),
    ];
    for (what, by) in rows {
        let by = script.id(by);
        script.make(
            "17 15:50",
            what,
            DemoCommand::Add {
                week: week(),
                by,
                what: what.to_owned(),
            },
        )?;
    }
    let round = RoundName::Demo(week());
    for time in ["17 16:00", "17 16:05", "17 16:09", "17 16:13", "17 16:18"] {
        script.at(time, RoundCommand::Next(round))?;
    }
    for (what, _) in rows {
        let show = script.id(what);
        script.at("17 16:19", DemoCommand::See { show, seen: true })?;
    }
    let (show, item) = (script.id("fake gateway"), script.item(5));
    script.at("17 16:20", DemoCommand::SeeDebt { show, item })?;
    let by = script.id("sammy");
    script.at(
        "17 16:21",
        ReviewCommand::Say {
            week: week(),
            by,
            about: About::Talk,
            text: "the gateway never says no: what if it did?".to_owned(),
        },
    )
}
