//! `hackweek` without a command: the screens, where there is a terminal to show them on.

use std::io::{self, IsTerminal};
use std::path::Path;
use std::time::Instant;

use chrono::{DateTime, Utc};

use super::Session;
use super::args::Format;
use super::exit::{Failure, Verdict};
use super::keys::keymap;
use super::output::Target;
use super::variable;
use crate::tui::clock::Clock;
use crate::tui::settings::Settings;
use crate::tui::theme::Look;
use crate::tui::{Ended, Opening, PutAway, open};
use crate::workspace::{self, Workspace, config_file};

const INSTEAD: &str = "`hackweek debt` reports this week's debt, `hackweek debt --all` that of the whole \
     history, `hackweek --help` has the rest";

/// Opens the screens. `from` is where their clock begins if it is another than the machine's;
/// `passes` is there where all they are shown goes when they close, and removes it where they cannot.
pub(super) fn run(
    session: &Session,
    from: Option<DateTime<Utc>>,
    passes: Option<PutAway>,
) -> Result<Verdict, Failure> {
    if session.shared.output.is_some() || session.shared.format != Format::Table {
        return Err(Failure::usage("the screens have nothing to write", INSTEAD));
    }
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Failure::usage("the screens need a terminal", INSTEAD));
    }
    let term = variable("TERM");
    if cfg!(unix) && term.is_none_or(|term| term == "dumb") {
        return Err(Failure::usage(
            "the screens need a terminal that can move its cursor; TERM says this one cannot",
            INSTEAD,
        ));
    }
    let options = session.options()?;
    let clock = match from {
        Some(from) => Clock::From(from, Instant::now()),
        None if session.is_frozen() => Clock::Still(options.now),
        None => Clock::Real,
    };
    let workspace = Workspace::open(options.clone())?;
    workspace.require_one()?;
    let ui = workspace.ui();
    let keymap = keymap(workspace.keys().clone())?;
    let file = config_file(&options)?;
    let config = file.config().map_err(workspace::Error::from)?;
    let settings = Settings {
        timezone: options.timezone.clone(),
        passes: passes.is_some(),
        ascii: session.terminal.ascii,
        ..Settings::new(file, config)
    };
    let text = |name| variable(name).map(|value| value.to_string_lossy().into_owned());
    let ended = open(Opening {
        workspace,
        options,
        keymap,
        look: Look {
            colour: session.terminal.colour,
            ascii: ui.ascii.unwrap_or(session.terminal.ascii),
        },
        mouse: ui.mouse,
        settings,
        clock,
        editor: text("VISUAL").or_else(|| text("EDITOR")),
        save: &save,
        put_away: passes,
    });
    match ended.map_err(Failure::Terminal)? {
        Ended::Quit => Ok(Verdict::Fine),
        Ended::Signal(signal) => Err(Failure::Signal(signal)),
    }
}

/// Writes an export, never over a file that is there.
fn save(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let target = Target::new(Some(path), false).map_err(|failure| failure.to_string())?;
    target.write(bytes).map_err(|failure| failure.to_string())
}
