//! What is below the buckets: show and tell, who has presented, the questions, day 4.

use chrono::TimeDelta;
use ratatui::layout::Rect;

use super::panes::Focus;
use super::state::State;
use super::tell::{self, presenter, round, word};
use crate::report::safe_text::width;
use crate::report::words::{count, of, plural};
use crate::tui::glyphs::UNICODE;
use crate::tui::screens::called;
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::{fit, safe, wrap};
use crate::tui::widgets::gauge;
use crate::tui::widgets::wording::Theirs;
use crate::week::demo::Verdict;
use crate::week::round::Turn;
use crate::week::timer::clock;

/// Columns of what a note is about.
const ABOUT: u16 = 14;

/// Most rows of an answer.
const ANSWER: usize = 2;

/// Draws show and tell: the timer, and what the presenter says.
pub(super) fn notes(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let focused = state.focus == Focus::Notes;
    let round = round(seen);
    let presenter = presenter(&round);
    let speaking = round.speaking().map(|(_, speaker)| speaker);
    let each = TimeDelta::seconds(round.seconds_each.into());
    let spent = speaking.map(|speaker| speaker.timer.spent(seen.now));
    let what = "Show and tell";
    let name = presenter.map(|who| safe(seen.board().name(&who.person)));
    let name = name.unwrap_or_default();
    let left = match (presenter, speaking) {
        (Some(_), Some(_)) => vec![format!("{what}: {name}")],
        (Some(who), None) if who.turn == Turn::Waiting => {
            vec![format!("{what}: {name} next"), format!("{name} next")]
        }
        _ => Vec::new(),
    };
    let right = match (spent, speaking) {
        (Some(spent), Some(speaker)) => {
            let spoken = format!("{} of {}", clock(spent), clock(each));
            match speaker.timer.runs() {
                true => vec![spoken],
                false => vec![format!("{spoken}, paused"), "paused".to_owned()],
            }
        }
        _ if round.ended.is_some() => vec!["all have presented".to_owned(), "all".to_owned()],
        _ => vec![format!("{} each", clock(each))],
    };
    let left = (left, what);
    canvas.rule(area, area.y, focused, &left, &right);
    if area.height < 2 {
        return;
    }
    let cells = area.width.saturating_sub(2);
    let spent = spent.unwrap_or_default();
    let (part, whole) = (spent.num_seconds(), each.num_seconds());
    let ink = if part > whole { Ink::Warn } else { Ink::Accent };
    gauge::draw(canvas, (area.x + 1, area.y + 1), cells, part, whole, ink);
    let notes = tell::notes(seen);
    let top = area.y + 2;
    if notes.is_empty() && top < area.bottom() {
        let text: &[&str] = match presenter {
            Some(_) => &[
                "the good, the bad, the embarrassing: nothing yet",
                "good, bad, embarrassing: nothing yet",
            ],
            None => &["nobody is in the team yet"],
        };
        let room = area.width.saturating_sub(2);
        canvas.text(area.x + 1, top, room, text, Ink::Dim);
        return;
    }
    let cursor = state.cursor(Focus::Notes);
    let in_view = tell::rows(area, notes.len());
    let mut before = None;
    let shown = notes.iter().enumerate().skip(cursor.offset).take(in_view);
    for ((row, note), y) in shown.zip(top..area.bottom()) {
        // Said once for those of a kind.
        if before != Some(note.about) {
            before = Some(note.about);
            canvas.text(area.x + 1, y, ABOUT, word(note.about), Ink::Dim);
        }
        let x = area.x + 1 + ABOUT;
        let mut end = area.right().saturating_sub(1);
        // Once all have presented, all that was said is here.
        if round.ended.is_some() {
            let name = fit(seen.board().name(&note.by), 12, canvas.glyphs().more);
            let wide = u16::try_from(width(&name)).unwrap_or(0);
            canvas.right(end, y, wide, &name, Ink::Dim);
            end = end.saturating_sub(wide + 1);
        }
        let room = end.saturating_sub(x);
        canvas.text(x, y, room, &Theirs(&note.text), Ink::Plain);
        if focused && row == cursor.row {
            canvas.text(area.x, y, 1, canvas.glyphs().cursor, Ink::Strong);
            let style = canvas.look.selected();
            let line = Rect {
                x,
                y,
                width: area.right().saturating_sub(x),
                height: 1,
            };
            canvas.lay(line, style);
        }
    }
    let after = notes.len().saturating_sub(cursor.offset + in_view);
    if after > 0 {
        let text = format!("{} more below", count(after as u64));
        let x = area.x + 1 + ABOUT;
        let room = area.right().saturating_sub(x);
        canvas.text(x, area.bottom() - 1, room, &text, Ink::Dim);
    }
}

