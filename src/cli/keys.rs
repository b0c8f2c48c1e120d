//! `hackweek keys`: the keys of the screens, the user's own included.

use super::args;
use super::exit::{Failure, Verdict};
use super::{Session, laid_out};
use crate::tui;
use crate::tui::keymap::Keymap;
use crate::workspace::key_settings;

/// Lists them.
pub(super) fn run(session: &Session, args: &args::Keys) -> Result<Verdict, Failure> {
    session.needs_table("keys")?;
    let target = session.target()?;
    let map = keymap(key_settings(&session.options()?)?)?;
    let text = match args.markdown {
        true => tui::markdown(&map),
        false => tui::table(&map),
    };
    target.write(&laid_out(|out| out.write_all(text.as_bytes()))?)?;
    Ok(Verdict::Fine)
}

/// The keys of the table with the user's own on top.
pub(super) fn keymap(
    own: impl IntoIterator<Item = (String, Vec<String>)>,
) -> Result<Keymap, Failure> {
    Keymap::of(own).map_err(Failure::Keys)
}
