//! What the tests of this room take in hand: a store with one source, and items that come and change.

use model::{Batch, Change, Item, Judged, Kind, Moment, Outcome, SourceRef, State, Story, Validators, Visit};
use store::{Lease, Pick, Store};

use crate::config::FetchConfig;

/// Limits that a test can wait for.
pub(crate) fn limits() -> FetchConfig {
    FetchConfig {
        allow_private: vec!["127.0.0.0/8".to_owned()],
        first_byte_timeout: std::time::Duration::from_millis(600),
        timeout: std::time::Duration::from_millis(1500),
        direct: true,
        ..FetchConfig::default()
    }
}

/// A store that knows the source `probe`.
pub(crate) async fn store(now: Moment) -> Store {
    let store = Store::memory().await.unwrap();
    let source = model::Source { id: "probe".to_owned(), enabled: true, ..model::Source::default() };
    store.sync(&[source], now).await.unwrap();
    store
}

/// News of that id and title about these states.
pub(crate) fn item(id: &str, title: &str, states: &[State]) -> Item {
    Item {
        id: id.to_owned(),
        kind: Kind::News,
        url: format!("https://probe.example/{id}"),
        title: title.to_owned(),
        kicker: None,
        summary: format!("Worum es bei {title} geht."),
        published: Moment::parse("2026-11-20T10:00:00Z"),
        updated: None,
        lang: "de".to_owned(),
        source: SourceRef { id: "probe".to_owned(), name: "Probe".to_owned(), url: String::new(), licence: None },
        states: states.to_vec(),
        topics: Vec::new(),
        relevance: 0.5,
        story: Story { id: id.to_owned(), size: 1, ..Story::default() },
        image: None,
        event: None,
        why: Vec::new(),
    }
}

/// A visit that went well, by the lease it was made on.
pub(crate) fn visit(lease: Lease, now: Moment) -> Visit {
    Visit {
        source: lease.source,
        epoch: lease.epoch,
        started: now,
        took_ms: 3,
        outcome: Outcome::Fresh,
        status: Some(200),
        bytes: 1000,
        validators: Validators::default(),
        next_due: now,
        complaints: 0,
        memory: None,
    }
}

/// Keeps these items as of one visit to the source.
pub(crate) async fn publish(store: &Store, items: Vec<Item>, now: Moment) {
    let lease = store.lease(Pick::Named(&["probe".to_owned()]), now, 1, 60_000).await.unwrap().remove(0);
    let judged = |item: Item| {
        let terms = german::search::terms(&item.title, item.kicker.as_deref().unwrap_or_default(), &item.summary);
        Change::Changed(Judged {
            hash: item.title.len() as i64,
            item,
            terms,
            relevant: true,
            marks: Vec::new(),
            evidence: String::new(),
        })
    };
    let batch = Batch { changes: items.into_iter().map(judged).collect(), ..Batch::default() };
    assert!(!store.keep(&visit(lease, now), &batch, now).await.unwrap().fenced);
}
