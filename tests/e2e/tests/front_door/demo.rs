//! `demo`: no network, no settings, and there is enough of everything to look at.

use std::collections::BTreeSet;

const STATES: [&str; 18] =
    ["BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH", "BUND", "EU"];

#[tokio::test]
async fn the_demo_shows_every_state_events_and_stories() {
    let serving = e2e::demo().await;
    let items = serving.all_items("").await;
    assert!(items.len() >= 120, "{} items", items.len());
    let events = items.iter().filter(|item| item["kind"] == "event").count();
    assert!(events >= 25, "{events} events");
    let stories: BTreeSet<_> = items
        .iter()
        .filter(|item| item["story"]["size"].as_u64() > Some(1))
        .filter_map(|item| item["story"]["id"].as_str())
        .collect();
    assert!(stories.len() >= 10, "{} stories told by several", stories.len());
    let page = serving.get("/api/v1/items?limit=1").await.json();
    for state in STATES {
        assert!(page["facets"]["state"][state].as_u64() >= Some(3), "{state}: {}", page["facets"]["state"]);
    }
    let topics = page["facets"]["topic"].as_object().expect("counts by topic");
    assert!(topics.len() >= 24, "{topics:?}");
    for item in &items {
        let url = item["url"].as_str().expect("an item has an address");
        assert!(!url.contains("jsessionid") && !url.contains("utm_"), "{url}");
        assert!(!item["title"].as_str().unwrap_or_default().contains('\u{ad}'), "{item}");
    }
    assert!(serving.stop().await, "a demo that is asked to stop ends well");
}
