//! An item as a row, and a row as an item.

use std::borrow::Cow;

use model::{Event, Item, Judged, Kind, Moment, SourceRef, Status, Story, When};
use serde::Deserialize;

use crate::error::Sql;
use crate::evidence;
use crate::shelf::{states, topics};
use crate::sql::{Row, Value, json};

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sources, disabled ones included.
    pub sources: u64,
    /// Sources that are visited.
    pub enabled: u64,
    /// Items, relevant or not.
    pub items: u64,
    /// Items that a query can find.
    pub relevant: u64,
    /// Stories that a query can find.
    pub stories: u64,
}

/// A row of table `item`, as it is written, and the evidence beside it.
#[derive(Clone, Debug)]
pub(crate) struct Record<'a> {
    pub(crate) seq: Option<i64>,
    pub(crate) shelf: i64,
    kind: Kind,
    pub(crate) relevant: bool,
    pub(crate) print: i64,
    pub(crate) born: i64,
    first_seen: i64,
    pub(crate) at: i64,
    begins: i64,
    ends: i64,
    pub(crate) story: String,
    hash: i64,
    source: &'a str,
    item: &'a Item,
    /// The evidence, as it is kept.
    pub(crate) why: Cow<'a, str>,
}

/// Columns in the order of [`Record::values`].
pub(crate) const COLUMNS: &str = "seq, id, source, shelf, event, relevant, hash, print, born, first_seen, at, begins, \
     ends, story, url, title, kicker, summary, published, updated, lang, relevance, image, event_start, \
     event_end, all_day, place, online, registration, organiser, status";

impl<'a> Record<'a> {
    /// A judged item as it would be if it were new.
    pub(crate) fn of(judged: &'a Judged, source: &'a str, born: i64, now: Moment) -> Self {
        let item = &judged.item;
        let why = match judged.evidence.as_str() {
            "" => evidence::packed(item).into(),
            made => Cow::Borrowed(made),
        };
        let at = item.published.unwrap_or(now).ms();
        let event = item.event.as_ref().filter(|_| item.kind == Kind::Event);
        let (begins, ends) = event.map_or((at, at), |event| (event.start.start().ms(), last_moment(event)));
        Record {
            seq: None,
            shelf: 0,
            kind: item.kind,
            relevant: judged.relevant,
            print: print(judged, &why),
            born,
            first_seen: now.ms(),
            at,
            begins,
            ends,
            story: item.id.clone(),
            hash: judged.hash,
            source,
            item,
            why,
        }
    }

    /// The id of the item.
    pub(crate) fn id(&self) -> &'a str {
        &self.item.id
    }

    /// Without a date of its own, an item's time is when it was first seen.
    pub(crate) fn keep_first_seen(&mut self, first_seen: i64) {
        self.first_seen = first_seen;
        if self.item.published.is_some() {
            return;
        }
        self.at = first_seen;
        if self.item.event.is_none() || self.kind == Kind::News {
            (self.begins, self.ends) = (self.at, self.at);
        }
    }

    /// All values, in the order of [`COLUMNS`].
    pub(crate) fn values(&self) -> Vec<Value> {
        let item = self.item;
        let event = item.event.as_ref();
        let when = |when: Option<When>| Value::Text(when.map(|when| when.to_string()));
        let flag = |flag: bool| Value::from(i64::from(flag));
        vec![
            self.seq.into(),
            (&item.id).into(),
            self.source.into(),
            self.shelf.into(),
            flag(self.kind == Kind::Event),
            flag(self.relevant),
            self.hash.into(),
            self.print.into(),
            self.born.into(),
            self.first_seen.into(),
            self.at.into(),
            self.begins.into(),
            self.ends.into(),
            (&self.story).into(),
            (&item.url).into(),
            (&item.title).into(),
            (&item.kicker).into(),
            (&item.summary).into(),
            item.published.map(Moment::ms).into(),
            item.updated.map(Moment::ms).into(),
            (&item.lang).into(),
            f64::from(item.relevance).into(),
            (&item.image).into(),
            when(event.map(|event| event.start)),
            when(event.and_then(|event| event.end)),
            flag(event.is_some_and(|event| event.all_day)),
            event.and_then(|event| event.place.as_deref()).into(),
            flag(event.is_some_and(|event| event.online)),
            event.and_then(|event| event.registration.as_deref()).into(),
            event.and_then(|event| event.organiser.as_deref()).into(),
            event.map(|event| event.status.word()).into(),
        ]
    }
}

/// The last moment that belongs to an event. A day ends before midnight: "since tomorrow" is without today's.
fn last_moment(event: &Event) -> i64 {
    let last = match event.end.unwrap_or(event.start) {
        When::Day(date) => When::Day(date).end().ms() - 1,
        When::At(moment) => moment.ms(),
    };
    // An end before the beginning is a slip of the source; the event still takes place when it begins.
    last.max(event.start.start().ms())
}

/// A number for everything that is kept of an item but its story, the same in every release.
fn print(judged: &Judged, why: &str) -> i64 {
    let Judged { item, hash: _, terms, marks, relevant, evidence: _ } = judged;
    // Whoever adds to an item decides here whether it counts.
    let Item { id, kind, url, title, kicker, summary, published, updated, lang, source, .. } = item;
    let Item { states, topics, relevance, story: _, image, event, why: _, .. } = item;
    let rest = (kind, published, updated, lang, source, states, topics, relevance, image, event, relevant);
    let mut print = Print(0);
    for text in [id, url, title, kicker.as_deref().unwrap_or_default(), summary, why, terms, &json(&rest)] {
        print.say(text.as_bytes());
    }
    marks.iter().for_each(|mark| print.note(mark.cast_unsigned()));
    print.0.cast_signed()
}

