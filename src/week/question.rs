//! The questions of the review: the method's, and after them the team's own.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::board::Board;
use super::change::{Change, Pen};
use super::facts::Entity;
use super::family::Family;
use super::id::Id;
use super::name::WeekName;
use super::order::between;
use super::refusal::{Refusal, line};
use super::review::Answer;

/// The questions of the method, in its order.
pub const METHOD: [&str; 6] = [
    "Are the queries sensible?",
    "Do they have indexes?",
    "Are we asking the right ones?",
    "Which hacks do we undo?",
    "How do I test this?",
    "Is there a test before we touch it?",
];

/// Which question.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Which {
    /// One of the method, by its number from 1.
    Method(u8),
    /// One of the team's own.
    Own(Id),
}

impl Which {
    /// The key of its answer in a week: `2026-W47/3`, or the question's id behind the week.
    pub(super) fn answer_in(&self, week: WeekName) -> Result<Id, Refusal> {
        let key = match self {
            Self::Method(number) => format!("{week}/{number}"),
            Self::Own(question) => format!("{week}/{question}"),
        };
        Id::key(&key).map_err(|_| Refusal::Already)
    }

    /// The question that a key of an answer names; `None` for what is no such key.
    pub(super) fn of_answer(id: &Id) -> Option<Self> {
        let (_, question) = id.as_str().split_once('/')?;
        match question.parse() {
            Ok(number) => Some(Self::Method(number)),
            Err(_) => question.parse().ok().map(Self::Own),
        }
    }
}

/// A question of the team's own. It is asked in the week in which somebody added it and in every
/// later one, as the method's are: who wants something asked wants it asked in each review. Taken
/// away, it is no longer asked from that week on; earlier weeks keep it with their answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Which.
    pub id: Id,
    /// The first week that asks it.
    pub week: WeekName,
    /// The first week that no longer asks it.
    pub until: Option<WeekName>,
    /// The words, the same in all weeks: another question is a new one.
    pub text: String,
    /// When it was written down.
    pub since: DateTime<Utc>,
    /// Its place among all.
    pub order: String,
}

impl Question {
    pub(super) fn read(entity: &Entity) -> Option<Self> {
        Some(Self {
            id: entity.id.clone(),
            week: entity.read("week")?,
            until: entity.read("until"),
            text: entity.text("text"),
            since: entity.since(),
            order: entity.text("order"),
        })
    }

    /// Whether a week's review asks it.
    pub fn is_asked_in(&self, week: WeekName) -> bool {
        self.week <= week && self.until.is_none_or(|until| week < until)
    }
}

/// A question as a week's review asks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// Its place in that week, from 1.
    pub number: usize,
    /// Which.
    pub which: Which,
    /// The words.
    pub text: &'a str,
    /// What the week answers.
    pub answer: Option<&'a Answer>,
}

impl Asked<'_> {
    /// Its id, where it is the team's own.
    pub fn own(&self) -> Option<&Id> {
        match &self.which {
            Which::Method(_) => None,
            Which::Own(id) => Some(id),
        }
    }

    /// Whether it is the last of the method: of that one, tests are counted.
    pub fn is_of_tests(&self) -> bool {
        self.number == METHOD.len()
    }
}

/// What can be done to the team's own questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QuestionCommand {
    /// Has a question asked, from a week on.
    Add {
        /// The week.
        week: WeekName,
        /// The words.
        text: String,
    },
    /// Writes it anew, for all weeks.
    Edit {
        /// Which.
        question: Id,
        /// The words.
        text: String,
    },
    /// Has it no longer asked, from a week on.
    Remove {
        /// Which.
        question: Id,
        /// The week.
        week: WeekName,
    },
}

/// The place of the last of all questions, also of those that are no longer asked.
fn last(board: &Board) -> Option<&str> {
    let places = board.questions.values().map(|known| known.order.as_str());
    places.max()
}

