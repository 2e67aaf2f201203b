//! Fills a store and says how fast it keeps and finds: `cargo run --release -p store --example fill -- [ITEMS] [PLACE]`,
//! where the place is a file or the address of an empty PostgreSQL database.
//!
//! Items are made up: German-like words by Zipf's law, a tenth in stories, half of them relevant. Prints a table; nothing is judged.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a tool at the workbench that prints what it measured")]

use std::time::{Duration, Instant};

use model::{
    Batch, Change, Event, Item, Judged, Kind, Moment, Outcome, Phrase, Publisher, Query, Source, SourceRef, State,
    Story, Validators, Visit, When, Why, Words,
};
use store::{Pick, Store};

const SOURCES: usize = 300;
const TOPICS: [&str; 14] = [
    "registermodernisierung",
    "noots",
    "ozg",
    "digitalcheck",
    "ki",
    "cloud",
    "identitaet",
    "e-rechnung",
    "open-data",
    "sicherheit",
    "souveraenitaet",
    "fit-connect",
    "verwaltungsportal",
    "recht",
];

/// A small generator (xorshift64*): the same numbers in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % sides
    }

    /// Small numbers often, large ones seldom.
    fn zipf(&mut self, sides: usize) -> usize {
        let bound = self.roll(sides) + 1;
        let bound = self.roll(bound) + 1;
        self.roll(bound)
    }
}

/// Most items are about their publisher's own state, some about none or about others as well.
fn states(n: usize, dice: &mut Dice) -> Vec<State> {
    let own = State::ALL[n / 30 % SOURCES % 18];
    match dice.roll(10) {
        0..7 => vec![own],
        7 | 8 => Vec::new(),
        _ => vec![own, State::ALL[dice.zipf(18)]],
    }
}

fn judged(n: usize, all: usize, now: Moment, dice: &mut Dice) -> Judged {
    let at = now.ms() - (all - n) as i64 * 300_000;
    let words: Vec<String> = (0..45).map(|_| format!("wort{}", dice.zipf(20_000))).collect();
    let id = format!("i{n:09}");
    let lead = (n > 40 && dice.roll(10) == 0).then(|| format!("i{:09}", n - 1 - dice.roll(40)));
    let event = (dice.roll(12) == 0).then(|| Event {
        start: When::At(Moment::from_ms(at + 14 * 86_400_000)),
        end: None,
        all_day: false,
        place: Some("Beispielstadt".into()),
        online: false,
        registration: None,
        organiser: None,
        status: model::Status::Confirmed,
    });
    let item = Item {
        kind: if event.is_some() { Kind::Event } else { Kind::News },
        url: format!("https://amt{}.example/DE/Presse/Meldungen/2026/{n}.html", n % SOURCES),
        title: words[..8].join(" "),
        kicker: None,
        summary: words[8..].join(" "),
        published: Some(Moment::from_ms(at)),
        updated: None,
        lang: "de".into(),
        source: SourceRef { id: String::new(), name: String::new(), url: String::new(), licence: None },
        states: states(n, dice),
        topics: (0..dice.roll(3)).map(|_| TOPICS[dice.zipf(14)].to_owned()).collect(),
        relevance: 0.7,
        story: Story { id: lead.unwrap_or_else(|| id.clone()), size: 1, ..Story::default() },
        image: None,
        event,
        why: vec![Why {
            label: "topic:noots".into(),
            field: "title".into(),
            text: words[0].clone(),
            start: 0,
            end: 8,
            rule: "r1".into(),
            weight: 1.0,
        }],
        id,
    };
    Judged { item, hash: n as i64, terms: terms(n, &words), marks: Vec::new(), relevant: n.is_multiple_of(2) }
}

/// As the analysis of German writes them: the words, and once more those of the title. All but one item in a hundred
/// have one word in common.
fn terms(n: usize, words: &[String]) -> String {
    let common = if n % 200 < 198 { "verwaltung" } else { "amt" };
    let title: Vec<String> = words[..8].iter().map(|word| format!("x1x{word}")).collect();
    format!("{} {common} x0x {}", words.join(" "), title.join(" "))
}

fn visit(source: &str, epoch: i64, now: Moment) -> Visit {
    Visit {
        source: source.into(),
        epoch,
        started: now,
        took_ms: 5,
        outcome: Outcome::Fresh,
        status: Some(200),
        bytes: 9_000,
        validators: Validators::default(),
        next_due: now,
        complaints: 0,
        memory: None,
    }
}

