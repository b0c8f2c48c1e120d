#![allow(clippy::unwrap_used)]

use std::cell::RefCell;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::history::open::from_git;
use crate::history::settings::MAX_OBJECT;

/// How a repository is packed.
const PACKINGS: [&[&str]; 4] = [
    &["repack", "-adfq", "--depth=60", "--window=20"],
    // Bases are named by their ids.
    &["-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq"],
    // Several packs.
    &["repack", "-dq", "--max-pack-size=1m"],
    // Nothing is a difference.
    &["repack", "-adfq", "--depth=0"],
];

fn git(directory: &Path, arguments: &[&str]) {
    let status = Command::new("git")
        .current_dir(directory)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .args(arguments)
        .status();
    assert!(status.unwrap().success(), "{arguments:?}");
}

/// A repository with objects of all kinds and sizes, and versions that differ a little.
fn repository() -> (TempDir, git2::Repository) {
    let directory = tempfile::tempdir().unwrap();
    let mut options = git2::RepositoryInitOptions::new();
    options.bare(true).external_template(false);
    let git = git2::Repository::init_opts(directory.path(), &options).unwrap();
    let me = git2::Signature::new("A", "a@b", &git2::Time::new(1_700_000_000, 0)).unwrap();
    let mut lines: Vec<String> = (0..3_000_u32)
        .map(|number| format!("line {number} is {}\n", number.wrapping_mul(2_654_435_761)))
        .collect();
    let mut parent: Option<git2::Oid> = None;
    for version in 0..40_usize {
        lines.remove(version * 31);
        lines.insert(version * 17, format!("// TODO: version {version}\n"));
        let text: String = lines.concat();
        let mut tree = git.treebuilder(None).unwrap();
        for (name, content) in [
            ("large.rs", text.as_bytes()),
            ("small.rs", &text.as_bytes()[..version]),
            ("run", &[b'a'; 70_000][..60_000 + version * 100]),
        ] {
            tree.insert(name, git.blob(content).unwrap(), 0o100_644)
                .unwrap();
        }
        let tree = git.find_tree(tree.write().unwrap()).unwrap();
        let parents: Vec<_> = parent
            .iter()
            .map(|id| git.find_commit(*id).unwrap())
            .collect();
        let parents: Vec<_> = parents.iter().collect();
        let message = format!("version {version}\n\nTODO: go on\n");
        let made = git.commit(Some("refs/heads/main"), &me, &me, &message, &tree, &parents);
        parent = Some(made.unwrap());
    }
    let last = git.find_object(parent.unwrap(), None).unwrap();
    git.tag("v1", &last, &me, "a tag", false).unwrap();
    drop(last);
    (directory, git)
}

fn ids(git: &git2::Repository) -> Vec<git2::Oid> {
    let mut ids = Vec::new();
    let odb = git.odb().unwrap();
    odb.foreach(|id| {
        ids.push(*id);
        true
    })
    .unwrap();
    ids
}

fn unpacker(directory: &Path) -> Unpacker {
    Unpacker::new(Arc::new(Packs::open(&[directory.join("objects")])))
}

#[test]
fn every_object_is_as_libgit2_reads_it() {
    let (directory, repository) = repository();
    let all = ids(&repository);
    assert_eq!(all.len(), 40 * 5 + 1);
    for packing in PACKINGS {
        git(directory.path(), packing);
        git(directory.path(), &["prune-packed", "-q"]);
        let odb = git2::Repository::open(directory.path()).unwrap();
        let odb = odb.odb().unwrap();
        let mut ours = unpacker(directory.path());
        for id in all.iter().chain(all.iter().rev()) {
            let theirs = odb.read(*id).unwrap();
            let (kind, bytes) = ours.read(from_git(*id)).unwrap();
            assert_eq!(kind, theirs.kind(), "{packing:?}");
            assert!((*bytes).as_ref() == theirs.data(), "{packing:?} {id}");
        }
        assert!(ours.read(ObjectId::from_bytes([7; 20])).is_none());
    }
}

