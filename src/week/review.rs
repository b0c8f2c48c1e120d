//! Day 3: what to refactor, what must change, what gets deleted; the good, the bad and the
//! embarrassing; the answers to its questions.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::board::Board;
use super::change::{Change, Pen};
use super::facts::Entity;
use super::family::Family;
use super::id::Id;
use super::name::WeekName;
use super::order::between;
use super::question::{METHOD, Which};
use super::refusal::{Refusal, line};

/// What is to happen to a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bucket {
    /// Refactored, test first.
    Refactor,
    /// Changed.
    MustChange,
    /// Deleted.
    GetToDelete,
}

impl Bucket {
    /// All, as the screen has them from left to right.
    pub const ALL: [Self; 3] = [Self::Refactor, Self::MustChange, Self::GetToDelete];
}

/// Which test a finding has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// None yet.
    #[default]
    Missing,
    /// This one: a name or a path.
    Linked(String),
    /// It needs none.
    NotNeeded,
}

/// What the review found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Which.
    pub id: Id,
    /// The week.
    pub week: WeekName,
    /// What is to happen to it.
    pub bucket: Bucket,
    /// Who does it.
    pub owner: Option<Id>,
    /// What it is.
    pub what: String,
    /// Where it is: a path, or a path and a line.
    pub place: String,
    /// How many lines it adds, or takes away if negative.
    pub lines: Option<i64>,
    /// The item of debt that it is about.
    pub debt: Option<Id>,
    /// Its test.
    pub test: Test,
    /// Why it goes without a test.
    pub unlocked_because: Option<String>,
    /// When it was written down.
    pub since: DateTime<Utc>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// The place in its bucket.
    pub order: String,
}

impl Finding {
    pub(super) fn read(entity: &Entity) -> Option<Self> {
        Some(Self {
            id: entity.id.clone(),
            week: entity.read("week")?,
            bucket: entity.read("bucket")?,
            owner: entity.read("owner"),
            what: entity.text("what"),
            place: entity.text("place"),
            lines: entity.read("lines"),
            debt: entity.read("debt"),
            test: entity.read("test").unwrap_or_default(),
            unlocked_because: entity.read("override"),
            since: entity.since(),
            done_at: entity.instant("done_at"),
            order: entity.text("order"),
        })
    }

    /// Whether it can't be done yet: a refactor without a test, and without a reason for that.
    pub fn is_locked(&self) -> bool {
        self.bucket == Bucket::Refactor
            && self.test == Test::Missing
            && self.unlocked_because.is_none()
    }
}

/// What somebody says of the hack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// The good.
    Good,
    /// The bad.
    Bad,
    /// The embarrassing.
    Embarrassing,
    /// A talking point of the demo.
    Talk,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Which.
    pub id: Id,
    /// The week.
    pub week: WeekName,
    /// Who says it.
    pub by: Id,
    /// Of what.
    pub about: About,
    /// The words.
    pub text: String,
    /// When it was written.
    pub since: DateTime<Utc>,
}

impl Note {
    pub(super) fn read(entity: &Entity) -> Option<Self> {
        Some(Self {
            id: entity.id.clone(),
            week: entity.read("week")?,
            by: entity.read("by")?,
            about: entity.read("about")?,
            text: entity.own("text")?.as_str()?.to_owned(),
            since: entity.since(),
        })
    }
}

/// An answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The week.
    pub week: WeekName,
    /// The question.
    pub question: Which,
    /// The answer.
    pub text: String,
    /// Who gave it.
    pub by: Option<Id>,
}

impl Answer {
    pub(super) fn read(entity: &Entity) -> Option<Self> {
        let text = entity.text("text");
        Some(Self {
            week: entity.read("week")?,
            question: Which::of_answer(&entity.id)?,
            by: entity.read("by"),
            text: (!text.is_empty()).then_some(text)?,
        })
    }
}

/// What a finding says, as it is written down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewFinding {
    /// The week.
    pub week: WeekName,
    /// What is to happen to it.
    pub bucket: Bucket,
    /// Who does it.
    pub owner: Option<Id>,
    /// What it is.
    pub what: String,
    /// Where it is.
    pub place: String,
    /// How many lines it adds or takes away.
    pub lines: Option<i64>,
    /// The item of debt that it is about.
    pub debt: Option<Id>,
}

/// What can be done in the review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ReviewCommand {
    /// Writes down a finding.
    Add(NewFinding),
    /// Writes it anew.
    Edit {
        /// Which.
        finding: Id,
        /// What it is.
        what: String,
        /// Where it is.
        place: String,
        /// Who does it.
        owner: Option<Id>,
        /// How many lines it adds or takes away.
        lines: Option<i64>,
        /// The item of debt that it is about.
        debt: Option<Id>,
    },
    /// Moves it within its bucket.
    Move {
        /// Which.
        finding: Id,
        /// Behind which other; `None`: to the top.
        after: Option<Id>,
    },
    /// Puts it into another bucket.
    Put {
        /// Which.
        finding: Id,
        /// Where.
        bucket: Bucket,
    },
    /// Gives it to somebody.
    Give {
        /// Which.
        finding: Id,
        /// To whom.
        owner: Option<Id>,
    },
    /// Links its test.
    Test {
        /// Which.
        finding: Id,
        /// The test.
        test: Test,
    },
    /// Lets it go without a test, with a reason.
    Unlock {
        /// Which.
        finding: Id,
        /// Why.
        reason: String,
    },
    /// Links the item of debt that it is about.
    Debt {
        /// Which.
        finding: Id,
        /// The item.
        item: Option<Id>,
    },
    /// It is done, or is not.
    Finish {
        /// Which.
        finding: Id,
        /// Whether it is.
        done: bool,
    },
    /// Takes a finding away.
    Delete {
        /// Which.
        finding: Id,
    },
    /// Writes down what somebody says.
    Say {
        /// The week.
        week: WeekName,
        /// Who.
        by: Id,
        /// Of what.
        about: About,
        /// The words.
        text: String,
    },
    /// Takes what somebody said away.
    Unsay {
        /// Which note.
        note: Id,
    },
    /// Answers a question; without words takes the answer back.
    Answer {
        /// The week.
        week: WeekName,
        /// The question.
        question: Which,
        /// The answer.
        text: String,
        /// Who gives it.
        by: Option<Id>,
    },
}

