//! From comments to sightings: the exact rules of what flags debt, and of what it says.

mod code;
mod message;
mod place;
mod prose;
mod reference;
mod sentence;
mod tag;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;
use std::sync::Arc;

use super::comment::Token;
use super::rules::Rules;
use super::sighting::{Marker, Sighting, Tier};
use place::{Contexts, LineCount};
use sentence::Layout;
use tag::Head;
use words::{Source, Words};

pub use code::in_code;
pub use message::{in_message, pays, reverts};
pub use prose::{in_prose, in_unknown};

/// The kind of a suspected confession.
const SUSPECT: &str = "SUSPECT";

/// The markers in the comments of a source text, by position.
///
/// `tokens` are the comments of `text` and `candidates` the offsets that [`Rules::candidates`] gave,
/// both ascending. Only comments that hold a candidate are read. Line comments on consecutive lines at
/// one column are one comment. Never fails: tokens that do not fit the text give less, not a panic.
#[must_use]
pub fn in_comments(
    text: &[u8],
    tokens: &[Token],
    candidates: &[usize],
    rules: &Rules,
) -> Vec<Sighting> {
    if candidates.is_empty() || tokens.is_empty() {
        return Vec::new();
    }
    in_runs(Source::new(text), tokens, rules, |comment| {
        let next = candidates.partition_point(|at| *at < comment.start);
        candidates.get(next).is_some_and(|at| *at < comment.end)
    })
}

/// The markers in the comments of a part of a text, by position, lines counted from the part's start.
///
/// The part begins a line, and neither a comment nor the code that it stands at reaches over one of
/// its ends. `tokens` are its comments, by offsets in it; `utf8` says whether the whole text is UTF-8.
#[must_use]
pub fn in_part(part: &[u8], utf8: bool, tokens: &[Token], rules: &Rules) -> Vec<Sighting> {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
        return Vec::new();
    };
    if !rules.may_hold_any(part, first.start..last.end) {
        return Vec::new();
    }
    in_runs(Source::part(part, utf8), tokens, rules, |comment| {
        rules.may_hold(part, comment)
    })
}

/// Reads the comments that `may_hold` a marker.
fn in_runs(
    source: Source<'_>,
    tokens: &[Token],
    rules: &Rules,
    may_hold: impl Fn(Range<usize>) -> bool,
) -> Vec<Sighting> {
    let mut found = Vec::new();
    let mut contexts = Contexts::new(source, tokens);
    let mut lines = LineCount::new(source.bytes);
    let mut next = 0;
    while let Some(first) = tokens.get(next) {
        let begin = next;
        next = words::run_end(&source, tokens, begin).max(begin + 1);
        let run = tokens.get(begin..next).unwrap_or_default();
        let end = run.last().map_or(first.end, |last| last.end);
        if !may_hold(first.start..end) {
            continue;
        }
        let words = words::words_of(&source, run, lines.line(first.start));
        let before = found.len();
        read(&words, rules, &mut found);
        if found.len() > before {
            let context = contexts.of(begin, next);
            for sighting in found.iter_mut().skip(before) {
                sighting.context = context;
            }
        }
    }
    found
}

/// Adds the markers of one comment, by position; their context is left zero.
fn read(words: &Words, rules: &Rules, found: &mut Vec<Sighting>) {
    let heads = tag::heads(words, rules);
    if heads.is_empty() && rules.suspected.is_empty() {
        return;
    }
    let layout = Layout::of(words, &heads);
    let mut spans = Vec::with_capacity(heads.len());
    let mut order: Vec<(usize, Sighting)> = Vec::with_capacity(heads.len());
    for (index, head) in heads.iter().enumerate() {
        let (sighting, span) = declared(words, &layout, &heads, index, head);
        spans.push((span.0.min(head.start), span.1.max(head.end)));
        order.push((head.start, sighting));
    }
    if !rules.suspected.is_empty() {
        suspected(words, &layout, &spans, rules, &mut order);
    }
    order.sort_by_key(|(at, _)| *at);
    found.extend(order.into_iter().map(|(_, sighting)| sighting));
}

/// The sighting of a head, and the bytes of the body that it speaks for.
fn declared(
    words: &Words,
    layout: &Layout,
    heads: &[Head],
    index: usize,
    head: &Head,
) -> (Sighting, (usize, usize)) {
    let rest = tag::reach_on(&words.body, head.end);
    // The tag's own signs end with its line.
    let rest = rest.split('\n').next().unwrap_or_default();
    let is_phrase = head.kind == tag::DONT;
    let (assignee, used) = if is_phrase {
        (None, 0)
    } else {
        reference::assignee(rest)
    };
    let (start, end) = sentence::span(
        words,
        layout,
        heads,
        index,
        if head.leading {
            head.end + used
        } else {
            head.end
        },
    );
    let end = end.max(start);
    let raw = words.body.get(start..end).unwrap_or_default();
    let mut text = sentence::fold(raw);
    if head.leading && !is_phrase {
        text = reference::without_separators(&text).to_owned();
    }
    let opener = words
        .body
        .get(..head.start)
        .unwrap_or_default()
        .chars()
        .next_back();
    text = closed_with(text, opener);
    // `TODO(#12)` names its ticket beside the text.
    let own = words
        .body
        .get(head.end..start.max(head.end))
        .unwrap_or_default();
    let ticket = reference::ticket(own).or_else(|| reference::ticket(&text));
    let line = words.number_at(head.start);
    let said = raw.trim_end();
    let last_line = if said.is_empty() {
        line
    } else {
        words.number_at(start + said.len() - 1)
    };
    let sighting = Sighting {
        marker: Arc::new(Marker {
            tier: Tier::Declared,
            kind: head.kind.clone(),
            text,
            assignee,
            ticket,
        }),
        line,
        last_line: last_line.max(line),
        context: 0,
    };
    (sighting, (start, end))
}

/// Takes off the bracket that closes one which was opened before the tag: `(TODO: rename)`.
fn closed_with(mut text: String, opener: Option<char>) -> String {
    let pair = match opener {
        Some('(') => ('(', ')'),
        Some('[') => ('[', ']'),
        _ => return text,
    };
    if text.ends_with(pair.1) && text.matches(pair.1).count() > text.matches(pair.0).count() {
        text.pop();
        text.truncate(text.trim_end().len());
    }
    text
}

/// Adds at most one confession for each sentence that no declared marker speaks for.
fn suspected(
    words: &Words,
    layout: &Layout,
    spans: &[(usize, usize)],
    rules: &Rules,
    out: &mut Vec<(usize, Sighting)>,
) {
    let mut declared = spans.iter().peekable();
    for (start, end) in layout.sentences(words) {
        while declared.next_if(|span| span.1 <= start).is_some() {}
        if declared.peek().is_some_and(|span| span.0 < end) {
            continue;
        }
        let sentence = words.body.get(start..end).unwrap_or_default();
        let Some(hit) = rules.suspicion(sentence) else {
            continue;
        };
        let item = sentence::bullet(sentence).unwrap_or_default();
        let text = sentence::fold(sentence.get(item..).unwrap_or_default());
        let line = words.number_at(start + hit);
        let last_line = words
            .number_at(start + sentence.trim_end().len().saturating_sub(1))
            .max(line);
        let ticket = reference::ticket(&text);
        out.push((
            start + hit,
            Sighting {
                marker: Arc::new(Marker {
                    tier: Tier::Suspected,
                    kind: SUSPECT.to_owned(),
                    text,
                    assignee: None,
                    ticket,
                }),
                line,
                last_line,
                context: 0,
            },
        ));
    }
}
