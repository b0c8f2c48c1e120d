//! What is done to findings, and how they are named.

use ratatui::layout::Rect;

use super::actions::Do;
use crate::report::debt::{Item, Status};
use crate::report::safe_text::width;
use crate::report::words::count;
use crate::tui::form::Problem;
use crate::tui::model::Reply;
use crate::tui::screens::debt::{called, file_line, is_of_week};
use crate::tui::seen::Seen;
use crate::tui::widgets::fit::safe;
use crate::week::review::{Bucket, Finding, ReviewCommand};
use crate::week::{Id, Numbered};

/// What a bucket is called.
pub(super) fn title(bucket: Bucket) -> &'static str {
    match bucket {
        Bucket::Refactor => "Refactor",
        Bucket::MustChange => "Must change",
        Bucket::GetToDelete => "Get to delete",
    }
}

/// The same, and in a word where that is too long.
pub(super) fn titles(bucket: Bucket) -> [&'static str; 2] {
    let word = match bucket {
        Bucket::Refactor => "Refactor",
        Bucket::MustChange => "Change",
        Bucket::GetToDelete => "Delete",
    };
    [title(bucket), word]
}

/// Findings that fit into a pane, two rows each, below its rule.
pub(super) fn rows(area: Rect, findings: usize) -> usize {
    let inner = usize::from(area.height.saturating_sub(1));
    let fit = inner / 2;
    // The last row says how many more there are.
    match findings > fit && inner.is_multiple_of(2) && fit > 1 {
        true => fit - 1,
        false => fit.max(usize::from(inner > 0)),
    }
}

/// From this width on who does a finding stands before it; else in its last row.
pub(super) const WIDE: u16 = 30;

/// Columns of who does it, with the blanks behind.
pub(super) const OWNER: u16 = 8;

/// `-412`; a figure that only a wrong entry makes positive has its sign too. Only what gets deleted
/// has one.
pub(super) fn lines(finding: &Finding) -> String {
    match finding.bucket {
        Bucket::GetToDelete => finding.lines.map(signed).unwrap_or_default(),
        _ => String::new(),
    }
}

/// A number of lines with its sign.
pub(super) fn signed(lines: i64) -> String {
    match lines {
        0 => "0".to_owned(),
        lines => {
            let sign = if lines < 0 { '-' } else { '+' };
            format!("{sign}{}", count(lines.unsigned_abs()))
        }
    }
}

/// Cells that the words of a finding have in a pane of this width.
pub(super) fn words_room(wide: u16, finding: &Finding) -> usize {
    let lines = match width(&lines(finding)) {
        0 => 0,
        wide => wide + 1,
    };
    let before = if wide >= WIDE { 3 + OWNER } else { 3 };
    usize::from(wide.saturating_sub(before + 1)).saturating_sub(lines)
}

/// Rows that each finding takes: two, and a third for words that need it while there is room for all.
pub(super) fn heights(area: Rect, findings: &[&Finding]) -> Vec<u16> {
    let inner = usize::from(area.height.saturating_sub(1));
    let mut spare = inner.saturating_sub(2 * findings.len());
    let height = |finding: &&Finding| {
        let room = words_room(area.width, finding);
        match spare > 0 && width(&safe(&finding.what)) > room {
            true => {
                spare -= 1;
                3
            }
            false => 2,
        }
    };
    findings.iter().map(height).collect()
}

/// Which finding is at a row below the rule of its pane, from the first in view.
pub(super) fn at_row(
    area: Rect,
    findings: &[&Finding],
    offset: usize,
    row: usize,
) -> Option<usize> {
    let in_view = rows(area, findings.len());
    let heights = heights(area, findings).into_iter().enumerate();
    let mut end = 0;
    for (at, height) in heights.skip(offset).take(in_view) {
        end += usize::from(height);
        if row < end {
            return Some(at);
        }
    }
    None
}

/// Puts a finding into the bucket beside; `None` at the end.
pub(super) fn beside(finding: &Finding, right: bool) -> Option<Bucket> {
    let at = Bucket::ALL
        .iter()
        .position(|bucket| *bucket == finding.bucket)?;
    let to = if right { at + 1 } else { at.checked_sub(1)? };
    Bucket::ALL.get(to).copied()
}

