//! What both reports say of the debt.

use chrono::{DateTime, FixedOffset};

use super::{Block, Day, Entry, Fill, Line, Mark, Part, Table};
use crate::report::debt::{How, ReportWeek, Source, Status};
use crate::report::figures::WeekDebt;
use crate::report::links::AllLinks;
use crate::report::rows::{DebtRow, RepositoryRow};
use crate::report::sentences;
use crate::report::words::{age, count, deadline, distance, moment, plural, short};

/// What a document says around its debt.
pub(in crate::report) struct About<'a> {
    pub(in crate::report) at: DateTime<FixedOffset>,
    /// The moment that the debt is told of: now, also where the week is over.
    pub(in crate::report) debt_at: DateTime<FixedOffset>,
    pub(in crate::report) week: &'a ReportWeek,
    pub(in crate::report) repositories: &'a [RepositoryRow],
    pub(in crate::report) links: AllLinks<'a>,
}

impl<'a> About<'a> {
    pub(in crate::report) fn new(
        at: DateTime<FixedOffset>,
        debt_at: DateTime<FixedOffset>,
        week: &'a ReportWeek,
        repositories: &'a [RepositoryRow],
    ) -> Self {
        Self {
            at,
            debt_at,
            week,
            repositories,
            links: AllLinks::of_rows(repositories),
        }
    }

    /// Whether a place needs the name of its repository.
    fn named(&self) -> bool {
        self.repositories.len() > 1
    }

    /// The names of the repositories.
    pub(in crate::report) fn names(&self) -> Line {
        let mut line = Line::new();
        for (at, repository) in self.repositories.iter().take(4).enumerate() {
            if at > 0 {
                line = line.soft(", ");
            }
            line = line.words(&repository.name);
        }
        match self.repositories.len() {
            0..=4 => line,
            many => line.soft(format!(" and {} more", many - 4)),
        }
    }

    /// `16 open of 21 that the hack days brought in, 4 paid, due Thu 18:00, in 1d 4h`.
    /// Behind it what was carried into the week.
    pub(in crate::report) fn lead(&self, debt: &WeekDebt) -> Line {
        let own = self.own(debt);
        match &debt.carried_in {
            Some(carried) => own.plain(format!(" {}", carried.sentence())),
            None => own,
        }
    }

    fn own(&self, debt: &WeekDebt) -> Line {
        if self.repositories.is_empty() {
            return Line::of("No repository is read yet, so its debt is not known.");
        }
        if debt.opened == 0 {
            return Line::of("The hack days brought in no debt.");
        }
        let opened = plural(debt.opened, "item", "items");
        let mut parts = vec![format!("{} paid", count(debt.paid))];
        for (figure, name) in [
            (debt.paid_late, "paid late"),
            (debt.accepted, "accepted"),
            (debt.carried, "carried"),
            (debt.dismissed, "found to be none"),
        ] {
            if figure > 0 {
                parts.push(format!("{} {name}", count(figure)));
            }
        }
        parts.push(format!("{} open", count(debt.open)));
        let mut line = Line::new().strong(format!("{opened} of debt from the hack days"));
        line = line.plain(format!(": {}", parts.join(", ")));
        let due = deadline(self.week, self.at);
        let over = self.at > debt.deadline;
        match (over, debt.open) {
            (true, 0) => line.plain("."),
            (true, _) => line.plain(". ").bad(format!("It was due {due}.")),
            (false, 0) => line.plain("."),
            (false, _) => {
                let left = distance(debt.deadline, self.at);
                line.plain(format!(". Due {due}, {left}."))
            }
        }
    }

    /// An item: what it says, where it is, whose it is.
    pub(in crate::report) fn item(&self, row: &DebtRow, with_owner: bool) -> Line {
        let mut line = Line::new();
        // Where it has no number the start of its id says nothing to people.
        if !row.id.starts_with(&row.name) {
            line = line.label(&row.name).plain(" ");
        }
        line = line.tag(&row.marker).plain(" ");
        line = match row.text.trim() {
            "" => line.soft("(no words)"),
            text => line.quote(text),
        };
        line = line.soft(" · ").and(self.place(row));
        if with_owner {
            line = line.soft(" · ").name(&row.owner);
        }
        line
    }

    /// The same, and how long it has been owed or how it went.
    pub(in crate::report) fn fate(&self, row: &DebtRow) -> Line {
        let line = self.item(row, true);
        match (&row.paid, row.status) {
            (Some(paid), Status::Paid | Status::PaidLate) => {
                let how = sentences::how_word(paid.how);
                let late = if row.status == Status::PaidLate {
                    ", late"
                } else {
                    ""
                };
                let mut line = line.soft(format!(" · {how} by ")).name(&paid.by);
                line = line.soft(format!(", {}{late}", moment(self.week, paid.time)));
                match &paid.commit {
                    Some(commit) => line.soft(" in ").and(self.commit(&row.repository, commit)),
                    None => line,
                }
            }
            (_, status @ (Status::Accepted | Status::Carried | Status::Dismissed)) => {
                let line = line.soft(format!(" · {}", sentences::status(status)));
                match &row.reason {
                    Some(reason) => line.soft(": ").words(reason),
                    None => line,
                }
            }
            _ => line.soft(format!(" · owed {}", age(row.introduced, self.debt_at))),
        }
    }