/// Keeps batches of 30 until there are so many items.
async fn fill(store: &Store, all: usize, now: Moment) {
    let sources: Vec<Source> = (0..SOURCES)
        .map(|n| Source {
            id: format!("quelle-{n}"),
            enabled: true,
            url: format!("https://amt{n}.example/rss"),
            publisher: Publisher {
                id: format!("amt-{n}"),
                name: format!("Amt {n}"),
                home: format!("https://amt{n}.example/"),
                licence: None,
            },
            ..Source::default()
        })
        .collect();
    store.sync(&sources, now).await.unwrap();
    let mut dice = Dice(0x5eed);
    let have = store.counts().await.unwrap().items as usize;
    let (mut leasing, mut keeping, mut lending, mut worst) =
        (Duration::ZERO, Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let batches = (have..all).collect::<Vec<_>>();
    let total = Instant::now();
    let mut count = 0;
    for (number, chunk) in batches.chunks(30).enumerate() {
        let id = format!("quelle-{}", number % SOURCES);
        let changes = chunk.iter().map(|n| Change::New(judged(*n, all, now, &mut dice))).collect();
        let start = Instant::now();
        let lease = store.lease(Pick::Named(std::slice::from_ref(&id)), now, 1, 60_000).await.unwrap().remove(0);
        leasing += start.elapsed();
        if number % 50 == 0 {
            let start = Instant::now();
            store.known(&id).await.unwrap();
            lending += start.elapsed() * 50;
        }
        let start = Instant::now();
        store.keep(&visit(&id, lease.epoch, now), &Batch { changes, ..Batch::default() }, now).await.unwrap();
        keeping += start.elapsed();
        worst = worst.max(start.elapsed());
        count += 1;
    }
    if count > 0 {
        let each = |time: Duration| time / count;
        println!(
            "filled {} items in {:.1?}: per batch of 30 lease {:.2?}, lend {:.2?}, keep {:.2?} (worst {worst:.2?}), {:.0} items/s kept",
            batches.len(),
            total.elapsed(),
            each(leasing),
            each(lending),
            each(keeping),
            batches.len() as f64 / keeping.as_secs_f64()
        );
        let start = Instant::now();
        for turn in 0..300 {
            let id = format!("quelle-{turn}");
            let lease = store.lease(Pick::Named(std::slice::from_ref(&id)), now, 1, 60_000).await.unwrap().remove(0);
            store.keep(&visit(&id, lease.epoch, now), &Batch::default(), now).await.unwrap();
        }
        println!("300 unchanged turns (lease and keep): {:.2?} each", start.elapsed() / 300);
    }
}

/// Measures one question; a word with a minus must not be.
async fn measure(store: &Store, asked: &str, words: &[&str], now: Moment) {
    let pairs = asked.split('&').filter_map(|pair| pair.split_once('='));
    let mut query = Query::from_pairs(pairs).unwrap();
    query.q = (!words.is_empty()).then(|| words.join(" "));
    let (not, must): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| word.starts_with('-'));
    let phrase = |word: &str, sign: &str| Phrase {
        terms: vec![format!("{sign}{}", word.trim_start_matches('-').trim_end_matches('*'))],
        open: word.ends_with('*'),
    };
    let better = must.iter().flat_map(|word| [(phrase(word, "x1x"), 12), (phrase(word, "x3x"), 3)]).collect();
    let must = must.iter().map(|word| vec![vec![phrase(word, "")]]).collect();
    let asked_words = Words { must, not: not.iter().map(|word| phrase(word, "")).collect(), better };
    let mut times = Vec::new();
    let mut total = 0;
    for _run in 0..15 {
        let start = Instant::now();
        let page = store.find(&query, &asked_words, now).await.unwrap();
        times.push(start.elapsed());
        total = page.total;
    }
    let first = times[0];
    times.sort();
    println!("{:>9.2?} {:>9.2?} {:>9.2?} {total:>8}  {asked} {}", first, times[7], times[14], words.join(" "));
}

async fn open(place: &str) -> Store {
    match place.starts_with("postgres://") {
        true => Store::connect(place, 10).await.unwrap(),
        false => Store::open(std::path::Path::new(place)).await.unwrap(),
    }
}

#[tokio::main]
async fn main() {
    let mut args = std::env::args().skip(1);
    let all: usize = args.next().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let folder = std::env::temp_dir().join("amtsticker-fill");
    let place = args.next().unwrap_or_else(|| folder.join(format!("{all}.db")).display().to_string());
    let now = Moment::parse("2026-11-21T12:00:00+01:00").unwrap();
    let store = open(&place).await;
    fill(&store, all, now).await;
    store.close().await;

    let start = Instant::now();
    let store = open(&place).await;
    println!(
        "opened in {:.2?}, {:?}, {} MB",
        start.elapsed(),
        store.counts().await.unwrap(),
        std::fs::metadata(&place).map_or(0, |file| file.len() >> 20)
    );
    println!("{:>9} {:>9} {:>9} {:>8}", "first", "median", "worst", "total");
    for asked in [
        "",
        "stories=1",
        "kind=news&stories=1",
        "kind=event&since=0h&stories=1",
        "kind=event",
        "state=BW",
        "state=EU",
        "state=BW,HH&topic=noots",
        "state=EU&topic=recht&stories=1",
        "source=quelle-7&stories=1",
        "since=7d&stories=1",
        "since=365d&stories=1",
        "until=2026-01-01",
        "kind=news&since=30d&topic=ozg",
        "sort=soonest",
        "limit=200&stories=1",
        "explain=1",
    ] {
        measure(&store, asked, &[], now).await;
    }
    for (asked, words) in [
        ("stories=1", vec!["wort19000"]),
        ("", vec!["wort500"]),
        ("stories=1", vec!["wort1"]),
        ("", vec!["verwaltung"]),
        ("stories=1", vec!["verwaltung"]),
        ("sort=relevance", vec!["wort500"]),
        ("sort=relevance&stories=1", vec!["wort1", "wort2"]),
        ("sort=relevance", vec!["verwaltung"]),
        ("", vec!["wort190*"]),
        ("", vec!["wor*"]),
        ("state=BW&stories=1", vec!["wort50", "wort60"]),
    ] {
        measure(&store, asked, &words, now).await;
    }
    let many: Vec<String> = (0..38).map(|n| format!("-wort{}", 7 * n + 1)).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let most: Vec<&str> = many.iter().map(|word| &word[1..]).collect();
    for (asked, words) in [
        ("", vec!["-wort500"]),
        ("stories=1", vec!["-wort1"]),
        ("stories=1", vec!["-verwaltung"]),
        ("stories=1&sort=soonest", vec!["-wort500"]),
        ("stories=1", many.clone()),
        ("kind=event&since=0h&stories=1", many),
        ("stories=1&sort=soonest", vec!["verwaltung"]),
        ("stories=1&sort=soonest", vec!["verwaltung", "-wort1"]),
        ("stories=1", most),
    ] {
        measure(&store, asked, &words, now).await;
    }
    store.close().await;
}
