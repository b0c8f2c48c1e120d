//! Secrets in quoted text: what looks like one is taken out before anything is sent.
//!
//! Two nets. Known shapes: the prefixes that providers give their tokens so that they can be found,
//! `password = …`, the user part of an address, private keys. And long runs of letters and digits
//! that are too random for words. Both err on the side of taking out: a report is passed on, and
//! what was sent cannot be called back. A person at a terminal can ask for the text as it is.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::debt::{DebtReport, Item};

/// What stands in place of a secret.
pub const REDACTED: &str = "[redacted]";

/// Takes what looks like a secret out of all quoted text of a report: texts, their history,
/// assignees, reasons. Returns in how many items there was one.
pub fn redact_report(report: &mut DebtReport) -> u64 {
    let items = report.items.iter_mut().chain(&mut report.suspected);
    let items = items.chain(&mut report.carried_in);
    items.map(|item| u64::from(redact_item(item))).sum()
}

/// Takes what looks like a secret out of texts. Returns in how many of them there was one.
pub fn redact_texts<'a>(texts: impl IntoIterator<Item = &'a mut String>) -> u64 {
    let texts = texts.into_iter();
    texts.map(|text| u64::from(redact_in(text))).sum()
}

fn redact_item(item: &mut Item) -> bool {
    let said = item.text.clone();
    let in_text = redact_in(&mut item.text);
    let mut found = in_text;
    for text in [&mut item.assignee, &mut item.ticket].into_iter().flatten() {
        found |= redact_in(text);
    }
    if let Some(reason) = item.decision.as_mut().and_then(|it| it.reason.as_mut()) {
        found |= redact_in(reason);
    }
    for event in &mut item.history {
        if event.text != said {
            found |= redact_in(&mut event.text);
        } else if in_text {
            event.text.clone_from(&item.text);
        }
    }
    found
}

fn redact_in(text: &mut String) -> bool {
    let redacted = redact(text);
    let found = *redacted != *text;
    if found {
        *text = redacted.into_owned();
    }
    found
}

/// Returns `text` with [`REDACTED`] in place of what looks like a secret; borrowed if there is none.
pub fn redact(text: &str) -> Cow<'_, str> {
    // Nothing shorter is one: most texts are not looked at any further.
    if text.len() < 8 {
        return Cow::Borrowed(text);
    }
    let Some(patterns) = PATTERNS.as_ref() else {
        // Unreachable: a test compiles them. Without them nothing may pass.
        return Cow::Borrowed(REDACTED);
    };
    let mut left = patterns.known.replace_all(text, REDACTED);
    if may_be_given(&left) {
        left = replaced(&patterns.given, left, |found| {
            let part = |number| found.get(number).map_or("", |part| part.as_str());
            match (part(1), part(2), part(3)) {
                ("", _, scheme) => format!("{scheme}{REDACTED}@"),
                (name, value, _) if value.len() >= SHORTEST => format!("{name}{REDACTED}"),
                _ => found[0].to_owned(),
            }
        });
    }
    if has_long_run(&left) {
        left = replaced(&patterns.run, left, |found| {
            let (before, run) = (found.get(1).map_or("", |m| m.as_str()), &found[2]);
            match looks_random(run) && !(names_commit(before) && is_hex(run)) {
                true => format!("{before}{REDACTED}"),
                false => found[0].to_owned(),
            }
        });
    }
    if left == text {
        return Cow::Borrowed(text);
    }
    left
}

fn replaced<'t>(
    pattern: &Regex,
    text: Cow<'t, str>,
    with: impl FnMut(&Captures<'_>) -> String,
) -> Cow<'t, str> {
    match pattern.replace_all(&text, with) {
        Cow::Borrowed(_) => text,
        Cow::Owned(replaced) => Cow::Owned(replaced),
    }
}

/// Makes what is made when the first text comes: for a thread that has nothing else to do.
pub fn prepare() {
    LazyLock::force(&PATTERNS);
}

