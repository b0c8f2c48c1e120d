//! What happens when something happens. Pure: no clock, no git, no file, no terminal.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Timelike, Utc};
use ratatui::layout::Position;
use tui_input::{Input, InputRequest};

use super::actions::{Action, Do};
use super::document::Export;
use super::effect::Effect;
use super::message::{Message, Notice, Turn, Wrote};
use super::model::{Ask, Model, Overlay, Picker, Reply, Running, Target, screen_of_the_day};
use super::pick;
use super::rekey;
use super::screens::{Asked, Screen, debt};
use super::settings::{self, Did};
use super::view::head;
use super::widgets::fit;
use crate::week::{Board, Id, WeekName};
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
            match &mut model.overlay {
                Some(Overlay::Form(form)) => form.choose(by > 0),
                _ => pick::choose(model, by),
            }
            Vec::new()
        }
        Message::Fill => {
            pick::fill(model);
            Vec::new()
        }
        Message::Field(forward) => {
            if let Some(Overlay::Form(form)) = &mut model.overlay {
                form.step(forward);
            }
            Vec::new()
        }
        Message::Clicked { x, y } => clicked(model, x, y),
        Message::Wheeled { x, y, down } => wheeled(model, x, y, down),
        Message::Resized(width, height) => {
            model.size = (width, height);
            refresh(model)
        }
        Message::Time(now) => turn_clock(model, now),
        Message::Loaded {
            generation,
            overview,
        } => loaded(model, generation, overview),
        Message::Read { place, code } => {
            let code = code.map_err(|why| fit::safe(&why));
            debt::take_code(&mut model.pages.debt, place, code);
            Vec::new()
        }
        Message::ChangeKey => {
            pick::change_key(model);
            Vec::new()
        }
        Message::Pressed(key) => rekey::pressed(model, key),
        Message::Set(outcome) => settings::set(model, outcome),
        Message::Reopened(outcome) => settings::reopened(model, outcome),
        Message::Wrote(outcome) => wrote(model, outcome),
        Message::Board(board) => {
            take_board(model, board, None);
            let mut effects = refresh(model);
            effects.push(load(model));
            effects
        }
        Message::Joined { joined, then } => match joined {
            Ok((board, me)) => {
                // To join is a command of its own, which the log takes back by itself.
                model.settings.remember(Did::Wrote, Turn::Done);
                take_board(model, board, Some(me));
                let mut effects = refresh(model);
                effects.extend(act(model, then));
                effects
            }
            Err(why) => {
                model.notice = Some(Notice::bad(fit::safe(&why)));
                Vec::new()
            }
        },
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

/// It is another time: at another minute ages grow, and at the deadline what is open becomes late.
fn turn_clock(model: &mut Model, now: DateTime<Utc>) -> Vec<Effect> {
    let minute = |time: DateTime<Utc>| (time.date_naive(), time.hour(), time.minute());
    let turned = minute(now) != minute(model.now);
    model.now = now;
    let mut effects = Vec::new();
    for screen in Screen::ALL {
        let (pages, seen) = model.parts();
        let reply = pages.page_mut(*screen).ticked(&seen);
        effects.extend(take(model, reply));
    }
    if !turned {
        return effects;
    }
    if let Some(overview) = &mut model.overview {
        let report = &mut Arc::make_mut(overview).report;
        report.generated_at = now.with_timezone(report.generated_at.offset());
    }
    effects.extend(refresh(model));
    effects
}

/// Tells every screen that something below it changed.
fn refresh(model: &mut Model) -> Vec<Effect> {
    let (pages, seen) = model.parts();
    for screen in Screen::ALL {
        pages.page_mut(*screen).refresh(&seen);
    }
    go(model, model.screen)
}

/// Shows a screen.
fn go(model: &mut Model, screen: Screen) -> Vec<Effect> {
    model.screen = screen;
    let (pages, seen) = model.parts();
    let reply = pages.page_mut(screen).shown(&seen);
    take(model, reply)
}

fn take_board(model: &mut Model, board: Arc<Board>, me: Option<Id>) {
    if let Some(overview) = &mut model.overview {
        let overview = Arc::make_mut(overview);
        overview.board = board;
        overview.me = me.or(overview.me.take());
    }
}

fn wrote(model: &mut Model, outcome: Result<Wrote, String>) -> Vec<Effect> {
    match outcome {
        Ok(wrote) => {
            let text = fit::safe(&wrote.sentence);
            model.settings.remember(Did::Wrote, wrote.turn);
            model.notice = Some(match wrote.turn {
                Turn::Done | Turn::Redone => Notice::undoable(text),
                Turn::Undone => Notice::done(text),
            });
            take_board(model, wrote.board, None);
            let mut effects = refresh(model);
            if wrote.of_debt {
                effects.push(load(model));
            }
            effects
        }
        Err(why) => {
            model.notice = Some(Notice::bad(fit::safe(&why)));
            Vec::new()
        }
    }
}

/// What is to be done when the screens open.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    vec![load(model), scan(model)]
}

