//! What the rules find and what they leave alone, as a reader of the code would see it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod switched_off;

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::debt::comment::TokenKind;
use crate::debt::rules::RuleOptions;

static RULES: LazyLock<Rules> = LazyLock::new(Rules::default);

/// `//` and `/* */` and `#` comments of a text without strings, enough for these tests.
fn tokens(text: &str) -> Vec<Token> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let signs = ["//", "/*", "# "];
        let Some(sign) = signs
            .into_iter()
            .find(|sign| text.as_bytes()[at..].starts_with(sign.as_bytes()))
        else {
            at += 1;
            continue;
        };
        let start = at;
        let token = if sign == "/*" {
            let body_end = text[start + 2..]
                .find("*/")
                .map_or(text.len(), |close| start + 2 + close);
            let end = (body_end + 2).min(text.len());
            Token {
                start,
                end,
                body_start: start + 2,
                body_end,
                kind: TokenKind::Block,
            }
        } else {
            let end = text[start..]
                .find('\n')
                .map_or(text.len(), |newline| start + newline);
            Token {
                start,
                end,
                body_start: start + sign.trim_end().len(),
                body_end: end,
                kind: TokenKind::Line,
            }
        };
        at = token.end;
        all.push(token);
    }
    all
}

fn find_with(text: &str, rules: &Rules) -> Vec<Sighting> {
    in_whole(text.as_bytes(), &tokens(text), rules)
}

/// What is found where every comment is read, with no search before.
fn in_every_comment(text: &[u8], tokens: &[Token], rules: &Rules) -> Vec<Sighting> {
    let source = Source::new(text);
    let mut runs = runs_of(&source, tokens);
    in_runs(source, tokens, || {
        let run = runs.next()?;
        let words = words::words_of(&source, &tokens[run.clone()], 1);
        Some((run, read(&words, rules)))
    })
}

fn find(text: &str) -> Vec<Sighting> {
    find_with(text, &RULES)
}

/// `KIND text` of each.
fn said(text: &str) -> Vec<String> {
    find(text)
        .iter()
        .map(|one| {
            format!("{} {}", one.marker.kind, one.marker.text)
                .trim_end()
                .to_owned()
        })
        .collect()
}

fn declared_in(text: &str) -> Vec<String> {
    said(text)
        .into_iter()
        .filter(|one| !one.starts_with("SUSPECT"))
        .collect()
}

#[test]
fn tags_are_found_as_whole_words() {
    for (text, expected) in [
        ("// TODO: rename", "TODO rename"),
        ("// FIXME rename", "FIXME rename"),
        ("// XXX rename", "XXX rename"),
        ("// HACK - rename", "HACK rename"),
        ("// todo: rename", "TODO rename"),
        ("// Todo rename", "TODO rename"),
        ("// ToDo rename", "TODO rename"),
        ("// hack to rename", "HACK to rename"),
        ("// fixme(ann) rename", "FIXME rename"),
        ("/** @todo rename */", "TODO rename"),
        ("/// \\todo rename", "TODO rename"),
        ("/// words and @todo rename", "TODO words and @todo rename"),
        ("// [TODO] rename", "TODO rename"),
        ("// **TODO**: rename", "TODO rename"),
        ("// (TODO: rename)", "TODO rename"),
        ("// - [ ] TODO: rename", "TODO rename"),
        ("// TODO", "TODO"),
        ("// TODO!!! rename", "TODO rename"),
        ("let a = 1; // TODO rename", "TODO rename"),
        (
            "// this is a HACK for the demo.",
            "HACK this is a HACK for the demo.",
        ),
        ("// works. TODO: rename", "TODO rename"),
    ] {
        assert_eq!(declared_in(text), [expected], "{text}");
    }
}

