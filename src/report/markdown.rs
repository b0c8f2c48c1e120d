//! The debt report as Markdown, for a pull request, an issue or a wiki on GitHub or GitLab.
//!
//! Short enough for a comment there; lists are cut and say so. Folded parts are `<details>`, which
//! both render.

use std::fmt::{self, Write as _};
use std::io::{self, Write};

use super::debt::{DebtReport, Item, Source, Status};
use super::figures::{Breakdown, Figures, Unit};
use super::links::AllLinks;
use super::markdown_text::{cell, code, link, name};
use super::order::{Lists, is_doubtful, is_overdue, is_paid};
use super::sentences::{self, cut};
use super::words::{People, age, count, day, short};

/// Items of one list.
const MOST_OPEN: usize = 100;
const MOST_OTHERS: usize = 25;

/// Longest report, in characters: what GitHub takes in a comment or the text of an issue.
pub const LONGEST_REPORT: usize = 65_536;

/// How long the report may be when a list ends. What comes after the last of them takes no more
/// than the rest.
const OPEN_END: usize = 30_000;
const DECIDED_END: usize = 35_000;
const PAID_END: usize = 40_000;
const SUSPECTED_END: usize = 64_000;

/// Longest address of a link, in characters: that of a longer path is left out.
const LONGEST_ADDRESS: usize = 500;

/// Sentences on what is counted apart.
const MOST_SENTENCES: usize = 12;

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
    let mut page = Page::default();
    lay_out(report, suspected, &mut page).map_err(io::Error::other)?;
    out.write_all(page.text.as_bytes())
}

/// The report so far, and how many characters it has.
#[derive(Default)]
struct Page {
    text: String,
    length: usize,
}

impl fmt::Write for Page {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text.push_str(text);
        self.length += text.chars().count();
        Ok(())
    }
}

fn lay_out(report: &DebtReport, suspected: bool, page: &mut Page) -> fmt::Result {
    let figures = Figures::of(report);
    let lists = Lists::of(report);
    let writer = Writer {
        report,
        links: AllLinks::of(report),
        people: People::of(report),
        named: report.repositories.len() > 1,
    };
    head(report, &figures, page)?;
    if figures.totals.introduced > 0 {
        burndown(&figures, page)?;
    }
    let (open, others) = ((MOST_OPEN, OPEN_END), (MOST_OTHERS, DECIDED_END));
    writer.list("Open", &lists.open, open, false, page)?;
    writer.list("Carried in", &lists.carried_in, open, false, page)?;
    writer.list("Decided", &lists.decided, others, false, page)?;
    writer.list("Paid", &lists.paid, (MOST_OTHERS, PAID_END), true, page)?;
    if figures.totals.introduced > 0 {
        breakdowns(report, &figures, page)?;
    }
    let apart = sentences::apart(report, &figures);
    if !apart.is_empty() {
        writeln!(page, "\n## Counted apart\n")?;
        for sentence in apart.iter().take(MOST_SENTENCES) {
            writeln!(page, "- {}", said(&cut(sentence, 400)))?;
        }
    }
    if suspected {
        let room = (MOST_OTHERS, SUSPECTED_END);
        writer.list("Suspected, not counted", &lists.suspected, room, true, page)?;
    }
    writeln!(page, "\n---\n\n{}", sentences::HOW_IT_IS_COUNTED)
}

/// A sentence of ours. One that quotes a repository's name or a reason stands in a span where that
/// is more than words.
fn said(sentence: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || " ,.:;()-\u{2019}\u{201c}\u{201d}".contains(c);
    // `GH-12` is a reference.
    let reference = sentence.to_ascii_uppercase().contains("GH-");
    match sentence.chars().all(plain) && !reference && !sentence.starts_with('-') {
        true => sentence.to_owned(),
        false => code(sentence),
    }
}

fn head(report: &DebtReport, figures: &Figures, page: &mut Page) -> fmt::Result {
    writeln!(page, "# {}\n", sentences::title(report))?;
    let looked = sentences::looked_at(report);
    let looked = looked
        .iter()
        .map(|part| said(&cut(part, 300)))
        .collect::<Vec<_>>();
    let time = report.generated_at.format("%a %-d %b %Y, %H:%M");
    let zone = code(&cut(&report.week.timezone, 60));
    writeln!(page, "{} · as of {time} {zone}\n", looked.join(" · "))?;
    let mut lead = format!("**{}**", sentences::headline(report));
    if let Some(share) = sentences::share(&report.totals) {
        lead.push_str(&format!(" ({share})"));
    }
    if let Some(due) = sentences::due(report) {
        lead.push_str(&format!(", {due}"));
    }
    writeln!(page, "{lead}\n")?;
    if figures.totals.introduced > 0 {
        writeln!(page, "{}", sentences::summary(report))?;
    }
    if let Some(undecided) = sentences::undecided(report) {
        writeln!(page, "{undecided}")?;
    }
    if let Some(carried) = sentences::carried_in(report) {
        writeln!(page, "\n{carried}")?;
    }
    Ok(())
}

