//! Columns that share a row's width: the ones that can shrink do, the least needed go.

use std::io;

use super::page::{Ink, Page, Span, cut_end, cut_place};
use crate::report::safe_text::Safe;

/// Cells before the first column.
const INDENT: usize = 1;

/// One column.
pub(in crate::report) struct Column {
    /// Its head; the column of the signs has none.
    pub(in crate::report) title: &'static str,
    /// Below this it tells too little: other columns go first.
    pub(in crate::report) least: usize,
    /// Above this it takes no more.
    pub(in crate::report) most: usize,
    /// Which go first when there is no room: the highest. 0 stays.
    pub(in crate::report) spare: u8,
    /// How its text is cut and set.
    pub(in crate::report) set: Set,
    /// Cells after it.
    pub(in crate::report) gap: usize,
}

/// How a column's text is cut and set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Set {
    /// From the left, cut at its end.
    Left,
    /// From the right.
    Right,
    /// From the left, cut in its middle as a path is.
    Place,
}

impl Column {
    /// A column from the left that is never cut.
    pub(in crate::report) const fn fixed(title: &'static str, spare: u8) -> Self {
        Self {
            title,
            least: usize::MAX,
            most: usize::MAX,
            spare,
            set: Set::Left,
            gap: 2,
        }
    }

    /// The column of the signs.
    pub(in crate::report) const fn sign() -> Self {
        Self {
            title: "",
            least: 1,
            most: 1,
            spare: 0,
            set: Set::Left,
            gap: 1,
        }
    }

    /// A column that shrinks.
    pub(in crate::report) const fn flexible(
        title: &'static str,
        set: Set,
        least: usize,
        most: usize,
        spare: u8,
    ) -> Self {
        Self {
            title,
            least,
            most,
            spare,
            set,
            gap: 2,
        }
    }
}

/// Writes a head and the rows. A column that is empty in every row is left out.
pub(in crate::report) fn write(
    page: &mut Page<'_>,
    columns: &[Column],
    rows: &[Vec<Span>],
) -> io::Result<()> {
    let widths = widths(columns, rows, page.width().saturating_sub(INDENT));
    if columns.iter().any(|column| !column.title.is_empty()) {
        let head = columns
            .iter()
            .map(|column| Span::new(Ink::Dim, column.title))
            .collect::<Vec<_>>();
        row(page, columns, &widths, &head)?;
    }
    rows.iter()
        .try_for_each(|cells| row(page, columns, &widths, cells))
}

fn row(
    page: &mut Page<'_>,
    columns: &[Column],
    widths: &[usize],
    cells: &[Span],
) -> io::Result<()> {
    let ellipsis = page.signs().ellipsis;
    let mut spans = vec![Span::new(Ink::Plain, &" ".repeat(INDENT))];
    // The last column's gap is nobody's: a row that fits must not look cut.
    let last = widths.iter().rposition(|&width| width > 0);
    for (at, ((column, &width), cell)) in columns.iter().zip(widths).zip(cells).enumerate() {
        if width == 0 {
            continue;
        }
        let text = match column.set {
            Set::Place => cut_place(cell.text.as_str(), width, ellipsis),
            Set::Left | Set::Right => cut_end(cell.text.as_str(), width, ellipsis),
        };
        let padding = width.saturating_sub(Safe::new(&text).width());
        let (before, after) = if column.set == Set::Right {
            (padding, 0)
        } else {
            (0, padding)
        };
        let gap = if Some(at) == last { 0 } else { column.gap };
        spans.push(Span::new(Ink::Plain, &" ".repeat(before)));
        spans.push(Span::new(cell.ink, &text));
        spans.push(Span::new(Ink::Plain, &" ".repeat(after + gap)));
    }
    page.line(&spans)
}

/// The width of each column, 0 for one that is left out.
fn widths(columns: &[Column], rows: &[Vec<Span>], room: usize) -> Vec<usize> {
    let natural = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let widest = rows
                .iter()
                .filter_map(|row| row.get(at))
                .map(|cell| cell.text.width())
                .max();
            match widest {
                None | Some(0) => 0,
                Some(widest) => widest.max(column.title.len()).min(column.most),
            }
        })
        .collect::<Vec<_>>();
    let mut kept = natural;
    loop {
        let mut widths = kept.clone();
        while total(columns, &widths) > room {
            // The widest of those that can still give.
            let giver = (0..widths.len())
                .filter(|&at| widths[at] > columns[at].least)
                .max_by_key(|&at| (widths[at], usize::MAX - at));
            match giver {
                Some(at) => widths[at] -= 1,
                None => break,
            }
        }
        if total(columns, &widths) <= room {
            return widths;
        }
        let spare = (0..kept.len())
            .filter(|&at| kept[at] > 0 && columns[at].spare > 0)
            .max_by_key(|&at| columns[at].spare);
        match spare {
            Some(at) => kept[at] = 0,
            // The page cuts what is left.
            None => return widths,
        }
    }
}

/// Cells of the columns and the gaps between them.
fn total(columns: &[Column], widths: &[usize]) -> usize {
    let mut total = 0;
    let mut last_gap = 0;
    for (column, &width) in columns.iter().zip(widths).filter(|(_, width)| **width > 0) {
        total += last_gap + width;
        last_gap = column.gap;
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(texts: &[&str]) -> Vec<Span> {
        texts
            .iter()
            .map(|text| Span::new(Ink::Plain, text))
            .collect()
    }

    const COLUMNS: [Column; 3] = [
        Column::flexible("What", Set::Left, 10, 60, 0),
        Column::flexible("Where", Set::Place, 8, 40, 0),
        Column::fixed("Owner", 1),
    ];

    #[test]
    fn columns_shrink_before_one_goes() {
        let rows = vec![cells(&["a text of twenty-one.", "src/lib.rs:1", "Sammy"])];
        assert_eq!(widths(&COLUMNS, &rows, 42), [21, 12, 5]);
        assert_eq!(widths(&COLUMNS, &rows, 32), [11, 12, 5]);
        assert_eq!(widths(&COLUMNS, &rows, 27), [10, 8, 5]);
        assert_eq!(widths(&COLUMNS, &rows, 26), [12, 12, 0]);
    }

    #[test]
    fn an_empty_column_is_left_out() {
        let rows = vec![cells(&["text", "", "Sammy"])];
        assert_eq!(widths(&COLUMNS, &rows, 80), [4, 0, 5]);
    }
}
