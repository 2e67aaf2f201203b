//! What the tests take in hand: a store with three publishers, and items in few words.

use std::sync::Arc;

use model::{
    Batch, Change, Event, Item, Judged, Kept, Kind, Moment, Outcome, Page, Phrase, Publisher, Query, Source, SourceRef,
    Story, Validators, Visit, When, Why, Words,
};
use store::{Pick, Store};

use crate::place::{self, Place};

/// Noon in Berlin on the day on which all tests take place.
pub(crate) fn now() -> Moment {
    Moment::parse("2026-05-04T12:00:00+02:00").unwrap()
}

pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

/// So long before now.
pub(crate) fn ago(ms: i64) -> Moment {
    Moment::from_ms(now().ms() - ms)
}

pub(crate) fn source(id: &str) -> Source {
    Source {
        id: id.to_owned(),
        publisher: Arc::new(Publisher {
            id: format!("{id}-amt"),
            name: format!("Amt {id}"),
            home: format!("https://{id}.example/"),
            licence: Some("DL-DE/BY-2.0".to_owned()),
        }),
        url: format!("https://{id}.example/rss.xml"),
        enabled: true,
        ..Source::default()
    }
}

/// A store that knows nothing yet.
pub(crate) async fn empty() -> Store {
    match place::database() {
        Some(_) => Place::new().await.open().await,
        None => Store::memory().await.unwrap(),
    }
}

/// A store that knows the sources `nord`, `sued` and `bund`.
pub(crate) async fn store() -> Store {
    let store = empty().await;
    store.sync(&["nord", "sued", "bund"].map(source), ago(365 * DAY)).await.unwrap();
    store
}

/// News of that id, published so long ago, relevant, alone, without labels.
pub(crate) fn news(id: &str, age_ms: i64) -> Judged {
    let item = Item {
        id: id.to_owned(),
        kind: Kind::News,
        url: format!("https://amt.example/{id}"),
        title: format!("Meldung {id}"),
        kicker: None,
        summary: format!("Worum es in {id} geht."),
        published: Some(ago(age_ms)),
        updated: None,
        lang: "de".to_owned(),
        source: SourceRef { id: String::new(), name: String::new(), url: String::new(), licence: None },
        states: Vec::new(),
        topics: Vec::new(),
        relevance: 0.5,
        story: Story { id: id.to_owned(), size: 1, ..Story::default() },
        image: None,
        event: None,
        why: Vec::new(),
    };
    Judged { item, hash: 1, terms: String::new(), marks: Vec::new(), evidence: String::new(), relevant: true }
}

/// An event from one time to another, announced an hour ago.
pub(crate) fn event(id: &str, start: &str, end: Option<&str>) -> Judged {
    let mut judged = news(id, HOUR);
    judged.item.kind = Kind::Event;
    judged.item.event = Some(Event {
        start: When::parse(start).unwrap(),
        end: end.map(|end| When::parse(end).unwrap()),
        all_day: !start.contains('T'),
        place: Some("Rathaus Beispielstadt".to_owned()),
        online: true,
        registration: Some("https://amt.example/anmeldung".to_owned()),
        organiser: Some("Amt für Beispiele".to_owned()),
        status: model::Status::Tentative,
    });
    judged
}

/// Says more about an item.
pub(crate) trait Say {
    fn about(self, states: &str, topics: &str) -> Self;
    fn terms(self, terms: &str) -> Self;
    fn told_with(self, lead: &str) -> Self;
    fn hidden(self) -> Self;
    fn hash(self, hash: i64) -> Self;
    fn because(self, rule: &str) -> Self;
}

impl Say for Judged {
    fn about(mut self, states: &str, topics: &str) -> Self {
        self.item.states = states.split_whitespace().map(|code| code.parse().unwrap()).collect();
        self.item.topics = topics.split_whitespace().map(str::to_owned).collect();
        self
    }

    fn terms(mut self, terms: &str) -> Self {
        self.terms = terms.to_owned();
        self
    }

    fn told_with(mut self, lead: &str) -> Self {
        self.item.story.id = lead.to_owned();
        self
    }

