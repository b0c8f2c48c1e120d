//! Where the week is played: the repository, the board beside it, the program at a moment.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chrono::{DateTime, FixedOffset};
use serde_json::Value;
use tempfile::TempDir;

use super::past::Past;
use super::terminal::{Terminal, hackweek};

/// The sizes that a stage is looked at in.
const SIZES: [(u16, u16); 3] = [(100, 30), (80, 24), (60, 20)];

pub(crate) struct Desk {
    pub(crate) past: Past,
    /// The week, as `2019-W26`.
    pub(crate) week: String,
    place: TempDir,
    /// Where the screens are written to, if anybody wants to see them.
    shown: Option<PathBuf>,
}

/// The screens, open at a moment.
pub(crate) struct Sitting<'a> {
    desk: &'a Desk,
    moment: DateTime<FixedOffset>,
    pub(crate) terminal: Terminal,
}

impl Desk {
    pub(crate) fn new(source: &Path, week: &str, shown: Option<PathBuf>) -> Self {
        let place = TempDir::new().unwrap();
        let past = Past::new(source, week, place.path());
        let shown = shown.map(|shown| {
            let name = past.clone.file_name().unwrap().to_str().unwrap();
            let shown = shown.join(format!("{name}-{week}"));
            std::fs::create_dir_all(&shown).unwrap();
            shown
        });
        Self {
            past,
            week: week.to_owned(),
            place,
            shown,
        }
    }

    /// The flags that say which board and which clock.
    fn flags(&self, moment: DateTime<FixedOffset>) -> [String; 6] {
        [
            "--now".to_owned(),
            moment.to_rfc3339(),
            "--timezone".to_owned(),
            self.past.zone(),
            "--data".to_owned(),
            self.place.path().join("data").display().to_string(),
        ]
    }

    /// Runs a command where the branch stands; its exit code and what it wrote.
    pub(crate) fn run(
        &self,
        moment: DateTime<FixedOffset>,
        args: &[&str],
    ) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_hackweek"))
            .args(args)
            .args(self.flags(moment))
            .current_dir(&self.past.clone)
            .env_clear()
            .env("HOME", self.place.path())
            .env("PATH", std::env::var("PATH").unwrap())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let code = output.status.code().unwrap();
        (code, text(output.stdout), text(output.stderr))
    }

    /// A report or a list as JSON, but for when it was made.
    pub(crate) fn json(&self, moment: DateTime<FixedOffset>, args: &[&str]) -> Value {
        let (code, out, err) = self.run(moment, &[args, &["--format", "json"]].concat());
        assert_eq!(code, 0, "{args:?}: {err}");
        serde_json::from_str(&out).unwrap()
    }

    /// Opens the screens as the repository was at a moment.
    pub(crate) fn sits(&self, day: u64, clock: &str) -> Sitting<'_> {
        let moment = self.past.moment(day, clock);
        self.past.go_to(moment);
        let mut command = hackweek();
        command.args(self.flags(moment));
        command.cwd(&self.past.clone);
        command.env("HOME", self.place.path());
        let mut terminal = Terminal::open(command, SIZES[0]);
        // Scanned and read.
        terminal.wait_until("the week", |screen| {
            let text = screen.contents();
            let counted = |tab: &str| tab.starts_with(|sign: char| sign.is_ascii_digit());
            let is_read = text.split("3 Debt ").skip(1).any(counted) || text.contains("I found");
            text.contains("  scan ") && is_read
        });
        Sitting {
            desk: self,
            moment,
            terminal,
        }
    }
}

impl Sitting<'_> {
    /// A report or a list of this moment, as JSON.
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        self.desk.json(self.moment, args)
    }

    /// Presses keys, and waits until the screen shows a text.
    pub(crate) fn sees(&mut self, keys: &str, text: &str) {
        self.terminal.press(keys);
        self.terminal.wait_for(text);
    }

    /// Presses keys that write something; returns what row 29 says of it.
    pub(crate) fn does(&mut self, keys: &str) -> String {
        let before = self.terminal.row(-2);
        self.terminal.press(keys);
        self.said(keys, &before)
    }

    /// The same for keys that were pressed already, when row 29 showed something else.
    pub(crate) fn said_after(&mut self, before: &str) -> String {
        self.said("", before)
    }

    fn said(&mut self, keys: &str, before: &str) -> String {
        let row = |screen: &vt100::Screen| {
            let (rows, columns) = screen.size();
            let mut lines = screen.rows(0, columns.get());
            lines.nth(usize::from(rows.get()) - 2).unwrap_or_default()
        };
        let what = format!("sentence with its undo after {keys:?}");
        self.terminal.wait_until(&what, |screen| {
            let row = row(screen);
            row != before && row.trim_end().ends_with("u undo")
        });
        let row = row(self.terminal.screen());
        row.trim().trim_end_matches("u undo").trim().to_owned()
    }

    /// Opens a form with a key, waits for its title, and hands it in with these values, field by field.
    pub(crate) fn fills(&mut self, key: &str, title: &str, values: &[&str]) -> String {
        self.terminal.press(key);
        self.terminal.wait_until(title, |screen| {
            let text = screen.contents();
            text.contains(title) && text.contains("enter write")
        });
        let before = self.terminal.row(-2);
        let values: Vec<String> = values
            .iter()
            .map(|value| format!("\u{15}{value}"))
            .collect();
        self.terminal.press(&values.join("\t"));
        self.terminal.press("\r");
        self.said(key, &before)
    }

    /// Writes a file from the screens, and returns what is in it.
    pub(crate) fn exports(&mut self, keys: &str) -> String {
        self.sees(keys, "write to ");
        let name = self.terminal.row(-2);
        let name = name
            .trim()
            .trim_start_matches("write to ")
            .trim()
            .to_owned();
        self.sees("\r", &format!("wrote {name}"));
        let path = self.desk.past.clone.join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(path).unwrap();
        text
    }

    /// Writes down what is seen, in every size.
    pub(crate) fn looks(&mut self, stage: &str) {
        let Some(shown) = &self.desk.shown else {
            return;
        };
        for size in SIZES {
            if size != SIZES[0] {
                self.terminal.resize(size);
            }
            let name = format!("{stage}.{}x{}.txt", size.0, size.1);
            let text = self.terminal.text();
            let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
            std::fs::write(shown.join(name), lines.join("\n") + "\n").unwrap();
        }
        self.terminal.resize(SIZES[0]);
    }

    /// Leaves the screens.
    pub(crate) fn leaves(mut self) {
        self.terminal.press("\u{3}\u{3}");
        assert_eq!(self.terminal.end().0, 0);
    }
}
