//! For every event: the contents bear it out. What is introduced is there and its words became more;
//! what is paid was there and its words became fewer; what moved or was edited stands where it says.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::claim::{Claim, is_of_code, word};
use super::eyes::{self, Eyes};
use super::past::{At, Past};
use super::tally::Tally;
use super::{VerifyError, VerifyOrder};
use crate::debt::follow::EventKind;
use crate::debt::state::ItemNo;
use crate::debt::{Marker, Sighting, Tier, marker};
use crate::history::commits;
use crate::interned::PathNo;
use crate::store::index::EventRow;

/// Holds all events against contents.
pub(super) fn verify(
    order: &VerifyOrder<'_>,
    past: &Past,
    claims: &[Claim],
    tally: &mut Tally,
) -> Result<(), VerifyError> {
    let doing = "reading what events tell of";
    let found = eyes::share(
        order,
        &past.paths,
        doing,
        claims.len(),
        64,
        |eyes, range, tally| {
            for claim in claims[range].iter().filter(|claim| past.has_tree(claim.at)) {
                Case::read(past, claim, eyes, tally)?.verify(tally);
            }
            Ok(())
        },
    )?;
    tally.add(found);
    messages(order, past, tally)
}

/// Holds the items of commit messages against the messages.
fn messages(order: &VerifyOrder<'_>, past: &Past, tally: &mut Tally) -> Result<(), VerifyError> {
    let rules = order.detector.rules();
    order.repository.read_with(|reader| {
        for (at, events) in past
            .events
            .iter()
            .enumerate()
            .filter(|(at, _)| past.has_tree(*at))
        {
            if at % 1_024 == 0 {
                order.check()?;
                (order.progress)("reading messages", at as u64, past.len() as u64);
            }
            let id = past.id(at);
            let said = events.iter().filter(|event| !is_of_code(event));
            let mut said: Vec<&EventRow> = said.collect();
            let found = commits::commit(reader, id, |text| marker::in_message(text, rules))?;
            for saw in &found.message {
                let at = said.iter().position(|event| {
                    event.kind == EventKind::Introduced
                        && event.line == saw.line
                        && past.markers.get(&event.marker) == Some(&saw.marker)
                });
                match at {
                    Some(at) => {
                        said.remove(at);
                        tally.count(1, "items of commit messages are in their message");
                    }
                    None => tally.mismatch(format!(
                        "{id}: the index lacks what its message says in line {}",
                        saw.line
                    )),
                }
            }
            for event in said {
                let item = event.item.0;
                tally.mismatch(format!(
                    "{id}: its message does not say what item {item} says"
                ));
            }
        }
        Ok(())
    })
}

/// What is compared when words are counted: the tag may change without a change of the debt.
type Words = (Tier, String);

fn words(marker: &Marker) -> Words {
    (marker.tier, marker.text.clone())
}

/// Where an item stands in one tree, and what it says there.
type Stands = HashMap<ItemNo, (PathNo, Sighting)>;

/// One commit as its contents are.
struct Case<'a> {
    past: &'a Past,
    at: At,
    here: Stands,
    /// By parent; one empty tree for a root.
    before: Vec<Stands>,
    /// How many more (or fewer) times words stand in the tree than in each parent's.
    more: Vec<HashMap<Words, i64>>,
    /// What the same items say in each parent and in the tree, in files where no item came or went.
    reworded: Vec<Vec<(Words, Words)>>,
}

