//! From what people wrote to the document of the review.

use chrono::{DateTime, Utc};

use crate::report::boards::{
    Finding as FindingRow, Load, Question, ReviewPage, SCHEMA_REVIEW, Said, Shown, Speaker,
};
use crate::report::csv::word;
use crate::report::facts::Scene;
use crate::report::rows::filled;
use crate::week::demo::Verdict;
use crate::week::question::Asked;
use crate::week::review::{About, Bucket, Finding, Test};
use crate::week::round::{RoundName, Speaker as Turned};
use crate::week::{Board, Id, Rules, WeekName};

/// What somebody says in show and tell, in the order of the method.
const ABOUT: [About; 3] = [About::Good, About::Bad, About::Embarrassing];

/// How many earlier weeks day 4 is compared with.
const BEFORE: usize = 3;

/// The review of a week.
pub fn review(scene: &Scene<'_>) -> ReviewPage {
    let (board, name) = (scene.board, scene.week.name());
    let week = board.week(name);
    let record = week.record();
    let findings = Bucket::ALL.into_iter().flat_map(|b| week.findings(b));
    let (tested, to_test) = week.tests_of_refactors();
    let load = |(owner, count): (Option<&Id>, usize)| Load {
        name: owner.map(|owner| scene.name(owner)),
        items: count as u64,
    };
    let earlier = name.previous();
    let earlier = earlier.map(|week| board.week(week).figures_up_to_here(BEFORE));
    let closed = earlier.into_iter().flatten();
    ReviewPage {
        schema: SCHEMA_REVIEW.to_owned(),
        week: name.to_string(),
        hack: record.number,
        title: board.title_at(name).map(str::to_owned),
        findings: findings.map(|finding| row(scene, finding)).collect(),
        refactors_tested: tested as u64,
        refactors_to_test: to_test as u64,
        lines_deleted: week.lines_deleted(),
        said: said(scene),
        shown: shown(scene),
        questions: questions(board, name),
        speakers: speakers(board, RoundName::Review(name), scene.rules, scene.now),
        day_4: week.day_4_so_far().into_iter().map(load).collect(),
        day_4_before: closed.filter_map(|(_, it)| it.paid_on_day_4).collect(),
    }
}

fn row(scene: &Scene<'_>, finding: &Finding) -> FindingRow {
    let (state, test) = match &finding.test {
        Test::Missing => ("missing", None),
        Test::Linked(test) => ("linked", Some(test.clone())),
        Test::NotNeeded => ("not_needed", None),
    };
    FindingRow {
        id: scene.board.short_name(&finding.id),
        bucket: word(&finding.bucket),
        what: finding.what.clone(),
        place: filled(&finding.place),
        lines: finding.lines,
        owner: finding.owner.as_ref().map(|owner| scene.name(owner)),
        debt: finding.debt.as_ref().map(|it| scene.board.debt_name(it)),
        test_state: state.to_owned(),
        test,
        unlocked_because: finding.unlocked_because.clone(),
        locked: finding.is_locked(),
        done_at: finding.done_at.map(|at| scene.local(at)),
    }
}

/// What people said, by person in the order in which they present; who is in no round last.
fn said(scene: &Scene<'_>) -> Vec<Said> {
    let (board, name) = (scene.board, scene.week.name());
    let week = board.week(name);
    let round = board.round_or_new(RoundName::Review(name), scene.rules);
    let mut people: Vec<&Id> = round.speakers.iter().map(|it| &it.person).collect();
    for note in board.notes.values().filter(|note| note.week == name) {
        if !people.contains(&&note.by) {
            people.push(&note.by);
        }
    }
    let all = people.iter().flat_map(|person| {
        let notes = ABOUT
            .into_iter()
            .flat_map(|about| week.notes(person, about));
        notes.map(|note| Said {
            by: scene.name(&note.by),
            about: word(&note.about),
            text: note.text.clone(),
        })
    });
    all.collect()
}

fn shown(scene: &Scene<'_>) -> Shown {
    let week = scene.board.week(scene.week.name());
    let seen = week
        .shows()
        .into_iter()
        .filter(|show| show.seen_at.is_some());
    let judged = |verdict| week.shows_judged(verdict) as u64;
    Shown {
        hacks: seen.count() as u64,
        undo: judged(Verdict::Undo),
        keep: judged(Verdict::Keep),
        undecided: judged(Verdict::Undecided),
    }
}

/// The questions of a week with their answers, in their order.
pub fn questions(board: &Board, week: WeekName) -> Vec<Question> {
    let row = |asked: Asked<'_>| Question {
        number: asked.number as u64,
        id: asked.own().map(|id| board.short_name(id)),
        question: asked.text.to_owned(),
        answer: asked.answer.map(|answer| answer.text.clone()),
        by: (asked.answer).and_then(|it| Some(board.name(it.by.as_ref()?).to_owned())),
    };
    let asked = board.week(week).questions().into_iter();
    asked.map(row).collect()
}

/// The speakers of a round at a moment.
pub fn speakers(board: &Board, name: RoundName, rules: &Rules, now: DateTime<Utc>) -> Vec<Speaker> {
    let round = board.round_or_new(name, rules);
    let row = |speaker: &Turned| Speaker {
        name: board.name(&speaker.person).to_owned(),
        turn: word(&speaker.turn),
        seconds: speaker.timer.spent(now).num_seconds(),
        away: speaker.away,
    };
    round.speakers.iter().map(row).collect()
}
