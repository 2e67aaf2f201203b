//! HTML from the views: the fragment, the fragment in a declarative shadow root, and a whole page around it.

use std::fmt::Write as _;

use leptos::prelude::*;
use model::Kind;

use crate::still::escape_to;
use crate::words::{self, filter_title};
use crate::{Desk, Look, Panel, PanelData, links};

/// What a page needs beside its panel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageHead {
    /// Address of the stylesheet.
    pub stylesheet: String,
    /// Address under which this page should be known, if it has one.
    pub canonical: Option<String>,
    /// Address of a script of ours, where the page has a use for one.
    pub script: Option<String>,
}

/// The panel's HTML: one `<section class="at-root">`.
/// Nothing between server and browser may minify it.
#[must_use]
pub fn render(data: &PanelData) -> String {
    let owner = Owner::new();
    let html = owner.with(|| {
        let desk = Desk::new(data.clone());
        view! { <Panel desk=desk /> }.to_html()
    });
    owner.cleanup();
    html
}

/// The panel inside a declarative shadow root, for pages that include it on their own server.
/// It is readable at once, folded, so that items come first on any screen; the widget's script, if the page has it, opens
/// the map where there is room and takes over from there.
#[must_use]
pub fn fragment_dsd(data: &PanelData, stylesheet: &str) -> String {
    let look = Look { folded: true, ..data.look.clone() };
    let data = &PanelData { look, ..data.clone() };
    let mut attributes = String::new();
    let look = data.look.pairs().into_iter().filter(|(name, _)| *name != "lock");
    for (name, value) in links::plain(&data.query).pairs().into_iter().chain(look) {
        let _ = write!(attributes, " {name}=\"{}\"", escape(&value));
    }
    // To the script, attributes are what the page has fixed, unless it says otherwise.
    if data.look.lock.is_empty() {
        attributes.push_str(" unlock");
    }
    format!(
        "<amts-ticker{attributes}><template shadowrootmode=\"open\"><link rel=\"stylesheet\" href=\"{}\">\
         <div class=\"at-host\">{}</div></template></amts-ticker>",
        escape(stylesheet),
        render(data)
    )
}

/// The panel as a page of its own: complete without any script.
#[must_use]
pub fn page(data: &PanelData, head: &PageHead) -> String {
    let mut data = data.clone();
    data.look.standalone = true;
    data.look.heading_level = 1;
    let words = words::of(data.query.lang.unwrap_or_default());
    let filter = links::plain(&data.query);
    let title = match data.look.heading.as_deref() {
        Some(heading) if !heading.is_empty() => heading.to_owned(),
        _ => filter_title(&filter, &data.names),
    };
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" data-theme=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"stylesheet\" href=\"{}\">\n",
        words.lang.code(),
        data.look.theme.word(),
        escape(&title),
        escape(&head.stylesheet),
    );
    out.push_str("<link rel=\"stylesheet\" href=\"/pages.css\">\n");
    if let Some(canonical) = &head.canonical {
        let _ = writeln!(out, "<link rel=\"canonical\" href=\"{}\">", escape(canonical));
    }
    if let Some(script) = &head.script {
        let _ = writeln!(out, "<script defer src=\"{}\"></script>", escape(script));
    }
    out.push_str(&discovery(&data, &title));
    let _ = write!(out, "</head>\n<body class=\"at-page\">\n<main>{}</main>\n</body>\n</html>\n", render(&data));
    out
}

/// Links by which feed readers and calendars find the feeds of this filter; the calendar's has its events.
pub(crate) fn discovery(data: &PanelData, title: &str) -> String {
    let (words, filter) = (words::of(data.query.lang.unwrap_or_default()), links::plain(&data.query));
    let events = links::on_tab(&filter, Kind::Event);
    let feeds = [
        ("application/rss+xml", "rss.xml", words.rss, &filter),
        ("application/atom+xml", "atom.xml", words.atom, &filter),
        ("application/feed+json", "feed.json", words.json_feed, &filter),
        ("text/calendar", "events.ics", words.ics, &events),
    ];
    let mut out = String::new();
    for (media_type, file, label, filter) in feeds {
        let (title, href) = (format!("{title} ({label})"), links::feed(&data.origin, file, filter));
        let (title, href) = (escape(&title), escape(&href));
        let _ = writeln!(out, "<link rel=\"alternate\" type=\"{media_type}\" title=\"{title}\" href=\"{href}\">");
    }
    out
}

pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_to(text, &mut out);
    out
}

#[cfg(test)]
pub(crate) mod tests;
