//! A parsed page: where its links lead, and the text of its elements.
//!
//! Promises: text is plain, on one line or in paragraphs, without scripts and soft hyphens; work is counted, so
//! that items nested in items cannot cost more than a fixed number of steps.

use std::cell::Cell;

use scraper::{ElementRef, Html, Node, Selector};
use url::Url;

use super::guard;
use crate::read::address::absolute;
use crate::text::{self, Folded, Gap};

/// Most nodes that are looked at on behalf of one page; a list of 200 teasers on a large page needs 200,000.
const MOST_STEPS: usize = 6_000_000;

/// Classes of what only screen readers say: "Datum:", "Link zu".
const ASIDES: [&str; 7] =
    ["sr-only", "visually-hidden", "visuallyhidden", "aural", "screenreader-only", "screen-reader-text", "show-for-sr"];

/// A page.
pub(super) struct Page {
    pub(super) html: Html,
    /// What relative links are resolved against.
    pub(super) base: Option<Url>,
    /// Where the page itself is.
    pub(super) url: Option<Url>,
    steps: Cell<usize>,
}

impl Page {
    /// Parses a page, or says why not.
    pub(super) fn parse(html: &str, url: Option<&Url>) -> Result<Page, String> {
        let html = guard::parse(html)?;
        let said = html.select(&selector("base[href]")).next().and_then(|base| base.attr("href")).map(str::trim);
        let base = match (url, said) {
            (Some(url), Some(said)) => url.join(said).ok().or_else(|| Some(url.clone())),
            (Some(url), None) => Some(url.clone()),
            (None, said) => said.and_then(|said| Url::parse(said).ok()),
        };
        let url = url.cloned();
        Ok(Page { html, base, url, steps: Cell::new(MOST_STEPS) })
    }

    /// What the page calls itself.
    pub(super) fn title(&self) -> Option<String> {
        // SVG pictures have titles of their own, and may stand before the page's.
        self.first("head > title").or_else(|| self.first("title")).and_then(words)
    }

    /// BCP 47 tag of the whole page.
    pub(super) fn lang(&self) -> Option<String> {
        let lang = self.html.root_element().attr("lang").map(str::trim).filter(|lang| !lang.is_empty());
        lang.map(ToOwned::to_owned)
    }

    /// The first element that matches a selector of our own.
    pub(super) fn first(&self, css: &str) -> Option<ElementRef<'_>> {
        self.html.select(&selector(css)).next()
    }

    /// An address on the page, made absolute.
    pub(super) fn absolute(&self, href: &str) -> Option<String> {
        absolute(href, self.base.as_ref())
    }

    /// Counts the nodes of an element that is looked through `times`; `false` once there were too many.
    pub(super) fn afford(&self, element: ElementRef<'_>, times: usize) -> bool {
        let left = self.steps.get();
        let nodes = element.descendants().take(left / times.max(1) + 1).count();
        self.steps.set(left.saturating_sub(nodes * times));
        self.steps.get() > 0
    }
}

/// A selector of our own.
pub(super) fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("a selector of our own is one")
}

/// The text of an element on one line, if it has any; what only screen readers say is left out.
pub(super) fn words(element: ElementRef<'_>) -> Option<String> {
    let mut out = Folded::default();
    gather(element, &mut out, false);
    Some(out.text).filter(|text| !text.is_empty())
}

/// The text of an element, each paragraph on a line of its own.
pub(super) fn paragraphs(element: ElementRef<'_>) -> String {
    let mut out = Folded::default();
    gather(element, &mut out, true);
    out.text
}

fn gather(element: ElementRef<'_>, out: &mut Folded, lines: bool) {
    for child in element.children() {
        if let Node::Text(text) = child.value() {
            out.push(text);
        }
        let Some(inner) = ElementRef::wrap(child) else { continue };
        let name = inner.value().name();
        if text::SILENT.contains(&name) || inner.value().classes().any(|class| ASIDES.contains(&class)) {
            continue;
        }
        let gap = match name {
            name if text::is_block(name) => Some(if lines { Gap::Line } else { Gap::Space }),
            "td" | "th" | "option" => Some(Gap::Space),
            _ => None,
        };
        out.gap = out.gap.max(gap.unwrap_or_default());
        gather(inner, out, lines);
        out.gap = out.gap.max(gap.unwrap_or_default());
    }
}
