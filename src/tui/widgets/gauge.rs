//! How much of something is gone, as a line.

use super::canvas::Canvas;
use crate::tui::theme::Ink;

/// Draws a line of `cells` cells, `part` of `whole` of it heavy. What is more than whole is whole.
pub fn draw(
    canvas: &mut Canvas<'_>,
    (x, y): (u16, u16),
    cells: u16,
    part: i64,
    whole: i64,
    ink: Ink,
) {
    let glyphs = canvas.glyphs();
    let gone = gone(cells, part, whole);
    let mut after = canvas.repeat(x, y, gone, glyphs.heavy, ink);
    if gone < cells {
        after = canvas.text(after, y, 1, glyphs.tip, ink);
        canvas.repeat(after, y, cells - gone - 1, glyphs.light, Ink::Dim);
    }
}

/// The cells of `cells` that are gone; all of them only when all of it is.
fn gone(cells: u16, part: i64, whole: i64) -> u16 {
    let (part, whole) = (part.max(0), whole.max(1));
    if part >= whole {
        return cells;
    }
    let gone = i128::from(cells) * i128::from(part) / i128::from(whole);
    u16::try_from(gone).unwrap_or(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_full_when_all_is_gone_and_not_before() {
        for (part, whole, cells) in [
            (0, 60, 0),
            (-5, 60, 0),
            (30, 60, 5),
            (59, 60, 9),
            (60, 60, 10),
            (99, 60, 10),
            (0, 0, 0),
            (i64::MAX, i64::MAX, 10),
        ] {
            assert_eq!(gone(10, part, whole), cells, "{part} of {whole}");
        }
    }
}
