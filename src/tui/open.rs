//! The screens on a real terminal: all that can fail is done before it is taken.

use std::io;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use crossterm::clipboard::CopyToClipboard;
use crossterm::event;
use crossterm::execute;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use super::browser::Browser;
use super::clock::Clock;
use super::document::Export;
use super::editor::Editor;
use super::effect::Effect;
use super::keymap::Keymap;
use super::message::{Message, Notice};
use super::model::{Begin, Model};
use super::runtime::{Ended, Input, Next, Performed, Services, run};
use super::settings::Settings;
use super::signals::{Asked, PutAway, Signals};
use super::terminal::{Guard, give_back};
use super::theme::Look;
use super::worker::Workers;
use super::writer::Deed;
use crate::workspace::{Options, Workspace};

/// Writes a file, whole or not at all, and never over one that is there; or says why not.
pub(super) type Save<'a> = &'a dyn Fn(&Path, &[u8]) -> Result<(), String>;

/// What the screens open with.
pub struct Opening<'a> {
    /// The repositories, opened.
    pub workspace: Workspace,
    /// What they were opened from, to open them again.
    pub options: Options,
    /// What keys mean.
    pub keymap: Keymap,
    /// How they are drawn.
    pub look: Look,
    /// Whether they take the mouse.
    pub mouse: bool,
    /// What is set.
    pub settings: Settings,
    /// What time it is.
    pub clock: Clock,
    /// The value of `$VISUAL`, or else of `$EDITOR`.
    pub editor: Option<String>,
    /// Writes exports.
    pub save: Save<'a>,
    /// Puts away what is to go with the screens, where they cannot close by themselves.
    pub put_away: Option<PutAway>,
}

/// Shows the screens until the user leaves or a signal comes.
///
/// # Errors
/// A terminal that cannot be taken, read or drawn on. It is given back in any case.
pub fn open(opening: Opening<'_>) -> io::Result<Ended> {
    let Opening {
        workspace,
        options,
        keymap,
        look,
        mouse,
        settings,
        clock,
        editor,
        save,
        put_away,
    } = opening;
    let now = clock.now();
    let mut model = Model::new(Begin {
        look,
        now,
        calendar: workspace.calendar().clone(),
        week: options.week.is_some().then(|| workspace.week().name()),
        repositories: workspace.names().map(super::widgets::fit::safe).collect(),
        keymap,
        mouse,
        settings,
    });
    let signals = Signals::watch(put_away)?;
    let workers = Workers::start(workspace, options);
    let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    let mut services = Real {
        workers,
        signals,
        guard: Guard::take(mouse)?,
        clock,
        editor,
        save,
    };
    let ended = run(&mut model, &mut terminal, &mut Events, &mut services);
    let Real { workers, guard, .. } = services;
    // The terminal first: a scan may take a moment to end.
    drop(guard);
    workers.stop();
    ended
}

struct Events;

impl Input for Events {
    fn next(&mut self, wait: Duration) -> io::Result<Next> {
        match event::poll(wait) {
            Ok(true) => event::read().map(Next::Event),
            Ok(false) => Ok(Next::Nothing),
            // A signal came; the loop looks at those itself.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(Next::Nothing),
            Err(error) => Err(error),
        }
    }
}

struct Real<'a> {
    workers: Workers,
    signals: Signals,
    guard: Guard,
    clock: Clock,
    editor: Option<String>,
    save: Save<'a>,
}

