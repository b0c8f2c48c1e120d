//! A source text cut into pieces that are read on their own, and known again in its next version.
//!
//! A piece begins a line outside every comment and string, after a line of code that stands apart from
//! the last comment before it. So no comment, no run of line comments and no code that a comment stands
//! at reaches over its ends: what it holds hangs on its own bytes and on the lexer's state at its start.

use std::cell::OnceCell;
use std::ops::{ControlFlow, Range};

use xxhash_rust::xxh3::xxh3_64;

use crate::debt::comment::{Lexer, LineState, Sink, Token};
use crate::debt::facts::Seen;
use crate::debt::language::Language;
use crate::debt::lines;

/// A piece is cut at the first place that can be had after this many bytes: small, and little is read
/// anew around a change; large, and little is kept for each piece.
const LENGTH: usize = 512;

/// How often a text may go back to pieces that are known. Each time the lexer starts anew, which may
/// look far ahead; no text written by hand comes near.
const MOST_RETURNS: usize = 64;

/// So many bytes of a piece's start tell it from others.
const START: usize = 32;

/// One piece of a text.
#[derive(Debug)]
pub(super) struct Piece {
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
    /// How many line ends it has.
    pub(super) lines: u32,
    /// How its bytes can be read.
    pub(super) encoding: Encoding,
    pub(super) held: Held,
    /// Where the lexer stands at its start.
    state: LineState,
}

/// What a piece holds; offsets and lines count from its start, lines from 1.
#[derive(Debug)]
pub(super) enum Held {
    /// It was not read yet: its comments.
    Tokens(Vec<Token>),
    /// Its sightings.
    Seen(Vec<Seen>),
}

/// What bytes are text in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Plain ASCII: the same in every encoding.
    Ascii,
    /// UTF-8, and not ASCII alone.
    Utf8,
    /// Something else.
    Other,
}

impl Encoding {
    fn of(bytes: &[u8]) -> Encoding {
        if bytes.is_ascii() {
            Encoding::Ascii
        } else if std::str::from_utf8(bytes).is_ok() {
            Encoding::Utf8
        } else {
            Encoding::Other
        }
    }
}

/// The pieces of an earlier version of a text, from the first on that is not at the start of the new
/// one.
pub(super) struct Known<'t> {
    text: &'t [u8],
    pieces: Vec<Piece>,
    /// How many bytes after a piece may have decided what is in it.
    ahead: usize,
    /// From where to its end the new text ends as this one does.
    end: usize,
    /// How far behind its place in this text that end stands in the new one; wraps around where it stands before.
    behind: usize,
    /// The first piece that begins in that end.
    end_pieces: usize,
    /// Of the pieces before; made at the first difference.
    starts: OnceCell<Starts>,
}

/// How pieces start.
struct Starts {
    /// For each start its piece, sorted.
    pieces: Vec<(u64, usize)>,
    /// A bit for each start's first bytes: most lines of a text start no piece, and that is soon told.
    first: [u64; FIRSTS / 64],
}

/// Bits for the first bytes of pieces.
const FIRSTS: usize = 4096;

impl Starts {
    fn may_start(&self, text: &[u8], at: usize) -> bool {
        let bit = first_of(text, at);
        self.first[bit / 64] >> (bit % 64) & 1 == 1
    }
}

/// Returns the bit of the bytes that a piece at `at` would start with.
fn first_of(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let mut first = [0; 16];
    match rest.first_chunk() {
        Some(bytes) => first = *bytes,
        None => first[..rest.len()].copy_from_slice(rest),
    }
    let number = u128::from_le_bytes(first);
    let number = (number as u64) ^ (number >> 64) as u64;
    (number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - FIRSTS.ilog2())) as usize
}

impl<'t> Known<'t> {
    /// Compares an earlier version with the new text. Returns the pieces that stand at the start of both,
    /// and those that come after them.
    fn new(
        language: Option<Language>,
        old: &'t [u8],
        mut pieces: Vec<Piece>,
        text: &[u8],
    ) -> (Vec<Piece>, Known<'t>) {
        let ahead = language.map_or(0, |language| Lexer::of(language).looks_ahead());
        let start = lines::common_start(old, text);
        // What comes after the last piece tells, since it may end within a line or a comment.
        let stands = |piece: &Piece| {
            let decided = piece.range.end + ahead;
            decided <= start && piece.range.end < old.len() && (ahead == 0 || decided < old.len())
        };
        let kept = if start == old.len() && start == text.len() {
            pieces.len()
        } else {
            pieces.partition_point(stands)
        };
        let end = old.len() - lines::common_end(&old[start..], &text[start..]);
        let later = pieces.split_off(kept);
        let end_pieces = later.partition_point(|piece| piece.range.start < end);
        let known = Known {
            text: old,
            pieces: later,
            ahead,
            end,
            behind: text.len().wrapping_sub(old.len()),
            end_pieces,
            starts: OnceCell::new(),
        };
        (pieces, known)
    }

