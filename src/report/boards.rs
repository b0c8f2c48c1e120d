//! The documents of the demo, the review, day 4's checklists and the retro. Field order here is
//! field order in the JSON.

use chrono::{DateTime, FixedOffset};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Somebody in a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Speaker {
    /// The name.
    pub name: String,
    /// `waiting`, `speaking` or `done`.
    pub turn: String,
    /// How long they have spoken, in seconds.
    pub seconds: i64,
    /// Whether they are away.
    pub away: bool,
}

/// The schema of [`ShowPage`].
pub const SCHEMA_SHOWS: &str = "hackweek/shows/1";

/// What the demo shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ShowPage {
    /// [`SCHEMA_SHOWS`].
    pub schema: String,
    /// `2026-W47`.
    pub week: String,
    /// When it is.
    pub demo_at: Option<DateTime<FixedOffset>>,
    /// In their order.
    pub shows: Vec<Show>,
    /// Who shows in which order.
    pub speakers: Vec<Speaker>,
}

/// A hack that is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    /// What commands take; they take its words, too.
    pub id: String,
    /// What it is.
    pub what: String,
    /// Who shows it.
    pub by: String,
    /// When it was seen.
    pub seen_at: Option<DateTime<FixedOffset>>,
    /// `undecided`, `undo` or `keep`.
    pub verdict: String,
    /// The items of debt that were seen with it: `D-05`, or the beginning of an id.
    pub debt: Vec<String>,
}

/// The schema of [`ReviewPage`].
pub const SCHEMA_REVIEW: &str = "hackweek/review/1";

/// What the review found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewPage {
    /// [`SCHEMA_REVIEW`].
    pub schema: String,
    /// `2026-W47`.
    pub week: String,
    /// The number of the hack.
    pub hack: Option<u32>,
    /// What the project is called.
    pub title: Option<String>,
    /// By bucket, in their order.
    pub findings: Vec<Finding>,
    /// How many refactors have the test that they need.
    pub refactors_tested: u64,
    /// How many need one.
    pub refactors_to_test: u64,
    /// The lines of what gets deleted, below zero.
    pub lines_deleted: i64,
    /// What people said in show and tell, by person in the order in which they present.
    pub said: Vec<Said>,
    /// What became of the hacks that were shown.
    pub shown: Shown,
    /// The questions of the method, then the team's own.
    pub questions: Vec<Question>,
    /// Who shows and tells in which order.
    pub speakers: Vec<Speaker>,
    /// What day 4 is getting.
    pub day_4: Vec<Load>,
    /// What was paid on day 4 of the weeks before, oldest first, at most three.
    pub day_4_before: Vec<u32>,
}

impl ReviewPage {
    /// All texts in it that people wrote.
    pub fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let findings = self.findings.iter_mut().flat_map(|it| {
            (std::iter::once(&mut it.what).chain(&mut it.place))
                .chain(&mut it.test)
                .chain(&mut it.unlocked_because)
        });
        let said = self.said.iter_mut().map(|said| &mut said.text);
        let questions = self.questions.iter_mut();
        let questions =
            questions.flat_map(|it| std::iter::once(&mut it.question).chain(&mut it.answer));
        (findings.chain(said))
            .chain(questions)
            .chain(&mut self.title)
    }
}

/// What somebody said in show and tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Said {
    /// The name.
    pub by: String,
    /// `good`, `bad` or `embarrassing`.
    pub about: String,
    /// The words.
    pub text: String,
}

/// What became of the hacks that were shown in the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// How many were seen.
    pub hacks: u64,
    /// Of these, those to undo.
    pub undo: u64,
    /// Those to keep.
    pub keep: u64,
    /// Those that nobody has decided on.
    pub undecided: u64,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// What commands take; they take its words, too.
    pub id: String,
    /// `refactor`, `must_change` or `get_to_delete`.
    pub bucket: String,
    /// What it is.
    pub what: String,
    /// Where it is.
    pub place: Option<String>,
    /// The lines that it adds, or takes away if negative.
    pub lines: Option<i64>,
    /// Who does it.
    pub owner: Option<String>,
    /// The item of debt that it is about: `D-05`, or the beginning of an id.
    pub debt: Option<String>,
    /// `missing`, `linked` or `not_needed`.
    pub test_state: String,
    /// The linked test.
    pub test: Option<String>,
    /// Why it goes without a test.
    pub unlocked_because: Option<String>,
    /// Whether it can't be done yet.
    pub locked: bool,
    /// When it was done.
    pub done_at: Option<DateTime<FixedOffset>>,
}

