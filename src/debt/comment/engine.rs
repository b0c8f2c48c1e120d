//! The one engine that reads every grammar: hops to the next telling byte and asks its rules.

use std::ops::ControlFlow;

use memchr::{memchr, memchr2};

use super::grammar::{Lexer, hop, php_code};
use super::guard::is_keyword;
use super::rule::{Escape, Found, Heredoc, Rule, Spot, Text, What, block, find_close, is_name};
use super::state::{Frame, LineState, Prev, Region, push};
use super::{Sink, Token, TokenKind, markup};

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
            let table = if in_hole {
                &self.grammar.hole_hop
            } else {
                &self.grammar.hop
            };
            let at = hop(self.text, self.pos, stop, table);
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
        let table = grammar.text_hop(index);
        let mut at = from;
        loop {
            at = hop(self.text, at, self.limit, table);
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

/// What a telling byte of a string is.
enum InText {
    End(usize),
    On(usize),
    Hole(usize),
}

fn in_text(bytes: &[u8], at: usize, end: usize, text: &Text) -> InText {
    let there = &bytes[at..end];
    let b = there[0];
    if b == b'\n' && !text.lines {
        return InText::End(at);
    }
    // Before the escapes: Swift opens its holes with a backslash.
    if let Some(hole) = text.hole
        && there.starts_with(hole.open)
    {
        let past = hole.open.len();
        if hole.twice_is_text && there[past..].starts_with(hole.open) {
            return InText::On(at + 2 * past);
        }
        return InText::Hole(at + past);
    }
    match text.escape {
        Escape::Backslash if b == b'\\' => {
            let past = if there[1..].starts_with(b"\r\n") {
                3
            } else {
                2
            };
            return InText::On((at + past).min(end));
        }
        Escape::Backtick if b == b'`' => return InText::On((at + 2).min(end)),
        Escape::Doubled | Escape::Backtick
            if there.starts_with(text.close)
                && there[text.close.len()..].starts_with(text.close) =>
        {
            return InText::On(at + 2 * text.close.len());
        }
        Escape::TwoQuotes if there.starts_with(b"''") => match there.get(2) {
            Some(b'\'' | b'$') => return InText::On(at + 3),
            Some(b'\\') => return InText::On((at + 4).min(end)),
            _ => {}
        },
        _ => {}
    }
    if there.starts_with(text.close) {
        let mut close = at + text.close.len();
        // `"""a""""` ends with its last three quotes.
        if text.close.len() == 3 && b == text.close[2] {
            while close < end && bytes[close] == b && close < at + 5 {
                close += 1;
            }
        }
        return InText::End(close);
    }
    InText::On(at + 1)
}

/// A line comment that opens at `start` and whose text begins at `body`.
pub(super) fn line_token(
    text: &[u8],
    start: usize,
    body: usize,
    limit: usize,
    continued: bool,
    stop: &[u8],
) -> Token {
    let mut from = body.min(limit);
    let end = loop {
        let Some(at) = memchr2(b'\n', b'\r', &text[from..limit]) else {
            break limit;
        };
        let at = from + at;
        if !(continued && at > body && text[at - 1] == b'\\') {
            break at;
        }
        from = at
            + if text[at..limit].starts_with(b"\r\n") {
                2
            } else {
                1
            };
    };
    let end = match stop {
        b"" => end,
        stop => find_close(text, body.min(end), end, stop).unwrap_or(end),
    };
    let body_start = body_start(text, body.min(end), end, &text[start..body.min(end)]);
    Token {
        start,
        end,
        body_start,
        body_end: end,
        kind: TokenKind::Line,
    }
}

/// Where the text of a comment begins: past a repeated sign (`///`, `##`, `/**`) and a doc sign
/// (`//!`, `/*!`).
fn body_start(text: &[u8], from: usize, end: usize, open: &[u8]) -> usize {
    let Some(&sign) = open.last() else {
        return from;
    };
    let mut at = from;
    if !is_name(sign) && !sign.is_ascii_whitespace() {
        while at < end && text[at] == sign {
            at += 1;
        }
        if at < end && text[at] == b'!' && open.starts_with(b"/") {
            at += 1;
        }
    }
    at
}

/// Where the text of a nested comment ends, and the comment itself.
fn nested_end(
    text: &[u8],
    from: usize,
    limit: usize,
    open: &[u8],
    close: &[u8],
    quoted: bool,
) -> (usize, usize) {
    let mut depth = 1usize;
    let mut at = from;
    let quote = if quoted { b'"' } else { close[0] };
    while let Some(next) = memchr::memchr3(open[0], close[0], quote, &text[at..limit]) {
        at += next;
        let there = &text[at..limit];
        if there.starts_with(close) {
            depth -= 1;
            if depth == 0 {
                return (at, at + close.len());
            }
            at += close.len();
        } else if there.starts_with(open) {
            depth += 1;
            at += open.len();
        } else if quoted && there[0] == b'"' {
            at = quoted_end(text, at + 1, limit);
        } else {
            at += 1;
        }
    }
    (limit, limit)
}

/// The end of a string in a comment; a lone quote there is only a quote.
fn quoted_end(text: &[u8], from: usize, limit: usize) -> usize {
    let line = memchr(b'\n', &text[from..limit]).map_or(limit, |i| from + i);
    let mut at = from;
    while let Some(next) = memchr2(b'"', b'\\', &text[at..line]) {
        at += next;
        if text[at] == b'"' {
            return at + 1;
        }
        at = (at + 2).min(line);
    }
    from
}
