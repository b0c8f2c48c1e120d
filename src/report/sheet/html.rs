//! A sheet as one HTML file: for a mail, a wiki, a build's artifacts, a printer.
//!
//! As the debt report's: self-contained and inert, light and dark, readable on a phone, on paper and
//! without seeing.

use std::io::{self, Write};

use super::{Block, Day, Fill, Line, Mark, Part, Piece, Section, Sheet, Table, words};
use crate::report::html::chart::{label, line as rule, place, rect};
use crate::report::html::{LARGEST, document_head};
use crate::report::html_text::Html;
use crate::report::words::count;

/// Bytes that are left for the end of the page.
const LAST: usize = 20_000;

/// Writes the page.
///
/// # Errors
/// Those of `out`.
pub(crate) fn write(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Html::default();
    let title: String = sheet.title.0.iter().map(words).collect();
    document_head(&mut page, &title);
    page.markup("<body class=\"week\">\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header>\n<h1>");
    inline(&mut page, &sheet.title);
    page.markup("</h1>\n<p class=\"soft\">");
    inline(&mut page, &sheet.about);
    page.markup("</p>\n</header>\n<main id=\"main\">\n<div class=\"lead\"><p class=\"big\">");
    inline(&mut page, &sheet.lead);
    page.markup("</p></div>\n");
    meter(&mut page, &sheet.meter);
    // What has room side by side stands so: people, and sections of short lines.
    let mut beside = 0;
    for (at, section) in sheet.sections.iter().enumerate() {
        if page.len() + LAST > LARGEST {
            page.markup("<p class=\"soft\">The rest was too long for a page; the JSON format has all of it.</p>\n");
            break;
        }
        let kind = if section.level > 1 {
            2
        } else {
            u8::from(section.narrow)
        };
        if kind != beside {
            if beside > 0 {
                page.markup("</div>\n");
            }
            match kind {
                0 => {}
                1 => {
                    page.markup("<div class=\"grid parts\">\n");
                }
                _ => {
                    page.markup("<div class=\"grid\">\n");
                }
            }
            beside = kind;
        }
        section_of(&mut page, section, at);
    }
    if beside > 0 {
        page.markup("</div>\n");
    }
    page.markup("</main>\n<footer><p>");
    inline(&mut page, &sheet.foot);
    page.markup(" Written by hackweek ")
        .text(env!("CARGO_PKG_VERSION"));
    page.markup(".</p></footer>\n</body>\n</html>\n");
    out.write_all(page.as_bytes())
}

fn section_of(page: &mut Html, section: &Section, at: usize) {
    let id = format!("part-{}", at + 1);
    let inner = section.level > 1;
    page.markup("<section class=\"")
        .markup(if inner { "box" } else { "part" });
    page.markup("\"")
        .attribute("aria-labelledby", &id)
        .markup(">\n");
    page.markup(if inner { "<h3" } else { "<h2" })
        .attribute("id", &id)
        .markup(">");
    inline(page, &section.title);
    if !section.beside.is_empty() {
        page.markup(" <span class=\"beside\">");
        inline(page, &section.beside);
        page.markup("</span>");
    }
    page.markup(if inner { "</h3>\n" } else { "</h2>\n" });
    for block in &section.blocks {
        block_of(page, block, inner);
        if page.len() + LAST > LARGEST {
            break;
        }
    }
    page.markup("</section>\n");
}

fn block_of(page: &mut Html, block: &Block, inner: bool) {
    match block {
        Block::Sentence(line) => {
            page.markup("<p>");
            inline(page, line);
            page.markup("</p>\n");
        }
        Block::Over(text) => {
            page.element(if inner { "h4" } else { "h3" }, text)
                .markup("\n");
        }
        Block::List { entries, more } => {
            page.markup("<ul class=\"marks\">\n");
            for entry in entries {
                page.markup("<li>");
                mark(page, entry.mark);
                inline(page, &entry.line);
                page.markup("</li>\n");
            }
            if *more > 0 {
                let more = format!("and {} more", count(*more as u64));
                page.markup("<li class=\"soft\">")
                    .text(&more)
                    .markup("</li>\n");
            }
            page.markup("</ul>\n");
        }
        Block::Table(table) => table_of(page, table),
        Block::Days(days) => by_day(page, days),
    }
}

/// The sign, and the word for who does not see it.
fn mark(page: &mut Html, mark: Mark) {
    let (class, sign, word) = match mark {
        Mark::None => return,
        Mark::Done => ("good", "✓", "done"),
        Mark::Open => ("soft", "○", "open"),
        Mark::Carried => ("warn", "↻", "carried"),
        Mark::Cut => ("soft", "✗", "cut"),
        Mark::Blocked => ("bad", "!", "blocked"),
        Mark::Now => ("good", "▸", "now"),
    };
    page.markup("<span class=\"")
        .markup(class)
        .markup("\" aria-hidden=\"true\">")
        .markup(sign);
    page.markup("</span> <span class=\"unseen\">")
        .markup(word)
        .markup(": </span>");
}

