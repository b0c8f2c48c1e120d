//! From comments to sightings: the exact rules of what flags debt, and of what it says.

mod code;
mod code_line;
mod message;
mod place;
mod prose;
mod reference;
mod sentence;
mod tag;
#[cfg(test)]
mod tests;
mod words;

use std::hash::{BuildHasher, RandomState};
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_128_with_seed;

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
/// `tokens` are the comments of `text`, ascending. Only comments are read that could hold a marker. Line comments
/// on consecutive lines at one column are one comment. Never fails: tokens that do not fit the text give less,
/// not a panic.
#[must_use]
pub fn in_whole(text: &[u8], tokens: &[Token], rules: &Rules) -> Vec<Sighting> {
    let utf8 = std::str::from_utf8(text).is_ok();
    in_part(text, utf8, tokens, rules, &mut KnownComments::default())
}

/// The markers in the comments of a part of a text, by position, lines counted from the part's start.
///
/// The part begins a line, and neither a comment nor the code that it stands at reaches over one of
/// its ends. `tokens` are its comments, by offsets in it; `utf8` says whether the whole text is UTF-8.
/// What is in `known` is not read again.
#[must_use]
pub fn in_part(
    part: &[u8],
    utf8: bool,
    tokens: &[Token],
    rules: &Rules,
    known: &mut KnownComments,
) -> Vec<Sighting> {
    let source = Source::part(part, utf8);
    let mut runs = Vec::new();
    // From the first comment that is not known to the end of the last.
    let mut new: Option<Range<usize>> = None;
    for run in runs_of(&source, tokens) {
        let key = known.key(&source, &tokens[run.clone()]);
        let bytes = bytes_of(&tokens[run.clone()]);
        let said = known.said.get(&key).cloned();
        if said.is_none() {
            let start = new.as_ref().map_or(bytes.start, |new| new.start);
            new = Some(start..bytes.end);
        }
        runs.push((run, key, said));
    }
    // One search of the code between them too costs less than one of each.
    let many = runs.iter().filter(|(.., said)| said.is_none()).count() > 1;
    let any = new.is_some_and(|new| !many || rules.may_hold_any(part, new));
    let mut runs = runs.into_iter();
    in_runs(source, tokens, || {
        let (run, key, said) = runs.next()?;
        let said = said.unwrap_or_else(|| {
            let tokens = &tokens[run.clone()];
            let said = if any && rules.may_hold(part, bytes_of(tokens)) {
                read(&words::words_of(&source, tokens, 1), rules)
            } else {
                Vec::new()
            };
            known.keep(key, &said);
            said
        });
        Some((run, said))
    })
}

/// What comments say that were read: in the next version of a text most stand as they stood.
#[derive(Debug)]
pub struct KnownComments {
    /// The sightings of each, lines counted from its first, their context zero.
    said: FxHashMap<u128, Vec<Sighting>>,
    /// Nobody can choose comments that have one key.
    seed: u64,
}

/// So many comments are known at a time, none of which says more than a few things: one of nothing but tags
/// could fill all memory.
const KNOWN: usize = 1 << 14;
const SAID: usize = 8;

/// The golden ratio's bits, which are spread well, made odd.
const GOLDEN: u128 = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835;

impl Default for KnownComments {
    fn default() -> Self {
        KnownComments {
            said: FxHashMap::default(),
            seed: RandomState::new().hash_one(KNOWN),
        }
    }
}

impl KnownComments {
    /// Returns the key of all that decides what one comment says: its bytes, how they are read, where its
    /// lines begin and end, and the characters beside it, which may make its first or last word another.
    fn key(&self, source: &Source<'_>, run: &[Token]) -> u128 {
        let bytes = bytes_of(run);
        let (start, end) = (bytes.start.saturating_sub(4), bytes.end + 1);
        let text = source.slice(start, end);
        let mut key = xxh3_128_with_seed(text, self.seed ^ u64::from(source.is_utf8()));
        let mix = |key: u128, number: usize| (key ^ number as u128).wrapping_mul(GOLDEN);
        key = mix(key, bytes.start - start);
        for token in run {
            let kind = token.kind as usize;
            for number in [token.start, token.end, token.body_start, token.body_end] {
                key = mix(key, (number.wrapping_sub(start) << 2) | kind).rotate_right(29);
            }
        }
        key
    }

    fn keep(&mut self, key: u128, said: &[Sighting]) {
        if said.len() > SAID {
            return;
        }
        if self.said.len() >= KNOWN {
            self.said.clear();
        }
        self.said.insert(key, said.to_vec());
    }
}

/// The comments of a text: tokens that are one, in their order.
fn runs_of<'s>(source: &'s Source<'_>, tokens: &'s [Token]) -> impl Iterator<Item = Range<usize>> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let begin = next;
        (begin < tokens.len()).then(|| {
            next = words::run_end(source, tokens, begin).max(begin + 1);
            begin..next
        })
    })
}

/// Where one comment stands.
fn bytes_of(run: &[Token]) -> Range<usize> {
    match (run.first(), run.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => 0..0,
    }
}

/// Gives what comments say its place in the text: each with its sightings, lines counted from its first.
fn in_runs(
    source: Source<'_>,
    tokens: &[Token],
    said: impl FnMut() -> Option<(Range<usize>, Vec<Sighting>)>,
) -> Vec<Sighting> {
    let mut found = Vec::new();
    let mut contexts = Contexts::new(source, tokens);
    let mut lines = LineCount::new(source.bytes);
    for (run, said) in std::iter::from_fn(said).filter(|(_, said)| !said.is_empty()) {
        let before = lines.line(tokens[run.start].start) - 1;
        let context = contexts.of(run.start, run.end);
        found.extend(said.into_iter().map(|one| Sighting {
            line: one.line.saturating_add(before),
            last_line: one.last_line.saturating_add(before),
            context,
            ..one
        }));
    }
    found
}

/// The markers of one comment, by position; their context is left zero.
fn read(words: &Words, rules: &Rules) -> Vec<Sighting> {
    let heads = tag::heads(words, rules);
    let places = rules.places(&words.body);
    if heads.is_empty() && places.is_empty() {
        return Vec::new();
    }
    let layout = Layout::of(words, &heads, &places);
    let mut spans = Vec::with_capacity(heads.len());
    let mut order: Vec<(usize, Sighting)> = Vec::with_capacity(heads.len());
    for (index, head) in heads.iter().enumerate() {
        let (sighting, span) = declared(words, &layout, &heads, index, head);
        spans.push((span.0.min(head.start), span.1.max(head.end)));
        order.push((head.start, sighting));
    }
    if !places.is_empty() {
        let sentences = layout.sentences(words).into_iter();
        let sentences = sentences.filter(|(start, end)| places.any_in(*start..*end));
        suspected(words, sentences, &spans, rules, &mut order);
    }
    order.sort_by_key(|(at, _)| *at);
    order.into_iter().map(|(_, sighting)| sighting).collect()
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
    sentences: impl Iterator<Item = (usize, usize)>,
    spans: &[(usize, usize)],
    rules: &Rules,
    out: &mut Vec<(usize, Sighting)>,
) {
    let mut declared = spans.iter().peekable();
    for (start, end) in sentences {
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
