//! The debt report as one HTML file: for a mail, a wiki, a build's artifacts, a printer.
//!
//! Self-contained and inert: no script, no font, no image, nothing loaded; the policy in its head
//! forbids all of that even if a text should ever get through. Light and dark, readable on a phone
//! and on paper, and without seeing: every chart has its figures as text beside it.

pub(super) mod chart;
mod items;
mod policy;
mod tables;

use std::io::{self, Write};

use super::debt::{DebtReport, ReportScope};
use super::figures::Figures;
use super::html_text::Html;
use super::order::Lists;
use super::sentences;
use super::words::{count, of, plural};

const STYLE: &str = include_str!("style.css");

/// Largest page, in bytes. Lists are cut before they outgrow it, and say so.
pub const LARGEST: usize = 2_000_000;

/// Writes the page of a debt report.
///
/// # Errors
/// Those of `out`.
pub fn write(report: &DebtReport, out: &mut dyn Write) -> io::Result<()> {
    let figures = Figures::of(report);
    let mut page = Html::default();
    head(&mut page, report);
    page.markup("<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n");
    let lists = Lists::of(report);
    top(&mut page, report, &figures, &lists);
    page.markup("<main id=\"main\">\n");
    lead(&mut page, report, &figures);
    if figures.totals.introduced > 0 {
        page.markup("<section aria-labelledby=\"time\">\n");
        chart::burndown(&mut page, report, &figures);
        page.markup("</section>\n");
    }
    items::all(&mut page, report, &figures, &lists);
    if figures.totals.introduced > 0 {
        tables::breakdowns(&mut page, report, &figures);
    }
    apart(&mut page, report, &figures);
    page.markup("</main>\n<footer><p>");
    page.text(sentences::HOW_IT_IS_COUNTED);
    page.markup(" Written by hackweek ")
        .text(env!("CARGO_PKG_VERSION"));
    page.markup(".</p></footer>\n</body>\n</html>\n");
    out.write_all(page.as_bytes())
}

fn head(page: &mut Html, report: &DebtReport) {
    let names = report.repositories.iter().map(|it| it.name.as_str());
    let names = names.take(3).collect::<Vec<_>>().join(", ");
    let names = sentences::cut(&names, 120);
    document_head(page, &format!("{}: {names}", sentences::title(report)));
}

/// Begins a document: the policy that lets nothing run or load, the style, the title.
pub(super) fn document_head(page: &mut Html, title: &str) {
    page.markup("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.markup("<meta http-equiv=\"Content-Security-Policy\"");
    page.attribute("content", &policy::of(STYLE)).markup(">\n");
    page.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.markup("<meta name=\"color-scheme\" content=\"light dark\">\n");
    page.markup("<meta name=\"referrer\" content=\"no-referrer\">\n");
    page.markup("<meta name=\"generator\" content=\"hackweek\">\n");
    page.element("title", title);
    page.markup("\n<style>")
        .markup(STYLE)
        .markup("</style>\n</head>\n");
}

fn top(page: &mut Html, report: &DebtReport, figures: &Figures, lists: &Lists<'_>) {
    page.markup("<header>\n")
        .element("h1", &sentences::title(report));
    page.markup("\n<p class=\"soft\">");
    page.text(&sentences::cut(
        &sentences::looked_at(report).join(" · "),
        400,
    ));
    page.markup(" · <time")
        .attribute("datetime", &report.generated_at.to_rfc3339());
    page.markup(">")
        .text(&sentences::as_of(report))
        .markup("</time></p>\n");
    page.markup("<nav aria-label=\"Contents\">");
    if figures.totals.introduced > 0 {
        page.markup("<a href=\"#time\">Over time</a>");
    }
    let lists = [
        (lists.open.len(), "#open", "Open"),
        (lists.carried_in.len(), "#carried", "Carried in"),
        (lists.decided.len(), "#decided", "Decided"),
        (lists.paid.len(), "#paid", "Paid"),
    ];
    for (items, anchor, name) in lists {
        if items > 0 {
            page.markup("<a")
                .attribute("href", anchor)
                .markup(">")
                .text(name);
            page.markup(" <span class=\"soft\">")
                .text(&count(items as u64));
            page.markup("</span></a>");
        }
    }
    if figures.totals.introduced > 0 {
        page.markup("<a href=\"#where\">Where it is</a>");
    }
    page.markup("<a href=\"#apart\">Counted apart</a></nav>\n</header>\n");
}

