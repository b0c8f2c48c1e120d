//! A model with the made-up week in it, driven by keys.

use std::path::PathBuf;
use std::sync::Arc;

use super::{abroad, hack6};
use chrono::{DateTime, Utc};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::report::debt::{DebtReport, Item, ReportScope};
use crate::tui::effect::Effect;
use crate::tui::key::{Key, Keys};
use crate::tui::keymap::{Keymap, check};
use crate::tui::message::{Message, Set, Turn, Wrote};
use crate::tui::model::{Begin, Model};
use crate::tui::screens::Screen;
use crate::tui::settings::Settings;
use crate::tui::theme::Look;
use crate::tui::update::{begin, update};
use crate::tui::view::view;
use crate::week::made_up::moment;
use crate::week::number::Numbered;
use crate::week::team::TeamCommand;
use crate::week::{Board, Book, Calendar, CalendarSettings, Rules};
use crate::workspace::Overview;
use crate::workspace::code::{Code, Line, Piece};
use crate::workspace::config::{Changed, Config, ConfigFile, Was};

pub(super) const PLAIN: Look = Look {
    colour: false,
    ascii: false,
};

/// A model, and what it wanted done that nobody has done yet.
pub(super) struct App {
    pub(super) model: Model,
    pub(super) effects: Vec<Effect>,
    /// The log; without one, nobody writes.
    pub(super) book: Option<Book>,
    /// The configuration file.
    pub(super) config: ConfigFile,
    /// Whether the team writes in letters that are none of ours.
    abroad: bool,
}

/// A file that says nothing yet.
fn settings() -> Settings {
    let file = ConfigFile {
        path: PathBuf::from("/config/hackweek.toml"),
        text: None,
        passed_over: None,
    };
    Settings::new(file, Config::default())
}

pub(super) fn calendar() -> Calendar {
    let settings = CalendarSettings {
        deadline: "18:00".parse().unwrap(),
        ..CalendarSettings::default()
    };
    Calendar::new(settings, "Europe/Berlin".parse().unwrap()).unwrap()
}

/// The made-up week's report.
pub(super) fn report() -> DebtReport {
    let text = include_str!("../../../tests/cli/week.json");
    let mut report: DebtReport = serde_json::from_str(text).unwrap();
    report.scope = ReportScope::All;
    report
}

/// The week with nothing in it.
pub(super) fn empty() -> DebtReport {
    report().only(ReportScope::All, Vec::new(), Vec::new())
}

/// More items than any screen has rows, with the texts nobody wants.
pub(super) fn overfull() -> DebtReport {
    let report = report();
    let texts = [
        "日本語のコメント、とても長いので切られるはずです、そうでしょう",
        "\u{1b}[2J\u{1b}]0;owned\u{7}",
        "",
        "👩‍👩‍👧‍👦 family, e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301} and \u{202e}turned",
        "a word that goes on and on without any end, so that every column there is has to cut it somewhere",
    ];
    let items: Vec<Item> = (0..300)
        .map(|n| {
            let mut item = report.items[n % report.items.len()].clone();
            item.id = format!("{n:012}");
            item.text = texts[n % texts.len()].to_owned();
            if n % 7 == 0 {
                item.path = Some(format!("src/{}/x.rs", "very/deep/".repeat(30)));
            }
            item
        })
        .collect();
    report.only(ReportScope::All, items, Vec::new())
}

pub(super) fn overview(report: DebtReport) -> Overview {
    Overview {
        calendar: calendar(),
        week: calendar().week("2026-W47".parse().unwrap()),
        report,
        paces: vec![0.8, 1.0, 1.1],
        board: Arc::default(),
        me: None,
        commits: Vec::new(),
        earlier: Vec::new(),
        authors: Vec::new(),
        rules: Rules::default(),
    }
}

impl App {
    /// At 100x30, on Wednesday 13:05, before anything is read.
    pub(super) fn unread() -> Self {
        Self::looking(PLAIN)
    }

