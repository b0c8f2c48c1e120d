//! One week of the board: what its screens show.

use chrono::NaiveDate;

use super::board::Board;
use super::demo::{Show, Verdict};
use super::id::Id;
use super::name::WeekName;
use super::order::sort;
use super::payback::{Check, CheckList};
use super::promise::Promise;
use super::question::{Asked, METHOD, Question, Which};
use super::record::{Figures, Record};
use super::retro::{Action, Card, Column, Topic};
use super::review::{About, Bucket, Finding, Note, Test};
use super::roadmap::Milestone;
use super::standup::{Blocker, Parked};
use super::task::{Task, TaskStatus};
use super::zone::Zone;

/// One week of the board.
#[derive(Clone, Copy, Debug)]
pub struct WeekBoard<'a> {
    board: &'a Board,
    name: WeekName,
}

impl<'a> WeekBoard<'a> {
    pub(super) fn new(board: &'a Board, name: WeekName) -> Self {
        Self { board, name }
    }

    /// Its name.
    pub fn name(self) -> WeekName {
        self.name
    }

    /// What is written of it as a whole.
    pub fn record(self) -> Record {
        let id: Id = self.name.into();
        self.board.records.get(&id).cloned().unwrap_or_default()
    }

    /// The tasks that are in it or were carried out of it, but for the cut ones: what was planned.
    pub fn planned(self) -> Vec<&'a Task> {
        let was_planned = |task: &&Task| {
            task.was_in(self.name) && (task.week != self.name || task.status != TaskStatus::Cut)
        };
        self.sorted(self.board.tasks.values().filter(was_planned).collect())
    }

    /// How many of them were done in it.
    pub fn done(self) -> usize {
        let done = |task: &&&Task| task.week == self.name && task.is_done();
        self.planned().iter().filter(done).count()
    }

    /// How many of them were carried into it.
    pub fn carried_in(self) -> usize {
        let planned = self.planned();
        let carried = |task: &&&Task| task.carried.iter().any(|week| *week < self.name);
        planned.iter().filter(carried).count()
    }

    /// How many of them were carried out of it.
    pub fn carried_out(self) -> usize {
        let carried = |task: &&&Task| task.carried.contains(&self.name);
        self.planned().iter().filter(carried).count()
    }

    /// The tasks in it of a person, or of nobody, but for the cut ones, in order.
    pub fn tasks_of(self, owner: Option<&Id>) -> Vec<&'a Task> {
        let tasks = self.board.tasks.values().filter(|task| {
            task.week == self.name && task.owner.as_ref() == owner && task.status != TaskStatus::Cut
        });
        self.sorted(tasks.collect())
    }

    /// A person's open tasks up to a day: what they say they do today.
    pub fn today_of(self, owner: &Id, day: u8) -> Vec<&'a Task> {
        let mut tasks = self.tasks_of(Some(owner));
        let is_due = |task: &Task| task.day.is_none_or(|own| own <= day);
        tasks.retain(|task| !task.is_done() && is_due(task));
        tasks
    }

    /// The tasks on the cut list, in order.
    pub fn cut(self) -> Vec<&'a Task> {
        let cut = |task: &&Task| task.week == self.name && task.status == TaskStatus::Cut;
        self.sorted(self.board.tasks.values().filter(cut).collect())
    }

    fn sorted(self, mut tasks: Vec<&'a Task>) -> Vec<&'a Task> {
        sort(&mut tasks, |task| (&task.order, &task.id));
        tasks
    }

    /// Its promises, in order.
    pub fn promises(self) -> Vec<&'a Promise> {
        let promises = self.board.promises.values();
        let mut promises: Vec<&Promise> = promises.filter(|p| p.week == self.name).collect();
        sort(&mut promises, |promise| (&promise.order, &promise.id));
        promises
    }

    /// Its promises that both sides agreed on, that are not over and are due on a date, by their
    /// due times.
    pub fn promises_due(self, date: NaiveDate, zone: Zone) -> Vec<&'a Promise> {
        let due_then =
            |promise: &&Promise| promise.due.is_some_and(|due| zone.date_of(due) == date);
        let mut due = self.promises();
        due.retain(|promise| !promise.is_over() && promise.was_made() && due_then(promise));
        due.sort_by_key(|promise| promise.due);
        due
    }

    /// The blockers that came up in it, oldest first.
    pub fn blockers(self) -> Vec<&'a Blocker> {
        let blockers = self.board.blockers.values();
        let mut blockers: Vec<&Blocker> = blockers.filter(|b| b.week == self.name).collect();
        blockers.sort_by_key(|blocker| blocker.since);
        blockers
    }

    /// The parked topics that were not talked over, in the order in which they came up.
    pub fn parked(self) -> Vec<&'a Parked> {
        let parked = self.board.parked.values();
        parked
            .filter(|topic| topic.week == self.name && !topic.done)
            .collect()
    }

    /// The hacks that are shown, in order.
    pub fn shows(self) -> Vec<&'a Show> {
        let shows = self.board.shows.values();
        let mut shows: Vec<&Show> = shows.filter(|show| show.week == self.name).collect();
        sort(&mut shows, |show| (&show.order, &show.id));
        shows
    }

    /// How many of the hacks that were seen have a verdict.
    pub fn shows_judged(self, verdict: Verdict) -> usize {
        let shows = self.shows();
        let judged = |show: &&&Show| show.seen_at.is_some() && show.verdict == verdict;
        shows.iter().filter(judged).count()
    }

    /// The findings in a bucket, in order.
    pub fn findings(self, bucket: Bucket) -> Vec<&'a Finding> {
        let findings = self.board.findings.values();
        let mut findings: Vec<&Finding> = findings
            .filter(|finding| finding.week == self.name && finding.bucket == bucket)
            .collect();
        sort(&mut findings, |finding| (&finding.order, &finding.id));
        findings
    }

    /// How many of the refactors that need a test have one, and how many need one.
    pub fn tests_of_refactors(self) -> (usize, usize) {
        let mut findings = self.findings(Bucket::Refactor);
        findings.retain(|finding| finding.test != Test::NotNeeded);
        let tested = findings
            .iter()
            .filter(|f| matches!(f.test, Test::Linked(_)))
            .count();
        (tested, findings.len())
    }

    /// How many lines the deletions take away.
    pub fn lines_deleted(self) -> i64 {
        let findings = self.findings(Bucket::GetToDelete);
        findings
            .iter()
            .filter_map(|f| f.lines)
            .fold(0, i64::saturating_add)
    }

    /// What day 4 is getting, for each person of the team: their findings, and the items of debt
    /// that they took for day 4 and no finding is about. Those of nobody are last.
    pub fn day_4_so_far(self) -> Vec<(Option<&'a Id>, usize)> {
        let all = Bucket::ALL
            .into_iter()
            .flat_map(|bucket| self.findings(bucket));
        let findings: Vec<&Finding> = all.collect();
        let found = |item: &Id| findings.iter().any(|f| f.debt.as_ref() == Some(item));
        let taken = (self.board.debts.values()).filter(|word| {
            word.for_day == Some(4) && word.decision.is_none() && !found(&word.item)
        });
        let owners: Vec<Option<&Id>> = (findings.iter().map(|f| f.owner.as_ref()))
            .chain(taken.map(|word| word.owner.as_ref()))
            .collect();
        let team = self.board.team().into_iter().map(|person| Some(&person.id));
        let counts = team.chain([None]).map(|owner| {
            let count = owners.iter().filter(|other| **other == owner).count();
            (owner, count)
        });
        counts
            .filter(|(owner, count)| owner.is_some() || *count > 0)
            .collect()
    }

    /// What somebody says of something, in the order in which it was written.
    pub fn notes(self, by: &Id, about: About) -> Vec<&'a Note> {
        let notes = self.board.notes.values();
        let mut notes: Vec<&Note> = notes
            .filter(|note| note.week == self.name && note.by == *by && note.about == about)
            .collect();
        notes.sort_by_key(|note| note.since);
        notes
    }

    /// The questions that its review asks: the method's, and the team's own, in order.
    pub fn questions(self) -> Vec<Asked<'a>> {
        let answer = |which: &Which| {
            let key = which.answer_in(self.name).ok()?;
            self.board.answers.get(&key)
        };
        let method = (1..).zip(METHOD);
        let method = method.map(|(number, text)| (Which::Method(number), text));
        let own = self.board.questions.values();
        let own = own.filter(|question| question.is_asked_in(self.name));
        let mut own: Vec<&Question> = own.collect();
        sort(&mut own, |question| (&question.order, &question.id));
        let own = own
            .into_iter()
            .map(|question| (Which::Own(question.id.clone()), question.text.as_str()));
        let asked = (1..).zip(method.chain(own));
        let asked = asked.map(|(number, (which, text))| Asked {
            number,
            answer: answer(&which),
            which,
            text,
        });
        asked.collect()
    }

    /// The lines of a checklist, in order.
    pub fn checks(self, list: CheckList) -> Vec<&'a Check> {
        let checks = self.board.checks.values();
        let mut checks: Vec<&Check> = checks
            .filter(|check| check.week == self.name && check.list == list)
            .collect();
        sort(&mut checks, |check| (&check.order, &check.id));
        checks
    }

    /// The cards of a column that were merged into no other, those with most votes first.
    pub fn cards(self, column: Column) -> Vec<&'a Card> {
        let mut cards = self.all_cards();
        cards.retain(|card| card.column == column && *self.board.merged_into(card) == card.id);
        cards.sort_by_key(|card| std::cmp::Reverse(self.votes_of(card)));
        cards
    }

    /// All cards, merged ones too, in order.
    pub fn all_cards(self) -> Vec<&'a Card> {
        let cards = self.board.cards.values();
        let mut cards: Vec<&Card> = cards.filter(|card| card.week == self.name).collect();
        sort(&mut cards, |card| (&card.order, &card.id));
        cards
    }

    /// The votes of a card and of those that were merged into it.
    pub fn votes_of(self, card: &Card) -> u32 {
        let merged = self
            .board
            .cards
            .values()
            .filter(|other| other.week == card.week)
            .filter(|other| *self.board.merged_into(other) == card.id);
        merged.fold(0, |sum, card| sum.saturating_add(card.vote_count()))
    }

    /// How many votes somebody has left of as many as each has.
    pub fn votes_left(self, person: &Id, each: u32) -> u32 {
        let spent = self
            .board
            .cards
            .values()
            .filter(|card| card.week == self.name);
        let spent = spent.filter_map(|card| card.votes.get(person));
        each.saturating_sub(spent.fold(0, |sum, votes| sum.saturating_add(*votes)))
    }

    /// The topic that the retro is at.
    pub fn topic(self) -> Option<&'a Topic> {
        let id: Id = self.name.into();
        self.board.topics.get(&id)
    }

    /// The actions that were for it, also those that were carried on since.
    pub fn actions(self) -> Vec<&'a Action> {
        let actions = self.board.actions.values();
        let mut actions: Vec<&Action> =
            actions.filter(|action| action.was_for(self.name)).collect();
        sort(&mut actions, |action| (&action.order, &action.id));
        actions
    }

    /// What it comes to, as far as people wrote it: debt and pace are the ledger's to add.
    pub fn figures(self) -> Figures {
        let count = |count: usize| u32::try_from(count).ok();
        let record = self.record();
        let promises = self.promises();
        let made = promises.iter().filter(|promise| promise.was_made());
        let kept = made.clone().filter(|promise| promise.kept_in_time());
        let planning = record.planning.counted().num_seconds();
        Figures {
            tasks_planned: count(self.planned().len()),
            tasks_done: count(self.done()),
            promises_made: count(made.count()),
            promises_kept: count(kept.count()),
            planning: u32::try_from(planning).ok().filter(|seconds| *seconds > 0),
            mood: record.mood_average(),
            alpha_left: Some(self.board.left_to(Milestone::Alpha)),
            beta_left: Some(self.board.left_to(Milestone::Beta)),
            ..Figures::default()
        }
    }

    /// The figures of a number of weeks up to this one that had a hack, oldest first. A week that
    /// was not closed has them as they are.
    pub fn figures_up_to_here(self, weeks: usize) -> Vec<(WeekName, Figures)> {
        let mut names = self.board.hack_weeks();
        names.retain(|week| *week <= self.name);
        let first = names.len().saturating_sub(weeks);
        let figures = names.split_off(first).into_iter().map(|name| {
            let week = self.board.week(name);
            (
                name,
                week.record().figures.unwrap_or_else(|| week.figures()),
            )
        });
        figures.collect()
    }
}
