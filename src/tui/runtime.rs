//! The loop: events to messages, messages to effects, effects to their doing, and a frame where
//! something changed. It knows neither the terminal nor the workers, so that tests can drive it.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::time::Duration;

use chrono::{DateTime, Utc};
use crossterm::event::{Event, KeyEventKind, MouseButton, MouseEventKind};
use ratatui::Terminal;

use super::effect::Effect;
use super::key::Key;
use super::links::{Linking, Written};
use super::message::{Message, Notice};
use super::model::Model;
use super::signals::Asked;
use super::update::{begin, update};
use super::view::view;

/// How long an event is waited for while an answer is to come, and while none is.
const WAITS: (Duration, Duration) = (Duration::from_millis(15), Duration::from_millis(200));

/// Events that are taken before the next frame: a held key must not draw every step.
const AT_ONCE: usize = 64;

/// What the terminal has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// A key, the mouse, a paste, another size.
    Event(Event),
    /// Nothing for now.
    Nothing,
    /// Nothing ever more.
    End,
}

/// Where events come from.
pub trait Input {
    /// Waits for the next event, at most so long.
    ///
    /// # Errors
    /// A terminal that cannot be read.
    fn next(&mut self, wait: Duration) -> io::Result<Next>;
}

/// Who does what is to be done.
pub trait Services {
    /// Does it, or has it begun. Returns what is to be said of it at once, and whether the screen has
    /// to be drawn anew from nothing.
    fn perform(&mut self, effect: Effect) -> Performed;
    /// What has been answered since the last time.
    fn answers(&mut self) -> Vec<Message>;
    /// Whether answers are to come.
    fn is_busy(&self) -> bool;
    /// What the system asks for.
    fn asked(&mut self) -> Option<Asked>;
    /// The time.
    fn now(&self) -> DateTime<Utc>;
}

/// What came of an effect.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Performed {
    /// What is to be said.
    pub notice: Option<Notice>,
    /// Whether the screen has to be drawn anew from nothing.
    pub repaint: bool,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The user left.
    Quit,
    /// A signal of this number came.
    Signal(u8),
}

/// Runs until the user leaves, a signal comes, or the terminal fails.
///
/// # Errors
/// A terminal that cannot be read or drawn on.
pub fn run<B: Linking>(
    model: &mut Model,
    terminal: &mut Terminal<B>,
    input: &mut impl Input,
    services: &mut impl Services,
) -> io::Result<Ended>
where
    B::Error: fmt::Display,
{
    let size = terminal.size().map_err(failed)?;
    update(model, Message::Resized(size.width, size.height));
    let mut todo: VecDeque<Effect> = begin(model).into();
    let mut changed = true;
    let mut written = Written::default();
    loop {
        let mut repaint = false;
        let mut messages = services.answers();
        while let Some(effect) = todo.pop_front() {
            if effect == Effect::Quit {
                return Ok(Ended::Quit);
            }
            let performed = services.perform(effect);
            repaint |= performed.repaint;
            messages.extend(performed.notice.map(Message::Said));
        }
        match services.asked() {
            Some(Asked::End(signal)) => return Ok(Ended::Signal(signal)),
            Some(Asked::Stop) => repaint |= services.perform(Effect::Suspend).repaint,
            Some(Asked::GoOn) => repaint = true,
            None => {}
        }
        let now = services.now();
        let second = |time: DateTime<Utc>| time.timestamp();
        let minute = |time: DateTime<Utc>| second(time).div_euclid(60);
        if minute(now) != minute(model.now) || (second(now) != second(model.now) && model.ticks()) {
            messages.push(Message::Time(now));
        }
        for message in messages {
            changed = true;
            todo.extend(update(model, message));
        }
        if repaint {
            let size = terminal.size().map_err(failed)?;
            update(model, Message::Resized(size.width, size.height));
            terminal.resize(model.area()).map_err(failed)?;
            written = Written::default();
            changed = true;
        }
        if !todo.is_empty() {
            continue;
        }
        if changed {
            terminal.backend_mut().frame(true)?;
            draw(model, terminal, &mut written)?;
            terminal.backend_mut().frame(false)?;
            changed = false;
        }
        let mut wait = if services.is_busy() { WAITS.0 } else { WAITS.1 };
        for _ in 0..AT_ONCE {
            match input.next(wait)? {
                Next::Event(event) => {
                    wait = Duration::ZERO;
                    if let Some(message) = message(model, event) {
                        changed = true;
                        todo.extend(update(model, message));
                    }
                    // What was asked for first is done before the next key means anything.
                    if !todo.is_empty() {
                        break;
                    }
                }
                Next::Nothing => break,
                Next::End => return Ok(Ended::Quit),
            }
        }
    }
}

fn draw<B: Linking>(
    model: &Model,
    terminal: &mut Terminal<B>,
    written: &mut Written,
) -> io::Result<()>
where
    B::Error: fmt::Display,
{
    let mut links = Vec::new();
    let mut frame_of = None;
    let mut cursor = None;
    let done = terminal.draw(|frame| {
        let drawn = view(model, frame.buffer_mut());
        (links, cursor) = (drawn.links, drawn.cursor);
        if let Some(cursor) = cursor {
            frame.set_cursor_position(cursor);
        }
    });
    let done = done.map_err(failed)?;
    if !links.is_empty() || *written != Written::default() {
        frame_of = Some(done.buffer.clone());
    }
    let Some(buffer) = frame_of else {
        return Ok(());
    };
    written.write(terminal.backend_mut(), &buffer, links)?;
    // Writing moves the terminal's own cursor.
    if let Some(cursor) = cursor {
        terminal.set_cursor_position(cursor).map_err(failed)?;
    }
    Ok(())
}

fn failed(error: impl fmt::Display) -> io::Error {
    io::Error::other(error.to_string())
}

/// What an event means.
fn message(model: &Model, event: Event) -> Option<Message> {
    match event {
        Event::Key(event) if event.kind != KeyEventKind::Release => {
            model
                .keymap
                .message(model.mode(), &model.begun, Key::from(event))
        }
        Event::Mouse(event) => {
            let (x, y) = (event.column, event.row);
            match event.kind {
                MouseEventKind::Down(MouseButton::Left) => Some(Message::Clicked { x, y }),
                MouseEventKind::ScrollDown => Some(Message::Wheeled { x, y, down: true }),
                MouseEventKind::ScrollUp => Some(Message::Wheeled { x, y, down: false }),
                _ => None,
            }
        }
        Event::Paste(text) => Some(Message::Pasted(text)),
        Event::Resize(width, height) => Some(Message::Resized(width, height)),
        _ => None,
    }
}
