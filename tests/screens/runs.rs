//! Whole runs.

use std::process::Command;

use super::pty::Session;

fn signal(process: u32, name: &str) {
    let status = Command::new("kill")
        .arg(name)
        .arg(process.to_string())
        .status();
    assert!(status.unwrap().success());
}

fn given_back(screen: &vt100::Screen) {
    assert!(!screen.alternate_screen(), "the alternate screen stays");
    assert!(!screen.hide_cursor(), "the cursor stays hidden");
    assert!(!screen.bracketed_paste(), "pastes stay bracketed");
    assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
}

#[test]
fn it_starts_draws_resizes_and_leaves_the_terminal_as_it_was() {
    let mut session = Session::shell(
        "stty -a > before; $HW; echo code $?; stty -a > after; cmp before after && echo same",
    );
    session.open_debt();
    session.wait_for("retries never back off");
    // The code is read from the commit.
    session.wait_for("post();");
    session.terminal.resize((60, 20));
    session.wait_for("Wed▸ review");
    session.terminal.resize((39, 9));
    session.wait_for("make me bigger");
    session.terminal.resize((100, 30));
    session.wait_for("up to date");
    session.press("?");
    session.wait_for("esc close");
    session.press("\u{1b}");
    session.wait_for("Kind  What");
    session.press("q");
    session.wait_for("same");
    let (code, parser) = session.end();
    assert_eq!(code, 0);
    assert!(parser.screen().contents().contains("code 0"));
    given_back(parser.screen());
}

#[test]
fn a_signal_gives_the_terminal_back_and_is_the_exit_code() {
    for (name, code) in [("-TERM", 143), ("-HUP", 129), ("-INT", 130)] {
        let mut session = Session::shell("exec $HW");
        session.open_debt();
        signal(session.process(), name);
        let (ended, parser) = session.end();
        assert_eq!(ended, code, "{name}");
        given_back(parser.screen());
    }
}

#[test]
fn a_stop_gives_the_terminal_back_and_going_on_takes_it_again() {
    let mut session = Session::shell("exec $HW");
    session.open_debt();
    let process = session.process();
    session.press("\u{1a}");
    let state = || {
        let asked = Command::new("ps")
            .args(["-o", "state=", "-p", &process.to_string()])
            .output();
        String::from_utf8(asked.unwrap().stdout).unwrap()
    };
    let stopped = (0..200).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        state().trim_start().starts_with('T')
    });
    assert!(stopped, "{}", state());
    // What was written before it stopped may still be on its way.
    let terminal = &mut session.terminal;
    terminal.wait_until("the shell's screen", |it| !it.alternate_screen());
    given_back(terminal.screen());
    signal(process, "-CONT");
    session.wait_for("1 open of 1");
    session.press("fa");
    session.wait_for("1 in all");
    session.press("q");
    let (code, parser) = session.end();
    assert_eq!(code, 0);
    given_back(parser.screen());
}

#[test]
fn the_editor_has_the_terminal_while_it_runs() {
    let mut session = Session::shell(
        "printf '#!/bin/sh\\necho edits \"$@\" > edited; cat edited; read line\\n' > ../vim; chmod +x ../vim; \
         VISUAL=\"../vim -n\" exec $HW",
    );
    session.open_debt();
    session.wait_for("post();");
    session.press("e");
    session.wait_for("edits -n +2");
    // An interrupt while the editor runs is the editor's.
    signal(session.process(), "-INT");
    session.press("\n");
    session.wait_for("back from the editor");
    session.press("q");
    assert_eq!(session.end().0, 0);
}

#[test]
fn keys_and_settings_are_written_hold_at_once_and_are_taken_back() {
    let mut session = Session::shell(
        "mkdir -p ~/dot ~/.config/hackweek; printf '# mine\\n[ui]\\nmouse = false # select\\n' > ~/dot/h; \
         ln -s ~/dot/h ~/.config/hackweek/hackweek.toml; $HW; cat ~/dot/h; ls -l ~/.config/hackweek",
    );
    session.open_debt();
    session.press("?");
    session.wait_for("esc close");
    session.press("debt.edit");
    session.wait_for("1 of 1");
    session.press("E");
    session.wait_for("in place of e");
    session.press("j");
    session.wait_for("j is move.down already: down");
    session.press("\u{7f}\u{5}");
    session.wait_for("then it has ctrl-e");
    session.press("\r");
    session.wait_for("debt.edit is ctrl-e now, was e, in ~/.config/hackweek/hackweek.toml");
    session.wait_for("ctrl-e editor");
    session.press(":");
    session.wait_for("Commands");
    session.press("excludes");
    session.wait_for("debt.excludes");
    session.press("\r");
    session.wait_for("paths left out:");
    session.press("*.rs\r");
    // It is scanned with it, and again without.
    session.wait_for("0 open of 0");
    session.press("u");
    session.wait_for("undone: debt.excludes is none again");
    session.wait_for("1 open of 1");
    session.press("q");
    session.wait_for("hackweek.toml -> ");
    let (code, parser) = session.end();
    assert_eq!(code, 0);
    let shown = parser.screen().contents();
    let file = "# mine\n[ui]\nmouse = false # select\n\n[keys]\n\"debt.edit\" = [\"ctrl-e\"]\n";
    assert!(shown.contains(file), "{shown}");
}

