//! From keys to messages: the table's keys, the user's own on top, and no two meanings for one key.

use std::collections::HashMap;

use tui_input::InputRequest;

use super::actions::{self, Action, Place, Row};
use super::key::{Key, KeyError, Keys};
use super::message::Message;
use super::screens::Screen;
use crate::workspace::config::Config;

/// What the keys go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A screen.
    Screen(Screen),
    /// A line that is being typed.
    Typing(Typing),
    /// An action that gets other keys.
    Catching,
}

/// What a line that is being typed is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typing {
    /// Nothing but itself.
    Line,
    /// The key help: a list to choose from with up and down, whose keys can be changed.
    Help,
    /// The palette: a list to choose from with up and down.
    Palette,
    /// A form: tab goes to the next field, up and down choose a word.
    Form,
}

/// The keys of an action as a user set them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The action's name.
    pub action: String,
    /// Its keys; none takes its keys away.
    pub keys: Vec<String>,
}

/// Why a user's keys cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    /// No action has this name.
    #[error("[keys]: there is no action \"{name}\"{}", did_you_mean(.nearest))]
    NoAction {
        /// What was written.
        name: String,
        /// The name that is most like it.
        nearest: Option<&'static str>,
    },
    /// It is no key.
    #[error("[keys] \"{action}\": {why}")]
    NoKey {
        /// The action.
        action: String,
        /// What is wrong.
        why: KeyError,
    },
    /// One key would mean two things.
    #[error("[keys]: {keys} would be both \"{first}\" and \"{second}\"")]
    Conflict {
        /// The keys.
        keys: String,
        /// One action.
        first: &'static str,
        /// The other.
        second: &'static str,
    },
    /// Keys that begin with other keys could never be typed.
    #[error("[keys]: {long} (\"{second}\") begins with {short}, which is \"{first}\" already")]
    Hidden {
        /// The shorter keys.
        short: String,
        /// Their action.
        first: &'static str,
        /// The longer ones.
        long: String,
        /// Their action.
        second: &'static str,
    },
}

/// Whether the keys of a configuration can be used together.
///
/// # Errors
/// Why not.
pub fn check(config: &Config) -> Result<(), String> {
    let map = Keymap::of(config.keys.clone());
    let said = |why: KeymapError| why.to_string().replacen("[keys]: ", "", 1);
    map.map(|_| ()).map_err(said)
}

fn did_you_mean(nearest: &Option<&'static str>) -> String {
    nearest.map_or_else(
        || "; `hackweek keys` lists them".to_owned(),
        |nearest| format!("; did you mean \"{nearest}\"?"),
    )
}

/// All keys of all places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    bound: Vec<(Keys, &'static Row)>,
    of: HashMap<Action, Vec<Keys>>,
}

impl Keymap {
    /// Binds the table's keys, except where the user has set others.
    ///
    /// # Errors
    /// An action or key that does not exist, keys with two meanings.
    pub fn new(settings: &[Setting]) -> Result<Self, KeymapError> {
        let mut own: HashMap<&str, &[String]> = HashMap::new();
        for setting in settings {
            if !actions::rows().any(|row| row.name == setting.action) {
                return Err(KeymapError::NoAction {
                    nearest: nearest(&setting.action),
                    name: setting.action.clone(),
                });
            }
            own.insert(&setting.action, &setting.keys);
        }
        let mut map = Self {
            bound: Vec::new(),
            of: HashMap::new(),
        };
        for row in actions::rows() {
            let keys: Vec<&str> = match own.get(row.name) {
                Some(keys) => keys.iter().map(String::as_str).collect(),
                None => row.keys.to_vec(),
            };
            for text in keys {
                let keys: Keys = text.parse().map_err(|why| KeymapError::NoKey {
                    action: row.name.to_owned(),
                    why,
                })?;
                map.bind(keys, row)?;
            }
        }
        Ok(map)
    }

    /// The same of a configuration: keys by the names of actions.
    ///
    /// # Errors
    /// As for [`Keymap::new`].
    pub fn of(own: impl IntoIterator<Item = (String, Vec<String>)>) -> Result<Self, KeymapError> {
        let own = own
            .into_iter()
            .map(|(action, keys)| Setting { action, keys });
        Self::new(&own.collect::<Vec<_>>())
    }

