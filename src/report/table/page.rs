//! Lines of coloured, safe text, none wider than the page.

use std::io::{self, Write};

use super::View;
use crate::report::safe_text::{Safe, char_width, width};

/// What a span is drawn with: a meaning, not a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Ink {
    Plain,
    Strong,
    Dim,
    Accent,
    Good,
    Warn,
    /// What misses the deadline, and nothing else.
    Bad,
}

impl Ink {
    fn sgr(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Strong => Some("1"),
            Self::Dim => Some("2"),
            Self::Accent => Some("36"),
            Self::Good => Some("32"),
            Self::Warn => Some("33"),
            Self::Bad => Some("31"),
        }
    }
}

/// A piece of a line. Its text is safe by construction.
#[derive(Clone, Debug)]
pub(in crate::report) struct Span {
    pub(in crate::report) text: Safe,
    pub(in crate::report) ink: Ink,
}

impl Span {
    pub(in crate::report) fn new(ink: Ink, text: &str) -> Self {
        Self {
            text: Safe::new(text),
            ink,
        }
    }
}

/// The signs of a page: all of them one cell wide.
pub(in crate::report) struct Signs {
    pub(in crate::report) open: &'static str,
    pub(in crate::report) paid: &'static str,
    pub(in crate::report) carried: &'static str,
    pub(in crate::report) accepted: &'static str,
    pub(in crate::report) dismissed: &'static str,
    pub(in crate::report) now: &'static str,
    pub(in crate::report) bad: &'static str,
    pub(in crate::report) ellipsis: &'static str,
    pub(in crate::report) dot: &'static str,
    pub(in crate::report) heavy: &'static str,
    pub(in crate::report) half: &'static str,
    pub(in crate::report) light: &'static str,
    /// Paid, paid late, accepted, carried, open.
    pub(in crate::report) bar: [&'static str; 5],
}

const UNICODE: Signs = Signs {
    open: "○",
    paid: "✓",
    carried: "↻",
    accepted: "=",
    dismissed: "-",
    now: "▸",
    bad: "✗",
    ellipsis: "…",
    dot: "·",
    heavy: "━",
    half: "╸",
    light: "─",
    bar: ["█", "▚", "▓", "▒", "░"],
};

const ASCII: Signs = Signs {
    open: "o",
    paid: "x",
    carried: "~",
    accepted: "=",
    dismissed: "-",
    now: ">",
    bad: "!",
    ellipsis: "~",
    dot: "-",
    heavy: "=",
    half: "=",
    light: "-",
    bar: ["#", "%", "+", "~", "."],
};

/// Where the lines go.
pub(in crate::report) struct Page<'a> {
    out: &'a mut dyn Write,
    width: usize,
    colour: bool,
    signs: &'static Signs,
}

impl<'a> Page<'a> {
    pub(in crate::report) fn new(view: &View, out: &'a mut dyn Write) -> Self {
        Self {
            out,
            width: view.width.max(View::NARROWEST),
            colour: view.colour,
            signs: if view.ascii { &ASCII } else { &UNICODE },
        }
    }

    /// Cells in a row.
    pub(in crate::report) fn width(&self) -> usize {
        self.width
    }

    pub(in crate::report) fn signs(&self) -> &'static Signs {
        self.signs
    }

    pub(in crate::report) fn blank(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n")
    }

    /// One row, cut at the page's width, without blanks at its end.
    pub(in crate::report) fn line(&mut self, spans: &[Span]) -> io::Result<()> {
        let wide = spans.iter().map(|span| span.text.width()).sum::<usize>() > self.width;
        let mut room = if wide {
            self.width.saturating_sub(1)
        } else {
            self.width
        };
        let mut pieces = Vec::with_capacity(spans.len() + 1);
        for span in spans {
            let text = head_of(span.text.as_str(), room);
            room -= width(text);
            pieces.push((span.ink, text));
            if text.len() < span.text.as_str().len() {
                break;
            }
        }
        if wide {
            pieces.push((Ink::Dim, self.signs.ellipsis));
        }
        while let Some((_, text)) = pieces.last_mut() {
            *text = text.trim_end();
            if !text.is_empty() {
                break;
            }
            pieces.pop();
        }
        for (ink, text) in pieces {
            match ink.sgr().filter(|_| self.colour && !text.trim().is_empty()) {
                Some(sgr) => write!(self.out, "\x1b[{sgr}m{text}\x1b[0m")?,
                None => self.out.write_all(text.as_bytes())?,
            }
        }
        self.out.write_all(b"\n")
    }

    /// A row with something at each end. The right end goes first when there is no room for both.
    pub(in crate::report) fn two_ends(&mut self, left: &[Span], right: &[Span]) -> io::Result<()> {
        let taken = |spans: &[Span]| spans.iter().map(|span| span.text.width()).sum::<usize>();
        let (left_width, right_width) = (taken(left), taken(right));
        let mut spans = left.to_vec();
        if left_width + 2 + right_width <= self.width {
            let gap = self.width - left_width - right_width;
            spans.push(Span::new(Ink::Plain, &" ".repeat(gap)));
            spans.extend_from_slice(right);
        }
        self.line(&spans)
    }

    /// A blank row and a titled rule: `── Open ─────── 16 of 21 ──`; heavy where the eye should go.
    pub(in crate::report) fn section(
        &mut self,
        heavy: bool,
        title: &str,
        right: &str,
    ) -> io::Result<()> {
        let rule = if heavy {
            self.signs.heavy
        } else {
            self.signs.light
        };
        // Two rules, four blanks, and at least two cells of rule between the titles.
        let room = self.width.saturating_sub(10);
        let right = Span::new(Ink::Plain, right);
        let shows_right = right.text.width() > 0 && right.text.width() + 8 <= room;
        let room = if shows_right {
            room - right.text.width()
        } else {
            room + 2
        };
        let title = cut_end(title, room, self.signs.ellipsis);
        let title = Span::new(Ink::Strong, &title);
        let between = room - title.text.width() + 2;
        let ends = rule.repeat(2);
        let mut spans = vec![
            Span::new(Ink::Dim, &ends),
            Span::new(Ink::Plain, " "),
            title,
            Span::new(Ink::Plain, " "),
            Span::new(Ink::Dim, &rule.repeat(between)),
        ];
        if shows_right {
            spans.extend([
                Span::new(Ink::Plain, " "),
                right,
                Span::new(Ink::Plain, " "),
                Span::new(Ink::Dim, &ends),
            ]);
        }
        self.blank()?;
        self.line(&spans)
    }

    /// A sentence after a blank, broken at blanks; further lines stand two cells in.
    pub(in crate::report) fn sentence(
        &mut self,
        mark: Option<Span>,
        ink: Ink,
        text: &str,
    ) -> io::Result<()> {
        let text = Safe::new(text);
        let room = self.width - if mark.is_some() { 3 } else { 1 };
        let mut mark = mark;
        let marked = mark.is_some();
        for line in wrapped(text.as_str(), room) {
            let mut spans = vec![Span::new(Ink::Plain, " ")];
            match mark.take() {
                Some(mark) => spans.extend([mark, Span::new(Ink::Plain, " ")]),
                None if marked => spans.push(Span::new(Ink::Plain, "  ")),
                None => {}
            }
            spans.push(Span::new(ink, line));
            self.line(&spans)?;
        }
        Ok(())
    }
}

