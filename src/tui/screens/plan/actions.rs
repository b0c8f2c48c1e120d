//! What keys do on the Plan screen.

use crate::tui::actions::{Action, actions};

actions! {
    /// What the Plan screen has.
    pub enum Do as Action::Plan {
        "The week" {
            Timer "plan.timer" ["t"] "timer" "start the hour, or stop it"
            Goal "plan.goal" ["g o"] "" "what will be shown, and when"
            Skip "plan.skip" ["S"] "" "no hack this week, or one after all"
        }
        "Tasks" {
            Add "plan.add" ["a"] "task" "add a task for who is selected"
            Promise "plan.promise" ["p"] "promise" "make a promise"
            OwnerRight "plan.owner_right" ["L"] "owner" "give it to the next person" & "give it right, left"
            OwnerLeft "plan.owner_left" ["H"] "" "give it to the person before"
            Later "plan.later" ["J"] "order" "do it later" & "do it later, sooner"
            Sooner "plan.sooner" ["K"] "" "do it sooner"
            Cut "plan.cut" ["c"] "cut" "put it on the cut list, or take it off"
            Main "plan.main" ["space"] "done" "task done; promise one step on"
            Edit "plan.edit" ["e"] "edit" "write it anew"
            Day "plan.day" ["D"] "" "for which day it is"
            Done "plan.done" ["d"] "" "done, or open again"
            Note "plan.note" ["N"] "" "a note on it"
            Waits "plan.waits" ["w"] "" "for whom it waits"
            Gives "plan.gives" ["f"] "" "for whom it is"
            Carry "plan.carry" ["C"] "" "carry it into the next week"
        }
        "Promises" {
            Broken "plan.broken" ["b"] "" "it will not come, or will after all"
            Say "plan.say" ["s"] "" "what you say of it"
        }
        "This row" {
            Open "plan.open" ["enter"] "" "from a task to its promise, and back"
            Delete "plan.delete" ["del"] "" "take it away"
            Right "plan.right" ["l" "right"] "" "the next person's tasks" & "right, left"
            Left "plan.left" ["h" "left"] "" "the person before"
        }
        "Export" {
            ExportMarkdown "plan.export_markdown" ["x m"] "export/Markdown" "export the plan as Markdown"
            ExportHtml "plan.export_html" ["x h"] "export/HTML" "export the plan as HTML"
            ExportSlack "plan.export_slack" ["x s"] "export/Slack" "export the plan as Slack text"
            ExportJson "plan.export_json" ["x j"] "export/JSON" "export the plan as JSON"
            ExportCsv "plan.export_csv" ["x c"] "export/CSV" "export the plan as CSV"
            ExportTable "plan.export_table" ["x t"] "export/text" "export the plan as text"
            CopyRow "plan.copy_row" ["y y"] "copy/row" "copy its row"
            CopyMarkdown "plan.copy_markdown" ["y m"] "copy/Markdown" "copy the plan as Markdown"
            CopySlack "plan.copy_slack" ["y s"] "copy/Slack" "copy the plan as Slack text"
        }
    }
}
