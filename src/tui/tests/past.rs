//! A past week is read only until somebody reopens it.

use super::app::App;
use crate::tui::actions::{Action, Do, Writes, rows};
use crate::tui::message::Message;
use crate::tui::screens::Screen;
use crate::week::made_up::week;

/// The week after the made-up one, looking back at it from its Tuesday.
fn past() -> App {
    let mut app = App::at("24 11:00");
    app.press("[");
    assert_eq!(app.model.week, week());
    app
}

const OVER: &str = "hack 6 is over: `:reopen` writes into it";

fn own(screen: Screen) -> bool {
    !matches!(screen, Screen::Roadmap | Screen::Start)
}

/// Does every action of a screen as it stands, each from the same board.
fn each(app: &App, screen: Screen, mut look: impl FnMut(Writes, Action, &mut App)) {
    for row in screen.rows() {
        let mut app = app.fork();
        app.model.screen = screen;
        look(row.writes, row.action, &mut app);
    }
}

#[test]
fn nothing_is_written_into_a_past_week_from_any_screen() {
    let app = past();
    let before = app.board().clone();
    let mut off = 0;
    for screen in Screen::ALL.iter().filter(|screen| own(**screen)) {
        each(&app, *screen, |writes, action, app| {
            app.send(Message::Do(action));
            app.settle();
            assert!(*app.board() == before, "{action:?}");
            if writes == Writes::Always {
                let own = app.model.pages.why_not(&app.model.sees(), action);
                assert_eq!(app.notice(), own.as_deref().unwrap_or(OVER), "{action:?}");
                assert!(app.model.overlay.is_none(), "{action:?}");
                off += usize::from(own.is_none());
            }
        });
    }
    assert!(off > 40, "{off}");
}

#[test]
fn the_table_says_of_every_action_whether_it_writes() {
    for when in [
        "16 09:22",
        "17 09:32:41",
        "17 16:10",
        "18 10:14",
        "19 14:20",
        "20 15:10",
    ] {
        let mut app = App::at(when);
        for screen in Screen::ALL.iter().filter(|screen| own(**screen)) {
            app.model.screen = *screen;
            for _ in 0..5 {
                app.press("tab");
                let (pages, seen) = (&app.model.pages, app.model.sees());
                for row in screen
                    .rows()
                    .iter()
                    .filter(|row| row.writes == Writes::Never)
                {
                    assert!(
                        !pages.would(&seen, row.action).writes(),
                        "{} at {when}",
                        row.name
                    );
                }
            }
        }
    }
    // The roadmap is of no week.
    let roadmap = rows().filter(|row| row.action.screen() == Some(Screen::Roadmap));
    assert!(roadmap.into_iter().all(|row| row.writes == Writes::Never));
}

#[test]
fn what_leads_on_does_so_in_a_past_week_and_what_would_write_does_not() {
    let mut app = past();
    app.model.screen = Screen::Review;
    // A finding without debt is edited by `enter`, one with debt leads there.
    app.press("enter");
    assert_eq!(app.notice(), OVER);
    app.press("j j j enter");
    assert_eq!(app.model.screen, Screen::Debt);
    assert_eq!(app.notice(), "");
}

#[test]
fn the_palette_reopens_it_and_everything_is_taken_back() {
    let mut app = past();
    for screen in Screen::ALL.iter().filter(|screen| own(**screen)) {
        let mut app = app.fork();
        app.model.screen = *screen;
        app.press(":");
        app.types("reopen");
        app.press("enter");
        assert_eq!(
            app.notice(),
            "hack 6 can be written into until you leave",
            "{screen:?}"
        );
    }
    app.model.screen = Screen::Plan;
    assert!(
        app.frame().contains("hack 6, past week "),
        "{}",
        app.frame()
    );
    app.press("a");
    assert_eq!(app.notice(), OVER);
    app.send(Message::Do(Action::Frame(Do::Reopen)));
    assert!(app.frame().contains("hack 6, reopened"), "{}", app.frame());
    let before = app.board().clone();
    app.press("c");
    assert!(*app.board() != before, "{}", app.notice());
    app.press("u");
    assert!(*app.board() == before);
    // Once is enough, and no other week is meant.
    app.send(Message::Do(Action::Frame(Do::Reopen)));
    assert_eq!(app.notice(), "hack 6 is reopened already");
    app.press("[");
    app.press("a");
    assert!(
        app.notice().ends_with("is over: `:reopen` writes into it"),
        "{}",
        app.notice()
    );
}

#[test]
fn a_week_is_past_once_the_next_has_begun() {
    // After the deadline, at the retro, at the weekend behind it: it is still this week.
    for when in ["19 18:30", "20 15:10", "22 23:59:59"] {
        let mut app = App::at(when);
        app.model.screen = Screen::Plan;
        app.press("a");
        assert!(app.model.overlay.is_some(), "{when}: {}", app.notice());
        app.press("esc");
        app.send(Message::Do(Action::Frame(Do::Reopen)));
        assert_eq!(app.notice(), "hack 6 is not over", "{when}");
    }
    let mut app = App::at("22 23:59:59");
    app.model.screen = Screen::Plan;
    app.wait("23 00:00");
    app.press("a");
    assert_eq!(app.notice(), OVER);
    // Nor is one to come.
    app.press("] ] a");
    assert!(app.model.overlay.is_some(), "{}", app.notice());
}

#[test]
fn the_key_help_says_why() {
    let mut app = past();
    app.model.screen = Screen::Review;
    app.press("?");
    app.types("add finding");
    assert!(app.frame().contains(OVER), "{}", app.frame());
}

#[test]
fn the_roadmap_is_of_no_week() {
    let mut app = past();
    app.model.screen = Screen::Roadmap;
    app.send(Message::Resized(100, 30));
    let before = app.board().clone();
    app.press("7 j j +");
    assert!(*app.board() != before, "{}", app.notice());
}
