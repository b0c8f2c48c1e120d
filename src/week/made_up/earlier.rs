//! The team, the whiteboard, and hacks 1 to 5.

use super::{Script, week_of};
use crate::week::command::Command;
use crate::week::record::{Figures, WeekCommand};
use crate::week::refusal::Refusal;
use crate::week::retro::RetroCommand;
use crate::week::roadmap::{Milestone, RoadmapCommand};
use crate::week::task::{TaskCommand, TaskStatus};
use crate::week::team::TeamCommand;

pub(super) const TEAM: [&str; 4] = ["johnny", "sammy", "mira", "tove"];

/// Number and week of each, planned and done tasks, opened and paid debt, paid on Thursday, pace,
/// made and kept promises, minutes of planning, mood.
type Row = (
    u32,
    &'static str,
    u32,
    u32,
    u32,
    u32,
    u32,
    f64,
    u32,
    u32,
    u32,
    f64,
);

const HACKS: [Row; 5] = [
    (1, "2026-W42", 8, 5, 20, 9, 12, 0.7, 5, 2, 75, 3.4),
    (2, "2026-W43", 8, 6, 21, 11, 14, 0.9, 5, 3, 85, 3.6),
    (3, "2026-W44", 9, 8, 22, 12, 17, 1.1, 4, 3, 64, 4.0),
    (4, "2026-W45", 8, 5, 19, 12, 15, 0.8, 4, 3, 55, 3.7),
    (5, "2026-W46", 9, 7, 24, 16, 16, 1.0, 3, 3, 53, 4.0),
];

pub(super) fn write(script: &mut Script) -> Result<(), Refusal> {
    for (name, shown) in TEAM.into_iter().zip(["Johnny", "Sammy", "Mira", "Tove"]) {
        let mails = vec![format!("{name}@payments.example")];
        let add = TeamCommand::Add {
            name: shown.to_owned(),
            mails,
        };
        script.make("01 09:00", name, add)?;
    }
    whiteboard(script)?;
    for row in HACKS {
        hack(script, row)?;
    }
    tasks(script)?;
    actions(script)
}

fn hack(script: &mut Script, row: Row) -> Result<(), Refusal> {
    let (number, name, planned, done, opened, paid, thursday, pace, made, kept, minutes, mood) =
        row;
    let week = week_of(name);
    // After hack 5: 11 and 30 were left at the end of hack 6, with 2 new and 7 done.
    let left = |left| (number == 5).then_some(left);
    let figures = Figures {
        tasks_planned: Some(planned),
        tasks_done: Some(done),
        debt_opened: Some(opened),
        debt_paid: Some(paid),
        paid_on_day_4: Some(thursday),
        pace: Some(pace),
        promises_made: Some(made),
        promises_kept: Some(kept),
        planning: Some(minutes * 60),
        mood: Some(mood),
        alpha_left: left(13),
        beta_left: left(35),
    };
    script.at(
        "01 09:10",
        Command::Week(week, WeekCommand::Number(Some(number))),
    )?;
    script.at(
        "01 09:10",
        Command::Week(week, WeekCommand::Record(figures)),
    )
}

fn whiteboard(script: &mut Script) -> Result<(), Refusal> {
    use Milestone::{Alpha, Beta};
    let is = "A payment service that a shop can run on a laptop.";
    let solves = "Shops wait three weeks for a sandbox. They should wait three minutes.";
    script.at("01 09:05", RoadmapCommand::Is(is.to_owned()))?;
    script.at("01 09:05", RoadmapCommand::Solves(solves.to_owned()))?;
    script.at("01 09:05", RoadmapCommand::Growth(Some(1)))?;
    // What was left after hack 5: 13 to alpha, 22 more to beta.
    let features = [
        ("charge a card", Alpha, 2, &["2026-W45", "2026-W46"][..]),
        ("webhook in", Alpha, 3, &["2026-W46"][..]),
        ("ledger", Alpha, 4, &["2026-W46"][..]),
        ("refunds", Alpha, 4, &[][..]),
        ("balance page", Beta, 6, &[][..]),
        ("currency conversion", Beta, 7, &[][..]),
        ("admin page", Beta, 6, &[][..]),
        ("runbook and alerts", Beta, 3, &[][..]),
    ];
    for (name, stage, left, weeks) in features {
        let add = RoadmapCommand::Add {
            name: name.to_owned(),
            stage,
            left,
        };
        script.make("01 09:06", name, add)?;
        for week in weeks {
            let (feature, week) = (script.id(name), week_of(week));
            script.at(
                "01 09:06",
                RoadmapCommand::Work {
                    feature,
                    week,
                    worked: true,
                },
            )?;
        }
    }
    Ok(())
}

/// The tasks of hacks 4 and 5 that somebody still remembers: T-01 to T-10.
fn tasks(script: &mut Script) -> Result<(), Refusal> {
    let (fourth, fifth) = (week_of("2026-W45"), week_of("2026-W46"));
    let rows = [
        ("T-01", fourth, "repository, one command to build", "johnny"),
        ("T-02", fourth, "fake card numbers", "sammy"),
        ("T-03", fourth, "charge table", "mira"),
        ("T-04", fourth, "first page", "tove"),
        ("T-05", fourth, "money as a type", "johnny"),
        ("T-06", fifth, "idempotency keys", "johnny"),
        ("T-07", fourth, "CI cache", "tove"),
        ("T-08", fifth, "declined cards", "sammy"),
        ("T-09", fifth, "ledger sketch", "mira"),
        ("T-10", fifth, "page layout", "tove"),
    ];
    for (name, week, text, owner) in rows {
        let owner = Some(script.id(owner));
        let add = TaskCommand::Add {
            week,
            text: text.to_owned(),
            owner,
            day: None,
        };
        script.make("09 09:30", name, add)?;
    }
    for (name, ..) in rows {
        if name != "T-07" {
            let task = script.id(name);
            script.at(
                "13 12:00",
                TaskCommand::Mark {
                    task,
                    status: TaskStatus::Done,
                },
            )?;
        }
    }
    let cache = |into| TaskCommand::Carry {
        task: script.id("T-07"),
        into,
    };
    let (first, second) = (cache(fifth), cache(super::week()));
    script.at("13 16:00", first)?;
    script.at("13 16:00", second)
}

/// What the retro of hack 5 had people do in hack 6; the runbook came out of hack 4's.
fn actions(script: &mut Script) -> Result<(), Refusal> {
    let (fifth, sixth) = (week_of("2026-W46"), super::week());
    let rows = [
        ("action CI", sixth, "CI under five minutes", "tove"),
        ("action due", sixth, "a due time on each promise", "johnny"),
        ("action runbook", fifth, "write the runbook", "mira"),
    ];
    for (name, week, text, owner) in rows {
        let owner = Some(script.id(owner));
        let add = RetroCommand::Action {
            week,
            text: text.to_owned(),
            owner,
            day: None,
        };
        script.make("13 16:10", name, add)?;
    }
    let (action, feature) = (
        script.id("action runbook"),
        Some(script.id("runbook and alerts")),
    );
    let serve = RetroCommand::ServeAction {
        action: action.clone(),
        feature,
    };
    script.at("13 16:11", serve)?;
    script.at(
        "13 16:12",
        RetroCommand::CarryAction {
            action,
            into: sixth,
            day: None,
        },
    )
}
