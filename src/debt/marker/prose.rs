//! Files without a language of their own: unknown ones, and prose.

use memchr::{memchr, memmem, memrchr};

use super::tag::only_signs;
use super::words::Source;
use super::{declared, in_whole};
use crate::debt::comment::{Token, TokenKind};
use crate::debt::rules::{Places, Rules};
use crate::debt::sighting::Sighting;

/// Signs that begin a comment in a usual language, the longer first.
const SIGNS: [&str; 7] = ["<!--", "/*", "//", "--", "#", ";", "%"];

/// The markers of a file of no known language, by position: in lines that begin with a usual comment
/// sign (`#` `//` `;` `--` `%` `/*` `*` `<!--`).
#[must_use]
pub fn in_unknown(text: &[u8], rules: &Rules) -> Vec<Sighting> {
    if !rules.may_hold_any(text, 0..text.len()) {
        return Vec::new();
    }
    in_whole(text, &signed_lines(text), rules)
}

fn signed_lines(text: &[u8]) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut open = false;
    let mut at = 0;
    for line in lines_with_ends(text) {
        let words = line.trim_ascii_start();
        let start = at + line.len() - words.len();
        let end = start + words.trim_ascii_end().len();
        at += line.len();
        let starred = words.starts_with(b"*");
        // `/*` goes on over the lines that begin with a star.
        if starred
            && open
            && let Some(last) = tokens.last_mut()
        {
            last.end = end;
            (last.body_end, open) = block_end(text, last.start, end);
            continue;
        }
        open = false;
        let sign = if starred {
            1
        } else {
            match SIGNS.iter().find(|sign| words.starts_with(sign.as_bytes())) {
                Some(sign) => sign.len(),
                None => continue,
            }
        };
        let mut token = Token {
            start,
            end,
            body_start: start + sign,
            body_end: end,
            kind: TokenKind::Line,
        };
        if words.starts_with(b"/*") {
            token.kind = TokenKind::Block;
            (token.body_end, open) = block_end(text, start, end);
        } else if words.starts_with(b"<!--") {
            token.kind = TokenKind::Block;
        }
        tokens.push(token);
    }
    tokens
}

/// Where the words of a block end that reaches to `end`, and whether it is still open.
fn block_end(text: &[u8], start: usize, end: usize) -> (usize, bool) {
    let closed = end >= start + 4 && text.get(..end).is_some_and(|part| part.ends_with(b"*/"));
    if closed {
        (end - 2, false)
    } else {
        (end, true)
    }
}

/// The markers of prose (Markdown, reST, plain text), by position: those in its HTML comments, and lines
/// that begin, after signs of lists, quotes or headings, with a tag in upper case and `:` or `(`.
///
/// Fenced code is left out: it is an example of something, and its comments are not this file's debt.
#[must_use]
pub fn in_prose(text: &[u8], rules: &Rules) -> Vec<Sighting> {
    let openings = openings(text, rules);
    if openings.is_empty() && !may_hold_html(text, rules) {
        return Vec::new();
    }
    let (html, paragraphs) = parts(text, &openings);
    let mut found = in_whole(text, &html, rules);
    let source = Source::new(text);
    let mut lines = super::LineCount::new(text);
    let mut contexts = super::Contexts::new(source, &paragraphs);
    for (index, token) in paragraphs.iter().enumerate() {
        let number = lines.line(token.start);
        let words = super::words::words_of(&source, std::slice::from_ref(token), number);
        let heads = super::tag::heads(&words, rules);
        let layout = super::Layout::of(&words, &heads, &Places::default());
        for (at, head) in heads.iter().enumerate() {
            let first = words.line(words.line_at(head.start));
            if head.opens_line && head.leading && opens_prose(first, rules) {
                let (mut sighting, _) = declared(&words, &layout, &heads, at, head);
                sighting.context = contexts.of(index, index + 1);
                found.push(sighting);
            }
        }
    }
    found.sort_by_key(|sighting| sighting.line);
    found
}

/// Where lines begin that open with a tag, see [`opens_prose`].
fn openings(text: &[u8], rules: &Rules) -> Vec<usize> {
    let mut openings = Vec::new();
    let mut source = None;
    let mut at = 0;
    while let Some(hit) = rules.upper(text, at) {
        let start = memrchr(b'\n', &text[..hit]).map_or(0, |end| end + 1);
        let end = memchr(b'\n', &text[hit..]).map_or(text.len(), |end| hit + end + 1);
        let source = source.get_or_insert_with(|| Source::new(text));
        if opens_prose(&source.decode(&text[start..end]), rules) {
            openings.push(start);
        }
        at = end;
    }
    openings
}

