//! What is kept on disk. The only room that names rusqlite.

mod error;
pub mod index;

pub use error::Error;
