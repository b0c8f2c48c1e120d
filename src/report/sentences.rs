//! What the debt report says in words, in every format: titles, summaries, what is counted apart,
//! and the few words each item has. Plain text, not yet escaped for anything.

use std::collections::BTreeMap;

use super::carried::CarriedIn;
use super::debt::{
    DebtReport, DecisionKind, EventKind, How, Item, ReportScope, Repository, Source, Status, Totals,
};
use super::figures::Figures;
use super::words::{count, dates, deadline, distance, percent, plural, short};

/// What the report speaks of: `Debt of the hack days, 2026-W47`.
pub(super) fn title(report: &DebtReport) -> String {
    match report.scope {
        ReportScope::Week => format!("Debt of the hack days, {}", report.week.name),
        ReportScope::All => "Debt of the whole history".to_owned(),
    }
}

/// What was looked at: the week's dates, the repositories, how many commits.
pub(super) fn looked_at(report: &DebtReport) -> Vec<String> {
    let mut parts = Vec::new();
    let days = &report.week.days;
    if let (ReportScope::Week, Some(first), Some(last)) = (report.scope, days.first(), days.last())
    {
        parts.push(dates(first.date, last.date));
    }
    let names = report.repositories.iter().map(|it| it.name.as_str());
    match report.repositories.len() {
        1..=4 => parts.push(names.collect::<Vec<_>>().join(", ")),
        many => parts.push(plural(many as u64, "repository", "repositories")),
    }
    let commits = report.repositories.iter().map(|it| it.commits).sum();
    parts.push(plural(commits, "commit", "commits"));
    parts
}

/// `as of Wed 18 Nov 2026, 13:05 (Europe/Berlin)`.
pub(super) fn as_of(report: &DebtReport) -> String {
    let time = report.generated_at.format("%a %-d %b %Y, %H:%M");
    format!("as of {time} ({})", report.week.timezone)
}

/// The headline: `3 of 9 paid`, or `46 open, 213 paid`.
pub(super) fn headline(report: &DebtReport) -> String {
    let totals = &report.totals;
    let gone = totals.paid + totals.paid_late;
    let owed = totals.introduced - totals.dismissed.min(totals.introduced);
    match report.scope {
        _ if totals.introduced == 0 => "No debt".to_owned(),
        ReportScope::Week => format!("{} of {} paid", count(gone), count(owed)),
        ReportScope::All => format!("{} open, {} paid", count(totals.open), count(gone)),
    }
}

/// The paid share: `33%`, or `33% in time` where some were paid late.
pub(super) fn share(totals: &Totals) -> Option<String> {
    let share = percent(totals.paydown?);
    let in_time = if totals.paid_late > 0 { " in time" } else { "" };
    Some(format!("{share}{in_time}"))
}

/// `due Thu 18:00, in 2d 8h`; nothing for the whole history, which has no deadline.
pub(super) fn due(report: &DebtReport) -> Option<String> {
    let (week, now) = (&report.week, report.generated_at);
    let verb = if now > week.deadline {
        "was due"
    } else {
        "due"
    };
    let when = deadline(week, now);
    let distance = distance(week.deadline, now);
    (report.scope == ReportScope::Week).then(|| format!("{verb} {when}, {distance}"))
}