impl Services for Real<'_> {
    fn perform(&mut self, effect: Effect) -> Performed {
        match effect {
            Effect::Load {
                generation,
                week,
                now,
            } => self.workers.load(generation, week, now),
            Effect::Read(place) => self.workers.read(place),
            Effect::Scan { generation } => self.workers.scan(generation),
            Effect::Write(command) => self.write(Deed::Command(command)),
            Effect::Undo => self.write(Deed::Undo),
            Effect::Redo => self.write(Deed::Redo),
            Effect::Set(edits) => self.write(Deed::Set(edits)),
            Effect::SetBack(changed, turn) => self.write(Deed::SetBack(changed, turn)),
            Effect::Reopen => self.workers.reopen(),
            Effect::Join(then) => self.write(Deed::Join(then)),
            Effect::Edit { file, line } => return self.edit(&file, line),
            Effect::Copy { text, what } => return copy(&text, what),
            Effect::Browse(address) => return said(browse(&address)),
            Effect::Export(export) => return self.export(&export),
            Effect::Mouse(mouse) => {
                if let Err(error) = self.guard.set_mouse(mouse) {
                    return said(Notice::bad(format!("the mouse stays as it was: {error}")));
                }
            }
            Effect::Suspend => return self.suspend(),
            Effect::Quit => {}
        }
        Performed::default()
    }

    fn answers(&mut self) -> Vec<Message> {
        self.workers.answers()
    }

    fn is_busy(&self) -> bool {
        self.workers.is_busy()
    }

    fn asked(&mut self) -> Option<Asked> {
        let asked = self.signals.asked()?;
        if asked == Asked::GoOn {
            // A shell may have set the terminal up for itself.
            let _ = self.guard.again();
        }
        Some(asked)
    }

    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }
}

impl Real<'_> {
    fn write(&mut self, deed: Deed) {
        let now = self.clock.now();
        self.workers.write(deed, now);
    }

    fn edit(&mut self, file: &Path, line: u32) -> Performed {
        let editor = match Editor::at(self.editor.as_deref(), file, line) {
            Ok(editor) => editor,
            Err(why) => return said(Notice::bad(why.to_string())),
        };
        give_back();
        self.signals.set_away(true);
        let ended = editor.command().status();
        self.signals.set_away(false);
        let taken = self.guard.again();
        let notice = match (ended, taken) {
            (_, Err(error)) => Notice::bad(format!("the terminal cannot be taken again: {error}")),
            (Err(error), _) => Notice::bad(format!("cannot run {}: {error}", editor.program)),
            (Ok(status), _) if !status.success() => {
                Notice::bad(format!("{} ended with {status}", editor.program))
            }
            (Ok(_), _) => Notice::done("back from the editor; a commit is what counts"),
        };
        Performed {
            notice: Some(notice),
            repaint: true,
        }
    }

    fn export(&self, export: &Export) -> Performed {
        let Export {
            document,
            format,
            file,
        } = export;
        let written = document.write(*format).map_err(|error| error.to_string());
        let saved = written.and_then(|bytes| (self.save)(file, &bytes));
        said(match saved {
            Ok(()) => Notice::done(format!("wrote {}", file.display())),
            Err(why) => Notice::bad(why),
        })
    }

    fn suspend(&mut self) -> Performed {
        give_back();
        let stopped = Signals::stop_now();
        let taken = self.guard.again();
        let notice = match (stopped, taken) {
            (Ok(()), Ok(())) => None,
            (Err(error), _) | (_, Err(error)) => Some(Notice::bad(format!("cannot stop: {error}"))),
        };
        Performed {
            notice,
            repaint: true,
        }
    }
}

fn browse(address: &str) -> Notice {
    match Browser::here(address, &|name| std::env::var_os(name)) {
        Ok(browser) => match browser.start() {
            Ok(()) => Notice::done(format!("opened {address}")),
            Err(error) => Notice::bad(format!("cannot run {}: {error}", browser.program)),
        },
        Err(why) => Notice::bad(format!("{why}: {address}")),
    }
}

fn said(notice: Notice) -> Performed {
    Performed {
        notice: Some(notice),
        repaint: false,
    }
}

/// Through the terminal, which is where the user sits: a program on a far machine would fill the far
/// machine's clipboard.
fn copy(text: &str, what: &'static str) -> Performed {
    let copied = execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text));
    // A text of several lines is not for row 29.
    let shown = match text.trim_end().lines().count() {
        0 | 1 => format!("copied its {what}: {}", text.trim_end()),
        lines => format!("copied its {what}, {lines} lines"),
    };
    said(match copied {
        Ok(()) => Notice::done(shown),
        Err(error) => Notice::bad(format!("cannot copy: {error}")),
    })
}
