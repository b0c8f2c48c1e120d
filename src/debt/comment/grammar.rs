//! A language's rules, put together from tokei's tables and our own, and laid out for hopping.

use std::sync::{LazyLock, OnceLock};

use tokei::LanguageType;

use super::charlit;
use super::guard::{fresh, whole_word};
use super::own::{self, Take};
use super::rule::{
    Escape, FAR, Rule, What, blocks, call, line, long_string, nested, string, verbatim,
};
use super::stops::Stops;
use crate::debt::language::Language;

/// The comment lexer of one language.
pub struct Lexer {
    pub(super) rules: Vec<Rule>,
    /// For each byte the rules that it may open, longest opening first.
    starts: Vec<Vec<u16>>,
    /// The bytes to stop at in code.
    pub(super) in_code: Stops,
    /// The same in a hole, where brackets tell too.
    pub(super) in_hole: Stops,
    /// For each rule that is a string, the bytes to stop at in it.
    in_texts: Vec<Option<Box<Stops>>>,
    pub(super) tells_prev: bool,
    pub(super) counts_brackets: bool,
    pub(super) php: bool,
    pub(super) front_matter: bool,
}

static LEXERS: LazyLock<Vec<OnceLock<Lexer>>> = LazyLock::new(|| {
    let last = LanguageType::list()
        .iter()
        .map(|(language, _)| *language as usize)
        .max();
    (0..=last.unwrap_or(0)).map(|_| OnceLock::new()).collect()
});

pub(super) fn lexer_of(language: Language) -> &'static Lexer {
    static NO_COMMENTS: LazyLock<Lexer> = LazyLock::new(|| Lexer::new(Vec::new()));
    match LEXERS.get(language.0 as usize) {
        Some(slot) => slot.get_or_init(|| Lexer::build(language.0)),
        None => &NO_COMMENTS,
    }
}

/// The lexer of what stands between `<?php` and `?>`.
pub(super) fn php_code() -> &'static Lexer {
    static PHP: LazyLock<Lexer> = LazyLock::new(|| Lexer::new(super::family::PHP_CODE.to_vec()));
    &PHP
}

impl Lexer {
    fn build(language: LanguageType) -> Lexer {
        let own = own::of(language);
        let mut rules = own.rules;
        let theirs = match own.take {
            Take::All => tokei_rules(language, true),
            Take::Comments => tokei_rules(language, false),
            Take::Nothing => Vec::new(),
        };
        let ours: Vec<&[u8]> = rules.iter().map(|rule| rule.open).collect();
        let more: Vec<Rule> = theirs
            .into_iter()
            .filter(|rule| !ours.contains(&rule.open))
            .collect();
        rules.extend(more);
        Lexer {
            tells_prev: own.tells_prev,
            counts_brackets: own.counts_brackets,
            php: language == LanguageType::Php,
            front_matter: language == LanguageType::Astro,
            ..Lexer::new(rules)
        }
    }

