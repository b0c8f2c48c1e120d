//! The signs that are drawn: one set for terminals with UTF-8, one of ASCII alone.

/// A set of signs, each one cell wide.
#[derive(Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// The rule of the focused pane, and time gone.
    pub heavy: &'static str,
    /// Any other rule.
    pub light: &'static str,
    /// A line that is not sure.
    pub dotted: &'static str,
    /// The end of time gone.
    pub tip: &'static str,
    /// Between two panes.
    pub divider: &'static str,
    /// The selected row, today.
    pub cursor: &'static str,
    /// Done.
    pub done: &'static str,
    /// At this moment.
    pub now: &'static str,
    /// To be done.
    pub open: &'static str,
    /// Not to be done yet.
    pub locked: &'static str,
    /// Missed.
    pub missed: &'static str,
    /// Decided, but not done.
    pub decided: &'static str,
    /// Between words.
    pub dot: &'static str,
    /// Text goes on.
    pub more: &'static str,
    /// From one place to another.
    pub arrow: &'static str,
    /// From there to here.
    pub back: &'static str,
    /// The mark of an axis.
    pub tick: &'static str,
    /// An axis.
    pub axis: &'static str,
    /// Bars of one to eight eighths of a cell.
    pub bars: [&'static str; 8],
    /// Parts of a gauge beside the full one, the fuller first.
    pub parts: [&'static str; 2],
    /// The rest of a gauge.
    pub rest: &'static str,
    /// Corners of a box: top left, top right, bottom left, bottom right; its side.
    pub corners: [&'static str; 5],
    /// Turns while a scan runs.
    pub spinner: [&'static str; 4],
}

/// Lines and blocks. None of them is two cells wide, except to terminals of East Asian locales, which
/// get [`ASCII`].
pub const UNICODE: Glyphs = Glyphs {
    heavy: "━",
    light: "─",
    dotted: "┄",
    tip: "╸",
    divider: "│",
    cursor: "▸",
    done: "✓",
    now: "●",
    open: "○",
    locked: "✗",
    missed: "!",
    decided: "↻",
    dot: "·",
    more: "…",
    arrow: "→",
    back: "←",
    tick: "┤",
    axis: "│",
    bars: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    parts: ["▓", "▒"],
    rest: "░",
    corners: ["┏", "┓", "┗", "┛", "┃"],
    spinner: ["◐", "◓", "◑", "◒"],
};

/// ASCII alone.
pub const ASCII: Glyphs = Glyphs {
    heavy: "=",
    light: "-",
    dotted: ".",
    tip: ">",
    divider: "|",
    cursor: ">",
    done: "*",
    now: "@",
    open: "o",
    locked: "x",
    missed: "!",
    decided: "~",
    dot: "-",
    more: "~",
    arrow: ">",
    back: "<",
    tick: "+",
    axis: "|",
    bars: [" ", " ", ".", ".", ":", ":", "#", "#"],
    parts: ["+", "-"],
    rest: ".",
    corners: ["+", "+", "+", "+", "|"],
    spinner: ["|", "/", "-", "\\"],
};

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn every_sign_is_one_cell_wide_and_ascii_is_ascii() {
        for glyphs in [&UNICODE, &ASCII] {
            let one = [
                glyphs.heavy,
                glyphs.light,
                glyphs.dotted,
                glyphs.tip,
                glyphs.divider,
                glyphs.cursor,
                glyphs.done,
                glyphs.now,
                glyphs.open,
                glyphs.locked,
                glyphs.missed,
                glyphs.decided,
                glyphs.dot,
                glyphs.more,
                glyphs.arrow,
                glyphs.back,
                glyphs.tick,
                glyphs.axis,
                glyphs.rest,
            ];
            let many = glyphs
                .bars
                .iter()
                .chain(&glyphs.corners)
                .chain(&glyphs.parts)
                .chain(&glyphs.spinner);
            for sign in one.iter().chain(many) {
                assert_eq!(sign.width(), 1, "{sign}");
                assert!(*glyphs == UNICODE || sign.is_ascii(), "{sign}");
            }
        }
    }
}
