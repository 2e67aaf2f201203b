//! `serve`: the query language over HTTP, its answers in each format, its errors, its caching.

use e2e::{Day, House, Serving, calendar, get_with, rss};
use origin::Origin;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value, json};

/// A house with three Hamburg items, two Bavarian ones, and three events of which one is Hamburg's.
async fn settled(origin: &Origin) -> House {
    let hamburg = [
        ("NOOTS: Hamburg bindet Register an", "In Hamburg werden Register an NOOTS angebunden."),
        ("E-Akte in Hamburger Bezirksämtern", "Die Hamburger Bezirke führen die E-Akte ein."),
        ("Hamburg startet KI-Chatbot", "Ein Chatbot beantwortet in Hamburg Fragen zur Ummeldung."),
    ];
    let bayern = [
        ("Bayern bindet Register an NOOTS an", "Bayerische Register folgen der Registermodernisierung."),
        ("OZG: Bayerns Landkreise gehen online", "Onlinedienste in Bayern."),
    ];
    let termine = [
        ("Hamburger Fachtag zur E-Akte", Day(12)),
        ("Bayerischer Fachtag zur Registermodernisierung", Day(20)),
        ("NOOTS-Sprechstunde für bayerische Kommunen", Day(30)),
    ];
    origin.at("/hh.xml").serve(rss("hh", &hamburg), "application/rss+xml");
    origin.at("/by.xml").serve(rss("by", &bayern), "application/rss+xml");
    origin.at("/termine.ics").serve(calendar("termine", &termine), "text/calendar");
    let house = House::new("");
    house.publisher("hamburg", &["HH"], &[("hh".to_owned(), origin.url("/hh.xml"), "every = \"1h\"")]);
    house.publisher("bayern", &["BY"], &[("by".to_owned(), origin.url("/by.xml"), "every = \"1h\"")]);
    let more = "every = \"1h\"\nformat = \"ics\"\nevents = true";
    house.publisher("kalender", &[], &[("termine".to_owned(), origin.url("/termine.ics"), more)]);
    let poll = house.poll(&[]).await;
    assert_eq!((poll.summary.new, poll.summary.failed), (8, 0), "{}", poll.log);
    house
}

async fn items(serving: &Serving, query: &str) -> Value {
    let reply = serving.get(&format!("/api/v1/items{query}")).await;
    assert_eq!(reply.status, 200, "{query}: {}", reply.body);
    assert!(reply.header("content-type").starts_with("application/json"), "{reply:?}");
    reply.json()
}

fn titles(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().expect("a page has items");
    items.iter().map(|item| item["title"].as_str().expect("an item has a title")).collect()
}

