//! At some commits: the items of the index are the markers of the whole tree, file by file.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::eyes::{self, Eyes};
use super::past::{At, Past};
use super::tally::Tally;
use super::{VerifyError, VerifyOrder};
use crate::debt::state::{ItemNo, State};
use crate::interned::PathNo;
use crate::store::index::Index;

/// A commit to look at, with what the index says of it.
struct Sample {
    at: At,
    state: State,
}

/// Samples that are prepared at once: a state is small, but not nothing.
const AT_ONCE: usize = 64;

pub(super) fn verify(
    order: &VerifyOrder<'_>,
    index: &Index,
    past: &Past,
    tally: &mut Tally,
) -> Result<(), VerifyError> {
    let sampled = sampled(order, past);
    let said = said(past);
    for part in sampled.chunks(AT_ONCE) {
        let mut samples = Vec::with_capacity(part.len());
        for at in part {
            let (_, state, _) = index.state_of(past.rows[*at].no)?;
            samples.push(Sample { at: *at, state });
        }
        let doing = "reading whole trees";
        let found = eyes::share(
            order,
            &past.paths,
            doing,
            part.len(),
            4,
            |eyes, range, tally| {
                for sample in &samples[range] {
                    hold_against(sample, past, &said, eyes, tally)?;
                }
                Ok(())
            },
        )?;
        tally.add(found);
    }
    places(index, past, order, tally)
}

/// What each item said, where.
type Said<'a> = HashMap<ItemNo, Vec<(At, u32)>>;

fn said(past: &Past) -> Said<'_> {
    let mut said: Said<'_> = HashMap::new();
    for (at, events) in past.events.iter().enumerate() {
        for event in events {
            said.entry(event.item).or_default().push((at, event.marker));
        }
    }
    said
}

/// Compares one tree with its state: as many items in each file as it has markers, and each item
/// told by an event here or before to say what its marker says.
fn hold_against(
    sample: &Sample,
    past: &Past,
    said: &Said<'_>,
    eyes: &mut Eyes<'_, '_>,
    tally: &mut Tally,
) -> Result<(), VerifyError> {
    let Sample { at, state } = sample;
    if !past.has_tree(*at) {
        return Ok(());
    }
    let id = past.id(*at);
    let before = past.all_before(*at);
    let mut others: HashMap<ItemNo, Vec<ItemNo>> = HashMap::new();
    for (item, _) in state.united() {
        others.entry(state.resolve(item)).or_default().push(item);
    }
    let mut indexed: BTreeMap<PathNo, &[ItemNo]> = state
        .files()
        .map(|(path, items)| (path, &**items))
        .collect();
    let (mut files, mut markers) = (0, 0);
    for (path, blob) in eyes.repository.whole_tree(past.trees[*at])? {
        let path = eyes.paths.number(&path);
        let seen = eyes.look(path, Some(blob))?;
        let items = indexed.remove(&path).unwrap_or(&[]);
        files += 1;
        markers += seen.len() as u64;
        if items.len() != seen.len() {
            tally.mismatch(format!(
                "{id} {}: the tree has {} markers, the index {} items",
                past.path(path),
                seen.len(),
                items.len()
            ));
            continue;
        }
        for (item, seen) in items.iter().zip(seen.iter()) {
            let names = others.get(item).into_iter().flatten().chain([item]);
            let told = names
                .flat_map(|name| said.get(name).into_iter().flatten())
                .any(|(event, marker)| {
                    before[*event] && past.markers.get(marker) == Some(&seen.marker)
                });
            if !told {
                tally.mismatch(format!(
                    "{id} {}:{}: no event of item {} tells that it says `{}`",
                    past.path(path),
                    seen.line,
                    item.0,
                    seen.marker.text
                ));
            }
        }
    }
    for (path, items) in indexed {
        tally.mismatch(format!(
            "{id} {}: the tree has no such file, the index {} items in it",
            past.path(path),
            items.len()
        ));
    }
    tally.count(1, "commits had their whole tree read");
    tally.count(files, "files of them were read");
    tally.count(markers, "markers of them were compared with items");
    Ok(())
}

