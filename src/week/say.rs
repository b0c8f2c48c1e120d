//! Sentences: what an event did, as people say it. The line below every screen shows the last one.

use chrono::TimeDelta;
use serde_json::Value;

use super::board::Board;
use super::event::Event;
use super::family::{Family, Verb};
use super::id::Id;
use super::number::Numbered;
use super::payback::{Decision, DecisionKind};
use super::question::Which;
use super::round::{RoundName, Turn};
use super::timer::clock;

/// What the first event of a command did: `T-14 moved to Sammy`. Where it undoes or redoes another
/// command, `meant` is the first event of that one: `undone: T-14 moved to Sammy`.
pub fn say(board: &Board, event: &Event, meant: Option<&Event>) -> String {
    match (meant, event.undoes, event.redoes) {
        (Some(meant), Some(_), _) => format!("undone: {}", sentence(board, meant)),
        (Some(meant), None, Some(_)) => format!("done again: {}", sentence(board, meant)),
        (None, Some(_), _) => "undone".to_owned(),
        (None, None, Some(_)) => "done again".to_owned(),
        (_, None, None) => sentence(board, event),
    }
}

/// What a command did, by its events: the sentence of the first, and how many more things it did the
/// same to.
pub fn say_all(board: &Board, events: &[Event], meant: Option<&Event>) -> Option<String> {
    let (first, others) = events.split_first()?;
    let is_same = |other: &&Event| other.kind == first.kind && other.field == first.field;
    let said = say(board, first, meant);
    Some(match others.iter().filter(is_same).count() {
        0 => said,
        more => format!("{said}, and {more} more"),
    })
}

fn sentence(board: &Board, event: &Event) -> String {
    let Some((family, verb)) = Family::of_kind(&event.kind) else {
        return format!("{}: needs a newer hackweek", printable(&event.kind));
    };
    let said = Said {
        board,
        event,
        family,
    };
    match (verb, family) {
        (Verb::New, _) => said.made(),
        (Verb::Delete, _) => format!("{} deleted", said.subject()),
        (Verb::Restore, _) => format!("{} is back", said.subject()),
        (Verb::Set, Family::Task) => said.task(),
        (Verb::Set, Family::Round) => said.round(),
        (Verb::Set, Family::Debt) => said.debt(),
        (Verb::Set, Family::Week) => said.week(),
        (Verb::Set, Family::Topic) => said.topic(),
        (Verb::Set, _) => said.other(),
    }
}

/// A text of a log as a line may show it.
fn printable(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut out: String = text
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST)
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}

struct Said<'a> {
    board: &'a Board,
    event: &'a Event,
    family: Family,
}

