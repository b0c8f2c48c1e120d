//! Whatever the size and whatever the keys: a frame, and no panic.

use proptest::prelude::*;

use super::app::{App, empty, overfull, report};
use crate::tui::actions::{Action, Do, rows};
use crate::tui::key::{Key, Keys};
use crate::tui::message::Message;

/// One thing that can happen.
#[derive(Clone, Debug)]
enum Step {
    Key(Key),
    Size(u16, u16),
    Click(u16, u16),
    Wheel(u16, u16, bool),
    Code,
    Load(u8),
}

fn keys() -> Vec<Key> {
    let table = rows()
        .flat_map(|row| row.keys)
        .flat_map(|text| text.parse::<Keys>().unwrap().0);
    let typed = [
        "a",
        "o",
        "E",
        "9",
        "é",
        "日",
        "enter",
        "backspace",
        "left",
        "del",
        "ctrl-w",
    ];
    table.chain(typed.map(|key| key.parse().unwrap())).collect()
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => prop::sample::select(keys()).prop_map(Step::Key),
        2 => (0_u16..200, 0_u16..60).prop_map(|(w, h)| Step::Size(w, h)),
        2 => (0_u16..200, 0_u16..60).prop_map(|(x, y)| Step::Click(x, y)),
        1 => (0_u16..200, 0_u16..60, any::<bool>()).prop_map(|(x, y, down)| Step::Wheel(x, y, down)),
        1 => Just(Step::Code),
        1 => (0_u8..3).prop_map(Step::Load),
    ]
}

fn take(app: &mut App, step: &Step) {
    match *step {
        Step::Key(key) => {
            app.press(&key.to_string());
        }
        Step::Size(width, height) => app.send(Message::Resized(width, height)),
        Step::Click(x, y) => app.send(Message::Clicked { x, y }),
        Step::Wheel(x, y, down) => app.send(Message::Wheeled { x, y, down }),
        Step::Code => app.answer_code(),
        Step::Load(which) => app.load(match which {
            0 => empty(),
            1 => report(),
            _ => overfull(),
        }),
    }
}

/// Moments at which every screen is what the day needs once, and things run.
const MOMENTS: [&str; 6] = [
    "16 09:22",
    "17 09:32:41",
    "18 10:14",
    "19 14:20",
    "20 15:10",
    "21 12:00",
];

/// One thing that can happen where somebody writes: nothing is read but what is written.
fn written() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => prop::sample::select(keys()).prop_map(Step::Key),
        // More of what hands something in.
        3 => prop::sample::select(vec!["enter", "space", "a", "x", "tab", "?", ":", "E", "down"])
            .prop_map(|key| Step::Key(key.parse().unwrap())),
        1 => (0_u16..200, 0_u16..60).prop_map(|(w, h)| Step::Size(w, h)),
        2 => (0_u16..120, 0_u16..40).prop_map(|(x, y)| Step::Click(x, y)),
        1 => (0_u16..120, 0_u16..40, any::<bool>()).prop_map(|(x, y, down)| Step::Wheel(x, y, down)),
    ]
}

/// Takes back all that was written.
fn undo_all(app: &mut App) {
    while app.model.overlay.is_some() {
        app.send(Message::Close);
    }
    app.press("esc");
    for _ in 0..400 {
        app.send(Message::Do(Action::Frame(Do::Undo)));
        app.settle();
        if !app.notice().starts_with("undone") {
            return;
        }
    }
    panic!("there is no end of what can be undone");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_written_on_any_screen_can_be_taken_back(
        when in prop::sample::select(&MOMENTS[..]),
        first_run in prop::bool::weighted(0.2),
        (width, height) in (0_u16..=160, 0_u16..=50),
        screen in 0_u8..=7,
        steps in prop::collection::vec(written(), 0..40),
    ) {
        let app = if first_run { App::first_run(when) } else { App::at(when) };
        let mut app = app.sized(width, height);
        if screen > 0 {
            app.press(&screen.to_string());
        }
        let before = app.board().clone();
        for step in &steps {
            take(&mut app, step);
            app.frame();
        }
        undo_all(&mut app);
        prop_assert_eq!(app.board(), &before);
        prop_assert_eq!(&app.config.text, &None);
    }
}

#[test]
fn every_screen_has_a_frame_at_every_size() {
    for mut app in [
        App::first_run("16 09:05"),
        App::at("18 10:14"),
        App::at("20 15:10"),
    ] {
        for screen in 0..=7 {
            if screen > 0 {
                app.press(&screen.to_string());
            }
            for width in (0..=120).step_by(13) {
                for height in (0..=40).step_by(4) {
                    app.send(Message::Resized(width, height));
                    app.frame();
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_steps_at_no_size_panic(
        (width, height) in (0_u16..=200, 0_u16..=60),
        steps in prop::collection::vec(step(), 0..25),
    ) {
        let mut app = App::unread().sized(width, height);
        for step in &steps {
            take(&mut app, step);
            let state = &app.model.pages.debt;
            prop_assert!(state.selected < state.rows.len().max(1), "{step:?}");
            app.frame();
        }
    }

    #[test]
    fn filtering_and_clearing_comes_back_to_the_start(words in "[a-z ]{0,8}") {
        let mut app = App::week();
        let before = (app.model.pages.debt.rows.clone(), app.model.pages.debt.selected);
        app.press("/");
        app.send(Message::Pasted(words));
        app.press("esc");
        prop_assert_eq!((app.model.pages.debt.rows.clone(), app.model.pages.debt.selected), before);
    }
}

#[test]
fn sizes_all_over_have_a_frame() {
    let mut apps = [
        App::unread(),
        App::week().with_code(),
        App::unread().read(overfull()).with_code(),
    ];
    for app in &mut apps {
        for keys in ["k", "?", "esc", ":", "esc", "enter", "esc"] {
            app.press(keys);
            for width in (0..=120).step_by(11) {
                for height in (0..=40).step_by(3) {
                    app.send(Message::Resized(width, height));
                    app.frame();
                }
            }
        }
    }
}
