//! Microdata of schema.org, in the shape of JSON-LD, so that one reader knows both.

use scraper::ElementRef;
use serde_json::{Map, Value};

use super::dom::{Page, selector, words};
use super::thing::{is_a, is_article, is_event};

/// Most things that are read of one page, and how deeply they may stand in each other.
const MOST: usize = 500;
const DEEPEST: usize = 4;

/// The articles and events of a page, each with the element that holds it.
pub(super) fn of(page: &Page) -> Vec<(ElementRef<'_>, Value)> {
    let mut things = Vec::new();
    for element in page.html.select(&selector("[itemscope][itemtype*='schema.org/']")) {
        let kind = Value::String(element.attr("itemtype").unwrap_or_default().trim().to_owned());
        let typed = serde_json::json!({ "@type": kind });
        if !(is_a(&typed, is_article) || is_a(&typed, is_event)) {
            continue;
        }
        if things.len() >= MOST || !page.afford(element, 2) {
            break;
        }
        things.push((element, thing(element, 0)));
    }
    things
}

fn thing(element: ElementRef<'_>, depth: usize) -> Value {
    let mut fields = Map::new();
    let kind = element.attr("itemtype").unwrap_or_default().trim();
    fields.insert("@type".into(), Value::String(kind.to_owned()));
    properties(element, &mut fields, depth);
    Value::Object(fields)
}

fn properties(element: ElementRef<'_>, fields: &mut Map<String, Value>, depth: usize) {
    for child in element.child_elements() {
        let scope = child.attr("itemscope").is_some();
        if let Some(names) = child.attr("itemprop") {
            let value = match scope {
                true if depth < DEEPEST => thing(child, depth + 1),
                true => Value::Null,
                false => Value::String(value(child, names)),
            };
            for name in names.split_ascii_whitespace().filter(|_| !value.is_null()) {
                add(fields, name, value.clone());
            }
        }
        if !scope {
            properties(child, fields, depth);
        }
    }
}

/// The value of a property: what is made for machines, else its text. A date in German words is a date.
fn value(element: ElementRef<'_>, names: &str) -> String {
    let machine = match element.value().name() {
        "a" | "link" if !names.contains("name") && !names.contains("headline") => element.attr("href"),
        "img" | "iframe" | "source" => element.attr("src"),
        "time" => element.attr("datetime").filter(|said| crate::read::when::when(said).is_some()),
        _ => None,
    };
    let said = element.attr("content").or(machine).map(ToOwned::to_owned);
    said.or_else(|| words(element)).unwrap_or_default()
}

/// A property that is said twice is a list; of dates and headlines the first counts.
fn add(fields: &mut Map<String, Value>, name: &str, value: Value) {
    if value.as_str().is_some_and(str::is_empty) {
        return;
    }
    match fields.get_mut(name) {
        None => {
            fields.insert(name.to_owned(), value);
        }
        Some(Value::Array(values)) if values.len() < 50 => values.push(value),
        Some(Value::Array(_)) => {}
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}
