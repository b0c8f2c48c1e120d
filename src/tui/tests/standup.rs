//! The Standup screen: what each action writes, what it looks like.

use super::app::App;
use super::plan::{ascii, pressed, writes};
use crate::report::commits::Commit;
use crate::tui::document::{Document, Format};
use crate::tui::effect::Effect;
use crate::tui::message::Message;
use crate::tui::screens::Screen;
use crate::tui::screens::standup::{Key, State};
use crate::week::demo::Verdict;
use crate::week::made_up::moment;
use crate::week::promise::PromiseState;
use crate::week::round::RoundName;
use crate::week::standup::StandupCommand;
use crate::week::team::TeamCommand;

/// The Standup screen at a moment of the made-up week.
fn standup(when: &str) -> App {
    on_standup(App::at(when))
}

fn on_standup(mut app: App) -> App {
    app.model.screen = Screen::Standup;
    app.send(Message::Resized(100, 30));
    app
}

fn page(app: &App) -> &State {
    &app.model.pages.standup
}

/// The row of the cursor.
fn row(app: &App) -> String {
    let frame = app.frame();
    let cursor = frame.lines().skip(4).find_map(|line| {
        let (_, after) = line.split_once('▸')?;
        Some(after.split('│').next().unwrap_or(after).trim().to_owned())
    });
    cursor.unwrap_or_else(|| panic!("no cursor\n{frame}"))
}

fn speaking(app: &App, round: RoundName) -> Option<String> {
    let round = app.board().rounds.get(&round.id())?;
    let (_, speaker) = round.speaking()?;
    Some(app.board().name(&speaker.person).to_owned())
}

const TUESDAY: &str = "2026-11-17";

fn of_tuesday() -> RoundName {
    RoundName::Standup(TUESDAY.parse().unwrap())
}

#[test]
fn space_ends_a_turn_and_unfolds_the_next_one() {
    let mut app = standup("17 09:32");
    assert!(row(&app).starts_with("● Sammy"));
    writes(&mut app, "space", &[], "Sammy finished 0:49 early", |app| {
        assert_eq!(speaking(app, of_tuesday()).as_deref(), Some("Mira"));
        assert!(row(app).starts_with("● Mira"), "{}", app.frame());
        assert!(app.frame().contains("balance page"), "{}", app.frame());
    });
    // Tove is away: that was the last.
    writes(&mut app, "space", &[], "Mira finished 1:30 early", |app| {
        assert!(app.frame().contains("over, 2:14"), "{}", app.frame());
    });
    app.press("space");
    assert_eq!(
        app.notice(),
        "the round is over; , goes back to who spoke last"
    );
    writes(&mut app, ",", &[], "Mira has the word", |app| {
        assert_eq!(speaking(app, of_tuesday()).as_deref(), Some("Mira"));
    });
}

#[test]
fn the_clock_is_stopped_and_goes_on() {
    let mut app = standup("17 09:32");
    assert!(app.model.ticks());
    app.wait("17 09:32:05");
    assert!(app.frame().contains("0:46 of 1:30"));
    writes(&mut app, "t", &[], "Sammy pauses", |app| {
        assert!(app.frame().contains("0:46 of 1:30, paused"));
        assert!(!app.model.ticks());
    });
    app.wait("17 09:40");
    writes(&mut app, "t", &[], "Sammy has the word", |app| {
        assert!(app.frame().contains("0:46 of 1:30"));
    });
    app.wait("17 09:41:10");
    assert!(app.frame().contains("1:56 of 1:30"), "{}", app.frame());
    // As much too long as Johnny was too short.
    assert!(app.frame().contains("of 15:00, on time"), "{}", app.frame());
}

#[test]
fn back_goes_to_who_spoke_before() {
    let mut app = standup("17 09:32");
    writes(&mut app, ",", &[], "Johnny has the word", |app| {
        assert!(row(app).starts_with("● Johnny"));
    });
    let mut app = standup("18 09:10");
    app.press(",");
    assert_eq!(app.notice(), "nobody spoke before");
    app.press("t");
    assert_eq!(app.notice(), "nobody speaks; space begins");
}

