//! A program on a terminal of its own: keys go in, the screen is read.
//!
//! Nothing here waits for a time to pass. What is waited for is something on the screen, and a screen
//! is looked at only where no frame is half written: hackweek marks where one begins and ends.
//!
//! ```ignore
//! let mut terminal = Terminal::open(hackweek(), (100, 30));
//! terminal.wait_for("3 Debt");
//! terminal.press("3");
//! terminal.wait_for("open of");
//! ```
//!
//! Several programs of tests include it, and none of them uses all of it.
#![allow(dead_code)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long anything is waited for before it is taken never to come.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the screens write before and after a frame.
const FRAME: (&[u8], &[u8]) = (b"\x1b[?2026h", b"\x1b[?2026l");

/// A program on a terminal. The terminal goes away with it.
pub(crate) struct Terminal {
    parser: vt100::Parser,
    /// All that was written.
    written: Vec<u8>,
    /// Whether a frame is half written, after so many of the bytes.
    half: (bool, usize),
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
}

/// hackweek with the surroundings of a plain terminal, whatever those of the tests are.
pub(crate) fn hackweek() -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_hackweek"));
    plain(&mut command);
    command
}

/// Takes all of the surroundings away but for where programs are, and says that the terminal has
/// colours and UTF-8.
pub(crate) fn plain(command: &mut CommandBuilder) {
    command.env_clear();
    command.env("PATH", std::env::var("PATH").unwrap());
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
}

/// An empty screen of so many columns and rows.
pub(crate) fn parser((columns, rows): (u16, u16)) -> vt100::Parser {
    let number = |n| NonZeroU16::new(n).unwrap();
    vt100::Parser::new(number(rows), number(columns), 0)
}

fn cells((cols, rows): (u16, u16)) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

impl Terminal {
    /// Runs a program on a terminal of so many columns and rows.
    pub(crate) fn open(command: CommandBuilder, size: (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(cells(size)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let keys = pair.master.take_writer().unwrap();
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
        Self {
            parser: parser(size),
            written: Vec::new(),
            half: (false, 0),
            child,
            master: pair.master,
            keys,
            output,
        }
    }

    /// What is on the screen.
    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// The same as text, a line a row.
    pub(crate) fn text(&self) -> String {
        self.screen().contents()
    }

    /// A row of it, counted from 1; from the last one where the number is negative.
    pub(crate) fn row(&self, row: i32) -> String {
        let (rows, columns) = self.screen().size();
        let at = match row {
            1.. => row - 1,
            _ => i32::from(rows.get()) + row,
        };
        let mut lines = self.screen().rows(0, columns.get());
        lines.nth(usize::try_from(at).unwrap()).unwrap_or_default()
    }

    /// All that was written so far, as bytes.
    pub(crate) fn written(&self) -> &[u8] {
        &self.written
    }

    /// The program's process.
    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Waits until the screen shows a text.
    pub(crate) fn wait_for(&mut self, text: &str) {
        self.wait_until(text, |screen| screen.contents().contains(text));
    }

    /// Waits until the screen is as it should be; `what` says how that is, for who reads why it is not.
    pub(crate) fn wait_until(&mut self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) {
        let until = Instant::now() + PATIENCE;
        while self.half.0 || !is_so(self.parser.screen()) {
            let left = until.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(bytes),
                Err(error) => panic!("no {what:?}: {error}\n{}", self.text()),
            }
        }
    }

    fn take(&mut self, bytes: Vec<u8>) {
        self.parser.process(&bytes);
        self.written.extend(bytes);
        let from = self.half.1;
        let marks = |mark: &[u8]| {
            let mut found = self.written[from..].windows(mark.len());
            found.rposition(|own| own == mark)
        };
        let (begun, ended) = (marks(FRAME.0), marks(FRAME.1));
        if let Some(last) = begun.max(ended) {
            self.half = (begun == Some(last), from + last + 1);
        }
    }

    /// Presses keys, as the bytes that a terminal sends for them.
    pub(crate) fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Gives the terminal another size, and waits until the screens have drawn all of it: the keys in
    /// its last row, or the wish for more room.
    pub(crate) fn resize(&mut self, size: (u16, u16)) {
        let number = |n| NonZeroU16::new(n).unwrap();
        let (columns, rows) = (number(size.0), number(size.1));
        self.parser.screen_mut().set_size(rows, columns);
        // What stood there is drawn anew; it is not to be taken for what is waited for.
        self.parser.process(b"\x1b[2J");
        self.master.resize(cells(size)).unwrap();
        self.wait_until("all of the frame", |screen| {
            let last = screen.rows(0, size.0).nth(usize::from(size.1) - 1);
            let last = last.unwrap_or_default();
            ["keys", "esc "].iter().any(|word| last.contains(word))
                || screen.contents().contains("make me bigger")
        });
    }

    /// Waits for the end of the program, and returns its exit code and the screen that it left.
    pub(crate) fn end(mut self) -> (u32, vt100::Parser) {
        let until = Instant::now() + PATIENCE;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(bytes),
                // Nobody has the terminal any more.
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it does not end\n{}", self.text()),
            }
        }
        (self.child.wait().unwrap().exit_code(), self.parser)
    }
}
