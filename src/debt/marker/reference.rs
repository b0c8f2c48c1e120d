//! Whom and what a marker names: the assignee after the tag, the ticket in its text.

use super::sentence::bare;

/// Reads what stands between a tag and its words: the assignee, if one is named, and how many bytes of
/// `rest` (what follows the tag) are not part of the text.
pub(super) fn assignee(rest: &str) -> (Option<String>, usize) {
    let trimmed = rest.trim_start_matches([' ', '\t']);
    let blanks = rest.len() - trimmed.len();
    let (name, used) = match trimmed.chars().next() {
        Some('(') => in_brackets(trimmed, ')', blanks > 0),
        Some('[') => in_brackets(trimmed, ']', false),
        Some('@') => {
            let word = trimmed.get(1..).unwrap_or_default();
            let end = word.find(|c: char| !is_name_char(c)).unwrap_or(word.len());
            let name = word
                .get(..end)
                .unwrap_or_default()
                .trim_end_matches(['.', '-']);
            (person(name), 1 + name.len())
        }
        _ => (None, 0),
    };
    let from = if used == 0 || (name.is_none() && trimmed.starts_with('@')) {
        0
    } else {
        blanks + used
    };
    let left = rest.get(from..).unwrap_or_default();
    (name, from + separators(left))
}

/// Takes signs of separation and of comments off the front of a text until words begin.
pub(super) fn without_separators(text: &str) -> &str {
    let mut text = text;
    loop {
        let next = bare(text.get(separators(text)..).unwrap_or_default());
        if next.len() == text.len() {
            return text;
        }
        text = next;
    }
}

/// Colons, dashes and the like before the words; a dash that belongs to a word (`-1`, `--flag`) stays.
fn separators(text: &str) -> usize {
    let mut left = text;
    loop {
        let next = left.trim_start().trim_start_matches([
            ':', '!', '?', ',', ';', '.', '–', '—', ')', ']', '}', '>', '*', '_', '|', '=',
        ]);
        let next = match next.strip_prefix('-') {
            Some(rest) if rest.is_empty() || rest.starts_with([' ', '-', '\n']) => {
                rest.trim_start_matches('-')
            }
            _ => next,
        };
        // `/` and `+` chain tags (`TODO/FIXME`) and stand before nothing else.
        let next = match next.strip_prefix(['/', '+']) {
            Some(rest) if rest.starts_with(char::is_whitespace) || rest.is_empty() => rest,
            _ => next,
        };
        if next.len() == left.len() {
            return text.len() - left.len();
        }
        left = next;
    }
}

/// `(ann)`, `(@ann)`, `(ann, 2019-01-01)`: the name and the length with brackets. What reads like words
/// stays in the text. `apart`: a blank before the bracket, then a colon must follow it.
fn in_brackets(text: &str, close: char, apart: bool) -> (Option<String>, usize) {
    let Some(end) = text.find(close).filter(|end| *end <= 80) else {
        return (None, 0);
    };
    let inside = text.get(1..end).unwrap_or_default().trim();
    let rest = text.get(end + 1..).unwrap_or_default();
    if apart && !rest.trim_start().starts_with(':') || inside.contains('\n') {
        return (None, 0);
    }
    let mut parts = inside.split([',', ';', '/', '|']).map(str::trim);
    let first = parts.next().unwrap_or_default();
    let name = person(first.strip_prefix('@').unwrap_or(first));
    let plain = !inside.contains(' ')
        || inside
            .split([',', ';'])
            .all(|part| !part.trim().contains(' '));
    let letter_path = inside.contains('/') && first.len() == 1;
    if !plain {
        return (None, 0);
    }
    (name.filter(|_| !letter_path), end + 1)
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+' | '@')
}

/// A login, a first name or an address; not a number, a date, a version or a ticket.
fn person(name: &str) -> Option<String> {
    let begins = name.chars().next().is_some_and(char::is_alphabetic);
    let version = name
        .strip_prefix(['v', 'V'])
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let fine = begins
        && !version
        && name.chars().count() <= 64
        && name.chars().all(is_name_char)
        && ticket(name).is_none();
    fine.then(|| name.to_owned())
}

/// Prefixes that look like a project's key and are the names of standards, licences and the like.
const NO_KEYS: [&str; 56] = [
    "XXX", "UTF", "UCS", "ISO", "IEC", "ISBN", "ASCII", "LATIN", "CP", "KOI", "GB", "BIG", "EUC",
    "SHIFT", "WINDOWS", "SHA", "MD", "AES", "DES", "RSA", "CRC", "HMAC", "ECDSA", "ED", "RFC",
    "BCP", "STD", "IEEE", "ECMA", "ANSI", "PEP", "CVE", "CWE", "TLS", "SSL", "HTTP", "IPV", "IP",
    "TCP", "UDP", "USB", "PCI", "ARM", "AVX", "SSE", "BASE", "INT", "UINT", "GPL", "LGPL", "AGPL",
    "BSD", "MIT", "APACHE", "POSIX", "COVID",
];

