//! What keys do on the Roadmap screen.

use crate::tui::actions::{Action, actions};

actions! {
    /// What the Roadmap screen has.
    pub enum Do as Action::Roadmap {
        "Roadmap" {
            Open "roadmap.open" ["enter"] "open" "look at it"
        }
    }
}
