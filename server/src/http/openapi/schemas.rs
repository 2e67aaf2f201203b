//! What answers are made of, described for OpenAPI. The types are `model`'s and the handlers'; those of `model` are
//! said again here, because the room that is compiled to wasm knows nothing but serde. A test holds both together.

use std::collections::BTreeMap;

use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

/// All schemas that an answer can be made of, by name.
pub(super) fn all() -> BTreeMap<String, RefOr<Schema>> {
    let mut schemas = BTreeMap::new();
    macro_rules! add {
        ($($kind:ty),*) => {$(schemas.insert(<$kind as ToSchema>::name().into_owned(), <$kind as utoipa::PartialSchema>::schema());)*};
    }
    add!(Page, Facets, Item, Kind, Lang, StateCode, SourceRef, Story, Other, Event, Status, Why, Highlights);
    add!(Topic, StateRow, Source, Health, HealthState, Certainty, Trends, Risen, Feed, Problem);
    schemas
}

/// One page of items, with the counts that a filter needs.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes `model::Page`")]
struct Page {
    /// The items, in the order asked for.
    items: Vec<Item>,
    /// How many there are over all pages.
    #[schema(minimum = 0)]
    total: u64,
    /// Where to go on, as `cursor`; null on the last page.
    #[schema(required)]
    next: Option<String>,
    facets: Facets,
    /// When what is kept last changed; null if nothing was ever kept.
    #[schema(required, format = DateTime)]
    updated: Option<String>,
}

/// How many items each choice would show: a facet honours every filter but its own selection.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes `model::Facets`")]
struct Facets {
    /// By code.
    state: BTreeMap<String, u64>,
    /// By slug.
    topic: BTreeMap<String, u64>,
    /// By id.
    source: BTreeMap<String, u64>,
    /// By `news` and `event`.
    kind: BTreeMap<String, u64>,
}

/// One normalised thing that a public body or the press said. Titles and summaries are plain text.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes `model::Item`")]
struct Item {
    /// Derived from source and identity of the entry; it stays.
    id: String,
    kind: Kind,
    /// Canonical address.
    #[schema(format = "uri")]
    url: String,
    title: String,
    /// What stood before the title: a place, a topic, a genre.
    #[schema(nullable = false)]
    kicker: Option<String>,
    /// At most about 500 characters.
    summary: String,
    /// When the source says it was published.
    #[schema(nullable = false, format = DateTime)]
    published: Option<String>,
    /// When the source says it was last changed, if later.
    #[schema(nullable = false, format = DateTime)]
    updated: Option<String>,
    /// BCP 47 tag.
    lang: String,
    source: SourceRef,
    /// Which Länder, or the federation, or the Union it is about.
    states: Vec<StateCode>,
    /// Slugs of topics.
    topics: Vec<String>,
    /// How surely it is about the digitalisation of public administration.
    #[schema(minimum = 0, maximum = 1)]
    relevance: f32,
    story: Story,
    /// Address of a picture.
    #[schema(nullable = false, format = "uri")]
    image: Option<String>,
    /// When and where, for events.
    #[schema(nullable = false)]
    event: Option<Event>,
    /// Evidence for each label, with `explain=1`.
    #[schema(nullable = false)]
    why: Option<Vec<Why>>,
    /// With `q`: where the words stand that it asked for.
    #[schema(nullable = false)]
    highlights: Option<Highlights>,
}

/// Something published, or something that takes place.
#[derive(ToSchema)]
#[serde(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes `model::Kind`")]
pub(super) enum Kind {
    News,
    Event,
}

/// The wording of pages, not of items. `de-simple` is German in short sentences.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes `model::Lang`")]
pub(super) enum Lang {
    #[serde(rename = "de")]
    De,
    #[serde(rename = "en")]
    En,
    #[serde(rename = "de-simple")]
    Simple,
}

