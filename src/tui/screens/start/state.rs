//! What the first run remembers.

use crate::report::words::{is_bot, name};
use crate::tui::seen::Seen;

/// The most people that are taken to be the team without asking: more are a community.
const TEAM: usize = 9;

/// What its forms ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// What is built.
    Title,
    /// Somebody who is in: a name, a mail address.
    Person,
}

/// Somebody who may be in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The name.
    pub name: String,
    /// The mail addresses of the commits.
    pub mails: Vec<String>,
    /// Commits in the last 30 days; `None` for somebody who was added by hand.
    pub commits: Option<u64>,
    /// Whether they are in.
    pub is_in: bool,
}

impl Candidate {
    /// Whether it is a program that commits, by the sign that a forge gives it.
    pub fn is_bot(&self) -> bool {
        is_bot(&self.name)
    }
}

/// The state of the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What is built, as it was typed; the name of the repository until then.
    pub title: Option<String>,
    /// Who may be in.
    pub people: Vec<Candidate>,
    /// The question that keys go to: 0 and 1, then the people, then the line that adds one.
    pub at: usize,
}

impl State {
    /// What is built.
    pub fn title(&self, seen: &Seen<'_>) -> String {
        let repository = || seen.repositories.first().cloned().unwrap_or_default();
        self.title.clone().unwrap_or_else(repository)
    }

    /// The person that keys go to.
    pub fn person(&self) -> Option<usize> {
        let at = self.at.checked_sub(2)?;
        (at < self.people.len()).then_some(at)
    }

    /// How many lines keys can go to.
    pub fn lines(&self) -> usize {
        self.people.len() + 3
    }

    /// Takes in who made commits; what was said of somebody already stays.
    pub fn meet(&mut self, seen: &Seen<'_>) {
        let Some(overview) = seen.overview else {
            return;
        };
        let mut met: Vec<Candidate> = Vec::new();
        for author in &overview.authors {
            let called = name(&author.author);
            let mail = author.author.rsplit_once('<');
            let mail = mail.map(|(_, mail)| mail.trim_end_matches('>').trim());
            let mail = mail.filter(|mail| !mail.is_empty());
            let known = met
                .iter_mut()
                .find(|it| it.name.eq_ignore_ascii_case(called));
            let candidate = match known {
                Some(known) => known,
                None => {
                    let mut candidate = Candidate {
                        name: called.to_owned(),
                        mails: Vec::new(),
                        commits: Some(0),
                        is_in: true,
                    };
                    candidate.is_in = !candidate.is_bot();
                    met.push(candidate);
                    let last = met.len() - 1;
                    &mut met[last]
                }
            };
            candidate.commits = Some(candidate.commits.unwrap_or(0) + author.commits);
            if let Some(mail) = mail
                && !candidate
                    .mails
                    .iter()
                    .any(|own| own.eq_ignore_ascii_case(mail))
            {
                candidate.mails.push(mail.to_owned());
            }
        }
        let many = met.iter().filter(|it| it.is_in).count() > TEAM;
        met.sort_by_key(|it| std::cmp::Reverse(it.commits));
        for candidate in &mut met {
            candidate.is_in &= !many;
            let said = self.people.iter().find(|it| it.name == candidate.name);
            candidate.is_in = said.map_or(candidate.is_in, |said| said.is_in);
        }
        let added = self.people.iter().filter(|it| it.commits.is_none());
        met.extend(added.cloned());
        self.people = met;
        self.at = self.at.min(self.lines() - 1);
    }
}