#[test]
fn objects_that_are_expected_are_the_same_in_any_order_and_each_is_made_once() {
    let (directory, repository) = repository();
    let all = ids(&repository);
    for packing in PACKINGS {
        git(directory.path(), packing);
        git(directory.path(), &["prune-packed", "-q"]);
        let odb = git2::Repository::open(directory.path()).unwrap();
        let odb = odb.odb().unwrap();
        let ours = RefCell::new(unpacker(directory.path()));
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
            cases: 20,
            failure_persistence: None,
            ..ProptestConfig::default()
        });
        let some = prop::collection::vec(0..all.len(), 0..150);
        let orders = (some, prop::collection::vec(0..all.len(), 0..4));
        let result = runner.run(&orders, |(expected, others)| {
            let expected = expected.iter().map(|number| all[*number]);
            let others = others.iter().map(|number| all[*number]);
            let mut ours = ours.borrow_mut();
            ours.expect(expected.clone().map(from_git));
            for id in expected.chain(others) {
                let theirs = odb.read(id).unwrap();
                let (kind, bytes) = ours.read(from_git(id)).unwrap();
                prop_assert_eq!(kind, theirs.kind());
                prop_assert!((*bytes).as_ref() == theirs.data(), "{packing:?} {id}");
            }
            Ok(())
        });
        result.unwrap();
        let mut ours = ours.into_inner();
        let order = all.iter().chain(all.iter().rev());
        ours.expect(order.clone().map(|id| from_git(*id)));
        for id in order {
            assert!(ours.read(from_git(*id)).is_some());
        }
        let (objects, made, held) = ours.planned();
        assert_eq!((objects, made), (all.len(), all.len()), "{packing:?}");
        assert_eq!(held, 0, "{packing:?}");
    }
}

/// The two files of the only pack.
fn files(directory: &Path) -> (PathBuf, PathBuf) {
    let pack = directory.join("objects").join("pack");
    let names = fs::read_dir(pack).unwrap().flatten();
    let index = names
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|ending| ending == "idx"));
    let index = index.unwrap();
    let pack = index.with_extension("pack");
    (index, pack)
}

fn put(path: &Path, bytes: &[u8]) {
    // git makes packs read-only.
    let _ = fs::remove_file(path);
    fs::write(path, bytes).unwrap();
}

/// Changes of some bytes, perhaps with the end cut off.
fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, bool)>> {
    prop::collection::vec(
        (
            any::<prop::sample::Index>(),
            any::<u8>(),
            prop::bool::weighted(0.1),
        ),
        1..6,
    )
}

fn changed(bytes: &[u8], changes: &[(prop::sample::Index, u8, bool)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, byte, cut) in changes {
        if bytes.is_empty() {
            break;
        }
        let at = at.index(bytes.len());
        if *cut {
            bytes.truncate(at);
        } else {
            bytes[at] = *byte;
        }
    }
    bytes
}

#[test]
fn changed_packs_are_no_panic_and_claim_no_memory() {
    let (directory, repository) = repository();
    let all = ids(&repository);
    for packing in &PACKINGS[..2] {
        git(directory.path(), packing);
        let (index, pack) = files(directory.path());
        let (index_bytes, pack_bytes) = (fs::read(&index).unwrap(), fs::read(&pack).unwrap());
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
            cases: 100,
            failure_persistence: None,
            ..ProptestConfig::default()
        });
        let strategy = (any::<bool>(), changes());
        let result = runner.run(&strategy, |(in_index, changes)| {
            let (index_now, pack_now) = if in_index {
                (changed(&index_bytes, &changes), pack_bytes.clone())
            } else {
                (index_bytes.clone(), changed(&pack_bytes, &changes))
            };
            put(&index, &index_now);
            put(&pack, &pack_now);
            let mut ours = unpacker(directory.path());
            for id in all.iter().chain(&all) {
                if *id == all[0] {
                    ours.expect(all.iter().map(|id| from_git(*id)));
                }
                if let Some((_, bytes)) = ours.read(from_git(*id)) {
                    prop_assert!((*bytes).as_ref().len() <= MAX_OBJECT);
                }
            }
            Ok(())
        });
        put(&index, &index_bytes);
        put(&pack, &pack_bytes);
        result.unwrap();
    }
}

proptest! {
    #[test]
    fn any_bytes_are_an_entry_or_none(bytes in prop::collection::vec(any::<u8>(), 0..40), at in 0_usize..48) {
        if let Some(entry) = Entry::at(&bytes, at) {
            prop_assert!(entry.stream <= bytes.len() && entry.stream > at);
            if let What::ToOffset(base) = entry.what {
                prop_assert!(base < at);
            }
        }
    }

    #[test]
    fn any_bytes_are_an_index_or_none(
        fanout in prop::collection::vec(0_u32..4, 256),
        rest in prop::collection::vec(any::<u8>(), 0..200),
        id in any::<[u8; 20]>(),
    ) {
        let mut bytes = b"\xfftOc\0\0\0\x02".to_vec();
        let mut sum = 0_u32;
        for number in &fanout {
            sum += u32::from(*number == 3);
            bytes.extend(sum.to_be_bytes());
        }
        bytes.extend(&rest);
        if let Some(index) = Index::of(&bytes) {
            index.find(&bytes, ObjectId::from_bytes(id));
            for at in 0..=index.count() {
                index.offset(&bytes, at);
            }
        }
    }
}

