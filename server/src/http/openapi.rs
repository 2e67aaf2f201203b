//! The contract as a document (OpenAPI 3.1): `GET /api/openapi.json`, and the same as a page, `GET /api/docs`.
//!
//! Promises: `docs/openapi.json` is what this code says, held by a test; another test holds what the routes answer
//! against it, field by field. What the catalogue adds, the topics and sources there are, is in the served document
//! only: who adds a source does not change the contract.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use model::Catalogue;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Components, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder};

use super::App;
use super::pages::paper;
use super::problem::Problem;
use super::pulse::Lasts;
use super::question::Question;
use super::respond::Made;

mod page;
mod parameters;
mod paths;
mod schemas;

pub(super) async fn json(app: State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    let token = app.settings.admin_token.is_some();
    let make = || async { Made::json(&document(Some(&app.catalogue), token)) };
    app.answers.give(&headers, "openapi.json", Lasts::Process, make).await
}

pub(super) async fn docs(app: State<Arc<App>>, headers: HeaderMap, question: Question) -> Result<Response, Problem> {
    let lang = question.query.lang.unwrap_or_default();
    let token = app.settings.admin_token.is_some();
    let make = || async { Ok(paper(&app, panel::api(lang, &page::manual(&document(None, token))))) };
    app.answers.give(&headers, &format!("/api/docs {}", lang.code()), Lasts::Process, make).await
}

/// The document; with the names that this catalogue knows, if there is one, and with what wants the operator's token.
fn document(catalogue: Option<&Catalogue>, token: bool) -> OpenApi {
    let licence = LicenseBuilder::new().name("EUPL-1.2").identifier(Some("EUPL-1.2")).build();
    let info = InfoBuilder::new()
        .title("Amtsticker")
        .version("1")
        .description(Some(
            "News and events about the digitalisation of public administration in Germany. Public data, without a key. Every answer has an `ETag`; send it back as `If-None-Match`. Times are RFC 3339 \
             with Berlin's offset, days are dates. Fields may be added; what is unknown should be ignored.",
        ))
        .license(Some(licence))
        .build();
    let mut components = Components::new();
    components.schemas.extend(schemas::all());
    if token {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer);
        let bearer =
            bearer.description(Some("The operator's `http.admin_token`; without one there are no such routes."));
        components.add_security_scheme(paths::TOKEN, SecurityScheme::Http(bearer.build()));
    }
    let paths = paths::all(catalogue, token);
    OpenApiBuilder::new().info(info).paths(paths).components(Some(components)).build()
}

#[cfg(test)]
mod tests;
