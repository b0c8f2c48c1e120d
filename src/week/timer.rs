//! A timer that can be paused: what it has counted, and since when it runs.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// A timer. It holds no clock: every reading hands in the instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// Since when it runs, in milliseconds since 1970; absent while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    since: Option<i64>,
    /// What it had counted before that, in seconds.
    #[serde(default)]
    spent: i64,
}

impl Timer {
    /// A timer that runs from an instant on.
    pub fn started(at: DateTime<Utc>) -> Self {
        Self::default().start(at)
    }

    /// Whether it runs.
    pub fn runs(self) -> bool {
        self.since.is_some()
    }

    /// What it had counted when it last stood.
    pub fn counted(self) -> TimeDelta {
        Self {
            since: None,
            ..self
        }
        .spent(DateTime::UNIX_EPOCH)
    }

    /// What it shows at an instant. A clock that went back takes nothing away.
    pub fn spent(self, at: DateTime<Utc>) -> TimeDelta {
        let running = self.since.map_or(0, |since| {
            at.timestamp_millis().saturating_sub(since).max(0) / 1000
        });
        // Far beyond any week, and far within what a TimeDelta holds.
        const MOST: i64 = 1 << 40;
        TimeDelta::seconds(self.spent.saturating_add(running).clamp(0, MOST))
    }

    /// The same, running from an instant on; one that runs already stays as it is.
    pub fn start(self, at: DateTime<Utc>) -> Self {
        Self {
            since: self.since.or(Some(at.timestamp_millis())),
            ..self
        }
    }

    /// The same, standing from an instant on.
    pub fn stop(self, at: DateTime<Utc>) -> Self {
        Self {
            since: None,
            spent: self.spent(at).num_seconds(),
        }
    }
}

/// Minutes and seconds as the screens have them: `1:04`; hours are minutes too.
pub fn clock(duration: TimeDelta) -> String {
    let seconds = duration.num_seconds();
    let sign = if seconds < 0 { "-" } else { "" };
    format!("{sign}{}:{:02}", (seconds / 60).abs(), (seconds % 60).abs())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn a_timer_counts_while_it_runs() {
        let timer = Timer::started(at(100)).stop(at(141)).start(at(200));
        assert_eq!(timer.spent(at(223)).num_seconds(), 64);
        assert_eq!(clock(timer.spent(at(223))), "1:04");
        assert_eq!(timer.stop(at(223)).spent(at(9999)).num_seconds(), 64);
    }

    #[test]
    fn a_clock_that_goes_back_takes_nothing_away() {
        let timer = Timer::started(at(100)).stop(at(110)).start(at(200));
        assert_eq!(timer.spent(at(0)).num_seconds(), 10);
        let hostile: Timer =
            serde_json::from_str(r#"{"since":-9223372036854775808,"spent":9223372036854775807}"#)
                .unwrap();
        assert!(hostile.spent(at(0)) > TimeDelta::zero());
    }
}
