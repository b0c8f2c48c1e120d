//! Text from a repository, made safe for a terminal.
//!
//! A commit message, an author's name, a path and a comment can hold whatever their writer liked:
//! escape sequences that retitle or repaint the terminal, signs that turn the reading direction,
//! signs that nobody sees. Everything that is printed goes through here; nothing is dropped
//! silently but a fifth accent on one letter and the two signs that only choose an emoji's look.

use std::fmt;

use unicode_width::UnicodeWidthChar;

/// Longest safe text, in characters. A longer one ends in `…`.
pub const MAX_CHARS: usize = 4_000;

/// Most combining marks kept on one character: stacked without end they paint over other lines.
const MAX_MARKS: usize = 4;

/// Text that no terminal takes for anything but text. One line, unless made by [`Safe::lines`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Safe(String);

impl Safe {
    /// One line: a line end shows as `\x0A`.
    pub fn new(text: &str) -> Self {
        Self(sanitise(text, false, MAX_CHARS))
    }

    /// Several lines: `\n` stays, all else is treated as in [`Safe::new`]. Not cut: for text of our
    /// own that quotes a stranger's, such as an error with its causes or a usage text.
    pub fn lines(text: &str) -> Self {
        Self(sanitise(text, true, usize::MAX))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many terminal cells it takes. Never too low; a sequence that a terminal draws as one
    /// sign may take less.
    pub fn width(&self) -> usize {
        width(&self.0)
    }
}

impl fmt::Display for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Makes bytes of any origin safe: lossy UTF-8, then as [`Safe::new`].
///
/// Control characters (C0, DEL, C1) become `\xNN`; signs that turn the direction, take no room or
/// break lines become `<U+XXXX>`; at most four combining marks stay on a character.
pub fn safe_text(bytes: &[u8]) -> String {
    // One character takes at most 4 bytes: what lies beyond the cap need not be decoded.
    let end = bytes.len().min((MAX_CHARS + 1) * 4);
    Safe::new(&String::from_utf8_lossy(&bytes[..end])).0
}

/// Terminal cells of a safe text, summed over its characters.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Terminal cells of one character of a safe text.
pub(crate) fn char_width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// Whether a character is shown by its number: it turns the direction, takes no room or breaks lines.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{61C}'                     // Arabic letter mark
        | '\u{180E}'                  // Mongolian vowel separator
        | '\u{200B}'..='\u{200F}'     // zero width, direction marks
        | '\u{2028}'..='\u{202E}'     // line and paragraph separator, embeddings, overrides
        | '\u{2060}'..='\u{206F}'     // word joiner, invisible operators, isolates
        | '\u{FE00}'..='\u{FE0D}'     // variation selectors that choose no look
        | '\u{FEFF}'                  // byte order mark
        | '\u{FFF9}'..='\u{FFFB}'     // interlinear annotation
        | '\u{E0000}'..='\u{E0FFF}'   // tags, more variation selectors
    )
}

fn sanitise(text: &str, keep_lines: bool, cap: usize) -> String {
    let mut safe = String::with_capacity(text.len().min(cap));
    let mut chars = 0_usize;
    let mut marks = 0_usize;
    // A mark with nothing before it would join the cell before the text.
    let mut has_base = false;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let shown = match c {
            ' '..='~' => Shown::Plain,
            '\n' if keep_lines => Shown::Plain,
            // The two signs that only choose an emoji's look.
            '\u{FE0E}' | '\u{FE0F}' => continue,
            c if c.is_control() => Shown::Byte,
            c if is_hidden(c) => Shown::Number,
            c if char_width(c) > 0 => Shown::Plain,
            _ if !has_base => Shown::Number,
            _ if marks == MAX_MARKS => continue,
            _ => Shown::Mark,
        };
        let length = match shown {
            Shown::Plain | Shown::Mark => 1,
            Shown::Byte => "\\xNN".len(),
            Shown::Number if c > '\u{FFFF}' => "<U+XXXXX>".len(),
            Shown::Number => "<U+XXXX>".len(),
        };
        let more = !rest.as_str().is_empty();
        if chars + length + usize::from(more) > cap {
            safe.push('…');
            return safe;
        }
        chars += length;
        match shown {
            Shown::Plain | Shown::Mark => safe.push(c),
            Shown::Byte => safe.push_str(&format!("\\x{:02X}", u32::from(c))),
            Shown::Number => safe.push_str(&format!("<U+{:04X}>", u32::from(c))),
        }
        if matches!(shown, Shown::Mark) {
            marks += 1;
        } else {
            marks = 0;
            has_base = c != '\n' || !keep_lines;
        }
    }
    safe
}

/// How a character is shown.
enum Shown {
    Plain,
    Mark,
    Byte,
    Number,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn controls_become_visible() {
        assert_eq!(safe_text(b"a\x1b]0;x\x07b"), r"a\x1B]0;x\x07b");
        assert_eq!(
            Safe::new("\u{9b}31m\u{7f}\t\r\n").as_str(),
            r"\x9B31m\x7F\x09\x0D\x0A"
        );
    }

    #[test]
    fn hidden_signs_become_their_numbers() {
        assert_eq!(Safe::new("a\u{202E}b").as_str(), "a<U+202E>b");
        assert_eq!(Safe::new("\u{200B}\u{E0041}").as_str(), "<U+200B><U+E0041>");
        assert_eq!(Safe::new("a\u{2028}b").as_str(), "a<U+2028>b");
    }

    #[test]
    fn bytes_that_are_no_text_are_shown_lossy() {
        assert_eq!(safe_text(b"caf\xe9"), "caf\u{FFFD}");
    }

    #[test]
    fn a_fifth_accent_goes_and_a_loose_one_is_shown() {
        let zalgo = format!("a{}b", "\u{301}".repeat(9));
        assert_eq!(Safe::new(&zalgo).as_str(), "a\u{301}\u{301}\u{301}\u{301}b");
        assert_eq!(Safe::new("\u{301}a").as_str(), "<U+0301>a");
    }

    #[test]
    fn a_long_text_ends_in_an_ellipsis() {
        let long = Safe::new(&"x".repeat(MAX_CHARS + 1));
        assert_eq!(long.as_str().chars().count(), MAX_CHARS);
        assert!(long.as_str().ends_with('…'));
        assert_eq!(
            Safe::new(&"x".repeat(MAX_CHARS)).as_str(),
            "x".repeat(MAX_CHARS)
        );
        assert!(safe_text("語".repeat(MAX_CHARS + 1).as_bytes()).ends_with("語…"));
    }

    #[test]
    fn lines_keeps_line_ends_alone() {
        assert_eq!(Safe::lines("a\n\x1bb\r\n").as_str(), "a\n\\x1Bb\\x0D\n");
    }

    proptest! {
        #[test]
        fn nothing_unsafe_survives(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let safe = safe_text(&bytes);
            prop_assert!(!safe.chars().any(|c| c.is_control() || is_hidden(c)), "{safe:?}");
        }

        #[test]
        fn safe_text_stays_as_it_is(text in "(\\PC|\\p{M}|[\\x00-\\x1f\u{7f}-\u{9f}\u{200b}-\u{202f}]){0,80}") {
            let once = Safe::new(&text);
            prop_assert_eq!(Safe::new(once.as_str()), once);
        }

        #[test]
        fn plain_ascii_is_untouched(text in "[ -~]{0,200}") {
            let safe = Safe::new(&text);
            prop_assert_eq!(safe.as_str(), text.as_str());
        }
    }
}
