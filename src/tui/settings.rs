//! Settings and keys changed from the screens: asked for, tried out on the file's text, written by the
//! writer, taken into use, and taken back by `u` in the order in which things were done.

use super::effect::Effect;
use super::form::{Field, Form, Problem};
use super::keymap::{Keymap, check};
use super::message::{Notice, Set, Turn};
use super::model::{Model, Overlay};
use super::screens::Asked;
use super::update::{load, scan};
use super::when;
use super::widgets::fit;
use crate::week::{Calendar, WeekName};
use crate::workspace::config::{
    Changed, Config, ConfigFile, Edit, Kind, SETTINGS, Setting, Written, default_of, setting,
};
use crate::workspace::{shown_path, try_out};

/// What the key of a moved day begins with.
const MOVED: &str = "week.moved.";

/// What is set, and where.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The file that counts, as it was when it was read or written last.
    pub file: ConfigFile,
    /// What it says.
    pub config: Config,
    /// The timezone that was asked for with a flag, which counts before the file's.
    pub timezone: Option<String>,
    /// Whether the file goes with the made-up week that it is of.
    pub passes: bool,
    /// Whether the terminal takes ASCII signs alone, where nothing is set.
    pub ascii: bool,
    /// What was done here and can be taken back, the last one last.
    pub done: Vec<Did>,
    /// What was taken back and can be done again, the last one last.
    pub undone: Vec<Did>,
    /// What is being taken back or done again, to be remembered again should it fail.
    pub going: Option<(Did, Turn)>,
    /// What is to follow once the indexes are opened with the new settings.
    pub scans: bool,
}

/// Something that `u` takes back.
#[derive(Clone, Debug, PartialEq)]
pub enum Did {
    /// Something on the board, which the log takes back.
    Wrote,
    /// Something in the configuration file.
    Set(Box<Changed>),
}

impl Settings {
    /// What a file says, before anything is done.
    pub fn new(file: ConfigFile, config: Config) -> Self {
        Self {
            file,
            config,
            timezone: None,
            passes: false,
            ascii: false,
            done: Vec::new(),
            undone: Vec::new(),
            going: None,
            scans: false,
        }
    }

    /// Remembers what was done, taken back or done again, so that `u` and `ctrl-r` know whose turn it
    /// is.
    pub fn remember(&mut self, did: Did, turn: Turn) {
        self.going = None;
        match turn {
            Turn::Done => {
                self.done.push(did);
                self.undone.clear();
            }
            Turn::Redone => self.done.push(did),
            Turn::Undone => self.undone.push(did),
        }
    }
}

/// Takes the last thing back: a setting in its file, all else in the log.
pub fn undo(model: &mut Model) -> Effect {
    let last = model.settings.done.pop();
    model.settings.going = last.clone().map(|did| (did, Turn::Undone));
    match last {
        Some(Did::Set(changed)) => Effect::SetBack(changed, Turn::Undone),
        Some(Did::Wrote) | None => Effect::Undo,
    }
}

/// Does again what was taken back last.
pub fn redo(model: &mut Model) -> Effect {
    let last = model.settings.undone.pop();
    model.settings.going = last.clone().map(|did| (did, Turn::Redone));
    match last {
        Some(Did::Set(changed)) => Effect::SetBack(changed, Turn::Redone),
        Some(Did::Wrote) | None => Effect::Redo,
    }
}

