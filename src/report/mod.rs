//! The documents hackweek hands out, and one writer for each format.
//!
//! A document is plain data: whoever fills it has decided everything, a writer only lays it out.
//! What several writers say, they take from one place: figures from [`figures`], the order of items
//! from `order`, words from `words`, addresses from `links`. A format that is only about escaping
//! (`*_text`) knows no document, so that the next document can use it too.
//! Writers are pure but for `io::Write`: no clock, no environment, the same bytes for the same document.

pub mod boards;
pub mod carried;
pub mod commits;
pub mod csv;
pub mod debt;
pub mod facts;
pub mod figures;
pub mod github;
pub mod html;
mod html_text;
pub mod json;
pub mod links;
#[cfg(test)]
mod made_up;
pub mod markdown;
mod markdown_text;
pub(crate) mod order;
pub mod pay_down;
pub mod people;
pub mod plan;
pub mod review;
pub mod roadmap;
pub mod rows;
mod rows_csv;
pub mod safe_text;
pub mod sarif;
pub mod scan;
pub mod schema;
pub mod secret;
mod sentences;
mod sheet;
pub mod slack;
mod slack_text;
pub mod standup;
pub mod summary;
pub mod table;
pub mod template;
pub mod week;
mod who;
pub(crate) mod words;
