//! One page of a query, picked from the roll: how many there are, which come next, who else tells their stories.

use std::collections::{BinaryHeap, HashMap, HashSet};
use std::sync::Arc;

use model::{Facets, Kind, Moment, Page, Sort};

use super::cursor::Cursor;
use super::marks::{FITS, Marks};
use super::open;
use super::question::{Asked, Matched};
use super::rows::{self, MEMBERS, Members, Raw};
use super::sift::sift;
use super::tally::Tally;
use super::want::{Numbered, Want};
use crate::error::Sql;
use crate::pools::Tx;
use crate::roll::{Entry, Roll};
use crate::shelf::Choice;

/// To gather from a piece takes as long as to walk past so many events.
const WALKED: usize = 500;

/// A page before its items are read.
#[derive(Debug)]
pub(super) struct Picked {
    updated: Option<Moment>,
    total: u64,
    facets: Facets,
    keys: Vec<i64>,
    next: Option<String>,
    members: Members,
    /// What of it is held in memory.
    whole: HashMap<i64, Arc<Raw>>,
    missing: Vec<i64>,
}

pub(super) fn pick(roll: &Roll, asked: &Asked<'_>, matched: &Matched) -> Picked {
    let choice = roll.shelves.choice(asked.query);
    let (open, sifted);
    let (tally, hits): (&Tally, Option<&[u32]>) = if asked.is_open() {
        open = roll.tally((choice.clone(), asked.stories), |choice| open::count(roll, choice, asked.stories));
        (&open, None)
    } else {
        sifted = roll.sifted(asked.key(&choice, matched), || sift(roll, asked, &choice, matched));
        (&sifted.tally, Some(&sifted.hits))
    };
    let (total, items) = (tally.total, tally.items);
    let mut picked = Picked {
        updated: roll.updated,
        total,
        facets: tally.facets(&roll.shelves),
        keys: Vec::new(),
        next: None,
        members: Members::default(),
        whole: HashMap::new(),
        missing: Vec::new(),
    };
    if total > 0 {
        let want = Want::asked(roll, &choice, asked, matched);
        let view = View { roll, asked, choice: &choice, matched, want, items, hits };
        (picked.keys, picked.next) = view.page();
        picked.members = view.members(&picked.keys);
        for seq in rows::needed(&picked.keys, &picked.members) {
            match roll.whole.get(&seq) {
                Some(raw) => _ = picked.whole.insert(seq, Arc::clone(raw)),
                None => picked.missing.push(seq),
            }
        }
    }
    picked
}

impl Picked {
    /// Reads what is not in memory, in one statement; the page, if that is of the generation of which the roll was.
    pub(super) async fn read_at_once(mut self, tx: &mut Tx, asked: &Asked<'_>, generation: i64) -> Sql<Option<Page>> {
        let (read, raws) = rows::raws_and_generation(tx, &self.missing).await?;
        if read != generation {
            return Ok(None);
        }
        self.hold(raws);
        Ok(Some(self.page(asked)))
    }

    fn hold(&mut self, raws: Vec<(i64, Raw)>) {
        self.whole.extend(raws.into_iter().map(|(seq, raw)| (seq, Arc::new(raw))));
    }

    /// Reads what is not in memory, in one statement.
    pub(super) async fn read(mut self, tx: &mut Tx, asked: &Asked<'_>) -> Sql<Page> {
        let raws = rows::raws(tx, &self.missing).await?;
        self.hold(raws);
        let mut page = self.page(asked);
        if asked.query.explain {
            rows::evidence(tx, &self.keys, &mut page.items).await?;
        }
        Ok(page)
    }

    /// The page, if its items are all in memory. Of the others of a story, those that are.
    pub(super) fn remembered(mut self, asked: &Asked<'_>) -> Option<Page> {
        self.keys.iter().all(|key| self.whole.contains_key(key)).then(|| self.page(asked))
    }

    /// The page; once, since its counts are handed over.
    fn page(&mut self, asked: &Asked<'_>) -> Page {
        Page {
            items: rows::assemble(&self.keys, &self.members, &self.whole, Some(asked.stories)),
            total: self.total,
            next: self.next.take(),
            facets: std::mem::take(&mut self.facets),
            updated: self.updated,
        }
    }
}

