//! Elements in the middle of JavaScript: `<p>don't</p>`.

use std::ops::ControlFlow;

use memchr::memchr;

use super::Sink;
use super::engine::Run;
use super::rule::{FAR, Found, Spot, block, find_close};
use super::span::line_token;
use super::state::{Frame, Prev, push};
use super::stops::Stops;

/// `<name`, `<>` where an operand must follow; not `<T,>(x: T) => x`.
pub(super) fn open(spot: &Spot<'_>) -> Found {
    if spot.prev != Prev::Operator {
        return Found::No;
    }
    let rest = spot.rest();
    let rest = &rest[..rest.len().min(FAR)];
    let name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$' | b'.' | b'-' | b':');
    let len = rest.iter().take_while(|&&b| name(b)).count();
    let after = rest[len..].trim_ascii_start();
    let begins = match rest.first() {
        Some(b) => b.is_ascii_alphabetic() || matches!(b, b'_' | b'$' | b'>'),
        None => false,
    };
    if !begins || after.starts_with(b",") || after.starts_with(b"extends ") {
        return Found::No;
    }
    Found::Enter(Frame::ElementTag, spot.at + 1)
}

static TAG: Stops = stops(b"\"'{/><");
static TEXT: Stops = stops(b"<{");

const fn stops(bytes: &[u8]) -> Stops {
    let mut marks = [0; 256];
    let mut i = 0;
    while i < bytes.len() {
        marks[bytes[i] as usize] = 1;
        i += 1;
    }
    Stops::of(marks)
}

impl<S: Sink> Run<'_, S> {
    /// Reads on in a tag: a quoted value, a comment, code in braces, or its end.
    pub(super) fn element_tag(&mut self) -> ControlFlow<()> {
        let at = TAG.next(self.text, self.pos, self.limit);
        self.rest_before(at)?;
        self.pos = at;
        if at >= self.limit {
            return ControlFlow::Continue(());
        }
        let next = self.text[..self.limit].get(at + 1).copied();
        self.pos = at + 1;
        match (self.text[at], next) {
            (quote @ (b'"' | b'\''), _) => {
                self.pos = memchr(quote, &self.text[at + 1..self.limit])
                    .map_or(self.limit, |i| at + 1 + i + 1);
            }
            (b'{', _) => self.enter_braces(at),
            (b'/', Some(b'>')) => {
                self.state.frames.pop();
                self.settle_as(at + 2, Prev::Value);
            }
            (b'/', Some(b'*')) => {
                let (body_end, end) = find_close(self.text, at + 2, self.limit, b"*/")
                    .map_or((self.limit, self.limit), |at| (at, at + 2));
                self.comment(block(at, (at + 2, body_end), end))?;
            }
            (b'/', Some(b'/')) => {
                self.comment(line_token(self.text, at, at + 2, self.limit, false, b""))?;
            }
            (b'>', _) => {
                self.state.frames.pop();
                self.state.frames.push(Frame::ElementText);
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }

    /// Reads on in the text of an element: code in braces, or the next tag.
    pub(super) fn element_text(&mut self) -> ControlFlow<()> {
        let at = TEXT.next(self.text, self.pos, self.limit);
        self.rest_before(at)?;
        self.pos = at;
        if at >= self.limit {
            return ControlFlow::Continue(());
        }
        let next = self.text[..self.limit].get(at + 1).copied();
        self.pos = at + 1;
        match (self.text[at], next) {
            (b'{', _) => self.enter_braces(at),
            (_, Some(b'/')) => {
                let end =
                    memchr(b'>', &self.text[at..self.limit]).map_or(self.limit, |i| at + i + 1);
                self.state.frames.pop();
                self.settle_as(end, Prev::Value);
            }
            (_, Some(b)) if b.is_ascii_alphabetic() || matches!(b, b'_' | b'$' | b'>') => {
                push(&mut self.state.frames, Frame::ElementTag);
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn enter_braces(&mut self, at: usize) {
        if push(
            &mut self.state.frames,
            Frame::Hole {
                text: None,
                depth: 1,
            },
        ) {
            self.settle_as(at + 1, Prev::Operator);
        }
    }
}
