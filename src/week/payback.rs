//! Day 4: what people decide of debt that is not paid, the gauge of it, and the checklists.
//!
//! The ledger is another room: items come here by their id, with whether git saw them paid.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::board::Board;
use super::change::{Change, Pen};
use super::facts::Entity;
use super::family::Family;
use super::id::Id;
use super::name::WeekName;
use super::order::between;
use super::refusal::{Refusal, line};

/// What people decided of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    /// It is paid, though git can't see that.
    Paid,
    /// It stays, for a reason.
    Accepted,
    /// It goes to the next week, once.
    Carried,
    /// It is not debt.
    Dismissed,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What.
    pub kind: DecisionKind,
    /// Why; an accepted item always has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Id>,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// In which week.
    pub week: WeekName,
}

impl Decision {
    /// When it was decided.
    pub fn time(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.at).unwrap_or_default()
    }
}

/// What people say of an item of debt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DebtWord {
    /// The item.
    pub item: Id,
    /// What was decided.
    pub decision: Option<Decision>,
    /// Who takes it.
    pub owner: Option<Id>,
    /// For which day.
    pub for_day: Option<u8>,
    /// When they took it.
    pub taken_at: Option<DateTime<Utc>>,
    /// The test that belongs to it.
    pub test: Option<String>,
    /// The issue that was made of it.
    pub issue: Option<String>,
    /// When it was seen in the demo.
    pub seen_at: Option<DateTime<Utc>>,
    /// Whether a suspected item was promoted to declared.
    pub promoted: bool,
    /// The weeks that it was carried out of, ascending.
    pub carried: Vec<WeekName>,
}

impl DebtWord {
    pub(super) fn read(entity: &Entity) -> Self {
        Self {
            item: entity.id.clone(),
            decision: entity.read("decision"),
            owner: entity.read("owner"),
            for_day: entity.read("for_day"),
            taken_at: entity.instant("taken_at"),
            test: entity.read("test"),
            issue: entity.read("issue"),
            seen_at: entity.instant("seen_at"),
            promoted: entity.holds("promoted"),
            carried: entity.set("carried/"),
        }
    }

    /// The decision that counts in a week. One that carried the item out of an earlier week is over:
    /// in the next it needs another. One that carried it a second time, as two clones can that did not
    /// know of each other, never counted: it is carried once.
    pub fn decision_in(&self, week: WeekName) -> Option<&Decision> {
        let decision = self.decision.as_ref()?;
        let again = self.carried.iter().any(|from| *from < week);
        let carries = decision.week >= week && !again;
        (decision.kind != DecisionKind::Carried || carries).then_some(decision)
    }
}

impl DebtWord {
    /// The week that it was carried out of, where a later week still has to settle it: the last one
    /// before that week. `None` once an earlier week paid, accepted or dismissed it.
    pub fn carried_into(&self, week: WeekName) -> Option<WeekName> {
        let decision = self.decision.as_ref();
        let settled = |it: &Decision| it.kind != DecisionKind::Carried && it.week < week;
        if decision.is_some_and(settled) {
            return None;
        }
        self.carried.iter().copied().rfind(|from| *from < week)
    }
}

/// The list of day 4 that a line is on, in the order of the method.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum CheckList {
    /// What is documented.
    Document,
    /// What is tested.
    Test,
    /// What is refactored.
    Refactor,
    /// What the team agrees on.
    Standard,
}

/// A line of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Which.
    pub id: Id,
    /// The week.
    pub week: WeekName,
    /// The list.
    pub list: CheckList,
    /// What is to be done.
    pub text: String,
    /// Who does it.
    pub owner: Option<Id>,
    /// The finding of the review that it is; its test unlocks the line.
    pub finding: Option<Id>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// The place in the list.
    pub order: String,
}

impl Check {
    pub(super) fn read(entity: &Entity) -> Option<Self> {
        Some(Self {
            id: entity.id.clone(),
            week: entity.read("week")?,
            list: entity.read("list")?,
            text: entity.text("text"),
            owner: entity.read("owner"),
            finding: entity.read("finding"),
            done_at: entity.instant("done_at"),
            order: entity.text("order"),
        })
    }
}

/// An item of debt, as far as payback needs to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Which.
    pub item: Id,
    /// Whether git saw it paid.
    pub paid: bool,
}

