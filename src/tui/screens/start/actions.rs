//! What keys do on the screen of the first run.

use crate::tui::actions::{Action, actions};

actions! {
    /// What the first run has.
    pub enum Do as Action::Start {
        "First run" {
            Begin "start.begin" ["enter"] "start planning" "write the answers, go to the plan"
            Edit "start.edit" ["e"] "answer" "answer the question anew"
            Toggle "start.toggle" ["space"] "in or out" "somebody is in, or not"
            Add "start.add" ["a"] "person" "add somebody"
            Demo "start.demo" ["D"] "demo" "how to see a made-up week"
            Leave "start.leave" ["L"] "the screens as they are" "leave the questions for now"
        }
    }
}
