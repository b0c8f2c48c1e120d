//! Histories nobody thought of: a repository in which steps are made.

use chrono::{DateTime, Duration, FixedOffset};
use git2::{FileFavor, MergeFileInput, MergeFileOptions, Oid};

use super::files::Files;
use super::repo::Repo;
use super::steps::Step;
use super::when::when;

const PEOPLE: [&str; 4] = ["Johnny", "Sammy", "Mira", "Tove"];
const BRANCHES: [&str; 3] = ["main", "side", "other"];
const PATHS: [&str; 5] = [
    "card.rs",
    "cat.rs",
    "pay/slip.rs",
    "pay/book.rs",
    "desk/lamp.rs",
];
const TAGS: [&str; 3] = ["TODO", "FIXME", "HACK"];
const VERBS: [&str; 6] = ["retry", "measure", "rename", "escape", "lock", "translate"];
const NOUNS: [&str; 7] = [
    "upload", "invoice", "cursor", "password", "printer", "calendar", "kettle",
];

/// From step to step. Some thirty steps fill the week, hack days and deadline among them.
const STRIDE: Duration = Duration::minutes(3 * 60 + 17);

/// A repository that steps are made in.
pub struct Generated {
    /// The repository.
    pub repo: Repo,
    /// Every commit made, in order of making; some may be on no branch any more.
    pub commits: Vec<Oid>,
    clock: DateTime<FixedOffset>,
    words: usize,
}

impl Generated {
    /// Makes the steps after a first commit. A step that cannot be made is left out.
    pub fn from(steps: &[Step]) -> Self {
        let mut made = Generated {
            repo: Repo::new(),
            commits: Vec::new(),
            clock: when("mon 08:00"),
            words: 0,
        };
        let mut owing = |first: usize| -> String {
            let (before, after) = (code(first, 3), code(first + 3, 4));
            format!(
                "{before}{}\n{after}{}\n{}",
                made.marker(),
                made.marker(),
                code(first + 7, 3)
            )
        };
        let (one, other) = (owing(0), owing(20));
        made.commit("Start", |t| {
            t.write(PATHS[0], one)
                .write(PATHS[1], other)
                .write(PATHS[2], code(40, 8))
        });
        for step in steps {
            made.step(step);
        }
        made
    }

