//! The tasks by owner, and the cut list below them.

use ratatui::layout::{Position, Rect};

use super::grid::{Column, Grid, Spot};
use super::panes::Focus;
use super::state::State;
use super::words::{carried, gives, sign, waits};
use crate::report::safe_text::width;
use crate::report::words::{count, of, plural};
use crate::tui::glyphs::{Glyphs, UNICODE};
use crate::tui::screens::called::{number, short_name};
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::{fit, safe, wrap};
use crate::tui::widgets::window;
use crate::tui::widgets::wording::{Theirs, Wording};
use crate::week::task::Task;

/// The narrowest column that says anything.
const NARROWEST: u16 = 19;

/// Rows above the tasks: the rule, the owners.
const TITLES: u16 = 2;

/// Which columns are in view, and how wide each is.
struct Window {
    first: usize,
    shown: usize,
    wide: u16,
}

impl Window {
    fn of(wide: u16, columns: usize, home: usize) -> Self {
        let fit = usize::from(wide / NARROWEST).max(1);
        let shown = fit.min(columns.max(1));
        let most = columns.saturating_sub(shown);
        let first = home
            .min(columns.saturating_sub(1))
            .saturating_sub(shown / 2);
        Self {
            first: first.min(most),
            shown,
            wide: wide / u16::try_from(shown).unwrap_or(1),
        }
    }

    /// Columns in view, with their left edges.
    fn columns(&self, x: u16) -> impl Iterator<Item = (usize, u16)> + use<> {
        let (first, wide) = (self.first, self.wide);
        (0..self.shown).map(move |at| {
            let right = u16::try_from(at).unwrap_or(u16::MAX).saturating_mul(wide);
            (first + at, x.saturating_add(right))
        })
    }
}

/// A task as it is drawn: its place among its owner's, the row, the lines.
struct Row {
    at: usize,
    y: u16,
    lines: Vec<Line>,
}

/// A line of a task: its words stand behind the number, what is said beside them below it.
struct Line {
    text: String,
    ink: Ink,
    words: bool,
}

/// How many columns the parts of a task take.
#[derive(Clone, Copy)]
struct Measure {
    /// Before the words.
    indent: u16,
    /// The words.
    words: u16,
    /// Before what is said beside them.
    beside: u16,
    /// That.
    rest: u16,
}

impl Measure {
    fn of(seen: &Seen<'_>, tasks: &[&Task], wide: u16) -> Self {
        let numbers = tasks.iter().map(|task| width(&number(seen, task)));
        let widest = u16::try_from(numbers.max().unwrap_or(0)).unwrap_or(4);
        let indent = widest.clamp(4, 8) + 4;
        let beside = if wide >= 25 { 5 } else { 3 };
        Self {
            indent,
            words: wide.saturating_sub(indent + 1),
            beside,
            rest: wide.saturating_sub(beside + 1),
        }
    }
}

/// What is said of a task, the words first. What is done needs no more than them.
fn lines(seen: &Seen<'_>, task: &Task, measure: Measure, glyphs: &Glyphs) -> Vec<Line> {
    let ink = if task.is_done() { Ink::Dim } else { Ink::Plain };
    let words = wrap(
        &safe(&task.text),
        usize::from(measure.words),
        2,
        glyphs.more,
    );
    let mut lines: Vec<Line> = words
        .into_iter()
        .map(|text| Line {
            text,
            ink,
            words: true,
        })
        .collect();
    if lines.is_empty() {
        lines.push(Line {
            text: String::new(),
            ink,
            words: true,
        });
    }
    if task.is_done() {
        return lines;
    }
    let rest = usize::from(measure.rest);
    let says = |it: &dyn Wording| it.within(rest, glyphs).into_owned();
    let after = |sign: &str, it: &dyn Wording| {
        let said = it.within(rest.saturating_sub(2), glyphs);
        format!("{sign} {said}")
    };
    let note = Some(task.note.as_str()).filter(|note| !note.is_empty());
    let beside = [
        note.map(|note| says(&Theirs(note))),
        gives(seen, task).map(|gives| after(glyphs.arrow, &Theirs(gives))),
        waits(seen, task, glyphs).map(|waits| after(glyphs.back, &waits)),
        carried(task).map(|carried| says(&carried)),
    ];
    lines.extend(beside.into_iter().flatten().map(|text| Line {
        text,
        ink: Ink::Dim,
        words: false,
    }));
    lines
}

