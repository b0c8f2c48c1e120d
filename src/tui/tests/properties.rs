//! Whatever the size and whatever the keys: a frame, and no panic.

use proptest::prelude::*;

use super::app::{App, empty, overfull, report};
use crate::tui::actions::rows;
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
