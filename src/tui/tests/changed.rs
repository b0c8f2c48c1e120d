//! Keys and settings that are changed from the screens.

use super::app::App;
use super::frames::{frame, pressed};
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::keymap::Keymap;
use crate::tui::message::Message;
use crate::tui::model::Overlay;
use crate::tui::screens::Screen;
use crate::workspace::config::Edit;

/// On Debt on Wednesday, where a file is written.
fn debt() -> App {
    let mut app = App::at("18 13:05");
    app.press("3");
    app
}

/// The same with the change of the keys of one action asked for.
fn change(words: &str) -> App {
    let mut app = debt();
    app.press("?");
    app.types(words);
    app.press("E");
    assert!(
        matches!(app.model.overlay, Some(Overlay::Rekey(_))),
        "{}",
        app.frame()
    );
    app
}

/// Presses keys by their codes, as a terminal would.
fn catch(app: &mut App, keys: &str) {
    for key in keys.split(' ') {
        let key: Key = key.parse().unwrap();
        app.press(&key.to_string());
    }
}

fn says(app: &App, text: &str) {
    let frame = app.frame();
    assert!(frame.contains(text), "{text} is not in\n{frame}");
}

fn file(app: &App) -> &str {
    app.config.text.as_deref().unwrap_or_default()
}

#[test]
fn a_pressed_key_takes_the_place_of_the_old_one_at_once_and_u_takes_it_back() {
    let mut app = change("debt.accept");
    catch(&mut app, "X");
    says(&app, "then it has X");
    assert_eq!(file(&app), "");
    app.press("enter");
    assert_eq!(file(&app), "[keys]\n\"debt.accept\" = [\"X\"]\n");
    assert_eq!(
        app.notice(),
        "debt.accept is X now, was A, in /config/hackweek.toml"
    );
    says(&app, "u undo");
    // Footer, help and palette say so, and the key does it.
    says(&app, "X accept");
    assert!(pressed_says(&mut app, "? d e b t . a c c e p t", "▸ X "));
    assert!(pressed_says(&mut app, ": d e b t . a c c e p t", " X ┃"));
    app.press("A");
    assert!(app.model.overlay.is_none());
    app.press("X");
    assert!(matches!(app.model.overlay, Some(Overlay::Form(_))));
    app.press("esc u");
    assert_eq!(app.config.text, None);
    assert_eq!(
        app.notice(),
        "undone: debt.accept is A again, in /config/hackweek.toml"
    );
    app.press("ctrl-r");
    assert_eq!(file(&app), "[keys]\n\"debt.accept\" = [\"X\"]\n");
    says(&app, "X accept");
}

/// Whether a frame has a text once some keys are pressed; esc leaves it.
fn pressed_says(app: &mut App, keys: &str, text: &str) -> bool {
    app.press(keys);
    let found = app.frame().contains(text);
    app.press("esc");
    found
}

#[test]
fn a_key_of_another_action_is_refused_at_once_by_that_actions_name() {
    let mut app = change("debt.accept");
    for (keys, why) in [
        ("j", "j is move.down already: down"),
        (
            "g",
            "g would hide gg, which is move.top already: to the top",
        ),
        ("q", "q is quit already"),
        ("enter", "enter is debt.open already: go to its code"),
        ("q backspace x", "x would hide x"),
    ] {
        catch(&mut app, keys);
        says(&app, why);
        assert_eq!(app.press("enter"), []);
        assert!(matches!(app.model.overlay, Some(Overlay::Rekey(_))));
        app.press("backspace");
    }
    // Longer keys that nobody could finish.
    catch(&mut app, "j X");
    says(&app, "jX cannot be typed: j is move.down already: down");
    app.press("esc esc");
    assert_eq!(app.config.text, None);
    says(&app, "A accept");
}

#[test]
fn keys_are_caught_whatever_they_mean_elsewhere() {
    for (keys, name) in [
        ("ctrl-x", "ctrl-x"),
        ("?", "?"),
        ("f5", "f5"),
        ("g X", "gX"),
        ("backspace", "backspace"),
        ("E", "E"),
        ("X Y Z W", "W"),
    ] {
        let mut app = change("debt.accept");
        catch(&mut app, keys);
        match name {
            "?" => says(&app, "? is help already: keys, searchable"),
            name => says(&app, &format!("then it has {name} ")),
        }
    }
}

#[test]
fn other_keys_of_the_action_stay_and_more_can_come() {
    let mut app = change("move.down");
    says(&app, "in place of j");
    says(&app, "in place of down");
    catch(&mut app, "Z");
    app.press("enter");
    assert_eq!(file(&app), "[keys]\n\"move.down\" = [\"Z\", \"down\"]\n");
    let mut app = change("move.down");
    app.press("tab tab");
    catch(&mut app, "Z");
    says(&app, "then it has j down Z");
    app.press("enter");
    assert_eq!(
        file(&app),
        "[keys]\n\"move.down\" = [\"j\", \"down\", \"Z\"]\n"
    );
    app.press("Z");
    assert!(app.model.pages.debt.selected > 0);
}

