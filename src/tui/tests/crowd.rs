//! A week that is too much: thirty people with names of every kind, and lists without an end.

use super::app::App;
use crate::week::made_up::week;
use crate::week::payback::{CheckList, PaybackCommand};
use crate::week::question::{QuestionCommand, Which};
use crate::week::review::{About, Bucket, NewFinding, ReviewCommand};
use crate::week::team::TeamCommand;
use crate::week::{Command, Id};

const NAMES: [&str; 5] = [
    "Wolfeschlegelsteinhausenbergerdorff",
    "日本太郎・とても長い名前",
    "\u{1b}[31mred\u{202e}",
    "é\u{301}\u{301}\u{301}",
    "👩‍👩‍👧‍👦 family",
];

const TEXTS: [&str; 4] = [
    "a text that goes on and on without any end, so that every column there is has to cut it somewhere",
    "日本語のテキスト、とても長いので切られるはずです、そうでしょう",
    "\u{1b}[2J\u{1b}]0;owned\u{7}",
    "x",
];

/// The made-up week with the crowd in it.
pub(super) fn crowded(when: &str) -> App {
    let mut app = App::at(when);
    let (now, sammy) = (app.model.now, app.model.sees().me().cloned());
    let book = app.book.as_mut().unwrap();
    let mut run = |command: Command| book.run(command, now).unwrap()[0].entity.clone();
    let people: Vec<Id> = (0..26)
        .map(|n| {
            let name = format!("{}{n}", NAMES[n % NAMES.len()]);
            let mails = Vec::new();
            run(TeamCommand::Add { name, mails }.into())
        })
        .collect();
    for n in 0..40 {
        let text = TEXTS[n % TEXTS.len()].to_owned();
        let owner = Some(people[n % people.len()].clone());
        let finding = NewFinding {
            week: week(),
            bucket: Bucket::ALL[n % 3],
            owner: owner.clone(),
            what: text.clone(),
            place: "very/deep/".repeat(n % 9) + "file.rs:17",
            lines: Some(-9_000_000_000),
            debt: None,
        };
        run(ReviewCommand::Add(finding).into());
        let lists = [
            CheckList::Document,
            CheckList::Test,
            CheckList::Refactor,
            CheckList::Standard,
        ];
        let check = PaybackCommand::AddCheck {
            week: week(),
            list: lists[n % 4],
            text: text.clone(),
            owner,
            finding: None,
        };
        run(check.into());
        let note = ReviewCommand::Say {
            week: week(),
            by: sammy.clone().unwrap(),
            about: About::Bad,
            text,
        };
        run(note.into());
    }
    for text in TEXTS {
        let (week, text) = (week(), text.repeat(2));
        run(QuestionCommand::Add { week, text }.into());
    }
    for question in 1..=6 {
        let answer = ReviewCommand::Answer {
            week: week(),
            question: Which::Method(question),
            text: TEXTS[usize::from(question) % TEXTS.len()].repeat(3),
            by: None,
        };
        run(answer.into());
    }
    app.know();
    app.effects.clear();
    app
}