struct Patterns {
    known: Regex,
    given: Regex,
    run: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    Some(Patterns {
        known: Regex::new(KNOWN).ok()?,
        given: Regex::new(GIVEN).ok()?,
        run: Regex::new(RUN).ok()?,
    })
});

/// The prefixes that providers document, each with the least length of what follows.
const KNOWN: &str = concat!(
    r"(?-u)\b(?:AKIA|ASIA|AGPA|AROA|AIDA)[A-Z0-9]{12,}", // Amazon
    r"|\bgh[pousr]_[A-Za-z0-9]{16,}|\bgithub_pat_\w{20,}",
    r"|\bgl(?:pat|dt|rt|soat|cbt|ptt|ft|imt|agent|oas)-[\w-]{16,}", // GitLab
    r"|\bxox[a-z]-[\w-]{10,}|\bxapp-[\w-]{10,}|hooks\.slack\.com/services/[\w/]+", // Slack
    r"|\b(?:sk|rk|pk|whsec)_(?:live|test)_\w{8,}|\bwhsec_\w{16,}",  // Stripe
    r"|\bsk-[\w-]{16,}",                                            // OpenAI, Anthropic
    r"|\bAIza[\w-]{20,}|\bya29\.[\w-]{10,}|\bGOCSPX-[\w-]{16,}",    // Google
    r"|\bnpm_\w{20,}|\bpypi-[\w-]{20,}|\bdckr_pat_[\w-]{16,}|\bhf_\w{20,}",
    r"|\bSG\.[\w-]{16,}\.[\w-]{16,}|\bdop_v1_\w{20,}|\bshp(?:at|ss|ca|pa)_\w{16,}",
    r"|\bAGE-SECRET-KEY-1\w+|\bhvs\.[\w-]{16,}|\bglsa_\w{16,}|\bATATT3[\w=-]{20,}",
    r"|\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?", // JSON web tokens
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----[ -~]*",
);

/// A shorter value is a figure, not a password.
const SHORTEST: usize = 6;

/// A name that says what its value is, or an address with a password in it.
const GIVEN: &str = concat!(
    r"(?i)((?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|access[_-]?key|auth|credential)s?",
    r#"["']?\s*(?::=|=>|[=:])\s*["']?)"#,
    // A value in prose (`password: see the wiki`) has no digit or sign; a secret has.
    r#"([^\s"',;]*[0-9!@#$%^&*+/=][^\s"',;]*)"#,
    r"|([a-z][a-z0-9+.-]*://)[^\s/@:]*:[^\s/@]+@",
);

/// A run that could be random, with the word before it.
const RUN: &str = r"((?:\b[A-Za-z]+[ :#/])?)\b([A-Za-z0-9+/_=-]{20,})";

/// Whether [`GIVEN`] can match: both its sides have a colon or an equals sign.
fn may_be_given(text: &str) -> bool {
    text.contains([':', '='])
}

/// Whether [`RUN`] can match.
fn has_long_run(text: &str) -> bool {
    let is_in_run = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/_=-".contains(byte);
    let mut runs = text.as_bytes().split(|byte| !is_in_run(byte));
    runs.any(|run| run.len() >= 20)
}