    /// The files of the current commit.
    pub fn files(&self) -> Files<'_> {
        self.repo.files(self.repo.tip())
    }

    /// Makes one step.
    pub fn step(&mut self, step: &Step) {
        match *step {
            Step::Fork {
                ref there,
                ref here,
                side,
            } => {
                let current = self.branch();
                self.repo.branch("fork");
                there.iter().for_each(|step| self.step(step));
                self.repo.switch(&current);
                here.iter().for_each(|step| self.step(step));
                self.merge("fork", side);
            }
            Step::Switch { branch } => self.switch(branch),
            Step::Merge { branch, side } => {
                if let Some(branch) = self.ahead(branch) {
                    self.merge(branch, side);
                }
            }
            Step::Revert { commit } => {
                let (time, who) = self.next();
                let commit = self.some_commit(commit);
                if self.plain(commit) {
                    let done = self.repo.try_revert(&time, who, commit);
                    self.commits.extend(done);
                }
            }
            Step::Pick { commit } => {
                let (time, who) = self.next();
                let commit = self.some_commit(commit);
                if self.plain(commit) {
                    let done = self.repo.try_pick(&time, who, commit);
                    self.commits.extend(done);
                }
            }
            Step::Rebase { branch } => {
                let (time, who) = self.next();
                if let Some(onto) = self.ahead(branch).and_then(|branch| self.tip_of(branch)) {
                    self.repo.rebase(&time, who, onto);
                    self.commits.push(self.repo.tip());
                }
            }
            Step::Import { first } => {
                let tip = self.repo.tip();
                let root = self.record("Import", &[]);
                let parents = if first { [root, tip] } else { [tip, root] };
                self.record("Merge the history", &parents);
            }
            ref edit => self.edit(edit),
        }
    }

    /// A commit by the next person, some hours later.
    pub fn commit(
        &mut self,
        message: &str,
        edit: impl for<'a, 'r> FnOnce(&'a mut Files<'r>) -> &'a mut Files<'r>,
    ) -> Oid {
        let (time, who) = self.next();
        let commit = self.repo.commit(&time, who, message, edit);
        self.commits.push(commit);
        commit
    }

    fn edit(&mut self, step: &Step) {
        let files = self.files();
        let paths: Vec<String> = files
            .paths()
            .into_iter()
            .map(|path| String::from_utf8(path).unwrap())
            .collect();
        let markers: Vec<(String, usize)> = super::oracle::sightings(&files)
            .into_iter()
            .map(|(path, line, _)| (path, line as usize - 1))
            .collect();
        drop(files);
        let path = |number: u8| (!paths.is_empty()).then(|| paths[at(number, paths.len())].clone());
        let marker =
            |number: u8| (!markers.is_empty()).then(|| markers[at(number, markers.len())].clone());
        let free = |number: u8| {
            let name = format!(
                "{}{}",
                ["", "new/", "old/"][at(number, 3)],
                PATHS[at(number / 3, PATHS.len())]
            );
            (!paths.contains(&name)).then_some(name)
        };
        // `None` where there is nothing to do it to.
        let _ = self.edit_files(step, &path, &marker, &free);
    }

    fn edit_files(
        &mut self,
        step: &Step,
        path: &dyn Fn(u8) -> Option<String>,
        marker: &dyn Fn(u8) -> Option<(String, usize)>,
        free: &dyn Fn(u8) -> Option<String>,
    ) -> Option<()> {
        match *step {
            Step::Add {
                file,
                line,
                beside_code,
            } => {
                let path = path(file).unwrap_or_else(|| PATHS[0].to_owned());
                let (comment, number) = (self.marker(), self.words);
                self.change(&path, "Owe", |lines| {
                    let line = at(line, lines.len() + 1);
                    let comment = if beside_code {
                        format!("owe_{number}(); {comment}")
                    } else {
                        comment
                    };
                    lines.insert(line, comment);
                });
            }
            Step::Remove { marker: number } => {
                let (path, line) = marker(number)?;
                self.change(&path, "Forget", |lines| drop(lines.remove(line)));
            }
            Step::Pay { marker: number } => {
                let (path, line) = marker(number)?;
                self.words += 1;
                let call = format!("paid_{}();", self.words);
                self.change(&path, "Pay", |lines| {
                    lines[line] = call;
                    if line + 1 < lines.len() && !lines[line + 1].contains("// ") {
                        lines.remove(line + 1);
                    }
                });
            }
            Step::Edit { marker: number } => {
                let (path, line) = marker(number)?;
                self.words += 1;
                let more = format!(
                    "{} {}",
                    ["soon", "again", "with care"][self.words % 3],
                    self.words
                );
                self.change(&path, "Say it better", |lines| {
                    lines[line] = format!("{} {more}", lines[line].trim_end());
                });
            }
            Step::Retag { marker: number } => {
                let (path, line) = marker(number)?;
                self.change(&path, "Retag", |lines| {
                    let tag = TAGS
                        .iter()
                        .position(|tag| lines[line].contains(&format!("// {tag}: ")))
                        .unwrap();
                    lines[line] = lines[line].replace(
                        &format!("// {}: ", TAGS[tag]),
                        &format!("// {}: ", TAGS[(tag + 1) % 3]),
                    );
                });
            }
            Step::Code { file, line } => {
                let path = path(file)?;
                self.words += 1;
                let call = format!("more_{}();", self.words);
                self.change(&path, "Build", |lines| {
                    let line = at(line, lines.len() + 1);
                    lines.insert(line, call);
                });
            }
            Step::MoveLine {
                marker: number,
                line: to,
            } => {
                let (path, line) = marker(number)?;
                self.change(&path, "Move a line", |lines| {
                    let moved = lines.remove(line);
                    let to = at(to, lines.len() + 1);
                    lines.insert(to, moved);
                });
            }
            Step::MoveBlock {
                file,
                line,
                length,
                to,
            } => {
                let (from, to) = (path(file)?, path(to)?);
                self.block(&from, &to, line, length, true)?;
            }
            Step::CopyBlock {
                file,
                line,
                length,
                to,
            } => {
                let (from, to) = (path(file)?, path(to)?);
                self.block(&from, &to, line, length, false)?;
            }
            Step::Rename { file, to } => {
                let (from, to) = (path(file)?, free(to)?);
                self.commit("Rename", |t| t.rename(&from, &to));
            }
            Step::Copy { file, to } => {
                let (from, to) = (path(file)?, free(to)?);
                self.commit("Copy", |t| t.copy(&from, &to));
            }
            Step::Delete { file } => {
                let path = path(file)?;
                self.commit("Delete", |t| t.delete(&path));
            }
            Step::Reindent { file } => {
                let path = path(file)?;
                self.change(&path, "Reindent", |lines| {
                    lines.iter_mut().for_each(|line| line.insert_str(0, "    "));
                });
            }
            Step::Crlf { file } => {
                let path = path(file)?;
                self.commit("Line ends", |t| t.rewrite(&path, other_line_ends));
            }
            Step::Swap { file, other } => {
                let (one, other) = (path(file)?, path(other)?);
                self.commit("Swap", |t| t.swap(&one, &other));
            }
            _ => return None,
        }
        Some(())
    }

    /// Moves or copies some lines of a file to the end of another.
    fn block(&mut self, from: &str, to: &str, line: u8, length: u8, moved: bool) -> Option<()> {
        let files = self.files();
        let mut rest: Vec<String> = files.read(from).lines().map(str::to_owned).collect();
        let mut into: Vec<String> = files.read(to).lines().map(str::to_owned).collect();
        drop(files);
        if from == to || rest.is_empty() {
            return None;
        }
        let start = at(line, rest.len());
        let end = rest.len().min(start + 1 + at(length, 6));
        into.extend_from_slice(&rest[start..end]);
        if moved {
            rest.drain(start..end);
        }
        let message = if moved {
            "Move a block"
        } else {
            "Copy a block"
        };
        self.commit(message, |t| {
            t.write(from, joined(&rest)).write(to, joined(&into))
        });
        Some(())
    }

    /// Commits a change to the lines of a file, new or not.
    fn change(&mut self, path: &str, message: &str, edit: impl FnOnce(&mut Vec<String>)) {
        let files = self.files();
        let text = if files.has(path) {
            files.read(path)
        } else {
            String::new()
        };
        drop(files);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        edit(&mut lines);
        self.commit(message, |t| t.write(path, joined(&lines)));
    }

    /// Goes on at another branch. A new one starts a commit back, so that both have gone apart.
    fn switch(&mut self, branch: u8) {
        let current = self.branch();
        let others: Vec<_> = BRANCHES
            .into_iter()
            .filter(|name| *name != current)
            .collect();
        let branch = others[at(branch, others.len())];
        match self.tip_of(branch) {
            Some(_) => self.repo.switch(branch),
            None => {
                let tip = self.repo.tip();
                let before = self.repo.git().find_commit(tip).unwrap().parent_id(0);
                self.repo.branch_at(branch, before.unwrap_or(tip));
            }
        }
    }

    /// A branch that has commits which the current one lacks, and others that it has.
    fn ahead(&self, branch: u8) -> Option<&'static str> {
        let (git, ours) = (self.repo.git(), self.repo.tip());
        let lacks = |name: &&str| {
            let theirs = self.tip_of(name);
            theirs.is_some_and(|theirs| {
                git.merge_base(ours, theirs)
                    .is_ok_and(|base| base != theirs)
            })
        };
        let ahead: Vec<_> = BRANCHES.into_iter().filter(lacks).collect();
        (!ahead.is_empty()).then(|| ahead[at(branch, ahead.len())])
    }

    /// The name of the current branch.
    fn branch(&self) -> String {
        let head = self.repo.git().head().unwrap();
        head.shorthand().unwrap().to_owned()
    }

    /// Merges a branch file by file. Where both sides changed a file, `side` chooses: ours,
    /// theirs, or the lines of both.
    fn merge(&mut self, branch: &str, side: u8) {
        let ours = self.repo.tip();
        let Some(theirs) = self.tip_of(branch) else {
            return;
        };
        let git = self.repo.git();
        let base = git.merge_base(ours, theirs).unwrap();
        if base == theirs {
            return;
        }
        let (base, others) = (self.repo.files(base), self.repo.files(theirs));
        let mut merged = self.repo.files(ours);
        let mut paths = merged.paths();
        paths.extend(others.paths());
        for path in paths {
            let (was, here, there) = (
                base.object(&path),
                merged.object(&path),
                others.object(&path),
            );
            if here == there || was == there {
                continue;
            }
            match (here, there) {
                (Some(here), Some(there)) if was != Some(here) => match side % 3 {
                    0 => {}
                    1 => drop(merged.take_from(&others, &path)),
                    _ => {
                        let text = self.united(was, here, there);
                        merged.write(&path, text);
                    }
                },
                // Deleted here, changed there.
                (None, Some(_)) if was.is_some() && side.is_multiple_of(2) => {}
                // Changed here, deleted there.
                (Some(here), None) if was != Some(here) && side.is_multiple_of(2) => {}
                _ => drop(merged.take_from(&others, &path)),
            }
        }
        let tree = merged.store();
        drop((base, others, merged));
        let (time, who) = self.next();
        let merge = self
            .repo
            .draft(&time, who, &format!("Merge {branch}"))
            .parents(&[ours, theirs])
            .commit_tree(tree);
        self.commits.push(merge);
    }

    /// Both sides' changes of a file, one after the other where they meet.
    fn united(&self, was: Option<Oid>, here: Oid, there: Oid) -> Vec<u8> {
        let git = self.repo.git();
        let read = |object: Oid| git.find_blob(object).unwrap().content().to_vec();
        let (was, here, there) = (was.map(read).unwrap_or_default(), read(here), read(there));
        let (mut base, mut ours, mut theirs) = (
            MergeFileInput::new(),
            MergeFileInput::new(),
            MergeFileInput::new(),
        );
        base.content(&was);
        ours.content(&here);
        theirs.content(&there);
        let mut options = MergeFileOptions::new();
        options.favor(FileFavor::Union);
        let merged = git2::merge_file(&base, &ours, &theirs, Some(&mut options)).unwrap();
        merged.content().to_vec()
    }

    fn tip_of(&self, branch: &str) -> Option<Oid> {
        self.repo
            .git()
            .refname_to_id(&format!("refs/heads/{branch}"))
            .ok()
    }

    fn some_commit(&self, number: u8) -> Oid {
        self.commits[at(number, self.commits.len())]
    }

    /// Whether a commit is neither a merge nor a root.
    /// Commits the current tree with these parents.
    fn record(&mut self, message: &str, parents: &[Oid]) -> Oid {
        let (time, who) = self.next();
        let draft = self.repo.draft(&time, who, message).parents(parents);
        let commit = draft.commit(|t| t);
        self.commits.push(commit);
        commit
    }

    fn plain(&self, commit: Oid) -> bool {
        self.repo.git().find_commit(commit).unwrap().parent_count() == 1
    }

    /// The next time and person.
    fn next(&mut self) -> (String, &'static str) {
        self.clock += STRIDE;
        let who = PEOPLE[self.clock.timestamp() as usize / 60 % PEOPLE.len()];
        (self.clock.to_rfc3339(), who)
    }

    /// A comment that nobody wrote yet.
    fn marker(&mut self) -> String {
        self.words += 1;
        let n = self.words;
        format!(
            "// {}: {} the {} {n}",
            TAGS[n % TAGS.len()],
            VERBS[n % VERBS.len()],
            NOUNS[n % NOUNS.len()]
        )
    }
}

/// Turns the line ends of a text into the other kind.
pub fn other_line_ends(text: &str) -> String {
    if text.contains("\r\n") {
        text.replace("\r\n", "\n")
    } else {
        text.replace('\n', "\r\n")
    }
}

/// Lines of code, all different.
fn code(first: usize, count: usize) -> String {
    (first..first + count)
        .map(|number| format!("call_{number}();\n"))
        .collect()
}

fn joined(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn at(number: u8, of: usize) -> usize {
    usize::from(number) % of
}
