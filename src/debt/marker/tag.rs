//! Where a comment declares debt: tags as whole words, and the "don't do this" family.

use super::words::Words;
use crate::debt::rules::Rules;

/// Where a declared marker begins in a comment's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// The first byte of the tag or phrase.
    pub(super) start: usize,
    /// After the last tag of a chain; for a phrase its start, since the phrase belongs to the text.
    pub(super) end: usize,
    /// The tag in upper case, or `DONT`.
    pub(super) kind: String,
    /// The text is what follows: the tag begins a line, an item or a sentence, or has `:` or `(` after it.
    pub(super) leading: bool,
    /// Only signs stand before it on its line.
    pub(super) opens_line: bool,
}

/// The kind of the "don't do this" family.
pub(super) const DONT: &str = "DONT";

/// The most tags in the middle of sentences that one comment may have. Each takes its whole sentence as
/// its text, so a comment of nothing else would grow without bound.
const MAX_INNER: usize = 64;

/// The declared heads of a comment, ascending, chains (`TODO/FIXME:`, `TODO don't do this`) made one.
pub(super) fn heads(words: &Words, rules: &Rules) -> Vec<Head> {
    if !rules.may_declare_in(&words.body) {
        return Vec::new();
    }
    let mut all = tags(words, rules);
    let tag_count = all.len();
    all.extend(phrases(&words.body, rules));
    if all.len() > tag_count {
        all.sort_by_key(|head| head.start);
    }
    let mut heads: Vec<Head> = Vec::with_capacity(all.len());
    let mut inner = 0;
    for head in all {
        if let Some(last) = heads.last_mut() {
            let between = words.body.get(last.end..head.start).unwrap_or_default();
            let chained = between.len() <= 16
                && !between.contains('\n')
                && !between.chars().any(char::is_alphanumeric);
            if chained && head.kind == DONT {
                DONT.clone_into(&mut last.kind);
                last.end = head.end;
                last.leading = true;
                continue;
            }
            if chained && last.kind != DONT {
                last.end = head.end;
                last.leading |= head.leading;
                continue;
            }
        }
        if !head.leading {
            inner += 1;
            if inner > MAX_INNER {
                continue;
            }
        }
        heads.push(head);
    }
    heads
}

fn tags(words: &Words, rules: &Rules) -> Vec<Head> {
    let Some(pattern) = &rules.tags else {
        return Vec::new();
    };
    let first = words.lines.iter().position(|line| !line.blank);
    let mut heads: Vec<Head> = Vec::new();
    for hit in pattern.find_iter(&words.body) {
        let index = words.line_at(hit.start());
        let Some(line) = words.lines.get(index) else {
            continue;
        };
        let text = words.line(index);
        let at = hit.start() - line.start;
        let (before, after) = (reach_back(text, at), reach_on(text, at + hit.len()));
        let opens_line = only_signs(before);
        let chained = heads.last().is_some_and(|last| {
            let between = words.body.get(last.end..hit.start()).unwrap_or_default();
            between.len() <= 8
                && !between.contains('\n')
                && !between.chars().any(char::is_alphanumeric)
        });
        let next_is_tag = pattern.find(after).is_some_and(|next| next.start() <= 1);
        let place = Place {
            before,
            after,
            opens_comment: opens_line && first == Some(index),
            chained,
            next_is_tag,
        };
        if !place.declares(hit.as_str()) {
            continue;
        }
        let leading = opens_line
            || after.starts_with([':', '('])
            || after.starts_with(" :")
            || ends_sentence(before);
        heads.push(Head {
            start: hit.start(),
            end: hit.end(),
            kind: hit.as_str().to_ascii_uppercase(),
            leading,
            opens_line,
        });
    }
    heads
}

/// What is looked at beside a tag, in bytes: enough for every rule, and bounded on a line of megabytes.
const REACH: usize = 256;

pub(super) fn reach_back(text: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text.get(from..at).unwrap_or_default()
}

pub(super) fn reach_on(text: &str, at: usize) -> &str {
    let mut to = (at + REACH).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    text.get(at..to).unwrap_or_default()
}

