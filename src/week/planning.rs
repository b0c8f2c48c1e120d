//! The hour of planning: its timer, its bells and its overrun.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::change::Rules;
use super::timer::Timer;

/// The hour of planning at an instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Planning {
    /// What of it has passed, in seconds.
    pub spent: i64,
    /// What is left, in seconds; negative once it is over.
    pub left: i64,
    /// How many bells have rung.
    pub bells: usize,
    /// When the hour is over if nobody pauses it; `None` while it stands.
    pub hard_stop: Option<DateTime<Utc>>,
    /// Whether it runs.
    pub runs: bool,
}

impl Planning {
    /// How it stands at an instant.
    pub fn at(timer: Timer, rules: &Rules, at: DateTime<Utc>) -> Self {
        let spent = timer.spent(at);
        let left = TimeDelta::seconds(rules.planning.into()) - spent;
        let rung = |bell: &&u32| i64::from(**bell) <= spent.num_seconds();
        Self {
            spent: spent.num_seconds(),
            left: left.num_seconds(),
            bells: rules.bells.iter().filter(rung).count(),
            hard_stop: timer.runs().then(|| at.checked_add_signed(left)).flatten(),
            runs: timer.runs(),
        }
    }

    /// What of it was too much, in seconds.
    pub fn overrun(&self) -> i64 {
        (-self.left).max(0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn bells_ring_at_50_and_60_minutes_and_the_rest_is_overrun() {
        let start: DateTime<Utc> = "2026-11-16T08:00:00Z".parse().unwrap();
        let timer = Timer::started(start);
        let at = |minutes: i64| {
            Planning::at(
                timer,
                &Rules::default(),
                start + TimeDelta::minutes(minutes),
            )
        };
        let bells: Vec<usize> = [0, 49, 50, 59, 60, 64].map(|m| at(m).bells).into();
        assert_eq!(bells, [0, 0, 1, 1, 2, 2]);
        assert_eq!(
            (at(64).left, at(64).overrun(), at(59).overrun()),
            (-240, 240, 0)
        );
        assert_eq!(at(22).hard_stop, Some(start + TimeDelta::minutes(60)));
    }

    #[test]
    fn a_paused_hour_stops_later() {
        let start: DateTime<Utc> = "2026-11-16T08:00:00Z".parse().unwrap();
        let minutes = TimeDelta::minutes;
        let timer = Timer::started(start).stop(start + minutes(10));
        let paused = Planning::at(timer, &Rules::default(), start + minutes(40));
        assert_eq!((paused.spent, paused.hard_stop), (600, None));
        let again = timer.start(start + minutes(40));
        let later = Planning::at(again, &Rules::default(), start + minutes(50));
        assert_eq!(later.hard_stop, Some(start + minutes(90)));
    }
}
