//! The columns of cards: how tall each is, where each lies, and how it is drawn.

use ratatui::layout::Rect;

use super::state::{State, cards_of, column_of};
use crate::report::safe_text::width;
use crate::tui::glyphs::UNICODE;
use crate::tui::screens::retro::Focus;
use crate::tui::seen::Seen;
use crate::tui::theme::Ink;
use crate::tui::widgets::canvas::Canvas;
use crate::tui::widgets::fit::{safe, wrap};
use crate::week::retro::Card;

/// Columns before the words: the cursor.
const LEFT: u16 = 3;

/// Lines of one card at the most.
const LINES: usize = 3;

/// The most votes that are drawn as dots; more are a figure.
const DOTS: u32 = 5;

/// How many cells the votes of a card take.
fn votes_width(votes: u32) -> u16 {
    match votes {
        0 => 0,
        1..=DOTS => u16::try_from(votes).unwrap_or(0),
        more => u16::try_from(more.to_string().len() + 1).unwrap_or(0),
    }
}

/// The words of a card in lines, the first beside its votes; and how many cards were merged into it,
/// where that fits.
fn lines(seen: &Seen<'_>, card: &Card, wide: u16, more: &str) -> Vec<String> {
    let votes = votes_width(seen.written().votes_of(card));
    let gap = if votes > 0 { votes + 2 } else { 1 };
    let room = usize::from(wide.saturating_sub(LEFT + 1)).max(4);
    let beside = usize::from(wide.saturating_sub(LEFT + gap)).max(4);
    let text = safe(&card.text);
    let mut lines = wrap(&text, beside, 2, more);
    lines.truncate(1);
    match lines.first() {
        None => lines.push(String::new()),
        Some(first) => {
            let rest = text.trim().get(first.len()..).unwrap_or_default();
            lines.extend(wrap(rest, room, LINES - 1, more));
        }
    }
    let merged = merged(seen, card);
    let room = if lines.len() == 1 { beside } else { room };
    if merged > 0
        && let Some(last) = lines.last_mut()
        && width(last) + 3 <= room
    {
        last.push_str(&format!(" +{merged}"));
    }
    lines
}

/// How many cards were merged into one.
fn merged(seen: &Seen<'_>, card: &Card) -> usize {
    let board = seen.board();
    let all = seen.written().all_cards().into_iter();
    all.filter(|other| other.id != card.id && *board.merged_into(other) == card.id)
        .count()
}

/// How many lines each card takes.
pub(super) fn heights(seen: &Seen<'_>, cards: &[&Card], wide: u16) -> Vec<u16> {
    // Signs of both sets are as wide.
    let lines = |card: &Card| lines(seen, card, wide, UNICODE.more).len();
    let height = |card: &&Card| u16::try_from(lines(card)).unwrap_or(1);
    cards.iter().map(height).collect()
}

/// The first card in view, given the one before, so that the selected one is in view and no room is
/// lost at the end. `rows` counts the rule.
pub(super) fn offset(before: usize, selected: usize, heights: &[u16], rows: u16) -> usize {
    let room = rows.saturating_sub(1);
    let taken = |from: usize, to: usize| -> u16 {
        let heights = heights.get(from..to).unwrap_or_default();
        heights.iter().fold(0, |sum, own| sum.saturating_add(*own))
    };
    let mut first = before.min(selected);
    while first < selected && taken(first, selected + 1) > room {
        first += 1;
    }
    while first > 0 && taken(first - 1, heights.len()) <= room {
        first -= 1;
    }
    first
}

/// Where the cards in view are: each with its place among all.
pub(super) fn places(area: Rect, offset: usize, heights: &[u16]) -> Vec<(usize, Rect)> {
    let mut y = area.y + 1;
    let mut places = Vec::new();
    for (at, height) in heights.iter().enumerate().skip(offset) {
        if y >= area.bottom() {
            break;
        }
        let height = (*height).min(area.bottom() - y);
        places.push((at, Rect { y, height, ..area }));
        y += height;
    }
    places
}

/// The card at a row of a column.
pub(super) fn card_at(
    state: &State,
    seen: &Seen<'_>,
    focus: Focus,
    area: Rect,
    y: u16,
) -> Option<usize> {
    let cards = cards_of(seen, column_of(focus)?);
    let heights = heights(seen, &cards, area.width);
    let places = places(area, state.at.get(focus.at())?.offset, &heights);
    let place = places
        .into_iter()
        .find(|(_, place)| (place.top()..place.bottom()).contains(&y));
    place.map(|(at, _)| at)
}

