//! What all screens draw with.

pub mod canvas;
pub mod chart;
pub mod cursor;
pub mod digits;
pub mod fit;
pub mod gauge;
pub mod spark;
pub mod window;
pub mod wording;
