//! What keys do on the Retro screen.

use crate::tui::actions::{Action, actions};

actions! {
    /// What the Retro screen has.
    pub enum Do as Action::Retro {
        "Card or action" {
            Vote "retro.vote" ["space"] "vote" "vote for the card, tick the action" => Always
            Unvote "retro.unvote" ["-"] "unvote" "take a vote back" => Always
            Card "retro.card" ["a"] "card" "write a card" => Always
            Merge "retro.merge" ["m"] "merge" "mark it; on another: merge into that" => Always
            Part "retro.part" ["p"] "" "part what was merged last" => Always
            Left "retro.left" ["H"] "" "to the column on the left" & "to another column" => Always
            Right "retro.right" ["L"] "" "to the column on the right" => Always
            Act "retro.action" ["A"] "action" "have somebody do something" => Always
            Edit "retro.edit" ["e" "enter"] "" "write it anew" => Always
            Carry "retro.carry" ["C"] "" "carry the action into the next hack" => Always
            Drop "retro.drop" ["D"] "" "delete the card, drop the action" => Always
        }
        "Retro" {
            Topic "retro.topic" ["."] "next topic" "next topic, most votes first" & "next, previous topic" => Always
            TopicBefore "retro.topic_before" [","] "" "previous topic" => Always
            Timer "retro.timer" ["t"] "timer" "stop or start the topic's time" => Always
            Voter "retro.voter" ["v"] "" "whose votes are given" => Always
            Mood "retro.mood" ["f"] "felt" "how the week felt" => Always
            Beer "retro.beer" ["b"] "" "when and where the beer is" => Always
            Close "retro.close" ["X"] "close" "close the week, or open it again" => Always
            ColumnLeft "retro.column_left" ["h" "left"] "" "pane to the left" & "pane left, right"
            ColumnRight "retro.column_right" ["l" "right"] "" "pane to the right"
        }
        "Summary" {
            ScrollDown "retro.scroll_down" ["J"] "" "scroll the summary down" & "scroll the summary"
            ScrollUp "retro.scroll_up" ["K"] "" "scroll the summary up"
            ExportMarkdown "retro.export_markdown" ["x m"] "export/Markdown" "export the summary as Markdown"
            ExportHtml "retro.export_html" ["x h"] "export/HTML" "export the summary as HTML"
            ExportSlack "retro.export_slack" ["x s"] "export/Slack" "export the summary as Slack text"
            ExportJson "retro.export_json" ["x j"] "export/JSON" "export the summary as JSON"
            ExportCsv "retro.export_csv" ["x c"] "export/CSV" "export the summary as CSV"
            ExportTable "retro.export_table" ["x t"] "export/text" "export the summary as text"
            CopyMarkdown "retro.copy_markdown" ["y m"] "copy/Markdown" "copy the summary as Markdown"
            CopySlack "retro.copy_slack" ["y s"] "copy/Slack" "copy the summary as Slack text"
        }
    }
}
