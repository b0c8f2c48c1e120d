//! What every screen has in common.

use super::app::App;
use crate::report::standup::standup;
use crate::report::summary::summary;
use crate::tui::screens::Screen;

#[test]
fn the_screens_open_on_what_the_hour_needs() {
    for (when, screen) in [
        ("16 09:22", Screen::Plan),
        ("16 11:00", Screen::Standup),
        ("17 09:32:41", Screen::Standup),
        ("18 09:10", Screen::Standup),
        ("18 10:14", Screen::Review),
        ("19 14:20", Screen::Payback),
        ("20 15:10", Screen::Retro),
        ("21 12:00", Screen::Debt),
    ] {
        assert_eq!(App::at(when).model.screen, screen, "{when}");
    }
}

#[test]
fn numbers_and_tabs_lead_to_screens() {
    let mut app = App::at("18 13:05");
    for screen in Screen::ALL.iter().filter(|screen| screen.number() > 0) {
        app.press(&screen.number().to_string());
        assert_eq!(app.model.screen, *screen);
    }
    let cells = crate::tui::view::head::tab_cells(&app.model);
    for (screen, x, _) in cells {
        let y = app.model.frame().tabs.unwrap();
        app.send(crate::tui::message::Message::Clicked { x: x + 1, y });
        assert_eq!(app.model.screen, screen);
    }
}

#[test]
fn the_strip_says_what_all_days_are_for_or_only_their_names() {
    let mut app = App::at("18 13:05");
    for width in 80..=120 {
        app.send(crate::tui::message::Message::Resized(width, 30));
        let frame = app.frame();
        let strip = frame.lines().nth(1).unwrap();
        let phases = ["plan", "demo", "review", "pay back", "retro"];
        let said = phases.iter().filter(|phase| strip.contains(**phase));
        let all = if width >= 100 { 5 } else { 0 };
        assert_eq!(said.count(), all, "{strip}");
    }
}

#[test]
fn the_fixture_agrees_with_the_made_up_week() {
    let app = App::at("19 14:20");
    assert_eq!(app.model.pages.debt.open, 6);
    assert_eq!(app.board().team().len(), 4);
    assert!(app.model.sees().me().is_some());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    #[test]
    fn the_screens_say_what_the_reports_say(minute in 0_u32..5 * 24 * 60) {
        let (day, hour, minute) = (16 + minute / 1440, minute / 60 % 24, minute % 60);
        let mut app = App::at(&format!("{day} {hour:02}:{minute:02}"));
        let seen = app.model.sees();
        let facts = seen.overview.unwrap().facts(seen.now);
        let debt = summary(&facts).debt;
        proptest::prop_assert_eq!(&debt, &standup(&facts).debt);
        let badge = app.model.pages.page(Screen::Debt).badge(&app.model.sees());
        proptest::prop_assert_eq!(badge, Some(debt.left().to_string()));
        let whole = debt.opened + debt.after_hack_days;
        proptest::prop_assert_eq!(debt.after_hack_days, 0);
        let screens = [
            ("3", format!("{} open of {whole}", debt.open)),
            ("5", match debt.opened {
                0 => "no debt to pay back".to_owned(),
                _ => format!("{} of {} paid", debt.paid + debt.paid_late, debt.opened - debt.dismissed),
            }),
            ("6", format!("{} opened, {} paid", debt.opened, debt.paid)),
        ];
        for (key, words) in screens {
            app.press(key);
            let frame = app.frame();
            proptest::prop_assert!(frame.contains(&words), "{}\n{}", words, frame);
        }
    }
}