/// Draws the commits to look at: tips and roots always; of the rest half from all, a quarter from
/// merges and a quarter from what is on no tip's line of first parents.
fn sampled(order: &VerifyOrder<'_>, past: &Past) -> Vec<At> {
    let mut chosen: HashSet<At> = order
        .tips
        .iter()
        .filter_map(|tip| past.find(*tip))
        .collect();
    let mut main: HashSet<At> = HashSet::new();
    for tip in &chosen {
        let mut next = Some(*tip);
        while let Some(at) = next.filter(|at| main.insert(*at)) {
            next = past.parents[at].first().copied();
        }
    }
    let all = |wanted: &dyn Fn(&At) -> bool| (0..past.len()).filter(wanted).collect::<Vec<At>>();
    chosen.extend(all(&|at| past.parents[*at].is_empty()));
    let always = chosen.len();
    let mut random = Random(order.seed);
    let mut draw = |mut from: Vec<At>, upto: usize| {
        from.retain(|at| !chosen.contains(at));
        while chosen.len() < upto && !from.is_empty() {
            chosen.insert(from.swap_remove(random.below(from.len())));
        }
    };
    let samples = order.samples as usize;
    draw(all(&|at| past.parents[*at].len() > 1), always + samples / 4);
    draw(all(&|at| !main.contains(at)), always + samples / 2);
    draw(all(&|_| true), always + samples);
    let mut chosen: Vec<At> = chosen.into_iter().collect();
    chosen.sort_unstable();
    chosen
}

/// SplitMix64 of Steele, Lea and Flood (2014): small, and good enough to draw commits.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % limit.max(1) as u64) as usize
    }
}

/// Compares the places of the index with the trees of the tips: path, line and words.
fn places(
    index: &Index,
    past: &Past,
    order: &VerifyOrder<'_>,
    tally: &mut Tally,
) -> Result<(), VerifyError> {
    // Of each place in a tip's tree: whether the index has it.
    let mut wanted: HashMap<(u32, u32, ItemNo, u32), HashSet<u32>> = HashMap::new();
    let places = index.places()?;
    for place in &places {
        let key = (place.path, place.at, place.item, place.line);
        wanted.entry(key).or_default().insert(place.marker);
    }
    let placed: HashSet<ItemNo> = places.iter().map(|place| place.item).collect();
    let mut tips = Vec::new();
    for tip in order.tips {
        if let Some(at) = past.find(*tip).filter(|at| past.has_tree(*at)) {
            tips.push((at, index.state_of(past.rows[at].no)?.1));
        }
    }
    let mut stand: HashSet<(u32, u32, ItemNo, u32)> = HashSet::new();
    let mut wrong = Vec::new();
    order.repository.read_with(|reader| {
        let mut eyes = Eyes::new(order.repository, &past.paths, reader, order.detector);
        for (at, state) in &tips {
            for (path, items) in state.files() {
                let seen = eyes.look_in(past.trees[*at], path)?;
                for (number, (item, seen)) in items.iter().zip(seen.iter()).enumerate() {
                    let key = (path.0, number as u32, *item, seen.line);
                    stand.insert(key);
                    let told = wanted.get(&key).is_some_and(|markers| {
                        markers
                            .iter()
                            .any(|m| past.markers.get(m) == Some(&seen.marker))
                    });
                    // The table has one row a place, so of several tips one speaks for all.
                    let only = tips.len() == 1 || !placed.contains(item);
                    if !told && only {
                        wrong.push(format!(
                            "{} {}:{}: item {} stands there, and the index does not say so",
                            past.id(*at),
                            past.path(path),
                            seen.line,
                            item.0
                        ));
                    }
                }
            }
        }
        Ok::<(), VerifyError>(())
    })?;
    for place in &places {
        if !stand.contains(&(place.path, place.at, place.item, place.line)) {
            wrong.push(format!(
                "{}:{}: the index says that item {} stands there, and no tip has it there",
                past.path(PathNo(place.path)),
                place.line,
                place.item.0
            ));
        }
    }
    tally.count(
        places.len() as u64,
        "places of open items were compared with the tips",
    );
    wrong.into_iter().for_each(|what| tally.mismatch(what));
    Ok(())
}