    pub(super) fn looking(look: Look) -> Self {
        let mut model = Model::new(Begin {
            look,
            now: "2026-11-18T13:05:00+01:00".parse().unwrap(),
            calendar: calendar(),
            week: None,
            repositories: vec!["pay".to_owned(), "web".to_owned()],
            keymap: Keymap::new(&[]).unwrap(),
            mouse: true,
            settings: settings(),
        });
        model.screen = Screen::Debt;
        let mut effects = update(&mut model, Message::Resized(100, 30));
        effects.extend(begin(&mut model));
        Self {
            model,
            effects,
            book: None,
            config: settings().file,
            abroad: false,
        }
    }

    /// At 100x30, at a moment of November 2026 as `17 09:32:41`, with what the made-up week knows
    /// then, and a log that is written in. Sammy sits at the keyboard.
    pub(super) fn at(when: &str) -> Self {
        let made_up = hack6::made_up();
        let now = moment(when);
        let mut book = Book::new(calendar().zone(), 99);
        let until = |event: &&crate::week::Event| event.at() <= now;
        book.receive(made_up.events().iter().take_while(until));
        Self::in_book(book, now)
    }

    /// As [`App::at`], where the team writes in letters that are none of ours.
    pub(super) fn abroad(when: &str) -> Self {
        let made_up = hack6::made_up();
        let now = moment(when);
        let mut book = Book::new(calendar().zone(), 99);
        let until = made_up.events().iter().filter(|event| event.at() <= now);
        let events: Vec<_> = until.map(abroad::event).collect();
        book.receive(&events);
        Self::in_book(book, now).spelled()
    }

    /// The same where the team writes in letters that are none of ours.
    pub(super) fn spelled(mut self) -> Self {
        self.abroad = true;
        let names = self.model.repositories.iter();
        self.model.repositories = names.map(|name| abroad::spelled(name)).collect();
        self.know();
        self.effects.clear();
        self
    }

    /// Another that goes on from here.
    pub(super) fn fork(&self) -> Self {
        Self {
            model: self.model.clone(),
            effects: Vec::new(),
            book: self.book.clone(),
            config: self.config.clone(),
            abroad: self.abroad,
        }
    }

    /// In a week that nobody wrote anything of, on the screen of the day.
    pub(super) fn blank(when: &str) -> Self {
        let mut app = Self::first_run(when);
        app.press("esc");
        app
    }

    /// Where nobody ever wrote anything, on the screen that asks.
    pub(super) fn first_run(when: &str) -> Self {
        Self::in_book(Book::new(calendar().zone(), 99), moment(when))
    }

    fn in_book(mut book: Book, now: DateTime<Utc>) -> Self {
        let made_up = hack6::made_up();
        for number in 1..=21 {
            book.number(Numbered::Debt, made_up.item(number).unwrap());
        }
        let mut model = Model::new(Begin {
            look: PLAIN,
            now,
            calendar: calendar(),
            week: None,
            repositories: vec!["pay".to_owned(), "web".to_owned()],
            keymap: Keymap::new(&[]).unwrap(),
            mouse: true,
            settings: settings(),
        });
        let effects = update(&mut model, Message::Resized(100, 30));
        begin(&mut model);
        let mut app = Self {
            model,
            effects,
            book: Some(book),
            config: settings().file,
            abroad: false,
        };
        let (generation, outcome) = (app.model.scan.generation, Ok(0));
        app.send(Message::Scanned {
            generation,
            outcome,
        });
        app.know();
        app.effects.clear();
        app
    }

    /// Reads what the book and the made-up week know now.
    pub(super) fn know(&mut self) {
        let Some(book) = &self.book else { return };
        let board = Arc::new(book.board().clone());
        let week = self.model.calendar.week(self.model.wanted);
        let mut overview = overview(hack6::debt(&board, &week, self.model.now));
        overview.week = week;
        overview.earlier = hack6::earlier(self.model.wanted);
        overview.rules = self.config.config().unwrap().rules;
        overview.commits = hack6::commits(self.model.now);
        overview.me = board
            .person_of_mail("sammy@payments.example")
            .map(|person| person.id.clone());
        if board.is_blank() {
            overview.authors = hack6::authors();
        }
        overview.board = board;
        if self.abroad {
            abroad::overview(&mut overview);
        }
        let message = Message::Loaded {
            generation: self.model.generation,
            overview: Ok(Arc::new(overview)),
        };
        self.send(message);
    }

