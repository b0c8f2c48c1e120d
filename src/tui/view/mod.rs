//! The screens, drawn: `view(&Model, &mut Buffer)`, pure.
//!
//! ```text
//!  hackweek   pay · 2026-W47            scanned just now   Wed 18 Nov  13:05   title
//!  ✓ Mon plan + hack   ✓ Tue hack + demo   ▸ Wed review        Thu pay back    strip
//! ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╸──────────────────────    clock
//!  [3 Debt 16]                                                                 tabs
//! ━━ Debt ━━━━━━━━━━━ 16 open of 21 ━━ │ ── src/gateway.rs ─────── :42 ──      body, with panes
//!  pay 3,310 commits · 1 repo up to date                                       status (row 29)
//!  e editor  f filter  s sort  x export  ? keys                                keys (row 30)
//! ```

mod foot;
mod form;
pub(super) mod head;
pub mod picker;
mod rekey;

use ratatui::buffer::Buffer;

use super::layout::{self, Room};
use super::links::Link;
use super::model::Model;
use super::screens::debt;
use super::theme::Ink;
use super::widgets::canvas::Canvas;
use crate::report::safe_text::width;

/// What a frame has besides its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Where the cursor is, if a line is being typed.
    pub cursor: Option<(u16, u16)>,
    /// The cells that lead somewhere.
    pub links: Vec<Link>,
}

/// Draws the model on a buffer.
pub fn view(model: &Model, buffer: &mut Buffer) -> Drawn {
    let mut canvas = Canvas::new(buffer, model.look);
    let cursor = draw(&mut canvas, model);
    let mut links = std::mem::take(&mut canvas.links);
    // Below a box nothing is to be clicked.
    if model.overlay.is_some() {
        links.clear();
    }
    Drawn { cursor, links }
}

fn draw(canvas: &mut Canvas<'_>, model: &Model) -> Option<(u16, u16)> {
    let area = canvas.area();
    if area.width == 0 || area.height == 0 {
        return None;
    }
    let frame = layout::frame(area);
    let sees = super::seen::Seen {
        body: frame.body,
        ..model.sees()
    };
    if frame.room == Room::Line {
        one_line(canvas, model);
        return None;
    }
    head::draw(canvas, model, &frame);
    model.pages.page(model.screen).draw(canvas, &sees);
    let cursor = foot::draw(canvas, model, &frame);
    if let Some(super::model::Overlay::Form(form)) = &model.overlay
        && form.fields.len() > 1
    {
        canvas.dim();
        return form::draw(canvas, form);
    }
    if let Some(super::model::Overlay::Rekey(rekey)) = &model.overlay {
        canvas.dim();
        rekey::draw(canvas, model, rekey);
        return None;
    }
    match super::pick::picker(model) {
        Some((kind, picker)) => {
            canvas.dim();
            picker::draw(canvas, model, kind, picker)
        }
        None => cursor,
    }
}

/// What is said where there is no room for more.
fn one_line(canvas: &mut Canvas<'_>, model: &Model) {
    let now = model.calendar.zone().local(model.now);
    let area = canvas.area();
    let dot = canvas.glyphs().dot;
    let debt = debt::gauge_line(&model.pages.debt, &model.sees());
    let (phase, clock) = (head::phase(model), now.format("%H:%M"));
    let phase = phase.unwrap_or("no work day");
    let facts = |debt: &String| format!("{phase} {clock} {dot} {debt}");
    let wish = "make me bigger";
    let whole = debt.first().map(facts).unwrap_or_default();
    let whole = format!("{whole} {dot} {wish}");
    if width(&whole) <= usize::from(area.width) {
        canvas.text(area.x, area.y, area.width, &whole, Ink::Plain);
        return;
    }
    let short = debt.iter().map(|debt| format!("{clock} {dot} {debt}"));
    let facts: Vec<String> = debt.iter().map(facts).chain(short).collect();
    canvas.text(area.x, area.y, area.width, &facts, Ink::Plain);
    canvas.text(area.x, area.y + 1, area.width, wish, Ink::Dim);
}
