//! Who may know whom: the rooms of the crate, read from the sources themselves.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// A room, the rooms it may name, and the crates that it alone may name.
const ROOMS: &[(&str, &[&str], &[&str])] = &[
    ("interned", &["object_id"], &[]),
    ("object_id", &[], &[]),
    ("changes", &["interned"], &[]),
    ("week", &[], &[]),
    (
        "debt",
        &["interned", "changes"],
        &["tokei", "imara_diff", "globset"],
    ),
    (
        "history",
        &["interned", "changes", "object_id"],
        &["git2", "libgit2_sys", "libdeflater", "memmap2"],
    ),
    (
        "store",
        &["debt", "week", "interned", "object_id"],
        &["rusqlite", "postcard"],
    ),
    ("report", &["debt", "week"], &[]),
    (
        "workspace",
        &[
            "history",
            "store",
            "report",
            "debt",
            "week",
            "interned",
            "changes",
            "object_id",
        ],
        &["toml_edit"],
    ),
    (
        "tui",
        &["workspace", "report", "week"],
        &[
            "ratatui",
            "crossterm",
            "tui_input",
            "nucleo_matcher",
            "shell_words",
        ],
    ),
    (
        "cli",
        &["tui", "workspace", "report"],
        &["clap", "indicatif"],
    ),
    ("main", &["cli"], &[]),
    (
        "lib",
        &[
            "cli",
            "tui",
            "workspace",
            "report",
            "history",
            "store",
            "debt",
            "week",
            "interned",
            "changes",
            "object_id",
        ],
        &[],
    ),
];

/// What a pure room must not name: a clock, a file, the environment.
const PURE: &[&str] = &["week", "debt", "report", "interned", "object_id", "changes"];
const IMPURE: &[&str] = &[
    r"std::fs",
    r"std::env",
    r"std::net",
    r"std::process",
    r"Utc::now",
    r"Local::now",
    r"SystemTime",
    r"Instant::now",
    r"File::",
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}

fn room_of(path: &Path) -> String {
    let first = path.iter().next().unwrap().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The code of a file without its comments and its tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]").next().unwrap();
    let lines = text.lines().map(|line| line.split("//").next().unwrap());
    lines.collect::<Vec<_>>().join("\n")
}

fn each(mut visit: impl FnMut(&str, &Path, &str)) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in sources(&root) {
        let place = file.strip_prefix(&root).unwrap();
        if place.to_string_lossy().contains("test") {
            continue;
        }
        visit(&room_of(place), place, &code(&file));
    }
}

#[test]
fn every_room_names_only_those_below_it() {
    let rooms = ROOMS
        .iter()
        .map(|(name, ..)| *name)
        .collect::<BTreeSet<_>>();
    let names = Regex::new(r"\b(?:crate|hackweek)::(?:\{([^}]*)\}|([a-z_]+))").unwrap();
    let modules = Regex::new(r"(?m)^(?:pub )?mod ([a-z_]+);").unwrap();
    let mut wrong = Vec::new();
    each(|room, place, code| {
        let (_, may, _) = ROOMS
            .iter()
            .find(|(name, ..)| *name == room)
            .unwrap_or_else(|| panic!("{room} is no known room: say here who may know it"));
        let mut named: Vec<String> = Vec::new();
        for found in names.captures_iter(code) {
            let list = found.get(1).or(found.get(2)).unwrap().as_str();
            named.extend(list.split(',').map(|part| {
                let part = part.trim();
                part.split("::").next().unwrap().trim().to_owned()
            }));
        }
        if room == "lib" {
            named.extend(modules.captures_iter(code).map(|m| m[1].to_owned()));
        }
        for name in named {
            if rooms.contains(&*name) && name != room && !may.contains(&&*name) {
                wrong.push(format!("{} names {name}", place.display()));
            }
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_foreign_crate_has_one_room() {
    let mut wrong = Vec::new();
    each(|room, place, code| {
        for (owner, _, crates) in ROOMS {
            for name in *crates {
                let named = Regex::new(&format!(r"\b{name}::")).unwrap();
                if room != *owner && named.is_match(code) {
                    wrong.push(format!(
                        "{} names {name}, which is {owner}'s",
                        place.display()
                    ));
                }
            }
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn pure_rooms_have_no_clock_no_file_and_no_environment() {
    let mut wrong = Vec::new();
    each(|room, place, code| {
        if PURE.contains(&room) {
            for name in IMPURE.iter().filter(|name| code.contains(**name)) {
                wrong.push(format!("{} names {name}", place.display()));
            }
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}
