//! The standup, the summary, the plan and the review in all their formats: read back by readers that are not ours, inert
//! whatever they quote, and of one mind with the debt report.

use chrono::{DateTime, Utc};
use hackweek::report::boards::ReviewPage;
use hackweek::report::commits::Commit;
use hackweek::report::debt::{DebtReport, ReportScope, Status};
use hackweek::report::facts::{Facts, Scene};
use hackweek::report::figures::WeekDebt;
use hackweek::report::plan::{Plan, plan};
use hackweek::report::review::review;
use hackweek::report::standup::{Standup, standup};
use hackweek::report::summary::{Summary, summary};
use hackweek::report::table::View;
use hackweek::report::week::{Format, Report, write};
use hackweek::week::made_up::{self, MadeUp, moment};
use hackweek::week::{Board, Calendar, Rules, Week};
use proptest::prelude::*;
use pulldown_cmark::{Event, Tag};
use scraper::Selector;
use serde_json::Value;

use crate::made::{HOSTILE, linked, many, obeyed, written};
use crate::{html, markdown, slack};

/// A week to report of.
struct Made {
    board: Board,
    calendar: Calendar,
    week: Week,
    earlier: Vec<Week>,
    report: DebtReport,
    commits: Vec<Commit>,
    now: DateTime<Utc>,
    rules: Rules,
}

impl Made {
    /// The made-up board at a moment, with the debt of a report.
    fn new(now: &str, report: DebtReport) -> Self {
        let calendar = made_up::calendar();
        let week = calendar.week(made_up::week());
        let earlier = (42..47).map(|n| calendar.week(format!("2026-W{n}").parse().unwrap()));
        // Every commit that something came with or went in.
        let mut commits: Vec<Commit> = Vec::new();
        for item in &report.items {
            for event in &item.history {
                if event.commit.is_empty() || commits.iter().any(|it| it.id == event.commit) {
                    continue;
                }
                commits.push(Commit {
                    repository: item.repository.clone(),
                    id: event.commit.clone(),
                    author: event.author.clone(),
                    time: event.time,
                    subject: format!("change {}", event.text),
                    merge: false,
                    paths: event.path.iter().cloned().collect(),
                });
            }
        }
        commits.sort_by_key(|commit| std::cmp::Reverse(commit.time));
        let mut report = report;
        report.scope = ReportScope::All;
        Self {
            board: MadeUp::new(&[]).unwrap().at(moment(now)),
            earlier: earlier.collect(),
            calendar,
            week,
            report,
            commits,
            now: moment(now),
            rules: Rules::default(),
        }
    }

    fn without_board(mut self) -> Self {
        self.board = Board::default();
        self
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            board: &self.board,
            calendar: &self.calendar,
            week: &self.week,
            earlier: &self.earlier,
            report: &self.report,
            commits: &self.commits,
            now: self.now,
            me: None,
            rules: &self.rules,
        }
    }

    fn scene(&self) -> Scene<'_> {
        Scene {
            board: &self.board,
            week: &self.week,
            now: self.now,
            rules: &self.rules,
        }
    }

    fn all(&self) -> All {
        let (standup, summary) = self.both();
        All {
            standup,
            summary,
            plan: plan(&self.scene()),
            review: review(&self.scene()),
        }
    }

    fn both(&self) -> (Standup, Summary) {
        (standup(&self.facts()), summary(&self.facts()))
    }
}

/// All documents of a week.
#[derive(PartialEq, Debug, serde::Serialize, serde::Deserialize)]
struct All {
    standup: Standup,
    summary: Summary,
    plan: Plan,
    review: ReviewPage,
}

impl All {
    fn reports(&self) -> [Report<'_>; 4] {
        [
            Report::Standup(&self.standup),
            Report::Summary(&self.summary),
            Report::Plan(&self.plan),
            Report::Review(&self.review),
        ]
    }
}

fn all() -> All {
    Made::new("20 16:00", linked()).all()
}

fn both() -> (Standup, Summary) {
    Made::new("20 16:00", linked()).both()
}

const WIDE: View = View {
    width: 200,
    colour: false,
    ascii: false,
    suspected: false,
    limit: 10,
};

