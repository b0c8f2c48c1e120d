//! The formats that people send, each read back by a reader that is not ours.

#![allow(clippy::unwrap_used, clippy::panic)]

mod agree;
#[path = "../bare/mod.rs"]
mod bare;
mod binary;
mod csv;
mod github;
mod html;
mod made;
mod markdown;
mod sarif;
mod schemas;
mod slack;
mod weekly;
