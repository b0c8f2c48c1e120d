//! What a review says, in which order.

use crate::report::boards::{Finding, Question, ReviewPage, Said, Speaker};
use crate::report::sheet::{Block, Entry, Line, Mark, Section, Sheet};
use crate::report::standup::heading;
use crate::report::words::{count, of, plural};
use crate::week::timer::clock;

/// Findings of a bucket, notes of somebody, questions.
const MOST: usize = 40;

/// The buckets and what they are called, from left to right.
pub(in crate::report) const BUCKETS: [(&str, &str); 3] = [
    ("refactor", "Refactor"),
    ("must_change", "Must change"),
    ("get_to_delete", "Get to delete"),
];

/// Lays a review out.
pub(in crate::report) fn sheet(review: &ReviewPage) -> Sheet {
    let mut sections: Vec<Section> = BUCKETS
        .into_iter()
        .filter_map(|(bucket, title)| findings(review, bucket, title))
        .collect();
    sections.extend(told(review));
    sections.push(questions(review));
    sections.extend(day_4(review));
    let title = Line::of("Review of ").words(&review.week);
    Sheet {
        title: heading(title, review.hack, review.title.as_deref()),
        about: about(review),
        lead: lead(review),
        sections,
        ..Sheet::default()
    }
}

fn about(review: &ReviewPage) -> Line {
    let shown = &review.shown;
    let presented = review.speakers.iter().filter(|it| it.turn == "done");
    let mut line = Line::new().soft(format!(
        "{} presented",
        of(presented.count(), review.speakers.len())
    ));
    if shown.hacks > 0 {
        line = line.soft(format!(
            " · {} shown: {} to undo, {} to keep, {} undecided",
            plural(shown.hacks, "hack", "hacks"),
            count(shown.undo),
            count(shown.keep),
            count(shown.undecided)
        ));
    }
    line
}

/// What stands in the way of day 4.
fn lead(review: &ReviewPage) -> Line {
    let all = review.findings.len() as u64;
    let locked = review.findings.iter().filter(|it| it.locked).count() as u64;
    let found = match all {
        0 => return Line::of("Nothing was found yet."),
        all => plural(all, "finding", "findings"),
    };
    match locked {
        0 => Line::new().strong(found).plain(", none of them locked."),
        locked => (Line::new().strong(found).plain(", "))
            .bad(format!("{} locked", count(locked)))
            .plain(" until a test is linked."),
    }
}

fn findings(review: &ReviewPage, bucket: &str, title: &str) -> Option<Section> {
    let own: Vec<&Finding> = (review.findings.iter())
        .filter(|finding| finding.bucket == bucket)
        .collect();
    let entries: Vec<Entry> = own.iter().map(|it| finding(it)).collect();
    (!entries.is_empty()).then(|| Section {
        title: Line::of(title),
        beside: Line::of(beside(review, bucket, own.len())),
        blocks: vec![Block::list(entries, MOST)],
        level: 1,
        brief: true,
        narrow: false,
    })
}

/// What stands beside the name of a bucket.
pub(in crate::report) fn beside(review: &ReviewPage, bucket: &str, own: usize) -> String {
    let own = count(own as u64);
    match bucket {
        "refactor" => format!(
            "{own}, {} of {} tested",
            count(review.refactors_tested),
            count(review.refactors_to_test)
        ),
        "get_to_delete" if review.lines_deleted != 0 => {
            format!("{own}, {} lines", review.lines_deleted)
        }
        _ => own,
    }
}

fn finding(finding: &Finding) -> Entry {
    let mut line = Line::new().words(&finding.what);
    if let Some(owner) = &finding.owner {
        line = line.soft(" · ").name(owner);
    }
    if let Some(place) = &finding.place {
        line = line.soft(" · ").place(place, None);
    }
    if let Some(lines) = finding.lines {
        line = line.soft(format!(" · {lines:+} lines"));
    }
    if let Some(debt) = &finding.debt {
        line = line.soft(" · ").label(debt);
    }
    let test = (&finding.test, finding.test_state.as_str());
    line = match (test, &finding.unlocked_because) {
        ((Some(test), _), _) => line.soft(" · test ").quote(test),
        ((None, "not_needed"), _) => line.soft(" · needs no test"),
        (_, Some(why)) => line.soft(" · without a test: ").words(why),
        _ if finding.locked => line.plain(" · ").bad("no test yet, locked"),
        _ => line,
    };
    let mark = match (finding.done_at, finding.locked) {
        (Some(_), _) => Mark::Done,
        (None, true) => Mark::Blocked,
        (None, false) => Mark::Open,
    };
    Entry::new(mark, line)
}

