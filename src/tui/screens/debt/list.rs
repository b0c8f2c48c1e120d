//! The list of items.

use ratatui::layout::Rect;

use super::choose::{Scope, Show, Sort, is_late};
use super::panes::Focus;
use super::state::State;
use super::words::{carried_in, file_line, owner};
use crate::report::debt::{Item, Source, Status};
use crate::report::words::{age, count, name, of, short};
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::{fit, fit_end, pad};
use crate::tui::widgets::wording::Theirs;
use crate::workspace::Overview;

/// Rows above the items: the rule, what is listed, the columns' names; fewer where there is no room.
fn titles(height: u16) -> u16 {
    match height {
        0 => 0,
        1..5 => 1,
        5..8 => 2,
        _ => 3,
    }
}

/// How many items fit into a list of this size.
pub(super) fn rows(area: Rect, items: usize) -> usize {
    let room = usize::from(area.height.saturating_sub(titles(area.height)));
    // The last row says how many more there are.
    if items > room && room > 1 {
        room - 1
    } else {
        room
    }
}

/// Which row of items is at a row of the screen.
pub(super) fn row_at(area: Rect, items: usize, y: u16) -> Option<usize> {
    let row = y.checked_sub(area.y + titles(area.height))?;
    Some(usize::from(row)).filter(|row| *row < rows(area, items))
}

/// Where the columns begin, and how wide they are.
struct Columns {
    what: u16,
    place: u16,
    owner: u16,
    owed: u16,
}

const LEFT: u16 = 3;
const KIND: u16 = 6;

impl Columns {
    /// `mark` is the width of what says where an item stands.
    fn of(width: u16, mark: u16) -> Self {
        let owner = if width >= 44 {
            (width / 8).clamp(6, 14)
        } else {
            0
        };
        let owed = if width >= 76 { 7 } else { 0 };
        let place = if width >= 30 {
            (width / 4).clamp(9, 32)
        } else {
            0
        };
        let blanks = [owner, owed, place]
            .iter()
            .filter(|width| **width > 0)
            .count();
        let blanks = u16::try_from(blanks).unwrap_or_default();
        let fixed = LEFT + mark + KIND + place + owner + owed + blanks;
        Self {
            what: width.saturating_sub(fixed),
            place,
            owner,
            owed,
        }
    }
}

/// Draws the list.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, state: &State, seen: &Seen<'_>) {
    if area.height == 0 {
        return;
    }
    let focused = state.focus == Focus::List;
    canvas.rule(area, area.y, focused, "Debt", &title(state, seen));
    let Some(overview) = seen.overview else {
        canvas.text(
            area.x + 1,
            area.y + 2,
            area.width.saturating_sub(2),
            "Reading the index",
            Ink::Dim,
        );
        return;
    };
    let titles = titles(area.height);
    if titles >= 2 {
        let text = what_is_listed(canvas, state, overview);
        let room = area.width.saturating_sub(2);
        canvas.text(area.x + 1, area.y + 1, room, &text, Ink::Dim);
    }
    let mut listed = state.rows.iter().filter_map(|at| at.item(overview));
    let carries = listed.any(|item| item.carried_from.is_some());
    let mark = if carries || state.filter.show == Show::Any {
        2
    } else {
        0
    };
    let columns = Columns::of(area.width, mark);
    if state.rows.is_empty() {
        let (text, ink, hint) = empty(state, seen);
        let room = area.width.saturating_sub(LEFT);
        for (text, ink, y) in [
            (text, ink, area.y + titles),
            (&[hint], Ink::Dim, area.y + titles + 1),
        ] {
            if y < area.bottom() {
                canvas.text(area.x + LEFT, y, room, text, ink);
            }
        }
        return;
    }
    if titles == 3 {
        heads(canvas, area, &columns, mark, state);
    }
    let fit = rows(area, state.rows.len());
    let shown = state.rows.iter().skip(state.offset).take(fit);
    let chosen = state.chosen(overview);
    for ((index, at), y) in (state.offset..).zip(shown).zip(area.y + titles..) {
        if let Some(item) = at.item(overview) {
            let row = Rect {
                y,
                height: 1,
                ..area
            };
            draw_row(canvas, row, &columns, mark, item, overview, state);
            if chosen.contains(&index) {
                select(canvas, row, focused, index == state.selected);
            }
        }
    }
    let below = state.rows.len().saturating_sub(state.offset + fit);
    if state.rows.len() > fit && fit > 0 {
        let text = match below {
            0 => format!("{} above", count(state.offset as u64)),
            below => format!("{} more below", count(below as u64)),
        };
        canvas.text(
            area.x + LEFT,
            area.bottom() - 1,
            area.width.saturating_sub(LEFT),
            &text,
            Ink::Dim,
        );
    }
}

