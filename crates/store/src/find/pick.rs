//! One page of a query, picked from the roll: how many there are, which come next, who else tells their stories.

use std::collections::{BinaryHeap, HashMap, HashSet};
use std::sync::Arc;

use model::{Facets, Kind, Moment, Page, Sort};

use super::cursor::Cursor;
use super::question::{Asked, Matched};
use super::rows::{self, MEMBERS, Members, Raw};
use super::sift::sift;
use super::tally::Counted;
use super::want::{Numbered, Want};
use crate::error::Sql;
use crate::pools::Tx;
use crate::roll::{Entry, Roll};
use crate::shelf::Choice;

/// So many events that fit are sooner gathered than looked for among all events, in the order in which they begin.
const GATHER: usize = 4_000;

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
    let (total, items, facets, hits, sifted);
    // A choice of several parts shares with few others what is left of it for each facet: one walk counts all of it.
    if asked.is_open() && choice.parts() < 2 {
        let counted = Counted::of(roll, &choice, asked.stories);
        (total, items, facets, hits) = (counted.total(), counted.items(), counted.facets(&roll.shelves), None);
    } else {
        sifted = roll.sifted(asked.key(&choice, matched), || sift(roll, asked, &choice, matched));
        (total, items, hits) = (sifted.tally.total, sifted.tally.items, Some(&*sifted.hits));
        facets = sifted.tally.facets(&roll.shelves);
    }
    let mut picked = Picked {
        updated: roll.updated,
        total,
        facets,
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
        // Some of many events are sooner gathered, unless a period makes those fit that begin last.
        let many = self.items > if self.asked.since.is_some() { GATHER as u64 } else { 0 };
        let dense = self.items.pow(2) > (most * self.roll.events.len()) as u64;
        if self.choice.kind == Some(Kind::Event) && (self.hits.is_none() || many && dense) {
            let fitting = self.roll.events.from(after).filter(fits);
            return fitting.take(most).map(|entry| (entry, entry.begins())).collect();
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
        let hits = scores.iter().filter_map(|(seq, score)| Some((self.roll.entry(*seq)?, *score)));
        let mut hits: Vec<Ranked<'_>> = hits.filter(|(entry, _)| self.fits(entry)).collect();
        hits.sort_unstable_by_key(|(entry, score)| std::cmp::Reverse((*score, entry.seq)));
        let mut told = HashSet::new();
        hits.retain(|(entry, _)| entry.story().is_none_or(|story| !self.asked.stories || told.insert(story)));
        let after = self.asked.cursor.map(|cursor| (cursor.rank, cursor.seq));
        hits.retain(|(entry, score)| after.is_none_or(|after| (*score, entry.seq) < after));
        hits.truncate(most);
        hits
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