#[test]
fn a_standup_is_begun_in_a_shuffled_order() {
    let mut app = standup("18 09:10");
    writes(&mut app, "S", &[], "standup shuffled", |app| {
        assert!(
            app.frame().contains("4 people · shuffled"),
            "{}",
            app.frame()
        );
    });
    writes(&mut app, "-", &[], "Sammy is away", |app| {
        assert!(row(app).contains("away"), "{}", app.frame());
    });
    writes(&mut app, "-", &[], "Sammy is here", |_| ());
    app.press("space");
    assert!(app.notice().ends_with(" has the word"), "{}", app.notice());
    assert!(app.model.ticks());
}

#[test]
fn what_is_written_is_of_who_speaks_or_is_selected() {
    let mut app = standup("17 09:32");
    // Sammy has three already.
    app.press("a");
    app.types("one more");
    app.press("enter");
    assert!(app.notice().starts_with("Sammy already has three of three"));
    app.press("k");
    let says = "T-22 added: answer the phone";
    writes(&mut app, "a", &["answer the phone"], says, |app| {
        let task = app
            .board()
            .tasks
            .values()
            .find(|task| task.text == "answer the phone");
        let owner = task.unwrap().owner.as_ref().unwrap();
        assert_eq!(app.board().name(owner), "Johnny");
    });
    app.press("j");
    let says = "Sammy is blocked by “no key”";
    writes(&mut app, "B", &["no key"], says, |app| {
        assert!(app.frame().contains("2 today !2"), "{}", app.frame());
        assert!(app.frame().contains("2 open ──"), "{}", app.frame());
    });
    let says = "“who pays?” parked";
    writes(&mut app, "P", &["who pays?"], says, |app| {
        let topic = app
            .board()
            .parked
            .values()
            .find(|topic| topic.text == "who pays?");
        let by = topic.unwrap().by.as_ref().unwrap();
        assert_eq!(app.board().name(by), "Sammy");
        assert_eq!(topic.unwrap().on.to_string(), TUESDAY);
    });
    app.press("P enter");
    assert!(
        app.frame().contains("write a few words, or esc"),
        "{}",
        app.frame()
    );
}

#[test]
fn rows_are_done() {
    let mut app = standup("17 09:32");
    app.press("j j j j j j j");
    assert_eq!(
        row(&app),
        "○ T-14         real webhook payload      waits: Johnny"
    );
    writes(&mut app, "d", &[], "T-14 done", |app| {
        assert!(
            app.frame()
                .contains("● Sammy     0:41    3 commits  +2 debt   -1    1 today")
        );
    });
    app.press("G");
    assert!(row(&app).starts_with("○ Tove"));
    app.press("k k");
    writes(
        &mut app,
        "d",
        &[],
        "“sandbox key from finance” solved",
        |app| {
            assert!(app.frame().contains("0 open ──"));
        },
    );
    app.press("tab");
    assert!(row(&app).starts_with("14:00  Johnny → Sammy"));
    writes(
        &mut app,
        "d",
        &[],
        "“webhook event JSON v0” is on mock",
        |app| {
            let promise = app
                .board()
                .promises
                .values()
                .find(|it| it.what.starts_with("webhook"));
            assert_eq!(promise.unwrap().state, PromiseState::OnMock);
        },
    );
    app.press("tab");
    assert!(row(&app).starts_with("who owns back-off"));
    let says = "“who owns back-off, the service or the gateway?” talked over";
    writes(&mut app, "d", &[], says, |app| {
        assert!(app.board().parked.values().all(|topic| topic.done));
    });
    app.press("esc g g d");
    assert!(
        app.notice().contains("nothing to be done"),
        "{}",
        app.notice()
    );
}

#[test]
fn rows_are_taken_away() {
    let mut app = standup("17 09:32");
    app.press("j");
    app.press("del");
    assert_eq!(app.notice(), "commits are git's");
    app.press("j j j j j j");
    writes(&mut app, "del", &[], "T-14 deleted", |_| ());
    app.press("tab tab");
    let says = "“who owns back-off, the service or the gateway?” deleted";
    writes(&mut app, "del", &[], says, |_| ());
    app.press("tab");
    let says = "“sandbox key from finance” deleted";
    writes(&mut app, "del", &[], says, |_| ());
    app.press("tab g g");
    writes(&mut app, "del", &[], "Johnny left the team", |app| {
        assert_eq!(app.board().team().len(), 3);
    });
}

