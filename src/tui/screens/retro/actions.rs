//! What keys do on the Retro screen.

use crate::tui::actions::{Action, actions};

actions! {
    /// What the Retro screen has.
    pub enum Do as Action::Retro {
        "Retro" {
            Open "retro.open" ["enter"] "open" "look at it"
        }
    }
}
