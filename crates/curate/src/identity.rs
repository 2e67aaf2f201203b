//! Ids that stay the same from poll to poll, and hashes that tell a change.
//!
//! An id is derived from the source and from what the entry itself is known by: its guid, else its address, else
//! address and date, else title and date, else everything it says. Feeds break each of these rules somewhere (one
//! guid for all entries; one address, the home page, for all), so a new entry goes by the first that is its own
//! within the document. One already kept stays where it is, whoever arrives beside it or leaves: what is stored
//! tells who it was. The order of entries says nothing.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use model::{Recent, Told};
use sha2::{Digest as _, Sha256};

use crate::normalise::Draft;
use crate::rules::Rules;
use crate::url;

/// An entry and the ids it could have, best first; the last is its own in any document.
struct Claim<'a> {
    /// Its place in the document.
    at: usize,
    draft: &'a Draft,
    hash: i64,
    ids: Vec<String>,
}

/// For each draft, with its [`hash`], its id, or `None` where another one of the document is the same and says the same.
///
/// First every entry that still says what is stored under one of its ids keeps that id. Then changed entries follow
/// their rows (see `heirs`). All others are new.
#[must_use]
pub fn ids<'a>(drafts: &[(&'a Draft, i64)], source: &str, recent: &Recent) -> Vec<Option<String>> {
    let claim = |(at, &(draft, hash)): (usize, &(&'a Draft, i64))| Claim {
        at,
        draft,
        hash,
        ids: candidates(draft, hash, source),
    };
    let mut claims: Vec<Claim> = drafts.iter().enumerate().map(claim).collect();
    // An order that is not the document's. Entries that say all the same come to stand side by side.
    claims.sort_by(|a, b| a.ids.iter().rev().cmp(b.ids.iter().rev()));
    claims.dedup_by(|later, kept| later.ids.last() == kept.ids.last());

    let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
    for (n, claim) in claims.iter().enumerate() {
        claim.ids.iter().for_each(|id| holders.entry(id).or_default().push(n));
    }
    let mut given = unchanged(&claims, &recent.known);
    let taken: HashSet<&str> = given.iter().flatten().copied().collect();
    holders.retain(|id, _| !taken.contains(id));
    let heirs = heirs(&claims, &holders, recent);
    for (n, (claim, given)) in claims.iter().zip(&mut given).enumerate().filter(|(_, (_, given))| given.is_none()) {
        // A later id was only given because the earlier ones were somebody else's: the last known is the closest.
        let kept = claim.ids.iter().rev().find(|id| heirs.get(id.as_str()) == Some(&n));
        let own = || claim.ids.iter().find(|id| holders.get(id.as_str()).is_some_and(|all| all.len() == 1));
        *given = kept.or_else(own).map(String::as_str);
    }
    let mut ids = vec![None; drafts.len()];
    for (claim, id) in claims.iter().zip(&given) {
        ids[claim.at] = id.map(str::to_owned);
    }
    ids
}

/// Entries under whose id the store holds just what they say. Best ids first, for all entries at once, so that no
/// entry takes as its second choice what is another's first.
fn unchanged<'a>(claims: &'a [Claim], known: &HashMap<String, i64>) -> Vec<Option<&'a str>> {
    let mut given = vec![None; claims.len()];
    let mut taken = HashSet::new();
    for rank in 0..claims.iter().map(|claim| claim.ids.len()).max().unwrap_or_default() {
        for (claim, given) in claims.iter().zip(&mut given).filter(|(_, given)| given.is_none()) {
            if let Some(id) = claim.ids.get(rank)
                && known.get(id).map(|stamp| stamp & SAID) == Some(claim.hash)
                && taken.insert(id)
            {
                *given = Some(id.as_str());
            }
        }
    }
    given
}

