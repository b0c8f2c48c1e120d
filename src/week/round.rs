//! People in turn, each with a timer: the standup's round robin, the demo, show and tell.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::board::Board;
use super::change::{Change, Pen};
use super::facts::Entity;
use super::family::Family;
use super::id::Id;
use super::name::WeekName;
use super::random::Random;
use super::refusal::Refusal;
use super::timer::Timer;

/// Which round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RoundName {
    /// The standup of a date.
    Standup(NaiveDate),
    /// The demo of a week.
    Demo(WeekName),
    /// Show and tell in the review of a week.
    Review(WeekName),
}

impl RoundName {
    /// The id that every clone finds by itself.
    pub fn id(self) -> Id {
        let text = match self {
            Self::Standup(date) => format!("standup/{date}"),
            Self::Demo(week) => format!("demo/{week}"),
            Self::Review(week) => format!("review/{week}"),
        };
        // Always short and plain: can't fail.
        text.parse()
            .unwrap_or_else(|_| WeekName::of(NaiveDate::MIN).into())
    }

    pub(super) fn of_id(id: &Id) -> Option<Self> {
        let (what, when) = id.as_str().split_once('/')?;
        match what {
            "standup" => when.parse().ok().map(Self::Standup),
            "demo" => when.parse().ok().map(Self::Demo),
            "review" => when.parse().ok().map(Self::Review),
            _ => None,
        }
    }
}

/// Where somebody's turn is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// Still to come.
    #[default]
    Waiting,
    /// Now.
    Speaking,
    /// Over.
    Done,
}

/// A turn and its timer, as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Taken {
    turn: Turn,
    timer: Timer,
    /// When it was over, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended: Option<i64>,
}

/// A person in a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Speaker {
    /// Who.
    pub person: Id,
    /// Where the turn is.
    pub turn: Turn,
    /// Its timer.
    pub timer: Timer,
    /// When it was over.
    pub ended: Option<DateTime<Utc>>,
    /// Whether they are not there.
    pub away: bool,
}

/// A round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Round {
    /// Which.
    pub name: RoundName,
    /// When it began.
    pub began: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended: Option<DateTime<Utc>>,
    /// How long each has, in seconds.
    pub seconds_each: u32,
    /// How long it lasts in all, in seconds; 0: as long as its turns.
    pub limit: u32,
    /// The seed of its order, if it was shuffled.
    pub seed: Option<u64>,
    /// The people in order; those away are last.
    pub speakers: Vec<Speaker>,
}

impl Round {
    pub(super) fn read(entity: &Entity) -> Option<Self> {
        let order: Vec<Id> = entity.read("order").unwrap_or_default();
        let speaker = |person: &Id| {
            let taken: Taken = entity.read(&format!("turn/{person}")).unwrap_or_default();
            Speaker {
                person: person.clone(),
                turn: taken.turn,
                timer: taken.timer,
                ended: taken.ended.and_then(DateTime::from_timestamp_millis),
                away: entity.holds(&format!("away/{person}")),
            }
        };
        let mut speakers: Vec<Speaker> = order.iter().map(speaker).collect();
        speakers.sort_by_key(|speaker| speaker.away && speaker.turn == Turn::Waiting);
        Some(Self {
            name: RoundName::of_id(&entity.id)?,
            began: entity.instant("began"),
            ended: entity.instant("ended"),
            seconds_each: entity.read("seconds").unwrap_or(0),
            limit: entity.read("limit").unwrap_or(0),
            seed: entity.read("seed"),
            speakers,
        })
    }

    /// Who is speaking, with the place in the order from 0.
    pub fn speaking(&self) -> Option<(usize, &Speaker)> {
        let mut speakers = self.speakers.iter().enumerate();
        speakers.find(|(_, speaker)| speaker.turn == Turn::Speaking)
    }

    /// Who comes next: the first who waits and is there.
    pub fn next(&self) -> Option<&Speaker> {
        let mut speakers = self.speakers.iter();
        speakers.find(|speaker| speaker.turn == Turn::Waiting && !speaker.away)
    }

    /// How many turns are over.
    pub fn done(&self) -> usize {
        self.speakers
            .iter()
            .filter(|s| s.turn == Turn::Done)
            .count()
    }

    /// Whether it was held: somebody had a turn.
    pub fn was_held(&self) -> bool {
        self.speakers.iter().any(|s| s.turn != Turn::Waiting)
    }

    /// How long it has lasted at an instant, by the clock on the wall.
    pub fn lasted(&self, at: DateTime<Utc>) -> TimeDelta {
        let until = self.ended.unwrap_or(at);
        self.began.map_or(TimeDelta::zero(), |began| {
            (until - began).max(TimeDelta::zero())
        })
    }

    /// How far it is behind at an instant: how much more than their time those had whose turn is or
    /// was. Negative: ahead.
    pub fn behind(&self, at: DateTime<Utc>) -> TimeDelta {
        let each = TimeDelta::seconds(self.seconds_each.into());
        let over = |speaker: &Speaker| match speaker.turn {
            Turn::Waiting => TimeDelta::zero(),
            Turn::Speaking => (speaker.timer.spent(at) - each).max(TimeDelta::zero()),
            Turn::Done => speaker.timer.spent(at) - each,
        };
        self.speakers.iter().map(over).sum()
    }
}

