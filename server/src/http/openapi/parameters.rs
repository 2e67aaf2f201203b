//! The parameters of a query, as OpenAPI says them: the same for the interface, for feeds and for pages.

use model::{Catalogue, Query};
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn, ParameterStyle};
use utoipa::openapi::schema::{AnyOfBuilder, ArrayBuilder, KnownFormat, Schema, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{ObjectBuilder, Ref, RefOr, Required};

/// All parameters of a [`Query`].
pub(super) fn query(catalogue: Option<&Catalogue>) -> Vec<Parameter> {
    Query::PARAMETERS.iter().map(|name| one(name, catalogue)).collect()
}

/// The parameter of this name, if it is one of a query.
pub(super) fn one(name: &str, catalogue: Option<&Catalogue>) -> Parameter {
    let (text, schema): (&str, RefOr<Schema>) = match name {
        "state" => ("Any of these, as a comma list or repeated.", list(Ref::from_schema_name("State"))),
        "topic" => {
            let slugs = catalogue.map(|known| known.topics.iter().map(|topic| topic.slug.clone()).collect());
            ("Any of these, by the slugs of `/api/v1/topics`.", list(names(slugs)))
        }
        "kind" => ("News or events only.", or_nothing(Ref::from_schema_name("Kind"))),
        "source" => {
            let ids = catalogue.map(|known| known.sources.iter().map(|source| source.id.clone()).collect());
            ("Any of these, by the ids of `/api/v1/sources`.", list(names(ids)))
        }
        "q" => (
            "Words, all of which must be found; `\"a phrase\"`, `-not`, `beginn*` (three letters or more), `one OR other`. \
             In German: inflection, umlauts (ä, ae or a), parts of compounds and common abbreviations are understood.",
            string().max_length(Some(model::MAX_Q)).into(),
        ),
        "since" => {
            ("Published, or for events still running, then or later: a date, a date-time, `7d` or `24h`.", bound())
        }
        "until" => ("Published, or for events beginning, then or earlier: likewise.", bound()),
        "sort" => (
            "`newest` (default for news), `soonest` (default for events), `relevance` (with `q`).",
            words(&["newest", "soonest", "relevance"]),
        ),
        "stories" => ("One entry per story; the default in panels and feeds.", flag()),
        "limit" => {
            let number = ObjectBuilder::new().schema_type(Type::Integer);
            let number = number.minimum(Some(1)).maximum(Some(200));
            (
                "Items on a page; 20 unless said otherwise, 50 in feeds, and in a calendar, which has one page, 1,000.",
                or_nothing(number),
            )
        }
        "cursor" => {
            let ours = string().pattern(Some(store::CURSOR));
            ("`next` of the page before, of the same query.", or_nothing(ours))
        }
        "lang" => ("The wording of pages and titles, not of items.", or_nothing(Ref::from_schema_name("Lang"))),
        _ => ("Each label with its evidence.", flag()),
    };
    let many = matches!(name, "state" | "topic" | "source");
    let parameter = parameter(name, text, schema);
    if many {
        ParameterBuilder::from(parameter).style(Some(ParameterStyle::Form)).explode(Some(false)).build()
    } else {
        parameter
    }
}

/// An optional parameter of the query string.
pub(super) fn parameter(name: &str, text: &str, schema: impl Into<RefOr<Schema>>) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(text))
        .schema(Some(schema))
        .build()
}

/// A part of the path.
pub(super) fn in_path(name: &str, text: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some(text))
        .schema(Some(string()))
        .build()
}

pub(super) fn string() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

/// One of these words, or nothing.
pub(super) fn words(words: &[&str]) -> RefOr<Schema> {
    or_nothing(string().enum_values(Some(words.iter().copied())))
}

/// This, or nothing: forms send an empty value for a field that nobody touched, and blanks do not count.
pub(super) fn or_nothing(schema: impl Into<RefOr<Schema>>) -> RefOr<Schema> {
    AnyOfBuilder::new().item(schema.into()).item(nothing()).into()
}

fn nothing() -> ObjectBuilder {
    string().pattern(Some(super::page::NOTHING))
}

fn flag() -> RefOr<Schema> {
    words(&["0", "1", "false", "true"])
}

/// Where a stream goes on, as a header or, where none can be set, as a parameter.
pub(super) fn last_event_id() -> [Parameter; 2] {
    let number = || string().pattern(Some("^[0-9]{1,18}$"));
    let header = ParameterBuilder::new()
        .name("Last-Event-ID")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("The last event that the client has."))
        .schema(Some(number()));
    let text = "The same, where no header can be set; the header wins.";
    [header.build(), parameter("last_event_id", text, or_nothing(number()))]
}

/// What is sent to a hub (WebSub, 5.1).
pub(super) fn form() -> RefOr<Schema> {
    let address = || string().format(Some(SchemaFormat::Custom("uri".to_owned())));
    ObjectBuilder::new()
        .property("hub.mode", string().enum_values(Some(["subscribe", "unsubscribe"])))
        .property("hub.topic", address())
        .property("hub.callback", address())
        .property("hub.lease_seconds", string())
        .property("hub.secret", string().max_length(Some(199)))
        .required("hub.mode")
        .required("hub.topic")
        .required("hub.callback")
        .into()
}

fn names(known: Option<Vec<String>>) -> ObjectBuilder {
    string().enum_values(known)
}

/// Any number of these; between commas there may be nothing, and nothing but commas, which is how a form says that it has
/// none.
pub(super) fn list(of: impl Into<RefOr<Schema>>) -> RefOr<Schema> {
    let none = string().pattern(Some(super::page::NO_WORDS));
    AnyOfBuilder::new().item(ArrayBuilder::new().items(or_nothing(of))).item(none).into()
}

fn bound() -> RefOr<Schema> {
    let format = |format| string().format(Some(SchemaFormat::KnownFormat(format)));
    AnyOfBuilder::new()
        .item(format(KnownFormat::Date))
        .item(format(KnownFormat::DateTime))
        .item(string().pattern(Some("^[0-9]{1,4}[dh]$")))
        .item(nothing())
        .into()
}

/// Any JSON.
pub(super) fn anything() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::AnyValue)
}
