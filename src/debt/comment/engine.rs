//! The one engine that reads every grammar: hops to the next telling byte and asks its rules.

use std::ops::ControlFlow;

use memchr::memchr;

use super::grammar::{Lexer, php_code};
use super::guard::is_keyword;
use super::rule::{Found, Heredoc, Rule, Spot, What, block, find_close, is_name};
use super::span::{InText, body_start, in_text, line_token, nested_end};
use super::state::{Frame, LineState, Prev, Region, push};
use super::{Sink, Token, markup};

/// More heredocs than this on one line are read as code.
const MOST_HEREDOCS: usize = 32;

pub(super) fn run(
    lexer: &'static Lexer,
    text: &[u8],
    from: usize,
    state: LineState,
    sink: &mut impl Sink,
) {
    let from = from.min(text.len());
    let want = sink.next_resting(from);
    let mut run = Run {
        text,
        sink,
        root: lexer,
        grammar: lexer,
        limit: text.len(),
        pos: from,
        want,
        mark: from,
        state,
        heredocs: Vec::new(),
        line_end: from,
    };
    run.enter_region();
    if from == 0 && run.state.frames.is_empty() {
        run.start_of_file();
    }
    // Broken or done, there is nothing more to say.
    let _ = run.go();
}

pub(super) struct Run<'t, S> {
    pub(super) text: &'t [u8],
    pub(super) sink: &'t mut S,
    root: &'static Lexer,
    /// Of the innermost language.
    grammar: &'static Lexer,
    /// The end of the innermost language's part of the text.
    pub(super) limit: usize,
    pub(super) pos: usize,
    want: usize,
    /// Up to where `state.prev` and `state.brackets` speak.
    pub(super) mark: usize,
    pub(super) state: LineState,
    heredocs: Vec<Heredoc>,
    /// The end of the line that `heredocs` wait for.
    line_end: usize,
}

