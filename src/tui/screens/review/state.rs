//! What the Review screen remembers.

use super::panes::{Focus, Panes, panes};
use super::{findings, tell};
use crate::tui::seen::Seen;
use crate::tui::widgets::cursor::Cursor;
use crate::week::Id;
use crate::week::question::{Asked as Question, Which};
use crate::week::review::{Bucket, Finding, Note};

/// The state of the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The pane that keys go to.
    pub focus: Focus,
    /// Where the cursor is in each pane, in the order of [`Focus::ALL`].
    pub cursors: [Cursor; 5],
}

/// What its forms ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// A new finding, for a bucket.
    Add(Bucket),
    /// An item of debt as a new finding, for a bucket.
    Debt(Bucket),
    /// A finding anew.
    Edit(Id),
    /// The test of a finding.
    Test(Id),
    /// Why a finding goes without a test.
    Unlock(Id),
    /// What somebody says.
    Note(Id),
    /// The answer to a question.
    Answer(Which),
    /// A new question of the team's own.
    Question,
    /// One of these anew.
    Reword(Id),
}

impl State {
    /// Where the panes are.
    pub fn panes(&self, seen: &Seen<'_>) -> Panes {
        panes(seen.body, self.focus)
    }

    /// The cursor of a pane.
    pub fn cursor(&self, focus: Focus) -> &Cursor {
        &self.cursors[focus.place()]
    }

    /// The bucket that keys are about.
    pub fn bucket(&self) -> Bucket {
        match self.focus {
            Focus::Bucket(bucket) => bucket,
            Focus::Notes | Focus::Questions => Bucket::Refactor,
        }
    }

    /// The selected finding, where findings have the focus.
    pub fn finding<'a>(&self, seen: &Seen<'a>) -> Option<&'a Finding> {
        let Focus::Bucket(bucket) = self.focus else {
            return None;
        };
        let findings = seen.written().findings(bucket);
        findings.get(self.cursor(self.focus).row).copied()
    }

    /// The selected note, where notes have the focus.
    pub fn note<'a>(&self, seen: &Seen<'a>) -> Option<&'a Note> {
        if self.focus != Focus::Notes {
            return None;
        }
        let notes = tell::notes(seen);
        notes.get(self.cursor(self.focus).row).copied()
    }

    /// The question that is to be answered: the selected one where questions have the focus, else
    /// the first that is open, else the first.
    pub fn question<'a>(&self, seen: &Seen<'a>) -> Option<Question<'a>> {
        let mut questions = seen.written().questions();
        let at = match self.focus {
            Focus::Questions => self.cursor(self.focus).row,
            _ => questions
                .iter()
                .position(|q| q.answer.is_none())
                .unwrap_or(0),
        };
        (at < questions.len()).then(|| questions.swap_remove(at))
    }

    /// The keys of what is in a pane.
    pub fn keys(seen: &Seen<'_>, focus: Focus) -> Vec<String> {
        match focus {
            Focus::Bucket(bucket) => {
                let findings = seen.written().findings(bucket).into_iter();
                findings.map(|finding| finding.id.to_string()).collect()
            }
            Focus::Notes => {
                let notes = tell::notes(seen).into_iter();
                notes.map(|note| note.id.to_string()).collect()
            }
            Focus::Questions => {
                let questions = seen.written().questions().into_iter();
                let key = |question: Question<'_>| match question.which {
                    Which::Method(number) => number.to_string(),
                    Which::Own(id) => id.to_string(),
                };
                questions.map(key).collect()
            }
        }
    }

    /// How many things are in view in a pane.
    pub fn height(&self, seen: &Seen<'_>, focus: Focus) -> usize {
        let panes = self.panes(seen);
        match focus {
            Focus::Bucket(bucket) => {
                let place = Focus::Bucket(bucket).place();
                let findings = seen.written().findings(bucket).len();
                findings::rows(panes.buckets[place], findings)
            }
            Focus::Notes => tell::rows(panes.notes, tell::notes(seen).len()),
            // Questions take as many rows as their words do: drawing sees to it.
            Focus::Questions => seen.written().questions().len(),
        }
    }

    /// Finds all things again where they are now.
    pub fn settle(&mut self, seen: &Seen<'_>) {
        for focus in Focus::ALL {
            let (keys, height) = (Self::keys(seen, focus), self.height(seen, focus));
            self.cursors[focus.place()].settle(&keys, height);
        }
    }

    /// Moves the cursor of a pane by so many things.
    pub fn go(&mut self, seen: &Seen<'_>, focus: Focus, by: i64) {
        let (keys, height) = (Self::keys(seen, focus), self.height(seen, focus));
        self.cursors[focus.place()].go(by, &keys, height);
    }

    /// Puts the cursor of a pane on a row.
    pub fn put(&mut self, seen: &Seen<'_>, focus: Focus, row: usize) {
        let (keys, height) = (Self::keys(seen, focus), self.height(seen, focus));
        if row < keys.len() {
            self.cursors[focus.place()].put(row, &keys, height);
        }
    }
}
