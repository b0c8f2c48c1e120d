//! What keys do: the state that they lead to, and what they want done.

use std::path::PathBuf;

use super::app::{App, empty, report};
use crate::report::debt::Status;
use crate::tui::document::{Document, Format};
use crate::tui::effect::Effect;
use crate::tui::message::Message;
use crate::tui::screens::debt::{Focus, Scope, Show, Sort};
use crate::week::WeekName;

#[test]
fn opening_reads_the_index_first_and_scans_then() {
    let app = App::unread();
    let week = "2026-W47".parse().unwrap();
    let now = app.model.now;
    assert_eq!(
        app.effects,
        [
            Effect::Load {
                generation: 1,
                week,
                now
            },
            Effect::Scan { generation: 2 }
        ]
    );
}

#[test]
fn the_riskiest_open_item_is_selected_and_its_code_asked_for() {
    let mut app = App::unread();
    app.effects.clear();
    app.load(report());
    assert!(app.selected().starts_with("DONT"), "{}", app.selected());
    assert!(
        matches!(app.effects.as_slice(), [Effect::Read(_)]),
        "{:?}",
        app.effects
    );
}

#[test]
fn moving_stays_in_the_list() {
    let mut app = App::week();
    let last = app.model.pages.debt.rows.len() - 1;
    assert!(last >= 2);
    let selected = |app: &mut App, keys: &str| {
        app.press(keys);
        app.model.pages.debt.selected
    };
    assert_eq!(selected(&mut app, "k"), 0);
    assert_eq!(selected(&mut app, "j j"), 2);
    assert_eq!(selected(&mut app, "G"), last);
    assert_eq!(selected(&mut app, "j"), last);
    assert_eq!(selected(&mut app, "g g"), 0);
    assert_eq!(selected(&mut app, "pgdn pgdn"), last);
    assert_eq!(selected(&mut app, "home end up"), last - 1);
    assert_eq!(selected(&mut app, "ctrl-u ctrl-u ctrl-u"), 0);
}

#[test]
fn code_is_asked_for_once_a_place() {
    let mut app = App::week().with_code();
    assert_eq!(app.press("j").len(), 1);
    app.answer_code();
    assert_eq!(app.press("k"), []);
    assert_eq!(app.press("j"), []);
}

#[test]
fn filters_choose_and_stay_at_the_item() {
    let mut app = App::week();
    let statuses = |app: &App| -> Vec<Status> {
        let overview = app.model.overview.as_deref().unwrap();
        let rows = app.model.pages.debt.rows.iter();
        rows.map(|at| at.item(overview).unwrap().status).collect()
    };
    assert!(statuses(&app).iter().all(|status| *status == Status::Open));
    app.press("j");
    let item = app.selected();
    app.press("f a");
    assert_eq!(app.model.pages.debt.filter.show, Show::Any);
    assert_eq!(app.selected(), item);
    app.press("f p");
    assert!(!statuses(&app).is_empty());
    assert!(statuses(&app).iter().all(|status| *status == Status::Paid));
    app.press("f u");
    assert_eq!(app.model.pages.debt.filter.show, Show::Suspected);
    app.press("f l");
    assert_eq!(statuses(&app), []);
    app.press("f o f h");
    assert_eq!(app.model.pages.debt.filter.scope, Scope::All);
    app.press("f w");
    assert_eq!(app.model.pages.debt.filter.scope, Scope::Week);
}

#[test]
fn after_the_deadline_what_is_open_is_late() {
    let mut report = report();
    let open = report.totals.open;
    report.generated_at = "2026-11-19T18:00:01+01:00".parse().unwrap();
    let mut app = App::unread().read(report);
    app.press("f l");
    assert_eq!(app.model.pages.debt.rows.len() as u64, open);
}

#[test]
fn the_deadline_passes_while_one_looks() {
    let mut app = App::week();
    let open = app.model.pages.debt.rows.len();
    app.press("f l");
    assert_eq!(app.model.pages.debt.rows.len(), 0);
    app.send(Message::Time("2026-11-19T18:01:00+01:00".parse().unwrap()));
    assert_eq!(app.model.pages.debt.rows.len(), open);
    assert!(app.frame().contains("1m over"), "{}", app.frame());
}

