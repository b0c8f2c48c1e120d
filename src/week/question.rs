//! The questions of the review: the method's, and after them the team's own.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::board::Board;
use super::change::{Change, Pen};
use super::facts::Entity;
use super::family::Family;
use super::id::Id;
use super::name::WeekName;
use super::order::{between, sort};
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
    /// Moves it among the team's own, for all weeks.
    Move {
        /// Which.
        question: Id,
        /// Behind which other; `None`: to the top.
        after: Option<Id>,
    },
    /// Has it no longer asked, from a week on.
    Remove {
        /// Which.
        question: Id,
        /// The week.
        week: WeekName,
    },
}

/// All questions in order, also those that are no longer asked.
fn all(board: &Board) -> Vec<&Question> {
    let mut all: Vec<&Question> = board.questions.values().collect();
    sort(&mut all, |question| (&question.order, &question.id));
    all
}

/// The place of a question behind another; `None` where it is there already.
fn place_behind(board: &Board, question: &Question, after: Option<&Question>) -> Option<String> {
    let mut others = all(board);
    let at = others.iter().position(|other| other.id == question.id)?;
    let before = at.checked_sub(1).map(|at| others[at]);
    if before.map(|other| &other.id) == after.map(|other| &other.id) {
        return None;
    }
    others.remove(at);
    let behind = after.map_or(Some(0), |after| {
        let at = others.iter().position(|other| other.id == after.id);
        at.map(|at| at + 1)
    })?;
    let next = others.get(behind).map(|next| next.order.as_str());
    Some(between(after.map(|after| after.order.as_str()), next))
}

pub(super) fn decide(
    board: &Board,
    command: &QuestionCommand,
    pen: &mut Pen<'_>,
) -> Result<Vec<Change>, Refusal> {
    use QuestionCommand as C;
    let known = |question: &Id| board.known(&board.questions, "question", question);
    let change = match command {
        C::Add { week, text } => {
            let all = all(board);
            let last = all.last().map(|last| last.order.as_str());
            Change::new(Family::Question, pen.id())
                .with("week", week)
                .with("text", line("a question", text)?)
                .with("order", between(last, None))
        }
        C::Edit { question, text } => {
            known(question)?;
            Change::set(Family::Question, question).with("text", line("a question", text)?)
        }
        C::Move { question, after } => {
            let moved = known(question)?;
            let after = after.as_ref().map(known).transpose()?;
            let place = place_behind(board, moved, after).ok_or(Refusal::Already)?;
            Change::set(Family::Question, question).with("order", place)
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
    use crate::week::{Book, Command, Event, Zone};

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

    /// Three questions, the second of which is no longer asked from the next week on.
    fn three() -> (Book, [Id; 3]) {
        let mut book = Book::new(Zone::UTC, 1);
        let ids = ["a?", "b?", "c?"].map(|text| add(&mut book, "2026-W47", text));
        let (question, week) = (ids[1].clone(), week("2026-W48"));
        run(&mut book, QuestionCommand::Remove { question, week }).unwrap();
        (book, ids)
    }

    fn shift(book: &mut Book, question: &Id, after: Option<&Id>) -> Result<(), Refusal> {
        let (question, after) = (question.clone(), after.cloned());
        run(book, QuestionCommand::Move { question, after })
    }

    #[test]
    fn own_questions_change_places_in_all_weeks_and_never_with_the_methods() {
        let (mut book, [a, b, c]) = three();
        shift(&mut book, &c, None).unwrap();
        assert_eq!(book.last_sentence().unwrap(), "“c?” moved");
        assert_eq!(texts(&book, "2026-W47"), ["7 c?", "8 a?", "9 b?"]);
        assert_eq!(texts(&book, "2026-W48"), ["7 c?", "8 a?"]);
        shift(&mut book, &c, Some(&a)).unwrap();
        assert_eq!(texts(&book, "2026-W47"), ["7 a?", "8 c?", "9 b?"]);
        shift(&mut book, &a, Some(&b)).unwrap();
        assert_eq!(texts(&book, "2026-W47"), ["7 c?", "8 b?", "9 a?"]);
        // Behind the one that is asked no more comes what is added now.
        add(&mut book, "2026-W48", "d?");
        assert_eq!(texts(&book, "2026-W48"), ["7 c?", "8 a?", "9 d?"]);
    }

    #[test]
    fn an_answer_goes_with_its_question() {
        let (mut book, [a, _, c]) = three();
        let which = Which::Own(c.clone());
        answer(&mut book, "2026-W47", &which, "yes").unwrap();
        shift(&mut book, &c, None).unwrap();
        shift(&mut book, &a, Some(&c)).unwrap_err();
        let questions = book.board().week(week("2026-W47")).questions();
        let answers = questions[6..].iter().map(|asked| asked.answer.is_some());
        assert_eq!(answers.collect::<Vec<_>>(), [true, false, false]);
    }

    #[test]
    fn a_move_that_changes_nothing_or_names_nothing_is_refused() {
        let (mut book, [a, b, c]) = three();
        for (question, after) in [(&a, None), (&b, Some(&a)), (&c, Some(&b)), (&b, Some(&b))] {
            assert_eq!(shift(&mut book, question, after), Err(Refusal::Already));
        }
        let nobody = "01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().unwrap();
        for (question, after) in [(&nobody, Some(&a)), (&a, Some(&nobody))] {
            let refusal = shift(&mut book, question, after).unwrap_err();
            assert!(matches!(refusal, Refusal::NoSuch { .. }), "{refusal}");
        }
    }

    #[test]
    fn a_move_is_taken_back_done_again_and_read_from_the_log() {
        let (mut book, [a, _, c]) = three();
        let before = book.board().clone();
        shift(&mut book, &a, Some(&c)).unwrap();
        let moved = book.board().clone();
        book.undo(moment("18 10:01")).unwrap();
        assert_eq!(book.last_sentence().unwrap(), "undone: “a?” moved");
        assert!(*book.board() == before);
        book.redo(moment("18 10:02")).unwrap();
        assert_eq!(book.last_sentence().unwrap(), "done again: “a?” moved");
        assert!(*book.board() == moved);
        let written = book.events().iter().map(|event| {
            let json = event.to_json().unwrap();
            Event::of_json(&json, event.writer.clone(), event.seen.clone()).unwrap()
        });
        let read = Board::of(&written.collect::<Vec<_>>());
        assert!(read == *book.board());
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
