//! The Standup screen: who did what, who does what, what is in the way, each in turn; on demo day
//! also who shows what.

mod actions;
mod below;
mod demo;
mod forms;
mod lines;
mod page;
mod panes;
mod round;
mod side;
mod state;
mod update;
mod view;
mod words;

pub use actions::{Do, ROWS};
pub use forms::answered;
pub use lines::Key;
pub use state::{Asked, State};
pub use update::{update, why_not};
