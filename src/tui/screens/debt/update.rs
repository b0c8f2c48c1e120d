//! What happens on the Debt screen. Pure: what is to be done is returned.

use std::sync::Arc;

use ratatui::layout::Position;

use super::actions::Do;
use super::choose::{Scope, Show, Sort};
use super::panes::Focus;
use super::state::{Asked, Lines, State, place_of};
use super::words;
use super::{code, decide, list};
use crate::report::debt::{DebtReport, Item, ReportScope};
use crate::report::links::address_of;
use crate::tui::actions;
use crate::tui::document::{Document, Format, exported};
use crate::tui::effect::Effect;
use crate::tui::form::Problem;
use crate::tui::message::Notice;
use crate::tui::model::Reply;
use crate::tui::seen::Seen;
use crate::tui::widgets::{fit, window};
use crate::workspace::Overview;
use crate::workspace::code::{Code, Place};

/// Does an action of the screen.
pub fn update(state: &mut State, seen: &Seen<'_>, act: Do) -> Reply {
    if let Some(why) = why_not(state, seen, act) {
        return Reply::notice(Notice::bad(why));
    }
    if let Some(format) = exported!(act) {
        return export(state, seen, format);
    }
    let item = state.item(seen.overview);
    match (act, item) {
        _ if decide::decides(act) => return decide::decide(state, seen, act),
        (Do::Select, _) => {
            state.range = match state.range {
                None => state.key(seen.overview),
                Some(_) => None,
            };
        }
        (Do::Browse, Some(item)) => return browse(seen, item),
        (Do::Open, _) => state.focus = Focus::Code,
        (Do::CodeDown, _) => return scroll(state, seen, 1),
        (Do::CodeUp, _) => return scroll(state, seen, -1),
        (Do::Edit, Some(item)) => return edit(state, item),
        (Do::CopyRow, Some(item)) => return copy(words::row(seen.board(), item), "row"),
        (Do::CopyPlace, Some(item)) => return copy(words::place(item), "place"),
        (Do::CopyCommit, Some(item)) => return copy(item.introduced.commit.clone(), "hash"),
        (Do::CopyMarkdown, Some(item)) => {
            return copy(words::markdown(seen.board(), item), "Markdown");
        }
        (_, None) if needs_item(act) => {}
        (Do::Next, _) => step(state, seen, true),
        (Do::Previous, _) => step(state, seen, false),
        (Do::ShowOpen, _) => set(state, seen, |state| state.filter.show = Show::Open),
        (Do::ShowPaid, _) => set(state, seen, |state| state.filter.show = Show::Paid),
        (Do::ShowLate, _) => set(state, seen, |state| state.filter.show = Show::Late),
        (Do::ShowSuspected, _) => set(state, seen, |state| state.filter.show = Show::Suspected),
        (Do::ShowAny, _) => set(state, seen, |state| state.filter.show = Show::Any),
        (Do::ScopeWeek, _) => set(state, seen, |state| state.filter.scope = Scope::Week),
        (Do::ScopeAll, _) => set(state, seen, |state| state.filter.scope = Scope::All),
        (Do::Repository, _) => next_repository(state, seen),
        (Do::ByRisk, _) => set(state, seen, |state| state.sort = Sort::Risk),
        (Do::ByAge, _) => set(state, seen, |state| state.sort = Sort::Age),
        (Do::ByFile, _) => set(state, seen, |state| state.sort = Sort::File),
        (Do::ByOwner, _) => set(state, seen, |state| state.sort = Sort::Owner),
        (Do::Wider, _) => widen(state, 4),
        (Do::Narrower, _) => widen(state, -4),
        // Decided above, or without an item.
        _ => {}
    }
    state.keep_in_view(seen);
    show(state, seen)
}

