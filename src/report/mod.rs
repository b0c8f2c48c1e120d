//! The documents hackweek hands out, and one writer for each format.
//!
//! A document is plain data: whoever fills it has decided everything, a writer only lays it out.
//! Writers are pure but for `io::Write`: no clock, no environment, the same bytes for the same document.

pub mod debt;
pub mod json;
pub(crate) mod order;
pub mod pay_down;
pub mod safe_text;
pub mod scan;
pub mod table;
pub(crate) mod words;
