//! Our own pages beside the panel: one frame for all, and what needs no more than words.
//!
//! Complete without scripts, and without a single inline style or script: the policy of these pages forbids both.

use std::fmt::Write as _;

use model::{Lang, Moment, Query};

use crate::PanelData;
use crate::render::{discovery, escape};
use crate::words::{self, pages};

/// A page of ours: what stands in its head beside the usual, and its contents, both HTML.
pub(crate) struct Paper<'a> {
    pub(crate) lang: Lang,
    pub(crate) title: &'a str,
    /// Address of the page in the navigation, to be marked as the current one.
    pub(crate) here: &'a str,
    pub(crate) head: &'a str,
    pub(crate) body: &'a str,
}

/// A line of the page about sources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceLine {
    /// Who publishes it.
    pub name: String,
    /// Where readers find the publisher.
    pub home: String,
    /// It is read at all.
    pub enabled: bool,
    /// The last visit went well; `None` if there was none.
    pub well: Option<bool>,
    /// The last good visit.
    pub read: Option<Moment>,
    /// Items kept of it.
    pub items: u64,
}

impl Paper<'_> {
    /// The whole page.
    pub(crate) fn html(&self) -> String {
        let words = pages::of(self.lang);
        let mut nav = String::new();
        for (address, label) in words.nav {
            let here = if address.split('?').next() == Some(self.here) { " aria-current=\"page\"" } else { "" };
            let _ = write!(nav, "<li><a href=\"{}\"{here}>{label}</a></li>", escape(address));
        }
        // Whoever adds any page of ours to a feed reader finds the feeds; a page with a panel links its filter's own.
        let feeds = match self.head {
            "" => {
                let query = Query { lang: (self.lang != Lang::De).then_some(self.lang), ..Query::default() };
                discovery(&PanelData { query, ..PanelData::default() }, words.name)
            }
            _ => String::new(),
        };
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{brand}: {title}</title>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"stylesheet\" href=\"/pages.css\">\n{}{feeds}</head>\n\
             <body class=\"at-page\">\n<header class=\"at-top\"><p class=\"at-brand\">{brand}</p>\
             <nav aria-label=\"{}\"><ul>{nav}</ul></nav></header>\n<main>\n{}\n</main>\n</body>\n</html>\n",
            self.lang.code(),
            self.head,
            words.pages,
            self.body,
            brand = words.name,
            title = escape(self.title),
        )
    }
}

fn titled(lang: Lang, place: usize, body: &str) -> String {
    let (here, title) = pages::of(lang).nav[place];
    let here = here.split('?').next().unwrap_or_default();
    let body = format!("<h1>{title}</h1>\n{body}");
    Paper { lang, title, here, head: "", body: &body }.html()
}

/// What an agency's data protection officer asks.
#[must_use]
pub fn privacy(lang: Lang) -> String {
    titled(lang, 4, &sections(pages::of(lang).privacy))
}

/// What was tested for accessibility, by which tool, and what was not.
#[must_use]
pub fn accessibility(lang: Lang) -> String {
    titled(lang, 5, &sections(pages::of(lang).accessibility))
}

fn sections(sections: &[(&str, &[&str])]) -> String {
    let mut out = String::new();
    for (heading, paragraphs) in sections {
        let _ = write!(out, "<section class=\"at-text\"><h2>{heading}</h2>");
        for paragraph in *paragraphs {
            let _ = write!(out, "<p>{}</p>", escape(paragraph));
        }
        out.push_str("</section>\n");
    }
    out
}

/// The sources and their health.
#[must_use]
pub fn sources(lang: Lang, lines: &[SourceLine]) -> String {
    let (words, panel) = (pages::of(lang), words::of(lang));
    let mut rows = String::new();
    for line in lines {
        let health = match (line.enabled, line.well) {
            (false, _) => words.off,
            (true, None) => words.never,
            (true, Some(true)) => words.well,
            (true, Some(false)) => words.failing,
        };
        let read = line.read.map_or_else(|| words.never.to_owned(), |read| crate::dates::long(read, panel));
        let name = escape(&line.name);
        let name = match crate::links::href(&line.home) {
            Some(home) => format!("<a href=\"{}\" rel=\"noopener external\">{name}</a>", escape(&home)),
            None => name,
        };
        let items = panel.number(line.items);
        let _ =
            writeln!(rows, "<tr><th scope=\"row\">{name}</th><td>{health}</td><td>{read}</td><td>{items}</td></tr>");
    }
    let head = words.source_columns.map(|column| format!("<th scope=\"col\">{column}</th>")).concat();
    let body = format!(
        "<p class=\"at-lead\">{}</p>\n<div class=\"at-wide\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table><thead><tr>{head}\
         </tr></thead><tbody>\n{rows}</tbody></table></div>",
        words.sources_lead, words.source_columns[0],
    );
    titled(lang, 2, &body)
}

/// The topics, each with what belongs to it: slug, label and definition.
#[must_use]
pub fn topics(lang: Lang, topics: &[(&str, &str, &str)]) -> String {
    let mut list = String::new();
    for (slug, label, definition) in topics {
        let _ = writeln!(
            list,
            "<dt id=\"{slug}\"><a href=\"/embed?topic={slug}\">{}</a></dt><dd lang=\"de\">{}</dd>",
            escape(label),
            escape(definition),
            slug = escape(slug),
        );
    }
    let lead = pages::of(lang).topics_lead;
    titled(lang, 3, &format!("<p class=\"at-lead\">{lead}</p>\n<dl class=\"at-terms\">{list}</dl>"))
}

#[cfg(test)]
mod tests;
