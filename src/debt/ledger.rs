//! All items of a repository with their lives: what events add up to.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::facts::MarkerNo;
use super::follow::{Event, EventKind};
use super::payment::How;
use super::state::{ItemNo, State};
use crate::interned::{CommitNo, PathNo};

/// An event with its commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Happening {
    /// The commit.
    pub commit: CommitNo,
    /// What happened.
    pub event: Event,
}

/// Where an open item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub path: PathNo,
    /// The line of its tag, from 1.
    pub line: u32,
    /// What it says.
    pub marker: MarkerNo,
}

/// The life of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    /// Its number in the index; of one born on two branches the number that was kept.
    pub item: ItemNo,
    /// What happened, parents' commits before children's. The first is its introduction.
    pub events: Vec<Happening>,
    /// Where it stands; `None` for one that is paid.
    pub place: Option<Place>,
}

impl Life {
    /// Returns the introduction.
    pub fn introduced(&self) -> &Happening {
        &self.events[0]
    }

    /// Returns the payment of an item that does not stand anywhere.
    pub fn paid(&self) -> Option<(&Happening, How)> {
        if self.place.is_some() {
            return None;
        }
        self.events
            .iter()
            .rev()
            .find_map(|happening| match happening.event.kind {
                EventKind::Paid(how) => Some((happening, how)),
                _ => None,
            })
    }
}

/// When commits were made, and in which order.
pub trait Authored {
    /// Returns what orders commits, parents before children, the same whatever was scanned when.
    fn order(&self, commit: CommitNo) -> Order;

    /// Returns the author's time of a commit.
    fn authored(&self, commit: CommitNo) -> i64;
}

/// A commit's generation, its author's time and the beginning of its id.
pub type Order = (u32, i64, u64);

/// Brings the events of reachable commits together to one life an item.
///
/// `events` may be in any order. `tips` are the states of the commits that are looked at: what stands
/// in any of them is open. `places` says where. An item born on two branches has the earlier birth;
/// one paid on two has the earlier payment.
pub fn lives(
    events: impl IntoIterator<Item = Happening>,
    tips: &[&State],
    places: &HashMap<ItemNo, Place>,
    time: &impl Authored,
) -> Vec<Life> {
    let mut known = State::default();
    for tip in tips {
        known.learn(tip);
    }
    let mut by_item: HashMap<ItemNo, Vec<Happening>> = HashMap::new();
    for happening in events {
        let item = known.resolve(happening.event.item);
        by_item.entry(item).or_default().push(happening);
    }
    let mut resolved: HashMap<ItemNo, Place> = HashMap::new();
    for (item, place) in places {
        let kept = resolved.entry(known.resolve(*item)).or_insert(*place);
        *kept = (*kept).min(*place);
    }
    let mut lives: Vec<Life> = by_item
        .into_iter()
        .filter_map(|(item, events)| life(item, events, resolved.get(&item).copied(), time))
        .collect();
    lives.sort_by_key(|life| life.item);
    lives
}

/// Orders the events of one item and leaves out what says nothing new: a second birth, and a second
/// payment of what is paid.
fn life(
    item: ItemNo,
    mut events: Vec<Happening>,
    place: Option<Place>,
    time: &impl Authored,
) -> Option<Life> {
    events.sort_by_key(|happening| time.order(happening.commit));
    let is_birth = |h: &Happening| h.event.kind == EventKind::Introduced;
    let earliest = |events: &[Happening], wanted: &dyn Fn(&Happening) -> bool| {
        let found = events.iter().filter(|h| wanted(h));
        found
            .min_by_key(|h| (time.authored(h.commit), time.order(h.commit)))
            .copied()
    };
    let birth = earliest(&events, &is_birth)?;
    let mut kept = vec![birth];
    let mut paid: Option<usize> = None;
    for happening in events {
        match happening.event.kind {
            EventKind::Introduced => continue,
            EventKind::Paid(_) => {
                if let Some(at) = paid {
                    let when = |h: &Happening| (time.authored(h.commit), time.order(h.commit));
                    if when(&happening) < when(&kept[at]) {
                        kept[at] = happening;
                    }
                    continue;
                }
                paid = Some(kept.len());
            }
            EventKind::Reopened => {
                if paid.take().is_none() {
                    continue;
                }
            }
            EventKind::Moved | EventKind::Edited => {}
        }
        kept.push(happening);
    }
    kept[1..].sort_by_key(|happening| time.order(happening.commit));
    Some(Life {
        item,
        events: kept,
        place,
    })
}