/// Draws who has presented and what became of the hacks that were shown.
pub(super) fn presented(canvas: &mut Canvas<'_>, area: Rect, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let round = round(seen);
    let there = round.speakers.iter();
    let there = there.filter(|speaker| !speaker.away || speaker.turn != Turn::Waiting);
    let right = match round.speakers.len() {
        0 => String::new(),
        _ => of(round.done(), there.count()),
    };
    canvas.rule(area, area.y, false, "Presented", &right);
    let glyphs = canvas.glyphs();
    let mut x = area.x + 1;
    for (at, speaker) in round.speakers.iter().enumerate() {
        let name = fit(seen.board().name(&speaker.person), 14, glyphs.more);
        let (sign, ink, text) = match speaker.turn {
            Turn::Done => {
                let spent = clock(speaker.timer.spent(seen.now));
                (glyphs.done, Ink::Good, format!("{name} {spent}"))
            }
            Turn::Speaking => (glyphs.now, Ink::Accent, name),
            Turn::Waiting if speaker.away => ("-", Ink::Dim, format!("{name} away")),
            Turn::Waiting => (glyphs.open, Ink::Plain, name),
        };
        let wide = u16::try_from(width(&text)).unwrap_or(0) + 2;
        let rest = round.speakers.len() - at;
        // Room for how many more there are, unless this is the last one.
        let more = if rest > 1 { 9 } else { 0 };
        if x + wide + more > area.right() {
            let text = format!("{} more", count(rest as u64));
            canvas.text(
                x,
                area.y + 1,
                area.right().saturating_sub(x),
                &text,
                Ink::Dim,
            );
            break;
        }
        canvas.text(x, area.y + 1, 1, sign, ink);
        x = canvas.text(x + 2, area.y + 1, wide, &text, Ink::Plain) + 3;
    }
    let written = seen.written();
    let shown = written
        .shows()
        .iter()
        .filter(|show| show.seen_at.is_some())
        .count();
    if area.height < 3 || shown == 0 {
        return;
    }
    let judged = |verdict| count(written.shows_judged(verdict) as u64);
    let dot = glyphs.dot;
    let (undo, keep) = (judged(Verdict::Undo), judged(Verdict::Keep));
    let open = judged(Verdict::Undecided);
    let hacks = plural(shown as u64, "hack", "hacks");
    let text = [
        format!("{hacks} shown {dot} {undo} to undo {dot} {keep} to keep {dot} {open} undecided"),
        format!("{shown} shown {dot} {undo} undo {dot} {keep} keep {dot} {open} open"),
    ];
    let room = area.width.saturating_sub(2);
    canvas.text(area.x + 1, area.y + 2, room, &text, Ink::Plain);
}

/// A row of the questions: of which question, with its sign where it is the first, and its words.
struct Row {
    question: usize,
    first: bool,
    answer: bool,
    text: String,
}

/// The rows of all questions and answers.
fn question_rows(area: Rect, seen: &Seen<'_>, more: &str) -> Vec<Row> {
    let cells = usize::from(area.width.saturating_sub(5));
    let (tested, need) = seen.written().tests_of_refactors();
    let mut rows = Vec::new();
    for (question, asked) in seen.written().questions().into_iter().enumerate() {
        let mut words = safe(asked.text);
        if asked.is_of_tests() && need > 0 {
            words.push_str(&format!("  {}", of(tested, need)));
        }
        let lines = wrap(&words, cells, 3, more).into_iter().enumerate();
        rows.extend(lines.map(|(at, text)| Row {
            question,
            first: at == 0,
            answer: false,
            text,
        }));
        let answer = asked.answer.map(|answer| safe(&answer.text));
        let answer = answer.unwrap_or_default();
        let lines = wrap(&answer, cells.saturating_sub(2), ANSWER, more).into_iter();
        rows.extend(lines.map(|text| Row {
            question,
            first: false,
            answer: true,
            text,
        }));
    }
    rows
}

/// The first row in view: the selected question is, with its answer.
fn first_row(rows: &[Row], selected: usize, height: usize) -> usize {
    let end = rows.iter().rposition(|row| row.question == selected);
    let end = end.map_or(0, |end| end + 1);
    let start = rows.iter().position(|row| row.question == selected);
    end.saturating_sub(height).min(start.unwrap_or(0))
}

/// Which question is at a row of the screen.
pub(super) fn question_at(state: &State, area: Rect, seen: &Seen<'_>, y: u16) -> Option<usize> {
    // Signs of both sets are as wide.
    let rows = question_rows(area, seen, UNICODE.more);
    let height = usize::from(area.height.saturating_sub(1));
    let first = first_row(&rows, state.cursor(Focus::Questions).row, height);
    let at = usize::from(y.checked_sub(area.y + 1)?);
    rows.get(first + at).map(|row| row.question)
}