#[test]
fn keys_are_taken_away_and_come_back_as_they_were_made() {
    let mut app = change("debt.accept");
    app.press("tab tab");
    says(&app, "then it has no key; : still finds it");
    app.press("enter");
    assert_eq!(file(&app), "[keys]\n\"debt.accept\" = []\n");
    assert_eq!(
        app.notice(),
        "debt.accept is without a key now, was A, in /config/hackweek.toml"
    );
    app.press("?");
    app.types("debt.accept");
    app.press("E shift-tab");
    says(&app, "▸ as it was made: A");
    app.press("enter");
    assert_eq!(file(&app), "");
    says(&app, "A accept");
}

#[test]
fn nobody_is_locked_in() {
    let mut app = debt();
    let text = "[keys]\nquit = []\npalette = []\n";
    app.config.text = Some(text.to_owned());
    app.model.settings.file = app.config.clone();
    app.model.settings.config = app.config.config().unwrap();
    app.model.keymap = Keymap::of(app.model.settings.config.keys.clone()).unwrap();
    app.press("?");
    app.types("help");
    app.press("E");
    says(&app, "in place of f1");
    app.press("tab tab tab");
    says(&app, "▸ no key");
    says(&app, "then no key would lead out of here");
    assert_eq!(app.press("enter"), []);
    assert!(matches!(app.model.overlay, Some(Overlay::Rekey(_))));
    assert_eq!(file(&app), text);
}

#[test]
fn a_line_of_several_actions_is_opened_first() {
    let mut app = debt();
    app.press("?");
    let chosen = |app: &App| {
        app.frame()
            .lines()
            .find(|line| line.contains("▸ j k"))
            .is_some()
    };
    for _ in 0..60 {
        if chosen(&app) {
            break;
        }
        app.press("down");
    }
    says(&app, "E change a key");
    app.press("E");
    says(&app, "▸ j      down");
    says(&app, "  k      up");
    app.press("down E");
    says(&app, "in place of k");
    // One step back each.
    app.press("esc");
    says(&app, "▸ k      up");
    app.press("esc");
    says(&app, "type to search");
    app.press("esc");
    assert!(app.model.overlay.is_none());
}

#[test]
fn a_capital_e_never_hides_what_is_searched_for() {
    let mut app = debt();
    app.press("? e d i t");
    says(&app, "> edit");
    app.press("esc :");
    app.press("E d");
    says(&app, "> Ed");
    // Text that is pasted is text.
    app.press("esc ?");
    app.types("Export");
    says(&app, "> Export");
}

#[test]
fn a_setting_is_found_asked_for_with_its_value_and_taken_into_use() {
    // Before the standup: one that runs keeps what it began with.
    let mut app = App::at("17 09:05");
    app.press("1 :");
    app.types("seconds per person");
    says(&app, "Setting: seconds per person  90");
    says(&app, "standup.seconds ┃");
    app.press("enter");
    says(&app, "seconds per person: 90");
    says(&app, "10 to 3600; empty: 90");
    app.answers("3");
    says(&app, "`3` is not between 10 and 3600");
    assert_eq!(app.config.text, None);
    app.answers("120");
    assert_eq!(file(&app), "[standup]\nseconds = 120\n");
    assert_eq!(
        app.notice(),
        "standup.seconds is 120 now, was 90, in /config/hackweek.toml"
    );
    assert_eq!(app.model.rules.standup_each, 120);
    says(&app, "2:00 each");
    app.press("u");
    assert_eq!(app.model.rules.standup_each, 90);
    says(&app, "1:30 each");
}

#[test]
fn an_empty_line_is_the_default_and_the_same_value_is_no_change() {
    let mut app = debt();
    let set = |app: &mut App, value: &str| {
        app.press(":");
        app.types("plan.per_person");
        app.press("enter");
        app.answers(value);
    };
    set(&mut app, "4");
    assert_eq!(file(&app), "[plan]\nper_person = 4\n");
    set(&mut app, "4");
    assert_eq!(app.notice(), "plan.per_person stays 4");
    app.press(": p l a n . p e r _ enter ctrl-u enter");
    assert_eq!(file(&app), "");
    assert_eq!(
        app.notice(),
        "plan.per_person is 3 now, was 4, in /config/hackweek.toml"
    );
}

#[test]
fn words_are_chosen_and_signs_change_at_once() {
    let mut app = debt();
    app.press(":");
    app.types("ui.glyphs");
    app.press("enter");
    app.answers("as");
    assert_eq!(file(&app), "[ui]\nglyphs = \"ascii\"\n");
    assert!(app.frame().is_ascii(), "{}", app.frame());
    app.press("u");
    assert!(!app.frame().is_ascii());
    app.press(":");
    app.types("ui.mouse");
    app.press("enter down");
    assert_eq!(app.press("enter"), [Effect::Mouse(false)]);
    assert_eq!(file(&app), "[ui]\nmouse = false\n");
}

