//! Hundreds of sources, of every kind of misbehaviour that the origin can do, and some good ones that change.

use std::time::Duration;

use e2e::{Day, House, atom, calendar, json_feed, rss};
use origin::{Answer, Origin, gzip};

/// Limits that misbehaviour is to run into often. A host's pace is not what is tried here.
pub(crate) const CONFIG: &str = "first_byte_timeout = \"700ms\"\nidle_timeout = \"700ms\"\ntimeout = \"2s\"\n\
     max_bytes = 1000000\nconcurrency = 32\nhost_concurrency = 32\n\
     [http]\nadmin_token = \"nur-fuer-diesen-dauerlauf\"\ncache_bytes = 8000000\nheader_timeout = \"10s\"\n\
     write_timeout = \"10s\"\n";
/// What the operator's routes want to see.
pub(crate) const TOKEN: &str = "nur-fuer-diesen-dauerlauf";

/// Sources of each misbehaviour, and good ones.
const OF_EACH: usize = 12;
const GOOD: usize = 40;
const FEED: &str = "application/rss+xml";

fn feed(name: &str, round: usize) -> String {
    // What is published comes from a bounded stock, so that what is kept does not grow without end.
    let titles: Vec<String> =
        (0..8).map(|n| format!("NOOTS: Bericht {} der Beispielstelle", (round + n) % 24)).collect();
    let teasers: Vec<String> =
        (0..8).map(|n| format!("Register werden angebunden, Stand {}.", (round * 7 + n) % 48)).collect();
    let items: Vec<(&str, &str)> = titles.iter().zip(&teasers).map(|(title, teaser)| (&**title, &**teaser)).collect();
    rss(name, &items)
}

/// The ways to misbehave.
fn misbehaviours(origin: &Origin) -> Vec<Answer> {
    let good = || Answer::body(feed("amt", 0), FEED);
    let pause = Duration::from_millis(60);
    let bomb = gzip(&vec![b' '; 20 << 20]);
    let page = format!("<!doctype html><title>Nicht gefunden</title>{}", "<p>x</p>".repeat(20_000));
    let raw = |text: &str| Answer::raw(format!("HTTP/1.1 200 OK\r\nContent-Type: {FEED}\r\n{text}"));
    vec![
        Answer::silence(),
        raw("\r\n<rss>").slow(1, pause),
        good().slow(1, pause),
        good().slow(200, Duration::from_millis(20)),
        good().reset_after(100),
        good().truncated_after(100),
        raw("Transfer-Encoding: chunked\r\n\r\nff\r\n<rss"),
        good().endless(),
        Answer::body(bomb, FEED).header("Content-Encoding", "gzip"),
        good().header("Content-Encoding", "gzip"),
        good().header("Content-Encoding", "br"),
        Answer::redirect(&origin.url("/umweg")),
        Answer::redirect("http://10.0.0.1/"),
        Answer::redirect("http://[::ffff:192.168.0.1]/"),
        good().header("X-Lang", &"x".repeat(16 << 10)),
        good().header("Set-Cookie", "sitzung=1; Path=/"),
        raw("\r\nkein Feed, sondern Unsinn \u{fffd}"),
        Answer::raw("kein HTTP\r\n\r\n"),
        Answer::raw("HTTP/1.1 304 Not Modified\r\n\r\n"),
        Answer::body(page.clone(), "text/html"),
        Answer::raw(format!("HTTP/1.1 404 Not Found\r\n\r\n{page}")),
        Answer::status(401),
        Answer::status(403).header("cf-mitigated", "challenge"),
        Answer::status(410),
        Answer::status(500),
        Answer::status(503),
    ]
}

/// Publishes all of them; gives the ids of those whose visits may be asked for.
pub(crate) fn publish(house: &House, origin: &Origin) -> Vec<String> {
    origin.at("/umweg").then(Answer::redirect(&origin.url("/umweg")));
    let mut sources = Vec::new();
    for (kind, answer) in misbehaviours(origin).into_iter().enumerate() {
        for nth in 0..OF_EACH {
            let path = format!("/{kind}/{nth}");
            origin.at(&path).then(answer.clone());
            sources.push((format!("kind{kind}-{nth}"), origin.url(&path), "every = \"5m\""));
        }
    }
    for nth in 0..GOOD {
        sources.push((format!("gut-{nth}"), origin.url(&format!("/gut/{nth}")), "every = \"5m\""));
    }
    change(origin, 0);
    let ids = sources.iter().map(|(id, ..)| id.clone()).collect();
    // Who refuses twice speaks for its host: this one has a name of its own.
    origin.at("/zuviel").then(Answer::status(429).header("Retry-After", "1"));
    let limited = origin.url("/zuviel").replace("127.0.0.1", "localhost");
    sources.extend((0..OF_EACH).map(|nth| (format!("zuviel-{nth}"), limited.clone(), "every = \"5m\"")));
    house.publisher("dauerlauf", &["BUND"], &sources);
    ids
}

/// The good ones publish something else: feeds of each kind, and calendars.
pub(crate) fn change(origin: &Origin, round: usize) {
    for nth in 0..GOOD {
        let (name, round) = (format!("gut{nth}"), round + nth);
        let titles: Vec<String> =
            (0..6).map(|n| format!("Registermodernisierung, Stand {}", (round + n) % 24)).collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        let answer = match nth % 5 {
            0 => Answer::body(atom(&name, &titles), "application/atom+xml"),
            1 => Answer::body(json_feed(&name, &titles), "application/feed+json"),
            2 => {
                let days: Vec<(&str, Day)> =
                    titles.iter().enumerate().map(|(n, title)| (*title, Day(10 + n as u64))).collect();
                Answer::body(calendar(&name, &days), "text/calendar")
            }
            3 => Answer::body(feed(&name, round), FEED).gzipped(),
            _ => Answer::body(feed(&name, round), FEED),
        };
        origin.at(&format!("/gut/{nth}")).then(answer);
    }
}
