//! A text is words: it ends where code begins that was switched off, and prose that looks a little like
//! code stays whole.

use super::{find, said};

/// The lines as one run of `//` comments, and as one block.
fn both(lines: &[&str]) -> [String; 2] {
    let run = lines.iter().map(|line| format!("// {line}\n")).collect();
    [run, format!("/* {}\n*/", lines.join("\n   "))]
}

#[test]
fn a_text_ends_where_code_begins() {
    for code in [
        "release(parts);",
        "release(parts); // twice",
        "part->next = none;",
        "count++;",
        "return;",
        "return early;",
        "long size;",
        "Shelf shelf = Shelf::of(parts);",
        "if (parts.empty() && !late) {",
        "} else {",
        "});",
        "{",
        "}",
        "#define PARTS 12",
        "#define EACH(part, parts) \\",
        "#ifdef WITH_PARTS",
        "#if defined(PARTS) && PARTS > 3",
        "#endif",
        "#include <parts.h>",
        "total = sum(parts) # all of them",
        "const first = parts[0]",
        "name := \"the best of all\"",
        "\"part.name\" = { ink = \"red\" }",
        "print(\"we have all the parts\");",
        "assert_eq!(",
        "else:",
        "for part in shelf.parts():",
        "if (late &&",
    ] {
        for comment in both(&["TODO: free the parts soon", code, "and the rest of it"]) {
            assert_eq!(said(&comment), ["TODO free the parts soon"], "{comment}");
        }
    }
}

#[test]
fn a_call_without_a_semicolon_is_code_after_a_sentence_alone() {
    for call in [
        "shelf.free(parts)",
        ".free(parts)",
        "free(parts)?",
        "free!(parts)",
    ] {
        let [after, _] = both(&["TODO: free them.", call]);
        assert_eq!(said(&after), ["TODO free them."], "{after}");
        let [inside, _] = both(&["TODO: free them by the help of", call]);
        let whole = format!("TODO free them by the help of {call}");
        assert_eq!(said(&inside), [whole], "{inside}");
    }
}

#[test]
fn prose_with_signs_of_code_stays_whole() {
    for lines in [
        ["do this first;", "then do that"],
        ["ask for the size first (it may grow);", "then copy it"],
        ["the length comes from measure();", "it may be too small"],
        ["Instead, call release();", "that is safe"],
        ["give it a shorter name (as the others have,", "type);"],
        ["see what others do at", "https://example.org/parts;"],
        ["two ways, the second by", "part::Shelf::free();"],
        ["a page is cut, e.g.", "free(parts); is lost"],
        ["the shelf is full whenever", "size = 12 and nobody waits"],
        ["that would mean that", "size = 12"],
        ["free them all, as we do with", "release(parts);"],
        [
            "the file of the system has a",
            "#define in it, or another one",
        ],
        ["explained in the manual, see", "shelf(1)"],
        ["put `free(parts);", "free(shelf);` here"],
        ["don't wait for it; it's late;", "isn't it?"],
        ["x &lt; y holds for all;", "so what"],
        ["a list, for example:", "parts and shelves"],
        ["width == height for a square;", "that is an old rule"],
        ["der Rest kommt aus messen();", "danach wird sortiert"],
    ] {
        let whole = format!("TODO {}", lines.join(" "));
        let first = format!("TODO: {}", lines[0]);
        for comment in both(&[&first, lines[1]]) {
            assert_eq!(said(&comment), [whole.as_str()], "{comment}");
        }
    }
}

#[test]
fn a_tag_without_words_has_the_first_line_of_its_code() {
    for lines in [
        ["TODO", "free(parts);", "free(shelf);"],
        ["TODO:", "free(parts);", "free(shelf);"],
    ] {
        for comment in both(&lines) {
            assert_eq!(said(&comment), ["TODO free(parts);"], "{comment}");
        }
    }
    let [comment, _] = both(&["TODO: if (", "late &&", "full) {"]);
    assert_eq!(said(&comment), ["TODO if ( late &&"]);
}

#[test]
fn a_text_has_the_lines_of_its_words() {
    let found =
        find("// TODO: free the parts\n// as soon as we can\n// free(parts);\n// free(shelf);\n");
    assert_eq!((found[0].line, found[0].last_line), (1, 2));
}

#[test]
fn a_marker_after_code_is_still_found() {
    for comment in both(&[
        "TODO: free the parts",
        "free(parts);",
        "FIXME: and the shelf",
        "free(shelf);",
    ]) {
        assert_eq!(
            said(&comment),
            ["TODO free the parts", "FIXME and the shelf"],
            "{comment}"
        );
    }
}

#[test]
fn what_a_sentence_beside_code_says_is_the_sentence() {
    for comment in both(&["free(parts);", "this is an ugly hack", "free(shelf);"]) {
        assert_eq!(
            said(&comment),
            ["SUSPECT this is an ugly hack"],
            "{comment}"
        );
    }
    let [comment, _] = both(&["free(parts);", "this is a HACK for now", "free(shelf);"]);
    assert_eq!(said(&comment), ["HACK this is a HACK for now"]);
}
