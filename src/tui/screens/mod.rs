//! The screens, a closed set: each has its state, its actions, its update and its view. What a new
//! one lacks, the compiler says.

pub mod called;
pub mod debt;
pub mod payback;
pub mod people;
pub mod plan;
pub mod retro;
pub mod review;
pub mod roadmap;
pub mod standup;
pub mod start;

use ratatui::layout::Position;

use super::actions::{self, Action, Row};
use super::form::Problem;
use super::model::Reply;
use super::seen::Seen;
use super::widgets::canvas::Canvas;

/// A screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Screen {
    /// Who did what, who does what, what is in the way.
    Standup,
    /// Who does what, and who gives what to whom.
    Plan,
    /// What is owed.
    Debt,
    /// What the hack days left to do.
    Review,
    /// How it is paid back.
    Payback,
    /// How the week went, and its summary.
    Retro,
    /// Where it all goes.
    Roadmap,
    /// Before there is a week: three questions.
    Start,
}

/// What a screen is to the frame around it. Pure: what is to be done is returned.
pub trait Page {
    /// Something below it changed: what is known, the minute, the size. It may not be the screen that
    /// is shown.
    fn refresh(&mut self, seen: &Seen<'_>);

    /// It is shown, or what is below it changed while it is: what it lacks, it asks for.
    fn shown(&mut self, _seen: &Seen<'_>) -> Reply {
        Reply::default()
    }

    /// It is another time: another second where a clock runs, else another minute. It may not be the
    /// screen that is shown.
    fn ticked(&mut self, _seen: &Seen<'_>) -> Reply {
        Reply::default()
    }

    /// Moves in the focused pane.
    fn moved(&mut self, seen: &Seen<'_>, to: actions::Do) -> Reply;

    /// Goes to the next or the previous pane.
    fn pane(&mut self, seen: &Seen<'_>, forward: bool) -> Reply;

    /// One step back; `None` where there is none.
    fn back(&mut self, seen: &Seen<'_>) -> Option<Reply>;

    /// A click.
    fn click(&mut self, seen: &Seen<'_>, at: Position) -> Reply;

    /// The wheel, turned by so many rows.
    fn wheel(&mut self, seen: &Seen<'_>, at: Position, by: i64) -> Reply;

    /// Begins to filter: remembers where it is, and returns the words it is filtered by. `None` where
    /// nothing can be filtered.
    fn begin_search(&mut self, _seen: &Seen<'_>) -> Option<String> {
        None
    }

    /// Takes other words to filter by, while they are typed.
    fn searched(&mut self, _seen: &Seen<'_>, _words: &str) -> Reply {
        Reply::default()
    }

    /// Leaves the filter as it was before.
    fn left_search(&mut self, _seen: &Seen<'_>) -> Reply {
        Reply::default()
    }

    /// What its tab shows beside the name.
    fn badge(&self, _seen: &Seen<'_>) -> Option<String> {
        None
    }

    /// What row 29 says of it while nothing has happened, in wordings from long to short.
    fn idle(&self, _seen: &Seen<'_>) -> Option<Vec<String>> {
        None
    }

    /// Whether a clock of it runs, so that every second is to be drawn.
    fn ticks(&self, _seen: &Seen<'_>) -> bool {
        false
    }

    /// Draws it in `seen.body`.
    fn draw(&self, canvas: &mut Canvas<'_>, seen: &Seen<'_>);
}

macro_rules! screens {
    ($($screen:ident $module:ident $field:ident $number:literal $name:literal)*) => {
        /// What all screens remember.
        #[derive(Clone, Debug, Default)]
        pub struct Pages {
            $(#[doc = $name] pub $field: $module::State,)*
        }

        /// Whom the answers of a form are for.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Asked {
            $(#[doc = $name] $screen($module::Asked),)*
            /// The value of a setting, by its key.
            Setting(&'static str),
        }

        $(impl From<$module::Asked> for Asked {
            fn from(asked: $module::Asked) -> Self {
                Self::$screen(asked)
            }
        })*

        impl Pages {
            /// A screen, to look at.
            pub fn page(&self, screen: Screen) -> &dyn Page {
                match screen { $(Screen::$screen => &self.$field,)* }
            }

            /// A screen, to change.
            pub fn page_mut(&mut self, screen: Screen) -> &mut dyn Page {
                match screen { $(Screen::$screen => &mut self.$field,)* }
            }

            /// Does an action of a screen; nothing for one of the frame.
            pub fn update(&mut self, seen: &Seen<'_>, action: Action) -> Reply {
                match action {
                    Action::Frame(_) => Reply::default(),
                    $(Action::$screen(act) => $module::update(&mut self.$field, seen, act),)*
                }
            }

            /// What an action of a screen would come to.
            pub fn would(&self, seen: &Seen<'_>, action: Action) -> Reply {
                match action {
                    Action::Frame(_) => Reply::default(),
                    $(Action::$screen(act) => {
                        $module::update(&mut self.$field.clone(), seen, act)
                    })*
                }
            }

            /// Why an action of a screen cannot be had now.
            pub fn why_not(&self, seen: &Seen<'_>, action: Action) -> Option<String> {
                match action {
                    Action::Frame(_) => None,
                    $(Action::$screen(act) => $module::why_not(&self.$field, seen, act),)*
                }
            }

            /// Takes the answers of a form.
            ///
            /// # Errors
            /// A field that says nothing that can be used.
            pub fn answered(
                &mut self,
                seen: &Seen<'_>,
                asked: &Asked,
                values: &[String],
            ) -> Result<Reply, Problem> {
                match asked {
                    Asked::Setting(_) => Ok(Reply::default()),
                    $(Asked::$screen(asked) => {
                        $module::answered(&mut self.$field, seen, asked, values)
                    })*
                }
            }
        }

        impl Screen {
            /// All of them, in the order of the tabs.
            pub const ALL: &[Screen] = &[$(Screen::$screen),*];

            /// The name on its tab.
            pub fn name(self) -> &'static str {
                match self { $(Screen::$screen => $name,)* }
            }

            /// The number on its tab; 0 for one without a tab.
            pub fn number(self) -> u8 {
                match self { $(Screen::$screen => $number,)* }
            }

            /// Its part of the table of actions.
            pub fn rows(self) -> &'static [Row] {
                match self { $(Screen::$screen => $module::ROWS,)* }
            }
        }

        impl Action {
            /// The screen that it is of; `None` for what every screen has.
            pub fn screen(self) -> Option<Screen> {
                match self {
                    Action::Frame(_) => None,
                    $(Action::$screen(_) => Some(Screen::$screen),)*
                }
            }
        }
    };
}

screens! {
    Standup standup standup 1 "Standup"
    Plan plan plan 2 "Plan"
    Debt debt debt 3 "Debt"
    Review review review 4 "Review"
    Payback payback payback 5 "Payback"
    Retro retro retro 6 "Retro"
    Roadmap roadmap roadmap 7 "Roadmap"
    Start start start 0 "Start"
}
