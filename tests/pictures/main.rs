//! The README's pictures: the real program on its made-up week, as SVG.
//!
//! ```text
//! cargo test --test pictures -- --ignored     # makes them anew
//! ```
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod svg;

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const PATIENCE: Duration = Duration::from_secs(60);
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
        let screen = shown(now, keys, text);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/pictures/{name}.svg"));
        std::fs::write(path, svg::of(screen.screen(), SIZE)).unwrap();
    }
}

#[test]
fn a_picture_keeps_its_cells() {
    let number = |n| NonZeroU16::new(n).unwrap();
    let mut parser = vt100::Parser::new(number(2), number(8), 0);
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

/// The demo at a moment, after the keys, once it shows a text and nothing more comes.
fn shown(now: &str, keys: &str, text: &str) -> vt100::Parser {
    let number = |n| NonZeroU16::new(n).unwrap();
    let mut parser = vt100::Parser::new(number(SIZE.1), number(SIZE.0), 0);
    let size = PtySize {
        rows: SIZE.1,
        cols: SIZE.0,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_hackweek"));
    command.args(["demo", "--now", now]);
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    command.env_remove("NO_COLOR");
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut typed = pair.master.take_writer().unwrap();
    let mut reader = pair.master.try_clone_reader().unwrap();
    let (tell, output) = channel();
    thread::spawn(move || {
        let mut bytes = [0; 65_536];
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            if tell.send(bytes[..count].to_vec()).is_err() {
                break;
            }
        }
    });
    wait(&output, &mut parser, "  scan ");
    typed.write_all(keys.as_bytes()).unwrap();
    wait(&output, &mut parser, text);
    while let Ok(bytes) = output.recv_timeout(Duration::from_millis(400)) {
        parser.process(&bytes);
    }
    typed.write_all(b"\x1b").unwrap();
    thread::sleep(Duration::from_millis(100));
    typed.write_all(b"q").unwrap();
    let _ = child.wait();
    parser
}

fn wait(output: &Receiver<Vec<u8>>, parser: &mut vt100::Parser, text: &str) {
    let until = Instant::now() + PATIENCE;
    while !parser.screen().contents().contains(text) {
        let left = until.saturating_duration_since(Instant::now());
        match output.recv_timeout(left) {
            Ok(bytes) => parser.process(&bytes),
            Err(why) => panic!("no {text:?}: {why}\n{}", parser.screen().contents()),
        }
    }
}