/// Draws the column of a pane.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    area: Rect,
    focus: Focus,
    state: &State,
    seen: &Seen<'_>,
) {
    let Some(column) = column_of(focus).filter(|_| area.height > 0) else {
        return;
    };
    let focused = state.focus == focus;
    let cards = cards_of(seen, column);
    let heights = heights(seen, &cards, area.width);
    let at = &state.at[focus.at()];
    let places = places(area, at.offset, &heights);
    let title = match focus {
        Focus::Keep => "Keep",
        Focus::Change => "Change",
        _ => "Try",
    };
    let rule = Rect {
        width: area.width.saturating_sub(1),
        ..area
    };
    let hidden = cards.len().saturating_sub(places.len());
    let right = match hidden {
        0 => String::new(),
        hidden => format!("{hidden} more"),
    };
    canvas.rule(rule, area.y, focused, title, &right);
    if cards.is_empty() && area.height > 1 {
        let text = match focused {
            true => "a adds a card",
            false => "no card yet",
        };
        canvas.text(
            area.x + LEFT,
            area.y + 1,
            area.width.saturating_sub(LEFT + 1),
            text,
            Ink::Dim,
        );
    }
    for (index, place) in places {
        if let Some(card) = cards.get(index) {
            draw_card(
                canvas,
                place,
                card,
                focused && index == at.index,
                state,
                seen,
            );
        }
    }
}

fn draw_card(
    canvas: &mut Canvas<'_>,
    place: Rect,
    card: &Card,
    selected: bool,
    state: &State,
    seen: &Seen<'_>,
) {
    let glyphs = canvas.glyphs();
    let is_topic = seen
        .written()
        .topic()
        .is_some_and(|topic| topic.card == card.id);
    let mark = match () {
        () if state.marked.as_ref() == Some(&card.id) => Some("+"),
        () if is_topic => Some(glyphs.now),
        () => None,
    };
    let end = place.right().saturating_sub(1);
    for (line, y) in lines(seen, card, place.width, glyphs.more)
        .iter()
        .zip(place.top()..place.bottom())
    {
        let room = end.saturating_sub(place.x + LEFT);
        canvas.text(place.x + LEFT, y, room, line, Ink::Plain);
    }
    if selected {
        canvas.text(place.x + 1, place.y, 1, glyphs.cursor, Ink::Strong);
    }
    if let Some(mark) = mark {
        canvas.text(place.x + 2, place.y, 1, mark, Ink::Accent);
    }
    draw_votes(canvas, end, place.y, card, state, seen);
    if selected {
        let style = canvas.look.selected();
        let row = Rect {
            x: place.x + LEFT,
            width: place.width.saturating_sub(LEFT + 1),
            ..place
        };
        canvas.lay(row, style);
    }
}

/// The votes, those of whoever votes first and in weight.
fn draw_votes(
    canvas: &mut Canvas<'_>,
    end: u16,
    y: u16,
    card: &Card,
    state: &State,
    seen: &Seen<'_>,
) {
    let votes = seen.written().votes_of(card);
    let wide = votes_width(votes);
    let dot = canvas.glyphs().now;
    let own = state.voter(seen).and_then(|voter| card.votes.get(voter));
    let own = own.copied().unwrap_or(0);
    if votes > DOTS {
        let ink = if own > 0 { Ink::Accent } else { Ink::Plain };
        let text = format!("{votes}{dot}");
        let wide = u16::try_from(width(&text)).unwrap_or(wide);
        canvas.right(end, y, wide, &text, ink);
        return;
    }
    let own = u16::try_from(own).unwrap_or(0).min(wide);
    let x = end.saturating_sub(wide);
    let x = canvas.repeat(x, y, own, dot, Ink::Accent);
    canvas.repeat(x, y, wide - own, dot, Ink::Plain);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_selected_card_is_in_view_and_no_room_is_lost() {
        let heights = [1, 3, 1, 2, 1, 1];
        // Five rows below the rule.
        assert_eq!(offset(0, 0, &heights, 6), 0);
        assert_eq!(offset(0, 2, &heights, 6), 0);
        assert_eq!(offset(0, 3, &heights, 6), 2);
        assert_eq!(offset(5, 5, &heights, 6), 2);
        assert_eq!(offset(0, 0, &[], 6), 0);
    }

    proptest! {
        #[test]
        fn every_selected_card_has_its_first_line(
            heights in prop::collection::vec(1_u16..4, 1..20),
            selected in 0_usize..20, before in 0_usize..20, rows in 2_u16..12,
        ) {
            let selected = selected.min(heights.len() - 1);
            let first = offset(before, selected, &heights, rows);
            let area = Rect::new(0, 0, 20, rows);
            let places = places(area, first, &heights);
            prop_assert!(places.iter().any(|(at, _)| *at == selected));
        }
    }
}
