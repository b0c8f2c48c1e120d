//! What a roadmap says, in which order.

use super::{Feature, Projection, Roadmap, after, rows_of};
use crate::report::sheet::{Block, Entry, Line, Mark, Section, Sheet, Table};
use crate::report::words::{count, plural};
use crate::week::roadmap::Milestone;

/// Lays a roadmap out.
pub(in crate::report) fn sheet(roadmap: &Roadmap) -> Sheet {
    let sections = [
        whiteboard(roadmap),
        features(roadmap),
        when(roadmap),
        last(roadmap),
    ];
    let title = match &roadmap.title {
        Some(title) => Line::of("Roadmap: ").words(title),
        None => Line::of("Roadmap"),
    };
    let at = roadmap.generated_at.format("%a %-d %b %Y");
    let done = plural(roadmap.done, "task done", "tasks done");
    Sheet {
        title,
        about: Line::new().soft(format!("{at} · {done}")),
        lead: lead(roadmap),
        sections: sections.into_iter().flatten().collect(),
        foot: Line::of(roadmap.method()),
        ..Sheet::default()
    }
}

fn name(milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::Alpha => "Alpha",
        Milestone::Beta => "Beta",
    }
}

/// `hack 9`, or its week.
fn hack(number: Option<u32>, week: &str) -> String {
    number.map_or_else(|| week.to_owned(), |number| format!("hack {number}"))
}

/// The sentence that matters: when to say that each milestone is there.
fn lead(roadmap: &Roadmap) -> Line {
    let mut line = Line::new();
    for (at, projection) in roadmap.milestones.iter().enumerate() {
        let said = projection.say.and_then(|at| projection.odds.get(at));
        let said = match said {
            Some(odds) => {
                let hack = hack(odds.hack, &odds.week);
                let date = odds.date.format("%-d %b %Y");
                format!(": say {hack}, {date} ({}%).", odds.percent)
            }
            None if projection.left == 0 => " is done.".to_owned(),
            None if projection.odds.is_empty() => ": no pace yet.".to_owned(),
            None => ": not within two years at this pace.".to_owned(),
        };
        if at > 0 {
            line = line.plain(" ");
        }
        line = line.strong(name(projection.milestone)).plain(said);
    }
    line
}

fn section(title: &str, beside: Line, blocks: Vec<Block>) -> Option<Section> {
    (!blocks.is_empty()).then(|| Section {
        title: Line::of(title),
        beside,
        blocks,
        level: 1,
        brief: true,
        narrow: false,
    })
}

fn whiteboard(roadmap: &Roadmap) -> Option<Section> {
    let texts = [
        ("What it is", &roadmap.is),
        ("What it solves", &roadmap.solves),
    ];
    let said = texts.into_iter().filter_map(|(name, text)| {
        let text = text.as_ref()?;
        Some(Block::Sentence(Line::of(format!("{name}: ")).words(text)))
    });
    section("The whiteboard", Line::new(), said.collect())
}

fn features(roadmap: &Roadmap) -> Option<Section> {
    if roadmap.features.is_empty() {
        return None;
    }
    let row = |feature: &Feature| {
        let carried = match feature.times_carried {
            0 => Line::new(),
            1 => Line::of("once"),
            times => Line::of(format!("{times} times")),
        };
        vec![
            Line::new().words(&feature.name),
            Line::of(name(feature.stage)),
            match feature.left {
                0 => Line::of("done"),
                left => Line::of(count(left.into())),
            },
            Line::of(feature.worked.join(" ")),
            carried,
        ]
    };
    let table = Table {
        caption: "The features",
        columns: vec![
            ("Feature", false),
            ("Stage", false),
            ("Left", true),
            ("Worked on in", false),
            ("Carried", false),
        ],
        rows: roadmap.features.iter().map(row).collect(),
    };
    let left = |stage: Milestone| {
        let own = roadmap
            .features
            .iter()
            .filter(|feature| feature.stage == stage);
        own.fold(0_u64, |sum, feature| sum + u64::from(feature.left))
    };
    let beside = format!(
        "{} to alpha, {} more to beta",
        count(left(Milestone::Alpha)),
        count(left(Milestone::Beta))
    );
    let table = Block::Table(table.without_empty_columns());
    section("Features", Line::of(beside), vec![table])
}

fn when(roadmap: &Roadmap) -> Option<Section> {
    let rows = roadmap.milestones.iter().flat_map(|projection| {
        let rows = rows_of(projection).into_iter();
        rows.filter_map(|at| odds(projection, at))
    });
    let rows: Vec<Vec<Line>> = rows.collect();
    if rows.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Table(Table {
        caption: "When the milestones come",
        columns: vec![
            ("Milestone", false),
            ("Hack", false),
            ("By", false),
            ("Odds", true),
            ("", false),
        ],
        rows,
    })];
    for free in &roadmap.without_hacks {
        let (first, last) = (free.first.format("%-d %b"), free.last.format("%-d %b %Y"));
        blocks.push(Block::Sentence(Line::of(format!(
            "No hacks {first} to {last}."
        ))));
    }
    let done: Vec<String> = roadmap.pace.draws.iter().map(u32::to_string).collect();
    let beside = Line::of(format!("tasks done {}", done.join(" ")));
    section(
        "When, if the next hacks go like the last ones",
        beside,
        blocks,
    )
}

fn odds(projection: &Projection, at: usize) -> Option<Vec<Line>> {
    let odds = projection.odds.get(at)?;
    let says = match (projection.say == Some(at), projection.average == Some(at)) {
        (true, _) => Line::new().strong("say this one"),
        (false, true) => Line::of("the average says this one"),
        (false, false) => Line::new(),
    };
    Some(vec![
        Line::of(name(projection.milestone)),
        Line::of(hack(odds.hack, &odds.week)),
        Line::of(odds.date.format("%a %-d %b %Y").to_string()),
        Line::of(format!("{}%", odds.percent)),
        says,
    ])
}

fn last(roadmap: &Roadmap) -> Option<Section> {
    let told = roadmap.after.as_ref()?;
    let entries = after(told).into_iter();
    let entries = entries.map(|say| Entry::new(Mark::None, Line::of(say)));
    let title = match told.hack {
        Some(number) => format!("After hack {number}"),
        None => "After the last hack".to_owned(),
    };
    let list = Block::list(entries.collect(), 12);
    section(&title, Line::new(), vec![list])
}