/// A Land (ISO 3166-2:DE without the country), the federation or the European Union.
#[derive(ToSchema)]
#[schema(as = State)]
#[serde(rename_all = "UPPERCASE")]
#[expect(dead_code, reason = "describes `model::State`")]
pub(super) enum StateCode {
    Bw,
    By,
    Be,
    Bb,
    Hb,
    Hh,
    He,
    Mv,
    Ni,
    Nw,
    Rp,
    Sl,
    Sn,
    St,
    Sh,
    Th,
    Bund,
    Eu,
}

/// Where the words that were searched for stand: first and last place of each, in order, in UTF-16 code units as
/// JavaScript, Java and C# count. `title.slice(first, last)` is the word.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what answers to `q` add to a `model::Item`")]
struct Highlights {
    /// In the title.
    #[schema(nullable = false)]
    title: Option<Vec<Vec<u32>>>,
    /// In the kicker.
    #[schema(nullable = false)]
    kicker: Option<Vec<Vec<u32>>>,
    /// In the summary.
    #[schema(nullable = false)]
    summary: Option<Vec<Vec<u32>>>,
}

/// Who said it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes `model::SourceRef`")]
struct SourceRef {
    id: String,
    /// The publisher.
    name: String,
    /// The publisher's home page.
    #[schema(format = "uri")]
    url: String,
    /// Licence or terms of use, as far as they are known.
    #[schema(nullable = false)]
    licence: Option<String>,
}

/// The items about one matter.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes `model::Story`")]
struct Story {
    /// Id of the leading item; an item alone leads itself.
    id: String,
    /// How many items tell it, this one included.
    #[schema(minimum = 1)]
    size: u32,
    /// The others that tell it.
    others: Vec<Other>,
}

/// Another item of the same story.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes `model::Other`")]
struct Other {
    id: String,
    #[schema(format = "uri")]
    url: String,
    title: String,
    /// The publisher.
    source: String,
    #[schema(nullable = false, format = DateTime)]
    published: Option<String>,
}

/// When and where something takes place (RFC 5545).
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes `model::Event`")]
struct Event {
    /// A date, or a date-time.
    start: String,
    /// The last day, inclusive, or the moment it ends.
    #[schema(nullable = false)]
    end: Option<String>,
    /// Days without a time of day.
    all_day: bool,
    /// As the source wrote it.
    #[schema(nullable = false)]
    place: Option<String>,
    /// It can be attended online; with a place it is both.
    online: bool,
    /// A URL or an e-mail address.
    #[schema(nullable = false)]
    registration: Option<String>,
    #[schema(nullable = false)]
    organiser: Option<String>,
    status: Status,
}

/// Whether an event takes place.
#[derive(ToSchema)]
#[serde(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes `model::Status`")]
enum Status {
    Confirmed,
    Tentative,
    Cancelled,
}

/// One piece of evidence for one label.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes `model::Why`")]
struct Why {
    /// What it speaks for: `state:HH`, `topic:noots`, `relevance`, `kind:event`.
    label: String,
    /// Where it stands: `title`, `kicker`, `summary`, `source`.
    field: String,
    /// The words themselves.
    text: String,
    /// Byte offset of the words in the field.
    start: u32,
    /// Byte offset of their end.
    end: u32,
    /// The rule in the catalogue.
    rule: String,
    /// How much it counts; negative speaks against.
    weight: f32,
}

/// A topic of the catalogue.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the rows of `/api/v1/topics`")]
struct Topic {
    slug: String,
    /// In the language asked for.
    label: String,
    /// What belongs to it, in German.
    definition: String,
    /// Items kept.
    items: u64,
}

/// A state, and what it is called.
#[derive(ToSchema)]
#[schema(as = StateCount)]
#[expect(dead_code, reason = "describes the rows of `/api/v1/states`")]
struct StateRow {
    code: StateCode,
    name: String,
    /// Items kept.
    items: u64,
}

