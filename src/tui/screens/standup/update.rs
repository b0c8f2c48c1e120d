//! What happens on the Standup screen. Pure: what is to be done is returned.

use ratatui::layout::Position;

use super::actions::Do;
use super::lines::{Key, key_of};
use super::panes::Focus;
use super::state::{State, Unfolded};
use super::{below, demo, forms, side, words};
use crate::report::standup::Person;
use crate::tui::actions::{self, Action};
use crate::tui::document::{Document, Format, exported};
use crate::tui::effect::Effect;
use crate::tui::message::Notice;
use crate::tui::model::Reply;
use crate::tui::screens::called;
use crate::tui::seen::Seen;
use crate::tui::widgets::{fit, window};
use crate::week::Id;
use crate::week::demo::{DemoCommand, Show, Verdict};
use crate::week::promise::PromiseCommand;
use crate::week::round::RoundCommand;
use crate::week::standup::StandupCommand;
use crate::week::task::{TaskCommand, TaskStatus};
use crate::week::team::TeamCommand;

/// Does an action of the screen.
pub fn update(state: &mut State, seen: &Seen<'_>, act: Do) -> Reply {
    if let Some(why) = why_not(state, seen, act) {
        return Reply::notice(Notice::bad(why));
    }
    let round = state.round_name(seen);
    match act {
        Do::Next if seen.board().team().is_empty() => begin_team(state, seen),
        Do::Next => Reply::write(RoundCommand::Next(round)),
        Do::Timer => Reply::write(RoundCommand::Pause(round)),
        Do::Back => Reply::write(RoundCommand::Back(round)),
        Do::Shuffle => {
            // Any number will do, as long as it is another one the next time.
            let seed = seen.now.timestamp_millis().unsigned_abs();
            Reply::write(RoundCommand::Shuffle { round, seed })
        }
        Do::Away => match subject(state, seen) {
            Some(person) => {
                let speakers = state.round(seen).speakers;
                let known = speakers.iter().find(|speaker| speaker.person == person);
                let away = known.is_none_or(|speaker| !speaker.away);
                Reply::write(RoundCommand::Away {
                    round,
                    person,
                    away,
                })
            }
            None => Reply::default(),
        },
        Do::Demo => {
            state.demo = Some(!state.is_demo(seen));
            state.settle(seen);
            Reply::default()
        }
        Do::Join => join(state, seen),
        Do::Task => with(subject(state, seen), |id| forms::task(seen, id)),
        Do::Block => with(subject(state, seen), |id| forms::block(seen, id)),
        Do::Show => with(subject(state, seen), |id| forms::show(seen, id)),
        Do::Talk => with(subject(state, seen), |id| forms::talk(seen, id)),
        Do::Park => {
            let by = subject(state, seen).or_else(|| seen.me().cloned());
            forms::park(seen, by)
        }
        Do::Open => open(state, seen),
        Do::Done => done(state, seen),
        Do::Judge => judge(state, seen),
        Do::Link => match state.key() {
            Some(Key::Show(id)) => forms::link(seen, id.clone()),
            _ => Reply::default(),
        },
        Do::Delete => delete(state, seen),
        Do::CopyRow => copy(row(state, seen).unwrap_or_default(), "row"),
        Do::CopyCommit => match state.key() {
            Some(Key::Commit(_, id)) => copy(id.clone(), "hash"),
            _ => Reply::default(),
        },
        Do::CopyMarkdown => copy_all(state, Format::Markdown),
        Do::CopySlack => copy_all(state, Format::Slack),
        _ => exported!(act).map_or_else(Reply::default, |format| export(state, format)),
    }
}

