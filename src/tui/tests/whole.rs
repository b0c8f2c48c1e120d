//! No word of our own is cut: not on any screen, nor by what lies over it, at any size.
//!
//! The team writes in letters and figures that are none of ours. So a letter or a figure of ours beside
//! the sign of what goes on is a word of ours that is cut, and so is what is no word of the sources.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use super::abroad::spelled;
use super::app::App;
use crate::tui::actions::{Row, rows};
use crate::tui::glyphs::{ASCII, UNICODE};
use crate::tui::message::Message;
use crate::tui::screens::Screen;
use crate::tui::settings;

/// Moments at which every screen is what the day needs once; at one there is a demo, at the last one
/// debt was carried.
const MOMENTS: [&str; 7] = [
    "16 09:22",
    "17 09:32:41",
    "17 16:10",
    "18 10:14",
    "19 14:20",
    "20 15:40",
    "24 11:00",
];

/// The least size, those that are drawn, and odd ones: above, below and between where a screen changes.
const SIZES: [(u16, u16); 10] = [
    (60, 20),
    (61, 21),
    (66, 40),
    (73, 22),
    (80, 24),
    (85, 33),
    (91, 29),
    (97, 30),
    (100, 30),
    (120, 40),
];

/// The words of our own: those of the sources' texts, of the keys, of days and months.
static WORDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let mut words = BTreeSet::new();
    read(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut words,
    );
    let keys = rows().flat_map(|row| row.keys);
    words.extend(keys.map(|keys| keys.replace(' ', "")));
    for day in "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(' ') {
        words.extend([day.to_owned(), day[..3].to_owned(), format!("{day}s")]);
    }
    let months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
    words.extend(months.split(' ').map(str::to_owned));
    words
});

/// Adds the words of the texts in all sources below a folder, those of tests apart.
fn read(folder: &Path, words: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("tests") {
            read(&path, words);
        } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("tests.rs") {
            let source = fs::read_to_string(&path).unwrap();
            let lines = source.lines();
            let code = lines.filter(|line| !line.trim_start().starts_with("//"));
            let texts = code.flat_map(|line| line.split('"').skip(1));
            words.extend(texts.flat_map(plain_words).map(str::to_owned));
        }
    }
}

/// The words of our letters alone.
fn plain_words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// Where words of our own are cut in a frame.
fn cuts(frame: &str, more: &str) -> Vec<String> {
    let own = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let ascii = more == ASCII.more;
    let mut found = Vec::new();
    for line in frame.lines() {
        for (at, _) in line.match_indices(more) {
            let after = line[at + more.len()..].chars().next();
            // In ASCII this sign stands before what is decided, too.
            if own(line[..at].chars().next_back()) || (own(after) && !ascii) {
                found.push(line.to_owned());
            }
        }
        // What a box lies over is no longer whole.
        let left = line.find(['┏', '┃', '┗']).unwrap_or(0);
        let right = line.rfind(['┓', '┃', '┛']).unwrap_or(line.len());
        let seen = &line[left..right];
        let strange = plain_words(seen).find(|word| !WORDS.contains(*word));
        if let Some(word) = strange.filter(|_| !ascii) {
            found.push(format!("{word} in {line}"));
        }
        if ascii && line.contains(UNICODE.more) {
            found.push(line.to_owned());
        }
    }
    found
}

#[test]
fn a_cut_word_is_told_from_a_cut_text_of_people() {
    let whole = format!("── Pay down ── {} · paid 3", spelled("retries ne…"));
    assert_eq!(cuts(&whole, "…"), [""; 0]);
    assert_eq!(cuts("moved to …", "…"), [""; 0]);
    for cut in [
        "── Pay do… ──",
        "Pay down…",
        "Tue 1…",
        "…ay down",
        " Pay dow  3 open",
    ] {
        assert!(!cuts(cut, "…").is_empty(), "{cut}");
    }
    assert_eq!(cuts("-- Pay do~ --", "~").len(), 1);
    assert_eq!(cuts("┃ Pay down ┃ Pay do", "…"), [""; 0]);
}

/// Looks at frames, each at other sizes than the one before.
#[derive(Default)]
struct Eye {
    looks: usize,
    found: BTreeSet<String>,
}

impl Eye {
    /// Looks at so many sizes, the least one first.
    fn look(&mut self, app: &mut App, sizes: impl IntoIterator<Item = (u16, u16)>) {
        for (width, height) in sizes {
            self.looks += 1;
            app.model.look.ascii = self.looks.is_multiple_of(3);
            let more = app.model.look.glyphs().more;
            app.send(Message::Resized(width, height));
            let found = cuts(&app.frame(), more).into_iter();
            let found = found.map(|line| format!("{width}x{height} {line}"));
            self.found.extend(found);
        }
    }

    /// Looks at the least size and at another one.
    fn glance(&mut self, app: &mut App) {
        let other = SIZES[self.looks % SIZES.len()];
        self.look(app, [SIZES[0], other]);
    }

