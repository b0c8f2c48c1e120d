//! The comments of a text, found exactly: never in a string, a literal or a name.
//!
//! The tables of comment signs and quotes are those of `tokei`; `own` says where a language needs
//! more than a table, as rules of the same shape. One engine (`run`) reads them all, hops from one
//! telling byte to the next, and can stop and go on at the start of any line it calls *resting*.

mod charlit;
mod engine;
mod family;
mod grammar;
mod guard;
mod heredoc;
mod jsx;
mod literal;
mod markup;
mod own;
mod perl;
mod python;
mod ruby;
mod rule;
mod span;
mod state;
mod stops;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

pub use grammar::Lexer;
pub use state::LineState;

use super::language::Language;

/// Which of a language's comments a token is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TokenKind {
    /// From its sign to the end of the line.
    Line,
    /// From its sign to its closing sign, over any number of lines.
    Block,
    /// A string that stands as a statement of its own.
    Docstring,
}

/// One comment as the language has it. Offsets are bytes of the text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Token {
    /// Where its sign begins.
    pub start: usize,
    /// The end of its closing sign, or of the line (line end excluded), or of the text.
    pub end: usize,
    /// The start of its text: after the sign, with repeated or doc signs (`///`, `/**`, `//!`).
    pub body_start: usize,
    /// The end of its text: before the closing sign.
    pub body_end: usize,
    /// Line, block or docstring.
    pub kind: TokenKind,
}

/// What takes the comments of a run.
pub trait Sink {
    /// Takes the next comment; they come in order and never overlap. Breaking ends the run.
    fn comment(&mut self, token: Token) -> ControlFlow<()>;

    /// Takes a place to go on from: `at` starts a line and stands outside every comment and string,
    /// and all comments before it were handed over. A run from `at` with `state` gives what this
    /// run gives after `at`; what it gives hangs on `state` and on the bytes from `at` on alone.
    fn resting(&mut self, at: usize, state: &LineState) -> ControlFlow<()> {
        let _ = (at, state);
        ControlFlow::Continue(())
    }

    /// The offset from which the next resting place is wanted, `at` being the start of the run or
    /// the last resting place: the first that can be had at or after it is handed over. A sink that
    /// knows an older version's places asks for the next of them, since both versions have it when
    /// they stand alike there.
    fn next_resting(&mut self, at: usize) -> usize {
        at + 1024
    }
}

impl Lexer {
    /// The lexer of a language, built on first use and kept.
    pub fn of(language: Language) -> &'static Lexer {
        grammar::lexer_of(language)
    }

    /// Lexes `text` from `from`, a line start where the lexer stands at `state` (0 and the default
    /// for the whole text), until the sink breaks or the text ends.
    pub fn run(&'static self, text: &[u8], from: usize, state: LineState, sink: &mut impl Sink) {
        engine::run(self, text, from, state, sink);
    }
}

/// All comments of a text.
pub fn comments(language: Language, text: &[u8]) -> Vec<Token> {
    struct All(Vec<Token>);
    impl Sink for All {
        fn comment(&mut self, token: Token) -> ControlFlow<()> {
            self.0.push(token);
            ControlFlow::Continue(())
        }
        fn next_resting(&mut self, _at: usize) -> usize {
            usize::MAX
        }
    }
    let mut all = All(Vec::new());
    Lexer::of(language).run(text, 0, LineState::default(), &mut all);
    all.0
}

/// The `<!-- … -->` comments of prose, in order; one that is not closed runs to the end.
pub fn html_comments(text: &[u8]) -> Vec<Token> {
    const OPEN: &[u8] = b"<!--";
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = memchr::memmem::find(&text[from..], OPEN) {
        let start = from + at;
        let body_start = start + OPEN.len();
        let (body_end, end) = rule::find_close(text, body_start, text.len(), b"-->")
            .map_or((text.len(), text.len()), |at| (at, at + 3));
        found.push(Token {
            start,
            end,
            body_start,
            body_end,
            kind: TokenKind::Block,
        });
        from = end;
    }
    found
}
