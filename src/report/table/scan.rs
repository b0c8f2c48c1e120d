//! What a scan found, one row a repository.

use std::io::{self, Write};

use super::View;
use super::columns::{self, Column, Set};
use super::page::{Ink, Page, Span};
use crate::report::scan::ScanReport;
use crate::report::words::count;

/// Writes the table of a scan. A repository that failed is named without figures: its error is
/// not a result.
///
/// # Errors
/// Those of `out`.
pub fn write(report: &ScanReport, view: &View, out: &mut dyn Write) -> io::Result<()> {
    const COLUMNS: [Column; 7] = [
        Column::sign(),
        Column::flexible("Repository", Set::Left, 8, 40, 0),
        Column {
            set: Set::Right,
            ..Column::fixed("Commits", 2)
        },
        Column {
            set: Set::Right,
            ..Column::fixed("New", 3)
        },
        Column {
            set: Set::Right,
            ..Column::fixed("Items", 1)
        },
        Column {
            set: Set::Right,
            ..Column::fixed("Skipped", 4)
        },
        Column::fixed("", 5),
    ];
    let mut page = Page::new(view, out);
    let rows = report
        .repositories
        .iter()
        .map(|repository| {
            let figure =
                |figure: Option<u64>| Span::new(Ink::Plain, &figure.map(count).unwrap_or_default());
            let figures = repository.figures;
            let (sign, ink, note) = match figures {
                Some(_) => (page.signs().paid, Ink::Good, ""),
                None => (page.signs().bad, Ink::Warn, "not scanned"),
            };
            vec![
                Span::new(ink, sign),
                Span::new(Ink::Plain, &repository.name),
                figure(figures.map(|figures| figures.commits)),
                figure(figures.map(|figures| figures.new_commits)),
                figure(figures.map(|figures| figures.items)),
                figure(figures.map(|figures| figures.skipped)),
                Span::new(Ink::Plain, note),
            ]
        })
        .collect::<Vec<_>>();
    columns::write(&mut page, &COLUMNS, &rows)
}
