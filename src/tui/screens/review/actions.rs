//! What keys do on the Review screen.

use crate::tui::actions::{Action, actions};

actions! {
    /// What the Review screen has.
    pub enum Do as Action::Review {
        "Show and tell" {
            Pause "review.pause" ["t"] "timer" "timer: pause, go on" => Always
            Next "review.next" ["space" "."] "next" "next person" => Always
            Back "review.back" [","] "" "back to who was before" => Always
            Away "review.away" ["-"] "" "the next person is away" => Always
            Note "review.note" ["N"] "note" "good, bad, embarrassing" => Always
            Question "review.question" ["!"] "question" "answer a question" => Always
        }
        "This finding" {
            Add "review.add" ["a"] "add" "add finding or question" => Always
            Debt "review.debt" ["D"] "debt" "add one of the debt" => Always
            BucketLeft "review.bucket_left" ["H"] "bucket" "to the bucket before" & "to another bucket" => Always
            BucketRight "review.bucket_right" ["L"] "" "to the next bucket" => Always
            Down "review.down" ["J"] "" "move it down" & "move it down, up" => Always
            Up "review.up" ["K"] "" "move it up" => Always
            Test "review.test" ["T"] "test" "link its test" => Always
            Unlock "review.unlock" ["U"] "" "unlock, with a reason" => Always
            Take "review.take" ["c"] "" "I take it, or not" => Always
            Edit "review.edit" ["e"] "" "edit it" => Always
            Delete "review.delete" ["d"] "" "take it away" => Always
            Open "review.open" ["enter"] "" "its debt; answer" => AsItStands
            Left "review.left" ["h" "left"] "" "the column before" & "column before, after"
            Right "review.right" ["l" "right"] "" "the next column"
        }
        "Export" {
            ExportMarkdown "review.export_markdown" ["x m"] "export/Markdown" "export the review as Markdown"
            ExportHtml "review.export_html" ["x h"] "export/HTML" "export the review as HTML"
            ExportSlack "review.export_slack" ["x s"] "export/Slack" "export the review as Slack text"
            ExportJson "review.export_json" ["x j"] "export/JSON" "export the review as JSON"
            ExportCsv "review.export_csv" ["x c"] "export/CSV" "export the review as CSV"
            ExportTable "review.export_table" ["x t"] "export/text" "export the review as text"
            CopyMarkdown "review.copy_markdown" ["y m"] "copy/Markdown" "copy the review as Markdown"
            CopySlack "review.copy_slack" ["y s"] "copy/Slack" "copy the review as Slack text"
        }
    }
}
