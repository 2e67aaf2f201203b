//! The routes, as OpenAPI says them, in the order in which the router has them.

use model::Catalogue;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, Parameter, PathItem, Paths, PathsBuilder};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{ArrayBuilder, ContentBuilder, Ref, RefOr, ResponseBuilder};

use super::parameters::{anything, in_path, one, parameter, query, string, words};

const JSON: &str = "application/json";
const HTML: &str = "text/html";
const PROBLEM: &str = "application/problem+json";

/// What one route answers.
struct Route {
    path: &'static str,
    id: &'static str,
    tag: &'static str,
    summary: &'static str,
    parameters: Vec<Parameter>,
    answers: Vec<(&'static str, RefOr<Schema>)>,
    /// There may be nothing of this name.
    named: bool,
}

pub(super) fn all(catalogue: Option<&Catalogue>) -> Paths {
    let routes = interface(catalogue).into_iter().chain(feeds(catalogue)).chain(pages(catalogue)).chain(operators());
    routes.fold(PathsBuilder::new(), |paths, route| paths.path(route.path, route.item())).build()
}

impl Route {
    fn item(self) -> PathItem {
        let content = |schema: RefOr<Schema>| ContentBuilder::new().schema(Some(schema)).build();
        let problem = |text: &str| {
            let schema = Ref::from_schema_name("Problem").into();
            ResponseBuilder::new().description(text).content(PROBLEM, content(schema)).build()
        };
        let good = ResponseBuilder::new().description("As asked.");
        let good = self.answers.into_iter().fold(good, |good, (media, schema)| good.content(media, content(schema)));
        let mut operation = OperationBuilder::new()
            .operation_id(Some(self.id))
            .tag(self.tag)
            .summary(Some(self.summary))
            .response("200", good.build())
            .response("304", ResponseBuilder::new().description("What `If-None-Match` names still holds.").build());
        if !self.parameters.is_empty() {
            operation = operation
                .response("400", problem("A parameter or value that is not understood; the problem names it."));
        }
        if self.named {
            operation = operation.response("404", problem("There is nothing of this name."));
        }
        operation = operation.response("default", problem("Too long, too often, or out of order for now."));
        for parameter in self.parameters {
            operation = operation.parameter(parameter);
        }
        PathItem::new(HttpMethod::Get, operation.build())
    }
}

fn interface(catalogue: Option<&Catalogue>) -> Vec<Route> {
    let route = |path, id, summary, parameters, schema: RefOr<Schema>| Route {
        path,
        id,
        tag: "API",
        summary,
        parameters,
        answers: vec![(JSON, schema)],
        named: false,
    };
    let schema = |name: &str| RefOr::<Schema>::Ref(Ref::from_schema_name(name));
    let rows = |name: &str| RefOr::<Schema>::from(ArrayBuilder::new().items(Ref::from_schema_name(name)).build());
    let mut counting = query(catalogue);
    counting.push(parameter("by", "What is counted.", words(&["topic", "state"])));
    counting.push(parameter("per", "How long a period is.", words(&["week", "day"])));
    let lang = || vec![one("lang", None)];
    vec![
        route(
            "/api/v1/items",
            "items",
            "Items that a query asks for, with counts for its filters.",
            query(catalogue),
            schema("Page"),
        ),
        Route {
            named: true,
            ..route(
                "/api/v1/items/{id}",
                "item",
                "One item, its story and the others that tell it.",
                vec![in_path("id", "Id of the item.")],
                schema("Item"),
            )
        },
        route("/api/v1/topics", "topics", "The topics there are, with counts.", lang(), rows("Topic")),
        route("/api/v1/states", "states", "The states there are, with counts.", lang(), rows("StateCount")),
        route("/api/v1/sources", "sources", "The sources there are, and how they fare.", Vec::new(), rows("Source")),
        route(
            "/api/v1/trends",
            "trends",
            "How many items each week or day brought, by topic or state.",
            counting,
            schema("Trends"),
        ),
    ]
}

fn feeds(catalogue: Option<&Catalogue>) -> Vec<Route> {
    let route = |path, id, summary, media, schema: RefOr<Schema>| Route {
        path,
        id,
        tag: "Feeds",
        summary,
        parameters: query(catalogue),
        answers: vec![(media, schema)],
        named: false,
    };
    let text = || RefOr::<Schema>::from(string().build());
    let json = RefOr::Ref(Ref::from_schema_name("JsonFeed"));
    vec![
        route("/feeds/atom.xml", "atom", "What a query asks for, as Atom (RFC 4287).", "application/atom+xml", text()),
        route("/feeds/rss.xml", "rss", "The same as RSS 2.0.", "application/rss+xml", text()),
        route("/feeds/feed.json", "jsonFeed", "The same as JSON Feed 1.1.", "application/feed+json", json),
        route(
            "/feeds/events.ics",
            "calendar",
            "The events of a query as a calendar (RFC 5545).",
            "text/calendar",
            text(),
        ),
        Route {
            parameters: vec![in_path("file", "Id of the event, and `.ics`.")],
            named: true,
            ..route("/feeds/event/{file}", "event", "One event as a calendar.", "text/calendar", text())
        },
        Route {
            parameters: Vec::new(),
            ..route(
                "/feeds/sources.opml",
                "opml",
                "The sources, as a list of subscriptions (OPML 2.0).",
                "text/x-opml",
                text(),
            )
        },
    ]
}

fn pages(catalogue: Option<&Catalogue>) -> Vec<Route> {
    let text = || RefOr::<Schema>::from(string().build());
    let look = |shell: bool| {
        let mut parameters = query(catalogue);
        parameters.extend([
            parameter("heading", "Another heading; none if empty.", string().max_length(Some(120))),
            parameter("heading-level", "Level of the heading.", words(&["1", "2", "3", "4", "5", "6"])),
            parameter("theme", "Colours.", words(&["auto", "light", "dark"])),
            parameter("view", "How items are shown.", words(&panel::View::ALL.map(panel::View::word))),
            parameter("link-target", "Where links open.", words(&["_self", "_blank"])),
        ]);
        let shells = words(&["dsd", "json", "data"]);
        parameters.extend(shell.then(|| parameter("shell", "What the fragment comes in.", shells)));
        parameters
    };
    vec![
        Route {
            path: "/panel",
            id: "panel",
            tag: "Panel",
            summary: "The panel's HTML, for loaders and for includes on the server.",
            parameters: look(true),
            answers: vec![(HTML, text()), (JSON, anything().into())],
            named: false,
        },
        Route {
            path: "/embed",
            id: "embed",
            tag: "Panel",
            summary: "The panel as a page of its own, for frames and for readers without scripts.",
            parameters: look(false),
            answers: vec![(HTML, text())],
            named: false,
        },
    ]
}

fn operators() -> Vec<Route> {
    let route = |path, id, summary| Route {
        path,
        id,
        tag: "Operators",
        summary,
        parameters: Vec::new(),
        answers: vec![("text/plain", string().into())],
        named: false,
    };
    vec![
        route("/healthz", "live", "The process answers."),
        route("/readyz", "ready", "The store answers, too."),
        route("/metrics", "metrics", "How it fares, in numbers (Prometheus)."),
    ]
}