/// What can be done to a round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RoundCommand {
    /// Ends the turn of who is speaking, and begins the next. The first one begins the round, the
    /// one after the last turn ends it.
    Next(RoundName),
    /// Goes back to who spoke before.
    Back(RoundName),
    /// Stops the timer of who is speaking, or lets it run again.
    Pause(RoundName),
    /// Puts those who wait in another order.
    Shuffle {
        /// Which round.
        round: RoundName,
        /// The same seed and team give the same order.
        seed: u64,
    },
    /// Puts everybody in this order.
    Order {
        /// Which round.
        round: RoundName,
        /// The people.
        people: Vec<Id>,
    },
    /// Says that somebody is away, or is there after all.
    Away {
        /// Which round.
        round: RoundName,
        /// Who.
        person: Id,
        /// Whether they are away.
        away: bool,
    },
}

impl RoundCommand {
    fn round(&self) -> RoundName {
        match self {
            Self::Next(round) | Self::Back(round) | Self::Pause(round) => *round,
            Self::Shuffle { round, .. } | Self::Order { round, .. } | Self::Away { round, .. } => {
                *round
            }
        }
    }
}

pub(super) fn decide(
    board: &Board,
    command: &RoundCommand,
    pen: &mut Pen<'_>,
) -> Result<Vec<Change>, Refusal> {
    use RoundCommand as C;
    let name = command.round();
    let round = board.round_or_new(name, pen.rules);
    let change = Change::set(Family::Round, &name.id())
        .with(
            "order",
            round.speakers.iter().map(|s| &s.person).collect::<Vec<_>>(),
        )
        .with("seconds", round.seconds_each)
        .with("limit", round.limit);
    let change = match command {
        C::Next(_) => next(&round, change, pen)?,
        C::Back(_) => back(&round, change, pen)?,
        C::Pause(_) => {
            let (_, speaker) = round.speaking().ok_or(Refusal::Already)?;
            let timer = if speaker.timer.runs() {
                speaker.timer.stop(pen.at)
            } else {
                speaker.timer.start(pen.at)
            };
            turn(
                change,
                &speaker.person,
                Taken {
                    turn: Turn::Speaking,
                    timer,
                    ended: None,
                },
            )
        }
        C::Shuffle { seed, .. } => {
            let waits = |speaker: &&Speaker| speaker.turn == Turn::Waiting;
            let people = |speakers: Vec<&Speaker>| -> Vec<Id> {
                speakers.into_iter().map(|s| s.person.clone()).collect()
            };
            // From the team's own order, so that the seed alone decides.
            let mut waiting = people(round.speakers.iter().filter(waits).collect());
            let team: Vec<&Id> = board.team().into_iter().map(|person| &person.id).collect();
            waiting.sort_by_key(|person| team.iter().position(|other| *other == person));
            Random::new(*seed).shuffle(&mut waiting);
            let mut order = people(round.speakers.iter().filter(|s| !waits(s)).collect());
            order.extend(waiting);
            change.with("order", order).with("seed", seed)
        }
        C::Order { people, .. } => {
            for person in people {
                board.known_person(person)?;
            }
            change.with("order", people).with("seed", None::<u64>)
        }
        C::Away { person, away, .. } => {
            board.known_person(person)?;
            change.with(format!("away/{person}"), away)
        }
    };
    Ok(vec![change])
}

fn turn(change: Change, person: &Id, taken: Taken) -> Change {
    change.with(format!("turn/{person}"), taken)
}

fn next(round: &Round, mut change: Change, pen: &Pen<'_>) -> Result<Change, Refusal> {
    if round.ended.is_some() {
        return Err(Refusal::Not {
            what: "this round".to_owned(),
            state: "over",
            advice: "go back to the last speaker to open it again",
        });
    }
    if let Some((_, speaker)) = round.speaking() {
        let taken = Taken {
            turn: Turn::Done,
            timer: speaker.timer.stop(pen.at),
            ended: Some(pen.millis()),
        };
        change = turn(change, &speaker.person, taken);
    }
    if round.began.is_none() {
        change = change.at("began", Some(pen.at));
    }
    Ok(match round.next() {
        Some(speaker) => {
            let taken = Taken {
                turn: Turn::Speaking,
                timer: speaker.timer.start(pen.at),
                ended: None,
            };
            turn(change, &speaker.person, taken)
        }
        None => change.at("ended", Some(pen.at)),
    })
}

fn back(round: &Round, mut change: Change, pen: &Pen<'_>) -> Result<Change, Refusal> {
    let done = round.speakers.iter().filter(|s| s.turn == Turn::Done);
    let last = done.max_by_key(|s| s.ended).ok_or(Refusal::Not {
        what: "this round".to_owned(),
        state: "at its first speaker",
        advice: "there is nobody to go back to",
    })?;
    if let Some((_, speaker)) = round.speaking() {
        let taken = Taken {
            turn: Turn::Waiting,
            timer: speaker.timer.stop(pen.at),
            ended: None,
        };
        change = turn(change, &speaker.person, taken);
    }
    let taken = Taken {
        turn: Turn::Speaking,
        timer: last.timer.start(pen.at),
        ended: None,
    };
    Ok(turn(change, &last.person, taken).at("ended", None))
}
