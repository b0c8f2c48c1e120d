//! Keys that are changed, in a box over the dimmed screen.

use ratatui::layout::Rect;

use crate::report::safe_text::width;
use crate::tui::key::Keys;
use crate::tui::model::Model;
use crate::tui::rekey::{Rekey, Way};
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::wrap;
use crate::tui::widgets::window;
use crate::tui::widgets::wording::Mixed;

/// The widest box.
const WIDEST: u16 = 72;

/// Draws it.
pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model, rekey: &Rekey) {
    let area = canvas.area();
    let ways = rekey.ways();
    let rows = u16::try_from(ways.len()).unwrap_or(u16::MAX);
    let wide = area.width.min(WIDEST);
    let height = rows.saturating_add(9).min(area.height);
    let panel = Rect {
        x: area.x + (area.width - wide) / 2,
        y: area.y + (area.height - height) / 2,
        width: wide,
        height,
    };
    let inner = canvas.panel(panel, "Change a key");
    if inner.height < 4 || inner.width < 20 {
        return;
    }
    let more = canvas.glyphs().more;
    let name = rekey.row.name;
    let name_wide = u16::try_from(width(name)).unwrap_or(0);
    let says = match rekey.row.action.screen() {
        Some(screen) => format!("{}: {}", screen.name(), rekey.row.says),
        None => rekey.row.says.to_owned(),
    };
    let room = inner.width.saturating_sub(name_wide + 2);
    canvas.text(inner.x, inner.y, room, &Mixed(&says), Ink::Strong);
    canvas.right(inner.right(), inner.y, name_wide, name, Ink::Dim);
    // Blank, ways, blank, two lines of what is wrong or happens, keys.
    let room = inner.height.saturating_sub(6);
    let first = window::offset(0, rekey.at, ways.len(), usize::from(room));
    let shown = ways.iter().enumerate().skip(first);
    for ((number, way), y) in shown.zip(inner.y + 2..(inner.y + 2).saturating_add(room)) {
        draw_way(canvas, inner, y, rekey, *way, number == rekey.at);
    }
    let bottom = inner.bottom() - 1;
    let (text, ink) = match (&rekey.problem, rekey.then()) {
        (Some(problem), _) => (problem.clone(), Ink::Warn),
        (None, Some(then)) if then.is_empty() => (
            format!("then it has no key; {} still finds it", palette(model)),
            Ink::Plain,
        ),
        (None, Some(then)) => (format!("then it has {}", shown_keys(&then)), Ink::Plain),
        (None, None) => (
            "press the new key, or up to three in a row".to_owned(),
            Ink::Dim,
        ),
    };
    let lines = wrap(&text, usize::from(inner.width), 2, more);
    let top = bottom.saturating_sub(3).max(inner.y + 1);
    for (line, y) in lines.iter().zip(top..bottom) {
        canvas.text(inner.x, y, inner.width, line, ink);
    }
    let enter = match (rekey.then().is_some(), &rekey.problem) {
        (true, None) => "enter write it  ",
        _ => "",
    };
    let back = if rekey.pressed.is_empty() {
        ""
    } else {
        "backspace less  "
    };
    let keys = format!("{enter}tab other way  {back}esc leave");
    canvas.text(inner.x, bottom, inner.width, &keys, Ink::Dim);
}

fn draw_way(canvas: &mut Canvas<'_>, inner: Rect, y: u16, rekey: &Rekey, way: Way, chosen: bool) {
    let glyphs = canvas.glyphs();
    let sign = if chosen { glyphs.cursor } else { " " };
    canvas.text(inner.x, y, 1, sign, Ink::Strong);
    let label = match way {
        Way::Replace(at) => {
            let keys = rekey.now.get(at).map(Keys::to_string).unwrap_or_default();
            format!("in place of {keys}")
        }
        Way::Add if rekey.now.is_empty() => "a key".to_owned(),
        Way::Add => "one more".to_owned(),
        Way::None => "no key".to_owned(),
        Way::Default => {
            let keys: Vec<String> = rekey.row.keys.iter().map(|key| (*key).to_owned()).collect();
            format!("as it was made: {}", shown_keys(&keys))
        }
    };
    let ink = if chosen { Ink::Plain } else { Ink::Dim };
    let x = canvas.text(inner.x + 2, y, inner.width.saturating_sub(2), &label, ink);
    if chosen && !rekey.pressed.is_empty() && !matches!(way, Way::None | Way::Default) {
        let pressed = Keys(rekey.pressed.clone()).to_string();
        let x = x.max(inner.x + 24) + 1;
        let room = inner.right().saturating_sub(x);
        canvas.text(x, y, room, &pressed, Ink::Accent);
    }
}

/// Keys as the rest of the screens show them.
fn shown_keys(keys: &[String]) -> String {
    let shown: Vec<String> = keys
        .iter()
        .map(|keys| {
            keys.parse::<Keys>()
                .map_or_else(|_| keys.clone(), |keys| keys.to_string())
        })
        .collect();
    match shown.is_empty() {
        true => "none".to_owned(),
        false => shown.join(" "),
    }
}

fn palette(model: &Model) -> String {
    use crate::tui::actions::{Action, Do};
    let lead = |act: Do| model.keymap.key_of(Action::Frame(act));
    match lead(Do::Palette) {
        key if key.is_empty() => lead(Do::Help),
        key => key,
    }
}
