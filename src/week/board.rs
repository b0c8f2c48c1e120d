//! The board: everything that people wrote, as values to look at.
//!
//! It is the fold of a set of events. Every value is a view of the facts: two boards of the same
//! events are equal, in whatever order these came.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::change::Rules;
use super::demo::Show;
use super::event::Event;
use super::facts::Facts;
use super::family::Family;
use super::id::{Id, Writer};
use super::name::WeekName;
use super::number::{Numbered, Numbers};
use super::order::sort;
use super::payback::{Check, CheckList, DebtWord, Decision};
use super::promise::Promise;
use super::question::Question;
use super::record::Record;
use super::refusal::Refusal;
use super::retro::{Action, Card, Topic};
use super::review::{Answer, Finding, Note, Test};
use super::roadmap::{Feature, Milestone, ROADMAP, Roadmap};
use super::round::{Round, RoundName, Speaker, Turn};
use super::standup::{Blocker, Parked};
use super::task::Task;
use super::team::Person;
use super::timer::Timer;
use super::undo::Step;
use super::week_board::WeekBoard;

/// How many signs of an id name a thing that has no number: 30 random bits.
const SHORT: usize = 6;

/// Everything that people wrote.
///
/// Equality is that of what is seen: boards are equal where every thing on them is, whatever it
/// took to get there.
#[derive(Clone, Debug, Default)]
pub struct Board {
    facts: Facts,
    /// The numbers that this data directory gave; not shared, not compared.
    pub numbers: Numbers,
    /// The team, those too who left.
    pub people: BTreeMap<Id, Person>,
    /// What is written of the weeks, by their names.
    pub records: BTreeMap<Id, Record>,
    /// Tasks.
    pub tasks: BTreeMap<Id, Task>,
    /// Promises.
    pub promises: BTreeMap<Id, Promise>,
    /// Standups, demos, shows and tells.
    pub rounds: BTreeMap<Id, Round>,
    /// Blockers.
    pub blockers: BTreeMap<Id, Blocker>,
    /// Parked topics.
    pub parked: BTreeMap<Id, Parked>,
    /// Hacks that are shown.
    pub shows: BTreeMap<Id, Show>,
    /// Findings of reviews.
    pub findings: BTreeMap<Id, Finding>,
    /// The good, the bad, the embarrassing.
    pub notes: BTreeMap<Id, Note>,
    /// The team's own questions of the review.
    pub questions: BTreeMap<Id, Question>,
    /// Answers to the questions of the review.
    pub answers: BTreeMap<Id, Answer>,
    /// Lines of checklists.
    pub checks: BTreeMap<Id, Check>,
    /// What people say of debt, by item.
    pub debts: BTreeMap<Id, DebtWord>,
    /// Cards of retros.
    pub cards: BTreeMap<Id, Card>,
    /// Actions of retros.
    pub actions: BTreeMap<Id, Action>,
    /// Topics of retros, by week.
    pub topics: BTreeMap<Id, Topic>,
    /// The whiteboard.
    pub roadmaps: BTreeMap<Id, Roadmap>,
    /// Features.
    pub features: BTreeMap<Id, Feature>,
}

/// Something that people did about an item of debt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told<'a> {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub what: Telling<'a>,
}

