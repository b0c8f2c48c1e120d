//! Decisions: of an item of debt, named as people name it.

use super::naming::{SHORTEST, Search, Unclear};
use super::{People, Written};
use crate::debt::Tier;
use crate::report::debt::{DebtReport, Item, Status};
use crate::report::secret;
use crate::week::payback::{DecisionKind, PaybackCommand};
use crate::week::{Board, Id, Numbered};
use crate::workspace::{Error, Scope, Workspace};

/// What is said of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It stays, for a reason.
    Accept {
        /// The reason.
        reason: String,
    },
    /// It goes to the next week, once.
    Carry {
        /// Why, where somebody says it.
        reason: Option<String>,
    },
    /// It is not debt.
    Dismiss {
        /// Why, where somebody says it.
        reason: Option<String>,
    },
    /// It is paid, though git cannot show it.
    Paid {
        /// How, where somebody says it.
        reason: Option<String>,
    },
    /// A suspected item is debt after all.
    Promote,
    /// What was decided is taken back.
    Reopen,
}

impl Workspace {
    /// Says something of the item that `given` names: by its id, a beginning of it that only one
    /// has, `repository:ID`, its number, or where it stands. The indexes are asked as they are: scan first.
    ///
    /// # Errors
    /// An item that is not there, is more than one, or is paid already; what the board refuses; what
    /// cannot be read or written.
    pub fn judge(&self, given: &str, verdict: &Verdict) -> Result<Written, Error> {
        let mut report = self.debt(Scope::All)?;
        // Several that fit are shown with their words.
        secret::redact_report(&mut report);
        let item = find(&report, &self.board()?, given)?;
        let by_git = item.paid.as_ref().is_some_and(|paid| paid.commit.is_some());
        let paid = by_git && matches!(item.status, Status::Paid | Status::PaidLate);
        if paid && !matches!(verdict, Verdict::Reopen | Verdict::Promote) {
            return Err(Error::PaidAlready {
                item: item.id.clone(),
            });
        }
        let id = item.id.parse::<Id>().map_err(|_| no_item(given))?;
        if *verdict == Verdict::Promote && item.tier == Tier::Declared {
            return Err(crate::week::Refusal::Already.into());
        }
        self.people()?.judge(id, verdict)
    }
}

/// What is said of an item beside a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Somebody takes it, for a day; `None`: nobody does.
    Take(Option<String>, Option<u8>),
    /// The test that belongs to it; empty: none.
    Test(String),
    /// The issue that was made of it; empty: none.
    Issue(String),
}

impl Workspace {
    /// Finds the item of debt that `given` names, as [`Workspace::judge`] does.
    ///
    /// # Errors
    /// An item that is not there or is more than one; an index that cannot be read.
    pub(super) fn debt_item(&self, given: &str) -> Result<Id, Error> {
        let board = self.board()?;
        if let Some((Numbered::Debt, id)) = board.numbers.find(given.trim()) {
            return Ok(id.clone());
        }
        let mut report = self.debt(Scope::All)?;
        secret::redact_report(&mut report);
        let item = find(&report, &board, given)?;
        Ok(item.id.parse().map_err(|_| no_item(given))?)
    }

    /// Remarks something of the item that `given` names.
    ///
    /// # Errors
    /// As for [`Workspace::judge`].
    pub fn remark(&self, given: &str, remark: &Remark) -> Result<Written, Error> {
        let item = self.debt_item(given)?;
        let mut people = self.people()?;
        let command = match remark {
            Remark::Take(name, for_day) => {
                let owner = name
                    .as_deref()
                    .map(|name| people.person(name))
                    .transpose()?;
                PaybackCommand::Take {
                    item,
                    for_day: for_day.filter(|_| owner.is_some()),
                    owner,
                }
            }
            Remark::Test(test) => PaybackCommand::Test {
                item,
                test: test.clone(),
            },
            Remark::Issue(issue) => PaybackCommand::Issue {
                item,
                issue: issue.clone(),
            },
        };
        people.decide(command)
    }
}