#[test]
fn what_decides_what_is_debt_is_followed_by_a_scan_and_a_deadline_by_a_look() {
    let mut app = debt();
    let set = |app: &mut App, key: &str, value: &str| {
        app.press(":");
        app.types(key);
        app.press("enter");
        app.answers(value)
    };
    let effects = set(&mut app, "debt.tags", "TODO, LATER");
    let scans = |effect: &Effect| matches!(effect, Effect::Scan { .. });
    assert!(effects.iter().any(scans), "{effects:?}");
    assert_eq!(file(&app), "[debt]\ntags = [\"TODO\", \"LATER\"]\n");
    let effects = set(&mut app, "week.deadline", "thu 17:00");
    assert!(!effects.iter().any(scans), "{effects:?}");
    let deadline = app.model.calendar.settings().deadline;
    assert_eq!(deadline, "thu 17:00".parse().unwrap());
    assert_eq!(set(&mut app, "week.deadline", "mon"), []);
    says(&app, "before hack day 2");
}

#[test]
fn undo_goes_back_in_the_order_in_which_things_were_done() {
    let mut app = debt();
    let before = app.board().clone();
    app.press("c");
    let taken = app.board().clone();
    assert_ne!(taken, before);
    app.press(":");
    app.types("plan.per_person");
    app.press("enter");
    app.answers("4");
    app.press("j c");
    let both = app.board().clone();
    app.press("u");
    assert_eq!(
        (app.board(), file(&app)),
        (&taken, "[plan]\nper_person = 4\n")
    );
    app.press("u");
    assert_eq!((app.board(), app.config.text.as_deref()), (&taken, None));
    app.press("u");
    assert_eq!(app.board(), &before);
    app.press("ctrl-r ctrl-r");
    assert_eq!(
        (app.board(), file(&app)),
        (&taken, "[plan]\nper_person = 4\n")
    );
    app.press("ctrl-r");
    assert_eq!(app.board(), &both);
}

#[test]
fn what_could_not_be_written_is_said_and_nothing_changes() {
    let mut app = debt();
    let why = "can't write the configuration file /x: Permission denied; it is as it was";
    app.send(Message::Set(Err(why.to_owned())));
    assert_eq!(app.notice(), why);
    assert!(app.model.notice.as_ref().unwrap().bad);
    assert!(app.model.settings.done.is_empty());
    // What could not be taken back can be tried again.
    app.press(": p l a n . p e r _ enter ctrl-u 4 enter");
    let done = app.model.settings.done.clone();
    assert_eq!(done.len(), 1);
    crate::tui::settings::undo(&mut app.model);
    app.send(Message::Set(Err(why.to_owned())));
    assert_eq!(app.model.settings.done, done);
    app.press("u");
    assert_eq!(file(&app), "");
    crate::tui::settings::redo(&mut app.model);
    app.send(Message::Set(Err(why.to_owned())));
    app.press("ctrl-r");
    assert_eq!(file(&app), "[plan]\nper_person = 4\n");
}

#[test]
fn what_else_counts_is_said() {
    let mut app = debt();
    app.model.settings.passes = true;
    app.model.settings.timezone = Some("Asia/Tokyo".to_owned());
    app.config.passed_over = Some("/home/x/hackweek.toml".into());
    app.press(":");
    app.types("week.timezone");
    app.press("enter");
    app.answers("Europe/Paris");
    assert_eq!(
        app.notice(),
        "week.timezone is Europe/Paris now, was this machine's, in the demo's own file, which goes \
         with it; it counts in place of /home/x/hackweek.toml; --timezone Asia/Tokyo counts until \
         you leave"
    );
}

#[test]
fn without_a_writer_the_edit_is_what_leaves() {
    let mut app = App::week();
    app.press("? d e b t . e d i t E");
    assert_eq!(app.model.screen, Screen::Debt);
    app.press("X");
    let edit = Edit {
        key: "keys.debt.edit".to_owned(),
        to: Some(crate::workspace::config::Written::Texts(vec![
            "X".to_owned(),
        ])),
    };
    assert_eq!(app.press("enter"), [Effect::Set(vec![edit])]);
}

frame!(change_100x30, pressed(change("debt.accept"), "X"));
frame!(
    change_conflict_60x20,
    pressed(change("move.down").sized(60, 20), "q")
);
frame!(change_in_ascii, change("move.top").ascii());
frame!(help_of_one_line, {
    let mut app = pressed(debt(), "?");
    app.types("screens");
    app
});
frame!(settings_in_the_palette, {
    let mut app = pressed(App::at("17 09:32"), ":");
    app.types("setting");
    app
});
frame!(settings_in_the_palette_60x20, {
    let mut app = pressed(App::at("17 09:32").sized(60, 20), ":");
    app.types("setting");
    app
});
frame!(setting_asked_60x20, {
    let mut app = pressed(App::at("17 09:32").sized(60, 20), ":");
    app.types("first_day");
    app.press("enter");
    app
});
