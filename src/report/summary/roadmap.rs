//! Where the roadmap stands after a week: the figures of the [roadmap](crate::report::roadmap) itself,
//! as of the end of that week.

use super::trend::figures_of;
use super::{MilestoneRow, Roadmap};
use crate::report::facts::Facts;
use crate::report::figures::WeekDebt;
use crate::report::roadmap::{Asked, after, roadmap};
use crate::week::roadmap::Milestone;

/// The way to the milestones; `None` without features.
pub(super) fn of(facts: &Facts<'_>, debt: &WeekDebt) -> Option<Roadmap> {
    let board = facts.board;
    if board.features().is_empty() {
        return None;
    }
    let whole = roadmap(&Asked {
        board,
        calendar: facts.calendar,
        now: facts.at(),
        debt_paid: u32::try_from(debt.paid).ok(),
        tasks_each: None,
        growth: None,
    });
    let hacks = board.hack_weeks();
    let mut earlier = facts.earlier.iter().rev();
    let before = earlier.find(|week| hacks.contains(&week.name()));
    let before = before
        .map(|week| figures_of(facts, week))
        .unwrap_or_default();
    let way = |milestone: Milestone, left_before: Option<u32>| {
        let own = whole.milestones.iter().find(|it| it.milestone == milestone);
        let said = own.and_then(|it| it.odds.get(it.say?));
        let moved = whole.after.iter().flat_map(|after| &after.moved);
        MilestoneRow {
            left_before,
            left: board.left_to(milestone),
            week: said.map(|odds| odds.week.clone()),
            hack: said.and_then(|odds| odds.hack),
            percent: said.map(|odds| odds.percent),
            hack_before: (moved.clone())
                .find(|it| it.milestone == milestone)
                .map(|it| it.from),
        }
    };
    Some(Roadmap {
        alpha: way(Milestone::Alpha, before.alpha_left),
        beta: way(Milestone::Beta, before.beta_left),
        after: whole.after.as_ref().map_or_else(Vec::new, after),
        is: whole.is,
        solves: whole.solves,
    })
}
