//! Many of a kind: nothing grows with the square of their number.

use git2::Oid;

use super::{OWED, blob, commit_of, commit_raw, owing, tree};
use crate::support::Repo;
use crate::support::debt::debt;
use crate::support::raw::entry;

/// Commits one file of these texts, one after the other.
fn versions(texts: &[String]) -> Repo {
    let repo = Repo::new();
    for (number, text) in texts.iter().enumerate() {
        repo.commit(&format!("mon 1{number}:00"), "Sammy", "Next", |t| {
            t.write("mine.rs", text)
        });
    }
    repo
}

const MANY: usize = 20_000;

#[test]
fn twins_that_are_moved_reworded_and_brought_back() {
    let twins = "// TODO: x\nf();\n".repeat(MANY);
    let reworded = "// TODO: y z\nf();\n".repeat(MANY);
    let repo = versions(&[
        twins.clone(),
        format!("g();\n{twins}h();\n"),
        reworded,
        String::new(),
        twins,
    ]);
    assert_eq!(debt(&repo).all().open_texts().len(), MANY);
}

#[test]
fn bare_tags_each_with_other_code() {
    let code = |by: usize| -> String {
        (0..MANY)
            .map(|n| format!("// TODO\nf({});\n", n * by))
            .collect()
    };
    let repo = versions(&[code(1), code(3), code(1)]);
    assert_eq!(debt(&repo).all().open_texts().len(), MANY);
}

#[test]
fn one_line_of_many_markers() {
    let line = |word: &str| format!("/* TODO: {word} */").repeat(MANY) + "\n";
    let repo = versions(&[line("a"), line("a") + "f();\n", line("b")]);
    debt(&repo).all();
    let block = |word: &str| format!("/* {} */\n", format!("TODO: {word}\n").repeat(MANY));
    let repo = versions(&[block("a"), block("b"), String::new()]);
    debt(&repo).all();
}

#[test]
fn a_file_of_two_million_lines_and_comments_in_each_other() {
    let repo = versions(&[
        "\n".repeat(2_000_000) + OWED,
        "/*".repeat(1_000_000) + " TODO: deep",
        "\"".repeat(2_000_000),
        "/* TODO: x */".to_owned() + &"*/".repeat(1_000_000),
        OWED.to_owned(),
    ]);
    debt(&repo).all();
}

/// Commits a tree of such files and then the same in other folders.
fn moved(repo: &Repo, count: usize, text: impl Fn(usize, bool) -> String, same_name: bool) {
    let mut parents: Vec<Oid> = Vec::new();
    for later in [false, true] {
        let folders: Vec<Vec<u8>> = (0..count)
            .map(|n| {
                let name = match same_name {
                    true => "mod.rs".to_owned(),
                    false => format!("f{n}.rs"),
                };
                let file = entry("100644", name, blob(repo, text(n, later)));
                let folder = tree(repo, &[file]);
                entry(
                    "40000",
                    format!("{}{n:06}", if later { "b" } else { "a" }),
                    folder,
                )
            })
            .collect();
        let root = tree(repo, &folders);
        parents = vec![commit_raw(repo, &commit_of(root, &parents, "Move"))];
    }
}

#[test]
fn equal_files_that_move_by_the_thousand() {
    for same_name in [true, false] {
        let repo = Repo::new();
        moved(&repo, 5_000, |_, _| "// TODO\n".to_owned(), same_name);
        let report = debt(&repo).all();
        assert_eq!(report.items.len(), 5_000);
        assert!(report.items.iter().all(|item| item.is_open()));
    }
}

#[test]
fn changed_files_that_move_by_the_thousand() {
    for same_name in [true, false] {
        let repo = Repo::new();
        let text = |n: usize, later: bool| {
            let code: String = (0..10).map(|line| format!("f({n}, {line});\n")).collect();
            format!("// TODO\n{code}{}", if later { "more();\n" } else { "" })
        };
        moved(&repo, 3_000, text, same_name);
        let report = debt(&repo).all();
        assert_eq!(report.items.len(), 3_000);
        assert!(report.items.iter().all(|item| item.is_open()));
    }
}

#[test]
fn branches_with_the_same_twins_that_meet() {
    let twins = |word: &str| format!("// TODO: {word}\nf();\n").repeat(MANY / 4);
    let repo = owing();
    let first = repo.tip();
    let file = |text: &str| tree(&repo, &[entry("100644", "a.rs", blob(&repo, text))]);
    let sides =
        ["x", "y"].map(|word| commit_raw(&repo, &commit_of(file(&twins("x")), &[first], word)));
    let both = commit_raw(&repo, &commit_of(file(&twins("x")), &sides, "Meet"));
    let evil = twins("x") + &twins("z");
    let evil = commit_raw(&repo, &commit_of(file(&evil), &[both, first], "Evil"));
    let elsewhere = tree(&repo, &[entry("100644", "b.rs", blob(&repo, twins("x")))]);
    commit_raw(&repo, &commit_of(elsewhere, &[evil, both], "Elsewhere"));
    commit_raw(&repo, &commit_of(file("f();\n"), &[evil, first], "Gone"));
    debt(&repo).all();
}

