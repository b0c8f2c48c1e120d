//! The Plan screen: the hour of planning, the tasks by owner, the promises between people.

mod actions;
mod days;
mod detail;
mod forms;
mod grid;
mod hour;
mod page;
mod panes;
mod promises;
mod state;
mod tasks;
mod update;
mod view;
mod words;

pub use actions::{Do, ROWS};
pub use days::days;
pub use forms::answered;
pub use panes::Focus;
pub use state::{Asked, State};
pub use update::{update, why_not};