/// Moves a finding down or up in its bucket.
pub(super) fn order(seen: &Seen<'_>, finding: &Finding, down: bool) -> Option<Reply> {
    let others = seen.written().findings(finding.bucket);
    let at = others.iter().position(|other| other.id == finding.id)?;
    let after = match (down, at) {
        (true, at) => Some(others.get(at + 1)?.id.clone()),
        (false, 0) => return None,
        (false, at) => at.checked_sub(2).map(|before| others[before].id.clone()),
    };
    Some(Reply::write(ReviewCommand::Move {
        finding: finding.id.clone(),
        after,
    }))
}

/// Gives a finding to somebody, or to nobody where it is theirs.
pub(super) fn take(finding: &Finding, me: &Id) -> Reply {
    let mine = finding.owner.as_ref() == Some(me);
    Reply::write(ReviewCommand::Give {
        finding: finding.id.clone(),
        owner: (!mine).then(|| me.clone()),
    })
}

/// Why an action cannot be had of a finding.
pub(super) fn why_not(seen: &Seen<'_>, finding: &Finding, act: Do) -> Option<String> {
    let words = match act {
        Do::BucketLeft if beside(finding, false).is_none() => "it is in the first bucket",
        Do::BucketRight if beside(finding, true).is_none() => "it is in the last bucket",
        Do::Down if order(seen, finding, true).is_none() => "it is the last one",
        Do::Up if order(seen, finding, false).is_none() => "it is the first one",
        Do::Unlock if !finding.is_locked() => "it is not locked",
        _ => return None,
    };
    Some(words.to_owned())
}

/// The open debt of the week, as a form lists it: `D-05 DONT retries never back off`.
pub(super) fn open_debt<'a>(seen: &Seen<'a>) -> Vec<(String, &'a Item)> {
    let Some(overview) = seen.overview else {
        return Vec::new();
    };
    let items = overview.report.items.iter();
    let mut items: Vec<&Item> = items
        .filter(|item| item.status == Status::Open && is_of_week(overview, item))
        .collect();
    items.sort_by_cached_key(|&item| crate::report::order::by_risk(item));
    let named = |item: &'a Item| {
        let name = called(&overview.board, item);
        let text = match item.text.trim() {
            "" => file_line(item),
            text => text.to_owned(),
        };
        (format!("{name} {} {text}", item.marker), item)
    };
    items.into_iter().map(named).collect()
}

/// Which item is meant: by its number, or by words that only one open item of the week has.
///
/// # Errors
/// None or several, with their names.
pub(super) fn item<'a>(seen: &Seen<'a>, typed: &str, field: usize) -> Result<&'a Item, Problem> {
    let wrong = |text: String| Err(Problem::new(field, text));
    let first = typed.split_whitespace().next().unwrap_or_default();
    let numbered = seen.board().numbers.find(first);
    if let (Some((Numbered::Debt, id)), Some(overview)) = (numbered, seen.overview) {
        let mut items = overview.report.items.iter();
        if let Some(item) = items.find(|item| item.id == id.as_str()) {
            return Ok(item);
        }
    }
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let fitting: Vec<(String, &Item)> = open_debt(seen)
        .into_iter()
        .filter(|(named, item)| {
            let path = item.path.as_deref().unwrap_or_default();
            let text = format!("{named} {path}").to_lowercase();
            words.iter().all(|word| text.contains(word))
        })
        .collect();
    match fitting.as_slice() {
        _ if words.is_empty() => wrong("a number like D-05, or words of the item".to_owned()),
        [(_, item)] => Ok(item),
        [] => wrong("no open item has these words".to_owned()),
        many => {
            let names = many
                .iter()
                .take(4)
                .map(|(_, item)| called(seen.board(), item));
            let names = names.collect::<Vec<_>>().join(", ");
            let more = if many.len() > 4 { " and more" } else { "" };
            wrong(format!("several have them: {names}{more}"))
        }
    }
}
