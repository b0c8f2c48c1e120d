//! The Retro screen: what it shows of the made-up week, and what its keys write.

use super::app::App;
use super::frames::{ASCII, frame};
use crate::tui::message::Message;
use crate::tui::screens::Screen;
use crate::tui::screens::retro::Focus;
use crate::week::WeekName;
use crate::week::made_up::week;
use crate::week::retro::{Card, Column, RetroCommand};
use crate::week::team::TeamCommand;

fn on_friday() -> App {
    App::at("20 15:10")
}

fn pressed(mut app: App, keys: &str) -> App {
    app.press(keys);
    app
}

/// Before anybody voted or closed anything: Sammy has votes to give.
fn at_lunch() -> App {
    pressed(App::at("20 14:40"), "6")
}

fn next() -> WeekName {
    week().next().unwrap()
}

fn card<'a>(app: &'a App, text: &str) -> &'a Card {
    let cards = app.board().cards.values();
    cards.into_iter().find(|card| card.text == text).unwrap()
}

fn votes(app: &App, text: &str) -> u32 {
    app.board().week(week()).votes_of(card(app, text))
}

/// Presses keys, sees what row 29 says, and takes it back: the board is the one from before.
fn undone(app: &mut App, keys: &str, says: &str) {
    let before = app.board().clone();
    app.press(keys);
    assert_eq!(app.notice(), says);
    assert_ne!(*app.board(), before, "{keys}");
    app.press("u");
    assert!(app.notice().starts_with("undone"), "{}", app.notice());
    assert_eq!(*app.board(), before, "{keys}");
}

/// Many people, many cards with long words, many actions.
fn overfull() -> App {
    let mut app = on_friday();
    let words = "日本語のカード、とても長いので切られるはずです、そうでしょう";
    let (now, week) = (app.model.now, week());
    let book = app.book.as_mut().unwrap();
    for number in 0..30 {
        let name = format!("Nobody Number {number} of the Long Names");
        let mails = Vec::new();
        book.run(TeamCommand::Add { name, mails }, now).unwrap();
        for column in [Column::Keep, Column::Change, Column::Try] {
            let text = format!("{words} {number} and so on without any end that could be seen");
            let by = None;
            let card = RetroCommand::Card {
                week,
                column,
                text,
                by,
            };
            book.run(card, now).unwrap();
        }
        let action = RetroCommand::Action {
            week: if number % 2 == 0 { week } else { next() },
            text: format!("{words} {number}, by the end of next week, whoever it is"),
            owner: book.board().people.keys().last().cloned(),
            day: Some(3),
        };
        book.run(action, now).unwrap();
    }
    // Everybody likes one card.
    let card = book
        .board()
        .cards
        .values()
        .find(|it| it.text == "fake bank")
        .unwrap();
    let (card, people) = (card.id.clone(), book.board().people.clone());
    for person in people.into_keys().skip(4) {
        let (card, more) = (card.clone(), true);
        book.run(RetroCommand::Vote { card, person, more }, now)
            .unwrap();
    }
    app.know();
    app
}

frame!(retro_100x30, on_friday());
frame!(retro_80x24, on_friday().sized(80, 24));
frame!(
    retro_80x24_summary,
    pressed(on_friday().sized(80, 24), "shift-tab")
);
frame!(retro_60x20, on_friday().sized(60, 20));
frame!(
    retro_60x20_actions,
    pressed(on_friday().sized(60, 20), "tab tab tab tab")
);
frame!(retro_45x16, on_friday().sized(45, 16));
frame!(retro_160x50, on_friday().sized(160, 50));
frame!(retro_blank, pressed(App::blank("20 15:10"), "6"));
frame!(retro_overfull, overfull());
frame!(retro_overfull_60x20, overfull().sized(60, 20));
frame!(retro_talks, pressed(on_friday(), ". ."));
frame!(retro_card_form, pressed(on_friday(), "tab a"));
frame!(retro_in_ascii, {
    let mut app = on_friday();
    app.model.look = ASCII;
    app
});