/// What names an item for people and for other clones.
///
/// It is made of what the item said and where it stood when it was born, not of the commit: so it is
/// the same on every clone and survives a rebase, a squash and a cherry-pick. Twins of one file are
/// numbered by their birth.
pub fn id(born_at: &[u8], text: &str, twin: u32) -> String {
    let mut hash = Sha256::new();
    hash.update((born_at.len() as u64).to_le_bytes());
    hash.update(born_at);
    hash.update(text.as_bytes());
    hash.update(twin.to_le_bytes());
    let digest = hash.finalize();
    // 12 of Crockford's 32 signs are 60 bits: a million items collide with a chance of 1 in 2 million.
    const SIGNS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut bits = u64::from_be_bytes(*digest.first_chunk().unwrap_or(&[0; 8]));
    let mut id = String::with_capacity(12);
    for _ in 0..12 {
        id.push(char::from(SIGNS[(bits >> 59) as usize]));
        bits <<= 5;
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Clock(Vec<i64>);

    impl Authored for Clock {
        fn order(&self, commit: CommitNo) -> Order {
            (commit.0, self.authored(commit), 0)
        }

        fn authored(&self, commit: CommitNo) -> i64 {
            self.0[commit.0 as usize]
        }
    }

    fn at(commit: u32, item: u32, kind: EventKind) -> Happening {
        Happening {
            commit: CommitNo(commit),
            event: Event {
                item: ItemNo(item),
                kind,
                path: PathNo(0),
                line: 1,
                marker: MarkerNo(0),
                context: 0,
            },
        }
    }

    const PAID: EventKind = EventKind::Paid(How::Fixed);

    #[test]
    fn born_on_two_branches_is_born_at_the_earlier() {
        let mut tip = State::default();
        tip.unite(ItemNo(1), ItemNo(0));
        let events = [
            at(1, 0, EventKind::Introduced),
            at(2, 1, EventKind::Introduced),
        ];
        let lives = lives(events, &[&tip], &HashMap::new(), &Clock(vec![0, 9, 5]));
        assert_eq!(lives.len(), 1);
        assert_eq!(lives[0].item, ItemNo(0));
        assert_eq!(lives[0].introduced().commit, CommitNo(2));
    }

    #[test]
    fn paid_on_two_branches_is_paid_by_the_earlier() {
        let events = [
            at(3, 0, PAID),
            at(0, 0, EventKind::Introduced),
            at(2, 0, PAID),
        ];
        let tip = State::default();
        let lives = lives(events, &[&tip], &HashMap::new(), &Clock(vec![0, 1, 8, 3]));
        assert_eq!(lives[0].paid().map(|(h, _)| h.commit), Some(CommitNo(3)));
        assert_eq!(lives[0].events.len(), 2);
    }

    #[test]
    fn what_came_back_is_paid_by_the_last_payment() {
        let events = [
            at(0, 0, EventKind::Introduced),
            at(1, 0, PAID),
            at(2, 0, EventKind::Reopened),
            at(3, 0, PAID),
        ];
        let tip = State::default();
        let lives = lives(events, &[&tip], &HashMap::new(), &Clock(vec![0, 1, 2, 3]));
        assert_eq!(lives[0].paid().map(|(h, _)| h.commit), Some(CommitNo(3)));
        assert_eq!(lives[0].events.len(), 4);
    }

    #[test]
    fn an_id_tells_path_text_and_twin_apart() {
        let ids = [
            id(b"a", "x", 0),
            id(b"a", "x", 1),
            id(b"a", "y", 0),
            id(b"ax", "", 0),
        ];
        for (number, one) in ids.iter().enumerate() {
            assert_eq!(one.len(), 12);
            assert!(ids[..number].iter().all(|other| other != one));
        }
        assert_eq!(ids[0], id(b"a", "x", 0));
    }
}
