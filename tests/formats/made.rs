//! Reports to write: the drawn week, and what could be made of it.

use hackweek::report::debt::{DebtReport, EventKind, Item, ReportScope, Status};

/// The drawn week on its Wednesday.
pub(crate) fn week() -> DebtReport {
    serde_json::from_str(include_str!("../cli/week.json")).unwrap()
}

/// The same with a known forge.
pub(crate) fn linked() -> DebtReport {
    let mut report = week();
    report.repositories[0].forge = Some("https://github.com/ann/pay".to_owned());
    report.repositories[1].forge = Some("https://gitlab.com/ann/web".to_owned());
    report
}

/// The Friday after: what is open has missed the deadline, one was paid late.
pub(crate) fn friday() -> DebtReport {
    let mut report = linked();
    report.generated_at = "2026-11-20T15:10:00+01:00".parse().unwrap();
    let mut paid = report.items[4].paid.clone().unwrap();
    paid.time = "2026-11-20T09:30:00+01:00".parse().unwrap();
    let late = report.items.iter_mut().find(|item| item.marker == "FIXME");
    let late = late.unwrap();
    late.status = Status::PaidLate;
    let mut event = late.history[0].clone();
    event.event = EventKind::Paid;
    event.time = paid.time;
    late.history.push(event);
    late.paid = Some(paid);
    report.totals.paid_late = 1;
    report.totals.open = 3;
    report.totals.undecided = 2;
    report
}

/// The whole history, some years of it.
pub(crate) fn all() -> DebtReport {
    let mut report = linked();
    report.scope = ReportScope::All;
    for (at, item) in report.items.iter_mut().enumerate() {
        let days = chrono::Days::new(200 * at as u64);
        item.introduced.day = None;
        item.introduced.time = item.introduced.time.checked_sub_days(days).unwrap();
    }
    report
}

/// Nothing at all.
pub(crate) fn empty() -> DebtReport {
    let mut report = week();
    report.items.clear();
    report.suspected.clear();
    report.totals = Default::default();
    report
}

/// One repository with so many open items, each of so many characters.
pub(crate) fn many(items: usize, characters: usize) -> DebtReport {
    let mut report = all();
    report.repositories.truncate(1);
    report.suspected.clear();
    let one = report.items[0].clone();
    report.items = (0..items)
        .map(|at| {
            let mut item = one.clone();
            item.id = format!("{at:012x}");
            item.text = "&".repeat(characters);
            item.path = Some(format!("src/{}/a.rs", "&".repeat(characters)));
            item
        })
        .collect();
    report.totals = Default::default();
    report.totals.introduced = items as u64;
    report.totals.open = items as u64;
    report.totals.undecided = items as u64;
    report
}

/// All texts of a repository replaced by one.
pub(crate) fn with_text(mut report: DebtReport, text: &str) -> DebtReport {
    let change = |item: &mut Item| {
        item.text = text.to_owned();
        item.path = item.path.as_ref().map(|_| text.to_owned());
        item.introduced.author = text.to_owned();
        item.introduced.commit = text.to_owned();
        item.assignee = Some(text.to_owned());
        item.ticket = Some(text.to_owned());
        item.language = Some(text.to_owned());
        item.marker = text.to_owned();
        if let Some(paid) = &mut item.paid {
            paid.author = text.to_owned();
            paid.commit = Some(text.to_owned());
        }
        if let Some(decision) = &mut item.decision {
            decision.by = text.to_owned();
            decision.reason = Some(text.to_owned());
        }
        for event in &mut item.history {
            event.text = text.to_owned();
            event.path = Some(text.to_owned());
        }
    };
    report.items.iter_mut().for_each(change);
    report.suspected.iter_mut().for_each(change);
    for (at, repository) in report.repositories.iter_mut().enumerate() {
        repository.name = format!("{text}{at}");
        repository.path = text.to_owned();
        for file in &mut repository.skipped {
            file.path = text.to_owned();
            file.why = text.to_owned();
        }
    }
    let first = report.repositories[0].name.clone();
    let second = report
        .repositories
        .get(1)
        .map_or(first.clone(), |it| it.name.clone());
    for item in report.items.iter_mut().chain(&mut report.suspected) {
        item.repository = match item.repository == "web" {
            true => second.clone(),
            false => first.clone(),
        };
    }
    report.week.timezone = text.to_owned();
    report
}

/// Texts that want to be more than text, in one format or another.
pub(crate) const HOSTILE: [&str; 16] = [
    "</td></table><script>alert(1)</script><img src=x onerror=alert(1)>",
    "\"><a href=\"javascript:alert(1)\" style=\"x\">x</a>",
    "[x](javascript:alert(1)) ![x](https://example.org/x.png) <https://example.org>",
    "``` fence | cell \\| `tick` ~~~ # head",
    "@team #12 !7 GH-1 1a954628a960aaef81d7b2d4521929579f3541e6 www.example.org",
    "<!channel> <@U123> <https://example.org|x> *bold* _it_ &lt;",
    "=HYPERLINK(\"https://example.org\",\"x\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-1+1",
    "＝1＋1",
    "\u{1b}]0;pwned\u{7}\u{9b}31m\u{202e}drawkcab\u{2066}\u{200b}\u{e0041}\u{2028}",
    "a\r\n::error file=x::y\n##[error]z",
    "%0A::warning::x %25",
    "../../../etc/passwd",
    "file:///etc/passwd",
    "{0} {{1}} [link](1)",
];

/// What a writer makes of a report.
pub(crate) fn written(
    write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>,
) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Whether a text holds something that is obeyed rather than read.
pub(crate) fn obeyed(text: &str) -> Option<char> {
    let hidden = "\u{202e}\u{2066}\u{200b}\u{feff}\u{2028}\u{e0041}";
    text.chars()
        .find(|&c| (c.is_control() && c != '\n') || hidden.contains(c))
}
