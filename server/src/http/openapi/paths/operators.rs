//! What operators ask, and what only they may.

use utoipa::openapi::ArrayBuilder;
use utoipa::openapi::path::HttpMethod;

use super::{JSON, PLAIN, Route, read};
use crate::http::openapi::parameters::{anything, in_path, string};

const TAG: &str = "Operators";

pub(super) fn routes() -> Vec<Route> {
    let look = |path, id, summary| Route { tagged: false, ..read(path, id, TAG, summary) };
    let security =
        look("/.well-known/security.txt", "security", "Where to report weaknesses (RFC 9116), if it is said.");
    let admin = |method, path, id, summary| Route { method, token: true, named: true, ..look(path, id, summary) };
    let hidden = "/admin/items/{id}/hidden";
    let item = || in_path("id", "Id of the item.");
    let reason = "Why, in up to 2,000 bytes, if there is anything to say.";
    vec![
        look("/healthz", "live", "The process answers.").gives(PLAIN, string()),
        look("/readyz", "ready", "The store answers, too.").gives(PLAIN, string()),
        look("/metrics", "metrics", "How it fares, in numbers (Prometheus).").gives(PLAIN, string()),
        Route { named: true, ..security }.gives(PLAIN, string()),
        admin(HttpMethod::Post, "/admin/sources/{id}/visit", "visit", "Visit a source now, due or not.")
            .asks([in_path("id", "Id of the source.")])
            .gives(JSON, anything()),
        Route {
            body: Some((PLAIN, string().into(), reason)),
            ..admin(HttpMethod::Put, hidden, "hide", "Take an item out of sight, whatever its source says.")
        }
        .asks([item()])
        .gives(JSON, anything()),
        admin(HttpMethod::Delete, hidden, "unhide", "Let an item be seen again.")
            .asks([item()])
            .gives(JSON, anything()),
        Route {
            named: false,
            ..admin(HttpMethod::Get, "/admin/hidden", "hidden", "What is hidden, the latest first, at most 1,000.")
        }
        .gives(JSON, ArrayBuilder::new().items(anything())),
    ]
}
