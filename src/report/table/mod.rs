//! The debt report as a person reads it: one calm page of text, as wide as the terminal.
//!
//! State is shape first, colour second; no boxes; a row is never wrapped. All text goes through
//! [`Safe`](super::safe_text::Safe) on its way into a span, so that nothing raw reaches the page.

mod boards;
pub(super) mod columns;
mod foot;
mod head;
mod items;
pub(super) mod page;
mod people;
mod roadmap;
mod scan;

use std::io::{self, Write};

pub use boards::{write_checks, write_questions, write_retro, write_review, write_shows};
pub use people::{write_notes, write_promises, write_tasks, write_team, write_week};
pub use roadmap::write_roadmap;
pub use scan::write as write_scan;

use super::debt::{DebtReport, Item, ReportScope, Status};
use super::words::{count, of};
use super::{order, words};
use items::Frame;
use page::{Ink, Page, Span};

/// How the page is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Terminal cells in a row. Below [`View::NARROWEST`] a row is cut as if it were that.
    pub width: usize,
    /// Whether to colour, from the terminal's own sixteen.
    pub colour: bool,
    /// Whether to draw with ASCII signs alone.
    pub ascii: bool,
    /// Whether to list the suspected items too.
    pub suspected: bool,
    /// How many of the latest payments scope `all` lists for each repository.
    pub limit: usize,
}

impl View {
    /// Below this no row says anything.
    pub const NARROWEST: usize = 20;
}

impl Default for View {
    /// 80 columns, no colour, 10 payments.
    fn default() -> Self {
        Self {
            width: 80,
            colour: false,
            ascii: false,
            suspected: false,
            limit: 10,
        }
    }
}

/// Writes the page of a debt report.
///
/// # Errors
/// Those of `out`.
pub fn write(report: &DebtReport, view: &View, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(view, out);
    match report.scope {
        ReportScope::Week => {
            head::week(&mut page, report)?;
            week(&mut page, report)?;
            carried_in(&mut page, report)?;
        }
        ReportScope::All => {
            head::all(&mut page, report)?;
            all(&mut page, report, view)?;
        }
    }
    if view.suspected {
        suspected(&mut page, report)?;
    }
    foot::write(&mut page, report, view)
}

/// The items of one week: open, riskiest first; then what was decided; then what was paid.
fn week(page: &mut Page<'_>, report: &DebtReport) -> io::Result<()> {
    if report.items.is_empty() {
        return foot::nothing(page, report);
    }
    let all = report.items.iter().collect::<Vec<_>>();
    let mut open = select(&all, |status| status == Status::Open);
    open.sort_by_key(|&item| (order::risk(item), order::order(item)));
    let mut decided = select(&all, order::is_decided);
    decided.sort_by_key(|&item| order::order(item));
    let mut paid = select(&all, order::is_paid);
    paid.sort_by_key(|&item| order::payment_order(item));

    let frame = Frame::new(report, report.repositories.len() > 1);
    if open.is_empty() {
        page.blank()?;
        page.line(&[
            Span::new(Ink::Plain, " "),
            Span::new(Ink::Good, page.signs().paid),
            Span::new(Ink::Plain, " Nothing of these hack days is open."),
        ])?;
    } else {
        page.section(true, "Open", &of(open.len(), all.len()))?;
        items::open(page, &frame, &open)?;
    }
    if !decided.is_empty() {
        page.section(false, "Decided", &of(decided.len(), all.len()))?;
        items::decided(page, &frame, &decided)?;
    }
    if !paid.is_empty() {
        page.section(false, "Paid", &of(paid.len(), all.len()))?;
        items::paid(page, &frame, &paid)?;
    }
    Ok(())
}

/// What was carried into the week: what is open, then what became of the rest.
fn carried_in(page: &mut Page<'_>, report: &DebtReport) -> io::Result<()> {
    let items = order::Lists::of(report).carried_in;
    if items.is_empty() {
        return Ok(());
    }
    let frame = Frame::new(report, report.repositories.len() > 1);
    let open = select(&items, |status| status == Status::Open);
    let right = format!("{} open", of(open.len(), items.len()));
    page.section(true, "Carried in", &right)?;
    if !open.is_empty() {
        items::open(page, &frame, &open)?;
    }
    let decided = select(&items, order::is_decided);
    if !decided.is_empty() {
        items::decided(page, &frame, &decided)?;
    }
    let paid = select(&items, order::is_paid);
    if !paid.is_empty() {
        items::paid(page, &frame, &paid)?;
    }
    Ok(())
}

/// Every item of the history: by repository, open oldest first, of the paid the latest few.
fn all(page: &mut Page<'_>, report: &DebtReport, view: &View) -> io::Result<()> {
    if report.items.is_empty() {
        return foot::nothing(page, report);
    }
    let frame = Frame::new(report, false);
    for repository in &report.repositories {
        let name = repository.name.as_str();
        let its = report
            .items
            .iter()
            .filter(|item| item.repository == name)
            .collect::<Vec<_>>();
        let mut open = select(&its, |status| status == Status::Open);
        open.sort_by_key(|&item| order::order(item));
        let mut decided = select(&its, order::is_decided);
        decided.sort_by_key(|&item| order::order(item));
        let mut paid = select(&its, order::is_paid);
        paid.sort_by_key(|&item| order::payment_order(item));

        page.section(true, name, &format!("{} open", count(open.len() as u64)))?;
        if open.is_empty() {
            page.line(&[
                Span::new(Ink::Plain, " "),
                Span::new(Ink::Good, page.signs().paid),
                Span::new(Ink::Plain, " Nothing is open."),
            ])?;
        } else {
            items::open(page, &frame, &open)?;
        }
        if !decided.is_empty() {
            page.section(
                false,
                &format!("{name}: decided"),
                &count(decided.len() as u64),
            )?;
            items::decided(page, &frame, &decided)?;
        }
        let latest = &paid[..paid.len().min(view.limit)];
        if !latest.is_empty() {
            let right = if latest.len() < paid.len() {
                format!(
                    "the latest {} of {}",
                    latest.len(),
                    count(paid.len() as u64)
                )
            } else {
                count(paid.len() as u64)
            };
            page.section(false, &format!("{name}: paid"), &right)?;
            items::paid(page, &frame, latest)?;
        }
    }
    Ok(())
}

/// Confessions that are not counted.
fn suspected(page: &mut Page<'_>, report: &DebtReport) -> io::Result<()> {
    if report.suspected.is_empty() {
        page.blank()?;
        return page.line(&[Span::new(Ink::Dim, " Nothing is suspected.")]);
    }
    let mut open = report
        .suspected
        .iter()
        .filter(|item| item.status == Status::Open)
        .collect::<Vec<_>>();
    open.sort_by_key(|&item| order::order(item));
    page.section(
        false,
        "Suspected, not counted",
        &of(open.len(), report.suspected.len()),
    )?;
    if open.is_empty() {
        return page.line(&[Span::new(Ink::Dim, " None is open.")]);
    }
    items::open(
        page,
        &Frame::new(report, report.repositories.len() > 1),
        &open,
    )
}

fn select<'a>(items: &[&'a Item], keep: impl Fn(Status) -> bool) -> Vec<&'a Item> {
    items
        .iter()
        .copied()
        .filter(|item| keep(item.status))
        .collect()
}
