//! The binary against histories built for the purpose: what it says of each, as JSON.
//!
//! One program of tests, so it is linked once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    missing_docs
)]

mod support;

mod builder;
mod counting;
mod decisions;
mod following;
mod hostile;
mod many;
mod merging;
mod paying;
mod people;
mod promised;
mod properties;
mod proving;
mod reading;
mod reporting;
mod saying;
mod skipping;
mod timing;
mod twins;
