//! A sheet as Markdown, for a pull request, an issue, a wiki or a mail.

use std::io::{self, Write};

use super::inline::is_harmless;
use super::{Block, Day, Line, Mark, Piece, Sheet, Table};
use crate::report::markdown::LONGEST_REPORT;
use crate::report::markdown_text::{cell, code, link, name};
use crate::report::words::count;

/// Widest bar, in characters.
const BAR: u64 = 20;

/// Longest address of a link, in characters.
const LONGEST_ADDRESS: usize = 500;

/// Room for what says that there was no more room.
const LAST: usize = 300;

/// Writes the sheet. Sections that no longer fit what GitHub takes in a comment are left out, which
/// is said.
///
/// # Errors
/// Those of `out`.
pub(crate) fn write(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let mut text = format!("# {}\n\n", inline(&sheet.title, false));
    text.push_str(&format!("{}\n\n", inline(&sheet.about, false)));
    text.push_str(&format!("{}\n", inline(&sheet.lead, false)));
    let foot = match sheet.foot.is_empty() {
        true => String::new(),
        false => format!("\n---\n\n{}\n", inline(&sheet.foot, false)),
    };
    let mut left_out = 0;
    let mut length = text.chars().count() + foot.chars().count() + LAST;
    for section in &sheet.sections {
        let mut part = String::new();
        let level = "#".repeat(usize::from(section.level) + 1);
        part.push_str(&format!("\n{level} {}", inline(&section.title, false)));
        if !section.beside.is_empty() {
            part.push_str(&format!(" ({})", inline(&section.beside, false)));
        }
        part.push('\n');
        for block in &section.blocks {
            part.push_str(&block_text(block));
        }
        let own = part.chars().count();
        if length + own > LONGEST_REPORT {
            left_out += 1;
            continue;
        }
        length += own;
        text.push_str(&part);
    }
    if left_out > 0 {
        text.push_str(&format!(
            "\n{left_out} parts were too long for this; the JSON format has all of it.\n"
        ));
    }
    text.push_str(&foot);
    out.write_all(text.as_bytes())
}

fn block_text(block: &Block) -> String {
    match block {
        Block::Sentence(line) => format!("\n{}\n", inline(line, false)),
        Block::Over(text) => format!("\n**{text}**\n"),
        Block::List { entries, more } => {
            let mut text = String::from("\n");
            for entry in entries {
                let mark = mark(entry.mark);
                text.push_str(&format!("- {mark}{}\n", inline(&entry.line, false)));
            }
            if *more > 0 {
                text.push_str(&format!("- and {} more\n", count(*more as u64)));
            }
            text
        }
        Block::Table(table) => table_text(table),
        Block::Days(days) => days_text(days),
    }
}

fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::None => "",
        Mark::Done => "✓ ",
        Mark::Open => "○ ",
        Mark::Carried => "↻ ",
        Mark::Cut => "✗ ",
        Mark::Blocked => "**!** ",
        Mark::Now => "▸ ",
    }
}

fn table_text(table: &Table) -> String {
    let names = table.columns.iter().map(|(name, _)| *name);
    let mut text = format!("\n| {} |\n|", names.collect::<Vec<_>>().join(" | "));
    for (_, figures) in &table.columns {
        text.push_str(if *figures { " ---: |" } else { " --- |" });
    }
    text.push('\n');
    for row in &table.rows {
        let cells = row.iter().map(|line| inline(line, true));
        text.push_str(&format!("| {} |\n", cells.collect::<Vec<_>>().join(" | ")));
    }
    text
}

fn days_text(days: &[Day]) -> String {
    let mut text = String::from(
        "\n| Day | Came | Went | Open at its end | |\n| --- | ---: | ---: | ---: | --- |\n",
    );
    let open = days
        .iter()
        .filter_map(|day| day.figures)
        .map(|[.., open]| open);
    let peak = open.max().unwrap_or(0).max(1);
    for day in days {
        let due = if day.due { ", due" } else { "" };
        let Some([came, went, open]) = day.figures else {
            continue;
        };
        let bar = "█".repeat((open * BAR).div_ceil(peak) as usize);
        let [came, went, open] = [came, went, open].map(count);
        text.push_str(&format!(
            "| {}{due} | {came} | {went} | {open} | {bar} |\n",
            day.name
        ));
    }
    text
}

/// A line; `in_cell` of a table.
fn inline(line: &Line, in_cell: bool) -> String {
    let span = |text: &str| match in_cell {
        true => cell(text),
        false => code(text),
    };
    let piece = |piece: &Piece| match piece {
        Piece::Plain(text) | Piece::Soft(text) => text.clone(),
        Piece::Strong(text) | Piece::Bad(text) => format!("**{text}**"),
        Piece::Words(text) if is_harmless(text) => text.trim().to_owned(),
        Piece::Words(text) | Piece::Quote(text) => span(text),
        Piece::Name(text) => match name(text) {
            code if code.starts_with('`') => span(text),
            name => name,
        },
        Piece::Tag(text) if text.chars().all(|c| c.is_ascii_uppercase()) => format!("**{text}**"),
        Piece::Tag(text) => span(text),
        Piece::Place(text, address) => {
            let address = address.as_deref();
            let address = address.filter(|it| it.len() <= LONGEST_ADDRESS && !it.contains('|'));
            link(address, &span(text))
        }
    };
    line.0.iter().map(piece).collect()
}