#[tokio::test]
async fn a_filter_gives_what_it_says_and_facets_ignore_their_own_selection() {
    let origin = Origin::start().await;
    let house = settled(&origin).await;
    let serving = house.serve().await;
    assert_eq!(serving.get("/healthz").await.status, 200);

    let all = items(&serving, "").await;
    assert_eq!((all["total"].as_u64(), all["next"].is_null()), (Some(8), true), "{all}");
    let hamburg = items(&serving, "?state=HH").await;
    assert_eq!(hamburg["total"], 4, "{hamburg}");
    for item in hamburg["items"].as_array().expect("items") {
        assert!(item["states"].as_array().is_some_and(|states| states.contains(&json!("HH"))), "{item}");
        assert!(item["url"].as_str().is_some_and(|url| url.starts_with("https://")), "{item}");
    }
    assert_eq!(hamburg["facets"]["state"], all["facets"]["state"], "a facet ignores its own selection");
    assert_eq!(hamburg["facets"]["kind"], json!({ "news": 3, "event": 1 }), "and honours the others");
    assert_eq!(hamburg["facets"]["state"]["BY"], 4);

    let both = items(&serving, "?state=HH&state=BY&kind=news").await;
    assert_eq!(both["total"], 5);
    assert_eq!(both["facets"]["kind"], all["facets"]["kind"]);
    assert_eq!(items(&serving, "?state=HH,BY&kind=news").await["total"], 5);
    let noots = items(&serving, "?topic=noots&kind=news").await;
    assert_eq!(noots["total"], 2, "{:?}", titles(&noots));
    assert_eq!(items(&serving, "?source=by").await["total"], 2);

    let events = items(&serving, "?kind=event").await;
    let starts: Vec<_> =
        events["items"].as_array().expect("items").iter().map(|item| &item["event"]["start"]).collect();
    assert_eq!(starts.len(), 3);
    assert!(starts.is_sorted_by_key(|start| start.as_str()), "soonest first: {starts:?}");
    let none = items(&serving, "?state=SL").await;
    assert_eq!((none["total"].as_u64(), titles(&none).len()), (Some(0), 0));
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_overlap() {
    let origin = Origin::start().await;
    let house = settled(&origin).await;
    let serving = house.serve().await;
    let all = items(&serving, "?kind=news&limit=200").await;
    let mut seen = Vec::new();
    let mut page = items(&serving, "?kind=news&limit=2").await;
    loop {
        assert_eq!(page["total"], 5);
        seen.extend(titles(&page).into_iter().map(str::to_owned));
        let Some(next) = page["next"].as_str() else { break };
        page = items(&serving, &format!("?kind=news&limit=2&cursor={next}")).await;
    }
    assert_eq!(seen, titles(&all));
}

#[tokio::test]
async fn what_is_not_understood_is_named() {
    let origin = Origin::start().await;
    let house = settled(&origin).await;
    let serving = house.serve().await;
    for (query, parameter, value, allowed) in [
        ("stat=HH", "stat", "HH", "state"),
        ("state=HH,XX", "state", "XX", "SH"),
        ("kind=termin", "kind", "termin", "event"),
        ("topic=nots", "topic", "nots", "noots"),
        ("source=nirgends", "source", "nirgends", "hh"),
        ("limit=201", "limit", "201", "1 to 200"),
        ("since=gestern", "since", "gestern", "7d"),
        ("cursor=%00", "cursor", "\0", ""),
    ] {
        for path in ["/api/v1/items", "/feeds/atom.xml", "/feeds/events.ics"] {
            let reply = serving.get(&format!("{path}?{query}")).await;
            assert_eq!(reply.status, 400, "{path}?{query}");
            assert!(reply.header("content-type").starts_with("application/problem+json"), "{reply:?}");
            let problem = reply.json();
            assert_eq!((problem["parameter"].as_str(), problem["value"].as_str()), (Some(parameter), Some(value)));
            let words = problem["allowed"].as_array().unwrap_or_else(|| panic!("{query}: {problem}"));
            assert!(allowed.is_empty() || words.iter().any(|word| word == allowed), "{query}: {problem}");
        }
    }
    assert_eq!(serving.get("/api/v1/nirgends").await.status, 404);
}

#[tokio::test]
async fn the_same_filter_gives_a_feed_a_calendar_and_a_page() {
    let origin = Origin::start().await;
    let house = settled(&origin).await;
    let serving = house.serve().await;

    let atom = serving.get("/feeds/atom.xml?state=HH&kind=news").await;
    assert!(atom.header("content-type").starts_with("application/atom+xml"), "{atom:?}");
    assert_eq!(elements(&atom.body, "entry"), 3, "{}", atom.body);
    assert_eq!((elements(&atom.body, "feed"), elements(&atom.body, "published")), (1, 3), "{}", atom.body);

    let feed = serving.get("/feeds/feed.json?state=HH&kind=news").await;
    assert!(feed.header("content-type").starts_with("application/feed+json"), "{feed:?}");
    let feed = feed.json();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["items"].as_array().map(Vec::len), Some(3));

    let events = serving.get("/feeds/events.ics").await;
    assert!(events.header("content-type").starts_with("text/calendar"), "{events:?}");
    let lines: Vec<_> = events.body.split("\r\n").collect();
    assert_eq!((lines[0], lines[lines.len() - 2], lines[lines.len() - 1]), ("BEGIN:VCALENDAR", "END:VCALENDAR", ""));
    assert!(lines.iter().all(|line| line.len() <= 75), "lines are folded at 75 octets");
    for name in ["BEGIN:VEVENT", "END:VEVENT"] {
        assert_eq!(lines.iter().filter(|line| **line == name).count(), 3);
    }
    assert_eq!(lines.iter().filter(|line| line.starts_with("UID:")).count(), 3);
    assert!(lines.iter().any(|line| line.starts_with("DTSTART") && line.contains(&Day(12).basic())), "{}", events.body);

    let page = serving.get("/embed?topic=noots").await;
    assert!(page.status == 200 && page.header("content-type").starts_with("text/html"));
    assert!(page.body.contains("Bayern bindet Register an NOOTS an") && !page.body.contains("KI-Chatbot"));
}

/// How many elements of that name a well-formed document has.
fn elements(text: &str, name: &str) -> usize {
    let mut reader = Reader::from_str(text);
    let mut count = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if tag.name().as_ref() == name => count += 1,
            Ok(Event::Eof) => return count,
            Ok(_) => {}
            Err(error) => panic!("not well-formed: {error} in {text}"),
        }
    }
}

#[tokio::test]
async fn who_holds_the_answer_gets_a_304() {
    let origin = Origin::start().await;
    let house = settled(&origin).await;
    let serving = house.serve().await;
    for path in ["/api/v1/items?state=HH", "/feeds/atom.xml", "/feeds/feed.json", "/feeds/events.ics", "/panel"] {
        let first = serving.get(path).await;
        let tag = first.header("etag").to_owned();
        assert!(first.status == 200 && !tag.is_empty(), "{path}: {first:?}");
        let again = get_with(&serving.address, path, &[("If-None-Match", &tag)]).await;
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{path}");
        let other = get_with(&serving.address, path, &[("If-None-Match", "\"another\"")]).await;
        assert_eq!((other.status, other.body == first.body), (200, true), "{path}");
    }
}