#[test]
fn repositories_take_turns() {
    let mut app = App::week();
    let names: Vec<String> = {
        let overview = app.model.overview.as_deref().unwrap();
        overview
            .report
            .repositories
            .iter()
            .map(|r| r.name.clone())
            .collect()
    };
    assert!(names.len() > 1);
    for name in &names {
        app.press("f r");
        assert_eq!(app.model.pages.debt.filter.repository.as_ref(), Some(name));
    }
    app.press("f r");
    assert_eq!(app.model.pages.debt.filter.repository, None);
}

#[test]
fn sorting_keeps_the_item() {
    let mut app = App::week();
    app.press("j j");
    let item = app.selected();
    for (keys, sort) in [
        ("s a", Sort::Age),
        ("s f", Sort::File),
        ("s o", Sort::Owner),
        ("s r", Sort::Risk),
    ] {
        app.press(keys);
        assert_eq!(
            (app.model.pages.debt.sort, app.selected()),
            (sort, item.clone())
        );
    }
}

#[test]
fn search_narrows_as_it_is_typed_and_escape_undoes_it() {
    let mut app = App::week();
    let all = app.model.pages.debt.rows.len();
    app.press("/ r e t r");
    assert_eq!(app.model.pages.debt.rows.len(), 1, "{}", app.frame());
    app.press("esc");
    assert_eq!(app.model.pages.debt.rows.len(), all);
    app.press("/ t o d o enter");
    let some = app.model.pages.debt.rows.len();
    assert!(some > 1 && some < all);
    app.press("n N N");
    assert_eq!(app.model.pages.debt.selected, some - 1);
    app.press("esc");
    assert_eq!(app.model.pages.debt.rows.len(), all);
    app.press("n");
    assert_eq!(app.notice(), "nothing is searched for; / does that");
}

#[test]
fn letters_that_are_typed_do_nothing_else() {
    let mut app = App::week();
    let effects = app.press("/ q R e ?");
    let reads = |effect: &Effect| matches!(effect, Effect::Read(_));
    assert!(effects.iter().all(reads), "{effects:?}");
    assert!(app.frame().contains("/qRe?"));
}

#[test]
fn a_paste_is_text_or_nothing() {
    let mut app = App::week();
    app.send(Message::Pasted("qR\u{1b}[2J".to_owned()));
    assert_eq!(app.effects, []);
    app.press("/");
    app.send(Message::Pasted("ret\nr\u{1b}".to_owned()));
    assert_eq!(app.model.pages.debt.filter.words, "retr");
}

#[test]
fn enter_goes_to_the_code_which_scrolls_as_far_as_there_are_lines() {
    let mut app = App::week().with_code();
    app.press("enter");
    assert_eq!(app.model.pages.debt.focus, Focus::Code);
    app.press("j j j j j j j j j");
    let down = app.model.pages.debt.scroll;
    app.press("j");
    assert_eq!(app.model.pages.debt.scroll, down);
    app.press("G g g k");
    let up = app.model.pages.debt.scroll;
    assert!((-10..=0).contains(&up));
    app.press("esc");
    assert_eq!(app.model.pages.debt.focus, Focus::List);
    app.press("tab");
    assert_eq!(app.model.pages.debt.focus, Focus::Code);
    app.press("shift-tab j");
    assert_eq!(
        (app.model.pages.debt.focus, app.model.pages.debt.scroll),
        (Focus::List, 0)
    );
}

#[test]
fn the_editor_opens_at_the_line_once_the_file_is_known() {
    let mut app = App::week();
    assert_eq!(app.press("e"), []);
    assert_eq!(app.notice(), "its file is still being read");
    let mut app = App::week().with_code();
    let line = app
        .model
        .pages
        .debt
        .item(app.model.overview.as_deref())
        .unwrap()
        .line
        .unwrap();
    let file = PathBuf::from("/pay/src/gateway.rs");
    assert_eq!(app.press("e"), [Effect::Edit { file, line }]);
}