/// Places the tasks of a column in rows from `y` on: with all that is said of them where there is
/// room, else the selected one alone, else a part of the list. Returns how many are not in view.
fn arrange(
    seen: &Seen<'_>,
    tasks: &[&Task],
    selected: Option<usize>,
    (y, height): (u16, u16),
    measure: Measure,
    glyphs: &Glyphs,
) -> (Vec<Row>, usize) {
    let height = usize::from(height);
    if height == 0 {
        return (Vec::new(), tasks.len());
    }
    let all = tasks.iter().map(|task| lines(seen, task, measure, glyphs));
    let mut all: Vec<Vec<Line>> = all.collect();
    let rows = |all: &[Vec<Line>]| all.iter().map(Vec::len).sum::<usize>();
    if rows(&all) > height {
        let extra = selected.and_then(|at| all.get(at)).map_or(0, Vec::len);
        let open = tasks.len() + extra.saturating_sub(1) <= height;
        for (at, (lines, task)) in all.iter_mut().zip(tasks).enumerate() {
            if !open || Some(at) != selected {
                lines.truncate(1);
                if let Some(line) = lines.first_mut() {
                    line.text = fit(&task.text, usize::from(measure.words), glyphs.more);
                }
            }
        }
    }
    let (first, shown) = match rows(&all) > height {
        true => {
            // The last row says how many more there are, if it is not the only one.
            let room = (height - 1).max(1);
            let first = window::offset(0, selected.unwrap_or(0), tasks.len(), room);
            (first, room)
        }
        false => (0, tasks.len()),
    };
    let mut y = y;
    let mut placed = Vec::new();
    for (at, lines) in all.into_iter().enumerate().skip(first).take(shown) {
        let next = y.saturating_add(u16::try_from(lines.len()).unwrap_or(1));
        placed.push(Row { at, y, lines });
        y = next;
    }
    (placed, tasks.len() - shown.min(tasks.len()))
}

/// Rows of the longest column, all said.
pub(super) fn wants(grid: &Grid<'_>, seen: &Seen<'_>, wide: u16) -> usize {
    let window = Window::of(wide, grid.columns.len(), 0);
    let rows = |column: &Column<'_>| {
        let measure = Measure::of(seen, &column.tasks, window.wide);
        let tasks = column.tasks.iter();
        let lines = tasks.map(|task| lines(seen, task, measure, &UNICODE).len());
        lines.sum()
    };
    grid.columns.iter().map(rows).max().unwrap_or(0)
}

/// Where the tasks are in their pane: the first row, and how many.
fn middle(area: Rect) -> (u16, u16) {
    let rows = area.height.saturating_sub(TITLES + 1);
    (area.y.saturating_add(TITLES), rows)
}

/// The task at a cell, or the column that is there.
pub(super) fn spot_at(state: &State, seen: &Seen<'_>, area: Rect, at: Position) -> Option<Spot> {
    // Signs of both sets are as wide.
    let glyphs = &UNICODE;
    let grid = Grid::of(seen);
    if at.y + 1 == area.bottom() && area.height > TITLES {
        let cells = cut_cells(&grid, area, state.spot, glyphs);
        let hit = cells.into_iter().find(|(_, x, text)| {
            let end = x.saturating_add(u16::try_from(width(text)).unwrap_or(0));
            (*x..end).contains(&at.x)
        });
        return hit.map(|(row, ..)| Spot {
            column: grid.columns.len(),
            row,
        });
    }
    let window = Window::of(area.width, grid.columns.len(), state.home);
    let mut columns = window.columns(area.x);
    let (column, _) = columns.find(|(_, x)| (*x..x + window.wide).contains(&at.x))?;
    let tasks = grid.list(column);
    let selected = (state.spot.column == column).then_some(state.spot.row);
    let measure = Measure::of(seen, tasks, window.wide);
    let (rows, _) = arrange(seen, tasks, selected, middle(area), measure, glyphs);
    let row = rows
        .iter()
        .rfind(|row| row.y <= at.y)
        .map_or(0, |row| row.at);
    Some(Spot { column, row })
}

