//! The numbers of debt: `D-05`.

use crate::report::debt::{DebtReport, Item};
use crate::report::figures::is_of_week;
use crate::week::{Board, Id, Numbered, Week};
use crate::workspace::Workspace;

impl Workspace {
    /// Gives the debt of a week's hack days, and what was carried into it, its numbers, oldest first, where somebody wrote something
    /// of this project: to look makes no board. A number that cannot be kept is none, and the id
    /// stands for it.
    pub(in crate::workspace) fn number_debt(
        &self,
        board: &mut Board,
        report: &DebtReport,
        week: &Week,
    ) {
        if board.facts().seen().count() == 0 {
            return;
        }
        let id = |item: &Item| item.id.parse::<Id>().ok();
        let items = report
            .items
            .iter()
            .filter(|item| is_of_week(item, week) || item.carried_from.is_some());
        let mut items: Vec<Id> = items.filter_map(id).collect();
        items.retain(|item| board.numbers.of(Numbered::Debt, item).is_none());
        if items.is_empty() {
            return;
        }
        let Ok(mut people) = self.people() else {
            return;
        };
        if people.log.number_debt(&items).is_ok() {
            board.numbers = people.log.board().numbers.clone();
        }
    }
}
