//! What happens on the Retro screen. Pure: what is to be done is returned.

use ratatui::layout::Position;

use super::actions::Do;
use super::panes::Focus;
use super::state::{State, actions_of, column_of, hacks, next_week};
use super::{cards, forms, summary};
use crate::tui::actions;
use crate::tui::document::{Document, Format, exported};
use crate::tui::effect::Effect;
use crate::tui::message::Notice;
use crate::tui::model::Reply;
use crate::tui::seen::Seen;
use crate::tui::widgets::window;
use crate::week::family::Family;
use crate::week::record::WeekCommand;
use crate::week::retro::{Card, Column, RetroCommand};
use crate::week::{Command, Id};

/// Does an action of the screen.
pub fn update(state: &mut State, seen: &Seen<'_>, act: Do) -> Reply {
    if let Some(why) = why_not(state, seen, act) {
        return Reply::notice(Notice::bad(why));
    }
    if let Some(format) = exported!(act) {
        return export(seen, format);
    }
    let (card, action) = (state.card(seen), state.action(seen));
    match (act, card, action) {
        (Do::Vote, Some(card), _) => return vote(state, seen, card, true),
        (Do::Unvote, Some(card), _) => return vote(state, seen, card, false),
        (Do::Vote | Do::Unvote, _, Some(action)) => {
            let (action, done) = (
                action.id.clone(),
                act == Do::Vote && action.done_at.is_none(),
            );
            return Reply::write(RetroCommand::Finish { action, done });
        }
        (Do::Card, ..) if seen.me().is_none() => return join(act),
        (Do::Card, ..) => return forms::card(state),
        (Do::Merge, Some(card), _) => return merge(state, card),
        (Do::Part, Some(card), _) => return part(seen, card),
        (Do::Left | Do::Right, Some(card), _) => return put(state, card, act == Do::Right),
        (Do::Act, ..) => {
            let week = match state.focus {
                Focus::Before => Some(seen.name),
                _ => next_week(seen),
            };
            return week.map_or_else(Reply::default, |week| forms::action(seen, week));
        }
        (Do::Edit, Some(card), _) => return forms::words(card),
        (Do::Edit, _, Some(action)) => return forms::set_action(seen, action),
        (Do::Carry, _, Some(action)) => {
            let after = action.week.next();
            let into = after.and_then(|after| hacks(seen).from(after).next());
            let action = action.id.clone();
            return into.map_or_else(Reply::default, |into| {
                let day = None;
                Reply::write(RetroCommand::CarryAction { action, into, day })
            });
        }
        (Do::Drop, Some(card), _) => {
            let card = card.id.clone();
            return Reply::write(RetroCommand::Delete { card });
        }
        (Do::Drop, _, Some(action)) => {
            let (action, dropped) = (action.id.clone(), true);
            return Reply::write(RetroCommand::DropAction { action, dropped });
        }
        (Do::Topic | Do::TopicBefore, ..) => return topic(state, seen, act == Do::Topic),
        (Do::Timer, ..) => return Reply::write(RetroCommand::PauseTopic { week: seen.name }),
        (Do::Voter, ..) => return forms::voter(state, seen),
        (Do::Mood, ..) => {
            let person = state.voter(seen).cloned();
            return person.map_or_else(
                || join(act),
                |person| Reply::form(forms::mood(seen, &person)),
            );
        }
        (Do::Beer, ..) => return forms::beer(seen),
        (Do::Close, ..) => return close(seen),
        (Do::ColumnLeft | Do::ColumnRight, ..) => {
            state.focus = state.focus.step(act == Do::ColumnRight);
            state.keep_in_view(seen);
        }
        (Do::ScrollDown, ..) => return scroll(state, seen, 1),
        (Do::ScrollUp, ..) => return scroll(state, seen, -1),
        (Do::CopyMarkdown, ..) => return copy(seen, Format::Markdown, "Markdown"),
        (Do::CopySlack, ..) => return copy(seen, Format::Slack, "Slack text"),
        _ => {}
    }
    Reply::default()
}

/// The summary as it is now, to a file. It can be asked for from any screen.
fn export(seen: &Seen<'_>, format: Format) -> Reply {
    summary::of(seen).map_or_else(Reply::default, |summary| {
        Reply::export(Document::Summary(Box::new((*summary).clone())), format)
    })
}

fn copy(seen: &Seen<'_>, format: Format, what: &'static str) -> Reply {
    summary::of(seen).map_or_else(Reply::default, |summary| {
        let text = summary::text(&summary, format);
        Reply::effect(Effect::Copy { text, what })
    })
}

