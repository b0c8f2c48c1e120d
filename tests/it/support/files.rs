//! The tree of a commit in the making, edited path by path.

use std::collections::BTreeMap;

use git2::{ObjectType, Oid, Repository};

const FILE: i32 = 0o100_644;
const PROGRAM: i32 = 0o100_755;
const LINK: i32 = 0o120_000;
const SUBMODULE: i32 = 0o160_000;
const FOLDER: i32 = 0o040_000;

/// Path, mode and object.
type Entry<'p> = (&'p [u8], i32, Oid);

/// Every file of a tree: path as git has it, to mode and object.
pub struct Files<'r> {
    git: &'r Repository,
    entries: BTreeMap<Vec<u8>, (i32, Oid)>,
}

impl<'r> Files<'r> {
    /// No files.
    pub fn none(git: &'r Repository) -> Self {
        Files {
            git,
            entries: BTreeMap::new(),
        }
    }

    /// The files of a commit.
    pub fn of(git: &'r Repository, commit: Oid) -> Self {
        Files::of_tree(git, &git.find_commit(commit).unwrap().tree().unwrap())
    }

    /// The files of a tree.
    pub fn of_tree(git: &'r Repository, tree: &git2::Tree<'_>) -> Self {
        let mut files = Files::none(git);
        files.take(tree, &[]);
        files
    }

    fn take(&mut self, tree: &git2::Tree<'_>, folder: &[u8]) {
        for entry in tree {
            let mut path = folder.to_vec();
            path.extend_from_slice(entry.name_bytes());
            if entry.kind() == Some(ObjectType::Tree) {
                path.push(b'/');
                self.take(&self.git.find_tree(entry.id()).unwrap(), &path);
            } else {
                self.entries.insert(path, (entry.filemode(), entry.id()));
            }
        }
    }

    /// Paths, in order.
    pub fn paths(&self) -> Vec<Vec<u8>> {
        self.entries.keys().cloned().collect()
    }

    /// Whether the path is there.
    pub fn has(&self, path: impl AsRef<[u8]>) -> bool {
        self.entries.contains_key(path.as_ref())
    }

    /// The object at a path.
    pub fn object(&self, path: impl AsRef<[u8]>) -> Option<Oid> {
        self.entries.get(path.as_ref()).map(|(_, object)| *object)
    }

    /// The text of a file; fails the test when it is not there.
    pub fn read(&self, path: impl AsRef<[u8]>) -> String {
        let path = path.as_ref();
        let object = self
            .object(path)
            .unwrap_or_else(|| panic!("no file {}", String::from_utf8_lossy(path)));
        let blob = self.git.find_blob(object).unwrap();
        String::from_utf8_lossy(blob.content()).into_owned()
    }

    /// Writes a file, new or not; an old one keeps its mode.
    pub fn write(&mut self, path: impl AsRef<[u8]>, text: impl AsRef<[u8]>) -> &mut Self {
        let object = self.git.blob(text.as_ref()).unwrap();
        let mode = match self.entries.get(path.as_ref()) {
            Some((mode @ (FILE | PROGRAM), _)) => *mode,
            _ => FILE,
        };
        self.place(path.as_ref(), mode, object)
    }

    /// Replaces the one place of `old` in a file by `new`; fails when there is not exactly one.
    pub fn replace(&mut self, path: impl AsRef<[u8]>, old: &str, new: &str) -> &mut Self {
        let text = self.read(&path);
        assert_eq!(text.matches(old).count(), 1, "{old:?} once in:\n{text}");
        self.write(path, text.replacen(old, new, 1))
    }

    /// Writes a file anew from its text.
    pub fn rewrite(
        &mut self,
        path: impl AsRef<[u8]>,
        change: impl Fn(&str) -> String,
    ) -> &mut Self {
        let text = change(&self.read(&path));
        self.write(path, text)
    }

    /// Removes a file; fails when it is not there.
    pub fn delete(&mut self, path: impl AsRef<[u8]>) -> &mut Self {
        let gone = self.entries.remove(path.as_ref());
        assert!(
            gone.is_some(),
            "no file {}",
            String::from_utf8_lossy(path.as_ref())
        );
        self
    }

    /// Removes everything.
    pub fn clear(&mut self) -> &mut Self {
        self.entries.clear();
        self
    }

    /// Gives a file another path.
    pub fn rename(&mut self, from: impl AsRef<[u8]>, to: impl AsRef<[u8]>) -> &mut Self {
        let (mode, object) = self.entries[from.as_ref()];
        self.delete(from).place(to.as_ref(), mode, object)
    }

    /// Lets two files change their contents.
    pub fn swap(&mut self, one: &str, other: &str) -> &mut Self {
        let (first, second) = (self.read(one), self.read(other));
        self.write(one, second).write(other, first)
    }

    /// Writes the same file at a second path.
    pub fn copy(&mut self, from: impl AsRef<[u8]>, to: impl AsRef<[u8]>) -> &mut Self {
        let (mode, object) = self.entries[from.as_ref()];
        self.place(to.as_ref(), mode, object)
    }

    /// Sets the mode of a file to that of a program.
    pub fn make_program(&mut self, path: &str) -> &mut Self {
        let (_, object) = self.entries[path.as_bytes()];
        self.place(path.as_bytes(), PROGRAM, object)
    }

    /// A symbolic link; the target is also the content of its blob.
    pub fn link(&mut self, path: &str, target: &str) -> &mut Self {
        let object = self.git.blob(target.as_bytes()).unwrap();
        self.place(path.as_bytes(), LINK, object)
    }

    /// A submodule at some commit that this repository does not have.
    pub fn submodule(&mut self, path: &str) -> &mut Self {
        let elsewhere = Oid::from_str("00000000000000000000000000000000000050b7").unwrap();
        self.place(path.as_bytes(), SUBMODULE, elsewhere)
    }

    /// Puts an object of another tree at a path.
    pub fn place(&mut self, path: &[u8], mode: i32, object: Oid) -> &mut Self {
        self.entries.insert(path.to_vec(), (mode, object));
        self
    }

    /// Takes the object and mode that `other` has at a path; removes ours if it has none.
    pub fn take_from(&mut self, other: &Files<'_>, path: &[u8]) -> &mut Self {
        match other.entries.get(path) {
            Some(entry) => self.entries.insert(path.to_vec(), *entry),
            None => self.entries.remove(path),
        };
        self
    }

    /// Writes the tree.
    pub fn store(&self) -> Oid {
        let entries: Vec<Entry<'_>> = self
            .entries
            .iter()
            .map(|(path, (mode, object))| (path.as_slice(), *mode, *object))
            .collect();
        self.store_folder(&entries)
    }

    fn store_folder(&self, entries: &[Entry<'_>]) -> Oid {
        let mut tree = self.git.treebuilder(None).unwrap();
        let mut folders: BTreeMap<&[u8], Vec<Entry<'_>>> = BTreeMap::new();
        for (path, mode, object) in entries {
            match path.iter().position(|byte| *byte == b'/') {
                Some(end) => folders.entry(&path[..end]).or_default().push((
                    &path[end + 1..],
                    *mode,
                    *object,
                )),
                None => {
                    tree.insert(path.to_vec(), *object, *mode).unwrap();
                }
            }
        }
        for (name, inside) in folders {
            assert!(
                tree.get(name.to_vec()).unwrap().is_none(),
                "{} is a file and a folder",
                String::from_utf8_lossy(name)
            );
            tree.insert(name.to_vec(), self.store_folder(&inside), FOLDER)
                .unwrap();
        }
        tree.write().unwrap()
    }
}