/// A number that follows from what it was told, eight bytes at a time.
struct Print(u64);

impl Print {
    fn say(&mut self, bytes: &[u8]) {
        self.note(bytes.len() as u64);
        let (eights, rest) = bytes.as_chunks::<8>();
        eights.iter().for_each(|eight| self.note(u64::from_le_bytes(*eight)));
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.note(u64::from_le_bytes(last));
    }

    /// Each step is a bijection of what was and of what comes.
    fn note(&mut self, eight: u64) {
        let mixed = (self.0 ^ eight).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

fn status(word: &str) -> Status {
    match word {
        "tentative" => Status::Tentative,
        "cancelled" => Status::Cancelled,
        _ => Status::Confirmed,
    }
}

/// The columns of [`Shown`], from [`FROM`].
pub(crate) const SHOWN: [&str; 31] = [
    "i.seq",
    "i.id",
    "i.event",
    "i.url",
    "i.title",
    "i.kicker",
    "i.summary",
    "i.published",
    "i.updated",
    "i.lang",
    "i.relevance",
    "i.story",
    "i.image",
    "i.event_start",
    "i.event_end",
    "i.all_day",
    "i.place",
    "i.online",
    "i.registration",
    "i.organiser",
    "i.status",
    "h.states",
    "h.topics",
    "s.id",
    "s.name",
    "s.home",
    "s.licence",
    "i.begins",
    "i.relevant",
    "coalesce(o.revision, 0)",
    "coalesce(o.off, 0)",
];
/// What [`event`] reads.
pub(crate) const EVENT: &str = "i.event_start, i.event_end, i.all_day, i.place, i.online, i.registration, \
     i.organiser, i.status";
/// An item, its shelf, its source and what became of its event. News have none, and need not be looked up there.
pub(crate) const FROM: &str = "item i join shelf h on h.id = i.shelf join source s on s.id = i.source \
     left join occasion o on o.item = case when i.event = 1 then i.id end";

/// What is read of an item to show it, in the order of [`SHOWN`].
#[derive(Debug, Deserialize)]
pub(crate) struct Shown<'t> {
    pub(crate) seq: i64,
    id: String,
    event: i64,
    url: String,
    title: String,
    kicker: Option<String>,
    summary: String,
    published: Option<i64>,
    updated: Option<i64>,
    lang: String,
    relevance: f64,
    story: String,
    image: Option<String>,
    #[serde(borrow)]
    start: Option<Cow<'t, str>>,
    #[serde(borrow)]
    end: Option<Cow<'t, str>>,
    all_day: Option<i64>,
    place: Option<String>,
    online: Option<i64>,
    registration: Option<String>,
    organiser: Option<String>,
    #[serde(borrow)]
    status: Option<Cow<'t, str>>,
    #[serde(borrow)]
    states: Cow<'t, str>,
    #[serde(borrow)]
    topics: Cow<'t, str>,
    source: String,
    name: String,
    home: String,
    licence: Option<String>,
    pub(crate) begins: i64,
    pub(crate) relevant: i64,
    pub(crate) revision: i64,
    pub(crate) off: i64,
}

impl Shown<'_> {
    /// The item without its story's others and its evidence.
    pub(crate) fn item(self) -> Item {
        let when = |text: &Option<Cow<'_, str>>| text.as_deref().and_then(When::parse);
        let event = when(&self.start).map(|start| Event {
            start,
            end: when(&self.end),
            all_day: self.all_day.is_some_and(|flag| flag != 0),
            place: self.place,
            online: self.online.is_some_and(|flag| flag != 0),
            registration: self.registration,
            organiser: self.organiser,
            status: self.status.as_deref().map(status).unwrap_or_default(),
        });
        Item {
            id: self.id,
            kind: if self.event != 0 { Kind::Event } else { Kind::News },
            url: self.url,
            title: self.title,
            kicker: self.kicker,
            summary: self.summary,
            published: self.published.map(Moment::from_ms),
            updated: self.updated.map(Moment::from_ms),
            lang: self.lang,
            relevance: self.relevance as f32,
            story: Story { id: self.story, size: 1, ..Story::default() },
            image: self.image,
            event,
            states: states(&self.states),
            topics: topics(&self.topics),
            source: SourceRef { id: self.source, name: self.name, url: self.home, licence: self.licence },
            why: Vec::new(),
        }
    }
}

/// The event in the columns of [`EVENT`], which begin there.
pub(crate) fn event(row: &Row, at: usize) -> Sql<Option<Event>> {
    let when = |column: usize| row.try_get::<Option<&str>>(column).map(|text| text.and_then(When::parse));
    let Some(start) = when(at)? else { return Ok(None) };
    Ok(Some(Event {
        start,
        end: when(at + 1)?,
        all_day: row.try_get::<i64>(at + 2)? != 0,
        place: row.try_get(at + 3)?,
        online: row.try_get::<i64>(at + 4)? != 0,
        registration: row.try_get(at + 5)?,
        organiser: row.try_get(at + 6)?,
        status: row.try_get::<Option<&str>>(at + 7)?.map(status).unwrap_or_default(),
    }))
}
