//! What every screen has in common.

use super::app::App;
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
fn the_fixture_agrees_with_the_made_up_week() {
    let app = App::at("19 14:20");
    assert_eq!(app.model.pages.debt.open, 6);
    assert_eq!(app.board().team().len(), 4);
    assert!(app.model.sees().me().is_some());
}
