//! The answer to a query.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Item, Moment};

/// One page of items, with the counts that a filter needs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The items, in the query's order.
    pub items: Vec<Item>,
    /// How many there are over all pages.
    pub total: u64,
    /// Where to go on, or nothing if this was the last page.
    pub next: Option<String>,
    /// How many items each choice would show.
    pub facets: Facets,
    /// When the store last changed.
    pub updated: Option<Moment>,
}

/// Disjunctive counts: a facet honours every filter but its own selection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// By state code.
    pub state: BTreeMap<String, u64>,
    /// By topic slug.
    pub topic: BTreeMap<String, u64>,
    /// By source id.
    pub source: BTreeMap<String, u64>,
    /// By `news` and `event`.
    pub kind: BTreeMap<String, u64>,
}
