//! Stories in a real store: whoever comes first, alone or together, they are the same; and asking again changes nothing.

use model::{Moment, Outcome, Recent, Source, Validators};
use store::Pick;

use super::*;

/// Source and text of items, the same day in each: two releases with their copies, one report beside them, and one
/// that says too little to be kept apart from both.
const ITEMS: [(&str, &str, &str); 8] = [
    (
        "amt",
        "Lenkungsstelle Register nimmt Arbeit auf",
        "Die Lenkungsstelle Register hat mit 140 Fachleuten in Probstadt ihre Arbeit aufgenommen, sagte Leiterin Erna Muster zur E-Akte.",
    ),
    (
        "fach",
        "Probstadt: Lenkungsstelle Register ist da",
        "Mit 140 Fachleuten hat in Probstadt die Lenkungsstelle Register ihre Arbeit aufgenommen, sagte Leiterin Erna Muster zur E-Akte.",
    ),
    (
        "blatt",
        "Erna Muster leitet Lenkungsstelle Register",
        "In Probstadt arbeiten 140 Fachleute der Lenkungsstelle Register. Leiterin ist Erna Muster.",
    ),
    (
        "amt",
        "Serviceportal knackt Marke von 10.000 Nutzerkonten",
        "Nutzerkonten im Serviceportal der Verwaltung werden immer beliebter, die Marke von 10.000 ist geknackt.",
    ),
    (
        "fach",
        "Serviceportal knackt Marke von 20.000 Nutzerkonten",
        "Nutzerkonten im Serviceportal der Verwaltung werden immer beliebter, die Marke von 20.000 ist geknackt, am häufigsten für Führungszeugnisse.",
    ),
    (
        "blatt",
        "Serviceportal knackt nächste Marke",
        "Nutzerkonten im Serviceportal der Verwaltung werden immer beliebter, am häufigsten für Führungszeugnisse.",
    ),
    (
        "post",
        "Breitbandausbau der Verwaltung stockt",
        "In drei Landkreisen fehlen Tiefbaufirmen für das Glasfasernetz der Behörden.",
    ),
    (
        "post",
        "Lenkungsstelle Register stellt Fachleute ein",
        "140 Fachleute hat die Lenkungsstelle Register in Probstadt eingestellt, sagte Erna Muster.",
    ),
];

/// 2026-03-02.
const DAY: i64 = 1_772_406_000_000;

struct House {
    store: Store,
    judge: Judge,
    sources: Vec<Source>,
    rules: Arc<Rulebook>,
}

impl House {
    async fn new(rules: &Arc<Rulebook>) -> Self {
        let store = Store::memory().await.unwrap();
        let source = |id: &str| Source { id: id.to_owned(), enabled: true, threshold: 0.0, ..Source::default() };
        let sources: Vec<Source> = ["amt", "fach", "blatt", "post"].map(source).into();
        store.sync(&sources, now()).await.unwrap();
        House { judge: Judge::new(store.clone(), Places::new(16)), store, sources, rules: Arc::clone(rules) }
    }

    /// One turn of a source that brings these items.
    async fn turn(&self, source: &str, items: &[usize]) {
        let (visit, batch) = self.visit(source, items).await;
        self.judge.keep(visit, batch, Arc::clone(&self.rules)).await.unwrap();
    }

    /// The same, but for keeping it.
    async fn visit(&self, source: &str, items: &[usize]) -> (Visit, Batch) {
        let entries = items.iter().map(|n| Self::entry(source, *n, &n.to_string()));
        self.judged(source, entries.collect()).await
    }

    /// An item as an entry of a source, at an address.
    fn entry(source: &str, item: usize, at: &str) -> model::Entry {
        model::Entry {
            guid: Some(at.to_owned()),
            url: Some(format!("https://{source}.example/{at}")),
            title: Some(ITEMS[item].1.to_owned()),
            summary: Some(ITEMS[item].2.to_owned()),
            published: Some(Moment::from_ms(DAY + 3_600_000 * item as i64)),
            ..model::Entry::default()
        }
    }

    /// A visit of a source that brings these entries.
    async fn judged(&self, source: &str, entries: Vec<model::Entry>) -> (Visit, Batch) {
        let lease = self.store.lease(Pick::Named(&[source.to_owned()]), now(), 1, 60_000).await.unwrap().remove(0);
        let whose = self.sources.iter().find(|known| known.id == source).unwrap();
        let recent = Recent { known: self.store.known(source).await.unwrap(), ..Recent::default() };
        let batch = curate::curate(entries, whose, &self.rules, &recent, now());
        let visit = Visit {
            source: source.to_owned(),
            epoch: lease.epoch,
            started: now(),
            took_ms: 1,
            outcome: Outcome::Fresh,
            status: Some(200),
            bytes: 1,
            validators: Validators::default(),
            next_due: now(),
            complaints: 0,
            memory: None,
        };
        (visit, batch)
    }

