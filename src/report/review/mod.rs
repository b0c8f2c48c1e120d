//! The review of a week: from what people wrote to its document, and what that says. The document is
//! [`ReviewPage`](super::boards::ReviewPage).

mod build;
mod sheet;
#[cfg(test)]
mod tests;

pub use build::{questions, review, speakers};
pub(super) use sheet::{ABOUT, BUCKETS, beside, sheet};
