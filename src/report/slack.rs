//! The debt report as a Slack message: the figures, and the items that matter most.

use std::io::{self, Write};

use super::debt::{DebtReport, Item};
use super::figures::Figures;
use super::links::AllLinks;
use super::order::{Lists, by_risk, is_overdue};
use super::sentences::{self, cut};
use super::slack_text::{code, link, name, plain};
use super::words::{People, age, count};

/// Longest message. Slack asks for at most 4,000 characters of text, and cuts what is longer
/// (<https://docs.slack.dev/reference/methods/chat.postMessage#truncating>). Counted as it counts,
/// in units of UTF-16.
pub const LONGEST: usize = 3_900;

/// Longest text of an item, in characters.
const LONGEST_TEXT: usize = 120;

/// Items that a message names.
const MOST: usize = 12;

/// Room for the line that says what was left out.
const LAST: usize = 200;

/// Writes the message.
///
/// # Errors
/// Those of `out`.
pub fn write(report: &DebtReport, out: &mut dyn Write) -> io::Result<()> {
    let mut message = head(report);
    let mut open = Lists::of(report).open;
    open.sort_by_key(|&item| by_risk(item));
    let writer = Writer {
        report,
        links: AllLinks::of(report),
        people: People::of(report),
        named: report.repositories.len() > 1,
    };
    if !open.is_empty() {
        message.push_str("\n*Open, riskiest first*\n");
    }
    let mut shown = 0;
    for item in open.iter().take(MOST) {
        let line = writer.item(item);
        if length(&message) + length(&line) + LAST > LONGEST {
            break;
        }
        message.push_str(&line);
        shown += 1;
    }
    if shown < open.len() {
        let rest = count((open.len() - shown) as u64);
        message.push_str(&format!("_and {rest} more_\n"));
    }
    out.write_all(message.as_bytes())
}

fn head(report: &DebtReport) -> String {
    let figures = Figures::of(report);
    let mut head = format!("*{}*\n", sentences::title(report));
    let looked = sentences::looked_at(report);
    let looked = looked.iter().map(|part| name(&cut(part, 120)));
    head.push_str(&format!("{}\n", looked.collect::<Vec<_>>().join(" · ")));
    head.push_str(&format!("*{}*", sentences::headline(report)));
    if let Some(share) = sentences::share(&report.totals) {
        head.push_str(&format!(" ({share})"));
    }
    if let Some(due) = sentences::due(report) {
        head.push_str(&format!(", {due}"));
    }
    head.push('\n');
    if figures.totals.introduced > 0 {
        head.push_str(&format!("{}\n", sentences::summary(report)));
    }
    if let Some(undecided) = sentences::undecided(report) {
        head.push_str(&format!("{undecided}\n"));
    }
    if let Some(carried) = sentences::carried_in(report) {
        head.push_str(&format!("{carried}\n"));
    }
    for sentence in sentences::apart(report, &figures).iter().take(6) {
        head.push_str(&format!("• {}\n", said(&cut(sentence, 160))));
    }
    head
}

/// A sentence of ours, which may quote the name of a repository.
fn said(sentence: &str) -> String {
    match sentence.contains(['*', '_', '~', '`', '@', '#', '<', '>', '&']) {
        true => code(sentence),
        false => plain(sentence),
    }
}

struct Writer<'a> {
    report: &'a DebtReport,
    links: AllLinks<'a>,
    people: People<'a>,
    named: bool,
}

impl Writer<'_> {
    fn item(&self, item: &Item) -> String {
        let links = self.links.get(&item.repository);
        let address = links.and_then(|links| links.item(item));
        let place = sentences::place(item, self.named);
        // Slack formats nothing in the text of a link, so that a place as its text would show its
        // fences; and a very long address is no use in a message.
        let address = address.filter(|address| address.len() <= 300);
        let address = address.map(|address| format!(" {}", link(Some(&address), "show")));
        let place = code(&cut(&place, 120));
        let who = item.assignee.as_deref();
        let who = who.unwrap_or_else(|| self.people.call(&item.introduced.author));
        let owed = age(item.introduced.time, self.report.generated_at);
        let overdue = match is_overdue(self.report, item) {
            true => "*overdue*, ",
            false => "",
        };
        format!(
            "• {} {} · {} · {} · {overdue}owed {owed}\n",
            name(&cut(sentences::kind(item), 24)),
            code(&cut(&sentences::what(item), LONGEST_TEXT)),
            place + address.as_deref().unwrap_or_default(),
            name(&cut(who, 40)),
        )
    }
}

/// A length as Slack counts it.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}
