//! The keys of `hackweek.toml`, what each may hold, and what holds where it is silent.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, Weekday};
use toml::de::DeTable;

use super::error::{Advice, ConfigError, nearest};
use super::reader::{Entry, Limits, Source, entries};
use crate::week::deadline::weekday;
use crate::week::{
    Calendar, CalendarError, CalendarSettings, CommitTime, Rules, WeekName, Zone, shown,
};

/// The tags that flag declared debt where the configuration names none.
pub const DEFAULT_TAGS: [&str; 4] = ["TODO", "FIXME", "XXX", "HACK"];

/// All that can be set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The week's timezone; `None`: the machine's.
    pub timezone: Option<Zone>,
    /// The week, in `timezone` or else in UTC; see [`Config::calendar_in`].
    pub calendar: Calendar,
    /// How long things last and how much each may have: `standup`, `plan`, `demo`, `review`, `retro`.
    pub rules: Rules,
    /// What is debt.
    pub debt: DebtSettings,
    /// What of git is read.
    pub git: GitSettings,
    /// How reports are laid out.
    pub report: ReportSettings,
    /// How the screens look.
    pub ui: UiSettings,
    /// Keys by the name of the action; no key takes the action's keys away. Not looked into here:
    /// which actions and keys there are, the screens know.
    pub keys: BTreeMap<String, Vec<String>>,
}

/// How reports are laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportSettings {
    /// The template in place of the built-in standup. Not looked at here.
    pub standup_template: Option<PathBuf>,
    /// The template in place of the built-in summary. Not looked at here.
    pub summary_template: Option<PathBuf>,
}

/// How the screens look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UiSettings {
    /// Whether they take the mouse.
    pub mouse: bool,
    /// Whether they are drawn with ASCII signs alone; `None`: as the locale has it.
    pub ascii: Option<bool>,
}

impl Default for UiSettings {
    fn default() -> Self {
        Self {
            mouse: true,
            ascii: None,
        }
    }
}

/// What is debt, and where it is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DebtSettings {
    /// The tags of declared debt: each of letters, digits, `_` and `-`, a letter first.
    pub tags: Vec<String>,
    /// Words that declare debt, besides the "don't do this" family.
    pub declared_phrases: Vec<String>,
    /// Words that make a comment suspected, besides the built-in ones.
    pub phrases: Vec<String>,
    /// Globs of paths that are left out. Not compiled here.
    pub excludes: Vec<String>,
    /// Whether stubs (`todo!()`) count.
    pub stubs: bool,
    /// Whether skipped tests (`#[ignore]`) count.
    pub skipped_tests: bool,
}

impl Default for DebtSettings {
    fn default() -> Self {
        Self {
            tags: DEFAULT_TAGS.map(str::to_owned).into(),
            declared_phrases: Vec::new(),
            phrases: Vec::new(),
            excludes: Vec::new(),
            stubs: false,
            skipped_tests: false,
        }
    }
}

/// What of git is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GitSettings {
    /// Globs of the branches that are followed; empty: what HEAD names. Not compiled here.
    pub branches: Vec<String>,
}

pub(super) const TOP: &[&str] = &[
    "week", "standup", "plan", "demo", "review", "retro", "debt", "git", "report", "ui", "keys",
];
const WEEK: &[&str] = &[
    "timezone",
    "first_day",
    "hack_days",
    "deadline",
    "holidays",
    "moved",
    "time",
];
const STANDUP: &[&str] = &["seconds", "minutes"];
const PLAN: &[&str] = &["minutes", "per_person"];
const DEMO: &[&str] = &["seconds"];
const REVIEW: &[&str] = &["minutes"];
const RETRO: &[&str] = &["votes"];
const DEBT: &[&str] = &[
    "tags",
    "declared_phrases",
    "phrases",
    "excludes",
    "stubs",
    "skipped_tests",
];
const GIT: &[&str] = &["branches"];
const REPORT: &[&str] = &["standup_template", "summary_template"];
const UI: &[&str] = &["mouse", "glyphs"];
pub(super) const TABLES: [(&str, &[&str]); 10] = [
    ("week", WEEK),
    ("standup", STANDUP),
    ("plan", PLAN),
    ("demo", DEMO),
    ("review", REVIEW),
    ("retro", RETRO),
    ("debt", DEBT),
    ("git", GIT),
    ("report", REPORT),
    ("ui", UI),
];

