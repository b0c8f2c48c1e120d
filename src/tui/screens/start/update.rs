//! What happens in the first run. Pure: what is to be done is returned.

use ratatui::layout::Position;

use super::actions::Do;
use super::state::{Asked, Candidate, State};
use super::view;
use crate::tui::actions;
use crate::tui::effect::Effect;
use crate::tui::form::{Field, Form, Problem};
use crate::tui::message::Notice;
use crate::tui::model::{Reply, screen_of_the_day};
use crate::tui::screens::{Page, Screen, plan};
use crate::tui::seen::Seen;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::window;
use crate::week::Command;
use crate::week::record::WeekCommand;
use crate::week::team::TeamCommand;

/// Does an action of the screen.
pub fn update(state: &mut State, seen: &Seen<'_>, act: Do) -> Reply {
    if let Some(why) = why_not(state, seen, act) {
        return Reply::notice(Notice::bad(why));
    }
    match act {
        Do::Begin if state.at + 1 == state.lines() => add(),
        Do::Begin => begin(state, seen),
        Do::Edit => match state.at {
            0 => {
                let field = Field::text("What are you building?", state.title(seen));
                let field = field.hint("what the team calls it");
                Reply::form(Form::line("What are you building", field, Asked::Title))
            }
            1 => plan::days(seen),
            _ => toggle(state),
        },
        Do::Toggle => toggle(state),
        Do::Add => add(),
        Do::Demo => Reply::notice(Notice::done(
            "q, then `hackweek demo`: a made-up week, nothing of yours is read or written",
        )),
        Do::Leave => Reply::go(screen_of_the_day(seen.calendar, seen.now)),
    }
}

/// Why an action cannot be had now; `None` if it can.
pub fn why_not(state: &State, seen: &Seen<'_>, act: Do) -> Option<String> {
    match act {
        Do::Begin | Do::Toggle | Do::Add if seen.overview.is_none() => {
            Some("the repository is still being read".to_owned())
        }
        Do::Begin if !seen.board().is_blank() => {
            Some("somebody has begun already; 2 shows the plan".to_owned())
        }
        Do::Toggle if state.person().is_none() => Some("nobody is selected".to_owned()),
        _ => None,
    }
}

/// Writes the three answers and nothing else, each a step that can be undone.
fn begin(state: &State, seen: &Seen<'_>) -> Reply {
    let mut commands: Vec<Command> = Vec::new();
    for person in state.people.iter().filter(|person| person.is_in) {
        let add = TeamCommand::Add {
            name: person.name.clone(),
            mails: person.mails.clone(),
        };
        commands.push(add.into());
    }
    let title = state.title(seen);
    if !title.trim().is_empty() {
        commands.push(Command::Week(seen.name, WeekCommand::Title(title)));
    }
    commands.push(Command::Week(seen.name, WeekCommand::Number(Some(1))));
    let write = |command: Command| Effect::Write(Box::new(command));
    Reply {
        effects: commands.into_iter().map(write).collect(),
        go: Some(Screen::Plan),
        ..Reply::default()
    }
}

fn toggle(state: &mut State) -> Reply {
    let at = state.person();
    match at.and_then(|at| state.people.get_mut(at)) {
        Some(person) => {
            person.is_in = !person.is_in;
            Reply::default()
        }
        None => add(),
    }
}

fn add() -> Reply {
    let fields = vec![
        Field::text("Name", "").hint("as the screens call them"),
        Field::text("Mail", "").hint("of their commits; may stay empty"),
    ];
    Reply::form(Form::of("Who else is in?", fields, Asked::Person))
}

/// Takes the answers of a form.
///
/// # Errors
/// A field that says nothing that can be used.
pub fn answered(
    state: &mut State,
    _seen: &Seen<'_>,
    asked: &Asked,
    values: &[String],
) -> Result<Reply, Problem> {
    let value = |at: usize| values.get(at).map_or("", String::as_str);
    match asked {
        Asked::Title => {
            if value(0).is_empty() {
                return Err(Problem::new(
                    0,
                    "a word or two; it can be changed at any time",
                ));
            }
            state.title = Some(value(0).to_owned());
        }
        Asked::Person => {
            let (name, mail) = (value(0), value(1));
            if name.is_empty() {
                return Err(Problem::new(0, "a name is needed"));
            }
            if state
                .people
                .iter()
                .any(|known| known.name.eq_ignore_ascii_case(name))
            {
                return Err(Problem::new(0, "somebody of that name is there already"));
            }
            let is_known =
                |known: &Candidate| known.mails.iter().any(|own| own.eq_ignore_ascii_case(mail));
            if state.people.iter().any(is_known) {
                return Err(Problem::new(1, "that address is somebody's already"));
            }
            let mails = Some(mail.to_owned()).filter(|mail| !mail.is_empty());
            state.at = state.people.len() + 2;
            state.people.push(Candidate {
                name: name.to_owned(),
                mails: mails.into_iter().collect(),
                commits: None,
                is_in: true,
            });
        }
    }
    Ok(Reply::default())
}

impl Page for State {
    fn refresh(&mut self, seen: &Seen<'_>) {
        if seen.board().is_blank() {
            self.meet(seen);
        }
    }

    fn moved(&mut self, _seen: &Seen<'_>, to: actions::Do) -> Reply {
        let by = match to {
            actions::Do::Down | actions::Do::HalfDown => 1,
            actions::Do::Up | actions::Do::HalfUp => -1,
            actions::Do::Top | actions::Do::PageUp => i64::MIN / 2,
            actions::Do::Bottom | actions::Do::PageDown => i64::MAX / 2,
            _ => 0,
        };
        self.at = window::moved(self.at, by, self.lines());
        Reply::default()
    }

    fn pane(&mut self, _seen: &Seen<'_>, forward: bool) -> Reply {
        let lines = self.lines();
        let by = if forward { 1 } else { lines - 1 };
        self.at = (self.at + by) % lines;
        Reply::default()
    }

    /// Leaves the questions: nobody has to answer.
    fn back(&mut self, seen: &Seen<'_>) -> Option<Reply> {
        Some(Reply::go(screen_of_the_day(seen.calendar, seen.now)))
    }

    fn click(&mut self, seen: &Seen<'_>, at: Position) -> Reply {
        match view::line_at(self, seen, at) {
            Some(line) if line == self.at && line > 1 => toggle(self),
            Some(line) => {
                self.at = line;
                Reply::default()
            }
            None => Reply::default(),
        }
    }

    fn wheel(&mut self, _seen: &Seen<'_>, _at: Position, by: i64) -> Reply {
        self.at = window::moved(self.at, by.signum(), self.lines());
        Reply::default()
    }

    fn idle(&self, _seen: &Seen<'_>) -> Option<Vec<String>> {
        Some(vec![
            "Nobody has to answer: 1 to 7 show the screens as they are.".to_owned(),
            "Nobody has to answer: 1 to 7 show the screens.".to_owned(),
        ])
    }

    fn draw(&self, canvas: &mut Canvas<'_>, seen: &Seen<'_>) {
        view::draw(canvas, self, seen);
    }
}