#[test]
fn ascii_is_ascii() {
    let mut app = on_friday();
    app.model.look = ASCII;
    for keys in ["tab", "m", ".", "A", "esc", "?", "esc"] {
        app.press(keys);
        // What the key help quotes of the notice above is a stranger's.
        let frame = app.frame().replace(['“', '”'], "");
        assert!(frame.is_ascii(), "{keys}: {frame}");
    }
}

#[test]
fn votes_are_given_and_taken_back() {
    let mut app = at_lunch();
    undone(
        &mut app,
        "space",
        "Sammy has 1 on “promises with due times”",
    );
    app.press("space space space space space");
    assert_eq!(votes(&app, "promises with due times"), 5);
    app.press("space");
    assert!(
        app.notice().contains("has spent all 5 votes"),
        "{}",
        app.notice()
    );
    app.press("-");
    assert_eq!(votes(&app, "promises with due times"), 4);
    // Row 29 says so again once nothing has happened.
    app.press("k");
    assert!(app.frame().contains("you have 1 left"));
}

#[test]
fn somebody_else_can_vote_at_the_same_keyboard() {
    let mut app = at_lunch();
    app.press("v ctrl-u");
    app.types("tove");
    app.press("enter");
    assert_eq!(app.notice(), "Tove votes now, 5 votes left");
    app.press("space");
    assert_eq!(app.notice(), "Tove has 1 on “promises with due times”");
}

#[test]
fn the_cursor_stays_at_the_card_whatever_others_vote() {
    let mut app = at_lunch();
    app.press("j j space space space");
    let held = app
        .model
        .pages
        .retro
        .card(&app.model.sees())
        .map(|it| it.text.clone());
    assert_eq!(held.as_deref(), Some("demo on Tue"));
    assert_eq!(
        app.model.pages.retro.at[0].index, 0,
        "it has most votes now"
    );
}

#[test]
fn a_card_can_be_written_from_any_screen() {
    let mut app = App::at("17 11:00");
    app.press("3 :");
    app.types("write a card");
    app.press("enter shift-tab ctrl-u");
    app.types("try");
    app.press("tab");
    app.types("ask before the demo");
    app.press("enter");
    assert_eq!(app.notice(), "“ask before the demo” added");
    assert_eq!(app.model.screen, Screen::Debt);
    let own = card(&app, "ask before the demo");
    assert_eq!(own.column, Column::Try);
    assert_eq!(own.by.as_ref(), app.model.sees().me());
    app.press("u");
    assert!(
        !app.board()
            .cards
            .values()
            .any(|it| it.text == "ask before the demo")
    );
}

#[test]
fn who_writes_the_first_card_joins_the_team() {
    let mut app = pressed(App::blank("20 15:10"), "6 a");
    app.types("it works");
    app.press("enter");
    assert_eq!(app.board().team().len(), 1);
    assert!(card(&app, "it works").by.is_some());
}

#[test]
fn cards_are_merged_and_parted() {
    let mut app = at_lunch();
    app.press("j m");
    assert!(
        app.notice().contains("“fake bank” is marked"),
        "{}",
        app.notice()
    );
    undone(&mut app, "k m", "“fake bank” merged");
    app.press("g g m j m");
    assert_eq!(app.notice(), "“promises with due times” merged");
    app.press("p");
    let into = &card(&app, "promises with due times").into;
    assert_eq!(*into, None);
    // esc forgets what was marked.
    app.press("m esc");
    assert_eq!(app.model.pages.retro.marked, None);
}