#[test]
fn enter_unfolds_people_and_opens_rows() {
    let mut app = standup("17 09:32");
    app.press("g g enter");
    assert!(
        app.frame().contains("1000005  configuration"),
        "{}",
        app.frame()
    );
    app.press("enter");
    assert!(!app.frame().contains("Yesterday"), "{}", app.frame());
    app.press("j enter j enter");
    assert!(page(&app).key().is_some());
    app.press("j j j");
    assert!(row(&app).starts_with("D-05"), "{}", row(&app));
    app.press("enter");
    assert_eq!(app.model.screen, Screen::Debt);
    assert_eq!(app.selected(), "DONT retries never back off");
    app.press("1 j j j");
    writes(
        &mut app,
        "enter",
        &["the real one"],
        "T-14 is now “the real one”",
        |_| (),
    );
}

#[test]
fn enter_on_a_promise_shows_that_promise_on_the_plan() {
    for (down, from) in [("", "Johnny"), ("j ", "Sammy")] {
        let mut app = standup("17 09:32");
        while !matches!(page(&app).key(), Some(Key::Promise(_))) {
            app.press("tab");
        }
        app.press(&format!("{down}enter"));
        assert_eq!(app.model.screen, Screen::Plan);
        let plan = &app.model.pages.plan;
        let shown = plan.promise_of(&app.model.sees()).unwrap();
        assert_eq!(app.board().name(&shown.from), from);
        assert_eq!(plan.focus, crate::tui::screens::plan::Focus::Promises);
        let what = shown.what.clone();
        let frame = app.frame();
        assert!(frame.contains(&format!("{} {from}", "▸")), "{frame}");
        assert!(frame.contains(&what), "{frame}");
    }
}

#[test]
fn nothing_lies_behind_a_blocker() {
    let mut app = standup("17 09:32");
    for _ in 0..4 {
        app.press("tab");
        if matches!(page(&app).key(), Some(Key::Blocker(_))) {
            app.press("enter");
            assert_eq!(app.notice(), "nothing lies behind it; d: it is solved");
            return;
        }
    }
    panic!("no pane has a blocker");
}

#[test]
fn without_a_team_who_committed_becomes_one() {
    let mut app = on_standup(App::blank("17 09:05"));
    assert!(app.frame().contains("no team yet, space makes these one"));
    let before = app.board().clone();
    app.press("B");
    assert_eq!(
        app.notice(),
        "there is no team yet; space makes one of these"
    );
    app.press("space");
    let names: Vec<String> = app
        .board()
        .team()
        .iter()
        .map(|it| it.name.clone())
        .collect();
    assert_eq!(names, ["Johnny", "Mira", "Sammy"]);
    let sammy = app.board().person_of_mail("sammy@payments.example");
    assert_eq!(sammy.map(|person| person.name.as_str()), Some("Sammy"));
    // Their commits are theirs, and the standup can begin.
    app.know();
    assert!(
        app.frame().contains("○ Johnny            5 commits"),
        "{}",
        app.frame()
    );
    app.press("space");
    assert!(
        app.notice().ends_with("Johnny has the word"),
        "{}",
        app.notice()
    );
    app.press("u u u u");
    assert_eq!(*app.board(), before);
}

#[test]
fn without_anybody_the_user_begins() {
    let mut app = on_standup(App::blank("16 08:00"));
    assert!(
        app.frame().contains("space begins with you"),
        "{}",
        app.frame()
    );
    app.press("space");
    let monday = RoundName::Standup("2026-11-16".parse().unwrap());
    assert_eq!(speaking(&app, monday).as_deref(), Some("Sammy"));
}