impl People {
    fn judge(&mut self, item: Id, verdict: &Verdict) -> Result<Written, Error> {
        let (kind, reason) = match verdict {
            Verdict::Accept { reason } => (DecisionKind::Accepted, Some(reason.clone())),
            Verdict::Carry { reason } => (DecisionKind::Carried, reason.clone()),
            Verdict::Dismiss { reason } => (DecisionKind::Dismissed, reason.clone()),
            Verdict::Paid { reason } => (DecisionKind::Paid, reason.clone()),
            Verdict::Promote => {
                return self.decide(PaybackCommand::Promote {
                    item,
                    promoted: true,
                });
            }
            Verdict::Reopen => {
                let word = self.board().debts.get(&item);
                let only_promoted = word.is_some_and(|w| w.promoted && w.decision.is_none());
                return match only_promoted {
                    true => self.decide(PaybackCommand::Promote {
                        item,
                        promoted: false,
                    }),
                    false => self.decide(PaybackCommand::Undecide { item }),
                };
            }
        };
        let by = Some(self.me()?);
        let week = self.week;
        self.decide(PaybackCommand::Decide {
            item,
            week,
            kind,
            reason,
            by,
        })
    }
}

fn no_item(given: &str) -> Unclear {
    Unclear::NoSuch {
        what: "item of debt",
        given: given.to_owned(),
        list: LIST,
        near: Vec::new(),
    }
}

const LIST: &str = "hackweek debt --all --format json";

fn find<'a>(report: &'a DebtReport, board: &Board, given: &str) -> Result<&'a Item, Unclear> {
    let numbered = board.numbers.find(given.trim());
    if let Some((Numbered::Debt, id)) = numbered
        && let Some(item) = items(report).find(|item| item.id == id.as_str())
    {
        return Ok(item);
    }
    let (repository, start) = match given.trim().rsplit_once(':') {
        Some((repository, start)) => (Some(repository), start),
        None => (None, given.trim()),
    };
    let at_place = at_place(report, given.trim());
    if !at_place.is_empty() {
        return one_of(at_place, given);
    }
    let start = start.to_ascii_lowercase();
    if start.chars().count() < SHORTEST {
        return Err(Unclear::Short {
            given: given.to_owned(),
        });
    }
    let mut fitting: Vec<&Item> = items(report)
        .filter(|item| repository.is_none_or(|name| item.repository == name))
        .filter(|item| item.id.starts_with(&start))
        .collect();
    // What is open comes first, so that of one id in two repositories that one is meant.
    fitting.sort_by_key(|item| item.status != Status::Open);
    fitting.sort_by(|a, b| a.id.cmp(&b.id));
    fitting.dedup_by(|a, b| a.id == b.id);
    one_of(fitting, given)
}

/// The items that stand at a place as the table has it: `src/hook.rs:17`, the end of it, or with the
/// repository before it.
fn at_place<'a>(report: &'a DebtReport, given: &str) -> Vec<&'a Item> {
    let Some((place, line)) = given.rsplit_once(':') else {
        return Vec::new();
    };
    let Ok(line) = line.parse::<u32>() else {
        return Vec::new();
    };
    let fits = |item: &&Item| {
        let path = format!(
            "{}/{}",
            item.repository,
            item.path.as_deref().unwrap_or("\0")
        );
        let before = path.strip_suffix(place);
        let gone = matches!(item.status, Status::Paid | Status::PaidLate);
        item.line == Some(line)
            && !gone
            && before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
    };
    items(report).filter(fits).collect()
}

fn one_of<'a>(fitting: Vec<&'a Item>, given: &str) -> Result<&'a Item, Unclear> {
    let search = Search {
        what: "item",
        list: LIST,
        given,
    };
    search.the_one(fitting, |item| {
        let place = match (&item.path, item.line) {
            (Some(path), Some(line)) => format!("{path}:{line}"),
            _ => "commit message".to_owned(),
        };
        format!("{} {place} {} {}", item.id, item.marker, item.text)
    })
}

fn items(report: &DebtReport) -> impl Iterator<Item = &Item> {
    report.items.iter().chain(&report.suspected)
}
