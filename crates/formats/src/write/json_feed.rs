//! JSON Feed 1.1. What it has no field for stands in the extension `_amtsticker`.

use model::Item;
use serde_json::{Value, json};

use super::{Header, clean, full_title, labels, reach, urn, web};

/// A feed of all items.
#[must_use]
pub fn json_feed(header: &Header<'_>, items: &[Item]) -> String {
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": header.title,
        "description": header.subtitle,
        "home_page_url": header.home_url,
        "feed_url": header.self_url,
        "next_url": header.next,
        "language": header.lang,
        "hubs": header.hub.map(|hub| json!([{ "type": "WebSub", "url": hub }])),
        "items": items.iter().map(|item| self::item(header, item)).collect::<Vec<_>>(),
    });
    tidy(feed).to_string()
}

fn item(header: &Header<'_>, item: &Item) -> Value {
    let mut event = item.event.clone();
    if let Some(event) = &mut event {
        event.registration = event.registration.as_deref().and_then(reach).map(Into::into);
    }
    let tags: Vec<_> = labels(item).map(|(code, _)| (header.label)(code)).collect();
    json!({
        "id": urn(&item.id),
        "url": web(&item.url),
        "title": full_title(item),
        // The text is what a reader shows; a JSON Feed item without one is not valid.
        "content_text": item.summary,
        "summary": Some(&item.summary).filter(|summary| !summary.is_empty()),
        "image": item.image.as_deref().and_then(web),
        "date_published": item.published,
        "date_modified": item.updated,
        "language": item.lang,
        "authors": [{ "name": item.source.name, "url": web(&item.source.url) }],
        "tags": tags,
        "_amtsticker": {
            "kind": item.kind,
            "kicker": item.kicker,
            "states": item.states,
            "topics": item.topics,
            "source": item.source.id,
            "licence": item.source.licence,
            "story": item.story.id,
            "story_size": item.story.size,
            "event": event,
        },
    })
}

/// A field that is not known is left out, as the standard has it; texts hold no control characters.
fn tidy(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            fields.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name, tidy(value))).collect()
        }
        Value::Array(values) => values.into_iter().map(tidy).collect(),
        Value::String(text) => Value::String(clean(&text)),
        other => other,
    }
}
