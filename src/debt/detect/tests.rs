//! Whatever is read after whatever, the result is that of reading it alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::*;
use crate::debt::attributes::Attributes;
use crate::debt::rules::RuleOptions;

fn detector(options: &RuleOptions) -> Detector {
    Detector::new(
        Rules::new(options).unwrap(),
        PathRules::new(Attributes::parse(&[], None), &[]).unwrap(),
    )
}

static USUAL: LazyLock<Detector> = LazyLock::new(|| detector(&RuleOptions::default()));

static CONFIGURED: LazyLock<Detector> = LazyLock::new(|| {
    detector(&RuleOptions {
        phrases: vec![r"goes\s+on\b.*".to_owned(), "it goes".to_owned()],
        declared_phrases: vec!["(?s)one.*five".to_owned()],
        ..RuleOptions::default()
    })
});

/// What a sighting says, its marker spelt out.
fn spelt(markers: &Markers, seen: &[Seen]) -> Vec<Sighting> {
    let spell = |seen: &Seen| Sighting {
        marker: markers.get(seen.marker),
        line: seen.line,
        last_line: seen.last_line,
        context: seen.context,
    };
    seen.iter().map(spell).collect()
}

/// Reads the versions of a file one after the other, and each alone.
fn check(detector: &Detector, path: &str, versions: &[Vec<u8>]) {
    let markers = Markers::default();
    let mut reading = detector.reading(&markers);
    let kind = detector.kind(path.as_bytes());
    for version in versions {
        let seen = reading.seen(kind, path.as_bytes(), version);
        let seen = seen.map(|seen| spelt(&markers, &seen));
        let alone = detector.sightings(kind, path.as_bytes(), version);
        assert_eq!(
            seen,
            alone,
            "{path}: {:?}",
            String::from_utf8_lossy(version)
        );
    }
}

/// Lines that begin, go on with and end what lexers and markers know.
const LINES: &[&str] = &[
    "",
    "",
    "    ",
    "int a = 1;",
    "fn f() {",
    "}",
    "x = 'a'",
    "let s = \"a",
    "b\";",
    "return a / b; // why?",
    "// TODO: one",
    "// and more",
    "    // FIXME two",
    "# TODO three",
    "# it goes on",
    "/* HACK",
    " * four",
    " */",
    "a /* XXX: five */ b",
    "// this is ugly for now",
    "/// for now",
    "\"\"\"",
    "'''",
    "<<EOF",
    "EOF",
    "cat <<-'E' # TODO",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<!-- TODO six",
    "-->",
    "<?php",
    "?>",
    "{{",
    "}}",
    "`${",
    "}`",
    "don't",
    "-- TODO seven",
    "--[[",
    "]]",
    "(* TODO eight",
    "*)",
    "{-",
    "-}",
    "; TODO",
    "% FIXME",
    "=pod",
    "=cut",
    "=begin",
    "=end",
    "__END__",
    "---",
    "```",
    "r#\"",
    "\"#",
    "R\"x(",
    ")x\"",
    "\\",
    "#if 0",
    "caf\u{e9} // TODO caf\u{e9}",
    "<div>",
    "</div>",
    "<% # TODO",
    "%>",
    "dnl TODO",
    "REM todo",
    "' TODO",
    "q{",
    "s/a/b/ # TODO",
    "m{",
    "/re/ // TODO",
];

const PATHS: &[&str] = &[
    "a.c",
    "a.rs",
    "a.py",
    "a.js",
    "a.tsx",
    "a.html",
    "a.php",
    "a.sh",
    "a.pl",
    "a.rb",
    "a.lua",
    "a.hs",
    "a.ml",
    "a.sql",
    "a.el",
    "a.tex",
    "a.yaml",
    "a.toml",
    "a.vue",
    "a.svelte",
    "a.astro",
    "a.erb",
    "a.kt",
    "a.swift",
    "a.go",
    "a.cs",
    "a.scala",
    "a.nix",
    "a.jl",
    "a.ex",
    "a.r",
    "a.ps1",
    "a.tcl",
    "a.vim",
    "a.f90",
    "a.bas",
    "a.bat",
    "a.m4",
    "a.asm",
    "a.clj",
    "a.dart",
    "a.zig",
    "a.d",
    "a.jinja2",
    "a.md",
    "a.rst",
    "a.txt",
    "noname",
    "Makefile",
    "CMakeLists.txt",
];