/// A source of the catalogue, and how it fares.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the rows of `/api/v1/sources`")]
struct Source {
    id: String,
    /// The publisher.
    name: String,
    #[schema(format = "uri")]
    url: String,
    /// The publisher's home page.
    #[schema(format = "uri")]
    home: String,
    #[schema(required)]
    licence: Option<String>,
    /// It is visited.
    enabled: bool,
    certainty: Certainty,
    /// Items kept, relevant or not.
    items: i64,
    health: Health,
}

/// How well its address is known: verified, seen, likely, probable, guessed.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes `model::Certainty`")]
enum Certainty {
    V,
    S,
    L,
    P,
    G,
}

/// How a source fares, judged by what it brings, and how the last visits to it went.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes `health` of `/api/v1/sources`")]
struct Health {
    state: HealthState,
    /// Since when it is so, as far as that is known.
    #[schema(required, format = DateTime)]
    since: Option<String>,
    /// What the last visit said, where it did not go well.
    #[schema(required)]
    why: Option<String>,
    /// What the operator can do.
    #[schema(required)]
    advice: Option<String>,
    /// When it last published something.
    #[schema(required, format = DateTime)]
    last_item: Option<String>,
    /// Items a week, of late.
    #[schema(required)]
    per_week: Option<f64>,
    /// Where it has moved for good.
    #[schema(required)]
    moved_to: Option<String>,
    #[schema(required, format = DateTime)]
    last_visit: Option<String>,
    #[schema(required, format = DateTime)]
    last_good: Option<String>,
    /// HTTP status of the last visit.
    #[schema(required)]
    last_status: Option<u16>,
    #[schema(required)]
    last_outcome: Option<String>,
    /// Failures in a row.
    fails: i64,
    #[schema(required, format = DateTime)]
    next_visit: Option<String>,
}

/// What a source is; the operator's page says what to do.
#[derive(ToSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(dead_code, reason = "describes `poll::health::State`")]
enum HealthState {
    Fresh,
    Quiet,
    Stale,
    Failing,
    Blocked,
    LayoutChanged,
    Gone,
    New,
    Off,
}

/// Counts by period, the oldest first: of news unless `kind` says otherwise, each story once unless `stories` does, in
/// every period in which it is told. `since` and `until` say which periods there are, at most the last 60; of the first and
/// the last only what is asked for is counted. Twelve of them without `since`.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer of `/api/v1/trends`")]
struct Trends {
    /// `topic`, `state` or `source`.
    by: String,
    /// `week` or `day`.
    per: String,
    /// First days of the periods.
    #[schema(value_type = Vec<String>, format = Date)]
    periods: Vec<String>,
    /// Items of each period.
    total: Vec<u64>,
    /// Of each topic, state or source with any item, the items of each period; as facets do, it ignores its own selection.
    series: BTreeMap<String, Vec<u64>>,
    /// What has risen against its own past: at most eight, the most first.
    rising: Vec<Risen>,
}

/// What of late had more items than before.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes `panel::Risen`")]
struct Risen {
    /// A topic, state or source.
    name: String,
    /// Items of as many periods before those of `now`.
    before: u64,
    /// Items of the last four periods, of which the last is running; of half the periods, if they are fewer than eight.
    now: u64,
}

/// A JSON Feed 1.1 (<https://jsonfeed.org/version/1.1>).
#[derive(ToSchema)]
#[schema(as = JsonFeed)]
#[expect(dead_code, reason = "describes `/feeds/feed.json`")]
struct Feed {
    version: String,
    title: String,
    /// As the standard has them.
    items: Vec<serde_json::Value>,
}

/// What went wrong (RFC 9457).
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes `problem::Document`")]
struct Problem {
    r#type: String,
    title: String,
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What can be done about it.
    detail: String,
    /// The parameter that was not understood.
    #[schema(nullable = false)]
    parameter: Option<String>,
    /// Its value, or the part of it that was not understood.
    #[schema(nullable = false)]
    value: Option<String>,
    /// What would have been.
    #[schema(nullable = false)]
    allowed: Option<Vec<String>>,
}
