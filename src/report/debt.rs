//! The debt report, schema `hackweek/debt/1`. Field order here is field order in the JSON.
//!
//! A stand-in that outlived its promise is an item like any other, of source [`Source::Promise`] and
//! counted with the debt of the day on which the promise was due. Readers that know only the other
//! two sources need not: every field keeps its form.

use chrono::{DateTime, FixedOffset, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::debt::Tier;
use crate::week::Week;

/// The schema that [`DebtReport::schema`] names. A change that an old reader would
/// misunderstand takes the next number.
pub const SCHEMA: &str = "hackweek/debt/1";

/// The whole report: one asked week, or the whole history, of any number of repositories.
///
/// All times carry the offset that the week's timezone has at that time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DebtReport {
    /// [`SCHEMA`].
    pub schema: String,
    /// When the report was made: the *now* of ages and of the time left.
    pub generated_at: DateTime<FixedOffset>,
    /// What the report speaks of.
    pub scope: ReportScope,
    /// The asked week, this one by default: what `day` is a day of.
    pub week: ReportWeek,
    /// The repositories, in the order they were given.
    pub repositories: Vec<Repository>,
    /// Figures of the declared items in scope.
    pub totals: Totals,
    /// Declared debt.
    pub items: Vec<Item>,
    /// Suspected debt: shown apart, never counted.
    #[serde(default)]
    pub suspected: Vec<Item>,
    /// In scope `week` the declared debt that was carried into the week from an earlier one, and
    /// that it has to pay or accept: listed apart, never counted in the totals. In scope `all` it is
    /// among the items.
    #[serde(default)]
    pub carried_in: Vec<Item>,
}

impl DebtReport {
    /// Whether the totals are those of the week: not in scope `all`, unless a week was asked for.
    pub fn counts_week(&self) -> bool {
        self.scope == ReportScope::Week || self.totals.introduced != self.items.len() as u64
    }

    /// The same report of some of its items alone, counted anew. In scope `week` those that were
    /// carried into it are listed apart.
    pub fn only(&self, scope: ReportScope, items: Vec<Item>, suspected: Vec<Item>) -> DebtReport {
        let apart = |item: &Item| scope == ReportScope::Week && item.carried_from.is_some();
        let (carried_in, items): (Vec<Item>, Vec<Item>) = items.into_iter().partition(apart);
        let mut totals = Totals {
            introduced: items.len() as u64,
            suspected: suspected.len() as u64,
            ..Totals::default()
        };
        for item in &items {
            match item.status {
                Status::Open => {
                    totals.open += 1;
                    totals.undecided += u64::from(item.decision.is_none());
                }
                Status::Paid => totals.paid += 1,
                Status::PaidLate => totals.paid_late += 1,
                Status::Accepted => totals.accepted += 1,
                Status::Carried => totals.carried += 1,
                Status::Dismissed => totals.dismissed += 1,
            }
        }
        let due = totals.introduced - totals.dismissed;
        totals.paydown = (due > 0).then(|| totals.paid as f64 / due as f64);
        DebtReport {
            schema: self.schema.clone(),
            generated_at: self.generated_at,
            scope,
            week: self.week.clone(),
            repositories: self.repositories.clone(),
            totals,
            items,
            suspected,
            carried_in,
        }
    }
}

/// What a report speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ReportScope {
    /// Debt introduced on the asked week's hack days.
    Week,
    /// Every item of the whole history.
    All,
}

/// The asked week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReportWeek {
    /// `2026-W47`.
    pub name: String,
    /// Its zone's IANA name.
    pub timezone: String,
    /// The five working days, in order.
    pub days: Vec<Day>,
    /// When the debt is due.
    pub deadline: DateTime<FixedOffset>,
}

impl ReportWeek {
    /// A week as documents have it.
    pub fn of(week: &Week) -> Self {
        let day = |day: &crate::week::Day| Day {
            day: day.number,
            date: day.date,
            phase: day.phase.words().to_owned(),
            hack: day.hack,
        };
        Self {
            name: week.name().to_string(),
            timezone: week.zone().name().to_owned(),
            days: week.days().iter().map(day).collect(),
            deadline: week.deadline().fixed_offset(),
        }
    }
}

impl ReportWeek {
    /// Whether a day, as items have theirs, is a hack day of the week: the configuration says which
    /// are.
    pub fn is_hack_day(&self, day: Option<u8>) -> bool {
        let mut hacks = self.days.iter().filter(|known| known.hack);
        day.is_some_and(|day| hacks.any(|known| known.day == day))
    }
}

/// One working day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Day {
    /// 1 to 5.
    pub day: u8,
    /// Its calendar date in the week's zone.
    pub date: NaiveDate,
    /// What the day is for: `plan + hack`.
    pub phase: String,
    /// Whether its debt counts: it is a hack day.
    pub hack: bool,
}

/// One repository as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Repository {
    /// Short name, unique in the report.
    pub name: String,
    /// Where it is on this machine.
    pub path: String,
    /// The https address of its forge, `https://github.com/owner/name`, for links. Not in the JSON.
    #[serde(skip)]
    pub forge: Option<String>,
    /// The commit that the open items were read from; `None` before the first commit.
    pub head: Option<String>,
    /// How many commits the ledger was made of.
    pub commits: u64,
    /// Whether history ends at a shallow boundary, so that older births are unknown.
    pub shallow: bool,
    /// Files left out for their size or encoding.
    pub skipped: Vec<Skipped>,
}

