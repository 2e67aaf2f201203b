//! When something takes place.

use super::{event, span};

#[test]
fn spans_of_days_and_hours() {
    for (said, start, end) in [
        ("12.05.2026", "2026-05-12", "-"),
        ("12. bis 14. Mai 2026", "2026-05-12", "2026-05-14"),
        ("12.–14.05.2026", "2026-05-12", "2026-05-14"),
        ("30.04.2026 - 02.05.2026", "2026-04-30", "2026-05-02"),
        ("20.05.2026, 14:00 – 16:00 Uhr", "2026-05-20T14:00:00+02:00", "2026-05-20T16:00:00+02:00"),
        ("08.12.2026 10:00 - 09.12.2026 12:30 | Musterstadt", "2026-12-08T10:00:00+01:00", "2026-12-09T12:30:00+01:00"),
        ("Freitag, 20. März 2020 - 14:30", "2020-03-20T14:30:00+01:00", "-"),
        ("20.05.2026, 9 Uhr", "2026-05-20T09:00:00+02:00", "-"),
        ("wird bekannt gegeben", "-", "-"),
    ] {
        let found = span(said);
        let told = |when: Option<model::When>| when.map_or("-".to_owned(), |when| when.to_string());
        assert_eq!(
            (told(found.map(|(start, _)| start)), told(found.and_then(|(_, end)| end))),
            (start.into(), end.into()),
            "{said}"
        );
    }
}

#[test]
fn places_on_the_net_are_online() {
    for (place, want, online) in [
        (Some("Rathaus"), Some("Rathaus"), false),
        (Some("Online"), None, true),
        (Some("Rathaus und online"), Some("Rathaus und online"), true),
        (None, None, false),
    ] {
        let event = event("12.05.2026", None, place.map(ToOwned::to_owned)).unwrap();
        assert_eq!((event.place.as_deref(), event.online), (want, online), "{place:?}");
    }
}
