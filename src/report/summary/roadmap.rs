//! Where the roadmap stands after a week, and where it stood before.

use super::trend::figures_of;
use super::{MilestoneRow, Roadmap};
use crate::report::facts::Facts;
use crate::report::rows::filled;
use crate::week::forecast::{Draws, Forecast};
use crate::week::roadmap::Milestone;

/// The way to the milestones; `None` without features.
pub(super) fn of(facts: &Facts<'_>) -> Option<Roadmap> {
    let board = facts.board;
    if board.features().is_empty() {
        return None;
    }
    let written = board.week(facts.week.name());
    let number = written.record().number;
    let whiteboard = board.roadmap();
    let growth = whiteboard.growth.unwrap_or(0);
    let hacks: Vec<_> = (facts.earlier.iter())
        .filter(|week| board.hack_weeks().contains(&week.name()))
        .map(|week| figures_of(facts, week))
        .collect();
    let before = hacks.last().copied().unwrap_or_default();
    let done_now = u32::try_from(written.done()).unwrap_or(u32::MAX);
    let done: Vec<u32> = hacks
        .iter()
        .filter_map(|figures| figures.tasks_done)
        .collect();
    let with_now: Vec<u32> = done.iter().copied().chain([done_now]).collect();
    let said = |left: u32, done: &[u32]| {
        // Six weeks are what a pace is made of: older ones tell of another team.
        let last = done[done.len().saturating_sub(6)..].to_vec();
        Forecast::of(left, &Draws::of(last, growth))
    };
    let hack_in =
        |weeks: usize, number: Option<u32>| number?.checked_add(u32::try_from(weeks).ok()?);
    let way = |milestone: Milestone, left_before: Option<u32>| {
        let left = board.left_to(milestone);
        let forecast = said(left, &with_now);
        let weeks = forecast.as_ref().and_then(Forecast::to_say);
        let earlier = left_before.and_then(|left| said(left, &done)?.to_say());
        let number_before = number.and_then(|number| number.checked_sub(1));
        MilestoneRow {
            left_before,
            left,
            weeks: weeks.map(|weeks| weeks as u64),
            hack: weeks.and_then(|weeks| hack_in(weeks, number)),
            hack_before: earlier.and_then(|weeks| hack_in(weeks, number_before)),
            percent: weeks.and_then(|weeks| forecast.as_ref()?.percent(weeks)),
        }
    };
    let alpha = way(Milestone::Alpha, before.alpha_left);
    let beta = way(Milestone::Beta, before.beta_left);
    let scope_grew = before
        .beta_left
        .map(|before| i64::from(beta.left) + i64::from(done_now) - i64::from(before));
    Some(Roadmap {
        is: filled(&whiteboard.is),
        solves: filled(&whiteboard.solves),
        alpha,
        beta,
        scope_grew,
    })
}
