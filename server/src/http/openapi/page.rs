//! The document taken apart for readers: what `panel::api` shows.

use panel::{Field, Manual, Operation, Shape};
use serde_json::Value;
use utoipa::openapi::OpenApi;

/// Everything in the document that a reader looks for.
pub(super) fn manual(document: &OpenApi) -> Manual {
    let document = serde_json::to_value(document).unwrap_or_default();
    let operations = entries(&document["paths"]).flat_map(|(path, item)| {
        entries(item)
            .filter(|(_, operation)| operation["operationId"].is_string())
            .map(move |(method, said)| operation(method, path, said))
    });
    let shapes = entries(&document["components"]["schemas"]).map(|(name, schema)| shape(name, schema)).collect();
    Manual { about: text(&document["info"]["description"]), operations: operations.collect(), shapes }
}

fn operation(method: &str, path: &str, said: &Value) -> Operation {
    let parameters = said["parameters"].as_array().into_iter().flatten().map(|parameter| Field {
        name: text(&parameter["name"]),
        kind: kind(&parameter["schema"]),
        always: parameter["required"] == true,
        about: text(&parameter["description"]),
    });
    let good = ["200", "202"].map(|status| &said["responses"][status]["content"]);
    let answers = good.into_iter().flat_map(entries);
    let answers = answers.map(|(media, content)| (media.to_owned(), kind(&content["schema"]))).collect();
    let (tag, about) = (text(&said["tags"][0]), text(&said["summary"]));
    Operation {
        method: method.to_uppercase(),
        path: path.to_owned(),
        tag,
        about,
        parameters: parameters.collect(),
        answers,
    }
}

fn shape(name: &str, schema: &Value) -> Shape {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let fields = entries(&schema["properties"]).map(|(name, schema)| Field {
        name: name.to_owned(),
        kind: kind(schema),
        always: required.contains(&name),
        about: text(&schema["description"]),
    });
    let words = schema["enum"].as_array().into_iter().flatten().map(text).collect();
    Shape { name: name.to_owned(), about: text(&schema["description"]), fields: fields.collect(), words }
}

/// How the document says that a value may be empty. That is for tools to know, not for readers.
pub(super) const NOTHING: &str = "^[ \\t\\n\\f\\r]*$";

/// The same of a comma list.
pub(super) const NO_WORDS: &str = "^[ ,\\t\\n\\f\\r]*$";

/// What a value is, in a few words: `[Item]`, `string (date-time)`, `Event`.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str() {
        return name.rsplit('/').next().unwrap_or_default().to_owned();
    }
    for many in ["anyOf", "oneOf", "allOf"] {
        if let Some(list) = schema[many].as_array() {
            return either(list.iter().map(kind));
        }
    }
    if let Some(words) = schema["enum"].as_array() {
        return either(words.iter().map(text));
    }
    if [NOTHING, NO_WORDS].iter().any(|none| schema["pattern"] == *none) {
        return String::new();
    }
    if schema["type"] == "array" {
        return format!("[{}]", kind(&schema["items"]));
    }
    if schema["additionalProperties"].is_object() {
        return format!("{{…: {}}}", kind(&schema["additionalProperties"]));
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => either(kinds.iter().map(text)),
        kind => text(kind),
    };
    match schema["format"].as_str().or(schema["pattern"].as_str()) {
        Some(format) => format!("{kind} ({format})"),
        None => kind,
    }
}

/// One of these.
fn either(kinds: impl Iterator<Item = String>) -> String {
    kinds.filter(|kind| !kind.is_empty()).collect::<Vec<_>>().join(" | ")
}

fn entries(object: &Value) -> impl Iterator<Item = (&str, &Value)> {
    object.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
