//! Repositories that libgit2 would refuse in its own words, or show only in part.

use std::fs;

use hackweek::history::{Error, Repository, Warning};

use crate::made::{commit, repository, unborn};

const VERSION_1: &str = "[core]\n\trepositoryformatversion = 1\n";

#[test]
fn sha256_is_named_as_not_supported_yet() {
    let made = repository();
    made.configure(VERSION_1)
        .configure("[Extensions]\n\tobjectFormat = SHA256\n");
    let error = made.refusal();
    assert!(matches!(error, Error::Sha256 { .. }));
    assert!(
        error
            .to_string()
            .contains("SHA-256 repository not supported yet")
    );
}

#[test]
fn sha1_by_name_opens() {
    let made = repository();
    made.configure(VERSION_1)
        .configure("[extensions]\n\tobjectformat = sha1\n\tpreciousObjects\n");
    made.open().unwrap();
}

#[test]
fn a_reftable_gets_the_command_that_migrates_a_clone() {
    let made = repository();
    made.configure(VERSION_1)
        .configure("[extensions]\n\trefStorage = reftable\n");
    let error = made.refusal();
    assert!(matches!(error, Error::Reftable { .. }));
    assert!(
        error
            .to_string()
            .contains("git refs migrate --ref-format=files")
    );
}

#[test]
fn an_unknown_extension_is_named() {
    let made = repository();
    made.configure(VERSION_1)
        .configure("[extensions]\n\tsubmodulePathConfig = true\n");
    let Error::Extension { name, .. } = made.refusal() else {
        panic!("an extension");
    };
    assert_eq!(name, "submodulepathconfig");
}

#[test]
fn an_unknown_extension_binds_from_format_1_on() {
    let made = repository();
    made.configure("[extensions]\n\tanything = true\n");
    made.open().unwrap();
}

#[test]
fn a_format_of_the_future_is_refused_with_its_number() {
    for version in ["2", "-1", "", "x\\tx"] {
        let made = repository();
        made.configure(&format!("[core]\n\trepositoryformatversion = {version}\n"));
        let error = made.refusal();
        assert!(matches!(error, Error::FormatVersion { .. }), "{error}");
        assert!(!error.to_string().contains('\t'));
    }
}

#[test]
fn a_partial_clone_is_refused_in_all_its_forms() {
    for config in [
        "[remote \"up stream\"]\n\tpromisor = true\n\tpartialclonefilter = blob:none\n",
        "[remote \"up stream\"]\n\tpromisor\n\tpartialclonefilter = blob:none\n",
        "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = up stream\n\
         [remote \"up stream\"]\n\tpartialclonefilter = blob:none\n",
    ] {
        let made = repository();
        made.configure(config);
        let error = made.refusal();
        assert!(matches!(error, Error::PartialClone { .. }), "{error}");
        let text = error.to_string();
        assert!(
            text.contains("fetch --refetch --no-filter 'up stream'`"),
            "{text}"
        );
        assert!(
            text.contains("config --unset-all 'remote.up stream.partialclonefilter'`"),
            "{text}"
        );
    }
}

#[test]
fn a_remote_that_is_no_promisor_is_no_partial_clone() {
    let made = repository();
    made.configure("[remote \"origin\"]\n\tpromisor = false\n");
    assert_eq!(made.open().unwrap().warnings(), []);
}

/// git leaves the marker when the rest has been fetched, so it cannot be a refusal.
#[test]
fn a_pack_of_a_partial_clone_is_told() {
    let made = repository();
    let marker = made.file("objects/pack/pack-0123.promisor");
    fs::write(marker, "").unwrap();
    let opened = made.open().unwrap();
    let [warning @ Warning::PromisorPack { .. }] = opened.warnings() else {
        panic!("{:?}", opened.warnings());
    };
    assert!(warning.to_string().contains("pack-0123.promisor"));
}

#[test]
fn a_shallow_clone_knows_where_it_ends() {
    let made = repository();
    let boundary = made.git.refname_to_id("HEAD").unwrap();
    commit(&made.git, "HEAD", &[("b.rs", "")]);
    assert!(!made.open().unwrap().is_shallow());
    fs::write(made.file("shallow"), format!("{boundary}\n")).unwrap();

    let path = made.base.path().join("linked");
    made.git.worktree("topic", &path, None).unwrap();
    for opened in [made.open().unwrap(), Repository::open(&path).unwrap()] {
        assert!(opened.is_shallow());
        let ends: Vec<_> = opened
            .shallow_boundary()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(ends, [boundary.to_string()]);
        assert_eq!(opened.warnings(), [Warning::Shallow { boundary: 1 }]);
    }
}

#[test]
fn a_shallow_file_of_nonsense_is_refused_with_its_line() {
    let made = repository();
    let text = format!("{}\n\u{1b}[31m\n", "a".repeat(40));
    fs::write(made.file("shallow"), text).unwrap();
    let Error::Malformed { line, .. } = made.refusal() else {
        panic!("malformed");
    };
    assert_eq!(line, 2);
}

#[test]
fn replaced_objects_and_grafts_are_told() {
    let made = repository();
    let id = made.git.refname_to_id("HEAD").unwrap();
    let name = format!("refs/replace/{id}");
    made.git.reference(&name, id, false, "").unwrap();
    fs::write(made.file("info/grafts"), format!("{id}\n")).unwrap();
    let opened = made.open().unwrap();
    assert!(matches!(
        opened.warnings(),
        [Warning::Grafts { .. }, Warning::Replaced { count: 1 }]
    ));
    // Packed they are told too.
    fs::remove_dir_all(made.file("refs/replace")).unwrap();
    fs::write(made.file("packed-refs"), format!("{id} {name}\n")).unwrap();
    let opened = made.open().unwrap();
    assert!(matches!(
        opened.warnings(),
        [Warning::Grafts { .. }, Warning::Replaced { count: 1 }]
    ));
}

#[test]
fn a_configuration_of_any_bytes_never_stops_the_program() {
    for bytes in [
        &b"\xff\xfe\x00["[..],
        b"[core",
        b"[a \"",
        b"\0\0\0",
        b"[a]\nb = \"\\",
    ] {
        let made = repository();
        fs::write(made.file("config"), bytes).unwrap();
        if let Err(error) = made.open() {
            assert!(!error.to_string().chars().any(char::is_control), "{error}");
        }
    }
}

#[test]
fn a_configuration_with_a_mistake_is_named_as_such() {
    let made = repository();
    made.configure("[core]\n\tbare bare\n");
    let error = made.refusal();
    assert!(matches!(error, Error::Config { .. }), "{error}");
    assert!(
        error
            .to_string()
            .contains("git config --list --show-origin")
    );
}

#[test]
fn a_repository_without_a_configuration_opens() {
    let made = unborn(true);
    commit(&made.git, "HEAD", &[]);
    fs::remove_file(made.file("config")).unwrap();
    made.open().unwrap();
}
