//! The debt report of the opened repositories.

use chrono::{DateTime, FixedOffset, Utc};

use super::decided;
use super::ledger::{Ledger, MESSAGE, proper_name};
use super::source::Source;
use super::{Error, Scope, Workspace};
use crate::debt::Tier;
use crate::debt::follow::EventKind as What;
use crate::debt::language::{self, Syntax};
use crate::debt::ledger::{Happening, Life};
use crate::debt::payment;
use crate::history::Mailmap;
use crate::report::carried::carried_from;
use crate::report::debt::{
    DebtReport, DecisionKind, Event, EventKind, How, Introduced, Item, Paid, ReportScope,
    ReportWeek, Repository, SCHEMA, Skipped, Source as Stands, Status, Totals,
};
use crate::store::index::{CommitRow, Moment};
use crate::week::{Board, CommitTime, Week};

/// Builds the report.
pub(super) fn debt(workspace: &Workspace, scope: Scope) -> Result<DebtReport, Error> {
    let week = workspace.week();
    let board = workspace.board()?;
    let writer = Writer {
        workspace,
        board: &board,
        scope,
        counts_week: scope == Scope::Week || workspace.asked.is_some(),
        week: &week,
    };
    let mut report = DebtReport {
        schema: SCHEMA.to_owned(),
        generated_at: writer.local(workspace.now),
        scope: match scope {
            Scope::Week => ReportScope::Week,
            Scope::All => ReportScope::All,
        },
        week: ReportWeek::of(&week),
        repositories: Vec::new(),
        totals: Totals::default(),
        items: Vec::new(),
        suspected: Vec::new(),
        carried_in: Vec::new(),
    };
    for entry in &workspace.repositories {
        if let Some(source) = &entry.source {
            writer.add(&entry.name, source, &mut report)?;
        }
    }
    for item in writer.mock_debt()? {
        writer.put(item, &mut report);
    }
    // Oldest first; what one commit brought in as it stands in the files.
    let order = |item: &Item| {
        let place = (item.introduced.path.clone(), item.introduced.line);
        (item.introduced.time, item.repository.clone(), place)
    };
    report.items.sort_by_cached_key(order);
    report.suspected.sort_by_cached_key(order);
    report.carried_in.sort_by_cached_key(order);
    let totals = &mut report.totals;
    let due = totals.introduced - totals.dismissed;
    totals.paydown = (due > 0).then(|| totals.paid as f64 / due as f64);
    Ok(report)
}

pub(super) struct Writer<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) board: &'a Board,
    scope: Scope,
    /// Whether the totals are those of the week: not in scope `all` unless a week was asked for.
    counts_week: bool,
    pub(super) week: &'a Week,
}

/// The oldest and the youngest moment that has a date in every zone: 9,999 years either way.
const SECONDS: std::ops::RangeInclusive<i64> = -377_000_000_000..=253_000_000_000;