#[test]
fn copies_say_what_they_are() {
    let mut app = App::week();
    let copied = |app: &mut App, keys: &str| match app.press(keys).as_slice() {
        [Effect::Copy { text, what }] => format!("{what}: {text}"),
        other => panic!("{other:?}"),
    };
    assert!(copied(&mut app, "y y").starts_with("row: DONT "));
    assert!(copied(&mut app, "y l").starts_with("place: src/"));
    assert!(copied(&mut app, "y h").len() >= "hash: ".len() + 40);
    assert!(copied(&mut app, "y m").starts_with("Markdown: - [ ] **DONT** "));
}

#[test]
fn an_export_asks_for_a_name_and_holds_what_is_seen() {
    let mut app = App::week();
    app.press("/ t o d o enter");
    let seen = app.model.pages.debt.rows.len();
    assert_eq!(app.press("x j"), []);
    let effects = app.press("enter");
    let [Effect::Export(export)] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(
        (export.format, &export.file),
        (Format::Json, &PathBuf::from("debt-2026-W47.json"))
    );
    #[allow(irrefutable_let_patterns)]
    let Document::Debt(report) = &export.document else {
        panic!("not the debt")
    };
    assert_eq!(report.items.len(), seen);
    assert_eq!(report.totals.open, seen as u64);
    assert_eq!(app.press("x t ctrl-u enter"), []);
    assert_eq!(app.notice(), "nothing is written without a name");
    assert_eq!(app.press("x t esc"), []);
}

/// Turns to the week before, and returns it with the number of the question for it.
fn turn_back(app: &mut App) -> (WeekName, u64) {
    let [
        Effect::Load {
            week, generation, ..
        },
    ] = app.press("[")[..]
    else {
        panic!()
    };
    (week, generation)
}

#[test]
fn before_the_first_scan_no_screen_says_that_there_is_no_debt() {
    let mut app = App::week();
    let (week, generation) = turn_back(&mut app);
    let mut overview = super::app::overview(empty());
    overview.week = overview.calendar.week(week);
    overview.report.repositories.clear();
    app.send(Message::Loaded {
        generation,
        overview: Ok(overview.into()),
    });
    for screen in ["3", "5"] {
        app.press(screen);
        let frame = app.frame();
        assert!(frame.contains("not known before the first scan"), "{frame}");
        assert!(frame.contains("Nothing is scanned yet"), "{frame}");
        for said in [
            "brought in none",
            "there is no debt",
            "no debt yet",
            "Debt 0",
        ] {
            assert!(!frame.contains(said), "{frame}");
        }
    }
    for screen in ["1", "6"] {
        app.press(screen);
        let frame = app.frame();
        assert!(frame.contains("not known before the first scan"), "{frame}");
        for said in ["open, due", "opened 0", "0 opened", "brought in no debt"] {
            assert!(!frame.contains(said), "{frame}");
        }
    }
    app.press("5");
    // Nor is the day closed with nothing.
    assert_eq!(app.press("X"), []);
    assert!(
        app.notice().starts_with("nothing is scanned yet"),
        "{}",
        app.notice()
    );
}

#[test]
fn weeks_turn_and_stale_answers_are_dropped() {
    let mut app = App::week();
    let (week, generation) = turn_back(&mut app);
    assert_eq!(week.to_string(), "2026-W46");
    // The answer of the week that was left.
    app.send(Message::Loaded {
        generation,
        overview: Ok(super::app::overview(empty()).into()),
    });
    let shown = app.model.overview.as_ref().unwrap();
    assert!(!shown.report.items.is_empty());
    // What is shown fits together until the other week is read.
    let frame = app.frame();
    assert!(
        frame.contains("reading 2026-W46") && frame.contains("pay + web · 2026-W47"),
        "{frame}"
    );
    app.load(empty());
    assert!(app.model.overview.as_ref().unwrap().report.items.is_empty());
    assert!(app.frame().contains("2026-W46, past week"));
    let [Effect::Load { week, .. }] = app.press("g w")[..] else {
        panic!()
    };
    assert_eq!(week.to_string(), "2026-W47");
    assert_eq!(app.press("g w"), []);
}

