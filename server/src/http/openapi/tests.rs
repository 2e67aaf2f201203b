//! The contract in git, in the code and on the wire: one and the same.

use serde_json::{Value, json};

use super::*;
use crate::config::HttpConfig;
use crate::http::tests::{app, ask, with};

const IN_GIT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");

fn contract() -> Value {
    serde_json::to_value(document(None, true)).unwrap()
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

#[test]
fn every_route_is_in_the_contract() {
    // As they are written: a router cannot be asked for its routes.
    let rooms = [
        include_str!("../../http.rs"),
        include_str!("../hub.rs"),
        include_str!("../callback.rs"),
        include_str!("../operator.rs"),
    ];
    let routed: std::collections::BTreeSet<&str> = rooms
        .iter()
        .flat_map(|room| room.split(".route(\"").skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let all = contract();
    let said: std::collections::BTreeSet<&str> = all["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(said, routed);
}

const TOKEN: &str = "ein-langes-geheimnis-0815";

/// Where to ask for each route: a path with something behind it.
fn at(path: &str) -> String {
    path.replace("{id}", "a1").replace("{file}", "e1.ics").replace("{hash}", "0").replace("{token}", "x")
}

/// An app in which nothing is missing that settings can bring.
async fn whole() -> Arc<App> {
    let contact = Some("mailto:sicherheit@amt.example".to_owned());
    let settings =
        HttpConfig { admin_token: Some(TOKEN.to_owned()), security_contact: contact, ..HttpConfig::default() };
    with(&app().await, settings)
}

/// All operations: method, path, and what the document says.
fn operations(all: &Value) -> Vec<(String, String, Value)> {
    let paths = all["paths"].as_object().unwrap();
    let operations = paths.iter().flat_map(|(path, item)| {
        item.as_object().unwrap().iter().map(|(method, said)| (method.to_uppercase(), path.clone(), said.clone()))
    });
    operations.collect()
}

#[tokio::test]
async fn every_route_answers_as_the_contract_says() {
    let (app, all) = (whole().await, contract());
    let token = format!("Bearer {TOKEN}");
    let mut good = 0;
    for (method, path, said) in operations(&all).into_iter().filter(|(method, ..)| method == "GET") {
        let id = said["operationId"].as_str().unwrap();
        let asked = at(&path);
        let asked = if id == "items" { format!("{asked}?explain=1&limit=3") } else { asked };
        // A stream has no end: its head says enough.
        let method = if id == "stream" { "HEAD" } else { method.as_str() };
        let (status, headers, body) = ask(&app, method, &asked, &[("authorization", &token)]).await;
        let answer = &said["responses"][status.as_str()];
        assert!(answer.is_object(), "{asked}: {status} is not in the contract: {body}");
        if status != 200 {
            assert_eq!(
                (status.as_u16(), &headers["content-type"]),
                (404, &"application/problem+json".parse().unwrap())
            );
            continue;
        }
        let media = headers["content-type"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let content = &answer["content"][&media];
        assert!(content.is_object(), "{path} answers {media}");
        if media == "application/json" && content["schema"]["$ref"].is_string() {
            check(&serde_json::from_str(&body).unwrap(), &content["schema"], &all, &path);
        }
        good += 1;
    }
    assert!(good > 30, "{good}");
    for path in ["/api/v1/items?state=XX", "/api/v1/items/nothing", "/feeds/atom.xml?limit=0", "/admin/hidden"] {
        let (status, headers, body) = ask(&app, "GET", path, &[]).await;
        assert_eq!(headers["content-type"], "application/problem+json");
        let problem: Value = serde_json::from_str(&body).unwrap();
        check(&problem, &json!({"$ref": "#/components/schemas/Problem"}), &all, path);
        assert_eq!(problem["status"], status.as_u16());
    }
}

#[tokio::test]
async fn who_has_an_answer_of_any_route_is_told_so_and_head_says_what_get_does() {
    let (app, all) = (whole().await, contract());
    let token = format!("Bearer {TOKEN}");
    let mut tagged = 0;
    for (_, path, said) in
        operations(&all).into_iter().filter(|(method, path, _)| method == "GET" && path != "/api/v1/stream")
    {
        let asked = at(&path);
        for coding in ["identity", "gzip", "br"] {
            let own = [("authorization", token.as_str()), ("accept-encoding", coding)];
            let (status, headers, body) = ask(&app, "GET", &asked, &own).await;
            let (head, short, none) = ask(&app, "HEAD", &asked, &own).await;
            assert_eq!((head, none.as_str()), (status, ""), "HEAD {asked}");
            for name in ["content-type", "content-encoding", "etag", "cache-control", "vary", "content-security-policy"]
            {
                assert_eq!(short.get(name), headers.get(name), "HEAD {asked}: {name}");
            }
            if status != 200 || said["responses"]["304"].is_null() {
                assert_eq!(
                    (headers.get("etag"), headers["cache-control"].to_str().unwrap()),
                    match status.as_u16() {
                        200 if path.starts_with("/.well-known") => (None, "public, max-age=3600"),
                        _ => (None, "no-store"),
                    },
                    "{asked}"
                );
                continue;
            }
            let tag = headers["etag"].to_str().unwrap().to_owned();
            for named in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
                for method in ["GET", "HEAD"] {
                    let own = [own[0], own[1], ("if-none-match", named.as_str())];
                    let (status, brief, none) = ask(&app, method, &asked, &own).await;
                    assert_eq!((status.as_u16(), none.as_str()), (304, ""), "{method} {asked} {named}");
                    assert_eq!(brief["etag"], headers["etag"]);
                    // RFC 9110, 15.4.5: what a cache needs to go on with what it has.
                    assert_eq!(
                        (brief.get("cache-control"), brief.get("vary")),
                        (headers.get("cache-control"), headers.get("vary"))
                    );
                }
            }
            let (again, _, same) = ask(&app, "GET", &asked, &[own[0], own[1], ("if-none-match", "\"anders\"")]).await;
            assert!(again == 200 && same == body, "{asked}");
            tagged += 1;
        }
    }
    assert!(tagged > 75, "{tagged}");
}

#[tokio::test]
async fn every_route_says_which_methods_it_has() {
    let (app, all) = (whole().await, contract());
    for (path, item) in all["paths"].as_object().unwrap() {
        let mut allowed: Vec<String> = item.as_object().unwrap().keys().map(|method| method.to_uppercase()).collect();
        if allowed.contains(&"GET".to_owned()) {
            allowed.push("HEAD".to_owned());
        }
        allowed.push("OPTIONS".to_owned());
        allowed.sort();
        let said = |headers: &axum::http::HeaderMap| {
            let mut said: Vec<String> = headers["allow"].to_str().unwrap().split(", ").map(str::to_owned).collect();
            said.sort();
            said
        };
        let (status, headers, body) = ask(&app, "OPTIONS", &at(path), &[("origin", "https://amt.example")]).await;
        assert_eq!((status.as_u16(), body.as_str(), said(&headers)), (204, "", allowed.clone()), "OPTIONS {path}");
        // Public data for pages of any origin, and nothing else.
        let operators = path.starts_with("/admin/") || ["/metrics", "/healthz", "/readyz"].contains(&path.as_str());
        assert_eq!(headers.contains_key("access-control-allow-origin"), !operators, "{path}");
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"] {
            if allowed.iter().any(|known| known == method) {
                continue;
            }
            let (status, headers, body) = ask(&app, method, &at(path), &[]).await;
            assert_eq!((status.as_u16(), said(&headers)), (405, allowed.clone()), "{method} {path}");
            assert_eq!(headers["content-type"], "application/problem+json", "{method} {path}: {body}");
        }
    }
    let (status, headers, _) = ask(&app, "OPTIONS", "/nirgends", &[]).await;
    assert_eq!((status.as_u16(), headers.get("allow")), (404, None));
}

/// What nobody means and somebody sends: in each parameter of each route, and as each part of a path.
#[tokio::test]
async fn whatever_is_asked_is_answered_or_refused_in_the_words_of_the_contract() {
    let (app, all) = (app().await, contract());
    let problem = json!({"$ref": "#/components/schemas/Problem"});
    let odd = [
        "%00",
        "%FF",
        "%F0%9F%92%A9",
        "%C3%28",
        "%E2%80%AE",
        "%EF%BB%BF",
        "99999999999999999999",
        "-1",
        "1e9",
        "0x10",
        "NaN",
        "null",
        "''",
        "%22",
        "%3Cscript%3E",
        "..%2F..%2Fetc%2Fpasswd",
        "%0D%0AX:%201",
        ",,,",
        "%25",
        "+",
        "[]",
        "{}",
    ];
    let long = "a".repeat(5_000);
    for (_, path, said) in
        operations(&all).into_iter().filter(|(method, path, _)| method == "GET" && path != "/api/v1/stream")
    {
        let mut asked = Vec::new();
        for (nth, value) in odd.iter().copied().chain([long.as_str()]).enumerate() {
            if path.contains('{') {
                let parts = ["{id}", "{file}", "{hash}", "{token}"];
                asked.push(parts.iter().fold(path.clone(), |path, part| path.replace(part, value)));
            }
            let parameters = said["parameters"].as_array().into_iter().flatten().filter(|one| one["in"] == "query");
            for (place, parameter) in parameters.enumerate() {
                let name = parameter["name"].as_str().unwrap();
                // Every fourth to each, others to the next: with all it would take a minute and say no more.
                match (nth + place) % 4 {
                    0 => asked.push(format!("{path}?{name}={value}")),
                    1 if nth < 4 => asked.push(format!("{path}?{name}={value}&{name}={value}&{name}=")),
                    _ => {}
                }
            }
            asked.push(format!("{}?{value}={value}", at(&path)));
        }
        for asked in asked {
            let (status, headers, body) = ask(&app, "GET", &asked, &[]).await;
            assert!(status.as_u16() < 500, "{asked:.200}: {status} {body}");
            if status != 200 {
                let said: Value =
                    serde_json::from_str(&body).unwrap_or_else(|error| panic!("{asked:.200}: {error}: {body}"));
                check(&said, &problem, &all, &asked);
                assert_eq!(headers["content-type"], "application/problem+json", "{asked:.200}");
            }
        }
    }
}

#[test]
fn every_parameter_and_every_word_of_a_query_is_in_the_contract() {
    let all = contract();
    let parameters = all["paths"]["/api/v1/items"]["get"]["parameters"].as_array().unwrap();
    let names: Vec<&str> = parameters.iter().map(|parameter| parameter["name"].as_str().unwrap()).collect();
    assert_eq!(names, model::Query::PARAMETERS);
    let panel = all["paths"]["/panel"]["get"]["parameters"].as_array().unwrap();
    let names = panel.iter().map(|parameter| parameter["name"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(names, [&model::Query::PARAMETERS[..], &panel::Ask::PARAMETERS[..]].concat());
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
    assert_eq!(of("source")["schema"]["anyOf"][0]["items"]["anyOf"][0]["enum"], json!(["probe"]));
    let (_, headers, page) = ask(&app, "GET", "/api/docs?lang=de", &[]).await;
    assert!(headers["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
    assert!(!page.contains("<script") && !page.contains("style="));
    assert!(served["paths"]["/admin/hidden"].is_null(), "without a token there is no such route");
    for (method, path, _) in operations(&served) {
        assert!(page.contains(&format!("{method} {path}</code>")), "{method} {path}");
    }
    for name in served["components"]["schemas"].as_object().unwrap().keys() {
        assert!(page.contains(&format!("id=\"{name}\"")), "{name}");
    }
}
