//! The Review screen: what its keys write, and its frames.

use super::app::App;
use super::crowd::crowded;
use super::frames::{exports, frame, pressed};
use crate::tui::document::{Document, Format};
use crate::tui::effect::Effect;
use crate::tui::message::Message;
use crate::tui::screens::Screen;
use crate::tui::screens::review::{Focus, State};
use crate::week::review::{About, Bucket, Finding, Test};
use crate::week::round::{Round, RoundName};
use crate::week::timer::clock;
use crate::week::{Board, Rules};

/// Wednesday at 10:14, in Sammy's show and tell.
fn review() -> App {
    let app = App::at("18 10:14");
    assert_eq!(app.model.screen, Screen::Review);
    app
}

fn page(app: &App) -> &State {
    &app.model.pages.review
}

fn findings(app: &App, bucket: Bucket) -> Vec<&Finding> {
    app.model.sees().written().findings(bucket)
}

fn names(app: &App, bucket: Bucket) -> Vec<String> {
    let findings = findings(app, bucket).into_iter();
    findings.map(|finding| finding.what.clone()).collect()
}

fn round(app: &App) -> Round {
    let name = RoundName::Review(app.model.week);
    app.board().round_or_new(name, &Rules::default())
}

fn undo(app: &mut App, before: &Board) {
    app.press("u");
    assert!(*app.board() == *before);
    assert!(app.notice().starts_with("undone: "), "{}", app.notice());
}

#[test]
fn findings_move_between_buckets_and_the_cursor_goes_with_them() {
    let mut app = review();
    let before = app.board().clone();
    app.press("L");
    assert_eq!(app.notice(), "“split charge() in 3” put into must change");
    assert_eq!(page(&app).focus, Focus::Bucket(Bucket::MustChange));
    assert_eq!(names(&app, Bucket::MustChange)[4], "split charge() in 3");
    assert_eq!(page(&app).cursor(page(&app).focus).row, 4);
    app.press("H");
    assert_eq!(page(&app).focus, Focus::Bucket(Bucket::Refactor));
    app.press("H");
    assert_eq!(app.notice(), "it is in the first bucket");
    app.press("u");
    undo(&mut app, &before);
}

#[test]
fn findings_change_places() {
    let mut app = review();
    let before = (app.board().clone(), names(&app, Bucket::Refactor));
    app.press("K");
    assert_eq!(app.notice(), "it is the first one");
    app.press("J");
    assert_eq!(app.notice(), "“split charge() in 3” moved");
    assert_eq!(names(&app, Bucket::Refactor)[1], before.1[0]);
    app.press("K");
    assert_eq!(names(&app, Bucket::Refactor), before.1);
    app.press("u");
    undo(&mut app, &before.0);
}

#[test]
fn a_test_is_linked_not_needed_or_missing() {
    let mut app = review();
    let before = app.board().clone();
    let test = |app: &App| findings(app, Bucket::Refactor)[0].test.clone();
    for (typed, wanted, says) in [
        (
            "tests/charge.rs",
            Test::Linked("tests/charge.rs".to_owned()),
            "has a test",
        ),
        ("-", Test::NotNeeded, "needs no test"),
        ("", Test::Missing, "has no test"),
    ] {
        app.press("T");
        app.answers(typed);
        assert_eq!(test(&app), wanted);
        assert!(app.notice().ends_with(says), "{}", app.notice());
    }
    app.press("u u");
    undo(&mut app, &before);
}

#[test]
fn what_is_locked_is_unlocked_with_a_reason() {
    let mut app = review();
    let before = app.board().clone();
    app.press("U enter");
    assert!(app.frame().contains("a reason is needed"));
    app.answers("it is deleted next week");
    assert!(!findings(&app, Bucket::Refactor)[0].is_locked());
    assert!(app.notice().ends_with("unlocked without a test"));
    app.press("U");
    assert_eq!(app.notice(), "it is not locked");
    undo(&mut app, &before);
}

#[test]
fn findings_are_added_edited_given_and_deleted() {
    let mut app = review();
    let before = app.board().clone();
    app.press("l a");
    app.types("no retries on 402");
    app.press("tab");
    app.types("to");
    app.press("tab");
    app.types("src/charge.rs:12");
    app.press("tab tab");
    app.types("back off");
    app.press("enter");
    assert_eq!(app.notice(), "“no retries on 402” added");
    let new = findings(&app, Bucket::MustChange)[4].clone();
    assert_eq!(app.board().name(new.owner.as_ref().unwrap()), "Tove");
    assert_eq!(new.place, "src/charge.rs:12");
    assert_eq!(app.board().debt_name(new.debt.as_ref().unwrap()), "D-05");
    app.press("e");
    app.answers("no retries on 402 and 403");
    let edited = findings(&app, Bucket::MustChange)[4];
    assert_eq!(edited.what, "no retries on 402 and 403");
    assert_eq!((&edited.debt, &edited.place), (&new.debt, &new.place));
    app.press("c");
    assert!(app.notice().ends_with("moved to Sammy"), "{}", app.notice());
    app.press("d");
    assert!(app.notice().ends_with("deleted"), "{}", app.notice());
    assert_eq!(findings(&app, Bucket::MustChange).len(), 4);
    app.press("u u u");
    undo(&mut app, &before);
}

