//! The start page: what this is, the live panel, and what to copy so that it stands on another page.
//!
//! Works without scripts: the panel comes in a declarative shadow root, its controls are links and a form.

use std::fmt::Write as _;

use crate::render::{discovery, escape, fragment_dsd};
use crate::{PanelData, links, words};

/// The whole page. `stylesheet` is the address of the panel's stylesheet on our own host.
#[must_use]
pub fn start(data: &PanelData, stylesheet: &str) -> String {
    let lang = data.query.lang.unwrap_or_default();
    let words = words::start(lang);
    let origin = escape(&data.origin);
    let filter = links::plain(&data.query);
    let attributes = filter.pairs().into_iter().fold(String::new(), |mut out, (name, value)| {
        let _ = write!(out, " data-{name}=\"{}\"", escape(&value));
        out
    });
    let tag = format!("<script async src=\"{origin}/widget.js\"{attributes}></script>");
    let address = escape(&links::embed(&data.origin, &filter, &data.look));
    let name = words::filter_title(&filter, &data.names);
    let title = escape(&name);
    let frame =
        format!("<iframe src=\"{address}\" title=\"{title}\" loading=\"lazy\" width=\"100%\" height=\"640\"></iframe>");
    let (panel_words, stylesheet) = (words::of(lang), escape(stylesheet));
    let feed = |file: &str, label: &str| {
        format!("<li><a href=\"{}\">{label}</a></li>", escape(&links::feed(&data.origin, file, &filter)))
    };
    let copy = |id: &str, label: &str, text: &str| {
        format!(
            "<p class=\"at-copy\"><label for=\"{id}\">{label}</label>\
             <textarea id=\"{id}\" rows=\"2\" readonly spellcheck=\"false\">{}</textarea></p>",
            escape(text)
        )
    };
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{brand}: {title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"stylesheet\" href=\"{stylesheet}\">\n\
         <link rel=\"stylesheet\" href=\"/pages.css\">\n{}</head>\n<body class=\"at-page at-start\">\n<header><h1>{brand}</h1><p class=\"at-lead\">{}</p></header>\n<main>\n",
        lang.code(),
        discovery(data, &name),
        words.lead,
        brand = words.name,
    );
    let _ = write!(
        out,
        "{}<script async src=\"/widget.js\"></script>\n<section class=\"at-embed\"><h2>{}</h2><p>{}</p>{}{}</section>\n",
        fragment_dsd(data, &stylesheet),
        words.embed,
        words.embed_hint,
        copy("at-tag", words.tag, &tag),
        copy("at-frame", words.frame, &frame),
    );
    let _ = write!(
        out,
        "<section class=\"at-embed\"><h2>{}</h2><ul>{}{}{}<li><a href=\"{origin}/api/v1/items?{}\">{}</a></li>\
         <li><a href=\"{origin}/api/v1/sources\">{}</a></li></ul></section>\n</main>\n</body>\n</html>\n",
        words.feeds,
        feed("atom.xml", panel_words.atom),
        feed("feed.json", panel_words.json_feed),
        feed("events.ics", panel_words.ics),
        escape(&filter.to_query_string()),
        words.json,
        words.sources,
    );
    out
}

#[cfg(test)]
mod tests;
