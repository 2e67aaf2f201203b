//! JSON Feed 1.1. What it has no field for stands in the extension `_amtsticker`.

use model::Item;
use serde_json::{Value, json};

use super::{Header, clean, urn};

/// A feed of all items.
#[must_use]
pub fn json_feed(header: &Header<'_>, items: &[Item]) -> String {
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(header.title),
        "description": header.subtitle.map(clean),
        "home_page_url": header.home_url,
        "feed_url": header.self_url,
        "next_url": header.next,
        "language": header.lang,
        "hubs": header.hub.map(|hub| json!([{ "type": "WebSub", "url": hub }])),
        "items": items.iter().map(|item| self::item(header, item)).collect::<Vec<_>>(),
    });
    without_nulls(feed).to_string()
}

fn item(header: &Header<'_>, item: &Item) -> Value {
    let states = item.states.iter().map(|state| state.code());
    let tags: Vec<_> =
        states.chain(item.topics.iter().map(String::as_str)).map(|tag| clean(&(header.label)(tag))).collect();
    json!({
        "id": urn(&item.id),
        "url": item.url,
        "title": clean(&item.title),
        // The text is what a reader shows; a JSON Feed item without one is not valid.
        "content_text": clean(&item.summary),
        "summary": Some(clean(&item.summary)).filter(|summary| !summary.is_empty()),
        "image": item.image,
        "date_published": item.published,
        "date_modified": item.updated,
        "language": item.lang,
        "authors": [{ "name": clean(&item.source.name), "url": item.source.url }],
        "tags": tags,
        "_amtsticker": {
            "kind": item.kind,
            "kicker": item.kicker.as_deref().map(clean),
            "states": item.states,
            "topics": item.topics,
            "source": item.source.id,
            "licence": item.source.licence,
            "story": item.story.id,
            "story_size": item.story.size,
            "event": item.event,
        },
    })
}

/// A field that is not known is left out, as the standard has it.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, without_nulls(value)))
            .collect(),
        Value::Array(values) => values.into_iter().map(without_nulls).collect(),
        other => other,
    }
}
