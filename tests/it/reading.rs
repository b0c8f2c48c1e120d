//! What is seen in a file: comments of many languages, in many encodings, and nothing else.

use crate::support::{Repo, Report, debt};

/// What is found in one file of one commit.
fn found(path: impl AsRef<[u8]>, text: impl AsRef<[u8]>) -> Report {
    let repo = Repo::new();
    repo.commit("mon 10:00", "Sammy", "Build", |t| t.write(path, text));
    debt(&repo).all()
}

/// Marker and line of everything found in a file, by line.
fn lines(path: &str, text: &str) -> Vec<(String, u64)> {
    let report = found(path, text);
    let place = |item: &crate::support::Item| (item.marker.clone(), item.line.unwrap());
    let mut lines: Vec<_> = report.items.iter().map(place).collect();
    lines.sort_by_key(|(_, line)| *line);
    lines
}

/// One file for each language: the comment with `MARK` in it is debt, strings with it are not.
const LANGUAGES: &[(&str, &str)] = &[
    (
        "a.rs",
        "fn a() {\n    let s = \"// TODO: no\";\n    // MARK\n}\n",
    ),
    ("a.rs", "/* one /* TWO */ MARK */\nfn a() {}\n"),
    ("a.rs", "/// MARK\nfn a() {}\n"),
    ("a.rs", "//! MARK\nfn a() {}\n"),
    ("a.rs", "const A: &str = r#\"\n// TODO: no\n\"#; // MARK\n"),
    ("a.c", "char *s = \"/* TODO: no */\"; /* MARK */\n"),
    ("a.cpp", "auto s = \"// TODO: no\"; // MARK\n"),
    ("a.h", "int a; // MARK\n"),
    ("a.go", "package a\n\nvar s = `// TODO: no`\n\n// MARK\n"),
    (
        "A.java",
        "class A {\n  /** MARK */\n  String s = \"// TODO: no\";\n}\n",
    ),
    ("a.kt", "val s = \"// TODO: no\" // MARK\n"),
    ("a.swift", "let s = \"// TODO: no\" // MARK\n"),
    ("A.cs", "class A { string s = \"// TODO: no\"; } // MARK\n"),
    ("a.js", "const s = '// TODO: no'; // MARK\n"),
    ("a.ts", "const s: string = `// TODO: no`; // MARK\n"),
    ("a.jsx", "const a = <p>{/* MARK */}</p>;\n"),
    ("a.tsx", "const a = <p>{/* MARK */}</p>;\n"),
    ("a.py", "s = '# TODO: no'\n# MARK\n"),
    (
        "a.py",
        "def a():\n    \"\"\"Does it.\n\n    MARK\n    \"\"\"\n    return 1\n",
    ),
    ("a.rb", "s = \"# TODO: no\" # MARK\n"),
    ("a.pl", "my $s = \"# TODO: no\"; # MARK\n"),
    ("a.php", "<?php\n$s = \"// TODO: no\"; // MARK\n"),
    ("a.sh", "#!/bin/sh\ns=\"# TODO: no\" # MARK\n"),
    ("a.lua", "local s = \"-- TODO: no\" -- MARK\n"),
    ("a.hs", "s = \"-- TODO: no\" -- MARK\n"),
    ("a.sql", "SELECT '-- TODO: no' -- MARK\n"),
    ("a.ex", "s = \"# TODO: no\" # MARK\n"),
    ("a.erl", "s() -> \"% TODO: no\". % MARK\n"),
    ("a.clj", "(def s \"; TODO: no\") ; MARK\n"),
    ("a.lisp", "(print \"; TODO: no\") ; MARK\n"),
    ("a.tex", "Words % MARK\n"),
    ("a.css", "a { color: red } /* MARK */\n"),
    ("a.scss", "a { color: red } // MARK\n"),
    ("a.html", "<p>TODO in words</p>\n<!-- MARK -->\n"),
    ("a.xml", "<a><!-- MARK --></a>\n"),
    ("a.vue", "<template><!-- MARK --></template>\n"),
    ("a.yaml", "a: '# TODO: no' # MARK\n"),
    ("a.toml", "a = \"# TODO: no\" # MARK\n"),
    ("a.ini", "a = 1\n; MARK\n"),
    ("Makefile", "all: # MARK\n\ttrue\n"),
    ("Dockerfile", "FROM scratch\n# MARK\n"),
    ("a.tf", "a = \"# TODO: no\" # MARK\n"),
    ("a.ps1", "$s = \"# TODO: no\" # MARK\n"),
    ("a.r", "s <- \"# TODO: no\" # MARK\n"),
    ("a.jl", "s = \"# TODO: no\" # MARK\n"),
    ("a.scala", "val s = \"// TODO: no\" // MARK\n"),
    ("a.dart", "var s = '// TODO: no'; // MARK\n"),
    ("a.zig", "const s = \"// TODO: no\"; // MARK\n"),
    ("a.proto", "syntax = \"proto3\"; // MARK\n"),
    ("a.f90", "s = '! TODO: no' ! MARK\n"),
    ("a.adb", "S : String := \"-- TODO: no\"; -- MARK\n"),
    ("a.vhdl", "-- MARK\n"),
    ("a.unknown-language", "# MARK\nwords\n"),
    ("NOTICE-TO-SELF", "; MARK\n"),
];

