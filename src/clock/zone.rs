//! The time zone of this machine: what `TZ` says, else what the system is set to.

use std::io::Read as _;
use std::path::Path;

use chrono::{DateTime, FixedOffset, Local, Offset as _, TimeZone as _, Utc};
use chrono_tz::Tz;

/// A time zone, and whether it is known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Zone {
    source: Source,
    /// Its name in the time zone database. A rule of POSIX has none: that of the system is taken.
    pub(super) name: Option<String>,
}

/// Who knows its offsets.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    /// The system, by its own files, which may be newer than ours.
    System,
    /// The table of this program: the system has no file for it.
    Table(Tz),
    /// Nobody: `TZ`, or the system's setting, as it stands. UTC is taken.
    Nobody(String),
}

/// Where zone files lie: the folders that `chrono` reads.
const FOLDERS: [&str; 4] =
    ["/usr/share/zoneinfo", "/share/zoneinfo", "/etc/zoneinfo", "/usr/share/lib/zoneinfo"];

impl Zone {
    /// The zone of this process. `TZ` goes before what the system is set to.
    pub(super) fn here() -> Self {
        match std::env::var("TZ") {
            Ok(tz) if tz != "localtime" => Self::of(&tz),
            // No text, so no name that anybody knows.
            Err(std::env::VarError::NotUnicode(tz)) => Self::unknown(&tz.to_string_lossy()),
            _ => {
                let name = iana_time_zone::get_timezone().ok();
                match name {
                    Some(name) if !is_zone_file(Path::new("/etc/localtime")) => {
                        Self::by_name(&name)
                    }
                    // Without a name and without a file, the system's time is UTC.
                    name => Self { source: Source::System, name },
                }
            }
        }
    }

    /// The zone that `TZ` means with this value.
    fn of(tz: &str) -> Self {
        let text = tz.strip_prefix(':').unwrap_or(tz);
        if FOLDERS.iter().any(|folder| is_zone_file(&Path::new(folder).join(text))) {
            let below = FOLDERS.iter().find_map(|folder| text.strip_prefix(folder));
            let name = below.map_or(text, |path| path.trim_start_matches('/'));
            let name = name.parse::<Tz>().ok().map(|_| name.to_owned());
            return Self { source: Source::System, name };
        }
        // An empty one is UTC, by custom.
        if tz.is_empty() || is_rule(tz.trim_matches(|c: char| c.is_ascii_whitespace())) {
            return Self { source: Source::System, name: iana_time_zone::get_timezone().ok() };
        }
        Self::by_name(text)
    }

    fn by_name(name: &str) -> Self {
        match name.parse::<Tz>() {
            Ok(zone) => Self { source: Source::Table(zone), name: Some(name.to_owned()) },
            Err(_) => Self::unknown(name),
        }
    }

    fn unknown(name: &str) -> Self {
        Self { source: Source::Nobody(name.to_owned()), name: None }
    }

    /// Its offset from UTC at an instant.
    pub(super) fn offset_at(&self, at: DateTime<Utc>) -> FixedOffset {
        match &self.source {
            // Asked by the instant only: by the local time, `chrono` 0.4 hands over the two
            // readings of a time that happened twice in the wrong order.
            Source::System => Local.offset_from_utc_datetime(&at.naive_utc()).fix(),
            Source::Table(zone) => zone.offset_from_utc_datetime(&at.naive_utc()).fix(),
            Source::Nobody(_) => Utc.fix(),
        }
    }

    /// A zone name that this machine does not know.
    pub(super) fn is_unknown(&self) -> Option<&str> {
        match &self.source {
            Source::Nobody(name) => Some(name),
            Source::System | Source::Table(_) => None,
        }
    }
}

/// Whether a zone file is there.
fn is_zone_file(path: &Path) -> bool {
    let mut magic = [0; 4];
    path.is_file()
        && std::fs::File::open(path).is_ok_and(|mut file| file.read_exact(&mut magic).is_ok())
        && magic == *b"TZif"
}

