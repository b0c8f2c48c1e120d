//! Markdown, read by a parser with the extensions that GitHub and GitLab have.

use hackweek::report::markdown::{LONGEST_REPORT, write};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::made::{HOSTILE, all, empty, friday, linked, many, obeyed, week, with_text, written};

pub(crate) fn events(text: &str) -> Vec<Event<'_>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    Parser::new_ext(text, options).collect()
}

/// Asserts that there is nothing but what the writer itself puts there.
pub(crate) fn assert_calm(text: &str) {
    assert_eq!(obeyed(text), None, "{text}");
    let mut plain = String::new();
    let mut in_code = false;
    for event in events(text) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let html = html.trim();
                let ours = html.is_empty()
                    || ["<code>", "</code>", "</details>"].contains(&html)
                    || html.starts_with("<details><summary>")
                        && !html[18..].replace("</summary>", "").contains('<');
                assert!(ours, "{html}");
                in_code = html == "<code>";
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("https://git"), "{dest_url}");
            }
            Event::Start(
                Tag::Image { .. }
                | Tag::CodeBlock(_)
                | Tag::BlockQuote(_)
                | Tag::FootnoteDefinition(_),
            )
            | Event::TaskListMarker(_)
            | Event::FootnoteReference(_) => panic!("{event:?} in {text}"),
            Event::Text(_) if in_code => {}
            Event::Text(words) => plain.push_str(&words),
            _ => plain.push('\n'),
        }
    }
    // Outside of spans nothing is left that the forge would turn into a mention or a reference.
    for sign in ["@", "#1", "!7", "GH-1", "www.", "://"] {
        assert!(!plain.contains(sign), "{sign} in {plain}");
    }
}

#[test]
fn headings_lists_and_tables_are_what_they_look_like() {
    let text = written(|out| write(&linked(), true, out));
    let events = events(&text);
    let count =
        |wanted: fn(&Event<'_>) -> bool| events.iter().filter(|event| wanted(event)).count();
    assert_eq!(
        count(|event| matches!(event, Event::Start(Tag::Table(_)))),
        7
    );
    // Nine items, one suspected, five sentences that are counted apart.
    assert_eq!(count(|event| matches!(event, Event::Start(Tag::Item))), 15);
    assert_eq!(
        count(|event| matches!(event, Event::Start(Tag::Heading { .. }))),
        6
    );
    let said = events
        .iter()
        .any(|event| *event == Event::Code("retries never back off".into()));
    assert!(said, "{text}");
    assert_calm(&text);
}

#[test]
fn every_report_is_calm() {
    for report in [week(), friday(), all(), empty()] {
        assert_calm(&written(|out| write(&report, true, out)));
    }
}

#[test]
fn hostile_texts_stay_texts() {
    for text in HOSTILE {
        assert_calm(&written(|out| write(&with_text(linked(), text), true, out)));
    }
}

#[test]
fn the_longest_report_fits_into_a_comment() {
    for characters in [1, 40, 5_000] {
        let report = many(5_000, characters);
        let text = written(|out| write(&report, true, out));
        let length = text.chars().count();
        assert!(length <= LONGEST_REPORT, "{length}");
        let shown = text.matches("\n- **").count();
        let rest = format!(
            "- and {},{:03} more",
            (5_000 - shown) / 1_000,
            (5_000 - shown) % 1_000
        );
        assert!(text.contains(&rest), "{shown} shown, no {rest}");
    }
    let report = with_text(linked(), &"|&".repeat(3_000));
    let text = written(|out| write(&report, true, out));
    assert!(text.chars().count() <= LONGEST_REPORT);
}

proptest! {
    #[test]
    fn any_text_is_calm(text in "(\\PC|[`|*_<>&\\[\\]()\\\\!~#-]|\\n){0,40}") {
        assert_calm(&written(|out| write(&with_text(linked(), &text), true, out)));
    }
}
