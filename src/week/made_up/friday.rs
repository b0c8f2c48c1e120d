//! Day 5: what is left is carried, the retro, the whiteboard, a beer.

use super::{Script, card, week, week_of};
use crate::week::command::Command;
use crate::week::record::WeekCommand;
use crate::week::refusal::Refusal;
use crate::week::retro::{Column, RetroCommand};
use crate::week::roadmap::RoadmapCommand;
use crate::week::task::TaskCommand;

pub(super) fn write(script: &mut Script) -> Result<(), Refusal> {
    for (time, task) in [("20 11:00", "T-12"), ("20 11:00", "T-16")] {
        let task = script.id(task);
        script.at(
            time,
            TaskCommand::Carry {
                task,
                into: week_of("2026-W48"),
            },
        )?;
    }
    cards(script)?;
    votes(script)?;
    for (person, mood) in super::earlier::TEAM.into_iter().zip([45, 40, 40, 40]) {
        let (person, mood) = (script.id(person), Some(mood));
        script.at(
            "20 15:00",
            RetroCommand::Mood {
                week: week(),
                person,
                mood,
            },
        )?;
    }
    let beer = RetroCommand::Beer {
        week: week(),
        text: "Fri 16:30, the usual place.".to_owned(),
    };
    script.at("20 15:01", beer)?;
    actions(script)?;
    whiteboard(script)?;
    let figures = script.book.board().week(week()).figures();
    let figures = crate::week::record::Figures {
        debt_opened: Some(21),
        debt_paid: Some(16),
        paid_on_day_4: Some(12),
        pace: Some(1.0),
        ..figures
    };
    script.at(
        "20 16:20",
        Command::Week(week(), WeekCommand::Close(figures)),
    )
}

/// Five more cards, all merged into what others had said in the week.
fn cards(script: &mut Script) -> Result<(), Refusal> {
    let rows = [
        (Column::Keep, "dates on promises", "tove", "card promises"),
        (Column::Keep, "the fake bank", "johnny", "card fake bank"),
        (
            Column::Change,
            "an hour is an hour",
            "tove",
            "card planning",
        ),
        (Column::Change, "which ledger?", "johnny", "card ledgers"),
        (
            Column::Try,
            "tests before refactoring",
            "mira",
            "card test first",
        ),
    ];
    for (column, text, by, into) in rows {
        card(script, "20 14:30", text, column, text, by)?;
        let (card, into) = (script.id(text), Some(script.id(into)));
        script.at("20 14:30", RetroCommand::Merge { card, into })?;
    }
    Ok(())
}

/// Five votes each; Tove has one left.
fn votes(script: &mut Script) -> Result<(), Refusal> {
    let rows: [(&str, &[&str]); 9] = [
        ("card promises", &["johnny", "sammy", "mira"]),
        ("card demo", &["johnny", "sammy"]),
        ("card fake bank", &["mira"]),
        ("card planning", &["johnny", "sammy", "tove"]),
        ("card ledgers", &["mira", "tove"]),
        ("card late", &["sammy"]),
        ("card test first", &["johnny", "sammy", "mira", "tove"]),
        ("card owner", &["mira", "tove"]),
        ("card pair", &["johnny"]),
    ];
    for (card, people) in rows {
        for person in people {
            let (card, person) = (script.id(card), script.id(person));
            script.at(
                "20 14:50",
                RetroCommand::Vote {
                    card,
                    person,
                    more: true,
                },
            )?;
        }
    }
    Ok(())
}

fn actions(script: &mut Script) -> Result<(), Refusal> {
    let next = week_of("2026-W48");
    for name in ["action CI", "action due"] {
        let action = script.id(name);
        script.at("20 15:02", RetroCommand::Finish { action, done: true })?;
    }
    let rows = [
        ("one owner per table, named in the plan", "mira", 1),
        ("a stop bell at 50 minutes of planning", "johnny", 1),
    ];
    for (text, owner, day) in rows {
        let (owner, day) = (Some(script.id(owner)), Some(day));
        script.make(
            "20 15:05",
            text,
            RetroCommand::Action {
                week: next,
                text: text.to_owned(),
                owner,
                day,
            },
        )?;
    }
    let action = script.id("action runbook");
    script.at(
        "20 15:06",
        RetroCommand::CarryAction {
            action: action.clone(),
            into: next,
            day: Some(3),
        },
    )?;
    let text = "write the runbook, or drop it".to_owned();
    script.at("20 15:07", RetroCommand::EditAction { action, text })
}

/// Seven tasks done, two more than thought: 11 left to alpha, 30 to beta. No hacks from 21 December
/// to 1 January.
fn whiteboard(script: &mut Script) -> Result<(), Refusal> {
    for week in ["2026-W52", "2026-W53"] {
        let skip = Command::Week(week_of(week), WeekCommand::Skip(true));
        script.at("20 15:20", skip)?;
    }
    let rows = [
        ("charge a card", 0),
        ("webhook in", 2),
        ("ledger", 5),
        ("balance page", 3),
    ];
    for (name, left) in rows {
        let feature = script.id(name);
        script.at(
            "20 15:30",
            RoadmapCommand::Left {
                feature: feature.clone(),
                left,
            },
        )?;
        script.at(
            "20 15:30",
            RoadmapCommand::Work {
                feature,
                week: week(),
                worked: true,
            },
        )?;
    }
    Ok(())
}
