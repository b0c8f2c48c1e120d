//! Debt that a commit message declares, and what it says of debt paid or commits reverted.

use super::sentence::{Layout, bullet};
use super::tag::{self, Head};
use super::words::Words;
use crate::debt::rules::{Places, Rules};
use crate::debt::sighting::Sighting;

/// The markers that a commit message declares, by position: tags in upper case, or in any case before `:`
/// or `(`, and the "don't do this" family. Not where the message only speaks of markers ("remove the TODO",
/// "TODO list"), quotes something, or is a trailer or a piece of a diff. Lines are those of the message,
/// from 1; the context is zero.
#[must_use]
pub fn in_message(message: &str, rules: &Rules) -> Vec<Sighting> {
    // Few messages hold any: the rest need not be taken to words.
    if !rules.may_declare(message.as_bytes()) {
        return Vec::new();
    }
    let mut words = Words::default();
    for (number, line) in (1_u32..).zip(message.split('\n')) {
        words.push(if is_apart(line) { "" } else { line }, number);
    }
    let heads: Vec<Head> = tag::heads(&words, rules)
        .into_iter()
        .filter(|head| {
            if head.kind == tag::DONT && head.start == head.end {
                warns(&words, head, rules)
            } else {
                means_it(&words, head)
            }
        })
        .collect();
    let layout = Layout::of(&words, &heads, &Places::default());
    let mut found = Vec::with_capacity(heads.len());
    for (index, head) in heads.iter().enumerate() {
        found.push(super::declared(&words, &layout, &heads, index, head).0);
    }
    found
}

/// A line that is not the author's own sentence: quoted mail, a trailer, a diff, quoted code, the subject
/// of a revert.
fn is_apart(line: &str) -> bool {
    let text = line.trim();
    let indented = line.starts_with('\t') || line.starts_with("    ");
    text.starts_with('>')
        || text.starts_with("Revert \"")
        || text.starts_with("This reverts commit")
        // The output of a test run, where `# TODO` is a failure that is expected.
        || text.starts_with("ok ")
        || text.starts_with("not ok ")
        || (indented && bullet(text).is_none())
        || is_diff(line)
        || is_trailer(text)
}

fn is_diff(line: &str) -> bool {
    let changed = line
        .strip_prefix(['+', '-'])
        .is_some_and(|rest| !rest.starts_with([' ', '-']) && !rest.is_empty());
    changed
        || ["diff --git ", "index ", "@@ ", "--- ", "+++ "]
            .iter()
            .any(|sign| line.starts_with(sign))
}

/// `Signed-off-by: …`, `Pays: …`: a capital word with `-`, or one of the few without.
fn is_trailer(line: &str) -> bool {
    let Some((name, _)) = line.split_once(": ") else {
        return false;
    };
    let word = name.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    word && (name.contains('-')
        || [
            "Pays", "Fixes", "Closes", "Cc", "Refs", "See", "Link", "Bug", "Issue",
        ]
        .contains(&name))
}

/// Verbs of paying debt or of writing about markers, by their stems.
const VERBS: [&str; 31] = [
    "remov",
    "fix",
    "resolv",
    "address",
    "drop",
    "delet",
    "clean",
    "add",
    "updat",
    "implement",
    "complet",
    "mark",
    "replac",
    "mention",
    "leav",
    "left",
    "convert",
    "strik",
    "cross",
    "kill",
    "solv",
    "handl",
    "clear",
    "reword",
    "clarif",
    "finish",
    "tick",
    "renam",
    "mov",
    "put",
    "close",
];

/// Words that make of a tag a thing spoken of.
const DETERMINERS: [&str; 35] = [
    "a",
    "an",
    "the",
    "this",
    "that",
    "these",
    "those",
    "some",
    "old",
    "all",
    "any",
    "no",
    "my",
    "our",
    "its",
    "of",
    "existing",
    "outdated",
    "obsolete",
    "stale",
    "few",
    "two",
    "several",
    "many",
    "more",
    "one",
    "another",
    "such",
    "each",
    "new",
    "remaining",
    "their",
    "in",
    "as",
    "to",
];