#[test]
fn who_commits_and_is_in_no_team_is_taken_in() {
    let mut app = standup("17 09:32");
    app.press("+");
    assert_eq!(app.notice(), "everybody who commits is in the team");
    let overview = app.model.overview.as_mut().unwrap();
    let overview = std::sync::Arc::make_mut(overview);
    overview.commits.insert(
        0,
        Commit {
            author: "Zoe Lang <zoe@elsewhere.example>".to_owned(),
            ..overview.commits[0].clone()
        },
    );
    app.send(Message::Resized(100, 30));
    app.press("G");
    assert!(row(&app).contains("Zoe Lang"), "{}", app.frame());
    app.press("a");
    assert!(app.notice().contains("+ takes them in"), "{}", app.notice());
    writes(&mut app, "+", &[], "Zoe Lang joined the team", |app| {
        let zoe = app.board().person_of_mail("zoe@elsewhere.example");
        assert_eq!(zoe.map(|person| person.name.as_str()), Some("Zoe Lang"));
    });
}

#[test]
fn the_demo_has_the_same_clock() {
    let mut app = standup("17 15:55");
    assert!(
        app.frame().contains("Demo at 16:00, in 5m."),
        "{}",
        app.frame()
    );
    app.wait("17 16:00");
    let demo = RoundName::Demo(app.model.week);
    writes(&mut app, "space", &[], "Johnny has the word", |app| {
        assert_eq!(speaking(app, demo).as_deref(), Some("Johnny"));
        assert!(app.frame().contains("0:00 of 3:00"), "{}", app.frame());
    });
    app.press("shift-tab g g j");
    writes(&mut app, "d", &[], "“charge service” seen", |app| {
        assert!(app.frame().contains("1 of 9 seen"), "{}", app.frame());
    });
    let verdict = |app: &App| {
        let show = app
            .board()
            .shows
            .values()
            .find(|it| it.what == "charge service");
        show.unwrap().verdict
    };
    for (judged, says) in [
        (Verdict::Undo, "undo"),
        (Verdict::Keep, "keep"),
        (Verdict::Undecided, "charge service"),
    ] {
        writes(&mut app, "v", &[], "“charge service” judged", |app| {
            assert_eq!(verdict(app), judged);
            assert!(app.frame().contains(says), "{}", app.frame());
        });
    }
    writes(
        &mut app,
        "l",
        &["d-5"],
        "“charge service” changed",
        |app| {
            assert!(app.frame().contains("D-05"), "{}", app.frame());
        },
    );
    app.press("l");
    app.types("D-99");
    app.press("enter");
    assert!(app.frame().contains("an open item of the week, as D-05"));
    app.press("esc");
    writes(&mut app, "o", &["a refund"], "“a refund” added", |app| {
        let show = app.board().shows.values().find(|it| it.what == "a refund");
        assert_eq!(app.board().name(&show.unwrap().by), "Johnny");
    });
    let before = app.board().notes.len();
    writes(
        &mut app,
        "T",
        &["what if it says no?"],
        "“what if it says no?” added",
        |app| {
            assert_eq!(app.board().notes.len(), before + 1);
        },
    );
    writes(&mut app, "del", &[], "“charge service” deleted", |_| ());
    app.press("m");
    assert!(app.frame().contains("Blockers"), "{}", app.frame());
    app.press("v");
    assert!(app.notice().starts_with("it is for a hack of the demo"));
}

#[test]
fn another_week_is_looked_at_and_not_held() {
    let mut app = standup("17 09:32");
    app.press("[");
    app.know();
    assert_eq!(app.model.week.to_string(), "2026-W46");
    app.press("space");
    assert_eq!(
        app.notice(),
        "it is another week's; g w goes back to this one"
    );
}

