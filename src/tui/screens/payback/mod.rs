//! Payback, day 4: how much of the week's debt is settled, what still needs a decision, and the
//! checklists of the method.

mod actions;
mod debt;
mod decide;
mod lines;
mod page;
mod panes;
mod state;
mod update;
mod view;
mod view_debt;
mod view_lists;

pub use actions::{Do, ROWS};
pub(super) use lines::tested;
pub use panes::Focus;
pub use state::{Asked, State};
pub use update::{answered, update, why_not};
