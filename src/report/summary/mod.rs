//! The end-of-week summary, schema `hackweek/summary/1`: what was shown and shipped, what became of
//! the debt and the promises, what was learned, and where the roadmap stands. Field order here is
//! field order in the JSON.

mod build;
mod roadmap;
mod sheet;
mod stories;
#[cfg(test)]
mod tests;
mod trend;

use chrono::{DateTime, FixedOffset};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::debt::ReportWeek;
use super::figures::WeekDebt;
use super::rows::{BlockerRow, DebtRow, PromiseRow, RepositoryRow, TaskRow};
use crate::week::demo::Verdict;
use crate::week::payback::CheckList;

pub use build::summary;
pub(super) use sheet::sheet;

/// The schema that [`Summary::schema`] names. A change that an old reader would misunderstand takes
/// the next number.
pub const SCHEMA: &str = "hackweek/summary/1";

/// The summary of a week.
///
/// All times carry the offset that the week's timezone has at that time; lengths are seconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// [`SCHEMA`].
    pub schema: String,
    /// When the document was made.
    pub generated_at: DateTime<FixedOffset>,
    /// The moment that it speaks of: the same, or the end of the last day once the week is over.
    pub at: DateTime<FixedOffset>,
    /// The week.
    pub week: ReportWeek,
    /// The number of the hack.
    pub hack: Option<u32>,
    /// What the project is called.
    pub title: Option<String>,
    /// What was to be demonstrated.
    pub goal: Option<String>,
    /// When the demo was to be.
    pub demo_at: Option<DateTime<FixedOffset>>,
    /// When the week was closed; `None` while it goes on.
    pub closed: Option<DateTime<FixedOffset>>,
    /// The repositories.
    pub repositories: Vec<RepositoryRow>,
    /// The team; without one, the authors of the week.
    pub people: Vec<String>,
    /// The commits of the week.
    pub commits: Commits,
    /// What was shown, in the order of the demo.
    pub shows: Vec<ShowRow>,
    /// The tasks.
    pub tasks: Tasks,
    /// The promises.
    pub promises: Promises,
    /// What became of the debt of the hack days: the same figures as those of the debt report.
    pub debt: WeekDebt,
    /// That debt, item by item, in the order in which it came in.
    pub items: Vec<DebtRow>,
    /// The item, the debt and the message that are worth telling.
    pub stories: Stories,
    /// What the week's commits were for: half of them should build, half care.
    pub work: Work,
    /// What came up that stopped people, oldest first.
    pub blockers: Vec<BlockerRow>,
    /// The cards of the retro with most votes.
    pub learned: Learned,
    /// What the team agreed on.
    pub standards: Vec<CheckRow>,
    /// How far the checklists of day 4 are.
    pub checks: Vec<CheckCount>,
    /// What the retro before had people do.
    pub actions: Vec<ActionRow>,
    /// The next week.
    pub next: Next,
    /// The last weeks up to this one, oldest first.
    pub trend: Vec<TrendRow>,
    /// Where the roadmap stands; `None` without features.
    pub roadmap: Option<Roadmap>,
    /// How the team felt, 1 to 5; `None` where nobody said.
    pub mood: Option<f64>,
    /// Where and when the beer is.
    pub beer: Option<String>,
    /// The hour of planning; `None` where its timer never ran.
    pub planning: Option<PlanningRow>,
}

impl Summary {
    /// What people wrote into commits, files and the board: where a secret can stand.
    pub fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let tasks = &mut self.tasks;
        let tasks = (tasks.shipped.iter_mut())
            .chain(&mut tasks.carried)
            .chain(&mut tasks.open)
            .chain(&mut tasks.cut)
            .chain(&mut self.next.tasks);
        let stories = &mut self.stories;
        let debt = (self.items.iter_mut())
            .chain(&mut stories.best)
            .chain(&mut stories.worst)
            .chain(&mut self.next.debt);
        let honest = stories
            .honest
            .iter_mut()
            .flat_map(|honest| std::iter::once(&mut honest.subject).chain(&mut honest.confessions));
        let learned = &mut self.learned;
        let cards = learned
            .keep
            .iter_mut()
            .chain(&mut learned.change)
            .chain(&mut learned.try_);
        let actions = self.actions.iter_mut().chain(&mut self.next.actions);
        (self.goal.iter_mut().chain(&mut self.beer))
            .chain(self.shows.iter_mut().map(|show| &mut show.what))
            .chain(tasks.flat_map(TaskRow::texts))
            .chain(
                self.promises
                    .promises
                    .iter_mut()
                    .flat_map(PromiseRow::texts),
            )
            .chain(debt.flat_map(DebtRow::texts))
            .chain(honest)
            .chain(self.blockers.iter_mut().map(|blocker| &mut blocker.text))
            .chain(cards.map(|card| &mut card.text))
            .chain(self.standards.iter_mut().map(|check| &mut check.text))
            .chain(actions.map(|action| &mut action.text))
    }
}

/// The commits of a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Commits {
    /// How many, merges too.
    pub count: u64,
    /// Of how many people.
    pub authors: u64,
}

/// A hack that was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ShowRow {
    /// What it is.
    pub what: String,
    /// Who showed it.
    pub by: String,
    /// When it was seen; `None`: it was not.
    pub seen_at: Option<DateTime<FixedOffset>>,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// The tasks of a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tasks {
    /// How many were planned: all but the cut ones.
    pub planned: u64,
    /// How many of these were done.
    pub done: u64,
    /// How many of these came from an earlier week.
    pub carried_in: u64,
    /// The done ones.
    pub shipped: Vec<TaskRow>,
    /// Those that went into a later week.
    pub carried: Vec<TaskRow>,
    /// Those that are neither done nor carried.
    pub open: Vec<TaskRow>,
    /// Those that were cut.
    pub cut: Vec<TaskRow>,
}

