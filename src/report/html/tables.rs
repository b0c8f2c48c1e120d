//! Where the debt is: by repository, marker, folder, language, age, and how it was paid.

use super::chart;
use crate::report::debt::DebtReport;
use crate::report::figures::{Breakdown, Figures};
use crate::report::html_text::Html;
use crate::report::sentences::{HOWS, cut};
use crate::report::words::count;

/// Rows of one table.
const MOST: usize = 10;

/// All the tables.
pub(super) fn breakdowns(page: &mut Html, report: &DebtReport, figures: &Figures) {
    page.markup("<section aria-labelledby=\"where\">\n<h2 id=\"where\">Where it is</h2>\n");
    page.markup("<p class=\"soft\">Each bar is all of a row: green is paid, blue still open, grey decided on.</p>\n");
    page.markup("<div class=\"grid\">\n");
    if report.repositories.len() > 1 {
        breakdown(page, "By repository", "Repository", &figures.by_repository);
    }
    breakdown(page, "By folder", "Folder", &figures.by_folder);
    breakdown(page, "By marker", "Marker", &figures.by_marker);
    breakdown(page, "By language", "Language", &figures.by_language);
    if !figures.by_age.is_empty() {
        let rows = figures.by_age.iter();
        let rows = rows.map(|(name, figure)| ((*name).to_owned(), *figure));
        plain(
            page,
            "How long the open ones are owed",
            ("Age", "Open"),
            rows,
        );
    }
    if figures.gone() > 0 {
        let rows = HOWS.iter().zip(figures.how);
        let rows = rows.filter(|(_, figure)| *figure > 0);
        let rows = rows.map(|((name, means), figure)| (format!("{name}: {means}"), figure));
        plain(page, "How the paid ones were paid", ("How", "Paid"), rows);
    }
    page.markup("</div></section>\n");
}

fn breakdown(page: &mut Html, title: &str, column: &str, breakdown: &Breakdown) {
    page.markup("<section class=\"box\">").element("h3", title);
    page.markup("<table><thead><tr><th scope=\"col\">")
        .text(column);
    page.markup("</th><th scope=\"col\" class=\"r\">Open</th><th scope=\"col\" class=\"r\">Paid</th><th scope=\"col\" class=\"r\">All</th><th scope=\"col\" class=\"gauge\"><span class=\"unseen\">Drawn</span></th></tr></thead><tbody>\n");
    let shares = breakdown.top(MOST);
    let largest = shares.iter().map(|share| share.introduced).max();
    for share in &shares {
        page.markup("<tr><th scope=\"row\">")
            .text(&cut(&share.name, 60))
            .markup("</th>");
        for figure in [share.open, share.gone, share.introduced] {
            page.markup("<td class=\"r\">")
                .text(&count(figure))
                .markup("</td>");
        }
        page.markup("<td class=\"gauge\">");
        chart::gauge(page, share, largest.unwrap_or(0));
        page.markup("</td></tr>\n");
    }
    page.markup("</tbody></table></section>\n");
}

fn plain(
    page: &mut Html,
    title: &str,
    columns: (&str, &str),
    rows: impl Iterator<Item = (String, u64)>,
) {
    page.markup("<section class=\"box\">").element("h3", title);
    page.markup("<table><thead><tr><th scope=\"col\">")
        .text(columns.0);
    page.markup("</th><th scope=\"col\" class=\"r\">")
        .text(columns.1);
    page.markup("</th></tr></thead><tbody>\n");
    for (name, figure) in rows {
        page.markup("<tr><th scope=\"row\">").text(&name);
        page.markup("</th><td class=\"r\">")
            .text(&count(figure))
            .markup("</td></tr>\n");
    }
    page.markup("</tbody></table></section>\n");
}