/// The headline, the bar under it, and the same in a sentence.
fn lead(page: &mut Html, report: &DebtReport, figures: &Figures) {
    let totals = &figures.totals;
    page.markup("<div class=\"lead\"><p class=\"big\">");
    page.text(&sentences::headline(report));
    if let Some(share) = sentences::share(totals) {
        page.markup(" <span class=\"share\">")
            .text(&share)
            .markup("</span>");
    }
    page.markup("</p>");
    if let Some(due) = sentences::due(report) {
        let missed = report.generated_at > report.week.deadline && totals.open > 0;
        page.markup(if missed {
            "<p class=\"bad\">"
        } else {
            "<p class=\"soft\">"
        });
        page.text(&due).markup("</p>");
    }
    page.markup("</div>\n");
    if totals.introduced > 0 {
        chart::meter(page, report, figures);
    }
    match (totals.introduced, report.scope) {
        (0, ReportScope::Week) => {
            page.element("p", "Nothing was introduced on the hack days.");
        }
        (0, ReportScope::All) => {
            page.element("p", "No marker in any comment or commit message.");
        }
        _ => {
            page.element("p", &sentences::summary(report));
        }
    }
    if let Some(undecided) = sentences::undecided(report) {
        page.element("p", &undecided);
    }
    if let Some(carried) = sentences::carried_in(report) {
        page.element("p", &carried);
    }
    page.markup("\n");
}

fn apart(page: &mut Html, report: &DebtReport, figures: &Figures) {
    page.markup("<section aria-labelledby=\"apart\">\n<h2 id=\"apart\">Counted apart</h2>\n");
    let apart = sentences::apart(report, figures);
    if apart.is_empty() {
        page.markup("<p>Nothing: every file was read.</p>\n");
    } else {
        page.markup("<ul class=\"plain\">");
        for sentence in apart.iter().take(MOST_SENTENCES) {
            page.element("li", &sentences::cut(sentence, 400));
        }
        page.markup("</ul>\n");
    }
    items::suspected(page, report);
    skipped(page, report);
    page.markup("</section>\n");
}

/// Bytes that are left for the end of the page.
const LAST: usize = 20_000;

/// Sentences on what is counted apart.
const MOST_SENTENCES: usize = 30;

/// Files listed for each repository.
const MOST_SKIPPED: usize = 100;

fn skipped(page: &mut Html, report: &DebtReport) {
    let repositories = report.repositories.iter();
    for repository in repositories.filter(|it| !it.skipped.is_empty()) {
        if page.len() + LAST > LARGEST {
            page.markup(
                "<p class=\"soft\">The JSON format names those of the other repositories.</p>",
            );
            break;
        }
        let files = plural(repository.skipped.len() as u64, "file", "files");
        let name = sentences::cut(&repository.name, 100);
        page.markup("<details><summary>");
        page.text(&format!("{name}: {files} not looked at"));
        page.markup("</summary>\n<ul class=\"plain small\">");
        let mut shown = 0;
        for file in repository.skipped.iter().take(MOST_SKIPPED) {
            if page.len() + LAST > LARGEST {
                break;
            }
            shown += 1;
            page.markup("<li><span class=\"place\">");
            page.text(&sentences::cut(&file.path, 300))
                .markup("</span>: ");
            page.text(&sentences::cut(&file.why, 100)).markup("</li>");
        }
        page.markup("</ul>");
        if repository.skipped.len() > shown {
            let shown = of(shown, repository.skipped.len());
            page.markup("<p class=\"soft\">The first ").text(&shown);
            page.markup("; the JSON format names them all.</p>");
        }
        page.markup("</details>\n");
    }
}
