//! The whiteboard and when its milestones come, as a page.

use std::io::{self, Write};

use super::View;
use super::columns::{self, Column, Set};
use super::page::{Ink, Page, Span};
use crate::report::roadmap::{Break, Feature, Odds, Projection, Roadmap, after, rows_of};
use crate::report::words::count;
use crate::week::forecast::FEWEST_WEEKS;
use crate::week::roadmap::Milestone;

/// Cells of a bar of odds.
const BAR: usize = 14;

/// Writes the whiteboard.
///
/// # Errors
/// Those of `out`.
pub fn write_roadmap(roadmap: &Roadmap, view: &View, out: &mut dyn Write) -> io::Result<()> {
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
    let left = |stage: Milestone| {
        let own = |feature: &&Feature| feature.stage == stage;
        let features = roadmap.features.iter().filter(own);
        features.fold(0_u32, |sum, it| sum.saturating_add(it.left))
    };
    let (alpha, beta) = (left(Milestone::Alpha), left(Milestone::Beta));
    page.section(
        true,
        "Features",
        &format!(
            "{} done, {alpha} left to alpha, {beta} more to beta",
            count(roadmap.done)
        ),
    )?;
    features(&mut page, roadmap)?;
    when(&mut page, roadmap)
}

fn features(page: &mut Page<'_>, roadmap: &Roadmap) -> io::Result<()> {
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
            Span::new(Ink::Dim, word(feature.stage)),
            Span::new(Ink::Plain, &feature.left.to_string()),
            Span::new(Ink::Dim, worked.trim()),
            Span::new(Ink::Dim, &feature.id),
        ]
    });
    let rows: Vec<Vec<Span>> = rows.collect();
    columns::write(page, &COLUMNS, &rows)
}

/// What a milestone is called.
fn word(milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::Alpha => "alpha",
        Milestone::Beta => "beta",
    }
}

/// The odds of the hacks to come.
fn when(page: &mut Page<'_>, roadmap: &Roadmap) -> io::Result<()> {
    let done: Vec<String> = roadmap.pace.draws.iter().map(u32::to_string).collect();
    let right = match done.as_slice() {
        [] => String::new(),
        done => format!("tasks done  {}", done.join(" ")),
    };
    let title = "When, if the next hacks go like the last ones";
    page.section(false, title, &right)?;
    if roadmap.pace.draws.len() < FEWEST_WEEKS && !roadmap.pace.what_if {
        let text = "No pace yet: it takes two hacks that are over.";
        return page.sentence(None, Ink::Dim, text);
    }
    for projection in &roadmap.milestones {
        if projection.left == 0 {
            let text = format!(" {} is reached", word(projection.milestone));
            page.line(&[Span::new(Ink::Good, &text)])?;
            continue;
        }
        odds(page, projection)?;
    }
    for Break { first, last } in &roadmap.without_hacks {
        let text = format!(
            " no hacks {} to {}",
            first.format("%-d %b"),
            last.format("%-d %b")
        );
        page.line(&[Span::new(Ink::Dim, &text)])?;
    }
    if let Some(last) = &roadmap.after {
        page.sentence(None, Ink::Plain, &after(last).join(" "))?;
    }
    let text = format!(
        "{} runs, seed {}. The same data gives the same dates. Counts only, nobody estimates.",
        count(roadmap.pace.runs.into()),
        roadmap.pace.seed
    );
    page.sentence(None, Ink::Dim, &text)
}

fn odds(page: &mut Page<'_>, projection: &Projection) -> io::Result<()> {
    let name = word(projection.milestone);
    if projection.odds.is_empty() {
        let text = format!(" {name}: {} left, none within sight", projection.left);
        return page.line(&[Span::new(Ink::Warn, &text)]);
    }
    for (row, at) in rows_of(projection).into_iter().enumerate() {
        let Some(Odds {
            hack,
            week,
            date,
            percent,
        }) = projection.odds.get(at)
        else {
            continue;
        };
        let head = match row {
            0 => format!("{name} {:>3} left", projection.left),
            _ => String::new(),
        };
        let hack = match hack {
            Some(number) => format!("hack {number:>2}"),
            None => week.clone(),
        };
        let full = BAR * *percent as usize / 100;
        let signs = page.signs();
        let bar = format!(
            "{}{}",
            signs.bar[0].repeat(full),
            signs.bar[4].repeat(BAR - full)
        );
        let says = match (projection.say == Some(at), projection.average == Some(at)) {
            (true, _) => "  say this one",
            (false, true) => "  the average says this",
            (false, false) => "",
        };
        page.line(&[
            Span::new(Ink::Plain, &format!(" {head:<15}")),
            Span::new(
                Ink::Plain,
                &format!("{hack}  {}  ", date.format("%a %e %b")),
            ),
            Span::new(Ink::Accent, &bar),
            Span::new(Ink::Plain, &format!(" {percent:>3}%")),
            Span::new(Ink::Dim, says),
        ])?;
    }
    Ok(())
}
