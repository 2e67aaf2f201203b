//! What is asked ahead, so that nobody waits for it: the first page, and the words that most items have.
//!
//! A word of half the items takes a walk through half the index the first time that it is asked for, a tenth of a second
//! where half a million are kept; from then on the store knows its places. Which words those are, the newest items say.
//! Refuses: to ask for more than a few, and for more than the store remembers.

use std::collections::{BTreeMap, BTreeSet};

use german::fold::fold;
use german::stem::is_stop_word;
use model::{Item, Query, Words};
use store::{PLACES, Store, StoreError};

use super::question::words;
use crate::clock::now;

/// Items that say what is common, and of how many among a hundred a word is.
const SAMPLE: u16 = 200;
const SHARE: usize = 40;
/// So many words at most: each takes the room of its places.
const MOST: usize = 8;

/// Asks ahead. That nobody could be answered is for those to say who ask.
pub(crate) async fn warm(store: &Store) {
    if let Err(error) = ask(store).await {
        tracing::debug!(%error, "what is common was not asked ahead");
    }
}

async fn ask(store: &Store) -> Result<(), StoreError> {
    let newest = Query { limit: Some(SAMPLE), ..Query::default() };
    let page = store.find(&newest, &Words::default(), now()).await?;
    let mut places = 0;
    for common in common(&page.items) {
        let query = Query { q: Some(common), limit: Some(1), ..Query::default() };
        places += store.find(&query, &words(&query), now()).await?.total;
        // One more would take the place of one that is more common.
        if places + page.total / 2 > PLACES as u64 {
            break;
        }
    }
    Ok(())
}

/// The words that most of these items have, the most common first.
fn common(items: &[Item]) -> Vec<String> {
    let mut among: BTreeMap<String, usize> = BTreeMap::new();
    for item in items {
        let text = fold(&[item.title.as_str(), item.summary.as_str()].join(" "));
        let found: BTreeSet<&str> = german::fold::words(&text).map(|word| word.text).collect();
        for word in found.into_iter().filter(|word| word.len() > 2 && !is_stop_word(word)) {
            *among.entry(word.to_owned()).or_default() += 1;
        }
    }
    let mut common: Vec<(String, usize)> = among.into_iter().filter(|(_, n)| n * 100 >= items.len() * SHARE).collect();
    common.sort_by(|(one, n), (other, m)| m.cmp(n).then_with(|| one.cmp(other)));
    common.into_iter().take(MOST).map(|(word, _)| word).collect()
}

#[cfg(test)]
mod tests;
