//! JSON-LD as pages carry it: several values in one script, lists, `@graph`, and JSON that is none: raw line feeds
//! in strings, commas before brackets, comments, CDATA marks.

use std::collections::HashMap;

use serde_json::Value;

use super::dom::{Page, selector};
use super::thing::{is_a, is_article, is_event, many};

/// Most bytes of all scripts together, and most things that are kept.
const MOST_BYTES: usize = 4_000_000;
const MOST_THINGS: usize = 5_000;

/// The articles and events of a page, those of lists apart.
#[derive(Debug, Default)]
pub(super) struct Things {
    /// What stands alone: the page is about it.
    pub(super) alone: Vec<Value>,
    /// What stands in a list: the page links it.
    pub(super) listed: Vec<Value>,
}

/// Collects them.
pub(super) fn of(page: &Page) -> Things {
    let mut roots = Vec::new();
    let mut bytes = 0;
    for script in page.html.select(&selector("script[type*='ld+json'], script[type*='LD+JSON']")) {
        let text: String = script.text().collect();
        bytes += text.len();
        if bytes > MOST_BYTES {
            break;
        }
        roots.extend(values(&text));
    }
    let mut found = Things::default();
    for root in &roots {
        collect(root, false, &mut found, 0);
    }
    let mut named = HashMap::new();
    roots.iter().for_each(|root| index(root, &mut named, 0));
    for thing in found.alone.iter_mut().chain(&mut found.listed) {
        resolve(thing, &named);
    }
    // One event alone is what the page is about; several are a list, whether it calls itself one or not.
    let events = found.alone.iter().filter(|thing| is_a(thing, is_event)).count();
    if events > 1 && !found.alone.iter().any(|thing| is_a(thing, is_article)) {
        found.listed.append(&mut found.alone);
    }
    found
}

/// The JSON values of a script, mended as far as it goes.
pub(super) fn values(text: &str) -> Vec<Value> {
    let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->");
    let (values, whole) = stream(text);
    if whole {
        return values;
    }
    let (mended, _) = stream(&mend(text));
    if mended.len() >= values.len() { mended } else { values }
}

fn stream(text: &str) -> (Vec<Value>, bool) {
    let mut read = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>().take(MOST_THINGS) {
        match value {
            Ok(value) => read.push(value),
            Err(_) => return (read, false),
        }
    }
    (read, true)
}

/// JSON without what JSON does not allow: comments, commas before brackets, control characters in strings.
fn mend(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text.chars().peekable();
    let (mut in_string, mut escaped) = (false, false);
    while let Some(c) = rest.next() {
        match c {
            _ if in_string => {
                match c {
                    '\n' => out.push_str("\\n"),
                    '\t' => out.push_str("\\t"),
                    c if c.is_control() => {}
                    // `\'` and the like are no escapes of JSON.
                    c if escaped && !matches!(c, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') => {
                        out.pop();
                        out.push(c);
                    }
                    c => out.push(c),
                }
                in_string = escaped || c != '"';
                escaped = !escaped && c == '\\';
            }
            '"' => {
                in_string = true;
                out.push(c);
            }
            '/' if rest.peek() == Some(&'/') => while rest.next_if(|c| *c != '\n').is_some() {},
            '/' if rest.peek() == Some(&'*') => {
                let mut last = ' ';
                for c in rest.by_ref() {
                    if last == '*' && c == '/' {
                        break;
                    }
                    last = c;
                }
            }
            '}' | ']' => {
                let kept = out.trim_end().trim_end_matches(',').len();
                out.truncate(kept);
                out.push(c);
            }
            '{' | '[' | ',' | ':' | '-' | '+' | '.' => out.push(c),
            // Between values nothing else may stand: `;` at the end, `]]>` of a CDATA section.
            c if c.is_alphanumeric() || c.is_whitespace() => out.push(c),
            _ => {}
        }
    }
    out
}

fn collect(value: &Value, listed: bool, found: &mut Things, depth: usize) {
    if depth > 12 || found.alone.len() + found.listed.len() >= MOST_THINGS {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, listed, found, depth + 1)),
        Value::Object(fields) => {
            let listed = listed || is_a(value, |name| matches!(name, "ItemList" | "Blog" | "CollectionPage"));
            if is_a(value, is_article) || is_a(value, is_event) {
                let into = if listed { &mut found.listed } else { &mut found.alone };
                into.push(value.clone());
                return;
            }
            for name in [
                "@graph",
                "mainEntity",
                "mainEntityOfPage",
                "itemListElement",
                "item",
                "blogPost",
                "hasPart",
                "event",
                "events",
            ] {
                if let Some(inner) = fields.get(name) {
                    collect(
                        inner,
                        listed || !matches!(name, "@graph" | "mainEntity" | "mainEntityOfPage"),
                        found,
                        depth + 1,
                    );
                }
            }
        }
        _ => {}
    }
}

/// Things by their `@id`: authors and places often stand apart.
fn index<'a>(value: &'a Value, named: &mut HashMap<&'a str, &'a Value>, depth: usize) {
    if depth > 4 || named.len() >= MOST_THINGS {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| index(value, named, depth + 1)),
        Value::Object(fields) => {
            if let Some(id) = fields.get("@id").and_then(Value::as_str)
                && fields.contains_key("name")
                && is_short(value, &mut 60)
            {
                named.entry(id).or_insert(value);
            }
            fields.get("@graph").into_iter().for_each(|graph| index(graph, named, depth + 1));
        }
        _ => {}
    }
}

/// Whether a value may be repeated wherever it is named: a person or a place, not a book.
fn is_short(value: &Value, left: &mut usize) -> bool {
    *left = left.saturating_sub(1);
    *left > 0
        && match value {
            Value::String(text) => text.len() <= 500,
            Value::Array(values) => values.iter().all(|value| is_short(value, left)),
            Value::Object(fields) => fields.values().all(|value| is_short(value, left)),
            _ => true,
        }
}

/// Puts the names of people and places where only their `@id` stands.
fn resolve(thing: &mut Value, named: &HashMap<&str, &Value>) {
    for name in ["author", "location", "organizer"] {
        let resolved: Vec<Value> = many(&thing[name])
            .iter()
            .take(50)
            .map(|one| {
                let id = one.get("@id").and_then(Value::as_str).filter(|_| one.get("name").is_none());
                id.and_then(|id| named.get(id)).map_or_else(|| one.clone(), |found| (*found).clone())
            })
            .collect();
        if let Some(fields) = thing.as_object_mut().filter(|_| !resolved.is_empty()) {
            fields.insert(name.into(), Value::Array(resolved));
        }
    }
}

#[cfg(test)]
mod tests;
