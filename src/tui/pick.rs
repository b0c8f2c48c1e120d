//! Key help and palette: the table of actions as a list that can be searched and run.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::layout::Position;
use tui_input::Input;

use super::actions::{Action, Row, row, rows};
use super::effect::Effect;
use super::key::{Key, Keys};
use super::model::{Model, Overlay, Picker};
use super::rekey::Rekey;
use super::settings;
use super::update;
use super::widgets::{fit, window};
use crate::workspace::config::Setting;

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What keys do here; sequences of keys as one line until something is typed.
    Help,
    /// Every command.
    Palette,
}

/// What the words of all settings begin with.
pub const SETTING: &str = "Setting: ";

/// What a line of the list does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runs {
    /// An action.
    Action(Action),
    /// It begins a sequence of keys.
    Begin(Key),
    /// It asks for the value of a setting.
    Setting(&'static str),
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it does.
    pub runs: Runs,
    /// The heading it stands under.
    pub group: &'static str,
    /// Its keys.
    pub keys: String,
    /// Its words.
    pub says: String,
    /// Its stable name.
    pub name: &'static str,
    /// Why it cannot be had now.
    pub why_not: Option<String>,
    /// The actions that it stands for; none for a setting.
    pub actions: Vec<Action>,
    /// The value of a setting.
    pub value: String,
}

/// The lines that fit what was typed, the best first; all of them in the table's order when nothing
/// was typed. The screen's own lines come before those of every screen.
pub fn entries(model: &Model, kind: Kind, picker: &Picker) -> Vec<Entry> {
    let typed = picker.input.value();
    if !picker.only.is_empty() {
        let only = rows().filter(|row| picker.only.contains(&row.action));
        return only.map(|row| entry(model, row)).collect();
    }
    let of = |screen| move |row: &&'static Row| row.action.screen() == screen;
    let own = rows().filter(of(Some(model.screen)));
    let everywhere = rows().filter(of(None));
    let elsewhere = rows().filter(|row| {
        let screen = row.action.screen();
        let listed = screen.is_some_and(|screen| screen.number() > 0);
        kind == Kind::Palette && listed && screen != Some(model.screen)
    });
    let rows: Vec<&'static Row> = own.chain(everywhere).chain(elsewhere).collect();
    let typed = typed.trim();
    if typed.is_empty() {
        return match kind {
            Kind::Help => folded(model, &rows),
            Kind::Palette => {
                let rows = rows.iter().map(|row| entry(model, row));
                rows.chain(settings::all().iter().map(|one| of_setting(model, one)))
                    .collect()
            }
        };
    }
    // Words as they are typed; only where nothing has them, letters in their order.
    let ways = [AtomKind::Substring, AtomKind::Fuzzy];
    let settings = match kind {
        Kind::Help => &[],
        Kind::Palette => settings::all(),
    };
    let fitting = ways.map(|kind| fitting(model, &rows, settings, typed, kind));
    let found = fitting.into_iter().find(|found| !found.is_empty());
    found.unwrap_or_default()
}