/// Asks for what is known of the week that is wanted.
pub(super) fn load(model: &mut Model) -> Effect {
    model.generation += 1;
    Effect::Load {
        generation: model.generation,
        week: model.wanted,
        now: model.now,
    }
}

/// Asks for a scan.
pub(super) fn scan(model: &mut Model) -> Effect {
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
    let why_not = model.why_not(action);
    let Action::Frame(act) = action else {
        let (pages, seen) = model.parts();
        let reply = match why_not {
            Some(why) => Reply::notice(Notice::bad(why)),
            None => pages.update(&seen, action),
        };
        // What is chosen from afar and only moves something is to be seen.
        if reply.is_empty()
            && let Some(screen) = action.screen()
        {
            model.screen = screen;
        }
        return take(model, reply);
    };
    match why_not {
        Some(why) => {
            model.notice = Some(Notice::bad(why));
            Vec::new()
        }
        None => frame(model, act),
    }
}

/// Does what a screen answered.
fn take(model: &mut Model, reply: Reply) -> Vec<Effect> {
    if let Some(notice) = reply.notice {
        model.notice = Some(notice);
    }
    match reply.ask {
        Some(Ask::Form(form)) => model.overlay = Some(Overlay::Form(form)),
        Some(Ask::ExportTo(export)) => {
            let input = Input::new(export.file.to_string_lossy().into_owned());
            model.overlay = Some(Overlay::Export { input, export });
        }
        None => {}
    }
    let mut effects = reply.effects;
    let (pages, seen) = model.parts();
    match reply.at {
        Some(Target::Item(repository, id)) => pages.debt.look_at(&seen, (repository, id)),
        Some(Target::Promise(promise)) => pages.plan.look_at(&seen, promise),
        None => {}
    }
    if let Some(screen) = reply.go {
        effects.extend(go(model, screen));
    }
    effects
}

