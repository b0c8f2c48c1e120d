//! The Roadmap screen: what it shows of the made-up week, and what its keys write.

use super::app::App;
use super::frames::{ASCII, frame};
use crate::tui::message::Message;
use crate::week::made_up::week;
use crate::week::roadmap::{Feature, Milestone, RoadmapCommand};

fn on_friday() -> App {
    pressed(App::at("20 15:40"), "7")
}

fn pressed(mut app: App, keys: &str) -> App {
    app.press(keys);
    app
}

fn feature<'a>(app: &'a App, name: &str) -> &'a Feature {
    let mut features = app.board().features.values();
    features.find(|feature| feature.name == name).unwrap()
}

fn names(app: &App) -> Vec<&str> {
    app.board()
        .features()
        .iter()
        .map(|it| it.name.as_str())
        .collect()
}

/// Presses keys, sees what row 29 says, and takes it back: the board is the one from before.
fn undone(app: &mut App, keys: &str, says: &str) {
    let before = app.board().clone();
    app.press(keys);
    assert_eq!(app.notice(), says);
    assert_ne!(*app.board(), before, "{keys}");
    app.press("u");
    assert_eq!(*app.board(), before, "{keys}");
}

fn overfull() -> App {
    let mut app = on_friday();
    let now = app.model.now;
    let book = app.book.as_mut().unwrap();
    for number in 0..40 {
        let add = RoadmapCommand::Add {
            name: format!("日本語の機能 {number}, とても長いので切られるはずです"),
            stage: Milestone::Beta,
            left: 12,
        };
        book.run(add, now).unwrap();
    }
    app.know();
    app.press("G");
    app
}

frame!(roadmap_100x30, on_friday());
frame!(roadmap_80x24, on_friday().sized(80, 24));
frame!(roadmap_60x20, on_friday().sized(60, 20));
frame!(
    roadmap_60x20_when,
    pressed(on_friday().sized(60, 20), "tab")
);
frame!(
    roadmap_60x20_whiteboard,
    pressed(on_friday().sized(60, 20), "tab tab")
);
frame!(roadmap_160x50, on_friday().sized(160, 50));
frame!(roadmap_blank, pressed(App::blank("20 15:10"), "7"));
frame!(roadmap_overfull, overfull());
frame!(roadmap_on_wednesday, pressed(App::at("18 11:00"), "7"));
frame!(roadmap_what_if, {
    let mut app = pressed(on_friday(), "w");
    app.types("9");
    pressed(app, "tab 2 enter")
});
frame!(roadmap_in_ascii, {
    let mut app = on_friday();
    app.model.look = ASCII;
    app
});

#[test]
fn ascii_is_ascii() {
    let mut app = on_friday();
    app.model.look = ASCII;
    for keys in ["j", "w", "esc", "a", "esc"] {
        app.press(keys);
        assert!(app.frame().is_ascii(), "{keys}: {}", app.frame());
    }
}

#[test]
fn space_is_one_task_done_in_this_week() {
    let mut app = on_friday();
    app.press("j j j");
    undone(&mut app, "space", "refunds: 3 tasks left");
    app.press("space");
    assert_eq!(feature(&app, "refunds").worked, [week()]);
    app.press("k k k space");
    assert_eq!(
        app.notice(),
        "nothing is left of charge a card; + adds a task"
    );
    undone(&mut app, "+", "charge a card: 1 task left");
    app.press("j");
    undone(&mut app, "-", "webhook in: 1 task left");
    undone(&mut app, "W", "webhook in was not worked on in 2026-W47");
}