fn formats() -> [(&'static str, Format); 6] {
    [
        ("table", Format::Table(WIDE)),
        ("json", Format::Json),
        ("markdown", Format::Markdown),
        ("html", Format::Html),
        ("slack", Format::Slack),
        ("csv", Format::Csv { raw: false }),
    ]
}

fn text(report: Report<'_>, format: Format) -> String {
    written(|out| write(report, format, out))
}

/// Every text in a document that people or git wrote is replaced by one.
fn with_text<T: serde::Serialize + serde::de::DeserializeOwned>(document: &T, text: &str) -> T {
    fn replace(value: &mut Value, key: &str, text: &str) {
        const OURS: [&str; 26] = [
            "done_at",
            "bucket",
            "about",
            "test_state",
            "schema",
            "generated_at",
            "at",
            "deadline",
            "date",
            "time",
            "introduced",
            "due",
            "real_at",
            "since",
            "solved",
            "seen_at",
            "closed",
            "demo_at",
            "began",
            "ended",
            "state",
            "status",
            "verdict",
            "turn",
            "what",
            "list",
        ];
        match value {
            Value::String(own) => {
                let is_enum = matches!(key, "how" | "source" | "on" | "week")
                    || OURS.contains(&key) && key != "what"
                    || key == "what" && own.contains('_');
                if !is_enum {
                    *own = text.to_owned();
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|it| replace(it, key, text)),
            Value::Object(fields) => {
                for (key, value) in fields {
                    replace(value, key, text);
                }
            }
            _ => {}
        }
    }
    let mut value = serde_json::to_value(document).unwrap();
    replace(&mut value, "", text);
    serde_json::from_value(value).unwrap()
}

#[test]
fn json_is_read_back() {
    let (standup, summary) = both();
    let json = text(Report::Standup(&standup), Format::Json);
    assert_eq!(serde_json::from_str::<Standup>(&json).unwrap(), standup);
    let json = text(Report::Summary(&summary), Format::Json);
    assert_eq!(serde_json::from_str::<Summary>(&json).unwrap(), summary);
    let All { plan, review, .. } = all();
    let json = text(Report::Plan(&plan), Format::Json);
    assert_eq!(serde_json::from_str::<Plan>(&json).unwrap(), plan);
    let json = text(Report::Review(&review), Format::Json);
    assert_eq!(serde_json::from_str::<ReviewPage>(&json).unwrap(), review);
}

#[test]
fn every_format_says_the_headline_and_the_debt() {
    let (standup, summary) = both();
    for report in [Report::Standup(&standup), Report::Summary(&summary)] {
        for (name, format) in formats() {
            let text = text(report, format);
            match name {
                "json" | "csv" => continue,
                "html" => {
                    let page = scraper::Html::parse_document(&text);
                    let lead = page
                        .select(&Selector::parse(".big").unwrap())
                        .next()
                        .unwrap();
                    let lead = lead.text().collect::<String>();
                    assert!(
                        lead.starts_with("9 items of debt from the hack days: 3 paid"),
                        "{lead}"
                    );
                }
                _ => {
                    let plain = text.replace('*', "");
                    let lead = "9 items of debt from the hack days: 3 paid";
                    assert!(plain.contains(lead), "{name}: {text}");
                }
            }
            assert!(text.contains("payments-mvp"), "{name}: {text}");
        }
    }
}

#[test]
fn headings_lists_and_tables_of_markdown_are_what_they_look_like() {
    let (standup, summary) = both();
    let headings = |markdown: &str| -> Vec<String> {
        let mut headings = Vec::new();
        let mut within = false;
        for event in markdown::events(markdown) {
            match event {
                Event::Start(Tag::Heading { .. }) => {
                    within = true;
                    headings.push(String::new());
                }
                Event::End(pulldown_cmark::TagEnd::Heading(_)) => within = false,
                Event::Text(text) | Event::Code(text) if within => {
                    headings.last_mut().unwrap().push_str(&text);
                }
                _ => {}
            }
        }
        headings
    };
    let of_summary = headings(&text(Report::Summary(&summary), Format::Markdown));
    assert_eq!(of_summary[0], "Hack 6: payments-mvp");
    for heading in [
        "Shipped (7 of 9)",
        "What we learned (14 cards)",
        "Next week (hack 7, 2026-W48)",
    ] {
        assert!(
            of_summary.iter().any(|it| it == heading),
            "{heading} in {of_summary:?}"
        );
    }
    let of_standup = headings(&text(Report::Standup(&standup), Format::Markdown));
    assert_eq!(
        of_standup[0],
        "Standup, Fri 20 Nov 2026 · hack 6 · payments-mvp"
    );
    assert!(
        of_standup.iter().any(|it| it.starts_with("Sammy")),
        "{of_standup:?}"
    );
}

#[test]
fn what_is_strong_in_markdown_is_no_row_of_asterisks() {
    let (_, summary) = both();
    for report in all().reports() {
        let markdown = text(report, Format::Markdown);
        for event in markdown::events(&markdown) {
            if let Event::Text(words) = event {
                assert!(!words.contains("**"), "{words} in {markdown}");
            }
        }
    }
    let slack = text(Report::Summary(&summary), Format::Slack);
    assert!(slack.contains("*Best:* "), "{slack}");
}

#[test]
fn a_page_can_be_read_without_seeing_it() {
    for report in all().reports() {
        let page = html::assert_inert(&text(report, Format::Html));
        let all = |selector: &str| html::all_of(&page, selector);
        assert_eq!(all("h1").len(), 1);
        assert!(all("h2").len() > 2);
        for table in all("table") {
            let heads = Selector::parse("thead th").unwrap();
            assert!(
                table
                    .select(&heads)
                    .all(|head| head.value().attr("scope").is_some())
            );
            let caption = Selector::parse("caption").unwrap();
            assert_eq!(table.select(&caption).count(), 1);
        }
        for drawing in all("svg") {
            let hidden = drawing.value().attr("aria-hidden").is_some();
            let titled = drawing.select(&Selector::parse("title").unwrap()).count() == 1;
            assert!(hidden || titled && drawing.value().attr("role") == Some("img"));
        }
        let ids = all("[id]");
        let ids: Vec<_> = ids.iter().filter_map(|it| it.value().attr("id")).collect();
        for named in all("[aria-labelledby]") {
            assert!(ids.contains(&named.value().attr("aria-labelledby").unwrap()));
        }
    }
}

#[test]
fn hostile_texts_stay_texts_in_every_format() {
    let all = all();
    for hostile in HOSTILE.iter().copied().chain(["GH-1"]) {
        for report in with_text(&all, hostile).reports() {
            html::assert_inert(&text(report, Format::Html));
            markdown::assert_calm(&text(report, Format::Markdown));
            slack::assert_calm(&text(report, Format::Slack));
            assert_eq!(obeyed(&text(report, Format::Table(WIDE))), None);
            assert_eq!(obeyed(&text(report, Format::Json)), None);
            let csv = text(report, Format::Csv { raw: false });
            assert_eq!(obeyed(&csv.replace("\r\n", "\n")), None);
            let mut reader = csv::Reader::from_reader(csv.as_bytes());
            for row in reader.records() {
                for cell in &row.unwrap() {
                    let first = cell.trim_start().chars().next();
                    assert!(!first.is_some_and(|it| "=+-@＝＋|%".contains(it)), "{cell}");
                }
            }
        }
    }
}

#[test]
fn long_reports_are_cut_to_what_each_place_takes() {
    let mut report = many(3_000, 300);
    for item in &mut report.items {
        item.introduced.time = linked().items[0].introduced.time;
        item.introduced.day = Some(1);
    }
    let (standup, summary) = Made::new("20 16:00", report).without_board().both();
    for report in [Report::Standup(&standup), Report::Summary(&summary)] {
        let slack = text(report, Format::Slack);
        assert!(slack.encode_utf16().count() <= 4_000, "{}", slack.len());
        let markdown = text(report, Format::Markdown);
        assert!(markdown.chars().count() <= 65_536, "{}", markdown.len());
        assert!(markdown.contains("more"), "{markdown}");
        assert!(text(report, Format::Html).len() <= 2_000_000);
    }
    let csv = text(Report::Summary(&summary), Format::Csv { raw: false });
    assert_eq!(csv.matches("\r\nitem,").count(), 3_000);
}

/// What people wrote of a plan and a review is in every format that has room for it.
#[test]
fn plans_and_reviews_say_the_same_in_every_format() {
    let All { plan, review, .. } = Made::new("18 10:14", linked()).all();
    for (name, format) in formats() {
        let plan = text(Report::Plan(&plan), format);
        let words = ["T-11", "charge service", "ledger entries", "Mira"];
        for words in words
            .iter()
            .chain(&["webhook in", "a Vec in memory", "refunds"])
        {
            // The cut list is not for a short message.
            let left_out = name == "slack" && *words == "refunds";
            assert!(
                plan.contains(words) != left_out,
                "{name}: {words} in {plan}"
            );
        }
        let review = text(Report::Review(&review), format);
        for words in [
            "split charge() in 3",
            "signature check",
            "second ledger",
            "amount is an f64. Sorry.",
            "missing on entries.at",
            "How do I test this?",
        ] {
            assert!(review.contains(words), "{name}: {words} in {review}");
        }
        // What has no test is locked.
        let locked = match name {
            "json" => "\"locked\": true",
            "csv" => ",missing,true,",
            _ => "locked",
        };
        assert!(review.contains(locked), "{name}: {review}");
    }
}

/// The figures of a CSV summary by their names.
fn figure(csv: &str, name: &str) -> u64 {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let mut rows = reader.records().map(Result::unwrap);
    let row = rows
        .find(|row| &row[0] == "figure" && &row[1] == name)
        .unwrap();
    row[2].parse().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Over any statuses and moments: the totals of the debt report of the week, both documents and
    /// all formats have the same figures.
    #[test]
    fn all_formats_agree_with_the_debt_report(
        statuses in proptest::collection::vec(0_usize..6, 9),
        days in proptest::collection::vec(0_u64..5, 9),
        hour in 9_u32..18,
        day in 16_u32..21,
    ) {
        let mut report = linked();
        let all = [Status::Open, Status::Paid, Status::PaidLate, Status::Accepted, Status::Carried, Status::Dismissed];
        let payment = report.items.iter().find_map(|it| it.paid.clone()).unwrap();
        let monday = report.items[0].introduced.time;
        for ((item, status), days) in report.items.iter_mut().zip(&statuses).zip(&days) {
            item.introduced.time = monday + chrono::Days::new(*days);
            item.introduced.day = Some(*days as u8 + 1);
            item.status = all[*status];
            let late = "2026-11-20T09:30:00+01:00".parse::<DateTime<chrono::FixedOffset>>().unwrap();
            item.paid = matches!(item.status, Status::Paid | Status::PaidLate).then(|| {
                let mut paid = payment.clone();
                paid.time = if item.status == Status::PaidLate { late } else { item.introduced.time };
                paid
            });
            // In time is by Thursday 18:00: what came on Friday and went then is late.
            if item.status == Status::Paid && item.introduced.time > report.week.deadline {
                item.status = Status::PaidLate;
            }
        }
        // The debt report of the week, as `debt --format json` has it.
        let of_week = report.items.iter().filter(|it| it.introduced.day <= Some(2)).cloned();
        let debt = report.only(ReportScope::Week, of_week.collect(), Vec::new());
        let made = Made::new(&format!("{day} {hour:02}:00"), report);
        let (standup, summary) = made.both();
        for own in [&standup.debt, &summary.debt] {
            let totals = &debt.totals;
            prop_assert_eq!(
                [own.opened, own.paid, own.paid_late, own.open, own.accepted, own.carried, own.dismissed, own.undecided],
                [totals.introduced, totals.paid, totals.paid_late, totals.open, totals.accepted, totals.carried, totals.dismissed, totals.undecided]
            );
            prop_assert_eq!(own.paydown, totals.paydown);
            let sums = own.by_repository.iter().fold((0, 0, 0), |sum, it| (sum.0 + it.opened, sum.1 + it.paid, sum.2 + it.open));
            prop_assert_eq!(sums, (own.opened, own.gone(), own.open));
        }
        // In scope `week` the same.
        let again = WeekDebt::of(&debt, &made.week, made.now);
        prop_assert_eq!((again.opened, again.paid, again.open), (summary.debt.opened, summary.debt.paid, summary.debt.open));
        prop_assert_eq!(summary.items.len() as u64, debt.totals.introduced);

        let csv = text(Report::Summary(&summary), Format::Csv { raw: true });
        for (name, figure_of) in [
            ("debt_opened", debt.totals.introduced),
            ("debt_paid", debt.totals.paid),
            ("debt_paid_late", debt.totals.paid_late),
            ("debt_open", debt.totals.open),
            ("debt_accepted", debt.totals.accepted),
            ("debt_carried", debt.totals.carried),
            ("tasks_done", summary.tasks.done),
            ("promises_kept", summary.promises.kept),
        ] {
            prop_assert_eq!(figure(&csv, name), figure_of, "{}", name);
        }
        prop_assume!(debt.totals.introduced > 0);
        let said = format!("{} paid", debt.totals.paid);
        let open = format!("{} open", debt.totals.open);
        for (name, format) in formats() {
            if matches!(name, "json" | "csv") {
                continue;
            }
            for report in [Report::Standup(&standup), Report::Summary(&summary)] {
                let text = text(report, format);
                prop_assert!(text.contains(&said) && text.contains(&open), "{}: {}", name, text);
            }
        }
    }

    #[test]
    fn any_text_is_inert(words in "(\\PC|[<>&\"'/=`*_~|#@\\[\\]()]|\\n|GH-1|www\\.){0,40}") {
        for report in with_text(&all(), &words).reports() {
            html::assert_inert(&text(report, Format::Html));
            markdown::assert_calm(&text(report, Format::Markdown));
            slack::assert_calm(&text(report, Format::Slack));
        }
    }
}