fn burndown(figures: &Figures, page: &mut Page) -> fmt::Result {
    let (burndown, peak) = (&figures.burndown, figures.burndown.peak().max(1));
    let column = match burndown.unit {
        Unit::Day => "Day",
        Unit::Month => "Month",
        Unit::Year => "Year",
    };
    writeln!(page, "\n## Over time\n")?;
    writeln!(page, "| {column} | Came | Went | Open | |")?;
    writeln!(page, "|:--|--:|--:|--:|:--|")?;
    for period in &burndown.periods {
        let cells = (period.open as u128 * u128::from(BAR)).div_ceil(u128::from(peak)) as usize;
        let bar = "█".repeat(cells.min(BAR as usize));
        let [came, went, open] = [period.came, period.went, period.open].map(count);
        writeln!(
            page,
            "| {} | {came} | {went} | {open} | {bar} |",
            period.name
        )?;
    }
    Ok(())
}

fn breakdowns(report: &DebtReport, figures: &Figures, page: &mut Page) -> fmt::Result {
    writeln!(page, "\n## Where it is")?;
    if report.repositories.len() > 1 {
        breakdown("Repository", &figures.by_repository, page)?;
    }
    breakdown("Folder", &figures.by_folder, page)?;
    breakdown("Marker", &figures.by_marker, page)?;
    breakdown("Language", &figures.by_language, page)?;
    if !figures.by_age.is_empty() {
        writeln!(page, "\n| Owed for | Open |\n|:--|--:|")?;
        for (name, figure) in &figures.by_age {
            writeln!(page, "| {name} | {} |", count(*figure))?;
        }
    }
    if figures.gone() > 0 {
        writeln!(page, "\n| How paid | Paid |\n|:--|--:|")?;
        let rows = sentences::HOWS.iter().zip(figures.how);
        for ((name, means), figure) in rows.filter(|(_, figure)| *figure > 0) {
            writeln!(page, "| {name}: {means} | {} |", count(figure))?;
        }
    }
    Ok(())
}

fn breakdown(column: &str, breakdown: &Breakdown, page: &mut Page) -> fmt::Result {
    writeln!(
        page,
        "\n| {column} | Open | Paid | All |\n|:--|--:|--:|--:|"
    )?;
    for share in breakdown.top(MOST_ROWS) {
        let [open, gone, all] = [share.open, share.gone, share.introduced].map(count);
        let name = cell(&cut(&share.name, 60));
        writeln!(page, "| {name} | {open} | {gone} | {all} |")?;
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
    /// A list of at most `most` items, of which none starts where the report is `end` long.
    fn list(
        &self,
        title: &str,
        items: &[&Item],
        (most, end): (usize, usize),
        folded: bool,
        page: &mut Page,
    ) -> fmt::Result {
        if items.is_empty() {
            return Ok(());
        }
        let title = format!("{title} ({})", count(items.len() as u64));
        match folded {
            true => writeln!(page, "\n<details><summary>{title}</summary>\n")?,
            false => writeln!(page, "\n## {title}\n")?,
        }
        let mut shown = 0;
        for item in items.iter().take(most) {
            if page.length > end {
                break;
            }
            writeln!(page, "- {}", self.item(item))?;
            shown += 1;
        }
        if shown < items.len() {
            let rest = count((items.len() - shown) as u64);
            writeln!(
                page,
                "- and {rest} more, which the CSV, HTML and JSON formats list"
            )?;
        }
        match folded {
            true => writeln!(page, "\n</details>"),
            false => Ok(()),
        }
    }

    /// One line: what, where, by whom, since when; how it ended.
    fn item(&self, item: &Item) -> String {
        let links = self.links.get(&item.repository);
        let address = links.and_then(|links| links.item(item));
        let address = address.filter(|address| address.len() <= LONGEST_ADDRESS);
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
        if item.path.is_some() && item.source == Source::Code {
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
        link(address.as_deref(), &code(&cut(&short(commit), 40)))
    }
}

/// The marker; one of a team's own could be anything.
fn kind(item: &Item) -> String {
    match sentences::kind(item) {
        "?" => "?".to_owned(),
        marker => name(&cut(marker, 24)),
    }
}
