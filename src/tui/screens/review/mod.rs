//! Review, day 3: three buckets of findings, show and tell, the questions.

mod actions;
mod findings;
mod forms;
mod page;
mod panes;
mod questions;
mod state;
mod tell;
mod update;
mod view;
mod view_findings;
mod view_tell;

pub use actions::{Do, ROWS};
pub use panes::Focus;
pub use state::{Asked, State};
pub use update::{answered, update, why_not};
