//! A buffer to draw on with inks, in which nothing can be drawn outside.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::fit;
use crate::report::safe_text::width;
use crate::tui::glyphs::Glyphs;
use crate::tui::links::Link;
use crate::tui::theme::{Ink, Look};

/// What is drawn on.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    /// How it is drawn.
    pub look: Look,
    /// The cells that lead somewhere.
    pub links: Vec<Link>,
}

impl<'a> Canvas<'a> {
    /// Draws on a buffer.
    pub fn new(buffer: &'a mut Buffer, look: Look) -> Self {
        Self {
            buffer,
            look,
            links: Vec::new(),
        }
    }

    /// The whole of it.
    pub fn area(&self) -> Rect {
        self.buffer.area
    }

    /// The signs.
    pub fn glyphs(&self) -> &'static Glyphs {
        self.look.glyphs()
    }

    /// Draws a safe text from a cell on, at most `cells` cells of it, and returns the column after it.
    pub fn text(&mut self, x: u16, y: u16, cells: u16, text: &str, ink: Ink) -> u16 {
        let style = self.look.style(ink);
        self.styled(x, y, cells, text, style)
    }

    /// As [`Canvas::text`], in any style.
    pub fn styled(&mut self, x: u16, y: u16, cells: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if y < area.top() || y >= area.bottom() || x < area.left() || x >= area.right() {
            return x;
        }
        let cells = usize::from(cells.min(area.right() - x));
        let text = fit::cut(text, cells, self.glyphs().more);
        // A cell keeps the weight of what was drawn there before unless it is told.
        let style = Style::reset().patch(style);
        self.buffer.set_stringn(x, y, &text, cells, style).0
    }

    /// As [`Canvas::text`], and a click of the terminal's own leads to an address, if there is one.
    pub fn linked(
        &mut self,
        (x, y): (u16, u16),
        cells: u16,
        text: &str,
        ink: Ink,
        to: Option<String>,
    ) -> u16 {
        let end = self.text(x, y, cells, text, ink);
        if let Some(to) = to
            && end > x
        {
            let cells = end - x;
            self.links.push(Link { x, y, cells, to });
        }
        end
    }

    /// Draws a safe text so that it ends before column `end`, at most `cells` cells of it.
    pub fn right(&mut self, end: u16, y: u16, cells: u16, text: &str, ink: Ink) {
        let text = fit::cut(text, usize::from(cells), self.glyphs().more);
        let wide = u16::try_from(width(&text)).unwrap_or(u16::MAX);
        self.text(end.saturating_sub(wide), y, wide, &text, ink);
    }

    /// Draws one sign `times` times.
    pub fn repeat(&mut self, x: u16, y: u16, times: u16, sign: &str, ink: Ink) -> u16 {
        self.text(x, y, times, &sign.repeat(usize::from(times)), ink)
    }

    /// The title rule of a pane: `── left ───── right ──`. Both are safe texts; the left one is cut
    /// first, the right one is left out where it does not fit.
    pub fn rule(&mut self, area: Rect, y: u16, focused: bool, left: &str, right: &str) {
        let glyphs = self.glyphs();
        let (sign, ink) = match focused {
            true => (glyphs.heavy, Ink::Strong),
            false => (glyphs.light, Ink::Dim),
        };
        let title = if focused { Ink::Accent } else { Ink::Plain };
        let (start, end) = (area.left(), area.right());
        self.repeat(start, y, area.width, sign, ink);
        let room = area.width.saturating_sub(6);
        if room == 0 {
            return;
        }
        let right_width = u16::try_from(width(right)).unwrap_or(u16::MAX);
        let right_fits = !right.is_empty() && right_width.saturating_add(8) <= room;
        let left_room = match right_fits {
            true => room - right_width - 3,
            false => room,
        };
        if !left.is_empty() {
            let left = fit::cut(left, usize::from(left_room), glyphs.more);
            let after = self.text(start + 3, y, left_room, &left, title);
            self.text(start + 2, y, 1, " ", ink);
            self.text(after, y, 1, " ", ink);
        }
        if right_fits {
            self.text(
                end - 4 - right_width,
                y,
                right_width + 2,
                &format!(" {right} "),
                title,
            );
        }
    }

    /// Lays a style over cells that are drawn already.
    pub fn lay(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.buffer.area);
        self.buffer.set_style(area, style);
    }

    /// Dims all that is drawn, for what is laid over it.
    pub fn dim(&mut self) {
        let area = self.buffer.area;
        let plain = Style::reset().add_modifier(Modifier::DIM);
        self.buffer.set_style(area, plain);
    }

    /// Draws an empty box with a title and returns what is inside, a blank column on each side.
    pub fn panel(&mut self, area: Rect, title: &str) -> Rect {
        let area = area.intersection(self.buffer.area);
        if area.width < 6 || area.height < 3 {
            return Rect::ZERO;
        }
        let glyphs = self.glyphs();
        let [top_left, top_right, bottom_left, bottom_right, side] = glyphs.corners;
        let (right, bottom) = (area.right() - 1, area.bottom() - 1);
        for y in area.top()..area.bottom() {
            // Half of a wide sign must not stay beside the box.
            if area.left() > 0 {
                self.mend(area.left() - 1, y);
            }
            self.styled(
                area.left(),
                y,
                area.width,
                &" ".repeat(usize::from(area.width)),
                Style::reset(),
            );
            self.text(area.left(), y, 1, side, Ink::Strong);
            self.text(right, y, 1, side, Ink::Strong);
        }
        for (y, left_sign, right_sign) in [
            (area.top(), top_left, top_right),
            (bottom, bottom_left, bottom_right),
        ] {
            self.repeat(area.left(), y, area.width, glyphs.heavy, Ink::Strong);
            self.text(area.left(), y, 1, left_sign, Ink::Strong);
            self.text(right, y, 1, right_sign, Ink::Strong);
        }
        let after = self.text(
            area.left() + 3,
            area.top(),
            area.width - 6,
            title,
            Ink::Accent,
        );
        self.text(area.left() + 2, area.top(), 1, " ", Ink::Strong);
        self.text(after, area.top(), 1, " ", Ink::Strong);
        Rect::new(
            area.left() + 2,
            area.top() + 1,
            area.width - 4,
            area.height - 2,
        )
    }

    fn mend(&mut self, x: u16, y: u16) {
        if let Some(cell) = self.buffer.cell_mut((x, y))
            && width(cell.symbol()) > 1
        {
            cell.set_symbol(" ");
        }
    }
}