/// A question of the review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    /// From 1.
    pub number: u64,
    /// What commands take of one of the team's own; they take its number and its words, too. `None`:
    /// it is of the method, and stays as it is.
    pub id: Option<String>,
    /// The question.
    pub question: String,
    /// The team's answer.
    pub answer: Option<String>,
    /// Who gave it.
    pub by: Option<String>,
}

/// The schema of [`QuestionList`].
pub const SCHEMA_QUESTIONS: &str = "hackweek/questions/1";

/// What the review of a week asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionList {
    /// [`SCHEMA_QUESTIONS`].
    pub schema: String,
    /// `2026-W47`.
    pub week: String,
    /// The questions of the method, then the team's own.
    pub questions: Vec<Question>,
}

/// How much somebody has to do on day 4.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Load {
    /// The name; `None`: nobody.
    pub name: Option<String>,
    /// Findings, and items of debt that were taken for that day.
    pub items: u64,
}

/// The schema of [`CheckPage`].
pub const SCHEMA_CHECKS: &str = "hackweek/checks/1";

/// The checklists of day 4.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CheckPage {
    /// [`SCHEMA_CHECKS`].
    pub schema: String,
    /// `2026-W47`.
    pub week: String,
    /// By list, in the order of the method.
    pub checks: Vec<Check>,
    /// When day 4 was closed.
    pub closed_at: Option<DateTime<FixedOffset>>,
}

/// A line of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// What commands take; they take its words, too.
    pub id: String,
    /// `document`, `test`, `refactor` or `standard`.
    pub list: String,
    /// What is to be done.
    pub text: String,
    /// Who does it.
    pub owner: Option<String>,
    /// The finding that it is.
    pub finding: Option<String>,
    /// Whether it can't be done yet, for want of a test.
    pub locked: bool,
    /// When it was done.
    pub done_at: Option<DateTime<FixedOffset>>,
}

/// The schema of [`RetroPage`].
pub const SCHEMA_RETRO: &str = "hackweek/retro/1";

/// The cards and actions of a retro.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RetroPage {
    /// [`SCHEMA_RETRO`].
    pub schema: String,
    /// `2026-W47`.
    pub week: String,
    /// By column, those with most votes first; what was merged is in another.
    pub cards: Vec<Card>,
    /// The votes that everybody has left.
    pub votes: Vec<Votes>,
    /// What is talked over.
    pub topic: Option<Topic>,
    /// What this week's people had to do.
    pub actions: Vec<Action>,
    /// What next week's have to.
    pub next_actions: Vec<Action>,
}

/// A card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Card {
    /// What commands take; they take its words, too.
    pub id: String,
    /// `keep`, `change` or `try`.
    pub column: String,
    /// The words.
    pub text: String,
    /// Who wrote it.
    pub by: Option<String>,
    /// Its votes, with those of the cards in it.
    pub votes: u32,
    /// The words of the cards that were merged into it.
    pub merged: Vec<String>,
}

/// The votes that somebody has left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Votes {
    /// The name.
    pub name: String,
    /// How many.
    pub left: u32,
}

/// The card that is talked over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Topic {
    /// Its words.
    pub card: String,
    /// For how long, in seconds.
    pub seconds: i64,
    /// Whether the time runs.
    pub runs: bool,
}

/// What somebody has to do in a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Action {
    /// What commands take; they take its words, too.
    pub id: String,
    /// What is to be done.
    pub text: String,
    /// Who does it.
    pub owner: Option<String>,
    /// On which day, 1 to 5.
    pub day: Option<u8>,
    /// `open`, `done`, `carried` or `dropped`.
    pub status: String,
    /// When it was done.
    pub done_at: Option<DateTime<FixedOffset>>,
    /// How often it was on a list by that week, that one counted.
    pub times: u64,
    /// The feature that it serves.
    pub feature: Option<String>,
}