fn line() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        20 => proptest::sample::select(LINES).prop_map(|line| line.as_bytes().to_vec()),
        1 => Just(b"caf\xe9 // TODO caf\xe9".to_vec()),
        // Enough of plain code that texts have several pieces.
        4 => (100..700_usize).prop_map(|length| b"code = 1;\n".repeat(length / 10)),
    ]
}

/// A text and some edits of it: lines taken out, others put in, anywhere.
fn versions() -> impl Strategy<Value = Vec<Vec<u8>>> {
    // Lines go, others come, and now and then some are written once more elsewhere.
    let copied = (any::<prop::sample::Index>(), 0..30_usize);
    let edit = (
        any::<prop::sample::Index>(),
        0..4_usize,
        prop::collection::vec(line(), 0..3),
        prop::option::weighted(0.2, copied),
    );
    (
        prop::collection::vec(line(), 0..40),
        prop::collection::vec(prop::collection::vec(edit, 1..4), 1..8),
        any::<bool>(),
    )
        .prop_map(|(mut lines, versions, ended)| {
            let text = |lines: &[Vec<u8>]| {
                let mut text = lines.join(&b'\n');
                if ended {
                    text.push(b'\n');
                }
                text
            };
            let mut all = vec![text(&lines)];
            for edits in versions {
                for (at, out, mut put, copied) in edits {
                    let at = at.index(lines.len() + 1);
                    let end = (at + out).min(lines.len());
                    if let Some((from, count)) = copied {
                        let from = from.index(lines.len() + 1);
                        put.extend(lines.iter().skip(from).take(count).cloned());
                    }
                    lines.splice(at..end, put);
                }
                all.push(text(&lines));
            }
            all
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_version_read_after_others_gives_what_it_gives_alone(
        versions in versions(),
        path in proptest::sample::select(PATHS),
    ) {
        check(&USUAL, path, &versions);
    }

    #[test]
    fn configured_patterns_give_the_same_too(
        versions in versions(),
        path in proptest::sample::select(PATHS),
    ) {
        check(&CONFIGURED, path, &versions);
    }

}

/// Some lines that no other block has.
fn block(name: &str) -> String {
    let lines = (0..60).map(|number| format!("{name}({number});\n"));
    lines.collect()
}

#[test]
fn a_block_written_twice_moves_what_comes_after_it() {
    let (one, two) = (block("one"), block("two"));
    let end = format!("// TODO: x\n{}", block("three"));
    let text =
        |head: &str, twos: usize| format!("{head};\n{one}{}{end}", two.repeat(twos)).into_bytes();
    check(
        &USUAL,
        "a.c",
        &[text("a", 1), text("b", 2), text("c", 1), text("c", 3)],
    );
}

#[test]
fn the_same_sightings_are_kept_once() {
    let detector = &*USUAL;
    let markers = Markers::default();
    let mut reading = detector.reading(&markers);
    let kind = detector.kind(b"a.c");
    let mut read = |text: &'static str| reading.seen(kind, b"a.c", text).unwrap();
    let one = read("a;\n// TODO: x\nb;\n");
    let two = read("a;\n// TODO: x\nb;\nc;\n");
    assert!(Arc::ptr_eq(&one, &two));
    assert_eq!(one.len(), 1);
}

#[test]
fn one_byte_that_is_no_utf8_changes_how_all_of_a_text_is_read() {
    let code = "code = 1;\n".repeat(400);
    let text = |end: &[u8]| [b"// TODO caf\xc3\xa9\n", code.as_bytes(), end].concat();
    check(
        &USUAL,
        "a.c",
        &[text(b"a\n"), text(b"\xe9\n"), text(b"b\n")],
    );
}