/// Draws the pane.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let grid = Grid::of(seen);
    let focused = state.focus == Focus::Tasks;
    let window = Window::of(area.width, grid.columns.len(), state.home);
    let tasks = "Tasks".to_owned();
    let left = match grid.columns.len() > window.shown {
        true => {
            let last = window.first + window.shown;
            let all = count(grid.columns.len() as u64);
            vec![format!("Tasks {}-{last} of {all}", window.first + 1), tasks]
        }
        false => vec![tasks],
    };
    canvas.rule(area, area.y, focused, &left, &title(&grid, seen));
    let glyphs = canvas.glyphs();
    if seen.overview.is_none() {
        let room = area.width.saturating_sub(2);
        canvas.text(area.x + 1, area.y + 1, room, "Reading the index", Ink::Dim);
        return;
    }
    for (at, x) in window.columns(area.x) {
        let Some(column) = grid.columns.get(at) else {
            continue;
        };
        let place = Rect {
            x,
            width: window.wide,
            ..area
        };
        let selected = (focused && state.spot.column == at).then_some(state.spot.row);
        draw_column(canvas, place, column, selected, seen, glyphs);
    }
    if area.height > TITLES {
        draw_cut(canvas, area, &grid, state, glyphs);
    }
}

/// `9 in, 1 of them carried from hack 5`, and shorter.
fn title(grid: &Grid<'_>, seen: &Seen<'_>) -> Vec<String> {
    let mut tasks = grid.columns.iter().flat_map(|column| &column.tasks);
    let done = tasks.clone().filter(|task| task.is_done()).count();
    let carried = tasks.clone().filter(|task| task.times_carried() > 0);
    let text = match (grid.count(), done) {
        (0, _) => return vec!["none yet".to_owned()],
        (all, 0) => format!("{} in", count(all as u64)),
        (all, done) => format!("{} done", of(done, all)),
    };
    let carried = carried.count();
    if carried == 0 {
        return vec![text];
    }
    let from = tasks.find_map(|task| task.carried.last());
    let number = from.and_then(|week| seen.board().week(*week).record().number);
    let from = match (number, from) {
        (Some(number), _) => format!("hack {number}"),
        (None, Some(week)) => week.to_string(),
        (None, None) => "before".to_owned(),
    };
    let carried = count(carried as u64);
    vec![
        format!("{text}, {carried} of them carried from {from}"),
        format!("{text}, {carried} carried"),
        text,
    ]
}

fn draw_column(
    canvas: &mut Canvas<'_>,
    area: Rect,
    column: &Column<'_>,
    selected: Option<usize>,
    seen: &Seen<'_>,
    glyphs: &'static Glyphs,
) {
    let end = area.right().saturating_sub(1);
    if area.height < TITLES {
        return;
    }
    let y = area.y + 1;
    let limit = seen.rules.tasks_each;
    let tasks = column.tasks.len();
    let (how_many, ink) = match column.owner {
        Some(_) if tasks > limit => (of(tasks, limit), Ink::Warn),
        Some(_) => (of(tasks, limit), Ink::Dim),
        None => (plural(tasks as u64, "task", "tasks"), Ink::Dim),
    };
    let wide = u16::try_from(width(&how_many)).unwrap_or(0);
    let room = area.width.saturating_sub(wide + 3);
    let who = match column.owner {
        Some(owner) => short_name(seen.board(), owner, room, glyphs.more),
        None => "Nobody".to_owned(),
    };
    let strong = if column.owner.is_some() {
        Ink::Strong
    } else {
        Ink::Dim
    };
    canvas.text(area.x + 1, y, room, &who, strong);
    canvas.right(end, y, wide, &how_many, ink);
    let (top, height) = middle(area);
    let measure = Measure::of(seen, &column.tasks, area.width);
    if column.tasks.is_empty() && height > 0 {
        let (cursor, text) = match selected {
            Some(_) => (glyphs.cursor, "a adds a task"),
            None => (" ", "nothing yet"),
        };
        canvas.text(area.x, top, 1, cursor, Ink::Strong);
        let room = area.width.saturating_sub(2);
        canvas.text(area.x + 1, top, room, text, Ink::Dim);
        return;
    }
    let place = (top, height);
    let (rows, hidden) = arrange(seen, &column.tasks, selected, place, measure, glyphs);
    for row in &rows {
        let Some(task) = column.tasks.get(row.at) else {
            continue;
        };
        let ink = match () {
            () if task.is_done() => Ink::Good,
            () if task.times_carried() > 0 => Ink::Warn,
            () => Ink::Plain,
        };
        canvas.text(area.x + 1, row.y, 1, sign(task, glyphs), ink);
        let plain = if task.is_done() { Ink::Dim } else { Ink::Plain };
        let wide = measure.indent - 4;
        canvas.text(area.x + 3, row.y, wide, &number(seen, task), plain);
        for (line, y) in row.lines.iter().zip(row.y..) {
            let (indent, cells) = match line.words {
                true => (measure.indent, measure.words),
                false => (measure.beside, measure.rest),
            };
            canvas.text(area.x + indent, y, cells, &line.text, line.ink);
        }
        if selected == Some(row.at) {
            canvas.text(area.x, row.y, 1, glyphs.cursor, Ink::Strong);
            let inner = Rect {
                x: area.x + 1,
                y: row.y,
                width: area.width.saturating_sub(2),
                height: 1,
            };
            canvas.lay(inner, canvas.look.selected());
        }
    }
    if hidden > 0 && height > 1 {
        let text = format!("{} more", count(hidden as u64));
        canvas.text(area.x + 3, top + height - 1, measure.rest, &text, Ink::Dim);
    }
}