    fn saw_nothing(&self) {
        let found: Vec<&str> = self.found.iter().map(String::as_str).collect();
        let some = found.iter().take(40).copied().collect::<Vec<_>>();
        assert!(some.is_empty(), "{} cut:\n{}", found.len(), some.join("\n"));
    }
}

/// A screen of the made-up week at a moment.
fn on(app: &App, screen: Screen) -> App {
    let mut app = app.fork();
    app.press(&screen.number().to_string());
    app.with_code()
}

fn screens() -> impl Iterator<Item = Screen> {
    let all = Screen::ALL.iter().copied();
    all.filter(|screen| screen.number() > 0)
}

/// How many panes of a screen `tab` goes through.
fn panes(screen: Screen) -> usize {
    match screen {
        Screen::Plan | Screen::Debt => 2,
        Screen::Roadmap => 3,
        Screen::Standup => 4,
        Screen::Review => 5,
        Screen::Payback | Screen::Retro => 6,
        Screen::Start => 1,
    }
}

/// Looks at every screen with each of its panes in focus.
fn look_at_panes(eye: &mut Eye, sizes: &[(u16, u16)]) {
    for when in MOMENTS {
        let app = App::abroad(when);
        for screen in screens() {
            let mut app = on(&app, screen);
            for _ in 0..panes(screen) {
                eye.look(&mut app, sizes.iter().copied());
                app.press("tab");
            }
        }
    }
}

#[test]
fn no_word_of_ours_is_cut_on_any_screen() {
    let mut eye = Eye::default();
    look_at_panes(&mut eye, &SIZES);
    eye.saw_nothing();
}

#[test]
#[ignore = "minutes: every size from 60x20 to 120x40"]
fn no_word_of_ours_is_cut_at_any_size() {
    let all = (60..=120).flat_map(|width| (20..=40).map(move |height| (width, height)));
    let mut eye = Eye::default();
    look_at_panes(&mut eye, &all.collect::<Vec<_>>());
    eye.saw_nothing();
}

#[test]
fn no_word_of_ours_is_cut_in_what_an_action_asks_or_says() {
    let mut eye = Eye::default();
    for when in ["17 16:10", "19 14:20"] {
        let app = App::abroad(when);
        for screen in screens() {
            let app = on(&app, screen);
            // What every screen has says the same on all of them.
            let of = |row: &Row| row.action.screen().unwrap_or(Screen::Debt);
            let own = |row: &&Row| of(row) == screen;
            for row in rows().filter(own) {
                let mut app = app.fork();
                app.send(Message::Do(row.action));
                app.settle();
                eye.glance(&mut app);
            }
        }
    }
    eye.saw_nothing();
}

#[test]
fn no_word_of_ours_is_cut_in_menus_and_prompts() {
    let mut eye = Eye::default();
    for when in ["16 09:22", "20 15:40"] {
        let app = App::abroad(when);
        for screen in screens() {
            let app = on(&app, screen);
            let wider = "+ + + + + + + +";
            for keys in [
                "? E", "f", "x", "y", "s", "g", "x m", "/ a", "[", "]", wider,
            ] {
                let mut app = app.fork();
                app.press(keys);
                eye.glance(&mut app);
            }
        }
    }
    eye.saw_nothing();
}

#[test]
fn no_word_of_ours_is_cut_in_key_help_and_palette() {
    let mut eye = Eye::default();
    let app = App::abroad("18 10:14");
    let mut leaf = |mut app: App, pages: usize, rows: usize| {
        for _ in 0..pages {
            eye.glance(&mut app);
            (0..rows).for_each(|_| drop(app.press("down")));
        }
    };
    for screen in screens() {
        let mut app = on(&app, screen);
        app.press("?");
        leaf(app, 8, 6);
    }
    let mut app = app.fork();
    app.press(":");
    leaf(app, 26, 9);
    eye.saw_nothing();
}

#[test]
fn no_word_of_ours_is_cut_in_settings_and_in_what_they_ask() {
    let mut eye = Eye::default();
    let app = App::abroad("18 10:14");
    let mut all = app.fork();
    all.press(":");
    all.types("setting");
    for setting in settings::all() {
        eye.look(&mut all, SIZES);
        all.press("down");
        let mut app = app.fork();
        let value = app.model.settings.file.value(setting.key);
        settings::ask(&mut app.model, setting.key);
        app.press("ctrl-u");
        app.types(&spelled(&value));
        eye.look(&mut app, SIZES);
    }
    eye.saw_nothing();
}

#[test]
fn no_word_of_ours_is_cut_where_little_is_written_yet() {
    let mut eye = Eye::default();
    for mut app in [
        App::first_run("16 09:05").spelled(),
        App::blank("18 10:14").spelled(),
        App::blank("20 15:10").spelled(),
        App::unread(),
    ] {
        eye.look(&mut app, SIZES);
        for screen in screens() {
            let mut app = on(&app, screen);
            for _ in 0..panes(screen) {
                eye.glance(&mut app);
                app.press("tab");
            }
        }
    }
    eye.saw_nothing();
}
