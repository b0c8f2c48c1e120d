//! Debt that is code and not comment: stubs and skipped tests. Off unless the configuration asks.

use std::sync::Arc;

use super::place::LineCount;
use super::sentence::fold;
use super::words::Source;
use crate::debt::comment::Token;
use crate::debt::rules::Rules;
use crate::debt::sighting::{Marker, Sighting, Tier};

/// The stubs (kind `STUB`) and skipped tests (kind `SKIP`) of a source text, by position, declared. `apart`
/// are the comments and strings of `text`, ascending: what begins inside one does not count. Empty unless
/// [`crate::debt::RuleOptions`] asks for either. The text is the line of code; the context is zero.
#[must_use]
pub fn in_code(text: &[u8], apart: &[Token], rules: &Rules) -> Vec<Sighting> {
    let source = Source::new(text);
    let mut hits: Vec<(usize, &str)> = Vec::new();
    for (pattern, kind) in [(&rules.stubs, "STUB"), (&rules.skipped, "SKIP")] {
        let Some(pattern) = pattern else { continue };
        hits.extend(pattern.find_iter(text).map(|hit| (hit.start(), kind)));
    }
    hits.sort_unstable();
    let mut lines = LineCount::new(text);
    let mut found: Vec<Sighting> = Vec::new();
    for (at, kind) in hits {
        let next = apart.partition_point(|token| token.end <= at);
        if apart.get(next).is_some_and(|token| token.start <= at) {
            continue;
        }
        let line = lines.line(at);
        if found
            .last()
            .is_some_and(|last| last.line == line && last.marker.kind == kind)
        {
            continue;
        }
        let before = source.line_before(at).map_or(0, <[u8]>::len);
        let rest = source.slice(at, at + 1024);
        let stop = rest
            .iter()
            .position(|byte| *byte == b'\n')
            .unwrap_or(rest.len());
        let code = fold(&source.decode(source.slice(at - before, at + stop)));
        let marker = Marker {
            tier: Tier::Declared,
            kind: kind.to_owned(),
            text: code,
            assignee: None,
            ticket: None,
        };
        found.push(Sighting {
            marker: Arc::new(marker),
            line,
            last_line: line,
            context: 0,
        });
    }
    found
}
