//! Repositories made to order: fixed people, fixed times, trees edited by path.
//!
//! No `git` is needed and no configuration of the machine is read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::time::SystemTime;

use git2::{Index, Oid, Repository, RepositoryInitOptions, Signature};
use tempfile::TempDir;

use super::files::Files;
use super::when::{git_time, person};

/// A repository in a temporary directory of its own. Its branch is `main`, its work tree empty
/// until [`Repo::checkout`].
pub struct Repo {
    home: TempDir,
    path: PathBuf,
    git: Repository,
}

impl Repo {
    /// An empty repository by the name of `shop`.
    pub fn new() -> Self {
        Repo::named("shop")
    }

    /// An empty repository in a directory of that name.
    pub fn named(name: &str) -> Self {
        isolate();
        let home = TempDir::new().unwrap();
        let path = home.path().join(name);
        let git = Repository::init_opts(
            &path,
            RepositoryInitOptions::new()
                .initial_head("main")
                .external_template(false),
        )
        .unwrap();
        Repo { home, path, git }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Every file and folder of it with its bytes and when it was last changed.
    pub fn everything(&self) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
        let mut all = BTreeMap::new();
        let mut folders = vec![self.path.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                let about = std::fs::symlink_metadata(&path).unwrap();
                let bytes = match about.is_file() {
                    true => std::fs::read(&path).unwrap(),
                    false => Vec::new(),
                };
                if about.is_dir() {
                    folders.push(path.clone());
                }
                all.insert(path, (bytes, about.modified().unwrap()));
            }
        }
        all
    }

    /// The repository itself, for what has no word here.
    pub fn git(&self) -> &Repository {
        &self.git
    }

    /// A commit on the current branch: its tree is the branch's with the edits made to it.
    pub fn commit(
        &self,
        when: &str,
        who: &str,
        message: &str,
        edit: impl for<'a, 'r> FnOnce(&'a mut Files<'r>) -> &'a mut Files<'r>,
    ) -> Oid {
        self.draft(when, who, message).commit(edit)
    }

    /// A commit that changes no file.
    pub fn say(&self, when: &str, who: &str, message: &str) -> Oid {
        self.draft(when, who, message).commit(|t| t)
    }

    /// A commit with more to say than when, who and why.
    pub fn draft(&self, when: &str, who: &str, message: &str) -> Draft<'_> {
        let author = signature(when, who);
        let tip = self.git.head().ok().and_then(|head| head.target());
        Draft {
            repo: self,
            committer: author.clone(),
            author,
            message: format!("{}\n", message.trim_end()),
            parents: tip.into_iter().collect(),
            files: tip.map_or_else(|| Files::none(&self.git), |tip| Files::of(&self.git, tip)),
        }
    }

    /// The files of a commit.
    pub fn files(&self, commit: Oid) -> Files<'_> {
        Files::of(&self.git, commit)
    }

    /// The last commit of the current branch.
    pub fn tip(&self) -> Oid {
        self.git.head().unwrap().target().unwrap()
    }

    /// The last commit of a branch.
    pub fn tip_of(&self, branch: &str) -> Oid {
        self.git.refname_to_id(&full(branch)).unwrap()
    }

    /// Starts a branch at the current commit and goes on there.
    pub fn branch(&self, name: &str) {
        self.branch_at(name, self.tip());
    }

    /// Starts (or moves) a branch at a commit and goes on there.
    pub fn branch_at(&self, name: &str, commit: Oid) {
        self.git
            .reference(&full(name), commit, true, "branch")
            .unwrap();
        self.switch(name);
    }

    /// Goes on at another branch, or at one without commits: the next is a root.
    pub fn switch(&self, name: &str) {
        self.git.set_head(&full(name)).unwrap();
    }

    /// Stands at a commit without a branch.
    pub fn stand_at(&self, commit: Oid) {
        self.git.set_head_detached(commit).unwrap();
    }

    /// Lets the current branch point to another commit, as after a forced push.
    pub fn reset(&self, commit: Oid) {
        let head = self.git.head().unwrap().name().unwrap().to_owned();
        self.git.reference(&head, commit, true, "reset").unwrap();
    }

    /// An annotated tag on a commit.
    pub fn tag(&self, name: &str, commit: Oid) {
        let object = self.git.find_object(commit, None).unwrap();
        self.git
            .tag(name, &object, &signature("mon 09:00", "Mira"), name, false)
            .unwrap();
    }

    /// Merges branches into the current one, textually; fails on a conflict. The edits come on
    /// top: what they do is evil.
    pub fn merge(
        &self,
        when: &str,
        who: &str,
        branches: &[&str],
        edit: impl for<'a, 'r> FnOnce(&'a mut Files<'r>) -> &'a mut Files<'r>,
    ) -> Oid {
        let ours = self.git.find_commit(self.tip()).unwrap();
        let mut parents = vec![ours.id()];
        let mut tree = ours.tree().unwrap();
        for branch in branches {
            let theirs = self.git.find_commit(self.tip_of(branch)).unwrap();
            let base = self.git.merge_base(ours.id(), theirs.id()).unwrap();
            let base = self.git.find_commit(base).unwrap().tree().unwrap();
            let merged = self
                .git
                .merge_trees(&base, &tree, &theirs.tree().unwrap(), None)
                .unwrap();
            let merged = self.settled(merged).expect("a merge without conflicts");
            tree = self.git.find_tree(merged).unwrap();
            parents.push(theirs.id());
        }
        let mut draft = self.draft(when, who, &format!("Merge {}", branches.join(", ")));
        draft.files = Files::of_tree(&self.git, &tree);
        draft.parents(&parents).commit(edit)
    }

    /// Merges branches as `-s ours` does: the current tree stays, but for the edits.
    pub fn merge_ours(
        &self,
        when: &str,
        who: &str,
        branches: &[&str],
        edit: impl for<'a, 'r> FnOnce(&'a mut Files<'r>) -> &'a mut Files<'r>,
    ) -> Oid {
        let mut parents = vec![self.tip()];
        parents.extend(branches.iter().map(|branch| self.tip_of(branch)));
        self.draft(when, who, &format!("Merge {}", branches.join(", ")))
            .parents(&parents)
            .commit(edit)
    }

    /// Picks a commit onto the current branch: its author, author time and message, another
    /// committer and time. `None` on a conflict.
    pub fn try_pick(&self, when: &str, who: &str, commit: Oid) -> Option<Oid> {
        let picked = self.git.find_commit(commit).unwrap();
        let onto = self.git.find_commit(self.tip()).unwrap();
        let index = self.git.cherrypick_commit(&picked, &onto, 0, None).unwrap();
        let tree = self.settled(index)?;
        let mut draft = self.draft(when, who, picked.message().unwrap());
        draft.author = picked.author().to_owned();
        draft.files = Files::of_tree(&self.git, &self.git.find_tree(tree).unwrap());
        Some(draft.commit(|t| t))
    }

    /// [`Repo::try_pick`] where no conflict is.
    pub fn pick(&self, when: &str, who: &str, commit: Oid) -> Oid {
        self.try_pick(when, who, commit)
            .expect("a pick without conflicts")
    }

    /// Takes a commit back, with the message git writes. `None` on a conflict.
    pub fn try_revert(&self, when: &str, who: &str, commit: Oid) -> Option<Oid> {
        let reverted = self.git.find_commit(commit).unwrap();
        let onto = self.git.find_commit(self.tip()).unwrap();
        let index = self.git.revert_commit(&reverted, &onto, 0, None).unwrap();
        let tree = self.settled(index)?;
        let subject = reverted.summary().unwrap().unwrap_or_default().to_owned();
        let message = format!("Revert \"{subject}\"\n\nThis reverts commit {commit}.\n");
        let mut draft = self.draft(when, who, &message);
        draft.files = Files::of_tree(&self.git, &self.git.find_tree(tree).unwrap());
        Some(draft.commit(|t| t))
    }

    /// [`Repo::try_revert`] where no conflict is.
    pub fn revert(&self, when: &str, who: &str, commit: Oid) -> Oid {
        self.try_revert(when, who, commit)
            .expect("a revert without conflicts")
    }

    /// Puts the commits of the current branch that `onto` lacks on top of it, one by one. Says
    /// `false`, with the branch as it was, on a conflict or a merge in between.
    pub fn rebase(&self, when: &str, who: &str, onto: Oid) -> bool {
        let before = self.tip();
        let mut walk = self.git.revwalk().unwrap();
        walk.set_sorting(git2::Sort::TOPOLOGICAL | git2::Sort::REVERSE)
            .unwrap();
        walk.push(before).unwrap();
        walk.hide(onto).unwrap();
        let commits: Vec<Oid> = walk.map(Result::unwrap).collect();
        let merges = |commit: &Oid| self.git.find_commit(*commit).unwrap().parent_count() != 1;
        if commits.iter().any(merges) {
            return false;
        }
        self.reset(onto);
        let done = commits
            .into_iter()
            .all(|commit| self.try_pick(when, who, commit).is_some());
        if !done {
            self.reset(before);
        }
        done
    }

    /// A bare clone under the same name elsewhere.
    pub fn bare_clone(&self) -> PathBuf {
        let path = self.home.path().join("bare").join("shop");
        git2::build::RepoBuilder::new()
            .bare(true)
            .clone(self.path.to_str().unwrap(), &path)
            .unwrap();
        path
    }

    /// A second work tree of the same repository, at the same commit.
    pub fn worktree(&self) -> PathBuf {
        let parent = self.home.path().join("second");
        std::fs::create_dir(&parent).unwrap();
        let path = parent.join("shop");
        self.git.worktree("second", &path, None).unwrap();
        path
    }

    /// Writes the current commit to the work tree.
    pub fn checkout(&self) {
        self.git
            .checkout_head(Some(git2::build::CheckoutBuilder::new().force()))
            .unwrap();
    }

    /// The tree of a merged index, or nothing when sides are left to be chosen.
    fn settled(&self, mut index: Index) -> Option<Oid> {
        (!index.has_conflicts()).then(|| index.write_tree_to(&self.git).unwrap())
    }
}

