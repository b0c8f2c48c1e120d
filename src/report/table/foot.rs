//! The foot of the page: the totals in words, what is counted apart, and what was not looked at.

use std::collections::BTreeMap;
use std::io;

use super::View;
use super::page::{Ink, Page, Span};
use super::words::{count, plural, short};
use crate::report::debt::{DebtReport, How, Item, ReportScope, Repository};
use crate::report::sentences::{carried_in, summary, undecided};

/// What stands in place of rows when there are none.
pub(super) fn nothing(page: &mut Page<'_>, report: &DebtReport) -> io::Result<()> {
    page.blank()?;
    let looked = looked_at(&report.repositories);
    match report.scope {
        ReportScope::Week => {
            let week = &report.week;
            let today = report.generated_at.naive_local().date();
            let hacking = week
                .days
                .iter()
                .filter(|day| day.hack)
                .any(|day| day.date >= today);
            let yet = if hacking { " yet" } else { "" };
            page.sentence(
                None,
                Ink::Strong,
                &format!("No debt from the hack days of {}{yet}.", week.name),
            )?;
            page.sentence(None, Ink::Plain, &looked)?;
            page.sentence(
                None,
                Ink::Dim,
                "`hackweek debt --all` lists the debt of the whole history, \
                 `--week 2026-W47` that of another week."
                    .replace(
                        "2026-W47",
                        &week_before(week.days.first().map(|day| day.date)),
                    )
                    .as_str(),
            )
        }
        ReportScope::All => {
            page.sentence(None, Ink::Strong, "No debt in the whole history.")?;
            page.sentence(None, Ink::Plain, &looked)?;
            page.sentence(
                None,
                Ink::Dim,
                "Counted are TODO, FIXME, XXX, HACK and \"don't do this\", in comments and in \
                 commit messages.",
            )
        }
    }
}

/// The name of the week before the one that starts on `monday`, for an example.
fn week_before(monday: Option<chrono::NaiveDate>) -> String {
    monday
        .and_then(|monday| monday.checked_sub_days(chrono::Days::new(7)))
        .map_or_else(
            || "2026-W47".to_owned(),
            |day| day.format("%G-W%V").to_string(),
        )
}

fn looked_at(repositories: &[Repository]) -> String {
    match repositories {
        [one] => match &one.head {
            Some(head) => format!(
                "Looked at {} of {} up to {}.",
                plural(one.commits, "commit", "commits"),
                one.name,
                short(head)
            ),
            None => format!("{} has no commit to look at.", one.name),
        },
        many => format!(
            "Looked at {} of {} repositories.",
            plural(
                many.iter().map(|one| one.commits).sum(),
                "commit",
                "commits"
            ),
            many.len()
        ),
    }
}

/// The totals in words, what is counted apart, and the warnings.
pub(super) fn write(page: &mut Page<'_>, report: &DebtReport, view: &View) -> io::Result<()> {
    let totals = &report.totals;
    let mut plain = Vec::new();
    if totals.introduced > 0 {
        plain.push(summary(report));
    }
    plain.extend(undecided(report));
    plain.extend(carried_in(report));
    let mut apart = Vec::new();
    if listed_doubts(report, view) {
        apart.push("words? means that the comment went and nothing else did.".to_owned());
    }
    if totals.introduced_after_hack_days > 0 {
        let more = count(totals.introduced_after_hack_days);
        apart.push(format!(
            "{more} introduced after the hack days, on days 3 to 5: counted apart."
        ));
    }
    if totals.suspected > 0 && !view.suspected {
        let suspected = count(totals.suspected);
        apart.push(format!(
            "{suspected} suspected, not counted: --suspected shows them."
        ));
    }
    apart.extend(report.repositories.iter().filter_map(skipped));
    let shallow = report
        .repositories
        .iter()
        .filter(|repository| repository.shallow);
    let warnings = shallow
        .map(|repository| {
            format!(
                "{} is a shallow clone: what is older than its first commit seems to be \
                 introduced there. `git fetch --unshallow` fetches the rest.",
                repository.name
            )
        })
        .collect::<Vec<_>>();

    if !(plain.is_empty() && apart.is_empty() && warnings.is_empty()) {
        page.blank()?;
    }
    plain
        .iter()
        .try_for_each(|text| page.sentence(None, Ink::Plain, text))?;
    apart
        .iter()
        .try_for_each(|text| page.sentence(None, Ink::Dim, text))?;
    warnings
        .iter()
        .try_for_each(|text| page.sentence(Some(Span::new(Ink::Warn, "!")), Ink::Warn, text))
}

/// Whether the page shows a payment in which nothing but words went.
fn listed_doubts(report: &DebtReport, view: &View) -> bool {
    let listed = report.scope == ReportScope::Week || view.limit > 0;
    let doubtful = |item: &Item| {
        item.paid
            .as_ref()
            .is_some_and(|paid| paid.how == How::CommentOnly)
    };
    listed && report.items.iter().any(doubtful)
}

/// `pay: 4 files not looked at (3 larger than 1 MiB, 1 binary); --format json names them.`
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
        "{}: {} not looked at ({}); --format json names them.",
        repository.name,
        plural(repository.skipped.len() as u64, "file", "files"),
        reasons.join(", ")
    ))
}