fn select(canvas: &mut Canvas<'_>, row: Rect, focused: bool, here: bool) {
    let glyphs = canvas.glyphs();
    let sign = if here { glyphs.cursor } else { glyphs.divider };
    canvas.text(row.x + 1, row.y, 1, sign, Ink::Strong);
    if focused {
        let inner = Rect {
            x: row.x + LEFT - 1,
            width: row.width.saturating_sub(LEFT - 1),
            ..row
        };
        let style = canvas.look.selected();
        canvas.lay(inner, style);
    }
}

/// `16 open of 21`.
fn title(state: &State, seen: &Seen<'_>) -> String {
    if seen.scanned().is_none() {
        return String::new();
    }
    if let Some(overview) = seen.overview.filter(|_| state.range.is_some()) {
        let chosen = state.chosen(overview).count();
        return format!("{} selected", of(chosen, state.rows.len()));
    }
    // The figures are of the week's own debt; what was carried into it is counted apart.
    let (shown, all) = (state.rows.len(), state.without_words);
    let carried = match state.carried {
        0 => String::new(),
        carried => format!(", {} carried in", count(carried as u64)),
    };
    let whole = count(state.whole as u64);
    let some = match state.filter.words.trim() {
        "" => count((shown - state.carried.min(shown)) as u64),
        _ => of(shown, all),
    };
    match state.filter.show {
        Show::Suspected => format!("{some} suspected, never counted"),
        _ if !state.filter.words.trim().is_empty() => format!("{some} {}", show_word(state)),
        Show::Any => format!("{some} in all{carried}"),
        _ => format!("{some} {} of {whole}{carried}", show_word(state)),
    }
}

fn show_word(state: &State) -> &'static str {
    match state.filter.show {
        Show::Open => "open",
        Show::Paid => "paid",
        Show::Late => "late",
        Show::Suspected => "suspected",
        Show::Any => "in all",
    }
}

/// `open · 2026-W47 · both repos · riskiest first`; where that is too long, without that it is all the
/// repositories, and then without the order.
fn what_is_listed(canvas: &Canvas<'_>, state: &State, overview: &Overview) -> [String; 3] {
    let glyphs = canvas.glyphs();
    let scope = match state.filter.scope {
        Scope::Week => overview.week.name().to_string(),
        Scope::All => "the whole history".to_owned(),
    };
    let carried = match state.filter.scope {
        Scope::Week => carried_in(overview).map(|(title, _)| title),
        Scope::All => None,
    };
    let (one, all) = match (&state.filter.repository, overview.report.repositories.len()) {
        (Some(name), _) => (Some(fit(name, 20, glyphs.more)), None),
        (None, 0 | 1) => (None, None),
        (None, 2) => (None, Some("both repos".to_owned())),
        (None, many) => (None, Some(format!("all {many} repos"))),
    };
    let sort = match state.sort {
        Sort::Risk => "riskiest first",
        Sort::Age => "oldest first",
        Sort::File => "by file",
        Sort::Owner => "by owner",
    };
    let words = Some(state.filter.words.trim()).filter(|words| !words.is_empty());
    let words = words.map(|words| format!("/{}", fit(words, 30, glyphs.more)));
    let sort = Some(sort.to_owned());
    let with = |all: Option<String>, sort: Option<String>| {
        let parts = [Some(show_word(state).to_owned()), Some(scope.clone())];
        let parts = parts.into_iter().chain([carried.clone(), one.clone(), all]);
        let parts: Vec<String> = parts.chain([sort, words.clone()]).flatten().collect();
        parts.join(&format!(" {} ", glyphs.dot))
    };
    [with(all, sort.clone()), with(None, sort), with(None, None)]
}