    fn new(mut rules: Vec<Rule>) -> Lexer {
        // Stable: of two rules with one opening the first goes first.
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.open.len()));
        let mut starts = vec![Vec::new(); 256];
        let mut marks = [0; 256];
        for (index, rule) in rules.iter().enumerate() {
            let Some(&first) = rule.open.first() else {
                continue;
            };
            let mut firsts = vec![first];
            if rule.fold && first.is_ascii_alphabetic() {
                firsts = vec![first.to_ascii_lowercase(), first.to_ascii_uppercase()];
            }
            for first in firsts {
                marks[usize::from(first)] = 1;
                starts[usize::from(first)].push(index as u16);
            }
        }
        let in_code = Stops::of(marks);
        for bracket in [b'{', b'}'] {
            marks[usize::from(bracket)] = 1;
        }
        for rule in &rules {
            if let What::Text(text) = rule.what
                && let Some(hole) = text.hole
            {
                marks[usize::from(hole.up)] = 1;
                marks[usize::from(hole.down)] = 1;
            }
        }
        let in_texts = rules.iter().map(stops_in_text).collect();
        Lexer {
            rules,
            starts,
            in_code,
            in_hole: Stops::of(marks),
            in_texts,
            tells_prev: false,
            counts_brackets: false,
            php: false,
            front_matter: false,
        }
    }

    /// Returns how many bytes after a resting place may have decided what stands before it. More of
    /// them never do: what is not closed by then runs over the resting place.
    pub fn looks_ahead(&self) -> usize {
        let far = self.rules.iter().any(|rule| rule.far);
        if far { FAR } else { 0 }
    }

    pub(super) fn rules_at(&self, b: u8) -> &[u16] {
        &self.starts[usize::from(b)]
    }

    /// The bytes to stop at in the string of a rule.
    pub(super) fn in_text(&self, index: u16) -> &Stops {
        static EVERY: Stops = Stops::of([1; 256]);
        self.in_texts
            .get(usize::from(index))
            .and_then(Option::as_deref)
            .unwrap_or(&EVERY)
    }

    /// The brackets that count in a hole of the string of a rule, or of an element.
    pub(super) fn hole_brackets(&self, text: Option<u16>) -> (u8, u8) {
        match text
            .and_then(|index| self.rules.get(usize::from(index)))
            .map(|rule| rule.what)
        {
            Some(What::Text(text)) => text.hole.map_or((b'{', b'}'), |hole| (hole.up, hole.down)),
            _ => (b'{', b'}'),
        }
    }
}

fn stops_in_text(rule: &Rule) -> Option<Box<Stops>> {
    let What::Text(text) = rule.what else {
        return None;
    };
    let mut marks = [0; 256];
    let mut stop = |b: u8| marks[usize::from(b)] = 1;
    text.close.first().copied().map(&mut stop);
    text.hole
        .and_then(|hole| hole.open.first().copied())
        .map(&mut stop);
    if !text.lines {
        stop(b'\n');
    }
    match text.escape {
        Escape::Backslash => stop(b'\\'),
        Escape::Backtick => stop(b'`'),
        Escape::None | Escape::Doubled | Escape::TwoQuotes => {}
    }
    Some(Box::new(Stops::of(marks)))
}

/// The rules that tokei's tables give.
fn tokei_rules(language: LanguageType, with_strings: bool) -> Vec<Rule> {
    let mut rules = Vec::new();
    let word = |rule: Rule| {
        // `REM`, `dnl`, `comment`.
        let letters = rule.open.first().is_some_and(u8::is_ascii_alphabetic);
        if letters { rule.when(whole_word) } else { rule }
    };
    rules.extend(language.line_comments().iter().map(|open| word(line(open))));
    let pair = if language.allows_nested() {
        nested
    } else {
        blocks
    };
    rules.extend(
        language
            .multi_line_comments()
            .iter()
            .map(|(open, close)| word(pair(open, close))),
    );
    rules.extend(
        language
            .nested_comments()
            .iter()
            .map(|(open, close)| nested(open, close)),
    );
    if !with_strings {
        return rules;
    }
    for (open, close) in language.verbatim_quotes() {
        rules.push(verbatim(open, close));
    }
    for (open, close) in language.quotes().iter().chain(language.doc_quotes()) {
        if open != close {
            rules.push(verbatim(open, close));
        } else if open.len() > 1 {
            rules.push(long_string(open));
        } else if *open == "'" {
            // An apostrophe in a name is none.
            rules.push(string("'").when(fresh));
        } else if *open == "`" {
            rules.push(long_string("`"));
        } else {
            rules.push(string(open));
        }
    }
    let quotes = |of: &str| language.quotes().iter().any(|(open, _)| *open == of);
    if !quotes("'") && quotes("\"") && language.line_comments().contains(&"//") {
        rules.push(call("'", charlit::character));
    }
    rules
}