#[test]
fn what_only_looks_like_a_tag_is_left_alone() {
    for text in [
        "// XXX-XXXX is the number",
        "// ABC-XXX",
        "// see XXX.XXX",
        "// see TODO.md",
        "// open /TODO",
        "// it was todo!() once",
        "// todo!()",
        "// TODO()",
        "// list.todo(x);",
        "// hack(a, b);",
        "// the word \"TODO\" is a tag",
        "// the word `TODO: x` is a tag",
        "// the TODO's place",
        "// FIXME_LATER",
        "// nothing todo here",
        "// mytodo: x",
        "// a todo list app",
        "// todo items:",
        "// todo = list.next();",
        "// the TODO list is long",
        "// set $XXX or <XXX> or {XXX} or XXX=1",
        "// a hacked fixmeup",
        "// use todo::Item here",
        "let todo = 1;",
    ] {
        assert_eq!(declared_in(text), [""; 0], "{text}");
    }
}

#[test]
fn dont_do_this_is_found_in_all_its_spellings() {
    for text in [
        "// don't do this at home",
        "// Don\u{2019}t do this at home",
        "// dont do that at home",
        "// DO NOT DO THIS at home",
        "// Do not do this at home",
        "// please don't do this at home",
        "// kids - don't do this at home",
        "// don't\n// do this at home",
        "// TODO don't do this at home",
        "// TODO: don't do this at home",
    ] {
        let found = find(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].marker.kind, "DONT", "{text}");
        assert!(
            found[0].marker.text.ends_with("at home"),
            "{text}: {}",
            found[0].marker.text
        );
    }
    for text in [
        "// if you don't do this it breaks",
        "// we don't do this",
        "// I do not do that",
        "// browsers don't do this",
        "// be sure to not do this",
        "// \"don't do this\" is a phrase",
    ] {
        assert_eq!(declared_in(text), [""; 0], "{text}");
    }
}

#[test]
fn tags_beside_each_other_are_one_marker() {
    assert_eq!(said("// TODO/FIXME: rename"), ["TODO rename"]);
    assert_eq!(said("// TODO FIXME rename"), ["TODO rename"]);
    assert_eq!(said("// XXX TODO: rename"), ["XXX rename"]);
}

#[test]
fn tags_apart_on_a_line_are_two_markers() {
    assert_eq!(said("// TODO: one. FIXME: two"), ["TODO one.", "FIXME two"]);
    assert_eq!(
        said("// TODO one FIXME(ann) two"),
        ["TODO one", "FIXME two"]
    );
    assert_eq!(said("// TODO: one. FIXME two"), ["TODO one.", "FIXME two"]);
}

#[test]
fn text_goes_on_to_the_paragraphs_end() {
    assert_eq!(said("// TODO: one\n// two\n//\n// three"), ["TODO one two"]);
    assert_eq!(
        said("// TODO: one\n//   two\n// ----\n// three"),
        ["TODO one two"]
    );
    assert_eq!(
        said("// TODO: one\n// FIXME: two\n// three"),
        ["TODO one", "FIXME two three"]
    );
    assert_eq!(
        said("/**\n * TODO: one\n * two\n * @param x three\n */"),
        ["TODO one two"]
    );
    assert_eq!(
        said("/**\n * TODO: one\n * :param x: three\n */"),
        ["TODO one"]
    );
    assert_eq!(
        said("// - TODO: one\n//   two\n// - three"),
        ["TODO one two"]
    );
    assert_eq!(
        said("// TODO: one\n// - two\n// - three"),
        ["TODO one - two - three"]
    );
    assert_eq!(
        said("// TODO: one. Two.\n// Three."),
        ["TODO one. Two. Three."]
    );
}

#[test]
fn text_around_a_tag_in_a_sentence_is_the_sentence() {
    assert_eq!(
        said("// It works. Here a HACK lets\n// it pass. It is fine."),
        ["HACK Here a HACK lets it pass."]
    );
    assert_eq!(
        said("// It works, e.g. by a HACK here."),
        ["HACK It works, e.g. by a HACK here."]
    );
}

