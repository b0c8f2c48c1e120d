//! What the screens write to files and copy: documents, each in the formats that make sense for it.

use std::io;
use std::path::PathBuf;

use crate::report::boards::ReviewPage;
use crate::report::debt::DebtReport;
use crate::report::plan::Plan;
use crate::report::roadmap::Roadmap;
use crate::report::standup::Standup;
use crate::report::summary::Summary;
use crate::report::table::{self, View};
use crate::report::week::{self, Report};
use crate::report::{csv, html, json, markdown, secret, slack};

/// Columns of a page that is written to a file.
const PAGE: usize = 100;

/// A document. Large ones are boxed: it travels in messages and effects.
#[derive(Clone, Debug, PartialEq)]
pub enum Document {
    /// Items of debt.
    Debt(Box<DebtReport>),
    /// A standup.
    Standup(Box<Standup>),
    /// The end-of-week summary.
    Summary(Box<Summary>),
    /// The plan of a week.
    Plan(Box<Plan>),
    /// The review of a week.
    Review(Box<ReviewPage>),
    /// The roadmap.
    Roadmap(Box<Roadmap>),
}

/// A format that a document can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For a pull request, an issue or a wiki.
    Markdown,
    /// One page for a mail, a wiki or a printer.
    Html,
    /// A message.
    Slack,
    /// The document for programs.
    Json,
    /// Rows for a spreadsheet.
    Csv,
    /// The page for people.
    Table,
}

/// A document on its way to a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// The document.
    pub document: Document,
    /// Its format.
    pub format: Format,
    /// The file, which must not be there.
    pub file: PathBuf,
}

/// The format that an action of a screen exports in; `None` for one that exports nothing. Each screen has
/// actions of its own, of the same names.
macro_rules! exported {
    ($act:expr) => {
        match $act {
            Do::ExportMarkdown => Some(Format::Markdown),
            Do::ExportHtml => Some(Format::Html),
            Do::ExportSlack => Some(Format::Slack),
            Do::ExportJson => Some(Format::Json),
            Do::ExportCsv => Some(Format::Csv),
            Do::ExportTable => Some(Format::Table),
            _ => None,
        }
    };
}
pub(super) use exported;

impl Format {
    /// How the name of a file in it ends.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Slack => "slack.txt",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Table => "txt",
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "Markdown",
            Self::Html => "HTML",
            Self::Slack => "Slack text",
            Self::Json => "JSON",
            Self::Csv => "CSV",
            Self::Table => "text",
        }
    }
}

impl Document {
    /// The document in a format. What looks like a secret is taken out: files are passed on.
    ///
    /// # Errors
    /// A format that is not made for it.
    pub fn write(&self, format: Format) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match self {
            Self::Debt(report) => {
                let mut report = report.clone();
                secret::redact_report(&mut report);
                debt(&report, format, &mut bytes)?;
            }
            Self::Standup(standup) => {
                let mut standup = standup.clone();
                secret::redact_texts(standup.texts());
                of_week(Report::Standup(&standup), format, &mut bytes)?;
            }
            Self::Summary(summary) => {
                let mut summary = summary.clone();
                secret::redact_texts(summary.texts());
                of_week(Report::Summary(&summary), format, &mut bytes)?;
            }
            Self::Plan(plan) => {
                let mut plan = plan.clone();
                secret::redact_texts(plan.texts());
                of_week(Report::Plan(&plan), format, &mut bytes)?;
            }
            Self::Review(review) => {
                let mut review = review.clone();
                secret::redact_texts(review.texts());
                of_week(Report::Review(&review), format, &mut bytes)?;
            }
            Self::Roadmap(roadmap) => {
                let mut roadmap = roadmap.clone();
                secret::redact_texts(roadmap.texts());
                of_week(Report::Roadmap(&roadmap), format, &mut bytes)?;
            }
        }
        Ok(bytes)
    }

    /// It as an export to a file of the usual name: `debt-2026-W47.json`.
    pub fn export(self, format: Format) -> Export {
        let name = match &self {
            Self::Debt(report) => format!("debt-{}", report.week.name),
            Self::Standup(standup) => format!("standup-{}", standup.date),
            Self::Summary(summary) => format!("summary-{}", summary.week.name),
            Self::Plan(plan) => format!("plan-{}", plan.week.name),
            Self::Review(review) => format!("review-{}", review.week),
            Self::Roadmap(roadmap) => {
                format!("roadmap-{}", roadmap.generated_at.format("%Y-%m-%d"))
            }
        };
        Export {
            document: self,
            format,
            file: PathBuf::from(format!("{name}.{}", format.ending())),
        }
    }
}

