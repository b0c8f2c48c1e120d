//! The shape of a rule: what opens a comment or a text, where it may stand, and how it ends.

use super::state::{Frame, Prev};
use super::{Token, TokenKind};

/// Whether a rule holds at a place.
pub(super) type Guard = fn(&Spot<'_>) -> bool;
/// A literal that no table describes.
pub(super) type Mechanism = fn(&Spot<'_>) -> Found;

/// A rule of a language.
#[derive(Clone, Copy)]
pub(super) struct Rule {
    /// The bytes it begins with, never empty.
    pub(super) open: &'static [u8],
    /// Letters of `open` match in either case.
    pub(super) fold: bool,
    /// Whether it looks ahead over lines, up to [`FAR`], before it says that it does not hold.
    pub(super) far: bool,
    /// What must hold besides.
    pub(super) guard: Option<Guard>,
    /// What it is.
    pub(super) what: What,
}

/// How far a rule may look ahead in vain: the two parts of a substitution of Perl, and what is between.
pub(super) const FAR: usize = 9 * 1024;

/// What a rule finds.
#[derive(Clone, Copy)]
pub(super) enum What {
    /// A comment to the end of the line, or to `stop` where that comes first; a backslash at the
    /// line's end takes the next line in where `continued`.
    Line {
        continued: bool,
        stop: &'static [u8],
    },
    /// A comment to `close`; with `nest` each further opening needs its own closing, with `quoted`
    /// a string in it hides its closing.
    Block {
        close: &'static [u8],
        nest: bool,
        quoted: bool,
    },
    /// A string.
    Text(Text),
    /// Bytes that mean nothing to the lexer: the opening and that many more.
    Skip(usize),
    /// Something that needs its own reading.
    Call(Mechanism),
}

/// How a string goes on and ends.
#[derive(Clone, Copy)]
pub(super) struct Text {
    pub(super) close: &'static [u8],
    pub(super) escape: Escape,
    /// Whether it may go over lines; if not, it ends at the line's end come what may.
    pub(super) lines: bool,
    pub(super) hole: Option<Hole>,
}

/// What takes the meaning from a closing sign.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Escape {
    /// Nothing.
    None,
    /// A backslash before it.
    Backslash,
    /// Its being written twice.
    Doubled,
    /// A backtick before it, or its being written twice.
    Backtick,
    /// Nix: `'''`, `''$` and `''\`.
    TwoQuotes,
}

/// Code inside a string.
#[derive(Clone, Copy)]
pub(super) struct Hole {
    pub(super) open: &'static [u8],
    /// The bracket that goes deeper, and the one that comes back.
    pub(super) up: u8,
    pub(super) down: u8,
    /// Whether `open` written twice is text.
    pub(super) twice_is_text: bool,
}

/// What a mechanism found at a spot.
pub(super) enum Found {
    /// Nothing: the next rule is asked.
    No,
    /// Plain code up to there.
    Code(usize),
    /// A literal up to there.
    Literal(usize),
    /// A comment.
    Comment(Token),
    /// The rest of a line begins there, and after the line comes a body to leave out.
    Heredoc(Heredoc, usize),
    /// A frame to go into, and where its inside begins.
    Enter(Frame, usize),
    /// The end of an embedded language.
    Leave(usize),
}

/// A text that begins on the next line.
#[derive(Clone, Copy)]
pub(super) struct Heredoc {
    /// Where its closing word stands in the text.
    pub(super) word: (usize, usize),
    /// The closing word may be indented.
    pub(super) indented: bool,
    /// More may follow the closing word on its line (PHP).
    pub(super) open_ended: bool,
}

/// A place in a text, for guards and mechanisms. They may look ahead up to `end`, and back to the
/// start of the line; `prev` and `brackets` tell what lies before, so that nothing hangs on more
/// bytes than a `LineState` remembers.
pub(super) struct Spot<'t> {
    pub(super) text: &'t [u8],
    pub(super) at: usize,
    pub(super) end: usize,
    /// Of the rule's opening.
    pub(super) open: usize,
    pub(super) prev: Prev,
    pub(super) brackets: i32,
    /// Whether the file as a whole is one of PHP.
    pub(super) in_php_file: bool,
}