/// The four parts of the debt of a week.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Gauge {
    /// Paid, as git or a person says.
    pub paid: usize,
    /// Accepted, with a reason.
    pub accepted: usize,
    /// Carried to the next week.
    pub carried: usize,
    /// Without a decision, as given.
    pub undecided: Vec<Id>,
    /// Said to be no debt: not in the total.
    pub dismissed: usize,
}

impl Gauge {
    /// The gauge of a week's items.
    pub fn of(board: &Board, week: WeekName, items: &[Owed]) -> Self {
        let mut gauge = Self::default();
        for owed in items {
            let word = board.debts.get(&owed.item);
            let decision = word.and_then(|word| word.decision_in(week));
            match decision.map(|decision| decision.kind) {
                Some(DecisionKind::Dismissed) => gauge.dismissed += 1,
                Some(DecisionKind::Paid) => gauge.paid += 1,
                _ if owed.paid => gauge.paid += 1,
                Some(DecisionKind::Accepted) => gauge.accepted += 1,
                Some(DecisionKind::Carried) => gauge.carried += 1,
                None => gauge.undecided.push(owed.item.clone()),
            }
        }
        gauge
    }

    /// How many there are, but for the dismissed.
    pub fn total(&self) -> usize {
        self.decided() + self.undecided.len()
    }

    /// How many are settled for this week.
    pub fn decided(&self) -> usize {
        self.paid + self.accepted + self.carried
    }

    /// How many are still owed: those without a decision; when each has one, those carried.
    pub fn open(&self) -> usize {
        if self.undecided.is_empty() {
            self.carried
        } else {
            self.undecided.len()
        }
    }
}

/// What can be done on day 4.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PaybackCommand {
    /// Decides of an item.
    Decide {
        /// The item.
        item: Id,
        /// The week.
        week: WeekName,
        /// What.
        kind: DecisionKind,
        /// Why; needed to accept.
        reason: Option<String>,
        /// Who decides.
        by: Option<Id>,
    },
    /// Takes a decision back.
    Undecide {
        /// The item.
        item: Id,
    },
    /// Somebody takes an item, for a day; `None`: nobody does.
    Take {
        /// The item.
        item: Id,
        /// Who.
        owner: Option<Id>,
        /// For which day.
        for_day: Option<u8>,
    },
    /// Makes a suspected item declared, or takes that back.
    Promote {
        /// The item.
        item: Id,
        /// Whether it is declared.
        promoted: bool,
    },
    /// Links a test; empty: none.
    Test {
        /// The item.
        item: Id,
        /// The test.
        test: String,
    },
    /// Links an issue; empty: none.
    Issue {
        /// The item.
        item: Id,
        /// The issue.
        issue: String,
    },
    /// Puts a line on a checklist.
    AddCheck {
        /// The week.
        week: WeekName,
        /// Which list.
        list: CheckList,
        /// What is to be done.
        text: String,
        /// Who does it.
        owner: Option<Id>,
        /// The finding that it is.
        finding: Option<Id>,
    },
    /// Ticks a line, or takes the tick back.
    Tick {
        /// Which.
        check: Id,
        /// Whether it is done.
        done: bool,
    },
    /// Writes a line anew and gives it to somebody.
    EditCheck {
        /// Which.
        check: Id,
        /// What is to be done.
        text: String,
        /// Who does it.
        owner: Option<Id>,
    },
    /// Takes a line away.
    DeleteCheck {
        /// Which.
        check: Id,
    },
    /// Closes day 4. Refused while an item is undecided.
    Close {
        /// The week.
        week: WeekName,
        /// How many items have no decision, as the gauge says.
        undecided: usize,
    },
    /// Opens day 4 again.
    Reopen {
        /// The week.
        week: WeekName,
    },
    /// Several of these as one: one undo takes all of them back. Refused as a whole if one of them
    /// is. None of them sees what another one changes.
    All(Vec<PaybackCommand>),
}

