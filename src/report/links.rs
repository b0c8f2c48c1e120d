//! Addresses of commits and files on a forge.

use std::fmt::Write;

use super::debt::{DebtReport, Item, Repository};
use super::rows::RepositoryRow;

/// The address at which the forge of its repository shows an item: its line, or its commit. `None`
/// without a forge that is known.
pub fn address_of(report: &DebtReport, item: &Item) -> Option<String> {
    AllLinks::of(report).get(&item.repository)?.item(item)
}

/// The address at which the forge of a repository shows a commit; `None` without a forge that is
/// known, and for what is no commit.
pub fn address_of_commit(report: &DebtReport, repository: &str, commit: &str) -> Option<String> {
    AllLinks::of(report).get(repository)?.commit(commit)
}

/// Where the commits and files of a repository are shown, if that is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Links<'a> {
    base: &'a str,
    head: Option<&'a str>,
    shape: Shape,
}

/// How a forge builds its addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    GitHub,
    GitLab,
    Bitbucket,
    /// Forgejo too.
    Gitea,
}

impl<'a> Links<'a> {
    /// The links of a repository; `None` where its forge is not known.
    pub(super) fn of(repository: &'a Repository) -> Option<Self> {
        Self::at(repository.forge.as_deref(), repository.head.as_deref())
    }

    fn at(forge: Option<&'a str>, head: Option<&'a str>) -> Option<Self> {
        let base = forge?;
        let host = base.strip_prefix("https://")?.split(['/', ':']).next()?;
        // A forge of one's own is usually called by the name of its software.
        let shape = match host.split('.').next()? {
            _ if host == "bitbucket.org" => Shape::Bitbucket,
            _ if host == "codeberg.org" => Shape::Gitea,
            "github" => Shape::GitHub,
            "gitlab" => Shape::GitLab,
            "gitea" | "forgejo" => Shape::Gitea,
            _ => return None,
        };
        Some(Self { base, head, shape })
    }

    /// The address of a commit.
    pub(super) fn commit(&self, commit: &str) -> Option<String> {
        let is_id = commit.len() >= 7 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        let between = match self.shape {
            Shape::GitHub | Shape::Gitea => "commit",
            Shape::GitLab => "-/commit",
            Shape::Bitbucket => "commits",
        };
        is_id.then(|| format!("{}/{between}/{commit}", self.base))
    }

    /// The address of a line of a file, as it is in `commit`.
    pub(super) fn file(&self, commit: &str, path: &str, line: Option<u32>) -> Option<String> {
        self.commit(commit)?;
        let (between, mark) = match self.shape {
            Shape::GitHub => ("blob", "L"),
            Shape::GitLab => ("-/blob", "L"),
            Shape::Bitbucket => ("src", "lines-"),
            Shape::Gitea => ("src/commit", "L"),
        };
        let mut address = format!("{}/{between}/{commit}/{}", self.base, encoded_path(path)?);
        if let Some(line) = line {
            let _ = write!(address, "#{mark}{line}");
        }
        Some(address)
    }

    /// The address of a line of a file, as it is in the head.
    pub(super) fn at_head(&self, path: &str, line: Option<u32>) -> Option<String> {
        self.file(self.head?, path, line)
    }

    /// The address of the place of an item: where it is now, or last was.
    pub(super) fn item(&self, item: &Item) -> Option<String> {
        let Some(path) = &item.path else {
            return self.commit(&item.introduced.commit);
        };
        match &item.paid {
            None => self.file(self.head?, path, item.line),
            // The commit in which it went no longer has it.
            Some(_) => {
                let gone = item.history.iter().rev();
                let last = gone.skip_while(|event| event.path.as_ref() != Some(path));
                let there = last
                    .into_iter()
                    .find(|event| event.event != super::debt::EventKind::Paid)?;
                self.file(&there.commit, there.path.as_ref()?, there.line)
            }
        }
    }
}

/// The links of every repository of a report, by its name.
pub(super) struct AllLinks<'a>(Vec<(&'a str, Links<'a>)>);

impl<'a> AllLinks<'a> {
    pub(super) fn of(report: &'a DebtReport) -> Self {
        let links = report.repositories.iter().filter_map(|repository| {
            let links = Links::of(repository)?;
            Some((repository.name.as_str(), links))
        });
        Self(links.collect())
    }

    /// Those of the repositories of a report of the week.
    pub(super) fn of_rows(repositories: &'a [RepositoryRow]) -> Self {
        let links = repositories.iter().filter_map(|repository| {
            let links = Links::at(repository.forge.as_deref(), repository.head.as_deref())?;
            Some((repository.name.as_str(), links))
        });
        Self(links.collect())
    }

    /// Those of the repository of that name.
    pub(super) fn get(&self, repository: &str) -> Option<&Links<'a>> {
        let found = self.0.iter().find(|(name, _)| *name == repository)?;
        Some(&found.1)
    }
}

/// A path of git as a relative address, percent-encoded (RFC 3986); `None` for a path with an empty
/// component, `.` or `..`, which an address would resolve to some other place.
pub(super) fn encoded_path(path: &str) -> Option<String> {
    let sound = |part: &str| !matches!(part, "" | "." | "..");
    if !path.split('/').all(sound) {
        return None;
    }
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                encoded.push(char::from(byte));
            }
            _ => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    Some(encoded)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    const COMMIT: &str = "1a954628a960aaef81d7b2d4521929579f3541e6";

    fn repository(forge: Option<&str>) -> Repository {
        Repository {
            name: "pay".to_owned(),
            path: String::new(),
            forge: forge.map(str::to_owned),
            head: None,
            commits: 0,
            shallow: false,
            skipped: Vec::new(),
        }
    }

    #[test]
    fn every_forge_has_its_own_addresses() {
        for (forge, file) in [
            (
                "https://github.com/a/b",
                "https://github.com/a/b/blob/1a954628/x%20y/z.rs#L7",
            ),
            (
                "https://gitlab.com/a/c/b",
                "https://gitlab.com/a/c/b/-/blob/1a954628/x%20y/z.rs#L7",
            ),
            (
                "https://gitlab.example.org:8443/a/b",
                "https://gitlab.example.org:8443/a/b/-/blob/1a954628/x%20y/z.rs#L7",
            ),
            (
                "https://bitbucket.org/a/b",
                "https://bitbucket.org/a/b/src/1a954628/x%20y/z.rs#lines-7",
            ),
            (
                "https://codeberg.org/a/b",
                "https://codeberg.org/a/b/src/commit/1a954628/x%20y/z.rs#L7",
            ),
        ] {
            let repository = repository(Some(forge));
            let links = Links::of(&repository).unwrap();
            assert_eq!(links.file("1a954628", "x y/z.rs", Some(7)).unwrap(), file);
        }
    }

    #[test]
    fn without_a_known_forge_there_are_no_links() {
        assert!(Links::of(&repository(None)).is_none());
        for unknown in [
            "https://example.org/a/b",
            "http://github.com/a/b",
            "javascript:github",
        ] {
            assert!(Links::of(&repository(Some(unknown))).is_none(), "{unknown}");
        }
        let repository = repository(Some("https://github.com/a/b"));
        let links = Links::of(&repository).unwrap();
        assert_eq!(links.commit("\"><script>"), None);
        assert_eq!(links.file(COMMIT, "a/../../b", None), None);
    }

    proptest! {
        #[test]
        fn an_address_holds_nothing_that_ends_it(path in any::<String>()) {
            if let Some(encoded) = encoded_path(&path) {
                prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte)));
                prop_assert!(!encoded.starts_with('/'));
            }
        }
    }
}
