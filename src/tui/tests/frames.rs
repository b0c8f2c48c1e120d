//! Frames, whole: at the sizes that are drawn, with nothing, a week, and too much.

#![allow(clippy::print_stdout)]

use super::app::{App, PLAIN, empty, overfull, report};
use crate::tui::document::{Document, Format};
use crate::tui::effect::Effect;
use crate::tui::message::Message;
use crate::tui::model::Running;
use crate::tui::theme::Look;

pub(super) const ASCII: Look = Look {
    colour: false,
    ascii: true,
};

macro_rules! frame {
    ($name:ident, $app:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!($app.frame());
        }
    };
}
pub(super) use frame;

pub(super) fn pressed(mut app: App, keys: &str) -> App {
    app.press(keys);
    app
}

frame!(debt_100x30, App::week().with_code());
frame!(debt_80x24, App::week().with_code().sized(80, 24));
frame!(debt_60x20, App::week().with_code().sized(60, 20));
frame!(debt_39x9, App::week().sized(39, 9));
frame!(debt_20x1, App::week().sized(20, 1));
frame!(debt_160x50, App::week().with_code().sized(160, 50));
frame!(debt_before_it_is_read, App::unread());
frame!(debt_of_a_week_without_debt, App::unread().read(empty()));
frame!(debt_overfull, App::unread().read(overfull()).with_code());
frame!(
    debt_overfull_60x20,
    App::unread().read(overfull()).sized(60, 20)
);
frame!(
    debt_in_ascii,
    App::looking(ASCII).read(report()).with_code()
);
frame!(
    debt_all_by_owner,
    pressed(App::week(), "f a s o").with_code()
);
frame!(
    code_in_place_of_the_list,
    pressed(App::week().with_code().sized(80, 24), "enter")
);
frame!(help_100x30, pressed(App::week(), "?"));
frame!(help_searched, pressed(App::week(), "? s o r t"));
frame!(help_60x20, pressed(App::week().sized(60, 20), "?"));
frame!(palette_100x30, pressed(App::week(), ":"));
frame!(
    palette_80x24_searched,
    pressed(App::week().sized(80, 24), ": c o p y")
);
frame!(filter_menu, pressed(App::week(), "f"));
frame!(search_prompt, pressed(App::week(), "/ r e t r y"));
frame!(export_prompt, pressed(App::week(), "x j"));

#[test]
fn a_scan_turns_in_row_29_alone() {
    let mut app = App::week();
    app.press("R");
    let generation = app.model.scan.generation;
    let before = app.frame();
    app.send(Message::Scanning {
        generation,
        repository: "pay".to_owned(),
        done: 1_204,
        total: 3_310,
    });
    let after = app.frame();
    let changed: Vec<(usize, &str)> = before
        .lines()
        .zip(after.lines())
        .enumerate()
        .filter(|(_, (before, after))| before != after)
        .map(|(row, (_, after))| (row + 1, after))
        .collect();
    assert_eq!(changed, [(29, " ◓ reading pay  1,204 of 3,310 commits")]);
    app.model.scan.running = Some(Running::default());
    assert!(app.frame().contains("looking for what is new"));
}

#[test]
fn colour_adds_nothing_that_is_not_there_without() {
    let plain = App::looking(PLAIN).read(report()).with_code().frame();
    let colour = Look {
        colour: true,
        ascii: false,
    };
    assert_eq!(
        App::looking(colour).read(report()).with_code().frame(),
        plain
    );
}

#[test]
fn ascii_is_ascii() {
    for keys in ["j", "?", ":", "f", "x j", "f a"] {
        let app = pressed(App::looking(ASCII).read(report()).with_code(), keys);
        assert!(app.frame().is_ascii(), "{}", app.frame());
    }
}

#[test]
fn no_escape_of_a_stranger_reaches_a_frame() {
    let app = App::unread().read(overfull()).with_code();
    assert!(app.frame().chars().all(|c| c == '\n' || !c.is_control()));
}

#[test]
#[ignore = "a figure to look at, not a test: --nocapture prints it"]
fn how_long_a_frame_takes() {
    for (name, app) in [
        ("100x30", App::week().with_code()),
        (
            "200x60, 300 items",
            App::unread().read(overfull()).with_code().sized(200, 60),
        ),
    ] {
        let begun = std::time::Instant::now();
        for _ in 0..200 {
            app.draw();
        }
        println!("{name}: {:?} a frame", begun.elapsed() / 200);
    }
}

/// The keys of `x` ask for a file of the usual name and hand the document to it, in every format.
pub(super) fn exports(app: &mut App, document: &Document, name: &str) {
    for (key, format, ending) in [
        ("m", Format::Markdown, "md"),
        ("h", Format::Html, "html"),
        ("s", Format::Slack, "slack.txt"),
        ("j", Format::Json, "json"),
        ("c", Format::Csv, "csv"),
        ("t", Format::Table, "txt"),
    ] {
        let effects = app.press(&format!("x {key} enter"));
        let [Effect::Export(export)] = effects.as_slice() else {
            panic!("{key}: {effects:?}")
        };
        assert_eq!(export.document, *document);
        assert_eq!(export.format, format);
        let file = export.file.to_str().unwrap();
        assert_eq!(file, format!("{name}.{ending}"));
        assert!(!document.write(format).unwrap().is_empty());
    }
}
