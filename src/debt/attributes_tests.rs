//! Attribute files against `gitattributes(5)`, and against the git program on made-up files.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

fn root(text: &str) -> Attributes {
    Attributes::parse(&[(b"", text.as_bytes())], None)
}

fn vendored(attributes: &Attributes, path: &str) -> Option<bool> {
    attributes.of(path.as_bytes()).vendored.as_bool()
}

#[test]
fn the_last_matching_line_wins() {
    let attributes = root("*.c linguist-vendored\na.c -linguist-vendored\n*.c text\n");
    assert_eq!(vendored(&attributes, "a.c"), Some(false));
    assert_eq!(vendored(&attributes, "x/b.c"), Some(true));
    assert_eq!(vendored(&attributes, "b.h"), None);
}

#[test]
fn the_deeper_file_wins_and_info_wins_over_all() {
    let files: &[(&[u8], &[u8])] = &[
        (b"lib/deep", b"/x.c linguist-vendored"),
        (b"", b"*.c linguist-vendored\n"),
        (b"lib", b"*.c -linguist-vendored\n"),
    ];
    let attributes = Attributes::parse(files, None);
    assert_eq!(vendored(&attributes, "a.c"), Some(true));
    assert_eq!(vendored(&attributes, "lib/a.c"), Some(false));
    assert_eq!(vendored(&attributes, "lib/deep/x.c"), Some(true));
    assert_eq!(vendored(&attributes, "lib/deep/er/x.c"), Some(false));
    assert_eq!(vendored(&attributes, "library/a.c"), Some(true));
    let attributes = Attributes::parse(files, Some(b"lib/** !linguist-vendored"));
    assert_eq!(vendored(&attributes, "lib/deep/x.c"), None);
    assert_eq!(vendored(&attributes, "a.c"), Some(true));
}

#[test]
fn all_ways_to_say_yes_and_no() {
    for (said, expected) in [
        ("linguist-vendored", Some(true)),
        ("-linguist-vendored", Some(false)),
        ("!linguist-vendored", None),
        ("linguist-vendored=true", Some(true)),
        ("linguist-vendored=false", Some(false)),
        ("linguist-vendored -linguist-vendored", Some(false)),
        ("bad?name linguist-vendored", None),
    ] {
        assert_eq!(
            vendored(&root(&format!("* {said}")), "a"),
            expected,
            "{said}"
        );
    }
}

#[test]
fn a_value_is_kept_as_written() {
    let attributes = root("*.inc linguist-language=PHP\n");
    let language = attributes.of(b"a/b.inc").language;
    assert_eq!(language, State::Value(b"PHP".as_slice().into()));
}

#[test]
fn macros_spell_out_what_they_stand_for() {
    let attributes = root(
        "[attr]theirs linguist-vendored binary\n*.png binary\n*.x theirs\n*.y theirs diff\n*.z diff binary\n",
    );
    assert_eq!(attributes.of(b"a.png").diff, State::Unset);
    assert_eq!(attributes.of(b"a.png").text, State::Unset);
    assert_eq!(attributes.of(b"a.x").diff, State::Unset);
    assert_eq!(vendored(&attributes, "a.x"), Some(true));
    assert_eq!(attributes.of(b"a.y").diff, State::Set);
    assert_eq!(attributes.of(b"a.z").diff, State::Unset);
}

#[test]
fn a_macro_can_be_defined_at_the_root_only() {
    let nested = Attributes::parse(&[(b"d", b"[attr]m linguist-vendored\n* m")], None);
    assert_eq!(vendored(&nested, "d/a"), None);
}

#[test]
fn macros_that_name_each_other_end() {
    let attributes = root("[attr]a b\n[attr]b a linguist-vendored\n* a\n");
    assert_eq!(vendored(&attributes, "x"), Some(true));
}

