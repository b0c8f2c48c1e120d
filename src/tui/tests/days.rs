//! The days of a week on other dates, as the Plan screen has it.

use super::app::App;
use super::frames::{frame, pressed};
use crate::tui::screens::Screen;

/// On Plan on Monday, where a file is written.
fn plan() -> App {
    let mut app = App::at("16 09:22");
    app.press("2");
    app
}

/// Asks for the days and types these, in the order of the days; `None` leaves one as it stands.
fn on(app: &mut App, dates: [Option<&str>; 5]) {
    app.press("g d");
    for (at, date) in dates.into_iter().enumerate() {
        if at > 0 {
            app.press("tab");
        }
        if let Some(date) = date {
            app.press("ctrl-u");
            app.types(date);
        }
    }
    app.press("enter");
}

fn file(app: &App) -> &str {
    app.config.text.as_deref().unwrap_or_default()
}

fn dates(app: &App) -> Vec<String> {
    let week = app.model.sees().week();
    let dates = week.days().iter();
    dates
        .map(|day| day.date.format("%a %-d").to_string())
        .collect()
}

fn says(app: &App, text: &str) {
    let frame = app.frame();
    assert!(frame.contains(text), "{text} is not in\n{frame}");
}

#[test]
fn one_day_is_moved_at_once_and_u_takes_it_back() {
    let mut app = plan();
    on(&mut app, [None, None, None, None, Some("sat")]);
    assert_eq!(
        file(&app),
        "[week.moved]\n\"2026-W47.5\" = \"2026-11-21\"\n"
    );
    assert_eq!(
        app.notice(),
        "2026-W47 is on Mon 16, Tue 17, Wed 18, Thu 19, Sat 21 Nov now, in /config/hackweek.toml"
    );
    says(&app, "Sat retro + beer");
    says(&app, "u undo");
    app.press("u");
    assert_eq!(file(&app), "");
    assert_eq!(
        app.notice(),
        "undone: 2026-W47 is on Mon 16, Tue 17, Wed 18, Thu 19, Fri 20 Nov again, in \
         /config/hackweek.toml"
    );
    says(&app, "Fri retro + beer");
    app.press("ctrl-r");
    says(&app, "Sat retro + beer");
}

#[test]
fn a_whole_week_begins_a_day_later_in_one_step() {
    let mut app = plan();
    let later = ["tue", "18 Nov", "Thu 19 Nov", "2026-11-20", "sa"].map(Some);
    on(&mut app, later);
    let moved = ["Tue 17", "Wed 18", "Thu 19", "Fri 20", "Sat 21"];
    assert_eq!(dates(&app), moved);
    assert_eq!(file(&app).lines().count(), 6, "{}", file(&app));
    // Day 4 takes the deadline with it.
    let deadline = app.model.sees().week().deadline();
    assert_eq!(deadline.format("%a %-d").to_string(), "Fri 20");
    app.press("u");
    assert_eq!(file(&app), "");
    assert_eq!(dates(&app)[0], "Mon 16");
}

#[test]
fn an_empty_field_and_its_own_date_are_as_the_calendar_has_it() {
    let mut app = plan();
    on(&mut app, [None, None, None, None, Some("sat")]);
    on(&mut app, [None, None, None, None, Some("")]);
    assert_eq!(file(&app), "");
    on(&mut app, [None, None, None, None, Some("sat")]);
    on(&mut app, [None, None, None, None, Some("fri")]);
    assert_eq!(file(&app), "");
    on(&mut app, [None; 5]);
    assert_eq!(
        app.notice(),
        "2026-W47 stays on Mon 16, Tue 17, Wed 18, Thu 19, Fri 20 Nov"
    );
}

#[test]
fn what_does_not_follow_is_said_at_its_field_and_nothing_is_lost() {
    let mut app = plan();
    on(&mut app, [None, None, Some("thu"), None, None]);
    says(
        &app,
        "day 4 is on Thu 19 Nov: move it too, or choose another",
    );
    says(&app, "Thu 19 Nov");
    assert_eq!(app.config.text, None);
    // The field that is wrong is the one that is typed in.
    app.answers("2026-11-23");
    says(
        &app,
        "day 4 is on Thu 19 Nov: move it too, or choose another",
    );
    app.answers("someday");
    says(&app, "a date, as Sat, Sat 21 Nov or 2026-11-21");
    app.press("esc");
    on(&mut app, [None, None, None, None, Some("23 Nov")]);
    says(
        &app,
        "day 1 of 2026-W48 is on Mon 23 Nov: choose another date",
    );
    assert_eq!(app.config.text, None);
}

#[test]
fn a_day_that_another_week_moved_here_is_in_the_way() {
    let mut app = plan();
    on(&mut app, [None, None, None, None, Some("22 Nov")]);
    app.press("]");
    on(&mut app, [Some("22 Nov"), None, None, None, None]);
    says(
        &app,
        "day 5 of 2026-W47 is on Sun 22 Nov: choose another date",
    );
    assert_eq!(
        file(&app),
        "[week.moved]\n\"2026-W47.5\" = \"2026-11-22\"\n"
    );
}

#[test]
fn a_week_that_is_over_keeps_its_days_until_it_is_reopened() {
    let mut app = plan();
    app.press("[ g d");
    assert_eq!(app.notice(), "hack 5 is over: `:reopen` writes into it");
    assert!(app.model.overlay.is_none());
}

#[test]
fn the_palette_finds_it_from_every_screen() {
    let mut app = plan();
    app.press("3 :");
    app.types("plan.days");
    says(&app, "Plan: on which dates its days are");
    app.press("enter");
    says(&app, "The days of 2026-W47");
    assert_eq!(app.model.screen, Screen::Debt);
    app.press("tab tab tab tab");
    app.answers("sat");
    assert_eq!(dates(&app)[4], "Sat 21");
}

#[test]
fn the_first_run_asks_for_its_days() {
    let mut app = App::first_run("16 09:05");
    app.press("j e");
    says(&app, "The days of 2026-W47");
    app.answers("15 Nov");
    assert_eq!(app.model.screen, Screen::Start);
    says(&app, "Sunday 15 Nov 2026");
}

#[test]
fn a_day_that_holidays_took_can_be_given_a_date() {
    let mut app = plan();
    app.press(":");
    app.types("week.holidays");
    app.press("enter");
    app.answers("2026-11-18");
    app.press("g d");
    says(&app, "day 5, as Sat or 21 Nov; empty: not in this week");
    app.press("tab tab tab tab");
    app.answers("sat");
    assert_eq!(
        dates(&app),
        ["Mon 16", "Tue 17", "Thu 19", "Fri 20", "Sat 21"]
    );
    app.press("u");
    assert_eq!(dates(&app).len(), 4);
}

frame!(days_100x30, pressed(plan(), "g d"));
frame!(days_60x20, pressed(plan().sized(60, 20), "g d tab"));
frame!(days_wrong_60x20, {
    let mut app = plan().sized(60, 20);
    on(&mut app, [None, None, Some("thu"), None, None]);
    app
});
frame!(days_moved_100x30, {
    let mut app = plan();
    on(&mut app, [None, None, None, None, Some("sat")]);
    app
});
