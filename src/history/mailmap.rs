//! Who a person of a commit is, by the `.mailmap` of the project.
//!
//! Not libgit2's: that one takes `A@x` and `a@x` for two people, gives up on a whole file for one
//! `<>`, and takes quadratic time for a large file.

use std::collections::HashMap;

/// The most bytes of a `.mailmap`; that of Linux has 50,000.
pub(super) const MAILMAP_LIMIT: usize = 4 << 20;

/// Proper names and mail addresses, by those used in commits.
#[derive(Clone, Debug, Default)]
pub struct Mailmap {
    /// By the address in the commit, in lower case.
    people: HashMap<Vec<u8>, Person>,
}

/// What is known of one address of commits.
#[derive(Clone, Debug, Default)]
struct Person {
    /// Whatever the name in the commit.
    any: Proper,
    /// By the name in the commit, in lower case.
    named: HashMap<Vec<u8>, Proper>,
}

/// The proper name and address; `None` leaves that of the commit.
#[derive(Clone, Debug, Default)]
struct Proper {
    name: Option<Vec<u8>>,
    mail: Option<Vec<u8>>,
}

impl Mailmap {
    /// Reads a mailmap as git does (`gitmailmap(5)`, `read_mailmap_line` in git's `mailmap.c`).
    /// Lines that say nothing are left out. A later line wins.
    pub fn parse(text: &[u8]) -> Mailmap {
        let mut mailmap = Mailmap::default();
        for line in text.split(|&byte| byte == b'\n') {
            if !line.starts_with(b"#") {
                mailmap.add(line);
            }
        }
        mailmap
    }

    fn add(&mut self, line: &[u8]) -> Option<()> {
        let (name, mail, rest) = name_and_mail(line)?;
        if mail.is_empty() {
            return None;
        }
        let second = name_and_mail(rest);
        let (old_name, old_mail, new_mail) = match second {
            Some((old_name, old_mail, _)) => (old_name, old_mail, Some(mail)),
            None => (None, mail, None),
        };
        let person = self
            .people
            .entry(old_mail.to_ascii_lowercase())
            .or_default();
        match old_name {
            None => {
                if let Some(name) = name {
                    person.any.name = Some(name.to_owned());
                }
                if let Some(mail) = new_mail {
                    person.any.mail = Some(mail.to_owned());
                }
            }
            Some(old_name) => {
                let proper = Proper {
                    name: name.map(<[u8]>::to_owned),
                    mail: new_mail.map(<[u8]>::to_owned),
                };
                person.named.insert(old_name.to_ascii_lowercase(), proper);
            }
        }
        Some(())
    }

    /// Returns the proper name and address of a person as a commit names them, without `<` `>`;
    /// those of the commit where nothing better is known.
    pub fn resolve<'a>(&'a self, name: &'a [u8], mail: &'a [u8]) -> (&'a [u8], &'a [u8]) {
        let Some(person) = self.people.get(&mail.to_ascii_lowercase()) else {
            return (name, mail);
        };
        let named = if person.named.is_empty() {
            None
        } else {
            person.named.get(&name.to_ascii_lowercase())
        };
        let proper = named.unwrap_or(&person.any);
        (
            proper.name.as_deref().unwrap_or(name),
            proper.mail.as_deref().unwrap_or(mail),
        )
    }
}

/// A name and an address, and what follows them. The name is `None` if there are only blanks.
type Named<'a> = (Option<&'a [u8]>, &'a [u8], &'a [u8]);

/// Splits `name <mail> rest`.
fn name_and_mail(text: &[u8]) -> Option<Named<'_>> {
    let left = memchr::memchr(b'<', text)?;
    let after = &text[left + 1..];
    let right = memchr::memchr(b'>', after)?;
    let name = text[..left].trim_ascii();
    Some((
        (!name.is_empty()).then_some(name),
        &after[..right],
        &after[right + 1..],
    ))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn resolve(map: &str, name: &str, mail: &str) -> String {
        let map = Mailmap::parse(map.as_bytes());
        let (name, mail) = map.resolve(name.as_bytes(), mail.as_bytes());
        format!(
            "{} <{}>",
            String::from_utf8_lossy(name),
            String::from_utf8_lossy(mail)
        )
    }

    #[test]
    fn the_four_forms_of_a_line() {
        assert_eq!(resolve("Ann B <a@x>", "ann", "a@x"), "Ann B <a@x>");
        assert_eq!(resolve("<new@x> <a@x>", "ann", "a@x"), "ann <new@x>");
        assert_eq!(resolve("Ann <new@x> <a@x>", "ann", "a@x"), "Ann <new@x>");
        let map = "Ann <new@x> ann <a@x>";
        assert_eq!(resolve(map, "ann", "a@x"), "Ann <new@x>");
        assert_eq!(resolve(map, "bob", "a@x"), "bob <a@x>");
    }

    #[test]
    fn a_shared_address_is_told_apart_by_name() {
        let map = "Team <t@x>\nAnn <ann@x> ann <t@x>\n";
        assert_eq!(resolve(map, "ann", "t@x"), "Ann <ann@x>");
        assert_eq!(resolve(map, "bob", "t@x"), "Team <t@x>");
    }

    #[test]
    fn case_does_not_count() {
        assert_eq!(resolve("Ann <a@x> aNN <A@X>", "Ann", "a@X"), "Ann <a@x>");
    }

    #[test]
    fn a_later_line_wins() {
        assert_eq!(resolve("A <a@x>\nB <a@x>\n", "c", "a@x"), "B <a@x>");
    }

    #[test]
    fn lines_that_say_nothing_stop_nothing() {
        let map = "# A <a@x>\n\nfoo\n<>\nB <\nAnn <a@x>\t # ours\r\n";
        assert_eq!(resolve(map, "c", "a@x"), "Ann <a@x>");
    }

    #[test]
    fn an_empty_address_of_commits_can_be_named() {
        assert_eq!(resolve("Ann <a@x> <>", "c", ""), "Ann <a@x>");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(text in prop::collection::vec(any::<u8>(), 0..200)) {
            let map = Mailmap::parse(&text);
            map.resolve(&text, &text);
        }
    }
}