    /// The same with ASCII signs alone.
    pub(super) fn ascii(mut self) -> Self {
        self.model.look = super::frames::ASCII;
        self
    }

    /// Hands a text in: types it over what stands in the line, and accepts.
    pub(super) fn answers(&mut self, text: &str) -> Vec<Effect> {
        self.press("ctrl-u");
        self.types(text);
        self.press("enter")
    }

    /// Lets time pass until a moment.
    pub(super) fn wait(&mut self, until: &str) {
        self.send(Message::Time(moment(until)));
    }

    /// Does in the book what is to be written, and answers; returns what is left to be done.
    fn write(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        let mut left = Vec::new();
        for effect in effects {
            let now = self.model.now;
            let Some(book) = &mut self.book else {
                left.push(effect);
                continue;
            };
            let (outcome, turn) = match effect {
                Effect::Write(command) => (book.run(*command, now).map(|_| ()), Turn::Done),
                Effect::Undo => (book.undo(now).map(|_| ()), Turn::Undone),
                Effect::Redo => (book.redo(now).map(|_| ()), Turn::Redone),
                Effect::Set(edits) => {
                    let (text, config) = self.config.edited(&edits, &check).unwrap();
                    let keys = edits.into_iter().map(|edit| edit.key);
                    self.set(keys.collect(), Some(text), config, Turn::Done);
                    continue;
                }
                Effect::SetBack(changed, turn) => {
                    let text = changed.before.clone();
                    let before = ConfigFile {
                        text: text.clone(),
                        ..changed.file.clone()
                    };
                    let keys = changed.was.iter().map(|was| was.key.clone());
                    self.set(keys.collect(), text, before.config().unwrap(), turn);
                    continue;
                }
                Effect::Reopen => {
                    self.send(Message::Reopened(Ok(())));
                    continue;
                }
                Effect::Join(then) => {
                    let join = TeamCommand::Add {
                        name: "Sammy".to_owned(),
                        mails: vec!["sammy@payments.example".to_owned()],
                    };
                    let joined = book.run(join, now).map(|events| events[0].entity.clone());
                    let joined = joined.map_err(|why| why.to_string());
                    let board = Arc::new(book.board().clone());
                    let joined = joined.map(|me| (board, me));
                    self.send(Message::Joined { joined, then });
                    continue;
                }
                Effect::Load { .. } => {
                    self.know();
                    continue;
                }
                other => {
                    left.push(other);
                    continue;
                }
            };
            let sentence = book.last_sentence().unwrap_or_default();
            let outcome = outcome.map_err(|why| why.to_string()).map(|()| Wrote {
                sentence,
                turn,
                of_debt: true,
                board: Arc::new(book.board().clone()),
            });
            self.send(Message::Wrote(outcome));
        }
        left
    }

    /// Has the file say something else, as the writer does.
    fn set(&mut self, keys: Vec<String>, text: Option<String>, config: Config, turn: Turn) {
        let was = keys.into_iter().map(|key| Was {
            old: self.config.literal(&key),
            key,
        });
        let was = was.collect();
        let before = std::mem::replace(&mut self.config.text, text);
        let calendar = match config.calendar == Config::default().calendar {
            true => calendar(),
            false => config.calendar_in(calendar().zone()),
        };
        let changed = Changed {
            was,
            file: self.config.clone(),
            config,
            before,
        };
        self.send(Message::Set(Ok(Box::new(Set {
            changed,
            turn,
            calendar,
        }))));
    }

    /// With the made-up week read and scanned.
    pub(super) fn week() -> Self {
        Self::unread().read(report())
    }

