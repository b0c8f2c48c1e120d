//! Show and tell: who presents, and what they say.

use ratatui::layout::Rect;

use crate::tui::actions::Action;
use crate::tui::model::Reply;
use crate::tui::seen::Seen;
use crate::week::Id;
use crate::week::review::{About, Note};
use crate::week::round::{Round, RoundCommand, RoundName, Speaker, Turn};

use super::actions::Do;

/// What notes are about, in the order of the screen.
pub(super) const ABOUT: [About; 3] = [About::Good, About::Bad, About::Embarrassing];

/// What a note is about, in a word.
pub(super) fn word(about: About) -> &'static str {
    match about {
        About::Good => "Good",
        About::Bad => "Bad",
        About::Embarrassing => "Embarrassing",
        About::Talk => "Talk",
    }
}

/// The name of the round.
fn name(seen: &Seen<'_>) -> RoundName {
    RoundName::Review(seen.name)
}

/// The round.
pub(super) fn round(seen: &Seen<'_>) -> Round {
    seen.board().round_or_new(name(seen), seen.rules)
}

/// Who presents: who is speaking, else who comes next, else who spoke last.
pub(super) fn presenter(round: &Round) -> Option<&Speaker> {
    let speaking = round.speaking().map(|(_, speaker)| speaker);
    let done = round.speakers.iter().filter(|s| s.turn == Turn::Done);
    speaking
        .or_else(|| round.next())
        .or_else(|| done.max_by_key(|speaker| speaker.ended))
}

/// What the presenter says: the good, the bad, the embarrassing. Once all have presented, what all of
/// them said.
pub(super) fn notes<'a>(seen: &Seen<'a>) -> Vec<&'a Note> {
    let round = round(seen);
    let people: Vec<&Id> = match round.ended {
        Some(_) => round.speakers.iter().map(|s| &s.person).collect(),
        None => presenter(&round).map(|s| &s.person).into_iter().collect(),
    };
    let written = seen.written();
    let mut notes = Vec::new();
    for about in ABOUT {
        for person in &people {
            notes.extend(written.notes(person, about));
        }
    }
    notes
}

/// Rows of notes in their pane, below the rule and the timer.
pub(super) fn rows(area: Rect, notes: usize) -> usize {
    let inner = usize::from(area.height.saturating_sub(2));
    match notes > inner && inner > 1 {
        // The last row says how many more there are.
        true => inner - 1,
        false => inner,
    }
}

/// Does what is to be done with turns.
pub(super) fn turn(seen: &Seen<'_>, act: Do) -> Reply {
    let round = round(seen);
    // Without a team there is nobody to present.
    if round.speakers.is_empty() {
        return Reply::join(Action::Review(act));
    }
    let name = name(seen);
    Reply::write(match act {
        Do::Next => RoundCommand::Next(name),
        Do::Back => RoundCommand::Back(name),
        Do::Pause => RoundCommand::Pause(name),
        _ => match round.next() {
            Some(next) => RoundCommand::Away {
                round: name,
                person: next.person.clone(),
                away: true,
            },
            None => return Reply::default(),
        },
    })
}

/// Why that cannot be had now.
pub(super) fn why_not(seen: &Seen<'_>, act: Do) -> Option<String> {
    let round = round(seen);
    let words = match act {
        Do::Pause if round.speaking().is_none() => "nobody is speaking",
        Do::Next if round.ended.is_some() => "all have presented; the one before can go on",
        Do::Back if round.done() == 0 => "nobody has presented yet",
        Do::Away if round.next().is_none() => "nobody is waiting",
        _ => return None,
    };
    Some(words.to_owned())
}

/// Whether the timer of who is speaking runs.
pub(super) fn runs(seen: &Seen<'_>) -> bool {
    let round = round(seen);
    round
        .speaking()
        .is_some_and(|(_, speaker)| speaker.timer.runs())
}

/// Whom a note is written for: the presenter, else who is at the keyboard.
pub(super) fn note_of(seen: &Seen<'_>) -> Option<Id> {
    let round = round(seen);
    let presenter = presenter(&round).filter(|_| round.ended.is_none());
    let presenter = presenter.map(|speaker| speaker.person.clone());
    presenter.or_else(|| seen.me().cloned())
}
