//! The debt report as Markdown, for a pull request, an issue or a wiki on GitHub or GitLab.
//!
//! Short enough for a comment there; lists are cut and say so. Folded parts are `<details>`, which
//! both render.

use std::io::{self, Write};

use super::debt::{DebtReport, Item, Status};
use super::figures::{Breakdown, Figures, Unit};
use super::links::AllLinks;
use super::markdown_text::{cell, code, link, name};
use super::order::{Lists, is_doubtful, is_overdue, is_paid};
use super::sentences::{self, cut};
use super::words::{People, age, count, day, short};

/// Items of one list. With the texts cut as below a whole report stays below the 65,536 characters
/// that GitHub takes in a comment.
const MOST_OPEN: usize = 100;
const MOST_OTHERS: usize = 25;

/// Longest text of an item, in characters.
const LONGEST: usize = 160;

/// Rows of one table.
const MOST_ROWS: usize = 8;

/// Widest bar in the burn-down, in characters.
const BAR: u64 = 20;

/// Writes the Markdown of a debt report, with a list of the suspected items if `suspected`.
///
/// # Errors
/// Those of `out`.
pub fn write(report: &DebtReport, suspected: bool, out: &mut dyn Write) -> io::Result<()> {
    let figures = Figures::of(report);
    let lists = Lists::of(report);
    let writer = Writer {
        report,
        links: AllLinks::of(report),
        people: People::of(report),
        named: report.repositories.len() > 1,
    };
    head(report, &figures, out)?;
    if figures.totals.introduced > 0 {
        burndown(&figures, out)?;
    }
    let open = format!("Open ({})", count(lists.open.len() as u64));
    writer.list(&open, &lists.open, MOST_OPEN, false, out)?;
    let decided = format!("Decided ({})", count(lists.decided.len() as u64));
    writer.list(&decided, &lists.decided, MOST_OTHERS, false, out)?;
    let paid = format!("Paid ({})", count(lists.paid.len() as u64));
    writer.list(&paid, &lists.paid, MOST_OTHERS, true, out)?;
    if figures.totals.introduced > 0 {
        breakdowns(report, &figures, out)?;
    }
    let apart = sentences::apart(report, &figures);
    if !apart.is_empty() {
        writeln!(out, "\n## Counted apart\n")?;
        for sentence in &apart {
            writeln!(out, "- {}", said(sentence))?;
        }
    }
    if suspected {
        let title = format!(
            "Suspected, not counted ({})",
            count(lists.suspected.len() as u64)
        );
        writer.list(&title, &lists.suspected, MOST_OTHERS, true, out)?;
    }
    writeln!(out, "\n---\n\n{}", sentences::HOW_IT_IS_COUNTED)
}

/// A sentence of ours. One that quotes a repository's name or a reason stands in a span where that
/// is more than words.
fn said(sentence: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || " ,.:;()\u{2019}\u{201c}\u{201d}".contains(c);
    match sentence.chars().all(plain) {
        true => sentence.to_owned(),
        false => code(sentence),
    }
}

fn head(report: &DebtReport, figures: &Figures, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n", sentences::title(report))?;
    let looked = sentences::looked_at(report);
    let looked = looked.iter().map(|part| said(part)).collect::<Vec<_>>();
    let time = report.generated_at.format("%a %-d %b %Y, %H:%M");
    let zone = code(&report.week.timezone);
    writeln!(out, "{} · as of {time} {zone}\n", looked.join(" · "))?;
    let mut lead = format!("**{}**", sentences::headline(report));
    if let Some(share) = report.totals.paydown {
        lead.push_str(&format!(" ({:.0}%)", (share * 100.0).floor()));
    }
    if let Some(due) = sentences::due(report) {
        lead.push_str(&format!(", {due}"));
    }
    writeln!(out, "{lead}\n")?;
    if figures.totals.introduced > 0 {
        writeln!(out, "{}", sentences::summary(report))?;
    }
    if let Some(undecided) = sentences::undecided(report) {
        writeln!(out, "{undecided}")?;
    }
    Ok(())
}

fn burndown(figures: &Figures, out: &mut dyn Write) -> io::Result<()> {
    let (burndown, peak) = (&figures.burndown, figures.burndown.peak().max(1));
    let column = match burndown.unit {
        Unit::Day => "Day",
        Unit::Month => "Month",
        Unit::Year => "Year",
    };
    writeln!(out, "\n## Over time\n")?;
    writeln!(out, "| {column} | Came | Went | Open | |")?;
    writeln!(out, "|:--|--:|--:|--:|:--|")?;
    for period in &burndown.periods {
        let cells = (period.open as u128 * u128::from(BAR)).div_ceil(u128::from(peak)) as usize;
        let bar = "█".repeat(cells.min(BAR as usize));
        let [came, went, open] = [period.came, period.went, period.open].map(count);
        writeln!(
            out,
            "| {} | {came} | {went} | {open} | {bar} |",
            period.name
        )?;
    }
    Ok(())
}