/// The parts of the whole that the report is about, in the order in which they are drawn.
pub(super) fn parts(totals: &Totals, scope: ReportScope) -> [(u64, &'static str); 6] {
    let week = scope == ReportScope::Week;
    [
        (totals.paid, if week { "paid in time" } else { "paid" }),
        (totals.paid_late, "paid late"),
        (totals.open, "open"),
        (totals.accepted, "accepted"),
        (totals.carried, "carried over"),
        (totals.dismissed, "found not to be debt"),
    ]
}

/// `21 introduced on the hack days: 12 paid in time, 1 paid late, 6 open, 2 accepted.`
pub(super) fn summary(report: &DebtReport) -> String {
    let parts = parts(&report.totals, report.scope)
        .into_iter()
        .filter(|(figure, _)| *figure > 0)
        .map(|(figure, name)| format!("{} {name}", count(figure)))
        .collect::<Vec<_>>();
    let introduced = count(report.totals.introduced);
    let when = match report.scope {
        ReportScope::Week => " on the hack days",
        ReportScope::All => "",
    };
    if parts.is_empty() {
        return format!("{introduced} introduced{when}.");
    }
    format!("{introduced} introduced{when}: {}.", parts.join(", "))
}

/// `6 need paying or a decision by Thu 18:00.`
pub(super) fn undecided(report: &DebtReport) -> Option<String> {
    if report.scope != ReportScope::Week {
        return None;
    }
    let week = &report.week;
    let figure = report.totals.undecided;
    if figure == 0 {
        return None;
    }
    let need = if figure == 1 { "needs" } else { "need" };
    let when = deadline(week, report.generated_at);
    let by = if report.generated_at > week.deadline {
        "now".to_owned()
    } else if when.starts_with("by ") {
        when
    } else {
        format!("by {when}")
    };
    Some(format!(
        "{} {need} paying or a decision {by}.",
        count(figure)
    ))
}

/// `8 carried from 2019-W25, counted apart: 3 paid, 5 to pay or accept.`
pub(super) fn carried_in(report: &DebtReport) -> Option<String> {
    let carried = CarriedIn::of(report).filter(|_| report.scope == ReportScope::Week);
    carried.map(|carried| carried.sentence())
}

/// What is not in the figures, or should be read with care; one sentence each.
pub(super) fn apart(report: &DebtReport, figures: &Figures) -> Vec<String> {
    let totals = &figures.totals;
    let mut apart = Vec::new();
    if report.scope == ReportScope::All && report.counts_week() {
        apart.push(format!(
            "The figures count the debt of the hack days of {}; listed are all {} items of the \
             whole history.",
            report.week.name,
            count(report.items.len() as u64)
        ));
    }
    if figures.doubtful > 0 {
        let some = match figures.doubtful {
            1 => "1 payment is".to_owned(),
            many => format!("{} payments are", count(many)),
        };
        apart.push(format!(
            "{some} in doubt: only the words went, and nothing else changed."
        ));
    }
    if totals.introduced_after_hack_days > 0 {
        apart.push(format!(
            "{} introduced after the hack days, on days 3 to 5: counted apart.",
            count(totals.introduced_after_hack_days)
        ));
    }
    if totals.suspected > 0 {
        apart.push(format!(
            "{} suspected: comments that confess something without a marker. Not counted.",
            count(totals.suspected)
        ));
    }
    apart.extend(report.repositories.iter().filter_map(skipped));
    let shallow = report.repositories.iter().filter(|it| it.shallow);
    apart.extend(shallow.map(|repository| {
        format!(
            "{} is a shallow clone: what is older than its first commit seems to be introduced \
             there.",
            repository.name
        )
    }));
    apart
}

/// `pay: 4 files not looked at (3 larger than 1 MiB, 1 binary).`
fn skipped(repository: &Repository) -> Option<String> {
    if repository.skipped.is_empty() {
        return None;
    }
    let mut reasons = BTreeMap::<&str, u64>::new();
    for file in &repository.skipped {
        *reasons.entry(file.why.as_str()).or_default() += 1;
    }
    let reasons = reasons
        .iter()
        .map(|(why, files)| format!("{} {why}", count(*files)))
        .collect::<Vec<_>>();
    Some(format!(
        "{}: {} not looked at ({}).",
        repository.name,
        plural(repository.skipped.len() as u64, "file", "files"),
        reasons.join(", ")
    ))
}

/// How debt is counted, for somebody who sees a report for the first time.
pub(super) const HOW_IT_IS_COUNTED: &str = "Counted are TODO, FIXME, XXX, HACK and \u{201c}don\u{2019}t do this\u{201d}, in comments and in \
     commit messages. Each is followed through git: moved, renamed or edited, it stays the same item; \
     it is paid when the code around it was fixed or deleted. Read from git alone, with nothing \
     written into the repository.";

/// What an item says, with its ticket; never empty.
pub(super) fn what(item: &Item) -> String {
    let ticket = item.ticket.as_deref();
    let ticket = ticket.filter(|ticket| !item.text.contains(ticket));
    match (item.text.trim(), ticket) {
        ("", None) => "(no words)".to_owned(),
        ("", Some(ticket)) => ticket.to_owned(),
        (text, None) => text.to_owned(),
        (text, Some(ticket)) => format!("{ticket} {text}"),
    }
}

/// What kind an item is: its marker, or `?` for one that is only suspected.
pub(super) fn kind(item: &Item) -> &str {
    match item.tier {
        crate::debt::Tier::Declared => &item.marker,
        crate::debt::Tier::Suspected => "?",
    }
}

/// Where an item is: `src/a.rs:7` or `commit 1a95462`; `named` puts the repository before it.
pub(super) fn place(item: &Item, named: bool) -> String {
    let (place, between) = match (&item.path, item.line, item.source) {
        (Some(path), Some(line), _) => (format!("{path}:{line}"), "/"),
        (Some(path), None, _) => (path.clone(), "/"),
        (None, _, Source::CommitMessage) => {
            (format!("commit {}", short(&item.introduced.commit)), " ")
        }
        (None, _, Source::Promise) => ("a promise".to_owned(), " "),
        (None, ..) => ("unknown place".to_owned(), " "),
    };
    match named {
        true => format!("{}{between}{place}", item.repository),
        false => place,
    }
}

/// How an item was paid, in one or two words.
pub(super) fn how(item: &Item) -> &'static str {
    match item.paid.as_ref().map(|paid| paid.how) {
        Some(how) => how_word(how),
        None if item.decision.as_ref().map(|it| it.kind) == Some(DecisionKind::Paid) => "said",
        None => "gone",
    }
}

/// The name of a way to pay.
pub(super) fn how_word(how: How) -> &'static str {
    match how {
        How::Fixed => "fixed",
        How::Deleted => "deleted",
        How::CommentOnly => "words only",
        How::Said => "said",
    }
}

/// The ways to pay, in the order of [`Figures::how`](super::figures::Figures::how).
pub(super) const HOWS: [(&str, &str); 4] = [
    ("fixed", "the code around it changed"),
    ("deleted", "its code or file went"),
    ("words only", "the comment went and nothing else: in doubt"),
    ("said", "a commit message, a revert or a person said so"),
];

/// The name of a status, as people say it.
pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Paid => "paid",
        Status::PaidLate => "paid late",
        Status::Accepted => "accepted",
        Status::Carried => "carried over",
        Status::Dismissed => "not debt",
    }
}

/// `moved twice, edited once`; what an item went through besides coming and going.
pub(super) fn travels(item: &Item) -> Option<String> {
    let times = |kind| item.history.iter().filter(|it| it.event == kind).count();
    let parts = [
        (times(EventKind::Moved), "moved"),
        (times(EventKind::Edited), "edited"),
        (times(EventKind::Reopened), "reopened"),
    ]
    .into_iter()
    .filter_map(|(times, what)| match times {
        0 => None,
        1 => Some(format!("{what} once")),
        2 => Some(format!("{what} twice")),
        many => Some(format!("{what} {many} times")),
    })
    .collect::<Vec<_>>();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// `text` in at most `most` characters, its end cut.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => {
            let kept = text.chars().take(most.saturating_sub(1));
            let kept = kept.collect::<String>();
            format!("{}…", kept.trim_end())
        }
    }
}
