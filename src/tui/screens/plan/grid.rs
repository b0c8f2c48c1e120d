//! The tasks of a week in columns, one for each who has any or could.

use crate::tui::seen::Seen;
use crate::week::Id;
use crate::week::task::Task;

/// The tasks of a week.
#[derive(Debug)]
pub struct Grid<'a> {
    /// The team in its order, then others who have tasks, then nobody if something is nobody's.
    pub columns: Vec<Column<'a>>,
    /// The cut list.
    pub cut: Vec<&'a Task>,
}

/// The tasks of somebody, or of nobody.
#[derive(Debug)]
pub struct Column<'a> {
    /// Whose.
    pub owner: Option<&'a Id>,
    /// In their order.
    pub tasks: Vec<&'a Task>,
}

/// A place in it: a column, or behind the last one the cut list; and a row of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// The column.
    pub column: usize,
    /// The task in it.
    pub row: usize,
}

impl<'a> Grid<'a> {
    /// The tasks of the shown week.
    pub fn of(seen: &Seen<'a>) -> Self {
        let (board, week) = (seen.board(), seen.written());
        let mut owners: Vec<Option<&'a Id>> = board
            .team()
            .into_iter()
            .map(|person| Some(&person.id))
            .collect();
        let in_week = week.planned().into_iter();
        for task in in_week.filter(|task| task.week == seen.name) {
            let owner = task.owner.as_ref();
            if owner.is_some() && !owners.contains(&owner) {
                owners.push(owner);
            }
        }
        let column = |owner| Column {
            owner,
            tasks: week.tasks_of(owner),
        };
        let mut columns: Vec<Column<'a>> = owners.into_iter().map(column).collect();
        let nobodys = column(None);
        if columns.is_empty() || !nobodys.tasks.is_empty() {
            columns.push(nobodys);
        }
        Self {
            columns,
            cut: week.cut(),
        }
    }

    /// How many tasks are in the columns.
    pub fn count(&self) -> usize {
        self.columns.iter().map(|column| column.tasks.len()).sum()
    }

    /// The tasks of a column, or the cut list.
    pub fn list(&self, column: usize) -> &[&'a Task] {
        let column = self.columns.get(column);
        column.map_or(&self.cut, |column| &column.tasks)
    }

    /// Whether a place is on the cut list.
    pub fn is_cut(&self, spot: Spot) -> bool {
        spot.column >= self.columns.len()
    }

    /// The task of a place.
    pub fn at(&self, spot: Spot) -> Option<&'a Task> {
        self.list(spot.column).get(spot.row).copied()
    }

    /// The place of a task.
    pub fn find(&self, id: &Id) -> Option<Spot> {
        (0..=self.columns.len()).find_map(|column| {
            let row = self.list(column).iter().position(|task| task.id == *id)?;
            Some(Spot { column, row })
        })
    }

    /// The place there is that is nearest: the last row of a column that is shorter, no cut list
    /// without anything on it.
    pub fn nearest(&self, spot: Spot) -> Spot {
        let last = match self.cut.is_empty() {
            true => self.columns.len().saturating_sub(1),
            false => self.columns.len(),
        };
        let column = spot.column.min(last);
        let rows = self.list(column).len();
        Spot {
            column,
            row: spot.row.min(rows.saturating_sub(1)),
        }
    }

    /// One task further down or up: below a column is the cut list, which is one row, and above that
    /// is the column `back`.
    pub fn step(&self, spot: Spot, by: i64, back: usize) -> Spot {
        let rows = self.list(spot.column).len() as i64;
        let to = (spot.row as i64).saturating_add(by);
        let at = |column, row: i64| {
            let row = usize::try_from(row.max(0)).unwrap_or(0);
            self.nearest(Spot { column, row })
        };
        if self.is_cut(spot) {
            return match by < 0 && to < 0 {
                true => at(back.min(self.columns.len().saturating_sub(1)), i64::MAX),
                false => at(spot.column, to.min(rows - 1)),
            };
        }
        match to >= rows && by == 1 && !self.cut.is_empty() {
            true => at(self.columns.len(), 0),
            false => at(spot.column, to.clamp(0, (rows - 1).max(0))),
        }
    }

    /// One column to the right or left; on the cut list, one task.
    pub fn across(&self, spot: Spot, right: bool) -> Spot {
        if self.is_cut(spot) {
            let row = match right {
                true => spot.row + 1,
                false => spot.row.saturating_sub(1),
            };
            return self.nearest(Spot { row, ..spot });
        }
        let column = match right {
            true => (spot.column + 1).min(self.columns.len().saturating_sub(1)),
            false => spot.column.saturating_sub(1),
        };
        self.nearest(Spot { column, ..spot })
    }
}
