//! What happens on the Review screen. Pure: what is to be done is returned.

use super::actions::Do;
use super::panes::Focus;
use super::state::{Asked, State};
use super::{findings, forms, questions, tell};
use crate::tui::actions::Action;
use crate::tui::document::{Document, Format, exported};
use crate::tui::form::Problem;
use crate::tui::message::Notice;
use crate::tui::model::Reply;
use crate::tui::screens::payback::tested;
use crate::tui::seen::Seen;
use crate::week::review::{Finding, ReviewCommand};

/// Does an action of the screen.
pub fn update(state: &mut State, seen: &Seen<'_>, act: Do) -> Reply {
    if let Some(why) = why_not(state, seen, act) {
        return Reply::notice(Notice::bad(why));
    }
    if let Some(format) = exported!(act) {
        return Reply::export(document(seen), format);
    }
    match act {
        Do::Next | Do::Back | Do::Pause | Do::Away => tell::turn(seen, act),
        Do::Note => match tell::note_of(seen) {
            Some(by) => forms::note(seen, by),
            None => Reply::join(Action::Review(act)),
        },
        Do::Question => {
            let Some(question) = state.question(seen) else {
                return Reply::default();
            };
            state.focus = Focus::Questions;
            state.put(seen, Focus::Questions, question.number - 1);
            questions::answer(&question)
        }
        Do::Add if state.focus == Focus::Questions => questions::add(),
        Do::Add => forms::add(seen, state.bucket()),
        Do::Debt => forms::debt(seen, state.bucket()),
        Do::Left | Do::Right => {
            state.focus = state.focus.beside(act == Do::Right);
            state.settle(seen);
            Reply::default()
        }
        Do::CopyMarkdown => Reply::copied(&document(seen), Format::Markdown),
        Do::CopySlack => Reply::copied(&document(seen), Format::Slack),
        Do::Delete if state.focus == Focus::Notes => match state.note(seen) {
            Some(note) => Reply::write(ReviewCommand::Unsay {
                note: note.id.clone(),
            }),
            None => Reply::default(),
        },
        Do::Open | Do::Edit | Do::Delete | Do::Down | Do::Up if state.focus == Focus::Questions => {
            questions::change(state, seen, act)
        }
        _ => match state.finding(seen) {
            Some(finding) => of_finding(state, seen, act, finding),
            None => Reply::default(),
        },
    }
}

fn document(seen: &Seen<'_>) -> Document {
    Document::Review(Box::new(seen.review()))
}

fn of_finding(state: &mut State, seen: &Seen<'_>, act: Do, finding: &Finding) -> Reply {
    match act {
        Do::BucketLeft | Do::BucketRight => {
            let Some(bucket) = findings::beside(finding, act == Do::BucketRight) else {
                return Reply::default();
            };
            // The cursor goes with it.
            state.focus = Focus::Bucket(bucket);
            state.cursors[state.focus.place()].hold(finding.id.as_str());
            Reply::write(ReviewCommand::Put {
                finding: finding.id.clone(),
                bucket,
            })
        }
        Do::Down | Do::Up => findings::order(seen, finding, act == Do::Down).unwrap_or_default(),
        Do::Test => forms::test(finding),
        Do::Unlock => forms::unlock(finding),
        Do::Take => match seen.me() {
            Some(me) => findings::take(finding, me),
            None => Reply::join(Action::Review(act)),
        },
        Do::Delete => Reply::write(ReviewCommand::Delete {
            finding: finding.id.clone(),
        }),
        Do::Open => open(seen, finding),
        _ => forms::edit(seen, finding),
    }
}

/// The debt that a finding is about, where its code is; else the finding itself.
fn open(seen: &Seen<'_>, finding: &Finding) -> Reply {
    let items = seen.overview.map(|overview| overview.report.items.iter());
    let item = items.and_then(|mut items| {
        let debt = finding.debt.as_ref()?;
        items.find(|item| item.id == debt.as_str())
    });
    match item {
        Some(item) => Reply::item(&item.repository, &item.id),
        None => forms::edit(seen, finding),
    }
}

/// Why an action cannot be had now; `None` if it can.
pub fn why_not(state: &State, seen: &Seen<'_>, act: Do) -> Option<String> {
    match act {
        Do::Next | Do::Back | Do::Pause | Do::Away => tell::why_not(seen, act),
        Do::Debt if seen.overview.is_none() => Some("the index is still being read".to_owned()),
        Do::Debt if findings::open_debt(seen).is_empty() => {
            Some("no debt of this week is open".to_owned())
        }
        Do::Note | Do::Question | Do::Add | Do::Debt | Do::Left | Do::Right => None,
        Do::CopyMarkdown | Do::CopySlack => None,
        _ if exported!(act).is_some() => None,
        _ if state.focus == Focus::Questions => questions::why_not(state, seen, act),
        Do::Delete if state.focus == Focus::Notes => {
            let none = state.note(seen).is_none();
            none.then(|| "no note is selected".to_owned())
        }
        _ => match state.finding(seen) {
            Some(finding) => findings::why_not(seen, finding, act),
            None => Some("no finding is selected".to_owned()),
        },
    }
}

/// Takes the answers of a form.
///
/// # Errors
/// A field that says nothing that can be used.
pub fn answered(
    state: &mut State,
    seen: &Seen<'_>,
    asked: &Asked,
    values: &[String],
) -> Result<Reply, Problem> {
    let text = values.first().map_or("", String::as_str);
    Ok(match asked {
        Asked::Add(bucket) | Asked::Debt(bucket) => {
            let reply = match asked {
                Asked::Add(_) => forms::added(seen, *bucket, values)?,
                _ => forms::debt_added(seen, *bucket, values)?,
            };
            // What is new is the last of its bucket.
            state.focus = Focus::Bucket(*bucket);
            let cursor = &mut state.cursors[state.focus.place()];
            (cursor.held, cursor.row) = (None, usize::MAX);
            reply
        }
        Asked::Edit(finding) => forms::edited(seen, finding, values)?,
        Asked::Test(finding) => Reply::write(tested(finding, text)),
        Asked::Unlock(_) if text.is_empty() => {
            return Err(Problem::new(0, "a reason is needed: a few words"));
        }
        Asked::Unlock(finding) => Reply::write(ReviewCommand::Unlock {
            finding: finding.clone(),
            reason: text.to_owned(),
        }),
        Asked::Note(by) => forms::noted(seen, by, values)?,
        Asked::Answer(question) => questions::answered(seen, question, text),
        Asked::Question => {
            let reply = questions::added(seen, text)?;
            // What is new is the last of all.
            state.focus = Focus::Questions;
            let cursor = &mut state.cursors[state.focus.place()];
            (cursor.held, cursor.row) = (None, usize::MAX);
            reply
        }
        Asked::Reword(question) => questions::reworded(question, text)?,
    })
}
