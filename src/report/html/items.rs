//! The lists of items: open, decided, paid, suspected.

use super::LARGEST;
use crate::report::debt::{DebtReport, DecisionKind, Item, ReportScope, Source, Status};
use crate::report::figures::Figures;
use crate::report::html_text::Html;
use crate::report::links::AllLinks;
use crate::report::order::{self, Lists, is_doubtful, is_overdue};
use crate::report::sentences::{self, cut};
use crate::report::words::{People, age, count, day, of, short};

/// Longest text of an item, in characters.
const LONGEST: usize = 400;

/// How many items a list has at most. The page stays one that a person can scroll.
const MOST_OPEN: usize = 1_500;
const MOST_DECIDED: usize = 400;
const MOST_PAID: usize = 300;
const MOST_SUSPECTED: usize = 200;

/// Bytes that are left for what follows the lists.
const REST: usize = 150_000;

struct Lister<'a> {
    report: &'a DebtReport,
    links: AllLinks<'a>,
    people: People<'a>,
    named: bool,
}

impl<'a> Lister<'a> {
    fn of(report: &'a DebtReport) -> Self {
        Self {
            report,
            links: AllLinks::of(report),
            people: People::of(report),
            named: report.repositories.len() > 1,
        }
    }
}

/// The three lists of counted items.
pub(super) fn all(page: &mut Html, report: &DebtReport, figures: &Figures, lists: &Lists<'_>) {
    let lister = Lister::of(report);
    let whole = report.items.len();
    if !lists.open.is_empty() {
        let how = match report.scope {
            ReportScope::Week => "Riskiest first, then oldest.",
            ReportScope::All => "Oldest first.",
        };
        heading(page, ("open", "Open"), &of(lists.open.len(), whole), how);
        lister.table(page, "Owed for", &lists.open, MOST_OPEN, Lister::owed);
        page.markup("</section>\n");
    } else if figures.totals.introduced > 0 {
        page.markup("<section><h2>Open</h2>\n<p class=\"good\">✓ Nothing is open.</p></section>\n");
    }
    if !lists.carried_in.is_empty() {
        let how = "Carried from an earlier week, once: to be paid or accepted. Counted apart.";
        let figure = count(lists.carried_in.len() as u64);
        heading(page, ("carried", "Carried in"), &figure, how);
        let items = &lists.carried_in;
        lister.table(page, "Now", items, MOST_DECIDED, Lister::now);
        page.markup("</section>\n");
    }
    if !lists.decided.is_empty() {
        let how = "Not paid, and decided on: kept with a reason, carried to the next week, or no debt at all.";
        heading(
            page,
            ("decided", "Decided"),
            &of(lists.decided.len(), whole),
            how,
        );
        lister.table(page, "Now", &lists.decided, MOST_DECIDED, Lister::decision);
        page.markup("</section>\n");
    }
    if !lists.paid.is_empty() {
        heading(
            page,
            ("paid", "Paid"),
            &of(lists.paid.len(), whole),
            "The latest first.",
        );
        lister.table(page, "How", &lists.paid, MOST_PAID, Lister::payment);
        page.markup("</section>\n");
    }
}

/// The suspected ones that are open, folded away.
pub(super) fn suspected(page: &mut Html, report: &DebtReport) {
    let open = Lists::of(report).suspected;
    if open.is_empty() {
        return;
    }
    page.markup("<details><summary>")
        .text(&count(open.len() as u64));
    page.markup(" suspected and still there</summary>\n");
    Lister::of(report).table(page, "Since", &open, MOST_SUSPECTED, Lister::owed);
    page.markup("</details>\n");
}

fn heading(page: &mut Html, (id, name): (&str, &str), figure: &str, how: &str) {
    page.markup("<section")
        .attribute("aria-labelledby", id)
        .markup("><h2");
    page.attribute("id", id).markup(">").text(name);
    page.markup(" <span class=\"share\">")
        .text(figure)
        .markup("</span></h2>\n");
    page.markup("<p class=\"soft\">").text(how).markup("</p>\n");
}

type Last<'a> = fn(&Lister<'a>, &mut Html, &Item);

impl<'a> Lister<'a> {
    /// How long it has been owed, or what became of it.
    fn now(&self, row: &mut Html, item: &Item) {
        match item.status {
            Status::Open => self.owed(row, item),
            status if order::is_paid(status) => self.payment(row, item),
            _ => self.decision(row, item),
        }
    }