struct View<'a> {
    roll: &'a Roll,
    asked: &'a Asked<'a>,
    choice: &'a Choice,
    matched: &'a Matched,
    want: Want<'a>,
    /// How many items fit, whenever they came.
    items: u64,
    /// The pieces that have some of them, if they were gone through.
    hits: Option<&'a [u32]>,
}

/// An item of a list, and by what it stands where it does.
type Ranked<'a> = (&'a Entry, i64);

impl<'a> View<'a> {
    /// The places of a page's items, and where it goes on.
    fn page(&self) -> (Vec<i64>, Option<String>) {
        let size = usize::from(self.asked.query.page_size());
        // One more than fits, to know whether there is a next page.
        let (order, rows): (Sort, Vec<Ranked<'_>>) = match (self.asked.order, &self.matched.scores) {
            (Sort::Relevance, Some(scores)) => (Sort::Relevance, self.best(scores, size + 1)),
            (Sort::Soonest, _) => (Sort::Soonest, self.soonest(size + 1)),
            (Sort::Newest | Sort::Relevance, _) => {
                let fitting = self.newest().filter(|entry| self.fits(entry) && self.stands(entry, Entry::newest));
                (Sort::Newest, fitting.take(size + 1).map(|entry| (entry, 0)).collect())
            }
        };
        let keys = rows.iter().take(size).map(|(entry, _)| entry.seq).collect();
        let last = rows.get(size - 1).filter(|_| rows.len() > size);
        let next = last.map(|(entry, rank)| {
            // The generation of the first page goes along from page to page.
            let generation = self.asked.cursor.map_or(self.roll.generation, |cursor| Some(cursor.generation));
            Cursor { order, generation: generation.unwrap_or_default(), seq: entry.seq, rank: *rank }.to_string()
        });
        (keys, next)
    }

    /// Whether an item belongs to the list that was begun.
    fn fits(&self, entry: &Entry) -> bool {
        let among = |list: &Arc<Vec<i64>>| list.binary_search(&entry.seq).is_ok();
        self.choice.fails(&self.roll.shelves.at(entry.shelf)) == 0
            && self.asked.cursor.is_none_or(|cursor| entry.born() <= cursor.generation)
            && self.asked.is_within(entry)
            && self.matched.must.as_ref().is_none_or(among)
            && !self.matched.not.as_ref().is_some_and(among)
    }

    /// Whether an item stands for its story: of those that fit, the one with the least key does.
    fn stands<K: Ord>(&self, entry: &Entry, key: impl Fn(&Entry) -> K) -> bool {
        let Some(story) = entry.story().filter(|_| self.asked.stories) else { return true };
        let others = self.roll.stories.members(story).iter().filter_map(|seq| self.roll.entry(*seq));
        let mut better = others.filter(|other| key(other) < key(entry));
        !better.any(|other| self.fits(other))
    }