fn join(act: Do) -> Reply {
    Reply::join(actions::Action::Retro(act))
}

/// Why an action cannot be had now; `None` if it can.
pub fn why_not(state: &State, seen: &Seen<'_>, act: Do) -> Option<String> {
    if seen.overview.is_none() {
        return Some("the board is still being read".to_owned());
    }
    let (card, action) = (state.card(seen), state.action(seen));
    let only = |what: &str| Some(format!("no {what} is selected"));
    match act {
        Do::Vote | Do::Unvote | Do::Edit | Do::Drop if card.is_none() && action.is_none() => {
            only("card")
        }
        Do::Merge | Do::Part | Do::Left | Do::Right if card.is_none() => only("card"),
        Do::Carry if action.is_none() => only("action"),
        Do::Vote | Do::Unvote | Do::Carry | Do::Drop
            if state.focus == Focus::Before
                && action.is_some_and(|action| action.week != seen.name) =>
        {
            Some("it was carried into another week; it is decided there".to_owned())
        }
        Do::Carry if action.is_some_and(|action| action.done_at.is_some()) => {
            Some("it is done".to_owned())
        }
        Do::Part if card.is_some_and(|card| last_merged(seen, card).is_none()) => {
            Some("nothing was merged into it".to_owned())
        }
        Do::Left if state.focus == Focus::Keep => Some("that is the first column".to_owned()),
        Do::Right if state.focus == Focus::Try => Some("that is the last column".to_owned()),
        Do::Topic | Do::TopicBefore if topics(seen).is_empty() => {
            Some("there is no card to talk over".to_owned())
        }
        Do::Timer if seen.written().topic().is_none() => {
            Some("no topic is talked over; . begins with the first".to_owned())
        }
        Do::Voter if seen.board().team().is_empty() => Some("nobody is in the team yet".to_owned()),
        _ => None,
    }
}

fn vote(state: &State, seen: &Seen<'_>, card: &Card, more: bool) -> Reply {
    let Some(person) = state.voter(seen).cloned() else {
        return join(if more { Do::Vote } else { Do::Unvote });
    };
    let card = voted(seen, card, &person, more);
    Reply::write(RetroCommand::Vote { card, person, more })
}

/// The card whose vote is meant: the one that is seen, or where a vote is taken back that was given
/// to a card that was merged into it since, that one.
fn voted(seen: &Seen<'_>, card: &Card, person: &Id, more: bool) -> Id {
    if more || card.votes.contains_key(person) {
        return card.id.clone();
    }
    let all = seen.written().all_cards().into_iter();
    let mut merged = all.filter(|other| *seen.board().merged_into(other) == card.id);
    let own = merged.find(|other| other.votes.contains_key(person));
    own.map_or_else(|| card.id.clone(), |own| own.id.clone())
}

fn merge(state: &mut State, card: &Card) -> Reply {
    let words: String = card.text.chars().take(40).collect();
    match state.marked.take() {
        None => {
            state.marked = Some(card.id.clone());
            let says = format!("“{words}” is marked: m on another card merges it into that one");
            Reply::notice(Notice::done(crate::tui::widgets::fit::safe(&says)))
        }
        Some(marked) if marked == card.id => Reply::notice(Notice::done("marked no longer")),
        Some(marked) => Reply::write(RetroCommand::Merge {
            card: marked,
            into: Some(card.id.clone()),
        }),
    }
}

/// The card that was merged into one last.
fn last_merged<'a>(seen: &Seen<'a>, card: &Card) -> Option<&'a Card> {
    let all = seen.written().all_cards().into_iter();
    let merged = all.filter(|other| other.into.as_ref() == Some(&card.id));
    let facts = seen.board().facts();
    let when = |card: &Card| facts.entity(Family::Card, &card.id)?.written("into");
    merged.max_by_key(|card| (when(card), card.id.clone()))
}

fn part(seen: &Seen<'_>, card: &Card) -> Reply {
    last_merged(seen, card).map_or_else(Reply::default, |merged| {
        let (card, into) = (merged.id.clone(), None);
        Reply::write(RetroCommand::Merge { card, into })
    })
}

fn put(state: &mut State, card: &Card, right: bool) -> Reply {
    let to = state.focus.step(right);
    let Some(column) = column_of(to) else {
        return Reply::default();
    };
    // The cursor goes with the card.
    state.focus = to;
    if let Some(at) = state.at.get_mut(to.at()) {
        at.id = Some(card.id.clone());
    }
    let card = card.id.clone();
    Reply::write(RetroCommand::Put { card, column })
}

