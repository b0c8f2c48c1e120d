//! A sheet as a Slack message: its brief sections, cut to what Slack takes.

use std::io::{self, Write};

use super::inline::is_harmless;
use super::{Block, Line, Mark, Piece, Sheet};
use crate::report::slack::LONGEST;
use crate::report::slack_text::{code, link, name, plain};
use crate::report::words::count;

/// Room for the line that says what was left out.
const LAST: usize = 100;

/// Entries of a list.
const MOST: usize = 8;

/// Writes the message.
///
/// # Errors
/// Those of `out`.
pub(crate) fn write(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let mut message = Message::default();
    message.always(&format!("*{}*\n", inline(&sheet.title, true)));
    message.always(&format!("{}\n", inline(&sheet.about, false)));
    message.always(&format!("{}\n", inline(&sheet.lead, false)));
    for section in sheet.sections.iter().filter(|section| section.brief) {
        let mut head = format!("\n*{}*", inline(&section.title, true));
        if !section.beside.is_empty() {
            head.push_str(&format!(" ({})", inline(&section.beside, false)));
        }
        head.push('\n');
        // A heading without anything below it says nothing.
        let mut lines = section.blocks.iter().flat_map(lines).peekable();
        if let Some(first) = lines.next() {
            message.add(&(head + &first));
        } else {
            message.add(&head);
        }
        lines.for_each(|line| message.add(&line));
    }
    if message.is_cut {
        message
            .text
            .push_str("_there is more in the whole report_\n");
    }
    out.write_all(message.text.as_bytes())
}

#[derive(Default)]
struct Message {
    text: String,
    length: usize,
    is_cut: bool,
}

impl Message {
    fn always(&mut self, text: &str) {
        self.text.push_str(text);
        // As Slack counts.
        self.length += text.encode_utf16().count();
    }

    fn add(&mut self, text: &str) {
        let length = text.encode_utf16().count();
        // Nothing after what did not fit: it would stand under the wrong heading.
        self.is_cut |= self.length + length + LAST > LONGEST;
        if !self.is_cut {
            self.always(text);
        }
    }
}

fn lines(block: &Block) -> Vec<String> {
    match block {
        Block::Sentence(line) => vec![format!("{}\n", inline(line, false))],
        Block::Over(text) => vec![format!("_{text}_\n")],
        Block::List { entries, more } => {
            let more = more + entries.len().saturating_sub(MOST);
            let shown = entries.iter().take(MOST);
            let mut lines: Vec<String> = shown
                .map(|entry| format!("• {}{}\n", mark(entry.mark), inline(&entry.line, false)))
                .collect();
            if more > 0 {
                lines.push(format!("_and {} more_\n", count(more as u64)));
            }
            lines
        }
        // Slack has no tables, and figures of days are in the lead.
        Block::Table(_) | Block::Days(_) => Vec::new(),
    }
}

fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::None | Mark::Now => "",
        Mark::Done => "✓ ",
        Mark::Open => "○ ",
        Mark::Carried => "↻ ",
        Mark::Cut => "✗ ",
        Mark::Blocked => "*!* ",
    }
}

/// A line; `strong` where it stands between asterisks already.
fn inline(line: &Line, strong: bool) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Plain(text) | Piece::Soft(text) => plain(text),
        Piece::Strong(text) | Piece::Bad(text) if !strong => format!("*{}*", plain(text)),
        Piece::Strong(text) | Piece::Bad(text) => plain(text),
        Piece::Words(text) if is_harmless(text) => plain(text.trim()),
        Piece::Words(text) | Piece::Quote(text) => code(text),
        Piece::Name(text) | Piece::Tag(text) => name(text),
        // Slack formats nothing in the text of a link.
        Piece::Place(text, address) => {
            let address = address.as_deref().filter(|address| address.len() <= 300);
            match address {
                Some(_) => format!("{} {}", code(text), link(address, "show")),
                None => code(text),
            }
        }
    };
    line.0.iter().map(piece).collect()
}
