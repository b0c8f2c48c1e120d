//! The shop: three functions in two files, each owing something.

use git2::Oid;

use super::debt::{Item, debt};
use super::repo::Repo;

/// Two functions of one file, each with an item on its third line.
pub const CHARGE: &str = "\
/// Takes the money.
fn charge(card: &Card) -> bool {
    // TODO: retry when the bank is down
    bank::charge(card)
}
";

/// The second of the file.
pub const REFUND: &str = "\
/// Gives it back.
fn refund(card: &Card) -> bool {
    // FIXME: refunds are sent twice on a slow line
    bank::refund(card)
}
";

/// The one function of the other file.
pub const LOGIN: &str = "\
/// Lets people in.
fn login(name: &str) -> Session {
    // HACK: everybody is an administrator
    Session::of(name, Role::Admin)
}
";

/// What the item of [`CHARGE`] says.
pub const RETRY: &str = "retry when the bank is down";

/// What the item of [`REFUND`] says.
pub const TWICE: &str = "refunds are sent twice";

/// What the item of [`LOGIN`] says.
pub const ADMIN: &str = "everybody is an administrator";

/// A repository whose first commit, by Sammy on Monday, has the three functions in two files.
pub fn shop() -> (Repo, Oid) {
    let repo = Repo::new();
    let first = repo.commit("mon 10:00", "Sammy", "Build the shop", |t| {
        t.write("charge.rs", format!("{CHARGE}\n{REFUND}"))
            .write("login.rs", LOGIN)
    });
    (repo, first)
}

/// The item as it is now.
pub fn look(repo: &Repo, text: &str) -> Item {
    debt(repo).all().item(text).clone()
}