fn of_week(report: Report<'_>, format: Format, out: &mut Vec<u8>) -> io::Result<()> {
    let format = match format {
        Format::Markdown => week::Format::Markdown,
        Format::Html => week::Format::Html,
        Format::Slack => week::Format::Slack,
        Format::Json => week::Format::Json,
        Format::Csv => week::Format::Csv { raw: false },
        Format::Table => week::Format::Table(View {
            width: PAGE,
            limit: usize::MAX,
            ..View::default()
        }),
    };
    week::write(report, format, out)
}

fn debt(report: &DebtReport, format: Format, out: &mut Vec<u8>) -> io::Result<()> {
    let suspected = !report.suspected.is_empty();
    match format {
        Format::Markdown => markdown::write(report, suspected, out),
        Format::Html => html::write(report, out),
        Format::Slack => slack::write(report, out),
        Format::Json => json::write(report, out),
        Format::Csv => {
            let rows = csv::Rows {
                raw: false,
                suspected,
            };
            csv::write(report, rows, out)
        }
        Format::Table => {
            let view = View {
                width: PAGE,
                suspected,
                limit: usize::MAX,
                ..View::default()
            };
            table::write(report, &view, out)
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_roadmap_is_written_in_every_format_without_its_secrets() {
        use crate::report::roadmap::{Asked, roadmap};
        use crate::week::made_up::{MadeUp, calendar, moment};
        let now = moment("20 15:40");
        let (board, calendar) = (MadeUp::new(&[]).unwrap().at(now), calendar());
        let mut roadmap = roadmap(&Asked {
            board: &board,
            calendar: &calendar,
            now,
            debt_paid: None,
            tasks_each: None,
            growth: None,
        });
        let secret = "AKIAIOSFODNN7EXAMPLE";
        roadmap.features[0].name = format!("rotate {secret}");
        let document = Document::Roadmap(Box::new(roadmap));
        for format in [
            Format::Markdown,
            Format::Html,
            Format::Slack,
            Format::Json,
            Format::Csv,
            Format::Table,
        ] {
            let text = String::from_utf8(document.write(format).unwrap()).unwrap();
            assert!(
                text.contains("rotate") || format == Format::Slack,
                "{format:?}: {text}"
            );
            assert!(!text.contains(secret), "{format:?}: {text}");
            assert!(text.contains("99"), "{format:?}: {text}");
            if format == Format::Markdown {
                insta::assert_snapshot!(text);
            }
        }
        let export = document.export(Format::Html);
        assert_eq!(export.file, PathBuf::from("roadmap-2026-11-20.html"));
    }

    #[test]
    fn a_standup_is_written_in_every_format() {
        let made_up = crate::week::made_up::MadeUp::new(&[]).unwrap();
        let now = crate::week::made_up::moment("17 09:32");
        let calendar = crate::week::made_up::calendar();
        let mut report: DebtReport =
            serde_json::from_str(include_str!("../../tests/cli/week.json")).unwrap();
        report.items.clear();
        let board = made_up.at(now);
        let facts = crate::report::facts::Facts {
            board: &board,
            calendar: &calendar,
            week: &calendar.week(crate::week::made_up::week()),
            earlier: &[],
            report: &report,
            commits: &[],
            now,
            me: None,
            rules: &crate::week::Rules::default(),
        };
        let standup = crate::report::standup::standup(&facts);
        let document = Document::Standup(Box::new(standup));
        for format in [
            Format::Markdown,
            Format::Html,
            Format::Slack,
            Format::Json,
            Format::Csv,
            Format::Table,
        ] {
            let text = String::from_utf8(document.write(format).unwrap()).unwrap();
            assert!(text.contains("Johnny"), "{format:?}: {text}");
        }
        let export = document.export(Format::Markdown);
        assert_eq!(export.file, PathBuf::from("standup-2026-11-17.md"));
    }

    #[test]
    fn debt_is_written_in_every_format_without_its_secrets() {
        let mut report: DebtReport =
            serde_json::from_str(include_str!("../../tests/cli/week.json")).unwrap();
        let secret = "AKIAIOSFODNN7EXAMPLE";
        report.items[0].text = format!("rotate {secret}");
        let document = Document::Debt(Box::new(report));
        for format in [
            Format::Markdown,
            Format::Html,
            Format::Slack,
            Format::Json,
            Format::Csv,
            Format::Table,
        ] {
            let text = String::from_utf8(document.write(format).unwrap()).unwrap();
            assert!(text.contains("rotate"), "{format:?}: {text}");
            assert!(!text.contains(secret), "{format:?}: {text}");
        }
        let export = document.export(Format::Slack);
        assert_eq!(export.file, PathBuf::from("debt-2026-W47.slack.txt"));
    }
}