#[test]
fn a_card_goes_to_another_column_and_the_cursor_with_it() {
    let mut app = at_lunch();
    app.press("L");
    assert_eq!(card(&app, "promises with due times").column, Column::Change);
    assert_eq!(app.model.pages.retro.focus, Focus::Change);
    let held = app.model.pages.retro.card(&app.model.sees());
    assert_eq!(
        held.map(|it| it.text.as_str()),
        Some("promises with due times")
    );
    app.press("H H");
    assert_eq!(app.notice(), "that is the first column");
}

#[test]
fn a_card_is_only_written_anew_by_who_wrote_it() {
    let mut app = at_lunch();
    app.press("e");
    app.types("!");
    app.press("enter");
    assert!(app.notice().contains("card"), "{}", app.notice());
    assert_eq!(votes(&app, "promises with due times"), 0);
    app.press("a");
    app.types("mine");
    app.press("enter G e ctrl-u");
    app.types("really mine");
    app.press("enter");
    card(&app, "really mine");
    undone(&mut app, "D", "“really mine” deleted");
}

#[test]
fn actions_are_added_ticked_and_carried() {
    let mut app = at_lunch();
    app.press("A");
    app.types("buy a bell");
    app.press("tab");
    app.types("jo");
    app.press("tab down enter");
    assert_eq!(app.notice(), "“buy a bell” added");
    let action = app
        .board()
        .actions
        .values()
        .find(|it| it.text == "buy a bell")
        .unwrap();
    assert_eq!((action.week, action.day), (next(), Some(1)));
    assert_eq!(
        action.owner.as_ref().map(|it| app.board().name(it)),
        Some("Johnny")
    );
    // The actions of this week.
    app.press("tab tab tab");
    assert_eq!(app.model.pages.retro.focus, Focus::Before);
    undone(&mut app, "space", "“CI under five minutes” done");
    undone(&mut app, "C", "“CI under five minutes” carried");
    app.press("C");
    let carried = app
        .board()
        .actions
        .values()
        .find(|it| it.text.starts_with("CI under"))
        .unwrap();
    assert_eq!((carried.week, carried.times_in(next())), (next(), 2));
    app.press("g g");
    undone(&mut app, "D", "“a due time on each promise” changed");
}

#[test]
fn an_action_that_was_carried_is_decided_where_it_is() {
    let mut app = on_friday();
    app.press("tab tab tab G space");
    assert_eq!(
        app.notice(),
        "it was carried into another week; it is decided there"
    );
    app.press("tab G e ctrl-u");
    app.types("write it in an hour");
    app.press("tab ctrl-u tab ctrl-u");
    app.types("fri");
    app.press("enter");
    let action = app
        .board()
        .actions
        .values()
        .find(|it| it.text == "write it in an hour")
        .unwrap();
    assert_eq!((action.owner.as_ref(), action.day), (None, Some(5)));
    app.press("u");
    assert!(app.frame().contains("write the runbook, or drop it"));
}

#[test]
fn a_form_says_what_it_does_not_know() {
    let mut app = at_lunch();
    app.press("A");
    app.types("buy a bell");
    app.press("tab");
    app.types("nobody");
    app.press("enter");
    assert!(
        app.frame().contains("one of: Johnny, Sammy, Mira, Tove"),
        "{}",
        app.frame()
    );
    app.press("ctrl-u tab");
    app.types("sun");
    app.press("enter");
    assert!(app.frame().contains("one of: Mon, Tue, Wed, Thu, Fri"));
}

#[test]
fn topics_go_by_votes_and_their_time_runs() {
    let mut app = on_friday();
    app.press(".");
    assert_eq!(app.notice(), "topic: test first");
    assert_eq!(app.model.pages.retro.focus, Focus::Try);
    assert!(app.model.ticks());
    app.wait("20 15:12:05");
    assert!(app.frame().contains("2:05"), "{}", app.frame());
    app.press("t");
    assert!(!app.model.ticks());
    app.press(", .");
    assert!(!app.notice().is_empty());
    let mut seen = 1;
    while app.notice() != "that was the last topic" {
        app.press(".");
        seen += 1;
        assert!(seen < 20);
    }
}

