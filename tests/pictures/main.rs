//! The README's pictures: the real program on its made-up week, as SVG.
//!
//! ```text
//! cargo test --test pictures -- --ignored     # makes them anew
//! ```
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod svg;
#[path = "../terminal/mod.rs"]
mod terminal;

use std::path::Path;

use terminal::{Terminal, hackweek, parser};

const SIZE: (u16, u16) = (100, 30);

/// File, moment, keys, and what is to be seen before the picture is taken.
const PICTURES: [(&str, &str, &str, &str); 8] = [
    ("standup", "2026-11-17T09:32:00+01:00", "1", "Round robin"),
    ("plan", "2026-11-16T09:22:10+01:00", "2", "Promises"),
    ("debt", "2026-11-18T13:05:00+01:00", "3", "fn "),
    ("review", "2026-11-18T10:14:00+01:00", "4", "Must change"),
    (
        "payback",
        "2026-11-19T14:20:00+01:00",
        "5",
        "Needs a decision",
    ),
    ("retro", "2026-11-20T15:10:00+01:00", "6", "Keep"),
    ("roadmap", "2026-11-20T15:40:00+01:00", "7", "Features"),
    ("keys", "2026-11-18T13:05:00+01:00", "3?", "Keys on Debt"),
];

#[test]
#[ignore = "makes the pictures anew"]
fn the_pictures_of_the_readme() {
    for (name, now, keys, text) in PICTURES {
        let mut terminal = shown(now, keys, text);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/pictures/{name}.svg"));
        std::fs::write(path, svg::of(terminal.screen(), SIZE)).unwrap();
        // One for the help, where it is shown, and one for the screens.
        terminal.press("\u{3}\u{3}");
        assert_eq!(terminal.end().0, 0);
    }
}

#[test]
fn a_picture_keeps_its_cells() {
    let mut parser = parser((8, 2));
    parser.process("a<\u{1b}[36;1mb&\u{1b}[0m\r\n\u{1b}[7mx\u{1b}[0m ─".as_bytes());
    let picture = svg::of(parser.screen(), (8, 2));
    for part in [
        "a&lt;",
        r#"class="c6 b""#,
        "b&amp;",
        r#"class="inv""#,
        "─",
        "</svg>",
    ] {
        assert!(picture.contains(part), "{part}: {picture}");
    }
}

/// The demo at a moment, after the keys, once it shows a text.
fn shown(now: &str, keys: &str, text: &str) -> Terminal {
    let mut command = hackweek();
    command.args(["demo", "--now", now]);
    let mut terminal = Terminal::open(command, SIZE);
    // Scanned, and read.
    terminal.wait_for("  scan ");
    terminal.wait_for("hack 6");
    terminal.press(keys);
    terminal.wait_for(text);
    terminal
}
