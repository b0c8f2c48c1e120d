//! The screens without a terminal: keys go in, effects and frames come out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod abroad;
mod app;
mod carried;
mod changed;
mod crowd;
mod days;
mod decisions;
mod frames;
mod hack6;
mod keys;
mod pages;
mod past;
mod payback;
mod plan;
mod properties;
mod retro;
mod review;
mod roadmap;
mod runs;
mod standup;
mod start;
mod whole;
