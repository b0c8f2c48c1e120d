//! What keys do on the Debt screen.

use crate::tui::actions::{Action, actions};

actions! {
    /// What the Debt screen has.
    pub enum Do as Action::Debt {
        "This item" {
            Paid "debt.paid" ["space"] "paid" "mark paid, or unmark" => Always
            Take "debt.take" ["c"] "take" "I take it, or not" => Always
            Accept "debt.accept" ["A"] "accept" "accept, with a reason" => Always
            Carry "debt.carry" ["C"] "carry" "carry to next week" => Always
            Dismiss "debt.dismiss" ["i"] "" "this is not debt" => Always
            Test "debt.test" ["T"] "" "link a test" => Always
            Promote "debt.promote" ["p"] "" "suspected: it is debt" => Always
            Edit "debt.edit" ["e"] "editor" "$EDITOR at its line"
            Browse "debt.browse" ["o"] "" "open on the forge"
            Open "debt.open" ["enter"] "" "go to its code"
            CodeDown "debt.code_down" ["J"] "" "scroll the code down" & "scroll the code"
            CodeUp "debt.code_up" ["K"] "" "scroll the code up"
        }
        "List" {
            Select "debt.select" ["v"] "" "select a range"
            Next "debt.next" ["n"] "" "next match" & "next, previous match"
            Previous "debt.previous" ["N"] "" "previous match"
            ShowOpen "debt.show_open" ["f o"] "filter/open" "show what is open"
            ShowPaid "debt.show_paid" ["f p"] "filter/paid" "show what is paid"
            ShowLate "debt.show_late" ["f l"] "filter/late" "show what is late"
            ShowSuspected "debt.show_suspected" ["f u"] "filter/suspected" "show what is suspected"
            ShowAny "debt.show_any" ["f a"] "filter/any" "show all, open or not"
            ScopeWeek "debt.scope_week" ["f w"] "filter/this week" "show this week's debt"
            ScopeAll "debt.scope_all" ["f h"] "filter/history" "show the whole history"
            Repository "debt.repository" ["f r"] "filter/repository" "show the next repository"
            ByRisk "debt.by_risk" ["s r"] "sort/risk" "sort: riskiest first"
            ByAge "debt.by_age" ["s a"] "sort/age" "sort: oldest first"
            ByFile "debt.by_file" ["s f"] "sort/file" "sort: by file"
            ByOwner "debt.by_owner" ["s o"] "sort/owner" "sort: by owner"
            Wider "debt.wider" ["+"] "" "make the pane wider" & "pane wider, narrower"
            Narrower "debt.narrower" ["_" "-"] "" "make the pane narrower"
            ExportMarkdown "debt.export_markdown" ["x m"] "export/Markdown" "export what is seen as Markdown"
            ExportHtml "debt.export_html" ["x h"] "export/HTML" "export what is seen as HTML"
            ExportSlack "debt.export_slack" ["x s"] "export/Slack" "export what is seen as Slack text"
            ExportCsv "debt.export_csv" ["x c"] "export/CSV" "export what is seen as CSV"
            ExportJson "debt.export_json" ["x j"] "export/JSON" "export what is seen as JSON"
            ExportTable "debt.export_table" ["x t"] "export/text" "export what is seen as text"
        }
        "Copy" {
            CopyRow "debt.copy_row" ["y y"] "copy/row" "copy its row"
            CopyPlace "debt.copy_place" ["y l"] "copy/file:line" "copy file:line"
            CopyCommit "debt.copy_commit" ["y h"] "copy/hash" "copy the hash of its commit"
            CopyMarkdown "debt.copy_markdown" ["y m"] "copy/Markdown" "copy it as Markdown"
        }
    }
}
