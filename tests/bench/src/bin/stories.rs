//! What it costs to find an item's story, however much is kept: `cargo run --release -p bench --bin bench-stories --
//! [FOLDER]`, or `cargo xtask bench`. One store grows from 5,000 over 50,000 to 500,000 relevant items; each time new
//! ones come, some of them copies of what is there, and what is measured is all that telling them takes: what the store
//! lends, and what is made of it. First on SQLite, then on PostgreSQL where `AMTSTICKER_TEST_POSTGRES` names a database.
//!
//! Told are items of the last three days, as polling brings them, items of any day, as an archive that is read for the
//! first time does, and such an archive's documents of thirty at once. A folder and a database stay as they are filled,
//! and are measured again at once.
//!
//! The target: under 2 ms for one item among 500,000. Refuses: to fail where it is missed; a busy machine is no
//! regression.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a tool at the workbench that prints what it measured")]

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bench::stock::Dice;
use curate::Rules;
use curate::stories::{
    Face, Kept, LARGEST, NEAREST, SHARED, WINDOW_MS, alike, face, known_face, marks, new_face, tell,
};
use model::{
    Batch, Catalogue, Change, Item, Judged, Kind, Moment, Outcome, Place, Role, Source, SourceRef, State, Story,
    Validators, Visit,
};
use store::{Hung, Lease, Lending, Moves, Near, Pick, Reach, Store, Teller};

const SIZES: [usize; 3] = [5_000, 50_000, 500_000];
/// Names an empty database, `postgres://user@host:port/database`.
const SERVER: &str = "AMTSTICKER_TEST_POSTGRES";
/// New items that are told at each size.
const NEW: usize = 400;
const SOURCES: usize = 300;
/// 2026-11-20, and an item every three minutes before it: 500,000 are three years, and a month has 14,400 of them.
const NOW: i64 = 1_795_132_800_000;
const EVERY_MS: i64 = 180_000;
const REACH: Reach = Reach { window_ms: WINDOW_MS, nearest: NEAREST, shared: SHARED };
/// The items of three days, which is what polling brings.
const DAYS: usize = 3 * 480;
/// Items of one document, and documents that are kept together.
const DOCUMENT: usize = 30;
const TOGETHER: usize = 20;
const TOWNS: [&str; 8] = ["Aalen", "Bonn", "Celle", "Daun", "Emden", "Fulda", "Gera", "Hagen"];
const SYLLABLES: [&str; 20] = [
    "ver", "wal", "tung", "re", "gis", "ter", "amt", "bau", "schul", "da", "ten", "netz", "kom", "mu", "nal", "dienst",
    "pla", "nung", "steu", "er",
];

/// A made-up word of 40,000, small ranks often as words are by Zipf's law; the rarer the longer, some of them nouns.
fn word(dice: &mut Dice) -> String {
    let bound = dice.roll(40_000) + 1;
    let mut rank = dice.roll(bound);
    let noun = rank.is_multiple_of(3);
    let mut word = SYLLABLES[rank % 20].to_owned();
    while rank >= 20 {
        rank /= 20;
        word.push_str(SYLLABLES[rank % 20]);
    }
    if noun { word[..1].to_uppercase() + &word[1..] } else { word }
}

fn words(dice: &mut Dice, count: usize) -> String {
    let words: Vec<String> = (0..count).map(|_| word(dice)).collect();
    words.join(" ")
}

/// The item of that number, of 500,000: the last is the newest.
fn item(n: usize, rules: &Rules) -> Judged {
    let mut dice = Dice(0x5eed ^ ((n as u64 + 1) << 20));
    let title = words(&mut dice, 7);
    let town = TOWNS[dice.roll(TOWNS.len())];
    let text = format!(
        "{} in {town} {}. Am {}. März {} {} Beschäftigte {}.",
        words(&mut dice, 9),
        words(&mut dice, 12),
        dice.roll(28) + 1,
        words(&mut dice, 8),
        dice.roll(900) + 100,
        words(&mut dice, 9)
    );
    let at = NOW - (SIZES[2] - n) as i64 * EVERY_MS;
    judged(format!("i{n:09}"), n % SOURCES, at, title, text, rules)
}

/// The same in another house's words, a few hours later.
fn copy(of: &Judged, n: usize, rules: &Rules) -> Judged {
    let mut dice = Dice(0xc0b1 ^ ((n as u64 + 1) << 20));
    let at = of.item.published.unwrap().ms() + 3_600_000 * (1 + dice.roll(20) as i64);
    let text = format!("{} {}", words(&mut dice, 3), of.item.summary);
    judged(format!("c{n:09}"), (n + 7) % SOURCES, at, of.item.title.clone(), text, rules)
}