/// Why an action cannot be had now; `None` if it can.
pub fn why_not(state: &State, seen: &Seen<'_>, act: Do) -> Option<String> {
    let item = state.item(seen.overview);
    match (act, item) {
        _ if seen.overview.is_none() => Some("the index is still being read".to_owned()),
        (_, None) if needs_item(act) => Some("no item is selected".to_owned()),
        _ if decide::decides(act) => decide::why_not(state, seen, act),
        (Do::Browse, Some(item)) => why_no_address(seen, item),
        (Do::CopyPlace, Some(item)) if item.path.is_none() => {
            Some("it stands in a commit's message, which has no line".to_owned())
        }
        (Do::Edit, Some(item)) => match state.lines(&place_of(item)) {
            _ if item.path.is_none() => Some("it stands in a commit's message".to_owned()),
            Some(Lines::Here(Some(code))) if code.file.is_some() => None,
            Some(Lines::Asked) | None => Some("its file is still being read".to_owned()),
            _ => Some(format!(
                "{} has no such file in its work tree",
                item.repository
            )),
        },
        (Do::Repository, _)
            if seen
                .overview
                .is_some_and(|o| o.report.repositories.len() < 2) =>
        {
            Some("there is one repository only".to_owned())
        }
        (Do::Next | Do::Previous, _) if state.filter.words.is_empty() => {
            Some("nothing is searched for; / does that".to_owned())
        }
        _ => None,
    }
}

/// Whether an action is one of an item.
fn needs_item(act: Do) -> bool {
    decide::decides(act)
        || matches!(
            act,
            Do::Open
                | Do::Edit
                | Do::Browse
                | Do::Select
                | Do::CodeDown
                | Do::CodeUp
                | Do::CopyRow
                | Do::CopyPlace
                | Do::CopyCommit
                | Do::CopyMarkdown
                | Do::Next
                | Do::Previous
        )
}

/// Takes the answers of a form.
///
/// # Errors
/// A field that says nothing that can be used.
pub fn answered(
    state: &mut State,
    seen: &Seen<'_>,
    asked: &Asked,
    values: &[String],
) -> Result<Reply, Problem> {
    decide::answered(state, seen, asked, values)
}

fn browse(seen: &Seen<'_>, item: &Item) -> Reply {
    let address = seen.overview.and_then(|o| address_of(&o.report, item));
    address.map_or_else(Reply::default, |address| {
        Reply::effect(Effect::Browse(address))
    })
}

/// Why an item has no address on a forge.
fn why_no_address(seen: &Seen<'_>, item: &Item) -> Option<String> {
    let report = &seen.overview?.report;
    if address_of(report, item).is_some() {
        return None;
    }
    let mut repositories = report.repositories.iter();
    let of = repositories.find(|repository| repository.name == item.repository);
    let forge = of.and_then(|repository| repository.forge.as_ref());
    Some(match forge {
        None => format!(
            "the {} repository has no remote on a forge",
            item.repository
        ),
        Some(forge) => format!("how {forge} shows a file is not known"),
    })
}

/// Asks for the code of the selected item unless it is known.
pub(super) fn show(state: &mut State, seen: &Seen<'_>) -> Reply {
    let Some(item) = state.item(seen.overview) else {
        return Reply::default();
    };
    let place = place_of(item);
    if state.lines(&place).is_some() {
        return Reply::default();
    }
    // What was passed by on the way here is not waited for.
    state.codes.retain(|(_, lines)| *lines != Lines::Asked);
    state.remember(place.clone(), Lines::Asked);
    Reply::effect(Effect::Read(place))
}

/// Takes the code that was asked for.
pub fn take_code(state: &mut State, place: Place, code: Result<Option<Arc<Code>>, String>) {
    // An answer that nobody waits for any more is not worth a place.
    if matches!(state.lines(&place), Some(Lines::Asked)) {
        let lines = match code {
            Ok(code) => Lines::Here(code),
            Err(why) => Lines::Failed(why),
        };
        state.remember(place, lines);
    }
}

/// Moves in the focused pane.
pub(super) fn moved(state: &mut State, seen: &Seen<'_>, act: actions::Do) -> Reply {
    let panes = state.panes(seen);
    let page = match state.focus {
        Focus::List => state.list_height(seen),
        Focus::Code => usize::from(panes.code.height.saturating_sub(1)),
    };
    let page = i64::try_from(page.max(1)).unwrap_or(1);
    let by = act.rows(page);
    match state.focus {
        Focus::Code => scroll(state, seen, by),
        Focus::List => select(
            state,
            seen,
            window::moved(state.selected, by, state.rows.len()),
        ),
    }
}

/// Scrolls the code by so many lines, as far as there are lines.
pub(super) fn scroll(state: &mut State, seen: &Seen<'_>, by: i64) -> Reply {
    let Some(item) = state.item(seen.overview) else {
        return Reply::default();
    };
    if let Some(Lines::Here(Some(lines))) = state.lines(&place_of(item)) {
        let height = state.panes(seen).code.height.saturating_sub(1);
        let range = code::scrolls(lines, item.line.unwrap_or(1), height);
        let to = i64::from(state.scroll).saturating_add(by);
        let to = to.clamp(i64::from(*range.start()), i64::from(*range.end()));
        state.scroll = i32::try_from(to).unwrap_or_default();
    }
    Reply::default()
}

