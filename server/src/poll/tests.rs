//! The poller against a real origin that fails in every way we know of: what each visit says, when the next one is,
//! and that the other sources went on.

use std::io::Write as _;

use model::catalogue::Certainty;
use model::{Format, Source, Trouble};
use origin::{Answer, Origin};
use store::SourceState;

use super::*;

mod clock;
mod events;
mod manners;
mod moved;
mod proxied;
mod secured;

const MINUTE: i64 = 60_000;

const FEED: &str = "<rss version=\"2.0\"><channel><title>Amt</title><link>https://amt.example/</link>\
    <item><title>Land stellt Registerplan vor</title><link>https://amt.example/1</link><guid>1</guid></item>\
    <item><title>Amt bindet NOOTS an</title><link>https://amt.example/2</link><guid>2</guid></item></channel></rss>";
const RSS: &str = "application/rss+xml";

/// Limits that a test can wait for.
fn config() -> FetchConfig {
    FetchConfig {
        allow_private: vec!["127.0.0.0/8".to_owned()],
        contact: "cdo@example.bund.de".to_owned(),
        host_gap: Duration::ZERO,
        host_concurrency: 64,
        concurrency: 64,
        first_byte_timeout: Duration::from_millis(1500),
        idle_timeout: Duration::from_millis(1500),
        timeout: Duration::from_millis(4000),
        max_bytes: 1 << 20,
        direct: true,
        ..FetchConfig::default()
    }
}

fn source(id: &str, url: String) -> Source {
    let publisher = model::Publisher { id: "amt".into(), name: "Amt".into(), ..model::Publisher::default() }.into();
    let (format, status) = (Format::Feed, Certainty::V);
    Source {
        id: id.into(),
        publisher,
        url,
        format,
        enabled: true,
        status,
        every_seconds: Some(3600),
        ..Source::default()
    }
}

/// A poller of these sources, and its store.
async fn poller(sources: Vec<Source>, config: &FetchConfig) -> (Poller, Store) {
    let catalogue = Arc::new(crate::catalogue::with_sources(sources).unwrap());
    let store = Store::memory().await.unwrap();
    store.sync(&catalogue.sources, now()).await.unwrap();
    (Poller::new(store.clone(), catalogue, config).unwrap(), store)
}

async fn state(store: &Store, id: &str) -> SourceState {
    store.sources().await.unwrap().into_iter().find(|state| state.id == id).unwrap()
}

fn said(state: &SourceState) -> String {
    match state.last_outcome.as_ref().unwrap() {
        Outcome::Fresh => "fresh".to_owned(),
        Outcome::NotModified => "unchanged".to_owned(),
        Outcome::Gone => "gone".to_owned(),
        Outcome::Suspect(trouble, why) => format!("{}: {why}", trouble.word()),
        Outcome::Failed(why) => format!("failed: {why}"),
    }
}

/// What a visit is to say (all of the words), with which status, and the bounds of the wait in minutes.
struct Case {
    name: &'static str,
    answer: Answer,
    says: &'static [&'static str],
    status: Option<u16>,
    wait: (i64, i64),
}

const FINE: (i64, i64) = (15, 24 * 60);
const SOON: (i64, i64) = (4, 15);

fn case(name: &'static str, answer: Answer, says: &'static [&'static str], status: Option<u16>) -> Case {
    let wait = if says[0] == "fresh" { FINE } else { SOON };
    Case { name, answer, says, status, wait }
}

fn feed() -> Answer {
    Answer::body(FEED, RSS)
}

fn bomb() -> Vec<u8> {
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    (0..50).for_each(|_| zip.write_all(&vec![b' '; 1 << 20]).unwrap());
    zip.finish().unwrap()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap()
}

fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut zip = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap()
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &brotli::enc::BrotliEncoderParams::default()).unwrap();
    out
}

