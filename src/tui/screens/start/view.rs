//! The first run, drawn: what was found, three questions, where the data lives.

use ratatui::layout::{Position, Rect};

use super::state::State;
use crate::report::safe_text::width;
use crate::report::words::{count, plural};
use crate::tui::glyphs::{Glyphs, UNICODE};
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::{fit, fit_end, pad, safe, wrap};
use crate::tui::widgets::window;
use crate::tui::widgets::wording::{Theirs, Wording};

/// Columns of the text at the most.
const WIDE: u16 = 70;

/// The most repositories that are listed.
const REPOSITORIES: usize = 4;

/// Where the answers begin.
const ANSWERS: usize = 28;

/// A line, and the question or person that keys go to there.
struct Line {
    text: String,
    ink: Ink,
    at: Option<usize>,
}

impl Line {
    fn new(text: impl Into<String>, ink: Ink) -> Self {
        Self {
            text: text.into(),
            ink,
            at: None,
        }
    }

    fn at(self, at: usize) -> Self {
        Self {
            at: Some(at),
            ..self
        }
    }
}

/// One, two, … nine; figures above.
fn number(count: usize) -> String {
    const WORDS: [&str; 10] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    WORDS
        .get(count)
        .map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

fn found(state: &State, seen: &Seen<'_>, cells: usize, more: &str) -> Vec<Line> {
    let Some(overview) = seen.overview else {
        return vec![Line::new("Reading the repository.", Ink::Dim)];
    };
    let repositories = &overview.report.repositories;
    let known = state
        .people
        .iter()
        .filter(|it| it.commits.is_some() && !it.is_bot())
        .count();
    let is_read = |name: &&String| repositories.iter().any(|it| safe(&it.name) == **name);
    let unread: Vec<&String> = seen.repositories.iter().filter(|it| !is_read(it)).collect();
    let git = match repositories.len() + unread.len() {
        1 => "one git repository".to_owned(),
        many => format!("{} git repositories", number(many)),
    };
    let people = match known {
        0 if repositories.is_empty() => "do not know yet who committed",
        0 => "nobody who committed in the last 30 days",
        1 => "one person in its last 30 days",
        many => &format!("{} people in the last 30 days", number(many)),
    };
    let sentence = format!("I found {git} and {people}:");
    let mut lines: Vec<Line> = (wrap(&sentence, cells, 2, more).into_iter())
        .map(|line| Line::new(line, Ink::Plain))
        .collect();
    lines.push(Line::new("", Ink::Plain));
    for repository in repositories.iter().take(REPOSITORIES) {
        let authors = overview.authors.iter();
        let own = authors.filter(|it| it.repository == repository.name);
        let commits: u64 = own.map(|it| it.commits).sum();
        let commits = plural(commits, "commit", "commits");
        let name = fit(&repository.name, 16, more);
        let room = cells.saturating_sub(width(&name) + width(&commits) + 8);
        let path = fit_end(&repository.path, room.min(40), more);
        lines.push(Line::new(format!("  {name}  {path}  {commits}"), Ink::Dim));
    }
    let room = REPOSITORIES.saturating_sub(repositories.len());
    for name in unread.iter().take(room) {
        let name = fit(name, 16, more);
        lines.push(Line::new(format!("  {name}  not read yet"), Ink::Dim));
    }
    let rest = (repositories.len() + unread.len()).saturating_sub(REPOSITORIES);
    if rest > 0 {
        lines.push(Line::new(format!("  and {rest} more"), Ink::Dim));
    }
    lines
}

fn questions(state: &State, seen: &Seen<'_>, cells: usize, glyphs: &Glyphs) -> Vec<Line> {
    let answers = ANSWERS.min(cells / 2);
    let question = |number: u8, texts: [&str; 2]| {
        let text = texts.within(answers.saturating_sub(4), glyphs).into_owned();
        pad(&format!("{number}  {text}"), answers)
    };
    let day = seen.week().days().first().map(|day| day.date);
    let day = day.map_or("no day of this week".to_owned(), |date| {
        date.format("%A %-d %b %Y").to_string()
    });
    let title = safe(&state.title(seen));
    let mut lines = vec![
        Line::new(
            format!(
                "{}{title}",
                question(1, ["What are you building?", "What is it?"])
            ),
            Ink::Plain,
        )
        .at(0),
        Line::new(
            format!("{}{day}", question(2, ["Which day is day 1?", "Day 1?"])),
            Ink::Plain,
        )
        .at(1),
    ];
    let names = state.people.iter().map(|it| width(&safe(&it.name))).max();
    let names = names.unwrap_or(0).min(24);
    let mut before = question(3, ["Who is in?", "Who?"]);
    for (at, person) in state.people.iter().enumerate() {
        let sign = if person.is_in {
            glyphs.done
        } else {
            glyphs.open
        };
        let name = fit(&person.name, names, glyphs.more);
        let pad = " ".repeat(names.saturating_sub(width(&name)));
        let commits = person.commits.map_or_else(
            || "added".to_owned(),
            |commits| format!("{:>4}", count(commits)),
        );
        let ink = if person.is_in { Ink::Plain } else { Ink::Dim };
        lines.push(Line::new(format!("{before}{sign} {name}{pad}  {commits}"), ink).at(at + 2));
        before = " ".repeat(answers);
    }
    let text = format!("{before}+ somebody else");
    lines.push(Line::new(text, Ink::Dim).at(state.people.len() + 2));
    lines
}

fn lines(state: &State, seen: &Seen<'_>, cells: usize, glyphs: &Glyphs) -> Vec<Line> {
    let blank = || Line::new("", Ink::Plain);
    let mut lines = vec![Line::new("No hack week here yet.", Ink::Strong), blank()];
    lines.extend(found(state, seen, cells, glyphs.more));
    lines.push(blank());
    lines.push(Line::new("Three questions, then you plan.", Ink::Plain));
    lines.push(blank());
    lines.extend(questions(state, seen, cells, glyphs));
    lines.push(blank());
    let text = "Nothing is written into your repository. The data lives in a directory of its \
                own, which `hackweek doctor` names, and u undoes every step.";
    let text = wrap(text, cells, 4, glyphs.more).into_iter();
    lines.extend(text.map(|line| Line::new(line, Ink::Dim)));
    lines
}

/// Where the text is: in the middle, and where it is too long, with the selected line in view.
fn layout(state: &State, seen: &Seen<'_>, glyphs: &Glyphs) -> (Rect, usize, Vec<Line>) {
    let body = seen.body;
    let wide = WIDE.min(body.width.saturating_sub(4));
    let lines = lines(state, seen, usize::from(wide), glyphs);
    let rows = u16::try_from(lines.len())
        .unwrap_or(u16::MAX)
        .min(body.height);
    let area = Rect {
        x: body.x + (body.width - wide) / 2,
        y: body.y + (body.height - rows) / 3,
        width: wide,
        height: rows,
    };
    let selected = lines.iter().position(|line| line.at == Some(state.at));
    let first = match selected {
        Some(selected) if state.at > 0 => {
            window::offset(0, selected, lines.len(), usize::from(rows))
        }
        _ => 0,
    };
    (area, first, lines)
}

/// The question or person at a place.
pub(super) fn line_at(state: &State, seen: &Seen<'_>, at: Position) -> Option<usize> {
    // Signs of both sets are as wide.
    let (area, first, lines) = layout(state, seen, &UNICODE);
    let row = usize::from(at.y.checked_sub(area.y)?);
    lines.get(first + row).and_then(|line| line.at)
}

/// Draws the screen.
pub(super) fn draw(canvas: &mut Canvas<'_>, state: &State, seen: &Seen<'_>) {
    let glyphs = canvas.glyphs();
    let (area, first, lines) = layout(state, seen, glyphs);
    for (line, y) in lines.iter().skip(first).zip(area.top()..area.bottom()) {
        let here = line.at == Some(state.at);
        let ink = if here { Ink::Strong } else { line.ink };
        // What people wrote is at its end.
        canvas.text(area.x, y, area.width, &Theirs(&line.text), ink);
        if here {
            canvas.text(area.x.saturating_sub(2), y, 1, glyphs.cursor, Ink::Accent);
        }
    }
}