#[test]
fn signs_of_comments_are_no_text() {
    for text in [
        "/* TODO: one two */",
        "/*\n * TODO: one\n * two\n */",
        "/*\n   TODO: one\n   two\n*/",
        "/****************\n * TODO: one  *\n * two        *\n ****************/",
        "//! TODO: one\n//! two",
        "///< TODO: one two",
        "/*! TODO: one\n *  two */",
        "# TODO: one\n# two",
        "## TODO: one two ##",
        "////////\n// TODO: one\n// two\n////////",
        "// TODO: one\r\n// two\r\n",
    ] {
        assert_eq!(said(text), ["TODO one two"], "{text}");
    }
}

#[test]
fn only_comments_that_stand_together_are_one() {
    assert_eq!(
        said("a(); // TODO: one\n     // two\nb();"),
        ["TODO one two"]
    );
    assert_eq!(said("a(); // TODO: one\n  // two\nb();"), ["TODO one"]);
    assert_eq!(said("a(); // TODO: one\nb(); // two"), ["TODO one"]);
    assert_eq!(said("// TODO: one\n\n// two"), ["TODO one"]);
    assert_eq!(said("/// TODO: one\n// two"), ["TODO one"]);
    assert_eq!(said("// words\n// TODO: one\n// two"), ["TODO one two"]);
}

#[test]
fn lines_are_those_of_the_tag_and_of_the_texts_end() {
    let found = find("a();\n// words\n//\n// TODO: one\n// two\n//\n// three. FIXME four\nb();");
    let lines: Vec<_> = found.iter().map(|one| (one.line, one.last_line)).collect();
    assert_eq!(lines, [(4, 5), (7, 7)]);
}

#[test]
fn context_is_the_code_beside_the_comment() {
    let context = |text: &str| find(text)[0].context;
    let trailing = context("  a(); // TODO x\nb();");
    assert_eq!(
        trailing,
        context("\ta();   // TODO y\nc();"),
        "white space and other lines do not count"
    );
    assert_ne!(trailing, context("  z(); // TODO x\nb();"));
    let above = context("// TODO x\n\n// words\n  /* more */\n  a();\n");
    assert_eq!(above, trailing, "the next line of code");
    assert_eq!(
        context("/* TODO x */ a();"),
        trailing,
        "the rest of its line"
    );
    assert_eq!(context("// TODO x\n\n"), 0);
    assert_eq!(context("// TODO x"), 0);
    let two = find("// TODO x\n\n  // FIXME y\n a();");
    assert_eq!((two[0].context, two[1].context), (trailing, trailing));
}

#[test]
fn latin_1_is_read_where_utf_8_is_not() {
    let text = b"// TODO: gr\xfc\xdfen\n";
    let token = Token {
        start: 0,
        end: 16,
        body_start: 2,
        body_end: 16,
        kind: TokenKind::Line,
    };
    let found = in_whole(text, &[token], &RULES);
    assert_eq!(found[0].marker.text, "gr\u{fc}\u{df}en");
    assert_eq!(
        said("\u{feff}// TODO: gr\u{fc}\u{df}en"),
        ["TODO gr\u{fc}\u{df}en"]
    );
}

#[test]
fn long_text_is_cut_on_a_character() {
    let found = find(&format!("// TODO: {}", "\u{4e16} ".repeat(5000)));
    let text = &found[0].marker.text;
    assert!(
        text.chars().count() <= 2000 && text.ends_with('…'),
        "{}",
        text.chars().count()
    );
    let found = find(&format!("// TODO: {}", "\u{4e16}".repeat(5000)));
    assert_eq!(found[0].marker.text.chars().count(), 2000 - 1);
}

