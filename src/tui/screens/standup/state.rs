//! What the Standup screen remembers.

/// The state of the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {}

/// What its forms ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {}
