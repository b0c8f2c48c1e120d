//! The last weeks beside this one.

use super::TrendRow;
use crate::report::facts::Facts;
use crate::report::figures::WeekDebt;
use crate::week::Week;
use crate::week::record::Figures;

/// How many weeks a trend shows, this one counted.
const WEEKS: usize = 6;

/// The last weeks up to this one. A week from before is told as it was closed; where its debt was
/// not written down, the ledger adds it. Weeks of which nothing is known are left out.
pub(super) fn of(facts: &Facts<'_>, debt: &WeekDebt) -> Vec<TrendRow> {
    let count = |figure: u64| u32::try_from(figure).ok();
    let mut rows: Vec<TrendRow> = (facts.earlier.iter())
        .filter_map(|week| {
            let record = facts.board.week(week.name()).record();
            let own = WeekDebt::of(facts.report, week, week.span().end);
            let is_known = record != Default::default() || own.opened > 0;
            let mut figures = figures_of(facts, week);
            if figures.debt_opened.is_none() {
                figures.debt_opened = count(own.opened);
                figures.debt_paid = count(own.paid);
            }
            (is_known && !record.skipped).then(|| row(facts, week, figures))
        })
        .collect();
    // This week always as it is, so that it says what the rest of the summary says.
    let mut figures = facts.board.week(facts.week.name()).figures();
    figures.debt_opened = count(debt.opened);
    figures.debt_paid = count(debt.paid);
    rows.push(row(facts, facts.week, figures));
    rows.split_off(rows.len().saturating_sub(WEEKS))
}

/// What a week from before came to.
pub(super) fn figures_of(facts: &Facts<'_>, week: &Week) -> Figures {
    let written = facts.board.week(week.name());
    written.record().figures.unwrap_or_else(|| Figures {
        // What is left is of today, not of then.
        alpha_left: None,
        beta_left: None,
        ..written.figures()
    })
}

fn row(facts: &Facts<'_>, week: &Week, figures: Figures) -> TrendRow {
    TrendRow {
        week: week.name().to_string(),
        hack: facts.board.week(week.name()).record().number,
        tasks_planned: figures.tasks_planned,
        tasks_done: figures.tasks_done,
        debt_opened: figures.debt_opened,
        debt_paid: figures.debt_paid,
        promises_made: figures.promises_made,
        promises_kept: figures.promises_kept,
        planning: figures.planning,
        mood: figures.mood,
    }
}
