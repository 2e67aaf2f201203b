//! An item as telling sees it: whose it is, and its print. Made once from its words, and shared from then on.
//!
//! Taking a print costs more than comparing hundreds of them, so the rules remember those that were taken lately, by the
//! item's id and the hash of what its source says. What is forgotten is taken again and comes out the same.

use std::sync::Arc;

use model::{Judged, Moment, Told};
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, UnitWeighter};

use super::print::{Print, Words};
use crate::places::Named;
use crate::rules::Rules;

/// So many faces are remembered at most.
const REMEMBERED: usize = 4_000;
/// The share of them that is kept for faces that were looked at again. Most are looked at once more and soon: when those
/// of a few thousand that are judged beside each other are told. Left little room, these go before that.
const AGAIN: f64 = 0.25;

/// What telling needs of an item. Nothing of it changes until its source says something else.
#[derive(Debug)]
pub struct Face {
    pub(super) source: Box<str>,
    pub(super) event: bool,
    /// A public body speaks for itself: its host is one of the catalogue's.
    pub(super) acts: bool,
    pub(super) print: Print,
    pub(super) marks: Box<[i64]>,
}

/// A kept item as it stands.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// Id of the lead of its story.
    pub story: String,
    /// The matter it belongs to.
    pub matter: String,
    /// When it was published, or first seen.
    pub at: Moment,
    /// What it says.
    pub face: Arc<Face>,
}

impl Face {
    /// The face of a kept item.
    #[must_use]
    pub fn of(told: &Told, rules: &Rules) -> Self {
        Self::new(&told.source, told.event, &told.url, Print::of(Words::from(told), rules), rules)
    }

    /// The face of a judged item, of which it may be known what it names.
    pub(super) fn judged(judged: &Judged, named: Option<&Named>, rules: &Rules) -> Self {
        let item = &judged.item;
        let words = Words {
            title: &item.title,
            kicker: item.kicker.as_deref().unwrap_or_default(),
            summary: &item.summary,
            url: &item.url,
        };
        let print = named.map_or_else(|| Print::of(words, rules), |named| Print::naming(words, named));
        Self::new(&item.source.id, item.event.is_some(), words.url, print, rules)
    }

    fn new(source: &str, event: bool, url: &str, print: Print, rules: &Rules) -> Self {
        let host = url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
        let acts = host.is_some_and(|host| rules.home_of(&host).is_some());
        Face { source: source.into(), event, acts, marks: print.marks().into(), print }
    }
}

impl Kept {
    /// A kept item with a face of its own.
    #[must_use]
    pub fn of(told: &Told, rules: &Rules) -> Self {
        Kept {
            id: told.id.clone(),
            story: told.story.clone(),
            matter: told.matter.clone(),
            at: told.at,
            face: Arc::new(Face::of(told, rules)),
        }
    }
}

/// The faces that were made lately, by id; beside each the hash of what the source said.
#[derive(Debug)]
pub(crate) struct Faces(Cache<String, (i64, Arc<Face>)>);

impl Default for Faces {
    fn default() -> Self {
        let options = OptionsBuilder::new()
            .estimated_items_capacity(REMEMBERED)
            .weight_capacity(REMEMBERED as u64)
            .hot_allocation(AGAIN)
            .build()
            .expect("it says how much is remembered");
        Faces(Cache::with_options(options, UnitWeighter, DefaultHashBuilder::default(), DefaultLifecycle::default()))
    }
}

impl Faces {
    /// The face of an item that says what this hash is of.
    pub(super) fn get(&self, id: &str, hash: i64) -> Option<Arc<Face>> {
        self.0.get(id).and_then(|(said, face)| (said == hash).then_some(face))
    }

    pub(super) fn put(&self, id: &str, hash: i64, face: Arc<Face>) {
        self.0.insert(id.to_owned(), (hash, face));
    }
}

#[cfg(test)]
mod tests;
