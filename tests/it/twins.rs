//! Items that say the same, or nothing: their code and their place tell them apart.

use crate::support::{Item, Repo, debt};

const TWINS: &str = "\
fn open(door: &Door) {
    // TODO: check the error
    door.open();
}

fn feed(cat: &Cat) {
    // TODO: check the error
    cat.feed();
}

fn water(plant: &Plant) {
    // TODO: check the error
    plant.water();
}
";

#[test]
fn twins_with_the_middle_one_paid() {
    let repo = Repo::new();
    let first = repo.commit("mon 10:00", "Sammy", "Chores", |t| {
        t.write("chores.rs", TWINS)
    });
    let before = debt(&repo).all();
    before.counts(3);
    let paid = repo.commit("wed 10:00", "Mira", "Feed with care", |t| {
        t.replace(
            "chores.rs",
            "    // TODO: check the error\n    cat.feed();\n",
            "    cat.feed().unwrap();\n",
        )
    });
    let report = debt(&repo).all();
    report.counts(3);
    let of_line = |line: u64| {
        let born = |item: &Item| item.introduced.line == Some(line);
        report.again(before.find(&format!("born at {line}"), born))
    };
    of_line(2).open().introduced_by(first).at("chores.rs", 2);
    of_line(7).introduced_by(first).paid_by(paid, "fixed");
    of_line(12).open().introduced_by(first).at("chores.rs", 11);
}

#[test]
fn twins_that_change_places_are_told_apart_by_their_code() {
    let repo = Repo::new();
    repo.commit("mon 10:00", "Sammy", "Chores", |t| {
        t.write("chores.rs", TWINS)
    });
    let before = debt(&repo).all();
    let parts: Vec<&str> = TWINS.split("\n\n").collect();
    repo.commit("mon 11:00", "Sammy", "Water first", |t| {
        t.write(
            "chores.rs",
            format!("{}\n{}\n\n{}\n", parts[2], parts[0], parts[1]),
        )
    });
    let report = debt(&repo).all();
    assert_eq!(report.standing(), before.standing());
    let line_of = |born: u64| {
        let item = report
            .items
            .iter()
            .find(|item| item.introduced.line == Some(born));
        item.and_then(|item| item.line)
    };
    assert_eq!(
        (line_of(12), line_of(2), line_of(7)),
        (Some(2), Some(7), Some(12))
    );
}

#[test]
fn twins_in_two_files() {
    let repo = Repo::new();
    repo.commit("mon 10:00", "Sammy", "Two doors", |t| {
        t.write(
            "a.rs",
            "fn a() {\n    // TODO: check the error\n    go();\n}\n",
        )
        .write(
            "b.rs",
            "fn b() {\n    // TODO: check the error\n    go();\n}\n",
        )
    });
    let paid = repo.commit("wed 10:00", "Mira", "Check one", |t| {
        t.replace(
            "a.rs",
            "    // TODO: check the error\n    go();\n",
            "    go()?;\n",
        )
    });
    let report = debt(&repo).all();
    report.counts(2);
    report.open_one("check the error").at("b.rs", 2);
    report.gone().paid_by(paid, "fixed").at("a.rs", 2);
}

#[test]
fn bare_tags() {
    let repo = Repo::new();
    let first = repo.commit("mon 10:00", "Sammy", "Chores", |t| {
        t.write("chores.rs", TWINS.replace("TODO: check the error", "TODO"))
    });
    let before = debt(&repo).all();
    before.counts(3);
    assert!(
        before
            .items
            .iter()
            .all(|item| item.text.is_empty() && item.marker == "TODO")
    );
    let paid = repo.commit("wed 10:00", "Mira", "Feed with care", |t| {
        t.replace(
            "chores.rs",
            "    // TODO\n    cat.feed();\n",
            "    cat.feed().unwrap();\n",
        )
    });
    let report = debt(&repo).all();
    report.counts(3);
    for item in &report.items {
        item.introduced_by(first);
        match item.introduced.line {
            Some(7) => item.paid_by(paid, "fixed"),
            _ => item.open(),
        };
    }
}

#[test]
fn a_bare_tag_given_words_stays_itself() {
    let repo = Repo::new();
    let first = repo.commit("mon 10:00", "Sammy", "Feed", |t| {
        t.write("cat.rs", "fn feed() {\n    // TODO\n    cat.feed();\n}\n")
    });
    let edited = repo.commit("mon 11:00", "Sammy", "Say what", |t| {
        t.replace("cat.rs", "// TODO", "// TODO: check the error")
    });
    let report = debt(&repo).all();
    report.counts(1);
    report
        .item("check the error")
        .open()
        .introduced_by(first)
        .event("edited", edited);
}