#[test]
fn quotes_blanks_comments_and_a_mark_at_the_start() {
    let text = "\u{feff}\"a b\\t\\303\\274.c\" linguist-vendored\n  # *.h linguist-vendored\n \tx.h\tlinguist-vendored\r\n";
    let attributes = root(text);
    assert_eq!(vendored(&attributes, "a b\tü.c"), Some(true));
    assert_eq!(vendored(&attributes, "x.h"), Some(true));
    assert_eq!(vendored(&attributes, "y.h"), None);
}

#[test]
fn a_directory_is_not_a_pattern_for_its_files() {
    let attributes = root("lib/ linguist-vendored\nother linguist-vendored\n");
    assert_eq!(vendored(&attributes, "lib/a.c"), None);
    assert_eq!(vendored(&attributes, "other/a.c"), None);
}

#[test]
fn case_counts() {
    assert_eq!(vendored(&root("*.C linguist-vendored"), "a.c"), None);
}

#[test]
fn lines_beyond_the_limits_are_counted() {
    let long = format!("{} linguist-vendored\n", "a".repeat(MAX_LINE));
    let attributes = root(&format!(
        "{long}[x linguist-vendored\n*.c linguist-vendored\n[y text=auto"
    ));
    assert_eq!(attributes.ignored_lines(), 3);
    assert_eq!(vendored(&attributes, "a.c"), Some(true));
    let many = "d?/*/x linguist-vendored\n".repeat(MAX_COSTLY_BYTES / 4);
    assert!(root(&many).ignored_lines() > 0);
}

#[test]
fn the_fingerprint_follows_what_is_said_and_nothing_else() {
    let print = |text: &str| root(text).fingerprint();
    assert_eq!(
        print("*.c linguist-vendored"),
        print("*.sh eol=lf\n*.c x linguist-vendored\n")
    );
    assert_ne!(
        print("*.c linguist-vendored"),
        print("*.c -linguist-vendored")
    );
    assert_ne!(
        print("*.c linguist-vendored"),
        print("*.h linguist-vendored")
    );
    assert_ne!(
        print("a theirs"),
        print("[attr]theirs linguist-vendored\na theirs")
    );
    let at = |directory: &[u8]| {
        Attributes::parse(&[(directory, b"*.c linguist-vendored")], None).fingerprint()
    };
    assert_ne!(at(b"a"), at(b"b"));
}

#[test]
fn hostile_patterns_take_bounded_time() {
    let mut text = String::new();
    for n in 0..2_000 {
        text.push_str(&"*a".repeat(n % 200 + 1));
        text.push_str("b linguist-vendored\n");
        text.push_str(&"**/a/".repeat(n % 100 + 1));
        text.push_str("b linguist-generated\n");
    }
    let start = Instant::now();
    let attributes = root(&text);
    let path = format!("{}{}", "a/".repeat(200), "a".repeat(200));
    for _ in 0..5 {
        assert_eq!(vendored(&attributes, &path), None);
    }
    // Backtracking would take longer than the age of the universe.
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
}

fn word() -> impl Strategy<Value = String> {
    let parts = prop_oneof![
        4 => "[ab]{1,2}",
        1 => Just("*".to_owned()),
        1 => Just("**".to_owned()),
        1 => Just("***".to_owned()),
        1 => Just("?".to_owned()),
        1 => Just("\\*".to_owned()),
        1 => Just("\\a".to_owned()),
        1 => Just("[ab]".to_owned()),
        1 => Just("[!a]".to_owned()),
        1 => Just("[^b-]".to_owned()),
        1 => Just("[[:alpha:]-]".to_owned()),
        1 => Just("{a,b}".to_owned()),
        3 => Just("/".to_owned()),
        3 => Just("/**/".to_owned()),
    ];
    prop::collection::vec(parts, 1..5).prop_map(|parts| parts.concat())
}

const ASSIGNMENTS: [&str; 11] = [
    "linguist-vendored",
    "-linguist-vendored",
    "!linguist-vendored",
    "linguist-generated=false",
    "linguist-generated",
    "diff",
    "-text",
    "binary",
    "-binary",
    "mine",
    "other",
];
fn text() -> impl Strategy<Value = String> {
    let line = (
        word(),
        prop::collection::vec(prop::sample::select(&ASSIGNMENTS[..]), 1..4),
    )
        .prop_map(|(pattern, words)| format!("{pattern} {}\n", words.join(" ")));
    prop::collection::vec(line, 0..6).prop_map(|lines| lines.concat())
}

