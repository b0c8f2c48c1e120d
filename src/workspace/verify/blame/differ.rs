//! Why an introduction and `git blame` name different commits.

use super::super::eyes::Eyes;
use super::super::past::{At, Past};
use super::super::tally::Tally;
use super::super::{VerifyError, VerifyOrder};
use super::{Blamed, Open, commits_of};
use crate::debt::follow::EventKind;
use crate::debt::{Sighting, lines};
use crate::interned::PathNo;
use crate::store::index::Index;

/// Compares each introduction with the commit that blame names.
pub(super) fn compare(
    order: &VerifyOrder<'_>,
    index: &Index,
    past: &Past,
    pairs: &[(&Open, &Blamed)],
    tally: &mut Tally,
) -> Result<(), VerifyError> {
    order.repository.read_with(|reader| {
        let mut eyes = Eyes::new(order.repository, &past.paths, reader, order.detector);
        for (open, blamed) in pairs {
            order.check()?;
            compare_one(index, past, open, blamed, &mut eyes, tally)?;
        }
        Ok(())
    })
}

const EQUAL: &str = "introductions are the commit that blame names";

fn compare_one(
    index: &Index,
    past: &Past,
    open: &Open,
    blamed: &Blamed,
    eyes: &mut Eyes<'_, '_>,
    tally: &mut Tally,
) -> Result<(), VerifyError> {
    let place = format!("{}:{}", past.path(PathNo(open.place.path)), open.place.line);
    let (Some(ours), Some(theirs)) = (
        past.numbered(open.life.introduced().commit),
        past.find(blamed.commit),
    ) else {
        tally.mismatch(format!(
            "{place}: blame names {}, which no tip reaches",
            blamed.commit
        ));
        return Ok(());
    };
    if ours == theirs {
        tally.count(1, EQUAL);
        return Ok(());
    }
    let case = Case {
        index,
        past,
        open,
        blamed,
        ours,
        theirs,
    };
    let (order, why) = if past.is_before(ours, theirs) {
        ("before", case.older(eyes)?)
    } else if past.is_before(theirs, ours) {
        ("after", case.younger(eyes)?)
    } else {
        ("beside", case.unrelated())
    };
    match why {
        Some(why) => tally.count(1, why),
        None => {
            tally.count(1, "introductions differ from blame for no known reason");
            tally.mismatch(format!(
                "{place}: item {} is introduced in {} at {}:{}, {order} {}, which blame names ({}:{})",
                open.life.item.0,
                past.id(ours),
                past.path(open.life.introduced().event.path),
                open.life.introduced().event.line,
                blamed.commit,
                blamed.path.as_deref().map_or("?".into(), String::from_utf8_lossy),
                blamed.line,
            ));
        }
    }
    Ok(())
}

/// An item for which blame names another commit.
struct Case<'a> {
    index: &'a Index,
    past: &'a Past,
    open: &'a Open,
    blamed: &'a Blamed,
    ours: At,
    theirs: At,
}

