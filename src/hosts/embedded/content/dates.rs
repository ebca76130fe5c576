//! Dates in front matter and in file names.

use jiff::Timestamp;
use jiff::civil;
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, de::Error as _};

/// A date as its author wrote it, and the moment it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Date {
    pub(crate) text: String,
    pub(crate) moment: Timestamp,
    pub(crate) day: civil::Date,
}

impl Date {
    /// Reads RFC 3339, a date and time without an offset (taken as UTC), or a date alone.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let pieces = Pieces::parse(text).ok()?;
        let day = pieces.date();
        let moment = text
            .parse::<Timestamp>()
            .or_else(|_| {
                let time = pieces.time().unwrap_or_default();
                TimeZone::UTC.to_timestamp(day.to_datetime(time))
            })
            .ok()?;
        Some(Self {
            text: text.to_owned(),
            moment,
            day,
        })
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match toml::Value::deserialize(deserializer)? {
            toml::Value::Datetime(date) => date.to_string(),
            toml::Value::String(text) => text,
            other => {
                let found = other.type_str();
                return Err(D::Error::custom(format!("expected a date, found {found}")));
            }
        };
        Self::parse(&text).ok_or_else(|| {
            D::Error::custom(format!(
                "`{text}` is not a date: write 2026-11-22 or 2026-11-22T15:30:00Z"
            ))
        })
    }
}

/// A file name split into the date it starts with and what follows: `2026-11-22-loops`.
pub(crate) fn split_dated_name(name: &str) -> Option<(Date, Option<&str>)> {
    let day = name.get(..10)?;
    day.parse::<civil::Date>().ok()?;
    let end = match name[10..].strip_prefix('T') {
        Some(_) => timestamp_end(name),
        None => 10,
    };
    let date = Date::parse(&name[..end])?;
    let rest = &name[end..];
    if rest.is_empty() {
        return Some((date, None));
    }
    let slug = rest.trim_start().strip_prefix(['-', '_'])?;
    (!slug.is_empty()).then_some((date, Some(slug)))
}

/// Where a timestamp that starts the name ends; the day alone if it is none.
fn timestamp_end(name: &str) -> usize {
    let longest = name.len().min("2026-11-22T15:30:00.123456789+01:00".len());
    (11..=longest)
        .rev()
        .filter(|&end| name.is_char_boundary(end))
        .find(|&end| name[..end].parse::<Timestamp>().is_ok())
        .unwrap_or(10)
}

#[cfg(test)]
mod tests {
    use super::{Date, split_dated_name};

    #[test]
    fn dates_compare_as_moments() {
        let moment = |text| Date::parse(text).expect(text).moment;
        assert!(moment("2026-11-22") < moment("2026-11-22T00:00:01"));
        assert!(moment("2026-11-22T01:00:00+02:00") < moment("2026-11-22"));
        assert_eq!(moment("2026-11-22T00:00:00Z"), moment("2026-11-22"));
        assert_eq!(Date::parse("22/11/2026"), None);
    }

    #[test]
    fn a_file_name_may_start_with_a_date() {
        let slug = |name| split_dated_name(name).map(|(date, slug)| (date.text, slug));
        assert_eq!(
            slug("2026-11-22-loops"),
            Some(("2026-11-22".into(), Some("loops")))
        );
        assert_eq!(
            slug("2026-11-22_loops"),
            Some(("2026-11-22".into(), Some("loops")))
        );
        assert_eq!(slug("2026-11-22"), Some(("2026-11-22".into(), None)));
        assert_eq!(
            slug("2026-11-22T10:00:00Z-loops"),
            Some(("2026-11-22T10:00:00Z".into(), Some("loops")))
        );
        assert_eq!(slug("2026-11-22loops"), None);
        assert_eq!(slug("2026-13-22-loops"), None);
        assert_eq!(slug("loops"), None);
    }
}
