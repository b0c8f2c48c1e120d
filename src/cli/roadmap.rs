//! `hackweek roadmap`: the whiteboard, and when its milestones come.

use clap::{Args, Subcommand, ValueEnum};

use super::Session;
use super::exit::{Failure, Verdict};
use super::written::{edit, list};
use crate::report::table;
use crate::workspace::people::{FeatureChange, Milestone, RoadmapChange};

/// `hackweek roadmap`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Roadmap {
    /// What if each coming hack does so many tasks
    #[arg(long, value_name = "N")]
    tasks: Option<u32>,
    /// What if the scope grows by so many tasks in each
    #[arg(long, value_name = "N")]
    growth: Option<u32>,
    #[command(subcommand)]
    command: Option<Change>,
}

/// What is done to the whiteboard. FEATURE is its name, a beginning of it, or its id.
#[derive(Debug, Subcommand)]
enum Change {
    /// Say what the project is
    Is {
        /// What
        #[arg(value_name = "TEXT")]
        text: String,
    },
    /// Say what the project solves
    Solves {
        /// What
        #[arg(value_name = "TEXT")]
        text: String,
    },
    /// Say by how many tasks the scope grows in a week, or without a number nothing
    Growth {
        /// How many
        #[arg(value_name = "N")]
        tasks: Option<u32>,
    },
    /// Add a feature
    Add {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
        /// The milestone that needs it
        #[arg(long, value_enum, value_name = "STAGE")]
        stage: Stage,
        /// How many tasks it takes
        #[arg(long, value_name = "N")]
        left: u32,
    },
    /// Give a feature another name
    Rename {
        /// The feature
        #[arg(value_name = "FEATURE")]
        feature: String,
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Put a feature to another milestone
    Stage {
        /// The feature
        #[arg(value_name = "FEATURE")]
        feature: String,
        /// The milestone that needs it
        #[arg(value_enum, value_name = "STAGE")]
        stage: Stage,
    },
    /// Say how many tasks a feature still takes
    Left {
        /// The feature
        #[arg(value_name = "FEATURE")]
        feature: String,
        /// How many
        #[arg(value_name = "N")]
        tasks: u32,
    },
    /// Say that nothing of a feature is left
    Done {
        /// The feature
        #[arg(value_name = "FEATURE")]
        feature: String,
    },
    /// Say that a feature was worked on in this week
    Work {
        /// The feature
        #[arg(value_name = "FEATURE")]
        feature: String,
        /// It was not
        #[arg(long)]
        not: bool,
    },
    /// Move a feature to the front, or behind another
    Move {
        /// The feature
        #[arg(value_name = "FEATURE")]
        feature: String,
        /// The one before it
        #[arg(long, value_name = "FEATURE")]
        after: Option<String>,
    },
    /// Give a feature up
    Drop {
        /// The feature
        #[arg(value_name = "FEATURE")]
        feature: String,
        /// It is taken up again
        #[arg(long)]
        back: bool,
    },
    /// Take a feature away
    Delete {
        /// The feature
        #[arg(value_name = "FEATURE")]
        feature: String,
    },
}

/// A milestone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Stage {
    /// The first that others see
    Alpha,
    /// The first that others can rely on
    Beta,
}

impl From<Stage> for Milestone {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Alpha => Self::Alpha,
            Stage::Beta => Self::Beta,
        }
    }
}

/// Shows or changes.
pub(super) fn run(session: &Session, asked: &Roadmap) -> Result<Verdict, Failure> {
    let whole = |change: RoadmapChange| edit(session, |people, _| people.change_roadmap(&change));
    let (feature, change) = match &asked.command {
        None => {
            return list(
                session,
                |workspace| workspace.roadmap_page(asked.tasks, asked.growth),
                table::write_roadmap,
            );
        }
        Some(Change::Is { text }) => return whole(RoadmapChange::Is(text.clone())),
        Some(Change::Solves { text }) => return whole(RoadmapChange::Solves(text.clone())),
        Some(Change::Growth { tasks }) => return whole(RoadmapChange::Growth(*tasks)),
        Some(Change::Add { name, stage, left }) => {
            return whole(RoadmapChange::Add(name.clone(), (*stage).into(), *left));
        }
        Some(Change::Rename { feature, name }) => (feature, FeatureChange::Rename(name.clone())),
        Some(Change::Stage { feature, stage }) => (feature, FeatureChange::Stage((*stage).into())),
        Some(Change::Left { feature, tasks }) => (feature, FeatureChange::Left(*tasks)),
        Some(Change::Done { feature }) => (feature, FeatureChange::Left(0)),
        Some(Change::Work { feature, not }) => (feature, FeatureChange::Work(!not)),
        Some(Change::Move { feature, after }) => (feature, FeatureChange::Move(after.clone())),
        Some(Change::Drop { feature, back }) => (feature, FeatureChange::Drop(!back)),
        Some(Change::Delete { feature }) => (feature, FeatureChange::Delete),
    };
    edit(session, |people, _| people.change_feature(feature, &change))
}
