//! Text made safe and cut to a number of cells.

use crate::report::safe_text::{Safe, char_width, width};

/// One line of a stranger's text, safe to draw, of at most `cells` cells. Tabs become blanks.
pub fn fit(text: &str, cells: usize, more: &str) -> String {
    cut(&safe(text), cells, more)
}

/// As [`fit`], but what is cut is the start: for paths, whose end tells more.
pub fn fit_end(text: &str, cells: usize, more: &str) -> String {
    let text = safe(text);
    if width(&text) <= cells {
        return text;
    }
    let mut left = cells.saturating_sub(width(more));
    let mut start = text.len();
    for (at, c) in text.char_indices().rev() {
        let wide = char_width(c);
        if wide > left {
            break;
        }
        left -= wide;
        start = at;
    }
    // A mark alone would join what is before it.
    let tail = text[start..].trim_start_matches(|c| char_width(c) == 0);
    cut(&format!("{more}{tail}"), cells, "")
}

/// A safe text of at most `cells` cells.
pub fn cut(text: &str, cells: usize, more: &str) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let mut left = cells.saturating_sub(width(more));
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let wide = char_width(c);
        if wide > left {
            break;
        }
        left -= wide;
        end = at + c.len_utf8();
    }
    let more = if width(more) <= cells { more } else { "" };
    format!("{}{more}", text[..end].trim_end())
}

/// The start of a safe text of our own that `cells` cells hold, without the parts (`dot` between them)
/// or the sentences at its end that have no room; nothing where even the first has none.
pub fn whole_parts<'a>(text: &'a str, cells: usize, dot: &str) -> &'a str {
    if width(text) <= cells {
        return text;
    }
    let between = format!(" {dot} ");
    let parts = text.match_indices(&between).map(|(at, _)| at);
    let sentences = [". ", "? "]
        .into_iter()
        .flat_map(|end| text.match_indices(end));
    let ends = parts.chain(sentences.map(|(at, _)| at + 1));
    let end = ends.filter(|end| width(&text[..*end]) <= cells).max();
    &text[..end.unwrap_or(0)]
}

/// As [`fit`], but cut between words; nothing where the first one has no room.
pub fn between_words(text: &str, cells: usize, more: &str) -> String {
    let text = safe(text);
    if width(&text) <= cells {
        return text;
    }
    let start = cut(&text, cells.saturating_sub(width(more) + 1), "");
    let end = match text[start.len()..].starts_with(' ') {
        true => start.len(),
        false => start.rfind(' ').unwrap_or(0),
    };
    match text[..end].trim() {
        "" => String::new(),
        _ => format!("{} {more}", text[..end].trim_end()),
    }
}

/// A safe text in lines of at most `cells` cells, broken at blanks; the last of `most` lines is cut.
pub fn wrap(text: &str, cells: usize, most: usize, more: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() && cells > 0 && lines.len() < most {
        if lines.len() + 1 == most || width(rest) <= cells {
            lines.push(cut(rest, cells, more));
            break;
        }
        let whole = cut(rest, cells, "");
        let end = if rest[whole.len()..].starts_with(' ') {
            whole.len()
        } else {
            whole.rfind(' ').filter(|at| *at > 0).unwrap_or(whole.len())
        };
        if end == 0 {
            break;
        }
        lines.push(rest[..end].trim_end().to_owned());
        rest = rest[end..].trim_start();
    }
    lines
}

/// A text in exactly `cells` cells, blanks at its end.
pub fn pad(text: &str, cells: usize) -> String {
    let blanks = cells.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(blanks))
}

/// A stranger's text, tabs as blanks, safe to draw.
pub fn safe(text: &str) -> String {
    let safe = |text: &str| Safe::new(text).as_str().to_owned();
    if text.contains('\t') {
        safe(&text.replace('\t', "    "))
    } else {
        safe(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_cut_is_seen() {
        assert_eq!(fit("retries never back off", 12, "…"), "retries nev…");
        assert_eq!(fit("short", 12, "…"), "short");
        assert_eq!(fit_end("src/a/gateway.rs", 10, "…"), "…ateway.rs");
        assert_eq!(fit("日本語", 4, "…"), "日…");
        assert_eq!(fit("a\u{1b}[2J", 9, "…"), r"a\x1B[2J");
    }

    #[test]
    fn a_long_text_is_broken_at_blanks() {
        assert_eq!(wrap("one two three", 7, 3, "…"), ["one two", "three"]);
        assert_eq!(wrap("one two three four", 7, 2, "…"), ["one two", "three…"]);
        assert_eq!(
            wrap("incomprehensible", 7, 3, "…"),
            ["incompr", "ehensib", "le"]
        );
        assert_eq!(wrap("", 7, 3, "…"), [""; 0]);
        assert_eq!(wrap("日本", 1, 3, "…"), [""; 0]);
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_its_place(text in "\\PC*|.*", cells in 0_usize..30) {
            prop_assert!(width(&fit(&text, cells, "…")) <= cells);
            prop_assert!(width(&fit_end(&text, cells, "…")) <= cells);
        }
    }
}