/// The longest start of `text` that fits `room` cells.
pub(in crate::report) fn head_of(text: &str, room: usize) -> &str {
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        taken += char_width(c);
        if taken > room {
            return &text[..at];
        }
    }
    text
}

/// The longest end of `text` that fits `room` cells.
pub(in crate::report) fn tail_of(text: &str, room: usize) -> &str {
    let mut taken = 0;
    let mut start = text.len();
    for (at, c) in text.char_indices().rev() {
        taken += char_width(c);
        if taken > room {
            break;
        }
        // An end does not begin with a mark that belongs to what was cut.
        if char_width(c) > 0 {
            start = at;
        }
    }
    &text[start..]
}

/// `text` in at most `room` cells, its end cut.
pub(in crate::report) fn cut_end(text: &str, room: usize, ellipsis: &str) -> String {
    let text = Safe::new(text);
    if text.width() <= room {
        return text.as_str().to_owned();
    }
    if room == 0 {
        return String::new();
    }
    format!("{}{ellipsis}", head_of(text.as_str(), room - 1).trim_end())
}

/// A place in at most `room` cells, cut in its middle: the last component and as much of the start
/// as there is room for.
pub(in crate::report) fn cut_place(place: &str, room: usize, ellipsis: &str) -> String {
    let place = Safe::new(place);
    if place.width() <= room {
        return place.as_str().to_owned();
    }
    if room == 0 {
        return String::new();
    }
    let text = place.as_str();
    let name = text.rfind('/').map_or(text, |slash| &text[slash..]);
    let bare = name.trim_start_matches('/');
    let (name_width, bare_width) = (width(name), width(bare));
    if name_width < room && name.len() < text.len() {
        // Whole directories only: a piece of a name says nothing.
        let start = head_of(text, room - 1 - name_width);
        let start = start.rfind('/').map_or("", |slash| &start[..=slash]);
        return format!("{start}{ellipsis}{name}");
    }
    if bare_width < room && bare.len() < text.len() {
        return format!("{ellipsis}{bare}");
    }
    // The name alone is too long: the line number at its end is worth more than its middle.
    let tail = tail_of(bare, (room - 1) * 2 / 3);
    let start = head_of(bare, room - 1 - width(tail));
    format!("{start}{ellipsis}{tail}")
}

/// Lines of at most `room` cells, broken at blanks, or anywhere in a word that is longer.
fn wrapped(text: &str, room: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let fits = head_of(rest, room.max(2));
        let cut = if fits.len() == rest.len() {
            rest.len()
        } else if rest[fits.len()..].starts_with(' ') {
            fits.len()
        } else {
            fits.rfind(' ').unwrap_or(fits.len())
        };
        // A start with no blank but a leading one cannot happen: `rest` is trimmed.
        lines.push(rest[..cut].trim_end());
        rest = rest[cut..].trim_start();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_keeps_its_name_and_line() {
        let place = "crates/core/flags/hiargs.rs:312";
        assert_eq!(cut_place(place, 31, "…"), place);
        assert_eq!(cut_place(place, 24, "…"), "crates/…/hiargs.rs:312");
        assert_eq!(cut_place(place, 16, "…"), "…/hiargs.rs:312");
        assert_eq!(cut_place(place, 14, "…"), "…hiargs.rs:312");
        assert_eq!(cut_place(place, 12, "…"), "hiar….rs:312");
        assert_eq!(cut_place(place, 0, "…"), "");
    }

    #[test]
    fn wide_characters_are_cut_whole() {
        assert_eq!(cut_end("日本語", 5, "…"), "日本…");
        assert_eq!(cut_end("日本語", 4, "…"), "日…");
        assert_eq!(cut_end("日本語", 6, "…"), "日本語");
    }

    #[test]
    fn sentences_break_at_blanks_and_long_words_anywhere() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("abcdefghij k", 4), ["abcd", "efgh", "ij k"]);
    }
}
