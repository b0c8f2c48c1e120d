//! The rows below a screen: what happened last, and the keys.

use crate::report::safe_text::width;
use crate::report::words::{count, of, plural};
use crate::tui::actions::{Action, Do, Row, rows};
use crate::tui::key::{Key, Keys};
use crate::tui::layout::Frame;
use crate::tui::model::{Model, Overlay};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::{fit, fit_end};

/// Draws them, and returns where the cursor is, if a line is typed there.
pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, frame: &Frame) -> Option<(u16, u16)> {
    let cursor = status(canvas, model, frame.status);
    keys(canvas, model, frame);
    cursor
}

fn status(canvas: &mut Canvas<'_>, model: &Model, y: u16) -> Option<(u16, u16)> {
    let area = canvas.area();
    let (x, room) = (area.x + 1, area.width.saturating_sub(2));
    let more = canvas.glyphs().more;
    match &model.overlay {
        Some(Overlay::Search { input, .. }) => return Some(typed(canvas, y, "/", input)),
        Some(Overlay::Export { input, .. }) => return Some(typed(canvas, y, "write to ", input)),
        _ => {}
    }
    if let Some(notice) = &model.notice {
        let ink = if notice.bad { Ink::Warn } else { Ink::Plain };
        canvas.text(x, y, room, &fit(&notice.text, usize::from(room), more), ink);
        return None;
    }
    if model.wanted != model.week {
        let text = format!("reading {}", model.wanted);
        canvas.text(x, y, room, &text, Ink::Dim);
        return None;
    }
    if let Some(running) = &model.scan.running {
        let turn = canvas.glyphs().spinner;
        let sign = turn[running.beats % turn.len()];
        let x = canvas.text(x, y, 1, sign, Ink::Accent) + 1;
        let far = match running.total {
            0 => "looking for what is new".to_owned(),
            total => {
                let (done, total) = (running.done.min(total), total);
                let far = of(to_usize(done), to_usize(total));
                format!("reading {}  {far} commits", running.repository)
            }
        };
        canvas.text(
            x,
            y,
            room.saturating_sub(2),
            &fit(&far, usize::from(room), more),
            Ink::Dim,
        );
        return None;
    }
    let text = known(model, canvas.glyphs().dot);
    canvas.text(x, y, room, &fit(&text, usize::from(room), more), Ink::Dim);
    None
}

fn to_usize(figure: u64) -> usize {
    usize::try_from(figure).unwrap_or(usize::MAX)
}

/// `pay 3,310 commits · web 812 commits · 2 repos up to date`.
fn known(model: &Model, dot: &str) -> String {
    let Some(overview) = &model.overview else {
        return String::new();
    };
    let repositories = &overview.report.repositories;
    let mut parts: Vec<String> = repositories
        .iter()
        .take(4)
        .map(|repository| {
            let commits = plural(repository.commits, "commit", "commits");
            format!("{} {commits}", repository.name)
        })
        .collect();
    if repositories.len() > 4 {
        parts.push(format!("{} more", repositories.len() - 4));
    }
    let skipped: usize = repositories
        .iter()
        .map(|repository| repository.skipped.len())
        .sum();
    if skipped > 0 {
        parts.push(format!(
            "{} left out",
            plural(skipped as u64, "file", "files")
        ));
    }
    if model.scan.done_at.is_some() {
        parts.push(match repositories.len() {
            1 => "up to date".to_owned(),
            many => format!("{} repos up to date", count(many as u64)),
        });
    }
    parts.join(&format!(" {dot} "))
}

fn typed(canvas: &mut Canvas<'_>, y: u16, before: &str, input: &tui_input::Input) -> (u16, u16) {
    let area = canvas.area();
    let x = canvas.text(area.x + 1, y, area.width, before, Ink::Accent);
    line(
        canvas,
        x,
        y,
        area.right().saturating_sub(1).saturating_sub(x),
        input,
    )
}

