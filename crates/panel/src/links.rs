//! Where the panel's links lead: the same filter with one thing changed, and the feeds of a filter.
//!
//! Every control of the panel is a link or a form first, so it works without any script.

use model::{Bound, Kind, Query, State};

use crate::Look;

/// What readers may do to a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A state.
    State(State),
    /// A topic, by slug.
    Topic(String),
    /// A source, by id.
    Source(String),
    /// The search words.
    Words,
    /// The period.
    Period,
}

/// The filter without what the panel itself adds ([`Query::for_panel`]): what stands in addresses and is compared.
#[must_use]
pub fn plain(query: &Query) -> Query {
    let mut query = query.from_start();
    query.stories = query.stories.filter(|stories| !stories);
    if query.kind != Some(Kind::Event) {
        query.kind = None;
    } else if query.since == Some(Bound::Hours(0)) && query.until.is_none() {
        query.since = None;
    }
    query
}

/// News or events: what the panel shows for this filter.
#[must_use]
pub fn kind(query: &Query) -> Kind {
    query.kind.unwrap_or_default()
}

/// The same filter on the other tab. Order and cursor belong to the tab that is left.
#[must_use]
pub fn on_tab(query: &Query, kind: Kind) -> Query {
    Query { kind: (kind == Kind::Event).then_some(kind), sort: None, ..plain(query) }
}

/// The parts of a filter that can be taken away, in the order in which they are shown.
#[must_use]
pub fn parts(query: &Query, look: &Look) -> Vec<Part> {
    use crate::Lock;
    let mut parts = Vec::new();
    if !look.locks(Lock::State) {
        parts.extend(query.states.iter().copied().map(Part::State));
    }
    if !look.locks(Lock::Topic) {
        parts.extend(query.topics.iter().cloned().map(Part::Topic));
    }
    if !look.locks(Lock::Source) {
        parts.extend(query.sources.iter().cloned().map(Part::Source));
    }
    parts.extend(query.q.is_some().then_some(Part::Words));
    let query = plain(query);
    parts.extend((query.since.is_some() || query.until.is_some()).then_some(Part::Period));
    parts
}

/// The filter without this part.
#[must_use]
pub fn without(query: &Query, part: &Part) -> Query {
    let mut query = plain(query);
    match part {
        Part::State(state) => query.states.retain(|other| other != state),
        Part::Topic(slug) => query.topics.retain(|other| other != slug),
        Part::Source(id) => query.sources.retain(|other| other != id),
        Part::Words => query.q = None,
        Part::Period => (query.since, query.until) = (None, None),
    }
    query
}

/// The filter without any part that a reader can take away.
#[must_use]
pub fn reset(query: &Query, look: &Look) -> Query {
    parts(query, look).iter().fold(plain(query), |query, part| without(&query, part))
}

/// The page that shows this filter without any script.
#[must_use]
pub fn embed(origin: &str, query: &Query, look: &Look) -> String {
    let mut address = format!("{origin}/embed");
    let mut mark = '?';
    let mut put = |pairs: &str| {
        if !pairs.is_empty() {
            address.push(mark);
            address.push_str(pairs);
            mark = '&';
        }
    };
    put(&query.to_query_string());
    for (name, value) in look.pairs() {
        // The query's own encoder is the only one we have and need: its `q` takes any text.
        let encoded = Query { q: Some(value), ..Query::default() }.to_query_string();
        put(&[name, &encoded[1..]].concat());
    }
    address
}

/// A feed of this filter: `file` is the last part of its path, as in `atom.xml`.
#[must_use]
pub fn feed(origin: &str, file: &str, query: &Query) -> String {
    // One entry per story is what feeds do anyway; of events those to come is what the reader sees.
    let mut query = query.for_panel().from_start();
    query.stories = query.stories.filter(|stories| !stories);
    // The size of a page here says nothing about how much a reader of the feed wants.
    query.limit = None;
    query.explain = false;
    format!("{origin}/feeds/{file}?{}", query.to_query_string())
}

/// The address under which a calendar program subscribes, if we know our own host.
#[must_use]
pub fn webcal(origin: &str, query: &Query) -> Option<String> {
    let (_, host) = origin.split_once(':')?;
    Some(feed(&format!("webcal:{host}"), "events.ics", query))
}

/// The calendar file of one event.
#[must_use]
pub fn event(origin: &str, id: &str) -> String {
    format!("{origin}/feeds/event/{id}.ics")
}

/// The address, if a browser may follow it: the web and e-mail, never `javascript:` or `data:`.
#[must_use]
pub fn href(address: &str) -> Option<String> {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        Some("http" | "https" | "mailto") => Some(address.to_owned()),
        None if address.contains('@') => Some(format!("mailto:{address}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
