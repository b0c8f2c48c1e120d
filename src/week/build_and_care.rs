//! "Half the week builds, half cares": which part of the commits was for what, by paths and words.
//!
//! The rules, the first that fits:
//! 1. A commit without files, a merge above all, is not counted.
//! 2. Only test files: tests. Only documents: docs. Only tests and documents: what has more files,
//!    tests if it is even.
//! 3. The subject begins with `refactor`, `rename`, `clean up`, `remove`, `delete`, `simplify`,
//!    `split`, `extract`, `move`, `tidy` (as a word, or as the type of `type(scope): subject`):
//!    refactor. With `test` or `docs` likewise: tests or docs.
//! 4. Else it builds.

use serde::Serialize;

/// What a commit was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Something new.
    Build,
    /// Tests.
    Tests,
    /// Documents.
    Docs,
    /// The same, but better.
    Refactor,
}

/// How many commits were for what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Shares {
    /// Something new.
    pub build: u32,
    /// Tests.
    pub tests: u32,
    /// Documents.
    pub docs: u32,
    /// The same, but better.
    pub refactor: u32,
}

impl Shares {
    /// Counts commits, each by its subject and paths.
    pub fn of<'a, P>(commits: impl IntoIterator<Item = (&'a str, P)>) -> Self
    where
        P: IntoIterator<Item = &'a str>,
    {
        let mut shares = Self::default();
        for (subject, paths) in commits {
            match work(subject, paths) {
                None => {}
                Some(Work::Build) => shares.build += 1,
                Some(Work::Tests) => shares.tests += 1,
                Some(Work::Docs) => shares.docs += 1,
                Some(Work::Refactor) => shares.refactor += 1,
            }
        }
        shares
    }

    /// How many commits cared for what is there.
    pub fn care(self) -> u32 {
        self.tests + self.docs + self.refactor
    }

    /// The percentages of build and care, which make 100; `None` without commits.
    pub fn percent(self) -> Option<(u32, u32)> {
        let all = self.build + self.care();
        let build =
            (u64::from(self.build) * 200 + u64::from(all)).checked_div(2 * u64::from(all))?;
        let build = u32::try_from(build).ok()?;
        Some((build, 100 - build))
    }
}

/// What a commit was for; `None` for one without files.
pub fn work<'a>(subject: &str, paths: impl IntoIterator<Item = &'a str>) -> Option<Work> {
    let (mut tests, mut docs, mut others) = (0u32, 0u32, 0u32);
    for path in paths {
        if is_test(path) {
            tests += 1;
        } else if is_document(path) {
            docs += 1;
        } else {
            others += 1;
        }
    }
    match (tests, docs, others) {
        (0, 0, 0) => None,
        (_, _, 0) if tests >= docs => Some(Work::Tests),
        (_, _, 0) => Some(Work::Docs),
        _ => Some(by_subject(subject)),
    }
}

fn is_test(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default();
    let words = stem.split(['_', '-']);
    let middle = file.split('.').skip(1);
    parts.any(|folder| {
        matches!(
            folder,
            "test" | "tests" | "spec" | "specs" | "__tests__" | "testdata"
        )
    }) || words
        .into_iter()
        .any(|word| matches!(word, "test" | "tests" | "spec"))
        || middle
            .into_iter()
            .any(|part| matches!(part, "test" | "spec"))
}

fn is_document(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let extension = file.rsplit_once('.').map(|(_, extension)| extension);
    matches!(extension, Some("md" | "rst" | "adoc" | "txt"))
        || matches!(file, "readme" | "changelog" | "contributing")
        || parts.any(|folder| matches!(folder, "doc" | "docs"))
}

fn by_subject(subject: &str) -> Work {
    const REFACTOR: [&str; 10] = [
        "refactor", "rename", "clean", "remove", "delete", "simplify", "split", "extract", "move",
        "tidy",
    ];
    let lower = subject.to_ascii_lowercase();
    // The type of `type(scope)!: subject`, or the first word.
    let first = lower
        .trim_start()
        .split(|c: char| !c.is_ascii_alphabetic())
        .next();
    match first.unwrap_or_default() {
        word if REFACTOR.contains(&word) => Work::Refactor,
        "test" | "tests" => Work::Tests,
        "doc" | "docs" | "document" => Work::Docs,
        _ => Work::Build,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_decide_before_words() {
        let of = |subject, paths: &[&str]| work(subject, paths.iter().copied());
        assert_eq!(
            of("add charge", &["tests/charge.rs", "src/charge_test.go"]),
            Some(Work::Tests)
        );
        assert_eq!(
            of("add charge", &["README.md", "docs/img.png"]),
            Some(Work::Docs)
        );
        assert_eq!(of("docs: say how", &["src/lib.rs"]), Some(Work::Docs));
        assert_eq!(
            of("refactor(pay)!: one error type", &["src/err.rs"]),
            Some(Work::Refactor)
        );
        assert_eq!(
            of("Remove fake gateway", &["src/a.rs", "tests/a.rs"]),
            Some(Work::Refactor)
        );
        assert_eq!(of("removed? no", &["src/contest.rs"]), Some(Work::Build));
        assert_eq!(of("merge", &[]), None);
    }

    #[test]
    fn the_halves_make_a_whole() {
        let shares = Shares {
            build: 54,
            tests: 21,
            docs: 9,
            refactor: 16,
        };
        assert_eq!(shares.percent(), Some((54, 46)));
        assert_eq!(Shares::default().percent(), None);
        let third = Shares {
            build: 1,
            tests: 2,
            ..Shares::default()
        };
        assert_eq!(third.percent(), Some((33, 67)));
    }
}