/// The first ticket of a text: `#123`, `GH-123`, `ABC-123` as written, or `#123` for the number of an
/// issue's or pull request's address.
pub(super) fn ticket(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let found = match byte {
            b'#' => numbered(text, at),
            b'-' => keyed(text, at),
            b'/' => addressed(text, at),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The digits that begin at `at`: at most nine, and no word goes on after them.
fn digits(text: &str, at: usize) -> Option<&str> {
    let rest = text.get(at..)?;
    let end = rest.bytes().take_while(u8::is_ascii_digit).count();
    let more = rest.get(end..)?.chars().next();
    let whole = !more.is_some_and(|c| c.is_alphanumeric() || c == '_');
    ((1..=9).contains(&end) && whole)
        .then(|| rest.get(..end))
        .flatten()
}

fn numbered(text: &str, at: usize) -> Option<String> {
    let number = digits(text, at + 1)?;
    // `&#39;` is a character, `##1` a heading.
    let last = text.get(..at)?.chars().next_back();
    (!matches!(last, Some('&' | '#')) && !number.starts_with('0')).then(|| format!("#{number}"))
}

fn keyed(text: &str, at: usize) -> Option<String> {
    let number = digits(text, at + 1)?;
    let after = text.get(at + 1 + number.len()..)?;
    let mut on = after.chars();
    // `ISO-8859-1`, `GPL-2.0`
    if matches!(on.next(), Some('-' | '.')) && on.next().is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let before = text.get(..at)?;
    let length = before
        .bytes()
        .rev()
        .take(17)
        .take_while(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        .count();
    let key = before.get(before.len() - length..)?;
    let open = before.get(..before.len() - length)?.chars().next_back();
    let fine = (2..=16).contains(&length)
        && key.starts_with(|c: char| c.is_ascii_uppercase())
        && !open.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && !NO_KEYS.contains(&key.trim_end_matches(|c: char| c.is_ascii_digit()));
    fine.then(|| format!("{key}-{number}"))
}

fn addressed(text: &str, at: usize) -> Option<String> {
    let number = digits(text, at + 1)?;
    let before = text.get(..at)?;
    let from = before.len()
        - before
            .bytes()
            .rev()
            .take(300)
            .take_while(|byte| !byte.is_ascii_whitespace())
            .count();
    let address = before.get(from..)?;
    let kind = address.rsplit('/').next()?;
    (address.contains("://")
        && matches!(
            kind,
            "issues" | "issue" | "pull" | "pulls" | "pull-requests" | "merge_requests" | "bugs"
        ))
    .then(|| format!("#{number}"))
}

#[cfg(test)]
mod tests {
    use super::{assignee, ticket};

    #[test]
    fn an_assignee_is_a_name_in_brackets_or_after_an_at_sign() {
        for (rest, name, text) in [
            ("(ann): fix", Some("ann"), "fix"),
            ("(@ann) fix", Some("ann"), "fix"),
            (" @ann: fix", Some("ann"), "fix"),
            (" @ann fix", Some("ann"), "fix"),
            (" [ann] fix", Some("ann"), "fix"),
            (" (ann): fix", Some("ann"), "fix"),
            ("(ann, bob): fix", Some("ann"), "fix"),
            ("(ann@example.org): fix", Some("ann@example.org"), "fix"),
            ("(#123): fix", None, "fix"),
            ("(ABC-123): fix", None, "fix"),
            ("(2019-01-01): fix", None, "fix"),
            ("(b/1234): fix", None, "fix"),
            ("(v2): fix", None, "fix"),
            (" (but not now) fix", None, "(but not now) fix"),
            ("(see the notes) fix", None, "(see the notes) fix"),
            (": -1 is wrong", None, "-1 is wrong"),
            (" - fix", None, "fix"),
            (" – fix", None, "fix"),
            ("", None, ""),
        ] {
            let (found, used) = assignee(rest);
            assert_eq!((found.as_deref(), &rest[used..]), (name, text), "{rest}");
        }
    }

    #[test]
    fn a_ticket_is_a_number_a_key_or_an_address() {
        for (text, found) in [
            ("see #123", Some("#123")),
            ("see owner/name#123 and #4", Some("#123")),
            ("GH-12 first", Some("GH-12")),
            ("(ABC-123) x", Some("ABC-123")),
            (
                "https://github.com/a/b/issues/77#issuecomment-1",
                Some("#77"),
            ),
            ("https://gitlab.com/a/b/-/merge_requests/9", Some("#9")),
            (
                "UTF-8 and ISO-8859-1 and SHA-256 and RFC-2822 and GPL-2.0",
                None,
            ),
            ("XXX-123", None),
            ("&#39; and #fff and #0", None),
            ("a-1 Ab-2 X-3", None),
            ("2019-01-01", None),
        ] {
            assert_eq!(ticket(text).as_deref(), found, "{text}");
        }
    }
}
