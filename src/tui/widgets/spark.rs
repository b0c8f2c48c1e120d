//! Figures over time in one line: a bar each.

use super::canvas::Canvas;
use crate::tui::theme::Ink;

/// Draws the figures from a cell on, a cell each, the last one in weight. `full` is a whole cell; a
/// figure that is not known is a blank, and one that is not zero is never drawn as nothing.
pub fn draw(canvas: &mut Canvas<'_>, (x, y): (u16, u16), figures: &[Option<f64>], full: f64) {
    let last = figures.len().saturating_sub(1);
    for (at, figure) in figures.iter().enumerate() {
        let Some(eighths) = figure.map(|figure| eighths(figure, full)) else {
            continue;
        };
        let sign = eighths
            .checked_sub(1)
            .and_then(|at| canvas.glyphs().bars.get(at));
        let ink = if at == last { Ink::Plain } else { Ink::Dim };
        let x = x.saturating_add(u16::try_from(at).unwrap_or(u16::MAX));
        if let Some(sign) = sign {
            canvas.text(x, y, 1, sign, ink);
        }
    }
}

/// Eighths of a cell that a figure takes.
fn eighths(figure: f64, full: f64) -> usize {
    if figure <= 0.0 || full <= 0.0 {
        return 0;
    }
    // Between 1 and 8.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let eighths = (figure / full * 8.0).round().clamp(1.0, 8.0) as usize;
    eighths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_seen_and_all_is_full() {
        for (figure, full, expected) in [
            (0.0, 8.0, 0),
            (0.1, 8.0, 1),
            (5.0, 8.0, 5),
            (8.0, 8.0, 8),
            (9.0, 8.0, 8),
            (1.0, 0.0, 0),
            (f64::NAN, 8.0, 0),
        ] {
            assert_eq!(eighths(figure, full), expected, "{figure} of {full}");
        }
    }
}