#[test]
fn lines_have_to_be_a_figure_and_people_of_the_team() {
    let mut app = review();
    app.press("a");
    app.types("x");
    app.press("tab tab tab");
    app.types("many");
    app.press("enter");
    assert!(app.frame().contains("takes away: -188"), "{}", app.frame());
    app.answers("−12");
    let new = findings(&app, Bucket::Refactor)[5];
    assert_eq!(new.lines, Some(-12));
}

#[test]
fn debt_becomes_a_finding_by_its_number_or_its_words() {
    let mut app = review();
    let before = app.board().clone();
    app.press("D");
    app.answers("d-17");
    let new = findings(&app, Bucket::Refactor)[5].clone();
    assert_eq!(new.what, "config is read twice");
    assert_eq!(new.place, "config.rs:30");
    assert_eq!(app.board().name(new.owner.as_ref().unwrap()), "Johnny");
    undo(&mut app, &before);
    app.press("D");
    app.answers("HACK config");
    assert_eq!(findings(&app, Bucket::Refactor).len(), 6);
    app.press("D");
    app.answers("D-17");
    assert!(
        app.frame().contains("is in “refactor” already"),
        "{}",
        app.frame()
    );
    app.answers("TODO");
    assert!(
        app.frame().contains("several have them: "),
        "{}",
        app.frame()
    );
    app.answers("no such words");
    assert!(app.frame().contains("no open item has these words"));
    // Up and down choose one.
    app.press("ctrl-u down");
    assert!(app.frame().contains("D-05 DONT retries"), "{}", app.frame());
}

#[test]
fn people_present_in_turn() {
    let mut app = review();
    let before = app.board().clone();
    app.press("space");
    assert_eq!(app.notice(), "Sammy finished 8:40 early");
    let speaking = |app: &App| {
        let round = round(app);
        let person = round.speaking().map(|(_, s)| s.person.clone());
        person.map_or(String::new(), |id| app.board().name(&id).to_owned())
    };
    assert_eq!(speaking(&app), "Mira");
    app.press(",");
    assert_eq!(
        (speaking(&app), app.notice()),
        ("Sammy".to_owned(), "Sammy has the word")
    );
    app.press("u");
    undo(&mut app, &before);
    app.press("-");
    assert_eq!(app.notice(), "Mira is away");
    app.press(".");
    assert_eq!(speaking(&app), "Tove");
    app.press("space");
    assert!(round(&app).ended.is_some());
    app.press("space");
    assert!(
        app.notice().contains("all have presented"),
        "{}",
        app.notice()
    );
}

#[test]
fn the_timer_runs_and_pauses() {
    let mut app = review();
    assert!(app.model.ticks());
    assert!(app.frame().contains("6:20 of 15:00"), "{}", app.frame());
    app.wait("18 10:14:30");
    assert!(app.frame().contains("6:50 of 15:00"), "{}", app.frame());
    app.press("t");
    assert!(!app.model.ticks());
    app.wait("18 10:20:00");
    assert!(
        app.frame().contains("6:50 of 15:00, paused"),
        "{}",
        app.frame()
    );
    app.press("t");
    app.wait("18 10:20:10");
    let spent = round(&app).speaking().unwrap().1.timer.spent(app.model.now);
    assert_eq!(clock(spent), "7:00");
}

#[test]
fn notes_are_written_for_the_presenter_and_taken_away() {
    let mut app = review();
    let before = app.board().clone();
    let sammy = app.model.sees().me().unwrap().clone();
    app.press("N");
    assert!(app.frame().contains("Sammy says"), "{}", app.frame());
    app.types("the pager was off");
    app.press("tab");
    app.press("ctrl-u");
    app.types("emb");
    app.press("enter");
    assert_eq!(app.notice(), "“the pager was off” added");
    let notes = |app: &App| {
        let written = app.model.sees().written();
        written.notes(&sammy, About::Embarrassing).len()
    };
    assert_eq!(notes(&app), 3);
    app.press("tab tab tab G d");
    assert_eq!(app.notice(), "“the pager was off” deleted");
    assert_eq!(notes(&app), 2);
    app.press("u");
    undo(&mut app, &before);
}

