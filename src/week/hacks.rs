//! Which weeks have a hack, and their numbers: those that are over and those to come.

use super::board::Board;
use super::calendar::Calendar;
use super::name::WeekName;

/// How many weeks to come are looked at: ten years.
const FARTHEST: usize = 520;

/// The hacks of a board, seen from a week.
#[derive(Clone, Copy, Debug)]
pub struct Hacks<'a> {
    board: &'a Board,
    calendar: &'a Calendar,
    this: WeekName,
}

impl<'a> Hacks<'a> {
    /// Those that are seen from `this` week. A week before it had a hack if something is written of
    /// it; it and those after have one unless they are said to be without or have no hack day.
    pub fn new(board: &'a Board, calendar: &'a Calendar, this: WeekName) -> Self {
        Self {
            board,
            calendar,
            this,
        }
    }

    /// Whether a week has a hack, if it is to come.
    pub fn may_have(self, week: WeekName) -> bool {
        let skipped = self.board.week(week).record().skipped;
        !skipped && (self.calendar.week(week).days().iter()).any(|day| day.hack)
    }

    /// The weeks from one on that have a hack, by time, ten years far.
    pub fn from(self, week: WeekName) -> impl Iterator<Item = WeekName> + use<'a> {
        let weeks = std::iter::successors(Some(week), |week| week.next());
        weeks
            .take(FARTHEST)
            .filter(move |week| self.may_have(*week))
    }

    /// The number of a week's hack: the one that is written of it, or else by counting on from the
    /// last that is, or from none at all. `None` where it is too far away to count.
    pub fn number(self, week: WeekName) -> Option<u32> {
        let records = self.board.records.iter();
        let numbered = records.filter_map(|(id, record)| {
            let name: WeekName = id.as_str().parse().ok()?;
            Some((name, record.number?)).filter(|(name, _)| *name <= week)
        });
        let last = numbered.max_by_key(|(name, _)| *name);
        let (from, number) = match last {
            Some((name, number)) if name == week => return Some(number),
            Some((name, number)) => (Some(name), number),
            None => (None, 0),
        };
        let is_after = |name: &WeekName| from.is_none_or(|from| *name > from) && *name < week;
        let written = self.board.hack_weeks().into_iter();
        let over = written.filter(|name| *name < self.this && is_after(name));
        let to_come = std::iter::successors(Some(self.this), |name| name.next());
        let far = to_come.clone().take(FARTHEST).last();
        if far.is_some_and(|far| far < week) {
            return None;
        }
        let to_come = to_come
            .take_while(|name| *name < week)
            .filter(|name| is_after(name) && self.may_have(*name));
        let between = u32::try_from(over.count() + to_come.count()).ok()?;
        number.checked_add(between)?.checked_add(1)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::week::book::Book;
    use crate::week::command::Command;
    use crate::week::record::WeekCommand;

    fn name(text: &str) -> WeekName {
        text.parse().unwrap()
    }

    fn board(commands: &[(&str, WeekCommand)]) -> Board {
        let calendar = Calendar::default();
        let mut book = Book::new(calendar.zone(), 1);
        for (week, command) in commands {
            let command = Command::Week(name(week), command.clone());
            book.run(command, "2026-11-16T09:00:00Z".parse().unwrap())
                .unwrap();
        }
        book.board().clone()
    }

    fn number(board: &Board, week: &str) -> Option<u32> {
        Hacks::new(board, &Calendar::default(), name("2026-W47")).number(name(week))
    }

    #[test]
    fn hacks_are_counted_on_from_the_last_number() {
        let board = board(&[
            ("2026-W44", WeekCommand::Number(Some(3))),
            ("2026-W46", WeekCommand::Title("payments".to_owned())),
            ("2026-W49", WeekCommand::Skip(true)),
        ]);
        // Nothing is written of week 45; week 49 is without a hack.
        for (week, expected) in [
            ("2026-W44", 3),
            ("2026-W46", 4),
            ("2026-W47", 5),
            ("2026-W48", 6),
            ("2026-W50", 7),
        ] {
            assert_eq!(number(&board, week), Some(expected), "{week}");
        }
    }

    #[test]
    fn without_any_number_the_first_is_one() {
        let nothing = Board::default();
        assert_eq!(number(&nothing, "2026-W47"), Some(1));
        assert_eq!(number(&nothing, "2026-W49"), Some(3));
        assert_eq!(number(&nothing, "9999-W01"), None);
    }

    #[test]
    fn a_week_of_holidays_has_no_hack() {
        let settings = crate::week::CalendarSettings {
            holidays: (16..=20)
                .filter_map(|day| chrono::NaiveDate::from_ymd_opt(2026, 11, day))
                .collect(),
            ..Default::default()
        };
        let calendar = Calendar::new(settings, Default::default()).unwrap();
        let nothing = Board::default();
        let hacks = Hacks::new(&nothing, &calendar, name("2026-W46"));
        let weeks: Vec<WeekName> = hacks.from(name("2026-W46")).take(2).collect();
        assert_eq!(weeks, [name("2026-W46"), name("2026-W48")]);
    }
}
