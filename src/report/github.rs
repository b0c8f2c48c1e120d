//! The debt report as workflow annotations: lines that a GitHub Actions job prints, and GitHub then
//! shows beside the code (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>).

use std::io::{self, Write};

use super::debt::{DebtReport, Item, Status};
use super::order::{Lists, by_risk, is_overdue, risk};
use super::safe_text::Safe;
use super::sentences::{self, cut};
use super::words::{People, age, count};

/// Annotations of one level that GitHub shows of a step; it drops the rest without a word.
const MOST: usize = 10;

/// Longest message, in characters.
const LONGEST: usize = 500;

/// Writes the annotations of the open items, the riskiest of each level, and a line for the log that
/// says how many there are.
///
/// # Errors
/// Those of `out`.
pub fn write(report: &DebtReport, out: &mut dyn Write) -> io::Result<()> {
    let lists = Lists::of(report);
    let carried = lists.carried_in.into_iter();
    let carried = carried.filter(|item| item.status == Status::Open);
    let mut open: Vec<&Item> = lists.open.into_iter().chain(carried).collect();
    open.sort_by_key(|&item| by_risk(item));
    let people = People::of(report);
    let mut shown = [0_usize; 3];
    for item in &open {
        let level = match (is_overdue(report, item), risk(item)) {
            (true, _) => 0,
            (false, 0 | 1) => 1,
            (false, _) => 2,
        };
        if shown[level] < MOST {
            shown[level] += 1;
            annotation(
                report,
                item,
                ["error", "warning", "notice"][level],
                &people,
                out,
            )?;
        }
    }
    let title = sentences::title(report);
    writeln!(out, "{title}: {}", sentences::summary(report))?;
    if let Some(carried) = sentences::carried_in(report) {
        writeln!(out, "{carried}")?;
    }
    let (shown, all) = (shown.iter().sum::<usize>(), open.len());
    if shown < all {
        let [shown, all] = [shown, all].map(|figure| count(figure as u64));
        writeln!(
            out,
            "{shown} of {all} open items are annotated: GitHub shows {MOST} of a level and step."
        )?;
    }
    Ok(())
}

fn annotation(
    report: &DebtReport,
    item: &Item,
    level: &str,
    people: &People<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, "::{level} ")?;
    // Where several repositories are checked out, their folders are not known here.
    let several = report.repositories.len() > 1;
    if let (Some(path), false) = (&item.path, several) {
        write!(out, "file={},", property(path))?;
        if let Some(line) = item.line {
            write!(out, "line={line},")?;
        }
    }
    let kind = cut(sentences::kind(item), 24);
    let mut message = sentences::what(item);
    if several || item.path.is_none() {
        message = format!("{message} ({})", sentences::place(item, several));
    }
    let owed = age(item.introduced.time, report.generated_at);
    let title = format!("{kind}, owed {owed}");
    let author = people.call(&item.introduced.author);
    let message = format!("{} ({author}, {})", cut(&message, LONGEST), item.id);
    writeln!(out, "title={}::{}", property(&title), data(&message))
}

/// Escapes a message: <https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts>.
/// Line ends are visible by then, but the runner would read `%0A` as one.
fn data(text: &str) -> String {
    Safe::new(text).as_str().replace('%', "%25")
}

/// Escapes a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_property_ends_nowhere(text in any::<String>()) {
            let property = property(&text);
            prop_assert!(!property.contains([':', ',', '\n', '\r']));
            let plain = property.replace("%3A", ":").replace("%2C", ",").replace("%25", "%");
            let safe = Safe::new(&text);
            prop_assert_eq!(plain, safe.as_str());
        }
    }
}