    fn hidden(mut self) -> Self {
        self.relevant = false;
        self
    }

    fn hash(mut self, hash: i64) -> Self {
        self.hash = hash;
        self
    }

    fn because(mut self, rule: &str) -> Self {
        let (label, field, text) = ("topic:noots".into(), "title".into(), "Meldung".to_owned());
        self.item.why.push(Why { label, field, text, start: 0, end: 7, rule: rule.into(), weight: 1.0 });
        self
    }
}

/// A visit that went well.
pub(crate) fn visit(source: &str, epoch: i64) -> Visit {
    Visit {
        source: source.to_owned(),
        epoch,
        started: now(),
        took_ms: 12,
        outcome: Outcome::Fresh,
        status: Some(200),
        bytes: 4_096,
        validators: Validators { etag: Some(b"\"abc\"".to_vec()), last_modified: None, body_hash: Some(-7), url: None },
        next_due: Moment::from_ms(now().ms() + HOUR),
        complaints: 0,
        memory: None,
    }
}

pub(crate) fn batch(changes: impl IntoIterator<Item = Change>) -> Batch {
    Batch { changes: changes.into_iter().collect(), ..Batch::default() }
}

/// Leases a source, whether due or not.
pub(crate) async fn epoch(store: &Store, source: &str) -> i64 {
    let leases = store.lease(Pick::Named(&[source.to_owned()]), now(), 1, MINUTE).await.unwrap();
    assert_eq!(leases.len(), 1, "{source} is known");
    leases[0].epoch
}

/// Visits a source and keeps these changes.
pub(crate) async fn keep(store: &Store, source: &str, batch: &Batch) -> Kept {
    let epoch = epoch(store, source).await;
    store.keep(&visit(source, epoch), batch, now()).await.unwrap()
}

/// Visits a source and keeps new items.
pub(crate) async fn new(store: &Store, source: &str, items: impl IntoIterator<Item = Judged>) -> Kept {
    keep(store, source, &batch(items.into_iter().map(Change::New))).await
}

/// A query from a query string.
pub(crate) fn query(text: &str) -> Query {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    Query::from_pairs(pairs.map(|pair| pair.split_once('=').unwrap())).unwrap()
}

/// Search words, said as `q` would be: phrases in quotes, a minus before what must not be, `one/other`, `begin*`. A
/// match is better by 10 for each word that the item has with `in` before it, and by 3 with `more`.
pub(crate) fn words(text: &str) -> Words {
    let mut words = Words::default();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let not = rest.starts_with('-');
        rest = rest.trim_start_matches('-');
        let (said, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap(),
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        let phrase = |said: &str, sign: &str| Phrase {
            terms: said.trim_end_matches('*').split_whitespace().map(|term| format!("{sign}{term}")).collect(),
            open: said.ends_with('*'),
        };
        let ways = || said.split('/');
        if not {
            words.not.push(phrase(said, ""));
        } else {
            words.must.push(ways().map(|way| vec![phrase(way, "")]).collect());
            words.better.extend(ways().flat_map(|way| [(phrase(way, "in"), 10), (phrase(way, "more"), 3)]));
        }
        rest = after.trim_start();
    }
    words
}

pub(crate) async fn find(store: &Store, text: &str) -> Page {
    search(store, text, "").await
}

pub(crate) async fn search(store: &Store, text: &str, q: &str) -> Page {
    let mut query = query(text);
    query.q = (!q.is_empty()).then(|| q.to_owned());
    store.find(&query, &words(q), now()).await.unwrap()
}

/// The ids on a page, in order.
pub(crate) fn ids(page: &Page) -> String {
    page.items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>().join(" ")
}

/// The ids that a query finds, in order.
pub(crate) async fn found(store: &Store, text: &str) -> String {
    ids(&find(store, text).await)
}

/// A facet in short: `HH:3 SH:1`.
pub(crate) fn counts(facet: &std::collections::BTreeMap<String, u64>) -> String {
    facet.iter().map(|(name, n)| format!("{name}:{n}")).collect::<Vec<_>>().join(" ")
}
