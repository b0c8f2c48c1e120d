//! The whiteboard: what the project is, its features, and when the milestones come.

use super::naming::{Search, Thing, find, short};
use super::{People, Written};
use crate::report::roadmap::{
    Coming, Feature as Row, Hack, Milestone as MilestoneRow, RoadmapPage, SCHEMA_ROADMAP,
};
use crate::week::forecast::{Draws, Forecast};
use crate::week::roadmap::{Feature, Milestone, RoadmapCommand, spans};
use crate::week::{Board, Id, WeekName};
use crate::workspace::{Error, Workspace};

/// What is done to the whiteboard as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoadmapChange {
    /// What the project is.
    Is(String),
    /// What it solves.
    Solves(String),
    /// By how many tasks the scope grows in a week; `None`: nobody says.
    Growth(Option<u32>),
    /// A new feature, with the milestone that needs it and the tasks that it takes.
    Add(String, Milestone, u32),
}

/// What is done to a feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeatureChange {
    /// It has another name.
    Rename(String),
    /// Another milestone needs it.
    Stage(Milestone),
    /// How many tasks it still takes; 0: it is done.
    Left(u32),
    /// It was worked on in the asked week, or was not.
    Work(bool),
    /// It comes after another; `None`: first.
    Move(Option<String>),
    /// It is given up, or is not.
    Drop(bool),
    /// It was never meant.
    Delete,
}

/// How many of the last weeks a forecast is drawn from: older ones tell of another team.
const WEEKS: usize = 6;

/// The odds, in percent, from which on a week's are no longer listed.
const SURE: u32 = 99;

/// The most weeks that are listed.
const MOST: usize = 26;

impl Workspace {
    /// Tells what is on the whiteboard, and when its milestones come if the next weeks go like the
    /// last ones.
    ///
    /// # Errors
    /// A log that cannot be read.
    pub fn roadmap_page(&self) -> Result<RoadmapPage, Error> {
        let board = self.own_board()?;
        let name = self.week().name();
        let whiteboard = board.roadmap();
        let text = |text: String| (!text.is_empty()).then_some(text);
        let known = self.known_weeks(&board, name);
        let done: Vec<u32> = known.iter().filter_map(|hack| hack.done).collect();
        let coming = Ahead::after(&board, &known, name);
        let growth = whiteboard.growth.unwrap_or(0);
        let draws = Draws::of(done.clone(), growth);
        let milestone = |milestone: Milestone| {
            let left = board.left_to(milestone);
            let forecast = Forecast::of(left, &draws);
            self.milestone(milestone, left, forecast.as_ref(), &coming)
        };
        let pace = mean(&done);
        let features = board.features();
        let sketch = spans(&features, pace);
        let feature = |feature: &&Feature| {
            let span = sketch.iter().find(|span| span.feature == feature.id);
            Row {
                id: short(&board, &feature.id),
                name: feature.name.clone(),
                stage: word(feature.stage).to_owned(),
                left: feature.left,
                worked: feature.worked.iter().map(ToString::to_string).collect(),
                times_carried: board.times_carried(&feature.id) as u64,
                from: span.map(|span| rounded(span.from)),
                to: span.map(|span| rounded(span.to)),
            }
        };
        let skipped = coming.skipped.iter().map(ToString::to_string);
        Ok(RoadmapPage {
            schema: SCHEMA_ROADMAP.to_owned(),
            week: name.to_string(),
            is: text(whiteboard.is),
            solves: text(whiteboard.solves),
            growth: whiteboard.growth,
            features: features.iter().map(feature).collect(),
            milestones: vec![milestone(Milestone::Alpha), milestone(Milestone::Beta)],
            hacks: known,
            skipped: skipped.collect(),
            runs: draws.runs,
            seed: draws.seed,
        })
    }

    /// The last weeks that tell of a pace: those before the asked one, and that one once its
    /// deadline is over or it is closed.
    fn known_weeks(&self, board: &Board, name: WeekName) -> Vec<Hack> {
        let week = board.week(name);
        let over = self.now > self.week().deadline().to_utc() || week.record().closed.is_some();
        let mut figures = week.figures_up_to_here(WEEKS + 1);
        if !over {
            figures.retain(|(week, _)| *week != name);
        }
        let first = figures.len().saturating_sub(WEEKS);
        let hack = |(week, figures): (WeekName, crate::week::record::Figures)| Hack {
            week: week.to_string(),
            number: board.week(week).record().number,
            done: figures.tasks_done,
        };
        figures.split_off(first).into_iter().map(hack).collect()
    }