fn cut_label(area: Rect) -> &'static str {
    match area.width {
        0..70 => "Cut",
        _ => "Cut if the hour runs out",
    }
}

/// The tasks of the cut list that are in view, with their columns. The selected one is.
fn cut_cells(
    grid: &Grid<'_>,
    area: Rect,
    spot: Spot,
    glyphs: &Glyphs,
) -> Vec<(usize, u16, String)> {
    let start = area.x + u16::try_from(width(cut_label(area))).unwrap_or(0) + 4;
    let end = area.right().saturating_sub(1);
    let selected = if grid.is_cut(spot) { spot.row } else { 0 };
    let from = |first: usize| {
        let mut x = start;
        let mut cells = Vec::new();
        for (at, task) in grid.cut.iter().enumerate().skip(first) {
            let room = end.saturating_sub(x);
            if room < 4 && at > first {
                break;
            }
            let text = fit(&task.text, usize::from(room.min(40)), glyphs.more);
            let wide = u16::try_from(width(&text)).unwrap_or(0);
            cells.push((at, x, text));
            x = x.saturating_add(wide + 3);
        }
        cells
    };
    let holds = |cells: &[(usize, u16, String)]| cells.iter().any(|(at, ..)| *at == selected);
    let first = (0..=selected).find(|first| holds(&from(*first)));
    from(first.unwrap_or(selected))
}

fn draw_cut(
    canvas: &mut Canvas<'_>,
    area: Rect,
    grid: &Grid<'_>,
    state: &State,
    glyphs: &'static Glyphs,
) {
    let y = area.bottom() - 1;
    let end = area.right().saturating_sub(1);
    let label = cut_label(area);
    let x = canvas.text(area.x + 1, y, area.width, label, Ink::Dim);
    if grid.cut.is_empty() {
        canvas.text(x + 3, y, end.saturating_sub(x + 3), "nothing", Ink::Dim);
        return;
    }
    let focused = state.focus == Focus::Tasks && grid.is_cut(state.spot);
    for (nth, (at, x, text)) in cut_cells(grid, area, state.spot, glyphs)
        .into_iter()
        .enumerate()
    {
        if nth > 0 {
            canvas.text(x - 2, y, 1, glyphs.dot, Ink::Dim);
        }
        let after = canvas.text(x, y, end.saturating_sub(x), &text, Ink::Plain);
        if focused && state.spot.row == at {
            canvas.text(x - 1, y, 1, glyphs.cursor, Ink::Strong);
            let inner = Rect {
                x,
                y,
                width: after.saturating_sub(x),
                height: 1,
            };
            canvas.lay(inner, canvas.look.selected());
        }
    }
}