/// A frame of one block that is stored as it is (RFC 8878, 3.1.1).
fn zstd(bytes: &[u8]) -> Vec<u8> {
    let size = u16::try_from(bytes.len() - 256).unwrap().to_le_bytes();
    let block = (u32::try_from(bytes.len()).unwrap() << 3 | 1).to_le_bytes();
    [&[0x28, 0xb5, 0x2f, 0xfd, 0x60][..], &size, &block[..3], bytes].concat()
}

/// Bodies that are compressed, or said to be.
fn codings() -> Vec<Case> {
    let coded = |bytes: Vec<u8>, coding: &str| Answer::body(bytes, RSS).header("Content-Encoding", coding);
    let bytes = FEED.as_bytes();
    let zip = origin::gzip(bytes);
    // Nothing of it can be read as it is; of what is stored as it is, some can.
    let small = gzipped(bytes);
    let blanks = vec![b' '; 50 << 20];
    vec![
        case("gzip", coded(zip.clone(), "gzip"), &["fresh"], Some(200)),
        case("deflate", coded(zipped(bytes), "deflate"), &["fresh"], Some(200)),
        case("brotli", coded(brotli(bytes), "br"), &["fresh"], Some(200)),
        case("zstd", coded(zstd(bytes), "zstd"), &["fresh"], Some(200)),
        case("gzip bomb", coded(bomb(), "gzip"), &["failed", "larger than 1048576 bytes"], Some(200)),
        case("brotli bomb", coded(brotli(&blanks), "br"), &["failed", "larger than 1048576 bytes"], Some(200)),
        case("gzip that is none", coded(bytes.to_vec(), "gzip"), &["fresh"], Some(200)),
        case("brotli that is none", coded(bytes.to_vec(), "br"), &["fresh"], Some(200)),
        case("zstd that is none", coded(bytes.to_vec(), "zstd"), &["fresh"], Some(200)),
        case("unknown encoding", coded(bytes.to_vec(), "x-geheim"), &["fresh"], Some(200)),
        case("gzip that ends too soon", coded(zip[..zip.len() / 2].to_vec(), "gzip"), &["failed"], Some(200)),
        case("gzip that nobody says", Answer::body(small.clone(), RSS), &["fresh"], Some(200)),
        case("gzip by its old name", coded(small.clone(), "x-gzip"), &["fresh"], Some(200)),
        case("gzip within gzip", coded(gzipped(&small), "gzip, gzip"), &["fresh"], Some(200)),
        case("a bomb that nobody says", Answer::body(bomb(), RSS), &["failed", "larger than 1048576"], Some(200)),
        case("gzip that nobody says and ends too soon", Answer::body(&small[..90], RSS), &["failed"], Some(200)),
        case("deflate without its wrapper", coded(zipped(bytes)[2..].to_vec(), "deflate"), &["fresh"], Some(200)),
    ]
}

