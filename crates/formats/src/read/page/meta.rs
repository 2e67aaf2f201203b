//! What a page says of itself in `<meta>`: Open Graph, Dublin Core, `citation_…`, and the plain names.

use model::{Moment, When};
use scraper::ElementRef;

use super::dom::{Page, selector};
use crate::read::when;
use crate::text;

/// Most meta elements that are kept; the longest real head measured has 120.
const MOST: usize = 2_000;

/// Names of the moment of publication, the surest first.
pub(super) const PUBLISHED: [&str; 14] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "citation_publication_date",
    "citation_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "publication_date",
    "publishdate",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
];

/// Names of a date that may be that of publication, of a change, or of the page's template.
pub(super) const DATED: [&str; 4] = ["date", "dc.date", "dcterms.date", "article:created_time"];

const UPDATED: [&str; 6] =
    ["article:modified_time", "og:updated_time", "dcterms.modified", "dc.date.modified", "last-modified", "revised"];

/// The meta elements of a page.
pub(super) struct Meta(Vec<(String, String)>);

impl Meta {
    /// Collects them; names in lower case.
    pub(super) fn of(page: &Page) -> Meta {
        let one = |meta: ElementRef<'_>| {
            let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|name| meta.attr(name))?;
            // Some encode their references twice.
            let content = text::fold(&crate::entities::decode(meta.attr("content")?));
            (!content.is_empty()).then(|| (name.trim().to_ascii_lowercase(), content))
        };
        Meta(page.html.select(&selector("meta[content]")).take(MOST).filter_map(one).collect())
    }

    /// The first that is said under any of these names, the names in their order.
    pub(super) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.all(name).next())
    }

    /// All that is said under a name.
    pub(super) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(said, _)| said == name).map(|(_, content)| content.as_str())
    }

    /// The first date that is read under any of these names.
    pub(super) fn date(&self, names: &[&str]) -> Option<When> {
        names.iter().find_map(|name| self.all(name).find_map(when::when))
    }

    /// When it was changed.
    pub(super) fn updated(&self) -> Option<Moment> {
        self.date(&UPDATED).map(When::start)
    }
}