impl<'t> Spot<'t> {
    /// The byte `ahead` of the opening's first byte.
    pub(super) fn byte(&self, ahead: usize) -> Option<u8> {
        let at = self.at + ahead;
        (at < self.end).then(|| self.text[at])
    }

    /// The byte before, if it is on the same line.
    pub(super) fn before(&self) -> Option<u8> {
        self.before_at(self.at)
    }

    /// The byte before `at`, if it is on the same line.
    pub(super) fn before_at(&self, at: usize) -> Option<u8> {
        at.checked_sub(1)
            .map(|i| self.text[i])
            .filter(|&b| b != b'\n')
    }

    /// What follows the opening.
    pub(super) fn rest(&self) -> &'t [u8] {
        &self.text[(self.at + self.open).min(self.end)..self.end]
    }

    /// What follows the opening on its line, as far as a literal of one line is followed: a longer
    /// line would be read again for each opening on it.
    pub(super) fn rest_of_line(&self) -> &'t [u8] {
        const LONGEST: usize = 2048;
        let rest = self.rest();
        let rest = &rest[..rest.len().min(LONGEST)];
        &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())]
    }

    /// What stands before `at` on its line; `None` if that is a kilobyte or more.
    pub(super) fn line_before(&self, at: usize) -> Option<&'t [u8]> {
        let floor = at.saturating_sub(1024);
        let before = &self.text[floor..at];
        match memchr::memrchr(b'\n', before) {
            Some(i) => Some(&before[i + 1..]),
            None => (floor == 0).then_some(before),
        }
    }

    /// The last byte before that is no blank, on the same line, and where it stands.
    pub(super) fn last_before(&self) -> Option<(usize, u8)> {
        let mut at = self.at;
        while let Some(b) = self.before_at(at) {
            at -= 1;
            if !is_blank(b) {
                return Some((at, b));
            }
        }
        None
    }

    /// The name that ends right before `at`, at most 24 bytes of it, empty if there is none.
    pub(super) fn name_before(&self, at: usize) -> &'t [u8] {
        let mut start = at;
        while start > 0 && at - start < 24 && is_name(self.text[start - 1]) {
            start -= 1;
        }
        &self.text[start..at]
    }
}

pub(super) fn is_blank(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\r' | 0x0b | 0x0c)
}

/// A byte of a name; all bytes beyond ASCII count as letters.
pub(super) fn is_name(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80
}

/// Where `close` next begins in `text[from..end]`.
pub(super) fn find_close(text: &[u8], from: usize, end: usize, close: &[u8]) -> Option<usize> {
    // The last byte is the rarer one: a doc comment is full of `*` and has one `/`.
    let last = *close.last()?;
    let mut at = from + close.len() - 1;
    while at < end {
        at += memchr::memchr(last, &text[at..end])?;
        if text[..=at].ends_with(close) {
            return Some(at + 1 - close.len());
        }
        at += 1;
    }
    None
}

/// A block comment from `start` whose text lies in `body`.
pub(super) fn block(start: usize, body: (usize, usize), end: usize) -> Token {
    Token {
        start,
        end,
        body_start: body.0,
        body_end: body.1,
        kind: TokenKind::Block,
    }
}

// The words in which the tables are written.

const fn rule(open: &'static str, what: What) -> Rule {
    Rule {
        open: open.as_bytes(),
        fold: false,
        far: false,
        guard: None,
        what,
    }
}

pub(super) const fn line(open: &'static str) -> Rule {
    rule(
        open,
        What::Line {
            continued: false,
            stop: b"",
        },
    )
}

pub(super) const fn continued_line(open: &'static str) -> Rule {
    rule(
        open,
        What::Line {
            continued: true,
            stop: b"",
        },
    )
}

pub(super) const fn line_until(open: &'static str, stop: &'static str) -> Rule {
    rule(
        open,
        What::Line {
            continued: false,
            stop: stop.as_bytes(),
        },
    )
}

