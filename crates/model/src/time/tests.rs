//! Our small calendar against jiff's time zone database.

use super::*;

fn moment(text: &str) -> Moment {
    Moment::parse(text).expect(text)
}

#[test]
fn berlin_offsets_agree_with_the_time_zone_database() {
    let berlin = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
    let mut hour = jiff::Timestamp::from_second(Date::new(1981, 1, 1).unwrap().days() * 86_400).unwrap();
    let end = jiff::Timestamp::from_second(Date::new(2038, 1, 1).unwrap().days() * 86_400).unwrap();
    while hour < end {
        let theirs = hour.to_zoned(berlin.clone());
        let ours = Moment::from_ms(hour.as_millisecond());
        assert_eq!(ours.offset_hours() * 3600, i64::from(theirs.offset().seconds()), "{hour}");
        let date = theirs.date();
        assert_eq!(ours.date(), Date::new(date.year(), date.month() as u8, date.day() as u8).unwrap());
        hour += jiff::Span::new().hours(7);
    }
}

#[test]
fn moments_are_read_and_written_with_berlins_offset() {
    for (given, want) in [
        ("2026-11-21T10:00:00Z", "2026-11-21T11:00:00+01:00"),
        ("2026-07-01T10:00:00Z", "2026-07-01T12:00:00+02:00"),
        ("2026-07-01t10:00:00.999+02:00", "2026-07-01T10:00:00+02:00"),
        ("2026-10-25T01:00:00Z", "2026-10-25T02:00:00+01:00"),
        ("2026-10-25T00:59:59Z", "2026-10-25T02:59:59+02:00"),
        ("2021-11-04 23:00:00Z", "2021-11-05T00:00:00+01:00"),
    ] {
        assert_eq!(moment(given).to_string(), want);
    }
    for nonsense in
        ["", "2026-02-30T10:00:00Z", "2026-11-21", "2026-11-21T25:00:00Z", "2026-11-21T10:00:00", "ä026-11-21T10"]
    {
        assert_eq!(Moment::parse(nonsense), None, "{nonsense}");
    }
}

#[test]
fn wall_clock_becomes_a_moment() {
    let at = |date: &str, hour| Moment::from_berlin(Date::parse(date).unwrap(), hour, 30).to_string();
    assert_eq!(at("2026-01-15", 9), "2026-01-15T09:30:00+01:00");
    assert_eq!(at("2026-07-15", 9), "2026-07-15T09:30:00+02:00");
    assert_eq!(at("2026-10-25", 2), "2026-10-25T02:30:00+02:00");
    assert_eq!(at("2026-03-29", 2), "2026-03-29T03:30:00+02:00");
}

#[test]
fn days_know_their_weekday_and_neighbours() {
    let date = Date::parse("2024-02-28").unwrap();
    assert_eq!(date.plus_days(1).to_string(), "2024-02-29");
    assert_eq!(date.plus_days(2).to_string(), "2024-03-01");
    assert_eq!(Date::parse("2026-11-21").unwrap().weekday(), 5);
    assert_eq!(Date::parse("2023-02-29"), None);
    for days in (-700_000..2_900_000).step_by(997) {
        assert_eq!(Date::from_days(days).days(), days);
    }
}