    pub(in crate::report) fn commit(&self, repository: &str, commit: &str) -> Line {
        let links = self.links.get(repository);
        let address = links.and_then(|links| links.commit(commit));
        Line::new().place(&short(commit), address)
    }

    fn place(&self, row: &DebtRow) -> Line {
        let place = match (&row.path, row.line) {
            (Some(path), Some(line)) => format!("{path}:{line}"),
            (Some(path), None) => path.clone(),
            (None, _) if row.source == Source::Promise => return Line::new().soft("a promise"),
            (None, _) => return Line::new().soft("a commit message"),
        };
        let links = self.links.get(&row.repository);
        let address = match (&row.paid, &row.path) {
            // What is gone is no longer at the head.
            (None, Some(path)) => links.and_then(|links| links.at_head(path, row.line)),
            _ => None,
        };
        match self.named() {
            true => Line::new().place(&format!("{}/{place}", row.repository), address),
            false => Line::new().place(&place, address),
        }
    }

    /// The days of the week, also those to come.
    pub(in crate::report) fn days(&self, debt: &WeekDebt) -> Block {
        let due = debt.deadline.date_naive();
        let days = self.week.days.iter().map(|day| Day {
            name: day.date.format("%a %-d").to_string(),
            figures: (debt.by_day.iter())
                .find(|it| it.day == day.day)
                .map(|it| [it.opened, it.closed, it.open]),
            due: day.date == due,
        });
        Block::Days(days.collect())
    }

    /// What each repository paid of what it opened, where there are several.
    pub(in crate::report) fn by_repository(&self, debt: &WeekDebt) -> Option<Block> {
        let rows = debt
            .by_repository
            .iter()
            .filter(|it| it.opened > 0)
            .map(|it| {
                vec![
                    Line::new().words(&it.name),
                    Line::of(count(it.opened)),
                    Line::of(count(it.paid)),
                    Line::of(count(it.open)),
                ]
            });
        let rows = rows.collect::<Vec<_>>();
        self.named().then_some(Block::Table(Table {
            caption: "The debt of the hack days by repository",
            columns: vec![
                ("Repository", false),
                ("Opened", true),
                ("Paid", true),
                ("Open", true),
            ],
            rows,
        }))
    }

    /// What is not among the figures.
    pub(in crate::report) fn apart(&self, debt: &WeekDebt) -> Vec<Line> {
        let mut lines = Vec::new();
        if debt.after_hack_days > 0 {
            let items = plural(debt.after_hack_days, "item", "items");
            lines.push(Line::new().soft(format!(
                "Counted apart: {items} of the other days of the week."
            )));
        }
        if debt.doubtful > 0 {
            let (payments, them) = match debt.doubtful {
                1 => ("1 payment took".to_owned(), "it"),
                many => (format!("{} payments took", count(many)), "them"),
            };
            lines.push(Line::of(format!(
                "In doubt: {payments} the words away and changed nothing else. Somebody should look at {them}."
            )));
        }
        if self.repositories.iter().any(|it| it.shallow) {
            lines.push(Line::new().soft(
                "A history is shallow: what it brought in before its beginning cannot be told.",
            ));
        }
        lines
    }
}

/// The debt as a bar.
pub(in crate::report) fn meter(debt: &WeekDebt) -> Vec<Part> {
    let part = |figure, name, fill| Part { figure, name, fill };
    vec![
        part(debt.paid, "paid", Fill::Paid),
        part(debt.paid_late, "paid late", Fill::Late),
        part(debt.accepted, "accepted", Fill::Kept),
        part(debt.carried, "carried", Fill::Kept),
        part(debt.dismissed, "found to be none", Fill::Kept),
        part(debt.open, "open", Fill::Open),
    ]
}

/// The mark of an item.
pub(in crate::report) fn mark(row: &DebtRow) -> Mark {
    match row.status {
        Status::Paid | Status::PaidLate => Mark::Done,
        Status::Carried => Mark::Carried,
        Status::Accepted | Status::Dismissed => Mark::Cut,
        Status::Open => Mark::Open,
    }
}

/// Items as a list.
pub(in crate::report) fn list<'r>(
    about: &About<'_>,
    rows: impl IntoIterator<Item = &'r DebtRow>,
    most: usize,
) -> Block {
    let entries = rows.into_iter();
    let entries = entries.map(|row| Entry::new(mark(row), about.fate(row)));
    Block::list(entries.collect(), most)
}

/// Whether only the words of an item went.
pub(in crate::report) fn is_doubtful(row: &DebtRow) -> bool {
    row.paid
        .as_ref()
        .is_some_and(|paid| paid.how == How::CommentOnly)
        && matches!(row.status, Status::Paid | Status::PaidLate)
}