#[test]
fn assignee_and_ticket_are_read() {
    let found = find("// TODO(ann): see #12 and #13");
    assert_eq!(found[0].marker.assignee.as_deref(), Some("ann"));
    assert_eq!(found[0].marker.ticket.as_deref(), Some("#12"));
    let found = find("// TODO(ABC-7): rename");
    assert_eq!(
        (
            found[0].marker.assignee.as_deref(),
            found[0].marker.ticket.as_deref()
        ),
        (None, Some("ABC-7"))
    );
    assert_eq!(found[0].marker.text, "rename");
}

#[test]
fn suspected_confessions_stand_apart() {
    for text in [
        "// this is a hack for the demo",
        "// an ugly kludge",
        "// a temporary fix",
        "// good enough for now",
        "// not sure whether it is right",
        "// this should be removed",
        "// needs more work",
        "// there must be a better\n// way to do it",
        "// WORKAROUND: the parser is slow",
        "// it doesn’t really work",
        // No blank stands between words there.
        "// 这里用了hack的方法",
    ] {
        let found = find(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(
            (found[0].marker.tier, found[0].marker.kind.as_str()),
            (Tier::Suspected, "SUSPECT"),
            "{text}"
        );
    }
    for text in [
        "// the temporary directory",
        "// adds two numbers",
        "let ugly = 1;",
        "// uglify the output",
    ] {
        assert_eq!(said(text), [""; 0], "{text}");
    }
}

#[test]
fn a_suspicion_is_dropped_where_the_sentence_declares() {
    assert_eq!(
        said("// TODO: this ugly workaround"),
        ["TODO this ugly workaround"]
    );
    assert_eq!(
        said("// This is ugly. It is fine.\n//\n// TODO: rename"),
        ["SUSPECT This is ugly.", "TODO rename"]
    );
}

#[test]
fn a_configuration_adds_tags_and_phrases() {
    let rules = Rules::new(&RuleOptions {
        tags: vec!["DEBT".into()],
        phrases: vec!["cut (?:a )?corner".into()],
        declared_phrases: vec!["never ship this".into()],
        ..RuleOptions::default()
    })
    .unwrap();
    let kinds = |text: &str| -> Vec<String> {
        find_with(text, &rules)
            .iter()
            .map(|one| one.marker.kind.clone())
            .collect()
    };
    assert_eq!(kinds("// DEBT: x"), ["DEBT"]);
    assert_eq!(kinds("// TODO: x"), [""; 0]);
    assert_eq!(kinds("// we Cut a\n// corner here"), ["SUSPECT"]);
    assert_eq!(kinds("// never\n//   ship this"), ["DONT"]);
    assert_eq!(kinds("// this is ugly"), [""; 0]);
}

#[test]
fn refused_patterns_are_named() {
    let with = |phrase: &str| {
        Rules::new(&RuleOptions {
            phrases: vec![phrase.into()],
            ..RuleOptions::default()
        })
        .unwrap_err()
        .to_string()
    };
    assert!(with("(open").contains("`(open`"));
    assert!(with("(a{0,1000}){0,1000}").contains("`(a{0,1000}){0,1000}`"));
    assert!(with("x*").contains("`x*`"));
    assert!(with(&format!("{}x{}", "(".repeat(60), ")".repeat(60))).contains("((((x))))"));
    assert!(with(&"y".repeat(513)).contains("yyyy"));
    let many = RuleOptions {
        phrases: (0..65).map(|n| format!("word{n}")).collect(),
        ..RuleOptions::default()
    };
    assert!(
        Rules::new(&many)
            .unwrap_err()
            .to_string()
            .contains("word64")
    );
    for tag in ["", "X", "TO DO", "1ST", "(a)"] {
        let options = RuleOptions {
            tags: vec![tag.into()],
            ..RuleOptions::default()
        };
        assert!(
            Rules::new(&options)
                .unwrap_err()
                .to_string()
                .contains(&format!("`{tag}`"))
        );
    }
}

#[test]
fn the_fingerprint_changes_with_every_option() {
    let base = RuleOptions::default();
    let mut all = vec![base.clone()];
    all.push(RuleOptions {
        tags: vec!["TODO".into()],
        ..base.clone()
    });
    all.push(RuleOptions {
        phrases: vec!["ugly".into()],
        ..base.clone()
    });
    all.push(RuleOptions {
        phrases: vec![],
        declared_phrases: vec!["ugly".into()],
        ..base.clone()
    });
    all.push(RuleOptions {
        stubs: true,
        ..base.clone()
    });
    all.push(RuleOptions {
        skipped_tests: true,
        ..base.clone()
    });
    let mut prints: Vec<u64> = all
        .iter()
        .map(|one| Rules::new(one).unwrap().fingerprint())
        .collect();
    assert_eq!(prints[0], RULES.fingerprint());
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), all.len());
}