#[test]
fn the_standup_is_taken_along() {
    let mut app = standup("17 09:32");
    app.press("x j");
    let effects = app.press("enter");
    let [Effect::Export(export)] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(export.format, Format::Json);
    assert_eq!(export.file.to_str(), Some("standup-2026-11-17.json"));
    let Document::Standup(document) = &export.document else {
        panic!("{export:?}")
    };
    assert_eq!(document.people.len(), 4);
    let copied = |app: &mut App, keys: &str| match app.press(keys).as_slice() {
        [Effect::Copy { text, .. }] => text.clone(),
        other => panic!("{other:?} {}", app.notice()),
    };
    assert_eq!(
        copied(&mut app, "y y"),
        "Sammy: 3 commits, +2 -1 debt, 2 today"
    );
    app.press("j");
    assert_eq!(
        copied(&mut app, "y y"),
        "a41f9c2 fake gateway, always approves"
    );
    assert_eq!(copied(&mut app, "y h"), format!("{:0<40}", "a41f9c2"));
    app.press("k");
    app.press("y h");
    assert_eq!(app.notice(), "no commit is selected");
    assert!(copied(&mut app, "y m").starts_with("# Standup, "));
    assert!(copied(&mut app, "y s").starts_with("*Standup, "));
    for (keys, file) in [
        ("x m", "standup-2026-11-17.md"),
        ("x s", "standup-2026-11-17.slack.txt"),
        ("x h", "standup-2026-11-17.html"),
        ("x c", "standup-2026-11-17.csv"),
        ("x t", "standup-2026-11-17.txt"),
    ] {
        app.press(keys);
        let effects = app.press("enter");
        let [Effect::Export(export)] = effects.as_slice() else {
            panic!("{effects:?}")
        };
        assert_eq!(export.file.to_str(), Some(file));
        assert!(export.document.write(export.format).is_ok());
    }
}

#[test]
fn clicks_select() {
    let mut app = standup("17 09:32");
    for (text, cursor) in [
        ("charge endpoint", "15:10 77b0e1d"),
        ("Mira      next", "○ Mira"),
        ("POST /charge", "16:00  Sammy"),
        ("who owns back-off", "who owns back-off"),
        ("CI red", "✓ CI red"),
    ] {
        let frame = app.frame();
        let (y, line) = frame
            .lines()
            .enumerate()
            .find(|(_, it)| it.contains(text))
            .unwrap();
        let x = line[..line.find(text).unwrap()].chars().count();
        let (x, y) = (u16::try_from(x).unwrap(), u16::try_from(y).unwrap());
        app.send(Message::Clicked { x, y });
        assert!(row_at(&app, y).contains(cursor), "{text}\n{}", app.frame());
    }
}

/// What stands behind the cursor in a row.
fn row_at(app: &App, y: u16) -> String {
    let frame = app.frame();
    let line = frame.lines().nth(usize::from(y)).unwrap();
    let (_, after) = line.split_once('▸').unwrap_or_default();
    after.to_owned()
}

/// Thirty people with long names, a hundred commits, forty blockers and topics.
fn overfull() -> App {
    let mut app = App::at("17 09:32");
    let now = app.model.now;
    let week = app.model.week;
    let book = app.book.as_mut().unwrap();
    let names = [
        "王小明と申します、よろしくお願いします",
        "Wolfeschlegelsteinhausenbergerdorff",
        "J",
    ];
    for at in 0..30 {
        let name = format!("{} {at}", names[at % names.len()]);
        let mails = vec![format!("{at}@example.org")];
        book.run(TeamCommand::Add { name, mails }, now).unwrap();
    }
    let sammy = book
        .board()
        .person_of_mail("sammy@payments.example")
        .unwrap()
        .id
        .clone();
    for at in 0..40 {
        let text = format!(
            "{at} \u{1b}[2J a word that goes on and on 日本語{}",
            "x".repeat(300)
        );
        let block = StandupCommand::Block {
            week,
            person: sammy.clone(),
            text: text.clone(),
            since: None,
        };
        book.run(block, now).unwrap();
        let park = StandupCommand::Park {
            week,
            on: TUESDAY.parse().unwrap(),
            by: Some(sammy.clone()),
            text,
        };
        book.run(park, now).unwrap();
    }
    app.know();
    let overview = app.model.overview.as_mut().unwrap();
    let overview = std::sync::Arc::make_mut(overview);
    let commit = overview
        .commits
        .iter()
        .find(|it| it.author.starts_with("Sammy"))
        .unwrap()
        .clone();
    for at in 0..100 {
        overview.commits.push(Commit {
            id: format!("{at:040}"),
            subject: format!(
                "{at} 日本語のコメント、とても長いので\u{202e}切られるはずです{}",
                "y".repeat(90)
            ),
            ..commit.clone()
        });
    }
    on_standup(app)
}

