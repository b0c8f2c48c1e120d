//! The drawings: inline SVG from our own figures, each with the same figures as text.

use crate::report::debt::{DebtReport, ReportScope};
use crate::report::figures::{Figures, Period, Share, Unit};
use crate::report::html_text::Html;
use crate::report::sentences;
use crate::report::words::{count, deadline};

/// The fill of each of [`sentences::parts`]: accepted, carried and dismissed look alike, their
/// legend tells them apart.
const FILLS: [&str; 6] = ["f-paid", "f-late", "f-open", "f-kept", "f-kept", "f-kept"];

/// The bar of the whole, and its legend.
pub(super) fn meter(page: &mut Html, report: &DebtReport, figures: &Figures) {
    let parts = sentences::parts(&figures.totals, report.scope);
    page.markup("<svg class=\"meter\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    let whole = figures.totals.introduced.max(1) as f64;
    let mut at = 0.0;
    for ((figure, _), fill) in parts.iter().zip(FILLS) {
        let width = *figure as f64 / whole * 1000.0;
        rect(page, fill, (at, 0.0), (width, 10.0));
        at += width;
    }
    page.markup("</svg>\n<ul class=\"legend\">");
    for ((figure, name), fill) in parts.iter().zip(FILLS) {
        if *figure > 0 {
            page.markup("<li><svg viewBox=\"0 0 1 1\" aria-hidden=\"true\">");
            rect(page, fill, (0.0, 0.0), (1.0, 1.0));
            page.markup("</svg>")
                .text(&format!("{} {name}", count(*figure)));
            page.markup("</li>");
        }
    }
    page.markup("</ul>\n");
}

/// The bar of one share, as long as it is of the `largest`.
pub(super) fn gauge(page: &mut Html, share: &Share, largest: u64) {
    page.markup("<svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    let mut at = 0.0;
    for (figure, fill) in [
        (share.gone - share.late, "f-paid"),
        (share.late, "f-late"),
        (share.open, "f-open"),
        (share.decided, "f-kept"),
    ] {
        let width = figure as f64 / largest.max(1) as f64 * 100.0;
        rect(page, fill, (at, 0.0), (width, 10.0));
        at += width;
    }
    page.markup("</svg>");
}

pub(in crate::report) fn rect(page: &mut Html, fill: &str, at: (f64, f64), size: (f64, f64)) {
    if size.0 <= 0.0 || size.1 <= 0.0 {
        return;
    }
    page.markup("<rect").attribute("class", fill);
    page.attribute("x", &place(at.0))
        .attribute("y", &place(at.1));
    page.attribute("width", &place(size.0))
        .attribute("height", &place(size.1));
    page.markup("/>");
}

/// A length in a drawing; a tenth is as fine as eyes are.
pub(in crate::report) fn place(length: f64) -> String {
    let text = format!("{length:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

// The drawing of the burn-down, in its own units.
const HEIGHT: f64 = 200.0;
const FLOOR: f64 = 172.0;
const CEILING: f64 = 48.0;

/// What was open at the end of each period, and the table of it.
pub(super) fn burndown(page: &mut Html, report: &DebtReport, figures: &Figures) {
    let burndown = &figures.burndown;
    page.markup("<h2 id=\"time\">Over time</h2>\n<p class=\"soft\">");
    page.text(match burndown.unit {
        Unit::Day => "What was open at the end of each day, of the debt of the hack days.",
        Unit::Month => "What was open at the end of each month.",
        Unit::Year => "What was open at the end of each year.",
    });
    page.markup("</p>\n<div class=\"chart\">");
    let names = columns(report, &burndown.periods);
    let wide = names.len() > 8;
    let width = if wide { 720.0 } else { 480.0 };
    page.markup("<svg role=\"img\" aria-labelledby=\"time-what\"");
    page.attribute("class", if wide { "wide" } else { "near" });
    page.attribute(
        "viewBox",
        &format!("0 0 {} {}", place(width), place(HEIGHT)),
    )
    .markup(">");
    page.markup("<title id=\"time-what\">")
        .text(&described(&burndown.periods))
        .markup("</title>");
    let step = width / names.len().max(1) as f64;
    let peak = burndown.peak().max(1) as f64;
    // Labels as wide as their column or not at all: every second, every third.
    let every = (46.0 / step).ceil().max(1.0) as usize;
    for (at, name) in names.iter().enumerate() {
        let middle = step * (at as f64 + 0.5);
        // Counted from the last, which is now.
        let labelled = (names.len() - 1 - at).is_multiple_of(every);
        if let Some(period) = burndown.periods.get(at) {
            let height = (period.open as f64 / peak * (FLOOR - CEILING)).max(1.5);
            let bar = (step * 0.62).min(56.0);
            rect(
                page,
                "bar",
                (middle - bar / 2.0, FLOOR - height),
                (bar, height),
            );
            if labelled {
                label(
                    page,
                    "n",
                    (middle, FLOOR - height - 7.0),
                    &count(period.open),
                );
            }
        }
        if labelled {
            label(page, "", (middle, FLOOR + 20.0), name);
        }
    }
    line(page, "axis", (0.0, FLOOR), (width, FLOOR));
    if report.scope == ReportScope::Week && names.len() >= 5 {
        let due = step * 4.0;
        line(page, "due", (due, 22.0), (due, FLOOR));
        let words = format!("due {}", deadline(&report.week, report.generated_at));
        label(page, "", (due, 14.0), &words);
    }
    page.markup(
        "</svg></div>\n<details class=\"figures\"><summary>The figures as a table</summary>\n<table><thead><tr>",
    );
    page.markup("<th scope=\"col\">").text(match burndown.unit {
        Unit::Day => "Day",
        Unit::Month => "Month",
        Unit::Year => "Year",
    });
    page.markup("</th><th scope=\"col\" class=\"r\">Came</th><th scope=\"col\" class=\"r\">Went</th><th scope=\"col\" class=\"r\">Open at its end</th></tr></thead><tbody>\n");
    for period in &burndown.periods {
        page.markup("<tr><th scope=\"row\">")
            .text(&period.name)
            .markup("</th>");
        for figure in [period.came, period.went, period.open] {
            page.markup("<td class=\"r\">")
                .text(&count(figure))
                .markup("</td>");
        }
        page.markup("</tr>\n");
    }
    page.markup("</tbody></table></details>\n");
}

/// The names of the columns: of a week all five days, also those to come.
fn columns(report: &DebtReport, periods: &[Period]) -> Vec<String> {
    let mut names = periods.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
    if report.scope == ReportScope::Week {
        let days = report.week.days.iter().skip(names.len());
        names.extend(days.map(|day| day.date.format("%a %-d").to_string()));
    }
    names
}

/// The drawing in a sentence.
fn described(periods: &[Period]) -> String {
    let Some(last) = periods.last() else {
        return "Nothing was open yet.".to_owned();
    };
    let most = periods.iter().max_by_key(|it| it.open).unwrap_or(last);
    format!(
        "Open items over time: at most {} ({}), now {}.",
        count(most.open),
        most.name,
        count(last.open)
    )
}

pub(in crate::report) fn label(page: &mut Html, class: &str, at: (f64, f64), text: &str) {
    page.markup("<text text-anchor=\"middle\"")
        .attribute("class", class);
    page.attribute("x", &place(at.0))
        .attribute("y", &place(at.1));
    page.markup(">").text(text).markup("</text>");
}

pub(in crate::report) fn line(page: &mut Html, class: &str, from: (f64, f64), to: (f64, f64)) {
    page.markup("<line").attribute("class", class);
    page.attribute("x1", &place(from.0))
        .attribute("y1", &place(from.1));
    page.attribute("x2", &place(to.0))
        .attribute("y2", &place(to.1));
    page.markup("/>");
}
