//! What keys do on the Start screen.

use crate::tui::actions::{Action, actions};

actions! {
    /// What the Start screen has.
    pub enum Do as Action::Start {
        "Start" {
            Open "start.open" ["enter"] "open" "look at it"
        }
    }
}