/// Who may take over a stored row with a changed text: the only entry of the document that goes by its id, or, of
/// several, the only one that has something in common with the row. If that cannot be told, nobody: an article shown
/// twice is a lesser evil than one overwritten by its neighbour.
fn heirs<'a>(claims: &[Claim], holders: &HashMap<&'a str, Vec<usize>>, recent: &Recent) -> HashMap<&'a str, usize> {
    // In each of these, entries of equal hash are equal: otherwise the next poll could decide differently.
    let tests: [fn(&Draft, &Told) -> bool; 3] = [
        |draft, row| draft.url.as_ref() == Some(&row.url),
        |draft, row| !row.summary.is_empty() && draft.summary == row.summary,
        |draft, row| draft.title == row.title && draft.entry.published == Some(row.at),
    ];
    let rows: HashMap<&str, &Told> = recent.told.iter().map(|row| (row.id.as_str(), row)).collect();
    let heir = |id: &str, all: &[usize]| {
        if let [only] = all {
            return Some(*only);
        }
        let row = *rows.get(id)?;
        tests.iter().find_map(|alike| {
            let mut alike = all.iter().filter(|n| alike(claims[**n].draft, row));
            alike.next().filter(|_| alike.next().is_none()).copied()
        })
    };
    let known = holders.iter().filter(|(id, _)| recent.known.contains_key(**id));
    known.filter_map(|(id, all)| Some((*id, heir(id, all)?))).collect()
}

/// The ids of what an entry may be known by. The last holds everything it says, so an equal last id is an equal entry.
fn candidates(draft: &Draft, hash: i64, source: &str) -> Vec<String> {
    let guid = draft.entry.guid.as_deref().map(str::trim).filter(|guid| !guid.is_empty());
    // A guid that is an address may carry a session like any other.
    let guid = guid.map(|guid| url::canonical(guid).unwrap_or_else(|| guid.to_owned()));
    let date = draft
        .published
        .map(|at| at.to_string())
        .or_else(|| draft.entry.event.as_ref().map(|event| event.start.to_string()));
    let dated = |what: &str| format!("{what}\n{}", date.as_deref().unwrap_or_default());
    let everything = Some(format!("{hash:016x}\n{}", guid.as_deref().unwrap_or_default()));
    let keys = [guid, draft.url.clone(), draft.url.as_deref().map(dated), Some(dated(&draft.title)), everything];
    let mut ids: Vec<String> = Vec::with_capacity(keys.len());
    for key in keys.into_iter().flatten() {
        let id = id(source, &key);
        // A guid that is also the entry's address counts once.
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// The id of an event that an article announces beside its own: the article's, and a part of what the event is known by.
#[must_use]
pub fn derived(article: &str, key: &str) -> String {
    format!("{article}-{}", &id(article, key)[..8])
}

/// The article that announced an event, if the id is a [`derived`] one.
#[must_use]
pub fn article(id: &str) -> Option<&str> {
    id.split_once('-').map(|(article, _)| article)
}

/// Which of the keys it is made of is not part of it: an address that was also the guid yesterday is the same today.
fn id(source: &str, key: &str) -> String {
    let digest = Sha256::new().chain_update(source).chain_update([0]).chain_update(key).finalize();
    let mut id = String::with_capacity(16);
    for byte in &digest[..8] {
        let _ = write!(id, "{byte:02x}");
    }
    id
}

/// The hash of words that we put together ourselves, with room for the rules' in [`stamp`].
#[must_use]
pub fn digest(words: &str) -> i64 {
    let digest = Sha256::digest(words);
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    i64::from_le_bytes(first) & SAID
}

/// What is stored to tell a change: what the source says, and by which rules it was judged. Changed rules judge anew
/// what is still in its feed; who an entry is goes by the first part alone.
#[must_use]
pub fn stamp(said: i64, rules: &Rules) -> i64 {
    said & SAID | i64::from(rules.fingerprint())
}

/// The part of a stamp that is about the source's words: all but the lowest 16 bits.
const SAID: i64 = !0xffff;

/// Hash over what the source says of one thing, with room for the rules' in [`stamp`]. The time of change is left
/// out: many systems set it at every delivery.
#[must_use]
pub fn hash(draft: &Draft) -> i64 {
    let mut sha = Sha256::new();
    let mut say = |what: &str| {
        sha.update((what.len() as u64).to_le_bytes());
        sha.update(what);
    };
    say(&draft.title);
    say(draft.kicker.as_deref().unwrap_or_default());
    say(&draft.summary);
    say(draft.url.as_deref().unwrap_or_default());
    // Not `draft.published`, which falls back on the time of change.
    say(&draft.entry.published.map(|at| at.to_string()).unwrap_or_default());
    say(draft.entry.lang.as_deref().unwrap_or_default());
    say(draft.entry.image.as_deref().unwrap_or_default());
    if let Some(event) = &draft.entry.event {
        say(&format!("{event:?}"));
    }
    let digest = sha.finalize();
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    i64::from_le_bytes(first) & SAID
}

#[cfg(test)]
mod tests;