#[test]
fn a_comment_counts_in_every_language_and_a_string_in_none() {
    // One repository for all: a folder for each, so that names may repeat.
    let repo = Repo::new();
    repo.commit("mon 10:00", "Sammy", "Build", |t| {
        for (number, (path, text)) in LANGUAGES.iter().enumerate() {
            let text = text.replace("MARK", &format!("TODO: number {number} of many"));
            t.write(format!("{number}/{path}"), text);
        }
        t
    });
    let report = debt(&repo).all();
    let mut wrong = Vec::new();
    for (number, (path, text)) in LANGUAGES.iter().enumerate() {
        let folder = format!("{number}/");
        let here = |item: &&crate::support::Item| {
            item.path
                .as_ref()
                .is_some_and(|path| path.starts_with(&folder))
        };
        let found: Vec<_> = report
            .items
            .iter()
            .filter(here)
            .map(|item| (item.text.as_str(), item.line))
            .collect();
        let line = text.lines().position(|line| line.contains("MARK")).unwrap() as u64 + 1;
        let right = [(format!("number {number} of many"), Some(line))];
        let right: Vec<_> = right
            .iter()
            .map(|(text, line)| (text.as_str(), *line))
            .collect();
        if found != right {
            wrong.push(format!("{path}: {found:?} for {text:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn strings_and_names_are_not_debt() {
    found(
        "a.rs",
        "fn todo() {\n    let TODO = \"TODO: FIXME\";\n    print(\"/* HACK: x */\");\n    \
         let c = '\"'; let s = \"\\\" // XXX: y\";\n    let r = r##\"// TODO: \"# z\"##;\n    \
         let b = b\"// TODO: bytes\";\n    // todos are many, and hacking is fun\n}\n",
    )
    .counts(0);
}

#[test]
fn nested_comments() {
    let text = "/* TODO: outer /* FIXME: inner */ still outer */\nfn a() {}\n// HACK: after\n";
    let found = lines("a.rs", text);
    assert!(found.contains(&("TODO".to_owned(), 1)), "{found:?}");
    assert!(found.contains(&("HACK".to_owned(), 3)), "{found:?}");
    // C has no nesting: the second sign is in the comment, the rest of the line is code.
    let found = lines("a.c", "/* TODO: a /* b */ int x; /* FIXME: c */\n");
    assert_eq!(found, [("TODO".to_owned(), 1), ("FIXME".to_owned(), 1)]);
}

#[test]
fn two_comments_on_a_line() {
    let report = found("a.rs", "/* TODO: name it */ fn a() {} // FIXME: empty\n");
    report.counts(2);
    assert_eq!(report.item("name it").marker, "TODO");
    assert_eq!(report.item("empty").marker, "FIXME");
}

#[test]
fn two_tags_in_a_comment() {
    let report = found(
        "a.rs",
        "// TODO: cache this. FIXME: drop the lock\nfn a() {}\n",
    );
    report.counts(2);
    let markers: Vec<_> = report
        .items
        .iter()
        .map(|item| item.marker.as_str())
        .collect();
    assert!(
        markers.contains(&"TODO") && markers.contains(&"FIXME"),
        "{markers:?}"
    );
    report
        .items
        .iter()
        .for_each(|item| assert_eq!(item.line, Some(1)));
}

#[test]
fn text_of_many_lines() {
    let report = found(
        "a.rs",
        "fn a() {\n    // TODO: retry the upload,\n    // but only twice\n    go();\n\n    \
         /* FIXME: the price\n     * is a float\n     */\n    pay();\n}\n",
    );
    report.counts(2);
    assert_eq!(
        report.item("retry").text,
        "retry the upload, but only twice"
    );
    report.item("retry").at("a.rs", 2);
    assert_eq!(report.item("price").text, "the price is a float");
    report.item("price").at("a.rs", 6);
}

#[test]
fn one_item_each_for_tags_on_lines_that_follow() {
    let report = found(
        "a.rs",
        "// TODO: first\n// TODO: second\n// FIXME: third\nfn a() {}\n",
    );
    report.counts(3);
    report.item("first").at("a.rs", 1);
    report.item("second").at("a.rs", 2);
    report.item("third").at("a.rs", 3);
    assert_eq!(report.item("first").text, "first");
}

#[test]
fn assignee_and_ticket() {
    let report = found(
        "a.rs",
        "// TODO(ann): rotate the key, see #123\n// FIXME: waits for SHOP-42\n// HACK: nobody's\nfn a() {}\n",
    );
    report.counts(3);
    let about = |text: &str| {
        let item = report.item(text);
        (item.assignee.as_deref(), item.ticket.as_deref())
    };
    assert_eq!(about("rotate"), (Some("ann"), Some("#123")));
    assert_eq!(about("waits"), (None, Some("SHOP-42")));
    assert_eq!(about("nobody"), (None, None));
}

#[test]
fn a_tag_is_a_whole_word_in_the_right_case() {
    let yes = [
        "// TODO fix it",
        "// TODO",
        "// todo: fix it",
        "// Todo(ann) fix it",
        "// fixme: x",
        "// XXX y",
        "// HACK around",
        "// a TODO in the middle",
        "// hack: z",
        "// TODO- fix it",
    ];
    let no = [
        "// TODOS are many",
        "// a todo in the middle",
        "// hacking away",
        "// METHODOLOGY",
        "// xxxl shirts",
        "// shack",
        "// autodoc: on",
        "// a nice hack it was",
    ];
    for comment in yes {
        assert_eq!(
            found("a.rs", format!("{comment}\nfn a() {{}}\n"))
                .items
                .len(),
            1,
            "{comment}"
        );
    }
    for comment in no {
        assert_eq!(
            found("a.rs", format!("{comment}\nfn a() {{}}\n"))
                .items
                .len(),
            0,
            "{comment}"
        );
    }
}

#[test]
fn do_not_do_this() {
    for comment in [
        "// don't do this",
        "// Dont do this at home",
        "// DO NOT DO THIS",
        "// don\u{2019}t do this",
        "// TODO don't do this",
    ] {
        let report = found("a.rs", format!("fn a() {{\n    {comment}\n    go();\n}}\n"));
        assert_eq!(
            report.items.len(),
            1,
            "{comment}: {:#}",
            report.json["items"]
        );
    }
    found("a.rs", "// we don't do this with cats\nfn a() {}\n").counts(0);
}

#[test]
fn prose() {
    let text = "\
# TODO: write the manual
- FIXME(ann): the second part
> HACK: quoted
We have a TODO list: it is long.
todo: lower case is a word here
<!-- TODO: hidden in a comment -->
";
    for path in ["README.md", "notes.txt"] {
        let found = lines(path, text);
        let right = [("TODO", 1), ("FIXME", 2), ("HACK", 3), ("TODO", 6)];
        let right: Vec<_> = right
            .iter()
            .map(|(marker, line)| (String::from(*marker), *line))
            .collect();
        assert_eq!(found, right, "{path}");
    }
}

#[test]
fn the_language_is_told() {
    assert_eq!(
        found("a.rs", "// TODO: x\n").item("x").language.as_deref(),
        Some("Rust")
    );
    assert_eq!(
        found("a.py", "# TODO: x\n").item("x").language.as_deref(),
        Some("Python")
    );
    assert_eq!(found("odd", "# TODO: x\n").item("x").language, None);
}

#[test]
fn utf_8_with_a_byte_order_mark() {
    let report = found("a.rs", b"\xef\xbb\xbf// TODO: sch\xc3\xb6n\nfn a() {}\n");
    assert_eq!(report.item("sch").text, "schön");
    report.item("sch").at("a.rs", 1);
}

#[test]
fn latin_1() {
    let report = found("a.c", b"int a; // TODO: sch\xf6n machen\n");
    assert_eq!(report.item("sch").text, "schön machen");
}

#[test]
fn utf_16_is_skipped_and_listed() {
    let mut bytes = vec![0xff, 0xfe];
    for unit in "// TODO: wide\r\n".encode_utf16() {
        bytes.extend(unit.to_le_bytes());
    }
    let report = found("wide.cs", bytes);
    report.counts(0);
    let skipped = report.skipped();
    assert!(
        skipped
            .iter()
            .any(|(path, why)| path == "wide.cs" && !why.is_empty()),
        "{skipped:?}"
    );
}

#[test]
fn line_ends_of_all_kinds_count_the_same() {
    let unix = "fn a() {\n    // TODO: one\n    go();\n    // TODO: two\n    // and more\n}\n";
    for text in [
        unix.to_owned(),
        unix.replace('\n', "\r\n"),
        unix.trim_end().to_owned(),
    ] {
        let report = found("a.rs", text);
        report.counts(2).item("one").at("a.rs", 2);
        report.item("two").at("a.rs", 4);
        assert_eq!(report.item("two").text, "two and more");
    }
}

#[test]
fn an_unclosed_comment_or_string_harms_nobody() {
    let report = found("a.rs", "// TODO: before\n/* FIXME: never closed\n");
    report.item("before").at("a.rs", 1);
    found(
        "a.rs",
        "// TODO: before\nlet s = \"never closed\n// anything\n",
    )
    .item("before")
    .at("a.rs", 1);
}

#[test]
fn odd_paths() {
    let long = format!(
        "{}/{}.rs",
        ["long-folder-name"; 12].join("/"),
        "n".repeat(200)
    );
    let paths: [&[u8]; 9] = [
        b"with space/a file.rs",
        b"quote\"s 'and' ticks`.rs",
        b"new\nline.rs",
        b"-rf.rs",
        b"tab\there.rs",
        b"latin-\xf6.rs",
        "schön/\u{1f980}.rs".as_bytes(),
        b"back\\slash.rs",
        long.as_bytes(),
    ];
    let repo = Repo::new();
    let first = repo.commit("mon 10:00", "Sammy", "Odd", |t| {
        for (number, path) in paths.iter().enumerate() {
            t.write(
                path,
                format!("fn f{number}() {{\n    // TODO: odd {number}\n    go({number});\n}}\n"),
            );
        }
        t
    });
    let report = debt(&repo).all();
    report.counts(paths.len());
    for (number, path) in paths.iter().enumerate() {
        let path = String::from_utf8_lossy(path);
        report
            .item(&format!("odd {number}"))
            .open()
            .introduced_by(first)
            .at(&path, 2);
    }

    let deleted = repo.commit("wed 10:00", "Sammy", "Gone", |t| {
        t.clear().write("a.rs", "fn a() {}\n")
    });
    let report = debt(&repo).all();
    report.counts(paths.len());
    report.items.iter().for_each(|item| {
        item.paid_by(deleted, "deleted");
    });
}

#[test]
fn paths_that_are_the_same_when_lossy_are_two_files() {
    let repo = Repo::new();
    repo.commit("mon 10:00", "Sammy", "Odd", |t| {
        t.write(b"\xf6.rs", "// TODO: check the error\nfn a() {}\n")
            .write(b"\xf7.rs", "// TODO: check the error\nfn b() {}\n")
    });
    let deleted = repo.commit("wed 10:00", "Sammy", "One goes", |t| t.delete(b"\xf7.rs"));
    let report = debt(&repo).all();
    report.counts(2);
    report.open_one("check the error");
    report.gone().paid_by(deleted, "deleted");
}