/// Ten years of a country with many holidays, and to spare.
const MOST_DATES: usize = 1000;
const TAG_LIMITS: Limits = Limits {
    entries: 64,
    chars: 32,
};
const PHRASE_LIMITS: Limits = Limits {
    entries: 256,
    chars: 200,
};
const GLOB_LIMITS: Limits = Limits {
    entries: 256,
    chars: 200,
};

/// The least and the most of what is counted.
pub(super) type Bounds = (u32, u32);
/// Seconds that one person speaks.
pub(super) const SECONDS_EACH: Bounds = (10, 3600);
/// Minutes that something lasts.
pub(super) const MINUTES: Bounds = (1, 480);
/// Tasks that one person can have in a week.
pub(super) const TASKS_EACH: Bounds = (1, 20);
/// Votes of one person.
pub(super) const VOTES_EACH: Bounds = (1, 20);

/// How long before its end planning rings for the first time, in minutes.
const FIRST_BELL: u32 = 10;

/// The words of `week.time`.
pub(super) const COMMIT_TIMES: [(&str, CommitTime); 2] = [
    ("author", CommitTime::Author),
    ("committer", CommitTime::Committer),
];

/// The words of `ui.glyphs`.
pub(super) const GLYPHS: [(&str, Option<bool>); 3] = [
    ("auto", None),
    ("unicode", Some(false)),
    ("ascii", Some(true)),
];

const KEY_LIMITS: Limits = Limits {
    entries: 8,
    chars: 32,
};

impl Config {
    /// The configuration that a text holds; `path` is the file it came from, for the errors.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let source = Source { path, text };
        let document = DeTable::parse(text).map_err(|error| ConfigError::Syntax {
            path: path.to_owned(),
            line: source.line(error.span().map_or(0, |span| span.start)),
            message: error.message().replace('\n', "; "),
        })?;
        let mut config = Self::default();
        for entry in entries(source, "", document.into_inner()) {
            match entry.key.as_str() {
                "week" => (config.timezone, config.calendar) = week(source, entry)?,
                name @ ("standup" | "plan" | "demo" | "review" | "retro") => {
                    let name = TABLES.iter().find(|(table, _)| *table == name);
                    if let Some((name, known)) = name {
                        rules(source, entry, name, known, &mut config.rules)?;
                    }
                }
                "debt" => config.debt = debt(source, entry)?,
                "git" => config.git = git(source, entry)?,
                "report" => config.report = report(source, entry)?,
                "ui" => config.ui = ui(source, entry)?,
                "keys" => config.keys = keys(entry)?,
                _ => return Err(unknown(source, &entry, "", TOP)),
            }
        }
        Ok(config)
    }

    /// The calendar in the configured timezone, or else in the machine's.
    pub fn calendar_in(&self, machine: Zone) -> Calendar {
        self.calendar
            .clone()
            .in_zone(self.timezone.unwrap_or(machine))
    }
}

fn unknown(
    source: Source<'_>,
    entry: &Entry<'_>,
    table: &'static str,
    known: &'static [&'static str],
) -> ConfigError {
    let mut elsewhere = TABLES
        .iter()
        .filter(|(_, keys)| keys.contains(&entry.key.as_str()));
    // Several tables have seconds: then it is no table's in particular.
    let elsewhere = elsewhere.next().filter(|_| elsewhere.next().is_none());
    let advice = match (elsewhere, nearest(&entry.key, known)) {
        (Some((table, _)), _) => Advice::Elsewhere(table),
        (None, Some(key)) => Advice::Nearest(key),
        (None, None) => Advice::Known(known),
    };
    ConfigError::UnknownKey {
        path: source.path.to_owned(),
        line: entry.line(),
        key: entry.key.clone(),
        table,
        advice,
    }
}

