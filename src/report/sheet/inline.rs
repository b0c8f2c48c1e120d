//! What the formats share about words of people.

/// Whether no format takes any part of the words for markup, a mention, a reference or a link: they
/// can stand as they are.
pub(in crate::report) fn is_harmless(text: &str) -> bool {
    let plain =
        |c: char| c.is_alphanumeric() || " ,.:;()?!'/%\u{2019}\u{201c}\u{201d}-".contains(c);
    let text = text.trim();
    let begins = text.starts_with(|c: char| c.is_alphabetic() || c.is_numeric());
    let is_list = text.split_once(['.', ')']).is_some_and(|(number, _)| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    begins
        && !is_list
        && text.chars().all(plain)
        && !text.split(|c: char| c.is_whitespace()).any(is_reference)
        && super::super::safe_text::Safe::new(text).as_str() == text
}

/// Whether a word is more than that to a forge: a commit, `GH-12`, an address, an emoji.
fn is_reference(whole: &str) -> bool {
    let word = whole.trim_matches(|c: char| !c.is_alphanumeric());
    let is_commit = word.len() >= 7 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let lower = word.to_ascii_lowercase();
    let is_address = lower.contains("://")
        || whole.to_ascii_lowercase().contains("www.")
        || lower.contains(':') && !lower.ends_with(':') && lower.contains('/')
        || lower
            .split_once('.')
            .is_some_and(|(_, end)| end.starts_with(char::is_alphabetic));
    let is_emoji = word.len() > 1 && whole.starts_with(':') && whole.ends_with(':');
    let mut issues = lower.match_indices("gh-");
    let is_issue = issues.any(|(at, sign)| {
        let number = lower.get(at + sign.len()..).unwrap_or_default();
        number.starts_with(|c: char| c.is_ascii_digit())
    });
    is_commit || is_address || is_emoji || is_issue
}

#[cfg(test)]
mod tests {
    use super::is_harmless;

    #[test]
    fn plain_words_are_harmless_and_all_else_is_not() {
        for words in [
            "charge a card, end to end",
            "stop on the hour!",
            "demo (Tue 16:00)",
            "7 of 9",
            "a high-level page",
        ] {
            assert!(is_harmless(words), "{words}");
        }
        for words in [
            "",
            "- a",
            "1. a",
            "2) b",
            "@team",
            "#12",
            "see GH-12",
            "it'GH-1",
            "deadbeef1",
            "www.example.org",
            "example.org",
            "https://example.org",
            "*a*",
            "a_b",
            "<b>",
            "[a](b)",
            "a|b",
            "a\u{202e}b",
            "> a",
            "~a~",
            "a & b",
            "so :smile: it is",
        ] {
            assert!(!is_harmless(words), "{words}");
        }
    }
}
