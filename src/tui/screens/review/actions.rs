//! What keys do on the Review screen.

use crate::tui::actions::{Action, actions};

actions! {
    /// What the Review screen has.
    pub enum Do as Action::Review {
        "Review" {
            Open "review.open" ["enter"] "open" "look at it"
        }
    }
}