pub(super) fn decide(
    board: &Board,
    command: &ReviewCommand,
    pen: &mut Pen<'_>,
) -> Result<Vec<Change>, Refusal> {
    use ReviewCommand as C;
    let known = |finding: &Id| board.known(&board.findings, "finding", finding);
    let set =
        |finding: &Id| Ok::<_, Refusal>((known(finding)?, Change::set(Family::Finding, finding)));
    let last = |week: WeekName, bucket: Bucket| {
        let findings = board.week(week).findings(bucket);
        findings.last().map(|finding| finding.order.clone())
    };
    let change = match command {
        C::Add(new) => {
            if let Some(owner) = &new.owner {
                board.known_person(owner)?;
            }
            let place = new.place.trim();
            Change::new(Family::Finding, pen.id())
                .with("week", new.week)
                .with("bucket", new.bucket)
                .with("owner", &new.owner)
                .with("what", line("a finding", &new.what)?)
                .with("place", (!place.is_empty()).then_some(place))
                .with("lines", new.lines)
                .with("debt", &new.debt)
                .with(
                    "order",
                    between(last(new.week, new.bucket).as_deref(), None),
                )
        }
        C::Edit {
            finding,
            what,
            place,
            owner,
            lines,
            debt,
        } => {
            if let Some(owner) = owner {
                board.known_person(owner)?;
            }
            let place = place.trim();
            (set(finding)?.1)
                .with("what", line("a finding", what)?)
                .with("place", (!place.is_empty()).then_some(place))
                .with("owner", owner)
                .with("lines", lines)
                .with("debt", debt)
        }
        C::Move { finding, after } => {
            let (known, change) = set(finding)?;
            let mut others = board.week(known.week).findings(known.bucket);
            others.retain(|other| other.id != known.id);
            let at = others
                .iter()
                .position(|other| Some(&other.id) == after.as_ref());
            let place = |at: Option<usize>| at.and_then(|at| others.get(at)).map(|f| &*f.order);
            let next = at.map_or(0, |at| at + 1);
            change.with("order", between(place(at), place(Some(next))))
        }
        C::Put { finding, bucket } => {
            let (known, change) = set(finding)?;
            if known.bucket == *bucket {
                return Err(Refusal::Already);
            }
            let order = between(last(known.week, *bucket).as_deref(), None);
            change.with("bucket", bucket).with("order", order)
        }
        C::Give { finding, owner } => {
            if let Some(owner) = owner {
                board.known_person(owner)?;
            }
            set(finding)?.1.with("owner", owner)
        }
        C::Test { finding, test } => {
            if let Test::Linked(test) = test {
                line("a test", test)?;
            }
            set(finding)?.1.with("test", test)
        }
        C::Unlock { finding, reason } => {
            set(finding)?.1.with("override", line("a reason", reason)?)
        }
        C::Debt { finding, item } => set(finding)?.1.with("debt", item),
        C::Finish { finding, done } => {
            let (known, change) = set(finding)?;
            if *done && known.is_locked() {
                return Err(Refusal::Locked {
                    what: known.what.clone(),
                });
            }
            change.at("done_at", done.then_some(pen.at))
        }
        C::Delete { finding } => {
            known(finding)?;
            Change::delete(Family::Finding, finding)
        }
        C::Say {
            week,
            by,
            about,
            text,
        } => {
            board.known_person(by)?;
            Change::new(Family::Note, pen.id())
                .with("week", week)
                .with("by", by)
                .with("about", about)
                .with("text", line("a note", text)?)
        }
        C::Unsay { note } => {
            board.known(&board.notes, "note", note)?;
            Change::delete(Family::Note, note)
        }
        C::Answer {
            week,
            question,
            text,
            by,
        } => {
            match question {
                Which::Method(number) if !(1..=METHOD.len()).contains(&usize::from(*number)) => {
                    return Err(Refusal::OutOfRange {
                        what: "the question",
                        given: (*number).into(),
                        wanted: "one of the method's six, 1 to 6",
                    });
                }
                Which::Method(_) => {}
                Which::Own(own) => {
                    board.known(&board.questions, "question", own)?;
                }
            }
            let id = question.answer_in(*week)?;
            let text = match text.trim() {
                "" => None,
                text => Some(line("an answer", text)?),
            };
            let by = by.as_ref().filter(|_| text.is_some());
            Change::set(Family::Answer, &id)
                .with("week", week)
                .with("text", text)
                .with("by", by)
        }
    };
    Ok(vec![change])
}