#[test]
fn stubs_and_skipped_tests_are_found_when_asked() {
    let text =
        "fn a() { todo!() }\n#[ignore]\n// todo!()\nit.skip('x', f);\nraise NotImplementedError\n";
    let rules = Rules::new(&RuleOptions {
        stubs: true,
        skipped_tests: true,
        ..RuleOptions::default()
    })
    .unwrap();
    let found = in_code(text.as_bytes(), &tokens(text), &rules);
    let kinds: Vec<_> = found
        .iter()
        .map(|one| (one.marker.kind.as_str(), one.line))
        .collect();
    assert_eq!(kinds, [("STUB", 1), ("SKIP", 2), ("SKIP", 4), ("STUB", 5)]);
    assert_eq!(found[0].marker.text, "fn a() { todo!() }");
    assert!(in_code(text.as_bytes(), &tokens(text), &RULES).is_empty());
    assert!(
        rules.may_hold_any(b"  it.skip('x')", 0..0),
        "a file with nothing else is looked at"
    );
}

fn unknown(text: &str) -> Vec<String> {
    in_unknown(text.as_bytes(), &RULES)
        .iter()
        .map(|one| format!("{} {} {}", one.line, one.marker.kind, one.marker.text))
        .collect()
}

#[test]
fn unknown_files_have_their_comments_by_their_signs() {
    for sign in ["#", "//", ";", ";;", "--", "%", "*"] {
        assert_eq!(
            unknown(&format!("a\n{sign} TODO: one\n{sign} two\nb")),
            ["2 TODO one two"],
            "{sign}"
        );
    }
    assert_eq!(unknown("/* TODO: one\n * two\n */\nb"), ["1 TODO one two"]);
    assert_eq!(unknown("<!-- TODO: one -->"), ["1 TODO one"]);
    assert_eq!(
        unknown("a TODO: one\nTODO: two\nx = 1 # TODO three"),
        [""; 0]
    );
}

fn prose(text: &str) -> Vec<String> {
    in_prose(text.as_bytes(), &RULES)
        .iter()
        .map(|one| format!("{} {} {}", one.line, one.marker.kind, one.marker.text))
        .collect()
}

#[test]
fn prose_has_html_comments_and_lines_that_begin_with_a_tag() {
    assert_eq!(prose("words\n<!-- TODO one\ntwo -->\n"), ["2 TODO one two"]);
    assert_eq!(prose("TODO: one\ntwo\n\nthree"), ["1 TODO one two"]);
    assert_eq!(
        prose("- TODO: one\n- TODO(ann): two\n- three"),
        ["1 TODO one", "2 TODO two"]
    );
    assert_eq!(
        prose("> 1. FIXME: one\n\n## XXX: two\n\n- [ ] **TODO**: three"),
        ["1 FIXME one", "3 XXX two", "5 TODO three"]
    );
    assert_eq!(
        prose("a TODO: one\nTODO two\ntodo: three\nthe TODO list\nthis is ugly"),
        [""; 0]
    );
    assert_eq!(prose("<!-- never closed\nTODO: one\n"), ["2 TODO one"]);
}