impl Case<'_> {
    fn has_event(&self, at: At, wanted: impl Fn(EventKind) -> bool) -> bool {
        commits_of(&self.open.life, self.past, wanted).any(|commit| commit == at)
    }

    /// The item is older than its line: what blame names changed the line and not the debt.
    fn older(&self, eyes: &mut Eyes<'_, '_>) -> Result<Option<&'static str>, VerifyError> {
        if self.has_event(self.theirs, |kind| kind == EventKind::Edited) {
            return Ok(Some(
                "introductions are before blame's commit, which edited the words",
            ));
        }
        if self.has_event(self.theirs, |kind| kind == EventKind::Reopened) {
            return Ok(Some(
                "introductions are before blame's commit, which brought the item back",
            ));
        }
        if self.has_event(self.theirs, |kind| kind == EventKind::Moved) {
            return Ok(Some(
                "introductions are before blame's commit, which moved the item",
            ));
        }
        let here = self.words_in(self.theirs, eyes)?;
        for parent in &self.past.parents[self.theirs] {
            if self.stands_in(*parent)? && here {
                return Ok(Some(
                    "introductions are before blame's commit, which changed the line and not the words",
                ));
            }
        }
        Ok(None)
    }

    /// Whether blame's own file in its commit has the marker's words.
    fn words_in(&self, at: At, eyes: &mut Eyes<'_, '_>) -> Result<bool, VerifyError> {
        let Some(path) = &self.blamed.path else {
            return Ok(true);
        };
        let path = self.past.paths.number(path);
        let seen = eyes.look_in(self.past.trees[at], path)?;
        Ok(seen.iter().any(|seen| self.says(seen)))
    }

    /// Whether a sighting says what the item says now, or ever said: its words may have been edited
    /// since.
    fn says(&self, seen: &Sighting) -> bool {
        let ever = self.open.life.events.iter().map(|it| it.event.marker.0);
        let mut markers = ever.chain([self.open.place.marker]);
        markers.any(|number| {
            let marker = self.past.markers.get(&number);
            marker.is_some_and(|marker| marker.text == seen.marker.text)
        })
    }

    /// Whether the index has the item in a commit.
    fn stands_in(&self, at: At) -> Result<bool, VerifyError> {
        let (_, state, _) = self.index.state_of(self.past.rows[at].no)?;
        let names = &self.open.names;
        let stands = state
            .files()
            .any(|(_, items)| items.iter().any(|item| names.contains(item)));
        Ok(stands)
    }

    /// The line is older than the item.
    fn younger(&self, eyes: &mut Eyes<'_, '_>) -> Result<Option<&'static str>, VerifyError> {
        let Some(path) = &self.blamed.path else {
            return Ok(None);
        };
        let path = self.past.paths.number(path);
        let seen = eyes.look_in(self.past.trees[self.theirs], path)?;
        let Some(there) = seen.iter().find(|seen| seen.line == self.blamed.line) else {
            return Ok(Some(
                "introductions are after blame's commit, where the line is no marker yet",
            ));
        };
        let Some(line) = self.line(self.theirs, path, self.blamed.line, eyes)? else {
            return Ok(None);
        };
        let born = self.open.life.introduced().event.path;
        for parent in &self.past.parents[self.ours] {
            let (_, state, _) = self.index.state_of(self.past.rows[*parent].no)?;
            for (path, _) in state.files() {
                let before = self.lines_like(&line, *parent, path, eyes)?;
                if before == 0 {
                    continue;
                }
                let now = self.lines_like(&line, self.ours, path, eyes)?;
                if now > before || (now == before && path != born) {
                    return Ok(Some(
                        "introductions are after blame's commit: the line was copied, and a copy is a new item",
                    ));
                }
            }
        }
        let said = self.open.life.introduced().event.marker.0;
        let said = self.past.markers.get(&said).map(|marker| &marker.text);
        if said != Some(&there.marker.text) {
            return Ok(Some(
                "introductions are after blame's commit, where an equal line begins another comment",
            ));
        }
        Ok(None)
    }

    /// Returns a line of a file of a commit without its white space, from 1.
    fn line(
        &self,
        at: At,
        path: PathNo,
        number: u32,
        eyes: &Eyes<'_, '_>,
    ) -> Result<Option<Vec<u8>>, VerifyError> {
        let text = eyes.text_in(self.past.trees[at], path)?;
        let line = lines::split(&text)
            .into_iter()
            .nth((number as usize).saturating_sub(1))
            .map(dense);
        Ok(line)
    }

    fn lines_like(
        &self,
        line: &[u8],
        at: At,
        path: PathNo,
        eyes: &Eyes<'_, '_>,
    ) -> Result<usize, VerifyError> {
        let text = eyes.text_in(self.past.trees[at], path)?;
        let lines = lines::split(&text).into_iter();
        Ok(lines.filter(|other| dense(other) == line).count())
    }

    /// Neither comes before the other.
    fn unrelated(&self) -> Option<&'static str> {
        if self.has_event_of_any(self.theirs) {
            return Some(
                "introductions are on another branch than blame's commit, which has it too",
            );
        }
        None
    }

    /// Whether the item, by whatever number, has an event in a commit: the ledger keeps one birth of
    /// two.
    fn has_event_of_any(&self, at: At) -> bool {
        let names = &self.open.names;
        self.past.events[at]
            .iter()
            .any(|event| names.contains(&event.item))
    }
}

/// A line as `-w` compares it.
fn dense(line: &[u8]) -> Vec<u8> {
    line.iter()
        .copied()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect()
}
