//! Other keys for an action: they are pressed, and what they would mean is said before anything is
//! written.

use crossterm::event::KeyCode;

use super::actions::{self, Action, Do, Row};
use super::effect::Effect;
use super::key::{Key, Keys};
use super::keymap::{Keymap, KeymapError};
use super::model::{Model, Overlay, Picker};
use super::settings;
use crate::workspace::config::{Edit, Written};

/// The longest sequence of keys.
const LONGEST: usize = 3;

/// Keys of an action while they are changed.
#[derive(Clone, Debug)]
pub struct Rekey {
    /// The action.
    pub row: &'static Row,
    /// Its keys now.
    pub now: Vec<Keys>,
    /// The way that is chosen, of [`Rekey::ways`].
    pub at: usize,
    /// The keys that were pressed.
    pub pressed: Vec<Key>,
    /// What is wrong with them.
    pub problem: Option<String>,
    /// The key help below.
    pub help: Picker,
}

/// What becomes of the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The pressed keys take the place of the ones with this number.
    Replace(usize),
    /// The pressed keys come to those that are there.
    Add,
    /// The action has no key any more.
    None,
    /// The action has the keys of the table again.
    Default,
}

impl Rekey {
    /// Of an action with its keys.
    pub fn new(row: &'static Row, map: &Keymap, help: Picker) -> Self {
        Self {
            row,
            now: map.keys_of(row.action).to_vec(),
            at: 0,
            pressed: Vec::new(),
            problem: None,
            help,
        }
    }

    /// What can become of the keys, in the order in which tab goes through them.
    pub fn ways(&self) -> Vec<Way> {
        let mut ways: Vec<Way> = (0..self.now.len()).map(Way::Replace).collect();
        ways.push(Way::Add);
        if !self.now.is_empty() {
            ways.push(Way::None);
        }
        if written(&self.now) != self.row.keys {
            ways.push(Way::Default);
        }
        ways
    }

    /// What is chosen to become of them.
    pub fn way(&self) -> Way {
        self.ways().get(self.at).copied().unwrap_or(Way::Add)
    }

    /// The keys as they would be, as the configuration has them; `None` as long as nothing is to
    /// change.
    pub fn then(&self) -> Option<Vec<String>> {
        let mut keys = written(&self.now);
        let pressed = notation(&Keys(self.pressed.clone()));
        match self.way() {
            Way::Replace(at) if !self.pressed.is_empty() => *keys.get_mut(at)? = pressed,
            Way::Add if !self.pressed.is_empty() => keys.push(pressed),
            Way::Replace(_) | Way::Add => return None,
            Way::None => keys.clear(),
            Way::Default => keys = self.row.keys.iter().map(|key| (*key).to_owned()).collect(),
        }
        Some(keys)
    }
}

/// Keys as the configuration has them.
fn written(keys: &[Keys]) -> Vec<String> {
    keys.iter().map(notation).collect()
}

/// `g g`, `ctrl-d`.
fn notation(keys: &Keys) -> String {
    let names: Vec<String> = keys.0.iter().map(ToString::to_string).collect();
    names.join(" ")
}

/// A key was pressed. Esc never comes here: it leaves.
pub fn pressed(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(Overlay::Rekey(rekey)) = &mut model.overlay else {
        return Vec::new();
    };
    let ways = rekey.ways().len();
    let ready = rekey.then().is_some();
    match key.code {
        KeyCode::Tab => rekey.at = (rekey.at + 1) % ways,
        KeyCode::BackTab => rekey.at = (rekey.at + ways - 1) % ways,
        // While there is nothing to write or to take back they are keys as any other.
        KeyCode::Enter if ready => return write(model),
        KeyCode::Backspace if !rekey.pressed.is_empty() => {
            rekey.pressed.pop();
        }
        _ if key.to_string().parse() != Ok(key) => {
            rekey.problem = Some("this key has no name that could be written down".to_owned());
            return Vec::new();
        }
        _ => {
            if matches!(rekey.way(), Way::None | Way::Default) {
                rekey.at = 0;
            }
            if rekey.pressed.len() == LONGEST {
                rekey.pressed.clear();
            }
            rekey.pressed.push(key);
        }
    }
    look(model);
    Vec::new()
}

/// Sees what is wrong with the keys as they would be.
fn look(model: &mut Model) {
    let Some(Overlay::Rekey(rekey)) = &model.overlay else {
        return;
    };
    let problem = rekey.then().and_then(|then| problem(model, rekey, then));
    if let Some(Overlay::Rekey(rekey)) = &mut model.overlay {
        rekey.problem = problem;
    }
}

fn problem(model: &Model, rekey: &Rekey, then: Vec<String>) -> Option<String> {
    let mut own = model.settings.config.keys.clone();
    own.insert(rekey.row.name.to_owned(), then);
    match Keymap::of(own) {
        Err(why) => Some(in_words(&why, rekey.row)),
        Ok(map) => {
            let leads = [Do::Quit, Do::Help, Do::Palette];
            let leads = leads.map(|act| map.keys_of(Action::Frame(act)).is_empty());
            (leads == [true; 3]).then(|| "then no key would lead out of here".to_owned())
        }
    }
}

/// What is wrong with keys for an action: the other action, by its name and its words.
fn in_words(why: &KeymapError, row: &Row) -> String {
    let other = |first: &'static str, second: &'static str| {
        let other = if first == row.name { second } else { first };
        let says = actions::rows().find(|row| row.name == other);
        let says = says.map(|row| row.says).unwrap_or_default();
        match other == row.name {
            true => "its own already".to_owned(),
            false if says == other => format!("{other} already"),
            false => format!("{other} already: {says}"),
        }
    };
    match why {
        KeymapError::Conflict {
            keys,
            first,
            second,
        } => format!("{keys} is {}", other(first, second)),
        KeymapError::Hidden {
            short,
            first,
            long,
            second,
        } => {
            let other = other(first, second);
            match *second == row.name {
                true => format!("{long} cannot be typed: {short} is {other}"),
                false => format!("{short} would hide {long}, which is {other}"),
            }
        }
        other => other.to_string(),
    }
}

fn write(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Rekey(rekey)) = model.overlay.take() else {
        return Vec::new();
    };
    let Some(then) = rekey.then() else {
        return Vec::new();
    };
    if rekey.problem.is_some() {
        model.overlay = Some(Overlay::Rekey(rekey));
        return Vec::new();
    }
    let is_default = then == rekey.row.keys;
    let edit = Edit {
        key: format!("keys.{}", rekey.row.name),
        to: (!is_default).then_some(Written::Texts(then)),
    };
    settings::write(model, edit).unwrap_or_else(|why| {
        let problem = Some(why);
        model.overlay = Some(Overlay::Rekey(Box::new(Rekey { problem, ..*rekey })));
        Vec::new()
    })
}
