//! Reading the places of a word straight from the leaves of SQLite's index, as FTS5 writes them.
//!
//! Asked for all items that match, FTS5 hands them over one by one, each through SQLite's machine and as text: a fifth of
//! a microsecond, a tenth of a second for a word that half a million items have. The same list stands in its leaves, some
//! bytes for each. They are in shadow tables that anyone may read, in the form that is told at the head of `fts5_index.c`;
//! SQLite is compiled in, so the form is that of the release that was tested.
//!
//! Promises: what FTS5 would have found, each word's of one state of the store; of a form that is not known or with a page
//! missing, nothing, and then FTS5 is asked. Refuses: phrases, beginnings and what must be there together, which FTS5 finds by leaping.

mod leaf;
mod segments;

use std::sync::{Arc, Mutex, PoisonError};

use crate::error::Sql;
use crate::pools::Tx;
use crate::sql::{Row, json, query};
use leaf::Page;
use segments::Segments;

/// So many pages that tell what is gone are read for each word, at most: some ten thousand items.
const TOMBS: i64 = 128;
/// So often the index may have changed between two looks.
const TRIES: usize = 4;
/// What the index consists of, as it was last seen.
#[derive(Debug, Default)]
pub(crate) struct Known(Mutex<Arc<Segments>>);

/// Asks for the list of segments as it is now, and for the leaves in which a word stands, of all segments that are known:
/// of each from the last that begins with no later word, to the first that begins with a later one. Behind a leaf of which
/// the index says that the last word's list goes on for long, none but where the word itself is that last one ($4): next
/// to a word that everybody has stand others. One statement sees one state. Some leaves make a row, each behind its number
/// and its length: to hand over a row for each takes longer than to read it, and one of all would be in memory four times
/// while SQLite puts it together. From which page to which it looked is told in a row of its own, so that one that is
/// missing is noticed.
const LOOK: &str = "with recursive segment (id, first, last, at) as (select value ->> 0, value ->> 1, value ->> 2, \
     (select pgno from item_words_idx where segid = value ->> 0 and term <= $2 order by term desc limit 1) \
     from json_each($1)), \
     leaf (base, first, last) as (select id << 37, max(first, coalesce(at >> 1, 0)), \
     case when at & 1 and $4 = 0 then max(first, at >> 1) else \
     coalesce((select pgno >> 1 from item_words_idx where segid = id and term > $2 order by term limit 1), last) end \
     from segment), \
     span (first, last) as materialized (select base + first, base + last from leaf \
     union all select value ->> 0, value ->> 1 from json_each($3)), \
     part (first, last) as (select first, last from span union all \
     select (select min(id) from item_words_data where id between part.first + 64 and part.last), last from part \
     where first is not null) \
     select (select block from item_words_data where id = 10), (select group_concat(first || ' ' || last, ' ') from span), \
     null \
     union all select null, null, \
     (select cast(group_concat(format('%019d%09d', id, length(block)) || block, '') as blob) from item_words_data \
     where id between part.first and min(part.last, part.first + 63)) from part";
/// Of each leaf in a row its number has so many digits, and its length so many more.
const DIGITS: [usize; 2] = [19, 9];

/// The places of all items that have one of these words, in order; nothing if the index has a form that is not known.
pub(crate) async fn places(tx: &mut Tx, known: &Known, words: &[String]) -> Sql<Option<Vec<i64>>> {
    let mut places = Vec::new();
    for word in words {
        // Words of the text are told from beginnings by what stands before them.
        let word = format!("0{word}").into_bytes();
        if of_word(tx, known, word, &mut places).await?.is_none() {
            return Ok(None);
        }
    }
    // Each segment's are in order, and mostly behind those of the one before: else runs are merged.
    if !places.is_sorted_by(|one, next| one < next) {
        places.sort();
        places.dedup();
    }
    // They may be remembered.
    places.shrink_to_fit();
    Ok(Some(places))
}

/// Adds those of one word.
async fn of_word(tx: &mut Tx, known: &Known, word: Vec<u8>, places: &mut Vec<i64>) -> Sql<Option<()>> {
    let mut whole = false;
    for _ in 0..TRIES {
        let segments = known.get();
        if segments.tombs() > TOMBS {
            return Ok(None);
        }
        let (listed, tombs) = (json(&segments.leaves()), json(&segments.tombstones()));
        let look = query(LOOK).bind(listed).bind(&Some(word.clone())).bind(tombs).bind(i64::from(whole));
        let mut read = Read::default();
        look.each(tx, |row| read.take(row)).await?;
        let Some(record) = read.record.as_deref() else { return Ok(None) };
        if !segments.are(record) {
            let Some(segments) = Segments::parse(record) else { return Ok(None) };
            known.set(segments);
            continue;
        }
        let Some(pages) = read.pages() else { return Ok(None) };
        let (begin, mut goes_on) = (places.len(), false);
        for segment in segments.each() {
            match segment.add_places(&pages, &word, places) {
                Some(ended) => goes_on |= !ended,
                None => return Ok(None),
            }
        }
        if whole || !goes_on {
            return Ok(Some(()));
        }
        places.truncate(begin);
        whole = true;
    }
    Ok(None)
}

/// What [`LOOK`] says.
#[derive(Default)]
struct Read {
    /// The list of segments.
    record: Option<Vec<u8>>,
    /// From which page to which it looked; nothing where they are no numbers of pages, as of a damaged index.
    spans: Option<Vec<i64>>,
    /// The pages that were there, some of them together.
    rows: Vec<Vec<u8>>,
}

impl Read {
    fn take(&mut self, row: &Row) -> Sql<()> {
        if let Some(record) = row.try_get::<Option<&[u8]>>(0)? {
            (self.record, self.spans) = (Some(record.to_vec()), row.numbers(1).ok());
        } else if let Some(pages) = row.try_get::<Option<&[u8]>>(2)? {
            self.rows.push(pages.to_vec());
        }
        Ok(())
    }

    /// The pages in the order of their numbers; nothing if one is missing of those from a first to a last.
    fn pages(&self) -> Option<Vec<Page<'_>>> {
        let mut pages = Vec::new();
        for mut rest in self.rows.iter().map(Vec::as_slice) {
            while !rest.is_empty() {
                let [id, length] = DIGITS.map(|digits| number(&mut rest, digits));
                let page;
                (page, rest) = rest.split_at_checked(usize::try_from(length?).ok()?)?;
                pages.push((id?, page));
            }
        }
        // A segment that was merged as far as behind the word has none.
        let asked = |[first, last]: &[i64; 2]| (i128::from(*last) - i128::from(*first) + 1).max(0);
        let asked: i128 = self.spans.as_ref()?.as_chunks().0.iter().map(asked).sum();
        (asked == pages.len() as i128).then_some(())?;
        pages.sort_unstable_by_key(|(id, _)| *id);
        Some(pages)
    }
}

/// The number that so many digits say.
fn number(bytes: &mut &[u8], digits: usize) -> Option<i64> {
    let (number, rest) = bytes.split_at_checked(digits)?;
    *bytes = rest;
    std::str::from_utf8(number).ok()?.parse().ok()
}

impl Known {
    fn get(&self) -> Arc<Segments> {
        Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn set(&self, segments: Segments) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(segments);
    }
}

#[cfg(test)]
mod tests;
