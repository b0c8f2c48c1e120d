//! Measures detection on labelled comments: a CSV of `project,is_debt,comment` that
//! `HACKWEEK_SATD` names. Not part of the usual run, since the labelled data is not part of the project.
//!
//! `HACKWEEK_SATD=tune.csv cargo test --test satd -- --ignored --nocapture`; with `HACKWEEK_SATD_SHOW`
//! set to `declared`, `missed` or `suspected` it prints the rows that were judged wrong.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

use std::collections::BTreeMap;
use std::path::Path;

use hackweek::debt::comment::{Token, TokenKind};
use hackweek::debt::marker::in_whole;
use hackweek::debt::{Rules, Tier};

/// Records of RFC 4180: quotes doubled inside quotes, line breaks inside quotes kept.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    let mut record = Vec::new();
    let mut field = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                record.push(std::mem::take(&mut field));
                all.push(std::mem::take(&mut record));
            }
            c => field.push(c),
        }
    }
    if !field.is_empty() || !record.is_empty() {
        record.push(field);
        all.push(record);
    }
    all
}

/// A row's comment as a source text with its tokens: runs of `//` were joined by blanks.
fn source_of(comment: &str) -> (String, Vec<Token>) {
    let comment = comment.trim();
    let mut tokens = Vec::new();
    if comment.starts_with("/*") {
        let text = comment.to_owned();
        let end = text.len();
        let body_end = if text.ends_with("*/") && end >= 4 {
            end - 2
        } else {
            end
        };
        tokens.push(Token {
            start: 0,
            end,
            body_start: 2,
            body_end,
            kind: TokenKind::Block,
        });
        return (text, tokens);
    }
    let text = comment.replace('\n', " ").replace(" //", "\n//");
    let mut start = 0;
    for line in text.split('\n') {
        let sign = if line.starts_with("//") { 2 } else { 0 };
        let end = start + line.len();
        tokens.push(Token {
            start,
            end,
            body_start: start + sign,
            body_end: end,
            kind: TokenKind::Line,
        });
        start = end + 1;
    }
    (text, tokens)
}

#[derive(Clone, Copy, Default)]
struct Count {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Count {
    fn add(&mut self, said: bool, is: bool) {
        match (said, is) {
            (true, true) => self.right += 1,
            (true, false) => self.wrong += 1,
            (false, true) => self.missed += 1,
            (false, false) => {}
        }
    }

    fn figures(self) -> (f64, f64, f64) {
        let share = |part: usize, all: usize| {
            if all == 0 {
                0.0
            } else {
                part as f64 / all as f64
            }
        };
        (
            share(self.right, self.right + self.wrong),
            share(self.right, self.right + self.missed),
            share(2 * self.right, 2 * self.right + self.wrong + self.missed),
        )
    }
}

#[test]
#[ignore = "needs labelled comments: HACKWEEK_SATD"]
fn declared_markers_are_debt_on_labelled_comments() {
    let path = std::env::var_os("HACKWEEK_SATD").expect("HACKWEEK_SATD names a CSV file");
    let show = std::env::var("HACKWEEK_SATD_SHOW").unwrap_or_default();
    let text = std::fs::read_to_string(Path::new(&path)).expect("the file reads");
    let rules = Rules::default();
    // Declared, suspected alone, both, in each project and in all.
    let mut counts: BTreeMap<String, [Count; 3]> = BTreeMap::new();
    for record in records(&text).iter().skip(1) {
        let [project, is_debt, comment] = record.as_slice() else {
            panic!("three columns: {record:?}")
        };
        let is = is_debt == "yes";
        let (text, tokens) = source_of(comment);
        let found = in_whole(text.as_bytes(), &tokens, &rules);
        let declared = found.iter().any(|one| one.marker.tier == Tier::Declared);
        let suspected = !declared && found.iter().any(|one| one.marker.tier == Tier::Suspected);
        let wrong = match show.as_str() {
            "declared" => declared && !is,
            "missed" => !declared && !suspected && is,
            "suspected" => suspected && !is,
            _ => false,
        };
        if wrong {
            println!("{project}: {}", text.replace('\n', " | "));
        }
        for name in [project.as_str(), "~ all (micro)"] {
            let count = counts.entry(name.to_owned()).or_default();
            count[0].add(declared, is);
            // Alone: what the declared tier has is not its to find.
            count[1].add(suspected, is && !declared);
            count[2].add(declared || suspected, is);
        }
    }
    println!(
        "{:20} {:^20} {:^20} {:^20}",
        "precision recall F1", "declared", "suspected", "both"
    );
    let mut macros = [0.0; 3];
    let projects = counts.len() - 1;
    for (name, count) in &counts {
        print!("{name:20}");
        for (index, one) in count.iter().enumerate() {
            let (precision, recall, f1) = one.figures();
            print!(" {precision:6.3} {recall:6.3} {f1:6.3}");
            if !name.starts_with('~') {
                macros[index] += f1 / projects as f64;
            }
        }
        println!(
            "  ({} of {} declared wrong)",
            count[0].wrong,
            count[0].wrong + count[0].right
        );
    }
    println!(
        "F1 macro: declared {:.3}, suspected {:.3}, both {:.3}",
        macros[0], macros[1], macros[2]
    );
    let (precision, _, _) = counts["~ all (micro)"][0].figures();
    assert!(
        precision >= 0.98,
        "declared markers are debt {precision:.3} of the time"
    );
}