fn is_hex(run: &str) -> bool {
    run.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A long hexadecimal number after such a word is a commit, which is no secret.
fn names_commit(before: &str) -> bool {
    let word = before.trim_end_matches([' ', ':', '#', '/']);
    [
        "commit", "commits", "revert", "reverts", "rev", "revision", "amend", "see", "since",
    ]
    .iter()
    .any(|name| word.eq_ignore_ascii_case(name))
}

/// Whether a run is more random than words, paths and names in code are: digits and letters mixed,
/// and many different ones of them.
fn looks_random(run: &str) -> bool {
    // A path is many short runs.
    run.split(['/', '-', '_', '=', '+']).any(|part| {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        let upper = part.bytes().filter(u8::is_ascii_uppercase).count();
        let letters = part.len() - digits;
        if part.len() < 16 || digits < 2 || letters < 2 {
            return false;
        }
        match is_hex(part) {
            true => part.len() >= 32 && entropy(part) > 3.0,
            // Words in mixed case, with a number at the end, have few digits.
            false => entropy(part) > 3.3 && (digits >= 4 || upper >= 4 && digits >= 2),
        }
    })
}

/// Shannon's entropy of the bytes, in bits a byte.
fn entropy(run: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in run.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let whole = run.len() as f64;
    counts
        .iter()
        .filter(|&&count| count > 0)
        .map(|&count| f64::from(count) / whole)
        .map(|share| -share * share.log2())
        .sum()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_patterns_are_sound() {
        for pattern in [KNOWN, GIVEN, RUN] {
            assert_eq!(Regex::new(pattern).err(), None);
        }
    }

    #[test]
    fn known_shapes_go() {
        // Put together here, so that no scanner takes this file for a leak.
        let random = "9aK2mQ7xR4tB8wZ1";
        for (text, left) in [
            (
                format!("rotate AKIA{}", "IOSFODNN7EXAMPLE"),
                "rotate [redacted]",
            ),
            (
                format!("use ghp_{random}{random} here"),
                "use [redacted] here",
            ),
            (format!("glpat-{random}"), "[redacted]"),
            (format!("xoxb-{random}"), "[redacted]"),
            (format!("sk_live_{random}"), "[redacted]"),
            (format!("eyJhbGciOiJIUzI1.{random}.{random}"), "[redacted]"),
            (
                format!("password = \"{random}\""),
                "password = \"[redacted]\"",
            ),
            (
                "passwd: hunter2, change it".to_owned(),
                "passwd: [redacted], change it",
            ),
            (
                "see https://ann:s3cret@example.org/x".to_owned(),
                "see https://[redacted]@example.org/x",
            ),
            (
                "-----BEGIN RSA PRIVATE KEY----- MIIE".to_owned(),
                "[redacted]",
            ),
            (format!("key {random}{random}"), "key [redacted]"),
            ("0123456789abcdef0123456789abcdef".to_owned(), "[redacted]"),
        ] {
            assert_eq!(redact(&text), left);
        }
    }

    #[test]
    fn words_names_and_commits_stay() {
        for text in [
            "the password: see the wiki",
            "tokens are not checked, auth: none",
            "src/ledger/store/entries_with_a_long_name.rs",
            "getUserAccountPreferencesForTenant2 is slow",
            "CONFIG_BLK_DEV_INITRAMFS_SOURCE_2",
            "revert commit 1a954628a960aaef81d7b2d4521929579f3541e6",
            "https://example.org/a/very/long/path/to/something.html",
            "================================",
            "supercalifragilisticexpialidocious",
            "2026-11-18T13:05:00+01:00",
        ] {
            assert_eq!(redact(text), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_not_searched_holds_nothing(text in r#"(?:pass|token|[:=]+|[ \n]|https?://|@|[a-zA-Z0-9+/_=-]{0,24}|\PC){0,12}"#) {
            let patterns = PATTERNS.as_ref().unwrap();
            prop_assert!(may_be_given(&text) || !patterns.given.is_match(&text));
            prop_assert!(has_long_run(&text) || !patterns.run.is_match(&text));
        }

        #[test]
        fn a_token_is_found_anywhere(
            before in "[^A-Za-z0-9_]{0,40}",
            after in "[^A-Za-z0-9_-]{0,40}",
            token in "[A-Za-z0-9]{36}",
        ) {
            let text = format!("{before} ghp_{token} {after}");
            prop_assert!(!redact(&text).contains(&token));
        }

        #[test]
        fn what_is_left_has_nothing_more_to_take(text in any::<String>()) {
            let once = redact(&text).into_owned();
            prop_assert_eq!(redact(&once), once.as_str());
        }
    }
}