    /// Where the new text begins to end as this one does.
    fn new_end(&self) -> usize {
        self.end.wrapping_add(self.behind)
    }

    /// Whether `at` is the place of piece `number` in the end that both texts have.
    fn in_end(&self, number: usize, at: usize) -> bool {
        let piece = self.pieces.get(number);
        number >= self.end_pieces
            && piece.is_some_and(|piece| at.wrapping_sub(piece.range.start) == self.behind)
    }

    /// Whether piece `number` stands in `text` at `at` as it stood in the earlier version.
    fn stands(&self, number: usize, text: &[u8], at: usize, state: &LineState) -> bool {
        let Some(piece) = self.pieces.get(number) else {
            return false;
        };
        // A lexer may look for more at the start of a file.
        if piece.state != *state || (piece.range.start == 0) != (at == 0) {
            return false;
        }
        let behind = at.wrapping_sub(piece.range.start);
        if self.in_end(number, at) {
            return true;
        }
        // What comes after the last piece tells, since it may end within a line or a comment.
        let last = number + 1 == self.pieces.len();
        let needed = if last { usize::MAX } else { self.ahead };
        let end = self.text.len().min(piece.range.end.saturating_add(needed));
        let ends = end == self.text.len() && (last || self.ahead > 0);
        let there = end.wrapping_add(behind);
        self.text.get(piece.range.start..end) == text.get(at..there)
            && (!ends || there == text.len())
    }

    /// Returns how the pieces from `from` on start that do not stand in the common end; all that come
    /// later are asked for from there.
    fn starts(&self, from: usize) -> &Starts {
        self.starts.get_or_init(|| {
            let mut first = [0; FIRSTS / 64];
            let pieces = self.pieces[..self.end_pieces].iter().enumerate().skip(from);
            let mut pieces: Vec<(u64, usize)> = pieces
                .map(|(number, piece)| {
                    let bit = first_of(self.text, piece.range.start);
                    first[bit / 64] |= 1 << (bit % 64);
                    (start_of(self.text, piece.range.start), number)
                })
                .collect();
            pieces.sort_unstable();
            Starts { pieces, first }
        })
    }

    /// Finds a piece from `from` on that stands in `text` at `at`.
    fn find(&self, from: usize, text: &[u8], at: usize, state: &LineState) -> Option<usize> {
        if at >= self.new_end() {
            let pieces = &self.pieces[self.end_pieces..];
            let old = at.wrapping_sub(self.behind);
            let number = pieces.binary_search_by_key(&old, |piece| piece.range.start);
            let number = self.end_pieces + number.ok()?;
            return (number >= from && self.stands(number, text, at, state)).then_some(number);
        }
        if from >= self.end_pieces {
            return None;
        }
        let starts = self.starts(from);
        if !starts.may_start(text, at) {
            return None;
        }
        let start = start_of(text, at);
        let first = starts
            .pieces
            .partition_point(|known| *known < (start, from));
        let alike = starts.pieces.get(first..)?.iter().take(2);
        let mut alike = alike.take_while(|(known, _)| *known == start);
        alike
            .find(|(_, number)| self.stands(*number, text, at, state))
            .map(|(_, number)| *number)
    }

    /// Returns the first place after `at` and before `due` where a piece from `from` on may stand, else
    /// `due`.
    fn next_start(&self, from: usize, text: &[u8], at: usize, due: usize) -> usize {
        let new_end = self.new_end();
        if at < new_end && from < self.end_pieces {
            let starts = self.starts(from);
            let rest = text.get(at..).unwrap_or_default();
            let mut lines = memchr::memchr_iter(b'\n', rest).map(|end| at + end + 1);
            let upto = due.min(new_end);
            let next = lines.find(|line| *line >= upto || starts.may_start(text, *line));
            match next {
                Some(line) if line < upto => return line,
                Some(_) => {}
                None => return usize::MAX,
            }
        }
        let pieces = &self.pieces[self.end_pieces..];
        let next = if at < new_end {
            0
        } else {
            let old = at.wrapping_sub(self.behind);
            pieces.partition_point(|piece| piece.range.start <= old)
        };
        let next = pieces.get(next).map(|piece| piece.range.start);
        next.map_or(due, |start| start.wrapping_add(self.behind).min(due))
    }
}

fn start_of(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    xxh3_64(&rest[..rest.len().min(START)])
}

/// The earlier version of a text: its bytes and its pieces.
pub(super) type Earlier<'t> = (&'t [u8], Vec<Piece>);

