//! The screens without a terminal: keys go in, effects and frames come out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

/// A test that a frame is as it was.
macro_rules! frame {
    ($name:ident, $app:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!($app.frame());
        }
    };
}

mod app;
mod crowd;
mod decisions;
mod frames;
mod hack6;
mod keys;
mod pages;
mod payback;
mod properties;
mod review;
mod runs;
