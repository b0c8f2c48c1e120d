//! A sheet as a page of text, as wide as the terminal.

use std::io::{self, Write};

use super::{Block, Day, Fill, Line, Mark, Part, Piece, Sheet, Table, words};
use crate::report::safe_text::Safe;
use crate::report::table::View;
use crate::report::table::columns::{self, Column, Set};
use crate::report::table::page::{Ink, Page, Span, cut_end, cut_place};
use crate::report::words::count;

/// Writes the page.
///
/// # Errors
/// Those of `out`.
pub(crate) fn write(sheet: &Sheet, view: &View, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(view, out);
    let mut title = vec![Span::new(Ink::Plain, " ")];
    title.extend(spans(&sheet.title, Ink::Strong));
    page.line(&title)?;
    page.sentence(None, Ink::Dim, &plain(&sheet.about))?;
    page.blank()?;
    let is_bad = sheet
        .lead
        .0
        .iter()
        .any(|piece| matches!(piece, Piece::Bad(_)));
    let ink = if is_bad { Ink::Bad } else { Ink::Strong };
    page.sentence(None, ink, &plain(&sheet.lead))?;
    meter(&mut page, &sheet.meter)?;
    for section in &sheet.sections {
        page.section(
            section.level == 1,
            &plain(&section.title),
            &plain(&section.beside),
        )?;
        for block in &section.blocks {
            write_block(&mut page, block)?;
        }
    }
    if !sheet.foot.is_empty() {
        page.blank()?;
        page.sentence(None, Ink::Dim, &plain(&sheet.foot))?;
    }
    Ok(())
}

fn write_block(page: &mut Page<'_>, block: &Block) -> io::Result<()> {
    match block {
        Block::Sentence(line) => {
            let ink = match line.0.first() {
                Some(Piece::Soft(_)) => Ink::Dim,
                Some(Piece::Bad(_)) => Ink::Bad,
                _ => Ink::Plain,
            };
            page.sentence(None, ink, &plain(line))
        }
        Block::Over(text) => page.line(&[Span::new(Ink::Dim, &format!(" {text}"))]),
        Block::List { entries, more } => {
            for entry in entries {
                let mark = mark(page, entry.mark);
                let mut row = vec![
                    Span::new(Ink::Plain, "   "),
                    mark,
                    Span::new(Ink::Plain, " "),
                ];
                let room = page.width().saturating_sub(5);
                let line = fitted(&entry.line, room, page.signs().ellipsis);
                row.extend(spans(&line, Ink::Plain));
                page.line(&row)?;
            }
            if *more > 0 {
                let more = format!("     and {} more", count(*more as u64));
                page.line(&[Span::new(Ink::Dim, &more)])?;
            }
            Ok(())
        }
        Block::Table(table) => rows(page, table),
        Block::Days(days) => by_day(page, days),
    }
}

fn mark(page: &Page<'_>, mark: Mark) -> Span {
    let signs = page.signs();
    match mark {
        Mark::None => Span::new(Ink::Plain, " "),
        Mark::Done => Span::new(Ink::Good, signs.paid),
        Mark::Open => Span::new(Ink::Plain, signs.open),
        Mark::Carried => Span::new(Ink::Warn, signs.carried),
        Mark::Cut => Span::new(Ink::Dim, signs.dismissed),
        Mark::Blocked => Span::new(Ink::Bad, "!"),
        Mark::Now => Span::new(Ink::Accent, signs.now),
    }
}

/// The parts side by side, each as wide as it is of the whole, and what they are.
fn meter(page: &mut Page<'_>, parts: &[Part]) -> io::Result<()> {
    let whole: u64 = parts.iter().map(|part| part.figure).sum();
    if whole == 0 {
        return Ok(());
    }
    let room = page.width().saturating_sub(2).min(60) as u64;
    let (mut bar, mut legend) = (vec![Span::new(Ink::Plain, " ")], vec![]);
    let (mut before, mut taken) = (0, 0);
    for part in parts.iter().filter(|part| part.figure > 0) {
        before += part.figure;
        let end = before * room / whole;
        let sign = match part.fill {
            Fill::Paid => page.signs().bar[0],
            Fill::Late => page.signs().bar[1],
            Fill::Kept => page.signs().bar[2],
            Fill::Open => page.signs().bar[4],
        };
        let ink = match part.fill {
            Fill::Paid => Ink::Good,
            Fill::Late => Ink::Warn,
            Fill::Kept | Fill::Open => Ink::Plain,
        };
        bar.push(Span::new(ink, &sign.repeat((end - taken) as usize)));
        taken = end;
        legend.push(Span::new(ink, &format!(" {sign}")));
        let words = format!(" {} {}  ", count(part.figure), part.name);
        legend.push(Span::new(Ink::Plain, &words));
    }
    page.line(&bar)?;
    page.line(&legend)
}