/// Cuts a text into pieces. Those that the earlier version has too are taken from it; it was cut in the
/// same way. Without a language its lines are all that is told from each other.
pub(super) fn cut(
    language: Option<Language>,
    text: &[u8],
    (old, pieces): Earlier<'_>,
) -> Vec<Piece> {
    let (mut pieces, mut known) = Known::new(language, old, pieces, text);
    let mut at = pieces.last().map_or(0, |piece| piece.range.end);
    let next = known.pieces.first();
    let mut state = next.map_or_else(LineState::default, |piece| piece.state.clone());
    // The piece of the earlier version that would come next.
    let mut next = 0;
    let mut returns = 0;
    loop {
        while known.stands(next, text, at, &state) {
            // What ends both is the same from there on.
            let all = match known.in_end(next, at) {
                true => known.pieces.len(),
                false => next + 1,
            };
            for piece in &mut known.pieces[next..all] {
                let end = at + piece.range.len();
                pieces.push(Piece {
                    range: at..end,
                    lines: piece.lines,
                    encoding: piece.encoding,
                    held: std::mem::replace(&mut piece.held, Held::Seen(Vec::new())),
                    state: std::mem::take(&mut piece.state),
                });
                at = end;
            }
            next = all;
            if let Some(piece) = known.pieces.get(next) {
                state = piece.state.clone();
            }
        }
        if at >= text.len() {
            return pieces;
        }
        let mut cutter = Cutter {
            text,
            known: (returns < MOST_RETURNS && next < known.pieces.len()).then_some(&known),
            next,
            start: at,
            state: state.clone(),
            tokens: Vec::new(),
            apart: true,
            seen_to: at,
            pieces: &mut pieces,
            back: None,
        };
        match language {
            Some(language) => Lexer::of(language).run(text, at, state, &mut cutter),
            None => run_lines(text, at, &mut cutter),
        }
        let Some((number, there)) = cutter.back else {
            cutter.close(text.len(), LineState::default());
            return pieces;
        };
        at = cutter.start;
        state = there;
        next = number;
        returns += 1;
    }
}

/// Offers every line from `from` on as a place to go on from.
fn run_lines(text: &[u8], from: usize, sink: &mut impl Sink) {
    let mut at = from;
    loop {
        let wanted = sink.next_resting(at).max(at + 1);
        let rest = text.get(wanted - 1..).unwrap_or_default();
        let Some(end) = memchr::memchr(b'\n', rest) else {
            return;
        };
        at = wanted + end;
        if at >= text.len() || sink.resting(at, &LineState::default()).is_break() {
            return;
        }
    }
}

/// Takes the comments of new pieces, until one is met that is known.
struct Cutter<'a, 't> {
    text: &'a [u8],
    known: Option<&'a Known<'t>>,
    /// The first piece of the earlier version that may come.
    next: usize,
    /// The piece that is being made.
    start: usize,
    state: LineState,
    tokens: Vec<Token>,
    /// Whether code was met after the last comment, and up to where that was looked at.
    apart: bool,
    seen_to: usize,
    pieces: &'a mut Vec<Piece>,
    /// The known piece that stands at the end.
    back: Option<(usize, LineState)>,
}

impl Cutter<'_, '_> {
    /// Ends the piece at `at`, where the lexer stands at `state`.
    fn close(&mut self, at: usize, state: LineState) {
        let bytes = self.text.get(self.start..at).unwrap_or_default();
        let lines = memchr::memchr_iter(b'\n', bytes).count();
        self.pieces.push(Piece {
            range: self.start..at,
            lines: u32::try_from(lines).unwrap_or(u32::MAX),
            encoding: Encoding::of(bytes),
            held: Held::Tokens(std::mem::take(&mut self.tokens)),
            state: std::mem::replace(&mut self.state, state),
        });
        self.start = at;
    }
}

impl Sink for Cutter<'_, '_> {
    fn comment(&mut self, token: Token) -> ControlFlow<()> {
        self.tokens.push(Token {
            start: token.start - self.start,
            end: token.end - self.start,
            body_start: token.body_start - self.start,
            body_end: token.body_end - self.start,
            kind: token.kind,
        });
        self.apart = false;
        self.seen_to = token.end;
        ControlFlow::Continue(())
    }

    fn resting(&mut self, at: usize, state: &LineState) -> ControlFlow<()> {
        if !self.apart {
            let code = self.text.get(self.seen_to..at).unwrap_or_default();
            self.apart = !code.trim_ascii_start().is_empty();
            self.seen_to = at;
        }
        if !self.apart {
            return ControlFlow::Continue(());
        }
        if let Some(known) = self.known
            && let Some(number) = known.find(self.next, self.text, at, state)
        {
            self.close(at, LineState::default());
            self.back = Some((number, state.clone()));
            return ControlFlow::Break(());
        }
        if at - self.start >= LENGTH {
            self.close(at, state.clone());
        }
        ControlFlow::Continue(())
    }

    fn next_resting(&mut self, at: usize) -> usize {
        let due = self.start + LENGTH;
        let Some(known) = self.known else {
            return due;
        };
        if at >= due {
            return at + 1;
        }
        // Only where a known piece may start is there more to ask.
        known.next_start(self.next, self.text, at, due)
    }
}
