//! What is kept on disk. The only room that names rusqlite.

pub mod database;
mod error;
pub mod index;
pub mod log;
mod log_rows;
#[cfg(test)]
mod log_tests;
mod patience;
mod writer;

pub use database::{Access, Database};
pub use error::Error;
pub use log::{Done, Log};
