//! A terminal's cells as SVG: text that can be selected, in colours that follow light and dark.

use std::fmt::Write;

/// Width and height of a cell, and the baseline in it.
const CELL: (f32, f32, f32) = (8.4, 18.0, 13.5);

/// Blank space around the cells.
const AROUND: f32 = 12.0;

const STYLE: &str = "\
.t{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre;fill:#1f2328}\
.p{fill:#fff;stroke:#d1d9e0}.b{font-weight:700}.d{opacity:.6}\
.c1{fill:#b3261e}.c2{fill:#1a7f37}.c3{fill:#8a5a00}.c6{fill:#0b6b77}\
.bg{fill:#1f2328}.inv{fill:#fff}\
@media(prefers-color-scheme:dark){.t{fill:#e6edf3}.p{fill:#0d1117;stroke:#3d444d}\
.c1{fill:#ff8178}.c2{fill:#56d364}.c3{fill:#e3b341}.c6{fill:#5fd0dd}.bg{fill:#e6edf3}.inv{fill:#0d1117}}";

/// Draws the cells.
pub(crate) fn of(screen: &vt100::Screen, (columns, rows): (u16, u16)) -> String {
    let (width, height) = (
        f32::from(columns) * CELL.0 + 2.0 * AROUND,
        f32::from(rows) * CELL.1 + 2.0 * AROUND,
    );
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         width=\"{width:.0}\" height=\"{height:.0}\"><style>{STYLE}</style>\n\
         <rect class=\"p\" x=\"0.5\" y=\"0.5\" width=\"{:.0}\" height=\"{:.0}\" rx=\"8\"/>\n",
        width - 1.0,
        height - 1.0,
    );
    for row in 0..rows {
        for run in runs(screen, row, columns) {
            draw(&mut out, row, &run);
        }
    }
    out.push_str("</svg>\n");
    out
}

/// Cells in a row that look the same.
struct Run {
    column: u16,
    cells: u16,
    text: String,
    class: String,
    inverse: bool,
}

fn runs(screen: &vt100::Screen, row: u16, columns: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for column in 0..columns {
        let Some(cell) = screen.cell(row, column) else {
            continue;
        };
        if cell.is_wide_continuation() {
            if let Some(run) = runs.last_mut() {
                run.cells += 1;
            }
            continue;
        }
        let contents = cell.contents();
        let text = if contents.is_empty() { " " } else { contents };
        let class = class(cell);
        match runs.last_mut() {
            Some(run) if run.class == class && run.inverse == cell.inverse() => {
                run.cells += 1;
                run.text.push_str(text);
            }
            _ => runs.push(Run {
                column,
                cells: 1,
                text: text.to_owned(),
                class,
                inverse: cell.inverse(),
            }),
        }
    }
    runs
}

fn class(cell: &vt100::Cell) -> String {
    let mut classes: Vec<String> = Vec::new();
    if cell.inverse() {
        classes.push("inv".to_owned());
    } else if let vt100::Color::Idx(number) = cell.fgcolor() {
        classes.push(format!("c{}", number % 8));
    }
    if cell.bold() {
        classes.push("b".to_owned());
    }
    if cell.dim() {
        classes.push("d".to_owned());
    }
    classes.join(" ")
}

fn draw(out: &mut String, row: u16, run: &Run) {
    let x = AROUND + f32::from(run.column) * CELL.0;
    let y = AROUND + f32::from(row) * CELL.1;
    let wide = f32::from(run.cells) * CELL.0;
    if run.inverse {
        let _ = writeln!(
            out,
            "<rect class=\"bg\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{}\"/>",
            CELL.1
        );
    }
    if run.text.trim().is_empty() {
        return;
    }
    let class = if run.class.is_empty() {
        String::new()
    } else {
        format!(" class=\"{}\"", run.class)
    };
    let text = run
        .text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let _ = writeln!(
        out,
        "<text class=\"t\" x=\"{x:.1}\" y=\"{:.1}\" textLength=\"{wide:.1}\" \
         lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\"><tspan{class}>{text}</tspan></text>",
        y + CELL.2,
    );
}
