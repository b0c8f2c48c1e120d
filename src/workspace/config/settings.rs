//! What can be set, one by one: its key, its words, and how its value is typed in a line.

use toml_edit::{Array, Value};

use super::schema::{self, Bounds};

/// One key of the configuration that a person can set by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its table and its key, `standup.seconds`.
    pub key: &'static str,
    /// What it is, in a few words.
    pub says: &'static str,
    /// What it holds.
    pub kind: Kind,
}

/// What a setting holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// true or false.
    Switch,
    /// A whole number within bounds.
    Number {
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// One of some words.
    Word(&'static [&'static str]),
    /// A text; with an example.
    Text(&'static str),
    /// Texts, parted by commas; with an example.
    Texts(&'static str),
    /// Whole numbers, parted by commas; with an example.
    Numbers(&'static str),
    /// Dates, parted by commas; with an example.
    Dates(&'static str),
}

const fn number((least, most): Bounds) -> Kind {
    Kind::Number { least, most }
}

const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
const TIMES: &[&str] = &[schema::COMMIT_TIMES[0].0, schema::COMMIT_TIMES[1].0];
const GLYPHS: &[&str] = &[
    schema::GLYPHS[0].0,
    schema::GLYPHS[1].0,
    schema::GLYPHS[2].0,
];

macro_rules! settings {
    ($($key:literal $says:literal $kind:expr)*) => {
        /// Every setting but keys and moved days, of which there are any number.
        pub const SETTINGS: &[Setting] = &[$(Setting { key: $key, says: $says, kind: $kind },)*];
    };
}

settings! {
    "standup.seconds" "seconds per person" number(schema::SECONDS_EACH)
    "standup.minutes" "minutes of a standup" number(schema::MINUTES)
    "plan.minutes" "minutes of planning" number(schema::MINUTES)
    "plan.per_person" "tasks per person" number(schema::TASKS_EACH)
    "demo.seconds" "seconds each in the demo" number(schema::SECONDS_EACH)
    "review.minutes" "minutes each in the review" number(schema::MINUTES)
    "retro.votes" "votes per person" number(schema::VOTES_EACH)
    "week.deadline" "when the debt is due" Kind::Text("18:00, thu 18:00, or 24:00 for the end of day 4")
    "week.hack_days" "hack days" Kind::Numbers("1, 2")
    "week.first_day" "weekday of day 1" Kind::Word(WEEKDAYS)
    "week.holidays" "days without work" Kind::Dates("2026-12-24, 2026-12-25")
    "week.timezone" "timezone" Kind::Text("Europe/Berlin")
    "week.time" "time of a commit that counts" Kind::Word(TIMES)
    "debt.tags" "tags that declare debt" Kind::Texts("TODO, FIXME")
    "debt.declared_phrases" "words that declare debt" Kind::Texts("delete me")
    "debt.phrases" "words that are suspected" Kind::Texts("no idea why")
    "debt.excludes" "paths left out" Kind::Texts("third_party/**")
    "debt.stubs" "stubs count as debt" Kind::Switch
    "debt.skipped_tests" "skipped tests count as debt" Kind::Switch
    "git.branches" "branches that are followed" Kind::Texts("main, hack/*")
    "report.standup_template" "template of the standup" Kind::Text("standup.md")
    "report.summary_template" "template of the summary" Kind::Text("summary.md")
    "ui.mouse" "the screens take the mouse" Kind::Switch
    "ui.glyphs" "signs that are drawn" Kind::Word(GLYPHS)
}

/// What the keys of an action hold.
const KEYS: Kind = Kind::Texts("E, ctrl-e");
/// What a moved day holds.
const MOVED: Kind = Kind::Text("2026-11-21");

/// The path of a key in the file, and what it holds: a setting, `keys.` with the name of an action, or
/// `week.moved.` with a week and a day.
pub(super) fn place(key: &str) -> Option<(Vec<String>, Kind)> {
    let path = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect();
    if let Some(action) = key.strip_prefix("keys.").filter(|name| !name.is_empty()) {
        return Some((path(&["keys", action]), KEYS));
    }
    if let Some(day) = key
        .strip_prefix("week.moved.")
        .filter(|name| !name.is_empty())
    {
        return Some((path(&["week", "moved", day.trim_matches('"')]), MOVED));
    }
    let setting = SETTINGS.iter().find(|setting| setting.key == key)?;
    Some((path(&key.split('.').collect::<Vec<_>>()), setting.kind))
}

/// A value as it is typed. What does not fit is left for the reader of the file to refuse, who says
/// what is right.
///
/// # Errors
/// A list that begins as one of TOML and is none.
pub(super) fn typed(kind: Kind, text: &str) -> Result<Value, String> {
    let text = text.trim();
    let lists = matches!(kind, Kind::Texts(_) | Kind::Numbers(_) | Kind::Dates(_));
    if lists && text.starts_with('[') {
        let list = text.parse::<Value>().ok().filter(Value::is_array);
        return list.ok_or_else(|| "it begins with [ and is no list: [\"a\", \"b\"]".to_owned());
    }
    let quoted = || {
        let value = text.parse::<Value>().ok()?;
        (text.starts_with(['"', '\'']) && value.is_str()).then_some(value)
    };
    let list = |entry: &dyn Fn(&str) -> Value| {
        // A comma alone is a key, and no list of nothing and nothing.
        let parts: Vec<&str> = match text {
            "" => Vec::new(),
            "," => vec![","],
            _ => text.split(',').map(str::trim).collect(),
        };
        Value::Array(parts.into_iter().map(entry).collect::<Array>())
    };
    Ok(match kind {
        Kind::Switch => text
            .parse::<bool>()
            .map_or_else(|_| text.into(), Value::from),
        Kind::Number { .. } => whole(text),
        Kind::Numbers(_) => list(&whole),
        Kind::Dates(_) => list(&|text| match text.parse::<toml_edit::Datetime>() {
            Ok(date) => date.into(),
            Err(_) => text.into(),
        }),
        Kind::Texts(_) => list(&|text| text.into()),
        Kind::Word(_) | Kind::Text(_) => quoted().unwrap_or_else(|| text.into()),
    })
}

fn whole(text: &str) -> Value {
    text.parse::<i64>()
        .map_or_else(|_| text.into(), Value::from)
}

/// A value as it would be typed: [`typed`] reads it again.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.value().clone(),
        Value::Array(entries) => {
            let texts: Vec<String> = entries.iter().map(shown).collect();
            let odd = |text: &String| {
                text.is_empty()
                    || text.contains([',', '"'])
                    || text.trim() != text
                    || text.starts_with('[')
            };
            let alone = texts.len() == 1 && texts.first().is_some_and(|text| text == ",");
            if texts.iter().any(odd) && !alone {
                let entries: Array = texts.into_iter().collect();
                return Value::Array(entries).to_string();
            }
            texts.join(", ")
        }
        other => {
            let mut bare = other.clone();
            bare.decor_mut().clear();
            bare.to_string()
        }
    }
}