#[test]
fn seventy_parents() {
    let repo = owing();
    let first = repo.tip();
    let sides: Vec<Oid> = (0..70)
        .map(|n| {
            let file = entry(
                "100644",
                format!("s{n:02}.rs"),
                blob(&repo, format!("// TODO: side {n}\n")),
            );
            let mine = entry("100644", "mine.rs", blob(&repo, OWED));
            let tree = tree(&repo, &[mine, file]);
            commit_raw(&repo, &commit_of(tree, &[first], "Side"))
        })
        .collect();
    let mine = entry("100644", "mine.rs", blob(&repo, OWED));
    let files = (0..70).map(|n| {
        entry(
            "100644",
            format!("s{n:02}.rs"),
            blob(&repo, format!("// TODO: side {n}\n")),
        )
    });
    let all: Vec<_> = [mine].into_iter().chain(files).collect();
    let tree = tree(&repo, &all);
    commit_raw(&repo, &commit_of(tree, &sides, "Octopus"));
    let report = debt(&repo).all();
    assert_eq!(report.open_texts().len(), 71);
    report.item("finish").open().introduced_by(first);
}

#[test]
fn a_message_of_ten_megabytes() {
    let repo = owing();
    let tree = repo.git().find_commit(repo.tip()).unwrap().tree_id();
    for line in [
        "TODO: x\n",
        "TODO ",
        "x",
        "\n",
        "Pays: abcdefg\n",
        "\0",
        "# TODO\n\n",
    ] {
        let message = line.repeat((10 << 20) / line.len());
        commit_raw(&repo, &commit_of(tree, &[], &message));
        let output = debt(&repo).with("--all").run();
        assert_eq!(output.status.code(), Some(0), "{line:?}");
    }
}

/// Commits on one day, each with an item that the next one takes away.
fn day(count: usize) -> Repo {
    let repo = owing();
    let texts = [blob(&repo, OWED), blob(&repo, "fn work() {}\n")];
    let trees = texts.map(|text| tree(&repo, &[entry("100644", "mine.rs", text)]));
    let odb = repo.git().odb().unwrap();
    let mempack = odb.add_new_mempack_backend(1_000).unwrap();
    let mut parents = Vec::new();
    for number in 0..count {
        let bytes = commit_of(trees[number % 2], &parents, &format!("TODO: part {number}"));
        parents = vec![odb.write(git2::ObjectType::Commit, &bytes).unwrap()];
    }
    let mut packed = git2::Buf::new();
    mempack.dump(repo.git(), &mut packed).unwrap();
    let mut writer = odb.packwriter().unwrap();
    std::io::Write::write_all(&mut writer, &packed).unwrap();
    writer.commit().unwrap();
    drop(writer);
    drop(odb);
    std::fs::write(
        repo.path().join(".git/refs/heads/main"),
        format!("{}\n", parents[0]),
    )
    .unwrap();
    repo
}

#[test]
fn two_thousand_commits_on_one_day() {
    assert_eq!(debt(&day(2_000)).all().items.len(), 2_001);
}

#[test]
fn a_history_of_several_steps_is_as_if_read_bit_by_bit() {
    let repo = day(9_000);
    let whole = debt(&repo).all().lasting();
    let data = tempfile::TempDir::new().unwrap();
    let last = repo.tip();
    for back in [5_500, 700, 0] {
        let mut tip = last;
        for _ in 0..back {
            tip = repo.git().find_commit(tip).unwrap().parent_id(0).unwrap();
        }
        let main = repo.path().join(".git/refs/heads/main");
        std::fs::write(main, format!("{tip}\n")).unwrap();
        let report = debt(&repo).data(data.path()).all();
        assert_eq!(report.items.len(), 9_001 - back);
        if back == 0 {
            assert_eq!(report.lasting(), whole);
        }
    }
}

#[test]
#[ignore = "takes a minute"]
fn a_hundred_thousand_commits_on_one_day() {
    for count in [50_000, 100_000] {
        let repo = day(count);
        assert_eq!(debt(&repo).all().items.len(), count + 1);
    }
}

#[test]
fn ten_thousand_branches() {
    let repo = owing();
    let tip = repo.tip();
    let refs: String = (0..10_000)
        .map(|n| format!("{tip} refs/heads/b{n:05}\n"))
        .collect();
    std::fs::write(repo.path().join(".git/packed-refs"), refs).unwrap();
    debt(&repo).all().counts(1);
}
