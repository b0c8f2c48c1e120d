//! The hack week's debt, found in git and followed until it is paid.
//!
//! Data flows one way: `cli -> tui -> workspace -> { history, store, report } -> { week, debt }`.
//! `week` and `debt` are pure: no clock, no file, no environment; *now* and the timezone are
//! handed in. `history` is the only room that names git2, `store` the only one that names rusqlite.

pub mod changes;
pub mod cli;
pub mod debt;
pub mod history;
pub mod interned;
pub mod object_id;
pub mod report;
pub mod store;
pub mod tui;
pub mod week;
pub mod workspace;