/// No words: signs of lists, of emphasis, of documentation (`- [ ] **`, `1. `, `@`).
pub(super) fn only_signs(before: &str) -> bool {
    let before = before.trim();
    // The number of a list's item.
    let bare = match before.strip_suffix(['.', ')']) {
        Some(rest) if rest.ends_with(|c: char| c.is_ascii_digit()) => {
            rest.trim_end_matches(|c: char| c.is_ascii_digit())
        }
        _ => before,
    };
    bare.chars().all(|c| {
        !c.is_alphanumeric() && !matches!(c, '"' | '\'' | '`' | '“' | '‘' | '«' | '$' | '=')
    })
}

/// Whether a sentence ends right before: after `.`, `!`, `?` or `;` and a blank, or a blank and a dash.
fn ends_sentence(before: &str) -> bool {
    let bare = before.trim_end();
    bare.len() < before.len()
        && bare
            .trim_end_matches([')', '"', '\''])
            .ends_with(['.', '!', '?', ';', ':', '–', '—'])
        || before.ends_with(" - ")
        || before.ends_with(" -- ")
        || before
            .trim_end_matches(['(', '[', '*', '@', '\\'])
            .trim_end()
            .ends_with(['.', '!', '?'])
}

/// A tag with what stands around it on its line.
struct Place<'w> {
    before: &'w str,
    after: &'w str,
    /// It is the first of the whole comment.
    opens_comment: bool,
    /// Only signs stand between the last tag and this one.
    chained: bool,
    /// Another tag comes after one sign.
    next_is_tag: bool,
}

impl Place<'_> {
    fn declares(&self, spelt: &str) -> bool {
        if self.is_part() || self.is_quoted() || self.is_mention() {
            return false;
        }
        let upper = !spelt.bytes().any(|byte| byte.is_ascii_lowercase());
        let after = self.after;
        if after.starts_with("()") || after.starts_with("!(") || after.starts_with("::") {
            return false;
        }
        if upper {
            return spelt != "XXX" || !self.is_placeholder();
        }
        if after.starts_with(':') {
            return true;
        }
        if after.starts_with('(') {
            return is_remark(after);
        }
        let doc = self.before.strip_suffix(['@', '\\']).is_some_and(|rest| {
            !rest
                .chars()
                .next_back()
                .is_some_and(|c| c.is_alphanumeric() || c == '\\')
        });
        // Lower case at the start of a comment: a confession, not code that was switched off, nor a
        // comment about a list of things to do.
        (doc || self.opens_comment) && reads_on(after)
    }

    /// Part of a longer name: `ABC-XXX`, `XXX.XXX`, `/TODO`, `TODO.md`, `XXX-XXXX`, `$XXX`, `<XXX>`.
    fn is_part(&self) -> bool {
        let mut back = self.before.chars().rev();
        let (last, earlier) = (back.next(), back.next());
        let joined = match last {
            _ if self.chained => false,
            Some('.' | '-' | ':' | '+' | '~') => {
                earlier.is_some_and(|c| c.is_alphanumeric() || c == '_')
            }
            Some('/' | '\\') => last == Some('/') || earlier.is_some_and(char::is_alphanumeric),
            Some('$' | '=' | '%' | '&') => true,
            _ => false,
        };
        let mut on = self.after.chars();
        let (next, later) = (on.next(), on.next());
        let word = later.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let joins = match next {
            _ if self.next_is_tag => false,
            Some('.' | '-' | '/' | '\\' | '$') => word,
            Some('=' | '%') => true,
            Some('[') => later.is_some_and(|c| c.is_ascii_digit()),
            Some('>') => last == Some('<'),
            Some('}') => last == Some('{'),
            _ => false,
        };
        joined || joins
    }

    /// `"TODO"`, `` `TODO: x` ``, `TODO's`: spoken of, not meant.
    fn is_quoted(&self) -> bool {
        self.before
            .trim_end_matches(['[', '(', '<', '@'])
            .ends_with(['"', '\'', '`', '“', '‘', '«', '”', '’'])
            || self.after.starts_with(['"', '\'', '`', '”', '’', '»'])
    }

    /// "the TODO list", "TODO comments": about markers.
    fn is_mention(&self) -> bool {
        let Some(next) = self.after.strip_prefix(' ') else {
            return false;
        };
        let end = next
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(next.len());
        let word = next.get(..end).unwrap_or_default().to_ascii_lowercase();
        let about = [
            "list", "lists", "item", "items", "comment", "comments", "file", "files", "tag",
            "tags", "marker", "markers",
        ];
        about.contains(&word.as_str()) && !self.opens_comment
    }

    /// `XXX` for "any name here", after a word in the middle of a sentence.
    fn is_placeholder(&self) -> bool {
        let before = self.before.trim_end();
        before.len() < self.before.len()
            && before
                .chars()
                .next_back()
                .is_some_and(|c| c.is_lowercase() || c == ',' || c == '=')
            && !self.after.starts_with([':', '('])
            && !self.after.is_empty()
    }
}