/// Why an action cannot be had now; `None` if it can.
pub fn why_not(state: &State, seen: &Seen<'_>, act: Do) -> Option<String> {
    if state.standup.is_none() {
        return Some("the index is still being read".to_owned());
    }
    let none = |text: &str| Some(text.to_owned());
    let other_week = seen.name != seen.calendar.week_of(seen.now);
    let round = || state.round(seen);
    match act {
        Do::Next | Do::Timer | Do::Back | Do::Shuffle | Do::Away if other_week => {
            none("it is another week's; g w goes back to this one")
        }
        Do::Next if round().ended.is_some() => {
            none("the round is over; , goes back to who spoke last")
        }
        Do::Timer if round().speaking().is_none() => none("nobody speaks; space begins"),
        Do::Back if round().done() == 0 => none("nobody spoke before"),
        Do::Shuffle if round().next().is_none() => none("nobody waits"),
        Do::Join if strangers(state).is_empty() => none("everybody who commits is in the team"),
        Do::Away | Do::Task | Do::Block | Do::Show | Do::Talk if subject(state, seen).is_none() => {
            match seen.board().team().is_empty() {
                true => none("there is no team yet; space makes one of these"),
                false => none("they are in no team yet; + takes them in"),
            }
        }
        Do::Open => match state.key() {
            None => none("nothing is selected"),
            Some(Key::Blocker(_)) => none("nothing lies behind it; d: it is solved"),
            Some(Key::Parked(_)) => none("nothing lies behind it; d: it is talked over"),
            Some(Key::Show(_)) => none("nothing lies behind it; d: it was seen, l links debt"),
            Some(_) => None,
        },
        Do::Done => match state.key() {
            Some(Key::Task(_) | Key::Blocker(_) | Key::Parked(_) | Key::Show(_)) => None,
            Some(Key::Promise(id)) => {
                let promise = seen.board().promises.get(id);
                let next = promise.and_then(|promise| promise.state.next());
                next.is_none().then(|| "it is over already".to_owned())
            }
            Some(Key::Debt(_)) => none("debt is paid in the code; enter goes to the Debt screen"),
            _ => none("that is nothing to be done; j goes to a task"),
        },
        Do::Judge | Do::Link => match state.key() {
            Some(Key::Show(_)) => None,
            _ => none("it is for a hack of the demo; m and tab go there"),
        },
        Do::Delete => match state.key() {
            Some(Key::Commit(..)) => none("commits are git's"),
            Some(Key::Debt(_)) => none("debt is paid, accepted or dismissed on the Debt screen"),
            Some(Key::Person(_)) if subject(state, seen).is_none() => none("they are in no team"),
            None => none("nothing is selected"),
            _ => None,
        },
        Do::CopyRow if row(state, seen).is_none() => none("nothing is selected"),
        Do::CopyCommit if !matches!(state.key(), Some(Key::Commit(..))) => {
            none("no commit is selected")
        }
        _ => None,
    }
}

fn with(person: Option<Id>, then: impl FnOnce(Id) -> Reply) -> Reply {
    person.map_or_else(Reply::default, then)
}

/// Of whom the cursor is; where it is at nobody's, who speaks, or else the user.
fn subject(state: &State, seen: &Seen<'_>) -> Option<Id> {
    let known = |id: Id| seen.board().people.contains_key(&id).then_some(id);
    let show = |id: &Id| seen.board().shows.get(id).map(|show| show.by.clone());
    match (state.focus, state.key()) {
        (_, Some(Key::Person(id))) => id.parse().ok().and_then(known),
        (Focus::Side, Some(Key::Show(id))) => show(id).and_then(known),
        (Focus::Round, Some(_)) => {
            let open = state.open(seen).and_then(|open| state.people().get(open));
            open.and_then(id_of).and_then(known)
        }
        _ => {
            let round = state.round(seen);
            let speaking = round.speaking().map(|(_, speaker)| speaker.person.clone());
            speaking.or_else(|| seen.me().cloned())
        }
    }
}

fn id_of(person: &Person) -> Option<Id> {
    person.id.as_ref().and_then(|id| id.parse().ok())
}

/// Those who commit and are in no team.
fn strangers(state: &State) -> Vec<&Person> {
    let people = state.people().iter();
    people.filter(|person| person.id.is_none()).collect()
}

/// Takes somebody who commits into the team.
fn add(seen: &Seen<'_>, person: &Person) -> Effect {
    let commits = seen.overview.map_or(&[][..], |overview| &overview.commits);
    let mut mails: Vec<String> = Vec::new();
    for commit in commits {
        let (name, mail) = match commit.author.rsplit_once('<') {
            Some((name, mail)) => (name.trim(), mail.trim_end_matches('>').trim()),
            None => (commit.author.trim(), ""),
        };
        let mail = mail.to_lowercase();
        let same = name == person.name || (name.is_empty() && mail == person.name.to_lowercase());
        if same && !mail.is_empty() && !mails.contains(&mail) {
            mails.push(mail);
        }
    }
    let name = person.name.clone();
    Effect::Write(Box::new(TeamCommand::Add { name, mails }.into()))
}

/// Without a team: who committed this week becomes one, each by a command of their own. Where nobody
/// did, the user does.
fn begin_team(state: &State, seen: &Seen<'_>) -> Reply {
    let strangers = strangers(state);
    if strangers.is_empty() {
        return Reply::join(Action::Standup(Do::Next));
    }
    Reply {
        effects: strangers.into_iter().map(|it| add(seen, it)).collect(),
        ..Reply::default()
    }
}

