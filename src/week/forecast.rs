//! When it will be done, if the next weeks go like the last ones: by drawing from them.
//!
//! Each run draws for each week one of the earlier weeks and does as many tasks as were done then.
//! The scope grows too: in each week, before its work, by nothing or by twice the growth, as a coin
//! falls, so by the growth on average. A week's odds are the share of runs that are done by its end;
//! a run that is done once stays done. Weeks without any task count as weeks; weeks without a hack
//! are left out by the caller, before and after.

use serde::Serialize;

use super::random::Random;

/// How many weeks must be known before anything is said.
pub const FEWEST_WEEKS: usize = 2;

/// What a forecast is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draws {
    /// The tasks done in each earlier week.
    pub done: Vec<u32>,
    /// By how many tasks the scope grows in a week, on average.
    pub growth: u32,
    /// How many runs.
    pub runs: u32,
    /// The seed of the runs.
    pub seed: u64,
}

impl Draws {
    /// 20,000 runs of seed 6.
    pub fn of(done: Vec<u32>, growth: u32) -> Self {
        Self {
            done,
            growth,
            runs: 20_000,
            seed: 6,
        }
    }
}

/// How likely it is that something is done by the end of the coming weeks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Forecast {
    /// For the first coming week and those after it: the share of runs that are done, 0 to 1.
    pub odds: Vec<f64>,
    /// The week that the plain average of the tasks done names, from 1; `None` if it names none.
    pub average: Option<usize>,
}

/// The most weeks that are looked at.
const FARTHEST: usize = 260;

impl Forecast {
    /// The forecast of the tasks that are left. `None`, "no pace yet", with fewer than two weeks.
    /// It ends with the week in which all runs are done, or after five years.
    pub fn of(left: u32, draws: &Draws) -> Option<Self> {
        if draws.done.len() < FEWEST_WEEKS {
            return None;
        }
        let mut random = Random::new(draws.seed);
        let mut ended = vec![0u32; FARTHEST + 1];
        for _ in 0..draws.runs {
            if let Some(week) = run(left, draws, &mut random) {
                ended[week] += 1;
            }
        }
        let mut done = ended[0];
        let mut odds = Vec::new();
        for count in &ended[1..] {
            if done >= draws.runs && !odds.is_empty() {
                break;
            }
            done += count;
            odds.push(f64::from(done) / f64::from(draws.runs.max(1)));
        }
        let average = average_week(left, draws);
        Some(Self { odds, average })
    }

    /// The first coming week, from 1, by whose end it is done with at least these odds.
    pub fn week_at(&self, odds: f64) -> Option<usize> {
        self.odds
            .iter()
            .position(|own| *own >= odds)
            .map(|at| at + 1)
    }

    /// The week to say: the first with 85 in 100.
    pub fn to_say(&self) -> Option<usize> {
        self.week_at(0.85)
    }

    /// Percent by the end of a coming week, from 1, as it is shown: 100 only where no run failed.
    pub fn percent(&self, week: usize) -> Option<u32> {
        let odds = *self.odds.get(week.checked_sub(1)?)?;
        let rounded = (odds * 100.0).round().clamp(0.0, 100.0);
        let shown = if odds < 1.0 { rounded.min(99.0) } else { 100.0 };
        // Between 0 and 100.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Some(shown as u32)
    }
}

/// In which week one run is done.
fn run(left: u32, draws: &Draws, random: &mut Random) -> Option<usize> {
    let mut left = i64::from(left);
    for week in 0..=FARTHEST {
        if left <= 0 {
            return Some(week);
        }
        if random.below(2) == 1 {
            left += 2 * i64::from(draws.growth);
        }
        let done = draws.done.get(random.below(draws.done.len()));
        left -= i64::from(done.copied().unwrap_or(0));
    }
    None
}

/// By the tasks done alone: the plain average knows of no growth.
fn average_week(left: u32, draws: &Draws) -> Option<usize> {
    let sum: u64 = draws.done.iter().map(|done| u64::from(*done)).sum();
    let weeks = draws.done.len() as u64;
    let week = (u64::from(left) * weeks + sum.saturating_sub(1)).checked_div(sum)?;
    usize::try_from(week).ok().filter(|week| *week <= FARTHEST)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn draws() -> Draws {
        Draws::of(vec![5, 6, 8, 5, 7, 7], 1)
    }

    #[test]
    fn the_roadmap_of_the_made_up_week_comes_out() {
        let within = |left, expected: &[(usize, u32)]| {
            let forecast = Forecast::of(left, &draws()).unwrap();
            for (week, percent) in expected {
                let own = forecast.percent(*week).unwrap();
                assert!(
                    own.abs_diff(*percent) <= 1,
                    "{left} left, week {week}: {own}"
                );
            }
        };
        // Hacks 8 and 9 are the second and third from now, 11 to 13 the fifth to seventh.
        within(11, &[(2, 52), (3, 99)]);
        within(30, &[(5, 20), (6, 75), (7, 99)]);
    }

    #[test]
    fn the_average_is_named_for_what_it_is() {
        assert_eq!(Forecast::of(30, &draws()).unwrap().to_say(), Some(7));
        assert_eq!(Forecast::of(11, &draws()).unwrap().to_say(), Some(3));
        // 11 and 30 tasks at 6.33 a week are 1.7 and 4.7 weeks.
        assert_eq!(Forecast::of(11, &draws()).unwrap().average, Some(2));
        assert_eq!(Forecast::of(30, &draws()).unwrap().average, Some(5));
        let idle = Draws::of(vec![0, 0], 0);
        assert_eq!(Forecast::of(30, &idle).unwrap().average, None);
    }

    #[test]
    fn the_same_data_gives_the_same_dates() {
        assert_eq!(Forecast::of(30, &draws()), Forecast::of(30, &draws()));
        let other = Draws { seed: 7, ..draws() };
        assert_ne!(Forecast::of(30, &draws()), Forecast::of(30, &other));
    }

    #[test]
    fn fewer_than_two_weeks_are_no_pace() {
        assert_eq!(Forecast::of(5, &Draws::of(vec![7], 0)), None);
        assert_eq!(Forecast::of(5, &Draws::of(Vec::new(), 0)), None);
    }

    #[test]
    fn odds_never_fall_and_what_never_ends_has_none() {
        let forecast = Forecast::of(200, &draws()).unwrap();
        assert!(forecast.odds.is_sorted() && forecast.odds.last() == Some(&1.0));
        let never = Forecast::of(5, &Draws::of(vec![0, 0], 0)).unwrap();
        assert_eq!(never.week_at(0.01), None);
        let done = Forecast::of(0, &draws()).unwrap();
        assert_eq!(done.percent(1), Some(100));
    }
}