/// The cards in the order in which they are talked over: those with most votes first.
fn topics<'a>(seen: &Seen<'a>) -> Vec<&'a Card> {
    let written = seen.written();
    let columns = [Column::Keep, Column::Change, Column::Try];
    let mut cards: Vec<&Card> = columns
        .into_iter()
        .flat_map(|column| written.cards(column))
        .collect();
    cards.sort_by_key(|card| std::cmp::Reverse(written.votes_of(card)));
    cards
}

fn topic(state: &mut State, seen: &Seen<'_>, forward: bool) -> Reply {
    let topics = topics(seen);
    let now = seen.written().topic();
    let at = now.and_then(|topic| topics.iter().position(|card| card.id == topic.card));
    let next = match (at, forward) {
        (None, _) => Some(0),
        (Some(at), true) => Some(at + 1),
        (Some(at), false) => at.checked_sub(1),
    };
    let Some(card) = next.and_then(|at| topics.get(at)) else {
        let says = match forward {
            true => "that was the last topic",
            false => "that is the first topic",
        };
        return Reply::notice(Notice::done(says));
    };
    state.find(seen, &card.id);
    Reply::write(RetroCommand::Topic {
        week: seen.name,
        card: card.id.clone(),
    })
}

fn close(seen: &Seen<'_>) -> Reply {
    let written = seen.written();
    let command = match written.record().closed {
        Some(_) => WeekCommand::Reopen,
        None => WeekCommand::Close(super::figures::of(seen)),
    };
    Reply::effect(Effect::Write(Box::new(Command::Week(seen.name, command))))
}

/// Moves in the focused pane.
pub(super) fn moved(state: &mut State, seen: &Seen<'_>, act: actions::Do) -> Reply {
    let panes = state.panes(seen);
    let page = match state.focus {
        Focus::Summary => panes.summary.height,
        Focus::Before => panes.before.height,
        Focus::Next => panes.next.height,
        _ => panes.columns[0].height,
    };
    let page = i64::from(page.saturating_sub(1)).max(1);
    let by = act.rows(page);
    match state.focus {
        Focus::Summary => scroll(state, seen, by),
        focus => {
            let rows = State::ids(seen, focus).len();
            let at = state.at[focus.at()].index;
            state.select(seen, focus, window::moved(at, by, rows));
            Reply::default()
        }
    }
}

/// Scrolls the summary.
pub(super) fn scroll(state: &mut State, seen: &Seen<'_>, by: i64) -> Reply {
    let area = state.panes(seen).summary;
    let lines = summary::count(state, area);
    let height = usize::from(area.height.saturating_sub(1));
    let last = lines.saturating_sub(height);
    state.scroll = window::moved(state.scroll.min(last), by, last + 1);
    Reply::default()
}

/// Which list is at a place, and which of its rows.
fn hit(state: &State, seen: &Seen<'_>, at: Position) -> Option<(Focus, Option<usize>)> {
    let panes = state.panes(seen);
    for (column, area) in panes.columns.iter().enumerate() {
        if area.contains(at) {
            let focus = Focus::ALL[column];
            return Some((focus, cards::card_at(state, seen, focus, *area, at.y)));
        }
    }
    for (focus, area) in [(Focus::Before, panes.before), (Focus::Next, panes.next)] {
        if area.contains(at) {
            let row = usize::from(at.y - area.y).checked_sub(1);
            let row = row.map(|row| row + state.at[focus.at()].offset);
            let rows = actions_of(seen, focus).len();
            return Some((focus, row.filter(|row| *row < rows)));
        }
    }
    let summary = panes.summary.contains(at) || panes.send.contains(at);
    summary.then_some((Focus::Summary, None))
}

/// A click: takes the focus, selects what is there.
pub(super) fn click(state: &mut State, seen: &Seen<'_>, at: Position) -> Reply {
    if let Some((focus, row)) = hit(state, seen, at) {
        state.focus = focus;
        if let Some(row) = row {
            state.select(seen, focus, row);
        }
    }
    Reply::default()
}

/// The wheel: scrolls the summary, or moves in the list below it.
pub(super) fn wheel(state: &mut State, seen: &Seen<'_>, at: Position, by: i64) -> Reply {
    match hit(state, seen, at) {
        Some((Focus::Summary, _)) => scroll(state, seen, by),
        Some((focus, _)) => {
            let rows = State::ids(seen, focus).len();
            let from = state.at[focus.at()].index;
            state.select(seen, focus, window::moved(from, by.signum(), rows));
            Reply::default()
        }
        None => Reply::default(),
    }
}
