//! A clock in large digits, three rows high.

use super::canvas::Canvas;
use crate::tui::theme::Ink;

/// Rows of a digit.
pub const ROWS: u16 = 3;

/// Each digit in three rows of three cells.
const UNICODE: [[&str; 3]; 10] = [
    ["█▀█", "█ █", "▀▀▀"],
    ["▄█ ", " █ ", "▀▀▀"],
    ["▀▀█", "█▀▀", "▀▀▀"],
    ["▀▀█", " ▀█", "▀▀▀"],
    ["█ █", "▀▀█", "  ▀"],
    ["█▀▀", "▀▀█", "▀▀▀"],
    ["█▀▀", "█▀█", "▀▀▀"],
    ["▀▀█", "  █", "  ▀"],
    ["█▀█", "█▀█", "▀▀▀"],
    ["█▀█", "▀▀█", "▀▀▀"],
];

const ASCII: [[&str; 3]; 10] = [
    [" _ ", "| |", "|_|"],
    ["   ", "  |", "  |"],
    [" _ ", " _|", "|_ "],
    [" _ ", " _|", " _|"],
    ["   ", "|_|", "  |"],
    [" _ ", "|_ ", " _|"],
    [" _ ", "|_ ", "|_|"],
    [" _ ", "  |", "  |"],
    [" _ ", "|_|", "|_|"],
    [" _ ", "|_|", " _|"],
];

/// The three rows of a text of digits, a colon and a minus; other signs are blanks.
pub fn rows(text: &str, ascii: bool) -> [String; 3] {
    let digits = if ascii { &ASCII } else { &UNICODE };
    let (colon, minus) = match ascii {
        true => ([" ", ".", "."], ["   ", " _ ", "   "]),
        false => (["▄", "▄", " "], ["   ", "▀▀▀", "   "]),
    };
    let mut rows = [const { String::new() }; 3];
    for (at, c) in text.chars().enumerate() {
        let digit = c.to_digit(10).and_then(|digit| digits.get(digit as usize));
        for (row, line) in rows.iter_mut().enumerate() {
            if at > 0 {
                line.push(' ');
            }
            line.push_str(match (c, digit) {
                (':', _) => colon[row],
                ('-', _) => minus[row],
                (_, Some(digit)) => digit[row],
                _ => " ",
            });
        }
    }
    rows
}

/// Draws a text of digits from a cell on, where `cells` cells are.
pub fn draw(canvas: &mut Canvas<'_>, (x, y): (u16, u16), cells: u16, text: &str, ink: Ink) {
    let lines = rows(text, canvas.look.ascii);
    for (line, y) in lines.iter().zip(y..) {
        canvas.text(x, y, cells, line, ink);
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn digits_differ_and_are_as_wide_as_each_other() {
        for ascii in [false, true] {
            let mut seen = Vec::new();
            for digit in 0..10 {
                let rows = rows(&digit.to_string(), ascii);
                assert!(rows.iter().all(|row| row.width() == 3), "{digit}");
                assert!(!ascii || rows.iter().all(|row| row.is_ascii()), "{digit}");
                assert!(!seen.contains(&rows), "{digit}");
                seen.push(rows);
            }
            assert!(rows("-10:05", ascii).iter().all(|row| row.width() == 21));
        }
    }
}
