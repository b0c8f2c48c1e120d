//! What happens when something happens. Pure: no clock, no git, no file, no terminal.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use ratatui::layout::Position;
use tui_input::{Input, InputRequest};

use super::actions::{Action, Do};
use super::effect::Effect;
use super::effect::Format;
use super::message::{Message, Notice};
use super::model::{Ask, Model, Overlay, Picker, Reply, Running};
use super::pick;
use super::screens::{Screen, debt};
use super::widgets::fit;
use crate::report::debt::{DebtReport, ReportScope};
use crate::week::WeekName;
use crate::workspace::Overview;

/// Longest pasted text that is taken, in characters.
const LONGEST_PASTE: usize = 1_000;

/// Lines that a turn of the wheel moves.
const WHEEL: i64 = 3;

/// Takes a message, and returns what is to be done.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    match message {
        Message::Do(action) => act(model, action),
        Message::Begun(key) => {
            model.begun.push(key);
            Vec::new()
        }
        Message::Forget => {
            model.begun.clear();
            Vec::new()
        }
        Message::Typed(request) => typed(model, request),
        Message::Pasted(text) => pasted(model, &text),
        Message::Accept => accept(model),
        Message::Close => close(model),
        Message::Pick(by) => {
            pick::choose(model, by);
            Vec::new()
        }
        Message::Fill => {
            pick::fill(model);
            Vec::new()
        }
        Message::Clicked { x, y } => clicked(model, x, y),
        Message::Wheeled { x, y, down } => wheeled(model, x, y, down),
        Message::Resized(width, height) => {
            model.size = (width, height);
            let (state, seen) = model.debt_mut();
            state.keep_in_view(&seen);
            Vec::new()
        }
        Message::Time(now) => {
            turn_clock(model, now);
            Vec::new()
        }
        Message::Loaded {
            generation,
            overview,
        } => loaded(model, generation, overview),
        Message::Read { place, code } => {
            let code = code.map_err(|why| fit::safe(&why));
            debt::take_code(&mut model.debt, place, code);
            Vec::new()
        }
        Message::Scanning {
            generation,
            repository,
            done,
            total,
        } => {
            if generation == model.scan.generation
                && let Some(running) = &mut model.scan.running
            {
                let beats = running.beats.wrapping_add(1);
                *running = Running {
                    repository,
                    done,
                    total,
                    beats,
                };
            }
            Vec::new()
        }
        Message::Scanned {
            generation,
            outcome,
        } => scanned(model, generation, outcome),
        Message::Stale => match model.scan.running {
            Some(_) => Vec::new(),
            None => vec![scan(model)],
        },
        Message::Said(notice) => {
            model.notice = Some(notice);
            Vec::new()
        }
    }
}

/// It is another time: ages grow, and at the deadline what is open becomes late.
fn turn_clock(model: &mut Model, now: DateTime<Utc>) {
    model.now = now;
    if let Some(overview) = &mut model.overview {
        let report = &mut Arc::make_mut(overview).report;
        report.generated_at = now.with_timezone(report.generated_at.offset());
    }
    let selected = model.debt.key(model.overview.as_deref());
    let (state, seen) = model.debt_mut();
    state.choose(&seen, selected);
    state.count(&seen);
}

/// What is to be done when the screens open.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    vec![load(model), scan(model)]
}

fn load(model: &mut Model) -> Effect {
    model.generation += 1;
    Effect::Load {
        generation: model.generation,
        week: model.wanted,
        now: model.now,
    }
}

fn scan(model: &mut Model) -> Effect {
    model.generation += 1;
    model.scan.generation = model.generation;
    model.scan.running = Some(Running::default());
    Effect::Scan {
        generation: model.generation,
    }
}

fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    model.begun.clear();
    model.notice = None;
    match action {
        Action::Frame(act) => frame(model, act),
        Action::Debt(act) => {
            let (state, seen) = model.debt_mut();
            let reply = debt::update(state, &seen, act);
            take(model, reply)
        }
    }
}

/// Does what a screen answered.
fn take(model: &mut Model, reply: Reply) -> Vec<Effect> {
    if let Some(notice) = reply.notice {
        model.notice = Some(notice);
    }
    match reply.ask {
        Some(Ask::Search) => {
            let before = model.debt.filter.words.clone();
            let input = Input::new(before.clone());
            let at = model.debt.key(model.overview.as_deref());
            model.overlay = Some(Overlay::Search { input, before, at });
        }
        Some(Ask::ExportTo(format, file)) => {
            let input = Input::new(file.to_string_lossy().into_owned());
            model.overlay = Some(Overlay::Export { input, format });
        }
        None => {}
    }
    reply.effects
}