/// Bodies and how they travel.
fn bodies() -> Vec<Case> {
    let pause = Duration::from_millis(50);
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n";
    let raw = |rest: &str| Answer::raw(format!("{head}{rest}"));
    vec![
        case("slow head", raw(&format!("\r\n{FEED}")).slow(1, pause), &["failed", "no answer within"], None),
        case("slow body", feed().slow(1, pause), &["failed", "too long"], None),
        case("silent body", feed().slow(40, Duration::from_secs(5)), &["failed", "silent"], Some(200)),
        case("silence", Answer::silence(), &["failed", "no answer within"], None),
        case("reset in mid-body", feed().reset_after(100), &["failed", "broke off"], Some(200)),
        case("cut in mid-body", feed().truncated_after(100), &["failed", "broke off"], Some(200)),
        case(
            "cut in mid-chunk",
            raw("Transfer-Encoding: chunked\r\n\r\nff\r\n<rss"),
            &["failed", "broke off"],
            Some(200),
        ),
        case("endless", feed().endless(), &["failed", "larger than"], Some(200)),
        case("HTTP/1.0", Answer::raw(format!("HTTP/1.0 200 OK\r\n\r\n{FEED}")), &["fresh"], Some(200)),
        case("no HTTP", Answer::raw("kein HTTP\r\n\r\n"), &["failed"], None),
        case("16 KB header", feed().header("X-Lang", &"x".repeat(16 << 10)), &["fresh"], Some(200)),
        case(
            "wrong charset",
            feed().header("Content-Type", "application/rss+xml; charset=utf-99"),
            &["fresh"],
            Some(200),
        ),
        case("cookie wall", feed().behind_a_cookie_wall("JSESSIONID"), &["fresh"], Some(200)),
        case(
            "too short for its length",
            raw(&format!("Content-Length: 9999\r\n\r\n{FEED}")),
            &["failed", "broke off"],
            Some(200),
        ),
        case("a length that is none", raw(&format!("Content-Length: viel\r\n\r\n{FEED}")), &["failed"], None),
        case("two lengths", raw(&format!("Content-Length: 60\r\nContent-Length: 70\r\n\r\n{FEED}")), &["failed"], None),
        // What stands behind the announced end belongs to nothing.
        case("too long for its length", raw(&format!("Content-Length: 60\r\n\r\n{FEED}")), &["fresh"], Some(200)),
    ]
}

/// Statuses, and what they ask for.
fn statuses() -> Vec<Case> {
    let status = |status: u16| Answer::status(status);
    let timed = |name, answer, says, status, from: i64, to: i64| Case {
        wait: (from, to),
        ..case(name, answer, says, Some(status))
    };
    let page = format!(
        "<!doctype html><html><head><title>Seite nicht gefunden</title></head><body>{}</body></html>",
        "<p>x</p>".repeat(20_000)
    );
    vec![
        case("304 to who has nothing", Answer::raw("HTTP/1.1 304 Not Modified\r\n\r\n"), &["failed", "304"], Some(304)),
        case("200 with an error page", Answer::body(page.clone(), "text/html"), &["failed"], Some(200)),
        case(
            "404 with a long page",
            Answer::raw(format!("HTTP/1.1 404 Not Found\r\n\r\n{page}")),
            &["failed", "404"],
            Some(404),
        ),
        case("206", Answer::raw(format!("HTTP/1.1 206 Partial Content\r\n\r\n{FEED}")), &["failed", "206"], Some(206)),
        case("400", status(400), &["failed", "400"], Some(400)),
        case("401", status(401), &["failed", "401"], Some(401)),
        case("403", status(403), &["failed", "403"], Some(403)),
        case(
            "403 of a wall",
            status(403).header("cf-mitigated", "challenge"),
            &["blocked", "403", "Cloudflare"],
            Some(403),
        ),
        case(
            "503 of a wall",
            Answer::raw("HTTP/1.1 503 Nein\r\n\r\n<script src=/cdn-cgi/challenge-platform/x>"),
            &["blocked", "bot wall"],
            Some(503),
        ),
        timed("410", status(410), &["gone"], 410, 24 * 60, 25 * 60 + 1),
        case("500", status(500), &["failed", "500"], Some(500)),
        case("503", status(503), &["failed", "503"], Some(503)),
    ]
}

/// Hosts that ask us to stay away.
fn refusals() -> Vec<Case> {
    let status = |status: u16| Answer::status(status);
    let timed = |name, answer, says, status, from: i64, to: i64| Case {
        wait: (from, to),
        ..case(name, answer, says, Some(status))
    };
    let later = |seconds: u64| httpdate::fmt_http_date(std::time::SystemTime::now() + Duration::from_secs(seconds));
    vec![
        timed("429 in seconds", status(429).header("Retry-After", "7200"), &["failed", "429"], 429, 119, 121),
        timed("429 with a date", status(429).header("Retry-After", &later(7200)), &["failed", "429"], 429, 118, 121),
        case("429 with nonsense", status(429).header("Retry-After", "bald"), &["failed", "429"], Some(429)),
        timed("429 with a year", status(429).header("Retry-After", "31536000"), &["failed", "429"], 429, 1439, 1441),
        timed("503 in seconds", status(503).header("Retry-After", "7200"), &["failed", "503"], 503, 119, 121),
    ]
}