/// A commit in the making.
pub struct Draft<'r> {
    repo: &'r Repo,
    author: Signature<'static>,
    committer: Signature<'static>,
    message: String,
    parents: Vec<Oid>,
    files: Files<'r>,
}

impl Draft<'_> {
    /// Somebody else commits it, or later.
    pub fn committed(mut self, when: &str, who: &str) -> Self {
        self.committer = signature(when, who);
        self
    }

    /// Its parents, in order. The tree stays that of the current branch.
    pub fn parents(mut self, parents: &[Oid]) -> Self {
        self.parents = parents.to_vec();
        self
    }

    /// Makes the edits, writes the commit and moves the current branch to it.
    pub fn commit(
        mut self,
        edit: impl for<'a, 'r> FnOnce(&'a mut Files<'r>) -> &'a mut Files<'r>,
    ) -> Oid {
        let tree = edit(&mut self.files).store();
        self.commit_tree(tree)
    }

    /// Writes the commit with a tree made before, and moves the current branch to it.
    pub fn commit_tree(self, tree: Oid) -> Oid {
        let git = &self.repo.git;
        let parents: Vec<_> = self
            .parents
            .iter()
            .map(|parent| git.find_commit(*parent).unwrap())
            .collect();
        let commit = git
            .commit(
                None,
                &self.author,
                &self.committer,
                &self.message,
                &git.find_tree(tree).unwrap(),
                &parents.iter().collect::<Vec<_>>(),
            )
            .unwrap();
        // HEAD by hand: what `commit` does to a branch forbids a first parent that is not its tip.
        match git
            .find_reference("HEAD")
            .unwrap()
            .symbolic_target()
            .unwrap()
        {
            Some(branch) => {
                git.reference(branch, commit, true, "commit").unwrap();
            }
            None => git.set_head_detached(commit).unwrap(),
        }
        commit
    }
}

fn signature(when: &str, who: &str) -> Signature<'static> {
    let (name, mail) = person(who);
    Signature::new(&name, &mail, &git_time(when)).unwrap()
}

fn full(branch: &str) -> String {
    format!("refs/heads/{branch}")
}

/// Lets libgit2 find no configuration of the machine or the user.
fn isolate() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        use git2::ConfigLevel::{Global, ProgramData, System, XDG};
        for level in [System, Global, XDG, ProgramData] {
            // SAFETY: before any repository of this program is opened, and one thread at a time.
            unsafe { git2::opts::set_search_path(level, "/nonexistent") }.unwrap();
        }
    });
}