fn week(source: Source<'_>, table: Entry<'_>) -> Result<(Option<Zone>, Calendar), ConfigError> {
    let mut timezone = None;
    let mut settings = CalendarSettings::default();
    let (mut hack_days, mut deadline, mut moved) = (None, None, BTreeMap::new());
    let (line, key) = (table.line(), table.full_key());
    for entry in table.table("week")? {
        match entry.key.as_str() {
            "timezone" => timezone = Some(entry.parsed()?),
            "first_day" => settings.first_day = first_day(&entry)?,
            "hack_days" => {
                settings.hack_days = entry.numbers(MOST_DATES)?.into_iter().collect();
                hack_days = Some(entry);
            }
            "deadline" => {
                settings.deadline = entry.parsed()?;
                deadline = Some(entry);
            }
            "holidays" => settings.holidays = entry.dates(MOST_DATES)?.into_iter().collect(),
            "moved" => moved = moved_days(entry)?,
            "time" => settings.commit_time = entry.one_of(&COMMIT_TIMES)?,
            _ => return Err(unknown(source, &entry, "week", WEEK)),
        }
    }
    settings.moved = moved.iter().map(|(day, (date, _))| (*day, *date)).collect();
    let calendar = Calendar::new(settings, timezone.unwrap_or_default()).map_err(|error| {
        let guilty = match &error {
            CalendarError::NoHackDay | CalendarError::NoSuchHackDay(_) => hack_days.as_ref(),
            CalendarError::DeadlineTooEarly { .. } => deadline.as_ref().or(hack_days.as_ref()),
            CalendarError::NoSuchMovedDay { week, day }
            | CalendarError::OutOfOrder { week, day, .. } => {
                moved.get(&(*week, *day)).map(|(_, entry)| entry)
            }
        };
        match guilty {
            Some(entry) => entry.wrong(error.to_string()),
            // Defaults hold together: it takes a key of the file to break them.
            None => ConfigError::Value {
                path: source.path.to_owned(),
                line,
                key,
                message: error.to_string(),
            },
        }
    })?;
    Ok((timezone, calendar))
}

fn first_day(entry: &Entry<'_>) -> Result<Weekday, ConfigError> {
    let given = entry.text()?;
    weekday(given).ok_or_else(|| {
        entry.wrong(format!(
            "{} is not a weekday: write \"monday\" or \"mon\"",
            shown(given)
        ))
    })
}

type Moved<'a> = BTreeMap<(WeekName, u8), (NaiveDate, Entry<'a>)>;

/// `"2026-W47.3" = 2026-11-19`, or the same without quotes, which TOML reads as a table
/// `2026-W47` with a key `3`.
fn moved_days(table: Entry<'_>) -> Result<Moved<'_>, ConfigError> {
    let mut moved = BTreeMap::new();
    for entry in table.table("week.moved")? {
        let key = entry.key.clone();
        let (week, days) = if entry.is_table() {
            let days = entry.table("week.moved")?;
            (
                key,
                days.into_iter().map(|day| (day.key.clone(), day)).collect(),
            )
        } else if let Some((week, day)) = key.split_once('.') {
            (week.to_owned(), vec![(day.to_owned(), entry)])
        } else {
            let form = "write the week and the day, like \"2026-W47.3\"";
            return Err(entry.wrong(format!("{} names no day: {form}", shown(&key))));
        };
        for (day, entry) in days {
            let week: WeekName = week
                .parse()
                .map_err(|error: crate::week::WeekNameError| entry.wrong(error.to_string()))?;
            let number = match day.as_bytes() {
                [digit @ b'1'..=b'5'] => digit - b'0',
                _ => {
                    return Err(entry.wrong(format!(
                        "there is no day {} in a week: the days are 1 to 5",
                        shown(&day)
                    )));
                }
            };
            let date = entry.date()?;
            if moved.len() == MOST_DATES {
                return Err(entry.wrong(format!("{MOST_DATES} moved days are the most")));
            }
            if moved.contains_key(&(week, number)) {
                return Err(entry.wrong(format!("day {number} of {week} is moved twice")));
            }
            moved.insert((week, number), (date, entry));
        }
    }
    Ok(moved)
}

/// One table of the team's own rules.
fn rules(
    source: Source<'_>,
    table: Entry<'_>,
    name: &'static str,
    known: &'static [&'static str],
    rules: &mut Rules,
) -> Result<(), ConfigError> {
    for entry in table.table(name)? {
        match (name, entry.key.as_str()) {
            ("standup", "seconds") => rules.standup_each = entry.number(SECONDS_EACH)?,
            ("standup", "minutes") => rules.standup = entry.number(MINUTES)? * 60,
            ("plan", "minutes") => {
                let minutes = entry.number(MINUTES)?;
                let first = minutes.checked_sub(FIRST_BELL).filter(|at| *at > 0);
                rules.bells = first
                    .into_iter()
                    .chain([minutes])
                    .map(|at| at * 60)
                    .collect();
                rules.planning = minutes * 60;
            }
            ("plan", "per_person") => rules.tasks_each = entry.number(TASKS_EACH)? as usize,
            ("demo", "seconds") => rules.demo_each = entry.number(SECONDS_EACH)?,
            ("review", "minutes") => rules.review_each = entry.number(MINUTES)? * 60,
            ("retro", "votes") => rules.votes_each = entry.number(VOTES_EACH)?,
            _ => return Err(unknown(source, &entry, name, known)),
        }
    }
    Ok(())
}