#[test]
fn questions_are_answered_and_opened_again() {
    let mut app = review();
    let before = app.board().clone();
    // From anywhere it is the first that is open.
    app.press("!");
    assert!(
        app.frame().contains("Are we asking the right ones?:"),
        "{}",
        app.frame()
    );
    app.answers("one too many");
    assert_eq!(app.notice(), "question 3 answered");
    assert!(app.frame().contains("3 of 6"), "{}", app.frame());
    assert_eq!(page(&app).focus, Focus::Questions);
    app.press("enter");
    app.answers("");
    assert_eq!(app.notice(), "question 3 open again");
    app.press("u");
    undo(&mut app, &before);
}

/// The questions of the week that are the team's own.
fn own_questions(app: &App) -> Vec<String> {
    let questions = app.model.sees().written().questions();
    let own = questions.iter().filter(|asked| asked.own().is_some());
    own.map(|asked| asked.text.to_owned()).collect()
}

#[test]
fn questions_of_the_team_are_added_edited_answered_and_taken_away() {
    let mut app = review();
    let before = app.board().clone();
    app.press("shift-tab a enter");
    assert!(app.frame().contains("a few words are needed"));
    app.answers("Can it be observed?");
    assert_eq!(app.notice(), "“Can it be observed?” added");
    assert_eq!(own_questions(&app), ["Can it be observed?"]);
    assert!(app.frame().contains("2 of 7"));
    // The cursor is on it: what is done now, is done to it.
    app.press("enter");
    app.answers("only by its log");
    assert_eq!(app.notice(), "“Can it be observed?” answered");
    assert!(app.frame().contains("3 of 7"));
    assert!(app.frame().contains("only by its log"));
    app.press("e");
    app.answers("Can each charge be observed?");
    assert_eq!(
        app.notice(),
        "the question is now “Can each charge be observed?”"
    );
    assert_eq!(own_questions(&app), ["Can each charge be observed?"]);
    app.press("d");
    assert_eq!(app.notice(), "“Can each charge be observed?” deleted");
    assert_eq!(own_questions(&app), [""; 0]);
    assert!(app.frame().contains("2 of 6"));
    app.press("u");
    assert!(app.frame().contains("3 of 7"));
    app.press("u u");
    undo(&mut app, &before);
}

#[test]
fn the_questions_of_the_method_stay_as_they_are() {
    let mut app = review();
    let before = app.board().clone();
    for key in ["e", "d"] {
        app.press(&format!("shift-tab g g {key}"));
        assert_eq!(
            app.notice(),
            "it is of the method; a adds one of ours, which e and d change"
        );
        app.press("tab");
    }
    assert!(*app.board() == before);
}

#[test]
fn questions_of_the_team_change_places_and_the_cursor_goes_with_them() {
    let mut app = review();
    app.press("shift-tab");
    for text in ["Is it observed?", "Who is on call?", "Who pays?"] {
        app.press("a");
        app.answers(text);
    }
    let before = app.board().clone();
    app.press("J");
    assert_eq!(app.notice(), "it is the last one");
    app.press("K");
    assert_eq!(app.notice(), "“Who pays?” moved");
    let now = ["Is it observed?", "Who pays?", "Who is on call?"];
    assert_eq!(own_questions(&app), now);
    app.press("K");
    let now = ["Who pays?", "Is it observed?", "Who is on call?"];
    assert_eq!(own_questions(&app), now);
    assert_eq!(page(&app).cursor(Focus::Questions).row, 6);
    app.press("K");
    assert_eq!(app.notice(), "it is the first of ours");
    app.press("J");
    let now = ["Is it observed?", "Who pays?", "Who is on call?"];
    assert_eq!(own_questions(&app), now);
    app.press("u u");
    undo(&mut app, &before);
    app.press("ctrl-r");
    assert_eq!(app.notice(), "done again: “Who pays?” moved");
    // The method's are in the order of the method.
    app.press("g g J");
    let says = "it is of the method, whose order stays; ours come behind it";
    assert_eq!(app.notice(), says);
    app.press("j j j j j K");
    assert_eq!(app.notice(), says);
}

#[test]
fn a_question_changes_places_with_those_that_the_week_asks() {
    let mut app = review();
    app.press("shift-tab");
    for text in ["Is it observed?", "Who is on call?", "Who pays?"] {
        app.press("a");
        app.answers(text);
    }
    // The second is no longer asked from the next week on.
    app.press("] g g j j j j j j j d");
    assert_eq!(own_questions(&app), ["Is it observed?", "Who pays?"]);
    app.press("G K");
    assert_eq!(own_questions(&app), ["Who pays?", "Is it observed?"]);
    app.press("J");
    assert_eq!(own_questions(&app), ["Is it observed?", "Who pays?"]);
}

