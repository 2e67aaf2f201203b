//! A made-up stock: words by Zipf's law, a tenth of the items in stories, one in twelve an event, most of them about
//! their publisher's own state. The same in every run.
//!
//! It is written as poll turns write it, in batches of thirty, so that what is measured on it stands as it would.

use std::sync::Arc;

use model::{
    Batch, Change, Event, Item, Judged, Kind, Moment, Outcome, Publisher, Source, SourceRef, State, Story, Validators,
    Visit, When, Why,
};
use store::{Moves, Pick, Store, StoreError};

/// Topics that the built-in catalogue has.
pub const TOPICS: [&str; 14] = [
    "registermodernisierung",
    "noots",
    "ozg",
    "digitalcheck",
    "ki",
    "cloud",
    "eid",
    "standards",
    "daten",
    "it-sicherheit",
    "open-source",
    "smart-city",
    "staatsmodernisierung",
    "recht",
];
/// Items of one turn, and turns that are kept together.
const BATCH: usize = 30;
const TOGETHER: usize = 20;
/// An item every five minutes.
const EVERY_MS: i64 = 300_000;

/// The moment at which all of it is done: the newest item is five minutes old.
#[must_use]
pub fn now() -> Moment {
    Moment::from_ms(1_795_258_800_000)
}

/// A small generator (xorshift64*): the same numbers in every run.
#[derive(Debug)]
pub struct Dice(pub u64);

impl Dice {
    /// A number below this one.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % sides
    }

    /// Small numbers often, large ones seldom.
    pub fn zipf(&mut self, sides: usize) -> usize {
        let bound = self.roll(sides) + 1;
        let bound = self.roll(bound) + 1;
        self.roll(bound)
    }
}

/// What stock to make up.
#[derive(Clone, Copy, Debug)]
pub struct Stock {
    /// How many sources bring it.
    pub sources: usize,
    /// Every so many-th item is relevant.
    pub every: usize,
}

impl Stock {
    /// The sources that bring it, none of which can be reached.
    #[must_use]
    pub fn sources(&self) -> Vec<Source> {
        let source = |n: usize| Source {
            id: format!("quelle-{n}"),
            enabled: true,
            url: format!("https://amt{n}.example/rss"),
            publisher: Arc::new(Publisher {
                id: format!("amt-{n}"),
                name: format!("Amt {n}"),
                home: format!("https://amt{n}.example/"),
                licence: None,
            }),
            ..Source::default()
        };
        (0..self.sources).map(source).collect()
    }

    /// Adds items until there are so many.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn fill(&self, store: &Store, all: usize) -> Result<(), StoreError> {
        store.sync(&self.sources(), now()).await?;
        let mut dice = Dice(0x5eed);
        let have = store.counts().await?.items as usize;
        let items: Vec<usize> = (have..all).collect();
        for (number, some) in items.chunks(BATCH * TOGETHER).enumerate() {
            let ids: Vec<String> =
                (0..TOGETHER).map(|n| format!("quelle-{}", (number * TOGETHER + n) % self.sources)).collect();
            let leases = store.lease(Pick::Named(&ids), now(), TOGETHER as u32, 60_000).await?;
            let turns: Vec<(Visit, Batch)> = some
                .chunks(BATCH)
                .zip(&leases)
                .map(|(some, lease)| {
                    let changes = some.iter().map(|n| Change::New(self.judged(*n, all, &mut dice))).collect();
                    (self.visit(&lease.source, lease.epoch), Batch { changes, ..Batch::default() })
                })
                .collect();
            let turns: Vec<(&Visit, &Batch)> = turns.iter().map(|(visit, batch)| (visit, batch)).collect();
            store.keep_all(&turns, &Moves::default(), now()).await?;
        }
        Ok(())
    }

    /// A visit that went well.
    #[must_use]
    pub fn visit(&self, source: &str, epoch: i64) -> Visit {
        Visit {
            source: source.into(),
            epoch,
            started: now(),
            took_ms: 5,
            outcome: Outcome::Fresh,
            status: Some(200),
            bytes: 9_000,
            validators: Validators::default(),
            next_due: now(),
            complaints: 0,
            memory: None,
        }
    }

    /// An item that says nothing.
    #[must_use]
    pub fn plain(&self, id: &str) -> Item {
        Item {
            id: id.to_owned(),
            kind: Kind::News,
            url: String::new(),
            title: String::new(),
            kicker: None,
            summary: String::new(),
            published: None,
            updated: None,
            lang: "de".into(),
            source: SourceRef { id: String::new(), name: String::new(), url: String::new(), licence: None },
            states: Vec::new(),
            topics: Vec::new(),
            relevance: 0.7,
            story: Story { id: id.to_owned(), size: 1, ..Story::default() },
            image: None,
            event: None,
            why: Vec::new(),
        }
    }

    /// Item number `n` of so many.
    fn judged(&self, n: usize, all: usize, dice: &mut Dice) -> Judged {
        let at = now().ms() - (all - n) as i64 * EVERY_MS;
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
            url: format!("https://amt{}.example/DE/Presse/Meldungen/2026/{n}.html", n % self.sources),
            title: words[..8].join(" "),
            summary: words[8..].join(" "),
            published: Some(Moment::from_ms(at)),
            states: self.states(n, dice),
            topics: (0..dice.roll(3)).map(|_| TOPICS[dice.zipf(14)].to_owned()).collect(),
            story: Story { id: lead.unwrap_or_else(|| id.clone()), size: 1, ..Story::default() },
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
            ..self.plain(&id)
        };
        let relevant = n.is_multiple_of(self.every);
        Judged { item, hash: n as i64, terms: terms(n, &words), marks: Vec::new(), evidence: String::new(), relevant }
    }

    /// Most items are about their publisher's own state, some about none or about others as well.
    fn states(&self, n: usize, dice: &mut Dice) -> Vec<State> {
        let own = State::ALL[n / BATCH % self.sources % 18];
        match dice.roll(10) {
            0..7 => vec![own],
            7 | 8 => Vec::new(),
            _ => vec![own, State::ALL[dice.zipf(18)]],
        }
    }
}

/// As the analysis of German writes them: the words, and once more those of the title. All but one item in a hundred
/// have one word in common.
fn terms(n: usize, words: &[String]) -> String {
    let common = if n % 200 < 198 { "verwaltung" } else { "amt" };
    let title: Vec<String> = words[..8].iter().map(|word| format!("x1x{word}")).collect();
    format!("{} {common} x0x {}", words.join(" "), title.join(" "))
}
