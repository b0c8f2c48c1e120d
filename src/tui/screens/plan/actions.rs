//! What keys do on the Plan screen.

use crate::tui::actions::{Action, actions};

actions! {
    /// What the Plan screen has.
    pub enum Do as Action::Plan {
        "The week" {
            Timer "plan.timer" ["t"] "timer" "start the hour, or stop it" => Always
            Goal "plan.goal" ["g o"] "" "what will be shown, and when" => Always
            Days "plan.days" ["g d"] "" "on which dates its days are" => Always
            Skip "plan.skip" ["S"] "" "no hack this week, or one after all" => Always
        }
        "Tasks" {
            Add "plan.add" ["a"] "task" "add a task for who is selected" => Always
            Promise "plan.promise" ["p"] "promise" "make a promise" => Always
            OwnerRight "plan.owner_right" ["L"] "owner" "give it to the next person" & "give it right, left" => Always
            OwnerLeft "plan.owner_left" ["H"] "" "give it to the person before" => Always
            Later "plan.later" ["J"] "order" "do it later" & "do it later, sooner" => Always
            Sooner "plan.sooner" ["K"] "" "do it sooner" => Always
            Cut "plan.cut" ["c"] "cut" "put it on the cut list, or take it off" => Always
            Main "plan.main" ["space"] "done" "task done; promise one step on" => Always
            Edit "plan.edit" ["e"] "edit" "write it anew" => Always
            Day "plan.day" ["D"] "" "for which day it is" => Always
            Done "plan.done" ["d"] "" "done, or open again" => Always
            Note "plan.note" ["N"] "" "a note on it" => Always
            Waits "plan.waits" ["w"] "" "for whom it waits" => Always
            Gives "plan.gives" ["f"] "" "for whom it is" => Always
            Carry "plan.carry" ["C"] "" "carry it into the next week" => Always
        }
        "Promises" {
            Broken "plan.broken" ["b"] "" "it will not come, or will after all" => Always
            Say "plan.say" ["s"] "" "what you say of it" => Always
        }
        "This row" {
            Open "plan.open" ["enter"] "" "from a task to its promise, and back"
            Delete "plan.delete" ["del"] "" "take it away" => Always
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
