//! Text in Slack's mrkdwn, so that it stays text.
//!
//! Slack asks for three escapes (<https://docs.slack.dev/messaging/formatting-message-text>), and has
//! none for its own signs of emphasis: text from a repository stands in a code span, where those and
//! `@here` mean nothing. A backtick in it becomes an apostrophe, since nothing else keeps a span whole.

use super::safe_text::Safe;

/// Plain text of our own: nothing in it is taken for a link, a mention or an entity.
pub(super) fn plain(text: &str) -> String {
    let text = Safe::new(text);
    let text = text.as_str();
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// A code span that shows `text`.
pub(super) fn code(text: &str) -> String {
    let text = text.trim().replace('`', "'");
    match text.is_empty() {
        true => "(empty)".to_owned(),
        false => format!("`{}`", plain(&text)),
    }
}

/// A person's name, without the signs that mean something to Slack.
pub(super) fn name(text: &str) -> String {
    let strange = |c: char| !(c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | ',' | '\''));
    match text.contains(strange) || Safe::new(text).as_str() != text {
        true => code(text),
        false => text.to_owned(),
    }
}

/// A link; `text` alone, already escaped, where there is no address.
pub(super) fn link(address: Option<&str>, text: &str) -> String {
    let sound = |address: &&str| {
        address.starts_with("https://") && !address.contains(['|', '<', '>', '&', ' '])
    };
    match address.filter(sound) {
        Some(address) => format!("<{address}|{text}>"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_is_called() {
        assert_eq!(code("<!channel> & `x`"), "`&lt;!channel&gt; &amp; 'x'`");
        assert_eq!(name("@here"), "`@here`");
        assert_eq!(name("Ann Lee"), "Ann Lee");
    }

    proptest! {
        #[test]
        fn a_span_has_two_fences_and_no_angle(text in any::<String>()) {
            let code = code(&text);
            prop_assert!(!code.contains(['<', '>', '\n']));
            prop_assert!(matches!(code.matches('`').count(), 0 | 2));
        }
    }
}
