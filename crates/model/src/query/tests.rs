//! What was asked comes back as it was asked; what cannot be understood is named.

use super::*;

fn ask(pairs: &[(&str, &str)]) -> Result<Query, BadParameter> {
    Query::from_pairs(pairs.iter().copied())
}

#[test]
fn a_query_survives_the_address() {
    let query = ask(&[
        ("topic", "noots"),
        ("state", "hh,BY"),
        ("state", "HH"),
        ("kind", "event"),
        ("q", "\"Verwaltung & Wandel\" -Köln"),
        ("since", "7d"),
        ("until", "2026-12-31T23:00:00+01:00"),
        ("stories", "1"),
        ("limit", "200"),
        ("lang", "en"),
        ("explain", "1"),
        ("source", ""),
    ])
    .unwrap();
    assert_eq!(
        query.to_query_string(),
        "state=BY,HH&topic=noots&kind=event&q=%22Verwaltung+%26+Wandel%22+-K%C3%B6ln&since=7d\
         &until=2026-12-31T23:00:00%2B01:00&stories=1&limit=200&lang=en&explain=1"
    );
    assert_eq!(Query::from_pairs(query.pairs()).unwrap(), query);
}

#[test]
fn a_mistake_is_named_with_what_is_allowed() {
    for (name, value, wrong, allows) in [
        ("land", "HH", "HH", "state"),
        ("state", "HH,XX", "XX", "BUND"),
        ("kind", "termin", "termin", "event"),
        ("since", "gestern", "gestern", "7d"),
        ("limit", "0", "0", "1 to 200"),
        ("limit", "201", "201", "1 to 200"),
        ("limit", "+5", "+5", "1 to 200"),
        ("q", &"ä".repeat(201), &format!("{}…", "ä".repeat(200)), "at most 200 characters"),
        ("stories", "ja", "ja", "1"),
        ("lang", "fr", "fr", "en"),
        ("sort", "oldest", "oldest", "soonest"),
    ] {
        let bad = ask(&[(name, value)]).unwrap_err();
        assert_eq!((bad.parameter.as_str(), bad.value.as_str()), (name, wrong));
        assert!(bad.allowed.iter().any(|allowed| allowed == allows), "{bad:?}");
    }
    let query = ask(&[("topic", "noots,nots")]).unwrap();
    let bad = query.check_names(["noots", "cdo"].into_iter(), [].into_iter()).unwrap_err();
    assert_eq!((bad.parameter.as_str(), bad.value.as_str(), bad.allowed.len()), ("topic", "nots", 2));
}

#[test]
fn periods_mean_whole_days() {
    let now = Moment::parse("2026-11-21T12:00:00+01:00").unwrap();
    let day = Bound::parse("2026-11-20").unwrap();
    assert_eq!(day.from(now).to_string(), "2026-11-20T00:00:00+01:00");
    assert_eq!(day.to(now).to_string(), "2026-11-21T00:00:00+01:00");
    assert_eq!(Bound::parse("24h").unwrap().from(now).to_string(), "2026-11-20T12:00:00+01:00");
    assert_eq!(Bound::parse("2026-11-20T08:00:00 01:00"), Bound::parse("2026-11-20T08:00:00+01:00"));
    assert_eq!(Bound::parse("-3d"), None);
    assert_eq!(Bound::parse("+3d"), None);
}

#[test]
fn the_order_follows_the_kind() {
    assert_eq!(ask(&[]).unwrap().order(), Sort::Newest);
    assert_eq!(ask(&[("kind", "event")]).unwrap().order(), Sort::Soonest);
    assert_eq!(ask(&[("sort", "relevance")]).unwrap().order(), Sort::Newest);
    assert_eq!(ask(&[("sort", "relevance"), ("q", "noots")]).unwrap().order(), Sort::Relevance);
}