fn table_of(page: &mut Html, table: &Table) {
    page.markup("<table><caption class=\"unseen\">")
        .text(table.caption);
    page.markup("</caption><thead><tr>");
    for (name, figures) in &table.columns {
        page.markup("<th scope=\"col\"")
            .markup(if *figures { " class=\"r\">" } else { ">" });
        page.text(name).markup("</th>");
    }
    page.markup("</tr></thead><tbody>\n");
    for row in &table.rows {
        page.markup("<tr>");
        for (at, (line, (_, figures))) in row.iter().zip(&table.columns).enumerate() {
            let (start, end) = match (at, figures) {
                (0, _) => ("<th scope=\"row\">", "</th>"),
                (_, true) => ("<td class=\"r\">", "</td>"),
                (_, false) => ("<td>", "</td>"),
            };
            page.markup(start);
            inline(page, line);
            page.markup(end);
        }
        page.markup("</tr>\n");
    }
    page.markup("</tbody></table>\n");
}

fn inline(page: &mut Html, line: &Line) {
    for piece in &line.0 {
        match piece {
            Piece::Plain(text) | Piece::Words(text) | Piece::Name(text) | Piece::Quote(text) => {
                page.text(text);
            }
            Piece::Strong(text) => {
                page.element("strong", text);
            }
            Piece::Soft(text) => {
                page.markup("<span class=\"soft\">")
                    .text(text)
                    .markup("</span>");
            }
            Piece::Bad(text) => {
                page.markup("<span class=\"bad\">")
                    .text(text)
                    .markup("</span>");
            }
            Piece::Tag(text) => {
                let risky = matches!(text.as_str(), "DONT" | "FIXME" | "XXX");
                page.markup(if risky {
                    "<span class=\"tag risky\">"
                } else {
                    "<span class=\"tag\">"
                });
                page.text(text).markup("</span>");
            }
            Piece::Place(text, address) => {
                page.markup("<span class=\"place\">");
                page.link(address.as_deref(), text).markup("</span>");
            }
        }
    }
}

/// The bar of the debt, and its legend.
fn meter(page: &mut Html, parts: &[Part]) {
    let whole: u64 = parts.iter().map(|part| part.figure).sum();
    if whole == 0 {
        return;
    }
    page.markup("<svg class=\"meter\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    let mut at = 0.0;
    for part in parts {
        let width = part.figure as f64 / whole as f64 * 1000.0;
        rect(page, fill(part.fill), (at, 0.0), (width, 10.0));
        at += width;
    }
    page.markup("</svg>\n<ul class=\"legend\">");
    for part in parts.iter().filter(|part| part.figure > 0) {
        page.markup("<li><svg viewBox=\"0 0 1 1\" aria-hidden=\"true\">");
        rect(page, fill(part.fill), (0.0, 0.0), (1.0, 1.0));
        page.markup("</svg>")
            .text(&format!("{} {}", count(part.figure), part.name));
        page.markup("</li>");
    }
    page.markup("</ul>\n");
}

fn fill(fill: Fill) -> &'static str {
    match fill {
        Fill::Paid => "f-paid",
        Fill::Late => "f-late",
        Fill::Kept => "f-kept",
        Fill::Open => "f-open",
    }
}

// The drawing of the days, in its own units.
const HEIGHT: f64 = 150.0;
const FLOOR: f64 = 122.0;
const CEILING: f64 = 36.0;
const STEP: f64 = 96.0;

/// What was open at the end of each day, and the table of it.
fn by_day(page: &mut Html, days: &[Day]) {
    let figures = || days.iter().filter_map(|day| Some((day, day.figures?)));
    let peak = figures()
        .map(|(_, [.., open])| open)
        .max()
        .unwrap_or(0)
        .max(1);
    let width = STEP * days.len() as f64;
    page.markup(
        "<div class=\"chart\"><svg role=\"img\" class=\"near\" aria-labelledby=\"days-what\"",
    );
    let all = format!("0 0 {} {}", place(width), place(HEIGHT));
    page.attribute("viewBox", &all)
        .markup("><title id=\"days-what\">");
    let said = figures().map(|(day, [.., open])| format!("{} {}", day.name, count(open)));
    let said = said.collect::<Vec<_>>().join(", ");
    page.text(&format!("Open at the end of each day: {said}."))
        .markup("</title>");
    for (at, day) in days.iter().enumerate() {
        let middle = STEP * (at as f64 + 0.5);
        if let Some([.., open]) = day.figures {
            let height = (open as f64 / peak as f64 * (FLOOR - CEILING)).max(1.5);
            rect(page, "bar", (middle - 28.0, FLOOR - height), (56.0, height));
            label(page, "n", (middle, FLOOR - height - 7.0), &count(open));
        }
        label(page, "", (middle, FLOOR + 20.0), &day.name);
        if day.due {
            let end = STEP * (at as f64 + 1.0);
            rule(page, "due", (end, 20.0), (end, FLOOR));
            label(page, "", (end - 4.0, 13.0), "due");
        }
    }
    rule(page, "axis", (0.0, FLOOR), (width, FLOOR));
    page.markup(
        "</svg></div>\n<details class=\"figures\"><summary>The figures as a table</summary>\n",
    );
    let figure = |figure: u64| Line::of(count(figure));
    let rows = figures().map(|(day, all)| {
        let mut row = vec![Line::of(day.name.clone())];
        row.extend(all.map(figure));
        row
    });
    let table = Table {
        caption: "The debt of the hack days by day",
        columns: vec![
            ("Day", false),
            ("Came", true),
            ("Went", true),
            ("Open at its end", true),
        ],
        rows: rows.collect(),
    };
    table_of(page, &table);
    page.markup("</details>\n");
}
