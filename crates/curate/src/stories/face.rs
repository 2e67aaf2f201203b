//! An item as telling sees it: whose it is, and its print. Made once from its words, and shared from then on.
//!
//! Taking a print costs more than comparing hundreds of them, so the rules remember those that were taken lately, by the
//! item's id and the hash of what its source says. What is forgotten is taken again and comes out the same.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use model::{Judged, Moment, Told};

use super::print::{Print, Words};
use crate::rules::Rules;

/// So many faces are remembered at least, and twice as many at most.
const REMEMBERED: usize = 6_000;

/// What telling needs of an item. Nothing of it changes until its source says something else.
#[derive(Debug)]
pub struct Face {
    pub(super) source: String,
    pub(super) event: bool,
    /// A public body speaks for itself: its host is one of the catalogue's.
    pub(super) acts: bool,
    pub(super) print: Print,
    pub(super) marks: Vec<i64>,
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
        Self::new(&told.source, told.event, Words::from(told), rules)
    }

    /// The face of an item that was just judged.
    pub(super) fn judged(judged: &Judged, rules: &Rules) -> Self {
        let item = &judged.item;
        let words = Words {
            title: &item.title,
            kicker: item.kicker.as_deref().unwrap_or_default(),
            summary: &item.summary,
            url: &item.url,
        };
        Self::new(&item.source.id, item.event.is_some(), words, rules)
    }

    fn new(source: &str, event: bool, words: Words<'_>, rules: &Rules) -> Self {
        let print = Print::of(words, rules);
        let host = url::Url::parse(words.url).ok().and_then(|url| url.host_str().map(str::to_owned));
        let acts = host.is_some_and(|host| rules.home_of(&host).is_some());
        Face { source: source.to_owned(), event, acts, marks: print.marks(), print }
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

/// The faces that were made lately, in two halves: when the younger is full the older is forgotten.
#[derive(Debug, Default)]
pub(crate) struct Faces(Mutex<Halves>);

/// By id; beside the face the hash of what the source said.
type Half = HashMap<String, (i64, Arc<Face>)>;

#[derive(Debug, Default)]
struct Halves {
    young: Half,
    old: Half,
}

impl Faces {
    /// The face of an item that says what this hash is of.
    pub(super) fn get(&self, id: &str, hash: i64) -> Option<Arc<Face>> {
        let mut halves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((said, face)) = halves.young.get(id) {
            return (*said == hash).then(|| Arc::clone(face));
        }
        let (id, (said, face)) = halves.old.remove_entry(id)?;
        let found = (said == hash).then(|| Arc::clone(&face));
        halves.put(id, said, face);
        found
    }

    pub(super) fn put(&self, id: &str, hash: i64, face: Arc<Face>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).put(id.to_owned(), hash, face);
    }
}

impl Halves {
    fn put(&mut self, id: String, hash: i64, face: Arc<Face>) {
        if self.young.len() >= REMEMBERED {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(id, (hash, face));
    }
}

#[cfg(test)]
mod tests;
