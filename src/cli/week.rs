//! `hackweek week`: which day it is, what it is for, when debt is due; its goal, its hour of planning,
//! its mood, its close.

use clap::{Args, Subcommand};

use super::Session;
use super::args::Reported;
use super::exit::{Failure, Verdict};
use super::reported::{self, Made};
use super::written::{after_scan, edit, list};
use crate::report::plan::Plan;
use crate::report::table;
use crate::report::week::Report;
use crate::workspace::people::WeekChange;
use crate::workspace::{Error, Workspace};

/// `hackweek week`
#[derive(Debug, Args)]
pub(crate) struct Week {
    #[command(subcommand)]
    command: Option<Change>,
}

/// What is done to a week.
#[derive(Debug, Subcommand)]
enum Change {
    /// Report the plan: goal, tasks, promises, what was cut
    Plan(Reported),
    /// Start the hour of planning, or let it run again
    Start,
    /// Stop the hour of planning
    Stop,
    /// Say what the demo will show, and when it is
    Goal {
        /// What
        #[arg(value_name = "TEXT")]
        text: String,
        /// When: 2026-11-17T16:00:00+01:00, or "2 16:00" for day 2
        #[arg(long, value_name = "TIME")]
        demo_at: Option<String>,
    },
    /// Number the hack, or without a number take it back
    Number {
        /// From 1
        #[arg(value_name = "N")]
        number: Option<u32>,
    },
    /// Say what the project is called
    Title {
        /// The name
        #[arg(value_name = "TEXT")]
        text: String,
    },
    /// Say that there is no hack in the week
    Skip {
        /// There is one
        #[arg(long)]
        not: bool,
    },
    /// Say how the week feels, 1 to 5, or without a number take it back
    Mood {
        /// 1 is worst, 5 is best, as in 4 or 3.5
        #[arg(value_name = "MOOD")]
        mood: Option<String>,
        /// Who feels so [default: you]
        #[arg(long, value_name = "NAME")]
        person: Option<String>,
    },
    /// Say when and where the beer is, or without words nowhere
    Beer {
        /// When and where
        #[arg(value_name = "TEXT")]
        text: Option<String>,
    },
    /// Close the week with what it came to: later weeks learn from it
    Close,
    /// Open the week again
    Reopen,
}

/// Shows or changes.
pub(super) fn run(session: &Session, asked: &Week) -> Result<Verdict, Failure> {
    let change = match &asked.command {
        None => {
            return list(
                session,
                |workspace| workspace.week_page(),
                table::write_week,
            );
        }
        Some(Change::Goal { text, demo_at }) => {
            return edit(session, |people, workspace| {
                people.set_goal(text, demo_at.as_deref(), workspace)
            });
        }
        Some(Change::Plan(reported)) => return reported::run::<Plan>(session, reported),
        Some(Change::Close) => return after_scan(session, Workspace::close_week),
        Some(Change::Start) => WeekChange::Start,
        Some(Change::Stop) => WeekChange::Stop,
        Some(Change::Number { number }) => WeekChange::Number(*number),
        Some(Change::Title { text }) => WeekChange::Title(text.clone()),
        Some(Change::Skip { not }) => WeekChange::Skip(!not),
        Some(Change::Mood { mood, person }) => {
            let mood = mood.as_deref().map(tenths).transpose()?;
            WeekChange::Mood(person.clone(), mood)
        }
        Some(Change::Beer { text }) => WeekChange::Beer(text.clone().unwrap_or_default()),
        Some(Change::Reopen) => WeekChange::Reopen,
    };
    edit(session, |people, _| people.change_week(&change))
}

impl Made for Plan {
    const NAME: &'static str = "plan";
    const SCANS: bool = false;

    fn of(workspace: &Workspace) -> Result<Self, Error> {
        workspace.plan()
    }

    fn report(&self) -> Report<'_> {
        Report::Plan(self)
    }

    fn texts(&mut self) -> Vec<&mut String> {
        Plan::texts(self).collect()
    }

    fn when(&self) -> String {
        self.week.name.clone()
    }
}

/// Reads a mood: `4`, `3.5`. What is no mood of the scale, the board refuses.
fn tenths(text: &str) -> Result<u8, Failure> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digit = |text: &str| (text.len() == 1).then(|| text.parse::<u8>().ok()).flatten();
    match (digit(whole), digit(part)) {
        (Some(whole), Some(part)) => Ok(whole * 10 + part),
        _ => Err(Failure::usage(
            format!("\"{text}\" is no mood"),
            "write a number from 1 to 5, as in 4 or 3.5",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mood_has_at_most_one_digit_behind_the_point() {
        for (text, mood) in [("4", Some(40)), ("3.5", Some(35)), ("9.9", Some(99))] {
            assert_eq!(tenths(text).ok(), mood);
        }
        for text in ["", "4.", ".5", "4.55", "44", "-1", "good", "4,5"] {
            assert!(tenths(text).is_err(), "{text}");
        }
    }
}
