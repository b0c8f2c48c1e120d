//! What keys do on the Roadmap screen.

use crate::tui::actions::{Action, actions};

actions! {
    /// What the Roadmap screen has.
    pub enum Do as Action::Roadmap {
        "Feature" {
            Add "roadmap.add" ["a"] "feature" "add a feature"
            Done "roadmap.done" ["space"] "done" "one task of it is done"
            More "roadmap.more" ["+"] "" "one task more is left" & "a task more, less is left"
            Less "roadmap.less" ["-"] "" "one task less is left"
            Alpha "roadmap.alpha" ["H"] "stage" "alpha needs it" & "to alpha, to beta"
            Beta "roadmap.beta" ["L"] "" "only beta needs it"
            Down "roadmap.down" ["J"] "order" "move it down" & "move it down, up"
            Up "roadmap.up" ["K"] "" "move it up"
            Edit "roadmap.edit" ["e" "enter"] "edit" "write it anew"
            Worked "roadmap.worked" ["W"] "" "it was worked on this week, or not"
            Drop "roadmap.drop" ["D"] "" "give it up"
        }
        "Roadmap" {
            WhatIf "roadmap.what_if" ["w"] "what if" "what if a hack does more, or less"
            Growth "roadmap.growth" [] "" "how fast the scope grows"
            Is "roadmap.is" ["i"] "" "say what it is"
            Solves "roadmap.solves" ["s"] "" "say what it solves"
        }
        "Export" {
            ExportMarkdown "roadmap.export_markdown" ["x m"] "export/Markdown" "export the roadmap as Markdown"
            ExportHtml "roadmap.export_html" ["x h"] "export/HTML" "export the roadmap as HTML"
            ExportSlack "roadmap.export_slack" ["x s"] "export/Slack" "export the roadmap as Slack text"
            ExportJson "roadmap.export_json" ["x j"] "export/JSON" "export the roadmap as JSON"
            ExportCsv "roadmap.export_csv" ["x c"] "export/CSV" "export the roadmap as CSV"
            ExportTable "roadmap.export_table" ["x t"] "export/text" "export the roadmap as text"
            CopyMarkdown "roadmap.copy_markdown" ["y m"] "copy/Markdown" "copy the roadmap as Markdown"
            CopySlack "roadmap.copy_slack" ["y s"] "copy/Slack" "copy the roadmap as Slack text"
        }
    }
}