#[test]
fn a_question_is_asked_again_in_the_next_week() {
    let mut app = review();
    app.press("shift-tab a");
    app.answers("Can it be observed?");
    app.press("]");
    assert_eq!(own_questions(&app), ["Can it be observed?"]);
    app.press("d");
    assert_eq!(app.notice(), "“Can it be observed?” is no longer asked");
    assert_eq!(own_questions(&app), [""; 0]);
    app.press("[");
    assert_eq!(own_questions(&app), ["Can it be observed?"]);
    app.press("[");
    assert_eq!(own_questions(&app), [""; 0]);
}

#[test]
fn a_finding_leads_to_its_debt() {
    let mut app = review();
    app.press("j j j enter");
    assert_eq!(app.model.screen, Screen::Debt);
    assert_eq!(app.selected(), "TODO list does a query per row");
    // Also where it was filtered away.
    let mut app = review();
    app.press("3 f p 4 j j j enter");
    assert_eq!(app.selected(), "TODO list does a query per row");
}

#[test]
fn a_click_selects() {
    let mut app = review();
    let cell = |app: &App, text: &str| {
        let frame = app.frame();
        let mut lines = frame.lines().enumerate();
        let (y, line) = lines.find(|(_, line)| line.contains(text)).unwrap();
        let x = line[..line.find(text).unwrap()].chars().count();
        (u16::try_from(x).unwrap(), u16::try_from(y).unwrap())
    };
    for (text, focus, row) in [
        ("cents, not floats", Focus::Bucket(Bucket::MustChange), 1),
        ("ledger_old.rs", Focus::Bucket(Bucket::GetToDelete), 1),
        ("nobody owned back-off", Focus::Notes, 3),
        ("missing on entries.at", Focus::Questions, 1),
    ] {
        let (x, y) = cell(&app, text);
        app.send(Message::Clicked { x, y });
        assert_eq!(page(&app).focus, focus, "{text}");
        assert_eq!(page(&app).cursor(focus).row, row, "{text}");
    }
}

#[test]
fn the_review_is_copied_and_exported_as_the_command_writes_it() {
    let mut app = review();
    let document = Document::Review(Box::new(app.model.sees().review()));
    for (keys, format) in [("y m", Format::Markdown), ("y s", Format::Slack)] {
        let effects = app.press(keys);
        let [Effect::Copy { text, what }] = effects.as_slice() else {
            panic!("{effects:?}")
        };
        assert_eq!(text.as_bytes(), document.write(format).unwrap());
        assert_eq!(*what, format.name());
        if format == Format::Markdown {
            insta::assert_snapshot!("review_markdown", text);
        }
    }
    exports(&mut app, &document, "review-2026-W47");
}

#[test]
fn who_is_alone_can_review_alone() {
    let mut app = App::blank("18 10:14");
    app.press("space");
    assert_eq!(app.board().team().len(), 1);
    assert_eq!(app.notice(), "Sammy has the word");
    app.press("d");
    assert_eq!(app.notice(), "no finding is selected");
}

#[test]
fn ascii_is_ascii_and_no_escape_reaches_a_frame() {
    let app = review().ascii();
    assert!(app.frame().is_ascii(), "{}", app.frame());
    let frame = crowded("18 10:14").frame();
    assert!(frame.chars().all(|c| c == '\n' || !c.is_control()));
}

#[test]
fn every_size_has_a_frame() {
    for mut app in [crowded("18 10:14"), App::blank("18 10:14")] {
        for keys in ["G", "tab", "tab", "tab", "tab", "G"] {
            app.press(keys);
            for width in (0..=200).step_by(29) {
                for height in (0..=60).step_by(6) {
                    app.send(Message::Resized(width, height));
                    app.frame();
                    app.send(Message::Clicked {
                        x: width / 2,
                        y: height / 2,
                    });
                }
            }
        }
    }
}

frame!(review_100x30, review());
frame!(review_80x24, review().sized(80, 24));
frame!(
    review_80x24_told,
    pressed(review().sized(80, 24), "tab tab tab")
);
frame!(review_60x20, review().sized(60, 20));
frame!(
    review_60x20_notes,
    pressed(review().sized(60, 20), "tab tab tab")
);
frame!(
    review_60x20_questions,
    pressed(review().sized(60, 20), "shift-tab")
);
frame!(review_160x50, review().sized(160, 50));
frame!(review_in_ascii, review().ascii());
frame!(review_blank, App::blank("18 10:14"));
frame!(review_crowded, crowded("18 10:14"));
frame!(review_over, pressed(App::at("18 11:30"), "tab tab tab"));
frame!(review_form, pressed(review(), "a"));
frame!(review_debt_prompt, pressed(review(), "D down"));
frame!(review_help, pressed(review(), "?"));
