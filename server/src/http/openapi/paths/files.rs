//! What readers see, and the files that the panel and our pages are made of.

use model::Catalogue;
use panel::{Ask, Lock, Theme, View};
use utoipa::openapi::path::Parameter;
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{KnownFormat, RefOr, SchemaFormat};

use super::{JSON, PLAIN, Route, read};
use crate::http::openapi::parameters::{anything, in_path, list, one, or_nothing, parameter, query, string, words};

const HTML: &str = "text/html";

pub(super) fn routes(catalogue: Option<&Catalogue>) -> Vec<Route> {
    let shown = pages(catalogue).into_iter().map(|route| route.gives(HTML, string()));
    let panel = read("/panel", "panel", "Panel", "The panel's HTML, for loaders and for includes on the server.");
    let panel = panel.asks(look(catalogue)).gives(HTML, string()).gives(JSON, anything());
    std::iter::once(panel).chain(shown).chain(files()).collect()
}

fn pages(catalogue: Option<&Catalogue>) -> Vec<Route> {
    let page = |path, id, summary| read(path, id, "Pages", summary);
    let lang = || [one("lang", None)];
    let embed = "The panel as a page of its own, for frames and for readers without scripts.";
    vec![
        read("/embed", "embed", "Panel", embed).asks(look(catalogue)),
        page("/", "start", "What this is, the panel, and how to put it on a page.").asks(look(catalogue)),
        page("/trends", "trendsPage", "How much was published on what.").asks(query(catalogue)),
        page("/sources", "sourcesPage", "The sources, and how they fare.").asks(lang()),
        page("/topics", "topicsPage", "The topics, and what belongs to each.").asks(lang()),
        page("/privacy", "privacy", "What is known of visitors.").asks(lang()),
        page("/accessibility", "accessibility", "Who can use the panel, and how.").asks(lang()),
    ]
}

/// Everything that a panel can be asked.
fn look(catalogue: Option<&Catalogue>) -> Vec<Parameter> {
    let flag = || words(&["0", "1"]);
    let text = || RefOr::<Schema>::from(string());
    let day = || or_nothing(string().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))));
    let own = Ask::PARAMETERS.iter().map(|name| {
        let (about, schema): (&str, RefOr<Schema>) = match *name {
            "heading" => ("Another heading, up to 120 characters; none if empty.", text()),
            "heading-level" => ("Level of the heading.", words(&["1", "2", "3", "4", "5", "6"])),
            "hide-heading" => ("The heading is there for those who do not see.", flag()),
            "label" => ("What the panel is called by those who do not see, likewise.", text()),
            "theme" => ("Colours.", words(&Theme::ALL.map(Theme::word))),
            "lock" => {
                ("Filters that readers cannot change.", list(string().enum_values(Some(Lock::ALL.map(Lock::word)))))
            }
            "view" => ("How items are shown.", words(&View::ALL.map(View::word))),
            "month" => {
                ("The month of a calendar.", or_nothing(string().pattern(Some("^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$"))))
            }
            "day" => ("The day of a calendar that is shown whole.", day()),
            "more" => ("All choices of this filter.", words(&["source"])),
            "link-target" => ("Where links open.", words(&["_self", "_blank"])),
            "remember" => ("What readers chose is kept in their browser.", flag()),
            "share" => ("A button to pass an item on.", flag()),
            "from" => ("First day of a period of the reader's own; it wins over `since`.", day()),
            "to" => ("Its last day.", day()),
            _ => ("What the fragment comes in.", words(&["dsd", "json", "data"])),
        };
        parameter(name, about, schema)
    });
    query(catalogue).into_iter().chain(own).collect()
}

fn files() -> Vec<Route> {
    let file = |path, id, summary, media| read(path, id, "Files", summary).gives(media, string());
    let (js, css) = ("text/javascript", "text/css");
    let archive = read("/widget.zip", "archive", "Files", "The panel's files, for a web server of one's own.");
    let hashed = read("/w/{hash}/{file}", "hashed", "Files", "A file whose address changes with its content.");
    let named = [in_path("hash", "Of the build."), in_path("file", "Its name.")];
    let media = ["text/javascript", "text/css", "application/wasm", "font/woff2", PLAIN];
    vec![
        file("/widget.js", "loader", "The loader: what a page embeds.", js),
        file("/desk.js", "desk", "What answers readers before the WASM is there.", js),
        file("/start.js", "startScript", "The script of the start page.", js),
        file("/frame.js", "frameScript", "The script of a panel in a frame.", js),
        file("/panel.css", "panelStyle", "The stylesheet of the panel.", css),
        file("/pages.css", "pagesStyle", "The stylesheet of our own pages.", css),
        file("/favicon.ico", "icon", "The icon.", "image/svg+xml"),
        Route { named: true, ..archive }.gives("application/zip", string()),
        media
            .into_iter()
            .fold(Route { named: true, ..hashed }.asks(named), |route, media| route.gives(media, string())),
    ]
}
