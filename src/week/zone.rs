//! The one timezone of a week, named as in the IANA database.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use chrono::{
    DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta,
    Timelike, Utc,
};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::shown;

/// A timezone of the IANA database.
///
/// Local times become instants by one rule: a local time that the zone skips is the first instant
/// after the gap, and one that it has twice is the first for the start of a date and the last for
/// its end and for an hour that is due. The rules are those of the database that was compiled in.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Zone(&'static Rules);

/// The rules of a zone, kept to the end once they were asked for.
#[derive(Debug)]
struct Rules {
    name: &'static str,
    zone: TimeZone,
}

static UTC: Rules = Rules {
    name: "UTC",
    zone: TimeZone::UTC,
};

/// What was asked for: at most as many zones as the database has.
static KNOWN: Mutex<Vec<&'static Rules>> = Mutex::new(Vec::new());

/// A text names no timezone.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{} is not a timezone of the IANA database{}", shown(.given), advice(.nearest))]
pub struct ZoneError {
    /// The text.
    pub given: String,
    /// The names nearest to it, nearest first; at most three, none if nothing is near.
    pub nearest: Vec<String>,
}

fn advice(nearest: &[String]) -> String {
    match nearest {
        [] => ": write a name like Europe/Berlin or UTC".to_owned(),
        [one] => format!(": did you mean {one}?"),
        [rest @ .., last] => format!(": did you mean {} or {last}?", rest.join(", ")),
    }
}

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(&UTC);

    /// Returns the zone of a name that is written as in the database.
    fn named(name: &str) -> Option<Self> {
        if name == UTC.name {
            return Some(Self::UTC);
        }
        // Only whole entries are added: a panicking thread cannot leave half of one.
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(rules) = known.iter().find(|rules| rules.name == name) {
            return Some(Self(rules));
        }
        let zone = TimeZoneDatabase::bundled().get(name).ok()?;
        // The database takes any case.
        if zone.iana_name() != Some(name) {
            return None;
        }
        let name = String::leak(name.to_owned());
        let rules: &Rules = Box::leak(Box::new(Rules { name, zone }));
        known.push(rules);
        Some(Self(rules))
    }

    /// The name in the IANA database.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// An instant as this zone's clocks show it; beyond the years -9999 to 9999 with the offset of
    /// the first or last of them.
    pub fn local(self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        let (first, last) = (Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
        let seconds = instant.timestamp().clamp(first, last);
        let offset = Timestamp::from_second(seconds).map(|time| self.0.zone.to_offset(time));
        instant.with_timezone(&fixed(offset.unwrap_or(Offset::UTC)))
    }

    /// The date that this zone's calendars show at an instant. An instant at the edge of what chrono
    /// can hold, where the local date would not fit, gives the date in UTC.
    pub fn date_of(self, instant: DateTime<Utc>) -> NaiveDate {
        let utc = instant.naive_utc();
        // A zone is never a whole day away from UTC; only these two days could overflow.
        if utc.date() <= NaiveDate::MIN + Days::new(1)
            || utc.date() >= NaiveDate::MAX - Days::new(1)
        {
            return utc.date();
        }
        self.local(instant).date_naive()
    }

    /// The first instant of a date. Where a date starts later than 00:00 or is skipped as a whole
    /// (Pacific/Apia, 2011-12-30), the first instant after the gap.
    pub fn start_of(self, date: NaiveDate) -> DateTime<FixedOffset> {
        self.resolve(date.and_time(NaiveTime::MIN), Fold::First)
    }

    /// The instant that ends a date: the first one after the last that has this date.
    pub fn end_of(self, date: NaiveDate) -> DateTime<FixedOffset> {
        const LAST_SECOND: TimeDelta = TimeDelta::seconds(86_399);
        let last = date.and_time(NaiveTime::MIN) + LAST_SECOND;
        match self.offset_at(last) {
            AmbiguousOffset::Gap { .. } => self.resolve(last, Fold::Last),
            AmbiguousOffset::Unambiguous { offset }
            | AmbiguousOffset::Fold { after: offset, .. } => {
                self.local(instant(last, offset) + TimeDelta::seconds(1))
            }
        }
    }

    /// The instant at which the clock shows a local time for the first time; `None` where the zone
    /// skips it.
    pub fn first_at(self, local: NaiveDateTime) -> Option<DateTime<FixedOffset>> {
        let is_skipped = matches!(self.offset_at(local), AmbiguousOffset::Gap { .. });
        (!is_skipped).then(|| self.resolve(local, Fold::First))
    }

    /// The instant at which the clock shows `time` on a date for the last time.
    pub(super) fn at(self, date: NaiveDate, time: NaiveTime) -> DateTime<FixedOffset> {
        self.resolve(date.and_time(time), Fold::Last)
    }

    fn resolve(self, local: NaiveDateTime, fold: Fold) -> DateTime<FixedOffset> {
        let offset = match (self.offset_at(local), fold) {
            (AmbiguousOffset::Unambiguous { offset }, _)
            | (AmbiguousOffset::Fold { before: offset, .. }, Fold::First)
            | (AmbiguousOffset::Fold { after: offset, .. }, Fold::Last) => offset,
            (AmbiguousOffset::Gap { before, after }, _) => {
                // Read with the later offset, a skipped time lies before the clocks were moved.
                let earlier = instant(local, after);
                let from = Timestamp::from_second(earlier.timestamp()).unwrap_or(Timestamp::MIN);
                let mut moves = self.0.zone.following(from);
                let moved = moves.find(|moved| moved.offset() == after);
                let moved = moved
                    .and_then(|moved| DateTime::from_timestamp(moved.timestamp().as_second(), 0));
                return self.local(moved.unwrap_or_else(|| instant(local, before)));
            }
        };
        self.local(instant(local, offset))
    }

    /// The offsets that a local time can have; beyond the years -9999 to 9999 it is taken as UTC.
    fn offset_at(self, local: NaiveDateTime) -> AmbiguousOffset {
        let civil = || {
            civil::DateTime::new(
                i16::try_from(local.year()).ok()?,
                i8::try_from(local.month()).ok()?,
                i8::try_from(local.day()).ok()?,
                i8::try_from(local.hour()).ok()?,
                i8::try_from(local.minute()).ok()?,
                i8::try_from(local.second()).ok()?,
                0,
            )
            .ok()
        };
        let utc = AmbiguousOffset::Unambiguous {
            offset: Offset::UTC,
        };
        civil().map_or(utc, |civil| {
            self.0.zone.to_ambiguous_timestamp(civil).offset()
        })
    }
}