/// What each said, in the order in which they presented.
fn told(review: &ReviewPage) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut rest = review.said.as_slice();
    while let Some(first) = rest.first() {
        let end = rest.iter().take_while(|said| said.by == first.by).count();
        let (own, others) = rest.split_at(end);
        rest = others;
        let speaker = review.speakers.iter().find(|it| it.name == first.by);
        sections.push(of_person(&first.by, own, speaker));
    }
    if !sections.is_empty() {
        let title = Section {
            title: Line::of("Show and tell"),
            level: 1,
            brief: true,
            ..Section::default()
        };
        sections.insert(0, title);
    }
    sections
}

fn of_person(name: &str, said: &[Said], speaker: Option<&Speaker>) -> Section {
    let mut blocks = Vec::new();
    for (about, title) in ABOUT {
        let own = said.iter().filter(|said| said.about == about);
        let own = own.map(|said| Entry::new(Mark::None, Line::new().words(&said.text)));
        let own: Vec<Entry> = own.collect();
        if !own.is_empty() {
            blocks.push(Block::Over(title));
            blocks.push(Block::list(own, MOST));
        }
    }
    let took = speaker.filter(|it| it.turn != "waiting");
    let took = took.map(|it| clock(chrono::TimeDelta::seconds(it.seconds)));
    Section {
        title: Line::new().name(name),
        beside: took.map_or_else(Line::new, Line::of),
        blocks,
        level: 2,
        brief: true,
        narrow: true,
    }
}

/// What people say, and what it is called.
pub(in crate::report) const ABOUT: [(&str, &str); 3] = [
    ("good", "Good"),
    ("bad", "Bad"),
    ("embarrassing", "Embarrassing"),
];

fn questions(review: &ReviewPage) -> Section {
    let answered = review.questions.iter().filter(|it| it.answer.is_some());
    let entries = review.questions.iter().map(question).collect();
    Section {
        title: Line::of("Questions"),
        beside: Line::of(of(answered.count(), review.questions.len())),
        blocks: vec![Block::list(entries, MOST)],
        level: 1,
        brief: true,
        narrow: false,
    }
}

fn question(question: &Question) -> Entry {
    let line = Line::new().words(&question.question);
    match (&question.answer, &question.by) {
        (Some(answer), Some(by)) => {
            let line = line.plain(" ").words(answer).soft(" · ").name(by);
            Entry::new(Mark::Done, line)
        }
        (Some(answer), None) => Entry::new(Mark::Done, line.plain(" ").words(answer)),
        (None, _) => Entry::new(Mark::Open, line),
    }
}

fn day_4(review: &ReviewPage) -> Option<Section> {
    let all: u64 = review.day_4.iter().map(|load| load.items).sum();
    if all == 0 {
        return None;
    }
    let mut line = Line::new();
    for (at, load) in review.day_4.iter().enumerate() {
        if at > 0 {
            line = line.plain(", ");
        }
        line = match &load.name {
            Some(name) => line.name(name),
            None => line.plain("nobody"),
        };
        line = line.plain(format!(" {}", count(load.items)));
    }
    let mut blocks = vec![Block::Sentence(line)];
    if !review.day_4_before.is_empty() {
        let before: Vec<String> = review.day_4_before.iter().map(u32::to_string).collect();
        blocks.push(Block::Sentence(Line::new().soft(format!(
            "Paid on day 4 of the hacks before: {}.",
            before.join(", ")
        ))));
    }
    Some(Section {
        title: Line::of("Day 4, so far"),
        beside: Line::of(plural(all, "item", "items")),
        blocks,
        level: 1,
        brief: true,
        narrow: false,
    })
}