impl<S: Sink> Run<'_, S> {
    fn go(&mut self) -> ControlFlow<()> {
        loop {
            let in_hole = match self.state.frames.last() {
                Some(Frame::ElementTag) => {
                    self.element_tag()?;
                    if self.pos < self.limit {
                        continue;
                    }
                    true
                }
                Some(Frame::ElementText) => {
                    self.element_text()?;
                    if self.pos < self.limit {
                        continue;
                    }
                    true
                }
                Some(Frame::Hole { .. }) => true,
                _ => false,
            };
            let stop = if self.heredocs.is_empty() {
                self.limit
            } else {
                self.heredoc_line()
            };
            let stops = if in_hole {
                &self.grammar.in_hole
            } else {
                &self.grammar.in_code
            };
            let at = stops.next(self.text, self.pos, stop);
            if at >= self.want {
                self.rest_before(at)?;
            }
            if at < stop {
                self.dispatch(at)?;
                continue;
            }
            self.pos = at;
            if !self.heredocs.is_empty() {
                self.leave_out_heredocs();
            } else if !self.leave_region() {
                return ControlFlow::Continue(());
            }
        }
    }

    /// Hands over the resting places among the line starts of `pos..=upto`, plain code.
    pub(super) fn rest_before(&mut self, upto: usize) -> ControlFlow<()> {
        let mut from = self.pos;
        while upto >= self.want {
            from = from.max(self.want.saturating_sub(1));
            let Some(at) = self.text.get(from..upto).and_then(|t| memchr(b'\n', t)) else {
                break;
            };
            let at = from + at;
            from = at + 1;
            // What a line means may hang on the backslash that joins it to the last.
            let line = self.text[..at]
                .strip_suffix(b"\r")
                .unwrap_or(&self.text[..at]);
            if line.ends_with(b"\\") {
                continue;
            }
            self.settle(at + 1);
            self.sink.resting(at + 1, &self.state)?;
            self.want = self.sink.next_resting(at + 1).max(at + 2);
        }
        ControlFlow::Continue(())
    }

    /// Takes the code of `mark..at` into what lies before.
    fn settle(&mut self, at: usize) {
        if self.mark < at {
            if self.grammar.tells_prev {
                self.state.prev = self.prev_at(at);
            }
            if self.grammar.counts_brackets {
                let code = &self.text[self.mark..at];
                let count = |of: fn(u8) -> bool| code.iter().filter(|&&b| of(b)).count() as i32;
                let opened = count(|b| matches!(b, b'(' | b'[' | b'{'));
                let closed = count(|b| matches!(b, b')' | b']' | b'}'));
                self.state.brackets = self
                    .state
                    .brackets
                    .wrapping_add(opened)
                    .wrapping_sub(closed);
            }
        }
        self.mark = self.mark.max(at);
    }

    fn prev_at(&self, at: usize) -> Prev {
        let code = &self.text[self.mark..at];
        let Some(last) = code.iter().rposition(|b| !b.is_ascii_whitespace()) else {
            return self.state.prev;
        };
        let b = code[last];
        if is_name(b) || b == b'$' || b == b'@' {
            let start = code[..last]
                .iter()
                .rposition(|&b| !is_name(b))
                .map_or(0, |i| i + 1);
            let name = &code[start.min(last)..=last];
            // A field or a variable may be called as a keyword is.
            let field = start > 0 && matches!(code[start - 1], b'.' | b'$' | b'@' | b'>');
            return match name.first() {
                Some(b'0'..=b'9') => Prev::Value,
                _ if is_keyword(name) && !field => Prev::Operator,
                _ => Prev::Name,
            };
        }
        match b {
            b')' | b']' | b'}' | b'"' | b'\'' | b'`' => Prev::Value,
            // `x++ / y`, `x-- / y`.
            b'+' | b'-' if last > 0 && code[last - 1] == b => Prev::Value,
            _ => Prev::Operator,
        }
    }

    fn dispatch(&mut self, at: usize) -> ControlFlow<()> {
        let grammar = self.grammar;
        let b = self.text[at];
        if let Some(Frame::Hole { text, depth }) = self.state.frames.last_mut() {
            let (up, down) = grammar.hole_brackets(*text);
            if b == down && *depth <= 1 {
                let text = *text;
                self.state.frames.pop();
                self.settle_as(at + 1, Prev::Value);
                if let Some(text) = text {
                    self.go_on_with_text(text, at + 1);
                }
                return ControlFlow::Continue(());
            } else if b == down {
                *depth -= 1;
            } else if b == up {
                *depth = depth.saturating_add(1);
            }
        }
        // No sign of letters begins in the middle of a name.
        if is_name(b) && at > 0 && is_name(self.text[at - 1]) && b < 0x80 {
            self.pos = at + 1;
            return ControlFlow::Continue(());
        }
        for &index in grammar.rules_at(b) {
            let rule = &grammar.rules[usize::from(index)];
            if !rule.opens(self.text, at, self.limit) {
                continue;
            }
            if let Some(guard) = rule.guard
                && !guard(&self.spot(at, rule))
            {
                continue;
            }
            if self.apply(index, rule, at)? {
                return ControlFlow::Continue(());
            }
        }
        self.pos = at + 1;
        ControlFlow::Continue(())
    }

    fn spot(&mut self, at: usize, rule: &Rule) -> Spot<'_> {
        self.settle(at);
        Spot {
            text: self.text,
            at,
            end: self.limit,
            open: rule.open.len(),
            prev: self.state.prev,
            brackets: self.state.brackets,
            in_php_file: self.root.php,
        }
    }

    /// Does what a rule says at its opening; says whether it holds there.
    fn apply(&mut self, index: u16, rule: &Rule, at: usize) -> ControlFlow<(), bool> {
        let body = at + rule.open.len();
        match rule.what {
            What::Line { continued, stop } => {
                let token = self.line_comment(at, rule, continued, stop);
                self.comment(token)?;
            }
            What::Block {
                close,
                nest,
                quoted,
            } => {
                let (body_end, end) = if nest {
                    nested_end(self.text, body, self.limit, rule.open, close, quoted)
                } else {
                    find_close(self.text, body, self.limit, close)
                        .map_or((self.limit, self.limit), |at| (at, at + close.len()))
                };
                let body_start = body_start(self.text, body, body_end, rule.open);
                self.comment(block(at, (body_start, body_end), end))?;
            }
            What::Text(_) => {
                self.settle(at);
                self.go_on_with_text(index, body);
            }
            What::Skip(more) => {
                self.settle(at);
                self.settle_as((body + more).min(self.limit), Prev::Value);
            }
            What::Call(mechanism) => match mechanism(&self.spot(at, rule)) {
                Found::No => return ControlFlow::Continue(false),
                Found::Code(end) => self.pos = end,
                Found::Literal(end) => self.settle_as(end, Prev::Value),
                Found::Comment(token) => self.comment(token)?,
                Found::Heredoc(heredoc, end) => {
                    if self.heredocs.len() < MOST_HEREDOCS {
                        if self.heredocs.is_empty() {
                            self.line_end = end;
                        }
                        self.heredocs.push(heredoc);
                    }
                    self.settle_as(end, Prev::Value);
                }
                Found::Enter(frame, inside) => {
                    if !push(&mut self.state.frames, frame) {
                        return ControlFlow::Continue(false);
                    }
                    self.settle_as(inside, Prev::Operator);
                    if matches!(frame, Frame::Embedded { .. }) {
                        self.state.brackets = 0;
                        self.enter_region();
                    }
                }
                Found::Leave(end) => {
                    self.pos = end;
                    self.pop_region();
                }
            },
        }
        ControlFlow::Continue(true)
    }

    /// Goes to `end`, what lies before it being `prev`.
    pub(super) fn settle_as(&mut self, end: usize, prev: Prev) {
        self.pos = end;
        self.mark = end;
        self.state.prev = prev;
    }

    pub(super) fn comment(&mut self, token: Token) -> ControlFlow<()> {
        self.settle(token.start);
        self.pos = token.end;
        self.mark = token.end;
        self.sink.comment(token)
    }

    fn line_comment(&self, at: usize, rule: &Rule, continued: bool, stop: &[u8]) -> Token {
        line_token(
            self.text,
            at,
            at + rule.open.len(),
            self.limit,
            continued,
            stop,
        )
    }

    /// Reads on in a string, from `from` to its end or into code inside it.
    fn go_on_with_text(&mut self, index: u16, from: usize) {
        let grammar = self.grammar;
        let What::Text(text) = grammar.rules[usize::from(index)].what else {
            self.pos = from;
            return;
        };
        let stops = grammar.in_text(index);
        let mut at = from;
        loop {
            at = stops.next(self.text, at, self.limit);
            if at >= self.limit {
                return self.settle_as(self.limit, Prev::Value);
            }
            match in_text(self.text, at, self.limit, &text) {
                InText::End(end) => return self.settle_as(end, Prev::Value),
                InText::On(next) => at = next,
                InText::Hole(inside) => {
                    let hole = Frame::Hole {
                        text: Some(index),
                        depth: 1,
                    };
                    if push(&mut self.state.frames, hole) {
                        return self.settle_as(inside, Prev::Operator);
                    }
                    at = inside;
                }
            }
        }
    }

    /// The end of the line that heredocs wait for, not before `pos`.
    fn heredoc_line(&mut self) -> usize {
        if self.line_end < self.pos || self.text.get(self.line_end) != Some(&b'\n') {
            let from = self.pos.min(self.limit);
            self.line_end =
                memchr(b'\n', &self.text[from..self.limit]).map_or(self.limit, |i| from + i);
        }
        self.line_end.min(self.limit)
    }

    fn leave_out_heredocs(&mut self) {
        let line_end = self.line_end.min(self.limit);
        self.settle(line_end);
        let mut at = (line_end + 1).min(self.limit);
        for heredoc in std::mem::take(&mut self.heredocs) {
            at = super::heredoc::end(self.text, at, self.limit, heredoc);
        }
        self.pos = at;
        self.mark = at;
    }

    /// Takes up the innermost embedded language and finds where its part ends.
    fn enter_region(&mut self) {
        let embedded = self
            .state
            .frames
            .iter()
            .rev()
            .find_map(|frame| match *frame {
                Frame::Embedded { language, region } => Some((language, region)),
                _ => None,
            });
        (self.grammar, self.limit) = match embedded {
            None => (self.root, self.text.len()),
            Some((language, region)) => (
                if region == Region::Php {
                    php_code()
                } else {
                    Lexer::of(language)
                },
                markup::region_end(region, self.text, self.pos.min(self.text.len())),
            ),
        };
    }

    /// At the limit: goes back to the language around, or into the PHP in a script; says whether
    /// there is more to read.
    fn leave_region(&mut self) -> bool {
        if self.pos >= self.text.len() {
            return false;
        }
        let within = self
            .state
            .frames
            .iter()
            .rev()
            .find_map(|frame| match frame {
                Frame::Embedded { region, .. } => Some(*region),
                _ => None,
            });
        if within == Some(Region::ScriptWithPhp)
            && self.text[self.pos..].starts_with(b"<?")
            && push(&mut self.state.frames, markup::php_frame())
        {
            self.settle_as(self.pos + 2, Prev::Operator);
            self.enter_region();
            return true;
        }
        self.pop_region()
    }

    /// Drops the innermost embedded language; says whether there was one.
    fn pop_region(&mut self) -> bool {
        while let Some(frame) = self.state.frames.pop() {
            if let Frame::Embedded { region, .. } = frame {
                let past = match region {
                    Region::Percent => 2,
                    Region::FrontMatter => 3,
                    _ => 0,
                };
                let end = (self.pos + past).min(self.text.len());
                self.settle_as(end, Prev::Operator);
                self.state.brackets = 0;
                self.heredocs.clear();
                self.enter_region();
                return true;
            }
        }
        false
    }

    fn start_of_file(&mut self) {
        if let Some((frame, inside)) = markup::front_matter(self.root, self.text) {
            self.state.frames.push(frame);
            self.pos = inside;
            self.mark = inside;
            self.enter_region();
        }
    }
}
