//! What it costs to find an item's story, however much is kept: `cargo run --release -p bench --bin bench-stories --
//! [FOLDER]`, or `cargo xtask bench`. One store grows from 5,000 over 50,000 to 500,000 relevant items; each time new
//! ones come, some of them copies of what is there, and what is measured is all that telling them takes: what the store
//! lends, and what is made of it. First on SQLite, then on PostgreSQL where `AMTSTICKER_TEST_POSTGRES` names a database.
//!
//! The target: under 2 ms for one item among 500,000. Refuses: to fail where it is missed; a busy machine is no
//! regression.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a tool at the workbench that prints what it measured")]

use std::collections::HashMap;
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
use store::{Hung, Near, Pick, Reach, Store, Teller};

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
    let town = ["Aalen", "Bonn", "Celle", "Daun", "Emden", "Fulda", "Gera", "Hagen"][dice.roll(8)];
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
    let mut judged = Judged { item, hash: 1, terms: String::new(), marks: Vec::new(), relevant: true };
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

/// Keeps the items from one number to another, and says how long a batch of 30 took.
async fn fill(store: &Store, from: usize, to: usize, rules: &Rules) -> Duration {
    let (mut keeping, mut batches) = (Duration::ZERO, 0);
    let numbers: Vec<usize> = (from..to).collect();
    for (nth, chunk) in numbers.chunks(30).enumerate() {
        let id = format!("quelle-{}", nth % SOURCES);
        let changes = chunk.iter().map(|n| Change::New(item(*n, rules))).collect();
        let now = Moment::from_ms(NOW);
        let start = Instant::now();
        let lease = store.lease(Pick::Named(std::slice::from_ref(&id)), now, 1, 60_000).await.unwrap().remove(0);
        store.keep(&visit(&id, lease.epoch), &Batch { changes, ..Batch::default() }, now).await.unwrap();
        keeping += start.elapsed();
        batches += 1;
    }
    keeping / batches.max(1)
}

/// What a new item may be told with: the matters of those that tell the same, as the judge of a poll asks for them.
async fn lend(store: &Store, new: &Judged, rules: &Rules) -> Vec<Kept> {
    let at = new.item.published.unwrap();
    let near = store.near(&[Teller { at, marks: &new.marks }], REACH).await.unwrap().remove(0);
    let faces = faces(store, near.iter().map(|near| &**near), rules).await;
    let own = face(new, rules);
    let tells_the_same = |near: &&Near| alike((&own, at), (&faces[&near.id], near.at));
    let same = near.iter().map(|near| &**near).filter(tells_the_same).map(|near| near.id.as_str());
    let hung = store.matters(same.collect::<Vec<_>>(), [new.item.id.as_str()], LARGEST).await.unwrap();
    let faces = self::faces(store, hung.iter().map(|hung| &hung.item), rules).await;
    let kept = |hung: Hung| {
        let face = faces[&hung.item.id].clone();
        Kept { id: hung.item.id, story: hung.story, matter: hung.matter, at: hung.item.at, face }
    };
    hung.into_iter().map(kept).collect()
}

async fn faces(store: &Store, items: impl Iterator<Item = &Near>, rules: &Rules) -> HashMap<String, Arc<Face>> {
    let (mut faces, mut missing) = (HashMap::new(), Vec::new());
    for item in items {
        match known_face(&item.id, item.hash, rules) {
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

/// Tells new items one by one; every other is a copy of one that is kept.
async fn measure(store: &Store, have: std::ops::Range<usize>, rules: &Rules) {
    let mut dice = Dice(0xd1ce);
    let (mut lending, mut telling, mut all) = (Vec::new(), Vec::new(), Vec::new());
    let (mut copies, mut found) = (0, 0);
    for n in 0..NEW {
        let kept = item(have.start + dice.roll(have.len()), rules);
        // The copies of half of them, and what nobody has told in the month of the other half.
        let copied = n % 2 == 0;
        let mut new = if copied { copy(&kept, n, rules) } else { item(SIZES[2] + 7_000_000 + n, rules) };
        if !copied {
            new.item.published = kept.item.published;
        }
        let start = Instant::now();
        let matters = lend(store, &new, rules).await;
        let lent = start.elapsed();
        let _ = tell(&mut [&mut new], &matters, Moment::from_ms(NOW), rules);
        let whole = start.elapsed();
        copies += usize::from(copied);
        found += usize::from(copied && new.item.story.id == kept.item.id);
        lending.push(lent);
        telling.push(whole - lent);
        all.push(whole);
    }
    let spread = |times: &mut Vec<Duration>| {
        times.sort();
        let ms = |at: usize| times[at.min(times.len() - 1)].as_secs_f64() * 1e3;
        format!("{:>6.2} {:>6.2} {:>6.2}", ms(times.len() / 2), ms(times.len() * 95 / 100), ms(times.len()))
    };
    println!(
        "{:>9}   {}   {}   {}   {found}/{copies}",
        have.len(),
        spread(&mut lending),
        spread(&mut telling),
        spread(&mut all)
    );
}

/// The table of one store. Rules of its own: they remember items by their ids, which are the same in each store.
async fn table(name: &str, store: &Store) {
    // Towns, so that places are looked for as they are in a real catalogue.
    let town =
        |name: &&str| Place { name: (*name).to_owned(), state: State::Nw, role: Role::Town, weight: 1.0, cue: false };
    let rules = &Rules::new(&Catalogue {
        places: ["Aalen", "Bonn", "Celle", "Daun", "Emden", "Fulda", "Gera", "Hagen"].iter().map(town).collect(),
        ..Catalogue::default()
    });
    let sources: Vec<Source> =
        (0..SOURCES).map(|n| Source { id: format!("quelle-{n}"), enabled: true, ..Source::default() }).collect();
    store.sync(&sources, Moment::from_ms(NOW)).await.unwrap();
    println!("{name}: telling one of {NEW} new items, half of them copies; milliseconds: median, 95 %, worst");
    println!("{:>9}   {:<20}   {:<20}   {:<20}   copies found", "kept", "lent by the store", "told", "together");
    let mut kept = SIZES[2];
    let mut keeping = Duration::ZERO;
    for size in SIZES {
        // The newest first, so that each size is a store of its own span.
        keeping = fill(store, SIZES[2] - size, kept, rules).await;
        kept = SIZES[2] - size;
        measure(store, kept..SIZES[2], rules).await;
    }
    println!("a batch of 30 items is kept in {:.1} ms", keeping.as_secs_f64() * 1e3);
    store.close().await;
}

#[tokio::main]
async fn main() {
    let folder = std::env::temp_dir().join(format!("amtsticker-bench-stories-{}", std::process::id()));
    let path = std::env::args().nth(1).map_or_else(|| folder.clone(), PathBuf::from).join("bench.db");
    table("SQLite", &Store::open(&path).await.unwrap()).await;
    let bytes = std::fs::metadata(&path).map_or(0, |file| file.len());
    println!("{} MB", bytes >> 20);
    let _ = std::fs::remove_dir_all(&folder);
    match std::env::var(SERVER) {
        Ok(url) => table("PostgreSQL", &Store::connect(&url, 4).await.unwrap()).await,
        Err(_) => println!("PostgreSQL: skipped, {SERVER} names no empty database"),
    }
}
