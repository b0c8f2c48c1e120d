//! Debt in texts and over versions: comments, markers, sightings, and the ledger that follows them.

pub mod sighting;

pub use sighting::{Marker, Sighting, Tier};
