//! The screens.
//!
//! The Elm Architecture, with effects as values:
//!
//! ```text
//! key, click, paste ──keymap──▶ Message ──update(&mut Model)──▶ Vec<Effect> ──runtime──▶ worker,
//!                                  ▲                                                   terminal,
//!                                  └──────────── answers ◀─────────────────────────── editor
//! &Model ──view──▶ Buffer
//! ```
//!
//! `update` and `view` are pure: time and size come as messages, what is to be done leaves as an
//! effect. A line being typed or a list to choose from is an [`Overlay`](model::Overlay), not a loop.
//! What keys do stands in one table, [`actions`].
//!
//! A further screen is a file of actions, a state, an update and a view in `screens/`, and the arms
//! that the compiler asks for once [`Screen`](screens::Screen) has its name.

pub mod actions;
mod browser;
pub mod clock;
pub mod document;
pub mod editor;
pub mod effect;
pub mod form;
pub mod glyphs;
pub mod key;
pub mod keymap;
mod keys;
pub mod layout;
pub mod links;
pub mod message;
pub mod model;
mod open;
pub mod pick;
pub mod rekey;
pub mod runtime;
pub mod screens;
pub mod seen;
pub mod settings;
pub mod signals;
pub mod terminal;
#[cfg(test)]
mod tests;
pub mod theme;
pub mod update;
pub mod view;
pub mod when;
pub mod widgets;
mod worker;
mod writer;

pub use keys::{markdown, table};
pub use open::{Opening, open};
pub use runtime::Ended;
pub use signals::PutAway;
