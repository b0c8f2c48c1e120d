//! What keys do on the Plan screen.

use crate::tui::actions::{Action, actions};

actions! {
    /// What the Plan screen has.
    pub enum Do as Action::Plan {
        "Plan" {
            Open "plan.open" ["enter"] "open" "look at it"
        }
    }
}
