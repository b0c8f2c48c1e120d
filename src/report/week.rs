//! The standup, the summary, the plan, the review and the roadmap in each format. What they say is chosen in their `sheet`, how it
//! looks in `sheet`.

use std::io::{self, Write};

use super::boards::ReviewPage;
use super::plan::{self, Plan};
use super::review;
use super::roadmap::{self, Roadmap};
use super::sheet::{Sheet, html, markdown, slack, text};
use super::standup::{self, Standup};
use super::summary::{self, Summary};
use super::table::{self, View};
use super::{json, rows_csv};

/// A report of the week.
#[derive(Clone, Copy, Debug)]
pub enum Report<'a> {
    /// The standup.
    Standup(&'a Standup),
    /// The end-of-week summary.
    Summary(&'a Summary),
    /// The plan.
    Plan(&'a Plan),
    /// The review.
    Review(&'a ReviewPage),
    /// The roadmap.
    Roadmap(&'a Roadmap),
}

/// How a report of the week is written.
#[derive(Clone, Copy, Debug)]
pub enum Format {
    /// A page for people at a terminal.
    Table(View),
    /// The document.
    Json,
    /// For a pull request, an issue, a wiki or a mail.
    Markdown,
    /// One file for a browser, a mail or a printer.
    Html,
    /// A short message in Slack's mrkdwn.
    Slack,
    /// Rows for a spreadsheet; `raw` as the words were written.
    Csv {
        /// Whether texts are as they are: see [`Rows::raw`](super::csv::Rows::raw).
        raw: bool,
    },
}

/// Writes a report of the week.
///
/// # Errors
/// Those of `out`.
pub fn write(report: Report<'_>, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Table(view) => match report {
            // Its page has the names that commands take.
            Report::Review(review) => table::write_review(review, &view, out),
            _ => text::write(&sheet(report), &view, out),
        },
        Format::Markdown => markdown::write(&sheet(report), out),
        Format::Html => html::write(&sheet(report), out),
        Format::Slack => slack::write(&sheet(report), out),
        Format::Json => match report {
            Report::Standup(standup) => json::write(standup, out),
            Report::Summary(summary) => json::write(summary, out),
            Report::Plan(plan) => json::write(plan, out),
            Report::Review(review) => json::write(review, out),
            Report::Roadmap(roadmap) => json::write(roadmap, out),
        },
        Format::Csv { raw } => match report {
            Report::Standup(standup) => rows_csv::standup(standup, raw, out),
            Report::Summary(summary) => rows_csv::summary(summary, raw, out),
            Report::Plan(plan) => rows_csv::plan(plan, raw, out),
            Report::Review(review) => rows_csv::review(review, raw, out),
            Report::Roadmap(roadmap) => rows_csv::roadmap(roadmap, raw, out),
        },
    }
}

fn sheet(report: Report<'_>) -> Sheet {
    match report {
        Report::Standup(standup) => standup::sheet(standup),
        Report::Summary(summary) => summary::sheet(summary),
        Report::Plan(plan) => plan::sheet(plan),
        Report::Review(review) => review::sheet(review),
        Report::Roadmap(roadmap) => roadmap::sheet(roadmap),
    }
}