#[test]
fn all_of_it_can_be_reached_at_every_size() {
    for (width, height) in [(100, 30), (80, 24), (60, 20), (40, 10), (200, 60)] {
        let mut app = overfull().sized(width, height);
        let mut last = String::new();
        app.press("g g");
        for _ in 0..200 {
            let now = row(&app);
            app.press("j");
            if row(&app) == now && now == last {
                break;
            }
            last = now;
        }
        app.press("G");
        assert!(
            row(&app).contains("J 29") || row(&app).contains('J'),
            "{}",
            app.frame()
        );
        for _ in 0..3 {
            app.press("tab G k j");
            row(&app);
        }
    }
}

#[test]
fn a_frame_of_any_size_is_drawn_in_the_demo_too() {
    let mut app = overfull();
    for keys in ["g g", "m", "tab", "tab", "tab", "tab"] {
        app.press(keys);
        for (width, height) in [
            (0, 0),
            (1, 1),
            (40, 10),
            (61, 12),
            (99, 25),
            (100, 9),
            (101, 24),
        ] {
            app.send(Message::Resized(width, height));
            app.draw();
        }
    }
}

#[test]
fn the_figures_are_those_of_the_document_and_the_board() {
    for when in [
        "16 12:00", "17 09:32", "18 09:10", "19 14:20", "20 15:10", "21 12:00",
    ] {
        let app = standup(when);
        let state = page(&app);
        let document = state.standup.as_ref().unwrap();
        assert_eq!(
            document.debt.open, app.model.pages.debt.open as u64,
            "{when}"
        );
        let parked = app.model.sees().written().parked().len();
        assert_eq!(document.parked.len(), parked, "{when}");
        assert_eq!(
            document.at,
            crate::week::made_up::calendar().zone().local(moment(when)),
            "{when}"
        );
    }
}

fn waited(mut app: App, keys: &str, until: &str) -> App {
    app.press(keys);
    app.wait(until);
    app
}

macro_rules! frame {
    ($name:ident, $app:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!($app.frame());
        }
    };
}

frame!(standup_100x30, standup("17 09:32"));
frame!(standup_80x24, standup("17 09:32").sized(80, 24));
frame!(
    standup_side_80x24,
    pressed(standup("17 09:32").sized(80, 24), "shift-tab")
);
frame!(standup_60x20, standup("17 09:32").sized(60, 20));
frame!(
    standup_more_60x20,
    pressed(standup("17 09:32").sized(60, 20), "tab")
);
frame!(
    standup_side_60x20,
    pressed(standup("17 09:32").sized(60, 20), "shift-tab")
);
frame!(standup_160x50, standup("17 09:32").sized(160, 50));
frame!(standup_before, standup("18 09:10"));
frame!(standup_demo, standup("17 16:06:10"));
frame!(standup_on_thursday, standup("19 14:20"));
frame!(
    standup_over_time,
    waited(standup("18 09:10"), "space", "18 09:12:05")
);
frame!(standup_blank, on_standup(App::blank("17 09:05")));
frame!(standup_of_nobody, on_standup(App::blank("16 08:00")));
frame!(standup_unread, on_standup(App::unread()));
frame!(standup_overfull, overfull());
frame!(standup_overfull_60x20, overfull().sized(60, 20));
frame!(standup_in_ascii, ascii(standup("17 09:32")));

#[test]
#[ignore = "a figure to look at, not a test: --nocapture prints it"]
#[allow(clippy::print_stdout)]
fn how_long_a_standup_takes() {
    for (name, mut app) in [("hack 6", standup("17 09:32")), ("overfull", overfull())] {
        let begun = std::time::Instant::now();
        for _ in 0..50 {
            app.draw();
        }
        println!("{name}: {:?} a frame", begun.elapsed() / 50);
        let begun = std::time::Instant::now();
        for _ in 0..50 {
            app.press("j");
        }
        println!("{name}: {:?} a key", begun.elapsed() / 50);
        let begun = std::time::Instant::now();
        for _ in 0..10 {
            app.send(Message::Resized(100, 30));
        }
        println!("{name}: {:?} a refresh", begun.elapsed() / 10);
    }
}