/// `(ann) …` and `(ann): …`, but not the call `(a, b);` of code that was switched off.
fn is_remark(after: &str) -> bool {
    let Some(close) = after.find(')') else {
        return false;
    };
    let inside = after.get(1..close).unwrap_or_default();
    let rest = after.get(close + 1..).unwrap_or_default();
    close <= 80
        && !inside.is_empty()
        && !inside.contains(['"', ';', '=', '&', '*', '['])
        && !rest.starts_with([';', '.', ')', ',', ']', '{', '('])
        && !rest.trim_start().starts_with(['{', '='])
}

/// Whether words follow a tag in lower case, or nothing does.
fn reads_on(after: &str) -> bool {
    let rest = after.trim_start();
    let Some(first) = rest.chars().next() else {
        return true;
    };
    if matches!(
        first,
        '=' | ';' | ')' | ',' | '+' | '*' | '.' | '[' | '{' | '<' | '&' | '|' | '%' | '/'
    ) {
        return false;
    }
    if rest.starts_with("->") || rest.starts_with("!=") {
        return false;
    }
    let end = rest
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(rest.len());
    let word = rest.get(..end).unwrap_or_default().to_lowercase();
    !matches!(
        word.as_str(),
        "item" | "items" | "list" | "lists" | "app" | "apps"
    )
}

/// Words that may stand right before "don't do this" while it is still a command.
const COMMAND: [&str; 24] = [
    "please",
    "so",
    "but",
    "and",
    "then",
    "just",
    "kids",
    "children",
    "guys",
    "folks",
    "also",
    "or",
    "again",
    "ever",
    "really",
    "note",
    "warning",
    "todo",
    "fixme",
    "xxx",
    "hack",
    "therefore",
    "otherwise",
    "seriously",
];

fn phrases(body: &str, rules: &Rules) -> Vec<Head> {
    let mut heads = Vec::new();
    for hit in rules.dont.find_iter(body) {
        let before = reach_back(body, hit.start());
        let after = reach_on(body, hit.end());
        if Rules::dont_is_whole(hit.as_str())
            && is_command(before)
            && !after.starts_with(['"', '`', '”'])
        {
            heads.push(phrase_head(body, hit.start()));
        }
    }
    for pattern in &rules.declared {
        heads.extend(
            pattern
                .find_iter(body)
                .map(|hit| phrase_head(body, hit.start())),
        );
    }
    heads.sort_by_key(|head| head.start);
    heads.dedup_by_key(|head| head.start);
    heads
}

fn phrase_head(body: &str, start: usize) -> Head {
    let line = reach_back(body, start)
        .rsplit('\n')
        .next()
        .unwrap_or_default();
    Head {
        start,
        end: start,
        kind: DONT.to_owned(),
        leading: false,
        opens_line: only_signs(line),
    }
}

/// "Don't do this" has no subject: not "we don't do this", "users don't do this", "if you do not do that".
fn is_command(before: &str) -> bool {
    if before.ends_with(['"', '`', '“']) {
        return false;
    }
    // A blank line is the end of a sentence, whatever stands before it.
    let bare = before.trim_end();
    if before
        .get(bare.len()..)
        .unwrap_or_default()
        .matches('\n')
        .count()
        > 1
    {
        return true;
    }
    let word = bare
        .rsplit(|c: char| !c.is_alphanumeric() && c != '\'')
        .next()
        .unwrap_or_default();
    word.is_empty() || COMMAND.contains(&word.to_lowercase().as_str())
}
