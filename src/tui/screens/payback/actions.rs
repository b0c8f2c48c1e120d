//! What keys do on the Payback screen.

use crate::tui::actions::{Action, actions};

actions! {
    /// What the Payback screen has.
    pub enum Do as Action::Payback {
        "Payback" {
            Open "payback.open" ["enter"] "open" "look at it"
        }
    }
}