/// Whether an HTML comment could hold a marker, if those in fenced code are some too.
fn may_hold_html(text: &[u8], rules: &Rules) -> bool {
    let mut closed = 0;
    for open in memmem::find_iter(text, b"<!--") {
        let body = open + 4;
        if closed < body {
            let Some(close) = memmem::find(&text[body..], b"-->") else {
                break;
            };
            closed = body + close;
            if rules.may_hold_any(text, open..closed + 3) {
                return true;
            }
        }
    }
    false
}

/// HTML comments, and paragraphs that begin with a tag; neither in fenced code.
fn parts(text: &[u8], openings: &[usize]) -> (Vec<Token>, Vec<Token>) {
    let (mut html, mut paragraphs): (Vec<Token>, Vec<Token>) = (Vec::new(), Vec::new());
    // Known once, so that openings that are never closed cost no search each.
    let closable = memmem::rfind(text, b"-->").unwrap_or_default();
    let mut openings = openings.iter().copied().peekable();
    let mut fence: Option<(u8, usize)> = None;
    let mut commented = 0;
    let mut open = false;
    let mut at = 0;
    for line in lines_with_ends(text) {
        let start = at;
        at += line.len();
        let words = line.trim_ascii();
        if start >= commented {
            if let Some(next) = fence_of(words) {
                match fence {
                    None => fence = Some(next),
                    // A fence closes with its own sign, as long at least, and nothing after it.
                    Some((sign, length))
                        if next.0 == sign && next.1 >= length && words.len() == next.1 =>
                    {
                        fence = None
                    }
                    Some(_) => {}
                }
                open = false;
                continue;
            }
            if fence.is_some() {
                continue;
            }
        }
        commented = comments_of(
            text,
            start.max(commented),
            at.min(closable),
            commented,
            &mut html,
        );
        while openings.next_if(|opening| *opening < start).is_some() {}
        if start < commented && commented >= at {
            open = false;
            continue;
        }
        if openings.peek() == Some(&start) {
            let end = start + line.trim_ascii_end().len();
            paragraphs.push(Token {
                start,
                end,
                body_start: start,
                body_end: end,
                kind: TokenKind::Docstring,
            });
            open = true;
        } else if words.is_empty()
            || words.starts_with(b"#")
            || words.iter().all(u8::is_ascii_punctuation)
        {
            open = false;
        } else if open && let Some(last) = paragraphs.last_mut() {
            last.end = start + line.trim_ascii_end().len();
            last.body_end = last.end;
        }
    }
    (html, paragraphs)
}

fn lines_with_ends(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        let (line, after) = rest.split_at(end);
        rest = after;
        (!line.is_empty()).then_some(line)
    })
}

/// Adds the HTML comments that begin in `from..to`; gives where the last one ends. One that is never
/// closed is text.
fn comments_of(text: &[u8], from: usize, to: usize, before: usize, html: &mut Vec<Token>) -> usize {
    let mut commented = before;
    let mut at = from;
    while let Some(open) = text
        .get(at..to.max(at))
        .and_then(|part| memmem::find(part, b"<!--"))
    {
        let start = at + open;
        let body_start = start + 4;
        let close = memmem::find(text.get(body_start..).unwrap_or_default(), b"-->");
        let Some(close) = close else { break };
        let body_end = body_start + close;
        html.push(Token {
            start,
            end: body_end + 3,
            body_start,
            body_end,
            kind: TokenKind::Block,
        });
        commented = body_end + 3;
        at = commented;
    }
    commented
}

/// The sign and length of a code fence that `line` opens or closes.
fn fence_of(line: &[u8]) -> Option<(u8, usize)> {
    let sign = *line.first().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let length = line.iter().take_while(|byte| **byte == sign).count();
    (length >= 3).then_some((sign, length))
}

/// Whether a line begins, after signs, with a tag in upper case that has `:` or `(` after it.
fn opens_prose(line: &str, rules: &Rules) -> bool {
    let Some(hit) = rules.tags.as_ref().and_then(|tags| tags.find(line)) else {
        return false;
    };
    let rest = line.get(hit.end()..).unwrap_or_default();
    let bare = rest.trim_start_matches(['*', '_']);
    !hit.as_str().bytes().any(|byte| byte.is_ascii_lowercase())
        && (bare.starts_with(':') || (bare.starts_with('(') && !bare.starts_with("()")))
        && line.get(..hit.start()).is_some_and(prose_signs)
}

/// Signs of lists (with a box to tick), quotes, headings and emphasis.
fn prose_signs(before: &str) -> bool {
    let bare = before
        .replace("[ ]", "")
        .replace("[x]", "")
        .replace("[X]", "");
    let signs = |c: char| {
        c.is_whitespace()
            || matches!(c, '>' | '*' | '+' | '-' | '#' | '_' | '=' | '.' | ')')
            || c.is_ascii_digit()
    };
    bare.chars().all(signs) && only_signs(&bare)
}