/// Takes other words to search for, while they are typed.
pub(super) fn searched(state: &mut State, seen: &Seen<'_>, words: &str) -> Reply {
    state.filter.words = words.to_owned();
    set(state, seen, |_| ());
    show(state, seen)
}

/// A click: selects a row, or takes the focus.
pub(super) fn click(state: &mut State, seen: &Seen<'_>, at: Position) -> Reply {
    let panes = state.panes(seen);
    if panes.code.contains(at) || panes.life.contains(at) {
        state.focus = Focus::Code;
    } else if panes.list.contains(at) {
        state.focus = Focus::List;
        let row = list::row_at(panes.list, state.rows.len(), at.y);
        if let Some(row) = row
            .map(|row| state.offset + row)
            .filter(|row| *row < state.rows.len())
        {
            return select(state, seen, row);
        }
    }
    Reply::default()
}

/// Moves the selection by so many rows, whatever has the focus.
pub(super) fn roll(state: &mut State, seen: &Seen<'_>, by: i64) -> Reply {
    let row = window::moved(state.selected, by, state.rows.len());
    select(state, seen, row)
}

fn select(state: &mut State, seen: &Seen<'_>, row: usize) -> Reply {
    if row != state.selected {
        (state.selected, state.scroll) = (row, 0);
    }
    state.keep_in_view(seen);
    show(state, seen)
}

fn step(state: &mut State, seen: &Seen<'_>, forward: bool) {
    let rows = state.rows.len().max(1);
    let by = if forward { 1 } else { rows - 1 };
    (state.selected, state.scroll) = ((state.selected + by) % rows, 0);
    state.keep_in_view(seen);
}

/// Changes what is listed and stays at the item.
fn set(state: &mut State, seen: &Seen<'_>, change: impl FnOnce(&mut State)) {
    let before = state.key(seen.overview);
    change(state);
    state.choose(seen, before.clone());
    if state.key(seen.overview) != before {
        state.scroll = 0;
    }
}

fn next_repository(state: &mut State, seen: &Seen<'_>) {
    let Some(overview) = seen.overview else {
        return;
    };
    let names: Vec<&String> = overview
        .report
        .repositories
        .iter()
        .map(|r| &r.name)
        .collect();
    let next = match &state.filter.repository {
        None => 0,
        Some(now) => names
            .iter()
            .position(|name| *name == now)
            .map_or(0, |at| at + 1),
    };
    let next = names.get(next).map(|name| (*name).clone());
    set(state, seen, |state| state.filter.repository = next);
}

fn widen(state: &mut State, by: i16) {
    let by = match state.focus {
        Focus::Code => by,
        Focus::List => -by,
    };
    state.wider = (state.wider + by).clamp(-60, 60);
}

fn edit(state: &State, item: &Item) -> Reply {
    let file = match state.lines(&place_of(item)) {
        Some(Lines::Here(Some(code))) => code.file.clone(),
        _ => None,
    };
    let line = item.line.unwrap_or(1);
    file.map_or_else(Reply::default, |file| {
        Reply::effect(Effect::Edit { file, line })
    })
}

fn copy(text: String, what: &'static str) -> Reply {
    // A clipboard ends in a shell sooner or later.
    let text = fit::safe(&text);
    Reply::effect(Effect::Copy { text, what })
}

fn export(state: &State, seen: &Seen<'_>, format: Format) -> Reply {
    seen.overview.map_or_else(Reply::default, |overview| {
        let report = Box::new(seen_report(state, overview));
        Reply::export(Document::Debt(report), format)
    })
}

/// The report of the listed items alone, counted anew.
fn seen_report(state: &State, overview: &Overview) -> DebtReport {
    let listed = state
        .rows
        .iter()
        .filter_map(|at| at.item(overview))
        .cloned();
    let (mut items, mut suspected) = (Vec::new(), Vec::new());
    match state.filter.show {
        Show::Suspected => suspected.extend(listed),
        _ => items.extend(listed),
    }
    let scope = match state.filter.scope {
        Scope::Week => ReportScope::Week,
        Scope::All => ReportScope::All,
    };
    overview.report.only(scope, items, suspected)
}
