//! Debt and lengths of time in words.

use chrono::{DateTime, TimeDelta, Utc};

use crate::report::rows::DebtRow;
use crate::tui::seen::Seen;

/// `+2 -1`; nothing where nothing changed.
pub(super) fn change(opened: u64, paid: u64) -> String {
    match (opened, paid) {
        (0, 0) => String::new(),
        (opened, 0) => format!("+{opened}"),
        (0, paid) => format!("-{paid}"),
        (opened, paid) => format!("+{opened} -{paid}"),
    }
}

/// `hook.rs:17`; of a message the word.
pub(super) fn place(item: &DebtRow) -> String {
    let Some(path) = &item.path else {
        return "message".to_owned();
    };
    let file = path.rsplit('/').next().unwrap_or(path);
    match item.line {
        Some(line) => format!("{file}:{line}"),
        None => file.to_owned(),
    }
}

/// `2d 8h 28m`: a length down to its minutes.
pub(super) fn length(length: TimeDelta) -> String {
    let minutes = length.num_minutes().max(0);
    let (days, hours, rest) = (minutes / (24 * 60), minutes / 60 % 24, minutes % 60);
    match (days, hours) {
        (0, 0) => format!("{rest}m"),
        (0, _) => format!("{hours}h {rest}m"),
        _ => format!("{days}d {hours}h {rest}m"),
    }
}

/// `in 6h 28m`, `2h 10m ago`.
pub(super) fn distance(to: DateTime<Utc>, now: DateTime<Utc>) -> String {
    match to >= now {
        true => format!("in {}", length(to - now)),
        false => format!("{} ago", length(now - to)),
    }
}

/// `Mon 15:40` of the shown week, else `13 Nov 15:40`.
pub(super) fn when(seen: &Seen<'_>, at: DateTime<Utc>) -> String {
    crate::tui::when::short(at, &seen.week())
}

/// `14:00`.
pub(super) fn hour(seen: &Seen<'_>, at: DateTime<Utc>) -> String {
    let local = seen.week().zone().local(at);
    local.format("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_go_down_to_minutes() {
        let said = [0, 59, 60, 388, 1439, 3388].map(|minutes| length(TimeDelta::minutes(minutes)));
        assert_eq!(
            said,
            ["0m", "59m", "1h 0m", "6h 28m", "23h 59m", "2d 8h 28m"]
        );
    }
}