fn path() -> impl Strategy<Value = String> {
    prop::collection::vec("[ab*{,}x-]{1,3}", 1..4).prop_map(|parts| parts.join("/"))
}

/// The texts of three attribute files: at the root, in `a`, and `info/attributes`.
#[derive(Clone, Debug)]
struct Files {
    root: String,
    nested: String,
    info: String,
}

fn files() -> impl Strategy<Value = Files> {
    let macros = "[attr]mine linguist-vendored -diff\n[attr]other mine diff linguist-generated\n";
    (text(), text(), text()).prop_map(move |(root, nested, info)| Files {
        root: format!("{macros}{root}"),
        nested,
        info,
    })
}

impl Files {
    fn parse(&self) -> Attributes {
        Attributes::parse(
            &[(b"", self.root.as_bytes()), (b"a", self.nested.as_bytes())],
            Some(self.info.as_bytes()),
        )
    }

    /// False where there is no git program.
    fn write(&self, directory: &Path) -> bool {
        if git(directory).args(["init", "--quiet"]).status().is_err() {
            return false;
        }
        std::fs::create_dir_all(directory.join("a")).unwrap();
        std::fs::write(directory.join(".gitattributes"), &self.root).unwrap();
        std::fs::write(directory.join("a/.gitattributes"), &self.nested).unwrap();
        std::fs::create_dir_all(directory.join(".git/info")).unwrap();
        std::fs::write(directory.join(".git/info/attributes"), &self.info).unwrap();
        true
    }
}

/// The git program, deaf to the machine's configuration.
fn git(directory: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .current_dir(directory)
        .env_remove("GIT_DIR")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_ATTR_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", directory.join("none"))
        .env("XDG_CONFIG_HOME", directory.join("none"));
    command
}

fn check_attr(directory: &Path, paths: &[String]) -> Vec<u8> {
    let names = checked(&PathAttributes::default()).map(|(name, _)| name);
    git(directory)
        .args(["check-attr", "-z"])
        .args(names)
        .arg("--")
        .args(paths)
        .output()
        .unwrap()
        .stdout
}

fn checked(attributes: &PathAttributes) -> [(&'static str, State); 4] {
    [
        ("linguist-vendored", attributes.vendored.clone()),
        ("linguist-generated", attributes.generated.clone()),
        ("diff", attributes.diff.clone()),
        ("binary", attributes.binary.clone()),
    ]
}

proptest! {
    #[test]
    fn any_bytes_are_read(text in prop::collection::vec(any::<u8>(), 0..400), path in prop::collection::vec(any::<u8>(), 0..60)) {
        let attributes = Attributes::parse(&[(b"", &text), (b"a", &text)], Some(&text));
        attributes.of(&path);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Where there is no git program, nothing is compared.
    #[test]
    fn git_says_the_same(files in files(), paths in prop::collection::vec(path(), 1..40)) {
        let directory = tempfile::tempdir().unwrap();
        if !files.write(directory.path()) {
            return Ok(());
        }
        let attributes = files.parse();
        let said = check_attr(directory.path(), &paths);
        let mut said = said.split(|&b| b == 0);
        for path in &paths {
            for (name, ours) in checked(&attributes.of(path.as_bytes())) {
                prop_assert_eq!(said.next(), Some(path.as_bytes()));
                prop_assert_eq!(said.next(), Some(name.as_bytes()));
                let theirs = match said.next().unwrap() {
                    b"set" => State::Set,
                    b"unset" => State::Unset,
                    b"unspecified" => State::Unspecified,
                    value => State::Value(value.into()),
                };
                prop_assert_eq!(ours, theirs, "{} of {}\n{:#?}", name, path, files);
            }
        }
    }
}