#[test]
fn a_feature_is_added_set_and_given_up() {
    let mut app = on_friday();
    app.press("G a");
    app.types("export to the bank");
    app.press("tab tab");
    app.types("many");
    app.press("enter");
    assert!(app.frame().contains("a number of tasks"), "{}", app.frame());
    app.press("ctrl-u");
    app.types("4");
    app.press("enter");
    assert_eq!(app.notice(), "export to the bank added");
    let own = feature(&app, "export to the bank");
    // The selected one was of beta.
    assert_eq!((own.stage, own.left), (Milestone::Beta, 4));
    app.press("G e ctrl-u");
    app.types("export");
    app.press("tab ctrl-u");
    app.types("al");
    app.press("enter");
    assert_eq!(feature(&app, "export").stage, Milestone::Alpha);
    undone(&mut app, "D", "export given up");
}

#[test]
fn stages_and_order_are_one_key() {
    let mut app = on_friday();
    app.press("j j j");
    undone(&mut app, "L", "refunds moved to beta");
    undone(&mut app, "K", "refunds moved");
    app.press("K");
    assert_eq!(names(&app)[2..4], ["refunds", "ledger"]);
    // The cursor went with it.
    assert_eq!(app.model.pages.roadmap.feature().unwrap().name, "refunds");
    app.press("J J");
    assert_eq!(names(&app)[3..5], ["balance page", "refunds"]);
    app.press("g g K");
    assert_eq!(app.notice(), "it is the first");
}

#[test]
fn the_whiteboard_is_written_in_one_form() {
    let mut app = on_friday();
    app.press("tab tab e ctrl-u");
    app.types("A bank in a box.");
    app.press("enter");
    assert_eq!(app.board().roadmap().is, "A bank in a box.");
    assert!(app.board().roadmap().solves.starts_with("Shops wait"));
    app.press("u");
    assert!(app.board().roadmap().is.starts_with("A payment service"));
    app.press("s ctrl-u");
    app.types("Nothing yet.");
    app.press("enter");
    assert_eq!(app.board().roadmap().solves, "Nothing yet.");
}

#[test]
fn what_if_writes_nothing_and_ends_with_esc() {
    let mut app = on_friday();
    let (board, frame) = (app.board().clone(), app.frame());
    app.press("w");
    app.types("11");
    app.press("tab");
    app.types("0");
    app.press("enter");
    let what_if = app.frame();
    assert!(
        what_if.contains("What if each hack did 11 tasks and the scope stayed"),
        "{what_if}"
    );
    assert!(what_if.contains("hack  7   Fri 27 Nov"), "{what_if}");
    assert_eq!(*app.board(), board);
    app.press("esc");
    let after = app.frame();
    let body = |frame: &str| frame.lines().take(28).collect::<Vec<_>>().join("\n");
    assert_eq!(body(&after), body(&frame));
}

#[test]
fn the_forecast_is_not_made_anew_for_every_key() {
    let mut app = on_friday();
    let before = app.model.pages.roadmap.roadmap.clone();
    app.press("j j tab tab");
    app.send(Message::Resized(100, 31));
    app.wait("20 15:41");
    // Made at the same moment: nothing that it is made of has changed.
    assert_eq!(app.model.pages.roadmap.roadmap, before);
    app.press("tab space");
    assert_ne!(app.model.pages.roadmap.roadmap, before);
}

#[test]
fn a_click_selects_a_feature() {
    let mut app = on_friday();
    let panes = app.model.pages.roadmap.panes(&app.model.sees());
    app.send(Message::Clicked {
        x: 10,
        y: panes.features.y + 4,
    });
    assert_eq!(app.model.pages.roadmap.feature().unwrap().name, "ledger");
    app.send(Message::Wheeled {
        x: 10,
        y: panes.features.y + 4,
        down: true,
    });
    assert_eq!(app.model.pages.roadmap.feature().unwrap().name, "refunds");
}

#[test]
fn what_is_off_says_why() {
    let mut app = pressed(App::blank("20 15:10"), "7");
    app.press("space");
    assert_eq!(app.notice(), "there is no feature yet; a adds one");
    let mut app = on_friday();
    app.press("H");
    assert_eq!(app.notice(), "alpha needs it already");
}