/// Redirects, to everywhere they must not lead.
fn redirects(origin: &Origin) -> Vec<Case> {
    let mut cases = vec![
        case("redirect", Answer::redirect("/fine"), &["fresh"], Some(200)),
        case("loop", Answer::redirect(&origin.url("/loop")), &["failed", "more than 5 redirects"], None),
        case("redirect to nowhere", Answer::status(302), &["failed", "without saying where to"], None),
        case("redirect to no address", Answer::redirect("http://[::"), &["failed", "no address"], None),
    ];
    for target in [
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://10.1/",
        "http://0xa.1/",
        "http://0x0a000001/",
        "http://012.0.0.1/",
        "http://167772161/",
        "http://10.0.0.1./",
        "http://１０.0.0.1/",
        "http://amt.example@10.0.0.1/",
        "//10.0.0.1/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[::10.0.0.1]/",
        "http://[::]/",
        "http://[64:ff9b:1::1]/",
        "http://[64:ff9b::a00:1]/",
        "http://[2002:a00:1::]/",
        "http://[2001:0:a00:1::]/",
        "ftp://amt.example/",
        "file:///etc/passwd",
        "data:text/xml,<rss/>",
        "gopher://10.0.0.1/",
    ] {
        cases.push(case(target, Answer::redirect(target), &["failed", "refused"], None));
    }
    cases
}

/// What the visit of a case said that it should not have.
async fn wrong(store: &Store, id: &str, case: &Case) -> Option<String> {
    let state = state(store, id).await;
    let (said, wait) = (said(&state), (state.next_due.ms() - state.last_visit?.ms()) / MINUTE);
    let fits = case.says.iter().all(|word| said.contains(word))
        && state.last_status == case.status
        && (case.wait.0..=case.wait.1).contains(&wait);
    (!fits).then(|| format!("{}: {said:?}, status {:?}, next in {wait} min", case.name, state.last_status))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_way_to_fail_is_an_outcome_and_costs_no_other_source() {
    let origin = Origin::start().await;
    let cases: Vec<Case> = bodies().into_iter().chain(codings()).chain(statuses()).chain(redirects(&origin)).collect();
    origin.at("/fine").then(feed());
    let mut sources = vec![source("fine", origin.url("/fine"))];
    for (n, case) in cases.iter().enumerate() {
        let path = if case.name == "loop" { "/loop".to_owned() } else { format!("/{n}") };
        origin.at(&path).then(case.answer.clone());
        sources.push(source(&format!("s{n}"), origin.url(&path)));
    }
    let (poller, store) = poller(sources, &config()).await;
    let begun = std::time::Instant::now();
    let summary = poller.once(&[]).await.unwrap();
    assert_eq!(summary.visited as usize, cases.len() + 1);
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    assert_eq!(said(&state(&store, "fine").await), "fresh", "the others went on");
    let mut mistakes = Vec::new();
    for (n, case) in cases.iter().enumerate() {
        mistakes.extend(wrong(&store, &format!("s{n}"), case).await);
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

#[tokio::test]
async fn who_asks_us_to_stay_away_is_left_alone_for_as_long_but_never_longer_than_a_day() {
    // Each with a poller of its own: the second refusal would be the host's.
    for case in refusals() {
        let origin = Origin::start().await;
        origin.at("/a").then(case.answer.clone());
        let (poller, store) = poller(vec![source("a", origin.url("/a"))], &config()).await;
        poller.once(&[]).await.unwrap();
        assert_eq!(wrong(&store, "a", &case).await, None);
    }
}
