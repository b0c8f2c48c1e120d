//! The whiteboard and when its milestones come, as a page.

use std::io::{self, Write};

use super::View;
use super::columns::{self, Column, Set};
use super::page::{Ink, Page, Span};
use crate::report::roadmap::{Milestone, RoadmapPage};
use crate::report::words::count;

/// Cells of a bar of odds.
const BAR: usize = 14;

/// Writes the whiteboard.
///
/// # Errors
/// Those of `out`.
pub fn write_roadmap(roadmap: &RoadmapPage, view: &View, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(view, out);
    for (name, text) in [
        ("What it is", &roadmap.is),
        ("What it solves", &roadmap.solves),
    ] {
        if let Some(text) = text {
            page.sentence(None, Ink::Plain, &format!("{name}: {text}"))?;
        }
    }
    if roadmap.features.is_empty() {
        let text = "No features yet. `hackweek roadmap add NAME --stage alpha --left N` adds one.";
        return page.sentence(None, Ink::Plain, text);
    }
    let left = |name: &str| {
        let of = roadmap.milestones.iter().find(|it| it.name == name);
        of.map_or(0, |milestone| milestone.left)
    };
    let (alpha, beta) = (left("alpha"), left("beta"));
    let more = beta.saturating_sub(alpha);
    page.section(
        true,
        "Features",
        &format!("{alpha} left to alpha, {more} more to beta"),
    )?;
    features(&mut page, roadmap)?;
    when(&mut page, roadmap)
}

fn features(page: &mut Page<'_>, roadmap: &RoadmapPage) -> io::Result<()> {
    const COLUMNS: [Column; 6] = [
        Column::sign(),
        Column::flexible("Feature", Set::Left, 12, 40, 0),
        Column::fixed("Stage", 0),
        Column {
            set: Set::Right,
            ..Column::fixed("Left", 0)
        },
        Column::flexible("Worked on in", Set::Left, 8, 40, 2),
        Column::fixed("Id", 1),
    ];
    let rows = roadmap.features.iter().map(|feature| {
        let (ink, sign) = match feature.left {
            0 => (Ink::Good, page.signs().paid),
            _ => (Ink::Plain, page.signs().open),
        };
        let mut worked = feature.worked.join(" ");
        if feature.times_carried > 1 {
            worked.push_str(&format!(" carried {} times", feature.times_carried));
        }
        vec![
            Span::new(ink, sign),
            Span::new(Ink::Plain, &feature.name),
            Span::new(Ink::Dim, &feature.stage),
            Span::new(Ink::Plain, &feature.left.to_string()),
            Span::new(Ink::Dim, worked.trim()),
            Span::new(Ink::Dim, &feature.id),
        ]
    });
    let rows: Vec<Vec<Span>> = rows.collect();
    columns::write(page, &COLUMNS, &rows)
}

/// The odds of the weeks to come.
fn when(page: &mut Page<'_>, roadmap: &RoadmapPage) -> io::Result<()> {
    let done = roadmap.hacks.iter().filter_map(|hack| hack.done);
    let done: Vec<String> = done.map(|done| done.to_string()).collect();
    let right = match done.as_slice() {
        [] => String::new(),
        done => format!("tasks done  {}", done.join(" ")),
    };
    page.section(
        false,
        "When, if the next hacks go like the last ones",
        &right,
    )?;
    if done.len() < 2 {
        let text = "No pace yet: it takes two weeks that are over.";
        return page.sentence(None, Ink::Dim, text);
    }
    for milestone in &roadmap.milestones {
        if milestone.left == 0 {
            let text = format!("{} is reached: nothing is left to it", milestone.name);
            page.line(&[Span::new(Ink::Good, &format!(" {text}"))])?;
            continue;
        }
        odds(page, milestone)?;
    }
    if let (Some(first), Some(last)) = (roadmap.skipped.first(), roadmap.skipped.last()) {
        let weeks = match first == last {
            true => first.clone(),
            false => format!("{first} to {last}"),
        };
        page.line(&[Span::new(Ink::Dim, &format!(" no hack in {weeks}"))])?;
    }
    let text = format!(
        "{} runs, seed {}. The same data gives the same dates. Counts only, nobody estimates.",
        count(roadmap.runs.into()),
        roadmap.seed
    );
    page.sentence(None, Ink::Dim, &text)
}

fn odds(page: &mut Page<'_>, milestone: &Milestone) -> io::Result<()> {
    if milestone.weeks.is_empty() {
        let text = format!(
            "{}: {} left, none within sight",
            milestone.name, milestone.left
        );
        return page.line(&[Span::new(Ink::Warn, &format!(" {text}"))]);
    }
    for (at, week) in milestone.weeks.iter().enumerate() {
        let head = match at {
            0 => format!("{} {:>3} left", milestone.name, milestone.left),
            _ => String::new(),
        };
        let hack = match week.number {
            Some(number) => format!("hack {number:>2}"),
            None => week.week.clone(),
        };
        let full = BAR * week.percent as usize / 100;
        let signs = page.signs();
        let bar = format!(
            "{}{}",
            signs.bar[0].repeat(full),
            signs.bar[4].repeat(BAR - full)
        );
        let is = |named: &Option<String>| named.as_deref() == Some(week.week.as_str());
        let says = match (is(&milestone.say), is(&milestone.average)) {
            (true, _) => "  say this one",
            (false, true) => "  the average says this",
            (false, false) => "",
        };
        page.line(&[
            Span::new(Ink::Plain, &format!(" {head:<15}")),
            Span::new(
                Ink::Plain,
                &format!("{hack}  {}  ", week.ends.format("%a %e %b")),
            ),
            Span::new(Ink::Accent, &bar),
            Span::new(Ink::Plain, &format!(" {:>3}%", week.percent)),
            Span::new(Ink::Dim, says),
        ])?;
    }
    Ok(())
}