/// Draws the questions.
pub(super) fn questions(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let focused = state.focus == Focus::Questions;
    let asked = seen.written().questions();
    let answered = asked.iter().filter(|asked| asked.answer.is_some()).count();
    let right = of(answered, asked.len());
    canvas.rule(area, area.y, focused, "Questions", &right);
    let selected = state.cursor(Focus::Questions).row;
    let glyphs = canvas.glyphs();
    let rows = question_rows(area, seen, glyphs.more);
    let height = usize::from(area.height - 1);
    let first = first_row(&rows, selected, height);
    for (row, y) in rows.iter().skip(first).zip(area.y + 1..area.bottom()) {
        let asked = asked.get(row.question);
        let answered = asked.is_some_and(|asked| asked.answer.is_some());
        if row.first {
            let (sign, ink) = match answered {
                true => (glyphs.done, Ink::Good),
                false => (glyphs.open, Ink::Plain),
            };
            canvas.text(area.x + 2, y, 1, sign, ink);
        }
        let (x, ink) = match row.answer {
            true => (area.x + 6, Ink::Dim),
            false => (area.x + 4, Ink::Plain),
        };
        canvas.text(x, y, area.right().saturating_sub(x), &row.text, ink);
        if focused && row.question == selected {
            if row.first {
                canvas.text(area.x + 1, y, 1, glyphs.cursor, Ink::Strong);
            }
            let style = canvas.look.selected();
            let line = Rect {
                x: area.x + 2,
                y,
                width: area.width.saturating_sub(2),
                height: 1,
            };
            canvas.lay(line, style);
        }
    }
}

/// Draws what day 4 is getting, next to what earlier ones closed.
pub(super) fn day_4(canvas: &mut Canvas<'_>, area: Rect, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let week = seen.week();
    let day = week.day(4).map(|day| day.date.format("%A").to_string());
    let day = day.unwrap_or_else(|| "Day 4".to_owned());
    let so_far = seen.written().day_4_so_far();
    let all: usize = so_far.iter().map(|(_, count)| count).sum();
    let left = [format!("{day}, so far"), day.clone()];
    let right = [plural(all as u64, "item", "items"), count(all as u64)];
    canvas.rule(area, area.y, false, &left, &right);
    let glyphs = canvas.glyphs();
    let room = area.width.saturating_sub(2);
    // In the order of the team: nobody is ranked.
    let each = |cells: usize| {
        let some = so_far.iter().filter(|(_, figure)| *figure > 0);
        let each = some.map(|(owner, figure)| {
            let cells = u16::try_from(cells).unwrap_or(u16::MAX);
            let name = match owner {
                Some(owner) => called::short_name(seen.board(), owner, cells, glyphs.more),
                None => "nobody".to_owned(),
            };
            format!("{name} {}", count(*figure as u64))
        });
        each.collect::<Vec<_>>()
    };
    let each = match all {
        0 => vec![
            "nobody took anything yet".to_owned(),
            "nothing yet".to_owned(),
        ],
        _ => vec![in_one_line(each, usize::from(room))],
    };
    let before = seen.name.previous().map(|week| {
        let board = seen.board().week(week);
        let figures = board.figures_up_to_here(3).into_iter();
        let closed = figures.filter_map(|(_, figures)| figures.paid_on_day_4);
        closed.map(|closed| closed.to_string()).collect::<Vec<_>>()
    });
    let before = match before.unwrap_or_default().as_slice() {
        [] => vec![
            "no earlier hack to compare with".to_owned(),
            "no hack before this one".to_owned(),
        ],
        many => {
            let which = match many {
                [_] => format!("last {day}"),
                many => format!("last {} {day}s", words(many.len())),
            };
            let figures = many.join(", ");
            vec![format!("{which}: {figures}"), format!("before: {figures}")]
        }
    };
    for (text, y) in [each, before].into_iter().zip(area.y + 1..area.bottom()) {
        canvas.text(area.x + 1, y, room, &text, Ink::Plain);
    }
}

/// As many names and figures as a line holds, and how many more there are: whole names, else first
/// names.
fn in_one_line(each: impl Fn(usize) -> Vec<String>, room: usize) -> String {
    let whole = |parts: Vec<String>| Some(parts.join("  ")).filter(|line| width(line) <= room);
    let sizes = [12, 8].into_iter();
    if let Some(line) = sizes.clone().find_map(|cells| whole(each(cells))) {
        return line;
    }
    let parts = each(sizes.last().unwrap_or(8));
    let line = |shown: usize| {
        let more = format!("{} more", count((parts.len() - shown) as u64));
        let shown = parts.iter().take(shown).cloned();
        shown.chain([more]).collect::<Vec<_>>().join("  ")
    };
    let fits = (0..parts.len()).rev().map(line);
    let mut fits = fits.filter(|line| width(line) <= room);
    fits.next().unwrap_or_default()
}

fn words(number: usize) -> &'static str {
    match number {
        2 => "two",
        _ => "three",
    }
}
