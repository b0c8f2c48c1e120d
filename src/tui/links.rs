//! Cells that a click of the terminal's own opens: OSC 8. A buffer has no place for an address, so
//! linked cells are written a second time after the frame, between the two sequences that make a
//! link. A terminal that knows no links shows the same cells.

use std::io::{self, Write};

use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use crossterm::{execute, queue};
use ratatui::backend::{Backend, CrosstermBackend, TestBackend};
use ratatui::buffer::{Buffer, Cell};

/// Some cells of a row, and where they lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The first column.
    pub x: u16,
    /// The row.
    pub y: u16,
    /// How many cells.
    pub cells: u16,
    /// An address.
    pub to: String,
}

/// A backend that can begin and end a link, and a frame.
pub trait Linking: Backend {
    /// What is written from now on leads to an address, or nowhere any more.
    ///
    /// # Errors
    /// A terminal that cannot be written to.
    fn lead(&mut self, to: Option<&str>) -> io::Result<()>;

    /// A frame begins, or ends: what is written in between is shown at once, by a terminal that knows
    /// the mode. The end is flushed.
    ///
    /// # Errors
    /// A terminal that cannot be written to.
    fn frame(&mut self, begins: bool) -> io::Result<()>;
}

impl<W: Write> Linking for CrosstermBackend<W> {
    fn lead(&mut self, to: Option<&str>) -> io::Result<()> {
        write!(self, "\x1b]8;;{}\x1b\\", to.unwrap_or_default())
    }

    fn frame(&mut self, begins: bool) -> io::Result<()> {
        match begins {
            true => queue!(self, BeginSynchronizedUpdate),
            false => execute!(self, EndSynchronizedUpdate),
        }
    }
}

impl Linking for TestBackend {
    fn lead(&mut self, _to: Option<&str>) -> io::Result<()> {
        Ok(())
    }

    fn frame(&mut self, _begins: bool) -> io::Result<()> {
        Ok(())
    }
}

/// The links of the last frame, with the cells that they were written on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written(Vec<(Link, Vec<Cell>)>);

impl Link {
    /// Whether an address is one: nothing in it ends the sequence or is anything but the web's.
    pub fn is_sound(to: &str) -> bool {
        let web = to.starts_with("https://") || to.starts_with("http://");
        web && to.len() < 2_000 && to.bytes().all(|byte| (0x21..0x7f).contains(&byte))
    }

    fn cells(&self, buffer: &Buffer) -> Vec<Cell> {
        let columns = self.x..self.x.saturating_add(self.cells);
        columns
            .filter_map(|x| buffer.cell((x, self.y)).cloned())
            .collect()
    }
}

impl Written {
    /// Writes the links of a frame that was just drawn; nothing where they are the same as before.
    ///
    /// # Errors
    /// A terminal that cannot be written to.
    pub fn write<B: Linking>(
        &mut self,
        backend: &mut B,
        buffer: &Buffer,
        links: Vec<Link>,
    ) -> io::Result<()>
    where
        B::Error: std::fmt::Display,
    {
        let sound = links.into_iter().filter(|link| Link::is_sound(&link.to));
        let now = Self(
            sound
                .map(|link| (link.clone(), link.cells(buffer)))
                .collect(),
        );
        if now == *self {
            return Ok(());
        }
        // What led somewhere and does so no more is first written plain.
        for (link, _) in &self.0 {
            if !now.0.iter().any(|(other, _)| other == link) {
                draw(backend, buffer, link)?;
            }
        }
        for (link, _) in &now.0 {
            backend.lead(Some(&link.to))?;
            draw(backend, buffer, link)?;
            backend.lead(None)?;
        }
        backend.flush().map_err(failed)?;
        *self = now;
        Ok(())
    }
}

fn draw<B: Backend>(backend: &mut B, buffer: &Buffer, link: &Link) -> io::Result<()>
where
    B::Error: std::fmt::Display,
{
    let mut left = 0;
    let columns = link.x..link.x.saturating_add(link.cells);
    let cells = columns.filter_map(|x| {
        // The second half of a wide sign has a cell, but is not written.
        if left > 0 {
            left -= 1;
            return None;
        }
        let cell = buffer.cell((x, link.y))?;
        left = crate::report::safe_text::width(cell.symbol()).saturating_sub(1);
        Some((x, link.y, cell))
    });
    backend.draw(cells).map_err(failed)
}

fn failed(error: impl std::fmt::Display) -> io::Error {
    io::Error::other(error.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    fn link(x: u16, cells: u16, to: &str) -> Link {
        Link {
            x,
            y: 0,
            cells,
            to: to.to_owned(),
        }
    }

    fn written(written: &mut Written, links: &[Link]) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, "a41f9c2 日本", Style::new());
        let mut bytes = Vec::new();
        let mut backend = CrosstermBackend::new(&mut bytes);
        written
            .write(&mut backend, &buffer, links.to_vec())
            .unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_link_is_written_once_and_taken_back() {
        let mut known = Written::default();
        let links = [
            link(0, 7, "https://forge.example/c/a41f9c2"),
            link(8, 4, "https://x.example"),
        ];
        let first = written(&mut known, &links);
        assert!(
            first.contains("\x1b]8;;https://forge.example/c/a41f9c2\x1b\\"),
            "{first:?}"
        );
        assert!(
            first.contains("a41f9c2") && first.contains('日') && first.contains('本'),
            "{first:?}"
        );
        assert_eq!(written(&mut known, &links), "");
        let last = written(&mut known, &[]);
        assert!(
            last.contains("a41f9c2") && !last.contains("]8;;"),
            "{last:?}"
        );
    }

    #[test]
    fn only_the_webs_addresses_are_written() {
        for to in [
            "javascript:alert(1)",
            "https://x\u{1b}]0;a\u{7}",
            "https://a b",
            "file:///etc",
        ] {
            assert_eq!(
                written(&mut Written::default(), &[link(0, 3, to)]),
                "",
                "{to}"
            );
        }
    }
}