    fn bind(&mut self, keys: Keys, row: &'static Row) -> Result<(), KeymapError> {
        let meet = |a: Place, b: Place| a == b || a == Place::Everywhere || b == Place::Everywhere;
        for (bound, other) in &self.bound {
            if !meet(row.action.place(), other.action.place()) {
                continue;
            }
            if *bound == keys {
                return Err(KeymapError::Conflict {
                    keys: keys.to_string(),
                    first: other.name,
                    second: row.name,
                });
            }
            let hidden = |short: &Keys, first: &'static Row, long: &Keys, second: &'static Row| {
                long.0.starts_with(&short.0).then(|| KeymapError::Hidden {
                    short: short.to_string(),
                    first: first.name,
                    long: long.to_string(),
                    second: second.name,
                })
            };
            let error =
                hidden(bound, other, &keys, row).or_else(|| hidden(&keys, row, bound, other));
            if let Some(error) = error {
                return Err(error);
            }
        }
        self.of.entry(row.action).or_default().push(keys.clone());
        self.bound.push((keys, row));
        Ok(())
    }

    /// The keys of an action, the first one first.
    pub fn keys_of(&self, action: Action) -> &[Keys] {
        self.of.get(&action).map_or(&[], Vec::as_slice)
    }

    /// Its first key in words; empty if it has none.
    pub fn key_of(&self, action: Action) -> String {
        self.keys_of(action)
            .first()
            .map(ToString::to_string)
            .unwrap_or_default()
    }

    /// What can follow keys that were begun on a screen, in the table's order: the rest of each
    /// sequence, and its row.
    pub fn after(&self, screen: Screen, begun: &[Key]) -> Vec<(Keys, &'static Row)> {
        let follow = |(keys, row): &(Keys, &'static Row)| {
            let rest = keys.0.strip_prefix(begun).filter(|rest| !rest.is_empty())?;
            is_on(screen, row).then(|| (Keys(rest.to_vec()), *row))
        };
        self.bound.iter().filter_map(follow).collect()
    }

    /// What a key means, given the keys that were begun before it.
    pub fn message(&self, mode: Mode, begun: &[Key], key: Key) -> Option<Message> {
        let screen = match mode {
            Mode::Screen(screen) => screen,
            Mode::Typing(typing) => return typed(typing, key),
            Mode::Catching => return Some(caught(key)),
        };
        let mut keys = begun.to_vec();
        keys.push(key);
        let found = self
            .bound
            .iter()
            .find(|(bound, row)| is_on(screen, row) && bound.0 == keys);
        if let Some((_, row)) = found {
            return Some(Message::Do(row.action));
        }
        if !self.after(screen, &keys).is_empty() {
            return Some(Message::Begun(key));
        }
        // A sequence that leads nowhere is forgotten; a single key that means nothing does nothing.
        (!begun.is_empty()).then_some(Message::Forget)
    }
}

fn is_on(screen: Screen, row: &Row) -> bool {
    match row.action.place() {
        Place::Everywhere => true,
        Place::On(place) => place == screen,
    }
}

/// What a key means where an action gets other keys: itself, except for the way out.
fn caught(key: Key) -> Message {
    use crossterm::event::KeyCode::{Char, Esc};
    match (key.code, key.ctrl) {
        (Esc, _) | (Char('c'), true) => Message::Close,
        _ => Message::Pressed(key),
    }
}

/// What a key means to a line that is being typed. These are fixed: they are the keys of every line
/// editor.
fn typed(typing: Typing, key: Key) -> Option<Message> {
    use crossterm::event::KeyCode::{
        BackTab, Backspace, Char, Delete, Down, End, Enter, Esc, Home, Left, PageDown, PageUp,
        Right, Tab, Up,
    };
    let picks = typing != Typing::Line;
    let typed = match (key.code, key.ctrl, key.alt) {
        (Esc, ..) | (Char('c'), true, _) => return Some(Message::Close),
        (Enter, ..) => return Some(Message::Accept),
        (Down, ..) | (Char('n'), true, _) if picks => return Some(Message::Pick(1)),
        (Up, ..) | (Char('p'), true, _) if picks => return Some(Message::Pick(-1)),
        (PageDown, ..) if picks => return Some(Message::Pick(10)),
        (PageUp, ..) if picks => return Some(Message::Pick(-10)),
        // Words are found whatever their case: no search needs the capital.
        (Char('E'), false, false) if typing == Typing::Help => return Some(Message::ChangeKey),
        (Tab, ..) if typing == Typing::Help || typing == Typing::Palette => {
            return Some(Message::Fill);
        }
        (Tab, ..) if typing == Typing::Form => return Some(Message::Field(true)),
        (BackTab, ..) if typing == Typing::Form => return Some(Message::Field(false)),
        (Tab | BackTab, ..) => return None,
        (Char(c), false, false) => InputRequest::InsertChar(c),
        (Backspace, false, false) | (Char('h'), true, _) => InputRequest::DeletePrevChar,
        (Backspace, ..) | (Char('w'), true, _) => InputRequest::DeletePrevWord,
        (Delete, ..) => InputRequest::DeleteNextChar,
        (Left, false, false) => InputRequest::GoToPrevChar,
        (Left, ..) | (Char('b'), _, true) => InputRequest::GoToPrevWord,
        (Right, false, false) => InputRequest::GoToNextChar,
        (Right, ..) | (Char('f'), _, true) => InputRequest::GoToNextWord,
        (Home, ..) | (Char('a'), true, _) => InputRequest::GoToStart,
        (End, ..) | (Char('e'), true, _) => InputRequest::GoToEnd,
        (Char('u'), true, _) => InputRequest::DeleteLine,
        (Char('k'), true, _) => InputRequest::DeleteTillEnd,
        _ => return None,
    };
    Some(Message::Typed(typed))
}