/// Takes who is selected into the team, or the first who is not in it.
fn join(state: &State, seen: &Seen<'_>) -> Reply {
    let strangers = strangers(state);
    let selected = strangers.iter().find(|it| Some(&key_of(it)) == state.key());
    let person = selected.or(strangers.first());
    person.map_or_else(Reply::default, |person| Reply::effect(add(seen, person)))
}

fn open(state: &mut State, seen: &Seen<'_>) -> Reply {
    match state.key().cloned() {
        Some(key @ Key::Person(_)) if state.focus == Focus::Round => {
            let open = state.open(seen).and_then(|open| state.people().get(open));
            state.unfolded = match open.is_some_and(|open| key_of(open) == key) {
                true => Unfolded::Nobody,
                false => Unfolded::Person(key),
            };
            state.settle(seen);
            Reply::default()
        }
        Some(Key::Task(id)) => forms::edit(seen, id),
        Some(Key::Promise(id)) => Reply::promise(id),
        Some(Key::Debt(id)) => {
            let people = state.people().iter();
            let mut owed = people.flat_map(|person| &person.owes);
            let item = owed.find(|item| item.id == id);
            item.map_or_else(Reply::default, |item| {
                Reply::item(&item.repository, &item.id)
            })
        }
        Some(Key::Commit(_, id)) => copy(id, "hash"),
        _ => Reply::default(),
    }
}

fn done(state: &State, seen: &Seen<'_>) -> Reply {
    let board = seen.board();
    match state.key().cloned() {
        Some(Key::Task(task)) => {
            let done = board.tasks.get(&task).is_some_and(|task| task.is_done());
            let status = if done {
                TaskStatus::Open
            } else {
                TaskStatus::Done
            };
            Reply::write(TaskCommand::Mark { task, status })
        }
        Some(Key::Blocker(blocker)) => {
            let known = board.blockers.get(&blocker);
            let solved = known.is_some_and(|blocker| blocker.is_open());
            Reply::write(StandupCommand::Solve { blocker, solved })
        }
        Some(Key::Parked(parked)) => {
            let done = true;
            Reply::write(StandupCommand::Settle { parked, done })
        }
        Some(Key::Promise(promise)) => {
            let known = board.promises.get(&promise);
            match known.and_then(|known| known.state.next()) {
                Some(state) => Reply::write(PromiseCommand::Mark { promise, state }),
                None => Reply::default(),
            }
        }
        Some(Key::Show(show)) => {
            let known = board.shows.get(&show);
            let seen = known.is_some_and(|show| show.seen_at.is_none());
            Reply::write(DemoCommand::See { show, seen })
        }
        _ => Reply::default(),
    }
}

fn judge(state: &State, seen: &Seen<'_>) -> Reply {
    let Some(Key::Show(show)) = state.key().cloned() else {
        return Reply::default();
    };
    let known: Option<&Show> = seen.board().shows.get(&show);
    let verdict = match known.map(|show| show.verdict) {
        Some(Verdict::Undecided) | None => Verdict::Undo,
        Some(Verdict::Undo) => Verdict::Keep,
        Some(Verdict::Keep) => Verdict::Undecided,
    };
    Reply::write(DemoCommand::Judge { show, verdict })
}

fn delete(state: &State, seen: &Seen<'_>) -> Reply {
    match state.key().cloned() {
        Some(Key::Task(task)) => Reply::write(TaskCommand::Delete { task }),
        Some(Key::Blocker(blocker)) => Reply::write(StandupCommand::DeleteBlocker { blocker }),
        Some(Key::Parked(parked)) => Reply::write(StandupCommand::DeleteParked { parked }),
        Some(Key::Promise(promise)) => Reply::write(PromiseCommand::Delete { promise }),
        Some(Key::Show(show)) => Reply::write(DemoCommand::Delete { show }),
        Some(Key::Person(_)) => with(subject(state, seen), |person| {
            let left = true;
            Reply::write(TeamCommand::Leave { person, left })
        }),
        _ => Reply::default(),
    }
}