pub(super) fn decide(
    board: &Board,
    command: &PaybackCommand,
    pen: &mut Pen<'_>,
) -> Result<Vec<Change>, Refusal> {
    use PaybackCommand as C;
    let debt = |item: &Id| Change::set(Family::Debt, item);
    let optional = |what, text: &str| match text.trim() {
        "" => Ok(None),
        text => line(what, text).map(Some),
    };
    let change = match command {
        C::Decide {
            item,
            week,
            kind,
            reason,
            by,
        } => {
            let reason = optional("a reason", reason.as_deref().unwrap_or_default())?;
            if *kind == DecisionKind::Accepted && reason.is_none() {
                return Err(Refusal::Empty {
                    what: "accepting debt",
                });
            }
            if *kind == DecisionKind::Carried
                && let Some(from) = board
                    .debts
                    .get(item)
                    .and_then(|word| word.carried.iter().find(|carried| *carried != week))
            {
                return Err(Refusal::CarriedBefore {
                    what: board.debt_name(item),
                    from: from.to_string(),
                });
            }
            let decision = Decision {
                kind: *kind,
                reason,
                by: by.clone(),
                at: pen.millis(),
                week: *week,
            };
            let carried = (*kind == DecisionKind::Carried).then_some(true);
            debt(item)
                .with("decision", decision)
                .with(format!("carried/{week}"), carried)
        }
        C::Undecide { item } => {
            let word = board
                .debts
                .get(item)
                .and_then(|word| word.decision.as_ref());
            let decision = word.ok_or(Refusal::Already)?;
            debt(item)
                .with("decision", None::<Decision>)
                .with(format!("carried/{}", decision.week), None::<bool>)
        }
        C::Take {
            item,
            owner,
            for_day,
        } => {
            if let Some(owner) = owner {
                board.known_person(owner)?;
            }
            let for_day = super::task::checked_day(*for_day)?;
            debt(item)
                .with("owner", owner)
                .with("for_day", for_day)
                .at("taken_at", owner.as_ref().map(|_| pen.at))
        }
        C::Promote { item, promoted } => debt(item).with("promoted", promoted.then_some(true)),
        C::Test { item, test } => debt(item).with("test", optional("a test", test)?),
        C::Issue { item, issue } => debt(item).with("issue", optional("an issue", issue)?),
        C::AddCheck {
            week,
            list,
            text,
            owner,
            finding,
        } => {
            if let Some(owner) = owner {
                board.known_person(owner)?;
            }
            if let Some(finding) = finding {
                board.known(&board.findings, "finding", finding)?;
            }
            let others = board.week(*week).checks(*list);
            let last = others.last().map(|other| other.order.clone());
            Change::new(Family::Check, pen.id())
                .with("week", week)
                .with("list", list)
                .with("text", line("a line", text)?)
                .with("owner", owner)
                .with("finding", finding)
                .with("order", between(last.as_deref(), None))
        }
        C::Tick { check, done } => {
            let known = board.known(&board.checks, "line", check)?;
            if *done && board.is_locked(known) {
                return Err(Refusal::Locked {
                    what: known.text.clone(),
                });
            }
            let at = done.then_some(pen.at);
            let mut changes = vec![Change::set(Family::Check, check).at("done_at", at)];
            if let Some(finding) = &known.finding {
                changes.push(Change::set(Family::Finding, finding).at("done_at", at));
            }
            return Ok(changes);
        }
        C::EditCheck { check, text, owner } => {
            board.known(&board.checks, "line", check)?;
            if let Some(owner) = owner {
                board.known_person(owner)?;
            }
            Change::set(Family::Check, check)
                .with("text", line("a line", text)?)
                .with("owner", owner)
        }
        C::DeleteCheck { check } => {
            board.known(&board.checks, "line", check)?;
            Change::delete(Family::Check, check)
        }
        C::Close { week, undecided } => {
            if *undecided > 0 {
                return Err(Refusal::Undecided { count: *undecided });
            }
            Change::set(Family::Week, &(*week).into()).at("paid_back", Some(pen.at))
        }
        C::Reopen { week } => Change::set(Family::Week, &(*week).into()).at("paid_back", None),
        C::All(commands) => {
            let mut changes = Vec::new();
            for command in commands {
                // One level: several of several are still several.
                if matches!(command, C::All(_)) {
                    return Err(Refusal::Already);
                }
                changes.extend(decide(board, command, pen)?);
            }
            return Ok(changes);
        }
    };
    Ok(vec![change])
}