#[test]
fn a_scan_runs_once_and_its_end_reads_the_index() {
    let mut app = App::week();
    let [Effect::Scan { generation }] = app.press("R")[..] else {
        panic!()
    };
    assert_eq!(app.press("R"), []);
    app.send(Message::Stale);
    app.send(Message::Scanned {
        generation: generation - 1,
        outcome: Ok(9),
    });
    assert_eq!(app.effects, []);
    app.send(Message::Scanned {
        generation,
        outcome: Err("pay: no \u{1b}[2J disk".to_owned()),
    });
    assert!(matches!(app.effects.as_slice(), [Effect::Load { .. }]));
    assert_eq!(app.notice(), r"pay: no \x1B[2J disk");
    app.effects.clear();
    app.send(Message::Stale);
    assert!(matches!(app.effects.as_slice(), [Effect::Scan { .. }]));
}

#[test]
fn panes_widen_within_limits() {
    let mut app = App::week();
    let width = |app: &App| app.model.pages.debt.panes(&app.model.sees()).code.width;
    let before = width(&app);
    app.press("_");
    assert_eq!(width(&app), before + 4);
    app.press("tab + + + + + + + + + + + + + + + +");
    assert_eq!(width(&app), 57);
    app.press("_ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _");
    assert_eq!(width(&app), 24);
}

#[test]
fn help_and_palette_run_what_is_chosen() {
    let mut app = App::week();
    app.press("? o w n e r enter");
    assert_eq!(app.model.pages.debt.sort, Sort::Owner);
    app.press(": s u s p e n d");
    assert_eq!(app.press("enter"), [Effect::Suspend]);
    // A menu of keys, in key help, begins its sequence.
    app.press("?");
    let chosen = |app: &App| {
        let frame = app.frame();
        let line = frame.lines().find(|line| line.contains("┃ ▸"));
        line.unwrap_or_default().to_owned()
    };
    for _ in 0..60 {
        if chosen(&app).contains("copy menu") {
            break;
        }
        app.press("down");
    }
    app.press("enter");
    assert_eq!(app.model.begun.len(), 1);
    assert!(matches!(app.press("h").as_slice(), [Effect::Copy { .. }]));
    // What cannot be had says why.
    app.press(": n e x t space m a t c h");
    assert!(
        app.frame().contains("is off: nothing is searched for"),
        "{}",
        app.frame()
    );
}

#[test]
fn a_click_selects_and_the_wheel_scrolls_what_is_under_it() {
    let mut app = App::week().with_code();
    app.send(Message::Clicked { x: 10, y: 9 });
    assert_eq!(app.model.pages.debt.selected, 2);
    app.send(Message::Wheeled {
        x: 10,
        y: 9,
        down: false,
    });
    assert_eq!(app.model.pages.debt.selected, 0);
    app.answer_code();
    app.send(Message::Wheeled {
        x: 80,
        y: 9,
        down: true,
    });
    assert_eq!(app.model.pages.debt.selected, 0);
    app.send(Message::Clicked { x: 80, y: 9 });
    assert_eq!(app.model.pages.debt.focus, Focus::Code);
    app.press("?");
    app.send(Message::Clicked { x: 0, y: 0 });
    assert!(app.model.overlay.is_none());
}

#[test]
fn escape_never_leaves_and_q_does() {
    let mut app = App::week();
    assert_eq!(app.press("esc esc esc"), []);
    assert_eq!(app.press("q"), [Effect::Quit]);
    assert_eq!(app.press("ctrl-c"), [Effect::Quit]);
}

#[test]
fn the_mouse_is_given_back_and_taken() {
    let mut app = App::week();
    assert_eq!(app.press("M"), [Effect::Mouse(false)]);
    assert_eq!(app.press("M"), [Effect::Mouse(true)]);
}