/// Asks for the value of a setting, the present one filled in.
pub fn ask(model: &mut Model, key: &'static str) {
    let Some(setting) = setting(key) else {
        return;
    };
    let value = model.settings.file.value(key);
    let field = match setting.kind {
        Kind::Switch => Field::choice(setting.says, value, words(&["true", "false"])),
        Kind::Word(choices) => Field::choice(setting.says, value, words(choices)),
        _ => Field::text(setting.says, value),
    };
    let form = Form::line(setting.says, field.hint(hint(setting)), Asked::Setting(key));
    model.overlay = Some(Overlay::Form(Box::new(form)));
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// What fits, and what an empty line means.
fn hint(setting: &Setting) -> String {
    let fits = match setting.kind {
        Kind::Switch => "true false".to_owned(),
        Kind::Word(words) => words.join(" "),
        Kind::Number { least, most } => format!("{least} to {most}"),
        Kind::Text(example)
        | Kind::Texts(example)
        | Kind::Numbers(example)
        | Kind::Dates(example) => format!("as in {example}"),
    };
    let default = default_of(setting.key);
    let empty = match (setting.key, default.as_str()) {
        ("week.timezone", _) => "this machine's",
        (_, "") => "none",
        (_, default) => default,
    };
    format!("{fits}; empty: {empty}")
}

/// Takes the value that was typed for a setting.
///
/// # Errors
/// What the reader of the file says of it.
pub fn answered(model: &mut Model, key: &str, values: &[String]) -> Result<Vec<Effect>, Problem> {
    let typed = values.first().map(String::as_str).unwrap_or_default();
    let typed = match setting(key).map(|setting| setting.kind) {
        Some(Kind::Switch) => chosen(&["true", "false"], typed),
        Some(Kind::Word(words)) => chosen(words, typed),
        _ => typed.to_owned(),
    };
    let edit = Edit {
        key: key.to_owned(),
        to: (!typed.is_empty()).then_some(Written::Typed(typed)),
    };
    write(model, edit).map_err(|why| Problem::new(0, why))
}

/// The word that begins as it is typed, so that it need not be typed whole; else what is typed.
fn chosen(words: &[&str], typed: &str) -> String {
    let typed = typed.to_lowercase();
    let mut begin = words.iter().filter(|word| word.starts_with(&typed));
    match (begin.next(), begin.next()) {
        (Some(word), None) if !typed.is_empty() => (*word).to_owned(),
        _ => typed,
    }
}

/// Tries a change out on the text of the file, and has it written if it can be.
///
/// # Errors
/// Why it cannot be.
pub fn write(model: &mut Model, edit: Edit) -> Result<Vec<Effect>, String> {
    let settings = &model.settings;
    let config = try_out(&settings.file, &edit, &check);
    let config = config.map_err(|why| fit::safe(&why.of_value(&edit.key)))?;
    if config == settings.config {
        let (name, value) = (name(&edit.key), shown(&settings.file, &edit.key));
        model.notice = Some(Notice::done(format!("{name} stays {value}")));
        return Ok(Vec::new());
    }
    Ok(vec![Effect::Set(vec![edit])])
}

/// What the key is of: an action by its name, a setting by its.
fn name(key: &str) -> &str {
    key.strip_prefix("keys.").unwrap_or(key)
}

/// The value of a key in a file, for a sentence.
fn shown(file: &ConfigFile, key: &str) -> String {
    let Some(action) = key.strip_prefix("keys.") else {
        let value = file.value(key);
        return match (key, value.as_str()) {
            ("week.timezone", "") => "this machine's".to_owned(),
            (_, "") => "none".to_owned(),
            _ => value,
        };
    };
    let config = file.config().unwrap_or_default();
    let map = Keymap::of(config.keys).ok();
    let row = super::actions::rows().find(|row| row.name == action);
    let keys = map.zip(row).map(|(map, row)| {
        let keys = map.keys_of(row.action).iter().map(ToString::to_string);
        keys.collect::<Vec<_>>().join(" ")
    });
    match keys.unwrap_or_default() {
        keys if keys.is_empty() => "without a key".to_owned(),
        keys => keys,
    }
}

/// Takes into use what was written, and says so.
pub fn set(model: &mut Model, set: Result<Box<Set>, String>) -> Vec<Effect> {
    let Set {
        changed,
        turn,
        calendar,
    } = match set {
        Ok(set) => *set,
        Err(why) => {
            model.notice = Some(Notice::bad(fit::safe(&why)));
            // It can be tried again.
            match model.settings.going.take() {
                Some((did, Turn::Redone)) => model.settings.undone.push(did),
                Some((did, _)) => model.settings.done.push(did),
                None => {}
            }
            return Vec::new();
        }
    };
    let text = fit::safe(&sentence(&model.settings, &changed, turn, &calendar));
    model.notice = Some(match turn {
        Turn::Done | Turn::Redone => Notice::undoable(text),
        Turn::Undone => Notice::done(text),
    });
    let settings = &mut model.settings;
    let before = std::mem::replace(&mut settings.config, changed.config.clone());
    settings.file = changed.file.clone();
    settings.remember(Did::Set(Box::new(changed)), turn);
    let now = &settings.config;
    if let Ok(map) = Keymap::of(now.keys.clone()) {
        model.keymap = map;
    }
    model.look.ascii = now.ui.ascii.unwrap_or(settings.ascii);
    model.calendar = calendar;
    model.rules = now.rules.clone();
    settings.scans |= before.debt != now.debt || before.git != now.git;
    let read = |config: &Config| Config {
        keys: Default::default(),
        ui: Default::default(),
        ..config.clone()
    };
    let reopens = read(&before) != read(now);
    let mut effects = Vec::new();
    if before.ui.mouse != now.ui.mouse {
        model.mouse = now.ui.mouse;
        effects.push(Effect::Mouse(model.mouse));
    }
    if reopens {
        effects.push(Effect::Reopen);
    }
    effects
}

/// The indexes are open with the new settings: what they say now is read, or found first.
pub fn reopened(model: &mut Model, outcome: Result<(), String>) -> Vec<Effect> {
    if let Err(why) = outcome {
        model.notice = Some(Notice::bad(fit::safe(&why)));
        return Vec::new();
    }
    match std::mem::take(&mut model.settings.scans) {
        true => vec![scan(model)],
        false => vec![load(model)],
    }
}

fn sentence(settings: &Settings, changed: &Changed, turn: Turn, calendar: &Calendar) -> String {
    let key = changed.was.first().map_or("", |was| was.key.as_str());
    let before = ConfigFile {
        text: changed.before.clone(),
        ..changed.file.clone()
    };
    let (what, was) = match week_of_moved(key) {
        Some(week) => {
            let days = when::days(&calendar.week(week));
            (format!("{week} is on {days}"), String::new())
        }
        None => (
            format!("{} is {}", name(key), shown(&changed.file, key)),
            format!(", was {}", shown(&before, key)),
        ),
    };
    let place = match settings.passes {
        true => "in the demo's own file, which goes with it".to_owned(),
        false => format!("in {}", shown_path(&changed.file.path)),
    };
    let mut text = match turn {
        Turn::Undone => format!("undone: {what} again, {place}"),
        _ => format!("{what} now{was}, {place}"),
    };
    if let Some(other) = &changed.file.passed_over {
        text.push_str(&format!("; it counts in place of {}", shown_path(other)));
    }
    if let Some(zone) = settings
        .timezone
        .as_ref()
        .filter(|_| key == "week.timezone")
    {
        text.push_str(&format!("; --timezone {zone} counts until you leave"));
    }
    text
}

/// The week whose day a key moves; its other days are moved with it.
fn week_of_moved(key: &str) -> Option<WeekName> {
    let (week, _) = key.strip_prefix(MOVED)?.split_once('.')?;
    week.parse().ok()
}

/// The key of a moved day.
pub fn key_of_moved(week: WeekName, day: u8) -> String {
    format!("{MOVED}{week}.{day}")
}

/// All settings, for the palette.
pub fn all() -> &'static [Setting] {
    SETTINGS
}