impl<'a> Case<'a> {
    fn read(
        past: &'a Past,
        claim: &Claim,
        eyes: &mut Eyes<'_, '_>,
        tally: &mut Tally,
    ) -> Result<Case<'a>, VerifyError> {
        let (at, tree) = (claim.at, past.trees[claim.at]);
        let mut parents: Vec<Option<_>> = past.parents[at]
            .iter()
            .map(|parent| Some(past.trees[*parent]))
            .collect();
        if parents.is_empty() {
            parents.push(None);
        }
        let mut case = Case {
            past,
            at,
            here: Stands::new(),
            before: vec![Stands::new(); parents.len()],
            more: vec![HashMap::new(); parents.len()],
            reworded: vec![Vec::new(); parents.len()],
        };
        let claimed: HashSet<PathNo> = claim.files.iter().map(|file| file.path).collect();
        for file in &claim.files {
            let seen = eyes.look_in(tree, file.path)?;
            stand(
                &mut case.here,
                past,
                at,
                file.path,
                &file.items,
                &seen,
                tally,
            );
            for (number, parent) in parents.iter().enumerate() {
                let seen = match parent {
                    Some(tree) => eyes.look_in(*tree, file.path)?,
                    None => Arc::from([]),
                };
                let of = past.parents[at].get(number).copied().unwrap_or(at);
                let items = &file.in_parents[number];
                stand(
                    &mut case.before[number],
                    past,
                    of,
                    file.path,
                    items,
                    &seen,
                    tally,
                );
            }
        }
        for (number, parent) in parents.iter().enumerate() {
            for differs in eyes.repository.differing_files(*parent, tree)? {
                let path = eyes.paths.number(&differs.path);
                let old = eyes.look(path, differs.old)?;
                let new = eyes.look(path, differs.new)?;
                for (seen, sign) in [(&old, -1), (&new, 1)] {
                    for seen in seen.iter() {
                        *case.more[number].entry(words(&seen.marker)).or_default() += sign;
                    }
                }
                if claimed.contains(&path) {
                    continue;
                }
                let same = || {
                    old.iter()
                        .map(|s| &s.marker)
                        .eq(new.iter().map(|s| &s.marker))
                };
                let both = old.iter().zip(new.iter());
                let both = both.map(|(old, new)| (words(&old.marker), words(&new.marker)));
                case.reworded[number].extend(both.filter(|(old, new)| old != new));
                if parents.len() == 1 && !same() {
                    tally.mismatch(format!(
                        "{} {}: its markers changed, and no event says so",
                        past.id(at),
                        past.path(path)
                    ));
                }
            }
        }
        Ok(case)
    }

    fn verify(&self, tally: &mut Tally) {
        for event in self.past.events[self.at]
            .iter()
            .filter(|event| is_of_code(event))
        {
            match event.kind {
                EventKind::Paid(_) => self.paid(event, tally),
                _ => self.stands(event, tally),
            }
            if event.kind == EventKind::Introduced {
                self.born(event, tally);
            }
        }
        self.told(tally);
    }

    fn line(&self, event: &EventRow, what: &str) -> String {
        let path = event.path.map(PathNo).unwrap_or_default();
        let marker = self.past.markers.get(&event.marker);
        format!(
            "{} {}:{}: item {} is {}, {what} (`{}`)",
            self.past.id(self.at),
            self.past.path(path),
            event.line,
            event.item.0,
            word(event.kind),
            marker.map_or("", |marker| &marker.text)
        )
    }

    fn fits(&self, event: &EventRow, stands: &Stands) -> bool {
        stands.get(&event.item).is_some_and(|(path, seen)| {
            Some(path.0) == event.path
                && seen.line == event.line
                && self.past.markers.get(&event.marker) == Some(&seen.marker)
        })
    }

    /// What an event says of an item stands in the commit.
    fn stands(&self, event: &EventRow, tally: &mut Tally) {
        let kind = word(event.kind);
        tally.count(1, &format!("items stand where they are said to be {kind}"));
        if !self.fits(event, &self.here) {
            tally.mismatch(self.line(event, "and does not stand there"));
        }
    }

    fn wrote(&self, event: &EventRow) -> Option<Words> {
        self.past
            .markers
            .get(&event.marker)
            .map(|marker| words(marker))
    }

    fn count(&self, parent: usize, words: &Words) -> i64 {
        self.more[parent].get(words).copied().unwrap_or(0)
    }

    /// The words of a birth became more against every parent. Where they did not, others that say
    /// the same must have gone in the same commit.
    fn born(&self, event: &EventRow, tally: &mut Tally) {
        let Some(words) = self.wrote(event) else {
            return;
        };
        let numbers = 0..self.before.len();
        let flat: Vec<usize> = numbers.filter(|n| self.count(*n, &words) < 1).collect();
        if flat.is_empty() {
            tally.count(1, "introduced items raised the count of their words");
            return;
        }
        let left = |n: &usize| self.left(*n, &words, event.item);
        if flat.iter().all(|n| left(n) == Some(Left::Edited)) {
            tally.count(
                1,
                "introduced items say what another said until it was edited",
            );
        } else if flat.iter().all(|n| left(n).is_some()) {
            tally.count(
                1,
                "introduced items say what another said that went in the same commit",
            );
            if crate::debt::matching::is_distinctive(&words.1) {
                tally.mismatch(self.line(event, "as one that says the same goes"));
            }
        } else {
            tally.mismatch(self.line(event, "and its words did not become more"));
        }
    }

    /// How another item with these words left them between a parent and the commit.
    fn left(&self, parent: usize, wanted: &Words, but: ItemNo) -> Option<Left> {
        let reworded = &mut self.reworded[parent].iter();
        let mut how = reworded
            .any(|(old, _)| old == wanted)
            .then_some(Left::Edited);
        for (item, (_, seen)) in &self.before[parent] {
            if *item == but || words(&seen.marker) != *wanted {
                continue;
            }
            match self.here.get(item) {
                None => return Some(Left::Gone),
                Some((_, now)) if words(&now.marker) != *wanted => how = Some(Left::Edited),
                Some(_) => {}
            }
        }
        how
    }

    /// How another item with these words got them between a parent and the commit.
    fn got(&self, parent: usize, wanted: &Words, but: ItemNo) -> Option<Left> {
        let reworded = &mut self.reworded[parent].iter();
        let mut how = reworded
            .any(|(_, new)| new == wanted)
            .then_some(Left::Edited);
        for (item, (_, seen)) in &self.here {
            if *item == but || words(&seen.marker) != *wanted {
                continue;
            }
            match self.before[parent].get(item) {
                None if self.before.iter().any(|before| before.contains_key(item)) => {
                    how = how.or(Some(Left::Beside));
                }
                None => return Some(Left::Gone),
                Some((_, old)) if words(&old.marker) != *wanted => how = Some(Left::Edited),
                Some(_) => {}
            }
        }
        how
    }

    /// A payment was in a parent where it says, is not in the commit, and its words became fewer.
    fn paid(&self, event: &EventRow, tally: &mut Tally) {
        tally.count(1, "paid items stood in a parent where they are said to");
        let parents: Vec<usize> = (0..self.before.len())
            .filter(|number| self.fits(event, &self.before[*number]))
            .collect();
        if parents.is_empty() {
            tally.mismatch(self.line(event, "and did not stand there in a parent"));
            return;
        }
        if self.here.contains_key(&event.item) {
            tally.mismatch(self.line(event, "and is still there"));
        }
        let Some(words) = self.wrote(event) else {
            return;
        };
        if parents.iter().any(|number| self.count(*number, &words) < 0) {
            tally.count(1, "paid items lowered the count of their words");
            return;
        }
        let got = |n: &usize| self.got(*n, &words, event.item);
        if parents.iter().any(|n| got(n) == Some(Left::Edited)) {
            tally.count(1, "paid items said what another was edited to say");
        } else if parents.iter().any(|n| got(n) == Some(Left::Beside)) {
            tally.count(
                1,
                "items paid by a merge said what another parent says elsewhere",
            );
        } else if parents.iter().any(|n| got(n).is_some()) {
            tally.count(
                1,
                "paid items say what another says that came in the same commit",
            );
            if crate::debt::matching::is_distinctive(&words.1) {
                tally.mismatch(self.line(event, "as one that says the same comes"));
            }
        } else {
            tally.mismatch(self.line(event, "and its words did not become fewer"));
        }
    }

    /// What is in the commit and a parent with other words or in another file is said to be.
    fn told(&self, tally: &mut Tally) {
        let events = &self.past.events[self.at];
        let has = |item: ItemNo, kind: EventKind| {
            events
                .iter()
                .any(|event| event.item == item && event.kind == kind)
        };
        for (item, (path, seen)) in &self.here {
            let olds = self.before.iter().filter_map(|before| before.get(item));
            let olds: Vec<_> = olds.collect();
            if olds.is_empty() || has(*item, EventKind::Reopened) {
                continue;
            }
            let place = format!(
                "{} {}:{}: item {}",
                self.past.id(self.at),
                self.past.path(*path),
                seen.line,
                item.0
            );
            let same = olds.iter().any(|(_, old)| old.marker == seen.marker);
            if same == has(*item, EventKind::Edited) && olds.len() == self.before.len() {
                let what = match same {
                    true => "is said to be edited, and says what it said",
                    false => "says something else than before, and no event says so",
                };
                tally.mismatch(format!("{place} {what} (`{}`)", seen.marker.text));
            }
        }
    }
}

/// How words left, or came to, an item that is not the one in question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Left {
    /// The item went, or came.
    Gone,
    /// It says something else now, or did before.
    Edited,
    /// It came to a merge from another parent.
    Beside,
}

/// Puts the items of a file where its sightings are.
fn stand(
    stands: &mut Stands,
    past: &Past,
    at: At,
    path: PathNo,
    items: &[ItemNo],
    seen: &[Sighting],
    tally: &mut Tally,
) {
    if items.len() != seen.len() {
        tally.mismatch(format!(
            "{} {}: the tree has {} markers, the index {} items",
            past.id(at),
            past.path(path),
            seen.len(),
            items.len()
        ));
        return;
    }
    for (item, seen) in items.iter().zip(seen) {
        stands.insert(*item, (path, seen.clone()));
    }
}