#[test]
fn an_export_is_written_and_never_over_a_file() {
    let mut session = Session::shell("$HW; cat debt-2026-W47.json | head -3");
    session.open_debt();
    session.press("xj\r");
    session.wait_for("wrote debt-2026-W47.json");
    session.press("xj\r");
    session.wait_for("is there already");
    session.press("q");
    session.wait_for("hackweek/debt/1");
    assert_eq!(session.end().0, 0);
}

#[test]
fn a_copy_goes_to_the_clipboard_of_the_terminal() {
    let mut session = Session::shell("exec $HW");
    session.open_debt();
    session.press("yl");
    session.wait_for("copied its place: gateway.rs:2");
    // OSC 52 with "gateway.rs:2" in base64.
    let copied = b"\x1b]52;c;Z2F0ZXdheS5yczoy";
    let written = session.terminal.written();
    let found = written.windows(copied.len()).any(|bytes| bytes == copied);
    assert!(found, "{}", String::from_utf8_lossy(written));
    session.press("q");
    assert_eq!(session.end().0, 0);
}

#[test]
fn new_commits_are_found_without_a_key() {
    let mut session = Session::shell("exec $HW");
    session.open_debt();
    session.commit("hook.rs", "// FIXME: not signed\n");
    session.wait_for("2 open of 2");
    session.press("q");
    assert_eq!(session.end().0, 0);
}

#[test]
fn without_a_terminal_it_says_what_to_run() {
    for (line, words) in [
        ("TERM=dumb $HW; echo code $?", "TERM says"),
        ("unset TERM; $HW; echo code $?", "TERM says"),
        ("$HW < /dev/null; echo code $?", "need a terminal"),
        ("$HW > out; echo code $?", "need a terminal"),
    ] {
        let mut session = Session::shell(line);
        session.wait_for("code 2");
        let screen = session.terminal.text();
        assert!(screen.contains(words), "{line}: {screen}");
        assert!(screen.contains("hackweek debt"), "{line}: {screen}");
    }
}

#[test]
fn where_no_repository_is_it_says_so_and_takes_no_terminal() {
    let mut session = Session::shell("cd /; $HW; echo code $?");
    session.wait_for("code 3");
    assert!(!session.terminal.screen().alternate_screen());
}

#[test]
fn a_terminal_that_goes_away_ends_it() {
    let mut session = Session::shell("trap '' HUP; exec $HW");
    session.open_debt();
    let process = session.process();
    drop(session);
    let gone = (0..60).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        !std::path::Path::new(&format!("/proc/{process}/exe")).exists()
    });
    assert!(gone || !cfg!(target_os = "linux"));
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_is_told() {
    let tests = std::env::current_exe().unwrap();
    let line = format!(
        "stty -a > before; {} --ignored --exact --nocapture runs::a_panic; stty -a > after; \
         cmp before after && echo same",
        tests.display()
    );
    let mut session = Session::shell(&line);
    session.wait_for("same");
    assert!(session.terminal.text().contains("while drawing"));
    given_back(session.terminal.screen());
}

#[test]
#[ignore = "run by the test above, on a terminal"]
fn a_panic() {
    let _guard = hackweek::tui::terminal::Guard::take(true).unwrap();
    panic!("while drawing");
}

#[test]
fn the_demo_goes_when_it_is_left_and_on_a_signal() {
    let place = tempfile::TempDir::new().unwrap();
    let line = format!(
        "TMPDIR={} exec {} demo",
        place.path().display(),
        env!("CARGO_BIN_EXE_hackweek")
    );
    let made = || std::fs::read_dir(place.path()).unwrap().count();
    for (name, code) in [(None, 0), (Some("-TERM"), 143), (Some("-HUP"), 129)] {
        let mut session = Session::shell(&line);
        session.wait_for("Tue 17 Nov");
        session.wait_for("opened 14   paid 1");
        assert_eq!(made(), 1);
        match name {
            Some(name) => signal(session.process(), name),
            None => session.press("q"),
        }
        let (ended, parser) = session.end();
        assert_eq!(ended, code, "{name:?}");
        assert_eq!(made(), 0, "{name:?}");
        given_back(parser.screen());
    }
}

#[test]
fn the_demo_goes_with_its_terminal() {
    for trap in ["", "trap '' HUP;"] {
        let place = tempfile::TempDir::new().unwrap();
        let line = format!(
            "{trap} TMPDIR={} exec {} demo",
            place.path().display(),
            env!("CARGO_BIN_EXE_hackweek")
        );
        let made = || std::fs::read_dir(place.path()).unwrap().count();
        let mut session = Session::shell(&line);
        session.wait_for("opened 14   paid 1");
        assert_eq!(made(), 1);
        drop(session);
        let gone = (0..100).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(100));
            made() == 0
        });
        assert!(gone, "{trap}");
    }
}

#[test]
fn the_number_on_the_debt_tab_is_what_the_gate_counts() {
    let mut session = Session::shell(
        "$HW debt carry gateway.rs:2
         LATER=\"${HW% --now *} --now 2026-11-24T11:00:00+01:00\"
         $LATER debt --fail-on open > /dev/null; echo code $?
         read go; exec $LATER",
    );
    session.wait_for("the gate found 1 open (1 carried in)");
    session.wait_for("code 1");
    session.press("\r");
    session.wait_for("3 Debt 1");
    session.press("q");
    assert_eq!(session.end().0, 0);
}