fn rows(page: &mut Page<'_>, table: &Table) -> io::Result<()> {
    let last = table.columns.len();
    let columns: Vec<Column> = (table.columns.iter().enumerate())
        .map(|(at, (name, figures))| match (at, figures) {
            // The columns at the end go first where there is no room.
            (0, _) => Column::flexible(name, Set::Left, 8, 40, 0),
            (_, true) => Column::flexible(name, Set::Right, 3, 14, last.min(at) as u8),
            (_, false) => Column::flexible(name, Set::Left, 8, 40, last.min(at) as u8),
        })
        .collect();
    let cells = |row: &Vec<Line>| -> Vec<Span> {
        row.iter()
            .map(|line| Span::new(Ink::Plain, &plain(line)))
            .collect()
    };
    let rows: Vec<Vec<Span>> = table.rows.iter().map(cells).collect();
    columns::write(page, &columns, &rows)
}

fn by_day(page: &mut Page<'_>, days: &[Day]) -> io::Result<()> {
    let open = days
        .iter()
        .filter_map(|day| day.figures)
        .map(|[.., open]| open);
    let peak = open.max().unwrap_or(0).max(1);
    for day in days {
        let Some([came, went, open]) = day.figures else {
            continue;
        };
        let name = format!("   {:<8}", day.name);
        let bar = page.signs().bar[4].repeat((open * 24).div_ceil(peak) as usize);
        let figures = format!(" {} open, {came} came, {went} went", count(open));
        page.line(&[
            Span::new(Ink::Dim, &name),
            Span::new(Ink::Accent, &bar),
            Span::new(Ink::Plain, &figures),
            Span::new(Ink::Warn, if day.due { ", due" } else { "" }),
        ])?;
    }
    Ok(())
}

/// A line in as many cells: places and quotes are cut before what we say of them.
fn fitted(line: &Line, room: usize, ellipsis: &str) -> Line {
    let mut line = line.clone();
    let cells = |piece: &Piece| Safe::new(words(piece)).width();
    let mut over = line.0.iter().map(cells).sum::<usize>().saturating_sub(room);
    let shrink = |piece: &mut Piece, over: &mut usize, least: usize| {
        let had = cells(piece);
        let to = had.saturating_sub(*over).max(least.min(had));
        match piece {
            Piece::Place(text, _) => *text = cut_place(text, to, ellipsis),
            Piece::Quote(text) | Piece::Words(text) => *text = cut_end(text, to, ellipsis),
            _ => return,
        }
        *over = over.saturating_sub(had - cells(piece));
    };
    for (is_place, least) in [(false, 28), (true, 18), (false, 14), (true, 10)] {
        for piece in &mut line.0 {
            if over > 0 && matches!(piece, Piece::Place(..)) == is_place {
                shrink(piece, &mut over, least);
            }
        }
    }
    line
}

fn spans(line: &Line, ink: Ink) -> Vec<Span> {
    let span = |piece: &Piece| match piece {
        Piece::Plain(text) | Piece::Words(text) | Piece::Quote(text) => Span::new(ink, text),
        Piece::Strong(text) => Span::new(Ink::Strong, text),
        Piece::Soft(text) | Piece::Place(text, _) => Span::new(Ink::Dim, text),
        Piece::Bad(text) => Span::new(Ink::Bad, text),
        Piece::Name(text) => Span::new(ink, text),
        Piece::Tag(text) => Span::new(Ink::Accent, text),
    };
    line.0.iter().map(span).collect()
}

/// The words alone.
fn plain(line: &Line) -> String {
    line.0.iter().map(words).collect()
}
