//! Where the open declared items of the tips came from, according to `git blame`, which knows lines
//! and not debt: each difference is put into a class, and what no class explains is a mismatch.

mod differ;
mod run;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::past::{At, Past};
use super::tally::Tally;
use super::{VerifyError, VerifyOrder};
use crate::debt::Tier;
use crate::debt::facts::MarkerNo;
use crate::debt::follow::{Event, EventKind};
use crate::debt::ledger::{self, Authored, Happening, Life, Place};
use crate::debt::state::{ItemNo, State};
use crate::interned::{CommitNo, PathNo};
use crate::store::index::{Index, PlaceRow};
use run::{Answer, Blamed, Question};

/// An open item with what the ledger says of it.
struct Open {
    life: Life,
    /// Its numbers: one that was born on two branches has several.
    names: HashSet<ItemNo>,
    place: PlaceRow,
}

pub(super) fn verify(
    order: &VerifyOrder<'_>,
    index: &Index,
    past: &Past,
    tally: &mut Tally,
) -> Result<(), VerifyError> {
    let mut tips = Vec::new();
    for tip in order.tips {
        if let Some(at) = past.find(*tip) {
            tips.push((at, index.state_of(past.rows[at].no)?.1));
        }
    }
    let open = open(index, past, &tips)?;
    let (questions, items) = questions(&open, past, &tips);
    if !run::is_there() {
        tally.count(
            0,
            "introductions were compared with blame: there is no git to ask",
        );
        return Ok(());
    }
    let answers = ask(order, &questions)?;
    let mut late = 0;
    let mut pairs = Vec::new();
    for (items, answer) in items.iter().zip(&answers) {
        match answer {
            Answer::Blamed(lines) => {
                for item in items.iter().copied() {
                    match lines.get(&item.place.line) {
                        Some(blamed) => pairs.push((item, blamed)),
                        None => tally.mismatch(format!(
                            "{}:{}: blame names no commit for the line",
                            past.path(PathNo(item.place.path)),
                            item.place.line
                        )),
                    }
                }
            }
            Answer::Late => late += items.len() as u64,
            Answer::Failed(why) => {
                let path = items
                    .first()
                    .map_or(PathNo(0), |item| PathNo(item.place.path));
                tally.mismatch(format!("{}: git blame failed: {why}", past.path(path)));
            }
        }
    }
    tally.count(
        pairs.len() as u64,
        "introductions were compared with `git blame -w -M5 -C5 -C5`",
    );
    differ::compare(order, index, past, &pairs, tally)?;
    if late > 0 {
        tally.count(late, "introductions were not: blame did not answer in time");
    }
    Ok(())
}

struct Clock<'a>(&'a Past);

impl Authored for Clock<'_> {
    fn authored(&self, commit: CommitNo) -> i64 {
        let at = self.0.numbered(commit);
        at.map_or(0, |at| self.0.rows[at].authored.seconds)
    }
}

/// Returns the open declared items that stand in files.
fn open(index: &Index, past: &Past, tips: &[(At, State)]) -> Result<Vec<Open>, VerifyError> {
    let mut places = HashMap::new();
    let mut rows: HashMap<ItemNo, PlaceRow> = HashMap::new();
    for row in index.places()? {
        let place = Place {
            path: PathNo(row.path),
            line: row.line,
            marker: MarkerNo(row.marker),
        };
        places.insert(row.item, place);
        rows.insert(row.item, row);
    }
    let events = past.events.iter().flatten().map(|row| Happening {
        commit: row.commit,
        event: Event {
            item: row.item,
            kind: row.kind,
            path: PathNo(row.path.unwrap_or(u32::MAX)),
            line: row.line,
            marker: MarkerNo(row.marker),
            context: row.context,
        },
    });
    let states: Vec<&State> = tips.iter().map(|(_, state)| state).collect();
    let mut known = State::default();
    states.iter().for_each(|state| known.learn(state));
    let mut names: HashMap<ItemNo, HashSet<ItemNo>> = HashMap::new();
    for (other, _) in known.united() {
        names.entry(known.resolve(other)).or_default().insert(other);
    }
    let lives = ledger::lives(events, &states, &places, &Clock(past));
    let open = lives.into_iter().filter_map(|life| {
        let mut names = names.remove(&life.item).unwrap_or_default();
        names.insert(life.item);
        let place = *names.iter().find_map(|name| rows.get(name))?;
        let marker = past.markers.get(&place.marker)?;
        (marker.tier == Tier::Declared).then_some(Open { life, names, place })
    });
    Ok(open.collect())
}

/// Puts the items of one file of one tip into one question.
fn questions<'a>(
    open: &'a [Open],
    past: &Past,
    tips: &[(At, State)],
) -> (Vec<Question>, Vec<Vec<&'a Open>>) {
    let mut by_file: BTreeMap<(At, u32), Vec<&Open>> = BTreeMap::new();
    for item in open {
        let stands = |state: &State| {
            let items = state.items(PathNo(item.place.path));
            items.get(item.place.at as usize) == Some(&item.place.item)
        };
        if let Some((tip, _)) = tips.iter().find(|(_, state)| stands(state)) {
            by_file
                .entry((*tip, item.place.path))
                .or_default()
                .push(item);
        }
    }
    let question = |((tip, path), items): (&(At, u32), &Vec<&Open>)| Question {
        commit: past.id(*tip),
        path: past.paths.get(PathNo(*path)).to_vec(),
        lines: items.iter().map(|item| item.place.line).collect(),
    };
    (
        by_file.iter().map(question).collect(),
        by_file.into_values().collect(),
    )
}

/// Asks git, several processes at a time.
fn ask(order: &VerifyOrder<'_>, questions: &[Question]) -> Result<Vec<Answer>, VerifyError> {
    let total: usize = questions.iter().map(|question| question.lines.len()).sum();
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let answers: Mutex<Vec<Option<Answer>>> = Mutex::new(vec![None; questions.len()]);
    let (folder, cancel) = (order.repository.git_dir(), order.cancel);
    // The progress function may be called by any thread; the repository stays with this one.
    let progress = order.progress;
    std::thread::scope(|scope| {
        for _ in 0..order.threads.clamp(1, questions.len().max(1)) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(question) = questions.get(number) else {
                        return;
                    };
                    if cancel.load(Ordering::Relaxed) {
                        return;
                    }
                    let answer = run::blame(folder, question, cancel);
                    answers.lock().unwrap_or_else(PoisonError::into_inner)[number] = Some(answer);
                    let lines = question.lines.len();
                    let done = done.fetch_add(lines, Ordering::Relaxed) + lines;
                    progress("asking git blame", done as u64, total as u64);
                }
            });
        }
    });
    order.check()?;
    let answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(answers
        .into_iter()
        .map(|answer| answer.unwrap_or(Answer::Late))
        .collect())
}

/// The commits of an item's events of one kind, or of any.
fn commits_of<'a>(
    life: &'a Life,
    past: &'a Past,
    wanted: impl Fn(EventKind) -> bool + 'a,
) -> impl Iterator<Item = At> + 'a {
    let events = life.events.iter().filter(move |h| wanted(h.event.kind));
    events.filter_map(|h| past.numbered(h.commit))
}