    fn milestone(
        &self,
        milestone: Milestone,
        left: u32,
        forecast: Option<&Forecast>,
        coming: &Ahead,
    ) -> MilestoneRow {
        let row = |at: usize| {
            let week = coming.weeks.get(at.checked_sub(1)?)?;
            let ends = self.calendar.week(*week);
            Some(Coming {
                week: week.to_string(),
                number: coming
                    .first
                    .map(|first| first.saturating_add(at as u32 - 1)),
                ends: ends.days().last()?.date,
                percent: forecast?.percent(at)?,
            })
        };
        let rows: Vec<Coming> = (1..=MOST).map_while(row).collect();
        let sure = rows.iter().position(|row| row.percent >= SURE);
        let from = rows.iter().position(|row| row.percent > 0).unwrap_or(0);
        let until = sure.map_or(rows.len(), |at| at + 1);
        let in_week = |at: Option<usize>| Some(coming.weeks.get(at?.checked_sub(1)?)?.to_string());
        MilestoneRow {
            name: word(milestone).to_owned(),
            left,
            average: in_week(forecast.and_then(|forecast| forecast.average)),
            say: in_week(forecast.and_then(Forecast::to_say)),
            weeks: rows.into_iter().take(until).skip(from).collect(),
        }
    }
}

/// The weeks to come that have a hack.
struct Ahead {
    weeks: Vec<WeekName>,
    /// The number of the first.
    first: Option<u32>,
    /// Those between them that have none.
    skipped: Vec<WeekName>,
}

impl Ahead {
    fn after(board: &Board, known: &[Hack], name: WeekName) -> Self {
        let is_known = |name: WeekName| known.iter().any(|hack| hack.week == name.to_string());
        let mut next = if is_known(name) {
            name.next()
        } else {
            Some(name)
        };
        let (mut weeks, mut skipped) = (Vec::new(), Vec::new());
        while let Some(week) = next
            && weeks.len() < MOST
        {
            match board.week(week).record().skipped {
                true => skipped.push(week),
                false => weeks.push(week),
            }
            next = week.next();
        }
        // A long break at the end is none between weeks.
        skipped.retain(|week| weeks.last().is_some_and(|last| week < last));
        let last = known.iter().rev().find_map(|hack| hack.number);
        let own = board.week(name).record().number.filter(|_| !is_known(name));
        Self {
            weeks,
            first: own.or(last.map(|last| last.saturating_add(1))),
            skipped,
        }
    }
}

fn word(milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::Alpha => "alpha",
        Milestone::Beta => "beta",
    }
}

/// The plain average; 0 of nothing.
fn mean(done: &[u32]) -> f64 {
    let sum: u64 = done.iter().map(|done| u64::from(*done)).sum();
    sum as f64 / (done.len().max(1)) as f64
}

/// To hundredths: what a sketch is good for.
fn rounded(weeks: f64) -> f64 {
    (weeks * 100.0).round() / 100.0
}

impl People {
    /// Changes the whiteboard.
    ///
    /// # Errors
    /// As for [`People::decide`].
    pub fn change_roadmap(&mut self, change: &RoadmapChange) -> Result<Written, Error> {
        self.decide(match change {
            RoadmapChange::Is(text) => RoadmapCommand::Is(text.clone()),
            RoadmapChange::Solves(text) => RoadmapCommand::Solves(text.clone()),
            RoadmapChange::Growth(growth) => RoadmapCommand::Growth(*growth),
            RoadmapChange::Add(name, stage, left) => RoadmapCommand::Add {
                name: name.clone(),
                stage: *stage,
                left: *left,
            },
        })
    }

    /// Changes the feature that `given` names.
    ///
    /// # Errors
    /// A feature that is not there; as for [`People::decide`].
    pub fn change_feature(
        &mut self,
        given: &str,
        change: &FeatureChange,
    ) -> Result<Written, Error> {
        let feature = feature_of(self.board(), given)?;
        let command = match change {
            FeatureChange::Rename(name) => RoadmapCommand::Rename {
                feature,
                name: name.clone(),
            },
            FeatureChange::Stage(stage) => RoadmapCommand::Stage {
                feature,
                stage: *stage,
            },
            FeatureChange::Left(left) => RoadmapCommand::Left {
                feature,
                left: *left,
            },
            FeatureChange::Work(worked) => RoadmapCommand::Work {
                feature,
                week: self.week,
                worked: *worked,
            },
            FeatureChange::Move(after) => RoadmapCommand::Move {
                feature,
                after: self.feature_or_none(after.as_deref())?,
            },
            FeatureChange::Drop(dropped) => RoadmapCommand::Drop {
                feature,
                dropped: *dropped,
            },
            FeatureChange::Delete => RoadmapCommand::Delete { feature },
        };
        self.decide(command)
    }

    /// The feature that a name means, if one is given.
    pub(super) fn feature_or_none(&self, given: Option<&str>) -> Result<Option<Id>, Error> {
        given
            .map(|given| feature_of(self.board(), given))
            .transpose()
    }
}

fn feature_of(board: &Board, given: &str) -> Result<Id, Error> {
    let features = board.features.values().map(|feature| Thing {
        id: &feature.id,
        words: &feature.name,
    });
    let search = Search {
        what: "feature",
        list: "hackweek roadmap",
        given,
    };
    Ok(find(board, &search, features)?)
}