fn judged(id: String, source: usize, at: i64, title: String, summary: String, rules: &Rules) -> Judged {
    let item = Item {
        kind: Kind::News,
        url: format!("https://amt{source}.example/meldungen/{id}.html"),
        title,
        kicker: None,
        summary,
        published: Some(Moment::from_ms(at)),
        updated: None,
        lang: "de".into(),
        source: SourceRef { id: format!("quelle-{source}"), name: String::new(), url: String::new(), licence: None },
        states: Vec::new(),
        topics: Vec::new(),
        relevance: 0.7,
        story: Story { id: id.clone(), size: 1, ..Story::default() },
        image: None,
        event: None,
        why: Vec::new(),
        id,
    };
    let mut judged =
        Judged { item, hash: 1, terms: String::new(), marks: Vec::new(), evidence: String::new(), relevant: true };
    judged.marks = marks(&judged, rules);
    judged
}

fn visit(source: &str, epoch: i64) -> Visit {
    let at = Moment::from_ms(NOW);
    Visit {
        source: source.into(),
        epoch,
        started: at,
        took_ms: 5,
        outcome: Outcome::Fresh,
        status: Some(200),
        bytes: 9_000,
        validators: Validators::default(),
        next_due: at,
        complaints: 0,
        memory: None,
    }
}

/// Keeps the items from one number to another, as turns of a busy round are kept.
async fn fill(store: &Store, from: usize, to: usize, rules: &Rules) {
    let (ids, now): (Vec<String>, _) = ((0..TOGETHER).map(|n| format!("quelle-{n}")).collect(), Moment::from_ms(NOW));
    let numbers: Vec<usize> = (from..to).collect();
    for some in numbers.chunks(TOGETHER * DOCUMENT) {
        let leases = store.lease(Pick::Named(&ids), now, ids.len() as u32, 60_000).await.unwrap();
        let turn = |(some, lease): (&[usize], &Lease)| {
            let changes = some.iter().map(|n| Change::New(item(*n, rules))).collect();
            (visit(&lease.source, lease.epoch), Batch { changes, ..Batch::default() })
        };
        let turns: Vec<(Visit, Batch)> = some.chunks(DOCUMENT).zip(&leases).map(turn).collect();
        let turns: Vec<(&Visit, &Batch)> = turns.iter().map(|(visit, batch)| (visit, batch)).collect();
        store.keep_all(&turns, &Moves::default(), now).await.unwrap();
    }
}

/// What new items may be told with: the matters of those that tell the same, as the judge of a poll asks for them.
async fn lend(store: &Store, news: &[Judged], rules: &Rules) -> Vec<Kept> {
    let at = |new: &Judged| new.item.published.unwrap();
    let tellers: Vec<Teller<'_>> = news.iter().map(|new| Teller { at: at(new), marks: &new.marks }).collect();
    let store = &mut store.lending().await.unwrap();
    let near = store.near(&tellers, REACH).await.unwrap();
    let faces = faces(store, near.iter().flatten().map(|near| &**near), rules).await;
    let mut same = BTreeSet::new();
    for (new, near) in news.iter().zip(&near) {
        let own = face(new, rules);
        let tells_the_same = |near: &&Near| alike((&own, at(new)), (&faces[&near.id], near.at));
        same.extend(near.iter().map(|near| &**near).filter(tells_the_same).map(|near| near.id.as_str()));
    }
    let own = news.iter().map(|new| new.item.id.as_str());
    let hung = store.matters(same, own, LARGEST).await.unwrap();
    let faces = self::faces(store, hung.iter().map(|hung| &hung.item), rules).await;
    let kept = |hung: Hung| {
        let face = faces[&hung.item.id].clone();
        Kept { id: hung.item.id, story: hung.story, matter: hung.matter, at: hung.item.at, face }
    };
    hung.into_iter().map(kept).collect()
}

async fn faces(
    store: &mut Lending<'_>,
    items: impl Iterator<Item = &Near>,
    rules: &Rules,
) -> HashMap<String, Arc<Face>> {
    let (mut faces, mut missing) = (HashMap::new(), Vec::new());
    for item in items {
        let face = known_face(&item.id, item.hash, rules);
        match face.or_else(|| item.told.as_ref().map(|told| new_face(told, item.hash, rules))) {
            Some(face) => _ = faces.insert(item.id.clone(), face),
            None => missing.push(item.id.as_str()),
        }
    }
    if !missing.is_empty() {
        let told = store.told(missing).await.unwrap();
        faces.extend(told.into_iter().map(|(hash, told)| (told.id.clone(), new_face(&told, hash, rules))));
    }
    faces
}

/// New items about the days of items from one number to another; every other is a copy of one of these, with its id.
fn news(about: Range<usize>, round: usize, rules: &Rules) -> Vec<(Judged, Option<String>)> {
    let mut dice = Dice(0xd1ce ^ ((round as u64 + 1) << 32));
    let new = |n: usize| {
        let kept = item(about.start + dice.roll(about.len()), rules);
        if n.is_multiple_of(2) {
            return (copy(&kept, round * NEW + n, rules), Some(kept.item.id));
        }
        let mut new = item(SIZES[2] + 7_000_000 + round * NEW + n, rules);
        new.item.published = kept.item.published;
        (new, None)
    };
    (0..NEW).map(new).collect()
}

/// What it took to tell one, and which copies were found.
#[derive(Default)]
struct Told {
    each: Vec<Duration>,
    copies: usize,
    found: usize,
}