    fn table(&self, page: &mut Html, last: &str, items: &[&Item], most: usize, cell: Last<'a>) {
        page.markup("<table><thead><tr><th scope=\"col\" class=\"kind\">Kind</th><th scope=\"col\">What and where</th><th scope=\"col\" class=\"r\">");
        page.text(last).markup("</th></tr></thead><tbody>\n");
        let mut shown = 0;
        for item in items.iter().take(most) {
            let mut row = Html::default();
            self.row(&mut row, item, cell);
            if page.len() + row.len() + REST > LARGEST {
                break;
            }
            page.add(&row);
            shown += 1;
        }
        page.markup("</tbody></table>\n");
        if shown < items.len() {
            page.markup("<p class=\"note\">")
                .text(&count((items.len() - shown) as u64));
            page.markup(" more are left out here, to keep the page light. They are in the figures, and in the CSV and JSON formats.</p>\n");
        }
    }

    fn row(&self, row: &mut Html, item: &Item, cell: Last<'a>) {
        let links = self.links.get(&item.repository);
        row.markup("<tr");
        // Two repositories of one origin have the same items.
        if !self.named {
            row.attribute("id", &format!("item-{}", item.id));
        }
        row.markup("><td class=\"kind\">");
        let risky = order::risk(item) <= 1 && item.status == Status::Open;
        row.markup(if risky {
            "<span class=\"tag risky\">"
        } else {
            "<span class=\"tag\">"
        });
        row.text(&cut(sentences::kind(item), 24))
            .markup("</span></td><td>");
        row.markup("<div class=\"what\">")
            .text(&cut(&sentences::what(item), LONGEST));
        row.markup("</div><div class=\"meta\"><span class=\"place\">");
        let address = links.and_then(|links| links.item(item));
        row.link(
            address.as_deref(),
            &cut(&sentences::place(item, self.named), 300),
        );
        row.markup("</span> · ");
        if let Some(assignee) = &item.assignee {
            row.markup("for ").text(&cut(assignee, 80)).markup(", ");
        }
        row.text(&cut(self.people.call(&item.introduced.author), 80));
        row.markup(", ")
            .text(&day(self.report, item.introduced.time));
        if item.path.is_some() && item.source == Source::Code {
            row.markup(" in ");
            self.commit(row, item, Some(&item.introduced.commit));
        }
        if let Some(travels) = sentences::travels(item) {
            row.markup(" · ").text(&travels);
        }
        self.end(row, item);
        row.markup(" · <code>")
            .text(&item.id)
            .markup("</code></div></td><td class=\"r\">");
        cell(self, row, item);
        row.markup("</td></tr>\n");
    }

    /// By whom an item was paid or decided on, and why.
    fn end(&self, row: &mut Html, item: &Item) {
        if let (true, Some(paid)) = (order::is_paid(item.status), &item.paid) {
            row.markup("<br>paid by ")
                .text(&cut(self.people.call(&paid.author), 80));
            row.markup(", ").text(&day(self.report, paid.time));
            if paid.commit.is_some() {
                row.markup(" in ");
                self.commit(row, item, paid.commit.as_deref());
            }
        } else if let Some(decision) = &item.decision {
            row.markup("<br>")
                .text(decided(decision.kind))
                .markup(" by ");
            row.text(&cut(self.people.call(&decision.by), 80));
            row.markup(", ").text(&day(self.report, decision.time));
            if let Some(reason) = &decision.reason {
                row.markup(": ").text(&cut(reason, LONGEST));
            }
        }
    }

    fn commit(&self, row: &mut Html, item: &Item, commit: Option<&str>) {
        let Some(commit) = commit else { return };
        let links = self.links.get(&item.repository);
        let address = links.and_then(|links| links.commit(commit));
        row.markup("<code>")
            .link(address.as_deref(), &short(commit))
            .markup("</code>");
    }

    fn owed(&self, row: &mut Html, item: &Item) {
        let age = age(item.introduced.time, self.report.generated_at);
        match is_overdue(self.report, item) {
            true => row
                .markup("<span class=\"bad\">")
                .text(&age)
                .markup("<br>overdue</span>"),
            false => row.text(&age),
        };
    }

    fn decision(&self, row: &mut Html, item: &Item) {
        row.text(sentences::status(item.status));
    }

    fn payment(&self, row: &mut Html, item: &Item) {
        match is_doubtful(item) {
            true => row
                .markup("<span class=\"warn\">")
                .text(sentences::how(item))
                .markup("?</span>"),
            false => row
                .markup("<span class=\"good\">✓</span> ")
                .text(sentences::how(item)),
        };
        if item.status == Status::PaidLate {
            row.markup("<br><span class=\"warn\">late</span>");
        }
    }
}

fn decided(kind: DecisionKind) -> &'static str {
    match kind {
        DecisionKind::Accepted => "accepted",
        DecisionKind::Carried => "carried over",
        DecisionKind::Dismissed => "found not to be debt",
        DecisionKind::Paid => "said to be paid",
        DecisionKind::Promoted => "promoted",
    }
}
