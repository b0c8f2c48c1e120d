//! The first run: three questions, and what becomes of the answers.

use std::sync::Arc;

use super::app::App;
use super::frames::frame;
use crate::tui::effect::Effect;
use crate::tui::screens::Screen;
use crate::week::made_up::week;

fn pressed(mut app: App, keys: &str) -> App {
    app.press(keys);
    app
}

frame!(start_100x30, App::first_run("16 09:05"));
frame!(start_80x24, App::first_run("16 09:05").sized(80, 24));
frame!(start_60x20, App::first_run("16 09:05").sized(60, 20));
frame!(
    start_60x20_below,
    pressed(App::first_run("16 09:05").sized(60, 20), "G")
);

#[test]
fn enter_writes_the_answers_and_nothing_else() {
    let mut app = App::first_run("16 09:05");
    assert_eq!(app.model.screen, Screen::Start);
    app.press("e ctrl-u");
    app.types("payments-mvp");
    app.press("enter enter");
    assert_eq!(app.model.screen, Screen::Plan);
    let board = app.board();
    let team: Vec<&str> = board.team().iter().map(|it| it.name.as_str()).collect();
    assert_eq!(team, ["Sammy", "Johnny", "Mira"]);
    let record = board.week(week()).record();
    assert_eq!(
        (record.title.as_str(), record.number),
        ("payments-mvp", Some(1))
    );
    assert!(board.tasks.is_empty() && board.hack_weeks() == [week()]);
    assert_eq!(app.notice(), "2026-W47 is hack 1");
    assert!(app.frame().contains("payments-mvp · hack 1"));
    // Every step of it can be taken back, and then the questions do not come again.
    app.press("u u u u u");
    assert_eq!(app.board(), &Default::default());
    assert_ne!(app.model.screen, Screen::Start);
}

#[test]
fn who_is_in_is_said_with_space_and_a() {
    let mut app = App::first_run("16 09:05");
    app.press("j j space a");
    app.types("Tove");
    app.press("enter enter");
    let team: Vec<&str> = app
        .board()
        .team()
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(team, ["Johnny", "Mira", "Tove"]);
}

#[test]
fn nobody_has_to_answer() {
    let mut app = App::first_run("16 11:00");
    app.press("3");
    assert_eq!(app.model.screen, Screen::Debt);
    app.know();
    assert_eq!(app.model.screen, Screen::Debt);
    assert!(app.board().is_blank());
    let mut app = App::first_run("16 11:00");
    app.press("esc");
    assert_eq!(app.model.screen, Screen::Standup);
}

#[test]
fn it_explains_the_day_and_the_demo() {
    let mut app = App::first_run("16 09:05");
    app.press("j e");
    assert!(app.frame().contains("week.first_day"), "{}", app.frame());
    app.press("esc D");
    assert!(app.notice().contains("hackweek demo"), "{}", app.notice());
    assert!(app.board().is_blank());
}

#[test]
fn a_form_that_cannot_be_taken_says_why() {
    let mut app = App::first_run("16 09:05");
    app.press("a");
    app.types("Johnny");
    app.press("enter");
    assert!(app.frame().contains("somebody of that name"));
    app.press("esc e ctrl-u enter");
    assert!(app.frame().contains("it can be changed at any time"));
}

#[test]
fn a_week_that_somebody_wrote_in_opens_on_the_screen_of_the_day() {
    assert_eq!(App::at("16 09:22").model.screen, Screen::Plan);
}

#[test]
fn nothing_is_written_before_enter() {
    let mut app = App::first_run("16 09:05");
    let left = app.press("j j space j tab shift-tab G k D e");
    let writes = |effect: &Effect| matches!(effect, Effect::Write(_));
    assert!(!left.iter().any(writes) && app.board().is_blank());
}

#[test]
fn a_repository_that_is_not_read_yet_is_no_missing_one() {
    let mut app = App::first_run("16 09:05");
    let whole = app.model.overview.clone().unwrap();
    for (read, unread) in [(0, "pay  not read yet"), (1, "web  not read yet")] {
        let mut overview = (*whole).clone();
        overview.report.repositories.truncate(read);
        app.model.overview = Some(Arc::new(overview));
        let frame = app.frame();
        for said in ["I found two git repositories", unread] {
            assert!(frame.contains(said), "{frame}");
        }
    }
}