fn nearest(name: &str) -> Option<&'static str> {
    let scored = actions::rows().map(|row| (strsim::jaro_winkler(name, row.name), row.name));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 > 0.8).then_some(best.1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::tui::actions::Do;
    use crate::tui::screens::debt;

    const DEBT: Mode = Mode::Screen(Screen::Debt);

    fn keys(text: &str) -> Vec<Key> {
        text.parse::<Keys>().unwrap().0
    }

    fn set(action: &str, keys: &[&str]) -> Setting {
        Setting {
            action: action.to_owned(),
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        }
    }

    #[test]
    fn every_key_of_the_table_leads_to_its_action() {
        let map = Keymap::new(&[]).unwrap();
        for row in actions::rows() {
            for text in row.keys {
                let keys = keys(text);
                let (last, begun) = keys.split_last().unwrap();
                let mode = row.action.screen().map_or(DEBT, Mode::Screen);
                let message = map.message(mode, begun, *last);
                assert_eq!(message, Some(Message::Do(row.action)), "{text}");
            }
        }
    }

    #[test]
    fn a_sequence_begins_goes_on_and_is_forgotten() {
        let map = Keymap::new(&[]).unwrap();
        let [g, x] = [keys("g")[0], keys("X")[0]];
        assert_eq!(map.message(DEBT, &[], g), Some(Message::Begun(g)));
        let top = Message::Do(Action::Frame(Do::Top));
        assert_eq!(map.message(DEBT, &[g], g), Some(top));
        assert_eq!(map.message(DEBT, &[g], x), Some(Message::Forget));
        assert_eq!(map.message(DEBT, &[], x), None);
        let after: Vec<_> = map.after(Screen::Debt, &[g]);
        assert_eq!(after.len(), 2);
    }

    #[test]
    fn own_keys_take_the_place_of_the_tables() {
        let map = Keymap::new(&[set("debt.edit", &["E", "ctrl-e"]), set("quit", &[])]).unwrap();
        let edit = Action::Debt(debt::Do::Edit);
        assert_eq!(map.key_of(edit), "E");
        assert_eq!(map.message(DEBT, &[], keys("e")[0]), None);
        let message = map.message(DEBT, &[], keys("ctrl-e")[0]);
        assert_eq!(message, Some(Message::Do(edit)));
        assert_eq!(map.message(DEBT, &[], keys("q")[0]), None);
    }

    #[test]
    fn own_keys_are_refused_with_what_is_wrong() {
        let refused = |settings: &[Setting]| Keymap::new(settings).unwrap_err().to_string();
        assert_eq!(
            refused(&[set("debt.edti", &["E"])]),
            "[keys]: there is no action \"debt.edti\"; did you mean \"debt.edit\"?"
        );
        assert_eq!(
            refused(&[set("zzz", &["E"])]),
            "[keys]: there is no action \"zzz\"; `hackweek keys` lists them"
        );
        assert_eq!(
            refused(&[set("debt.edit", &["j"])]),
            "[keys]: j would be both \"move.down\" and \"debt.edit\""
        );
        assert_eq!(
            refused(&[set("debt.edit", &["g"])]),
            "[keys]: gg (\"move.top\") begins with g, which is \"debt.edit\" already"
        );
        assert!(refused(&[set("debt.edit", &["hyper-x"])]).contains("is no key"));
    }

    #[test]
    fn a_line_takes_letters_and_its_own_keys_alone() {
        let map = Keymap::new(&[]).unwrap();
        let typing = Mode::Typing(Typing::Palette);
        let of = |text: &str| map.message(typing, &[], keys(text)[0]);
        assert_eq!(of("q"), Some(Message::Typed(InputRequest::InsertChar('q'))));
        assert_eq!(of("esc"), Some(Message::Close));
        assert_eq!(of("ctrl-c"), Some(Message::Close));
        assert_eq!(of("enter"), Some(Message::Accept));
        assert_eq!(of("down"), Some(Message::Pick(1)));
        assert_eq!(of("alt-x"), None);
    }
}
