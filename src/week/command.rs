//! Commands: what people do, as values, and the events that they come to.

use serde::{Deserialize, Serialize};

use super::board::Board;
use super::change::{Change, Mark, Pen, write};
use super::demo::{self, DemoCommand};
use super::event::Event;
use super::name::WeekName;
use super::payback::{self, PaybackCommand};
use super::promise::{self, PromiseCommand};
use super::question::{self, QuestionCommand};
use super::record::{self, WeekCommand};
use super::refusal::Refusal;
use super::retro::{self, RetroCommand};
use super::review::{self, ReviewCommand};
use super::roadmap::{self, RoadmapCommand};
use super::round::{self, RoundCommand};
use super::standup::{self, StandupCommand};
use super::task::{self, TaskCommand};
use super::team::{self, TeamCommand};
use super::undo::inverse;

/// What a person does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// To the team.
    Team(TeamCommand),
    /// To a week as a whole.
    Week(WeekName, WeekCommand),
    /// To tasks.
    Task(TaskCommand),
    /// To promises.
    Promise(PromiseCommand),
    /// To the turns of a standup, a demo, or show and tell.
    Round(RoundCommand),
    /// To blockers and parked topics.
    Standup(StandupCommand),
    /// To the hacks that are shown.
    Demo(DemoCommand),
    /// To findings, notes and answers.
    Review(ReviewCommand),
    /// To the team's own questions.
    Question(QuestionCommand),
    /// To debt and checklists.
    Payback(PaybackCommand),
    /// To cards and actions.
    Retro(RetroCommand),
    /// To the whiteboard.
    Roadmap(RoadmapCommand),
}

macro_rules! from {
    ($($command:ident $variant:ident),*) => {
        $(impl From<$command> for Command {
            fn from(command: $command) -> Self {
                Self::$variant(command)
            }
        })*
    };
}

from!(TeamCommand Team, TaskCommand Task, PromiseCommand Promise, RoundCommand Round,
    StandupCommand Standup, DemoCommand Demo, ReviewCommand Review, QuestionCommand Question, PaybackCommand Payback,
    RetroCommand Retro, RoadmapCommand Roadmap);

impl Board {
    /// The events that a command comes to. Nothing is changed: hand them to [`Board::add`]. Never
    /// empty: a command that would change nothing is refused.
    pub fn decide(&self, command: &Command, pen: &mut Pen<'_>) -> Result<Vec<Event>, Refusal> {
        let changes: Vec<Change> = match command {
            Command::Team(command) => team::decide(self, command, pen),
            Command::Week(week, command) => record::decide(self, *week, command, pen),
            Command::Task(command) => task::decide(self, command, pen),
            Command::Promise(command) => promise::decide(self, command, pen),
            Command::Round(command) => round::decide(self, command, pen),
            Command::Standup(command) => standup::decide(self, command, pen),
            Command::Demo(command) => demo::decide(self, command, pen),
            Command::Review(command) => review::decide(self, command, pen),
            Command::Question(command) => question::decide(self, command, pen),
            Command::Payback(command) => payback::decide(self, command, pen),
            Command::Retro(command) => retro::decide(self, command, pen),
            Command::Roadmap(command) => roadmap::decide(self, command, pen),
        }?;
        let events = write(self.facts(), changes, Mark::Fresh, pen);
        if events.is_empty() {
            return Err(Refusal::Already);
        }
        Ok(events)
    }

    /// The events that take the writer's last command back. `events` gives those of a command, in
    /// their order, by its id.
    pub fn undo(
        &self,
        pen: &mut Pen<'_>,
        events: impl FnOnce(super::id::Ulid) -> Vec<Event>,
    ) -> Result<Vec<Event>, Refusal> {
        let step = self.to_undo(pen.writer).ok_or(Refusal::NothingToUndo)?;
        let changes = inverse(self.facts(), &events(step.latest));
        Ok(write(
            self.facts(),
            changes,
            Mark::Undoes(step.command),
            pen,
        ))
    }

    /// The events that do again what the writer took back last. `events` as for [`Board::undo`].
    pub fn redo(
        &self,
        pen: &mut Pen<'_>,
        events: impl FnOnce(super::id::Ulid) -> Vec<Event>,
    ) -> Result<Vec<Event>, Refusal> {
        let step = self.to_redo(pen.writer).ok_or(Refusal::NothingToRedo)?;
        let changes = inverse(self.facts(), &events(step.latest));
        Ok(write(
            self.facts(),
            changes,
            Mark::Redoes(step.command),
            pen,
        ))
    }
}
