//! What happens on the Roadmap screen. Pure: what is to be done is returned.

use ratatui::layout::Position;

use super::actions::Do;
use super::forms;
use super::panes::{Focus, HEAD};
use super::state::State;
use crate::tui::actions;
use crate::tui::document::{Document, Format, exported};
use crate::tui::effect::Effect;
use crate::tui::message::Notice;
use crate::tui::model::Reply;
use crate::tui::seen::Seen;
use crate::tui::widgets::window;
use crate::week::Id;
use crate::week::roadmap::{Milestone, RoadmapCommand};

/// Does an action of the screen.
pub fn update(state: &mut State, seen: &Seen<'_>, act: Do) -> Reply {
    // It may have been asked for from another screen.
    state.make(seen);
    if let Some(why) = why_not(state, seen, act) {
        return Reply::notice(Notice::bad(why));
    }
    if let Some(format) = exported!(act) {
        return export(state, format);
    }
    let this = seen.calendar.week_of(seen.now);
    match act {
        Do::Add => return forms::add(state),
        Do::Edit if state.focus == Focus::Whiteboard => return forms::whiteboard(seen),
        Do::WhatIf => return forms::what_if(state),
        Do::Growth => return forms::growth(seen),
        Do::Is => return forms::is(seen),
        Do::Solves => return forms::solves(seen),
        Do::CopyMarkdown => return copy(state, Format::Markdown, "Markdown"),
        Do::CopySlack => return copy(state, Format::Slack, "Slack text"),
        _ => {}
    }
    let known = state.id(seen);
    let known = known.and_then(|id| seen.board().features.get(&id));
    let Some(known) = known else {
        return Reply::default();
    };
    let feature = known.id.clone();
    Reply::write(match act {
        Do::Done => RoadmapCommand::Done {
            feature,
            week: this,
        },
        Do::More | Do::Less => {
            let left = match act {
                Do::More => known.left.saturating_add(1),
                _ => known.left.saturating_sub(1),
            };
            RoadmapCommand::Left { feature, left }
        }
        Do::Alpha | Do::Beta => {
            let stage = if act == Do::Alpha {
                Milestone::Alpha
            } else {
                Milestone::Beta
            };
            RoadmapCommand::Stage { feature, stage }
        }
        Do::Down | Do::Up => {
            let after = neighbour(state, act == Do::Down);
            RoadmapCommand::Move { feature, after }
        }
        Do::Worked => {
            let worked = !known.worked.contains(&this);
            let week = this;
            RoadmapCommand::Work {
                feature,
                week,
                worked,
            }
        }
        Do::Drop => {
            let dropped = true;
            RoadmapCommand::Drop { feature, dropped }
        }
        _ => return forms::set(known),
    })
}

fn export(state: &State, format: Format) -> Reply {
    state
        .roadmap
        .clone()
        .map_or_else(Reply::default, |roadmap| {
            Reply::export(Document::Roadmap(Box::new(roadmap)), format)
        })
}

fn copy(state: &State, format: Format, what: &'static str) -> Reply {
    let Some(roadmap) = state.roadmap.clone() else {
        return Reply::default();
    };
    let bytes = Document::Roadmap(Box::new(roadmap)).write(format);
    let text = String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
    Reply::effect(Effect::Copy { text, what })
}

/// The feature that the selected one lies behind, once it is moved down or up by one.
fn neighbour(state: &State, down: bool) -> Option<Id> {
    let features = &state.roadmap.as_ref()?.features;
    let at = match down {
        true => state.selected + 1,
        false => state.selected.checked_sub(2)?,
    };
    features.get(at)?.id.parse().ok()
}

/// Why an action cannot be had now; `None` if it can.
pub fn why_not(state: &State, seen: &Seen<'_>, act: Do) -> Option<String> {
    if seen.overview.is_none() {
        return Some("the board is still being read".to_owned());
    }
    match act {
        Do::Add
        | Do::WhatIf
        | Do::Growth
        | Do::Is
        | Do::Solves
        | Do::CopyMarkdown
        | Do::CopySlack => return None,
        _ if exported!(act).is_some() => return None,
        Do::Edit if state.focus == Focus::Whiteboard => return None,
        _ => {}
    }
    if state.roadmap.is_none() {
        return Some("7 shows the roadmap; choose a feature there".to_owned());
    }
    let Some(feature) = state.feature() else {
        return Some("there is no feature yet; a adds one".to_owned());
    };
    let last = state
        .roadmap
        .as_ref()
        .map_or(0, |roadmap| roadmap.features.len());
    match act {
        Do::Done | Do::Less if feature.left == 0 => Some(format!(
            "nothing is left of {}; + adds a task",
            crate::tui::widgets::fit::safe(&feature.name)
        )),
        Do::Alpha if feature.stage == Milestone::Alpha => Some("alpha needs it already".to_owned()),
        Do::Beta if feature.stage == Milestone::Beta => Some("it is of beta already".to_owned()),
        Do::Up if state.selected == 0 => Some("it is the first".to_owned()),
        Do::Down if state.selected + 1 >= last => Some("it is the last".to_owned()),
        _ => None,
    }
}

/// Moves among the features.
pub(super) fn moved(state: &mut State, seen: &Seen<'_>, act: actions::Do) -> Reply {
    let page = state.panes(seen).features.height.saturating_sub(HEAD);
    let page = i64::from(page).max(1);
    let by = act.rows(page);
    roll(state, seen, by)
}

/// Moves the selection by so many rows.
pub(super) fn roll(state: &mut State, seen: &Seen<'_>, by: i64) -> Reply {
    let rows = state
        .roadmap
        .as_ref()
        .map_or(0, |roadmap| roadmap.features.len());
    let row = window::moved(state.selected, by, rows);
    state.select(seen, row);
    Reply::default()
}

/// A click: takes the focus, selects a feature.
pub(super) fn click(state: &mut State, seen: &Seen<'_>, at: Position) -> Reply {
    let panes = state.panes(seen);
    if panes.whiteboard.contains(at) {
        state.focus = Focus::Whiteboard;
    } else if panes.when.contains(at) || panes.after.contains(at) {
        state.focus = Focus::When;
    } else if panes.features.contains(at) {
        state.focus = Focus::Features;
        let row = usize::from(at.y - panes.features.y).checked_sub(usize::from(HEAD));
        let rows = state
            .roadmap
            .as_ref()
            .map_or(0, |roadmap| roadmap.features.len());
        let row = row.map(|row| row + state.offset).filter(|row| *row < rows);
        if let Some(row) = row {
            state.select(seen, row);
        }
    }
    Reply::default()
}
