//! A buffer to draw on with inks, in which nothing can be drawn outside, and no word of ours is cut.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::wording::Wording;
use crate::report::safe_text::width;
use crate::tui::glyphs::Glyphs;
use crate::tui::links::Link;
use crate::tui::theme::{Ink, Look};

/// The least cells that are left for the left end of a rule.
const LEAST: usize = 5;

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

    /// Says something from a cell on, as [`Wording`] has it in at most `cells` cells, and returns the
    /// column after it.
    pub fn text(
        &mut self,
        x: u16,
        y: u16,
        cells: u16,
        text: &(impl Wording + ?Sized),
        ink: Ink,
    ) -> u16 {
        let style = self.look.style(ink);
        self.styled(x, y, cells, text, style)
    }

    /// As [`Canvas::text`], in any style.
    pub fn styled(
        &mut self,
        x: u16,
        y: u16,
        cells: u16,
        text: &(impl Wording + ?Sized),
        style: Style,
    ) -> u16 {
        let area = self.buffer.area;
        if y < area.top() || y >= area.bottom() || x < area.left() || x >= area.right() {
            return x;
        }
        let cells = usize::from(cells.min(area.right() - x));
        let text = text.within(cells, self.glyphs());
        // A cell keeps the weight of what was drawn there before unless it is told.
        let style = Style::reset().patch(style);
        self.buffer.set_stringn(x, y, &text, cells, style).0
    }

    /// As [`Canvas::text`], and a click of the terminal's own leads to an address, if there is one.
    pub fn linked(
        &mut self,
        (x, y): (u16, u16),
        cells: u16,
        text: &(impl Wording + ?Sized),
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

    /// Says something so that it ends before column `end`, in at most `cells` cells.
    pub fn right(
        &mut self,
        end: u16,
        y: u16,
        cells: u16,
        text: &(impl Wording + ?Sized),
        ink: Ink,
    ) {
        let text = text.within(usize::from(cells), self.glyphs());
        let wide = wide(&text);
        self.text(end.saturating_sub(wide), y, wide, &*text, ink);
    }

    /// Draws one sign `times` times, as far as there are cells.
    pub fn repeat(&mut self, x: u16, y: u16, times: u16, sign: &str, ink: Ink) -> u16 {
        let times = times.min(self.buffer.area.right().saturating_sub(x));
        self.text(x, y, times, &sign.repeat(usize::from(times)), ink)
    }

    /// The title rule of a pane: `── left ───── right ──`. Where both have no room, the left one is
    /// said in its shorter wordings first, then the right one. Returns where the right one stands.
    pub fn rule(
        &mut self,
        area: Rect,
        y: u16,
        focused: bool,
        left: &(impl Wording + ?Sized),
        right: &(impl Wording + ?Sized),
    ) -> Rect {
        let glyphs = self.glyphs();
        let (sign, ink) = match focused {
            true => (glyphs.heavy, Ink::Strong),
            false => (glyphs.light, Ink::Dim),
        };
        let title = if focused { Ink::Accent } else { Ink::Plain };
        let (start, end) = (area.left(), area.right());
        self.repeat(start, y, area.width, sign, ink);
        let room = area.width.saturating_sub(6);
        let (left, right) = both(left, right, room, glyphs);
        if !left.is_empty() {
            let after = self.text(start + 3, y, room, &*left, title);
            self.text(start + 2, y, 1, " ", ink);
            self.text(after, y, 1, " ", ink);
        }
        let cells = wide(&right);
        if cells > 0 {
            let text = format!(" {right} ");
            self.text(end - 4 - cells, y, cells + 2, &text, title);
        }
        Rect {
            x: end.saturating_sub(3 + cells),
            y,
            width: cells,
            height: 1,
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
    pub fn panel(&mut self, area: Rect, title: &(impl Wording + ?Sized)) -> Rect {
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

fn wide(text: &str) -> u16 {
    u16::try_from(width(text)).unwrap_or(u16::MAX)
}

/// What both ends of a rule say in so many cells, three of them between both. The right one gives way
/// only where it leaves the left one nothing to say.
fn both<'a>(
    left: &'a (impl Wording + ?Sized),
    right: &'a (impl Wording + ?Sized),
    room: u16,
    glyphs: &Glyphs,
) -> (Cow<'a, str>, Cow<'a, str>) {
    let room = usize::from(room);
    let is_left = !left.within(usize::MAX, glyphs).is_empty();
    let mut cells = room.saturating_sub(LEAST + 3);
    loop {
        let right = right.within(cells, glyphs);
        let between = if right.is_empty() { 0 } else { 3 };
        let left = left.within(room - width(&right).min(room) - between, glyphs);
        if !left.is_empty() || right.is_empty() || !is_left {
            return (left, right);
        }
        cells = width(&right) - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::glyphs::UNICODE;
    use crate::tui::widgets::wording::Theirs;

    fn rule(cells: u16, left: &impl Wording, right: &impl Wording) -> String {
        let area = Rect::new(0, 0, cells, 1);
        let mut buffer = Buffer::empty(area);
        let look = Look {
            colour: false,
            ascii: false,
        };
        let said = Canvas::new(&mut buffer, look).rule(area, 0, false, left, right);
        let symbols = |area: Rect| -> String {
            let cells = (area.left()..area.right()).map(|x| buffer[(x, 0)].symbol());
            cells.collect()
        };
        let line = symbols(area);
        assert!(said.is_empty() || !symbols(said).contains(UNICODE.light));
        line
    }

    #[test]
    fn the_left_end_of_a_rule_is_said_in_less_words_before_the_right_one_is() {
        let left = ["Pay down to Thu 18:00", "Pay down"];
        let right = "1d 4h left · paid 3";
        for (cells, line) in [
            (51, "── Pay down to Thu 18:00 ─── 1d 4h left · paid 3 ──"),
            (49, "── Pay down to Thu 18:00 ─ 1d 4h left · paid 3 ──"),
            (48, "── Pay down ───────────── 1d 4h left · paid 3 ──"),
            (36, "── Pay down ─ 1d 4h left · paid 3 ──"),
            (35, "── Pay down ───────── 1d 4h left ──"),
            (27, "── Pay down ─ 1d 4h left ──"),
            (26, "── Pay down ──────────────"),
            (13, "─────────────"),
        ] {
            assert_eq!(rule(cells, &left, &right), line);
        }
        assert_eq!(rule(24, &"", &right), "────────── 1d 4h left ──");
    }

    #[test]
    fn what_people_wrote_is_cut_so_that_the_right_end_of_a_rule_stays() {
        let left = Theirs("src/gateway/mod.rs");
        assert_eq!(rule(24, &left, &":42"), "── src/gateway… ─ :42 ──");
        assert_eq!(rule(12, &left, &":42"), "── src/g… ──");
    }

    proptest::proptest! {
        #[test]
        fn a_rule_is_as_wide_as_its_place(cells in 0_u16..80, left in "[a-z ]{0,30}", right in "[a-z ·]{0,40}") {
            let line = rule(cells, &[left.as_str(), "left"], &right);
            proptest::prop_assert_eq!(line.chars().count(), usize::from(cells));
        }
    }
}