/// The promises of a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Promises {
    /// How many were made: both sides agreed once.
    pub made: u64,
    /// How many of these were kept in time.
    pub kept: u64,
    /// All, also those that were only asked for, in order.
    pub promises: Vec<PromiseRow>,
}

/// What is worth telling. Each rule names one, or none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stories {
    /// Of the week's debt that was paid in time with a real fix (else by deleting its code): what
    /// was moved and edited most often on its way; of these the riskiest; of these what was paid
    /// fastest.
    pub best: Option<DebtRow>,
    /// Of the week's debt that is open, else carried, else paid late: the riskiest; of these what
    /// was owed longest.
    pub worst: Option<DebtRow>,
    /// The commit of the week whose message confesses most: by its declared markers, then by its
    /// suspected ones; of these the first.
    pub honest: Option<Honest>,
}

/// A commit whose message confesses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Honest {
    /// The repository's name.
    pub repository: String,
    /// The commit.
    pub commit: String,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub time: DateTime<FixedOffset>,
    /// The first line of its message.
    pub subject: String,
    /// What the markers in it say, as `TODO undo me`.
    pub confessions: Vec<String>,
}

/// What commits were for, as [`build_and_care`](crate::week::build_and_care) has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Work {
    /// Something new.
    pub build: u64,
    /// Tests.
    pub tests: u64,
    /// Documents.
    pub docs: u64,
    /// The same, but better.
    pub refactor: u64,
    /// The percentage of building; `None` without commits that changed files.
    pub build_percent: Option<u32>,
    /// The percentage of tests, documents and refactoring, which makes 100 with the other.
    pub care_percent: Option<u32>,
}

/// What was learned: at most [`Learned::MOST`] cards of each column, those with most votes first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Learned {
    /// What stays.
    pub keep: Vec<CardRow>,
    /// What changes.
    pub change: Vec<CardRow>,
    /// What is tried.
    #[serde(rename = "try")]
    pub try_: Vec<CardRow>,
    /// How many cards there were, merged ones too.
    pub cards: u64,
}

impl Learned {
    /// How many cards of a column are told.
    pub const MOST: usize = 3;
}

/// A card of the retro.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CardRow {
    /// The words.
    pub text: String,
    /// Its votes, with those of the cards that were merged into it.
    pub votes: u32,
}

/// A line of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CheckRow {
    /// The words.
    pub text: String,
    /// Who sees to it.
    pub owner: Option<String>,
    /// Whether it is ticked.
    pub done: bool,
}

/// How far a checklist is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CheckCount {
    /// Which.
    pub list: CheckList,
    /// Ticked lines.
    pub done: u64,
    /// All lines.
    pub all: u64,
}

/// What the retro has somebody do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ActionRow {
    /// The words.
    pub text: String,
    /// Who does it.
    pub owner: Option<String>,
    /// The day of the week that it is for, 1 to 5.
    pub day: Option<u8>,
    /// Whether it was done.
    pub done: bool,
    /// Whether it was given up.
    pub dropped: bool,
    /// How often it was on the list by that week, that one counted.
    pub times: u64,
}

/// The next week, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Next {
    /// Its name: the next one that has a hack.
    pub week: Option<String>,
    /// The number of its hack.
    pub hack: Option<u32>,
    /// What the retro has people do in it.
    pub actions: Vec<ActionRow>,
    /// The tasks that wait for it.
    pub tasks: Vec<TaskRow>,
    /// The debt that is carried into it.
    pub debt: Vec<DebtRow>,
    /// The features that are not done, in the order of the whiteboard.
    pub features: Vec<String>,
}

/// What a week came to; `None` where it is not known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TrendRow {
    /// `2026-W47`.
    pub week: String,
    /// The number of the hack.
    pub hack: Option<u32>,
    /// Tasks that were planned.
    pub tasks_planned: Option<u32>,
    /// Of these, those that were done.
    pub tasks_done: Option<u32>,
    /// Items of debt that the hack days brought in.
    pub debt_opened: Option<u32>,
    /// Of these, those paid in time.
    pub debt_paid: Option<u32>,
    /// Promises that were made.
    pub promises_made: Option<u32>,
    /// Of these, those kept in time.
    pub promises_kept: Option<u32>,
    /// How long planning took.
    pub planning: Option<u32>,
    /// The mood, 1 to 5.
    pub mood: Option<f64>,
}

/// Where the roadmap stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Roadmap {
    /// What the project is.
    pub is: Option<String>,
    /// What it solves.
    pub solves: Option<String>,
    /// The way to alpha.
    pub alpha: MilestoneRow,
    /// The way to beta, that to alpha counted.
    pub beta: MilestoneRow,
    /// What the last hack changed, in sentences, as the roadmap has them.
    pub after: Vec<String>,
}

/// The way to a milestone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MilestoneRow {
    /// Tasks that were left after the week before.
    pub left_before: Option<u32>,
    /// Tasks that are left.
    pub left: u32,
    /// The week of the hack by whose end it is to be said to be done, as the roadmap says; `None`
    /// without a pace, and where nothing is left.
    pub week: Option<String>,
    /// The number of that hack.
    pub hack: Option<u32>,
    /// Percent of the runs that are done by the end of that hack.
    pub percent: Option<u32>,
    /// The number of the hack that was to be said before this one; `None` where that is not known.
    pub hack_before: Option<u32>,
}

/// The hour of planning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanningRow {
    /// How long it took.
    pub spent: u64,
    /// How long it may take.
    pub limit: u64,
}
