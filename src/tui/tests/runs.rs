//! The loop, with a script for a user and a list for the services.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use chrono::{DateTime, Utc};
use crossterm::event::{Event, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::app::{App, overview, report};
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::message::{Message, Notice};
use crate::tui::runtime::{Ended, Input, Next, Performed, Services, run};
use crate::tui::signals::Asked;

/// Keys, after a moment in which answers come.
struct Script(VecDeque<Next>);

impl Script {
    fn of(keys: &str) -> Self {
        let event = |key: &str| {
            let key: Key = key.parse().unwrap();
            Next::Event(Event::Key(KeyEvent::new(key.code, KeyModifiers::NONE)))
        };
        let keys = keys.split(' ').filter(|key| !key.is_empty()).map(event);
        Self(std::iter::once(Next::Nothing).chain(keys).collect())
    }
}

impl Input for Script {
    fn next(&mut self, _wait: Duration) -> io::Result<Next> {
        Ok(self.0.pop_front().unwrap_or(Next::End))
    }
}

#[derive(Default)]
struct Listed {
    done: Vec<Effect>,
    answers: Vec<Message>,
    asked: VecDeque<Asked>,
    now: DateTime<Utc>,
}

impl Services for Listed {
    fn perform(&mut self, effect: Effect) -> Performed {
        if let Effect::Load { generation, .. } = effect {
            self.answers.push(Message::Loaded {
                generation,
                overview: Ok(overview(report()).into()),
            });
        }
        let edited = matches!(effect, Effect::Edit { .. } | Effect::Suspend);
        self.done.push(effect);
        Performed {
            notice: edited.then(|| Notice::done("back")),
            repaint: edited,
        }
    }

    fn answers(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.answers)
    }

    fn is_busy(&self) -> bool {
        false
    }

    fn asked(&mut self) -> Option<Asked> {
        self.asked.pop_front()
    }

    fn now(&self) -> DateTime<Utc> {
        self.now
    }
}

fn play(keys: &str, asked: &[Asked]) -> (Ended, Listed, Terminal<TestBackend>) {
    let mut model = App::unread().model;
    let mut terminal = Terminal::new(TestBackend::new(100, 30)).unwrap();
    let mut services = Listed {
        now: model.now,
        asked: asked.iter().copied().collect(),
        ..Listed::default()
    };
    let ended = run(
        &mut model,
        &mut terminal,
        &mut Script::of(keys),
        &mut services,
    )
    .unwrap();
    (ended, services, terminal)
}

#[test]
fn keys_lead_to_effects_and_a_frame() {
    let (ended, services, terminal) = play("R j y l ctrl-z", &[]);
    assert_eq!(ended, Ended::Quit);
    let copied = services
        .done
        .iter()
        .any(|effect| matches!(effect, Effect::Copy { .. }));
    assert!(copied, "{:?}", services.done);
    let frame = terminal.backend().to_string();
    assert!(frame.contains("[3 Debt"), "{frame}");
}

#[test]
fn q_ends_it_before_the_keys_after_it() {
    let (ended, services, _) = play("q y l", &[]);
    assert_eq!(ended, Ended::Quit);
    assert!(
        !services
            .done
            .iter()
            .any(|effect| matches!(effect, Effect::Copy { .. }))
    );
}

#[test]
fn a_signal_ends_it_with_its_number() {
    let (ended, ..) = play("j j j", &[Asked::End(15)]);
    assert_eq!(ended, Ended::Signal(15));
}

#[test]
fn a_stop_from_outside_is_a_stop() {
    let (_, services, _) = play("j", &[Asked::Stop, Asked::GoOn]);
    assert!(services.done.contains(&Effect::Suspend));
}
