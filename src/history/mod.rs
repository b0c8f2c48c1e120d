//! Git as it is read: repositories, commits, trees, contents, people. The only room that names
//! git2.
//!
//! A repository is somebody else's data: it is looked at (`inspect`) before libgit2 gets to see
//! it, and whatever cannot be read is an [`Error`], never an empty history.

mod alternates;
pub mod commits;
mod config;
mod discover;
mod error;
mod forge;
mod inspect;
mod loose;
pub mod made;
mod mailmap;
mod open;
mod pack;
mod person;
pub mod plain;
pub mod reader;
mod settings;
mod tips;
pub mod trees;
pub mod walk;
mod warning;

pub use error::Error;
pub use mailmap::Mailmap;
pub use open::Repository;
pub use person::User;
pub use settings::settle;
pub use tips::Head;
pub use warning::Warning;
