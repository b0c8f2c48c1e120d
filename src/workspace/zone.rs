//! The timezone of the machine, by its name in the IANA database.

use std::ffi::OsString;

use thiserror::Error;

use crate::week::{Zone, shown};

/// The machine's timezone, and what was wrong with what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MachineZone {
    /// The zone to use where nothing else names one.
    pub zone: Zone,
    /// To be told to the user: `zone` is a guess.
    pub warning: Option<ZoneWarning>,
}

/// Why the machine's timezone is a guess.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ZoneWarning {
    /// `TZ` holds a rule or a name that is in no database.
    #[error(
        "TZ is {}, which is no name of the IANA database: using {used}; name the zone with \
         --timezone or in hackweek.toml",
        shown(.tz)
    )]
    Variable {
        /// The value of `TZ`.
        tz: String,
        /// The zone that is used.
        used: Zone,
    },
    /// The system names none, or one that is not known here.
    #[error(
        "can't tell this machine's timezone: using UTC; name it with --timezone or in hackweek.toml"
    )]
    System,
}

/// The machine's timezone: that of `TZ`, else the system's, else UTC.
pub fn machine_zone(env: &impl Fn(&str) -> Option<OsString>) -> MachineZone {
    machine_zone_with(env, || iana_time_zone::get_timezone().ok())
}

/// `system` gives the name that the system's own configuration has.
fn machine_zone_with(
    env: &impl Fn(&str) -> Option<OsString>,
    system: impl FnOnce() -> Option<String>,
) -> MachineZone {
    let variable = env("TZ").map(|tz| tz.to_string_lossy().into_owned());
    if let Some(zone) = variable.as_deref().and_then(zone_of_variable) {
        return MachineZone {
            zone,
            warning: None,
        };
    }
    let of_system = system().and_then(|name| zone_of_name(name.trim()));
    let used = of_system.unwrap_or(Zone::UTC);
    let warning = match (variable, of_system) {
        (Some(tz), _) => Some(ZoneWarning::Variable { tz, used }),
        (None, None) => Some(ZoneWarning::System),
        (None, Some(_)) => None,
    };
    MachineZone {
        zone: used,
        warning,
    }
}

/// `TZ` as tzset(3) has it: a name or a path to a zone's file, both with or without `:`, or empty
/// for UTC. A POSIX rule (`CET-1CEST,M3.5.0,M10.5.0/3`) has no name, unless it is plain UTC.
fn zone_of_variable(tz: &str) -> Option<Zone> {
    match tz.strip_prefix(':').unwrap_or(tz) {
        "" | "UTC0" => Some(Zone::UTC),
        name => zone_of_name(name),
    }
}

/// A name, also as the end of a path into the database, `right` and `posix` copies included.
fn zone_of_name(name: &str) -> Option<Zone> {
    let name = name.rsplit_once("zoneinfo/").map_or(name, |(_, name)| name);
    let name = name
        .strip_prefix("posix/")
        .or(name.strip_prefix("right/"))
        .unwrap_or(name);
    name.parse().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn machine(tz: Option<&str>, system: Option<&str>) -> MachineZone {
        let env = |name: &str| {
            if name == "TZ" {
                tz.map(OsString::from)
            } else {
                None
            }
        };
        machine_zone_with(&env, || system.map(str::to_owned))
    }

    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    #[test]
    fn the_variable_wins_over_the_system() {
        for (tz, expected) in [
            ("America/New_York", "America/New_York"),
            (":Europe/Berlin", "Europe/Berlin"),
            ("/usr/share/zoneinfo/Europe/Berlin", "Europe/Berlin"),
            (":/usr/share/zoneinfo/right/Europe/Berlin", "Europe/Berlin"),
            ("EST5EDT", "EST5EDT"),
            ("UTC", "UTC"),
            ("UTC0", "UTC"),
            ("", "UTC"),
        ] {
            let found = machine(Some(tz), Some("Asia/Tokyo"));
            assert_eq!(
                found,
                MachineZone {
                    zone: zone(expected),
                    warning: None
                },
                "{tz:?}"
            );
        }
    }

    #[test]
    fn without_the_variable_the_system_is_asked() {
        for name in ["Asia/Tokyo", "posix/Asia/Tokyo", "Asia/Tokyo\n"] {
            let found = machine(None, Some(name));
            assert_eq!(
                found,
                MachineZone {
                    zone: zone("Asia/Tokyo"),
                    warning: None
                }
            );
        }
    }

    #[test]
    fn a_rule_without_a_name_is_told_and_the_system_asked() {
        for tz in [
            "CET-1CEST,M3.5.0,M10.5.0/3",
            "Europe/Berln",
            "\u{1b}[31m",
            "<+03>-3",
        ] {
            let found = machine(Some(tz), Some("Asia/Tokyo"));
            assert_eq!(found.zone, zone("Asia/Tokyo"));
            let warning = found.warning.unwrap().to_string();
            assert!(
                warning.contains("Asia/Tokyo") && warning.contains("--timezone"),
                "{warning}"
            );
            assert!(!warning.contains('\u{1b}'));
        }
    }

    #[test]
    fn a_machine_that_names_no_zone_is_in_utc_with_a_warning() {
        for system in [None, Some(""), Some("Mars/Olympus")] {
            let found = machine(None, system);
            assert_eq!(
                found,
                MachineZone {
                    zone: Zone::UTC,
                    warning: Some(ZoneWarning::System)
                }
            );
        }
        let found = machine(Some("nonsense"), None);
        assert!(matches!(
            found.warning,
            Some(ZoneWarning::Variable { used, .. }) if used == Zone::UTC
        ));
    }
}