#[test]
fn fenced_code_is_an_example() {
    let text = "```rust\n// TODO: one\nTODO: two\n<!-- TODO three -->\n```\nTODO: four\n";
    assert_eq!(prose(text), ["6 TODO four"]);
    assert_eq!(
        prose("~~~~\n```\n~~~\nTODO: one\n~~~~\nTODO: two"),
        ["6 TODO two"]
    );
}

fn message(text: &str) -> Vec<String> {
    in_message(text, &RULES)
        .iter()
        .map(|one| format!("{} {} {}", one.line, one.marker.kind, one.marker.text))
        .collect()
}

#[test]
fn messages_declare_debt() {
    assert_eq!(
        message("Add a parser\n\nTODO: handle errors\nof all sorts\n\nMore."),
        ["3 TODO handle errors of all sorts"]
    );
    assert_eq!(message("Add a parser (FIXME: slow)"), ["1 FIXME slow"]);
    assert_eq!(message("HACK the parser in"), ["1 HACK the parser in"]);
    assert_eq!(message("todo: tests"), ["1 TODO tests"]);
    assert_eq!(
        message("Parse by hand\n\nDon't do this at home."),
        ["3 DONT Don't do this at home."]
    );
}

#[test]
fn messages_that_speak_of_markers_declare_none() {
    for text in [
        "Remove TODO",
        "Fix the FIXME in the parser",
        "Resolve an old TODO",
        "parser: drop stale TODO comments",
        "Clean up TODOs and TODO items",
        "Update TODO",
        "TODO updated",
        "Move TODO to the tracker",
        "Say \"TODO: x\" and `TODO`",
        "Revert \"TODO: handle errors\"",
        "Parser\n\n> TODO: quoted",
        "Parser\n\n+TODO: added\n-TODO: gone",
        "Parser\n\n    // TODO: code",
        "Signed-off-by: TODO: <x@example.org>",
        "see TODO.md",
        "todo later",
        "we don't do this",
        "The loop frees it twice. Don't do that.",
        "More information about the hack: none",
        "minor TODO and layout changes",
    ] {
        assert_eq!(message(text), [""; 0], "{text}");
    }
}

#[test]
fn trailers_say_what_is_paid_and_reverted() {
    assert_eq!(
        pays("x\n\nPays: a1, b2 c3\npays: d4\nPays nothing: e5"),
        ["a1", "b2", "c3", "d4"]
    );
    assert_eq!(
        reverts(
            "Revert \"x\"\n\nThis reverts commit 0123456789abcdef0123456789ABCDEF01234567.\nThis reverts commit abc1234, reversing"
        ),
        ["0123456789abcdef0123456789abcdef01234567", "abc1234"]
    );
    assert_eq!(
        reverts("This reverts commit\n0123456789ab"),
        ["0123456789ab"]
    );
    assert_eq!(
        reverts("This reverts commit abc. This reverts commit abcdefgh"),
        [""; 0]
    );
}

#[test]
fn much_of_anything_takes_linear_time() {
    for piece in [
        "// TODO x\n",
        "  // XXX\n // y\n",
        "/* TODO */",
        "// a XXX b ",
        "<!-- TODO: ",
        "\n- TODO: x",
        "TODO/",
        "why. ",
        "don't do this ",
    ] {
        let text = format!("// {}", piece.repeat(100_000 / piece.len()));
        let rules = &*RULES;
        let markers = find_with(&text, rules).len() + in_unknown(text.as_bytes(), rules).len();
        let markers =
            markers + in_prose(text.as_bytes(), rules).len() + in_message(&text, rules).len();
        assert!(markers <= 4 * text.len());
    }
}

