//! The whiteboard and when its milestones come, as a page.

use std::io::{self, Write};

use super::View;
use super::columns::{self, Column, Set};
use super::page::{Ink, Page, Span};
use crate::report::roadmap::{Odds, Projection, Roadmap, after, rows_of};
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
    let left = |of: Milestone| {
        let features = roadmap.features.iter().filter(|it| it.stage == of);
        features.map(|feature| u64::from(feature.left)).sum::<u64>()
    };
    let right = format!(
        "{} done, {} left to alpha, {} more to beta",
        roadmap.done,
        left(Milestone::Alpha),
        left(Milestone::Beta)
    );
    page.section(true, "Features", &right)?;
    features(&mut page, roadmap)?;
    when(&mut page, roadmap)?;
    if let Some(last) = &roadmap.after {
        let title = match last.hack {
            Some(number) => format!("After hack {number}"),
            None => "After the last hack".to_owned(),
        };
        page.section(false, &title, "")?;
        page.sentence(None, Ink::Plain, &after(last).join(" "))?;
    }
    Ok(())
}

fn word(milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::Alpha => "alpha",
        Milestone::Beta => "beta",
    }
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

/// The odds of the hacks to come.
fn when(page: &mut Page<'_>, roadmap: &Roadmap) -> io::Result<()> {
    let pace = &roadmap.pace;
    let draws: Vec<String> = pace.draws.iter().map(ToString::to_string).collect();
    let (title, right) = match pace.what_if {
        true => (
            "When, if each hack does what you ask",
            format!(
                "{} each, {} more",
                draws.first().map_or("?", |it| it),
                pace.growth
            ),
        ),
        false => (
            "When, if the next hacks go like the last ones",
            format!("tasks done  {}", draws.join(" ")),
        ),
    };
    page.section(false, title, if draws.is_empty() { "" } else { &right })?;
    for projection in &roadmap.milestones {
        odds(page, projection)?;
    }
    for none in &roadmap.without_hacks {
        let (first, last) = (none.first.format("%-d %b"), none.last.format("%-d %b"));
        page.line(&[Span::new(Ink::Dim, &format!(" no hacks {first} to {last}"))])?;
    }
    page.sentence(None, Ink::Dim, &roadmap.method())
}

fn odds(page: &mut Page<'_>, projection: &Projection) -> io::Result<()> {
    let name = word(projection.milestone);
    if projection.left == 0 {
        let text = format!(" {name} is reached: nothing is left to it");
        return page.line(&[Span::new(Ink::Good, &text)]);
    }
    let head = format!("{name:<5} {:>3} left", projection.left);
    let rows = rows_of(projection);
    if rows.is_empty() {
        return page.line(&[Span::new(Ink::Plain, &format!(" {head}"))]);
    }
    for (at, number) in rows.into_iter().enumerate() {
        if let Some(odds) = projection.odds.get(number) {
            let says = match (
                projection.say == Some(number),
                projection.average == Some(number),
            ) {
                (true, _) => "  say this one",
                (false, true) => "  the average says this",
                (false, false) => "",
            };
            row(page, if at == 0 { &head } else { "" }, odds, says)?;
        }
    }
    Ok(())
}

fn row(page: &mut Page<'_>, head: &str, odds: &Odds, says: &str) -> io::Result<()> {
    let hack = match odds.hack {
        Some(number) => format!("hack {number:>2}"),
        None => odds.week.clone(),
    };
    let full = (BAR * odds.percent as usize / 100).min(BAR);
    let [done, .., open] = page.signs().bar;
    let bar = format!("{}{}", done.repeat(full), open.repeat(BAR - full));
    page.line(&[
        Span::new(Ink::Plain, &format!(" {head:<15} ")),
        Span::new(
            Ink::Plain,
            &format!("{hack}  {}  ", odds.date.format("%a %e %b")),
        ),
        Span::new(Ink::Accent, &bar),
        Span::new(Ink::Plain, &format!(" {:>3}%", odds.percent)),
        Span::new(Ink::Dim, says),
    ])
}
