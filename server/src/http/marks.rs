//! Where the words that were searched for stand in what is shown: found by the rules by which they matched.
//!
//! The panel marks them in its HTML; the interface says where they are, counted as scripts count.

use std::collections::BTreeMap;

use german::search::{self, Spots};
use model::{Facets, Item, Moment, Page, Query};
use panel::Marks;
use serde::Serialize;

/// What this query marks.
fn spots(query: &Query) -> Spots {
    Spots::of(&search::ask(query.q.as_deref().unwrap_or_default()))
}

/// The marks of these items, by id; of items without any there is nothing.
pub(super) fn of(query: &Query, items: &[Item]) -> BTreeMap<String, Marks> {
    let spots = spots(query);
    if spots.is_empty() {
        return BTreeMap::new();
    }
    let marks = |item: &Item| Marks { title: spots.find(&item.title), summary: spots.find(&item.summary) };
    let marked = items.iter().map(|item| (item.id.clone(), marks(item)));
    marked.filter(|(_, marks)| *marks != Marks::default()).collect()
}

/// A page of the interface whose items say where the words stand.
#[derive(Serialize)]
pub(super) struct Marked<'a> {
    items: Vec<MarkedItem<'a>>,
    total: u64,
    next: &'a Option<String>,
    facets: &'a Facets,
    updated: Option<Moment>,
}

#[derive(Serialize)]
struct MarkedItem<'a> {
    #[serde(flatten)]
    item: &'a Item,
    #[serde(skip_serializing_if = "Highlights::is_empty")]
    highlights: Highlights,
}

/// Begin and end of each word, in UTF-16 code units of the field.
#[derive(Serialize)]
struct Highlights {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    title: Vec<(usize, usize)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    kicker: Vec<(usize, usize)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    summary: Vec<(usize, usize)>,
}

impl Highlights {
    fn of(spots: &Spots, item: &Item) -> Self {
        let find = |text: &str| search::utf16(text, &spots.find(text));
        let kicker = item.kicker.as_deref().unwrap_or_default();
        Highlights { title: find(&item.title), kicker: find(kicker), summary: find(&item.summary) }
    }

    fn is_empty(&self) -> bool {
        self.title.is_empty() && self.kicker.is_empty() && self.summary.is_empty()
    }
}

/// The page with its words marked, if the query has any to mark.
pub(super) fn marked<'a>(query: &Query, page: &'a Page) -> Option<Marked<'a>> {
    let spots = spots(query);
    let Page { items, total, next, facets, updated } = page;
    let mark = |item| MarkedItem { item, highlights: Highlights::of(&spots, item) };
    (!spots.is_empty()).then(|| Marked {
        items: items.iter().map(mark).collect(),
        total: *total,
        next,
        facets,
        updated: *updated,
    })
}

#[cfg(test)]
mod tests;