fn words_with_signs() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("TODO"),
        Just("todo"),
        Just("FIXME:"),
        Just("XXX"),
        Just("(ann)"),
        Just("don't do this"),
        Just("do\n// this"),
        Just("ugly"),
        Just("hack"),
        Just("\n"),
        Just("\n// "),
        Just("//"),
        Just("/*"),
        Just("*/"),
        Just(" * "),
        Just("- "),
        Just(" "),
        Just("."),
        Just("\u{fc}"),
        Just("#12"),
        Just("@todo"),
        Just("\n\n"),
        Just("<!--"),
        Just("-->"),
        Just("```\n"),
        Just("word"),
        Just("why"),
        Just("?"),
        Just("\r\n"),
        Just("# "),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn check(found: &[Sighting], text: &[u8]) -> Result<(), TestCaseError> {
    let last = u32::try_from(text.iter().filter(|byte| **byte == b'\n').count() + 1).unwrap();
    for one in found {
        prop_assert!(
            1 <= one.line && one.line <= one.last_line && one.last_line <= last,
            "{one:?}"
        );
        let said = &one.marker.text;
        prop_assert!(
            !said.contains(['\n', '\r', '\t']) && said.trim() == said,
            "{said:?}"
        );
        prop_assert!(said.chars().count() <= 2000);
        prop_assert!(
            !said.ends_with("*/")
                && !said.ends_with("-->")
                && !said.starts_with("//")
                && !said.starts_with("/*"),
            "{said:?}"
        );
    }
    prop_assert!(found.is_sorted_by_key(|one| one.line), "{found:?}");
    Ok(())
}

proptest! {
    #[test]
    fn whatever_the_text_markers_are_well_formed(text in words_with_signs()) {
        let rules = &*RULES;
        check(&find_with(&text, rules), text.as_bytes())?;
        check(&in_unknown(text.as_bytes(), rules), text.as_bytes())?;
        check(&in_prose(text.as_bytes(), rules), text.as_bytes())?;
        check(&in_message(&text, rules), text.as_bytes())?;
    }

    #[test]
    fn the_prefilter_misses_nothing(text in words_with_signs()) {
        let rules = &*RULES;
        let tokens = tokens(&text);
        prop_assert_eq!(find_with(&text, rules), in_every_comment(text.as_bytes(), &tokens, rules));
    }

    #[test]
    fn the_fast_prefilter_misses_nothing_declared(text in words_with_signs()) {
        let rules = &*RULES;
        let found = in_every_comment(text.as_bytes(), &tokens(&text), rules);
        let declares = found.iter().any(|one| one.marker.tier == Tier::Declared);
        prop_assert!(!declares || rules.may_declare(text.as_bytes()));
    }

    #[test]
    fn no_bytes_and_no_tokens_make_it_panic(
        text in prop::collection::vec(prop_oneof![any::<u8>(), Just(b'\n'), Just(b'/'), Just(b'T')], 0..200),
        spots in prop::collection::vec((0_usize..220, 0_usize..220, 0_usize..220, 0_usize..220, 0_u8..3), 0..6),
    ) {
        let rules = &*RULES;
        let tokens: Vec<Token> = spots.into_iter().map(|(start, end, body_start, body_end, kind)| {
            let kind = [TokenKind::Line, TokenKind::Block, TokenKind::Docstring][usize::from(kind)];
            Token { start, end, body_start, body_end, kind }
        }).collect();
        let _ = in_every_comment(&text, &tokens, rules);
        let _ = in_whole(&text, &tokens, rules);
        let _ = in_code(&text, &tokens, rules);
        let _ = in_unknown(&text, rules);
        let _ = in_prose(&text, rules);
    }

    #[test]
    fn a_text_is_its_own_text(words in "[a-z#][a-z .,#*/-]{0,60}[a-z]") {
        let once = find(&format!("// TODO: {words}"));
        prop_assert_eq!(once.len(), 1);
        let again = find(&format!("// TODO: {}", once[0].marker.text));
        prop_assert_eq!(&once[0].marker.text, &again[0].marker.text);
    }
}
