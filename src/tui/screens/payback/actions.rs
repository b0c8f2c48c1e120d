//! What keys do on the Payback screen.

use crate::tui::actions::{Action, actions};

actions! {
    /// What the Payback screen has.
    pub enum Do as Action::Payback {
        "This line or item" {
            Tick "payback.tick" ["space"] "tick" "tick; an item: paid" => Always
            Accept "payback.accept" ["A"] "accept" "accept, with a reason" => Always
            Carry "payback.carry" ["C"] "carry" "carry to next week" => Always
            Issue "payback.issue" ["I"] "issue" "link its issue" => Always
            Dismiss "payback.dismiss" ["i"] "" "this is not debt" => Always
            Test "payback.test" ["T"] "test" "link its test" => Always
            Unlock "payback.unlock" ["U"] "" "unlock, with a reason" => Always
            Take "payback.take" ["c"] "" "I take it, or not" => Always
            Open "payback.open" ["enter"] "" "its code; the commits" => AsItStands
        }
        "Lists" {
            Add "payback.add" ["a"] "add" "add a line" => Always
            Edit "payback.edit" ["e"] "edit" "edit the line" => Always
            Delete "payback.delete" ["d"] "" "take the line away" => Always
            FromReview "payback.from_review" ["f"] "" "refactors of the review" => Always
            Close "payback.close" ["X"] "close" "close day 4, or reopen" => Always
            Left "payback.left" ["h" "left"] "" "the left side" & "left, right side"
            Right "payback.right" ["l" "right"] "" "the right side"
            ExportMarkdown "payback.export_markdown" ["x m"] "export/Markdown" "export the week's debt as Markdown"
            ExportHtml "payback.export_html" ["x h"] "export/HTML" "export the week's debt as HTML"
            ExportSlack "payback.export_slack" ["x s"] "export/Slack" "export the week's debt as Slack text"
            ExportJson "payback.export_json" ["x j"] "export/JSON" "export the week's debt as JSON"
            ExportCsv "payback.export_csv" ["x c"] "export/CSV" "export the week's debt as CSV"
            ExportTable "payback.export_table" ["x t"] "export/text" "export the week's debt as text"
            CopyMarkdown "payback.copy_markdown" ["y m"] "copy/Markdown" "copy the item as Markdown"
        }
    }
}
