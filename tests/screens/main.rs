//! The screens from outside: a real process on a real terminal, and the bytes that it writes.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

#[cfg(unix)]
mod pty;
#[cfg(unix)]
mod runs;
#[path = "../terminal/mod.rs"]
mod terminal;

use hackweek::tui::terminal::{enter, leave};

#[test]
fn what_is_taken_is_given_back() {
    let mut bytes = b"$ hackweek\r\n".to_vec();
    let mut parser = terminal::parser((100, 30));
    parser.process(&bytes);
    let before = parser.screen().contents();
    bytes.clear();
    enter(&mut bytes, true).unwrap();
    parser.process(&bytes);
    let screen = parser.screen();
    assert!(screen.alternate_screen() && screen.hide_cursor() && screen.bracketed_paste());
    assert_ne!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    bytes.clear();
    leave(&mut bytes).unwrap();
    // Twice is as good as once.
    leave(&mut bytes).unwrap();
    parser.process(&bytes);
    let screen = parser.screen();
    assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
    assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    assert_eq!(screen.contents(), before);
}