pub(super) fn decide(
    board: &Board,
    command: &QuestionCommand,
    pen: &mut Pen<'_>,
) -> Result<Vec<Change>, Refusal> {
    use QuestionCommand as C;
    let known = |question: &Id| board.known(&board.questions, "question", question);
    let change = match command {
        C::Add { week, text } => Change::new(Family::Question, pen.id())
            .with("week", week)
            .with("text", line("a question", text)?)
            .with("order", between(last(board), None)),
        C::Edit { question, text } => {
            known(question)?;
            Change::set(Family::Question, question).with("text", line("a question", text)?)
        }
        C::Remove { question, week } => {
            let known = known(question)?;
            if !known.is_asked_in(*week) {
                return Err(Refusal::Already);
            }
            // Where no week before asked it, nothing of it is to be kept.
            match known.week < *week {
                true => Change::set(Family::Question, question).with("until", week),
                false => Change::delete(Family::Question, question),
            }
        }
    };
    Ok(vec![change])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::week::made_up::moment;
    use crate::week::review::ReviewCommand;
    use crate::week::{Book, Command, Zone};

    fn week(name: &str) -> WeekName {
        name.parse().unwrap()
    }

    fn run(book: &mut Book, command: impl Into<Command>) -> Result<(), Refusal> {
        book.run(command, moment("18 10:00")).map(|_| ())
    }

    fn add(book: &mut Book, name: &str, text: &str) -> Id {
        let (week, text) = (week(name), text.to_owned());
        run(book, QuestionCommand::Add { week, text }).unwrap();
        book.board().questions.keys().next_back().unwrap().clone()
    }

    fn texts(book: &Book, name: &str) -> Vec<String> {
        let questions = book.board().week(week(name)).questions();
        let own = questions.iter().filter(|asked| asked.own().is_some());
        own.map(|asked| format!("{} {}", asked.number, asked.text))
            .collect()
    }

    fn answer(book: &mut Book, name: &str, question: &Which, text: &str) -> Result<(), Refusal> {
        let answer = ReviewCommand::Answer {
            week: week(name),
            question: question.clone(),
            text: text.to_owned(),
            by: None,
        };
        run(book, answer)
    }

    #[test]
    fn own_questions_come_after_the_methods_and_are_asked_again_each_week() {
        let mut book = Book::new(Zone::UTC, 1);
        let first = add(&mut book, "2026-W47", " Can it be\n observed? ");
        add(&mut book, "2026-W48", "Who is on call?");
        assert_eq!(texts(&book, "2026-W46"), [""; 0]);
        assert_eq!(texts(&book, "2026-W47"), ["7 Can it be observed?"]);
        let both = ["7 Can it be observed?", "8 Who is on call?"];
        assert_eq!(texts(&book, "2026-W48"), both);
        // Each week has its own answer.
        let which = Which::Own(first);
        answer(&mut book, "2026-W47", &which, "not yet").unwrap();
        let answered = |name| {
            let questions = book.board().week(week(name)).questions();
            questions[6].answer.map(|answer| answer.text.clone())
        };
        assert_eq!(answered("2026-W47").as_deref(), Some("not yet"));
        assert_eq!(answered("2026-W48"), None);
    }

    #[test]
    fn taken_away_it_stays_in_the_weeks_before() {
        let mut book = Book::new(Zone::UTC, 1);
        let question = add(&mut book, "2026-W47", "Can it be observed?");
        let remove = |name| QuestionCommand::Remove {
            question: question.clone(),
            week: week(name),
        };
        assert_eq!(run(&mut book, remove("2026-W46")), Err(Refusal::Already));
        run(&mut book, remove("2026-W49")).unwrap();
        assert_eq!(
            book.last_sentence().unwrap(),
            "“Can it be observed?” is no longer asked"
        );
        assert_eq!(texts(&book, "2026-W48"), ["7 Can it be observed?"]);
        assert_eq!(texts(&book, "2026-W49"), [""; 0]);
        assert_eq!(run(&mut book, remove("2026-W50")), Err(Refusal::Already));
        book.undo(moment("18 10:01")).unwrap();
        assert_eq!(texts(&book, "2026-W50"), ["7 Can it be observed?"]);
        // From its first week on: nothing of it is left.
        run(&mut book, remove("2026-W47")).unwrap();
        assert!(book.board().questions.is_empty());
    }

    #[test]
    fn what_is_no_question_is_not_answered() {
        let mut book = Book::new(Zone::UTC, 1);
        let own = Which::Own("01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().unwrap());
        for question in [own, Which::Method(0), Which::Method(7)] {
            assert!(answer(&mut book, "2026-W47", &question, "yes").is_err());
        }
        answer(&mut book, "2026-W47", &Which::Method(6), "yes").unwrap();
    }

    #[test]
    fn answers_of_an_older_log_are_read() {
        let id = |key: &str| Id::key(key).unwrap();
        assert_eq!(Which::of_answer(&id("2026-W47/3")), Some(Which::Method(3)));
        let own = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
        let key = Which::Own(id(own)).answer_in(week("2026-W47")).unwrap();
        assert_eq!(Which::of_answer(&key), Some(Which::Own(id(own))));
        assert_eq!(Which::of_answer(&id("2026-W47")), None);
    }
}
