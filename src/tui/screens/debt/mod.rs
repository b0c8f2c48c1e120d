//! Debt: every item, riskiest first, the code around it, its life, and how the week pays down.

mod actions;
mod choose;
mod code;
mod decide;
mod life;
mod list;
mod page;
mod panes;
mod paydown;
mod state;
mod update;
mod view;
mod words;

pub use actions::{Do, ROWS};
pub use choose::{Filter, Scope, Show, Sort};
pub(super) use choose::{is_of_week, is_with_week};
pub use panes::{Focus, Panes, panes};
pub(super) use paydown::{due, left};
pub use state::{Asked, State};
pub use update::{answered, take_code, update, why_not};
pub use view::gauge_line;
pub(super) use words::{called, carried_in, file_line, hack, markdown, owner, place};
