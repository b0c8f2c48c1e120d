//! What the tests share: repositories made to order, and the report of the binary as typed items.

pub mod binary;
pub mod debt;
pub mod files;
pub mod generated;
pub mod oracle;
pub mod owed;
pub mod raw;
pub mod repo;
pub mod shop;
pub mod steps;
pub mod when;

pub use debt::{Item, Report, debt, debt_of};
pub use files::Files;
pub use repo::Repo;