/// Returns the instant of a local time with an offset; at the edge of what chrono can hold, the edge.
fn instant(local: NaiveDateTime, offset: Offset) -> DateTime<Utc> {
    let utc = local.checked_sub_offset(fixed(offset));
    utc.map_or(DateTime::<Utc>::MAX_UTC, |utc| utc.and_utc())
}

/// The offset for chrono, which has none of a day or more; nor has the database.
fn fixed(offset: Offset) -> FixedOffset {
    FixedOffset::east_opt(offset.seconds()).unwrap_or_else(|| chrono::Offset::fix(&Utc))
}

/// Which of the two instants a repeated local time means.
#[derive(Clone, Copy)]
enum Fold {
    First,
    Last,
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Zone {}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self::UTC
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name().to_owned()
    }
}

impl TryFrom<String> for Zone {
    type Error = ZoneError;

    fn try_from(given: String) -> Result<Self, Self::Error> {
        given.parse()
    }
}

impl FromStr for Zone {
    type Err = ZoneError;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        Self::named(given).ok_or_else(|| ZoneError {
            given: given.to_owned(),
            nearest: nearest(given),
        })
    }
}

/// The zone names nearest to a text: by the whole name, or by the part after the last `/`, so that
/// a city alone finds its zone.
fn nearest(given: &str) -> Vec<String> {
    // The longest name of the database has 32 characters.
    const LONGEST: usize = 40;
    const NEAR: f64 = 0.87;
    if given.len() > LONGEST {
        return Vec::new();
    }
    let wanted = given.trim().to_lowercase().replace(' ', "_");
    let database = TimeZoneDatabase::bundled();
    let mut scored: Vec<(f64, String)> = database
        .available()
        .map(|name| {
            let name = name.as_str().to_owned();
            let lower = name.to_lowercase();
            let city = lower.rsplit('/').next().unwrap_or_default();
            let whole = strsim::normalized_damerau_levenshtein(&lower, &wanted);
            // A shade less, so that an equal name wins over an equal city.
            let part = strsim::normalized_damerau_levenshtein(city, &wanted) - 0.01;
            (whole.max(part), name)
        })
        .filter(|(score, _)| *score >= NEAR - 0.15)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    // Beside a good match the middling ones are noise.
    if scored.first().is_some_and(|best| best.0 >= NEAR) {
        scored.retain(|(score, _)| *score >= NEAR);
    }
    scored.into_iter().map(|(_, name)| name).take(3).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use chrono::TimeZone as _;
    use proptest::prelude::*;

    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn utc(instant: DateTime<FixedOffset>) -> String {
        instant.to_utc().format("%Y-%m-%d %H:%M:%S").to_string()
    }

    fn any_zone() -> impl Strategy<Value = Zone> {
        let names = TimeZoneDatabase::bundled();
        let names: Vec<String> = names.available().map(|name| name.to_string()).collect();
        prop::sample::select(names).prop_map(|name| zone(&name))
    }

    #[test]
    fn a_zone_reads_as_it_is_written() {
        assert_eq!(zone("Europe/Berlin").to_string(), "Europe/Berlin");
        assert_eq!(serde_json::to_string(&zone("UTC")).unwrap(), "\"UTC\"");
        assert!(serde_json::from_str::<Zone>("\"Berlin\"").is_err());
    }

    #[test]
    fn a_wrong_name_is_answered_with_the_nearest_ones() {
        let first = |given: &str| given.parse::<Zone>().unwrap_err().nearest.first().cloned();
        assert_eq!(first("Europe/Berln"), Some("Europe/Berlin".to_owned()));
        assert_eq!(first("europe/berlin"), Some("Europe/Berlin".to_owned()));
        assert_eq!(first("berlin"), Some("Europe/Berlin".to_owned()));
        assert_eq!(first("New York"), Some("America/New_York".to_owned()));
        assert_eq!(first("utc"), Some("UTC".to_owned()));
        assert_eq!(
            "Europe/Berln".parse::<Zone>().unwrap_err().to_string(),
            "`Europe/Berln` is not a timezone of the IANA database: did you mean Europe/Berlin?"
        );
    }

    #[test]
    fn what_is_near_to_no_name_gets_an_example() {
        for given in ["", "+02:00", "\u{1b}]0;x", &"a".repeat(100_000)] {
            let error = given.parse::<Zone>().unwrap_err();
            let text = error.to_string();
            assert_eq!(error.nearest, Vec::<String>::new(), "{text}");
            assert!(
                text.contains("like Europe/Berlin") && text.len() < 200,
                "{text}"
            );
            assert!(!text.contains('\u{1b}'));
        }
    }

    #[test]
    fn a_date_that_starts_after_midnight_starts_after_the_gap() {
        // Beirut went from 00:00 to 01:00 on 2022-03-27.
        let beirut = zone("Asia/Beirut");
        assert_eq!(
            utc(beirut.start_of(date("2022-03-27"))),
            "2022-03-26 22:00:00"
        );
        assert_eq!(
            utc(beirut.end_of(date("2022-03-26"))),
            "2022-03-26 22:00:00"
        );
    }

    #[test]
    fn a_date_that_was_skipped_has_no_length() {
        let apia = zone("Pacific/Apia");
        let gap = "2011-12-30 10:00:00";
        assert_eq!(utc(apia.end_of(date("2011-12-29"))), gap);
        assert_eq!(utc(apia.start_of(date("2011-12-30"))), gap);
        assert_eq!(utc(apia.end_of(date("2011-12-30"))), gap);
        assert_eq!(utc(apia.start_of(date("2011-12-31"))), gap);
    }

    #[test]
    fn a_repeated_midnight_starts_its_date_once() {
        // Havana's clocks went from 01:00 back to 00:00 on 2021-11-07.
        let havana = zone("America/Havana");
        assert_eq!(
            utc(havana.start_of(date("2021-11-07"))),
            "2021-11-07 04:00:00"
        );
        assert_eq!(
            utc(havana.end_of(date("2021-11-06"))),
            "2021-11-07 04:00:00"
        );
    }

    #[test]
    fn a_date_that_comes_back_at_midnight_ends_the_second_time() {
        // São Paulo's clocks went from 00:00 of 2018-02-18 back to 23:00.
        let sao_paulo = zone("America/Sao_Paulo");
        assert_eq!(
            utc(sao_paulo.end_of(date("2018-02-17"))),
            "2018-02-18 03:00:00"
        );
        // And those of St. John's from 00:01 of 2010-11-07 back to 23:01: the date itself came twice.
        let st_johns = zone("America/St_Johns");
        assert_eq!(
            utc(st_johns.start_of(date("2010-11-07"))),
            "2010-11-07 02:30:00"
        );
        assert_eq!(
            utc(st_johns.end_of(date("2010-11-06"))),
            "2010-11-07 03:30:00"
        );
    }

    #[test]
    fn an_hour_that_comes_twice_is_over_after_the_second() {
        let berlin = zone("Europe/Berlin");
        let half_past_two = NaiveTime::from_hms_opt(2, 30, 0).unwrap();
        assert_eq!(
            utc(berlin.at(date("2026-10-25"), half_past_two)),
            "2026-10-25 01:30:00"
        );
        // And one that never comes is over when the clock has jumped it.
        assert_eq!(
            utc(berlin.at(date("2026-03-29"), half_past_two)),
            "2026-03-29 01:00:00"
        );
    }

    #[test]
    fn the_edges_of_time_have_a_date() {
        for name in ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"] {
            assert_eq!(zone(name).date_of(DateTime::<Utc>::MAX_UTC), NaiveDate::MAX);
            assert_eq!(zone(name).date_of(DateTime::<Utc>::MIN_UTC), NaiveDate::MIN);
        }
    }

    proptest! {
        #[test]
        fn a_date_holds_its_own_instants_and_no_other(
            zone in any_zone(), seconds in 0i64..2_500_000_000,
        ) {
            let instant = DateTime::from_timestamp(seconds, 0).unwrap();
            let date = zone.date_of(instant);
            prop_assert!(zone.start_of(date) <= instant, "{zone} {date}");
            prop_assert!(zone.end_of(date) > instant, "{zone} {date}");
            let last = zone.end_of(date).to_utc() - TimeDelta::seconds(1);
            prop_assert_eq!(zone.date_of(last), date);
            prop_assert_eq!(zone.date_of(zone.start_of(date).to_utc()), date);
        }

        /// Another library with a database of its own, of about the same year: what is told of clocks
        /// before the turn of the century is still revised.
        #[test]
        fn clocks_show_what_another_library_says(
            zone in any_zone(), seconds in 1_000_000_000i64..1_700_000_000,
        ) {
            let Ok(other) = zone.name().parse::<chrono_tz::Tz>() else {
                return Ok(());
            };
            let instant = DateTime::from_timestamp(seconds, 0).unwrap();
            let local = instant.with_timezone(&other).naive_local();
            prop_assert_eq!(zone.local(instant).naive_local(), local, "{}", zone);
            let first = other.from_local_datetime(&local).earliest().map(|time| time.to_utc());
            prop_assert_eq!(zone.first_at(local).map(|time| time.to_utc()), first);
        }

        #[test]
        fn any_text_is_a_zone_or_an_error(text in "\\PC{0,50}") {
            let _ = text.parse::<Zone>();
        }
    }
}
