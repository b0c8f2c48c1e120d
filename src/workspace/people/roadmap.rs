//! The whiteboard: what the project is, its features, and when the milestones come.

use super::naming::{Search, Thing, find, short};
use super::{People, Written};
use crate::report::roadmap::{Asked, Roadmap, roadmap};
use crate::week::roadmap::{Milestone, RoadmapCommand};
use crate::week::{Board, Id};
use crate::workspace::{Error, Scope, Workspace};

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

impl Workspace {
    /// Tells what is on the whiteboard, and when its milestones come if the next hacks go like the
    /// last ones, or like what is asked: so many tasks in each, the scope growing by so many. The
    /// indexes are asked as they are.
    ///
    /// # Errors
    /// A log or an index that cannot be read.
    pub fn roadmap_page(
        &self,
        tasks_each: Option<u32>,
        growth: Option<u32>,
    ) -> Result<Roadmap, Error> {
        let board = self.own_board()?;
        let paid = self.debt(Scope::Week)?.totals.paid;
        let mut roadmap = roadmap(&Asked {
            board: &board,
            calendar: &self.calendar,
            now: self.now,
            debt_paid: u32::try_from(paid).ok().filter(|paid| *paid > 0),
            tasks_each,
            growth,
        });
        for feature in &mut roadmap.features {
            if let Ok(id) = feature.id.parse() {
                feature.id = short(&board, &id);
            }
        }
        Ok(roadmap)
    }
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