fn breakdowns(report: &DebtReport, figures: &Figures, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## Where it is")?;
    if report.repositories.len() > 1 {
        breakdown("Repository", &figures.by_repository, out)?;
    }
    breakdown("Folder", &figures.by_folder, out)?;
    breakdown("Marker", &figures.by_marker, out)?;
    breakdown("Language", &figures.by_language, out)?;
    if !figures.by_age.is_empty() {
        writeln!(out, "\n| Owed for | Open |\n|:--|--:|")?;
        for (name, figure) in &figures.by_age {
            writeln!(out, "| {name} | {} |", count(*figure))?;
        }
    }
    if figures.gone() > 0 {
        writeln!(out, "\n| How paid | Paid |\n|:--|--:|")?;
        let rows = sentences::HOWS.iter().zip(figures.how);
        for ((name, means), figure) in rows.filter(|(_, figure)| *figure > 0) {
            writeln!(out, "| {name}: {means} | {} |", count(figure))?;
        }
    }
    Ok(())
}

fn breakdown(column: &str, breakdown: &Breakdown, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n| {column} | Open | Paid | All |\n|:--|--:|--:|--:|")?;
    for share in breakdown.top(MOST_ROWS) {
        let [open, gone, all] = [share.open, share.gone, share.introduced].map(count);
        let name = cell(&cut(&share.name, 60));
        writeln!(out, "| {name} | {open} | {gone} | {all} |")?;
    }
    Ok(())
}

struct Writer<'a> {
    report: &'a DebtReport,
    links: AllLinks<'a>,
    people: People<'a>,
    named: bool,
}

impl Writer<'_> {
    fn list(
        &self,
        title: &str,
        items: &[&Item],
        most: usize,
        folded: bool,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if items.is_empty() {
            return Ok(());
        }
        match folded {
            true => writeln!(out, "\n<details><summary>{title}</summary>\n")?,
            false => writeln!(out, "\n## {title}\n")?,
        }
        for item in items.iter().take(most) {
            writeln!(out, "- {}", self.item(item))?;
        }
        if items.len() > most {
            let rest = count((items.len() - most) as u64);
            writeln!(
                out,
                "- and {rest} more, which the CSV, HTML and JSON formats list"
            )?;
        }
        match folded {
            true => writeln!(out, "\n</details>"),
            false => Ok(()),
        }
    }

    /// One line: what, where, by whom, since when; how it ended.
    fn item(&self, item: &Item) -> String {
        let links = self.links.get(&item.repository);
        let address = links.and_then(|links| links.item(item));
        let place = code(&cut(&sentences::place(item, self.named), 200));
        let mut parts = vec![
            format!(
                "**{}** {}",
                kind(item),
                code(&cut(&sentences::what(item), LONGEST))
            ),
            link(address.as_deref(), &place),
        ];
        let author = name(&cut(self.people.call(&item.introduced.author), 60));
        let born = day(self.report, item.introduced.time);
        let mut by = match &item.assignee {
            Some(assignee) => format!("for {}, {author}, {born}", name(&cut(assignee, 60))),
            None => format!("{author}, {born}"),
        };
        if item.path.is_some() {
            by.push_str(&format!(
                " in {}",
                self.commit(item, &item.introduced.commit)
            ));
        }
        parts.push(by);
        if item.status == Status::Open {
            let owed = age(item.introduced.time, self.report.generated_at);
            parts.push(match is_overdue(self.report, item) {
                true => format!("**overdue**, owed {owed}"),
                false => format!("owed {owed}"),
            });
        }
        if is_paid(item.status) {
            parts.push(self.payment(item));
        } else if let Some(decision) = &item.decision {
            let mut said = format!(
                "{} by {}",
                sentences::status(item.status),
                name(&cut(self.people.call(&decision.by), 60))
            );
            if let Some(reason) = &decision.reason {
                said.push_str(&format!(": {}", code(&cut(reason, LONGEST))));
            }
            parts.push(said);
        }
        parts.join(" · ")
    }

    fn payment(&self, item: &Item) -> String {
        let doubt = if is_doubtful(item) { "?" } else { "" };
        let mut said = format!(
            "{}: {}{doubt}",
            sentences::status(item.status),
            sentences::how(item)
        );
        if let Some(paid) = &item.paid {
            let author = name(&cut(self.people.call(&paid.author), 60));
            said.push_str(&format!(" by {author}, {}", day(self.report, paid.time)));
            if let Some(commit) = &paid.commit {
                said.push_str(&format!(" in {}", self.commit(item, commit)));
            }
        }
        said
    }

    fn commit(&self, item: &Item, commit: &str) -> String {
        let links = self.links.get(&item.repository);
        let address = links.and_then(|links| links.commit(commit));
        link(address.as_deref(), &code(&short(commit)))
    }
}

/// The marker; one of a team's own could be anything.
fn kind(item: &Item) -> String {
    match sentences::kind(item) {
        "?" => "?".to_owned(),
        marker => name(&cut(marker, 24)),
    }
}
