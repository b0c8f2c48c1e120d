//! The review as Markdown, to be pasted.

use super::findings::title;
use super::tell::{ABOUT, word};
use crate::tui::seen::Seen;
use crate::tui::widgets::fit::safe;
use crate::week::review::{Bucket, Finding, Test};

/// The whole review.
pub(super) fn markdown(seen: &Seen<'_>) -> String {
    let (board, written) = (seen.board(), seen.written());
    let mut text = format!("# Review of {}\n", seen.name);
    for bucket in Bucket::ALL {
        let findings = written.findings(bucket);
        if findings.is_empty() {
            continue;
        }
        text.push_str(&format!("\n## {}\n\n", title(bucket)));
        for finding in findings {
            text.push_str(&line(seen, finding));
        }
    }
    for about in ABOUT {
        let team = board.team().into_iter();
        let notes: Vec<_> = team
            .flat_map(|person| written.notes(&person.id, about))
            .collect();
        if notes.is_empty() {
            continue;
        }
        text.push_str(&format!("\n## {}\n\n", word(about)));
        for note in notes {
            let by = escaped(board.name(&note.by));
            text.push_str(&format!("- {} ({by})\n", escaped(&note.text)));
        }
    }
    text.push_str("\n## Questions\n\n");
    for question in written.questions() {
        let (tick, answer) = match question.answer {
            Some(answer) => ("x", format!(" {}", escaped(&answer.text))),
            None => (" ", String::new()),
        };
        text.push_str(&format!("- [{tick}] {}{answer}\n", escaped(question.text)));
    }
    text
}

fn line(seen: &Seen<'_>, finding: &Finding) -> String {
    let board = seen.board();
    let tick = if finding.done_at.is_some() { "x" } else { " " };
    let mut more: Vec<String> = Vec::new();
    more.extend(finding.owner.as_ref().map(|id| escaped(board.name(id))));
    let place = Some(finding.place.replace('`', "'")).filter(|place| !place.is_empty());
    more.extend(place.map(|place| format!("`{}`", safe(&place))));
    more.extend(finding.lines.map(|lines| format!("{lines} lines")));
    more.extend(finding.debt.as_ref().map(|item| board.debt_name(item)));
    if finding.bucket == Bucket::Refactor {
        more.push(match (&finding.test, &finding.unlocked_because) {
            (Test::Linked(test), _) => format!("test {}", escaped(test)),
            (Test::NotNeeded, _) => "needs no test".to_owned(),
            (Test::Missing, Some(why)) => format!("without a test: {}", escaped(why)),
            (Test::Missing, None) => "no test yet".to_owned(),
        });
    }
    let more = match more.is_empty() {
        true => String::new(),
        false => format!(" ({})", more.join(", ")),
    };
    format!("- [{tick}] {}{more}\n", escaped(&finding.what))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in safe(text).chars() {
        if "\\`*_[]<>#|".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