fn frame(model: &mut Model, act: Do) -> Vec<Effect> {
    match act {
        Do::Down
        | Do::Up
        | Do::Top
        | Do::Bottom
        | Do::HalfDown
        | Do::HalfUp
        | Do::PageDown
        | Do::PageUp => match model.screen {
            Screen::Debt => {
                let (state, seen) = model.debt_mut();
                let reply = debt::moved(state, &seen, act);
                take(model, reply)
            }
        },
        Do::NextPane | Do::PreviousPane => match model.screen {
            Screen::Debt => {
                model.debt.focus = match model.debt.focus {
                    debt::Focus::List => debt::Focus::Code,
                    debt::Focus::Code => debt::Focus::List,
                };
                let (state, seen) = model.debt_mut();
                state.keep_in_view(&seen);
                Vec::new()
            }
        },
        Do::Debt => {
            model.screen = Screen::Debt;
            Vec::new()
        }
        Do::WeekBefore => turn(model, model.wanted.previous()),
        Do::WeekAfter => turn(model, model.wanted.next()),
        Do::ThisWeek => turn(model, Some(model.calendar.week_of(model.now))),
        Do::Scan => match model.scan.running {
            Some(_) => {
                model.notice = Some(Notice::done("a scan is under way"));
                Vec::new()
            }
            None => vec![scan(model)],
        },
        Do::Palette => {
            model.overlay = Some(Overlay::Palette(Picker::default()));
            Vec::new()
        }
        Do::Help => {
            model.overlay = Some(Overlay::Help(Picker::default()));
            Vec::new()
        }
        Do::Mouse => {
            model.mouse = !model.mouse;
            let text = match model.mouse {
                true => "mouse on: wheel and click; M leaves it to the terminal",
                false => "mouse off: the terminal selects text",
            };
            model.notice = Some(Notice::done(text));
            vec![Effect::Mouse(model.mouse)]
        }
        Do::Suspend => vec![Effect::Suspend],
        Do::Back => back(model),
        Do::Quit => vec![Effect::Quit],
    }
}

/// Shows another week.
fn turn(model: &mut Model, week: Option<WeekName>) -> Vec<Effect> {
    match week {
        Some(week) if week != model.wanted => {
            model.wanted = week;
            vec![load(model)]
        }
        _ => Vec::new(),
    }
}

/// One step back: out of the code, out of the search, out of the filter. Never out of the program.
fn back(model: &mut Model) -> Vec<Effect> {
    let state = &mut model.debt;
    if state.focus == debt::Focus::Code {
        state.focus = debt::Focus::List;
        let (state, seen) = model.debt_mut();
        state.keep_in_view(&seen);
        return Vec::new();
    }
    if !state.filter.words.is_empty() {
        let (state, seen) = model.debt_mut();
        let reply = debt::searched(state, &seen, "");
        return take(model, reply);
    }
    Vec::new()
}

fn typed(model: &mut Model, request: InputRequest) -> Vec<Effect> {
    let Some(overlay) = &mut model.overlay else {
        return Vec::new();
    };
    match overlay {
        Overlay::Help(picker) | Overlay::Palette(picker) => {
            let was_empty = picker.input.value().is_empty();
            picker.input.handle(request);
            picker.selected = 0;
            // Nothing left to delete: the way back to the screen.
            if was_empty && request == InputRequest::DeletePrevChar {
                model.overlay = None;
            }
            Vec::new()
        }
        Overlay::Export { input, .. } => {
            input.handle(request);
            Vec::new()
        }
        Overlay::Search { input, .. } => {
            input.handle(request);
            let words = input.value().to_owned();
            let (state, seen) = model.debt_mut();
            let reply = debt::searched(state, &seen, &words);
            take(model, reply)
        }
    }
}

fn pasted(model: &mut Model, text: &str) -> Vec<Effect> {
    // What was copied somewhere must not press keys here: it is text, and only where text goes.
    let mut effects = Vec::new();
    if model.overlay.is_some() {
        for c in text.chars().filter(|c| !c.is_control()).take(LONGEST_PASTE) {
            effects = typed(model, InputRequest::InsertChar(c));
        }
    }
    effects
}

fn accept(model: &mut Model) -> Vec<Effect> {
    match model.overlay.take() {
        Some(Overlay::Help(picker)) => pick::run(model, &picker, pick::Kind::Help),
        Some(Overlay::Palette(picker)) => pick::run(model, &picker, pick::Kind::Palette),
        Some(Overlay::Export { input, format }) => export(model, input.value(), format),
        Some(Overlay::Search { .. }) | None => Vec::new(),
    }
}