impl Writer<'_> {
    fn add(&self, name: &str, source: &Source, report: &mut DebtReport) -> Result<(), Error> {
        let index = source.index(&self.workspace.detection)?;
        let snapshot = index.snapshot()?;
        let Some(tips) = index.tips()? else {
            return Ok(());
        };
        let ledger = Ledger::read(&index, &tips)?;
        let repository = source.repository();
        let mailmap = repository.mailmap()?;
        report.repositories.push(Repository {
            name: name.to_owned(),
            path: repository
                .workdir()
                .unwrap_or(repository.git_dir())
                .to_string_lossy()
                .into_owned(),
            forge: repository.forge(),
            head: tips.first().map(ToString::to_string),
            commits: index.commit_count()?,
            shallow: repository.is_shallow(),
            skipped: index
                .skipped()?
                .into_iter()
                .map(|row| Skipped {
                    path: String::from_utf8_lossy(&row.path).into_owned(),
                    why: row.why,
                })
                .collect(),
        });
        drop(snapshot);
        source.close(index);
        report.items.reserve(ledger.lives.len());
        for (life, id) in ledger.lives.iter().zip(&ledger.ids) {
            if let Some(item) = self.item(name, id, life, &ledger, &mailmap) {
                self.put(item, report);
            }
        }
        Ok(())
    }

    /// Counts an item, and lists it where it is in scope.
    fn put(&self, item: Item, report: &mut DebtReport) {
        self.count(&item, report);
        if item.carried_from.is_some() && self.scope == Scope::Week {
            report.carried_in.push(item);
        } else if self.is_in_scope(&item) {
            match item.tier {
                Tier::Declared => report.items.push(item),
                Tier::Suspected => report.suspected.push(item),
            }
        }
    }

    /// Whether the report speaks of an item: in scope `week` of what the hack days brought in.
    fn is_in_scope(&self, item: &Item) -> bool {
        self.scope == Scope::All || self.is_of_hack_days(item)
    }

    fn is_of_hack_days(&self, item: &Item) -> bool {
        self.week.is_hack_day(item.introduced.time.to_utc())
    }

    /// Counts an item. With a week asked for, its hack days' debt is what counts.
    fn count(&self, item: &Item, report: &mut DebtReport) {
        let totals = &mut report.totals;
        if self.counts_week && !self.is_of_hack_days(item) {
            if item.tier == Tier::Declared && item.introduced.day.is_some() {
                totals.introduced_after_hack_days += 1;
            }
            return;
        }
        if item.tier == Tier::Suspected {
            totals.suspected += 1;
            return;
        }
        totals.introduced += 1;
        match item.status {
            Status::Open => {
                totals.open += 1;
                totals.undecided += u64::from(item.decision.is_none());
            }
            Status::Paid => totals.paid += 1,
            Status::PaidLate => totals.paid_late += 1,
            Status::Accepted => totals.accepted += 1,
            Status::Carried => totals.carried += 1,
            Status::Dismissed => totals.dismissed += 1,
        }
    }

    fn item(
        &self,
        repository: &str,
        id: &str,
        life: &Life,
        ledger: &Ledger,
        mailmap: &Mailmap,
    ) -> Option<Item> {
        let born = life.introduced();
        let born_in = ledger.commit(born.commit)?;
        let last = life.events.last().unwrap_or(born);
        let (path, line, marker) = match life.place {
            Some(place) => (place.path, place.line, place.marker),
            None => (last.event.path, last.event.line, last.event.marker),
        };
        let in_code = born.event.path != MESSAGE;
        let text = |path| String::from_utf8_lossy(ledger.path(path)).into_owned();
        let marker = ledger.marker(marker);
        let introduced = Introduced {
            commit: born_in.id.to_string(),
            author: proper_name(mailmap, &born_in.person),
            time: self.time_of(born_in),
            day: self.day_of(born_in),
            path: in_code.then(|| text(born.event.path)),
            line: in_code.then_some(born.event.line),
        };
        let paid = life.paid().and_then(|(happening, how)| {
            let commit = ledger.commit(happening.commit)?;
            Some(Paid {
                commit: Some(commit.id.to_string()),
                author: proper_name(mailmap, &commit.person),
                time: self.time_of(commit),
                day: self.day_of(commit),
                how: how_of(how),
            })
        });
        let history = life.events.iter();
        let history = history.filter_map(|h| self.event(h, ledger, mailmap));
        let mut item = Item {
            id: id.to_owned(),
            repository: repository.to_owned(),
            tier: marker.tier,
            source: match in_code {
                true => Stands::Code,
                false => Stands::CommitMessage,
            },
            marker: marker.kind.clone(),
            text: marker.text.clone(),
            assignee: marker.assignee.clone(),
            ticket: marker.ticket.clone(),
            language: in_code.then(|| language_of(ledger.path(path))).flatten(),
            path: in_code.then(|| text(path)),
            line: in_code.then_some(line),
            introduced,
            status: Status::Open,
            decision: None,
            paid,
            carried_from: None,
            history: history.collect(),
        };
        self.decide(&mut item);
        Some(item)
    }

    /// Writes down what people say of an item, where it stands, and out of which week it was carried.
    pub(super) fn decide(&self, item: &mut Item) {
        decided::apply(item, self.board, self.week);
        let from = carried_from(item, self.board, self.week);
        item.carried_from = from.map(|week| week.to_string());
        item.status = self.status(item);
    }

    /// Where an item stands. What is paid is paid, whatever was decided before; only what is no debt
    /// is never paid.
    fn status(&self, item: &Item) -> Status {
        let decision = item.decision.as_ref().map(|decision| decision.kind);
        let paid = match (decision, &item.paid) {
            (Some(DecisionKind::Dismissed), _) => return Status::Dismissed,
            (_, Some(paid)) => paid,
            (Some(DecisionKind::Accepted), None) => return Status::Accepted,
            (Some(DecisionKind::Carried), None) => return Status::Carried,
            (_, None) => return Status::Open,
        };
        let in_time = self.week.is_in_time(paid.time.to_utc());
        let is_due = self.is_of_hack_days(item) || item.carried_from.is_some();
        if self.counts_week && is_due && !in_time {
            return Status::PaidLate;
        }
        Status::Paid
    }

    fn event(&self, happening: &Happening, ledger: &Ledger, mailmap: &Mailmap) -> Option<Event> {
        let commit = ledger.commit(happening.commit)?;
        let event = happening.event;
        let in_code = event.path != MESSAGE;
        Some(Event {
            event: match event.kind {
                What::Introduced => EventKind::Introduced,
                What::Moved => EventKind::Moved,
                What::Edited => EventKind::Edited,
                What::Paid(_) => EventKind::Paid,
                What::Reopened => EventKind::Reopened,
            },
            commit: commit.id.to_string(),
            author: proper_name(mailmap, &commit.person),
            time: self.time_of(commit),
            path: in_code.then(|| String::from_utf8_lossy(ledger.path(event.path)).into_owned()),
            line: in_code.then_some(event.line),
            text: ledger.marker(event.marker).text.clone(),
        })
    }

    /// Returns the time of a commit that decides its day.
    fn moment(&self, commit: &CommitRow) -> DateTime<Utc> {
        moment(commit, self.workspace.calendar.settings().commit_time)
    }

    fn time_of(&self, commit: &CommitRow) -> DateTime<FixedOffset> {
        self.local(self.moment(commit))
    }

    fn day_of(&self, commit: &CommitRow) -> Option<u8> {
        self.week.day_of(self.moment(commit))
    }

    pub(super) fn local(&self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        let zone = self.workspace.calendar.zone();
        zone.local(instant).fixed_offset()
    }
}

/// Returns the time of a commit that decides its day.
pub(super) fn moment(commit: &CommitRow, which: CommitTime) -> DateTime<Utc> {
    let moment: Moment = match which {
        CommitTime::Author => commit.authored,
        CommitTime::Committer => commit.committed,
    };
    let seconds = moment.seconds.clamp(*SECONDS.start(), *SECONDS.end());
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

fn how_of(how: payment::How) -> How {
    match how {
        payment::How::Fixed => How::Fixed,
        payment::How::Deleted => How::Deleted,
        payment::How::CommentOnly => How::CommentOnly,
        payment::How::Said => How::Said,
    }
}

fn language_of(path: &[u8]) -> Option<String> {
    match language::syntax_of_path(path)? {
        Syntax::Code(language) => Some(language.name().to_owned()),
        Syntax::Prose(_) | Syntax::Unknown => None,
    }
}
