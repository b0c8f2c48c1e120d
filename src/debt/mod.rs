//! Debt in texts and over versions: comments, markers, sightings, and the ledger that follows them.

pub mod attributes;
pub mod comment;
pub mod compared;
mod content_kind;
pub mod detect;
pub mod facts;
pub mod follow;
mod known_paths;
pub mod language;
pub mod ledger;
pub mod left_out;
pub mod lines;
pub mod marker;
pub mod matched;
pub mod matching;
mod merge;
pub mod path_pattern;
pub mod payment;
pub mod rules;
pub mod sighting;
mod similar;
pub mod state;

pub use rules::{RuleError, RuleOptions, Rules};
pub use sighting::{Marker, Sighting, Tier};