fn frame(model: &mut Model, act: Do) -> Vec<Effect> {
    let screen = model.screen;
    match act {
        Do::Down
        | Do::Up
        | Do::Top
        | Do::Bottom
        | Do::HalfDown
        | Do::HalfUp
        | Do::PageDown
        | Do::PageUp => {
            let (pages, seen) = model.parts();
            let reply = pages.page_mut(screen).moved(&seen, act);
            take(model, reply)
        }
        Do::NextPane | Do::PreviousPane => {
            let (pages, seen) = model.parts();
            let reply = pages.page_mut(screen).pane(&seen, act == Do::NextPane);
            take(model, reply)
        }
        Do::Standup => go(model, Screen::Standup),
        Do::Plan => go(model, Screen::Plan),
        Do::Debt => go(model, Screen::Debt),
        Do::Review => go(model, Screen::Review),
        Do::Payback => go(model, Screen::Payback),
        Do::Retro => go(model, Screen::Retro),
        Do::Roadmap => go(model, Screen::Roadmap),
        Do::Search => {
            let (pages, seen) = model.parts();
            match pages.page_mut(screen).begin_search(&seen) {
                Some(words) => model.overlay = Some(Overlay::Search(Input::new(words))),
                None => model.notice = Some(Notice::bad("there is nothing to filter here")),
            }
            Vec::new()
        }
        Do::Undo => vec![settings::undo(model)],
        Do::Redo => vec![settings::redo(model)],
        Do::WeekBefore => turn(model, model.wanted.previous()),
        Do::WeekAfter => turn(model, model.wanted.next()),
        Do::ThisWeek => turn(model, Some(model.calendar.week_of(model.now))),
        Do::Reopen => {
            model.reopened.insert(model.week);
            let text = format!(
                "{} can be written into until you leave",
                model.week_called()
            );
            model.notice = Some(Notice::done(text));
            Vec::new()
        }
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
        Do::Back => {
            let (pages, seen) = model.parts();
            let reply = pages.page_mut(screen).back(&seen);
            reply.map_or_else(Vec::new, |reply| take(model, reply))
        }
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

fn typed(model: &mut Model, request: InputRequest) -> Vec<Effect> {
    let Some(overlay) = &mut model.overlay else {
        return Vec::new();
    };
    match overlay {
        Overlay::Help(picker) | Overlay::Palette(picker) => {
            let was_empty = picker.input.value().is_empty();
            picker.input.handle(request);
            picker.selected = 0;
            picker.only.clear();
            // Nothing left to delete: the way back to the screen.
            if was_empty && request == InputRequest::DeletePrevChar {
                model.overlay = None;
            }
            Vec::new()
        }
        Overlay::Rekey(_) => Vec::new(),
        Overlay::Export { input, .. } => {
            input.handle(request);
            Vec::new()
        }
        Overlay::Form(form) => {
            if let Some(field) = form.fields.get_mut(form.at) {
                field.input.handle(request);
            }
            form.problem = None;
            Vec::new()
        }
        Overlay::Search(input) => {
            input.handle(request);
            let words = input.value().to_owned();
            let screen = model.screen;
            let (pages, seen) = model.parts();
            let reply = pages.page_mut(screen).searched(&seen, &words);
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
        Some(Overlay::Export { input, export }) => write_to(model, input.value(), export),
        Some(Overlay::Form(mut form)) => {
            let values = form.values();
            let answered = match &form.then {
                Asked::Setting(key) => settings::answered(model, key, &values),
                then => {
                    let (pages, seen) = model.parts();
                    let reply = pages.answered(&seen, then, &values);
                    reply.map(|reply| take(model, reply))
                }
            };
            match answered {
                Ok(effects) => effects,
                Err(problem) => {
                    form.at = problem.field.min(form.fields.len().saturating_sub(1));
                    form.problem = Some(problem);
                    model.overlay = Some(Overlay::Form(form));
                    Vec::new()
                }
            }
        }
        Some(Overlay::Search(_) | Overlay::Rekey(_)) | None => Vec::new(),
    }
}

/// Runs an action that was chosen from a list, or says why it cannot be had.
pub(super) fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    act(model, action)
}

fn close(model: &mut Model) -> Vec<Effect> {
    match model.overlay.take() {
        Some(Overlay::Search(_)) => {
            let screen = model.screen;
            let (pages, seen) = model.parts();
            let reply = pages.page_mut(screen).left_search(&seen);
            take(model, reply)
        }
        // One step back each.
        Some(Overlay::Rekey(rekey)) => {
            model.overlay = Some(Overlay::Help(rekey.help));
            Vec::new()
        }
        Some(Overlay::Help(picker)) if !picker.only.is_empty() => {
            model.overlay = Some(Overlay::Help(Picker::default()));
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn write_to(model: &mut Model, file: &str, mut export: Box<Export>) -> Vec<Effect> {
    if file.trim().is_empty() {
        model.notice = Some(Notice::bad("nothing is written without a name"));
        return Vec::new();
    }
    export.file = PathBuf::from(file.trim());
    vec![Effect::Export(export)]
}

fn clicked(model: &mut Model, x: u16, y: u16) -> Vec<Effect> {
    match model.overlay {
        None => {}
        Some(Overlay::Form(_) | Overlay::Rekey(_)) => return Vec::new(),
        Some(_) => return pick::clicked(model, x, y),
    }
    if model.frame().tabs == Some(y) {
        let hit = |(_, start, text): &(Screen, u16, String)| {
            let wide = u16::try_from(text.chars().count()).unwrap_or(u16::MAX);
            (*start..start.saturating_add(wide)).contains(&x)
        };
        let cells = head::tab_cells(model);
        return match cells.into_iter().find(hit) {
            Some((screen, ..)) => go(model, screen),
            None => Vec::new(),
        };
    }
    let screen = model.screen;
    let (pages, seen) = model.parts();
    let reply = pages.page_mut(screen).click(&seen, Position { x, y });
    take(model, reply)
}

fn wheeled(model: &mut Model, x: u16, y: u16, down: bool) -> Vec<Effect> {
    let by = if down { WHEEL } else { -WHEEL };
    if model.overlay.is_some() {
        pick::choose(model, by.signum() as i32);
        return Vec::new();
    }
    let screen = model.screen;
    let (pages, seen) = model.parts();
    let reply = pages.page_mut(screen).wheel(&seen, Position { x, y }, by);
    take(model, reply)
}

fn loaded(
    model: &mut Model,
    generation: u64,
    overview: Result<Arc<Overview>, String>,
) -> Vec<Effect> {
    let mut overview = match overview {
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
    // What was written while it was being read is on the board already.
    if let Some(known) = &model.overview
        && known.board.facts().seen().count() > overview.board.facts().seen().count()
    {
        let read = Arc::make_mut(&mut overview);
        (read.board, read.me) = (Arc::clone(&known.board), known.me.clone());
    }
    let first = model.overview.is_none();
    model.rules = overview.rules.clone();
    model.week = overview.week.name();
    model.overview = Some(overview);
    model.loaded = generation;
    // Before its findings are shown, nobody is told that they are up to date.
    if let Some((at, _)) = model.scan.ended.take_if(|(_, read)| *read <= generation) {
        model.scan.done_at = Some(at);
    }
    if first && is_first_run(model) {
        model.screen = Screen::Start;
    }
    // Open items are read at the tips, which may be others now.
    let codes = &mut model.pages.debt.codes;
    codes.retain(|(place, _)| place.commit.is_some());
    refresh(model)
}

/// Whether nobody ever wrote anything here, and nothing else was asked for.
fn is_first_run(model: &Model) -> bool {
    let of_the_day = screen_of_the_day(&model.calendar, model.now);
    model.sees().board().is_blank()
        && model.week == model.calendar.week_of(model.now)
        && model.screen == of_the_day
}

fn scanned(model: &mut Model, generation: u64, outcome: Result<u64, String>) -> Vec<Effect> {
    if generation != model.scan.generation {
        return Vec::new();
    }
    model.scan.running = None;
    match outcome {
        // Also with nothing new: tips that went back bring no commits, but another debt.
        Ok(_) => {
            let read = load(model);
            model.scan.ended = Some((model.now, model.generation));
            vec![read]
        }
        Err(why) => {
            model.notice = Some(Notice::bad(fit::safe(&why)));
            // What could be scanned was.
            vec![load(model)]
        }
    }
}