/// The lines that fit, the best first.
fn fitting(
    model: &Model,
    rows: &[&'static Row],
    settings: &[Setting],
    typed: &str,
    kind: AtomKind,
) -> Vec<Entry> {
    let pattern = Pattern::new(typed, CaseMatching::Ignore, Normalization::Smart, kind);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut scored: Vec<(u32, usize, Entry)> = Vec::new();
    let rows = rows.iter().map(|row| entry(model, row));
    let settings = settings.iter().map(|one| of_setting(model, one));
    for (at, entry) in rows.chain(settings).enumerate() {
        let text = format!("{} {} {}", entry.says, entry.name, entry.group);
        let mut score = pattern.score(Utf32Str::new(&text, &mut buffer), &mut matcher);
        // Who types a name means it.
        if entry.name.rsplit('.').next() == Some(typed) {
            score = Some(u32::MAX - 1);
        }
        // Who types a key wants to know what it does.
        if entry.keys == typed {
            score = Some(u32::MAX);
        }
        scored.extend(score.map(|score| (score, at, entry)));
    }
    scored.sort_by_key(|(score, at, _)| (Reverse(*score), *at));
    scored.into_iter().map(|(_, _, entry)| entry).collect()
}

fn entry(model: &Model, row: &'static Row) -> Entry {
    let keys: Vec<String> = model
        .keymap
        .keys_of(row.action)
        .iter()
        .map(Keys::to_string)
        .collect();
    Entry {
        runs: Runs::Action(row.action),
        group: row.group,
        keys: keys.first().cloned().unwrap_or_default(),
        says: match row.action.screen() {
            Some(screen) if screen != model.screen => format!("{}: {}", screen.name(), row.says),
            _ => row.says.to_owned(),
        },
        name: row.name,
        why_not: model.why_not(row.action),
        actions: vec![row.action],
        value: String::new(),
    }
}

fn of_setting(model: &Model, setting: &Setting) -> Entry {
    Entry {
        runs: Runs::Setting(setting.key),
        group: "Settings",
        keys: setting.key.to_owned(),
        says: format!("{SETTING}{}", setting.says),
        name: setting.key,
        why_not: None,
        actions: Vec::new(),
        value: fit::safe(&model.settings.file.value(setting.key)),
    }
}

/// The rows, those of one menu of keys as one line.
fn folded(model: &Model, rows: &[&'static Row]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut menus: Vec<Key> = Vec::new();
    let all = rows;
    let mut rows = rows.iter();
    let screens: Vec<&Row> = rows.clone().filter(|row| is_screen(row)).copied().collect();
    while let Some(row) = rows.next() {
        let mut entry = entry(model, row);
        if is_screen(row) {
            if screens.first() == Some(row) {
                entry.keys = keys_of_screens(model, &screens);
                entry.says = "screens".to_owned();
                entry.actions = screens.iter().map(|row| row.action).collect();
                entries.push(entry);
            }
            continue;
        }
        if let Some(both) = row.both
            && let Some(other) = rows.next()
        {
            entry.actions.push(other.action);
            let other = model.keymap.key_of(other.action);
            entry.keys = format!("{} {other}", entry.keys).trim().to_owned();
            entry.says = both.to_owned();
            entries.push(entry);
            continue;
        }
        if let Some(Keys(keys)) = model.keymap.keys_of(row.action).first()
            && let [first, _, ..] = keys.as_slice()
        {
            if menus.contains(first) {
                continue;
            }
            if let Some((menu, _)) = row.menu() {
                menus.push(*first);
                entry.runs = Runs::Begin(*first);
                entry.keys = first.to_string();
                entry.says = format!("{menu} menu");
                entry.why_not = None;
                let begins = |row: &&&Row| {
                    let keys = model.keymap.keys_of(row.action).first();
                    keys.is_some_and(|keys| keys.0.len() > 1 && keys.0.first() == Some(first))
                };
                entry.actions = all.iter().filter(begins).map(|row| row.action).collect();
            }
        }
        entries.push(entry);
    }
    entries
}

/// Whether a row leads to a screen.
fn is_screen(row: &Row) -> bool {
    row.name.starts_with("go.")
}

/// `1-7`; where a user set others, all of them.
fn keys_of_screens(model: &Model, rows: &[&'static Row]) -> String {
    let keys: Vec<String> = rows
        .iter()
        .map(|row| model.keymap.key_of(row.action))
        .collect();
    let counted = |(at, key): (usize, &String)| *key == (at + 1).to_string();
    match keys.iter().enumerate().all(counted) {
        true => format!("1-{}", keys.len()),
        false => keys.join(" "),
    }
}

/// The picker that is open, and which.
pub fn picker(model: &Model) -> Option<(Kind, &Picker)> {
    match &model.overlay {
        Some(Overlay::Help(picker)) => Some((Kind::Help, picker)),
        Some(Overlay::Palette(picker)) => Some((Kind::Palette, picker)),
        _ => None,
    }
}

fn picker_mut(model: &mut Model) -> Option<&mut Picker> {
    match &mut model.overlay {
        Some(Overlay::Help(picker) | Overlay::Palette(picker)) => Some(picker),
        _ => None,
    }
}

/// Moves the choice.
pub fn choose(model: &mut Model, by: i32) {
    let Some((kind, picker)) = picker(model) else {
        return;
    };
    let rows = entries(model, kind, picker).len();
    if let Some(picker) = picker_mut(model) {
        picker.selected = window::moved(picker.selected, i64::from(by), rows);
    }
}

/// Types what is chosen.
pub fn fill(model: &mut Model) {
    let Some((kind, picker)) = picker(model) else {
        return;
    };
    let entries = entries(model, kind, picker);
    let says = entries.get(picker.selected).map(|entry| entry.says.clone());
    if let (Some(says), Some(picker)) = (says, picker_mut(model)) {
        (picker.input, picker.selected) = (Input::new(says), 0);
        picker.only.clear();
    }
}

/// Asks for other keys of what is chosen; a line that stands for several actions is opened first.
pub fn change_key(model: &mut Model) {
    let Some(Overlay::Help(picker)) = &model.overlay else {
        return;
    };
    let chosen = entries(model, Kind::Help, picker)
        .into_iter()
        .nth(picker.selected);
    let actions = chosen.map(|entry| entry.actions).unwrap_or_default();
    let help = picker.clone();
    match actions.as_slice() {
        [] => {}
        [action] => {
            if let Some(row) = row(*action) {
                let rekey = Rekey::new(row, &model.keymap, help);
                model.overlay = Some(Overlay::Rekey(Box::new(rekey)));
            }
        }
        _ => {
            model.overlay = Some(Overlay::Help(Picker {
                only: actions,
                ..Picker::default()
            }));
        }
    }
}

/// Runs what is chosen.
pub fn run(model: &mut Model, picker: &Picker, kind: Kind) -> Vec<Effect> {
    let entries = entries(model, kind, picker);
    match entries.get(picker.selected).map(|entry| entry.runs) {
        Some(Runs::Action(action)) => update::run(model, action),
        Some(Runs::Setting(key)) => {
            model.notice = None;
            settings::ask(model, key);
            Vec::new()
        }
        Some(Runs::Begin(key)) => {
            model.begun = vec![key];
            Vec::new()
        }
        None => Vec::new(),
    }
}

/// A click: on a line it runs it, outside of the box it closes it.
pub fn clicked(model: &mut Model, x: u16, y: u16) -> Vec<Effect> {
    let Some((kind, picker)) = picker(model) else {
        return Vec::new();
    };
    let entries = entries(model, kind, picker);
    let layout = super::view::picker::layout(model.area(), kind, picker, &entries);
    if !layout.panel.contains(Position { x, y }) {
        model.overlay = None;
        return Vec::new();
    }
    let mut rows = layout.rows.iter();
    let Some(row) = rows.find(|row| row.area.contains(Position { x, y })) else {
        return Vec::new();
    };
    let mut picker = picker.clone();
    picker.selected = row.entry;
    model.overlay = None;
    run(model, &picker, kind)
}
