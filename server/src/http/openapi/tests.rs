//! The contract in git, in the code and on the wire: one and the same.

use serde_json::{Value, json};

use super::*;
use crate::http::tests::{app, ask};

const IN_GIT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");

fn contract() -> Value {
    serde_json::to_value(document(None)).unwrap()
}

#[test]
fn the_document_in_git_is_what_the_code_says() {
    let now = serde_json::to_string_pretty(&contract()).unwrap() + "\n";
    // `cargo xtask bless` accepts it, as it does snapshots.
    if std::env::var("INSTA_UPDATE").is_ok_and(|how| how == "always") {
        std::fs::write(IN_GIT, &now).unwrap();
    }
    let before = std::fs::read_to_string(IN_GIT).unwrap_or_default();
    assert!(before == now, "docs/openapi.json is out of date: read what changed, then `cargo xtask bless`");
}

/// What is wrong with a value, by the part of JSON Schema that our document uses. A field that the schema does not
/// name is wrong, too: it would be one that the contract does not know.
fn complaints(value: &Value, schema: &Value, all: &Value, at: &str, out: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return complaints(value, &all["components"]["schemas"][name], all, at, out);
    }
    for many in ["anyOf", "oneOf"] {
        if let Some(list) = schema[many].as_array() {
            let fits = |schema: &&Value| {
                let mut wrong = Vec::new();
                complaints(value, schema, all, at, &mut wrong);
                wrong.is_empty()
            };
            if !list.iter().any(|schema| fits(&schema)) {
                out.push(format!("{at}: {value} is none of {many}"));
            }
            return;
        }
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    if !(kinds.contains(&kind) || kind == "integer" && kinds.contains(&"number")) {
        out.push(format!("{at}: {value} is no {kinds:?}"));
    }
    if schema["enum"].as_array().is_some_and(|words| !words.contains(value)) {
        out.push(format!("{at}: {value} is none of {}", schema["enum"]));
    }
    if schema["format"] == "date-time" && !value.is_null() && model::Moment::parse(value.as_str().unwrap()).is_none() {
        out.push(format!("{at}: {value} is no date-time"));
    }
    for (n, value) in value.as_array().into_iter().flatten().enumerate() {
        complaints(value, &schema["items"], all, &format!("{at}[{n}]"), out);
    }
    let Some(fields) = value.as_object() else { return };
    for (name, value) in fields {
        let (named, other) = (&schema["properties"][name], &schema["additionalProperties"]);
        match (named.is_null(), other.is_null()) {
            (false, _) => complaints(value, named, all, &format!("{at}.{name}"), out),
            (true, false) => complaints(value, other, all, &format!("{at}.{name}"), out),
            (true, true) => out.push(format!("{at}.{name} is not in the contract")),
        }
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !fields.contains_key(name) {
            out.push(format!("{at}.{name} is missing"));
        }
    }
}

#[track_caller]
fn check(value: &Value, schema: &Value, all: &Value, at: &str) {
    let mut out = Vec::new();
    complaints(value, schema, all, at, &mut out);
    assert!(out.is_empty(), "{out:#?}");
}

#[tokio::test]
async fn every_route_answers_as_the_contract_says() {
    let (app, all) = (app().await, contract());
    let mut seen = 0;
    for (path, item) in all["paths"].as_object().unwrap() {
        let id = item["get"]["operationId"].as_str().unwrap();
        let asked = path.replace("{id}", "a1").replace("{file}", "e1.ics");
        let asked = if id == "items" { format!("{asked}?explain=1&limit=3") } else { asked };
        let (status, headers, body) = ask(&app, "GET", &asked, &[]).await;
        assert_eq!(status, 200, "{asked}: {body}");
        let media = headers["content-type"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let content = &item["get"]["responses"]["200"]["content"][&media];
        assert!(content.is_object(), "{path} answers {media}");
        if media == "application/json" {
            check(&serde_json::from_str(&body).unwrap(), &content["schema"], &all, path);
        }
        seen += 1;
    }
    assert!(seen > 15, "{seen}");
    for path in ["/api/v1/items?state=XX", "/api/v1/items/nothing", "/feeds/atom.xml?limit=0"] {
        let (status, headers, body) = ask(&app, "GET", path, &[]).await;
        assert_eq!(headers["content-type"], "application/problem+json");
        let problem: Value = serde_json::from_str(&body).unwrap();
        check(&problem, &json!({"$ref": "#/components/schemas/Problem"}), &all, path);
        assert_eq!(problem["status"], status.as_u16());
    }
}

#[test]
fn every_parameter_and_every_word_of_a_query_is_in_the_contract() {
    let all = contract();
    let parameters = all["paths"]["/api/v1/items"]["get"]["parameters"].as_array().unwrap();
    let names: Vec<&str> = parameters.iter().map(|parameter| parameter["name"].as_str().unwrap()).collect();
    assert_eq!(names, model::Query::PARAMETERS);
    let states: Vec<Value> = model::State::ALL.iter().map(|state| json!(state.code())).collect();
    assert_eq!(all["components"]["schemas"]["State"]["enum"], json!(states));
    let langs: Vec<Value> = model::Lang::ALL.iter().map(|lang| json!(lang.code())).collect();
    assert_eq!(all["components"]["schemas"]["Lang"]["enum"], json!(langs));
    let healths: Vec<Value> = crate::poll::health::State::ALL.iter().map(|state| json!(state.word())).collect();
    assert_eq!(all["components"]["schemas"]["HealthState"]["enum"], json!(healths));
}

#[tokio::test]
async fn what_is_served_names_what_the_catalogue_has_and_the_page_shows_it_all() {
    let app = app().await;
    let (_, _, body) = ask(&app, "GET", "/api/openapi.json", &[]).await;
    let served: Value = serde_json::from_str(&body).unwrap();
    assert!(served["openapi"].as_str().unwrap().starts_with("3.1"));
    let parameters = served["paths"]["/api/v1/items"]["get"]["parameters"].as_array().unwrap();
    let of = |name: &str| parameters.iter().find(|parameter| parameter["name"] == name).unwrap();
    assert_eq!(of("source")["schema"]["items"]["enum"], json!(["probe"]));
    let (_, headers, page) = ask(&app, "GET", "/api/docs?lang=de", &[]).await;
    assert!(headers["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
    assert!(!page.contains("<script") && !page.contains("style="));
    for path in served["paths"].as_object().unwrap().keys() {
        assert!(page.contains(&format!("GET {path}</code>")), "{path}");
    }
    for name in served["components"]["schemas"].as_object().unwrap().keys() {
        assert!(page.contains(&format!("id=\"{name}\"")), "{name}");
    }
}
