//! What keys do on the Standup screen.

use crate::tui::actions::{Action, actions};

actions! {
    /// What the Standup screen has.
    pub enum Do as Action::Standup {
        "The round" {
            Next "standup.next" ["space"] "next" "begin; the next one's turn" => Always
            Timer "standup.timer" ["t"] "timer" "stop the clock, or let it run" => Always
            Back "standup.back" [","] "back" "back to who spoke before" => Always
            Task "standup.task" ["a"] "task" "a task for who speaks" => Always
            Block "standup.block" ["B"] "blocker" "what is in their way" => Always
            Park "standup.park" ["P"] "park" "a topic for after the standup" => Always
            Away "standup.away" ["-"] "away" "they are away, or here after all" => Always
            Shuffle "standup.shuffle" ["S"] "shuffle" "put who waits in another order" => Always
            Join "standup.join" ["+"] "" "take who commits into the team" => Always
            Demo "standup.demo" ["m"] "" "the demo, or the standup"
        }
        "This row" {
            Open "standup.open" ["enter"] "" "unfold the person; write the task anew" => AsItStands
            Done "standup.done" ["d"] "" "done or solved; promise one step on" => Always
            Delete "standup.delete" ["del"] "" "take it away" => Always
        }
        "The demo" {
            Show "standup.show" ["o"] "" "add something to what is shown" => Always
            Judge "standup.judge" ["v"] "" "it is to go, to stay, undecided" => Always
            Link "standup.link" ["l"] "" "debt that was seen with it" => Always
            Talk "standup.talk" ["T"] "" "a talking point" => Always
        }
        "Take it along" {
            ExportMarkdown "standup.export_markdown" ["x m"] "export/Markdown" "export the standup as Markdown"
            ExportSlack "standup.export_slack" ["x s"] "export/Slack" "export the standup as Slack text"
            ExportHtml "standup.export_html" ["x h"] "export/HTML" "export the standup as HTML"
            ExportJson "standup.export_json" ["x j"] "export/JSON" "export the standup as JSON"
            ExportCsv "standup.export_csv" ["x c"] "export/CSV" "export the standup as CSV"
            ExportTable "standup.export_text" ["x t"] "export/text" "export the standup as text"
            CopyRow "standup.copy_row" ["y y"] "copy/row" "copy the row"
            CopyCommit "standup.copy_commit" ["y h"] "copy/hash" "copy the hash of the commit"
            CopyMarkdown "standup.copy_markdown" ["y m"] "copy/Markdown" "copy the standup as Markdown"
            CopySlack "standup.copy_slack" ["y s"] "copy/Slack" "copy the standup as Slack text"
        }
    }
}