/// Runs an action that was chosen from a list, or says why it cannot be had.
pub(super) fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    act(model, action)
}

fn close(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Search { before, at, .. }) = model.overlay.take() {
        let (state, seen) = model.debt_mut();
        let reply = debt::left_search(state, &seen, &before, at);
        return take(model, reply);
    }
    Vec::new()
}

fn export(model: &mut Model, file: &str, format: Format) -> Vec<Effect> {
    let Some(overview) = model.overview.as_deref() else {
        return Vec::new();
    };
    if file.trim().is_empty() {
        model.notice = Some(Notice::bad("nothing is written without a name"));
        return Vec::new();
    }
    vec![Effect::Export {
        report: Box::new(seen_report(&model.debt, overview)),
        format,
        file: PathBuf::from(file.trim()),
    }]
}

/// The report of the listed items alone, counted anew.
fn seen_report(state: &debt::State, overview: &Overview) -> DebtReport {
    let listed = state
        .rows
        .iter()
        .filter_map(|at| at.item(overview))
        .cloned();
    let (mut items, mut suspected) = (Vec::new(), Vec::new());
    match state.filter.show {
        debt::Show::Suspected => suspected.extend(listed),
        _ => items.extend(listed),
    }
    let scope = match state.filter.scope {
        debt::Scope::Week => ReportScope::Week,
        debt::Scope::All => ReportScope::All,
    };
    overview.report.only(scope, items, suspected)
}

fn clicked(model: &mut Model, x: u16, y: u16) -> Vec<Effect> {
    if model.overlay.is_some() {
        return pick::clicked(model, x, y);
    }
    match model.screen {
        Screen::Debt => {
            let (state, seen) = model.debt_mut();
            let reply = debt::click(state, &seen, Position { x, y });
            take(model, reply)
        }
    }
}

fn wheeled(model: &mut Model, x: u16, y: u16, down: bool) -> Vec<Effect> {
    let by = if down { WHEEL } else { -WHEEL };
    if model.overlay.is_some() {
        pick::choose(model, by.signum() as i32);
        return Vec::new();
    }
    match model.screen {
        Screen::Debt => {
            let (state, seen) = model.debt_mut();
            let panes = state.panes(&seen);
            let at = Position { x, y };
            let reply = if panes.code.contains(at) {
                debt::scroll(state, &seen, by)
            } else if panes.list.contains(at) {
                let act = if down { Do::Down } else { Do::Up };
                let focus = std::mem::replace(&mut state.focus, debt::Focus::List);
                let mut reply = Reply::default();
                for _ in 0..WHEEL {
                    reply.effects.extend(debt::moved(state, &seen, act).effects);
                }
                state.focus = focus;
                // Only where it stops is worth reading.
                reply.effects.drain(..reply.effects.len().saturating_sub(1));
                reply
            } else {
                Reply::default()
            };
            take(model, reply)
        }
    }
}

fn loaded(
    model: &mut Model,
    generation: u64,
    overview: Result<Arc<Overview>, String>,
) -> Vec<Effect> {
    let overview = match overview {
        // A week that was left in the meantime.
        Ok(overview) if overview.week.name() != model.wanted => return Vec::new(),
        Ok(_) if generation < model.loaded => return Vec::new(),
        Ok(overview) => overview,
        Err(why) => {
            model.wanted = model.week;
            model.notice = Some(Notice::bad(fit::safe(&why)));
            return Vec::new();
        }
    };
    let selected = model.debt.key(model.overview.as_deref());
    model.week = overview.week.name();
    model.overview = Some(overview);
    model.loaded = generation;
    // Open items are read at the tips, which may be others now.
    model.debt.codes.retain(|(place, _)| place.commit.is_some());
    let (state, seen) = model.debt_mut();
    state.choose(&seen, selected);
    state.count(&seen);
    let reply = debt::show(state, &seen);
    take(model, reply)
}

fn scanned(model: &mut Model, generation: u64, outcome: Result<u64, String>) -> Vec<Effect> {
    if generation != model.scan.generation {
        return Vec::new();
    }
    model.scan.running = None;
    match outcome {
        // Also with nothing new: tips that went back bring no commits, but another debt.
        Ok(_) => {
            model.scan.done_at = Some(model.now);
            vec![load(model)]
        }
        Err(why) => {
            model.notice = Some(Notice::bad(fit::safe(&why)));
            // What could be scanned was.
            vec![load(model)]
        }
    }
}