/// What people can do about an item of debt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Telling<'a> {
    /// It was seen in the demo.
    SeenInDemo,
    /// The review put it into a bucket.
    Found(&'a Finding),
    /// Somebody took it, for a day.
    Taken(&'a Id, Option<u8>),
    /// It was decided.
    Decided(&'a Decision),
}

macro_rules! same {
    ($a:ident $b:ident $($field:ident)*) => { $($a.$field == $b.$field)&&* };
}

impl PartialEq for Board {
    fn eq(&self, other: &Self) -> bool {
        same!(self other people records tasks promises rounds blockers parked shows findings notes
            questions answers checks debts cards actions topics roadmaps features)
    }
}

impl Board {
    /// The board of events, in any order.
    pub fn of<'a>(events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut board = Self::default();
        for event in events {
            board.fold(event);
        }
        board.look();
        board
    }

    /// Folds an event without looking at the result: cheaper than [`Board::add`] for many at once.
    /// [`Board::look`] must follow.
    pub fn fold(&mut self, event: &Event) {
        self.facts_of(event);
    }

    /// Looks at all that was folded.
    pub fn look(&mut self) {
        for family in Family::ALL {
            let entities = self.facts.entities(*family);
            let ids: Vec<Id> = entities.map(|entity| entity.id.clone()).collect();
            for id in ids {
                self.look_at(*family, &id);
            }
        }
    }

    /// Adds an event. An event that is here already changes nothing; one that had seen what is not
    /// here yet waits.
    pub fn add(&mut self, event: &Event) {
        for (family, id) in self.facts_of(event) {
            self.look_at(family, &id);
        }
    }

    /// Folds an event without looking at the result.
    fn facts_of(&mut self, event: &Event) -> Vec<(Family, Id)> {
        if let Some(kind) = Numbered::of_event(event) {
            self.numbers.give(kind, &event.entity);
        }
        self.facts.add(event)
    }

    /// Reads an entity anew from the facts.
    fn look_at(&mut self, family: Family, id: &Id) {
        fn put<T>(map: &mut BTreeMap<Id, T>, id: &Id, value: Option<T>) {
            match value {
                Some(value) => map.insert(id.clone(), value),
                None => map.remove(id),
            };
        }
        let entity = self
            .facts
            .entity(family, id)
            .filter(|entity| entity.is_there());
        match family {
            Family::Person => put(&mut self.people, id, entity.map(Person::read)),
            Family::Week => put(&mut self.records, id, entity.map(Record::read)),
            Family::Task => put(&mut self.tasks, id, entity.and_then(Task::read)),
            Family::Promise => put(&mut self.promises, id, entity.and_then(Promise::read)),
            Family::Round => put(&mut self.rounds, id, entity.and_then(Round::read)),
            Family::Blocker => put(&mut self.blockers, id, entity.and_then(Blocker::read)),
            Family::Parked => put(&mut self.parked, id, entity.and_then(Parked::read)),
            Family::Show => put(&mut self.shows, id, entity.and_then(Show::read)),
            Family::Finding => put(&mut self.findings, id, entity.and_then(Finding::read)),
            Family::Note => put(&mut self.notes, id, entity.and_then(Note::read)),
            Family::Question => put(&mut self.questions, id, entity.and_then(Question::read)),
            Family::Answer => put(&mut self.answers, id, entity.and_then(Answer::read)),
            Family::Check => put(&mut self.checks, id, entity.and_then(Check::read)),
            Family::Debt => put(&mut self.debts, id, entity.map(DebtWord::read)),
            Family::Card => put(&mut self.cards, id, entity.and_then(Card::read)),
            Family::Action => put(&mut self.actions, id, entity.and_then(Action::read)),
            Family::Topic => put(&mut self.topics, id, entity.and_then(Topic::read)),
            Family::Roadmap => put(&mut self.roadmaps, id, entity.map(Roadmap::read)),
            Family::Feature => put(&mut self.features, id, entity.and_then(Feature::read)),
        }
    }

    /// The facts below: disagreements, what waits, what is unknown.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// What an undo of a writer would take back.
    pub fn to_undo(&self, writer: &Writer) -> Option<Step> {
        self.facts.to_undo(writer)
    }

    /// What a redo of a writer would do again.
    pub fn to_redo(&self, writer: &Writer) -> Option<Step> {
        self.facts.to_redo(writer)
    }

    /// A week.
    pub fn week(&self, name: WeekName) -> WeekBoard<'_> {
        WeekBoard::new(self, name)
    }

    /// The people who are in the team, in their order.
    pub fn team(&self) -> Vec<&Person> {
        let mut team: Vec<&Person> = self.people.values().filter(|person| !person.left).collect();
        sort(&mut team, |person| (&person.order, &person.id));
        team
    }

    /// Who commits under a mail address.
    pub fn person_of_mail(&self, mail: &str) -> Option<&Person> {
        self.people.values().find(|person| person.commits_as(mail))
    }

    /// The name of a person; of one who is not there, the id.
    pub fn name<'a>(&'a self, person: &'a Id) -> &'a str {
        self.people
            .get(person)
            .map_or(person.as_str(), |person| &person.name)
    }

    /// What an item of debt is called: its number, or else the start of its id.
    pub fn debt_name(&self, item: &Id) -> String {
        let number = self.numbers.shown(Numbered::Debt, item);
        number.unwrap_or_else(|| item.as_str().chars().take(12).collect())
    }

    /// The short name of a thing, which commands take: its number, or else the end of its id, which
    /// is random where its beginning is a time.
    pub fn short_name(&self, id: &Id) -> String {
        if let Some(number) = self.numbers.shown(Numbered::Task, id) {
            return number;
        }
        let text = id.as_str();
        match text.char_indices().rev().nth(SHORT - 1) {
            Some((at, _)) => text[at..].to_ascii_lowercase(),
            None => text.to_owned(),
        }
    }

    /// The round of a name: as it was written, or as it would begin.
    pub fn round_or_new(&self, name: RoundName, rules: &Rules) -> Round {
        let (seconds_each, limit) = match name {
            RoundName::Standup(_) => (rules.standup_each, rules.standup),
            RoundName::Demo(_) => (rules.demo_each, 0),
            RoundName::Review(_) => (rules.review_each, 0),
        };
        let known = self.rounds.get(&name.id());
        let mut round = known.cloned().unwrap_or(Round {
            name,
            began: None,
            ended: None,
            seconds_each,
            limit,
            seed: None,
            speakers: Vec::new(),
        });
        if round.seconds_each == 0 {
            round.seconds_each = seconds_each;
        }
        // Who came to the team since is last; nobody is left out.
        for person in self.team() {
            if !round
                .speakers
                .iter()
                .any(|speaker| speaker.person == person.id)
            {
                let away = self.facts.entity(Family::Round, &name.id());
                let field = format!("away/{}", person.id);
                round.speakers.push(Speaker {
                    person: person.id.clone(),
                    turn: Turn::Waiting,
                    timer: Timer::default(),
                    ended: None,
                    away: away.is_some_and(|entity| entity.holds(&field)),
                });
            }
        }
        round
    }

    /// When the last standup before a date began that was held; commits since then are new.
    pub fn last_standup_before(&self, date: NaiveDate) -> Option<DateTime<Utc>> {
        let standups = self.rounds.values().filter_map(|round| match round.name {
            RoundName::Standup(on) if on < date && round.was_held() => Some((on, round.began?)),
            _ => None,
        });
        standups.max_by_key(|(on, _)| *on).map(|(_, began)| began)
    }

    /// The blockers that were open at an instant or were solved since another, oldest first.
    pub fn blockers_between(&self, since: DateTime<Utc>, at: DateTime<Utc>) -> Vec<&Blocker> {
        let blockers = self.blockers.values();
        let mut blockers: Vec<&Blocker> = blockers
            .filter(|b| b.since <= at && b.solved.is_none_or(|solved| solved >= since))
            .collect();
        blockers.sort_by_key(|blocker| blocker.since);
        blockers
    }

    /// Whether a line of a checklist is locked: it is a refactor whose finding has no test.
    pub fn is_locked(&self, check: &Check) -> bool {
        let finding = check.finding.as_ref().and_then(|id| self.findings.get(id));
        check.list == CheckList::Refactor
            && finding.is_some_and(|f| f.test == Test::Missing && f.unlocked_because.is_none())
    }

    /// The card that a card was merged into in the end; itself if into none. Cards that were merged
    /// into each other from two sides stand for themselves.
    pub fn merged_into<'a>(&'a self, card: &'a Card) -> &'a Id {
        let mut at = card;
        for _ in 0..self.cards.len() {
            match at.into.as_ref().and_then(|into| self.cards.get(into)) {
                Some(next) if next.id == card.id => return &card.id,
                Some(next) => at = next,
                None => return &at.id,
            }
        }
        &card.id
    }

    /// What people did about an item of debt, by time.
    pub fn story_of(&self, item: &Id) -> Vec<Told<'_>> {
        let word = self.debts.get(item);
        let findings = self
            .findings
            .values()
            .filter(|f| f.debt.as_ref() == Some(item));
        let mut story: Vec<Told<'_>> = findings
            .map(|finding| Told {
                at: finding.since,
                what: Telling::Found(finding),
            })
            .collect();
        let mut tell = |at: Option<DateTime<Utc>>, what| {
            story.extend(at.map(|at| Told { at, what }));
        };
        if let Some(word) = word {
            tell(word.seen_at, Telling::SeenInDemo);
            if let Some(owner) = &word.owner {
                tell(word.taken_at, Telling::Taken(owner, word.for_day));
            }
            if let Some(decision) = &word.decision {
                tell(Some(decision.time()), Telling::Decided(decision));
            }
        }
        story.sort_by_key(|told| told.at);
        story
    }

    /// How often what belongs to a feature was carried: the most of its tasks and actions.
    pub fn times_carried(&self, feature: &Id) -> usize {
        let of = |own: &Option<Id>| own.as_ref() == Some(feature);
        let tasks = self.tasks.values().filter(|task| of(&task.feature));
        let actions = self.actions.values().filter(|action| of(&action.feature));
        let counts = (tasks.map(|task| task.carried.len()))
            .chain(actions.map(|action| action.carried.len()));
        counts.max().unwrap_or(0)
    }

    /// The whiteboard.
    pub fn roadmap(&self) -> Roadmap {
        self.roadmaps.get(ROADMAP).cloned().unwrap_or_default()
    }

    /// The features that were not given up, in their order.
    pub fn features(&self) -> Vec<&Feature> {
        let mut features: Vec<&Feature> = self.features.values().filter(|f| !f.dropped).collect();
        sort(&mut features, |feature| (&feature.order, &feature.id));
        features
    }

    /// How many tasks are left to a milestone; beta needs what alpha needs.
    pub fn left_to(&self, milestone: Milestone) -> u32 {
        let features = self.features().into_iter().filter(|f| f.stage <= milestone);
        features.fold(0, |sum, feature| sum.saturating_add(feature.left))
    }

    /// The weeks of which something is written and which had a hack, by time.
    pub fn hack_weeks(&self) -> Vec<WeekName> {
        let records = self.records.iter().filter(|(_, record)| !record.skipped);
        let mut weeks: Vec<WeekName> = records
            .filter_map(|(id, _)| id.as_str().parse().ok())
            .collect();
        weeks.sort();
        weeks
    }

    /// Whether nobody ever wrote anything, not even something that was taken back.
    pub fn is_blank(&self) -> bool {
        self.facts.seen().0.is_empty() && self.facts.waiting() == 0
    }

    /// What the project is called in a week: as it was called last.
    pub fn title_at(&self, week: WeekName) -> Option<&str> {
        let records = self.records.iter().filter(|(_, it)| !it.title.is_empty());
        let titled = records.filter_map(|(id, record)| {
            let name: WeekName = id.as_str().parse().ok()?;
            (name <= week).then_some((name, record.title.as_str()))
        });
        let last = titled.max_by_key(|(name, _)| *name);
        last.map(|(_, title)| title)
    }

    pub(super) fn known<'a, T>(
        &self,
        map: &'a BTreeMap<Id, T>,
        what: &'static str,
        id: &Id,
    ) -> Result<&'a T, Refusal> {
        map.get(id).ok_or_else(|| Refusal::NoSuch {
            what,
            given: id.to_string(),
        })
    }

    pub(super) fn known_person(&self, id: &Id) -> Result<&Person, Refusal> {
        self.known(&self.people, "person", id)
    }

    pub(super) fn known_task(&self, id: &Id) -> Result<&Task, Refusal> {
        self.known(&self.tasks, "task", id)
    }
}