impl Told {
    /// Tells new items, so many at once.
    async fn tell(store: &Store, news: Vec<(Judged, Option<String>)>, at_once: usize, rules: &Rules) -> Self {
        let mut all = Told::default();
        let (mut news, of): (Vec<Judged>, Vec<Option<String>>) = news.into_iter().unzip();
        for (news, of) in news.chunks_mut(at_once).zip(of.chunks(at_once)) {
            // Who judged it has looked at it.
            news.iter().for_each(|new| _ = face(new, rules));
            let start = Instant::now();
            let matters = lend(store, news, rules).await;
            let _ = tell(&mut news.iter_mut().collect::<Vec<_>>(), &matters, Moment::from_ms(NOW), rules);
            all.each.push(start.elapsed() / u32::try_from(news.len()).unwrap());
            let found = news.iter().zip(of).filter(|(new, of)| of.as_ref() == Some(&new.item.story.id));
            all.found += found.count();
            all.copies += of.iter().flatten().count();
        }
        all.each.sort();
        all
    }
}

impl std::fmt::Display for Told {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ms = |at: usize| self.each[at.min(self.each.len() - 1)].as_secs_f64() * 1e3;
        let [median, most, worst] = [self.each.len() / 2, self.each.len() * 95 / 100, self.each.len()].map(ms);
        write!(out, "{median:>6.2} {most:>6.2} {worst:>6.2}")?;
        if self.found < self.copies {
            write!(out, " ({} of {} copies found)", self.found, self.copies)?;
        }
        Ok(())
    }
}

/// A line of the table: all is told by a process that was just started, and remembers nothing.
async fn measure(home: &Home, size: usize, round: usize) {
    let store = home.open().await;
    let start = Instant::now();
    store.hold_newest().await.unwrap();
    let newest = start.elapsed();
    let mut columns = Vec::new();
    for (nth, (span, at_once)) in [(DAYS, 1), (size, 1), (size, DOCUMENT)].into_iter().enumerate() {
        let rules = &rules();
        let news = news(SIZES[2] - span.min(size)..SIZES[2], 3 * round + nth, rules);
        let rules = &self::rules();
        columns.push(Told::tell(&store, news, at_once, rules).await);
    }
    let [today, any, together] = &columns[..] else { return };
    println!("{size:>9}   {today}   {any}   {together}   {:>6.0}", newest.as_secs_f64() * 1e3);
    store.close().await;
}

/// Towns, so that places are looked for as they are in a real catalogue.
fn rules() -> Rules {
    let town =
        |name: &&str| Place { name: (*name).to_owned(), state: State::Nw, role: Role::Town, weight: 1.0, cue: false };
    Rules::new(&Catalogue { places: TOWNS.iter().map(town).collect(), ..Catalogue::default() })
}

/// Where a store lives.
enum Home {
    File(PathBuf),
    Server(String),
}

impl Home {
    async fn open(&self) -> Store {
        match self {
            Home::File(path) => Store::open(path).await.unwrap(),
            Home::Server(url) => Store::connect(url, 4).await.unwrap(),
        }
    }
}

/// The table of one store. One that holds some already grows on from there.
async fn table(name: &str, home: &Home) {
    let store = home.open().await;
    let sources: Vec<Source> =
        (0..SOURCES).map(|n| Source { id: format!("quelle-{n}"), enabled: true, ..Source::default() }).collect();
    store.sync(&sources, Moment::from_ms(NOW)).await.unwrap();
    println!("{name}: telling {NEW} new items, half of them copies; milliseconds for each: median, 95 %, worst");
    println!("{:>9}   {:<20}   {:<20}   {:<20}   newest read", "kept", "of today", "of any day", "thirty at once");
    let mut kept = usize::try_from(store.counts().await.unwrap().items).unwrap();
    assert!(kept == 0 || SIZES.contains(&kept), "{kept} items are kept: filling it was cut off");
    for (round, size) in SIZES.into_iter().enumerate() {
        if size < kept {
            continue;
        }
        if kept < size {
            // The newest first, so that each size is a store of its own span.
            fill(&store, SIZES[2] - size, SIZES[2] - kept, &rules()).await;
        }
        kept = size;
        measure(home, size, round).await;
    }
    store.close().await;
}

#[tokio::main]
async fn main() {
    // As a poller's turns: a task among others, and not the thread that waits for all of them.
    tokio::spawn(measure_all()).await.unwrap();
}

async fn measure_all() {
    let folder = std::env::temp_dir().join(format!("amtsticker-bench-stories-{}", std::process::id()));
    let path = std::env::args().nth(1).map_or_else(|| folder.clone(), PathBuf::from).join("bench.db");
    table("SQLite", &Home::File(path.clone())).await;
    let bytes = std::fs::metadata(&path).map_or(0, |file| file.len());
    println!("{} MB", bytes >> 20);
    let _ = std::fs::remove_dir_all(&folder);
    match std::env::var(SERVER) {
        Ok(url) => table("PostgreSQL", &Home::Server(url)).await,
        Err(_) => println!("PostgreSQL: skipped, {SERVER} names no empty database"),
    }
}