/// Draws a line that is typed so that its cursor is in view, and returns the cursor's place.
pub(super) fn line(
    canvas: &mut Canvas<'_>,
    x: u16,
    y: u16,
    room: u16,
    input: &tui_input::Input,
) -> (u16, u16) {
    let at = input.value().char_indices().nth(input.cursor());
    let at = at.map_or(input.value().len(), |(at, _)| at);
    let (before, after) = input.value().split_at(at);
    let most = usize::from(room.saturating_sub(1));
    let before = fit_end(before, most, canvas.glyphs().more);
    let cursor = canvas.text(x, y, room, &before, Ink::Plain);
    let left = room.saturating_sub(cursor - x);
    let after = fit(after, usize::from(left), canvas.glyphs().more);
    canvas.text(cursor, y, left, &after, Ink::Plain);
    (cursor.min(x + room.saturating_sub(1)), y)
}

fn keys(canvas: &mut Canvas<'_>, model: &Model, frame: &Frame) {
    let area = canvas.area();
    let y = frame.keys;
    let room = usize::from(area.width.saturating_sub(2));
    let (hints, last) = match (&model.overlay, model.begun.as_slice()) {
        (Some(Overlay::Search { .. }), _) => (
            vec![("enter".to_owned(), "keep".to_owned())],
            ("esc".to_owned(), "as before".to_owned()),
        ),
        (Some(Overlay::Export { .. }), _) => (
            vec![("enter".to_owned(), "write".to_owned())],
            ("esc".to_owned(), "leave".to_owned()),
        ),
        (_, []) => (usual(model), help(model)),
        (_, begun) => (
            begun_hints(model, begun),
            ("esc".to_owned(), "leave".to_owned()),
        ),
    };
    // Cut from the right, and the last one always kept.
    let wide = |(key, word): &(String, String)| width(key) + 1 + width(word);
    let mut left = room.saturating_sub(wide(&last));
    let mut x = area.x + 1;
    for hint in hints {
        let Some(rest) = left.checked_sub(wide(&hint) + 2) else {
            break;
        };
        left = rest;
        x = draw_hint(canvas, x, y, &hint) + 2;
    }
    draw_hint(canvas, x, y, &last);
}

fn draw_hint(canvas: &mut Canvas<'_>, x: u16, y: u16, (key, word): &(String, String)) -> u16 {
    let end = canvas.area().right();
    let x = canvas.text(x, y, end.saturating_sub(x), key, Ink::Accent);
    canvas.text(x + 1, y, end.saturating_sub(x + 1), word, Ink::Dim)
}

fn help(model: &Model) -> (String, String) {
    (
        model.keymap.key_of(Action::Frame(Do::Help)),
        "keys".to_owned(),
    )
}

/// The keys of the screen, one for each menu.
fn usual(model: &Model) -> Vec<(String, String)> {
    let own = |row: &&Row| match row.action {
        Action::Frame(_) => false,
        Action::Debt(_) => true,
    };
    let mut hints: Vec<(String, String)> = Vec::new();
    for row in rows().filter(own).filter(|row| !row.foot.is_empty()) {
        let Some(Keys(keys)) = model.keymap.keys_of(row.action).first() else {
            continue;
        };
        let hint = match (row.menu(), keys.first()) {
            (Some((menu, _)), Some(first)) => (first.to_string(), menu.to_owned()),
            _ => (model.keymap.key_of(row.action), row.foot.to_owned()),
        };
        if !hints.contains(&hint) {
            hints.push(hint);
        }
    }
    hints
}

/// What can follow the keys that were begun.
fn begun_hints(model: &Model, begun: &[Key]) -> Vec<(String, String)> {
    let after = model.keymap.after(model.screen, begun);
    let hint = |(keys, row): (Keys, &'static Row)| {
        let word = row.menu().map_or(row.says, |(_, word)| word);
        (keys.to_string(), word.to_owned())
    };
    after.into_iter().map(hint).collect()
}
