//! Publishing histories in, waits out.

use super::*;

fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

/// Minutes until half an item is expected, at four times of a week in November.
fn waits(rhythm: &Rhythm) -> [i64; 4] {
    ["2026-11-24T10:00:00+01:00", "2026-11-24T17:30:00+01:00", "2026-11-24T23:00:00+01:00", "2026-11-28T10:00:00+01:00"]
        .map(|text| rhythm.expect(0.5, 35.0, at(text), 24) / 60_000)
}

/// Published at this hour of every day that fits, for the last eight weeks.
fn daily(fits: impl Fn(u8) -> bool, hours: &[i64]) -> Rhythm {
    let mut rhythm = Rhythm::default();
    let today = at("2026-11-23T00:00:00+01:00");
    let days = (1..57).map(|n| Moment::from_ms(today.ms() - n * 24 * HOUR_MS)).filter(|day| fits(day.date().weekday()));
    let published: Vec<_> =
        days.flat_map(|day| hours.iter().map(move |hour| Some(Moment::from_ms(day.ms() + hour * HOUR_MS)))).collect();
    rhythm.learn(&published, today);
    rhythm
}

#[test]
fn unknown_sources_are_taken_for_ministries() {
    let [morning, evening, night, weekend] = waits(&Rhythm::default());
    assert!((55..=65).contains(&morning), "{morning}");
    assert!((60..=180).contains(&evening), "{evening}");
    assert!((300..=540).contains(&night), "{night}");
    assert!(weekend > 400, "{weekend}");
}

#[test]
fn a_source_is_asked_when_it_speaks() {
    let office = daily(|day| day < 5, &[9, 11, 14, 16]);
    let [morning, _, night, weekend] = waits(&office);
    assert!(morning < 120 && night > 540 && weekend > 1200, "{:?}", waits(&office));
    let nights = daily(|_| true, &[22, 23, 0, 1]);
    let [morning, _, night, _] = waits(&nights);
    assert!(night < 60 && morning > 400, "{:?}", waits(&nights));
    let busy = daily(|_| true, &(0..24).collect::<Vec<_>>());
    assert!(waits(&busy).iter().all(|minutes| (15..=60).contains(minutes)), "{:?}", waits(&busy));
}

#[test]
fn a_source_that_falls_silent_is_asked_less() {
    let mut rhythm = daily(|day| day < 5, &[9, 11, 14, 16]);
    let before = rhythm.per_week().unwrap();
    assert!((15.0..25.0).contains(&before), "{before}");
    assert!(rhythm.learn(&[], at("2027-02-23T10:00:00+01:00")));
    assert!(!rhythm.learn(&[], at("2027-02-23T11:00:00+01:00")), "once a day");
    let after = rhythm.per_week().unwrap();
    assert!(after < before / 2.5, "{after}");
}

#[test]
fn nonsense_dates_teach_nothing() {
    let mut rhythm = Rhythm::default();
    let now = at("2026-11-24T10:00:00+01:00");
    rhythm.learn(&[Some(at("1970-01-01T00:00:00Z")), Some(at("2099-01-01T00:00:00Z")), None], now);
    assert_eq!(rhythm.per_week(), None);
    rhythm.learn(&[None, None, None], Moment::from_ms(now.ms() + 24 * HOUR_MS));
    assert!(rhythm.total() > 2.9, "found between two visits, they came about now");
    let text = serde_json::to_string(&rhythm).unwrap();
    assert!(text.len() < 400, "{text}");
    let again: Rhythm = serde_json::from_str(&text).unwrap();
    assert!((again.total() - rhythm.total()).abs() < 1e-9);
}

#[test]
fn hours_are_berlins_when_the_clocks_change() {
    let mornings = daily(|_| true, &[9]);
    let waits = |evening: &str| mornings.expect(0.5, 7.0, at(evening), 24);
    // Both from ten in the evening until the same time of the next day, of which the second has 25 hours.
    let (usual, long) = (waits("2026-10-17T22:00:00+02:00"), waits("2026-10-24T22:00:00+02:00"));
    assert!((10 * HOUR_MS..13 * HOUR_MS).contains(&usual), "{usual}");
    assert!((long - usual - HOUR_MS).abs() < HOUR_MS / 4, "{usual} {long}");
    let short = waits("2027-03-27T22:00:00+01:00");
    assert!((usual - short - HOUR_MS).abs() < HOUR_MS / 4, "{usual} {short}");
}
