//! What holds for every text, in every language of the table.

use std::ops::ControlFlow;

use proptest::prelude::*;

use crate::debt::comment::{Lexer, LineState, Sink, Token};
use crate::debt::language::Language;

/// Takes all there is, resting at every line it can.
#[derive(Default)]
struct Recorder {
    tokens: Vec<Token>,
    /// Each resting place and how many tokens came before it.
    rests: Vec<(usize, LineState, usize)>,
}

impl Sink for Recorder {
    fn comment(&mut self, token: Token) -> ControlFlow<()> {
        self.tokens.push(token);
        ControlFlow::Continue(())
    }
    fn resting(&mut self, at: usize, state: &LineState) -> ControlFlow<()> {
        self.rests.push((at, state.clone(), self.tokens.len()));
        ControlFlow::Continue(())
    }
    fn next_resting(&mut self, at: usize) -> usize {
        at + 1
    }
}

fn record(language: Language, text: &[u8], from: usize, state: LineState) -> Recorder {
    let mut recorder = Recorder::default();
    Lexer::of(language).run(text, from, state, &mut recorder);
    recorder
}

/// Checks all that must hold of one text.
fn check(language: Language, text: &[u8]) {
    let name = language.name();
    let whole = record(language, text, 0, LineState::default());
    let mut last = 0;
    for token in &whole.tokens {
        assert!(
            last <= token.start && token.start < token.end,
            "{name}: {token:?}"
        );
        assert!(token.start <= token.body_start, "{name}: {token:?}");
        assert!(token.body_start <= token.body_end, "{name}: {token:?}");
        assert!(
            token.body_end <= token.end && token.end <= text.len(),
            "{name}: {token:?}"
        );
        last = token.end;
    }
    for (index, (at, state, before)) in whole.rests.iter().enumerate() {
        assert_eq!(text[at - 1], b'\n', "{name}");
        let rest = record(language, text, *at, state.clone());
        assert_eq!(rest.tokens, whole.tokens[*before..], "{name} from {at}");
        let places = |of: &[(usize, LineState, usize)]| -> Vec<(usize, LineState)> {
            of.iter()
                .map(|(at, state, _)| (*at, state.clone()))
                .collect()
        };
        assert_eq!(
            places(&rest.rests),
            places(&whole.rests[index + 1..]),
            "{name} from {at}"
        );
        // Nothing hangs on the bytes before, but for the line end itself.
        let mut other = vec![b'"'; *at];
        other[at - 1] = b'\n';
        other.extend_from_slice(&text[*at..]);
        let rest = record(language, &other, *at, state.clone());
        assert_eq!(
            rest.tokens,
            whole.tokens[*before..],
            "{name} after other bytes, from {at}"
        );
    }
}

/// Texts made of what the languages' signs are made of.
fn signs() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => prop::sample::select(vec![
            "\n", "\n", "\r\n", " ", "a", "x1", "\\", "\"", "'", "`", "\"\"\"", "'''", "/", "//",
            "/*", "*/", "#", "##", "#=", "=#", "#[", "]#", "#|", "|#", "{-", "-}", "--", "--[[",
            "]]", "(*", "*)", "{", "}", "${", "#{", "$(", "(", ")", "[", "]", "<", ">", "</", "/>",
            "<!--", "-->", "<script>", "</script>", "<style>", "</style>", "<?php ", "?>", "<%",
            "%>", "<<EOF", "<<-EOF", "EOF", "\nEOF\n", "<<<EOT", "=begin\n", "\n=end\n", "\n=pod\n",
            "\n=cut\n", "R\"x(", ")x\"", "r#\"", "\"#", "@\"", "$\"", "q{", "s/", "y ", "%w(", "?",
            "~s(", "=", ",", ";", ":", "return ", "def f():", "%", "!", "REM ", "dnl ", "$", "+",
            "<a", "---\n", "url(", "\u{e9}", "''", "''$",
        ]).prop_map(|s| s.as_bytes().to_vec()),
        1 => any::<u8>().prop_map(|b| vec![b]),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_language_reads_on_from_every_resting_place(text in signs()) {
        for language in Language::all() {
            check(language, &text);
        }
    }

    #[test]
    fn every_language_takes_any_bytes(text in prop::collection::vec(any::<u8>(), 0..200)) {
        for language in Language::all() {
            check(language, &text);
        }
    }
}

#[test]
fn deep_and_repeated_openings_stay_cheap() {
    for piece in [
        "${`", "\"#{", "(*", "{-", "/*", "<a>", "/[", "q(", "<<A ", "s{", "%w(", "[=", "#",
    ] {
        let text = piece.repeat(20_000);
        for name in [
            "JavaScript",
            "Ruby",
            "Perl",
            "OCaml",
            "Rust",
            "Shell",
            "Swift",
            "TSX",
            "Lua",
        ] {
            let language = Language::named(name).unwrap();
            let rests = record(language, text.as_bytes(), 0, LineState::default()).rests;
            assert!(rests.is_empty());
        }
    }
}
