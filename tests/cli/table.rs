//! The page of the debt report, at the widths people have, and with the texts nobody wants.

use hackweek::report::debt::{DebtReport, Item, ReportScope, Status};
use hackweek::report::scan::{Figures, ScanReport, ScannedRepository};
use hackweek::report::table::{self, View};
use hackweek::report::{json, safe_text::Safe};
use proptest::prelude::*;

fn week() -> DebtReport {
    serde_json::from_str(include_str!("week.json")).unwrap()
}

/// The week with nothing introduced.
fn empty() -> DebtReport {
    let mut report = week();
    report.items.clear();
    report.suspected.clear();
    report.totals = Default::default();
    report.repositories.truncate(1);
    report.repositories[0].skipped.clear();
    report
}

/// The Friday after: what is open has missed the deadline, one was paid late.
fn friday() -> DebtReport {
    let mut report = week();
    report.generated_at = "2026-11-20T15:10:00+01:00".parse().unwrap();
    let late = report
        .items
        .iter_mut()
        .find(|item| item.marker == "FIXME")
        .unwrap();
    late.status = Status::PaidLate;
    let mut paid = week().items[4].paid.clone().unwrap();
    paid.time = "2026-11-20T09:30:00+01:00".parse().unwrap();
    late.paid = Some(paid);
    report.totals.paid_late = 1;
    report.totals.open = 3;
    report.totals.paydown = Some(4.0 / 9.0);
    report
}

/// The whole history, of one old repository and one new.
fn all() -> DebtReport {
    let mut report = week();
    report.scope = ReportScope::All;
    report.totals.introduced_after_hack_days = 0;
    for (at, item) in report.items.iter_mut().enumerate() {
        item.introduced.day = None;
        let years = chrono::Days::new(200 * at as u64);
        item.introduced.time = item.introduced.time.checked_sub_days(years).unwrap();
        if let Some(paid) = &mut item.paid {
            paid.day = None;
        }
    }
    report
}

fn with_texts(change: impl Fn(&mut Item)) -> DebtReport {
    let mut report = week();
    report.items.iter_mut().for_each(change);
    report
}

/// Texts in Chinese, Japanese and Korean, two cells a character.
fn cjk() -> DebtReport {
    with_texts(|item| {
        item.text = "金額は浮動小数点数、整数に直すこと：결제 금액을 정수로".to_owned();
        item.path = item
            .path
            .as_ref()
            .map(|_| "源代码/支付/网关服务.rs".to_owned());
        item.introduced.author = "山田 太郎 <taro@example.org>".to_owned();
    })
}

/// Texts that want the terminal to do things.
fn hostile() -> DebtReport {
    let mut report = with_texts(|item| {
        item.text = "\u{1b}]0;pwned\u{7}\u{9b}31m red \u{202e}drawkcab\u{2066} a\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\r\nnext".to_owned();
        item.path = item
            .path
            .as_ref()
            .map(|_| "src/\u{1b}[2J/\n\t\u{200b}.rs".to_owned());
        item.introduced.author = "\u{1b}c Eve\u{e0041} <eve@example.org>".to_owned();
        item.assignee = Some("\u{feff}bob".to_owned());
        item.marker = "TO\u{8}DO".to_owned();
        if let Some(paid) = &mut item.paid {
            paid.author = "\u{7f}".to_owned();
            paid.commit = Some("\u{1b}[31m".to_owned());
        }
        if let Some(decision) = &mut item.decision {
            decision.reason = Some("\u{2028}because\u{0}".to_owned());
        }
    });
    report.repositories[0].name = "\u{1b}[5mpay".to_owned();
    report.repositories[0].skipped[0].why = "\u{202e}gnorw".to_owned();
    report.repositories[1].name = "web\n\n\n".to_owned();
    report
}

/// Figures and texts larger than anybody thought of.
fn overfull() -> DebtReport {
    let mut report = with_texts(|item| {
        item.text = "never do this again unless the moon is full and ".repeat(40);
        item.path = item.path.as_ref().map(|_| {
            format!(
                "{}a_module_with_a_very_long_name_indeed_{}.rs",
                "deep/".repeat(60),
                "x".repeat(90)
            )
        });
        item.line = item.line.map(|_| u32::MAX);
        item.introduced.author = "Wolfeschlegelsteinhausenbergerdorff ".repeat(9);
        item.introduced.time = "0001-01-01T00:00:00+00:00".parse().unwrap();
    });
    report.totals.introduced = u64::MAX;
    report.totals.open = u64::MAX / 2;
    report.totals.suspected = u64::MAX;
    report.repositories[0].name = "a-repository-with-a-name-like-a-novel-".repeat(4);
    report
}

