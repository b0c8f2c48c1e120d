//! Start.

mod actions;
mod state;
mod update;
mod view;

pub use actions::{Do, ROWS};
pub use state::{Asked, State};
pub use update::{answered, update, why_not};