/// What stands where there is nothing to list, how it is meant, and what to do then.
fn empty(state: &State, seen: &Seen<'_>) -> (&'static [&'static str], Ink, &'static str) {
    if !state.filter.words.trim().is_empty() && state.without_words > 0 {
        let text = &["No item holds these words"];
        return (text, Ink::Plain, "esc clears them");
    }
    if seen.scanned().is_none() {
        return (&["Nothing is scanned yet"], Ink::Plain, "");
    }
    let paid = state.whole > 0;
    match (state.filter.show, state.filter.scope) {
        (Show::Open, _) if paid => {
            let text = &["Nothing is open: all is paid or decided", "Nothing is open"];
            (text, Ink::Good, "")
        }
        (Show::Open | Show::Any, Scope::Week) => (
            match seen.is_hacking() {
                true => &["The hack days have brought in no debt yet", "No debt yet"],
                false => &["The hack days brought in no debt", "No debt"],
            },
            Ink::Plain,
            "f h shows the whole history",
        ),
        (Show::Open | Show::Any, Scope::All) => (&["There is no debt here"], Ink::Good, ""),
        (Show::Paid, _) => (&["Nothing is paid yet"], Ink::Plain, ""),
        (Show::Late, _) => (&["Nothing is late"], Ink::Good, ""),
        (Show::Suspected, _) => (&["Nothing is suspected"], Ink::Plain, ""),
    }
}

fn heads(canvas: &mut Canvas<'_>, area: Rect, columns: &Columns, mark: u16, state: &State) {
    let owner: &[&str] = match state.filter.show {
        Show::Paid => &["Paid by", "By"],
        _ => &["Owner"],
    };
    let y = area.y + 2;
    let mut x = canvas.text(area.x + LEFT + mark, y, KIND, &pad("Kind", 6), Ink::Dim);
    for (name, width) in [
        (&["What"][..], columns.what),
        (&["Where"], columns.place),
        (owner, columns.owner),
    ] {
        if width > 0 {
            canvas.text(x, y, width, name, Ink::Dim);
            x += width + 1;
        }
    }
    if columns.owed > 0 {
        canvas.right(x + columns.owed, y, columns.owed, "Owed", Ink::Dim);
    }
}

fn draw_row(
    canvas: &mut Canvas<'_>,
    row: Rect,
    columns: &Columns,
    mark: u16,
    item: &Item,
    overview: &Overview,
    state: &State,
) {
    let more = canvas.glyphs().more;
    let late = is_late(overview, item);
    let (x, y) = (row.x + LEFT, row.y);
    if mark > 0 {
        let (sign, ink) = standing(canvas, item, late);
        canvas.text(x, y, 1, sign, ink);
    }
    let ink = match item.marker.as_str() {
        _ if late => Ink::Bad,
        "DONT" | "FIXME" => Ink::Warn,
        _ => Ink::Plain,
    };
    canvas.text(x + mark, y, KIND - 1, &Theirs(&item.marker), ink);
    let mut x = x + mark + KIND;
    if columns.what > 0 {
        let what = if item.text.trim().is_empty() {
            "(no words)"
        } else {
            item.text.trim()
        };
        canvas.text(x, y, columns.what, &Theirs(what), Ink::Plain);
        x += columns.what + 1;
    }
    if columns.place > 0 {
        let place = match (&item.path, item.source) {
            (Some(_), _) => vec![fit_end(&file_line(item), usize::from(columns.place), more)],
            (None, Source::CommitMessage) => vec![file_line(item), short(&item.introduced.commit)],
            (None, _) => vec![file_line(item)],
        };
        canvas.text(x, y, columns.place, &place, Ink::Plain);
        x += columns.place + 1;
    }
    if columns.owner > 0 {
        let who = match &item.paid {
            Some(paid) if state.filter.show == Show::Paid => name(&paid.author),
            _ => owner(&overview.board, item),
        };
        canvas.text(x, y, columns.owner, &Theirs(state.call(who)), Ink::Plain);
        x += columns.owner + 1;
    }
    if columns.owed > 0 {
        let until = item.paid.as_ref().map(|paid| paid.time);
        let owed = age(
            item.introduced.time,
            until.unwrap_or(overview.report.generated_at),
        );
        canvas.right(x + columns.owed, y, columns.owed, &owed, Ink::Dim);
    }
}

fn standing(canvas: &Canvas<'_>, item: &Item, late: bool) -> (&'static str, Ink) {
    let glyphs = canvas.glyphs();
    match item.status {
        // That it is late, too, says the deadline: every one that is open then is.
        Status::Open if item.carried_from.is_some() => {
            (glyphs.decided, if late { Ink::Bad } else { Ink::Warn })
        }
        Status::Open if late => (glyphs.missed, Ink::Bad),
        Status::Open => (" ", Ink::Plain),
        Status::Paid => (glyphs.done, Ink::Good),
        Status::PaidLate => (glyphs.done, Ink::Bad),
        Status::Accepted | Status::Carried | Status::Dismissed => (glyphs.decided, Ink::Dim),
    }
}