/// What comes after a tag that is spoken of, by its stems: "TODO comments", "TODO updated", and the "TODO
/// known breakage" of test protocols.
const ABOUT: [&str; 23] = [
    "comment", "list", "item", "file", "note", "marker", "tag", "entry", "entries", "section",
    "message", "test", "updat", "udpat", "chang", "modif", "rework", "clean", "minor", "known",
    "now", "about", "branch",
];

/// Whether a phrase warns of what the commit does. "Don't do that" in a message speaks of what the code did
/// before and does no more: so did all of them in the histories that were read.
fn warns(words: &Words, head: &Head, rules: &Rules) -> bool {
    let phrase = words
        .body
        .get(head.start..)
        .and_then(|rest| rules.dont.find(rest));
    !phrase
        .is_some_and(|hit| hit.start() == 0 && hit.as_str().to_ascii_lowercase().ends_with("that"))
}

/// Whether the message declares debt there, and does not speak of debt.
fn means_it(words: &Words, head: &Head) -> bool {
    let body = &words.body;
    let tail = body.get(head.end..).unwrap_or_default();
    let spelt = body
        .get(head.start..head.start + head.kind.len())
        .unwrap_or_default();
    let directed = tail.starts_with([':', '(']);
    let lower = spelt.bytes().any(|byte| byte.is_ascii_lowercase());
    if lower && !directed {
        return false;
    }
    if head.opens_line && directed {
        return true;
    }
    let next = tail.trim_start();
    let next = next
        .get(
            ..next
                .find(|c: char| !c.is_alphanumeric())
                .unwrap_or(next.len()),
        )
        .unwrap_or_default();
    let next = next.to_lowercase();
    let line = tag::reach_on(body, head.end)
        .split('\n')
        .next()
        .unwrap_or_default();
    let changes = line.ends_with(" changes") || line.ends_with(" updates");
    if !directed && (changes || ABOUT.iter().any(|stem| next.starts_with(stem))) {
        return false;
    }
    let before = tag::reach_back(body, head.start);
    let begins = ['(', '[', '.', ',', ';', ':', '!', '?', '-', '–', '—'];
    if directed && before.trim_end().ends_with(begins) {
        return true;
    }
    let sentence = before.rsplit("\n\n").next().unwrap_or_default();
    let sentence = sentence.rsplit(". ").next().unwrap_or_default();
    let mut spoken = sentence
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .rev();
    // "the TODO", "an unexpected TODO"; but "this is a HACK" confesses one.
    let determined = |word: &str| DETERMINERS.contains(&word.to_lowercase().as_str());
    let may_be_noun = lower || (head.kind != "HACK" && !directed);
    if may_be_noun && spoken.clone().take(2).any(determined) {
        return false;
    }
    // The tag is an adjective's or a verb's object: "fix stale TODO", "remove lots of XXX".
    !spoken.by_ref().take(8).any(|word| {
        let word = word.to_lowercase();
        VERBS.iter().any(|stem| word.starts_with(stem))
    })
}

/// The operands of a message's `Pays:` trailers, separated by commas or blanks, in order.
#[must_use]
pub fn pays(message: &str) -> Vec<String> {
    message
        .lines()
        .filter_map(|line| {
            let (name, operands) = line.trim().split_once(':')?;
            name.eq_ignore_ascii_case("pays").then_some(operands)
        })
        .flat_map(|operands| operands.split(|c: char| c == ',' || c.is_whitespace()))
        .filter(|operand| !operand.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The commits that a message says it reverts, as written after "This reverts commit": 7 to 64 digits of
/// hexadecimal, in lower case.
#[must_use]
pub fn reverts(message: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = message;
    while let Some((_, after)) = rest.split_once("This reverts commit") {
        let words = after.trim_start();
        let end = words
            .find(|c: char| !c.is_ascii_hexdigit())
            .unwrap_or(words.len());
        let id = words.get(..end).unwrap_or_default();
        let goes_on = words
            .get(end..)
            .is_some_and(|more| more.starts_with(char::is_alphanumeric));
        if (7..=64).contains(&id.len()) && !goes_on {
            found.push(id.to_ascii_lowercase());
        }
        rest = after;
    }
    found
}