/// Whether a text is a rule of POSIX that `chrono` understands: `JST-9`,
/// `CET-1CEST,M3.5.0,M10.5.0/3`. One that only names its summer time has no dates for it.
fn is_rule(text: &str) -> bool {
    let behind = || {
        let winter = offset(letters(text)?)?;
        if winter.is_empty() {
            return Some(winter);
        }
        let summer = letters(winter)?;
        let dates = if summer.starts_with(',') { summer } else { offset(summer)? };
        day(day(dates)?)
    };
    behind() == Some("")
}

/// What follows the letters of a zone, as clocks show them: `CET`, `<+03>`.
fn letters(text: &str) -> Option<&str> {
    let (name, rest) = match text.strip_prefix('<') {
        Some(quoted) => quoted.split_once('>')?,
        None => text.split_at(text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len())),
    };
    let is_letter = |c: char| c.is_ascii_alphanumeric() || "+-".contains(c);
    ((3..=7).contains(&name.len()) && name.chars().all(is_letter)).then_some(rest)
}

/// What follows an offset: `-1`, `+5:30`.
fn offset(text: &str) -> Option<&str> {
    time(text.strip_prefix(['+', '-']).unwrap_or(text), 23)
}

/// What follows a day of change: `,M3.5.0`, `,J60/3`, `,59`.
fn day(text: &str) -> Option<&str> {
    let text = text.strip_prefix(',')?;
    let rest = if let Some(month) = text.strip_prefix('M') {
        let week = number(month, 1, 12)?.strip_prefix('.')?;
        number(number(week, 1, 5)?.strip_prefix('.')?, 0, 6)?
    } else if let Some(day) = text.strip_prefix('J') {
        number(day, 1, 365)?
    } else {
        number(text, 0, 365)?
    };
    rest.strip_prefix('/').map_or(Some(rest), |at| time(at, 24))
}

/// What follows hours, and perhaps minutes and seconds.
fn time(text: &str, hours: u32) -> Option<&str> {
    let mut rest = number(text, 0, hours)?;
    for _ in 0..2 {
        let Some(more) = rest.strip_prefix(':') else { break };
        rest = number(more, 0, 59)?;
    }
    Some(rest)
}

/// What follows a number in these bounds.
fn number(text: &str, least: u32, most: u32) -> Option<&str> {
    let (digits, rest) =
        text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    (least..=most).contains(&digits.parse().ok()?).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_that_are_understood_are_told_from_those_that_are_not() {
        for rule in [
            "UTC0",
            "JST-9",
            "<+0330>-3:30",
            "CET-1CEST,M3.5.0,M10.5.0/3",
            "EST5EDT4,M3.2.0/02:00:00,M11.1.0",
            "AAA3BBB,J60/0,300/24",
        ] {
            assert!(is_rule(rule), "{rule}");
        }
        for other in [
            "",
            "UTC",
            "CET-1CEST",
            "CET-24",
            "CE-1",
            "Europe/Berln",
            "Berlin",
            "CET-1CEST,M13.5.0,M10.5.0",
            "CET-1CEST,M3.5.0",
            "CET-1CEST,M3.5.0,M10.5.0/3 ",
            "<+03-3",
            "é",
        ] {
            assert!(!is_rule(other), "{other}");
        }
    }

    #[test]
    fn a_zone_without_a_file_is_known_from_our_table() {
        let zone = Zone::by_name("Europe/Berlin");
        let summer = DateTime::from_timestamp(1_784_505_600, 0).expect("July 2026");
        assert_eq!(zone.offset_at(summer).local_minus_utc(), 7_200);
        assert_eq!((zone.name.as_deref(), zone.is_unknown()), (Some("Europe/Berlin"), None));
        let zone = Zone::by_name("Europe/Berln");
        assert_eq!(zone.offset_at(summer).local_minus_utc(), 0);
        assert_eq!((zone.name.as_deref(), zone.is_unknown()), (None, Some("Europe/Berln")));
    }
}