fn page(report: &DebtReport, view: View) -> String {
    let mut out = Vec::new();
    table::write(report, &view, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The page at 60, 80 and 120 columns, one below the other.
fn pages(report: &DebtReport) -> String {
    [60, 80, 120]
        .map(|width| {
            let page = page(
                report,
                View {
                    width,
                    suspected: true,
                    ..View::default()
                },
            );
            format!("{}\n{page}", "v".repeat(width))
        })
        .join("\n")
}

#[test]
fn a_week_on_wednesday() {
    insta::assert_snapshot!(pages(&week()));
}

#[test]
fn a_week_on_friday() {
    insta::assert_snapshot!(pages(&friday()));
}

#[test]
fn a_week_without_debt() {
    insta::assert_snapshot!(pages(&empty()));
}

#[test]
fn the_whole_history() {
    insta::assert_snapshot!(pages(&all()));
}

#[test]
fn wide_characters() {
    insta::assert_snapshot!(pages(&cjk()));
}

#[test]
fn hostile_texts() {
    insta::assert_snapshot!(pages(&hostile()));
}

#[test]
fn overfull_columns() {
    insta::assert_snapshot!(pages(&overfull()));
}

#[test]
fn ascii_signs() {
    insta::assert_snapshot!(page(
        &friday(),
        View {
            ascii: true,
            ..View::default()
        }
    ));
    assert!(
        page(
            &week(),
            View {
                ascii: true,
                suspected: true,
                ..View::default()
            }
        )
        .is_ascii()
    );
    assert!(
        page(
            &all(),
            View {
                ascii: true,
                ..View::default()
            }
        )
        .is_ascii()
    );
}

#[test]
fn colour_adds_nothing_but_colour() {
    for report in [week(), friday(), all(), empty()] {
        let plain = page(&report, View::default());
        let mut coloured = page(
            &report,
            View {
                colour: true,
                ..View::default()
            },
        );
        assert_ne!(plain, coloured);
        // The terminal's own sixteen, and back.
        for sgr in ["0", "1", "2", "31", "32", "33", "36"] {
            coloured = coloured.replace(&format!("\u{1b}[{sgr}m"), "");
        }
        assert_eq!(plain, coloured);
    }
}

#[test]
fn red_is_kept_for_a_missed_deadline() {
    let red = |report: &DebtReport| {
        page(
            report,
            View {
                colour: true,
                ..View::default()
            },
        )
        .contains("\u{1b}[31m")
    };
    assert!(!red(&week()));
    assert!(red(&friday()));
}

#[test]
fn the_latest_payments_are_limited_and_the_rest_is_counted() {
    let some = page(
        &all(),
        View {
            limit: 1,
            ..View::default()
        },
    );
    assert!(some.contains("the latest 1 of 2"), "{some}");
    let none = page(
        &all(),
        View {
            limit: 0,
            ..View::default()
        },
    );
    assert!(!none.contains("pay: paid"), "{none}");
}

#[test]
fn suspected_items_are_shown_when_asked_for() {
    let words = "not sure why";
    assert!(!page(&week(), View::default()).contains(words));
    assert!(
        page(
            &week(),
            View {
                suspected: true,
                ..View::default()
            }
        )
        .contains(words)
    );
}

#[test]
fn json_is_the_same_after_a_round_trip() {
    for report in [
        week(),
        friday(),
        empty(),
        all(),
        cjk(),
        hostile(),
        overfull(),
    ] {
        let mut text = Vec::new();
        json::write(&report, &mut text).unwrap();
        assert_eq!(serde_json::from_slice::<DebtReport>(&text).unwrap(), report);
        let text = String::from_utf8(text).unwrap();
        let hidden = "\u{202e}\u{2066}\u{200b}\u{feff}\u{2028}\u{e0041}";
        let obeyed = |c: char| (c.is_control() && c != '\n') || hidden.contains(c);
        assert_eq!(text.chars().find(|&c| obeyed(c)), None);
    }
}

#[test]
fn json_has_the_fields_of_the_contract_in_their_order() {
    let mut text = Vec::new();
    json::write(&week(), &mut text).unwrap();
    assert_eq!(String::from_utf8(text).unwrap(), include_str!("week.json"));
}

#[test]
fn a_scan_names_what_it_could_not_read() {
    let report = ScanReport {
        schema: hackweek::report::scan::SCHEMA.to_owned(),
        repositories: vec![
            ScannedRepository {
                name: "pay".to_owned(),
                path: "/home/ann/src/pay".to_owned(),
                figures: Some(Figures {
                    commits: 3310,
                    new_commits: 12,
                    items: 351,
                    skipped: 4,
                }),
                error: None,
            },
            ScannedRepository {
                name: "\u{1b}[2Jweb".to_owned(),
                path: "/home/ann/src/web".to_owned(),
                figures: None,
                error: Some("not a repository".to_owned()),
            },
        ],
    };
    let mut out = Vec::new();
    table::write_scan(&report, &View::default(), &mut out).unwrap();
    insta::assert_snapshot!(String::from_utf8(out).unwrap());
}

fn assert_fits(page: &str, width: usize) {
    for line in page.lines() {
        assert!(Safe::new(line).width() <= width, "{width}: {line}");
        assert_eq!(
            Safe::new(line).as_str(),
            line,
            "a line holds something unsafe"
        );
        assert_eq!(line.trim_end(), line, "a line ends in blanks");
    }
}

#[test]
fn no_row_is_wider_than_the_terminal() {
    for report in [
        week(),
        friday(),
        empty(),
        all(),
        cjk(),
        hostile(),
        overfull(),
    ] {
        for width in (View::NARROWEST..=200).step_by(9) {
            for ascii in [false, true] {
                assert_fits(
                    &page(
                        &report,
                        View {
                            width,
                            ascii,
                            suspected: true,
                            ..View::default()
                        },
                    ),
                    width,
                );
            }
        }
    }
    // Below that it is cut as if it were that, and nothing breaks.
    assert_fits(
        &page(
            &week(),
            View {
                width: 0,
                ..View::default()
            },
        ),
        View::NARROWEST,
    );
}

proptest! {
    #[test]
    fn any_text_fits(text in any::<String>(), path in any::<String>(), name in any::<String>(), width in 20_usize..140) {
        let mut report = with_texts(|item| {
            item.text.clone_from(&text);
            item.path = Some(path.clone());
            item.introduced.author.clone_from(&name);
            item.marker.clone_from(&name);
        });
        report.repositories[0].name.clone_from(&name);
        assert_fits(&page(&report, View { width, suspected: true, ..View::default() }), width);
    }
}
