//! Text in Markdown, as GitHub and GitLab render it, so that it stays text.
//!
//! What comes from a repository stands in code spans: markup, HTML, links, `@mentions`, `#12` and
//! commit ids are left alone there by both. A backslash would not do: mentions and references are
//! found after the backslashes are gone.

use super::safe_text::Safe;

/// A code span that shows `text`, on one line; not for a cell of a table.
pub(super) fn code(text: &str) -> String {
    let text = Safe::new(text);
    let text = text.as_str().trim();
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    let fence = "`".repeat(longest_run(text) + 1);
    // One blank on either side is no part of the span.
    let pad = match text.starts_with('`') || text.ends_with('`') {
        true => " ",
        false => "",
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Like [`code`], for a cell of a table.
pub(super) fn cell(text: &str) -> String {
    let safe = Safe::new(text);
    if !safe.as_str().contains('|') {
        return code(text);
    }
    // Renderers differ on which backslash before a bar belongs to the cell and which to the span.
    // By its number a bar is never taken for the end of a cell.
    let mut cell = "<code>".to_owned();
    for c in safe.as_str().trim().chars() {
        match c {
            c if c.is_alphanumeric() || c == ' ' => cell.push(c),
            c => cell.push_str(&format!("&#{};", u32::from(c))),
        }
    }
    cell.push_str("</code>");
    cell
}

/// A person's name: plain if it is nothing but a name, else a code span.
pub(super) fn name(text: &str) -> String {
    let plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'');
    // A dot ends an initial; within a word it makes an address of it.
    let dotted = text
        .split('.')
        .skip(1)
        .any(|after| !after.is_empty() && !after.starts_with(' '));
    let text = text.trim();
    let is_name = text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| plain(c) || c == '.')
        && !dotted
        && !text.to_ascii_lowercase().contains("www.")
        && Safe::new(text).as_str() == text;
    match is_name {
        true => text.to_owned(),
        false => code(text),
    }
}

/// A link whose text is already Markdown, or that text alone where there is no address.
pub(super) fn link(address: Option<&str>, text: &str) -> String {
    // Our addresses are percent-encoded; one with a bracket or blank would end too early.
    let sound = |address: &&str| {
        address.starts_with("https://") && !address.contains(['(', ')', '<', '>', ' ', '\\'])
    };
    match address.filter(sound) {
        Some(address) => format!("[{text}]({address})"),
        None => text.to_owned(),
    }
}

fn longest_run(text: &str) -> usize {
    let runs = text.split(|c| c != '`');
    runs.map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    fn events(markdown: &str) -> Vec<Event<'_>> {
        Parser::new_ext(
            markdown,
            Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH,
        )
        .collect()
    }

    #[test]
    fn names_are_plain_and_all_else_is_not() {
        for plain in [
            "Ann Lee",
            "J. R. O'Neil",
            "山田 太郎",
            "Zoë Müller-Lüdenscheidt Jr.",
        ] {
            assert_eq!(name(plain), plain);
        }
        for code in [
            "@team",
            "www.example.org",
            "*Ann*",
            "<img>",
            "deadbeef1",
            "[x](y)",
            "- a",
            "a_b_",
        ] {
            assert!(name(code).starts_with('`'), "{code}");
        }
    }

    proptest! {
        #[test]
        fn a_parser_sees_one_span(text in "(\\PC|[`|*_<>&\\[\\]()\\\\!~@#-]){1,60}") {
            let markdown = format!("- {} end", code(&text));
            let safe = Safe::new(&text);
            let trimmed = safe.as_str().trim();
            prop_assume!(!trimmed.is_empty());
            let events = events(&markdown);
            prop_assert_eq!(&events[2], &Event::Code(trimmed.into()), "{}", markdown);
            prop_assert_eq!(&events[3], &Event::Text(" end".into()));
        }

        #[test]
        fn a_cell_stays_a_cell(text in "(\\PC|[`|*_<>&\\\\]){1,60}") {
            let markdown = format!("|a|b|\n|-|-|\n|{}|end|\n", cell(&text));
            let events = events(&markdown);
            let cells = events.iter().filter(|event| matches!(event, Event::Start(Tag::TableCell)));
            prop_assert_eq!(cells.count(), 4, "{}", &markdown);
            let body = events.iter().rposition(|event| matches!(event, Event::Start(Tag::TableCell)));
            prop_assert_eq!(&events[body.unwrap_or(0) + 1], &Event::Text("end".into()));
            let safe = Safe::new(&text);
            let said = events
                .iter()
                .skip_while(|event| !matches!(event, Event::End(TagEnd::TableHead)))
                .filter_map(|event| match event {
                    Event::Code(text) | Event::Text(text) => Some(text.as_ref()),
                    _ => None,
                })
                .collect::<String>();
            prop_assume!(!safe.as_str().trim().is_empty());
            prop_assert_eq!(said, format!("{}end", safe.as_str().trim()));
        }
    }
}