/// What the cursor is at, in one line of plain text.
fn row(state: &State, seen: &Seen<'_>) -> Option<String> {
    let board = seen.board();
    let open = state.open(seen).and_then(|open| state.people().get(open));
    match state.key()? {
        Key::Person(_) => {
            let mut people = state.people().iter();
            let person = people.find(|it| Some(&key_of(it)) == state.key())?;
            Some(format!(
                "{}: {} commits, +{} -{} debt, {} today",
                person.name,
                person.commits.len(),
                person.opened,
                person.paid,
                person.today.len()
            ))
        }
        Key::Commit(_, id) => {
            let commit = open?.commits.iter().find(|it| it.id == *id)?;
            let short = crate::report::words::short(&commit.id);
            Some(format!("{short} {}", commit.subject))
        }
        Key::Debt(id) => {
            let item = open?.owes.iter().find(|it| it.id == *id)?;
            let place = words::place(item);
            Some(format!(
                "{} {} {} {place}",
                item.name, item.marker, item.text
            ))
        }
        Key::Task(id) => {
            let task = board.tasks.get(id)?;
            Some(format!("{} {}", called::number(seen, task), task.text))
        }
        Key::Blocker(id) => {
            let blocker = board.blockers.get(id)?;
            let who = board.name(&blocker.person);
            let since = words::when(seen, blocker.since);
            Some(format!("{}, {who}, since {since}", blocker.text))
        }
        Key::Promise(id) => {
            let promise = board.promises.get(id)?;
            let to = match promise.to.is_empty() {
                true => "all".to_owned(),
                false => called::names(seen, &promise.to),
            };
            let from = board.name(&promise.from);
            let state = promise.state.words();
            Some(format!("{from} -> {to}: {}, {state}", promise.what))
        }
        Key::Parked(id) => Some(board.parked.get(id)?.text.clone()),
        Key::Show(id) => {
            let show = board.shows.get(id)?;
            Some(format!("{}: {}", board.name(&show.by), show.what))
        }
    }
}

fn copy(text: String, what: &'static str) -> Reply {
    // A clipboard ends in a shell sooner or later.
    let text = fit::safe(&text);
    Reply::effect(Effect::Copy { text, what })
}

fn document(state: &State) -> Option<Document> {
    let standup = state.standup.clone()?;
    Some(Document::Standup(Box::new(standup)))
}

fn export(state: &State, format: Format) -> Reply {
    document(state).map_or_else(Reply::default, |document| Reply::export(document, format))
}

fn copy_all(state: &State, format: Format) -> Reply {
    let written = document(state).map(|document| document.write(format));
    match written {
        Some(Ok(bytes)) => {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let what = format.name();
            Reply::effect(Effect::Copy { text, what })
        }
        Some(Err(error)) => Reply::notice(Notice::bad(error.to_string())),
        None => Reply::default(),
    }
}

/// Moves in the focused pane.
pub(super) fn moved(state: &mut State, seen: &Seen<'_>, act: actions::Do) -> Reply {
    let page = i64::from(state.panes(seen).round.height.saturating_sub(1).max(2));
    let by = act.rows(page);
    step(state, seen, state.focus, by)
}

/// Moves by so many things of a pane.
pub(super) fn step(state: &mut State, seen: &Seen<'_>, focus: Focus, by: i64) -> Reply {
    let things = state.keys(seen, focus).len();
    let at = state.cursors[focus as usize].at;
    state.put(seen, focus, window::moved(at, by, things));
    Reply::default()
}

/// A click: selects a row, or takes the focus.
pub(super) fn click(state: &mut State, seen: &Seen<'_>, at: Position) -> Reply {
    let panes = state.panes(seen);
    let row = |top: u16| at.y.checked_sub(top + 1).map(usize::from);
    if panes.round.contains(at) {
        state.focus = Focus::Round;
        let lines = state.lines(seen);
        let line = row(panes.round.y).and_then(|row| lines.get(row + state.offset));
        let key = line.and_then(|line| line.key(state));
        let keys = state.keys(seen, Focus::Round);
        if let Some(nth) = key.and_then(|key| keys.iter().position(|other| *other == key)) {
            state.put(seen, Focus::Round, nth);
        }
        return Reply::default();
    }
    for (focus, area) in [
        (Focus::Promises, panes.promises),
        (Focus::Parked, panes.parked),
    ] {
        if area.contains(at) {
            state.focus = focus;
            put_in_list(state, seen, focus, area, row(area.y));
        }
    }
    if panes.side.contains(at) {
        state.focus = Focus::Side;
        let list = side::parts(panes.side, state.is_demo(seen)).list;
        if list.contains(at) && state.is_demo(seen) {
            if let Some(nth) = demo::at(list, state, seen, at.y) {
                state.put(seen, Focus::Side, nth);
            }
        } else if list.contains(at) {
            put_in_list(state, seen, Focus::Side, list, row(list.y));
        }
    }
    Reply::default()
}

fn put_in_list(
    state: &mut State,
    seen: &Seen<'_>,
    focus: Focus,
    area: ratatui::layout::Rect,
    row: Option<usize>,
) {
    let things = state.keys(seen, focus).len();
    let first = below::first(area, state.cursors[focus as usize].at, things);
    if let Some(row) = row.filter(|row| first + row < things) {
        state.put(seen, focus, first + row);
    }
}
