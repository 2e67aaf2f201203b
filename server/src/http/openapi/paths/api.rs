//! What developers ask, and what subscribers do.

use model::Catalogue;
use utoipa::openapi::path::HttpMethod;
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{ArrayBuilder, Ref, RefOr};

use super::{JSON, PLAIN, Route, read};
use crate::http::openapi::parameters::{anything, form, in_path, last_event_id, one, parameter, query, string, words};

const FORM: &str = "application/x-www-form-urlencoded";

pub(super) fn routes(catalogue: Option<&Catalogue>) -> Vec<Route> {
    [interface(catalogue), feeds(catalogue), push(catalogue)].into_iter().flatten().collect()
}

fn schema(name: &str) -> RefOr<Schema> {
    Ref::from_schema_name(name).into()
}

fn rows(name: &str) -> RefOr<Schema> {
    ArrayBuilder::new().items(Ref::from_schema_name(name)).build().into()
}

fn interface(catalogue: Option<&Catalogue>) -> Vec<Route> {
    let route = |path, id, summary| read(path, id, "API", summary);
    let counting = [
        parameter("by", "What is counted.", words(&["topic", "state", "source"])),
        parameter("per", "How long a period is.", words(&["week", "day"])),
    ];
    let lang = || [one("lang", None)];
    let item = route("/api/v1/items/{id}", "item", "One item, its story and the others that tell it.");
    vec![
        route("/api/v1/items", "items", "Items that a query asks for, with counts for its filters.")
            .asks(query(catalogue))
            .gives(JSON, schema("Page")),
        Route { named: true, ..item }
            .asks([in_path("id", "Id of the item."), one("explain", None)])
            .gives(JSON, schema("Item")),
        route("/api/v1/topics", "topics", "The topics there are, with counts.").asks(lang()).gives(JSON, rows("Topic")),
        route("/api/v1/states", "states", "The states there are, with counts.")
            .asks(lang())
            .gives(JSON, rows("StateCount")),
        route("/api/v1/sources", "sources", "The sources there are, and how they fare.").gives(JSON, rows("Source")),
        route("/api/v1/trends", "trends", "How many items each week or day brought, by topic, state or source.")
            .asks(query(catalogue))
            .asks(counting)
            .gives(JSON, schema("Trends")),
        route("/api/openapi.json", "contract", "This document (OpenAPI 3.1).").gives(JSON, anything()),
        route("/api/docs", "manual", "This document as a page for people.").asks(lang()).gives("text/html", string()),
    ]
}

fn feeds(catalogue: Option<&Catalogue>) -> Vec<Route> {
    let route = |path, id, summary| read(path, id, "Feeds", summary);
    let event = route("/feeds/event/{file}", "event", "One event as a calendar.");
    vec![
        route("/feeds/atom.xml", "atom", "What a query asks for, as Atom (RFC 4287).")
            .asks(query(catalogue))
            .gives("application/atom+xml", string()),
        route("/feeds/rss.xml", "rss", "The same as RSS 2.0.")
            .asks(query(catalogue))
            .gives("application/rss+xml", string()),
        route("/feeds/feed.json", "jsonFeed", "The same as JSON Feed 1.1.")
            .asks(query(catalogue))
            .gives("application/feed+json", schema("JsonFeed")),
        route("/feeds/events.ics", "calendar", "The events of a query as a calendar (RFC 5545).")
            .asks(query(catalogue))
            .gives("text/calendar", string()),
        Route { named: true, ..event }
            .asks([in_path("file", "Id of the event, and `.ics`.")])
            .gives("text/calendar", string()),
        route(
            "/feeds/sources.opml",
            "opml",
            "The sources that have what a query asks for, as subscriptions (OPML 2.0).",
        )
        .asks(query(catalogue))
        .gives("text/x-opml", string()),
    ]
}

fn push(catalogue: Option<&Catalogue>) -> Vec<Route> {
    let route = |path, id, summary| Route { tagged: false, ..read(path, id, "Push", summary) };
    let hub = route("/hub", "hub", "A word about our WebSub hub, where the operator has opened one.");
    let confirm = route("/websub/{token}", "confirm", "Where other hubs ask whether we meant to subscribe there.");
    let token = || in_path("token", "What we told the hub, and nobody else knows.");
    vec![
        route("/api/v1/stream", "stream", "What is new for a query, as server-sent events; it does not end by itself.")
            .asks(query(catalogue))
            .asks(last_event_id())
            .gives("text/event-stream", string()),
        Route { named: true, ..hub }.gives(PLAIN, string()),
        Route {
            method: HttpMethod::Post,
            named: true,
            body: Some((FORM, form(), "As WebSub has it (https://www.w3.org/TR/websub/).")),
            good: ("202", "Noted; the callback will be asked whether it was meant."),
            also: vec![("400", "What is wrong with it."), ("429", "There are too many subscriptions.")],
            ..route("/hub", "subscribe", "Subscribe to one of our feeds, or end a subscription (WebSub).")
        }
        .gives(PLAIN, string()),
        Route { named: true, ..confirm }.asks([token()]).gives(PLAIN, string()),
        Route {
            method: HttpMethod::Post,
            named: true,
            body: Some(("*/*", string().into(), "The document, signed with the secret that only the hub knows.")),
            good: ("202", "Taken, or not signed and thrown away."),
            ..route("/websub/{token}", "push", "Where other hubs push what is new in a source.")
        }
        .asks([token()]),
    ]
}