    /// The titles of each story, in order.
    async fn stories(&self) -> Vec<Vec<String>> {
        let query = model::Query { limit: Some(100), ..model::Query::default() };
        let page = self.store.find(&query, &model::Words::default(), now()).await.unwrap();
        let mut stories = std::collections::BTreeMap::<String, Vec<String>>::new();
        for item in page.items {
            assert_eq!(item.story.others.len() + 1, item.story.size as usize);
            stories.entry(item.story.id).or_default().push(item.title);
        }
        let mut stories: Vec<Vec<String>> = stories.into_values().collect();
        stories.iter_mut().for_each(|titles| titles.sort_unstable());
        stories.sort_unstable();
        stories
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stories_do_not_depend_on_who_comes_first() {
    let rules = crate::rulebook::rulebook(&Arc::new(crate::catalogue::load(None).unwrap()));
    let together = House::new(&rules).await;
    let of = |source: &str| (0..ITEMS.len()).filter(|n| ITEMS[*n].0 == source).collect::<Vec<_>>();
    let (amt, fach, blatt, post) = (of("amt"), of("fach"), of("blatt"), of("post"));
    tokio::join!(
        together.turn("amt", &amt),
        together.turn("fach", &fach),
        together.turn("blatt", &blatt),
        together.turn("post", &post)
    );
    let stories = together.stories().await;
    let sizes: Vec<usize> = stories.iter().map(Vec::len).collect();
    assert_eq!(sizes.iter().sum::<usize>(), ITEMS.len());
    assert!(sizes.contains(&4) && sizes.contains(&2), "{stories:#?}");
    // One by one in 24 orders; a source lists what it had before as well.
    for turn in 0..24_usize {
        let house = House::new(&rules).await;
        let mut order: Vec<usize> = (0..ITEMS.len()).collect();
        order.rotate_left(turn % ITEMS.len());
        order.swap(turn % 3, 3 + turn % 5);
        if turn >= ITEMS.len() {
            order.reverse();
        }
        let mut listed: Vec<usize> = Vec::new();
        for n in order {
            listed.push(n);
            let source = ITEMS[n].0;
            let mine: Vec<usize> = listed.iter().copied().filter(|n| ITEMS[*n].0 == source).collect();
            house.turn(source, &mine).await;
        }
        assert_eq!(house.stories().await, stories, "order {turn}");
        let generation = house.store.generation().await.unwrap();
        for (source, items) in [("amt", &amt), ("fach", &fach), ("blatt", &blatt), ("post", &post)] {
            house.turn(source, items).await;
        }
        assert_eq!(house.store.generation().await.unwrap(), generation, "polling again changes nothing");
    }
}

#[tokio::test]
async fn who_is_under_way_is_waited_for_but_not_for_long() {
    let house = House::new(&crate::rulebook::rulebook(&Arc::new(crate::catalogue::load(None).unwrap()))).await;
    let [(one, its), (other, others), (last, of_last)] =
        [house.visit("amt", &[0]).await, house.visit("fach", &[1]).await, house.visit("blatt", &[2]).await];
    let keep = |visit, batch| house.judge.keep(visit, batch, Arc::clone(&house.rules));
    let before = house.store.generation().await.unwrap();
    let under_way = [house.judge.begin(), house.judge.begin()];
    let (one, other) = tokio::join!(keep(one, its), keep(other, others));
    assert_eq!((one.unwrap().new, other.unwrap().new), (1, 1));
    assert_eq!(house.store.generation().await.unwrap(), before + 1, "they were kept together");
    assert_eq!(keep(last, of_last).await.unwrap().new, 1, "those under way do not come");
    drop(under_way);
    assert_eq!(house.judge.under_way.load(Relaxed), 0);
}

#[tokio::test]
async fn copies_beyond_a_full_matter_find_each_other() {
    let house = House::new(&crate::rulebook::rulebook(&Arc::new(crate::catalogue::load(None).unwrap()))).await;
    // One release under 250 addresses. The first hundred, which fill a matter, are the newest; the others come in order
    // of their day, so that of equals that are met on either side the full ones are the best.
    for (nth, source) in
        ["amt", "fach", "blatt", "post", "amt", "fach", "blatt", "post", "amt", "fach"].iter().enumerate()
    {
        let later = if nth < 4 { 600 } else { 0 };
        let copy = |n: usize| model::Entry {
            published: Some(Moment::from_ms(DAY + 60_000 * (later + 25 * nth + n) as i64)),
            ..House::entry(source, 0, &format!("{nth}-{n}"))
        };
        let (visit, batch) = house.judged(source, (0..25).map(copy).collect()).await;
        house.judge.keep(visit, batch, Arc::clone(&house.rules)).await.unwrap();
    }
    let counts = house.store.counts().await.unwrap();
    assert_eq!(counts.items, 250);
    assert_eq!(counts.stories, 3, "a hundred, a hundred, and fifty");
}

#[test]
fn turns_go_together_until_they_are_many_or_bring_much() {
    let many = |items: &[usize]| as_many(items.iter().copied());
    assert_eq!((many(&[]), many(&[0; 100]), many(&[30; 100])), (0, TOGETHER, TOGETHER));
    assert_eq!((many(&[50; 100]), many(&[MOST_ITEMS, 0, 1])), (20, 2));
    assert_eq!((many(&[MOST_ITEMS * 9, 0]), many(&[1, MOST_ITEMS])), (1, 1), "one is always kept");
}
