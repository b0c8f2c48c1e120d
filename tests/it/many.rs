//! Many repositories in one question: each stands for itself.

use std::fs;

use serde_json::Value;

use crate::support::binary::told;
use crate::support::{Repo, debt_of};

const REPOSITORIES: usize = 20;

#[test]
fn one_of_twenty_that_is_broken_holds_up_no_other() {
    let repos: Vec<Repo> = (0..REPOSITORIES)
        .map(|number| {
            let repo = Repo::named(&format!("shop-{number:02}"));
            repo.commit("mon 10:00", "Tove", "Start", |t| {
                t.write("pay.rs", format!("// TODO: part {number}\nfn pay() {{}}\n"))
            });
            repo
        })
        .collect();
    let broken = &repos[7];
    let blob = broken.files(broken.tip()).object("pay.rs").unwrap();
    let name = blob.to_string();
    let objects = broken.path().join(".git/objects");
    fs::remove_file(objects.join(&name[..2]).join(&name[2..])).unwrap();

    let output = debt_of(repos.iter().map(Repo::path)).with("--all").run();
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("shop-07") && said.contains(&name), "{said}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut texts: Vec<&str> = report["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["text"].as_str().unwrap())
        .collect();
    texts.sort_unstable();
    let parts: Vec<String> = (0..REPOSITORIES)
        .filter(|number| *number != 7)
        .map(|number| format!("part {number}"))
        .collect();
    let mut expected: Vec<&str> = parts.iter().map(String::as_str).collect();
    expected.sort_unstable();
    assert_eq!(texts, expected);
}
