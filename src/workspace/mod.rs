//! (filled by the commits that follow)

pub mod config;
pub mod places;
pub mod zone;
