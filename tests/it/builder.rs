//! The builder itself: a fixture that is not what it says would prove nothing.

use crate::support::when::when;
use crate::support::{Files, Repo};

#[test]
fn a_day_of_the_week_is_a_moment_in_berlin() {
    assert_eq!(when("mon 10:00").to_rfc3339(), "2026-11-16T10:00:00+01:00");
    assert_eq!(
        when("2026-07-01 08:30").to_rfc3339(),
        "2026-07-01T08:30:00+02:00"
    );
    assert_eq!(
        when("2026-11-15T23:30:00Z").to_rfc3339(),
        "2026-11-15T23:30:00+00:00"
    );
}

#[test]
fn a_commit_has_the_tree_the_author_and_the_times_it_was_given() {
    let repo = Repo::new();
    let commit = repo
        .draft("mon 10:00", "Sammy", "Charge cards")
        .committed("2026-11-17T09:00:00+05:30", "Mira")
        .commit(|t| t.write("src/pay/card.rs", "fn charge() {}\n"));

    let git = repo.git().find_commit(commit).unwrap();
    assert_eq!(git.author().email(), Ok("sammy@shop.example"));
    assert_eq!(git.author().when().seconds(), when("mon 10:00").timestamp());
    assert_eq!(git.author().when().offset_minutes(), 60);
    assert_eq!(git.committer().name(), Ok("Mira"));
    assert_eq!(git.committer().when().offset_minutes(), 330);
    assert_eq!(git.parent_count(), 0);
    assert_eq!(
        repo.files(commit).read("src/pay/card.rs"),
        "fn charge() {}\n"
    );
    assert_eq!(repo.tip(), commit);
    assert_eq!(repo.tip_of("main"), commit);
}

/// The id is the one `git commit` gives to the same.
#[test]
fn the_same_fixture_has_the_same_commits_everywhere() {
    let make = || {
        let repo = Repo::new();
        repo.commit("mon 10:00", "Tove", "Start", |t| {
            t.write("a.rs", "// TODO: a\n")
        })
    };
    assert_eq!(make(), make());
    assert_eq!(
        make().to_string(),
        "27194742b3d5b56ebb1938db97fd966a4fb5a601"
    );
}

#[test]
fn edits_go_path_by_path() {
    let repo = Repo::new();
    repo.commit("mon 10:00", "Tove", "Start", |t| {
        t.write("a.rs", "a\n")
            .write("b/c.rs", "c\n")
            .write("b/d.rs", "d\n")
    });
    let commit = repo.commit("mon 11:00", "Tove", "Shuffle", |t| {
        t.rename("a.rs", "b/a.rs")
            .delete("b/d.rs")
            .copy("b/c.rs", "e.rs")
            .replace("e.rs", "c", "changed")
            .make_program("b/c.rs")
            .link("link", "b/c.rs")
            .submodule("vendor/lib")
            .write(b"odd\xff\n.rs", "odd\n")
    });
    let files = repo.files(commit);
    let paths: Vec<&[u8]> = vec![
        b"b/a.rs",
        b"b/c.rs",
        b"e.rs",
        b"link",
        b"odd\xff\n.rs",
        b"vendor/lib",
    ];
    assert_eq!(files.paths(), paths);
    assert_eq!(files.read("e.rs"), "changed\n");
    let tree = repo.git().find_commit(commit).unwrap().tree().unwrap();
    let mode = |path: &str| tree.get_path(path.as_ref()).unwrap().filemode();
    assert_eq!(mode("b/c.rs"), 0o100_755);
    assert_eq!(mode("link"), 0o120_000);
    assert_eq!(mode("vendor/lib"), 0o160_000);
}

/// One commit on `main` and on a branch `side`, each in a file of its own; `main` is current.
fn two_branches() -> Repo {
    let repo = Repo::new();
    repo.commit("mon 09:00", "Mira", "Start", |t| {
        t.write("base.rs", "base\n")
    });
    repo.branch("side");
    repo.commit("mon 10:00", "Tove", "Side", |t| {
        t.write("side.rs", "side\n")
    });
    repo.switch("main");
    repo.commit("mon 11:00", "Mira", "Main", |t| {
        t.write("main.rs", "main\n")
    });
    repo
}

fn listed(files: &Files<'_>) -> Vec<String> {
    let text = |path| String::from_utf8(path).unwrap();
    files.paths().into_iter().map(text).collect()
}

#[test]
fn merges_have_the_tree_asked_for() {
    let repo = two_branches();
    let (ours, theirs) = (repo.tip(), repo.tip_of("side"));
    let merge = repo.merge("mon 12:00", "Mira", &["side"], |t| {
        t.write("evil.rs", "evil\n")
    });
    assert_eq!(
        listed(&repo.files(merge)),
        ["base.rs", "evil.rs", "main.rs", "side.rs"]
    );
    let parents: Vec<_> = repo
        .git()
        .find_commit(merge)
        .unwrap()
        .parent_ids()
        .collect();
    assert_eq!(parents, [ours, theirs]);

    let repo = two_branches();
    let merge = repo.merge_ours("mon 12:00", "Mira", &["side"], |t| t);
    assert_eq!(listed(&repo.files(merge)), ["base.rs", "main.rs"]);
    assert_eq!(repo.git().find_commit(merge).unwrap().parent_count(), 2);
}

#[test]
fn a_pick_keeps_its_author_and_a_revert_takes_it_back() {
    let repo = two_branches();
    let side = repo.tip_of("side");
    let picked = repo.pick("tue 10:00", "Mira", side);
    assert_eq!(
        listed(&repo.files(picked)),
        ["base.rs", "main.rs", "side.rs"]
    );
    let commit = repo.git().find_commit(picked).unwrap();
    assert_eq!(commit.author().name(), Ok("Tove"));
    assert_eq!(commit.committer().name(), Ok("Mira"));
    assert_eq!(
        commit.author().when().seconds(),
        when("mon 10:00").timestamp()
    );

    let reverted = repo.revert("tue 11:00", "Mira", picked);
    assert_eq!(listed(&repo.files(reverted)), ["base.rs", "main.rs"]);
    let message = format!("Revert \"Side\"\n\nThis reverts commit {picked}.\n");
    assert_eq!(
        repo.git().find_commit(reverted).unwrap().message(),
        Ok(message.as_str())
    );
}

#[test]
fn a_rebase_is_linear() {
    let repo = two_branches();
    let onto = repo.tip();
    repo.switch("side");
    assert!(repo.rebase("tue 10:00", "Tove", onto));
    assert_eq!(
        listed(&repo.files(repo.tip())),
        ["base.rs", "main.rs", "side.rs"]
    );
    let tip = repo.git().find_commit(repo.tip()).unwrap();
    assert_eq!(tip.parent_id(0), Ok(onto));
}

#[test]
fn a_branch_without_commits_starts_a_root() {
    let repo = two_branches();
    repo.switch("docs");
    let root = repo.commit("tue 09:00", "Mira", "Docs", |t| {
        t.write("docs.rs", "docs\n")
    });
    assert_eq!(repo.git().find_commit(root).unwrap().parent_count(), 0);
    assert_eq!(listed(&repo.files(root)), ["docs.rs"]);
}
