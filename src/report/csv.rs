//! The debt report as CSV (RFC 4180), one row an item, for a spreadsheet.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};
use serde::Serialize;

use super::debt::{DebtReport, Item};
use super::safe_text::Safe;

/// How the rows are to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// Whether texts are as git has them: for a program. Else no cell is a formula, and what a
    /// spreadsheet or terminal would obey is made visible.
    pub raw: bool,
    /// Whether the suspected items follow the declared ones. Their `tier` tells them apart.
    pub suspected: bool,
}

/// The columns, in their order; the names are those of the JSON document. `days_owed` is
/// until the payment, or until the report was made; `carried_from` is set where an item is none of
/// the week's own.
const COLUMNS: [&str; 31] = [
    "id",
    "repository",
    "tier",
    "source",
    "marker",
    "text",
    "assignee",
    "ticket",
    "language",
    "path",
    "line",
    "status",
    "introduced_commit",
    "introduced_author",
    "introduced_time",
    "introduced_day",
    "introduced_path",
    "introduced_line",
    "paid_commit",
    "paid_author",
    "paid_time",
    "paid_day",
    "paid_how",
    "decision",
    "decision_reason",
    "decision_by",
    "decision_time",
    "moves",
    "edits",
    "days_owed",
    "carried_from",
];

/// Writes the rows of a debt report, the names of the columns first.
///
/// # Errors
/// Those of `out`.
pub fn write(report: &DebtReport, rows: Rows, out: &mut dyn Write) -> io::Result<()> {
    let suspected = report.suspected.iter().filter(|_| rows.suspected);
    let items = report.items.iter().chain(&report.carried_in);
    let items = items.chain(suspected);
    let items = items.map(|item| cells(report, item).to_vec());
    records(&COLUMNS, items, rows.raw, out)
}

/// Writes the names of columns and rows of as many cells; see [`Rows::raw`].
pub(super) fn records(
    columns: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
    raw: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(out);
    writer.write_record(columns).map_err(io::Error::from)?;
    for cells in rows {
        let cells = cells.iter().map(|cell| match raw {
            true => Cow::Borrowed(cell.as_str()),
            false => Cow::Owned(harmless(cell)),
        });
        let cells = cells.collect::<Vec<_>>();
        let bytes = cells.iter().map(|cell| cell.as_bytes());
        writer.write_record(bytes).map_err(io::Error::from)?;
    }
    writer.flush()
}

fn cells(report: &DebtReport, item: &Item) -> [String; 31] {
    let (born, paid, decision) = (&item.introduced, item.paid.as_ref(), item.decision.as_ref());
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let number = |number: Option<u32>| number.map_or(String::new(), |it| it.to_string());
    let times = |kind| item.history.iter().filter(|it| it.event == kind).count();
    use super::debt::EventKind::{Edited, Moved};
    [
        item.id.clone(),
        item.repository.clone(),
        word(&item.tier),
        word(&item.source),
        item.marker.clone(),
        item.text.clone(),
        text(item.assignee.as_ref()),
        text(item.ticket.as_ref()),
        text(item.language.as_ref()),
        text(item.path.as_ref()),
        number(item.line),
        word(&item.status),
        born.commit.clone(),
        born.author.clone(),
        born.time.to_rfc3339(),
        number(born.day.map(u32::from)),
        text(born.path.as_ref()),
        number(born.line),
        text(paid.and_then(|paid| paid.commit.as_ref())),
        text(paid.map(|paid| &paid.author)),
        paid.map_or(String::new(), |paid| paid.time.to_rfc3339()),
        number(paid.and_then(|paid| paid.day).map(u32::from)),
        paid.map_or(String::new(), |paid| word(&paid.how)),
        decision.map_or(String::new(), |it| word(&it.kind)),
        text(decision.and_then(|it| it.reason.as_ref())),
        text(decision.map(|it| &it.by)),
        decision.map_or(String::new(), |it| it.time.to_rfc3339()),
        times(Moved).to_string(),
        times(Edited).to_string(),
        // Until it was paid, or until now.
        (paid.map_or(report.generated_at, |paid| paid.time) - born.time)
            .num_days()
            .max(0)
            .to_string(),
        text(item.carried_from.as_ref()),
    ]
}

/// The word that the JSON document has for it.
pub(super) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// A cell that no spreadsheet takes for a formula, and no terminal for a command: signs that nobody
/// sees become visible, and an apostrophe goes before what could be a formula
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
fn harmless(cell: &str) -> String {
    let safe = Safe::new(cell);
    // Some programs trim before they look, and take the wide signs for the narrow ones.
    match safe.as_str().trim_start().chars().next() {
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '|' | '%') => {
            format!("'{safe}")
        }
        _ => safe.to_string(),
    }
}