    /// With a report read and a scan done.
    pub(super) fn read(mut self, report: DebtReport) -> Self {
        let generation = self.model.scan.generation;
        let outcome = Ok(0);
        self.send(Message::Scanned {
            generation,
            outcome,
        });
        self.load(report);
        self.effects.clear();
        self
    }

    /// Answers the last question for the debt.
    pub(super) fn load(&mut self, report: DebtReport) {
        let mut overview = overview(report);
        overview.week = calendar().week(self.model.wanted);
        let message = Message::Loaded {
            generation: self.model.generation,
            overview: Ok(Arc::new(overview)),
        };
        self.send(message);
    }

    pub(super) fn send(&mut self, message: Message) {
        let effects = update(&mut self.model, message);
        self.effects.extend(effects);
    }

    pub(super) fn sized(mut self, width: u16, height: u16) -> Self {
        self.send(Message::Resized(width, height));
        self
    }

    /// Answers the questions for code with ten lines, the item's in the middle.
    pub(super) fn with_code(mut self) -> Self {
        self.answer_code();
        self
    }

    pub(super) fn answer_code(&mut self) {
        let asked: Vec<_> = self
            .model
            .pages
            .debt
            .codes
            .iter()
            .map(|(place, _)| place.clone())
            .collect();
        for place in asked {
            let from = place.line.saturating_sub(5).max(1);
            let line = |number: u32| Line {
                number,
                pieces: vec![
                    Piece {
                        comment: false,
                        text: "    let a = b; ".to_owned(),
                    },
                    Piece {
                        comment: true,
                        text: format!("// line {number}"),
                    },
                ],
            };
            let mut code = Code {
                lines: (from..from + 10).map(line).collect(),
                file: Some(PathBuf::from("/pay/src/gateway.rs")),
            };
            if self.abroad {
                abroad::code(&mut code);
            }
            let code = Ok(Some(Arc::new(code)));
            self.send(Message::Read { place, code });
        }
    }

    /// Presses keys, parted by blanks, and returns what is to be done.
    pub(super) fn press(&mut self, keys: &str) -> Vec<Effect> {
        let Keys(keys) = Keys(
            keys.split(' ')
                .map(|key| key.parse::<Key>().unwrap())
                .collect(),
        );
        self.effects.clear();
        let mut done = Vec::new();
        for key in keys {
            let model = &self.model;
            if let Some(message) = model.keymap.message(model.mode(), &model.begun, key) {
                self.send(message);
            }
            if self.book.is_some() {
                done.extend(self.settle());
            }
        }
        done.append(&mut self.effects);
        done
    }

    /// Writes and reads what is to be, and returns what is left to be done.
    pub(super) fn settle(&mut self) -> Vec<Effect> {
        let mut left = Vec::new();
        while !self.effects.is_empty() {
            let effects = std::mem::take(&mut self.effects);
            left.extend(self.write(effects));
        }
        left
    }

    /// Types a text, as a paste would, and hands it in.
    pub(super) fn types(&mut self, text: &str) {
        self.send(Message::Pasted(text.to_owned()));
    }

    /// The board.
    pub(super) fn board(&self) -> &Board {
        self.model.sees().board()
    }

    /// The frame.
    pub(super) fn draw(&self) -> Buffer {
        let (width, height) = self.model.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        view(&self.model, &mut buffer);
        buffer
    }

    /// The frame as lines of text.
    pub(super) fn frame(&self) -> String {
        let (width, height) = self.model.size;
        let buffer = self.draw();
        let mut text = String::new();
        for y in 0..height {
            let mut line = String::new();
            let mut x = 0;
            while x < width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                let wide = unicode_width::UnicodeWidthStr::width(symbol).max(1);
                x += u16::try_from(wide).unwrap();
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// The text of the selected item.
    pub(super) fn selected(&self) -> String {
        let item = self.model.pages.debt.item(self.model.overview.as_deref());
        item.map(|item| format!("{} {}", item.marker, item.text))
            .unwrap_or_default()
    }

    /// What row 29 says of what happened last.
    pub(super) fn notice(&self) -> &str {
        self.model.notice.as_ref().map_or("", |notice| &notice.text)
    }
}