impl Said<'_> {
    /// The value that the event gave a field; `None` where it did not touch it.
    fn value(&self, field: &str) -> Option<&Value> {
        let fields = self.event.fields();
        fields
            .into_iter()
            .find(|(name, ..)| *name == field)
            .map(|(_, value, _)| value)
    }

    /// The first field under a prefix that the event set, by what follows it.
    fn under(&self, prefix: &str) -> Option<(&str, &Value)> {
        let fields = self.event.fields();
        fields
            .into_iter()
            .find_map(|(name, value, _)| Some((name.strip_prefix(prefix)?, value)))
    }

    fn person(&self, value: &Value) -> String {
        let id = value.as_str().and_then(|id| id.parse::<Id>().ok());
        id.map_or_else(|| "nobody".to_owned(), |id| printable(self.board.name(&id)))
    }

    fn text(&self, value: &Value) -> String {
        printable(value.as_str().unwrap_or_default())
    }

    /// What a text of the entity says now, or said before it was deleted.
    fn known(&self, field: &str) -> Option<String> {
        let entity = self.board.facts().entity(self.family, &self.event.entity)?;
        let value = entity.own(field).or(entity.get(field))?;
        value.as_str().map(printable)
    }

    /// What the event is about.
    fn subject(&self) -> String {
        let id = &self.event.entity;
        let quoted = |field| self.known(field).map(|text| format!("“{text}”"));
        match self.family {
            Family::Task => {
                let number = self.board.numbers.shown(Numbered::Task, id);
                number.or_else(|| quoted("text")).unwrap_or_default()
            }
            Family::Debt => self.board.debt_name(id),
            Family::Person | Family::Feature => self.known("name").unwrap_or_default(),
            Family::Promise | Family::Show | Family::Finding => quoted("what").unwrap_or_default(),
            Family::Answer => match Which::of_answer(id) {
                Some(Which::Method(number)) => format!("question {number}"),
                Some(Which::Own(question)) => {
                    let text = self.board.questions.get(&question);
                    let text = text.map(|question| printable(&question.text));
                    text.map_or_else(|| "a question".to_owned(), |text| format!("“{text}”"))
                }
                None => "a question".to_owned(),
            },
            Family::Roadmap => "the roadmap".to_owned(),
            _ => quoted("text").unwrap_or_else(|| self.family.word().to_owned()),
        }
    }

    fn made(&self) -> String {
        let subject = self.subject();
        let text = self
            .value("text")
            .map(|text| self.text(text))
            .unwrap_or_default();
        match self.family {
            Family::Person => format!("{subject} joined the team"),
            Family::Task => format!("{subject} added: {text}"),
            Family::Promise => {
                let from = self.value("from").map(|from| self.person(from));
                format!("{} promised {subject}", from.unwrap_or_default())
            }
            Family::Blocker => {
                let person = self.value("person").map(|person| self.person(person));
                format!("{} is blocked by {subject}", person.unwrap_or_default())
            }
            Family::Parked => format!("{subject} parked"),
            _ => format!("{subject} added"),
        }
    }

    fn task(&self) -> String {
        let task = self.subject();
        if let Some(owner) = self.value("owner") {
            return format!("{task} moved to {}", self.person(owner));
        }
        if let Some(week) = self.value("week") {
            return format!("{task} carried into {}", self.text(week));
        }
        if let Some(status) = self.value("status") {
            return match status.as_str() {
                Some("done") => format!("{task} done"),
                Some("cut") => format!("{task} put on the cut list"),
                _ => format!("{task} open again"),
            };
        }
        if let Some(day) = self.value("day") {
            return match day.as_u64() {
                Some(day) => format!("{task} planned for day {day}"),
                None => format!("{task} planned for no day"),
            };
        }
        if let Some((person, waits)) = self.under("waits/") {
            let verb = if waits.as_bool() == Some(true) {
                "waits"
            } else {
                "no longer waits"
            };
            return format!("{task} {verb} for {}", self.person(&Value::from(person)));
        }
        if let Some((person, gives)) = self.under("gives/") {
            let verb = if gives.as_bool() == Some(true) {
                "is"
            } else {
                "is no longer"
            };
            return format!("{task} {verb} for {}", self.person(&Value::from(person)));
        }
        match self.value("note") {
            Some(Value::Null) => return format!("{task} has no note"),
            Some(note) => return format!("{task} noted: {}", self.text(note)),
            None => {}
        }
        match self.value("text") {
            Some(text) => format!("{task} is now “{}”", self.text(text)),
            None if self.value("order").is_some() => format!("{task} moved"),
            None => format!("{task} changed"),
        }
    }

    fn round(&self) -> String {
        let Some(name) = RoundName::of_id(&self.event.entity) else {
            return "a round changed".to_owned();
        };
        let what = match name {
            RoundName::Standup(_) => "standup",
            RoundName::Demo(_) => "demo",
            RoundName::Review(_) => "show and tell",
        };
        let fields = self.event.fields();
        let turns = fields.iter().filter_map(|(field, value, _)| {
            let person = field.strip_prefix("turn/")?;
            let turn: Turn = serde_json::from_value(value.get("turn")?.clone()).ok()?;
            Some((person, turn, value))
        });
        let turns: Vec<_> = turns.collect();
        let of = |wanted| turns.iter().find(|(_, turn, _)| *turn == wanted);
        if let Some((person, _, value)) = of(Turn::Done) {
            let spent = value.pointer("/timer/spent").and_then(Value::as_i64);
            let seconds = self.known_number("seconds");
            let early = TimeDelta::try_seconds(seconds.saturating_sub(spent.unwrap_or(0)));
            let early = early.unwrap_or_default();
            let how = match early.num_seconds() {
                0 => "on time".to_owned(),
                1.. => format!("{} early", clock(early)),
                _ => format!("{} late", clock(-early)),
            };
            return format!("{} finished {how}", self.person(&Value::from(*person)));
        }
        if let Some((person, _, value)) = of(Turn::Speaking) {
            let runs = value.pointer("/timer/since").is_some();
            let verb = if runs { "has the word" } else { "pauses" };
            return format!("{} {verb}", self.person(&Value::from(*person)));
        }
        if let Some((person, away)) = self.under("away/") {
            let where_ = if away.as_bool() == Some(true) {
                "away"
            } else {
                "here"
            };
            return format!("{} is {where_}", self.person(&Value::from(person)));
        }
        match self.value("seed") {
            Some(seed) if !seed.is_null() => format!("{what} shuffled"),
            _ if self.value("order").is_some() => format!("{what} put in order"),
            _ => format!("{what} over"),
        }
    }

    fn known_number(&self, field: &str) -> i64 {
        let entity = self.board.facts().entity(self.family, &self.event.entity);
        entity
            .and_then(|entity| entity.get(field)?.as_i64())
            .unwrap_or(0)
    }

    fn debt(&self) -> String {
        let item = self.subject();
        if let Some(value) = self.value("decision") {
            let Ok(decision) = serde_json::from_value::<Decision>(value.clone()) else {
                return format!("{item} is undecided again");
            };
            let reason = decision
                .reason
                .map(|reason| format!(": {}", printable(&reason)));
            let reason = reason.unwrap_or_default();
            return match decision.kind {
                DecisionKind::Paid => format!("{item} paid{reason}"),
                DecisionKind::Accepted => format!("{item} accepted{reason}"),
                DecisionKind::Carried => format!("{item} carried to the next week{reason}"),
                DecisionKind::Dismissed => format!("{item} is not debt{reason}"),
            };
        }
        if let Some(owner) = self.value("owner") {
            return match owner {
                Value::Null => format!("{item} is nobody's again"),
                owner => format!("{item} taken by {}", self.person(owner)),
            };
        }
        if let Some(promoted) = self.value("promoted") {
            let to = if promoted.as_bool() == Some(true) {
                "declared"
            } else {
                "suspected"
            };
            return format!("{item} is {to} debt now");
        }
        for (field, what) in [("test", "a test"), ("issue", "an issue")] {
            if let Some(value) = self.value(field) {
                let verb = if value.is_null() {
                    "has no longer"
                } else {
                    "has"
                };
                return format!("{item} {verb} {what}");
            }
        }
        format!("{item} seen in the demo")
    }

    fn week(&self) -> String {
        let week = self.event.entity.as_str();
        if let Some((person, mood)) = self.under("mood/") {
            let person = self.person(&Value::from(person));
            return match mood.as_u64() {
                Some(mood) => format!("{person} gives the week {}.{} of 5", mood / 10, mood % 10),
                None => format!("{person} takes the mood back"),
            };
        }
        let set = |field| self.value(field).filter(|value| !value.is_null()).is_some();
        match () {
            () if self
                .value("planning")
                .is_some_and(|timer| timer.get("since").is_some()) =>
            {
                "planning runs".to_owned()
            }
            () if set("planning") => "planning stopped".to_owned(),
            () if set("paid_back") => "day 4 closed".to_owned(),
            () if self.value("paid_back").is_some() => "day 4 open again".to_owned(),
            () if set("closed") => format!("{week} closed"),
            () if self.value("closed").is_some() => format!("{week} open again"),
            () if set("goal") => "goal set".to_owned(),
            () if set("number") => format!("{week} is hack {}", self.known_number("number")),
            () if set("skipped") => format!("no hack in {week}"),
            () if self.value("skipped").is_some() => format!("{week} has a hack"),
            () if set("figures") => format!("figures of {week} written down"),
            () if set("beer") => "beer arranged".to_owned(),
            () => format!("{week} changed"),
        }
    }

    /// What an item of debt is called that a field names.
    fn debt_of(&self, field: &str) -> String {
        let id = self.value(field).and_then(Value::as_str);
        let id = id.and_then(|id| id.parse::<Id>().ok());
        id.map_or_else(String::new, |id| self.board.debt_name(&id))
    }

    fn topic(&self) -> String {
        match self
            .value("card")
            .and_then(Value::as_str)
            .and_then(|id| self.board.cards.get(id))
        {
            Some(card) => format!("topic: {}", printable(&card.text)),
            None => "topic timer changed".to_owned(),
        }
    }

    fn other(&self) -> String {
        let subject = self.subject();
        let set = |field| self.value(field).filter(|value| !value.is_null()).is_some();
        if let Some((person, votes)) = self.under("votes/") {
            let person = self.person(&Value::from(person));
            let votes = votes.as_u64().unwrap_or(0);
            return format!("{person} has {votes} on {subject}");
        }
        if let Some(state) = self.value("state").and_then(Value::as_str) {
            return format!("{subject} is {}", printable(&state.replace('_', " ")));
        }
        if let Some(bucket) = self
            .value("bucket")
            .or(self.value("column"))
            .and_then(Value::as_str)
        {
            return format!(
                "{subject} put into {}",
                printable(&bucket.replace('_', " "))
            );
        }
        if let Some((person, words)) = self.under("said/") {
            let person = self.person(&Value::from(person));
            return format!("{person} says of {subject}: “{}”", self.text(words));
        }
        let is = |field| self.value(field).and_then(Value::as_bool);
        match (self.family, is("left"), is("done")) {
            (Family::Person, Some(true), _) => return format!("{subject} left the team"),
            (Family::Person, Some(false), _) => return format!("{subject} is in the team again"),
            (Family::Parked, _, Some(true)) => return format!("{subject} talked over"),
            (Family::Parked, _, Some(false)) => return format!("{subject} parked again"),
            _ => {}
        }
        if self.family == Family::Feature {
            if let Some(left) = self.value("left").and_then(Value::as_u64) {
                let tasks = if left == 1 { "task" } else { "tasks" };
                return format!("{subject}: {left} {tasks} left");
            }
            if let Some(stage) = self.value("stage") {
                return format!("{subject} moved to {}", self.text(stage));
            }
            if let Some((week, worked)) = self.under("worked/") {
                let not = if worked.is_null() { "not " } else { "" };
                return format!("{subject} was {not}worked on in {}", printable(week));
            }
            if set("dropped") {
                return format!("{subject} given up");
            }
            if self.value("order").is_some() {
                return format!("{subject} moved");
            }
        }
        if self.family == Family::Question {
            return match self.value("until") {
                Some(Value::Null) => format!("{subject} is asked again"),
                Some(_) => format!("{subject} is no longer asked"),
                None if self.value("order").is_some() => format!("{subject} moved"),
                None => format!("the question is now {subject}"),
            };
        }
        if self.family == Family::Answer {
            return format!(
                "{subject} {}",
                if set("text") {
                    "answered"
                } else {
                    "open again"
                }
            );
        }
        if let Some(field) = ["done_at", "solved", "at"]
            .into_iter()
            .find(|f| self.value(f).is_some())
        {
            let done = match field {
                "at" => "seen",
                "solved" => "solved",
                _ => "done",
            };
            let how = if set(field) {
                done.to_owned()
            } else {
                "open again".to_owned()
            };
            return format!("{subject} {how}");
        }
        match () {
            () if set("into") => format!("{subject} merged"),
            () if set("week") => format!("{subject} carried"),
            () if set("override") => format!("{subject} unlocked without a test"),
            () if self.value("test").is_some_and(Value::is_object) => {
                format!("{subject} has a test")
            }
            () if self.value("test").is_some_and(|test| test == "not_needed") => {
                format!("{subject} needs no test")
            }
            () if set("test") => format!("{subject} has no test"),
            () if set("debt") => format!("{subject} is about {}", self.debt_of("debt")),
            () if self.value("debt").is_some() => format!("{subject} is about no item"),
            () if self.value("order").is_some() => format!("{subject} moved"),
            () if set("verdict") => format!("{subject} judged"),
            () if set("stage") => format!(
                "{subject} moved to {}",
                self.value("stage")
                    .map(|s| self.text(s))
                    .unwrap_or_default()
            ),
            () if self.value("owner").is_some() => {
                format!(
                    "{subject} moved to {}",
                    self.value("owner")
                        .map(|o| self.person(o))
                        .unwrap_or_default()
                )
            }
            () => format!("{subject} changed"),
        }
    }
}
