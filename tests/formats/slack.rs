//! Slack's mrkdwn: what fits, and what cannot call anybody.

use hackweek::report::slack::{LONGEST, write};
use proptest::prelude::*;

use crate::made::{HOSTILE, friday, linked, many, obeyed, with_text, written};

/// The message without its code spans, and what stands in angle brackets.
fn parts(text: &str) -> (String, Vec<String>) {
    let outside = text.split('`').step_by(2).collect::<String>();
    let angles = outside
        .split('<')
        .skip(1)
        .map(|rest| rest.split('>').next().unwrap().to_owned());
    let angles = angles.collect();
    (outside, angles)
}

#[test]
fn the_message_names_the_riskiest_and_links_them() {
    let text = written(|out| write(&linked(), out));
    assert!(
        text.contains("*3 of 9 paid* (33%), due Thu 18:00, in 1d 4h"),
        "{text}"
    );
    let first = text
        .lines()
        .find(|line| line.starts_with("• DONT"))
        .unwrap();
    assert!(
        first.contains("<https://github.com/ann/pay/blob/"),
        "{first}"
    );
    assert!(written(|out| write(&friday(), out)).contains("*overdue*"));
}

#[test]
fn the_message_fits() {
    for characters in [1, 50, 5_000] {
        let text = written(|out| write(&many(3_000, characters), out));
        assert!(text.encode_utf16().count() <= LONGEST, "{}", text.len());
        assert!(text.contains(" more_"), "{text}");
    }
    let long = with_text(linked(), &"<&".repeat(4_000));
    let text = written(|out| write(&long, out));
    assert!(text.encode_utf16().count() <= LONGEST, "{}", text.len());
}

/// Asserts that a message calls nobody and links to nothing but the forge.
pub(crate) fn assert_calm(text: &str) {
    assert_eq!(text.matches('`').count() % 2, 0, "{text}");
    assert_eq!(obeyed(text), None);
    let (outside, angles) = parts(text);
    assert!(!outside.contains('@'), "{outside}");
    for angle in angles {
        assert!(
            angle.starts_with("https://git") && angle.ends_with("|show"),
            "{angle}"
        );
    }
}

#[test]
fn nobody_is_called_and_nothing_linked_but_the_forge() {
    for text in HOSTILE {
        assert_calm(&written(|out| write(&with_text(linked(), text), out)));
    }
}

proptest! {
    #[test]
    fn any_text_fits_and_is_quoted(text in any::<String>()) {
        let text = written(|out| write(&with_text(linked(), &text), out));
        prop_assert!(text.encode_utf16().count() <= LONGEST);
        prop_assert_eq!(text.matches('`').count() % 2, 0);
        let (_, angles) = parts(&text);
        prop_assert!(angles.iter().all(|angle| angle.starts_with("https://git")));
    }
}
