//! The questions of the review: their list, the team's own, the answers.

use super::naming::{Search, Thing, Unclear, find};
use super::{People, Written};
use crate::report::boards::{QuestionList, SCHEMA_QUESTIONS};
use crate::report::review::questions;
use crate::week::question::{Asked, QuestionCommand, Which};
use crate::week::review::ReviewCommand;
use crate::week::{Board, Id, WeekName};
use crate::workspace::{Error, Workspace};

const LIST: &str = "hackweek review question list";

impl Workspace {
    /// Lists the questions that the review of the asked week asks, with its answers.
    ///
    /// # Errors
    /// A log that cannot be read.
    pub fn question_list(&self) -> Result<QuestionList, Error> {
        let board = self.own_board()?;
        let week = self.week().name();
        Ok(QuestionList {
            schema: SCHEMA_QUESTIONS.to_owned(),
            week: week.to_string(),
            questions: questions(&board, week),
        })
    }
}

impl People {
    /// Has a question asked from the asked week on.
    ///
    /// # Errors
    /// As for [`People::decide`].
    pub fn add_question(&mut self, text: &str) -> Result<Written, Error> {
        let (week, text) = (self.week, text.to_owned());
        self.decide(QuestionCommand::Add { week, text })
    }

    /// Writes the question of the team's own that `given` names anew.
    ///
    /// # Errors
    /// A question that is not there, or is of the method; as for [`People::decide`].
    pub fn edit_question(&mut self, given: &str, text: &str) -> Result<Written, Error> {
        let (question, text) = (self.own_question(given)?, text.to_owned());
        self.decide(QuestionCommand::Edit { question, text })
    }

    /// Moves the question of the team's own that `given` names behind another of them; `None`: to
    /// their top.
    ///
    /// # Errors
    /// Questions that are not there, or are of the method; as for [`People::decide`].
    pub fn move_question(&mut self, given: &str, after: Option<&str>) -> Result<Written, Error> {
        let question = self.own_question(given)?;
        let after = after.map(|given| self.own_question(given)).transpose()?;
        self.decide(QuestionCommand::Move { question, after })
    }

    /// Has the question of the team's own that `given` names no longer asked, from the asked week on.
    ///
    /// # Errors
    /// A question that is not there, or is of the method; as for [`People::decide`].
    pub fn remove_question(&mut self, given: &str) -> Result<Written, Error> {
        let (question, week) = (self.own_question(given)?, self.week);
        self.decide(QuestionCommand::Remove { question, week })
    }

    /// Answers the question that `given` names; without words takes the answer back.
    ///
    /// # Errors
    /// A question that is not there; as for [`People::decide`].
    pub fn answer(&mut self, given: &str, text: &str) -> Result<Written, Error> {
        let question = question_of(self.board(), self.week, given)?;
        let by = Some(self.me()?);
        let week = self.week;
        self.decide(ReviewCommand::Answer {
            week,
            question,
            text: text.to_owned(),
            by,
        })
    }

    fn own_question(&self, given: &str) -> Result<Id, Error> {
        match question_of(self.board(), self.week, given)? {
            Which::Own(id) => Ok(id),
            Which::Method(_) => Err(Error::Unclear(Unclear::NotThat {
                given: given.to_owned(),
                is: "a question of the method",
                wanted: "these stay as they are and come first; the team's own can be written \
                         anew, moved among themselves and taken away",
            })),
        }
    }
}

/// The question of a week that `given` names: by its number there, its id, its words or their
/// beginning.
fn question_of(board: &Board, week: WeekName, given: &str) -> Result<Which, Unclear> {
    let asked = board.week(week).questions();
    let of = |number: usize| asked.iter().find(|asked| asked.number == number);
    if let Some(asked) = given.trim().parse().ok().and_then(of) {
        return Ok(asked.which.clone());
    }
    // Those of the method have no id; their number is as good as one.
    let named: Vec<(Id, &Asked<'_>)> = (asked.iter())
        .filter_map(|asked| {
            let own = asked.own().cloned();
            Some((
                own.or_else(|| asked.number.to_string().parse().ok())?,
                asked,
            ))
        })
        .collect();
    let things = named.iter().map(|(id, asked)| Thing {
        id,
        words: asked.text,
    });
    let search = Search {
        what: "question",
        list: LIST,
        given,
    };
    let found = find(board, &search, things)?;
    let which = named.iter().find(|(id, _)| *id == found);
    which
        .map(|(_, asked)| asked.which.clone())
        .ok_or_else(|| Unclear::NoSuch {
            what: "question",
            given: given.to_owned(),
            list: LIST,
            near: Vec::new(),
        })
}
