//! The terminal taken and given back: whatever happens, it is left as it was found.

use std::io::{self, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, ThreadId};

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::queue;
use crossterm::style::ResetColor;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, terminal};

/// Whether the terminal is ours now. One process has one terminal, and a panic hook knows no value.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while it is ours. Dropping it gives the terminal back.
#[derive(Debug)]
pub struct Guard {
    mouse: bool,
}

impl Guard {
    /// Takes the terminal: raw mode, the alternate screen, pasted text as such, and the mouse if
    /// wanted. A panic gives it back before it is told.
    ///
    /// # Errors
    /// A terminal that does not do it; it is then as it was.
    pub fn take(mouse: bool) -> io::Result<Self> {
        tell_panics_after_restoring(thread::current().id());
        let guard = Self { mouse };
        guard.again()?;
        Ok(guard)
    }

    /// Takes the terminal again after [`give_back`].
    ///
    /// # Errors
    /// As for [`Guard::take`].
    pub fn again(&self) -> io::Result<()> {
        enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        let mut out = io::stdout();
        let entered = enter(&mut out, self.mouse).and_then(|()| out.flush());
        if entered.is_err() {
            give_back();
        }
        entered
    }

    /// Takes the mouse, or leaves it to the terminal.
    ///
    /// # Errors
    /// A terminal that cannot be written to.
    pub fn set_mouse(&mut self, mouse: bool) -> io::Result<()> {
        self.mouse = mouse;
        let mut out = io::stdout();
        match mouse {
            true => queue!(out, EnableMouseCapture)?,
            false => queue!(out, DisableMouseCapture)?,
        }
        out.flush()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back, once however often it is called. Nothing can be done about failures, and
/// each step is worth taking even if the one before it failed.
pub fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    let _ = leave(&mut out);
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// Writes what takes the terminal.
///
/// # Errors
/// Those of `out`.
pub fn enter(out: &mut impl Write, mouse: bool) -> io::Result<()> {
    queue!(
        out,
        EnterAlternateScreen,
        EnableBracketedPaste,
        cursor::Hide
    )?;
    if mouse {
        queue!(out, EnableMouseCapture)?;
    }
    queue!(out, terminal::Clear(terminal::ClearType::All))
}

/// Writes what gives the terminal back, whatever of it was taken.
///
/// # Errors
/// Those of `out`.
pub fn leave(out: &mut impl Write) -> io::Result<()> {
    queue!(
        out,
        // A frame may have been cut short.
        terminal::EndSynchronizedUpdate,
        DisableMouseCapture,
        DisableBracketedPaste,
        ResetColor,
        LeaveAlternateScreen,
        cursor::Show
    )
}

/// A panic of the thread that draws is told on a terminal that is given back. One of another thread
/// is not told here at all while the screens are up: the worker answers with it.
fn tell_panics_after_restoring(drawing: ThreadId) {
    let told = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == drawing {
            give_back();
        }
        if !TAKEN.load(Ordering::SeqCst) {
            told(info);
        }
    }));
}