#[test]
fn everybody_is_asked_how_the_week_felt() {
    let mut app = at_lunch();
    app.press("f");
    app.types("4.5");
    app.press("enter");
    assert_eq!(app.notice(), "Sammy gives the week 4.5 of 5");
    // Mira is next, and says something that is no mood.
    app.types("good");
    app.press("enter");
    assert!(
        app.frame().contains("a figure from 1 to 5"),
        "{}",
        app.frame()
    );
    app.press("ctrl-u");
    app.types("3");
    app.press("enter esc");
    let record = app.board().week(week()).record();
    assert_eq!(record.mood_average(), Some(3.75));
}

#[test]
fn the_beer_is_arranged() {
    let mut app = at_lunch();
    app.press("b");
    app.types("Fri 17:00, the new place");
    app.press("enter");
    assert_eq!(app.notice(), "beer arranged");
    assert!(app.frame().contains("Beer: Fri 17:00, the new place"));
}

#[test]
fn the_week_is_closed_with_what_it_came_to() {
    let mut app = on_friday();
    undone(&mut app, "X", "2026-W47 closed");
    app.press("X");
    let record = app.board().week(week()).record();
    let figures = record.figures.unwrap();
    assert_eq!(
        (figures.tasks_done, figures.debt_opened),
        (Some(7), Some(21))
    );
    assert_eq!(figures.promises_kept, Some(3));
    assert!(figures.pace.is_some() && figures.paid_on_day_4.is_some());
    assert!(app.frame().contains("closed Fri 15:10"), "{}", app.frame());
    app.press("X");
    assert_eq!(app.notice(), "2026-W47 open again");
}

#[test]
fn a_click_selects_and_the_wheel_moves() {
    let mut app = on_friday();
    let panes = app.model.pages.retro.panes(&app.model.sees());
    let try_ = panes.columns[2];
    app.send(Message::Clicked {
        x: try_.x + 4,
        y: try_.y + 2,
    });
    let state = &app.model.pages.retro;
    assert_eq!(state.focus, Focus::Try);
    assert_eq!(
        state.card(&app.model.sees()).map(|it| it.text.as_str()),
        Some("one owner per table")
    );
    app.send(Message::Clicked {
        x: panes.next.x + 4,
        y: panes.next.y + 2,
    });
    let action = app.model.pages.retro.action(&app.model.sees()).unwrap();
    assert_eq!(action.text, "a stop bell at 50 minutes of planning");
    app.send(Message::Wheeled {
        x: panes.next.x + 4,
        y: panes.next.y + 1,
        down: true,
    });
    assert_eq!(app.model.pages.retro.at[Focus::Next.at()].index, 2);
}

#[test]
fn a_deleted_card_leaves_the_cursor_where_it_was() {
    let mut app = at_lunch();
    app.press("j D");
    let state = &app.model.pages.retro;
    assert_eq!(
        (state.at[0].index, state.card(&app.model.sees()).is_some()),
        (1, true)
    );
}

#[test]
fn what_is_off_says_why() {
    let mut app = pressed(App::blank("20 15:10"), "6");
    for (keys, why) in [
        ("space", "no card is selected"),
        ("m", "no card is selected"),
        ("C", "no action is selected"),
        (".", "there is no card to talk over"),
        ("t", "no topic is talked over; . begins with the first"),
    ] {
        app.press(keys);
        assert_eq!(app.notice(), why, "{keys}");
    }
}

#[test]
fn the_summary_follows_what_is_written() {
    let mut app = at_lunch();
    let before = app.model.pages.retro.text.clone();
    app.press("space");
    assert!(app.model.pages.retro.summary.is_some());
    let after = &app.model.pages.retro.summary.as_ref().unwrap().learned.keep;
    assert_eq!(after[0].votes, 1);
    assert!(!before.is_empty());
}