/// A file left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// Its path in the repository.
    pub path: String,
    /// The reason, a few words: `larger than 1 MiB`.
    pub why: String,
}

/// Figures of declared debt. Each item is in exactly one of `paid`, `paid_late`, `open`,
/// `accepted`, `carried` and `dismissed`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Totals {
    /// Items in scope.
    pub introduced: u64,
    /// Gone by the deadline; in scope `all` without a week, gone at all.
    pub paid: u64,
    /// Gone after the deadline.
    pub paid_late: u64,
    /// Still there, with no decision that closes them.
    pub open: u64,
    /// Kept, with a reason.
    pub accepted: u64,
    /// Carried to the next week.
    pub carried: u64,
    /// Found not to be debt.
    pub dismissed: u64,
    /// Open items that nobody has decided on.
    pub undecided: u64,
    /// Declared items of days 3 to 5 of the week, counted apart.
    pub introduced_after_hack_days: u64,
    /// Suspected items in scope.
    pub suspected: u64,
    /// The paid share, 0.0 to 1.0; `None` when there is nothing to pay.
    pub paydown: Option<f64>,
}

/// One item with its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// The same on every clone.
    pub id: String,
    /// [`Repository::name`].
    pub repository: String,
    /// Declared or suspected.
    pub tier: Tier,
    /// Where the marker stands.
    pub source: Source,
    /// `TODO`, `DONT`, ...
    pub marker: String,
    /// What it says, without the comment's signs.
    pub text: String,
    /// `ann` of `TODO(ann)`.
    pub assignee: Option<String>,
    /// `#123` or `ABC-123`.
    pub ticket: Option<String>,
    /// The language of its file.
    pub language: Option<String>,
    /// Where it is now, or last was; `None` for a commit message.
    pub path: Option<String>,
    /// Its line there, from 1.
    pub line: Option<u32>,
    /// Its birth.
    pub introduced: Introduced,
    /// Where it stands.
    pub status: Status,
    /// What a person said of it last.
    pub decision: Option<Decision>,
    /// How it went.
    pub paid: Option<Paid>,
    /// The earlier week that it was carried out of and into the report's week, `2026-W46`; `None`
    /// where it was not.
    #[serde(default)]
    pub carried_from: Option<String>,
    /// Every event, oldest first.
    pub history: Vec<Event>,
}

/// Where a marker stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// In a file of the tree.
    Code,
    /// In a commit's message.
    CommitMessage,
    /// Nowhere: the stand-in of a promise that is past due is still there. Its marker is `MOCK`, its
    /// `introduced.time` the due time, `introduced.author` who was to get the real thing, `path` the
    /// file that stands in, if there is one; it has no line, and the commit of its birth is empty.
    Promise,
}

/// The status of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Still there.
    Open,
    /// Gone by the deadline.
    Paid,
    /// Gone after the deadline.
    PaidLate,
    /// Kept, with a reason.
    Accepted,
    /// Carried to the next week.
    Carried,
    /// Not debt.
    Dismissed,
}

/// The birth of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Introduced {
    /// The commit that first has it; empty for a promise.
    pub commit: String,
    /// `Name <mail>`, through the mailmap.
    pub author: String,
    /// The time that decides its day.
    pub time: DateTime<FixedOffset>,
    /// The day of the asked week, 1 to 5; `None` outside it.
    pub day: Option<u8>,
    /// Its path at birth.
    pub path: Option<String>,
    /// Its line at birth, from 1.
    pub line: Option<u32>,
}

/// What a person said of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Decision {
    /// What was decided.
    pub kind: DecisionKind,
    /// Why, in the person's words.
    pub reason: Option<String>,
    /// Who, `Name <mail>`.
    pub by: String,
    /// When.
    pub time: DateTime<FixedOffset>,
}

/// What can be decided of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    /// Keep it, with a reason.
    Accepted,
    /// Carry it to the next week.
    Carried,
    /// It is not debt.
    Dismissed,
    /// It is paid, though git does not show it.
    Paid,
    /// A suspected item is debt after all.
    Promoted,
}

/// How an item went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Paid {
    /// The commit in which it went; `None` where a person said so.
    pub commit: Option<String>,
    /// Who, `Name <mail>`.
    pub author: String,
    /// When.
    pub time: DateTime<FixedOffset>,
    /// The day of the asked week, 1 to 5; `None` outside it.
    pub day: Option<u8>,
    /// What went with it.
    pub how: How,
}

/// What a payment did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The code around it changed.
    Fixed,
    /// Its code or its file went.
    Deleted,
    /// The words went and nothing else did: doubtful.
    CommentOnly,
    /// A trailer, a revert or a person said so.
    Said,
}

/// One event in an item's life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// What happened.
    pub event: EventKind,
    /// In which commit; empty where a promise came due, or somebody said that it is kept.
    pub commit: String,
    /// By whom, `Name <mail>`.
    pub author: String,
    /// When.
    pub time: DateTime<FixedOffset>,
    /// Where it stood after the event, or before it went.
    pub path: Option<String>,
    /// Its line there, from 1.
    pub line: Option<u32>,
    /// What it said then.
    pub text: String,
}

/// What can happen to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// It is new.
    Introduced,
    /// It changed its place.
    Moved,
    /// It changed its words or its tag.
    Edited,
    /// It went.
    Paid,
    /// It came back.
    Reopened,
}