    /// What may fit, newest first, from where the list goes on: along the roll, of which pieces that hold nothing of it
    /// are left out. Behind the last that fits nobody looks.
    fn newest(&self) -> impl Iterator<Item = &'a Entry> {
        let below = self.asked.cursor.map_or(i64::MAX, |cursor| cursor.seq);
        let begins_below =
            move |(_, piece): &Numbered<'_>| piece.entries.first().is_some_and(|first| first.seq < below);
        let wanted = self.pieces().rev().filter(begins_below).flat_map(|piece| self.want.of(piece).into_iter().rev());
        wanted.take(usize::try_from(self.items).unwrap_or(usize::MAX)).filter(move |entry| entry.seq < below)
    }

    /// The pieces of the roll that may have some that fit.
    fn pieces(&self) -> Box<dyn DoubleEndedIterator<Item = Numbered<'a>> + '_> {
        let pieces = self.roll.all.pieces();
        match self.hits {
            Some(hits) => Box::new(hits.iter().filter_map(|number| Some((*number, pieces.get(*number as usize)?)))),
            None => Box::new((0..pieces.len() as u32).zip(pieces)),
        }
    }

    fn soonest(&self, most: usize) -> Vec<Ranked<'a>> {
        let after =
            self.asked.cursor.map_or((i64::MIN, i64::MIN), |cursor| (cursor.rank, cursor.seq.saturating_add(1)));
        let fits = |entry: &&Entry| self.fits(entry) && self.stands(entry, Entry::soonest);
        if self.choice.kind == Some(Kind::Event) {
            // Of all times they stand all along the list; from some day on at its end.
            let (events, items) = (self.roll.events.len() as u64, self.items.max(1));
            let from = self.asked.since.map(|_| events.saturating_sub(items));
            let far = from.unwrap_or(events * items.min(most as u64) / items);
            let gathered = self.hits.map_or_else(|| self.roll.all.pieces().len(), <[u32]>::len);
            if far < (gathered * WALKED) as u64 {
                let marks = Marks::new(&self.roll.shelves, self.choice, 0).all();
                let may = |entry: &&Entry| marks[self.roll.shelves.bay(entry.shelf) as usize] & FITS != 0;
                let within = self.roll.events.from(after).filter(|entry| self.asked.is_within(entry));
                let fitting = within.filter(may).filter(fits).take(most);
                return fitting.map(|entry| (entry, entry.begins())).collect();
            }
        }
        // Nobody asks news for the earliest but to walk through all of them: the best so many of all that fit.
        let mut best: BinaryHeap<(i64, i64)> = BinaryHeap::new();
        let mut take = |entry: &Entry| {
            let key = (entry.begins(), entry.seq);
            let late = best.len() == most && best.peek().is_some_and(|last| *last <= key);
            if key >= after && !late && fits(&entry) {
                best.push(key);
                if best.len() > most {
                    best.pop();
                }
            }
        };
        self.pieces().flat_map(|piece| self.want.of(piece)).for_each(&mut take);
        let sorted = best.into_sorted_vec().into_iter();
        sorted.filter_map(|(begins, seq)| Some((self.roll.entry(seq)?, begins))).collect()
    }

    /// Best match first, of equally good ones the newest.
    fn best(&self, scores: &[(i64, i64)], most: usize) -> Vec<Ranked<'a>> {
        let (mut hits, mut scored): (Vec<Ranked<'_>>, _) = (Vec::with_capacity(scores.len()), scores.iter());
        for piece in self.roll.all.pieces() {
            piece.each_at(piece.between(self.matched.must.as_deref().map_or(&[], Vec::as_slice)), |at| {
                let entry = &piece.entries[at];
                let score = scored.find(|(seq, _)| *seq == entry.seq);
                if self.fits(entry) {
                    hits.extend(score.map(|(_, score)| (entry, *score)));
                }
            });
        }
        let key = |(entry, score): &Ranked<'_>| std::cmp::Reverse((*score, entry.seq));
        let after = self.asked.cursor.map(|cursor| (cursor.rank, cursor.seq));
        let mut sorted = 0;
        loop {
            // The best are mostly enough, and to put all in order takes longer than to find them.
            let some = if after.is_some() { hits.len() } else { hits.len().min(sorted * 4 + most * 4) };
            if some < hits.len() {
                hits.select_nth_unstable_by_key(some, key);
            }
            sorted = some;
            hits[..sorted].sort_unstable_by_key(key);
            let mut told = HashSet::new();
            let first =
                |(entry, _): &&Ranked<'_>| entry.story().is_none_or(|story| !self.asked.stories || told.insert(story));
            let behind = |(entry, score): &&Ranked<'_>| after.is_none_or(|after| (*score, entry.seq) < after);
            let best: Vec<Ranked<'a>> =
                hits[..sorted].iter().filter(first).filter(behind).take(most).copied().collect();
            if best.len() == most || sorted == hits.len() {
                return best;
            }
        }
    }

    /// Who tells the stories of a page's items.
    fn members(&self, keys: &[i64]) -> Members {
        let story = |key: &i64| Some((*key, self.roll.entry(*key)?.story()?));
        let stories = keys.iter().filter_map(story);
        let members = stories.map(|(key, story)| {
            let all = self.roll.stories.members(story);
            let newest: Vec<(i64, bool)> = all.iter().rev().take(MEMBERS).filter_map(|seq| self.kind(*seq)).collect();
            (key, (all.len(), newest))
        });
        members.collect()
    }

    fn kind(&self, seq: i64) -> Option<(i64, bool)> {
        self.roll.entry(seq).map(|entry| (seq, entry.is_event()))
    }
}
