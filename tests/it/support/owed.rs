//! Debt by the piece: an item in a file of its own, and its payment.

use git2::Oid;

use super::debt::Report;
use super::repo::Repo;

/// A file with one item.
pub fn note(text: &str) -> String {
    format!("fn work() {{\n    // TODO: {text}\n    go();\n}}\n")
}

/// [`note`] when its item is paid.
pub const DONE: &str = "fn work() {\n    go_well();\n}\n";

/// A repository with a commit before the week, so that nothing of the week is a root.
pub fn start() -> Repo {
    let repo = Repo::new();
    repo.commit("2026-11-13 15:00", "Mira", "Start", |t| {
        t.write("old.rs", note("from before"))
    });
    repo
}

/// One item in a file of its own.
pub fn owe(repo: &Repo, when: &str, who: &str, name: &str) -> Oid {
    repo.commit(when, who, &format!("Build {name}"), |t| {
        t.write(format!("{name}.rs"), note(name))
    })
}

/// The payment of [`owe`].
pub fn pay(repo: &Repo, when: &str, who: &str, name: &str) -> Oid {
    repo.commit(when, who, &format!("Finish {name}"), |t| {
        t.write(format!("{name}.rs"), DONE)
    })
}

/// What the declared items say, sorted.
pub fn names(report: &Report) -> Vec<&str> {
    let mut names: Vec<_> = report.items.iter().map(|item| item.text.as_str()).collect();
    names.sort_unstable();
    names
}
