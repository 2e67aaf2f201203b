//! What the demo promises: enough of everything, nothing twice, a polite origin.

use std::collections::{BTreeMap, BTreeSet};

use model::State;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::*;

const TOPICS: [&str; 27] = [
    "registermodernisierung",
    "noots",
    "digitalcheck",
    "cdo",
    "ozg",
    "eid",
    "ki",
    "cloud",
    "open-source",
    "it-sicherheit",
    "datenschutz",
    "eakte",
    "smart-city",
    "standards",
    "recht",
    "personal",
    "finanzen",
    "barrierefreiheit",
    "daten",
    "gesundheit",
    "bildung",
    "justiz",
    "migration",
    "kommunal",
    "veranstaltung",
    "staatsmodernisierung",
    "infrastruktur",
];

fn now() -> Moment {
    Moment::parse("2026-11-21T10:00:00+01:00").unwrap()
}

fn posts() -> Vec<content::Post> {
    content::load().unwrap().posts("http://127.0.0.1:1", now())
}

fn address(demo: &Demo) -> SocketAddr {
    let url = demo.sources[0].url.strip_prefix("http://").unwrap();
    url.split('/').next().unwrap().parse().unwrap()
}

async fn get(address: SocketAddr, path: &str, headers: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

#[test]
fn what_is_authored_as_one_story_is_one_and_nothing_else_is() {
    let content = content::load().unwrap();
    let rules = curate::Rules::new(&crate::catalogue::load(None).unwrap());
    let (mut told, mut matter) = (Vec::new(), Vec::new());
    for (nth, item) in content.items.iter().enumerate() {
        for post in item.posts(now()) {
            let id = format!("{:03}", told.len());
            told.push(model::Told {
                story: id.clone(),
                matter: id.clone(),
                url: format!("https://{}.example/{}", post.source, post.slug),
                source: post.source,
                title: post.title.replace('\u{ad}', ""),
                kicker: post.kicker,
                summary: post.teaser.replace('\u{ad}', ""),
                at: post.published,
                event: false,
                id,
            });
            matter.push(nth);
        }
    }
    let until: Vec<i64> = told.iter().map(|told| told.at.ms()).collect();
    let mut found: Vec<Vec<usize>> = vec![Vec::new(); content.items.len()];
    for (nth, group) in curate::stories::group(&told, &until, &rules).iter().enumerate() {
        for at in &group.members {
            assert_eq!(
                matter[*at], matter[group.members[0]],
                "{:?} || {:?}",
                told[*at].title, told[group.members[0]].title
            );
            found[matter[*at]].push(nth);
        }
    }
    let whole = found.iter().filter(|groups| groups.iter().all(|group| *group == groups[0])).count();
    assert_eq!(whole, content.items.len(), "a story of several is told as several");
}

#[test]
fn an_event_that_several_announce_is_one_entry() {
    let content = content::load().unwrap();
    let rules = curate::Rules::new(&crate::catalogue::load(None).unwrap());
    let posts = posts();
    let mut batches: Vec<model::Batch> = Vec::new();
    for habit in &content.habits {
        let own: Vec<_> = posts.iter().filter(|post| post.source == habit.id).cloned().collect();
        let rendered = render::document(habit, &own, "http://127.0.0.1:1");
        let document = model::Document {
            url: format!("http://127.0.0.1:1{}", habit.path),
            media_type: Some(rendered.media_type.to_owned()),
            bytes: rendered.bytes,
        };
        let source = source(habit, "http://127.0.0.1:1");
        let entries = formats::read(&document, &source).entries;
        batches.push(curate::curate(entries, &source, &rules, &model::Recent::default(), now()));
    }
    let moved = curate::events::tell(&mut batches, &[], &rules);
    let items: Vec<&model::Item> = batches
        .iter()
        .flat_map(|batch| &batch.changes)
        .filter_map(|change| if let model::Change::New(judged) = change { Some(&judged.item) } else { None })
        .collect();
    let mut told = 0;
    for event in content.events.iter().filter(|event| !event.copies.is_empty()) {
        let titles: Vec<String> = event.posts("", 0, now()).into_iter().map(|post| post.title).collect();
        let tellers: Vec<&&model::Item> = items.iter().filter(|item| titles.contains(&item.title)).collect();
        assert_eq!(tellers.len(), titles.len(), "{titles:?}");
        let lead = |item: &model::Item| moved.get(&item.id).unwrap_or(&item.id).clone();
        let leads: BTreeSet<String> = tellers.iter().map(|item| lead(item)).collect();
        assert_eq!(leads.len(), 1, "{titles:?}");
        told += titles.len();
    }
    assert!(told >= 3, "one event with three tellers at least, not {told}");
    assert_eq!(moved.len(), told - content.events.iter().filter(|event| !event.copies.is_empty()).count(), "{moved:?}");
}

#[test]
fn there_is_enough_of_everything() {
    let (content, posts) = (content::load().unwrap(), posts());
    assert!(posts.len() >= 120, "{} items", posts.len());
    assert!(posts.iter().filter(|post| post.event.is_some()).count() >= 25);
    assert!(content.items.iter().filter(|item| !item.copies.is_empty()).count() >= 10);
    assert!(content.habits.len() >= 8);

    let mut about = BTreeMap::<&str, usize>::new();
    for word in posts.iter().flat_map(|post| post.about.split(' ')) {
        *about.entry(word).or_default() += 1;
    }
    for state in State::ALL {
        assert!(about.remove(state.code()) >= Some(3), "{state}");
    }
    for topic in TOPICS {
        assert!(about.remove(topic) >= Some(3), "{topic}");
    }
    assert!(about.remove("beteiligung") >= Some(3));
    assert!(about.is_empty(), "neither state nor topic: {about:?}");
}

#[test]
fn a_story_is_told_by_different_publishers_and_addresses_are_unique() {
    let content = content::load().unwrap();
    for item in &content.items {
        let tellers: BTreeSet<_> = item.copies.iter().map(|copy| &copy.source).chain([&item.source]).collect();
        assert_eq!(tellers.len(), item.copies.len() + 1, "{item:?}");
    }
    let posts = posts();
    let addresses: BTreeSet<_> = posts.iter().map(|post| (&post.source, &post.slug)).collect();
    assert_eq!(addresses.len(), posts.len());
    let known: BTreeSet<_> = content.habits.iter().map(|habit| &habit.id).collect();
    assert!(posts.iter().all(|post| known.contains(&post.source)));
    for habit in &content.habits {
        assert!(posts.iter().filter(|post| post.source == habit.id).count() >= 5, "{}", habit.id);
    }
}

#[test]
fn news_lie_behind_and_events_ahead_on_working_days() {
    for day in 0..14 {
        let now = Moment::from_ms(now().ms() + day * 86_400_000);
        let posts = content::load().unwrap().posts("http://127.0.0.1:1", now);
        assert!(
            posts
                .iter()
                .all(|post| post.published < now && post.published > Moment::from_ms(now.ms() - 31 * 86_400_000))
        );
        for event in posts.iter().filter_map(|post| post.event.as_ref()) {
            let ahead = event.start.date().days() - now.date().days();
            assert!((1..=60).contains(&ahead) && event.start.date().weekday() < 5, "{event:?}");
            assert!(event.end.is_none_or(|end| end.start() > event.start.start()), "{event:?}");
        }
    }
}

#[tokio::test]
async fn every_source_answers_and_answers_304_to_its_own_tag() {
    let demo = start(now()).await.unwrap();
    let address = address(&demo);
    for source in &demo.sources {
        let path = source.url.strip_prefix(&base(address)).unwrap();
        let whole = get(address, path, "").await;
        assert!(whole.starts_with("HTTP/1.1 200 OK\r\n") && whole.contains("Beispiel"), "{path}: {whole}");
        let tag = whole.split("etag: ").nth(1).unwrap().split("\r\n").next().unwrap();
        let again = get(address, path, &format!("If-None-Match: {tag}\r\n")).await;
        assert!(again.starts_with("HTTP/1.1 304 ") && again.ends_with("\r\n\r\n"), "{path}: {again}");
    }
    assert!(get(address, "/elsewhere", "").await.starts_with("HTTP/1.1 404 "));
}

#[tokio::test]
async fn each_habit_of_real_sites_is_there() {
    let demo = start(now()).await.unwrap();
    let address = address(&demo);
    let (rss, listing) = (get(address, "/bund/rss.xml", "").await, get(address, "/nrw/aktuelles", "").await);
    let link = rss.split("/a/beispiel-bund/").nth(1).unwrap().split("</link>").next().unwrap();
    assert!(link.contains(";jsessionid=") && link.ends_with("?nn=4711"), "{link}");
    assert!(rss.contains("\u{c2}\u{ad}modernisierung"), "soft hyphens, as UTF-8");
    let article = get(address, &format!("/a/beispiel-bund/{link}"), "").await;
    assert!(article.starts_with("HTTP/1.1 200 OK\r\n") && article.contains("frei erfunden"));
    assert!(get(address, "/kommunalblatt/feed", "").await.contains("<title>HessenZw\u{c3}\u{b6}lf St"));
    assert!(get(address, "/kuestenbote/feed.rss", "").await.contains("<title>Hamburg: Bezirks"));
    let old = get(address, "/amtsbote/rss.php", "").await;
    assert!(old.contains("encoding=\"iso-8859-1\"") && old.contains("Th\u{fc}ringen") && old.contains("&#8211;"));
    assert!(listing.contains("<base href=\"/\">") && listing.contains("20.11.2026, 12:00 Uhr"));
    let calendar = get(address, "/kalender/termine.ics", "").await;
    assert!(calendar.contains("STATUS:CANCELLED\r\n") && calendar.contains("DTSTART;VALUE=DATE:2026"));
    assert!(calendar.lines().all(|line| line.len() <= 150), "folded");
    let academy = get(address, "/akademie/veranstaltungen.xml", "").await;
    assert!(academy.contains("Termin: Mittwoch, 25.\u{c2}\u{a0}November 2026, 10:00 bis 12:00 Uhr."), "{academy}");
}
