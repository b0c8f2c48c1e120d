//! What keys do on the Standup screen.

use crate::tui::actions::{Action, actions};

actions! {
    /// What the Standup screen has.
    pub enum Do as Action::Standup {
        "Standup" {
            Open "standup.open" ["enter"] "open" "look at it"
        }
    }
}
