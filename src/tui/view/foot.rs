//! The rows below a screen: what happened last, and the keys.

use crate::report::safe_text::width;
use crate::report::words::{count, of, plural};
use crate::tui::actions::{Action, Do, Row};
use crate::tui::form::{Field, Form};
use crate::tui::glyphs::Glyphs;
use crate::tui::key::{Key, Keys};
use crate::tui::layout::Frame;
use crate::tui::model::{Model, Overlay};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::{between_words, fit, fit_end, safe};
use crate::tui::widgets::wording::Mixed;

/// Draws them, and returns where the cursor is, if a line is typed there.
pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, frame: &Frame) -> Option<(u16, u16)> {
    let cursor = status(canvas, model, frame.status);
    keys(canvas, model, frame);
    cursor
}

fn status(canvas: &mut Canvas<'_>, model: &Model, y: u16) -> Option<(u16, u16)> {
    let area = canvas.area();
    let (x, room) = (area.x + 1, area.width.saturating_sub(2));
    match &model.overlay {
        Some(Overlay::Search(input)) => return Some(typed(canvas, y, "/", input)),
        Some(Overlay::Form(form)) if form.fields.len() == 1 => {
            return form
                .fields
                .first()
                .map(|field| line_form(canvas, y, form, field));
        }
        Some(Overlay::Export { input, .. }) => return Some(typed(canvas, y, "write to ", input)),
        _ => {}
    }
    if let Some(notice) = &model.notice {
        let ink = if notice.bad { Ink::Warn } else { Ink::Plain };
        let mut left = room;
        if notice.undoable {
            let undo = format!("{} undo", model.keymap.key_of(Action::Frame(Do::Undo)));
            let wide = u16::try_from(width(&undo)).unwrap_or(0);
            if wide + 12 < room {
                canvas.right(x + room, y, wide, &undo, Ink::Dim);
                left = room - wide - 2;
            }
        }
        canvas.text(x, y, left, &Mixed(&notice.text), ink);
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
            0 => vec!["looking for what is new".to_owned()],
            total => {
                let (done, total) = (running.done.min(total), total);
                let far = of(to_usize(done), to_usize(total));
                let name = safe(&running.repository);
                vec![
                    format!("reading {name}  {far} commits"),
                    format!("reading {far} commits"),
                ]
            }
        };
        canvas.text(x, y, room.saturating_sub(2), &far, Ink::Dim);
        return None;
    }
    let idle = model.pages.page(model.screen).idle(&model.sees());
    let text = idle.unwrap_or_else(|| vec![known(model, canvas.glyphs())]);
    let text: Vec<String> = text.iter().map(|text| safe(text)).collect();
    canvas.text(x, y, room, &text, Ink::Dim);
    None
}

fn to_usize(figure: u64) -> usize {
    usize::try_from(figure).unwrap_or(usize::MAX)
}

/// `pay 3,310 commits · web 812 commits · 2 repos up to date`.
fn known(model: &Model, glyphs: &Glyphs) -> String {
    let Some(overview) = &model.overview else {
        return String::new();
    };
    let repositories = &overview.report.repositories;
    let mut parts: Vec<String> = repositories
        .iter()
        .take(4)
        .map(|repository| {
            let commits = plural(repository.commits, "commit", "commits");
            let name = fit(&repository.name, 24, glyphs.more);
            format!("{name} {commits}")
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
    parts.join(&format!(" {} ", glyphs.dot))
}

/// A form of one line: what it asks for, what is typed, and on the right what is wrong or would fit.
fn line_form(canvas: &mut Canvas<'_>, y: u16, form: &Form, field: &Field) -> (u16, u16) {
    let area = canvas.area();
    let end = area.right().saturating_sub(1);
    // At least a third of the row is for what is typed.
    let most = area.width * 2 / 3;
    let title = Mixed(&form.title);
    let x = canvas.text(area.x + 1, y, most, &title, Ink::Accent);
    let x = canvas.text(x, y, 2, ": ", Ink::Accent);
    let (beside, ink) = match &form.problem {
        Some(problem) => (problem.text.as_str(), Ink::Warn),
        None => (field.hint.as_str(), Ink::Dim),
    };
    let room = end.saturating_sub(x);
    let typed = u16::try_from(width(field.input.value())).unwrap_or(u16::MAX);
    let most = room.saturating_sub(typed.min(room / 2).saturating_add(3));
    let beside = between_words(beside, usize::from(most), canvas.glyphs().more);
    let wide = u16::try_from(width(&beside)).unwrap_or(0);
    canvas.right(end, y, most, &beside, ink);
    let gap = if wide > 0 { wide + 2 } else { 0 };
    line(canvas, x, y, room.saturating_sub(gap), &field.input)
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
        (Some(Overlay::Form(form)), _) => {
            (form_hints(form), ("esc".to_owned(), "leave".to_owned()))
        }
        (Some(Overlay::Search(_)), _) => (
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

fn form_hints(form: &Form) -> Vec<(String, String)> {
    let mut hints = vec![("enter", "write")];
    if form.fields.len() > 1 {
        hints.push(("tab", "next"));
    }
    if form
        .fields
        .get(form.at)
        .is_some_and(|field| !field.choices.is_empty())
    {
        hints.push(("down", "choose"));
    }
    let owned = |(key, word): (&str, &str)| (key.to_owned(), word.to_owned());
    hints.into_iter().map(owned).collect()
}

/// The keys of the screen, one for each menu; two rows that belong together as one.
fn usual(model: &Model) -> Vec<(String, String)> {
    let own: Vec<&Row> = model.screen.rows().iter().collect();
    let mut hints: Vec<(String, String)> = Vec::new();
    for (at, row) in own
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.foot.is_empty())
    {
        let Some(Keys(keys)) = model.keymap.keys_of(row.action).first() else {
            continue;
        };
        let key = model.keymap.key_of(row.action);
        let other = own.get(at + 1).filter(|_| row.both.is_some());
        let other = other.map(|other| model.keymap.key_of(other.action));
        let hint = match (row.menu(), keys.first(), other) {
            (Some((menu, _)), Some(first), _) => (first.to_string(), menu.to_owned()),
            // Signs beside a stroke would be hard to tell apart.
            (_, _, Some(other)) if other.starts_with(char::is_alphanumeric) => {
                (format!("{key}/{other}"), row.foot.to_owned())
            }
            _ => (key, row.foot.to_owned()),
        };
        if hints.contains(&hint) {
            continue;
        }
        // What can be filtered can be searched too.
        if hint.1 == "filter" {
            let search = model.keymap.key_of(Action::Frame(Do::Search));
            hints.push((search, "search".to_owned()));
        }
        hints.push(hint);
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
