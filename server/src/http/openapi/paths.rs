//! The routes, as OpenAPI says them: every one that the router has, held by a test.

use model::Catalogue;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, Parameter, PathItem, Paths, PathsBuilder};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::Schema;
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{ContentBuilder, Header, Ref, RefOr, Required, ResponseBuilder};

mod api;
mod files;
mod operators;

/// The name under which the document describes the operator's token.
pub(super) const TOKEN: &str = "operator";

const JSON: &str = "application/json";
const PROBLEM: &str = "application/problem+json";
const PLAIN: &str = "text/plain";

/// What one route answers.
struct Route {
    method: HttpMethod,
    path: &'static str,
    id: &'static str,
    tag: &'static str,
    summary: &'static str,
    parameters: Vec<Parameter>,
    /// What is sent along: media type, what it is, and what of it.
    body: Option<(&'static str, RefOr<Schema>, &'static str)>,
    /// What a good answer is, and in which form.
    good: (&'static str, &'static str),
    answers: Vec<(&'static str, RefOr<Schema>)>,
    /// It has an `ETag`, and who has it already is told so.
    tagged: bool,
    /// There may be nothing of this name.
    named: bool,
    /// Other answers, in plain text: those are for programs that know no problem documents.
    also: Vec<(&'static str, &'static str)>,
    /// For the operator alone.
    token: bool,
}

/// All routes; those that want a token only where there are such.
pub(super) fn all(catalogue: Option<&Catalogue>, token: bool) -> Paths {
    let routes = api::routes(catalogue).into_iter().chain(files::routes(catalogue)).chain(operators::routes());
    let routes = routes.filter(|route| token || !route.token);
    routes.fold(PathsBuilder::new(), |paths, route| paths.path(route.path, route.item())).build()
}

/// A route that is read, and whose answer stays the same until something changes.
fn read(path: &'static str, id: &'static str, tag: &'static str, summary: &'static str) -> Route {
    Route {
        method: HttpMethod::Get,
        path,
        id,
        tag,
        summary,
        parameters: Vec::new(),
        body: None,
        good: ("200", "As asked."),
        answers: Vec::new(),
        tagged: true,
        named: false,
        also: Vec::new(),
        token: false,
    }
}

impl Route {
    /// With an answer of this media type.
    fn gives(mut self, media: &'static str, schema: impl Into<RefOr<Schema>>) -> Self {
        self.answers.push((media, schema.into()));
        self
    }

    fn asks(mut self, parameters: impl IntoIterator<Item = Parameter>) -> Self {
        self.parameters.extend(parameters);
        self
    }

    fn item(self) -> PathItem {
        let content = |schema: RefOr<Schema>| ContentBuilder::new().schema(Some(schema)).build();
        let problem = |text: &str| {
            let schema = Ref::from_schema_name("Problem").into();
            ResponseBuilder::new().description(text).content(PROBLEM, content(schema)).build()
        };
        let mut good = ResponseBuilder::new().description(self.good.1);
        let mut operation =
            OperationBuilder::new().operation_id(Some(self.id)).tag(self.tag).summary(Some(self.summary));
        if self.tagged {
            good = good.header("etag", etag());
            let known = ResponseBuilder::new().description("What `If-None-Match` names still holds.");
            operation = operation.response("304", known.header("etag", etag()).build());
        }
        let good = self.answers.into_iter().fold(good, |good, (media, schema)| good.content(media, content(schema)));
        operation = operation.response(self.good.0, good.build());
        if self.parameters.iter().any(|parameter| parameter.required == Required::False) {
            operation = operation
                .response("400", problem("A parameter or value that is not understood; the problem names it."));
        }
        if self.named {
            operation = operation.response("404", problem("There is nothing of this name."));
        } else if self.parameters.iter().any(|parameter| parameter.name == "cursor") {
            operation = operation.response("404", problem("The cursor is of no page of this query."));
        }
        if self.token {
            operation = operation
                .security(SecurityRequirement::new(TOKEN, [""; 0]))
                .response("401", problem("Without the operator's token."));
        }
        for (status, text) in self.also {
            let schema = super::parameters::string();
            let plain = ResponseBuilder::new().description(text).content(PLAIN, content(schema.into())).build();
            operation = operation.response(status, plain);
        }
        operation = operation.response("default", problem("Too long, too often, or out of order for now."));
        if let Some((media, schema, text)) = self.body {
            let body = RequestBodyBuilder::new().description(Some(text)).content(media, content(schema));
            operation = operation.request_body(Some(body.build()));
        }
        for parameter in self.parameters {
            operation = operation.parameter(parameter);
        }
        PathItem::new(self.method, operation.build())
    }
}

/// Names the bytes of an answer (RFC 9110, 8.8.3).
fn etag() -> Header {
    Header::new(super::parameters::string().pattern(Some("^\"[0-9a-f]{16}\"$")))
}