fn debt(source: Source<'_>, table: Entry<'_>) -> Result<DebtSettings, ConfigError> {
    let mut settings = DebtSettings::default();
    let any = |_: &str| Ok(());
    for entry in table.table("debt")? {
        match entry.key.as_str() {
            "tags" => settings.tags = entry.texts(TAG_LIMITS, tag)?,
            "declared_phrases" => settings.declared_phrases = entry.texts(PHRASE_LIMITS, any)?,
            "phrases" => settings.phrases = entry.texts(PHRASE_LIMITS, any)?,
            "excludes" => settings.excludes = entry.texts(GLOB_LIMITS, any)?,
            "stubs" => settings.stubs = entry.switch()?,
            "skipped_tests" => settings.skipped_tests = entry.switch()?,
            _ => return Err(unknown(source, &entry, "debt", DEBT)),
        }
    }
    Ok(settings)
}

fn tag(text: &str) -> Result<(), String> {
    let mut chars = text.chars();
    let word = chars.next().is_some_and(char::is_alphabetic)
        && chars.all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    let form = "a tag is one word of letters, digits, `_` and `-`, a letter first";
    if word {
        Ok(())
    } else {
        Err(format!("{} is not a tag: {form}", shown(text)))
    }
}

fn git(source: Source<'_>, table: Entry<'_>) -> Result<GitSettings, ConfigError> {
    let mut settings = GitSettings::default();
    for entry in table.table("git")? {
        match entry.key.as_str() {
            "branches" => settings.branches = entry.texts(GLOB_LIMITS, |_| Ok(()))?,
            _ => return Err(unknown(source, &entry, "git", GIT)),
        }
    }
    Ok(settings)
}

fn report(source: Source<'_>, table: Entry<'_>) -> Result<ReportSettings, ConfigError> {
    let mut settings = ReportSettings::default();
    // A path is one from the folder of the configuration.
    let folder = source.path.parent().unwrap_or(Path::new(""));
    let path = |entry: &Entry<'_>| -> Result<Option<PathBuf>, ConfigError> {
        let given = entry.text()?;
        Ok((!given.is_empty()).then(|| folder.join(given)))
    };
    for entry in table.table("report")? {
        match entry.key.as_str() {
            "standup_template" => settings.standup_template = path(&entry)?,
            "summary_template" => settings.summary_template = path(&entry)?,
            _ => return Err(unknown(source, &entry, "report", REPORT)),
        }
    }
    Ok(settings)
}

fn ui(source: Source<'_>, table: Entry<'_>) -> Result<UiSettings, ConfigError> {
    let mut settings = UiSettings::default();
    for entry in table.table("ui")? {
        match entry.key.as_str() {
            "mouse" => settings.mouse = entry.switch()?,
            "glyphs" => settings.ascii = entry.one_of(&GLYPHS)?,
            _ => return Err(unknown(source, &entry, "ui", UI)),
        }
    }
    Ok(settings)
}

fn keys(table: Entry<'_>) -> Result<BTreeMap<String, Vec<String>>, ConfigError> {
    let mut keys = BTreeMap::new();
    for entry in table.table("keys")? {
        let action = entry.key.clone();
        keys.insert(action, entry.texts(KEY_LIMITS, |_| Ok(()))?);
    }
    Ok(keys)
}