pub(super) const fn blocks(open: &'static str, close: &'static str) -> Rule {
    rule(
        open,
        What::Block {
            close: close.as_bytes(),
            nest: false,
            quoted: false,
        },
    )
}

pub(super) const fn nested(open: &'static str, close: &'static str) -> Rule {
    rule(
        open,
        What::Block {
            close: close.as_bytes(),
            nest: true,
            quoted: false,
        },
    )
}

pub(super) const fn nested_quoted(open: &'static str, close: &'static str) -> Rule {
    rule(
        open,
        What::Block {
            close: close.as_bytes(),
            nest: true,
            quoted: true,
        },
    )
}

const fn text(open: &'static str, close: &'static str, escape: Escape, lines: bool) -> Rule {
    rule(
        open,
        What::Text(Text {
            close: close.as_bytes(),
            escape,
            lines,
            hole: None,
        }),
    )
}

/// A string of one line with backslashes.
pub(super) const fn string(quote: &'static str) -> Rule {
    text(quote, quote, Escape::Backslash, false)
}

/// A string of any number of lines with backslashes.
pub(super) const fn long_string(quote: &'static str) -> Rule {
    text(quote, quote, Escape::Backslash, true)
}

/// A string in which nothing but the closing sign means anything.
pub(super) const fn verbatim(open: &'static str, close: &'static str) -> Rule {
    text(open, close, Escape::None, true)
}

/// A string of one line in which nothing but the closing sign means anything.
pub(super) const fn verbatim_line(open: &'static str, close: &'static str) -> Rule {
    text(open, close, Escape::None, false)
}

/// A string of one line whose quote is written twice to be meant.
pub(super) const fn doubled(quote: &'static str) -> Rule {
    text(quote, quote, Escape::Doubled, false)
}

/// A string of any number of lines whose quote is written twice to be meant.
pub(super) const fn long_doubled(open: &'static str, close: &'static str) -> Rule {
    text(open, close, Escape::Doubled, true)
}

pub(super) const fn escaped(open: &'static str, close: &'static str, escape: Escape) -> Rule {
    text(open, close, escape, true)
}

pub(super) const fn skip(open: &'static str, more: usize) -> Rule {
    rule(open, What::Skip(more))
}

pub(super) const fn call(open: &'static str, mechanism: Mechanism) -> Rule {
    rule(open, What::Call(mechanism))
}

pub(super) const fn braces(open: &'static str) -> Hole {
    Hole {
        open: open.as_bytes(),
        up: b'{',
        down: b'}',
        twice_is_text: false,
    }
}

pub(super) const fn parens(open: &'static str) -> Hole {
    Hole {
        open: open.as_bytes(),
        up: b'(',
        down: b')',
        twice_is_text: false,
    }
}

/// `{ … }`, where `{{` is text.
pub(super) const BARE_BRACES: Hole = Hole {
    open: b"{",
    up: b'{',
    down: b'}',
    twice_is_text: true,
};

impl Rule {
    pub(super) const fn when(mut self, guard: Guard) -> Rule {
        self.guard = Some(guard);
        self
    }

    /// Says that it looks ahead over lines.
    pub(super) const fn far(self) -> Rule {
        Rule { far: true, ..self }
    }

    pub(super) const fn folded(mut self) -> Rule {
        self.fold = true;
        self
    }

    /// The same string with code in it.
    pub(super) const fn with(mut self, hole: Hole) -> Rule {
        if let What::Text(mut text) = self.what {
            text.hole = Some(hole);
            self.what = What::Text(text);
        }
        self
    }

    /// The same string from another opening: `f"` for `"`.
    pub(super) const fn opened_by(mut self, open: &'static str) -> Rule {
        self.open = open.as_bytes();
        self
    }

    /// Whether its opening stands at `at`.
    pub(super) fn opens(&self, text: &[u8], at: usize, end: usize) -> bool {
        let Some(there) = text[..end].get(at..at + self.open.len()) else {
            return false;
        };
        there == self.open || self.fold && there.eq_ignore_ascii_case(self.open)
    }
}