/// A pack of entries, with its index.
fn packed(directory: &Path, entries: &[(u8, u64, Vec<u8>)]) {
    let mut pack = b"PACK\0\0\0\x02".to_vec();
    pack.extend((entries.len() as u32).to_be_bytes());
    let mut offsets = Vec::new();
    for (kind, size, stream) in entries {
        offsets.push(pack.len() as u32);
        let (mut byte, mut rest) = (kind << 4 | (size & 15) as u8, size >> 4);
        while rest > 0 {
            pack.push(byte | 0x80);
            (byte, rest) = ((rest & 0x7f) as u8, rest >> 7);
        }
        pack.push(byte);
        pack.extend(stream);
    }
    let checksum = [9; 20];
    pack.extend(checksum);
    let mut index = b"\xfftOc\0\0\0\x02".to_vec();
    // The id of the object `n` is `n` twenty times.
    for first in 0..256_usize {
        index.extend((entries.len().min(first + 1) as u32).to_be_bytes());
    }
    for number in 0..entries.len() {
        index.extend([number as u8; 20]);
    }
    index.extend(vec![0; entries.len() * 4]);
    for offset in offsets {
        index.extend(offset.to_be_bytes());
    }
    index.extend([checksum, checksum].concat());
    let folder = directory.join("objects").join("pack");
    fs::create_dir_all(&folder).unwrap();
    put(&folder.join("pack-1.idx"), &index);
    put(&folder.join("pack-1.pack"), &pack);
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut deflate = libdeflater::Compressor::new(libdeflater::CompressionLvl::default());
    let mut out = vec![0; deflate.zlib_compress_bound(bytes.len())];
    let length = deflate.zlib_compress(bytes, &mut out).unwrap();
    out.truncate(length);
    out
}

fn object(number: u8) -> ObjectId {
    ObjectId::from_bytes([number; 20])
}

#[test]
fn what_is_made_of_itself_is_left_to_libgit2() {
    let directory = tempfile::tempdir().unwrap();
    let to = |base: u8| [&[base; 20][..], &deflated(&[1, 1, 0b1001_0000, 1])].concat();
    packed(
        directory.path(),
        &[
            (7, 4, to(1)),
            (7, 4, to(0)),
            (7, 4, to(2)),
            (7, 4, to(4)),
            (3, 1, deflated(b"a")),
        ],
    );
    let mut ours = unpacker(directory.path());
    for expected in [0..0, 0..4] {
        ours.expect(expected.map(object));
        for number in 0..3 {
            assert!(ours.read(object(number)).is_none(), "{number}");
        }
        assert_eq!((*ours.read(object(3)).unwrap().1).as_ref(), b"a");
    }
}

#[test]
fn what_claims_another_size_is_left_to_libgit2() {
    let directory = tempfile::tempdir().unwrap();
    let large = MAX_OBJECT as u64;
    let twice = |size: &[u8]| [&[0; 20][..], &deflated(size)].concat();
    packed(
        directory.path(),
        &[
            (3, 3, deflated(b"abc")),
            (3, 4, deflated(b"abc")),
            (3, 2, deflated(b"abc")),
            (3, large, deflated(b"abc")),
            (3, large + 1, deflated(b"abc")),
            (3, u64::MAX, deflated(b"abc")),
            (5, 3, deflated(b"abc")),
            (0, 3, deflated(b"abc")),
            // A result of more than 64 MiB, of a base of three bytes.
            (7, 6, twice(&[3, 0x81, 0x80, 0x80, 0x20, 0])),
            (7, 4, twice(&[4, 1, 0b1001_0000, 1])),
        ],
    );
    let mut ours = unpacker(directory.path());
    for expected in [0..0, 0..10] {
        ours.expect(expected.map(object));
        assert_eq!((*ours.read(object(0)).unwrap().1).as_ref(), b"abc");
        for number in 1..10 {
            assert!(ours.read(object(number)).is_none(), "{number}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_opened() {
    let directory = tempfile::tempdir().unwrap();
    packed(directory.path(), &[(3, 3, deflated(b"abc"))]);
    let index = directory.path().join("objects/pack/pack-1.idx");
    fs::remove_file(&index).unwrap();
    let made = Command::new("mkfifo").arg(&index).status().unwrap();
    assert!(made.success());
    assert!(unpacker(directory.path()).read(object(0)).is_none());
}
