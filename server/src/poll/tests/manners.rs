//! What a visited site sees of us: sessions kept, validators given to nobody else, moves believed late, robots.txt
//! obeyed.

use super::*;

#[tokio::test]
async fn a_cookie_wall_lets_us_in_and_no_other_source_sees_the_cookie() {
    let origin = Origin::start().await;
    let wall = || Answer::redirect("/feed.xml;jsessionid=1").header("Set-Cookie", "JSESSIONID=1; Path=/; HttpOnly");
    origin.at("/feed.xml").then(wall());
    origin.at("/feed.xml;jsessionid=1").then(feed());
    origin.at("/other.xml").then(feed());
    let sources = vec![source("a", origin.url("/feed.xml")), source("b", origin.url("/other.xml"))];
    let (poller, store) = poller(sources, &config()).await;
    poller.once(&[]).await.unwrap();
    poller.once(&[]).await.unwrap();
    assert_eq!(said(&state(&store, "a").await), "unchanged");
    let cookies = |path: &str| {
        let requests = origin.requests(path);
        requests.iter().map(|request| request.header("cookie").unwrap_or("-").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(cookies("/feed.xml"), ["-", "JSESSIONID=1"], "the session is kept for the next visit");
    assert_eq!(cookies("/feed.xml;jsessionid=1"), ["JSESSIONID=1"; 2]);
    assert_eq!(cookies("/other.xml"), ["-", "-"]);
    let request = &origin.requests("/other.xml")[0];
    assert_eq!(request.header("from"), Some("cdo@example.bund.de"));
    assert!(request.header("user-agent").unwrap().contains("(+cdo@example.bund.de)"));
}

#[tokio::test]
async fn a_wall_that_answers_400_with_its_cookie_lets_us_in_at_once() {
    let origin = Origin::start().await;
    let wall = || Answer::status(400).header("Set-Cookie", "AL_SESS=1; Path=/");
    origin.at("/feed.xml").then(wall()).then(feed());
    origin.at("/shut.xml").then(wall());
    let sources = vec![source("a", origin.url("/feed.xml")), source("b", origin.url("/shut.xml"))];
    let (poller, store) = poller(sources, &config()).await;
    poller.once(&[]).await.unwrap();
    assert_eq!(said(&state(&store, "a").await), "fresh");
    assert_eq!(origin.requests("/feed.xml")[1].header("cookie"), Some("AL_SESS=1"));
    assert_eq!(state(&store, "b").await.last_status, Some(400));
    assert_eq!(origin.requests("/shut.xml").len(), 2, "and who is not is asked no third time");
}

#[tokio::test]
async fn validators_go_to_the_address_that_gave_them_and_to_no_other() {
    let (origin, stranger) = (Origin::start().await, Origin::start().await);
    origin.at("/old.xml").then(Answer::redirect("/new.xml")).then(Answer::redirect(&stranger.url("/trap.xml")));
    origin.at("/new.xml").then(feed());
    stranger.at("/trap.xml").then(feed());
    let (poller, _) = poller(vec![source("a", origin.url("/old.xml"))], &config()).await;
    poller.once(&[]).await.unwrap();
    poller.once(&[]).await.unwrap();
    let asked = |origin: &Origin, path: &str| {
        origin.requests(path).iter().map(origin::Request::is_conditional).collect::<Vec<_>>()
    };
    assert_eq!(asked(&origin, "/old.xml"), [false, false]);
    assert_eq!(asked(&origin, "/new.xml"), [false]);
    assert_eq!(asked(&stranger, "/trap.xml"), [false], "a stranger learns no tag");

    origin.at("/old.xml").then(Answer::redirect("/new.xml"));
    let (poller, store) = super::poller(vec![source("a", origin.url("/old.xml"))], &config()).await;
    origin.forget_requests();
    poller.once(&[]).await.unwrap();
    poller.once(&[]).await.unwrap();
    assert_eq!(asked(&origin, "/new.xml"), [false, true], "who gave them gets them back");
    assert_eq!(state(&store, "a").await.last_status, Some(304));
}

#[tokio::test]
async fn a_server_that_contradicts_itself_is_asked_without_validators() {
    let origin = Origin::start().await;
    let tagged = |text: &str| Answer::body(text, RSS).header("ETag", "\"immer\"");
    let later = FEED.replace("Registerplan", "Cloudplan");
    origin
        .at("/a.xml")
        .then(tagged(FEED).without_validators())
        .then(tagged(&later).without_validators())
        .then(tagged(&later));
    let (poller, store) = poller(vec![source("a", origin.url("/a.xml"))], &config()).await;
    for _ in 0..3 {
        poller.once(&[]).await.unwrap();
    }
    let asked: Vec<bool> = origin.requests("/a.xml").iter().map(origin::Request::is_conditional).collect();
    assert_eq!(asked, [false, true, false]);
    assert_eq!(said(&state(&store, "a").await), "unchanged", "the same bytes again");
}

#[tokio::test]
async fn robots_txt_holds_for_pages_and_as_the_entry_says_for_feeds() {
    let origin = Origin::start().await;
    let robots = "User-agent: *\nDisallow: /SiteGlobals/\nAllow: /SiteGlobals/RSS/";
    origin.at("/robots.txt").then(Answer::body(robots, "text/plain"));
    for path in ["/SiteGlobals/a.xml", "/SiteGlobals/b.xml", "/SiteGlobals/RSS/c.xml"] {
        origin.at(path).then(feed());
    }
    let obliged = source("a", origin.url("/SiteGlobals/a.xml"));
    let excused = Source { robots: model::Robots::Feed, ..source("b", origin.url("/SiteGlobals/b.xml")) };
    let allowed = source("c", origin.url("/SiteGlobals/RSS/c.xml"));
    let page = Source { format: Format::Html, id: "d".into(), ..excused.clone() };
    let (poller, store) = poller(vec![obliged, excused, allowed, page], &config()).await;
    let summary = poller.once(&[]).await.unwrap();
    assert_eq!((summary.visited, summary.failed), (4, 2));
    let a = state(&store, "a").await;
    assert!(
        matches!(&a.last_outcome, Some(Outcome::Suspect(Trouble::Blocked, why)) if why.contains("Disallow: /SiteGlobals/")),
        "{a:?}"
    );
    assert_eq!(said(&state(&store, "b").await), "fresh");
    assert_eq!(said(&state(&store, "c").await), "fresh");
    assert!(said(&state(&store, "d").await).starts_with("blocked"), "of a page the rules always hold");
    assert!(origin.requests("/SiteGlobals/a.xml").is_empty());
    poller.once(&[]).await.unwrap();
    assert_eq!(origin.requests("/robots.txt").len(), 1, "asked once a day");
}

#[tokio::test]
async fn robots_txt_holds_where_a_redirect_leads() {
    let (origin, stranger) = (Origin::start().await, Origin::start().await);
    origin.at("/robots.txt").then(Answer::body("User-agent: *\nDisallow: /intern/", "text/plain"));
    stranger.at("/robots.txt").then(Answer::body("User-agent: *\nDisallow: /", "text/plain"));
    origin.at("/near.xml").then(Answer::redirect("/intern/near.xml"));
    origin.at("/far.xml").then(Answer::redirect(&stranger.url("/far.xml")));
    origin.at("/intern/near.xml").then(feed());
    stranger.at("/far.xml").then(feed());
    let excused = Source { robots: model::Robots::Feed, ..source("c", origin.url("/far.xml")) };
    let sources = vec![source("a", origin.url("/near.xml")), source("b", origin.url("/far.xml")), excused];
    let (poller, store) = poller(sources, &config()).await;
    poller.once(&[]).await.unwrap();
    for id in ["a", "b"] {
        let said = said(&state(&store, id).await);
        assert!(said.starts_with("blocked") && said.contains("robots.txt forbids"), "{id}: {said}");
    }
    assert_eq!(said(&state(&store, "c").await), "fresh");
    assert_eq!((origin.requests("/intern/near.xml").len(), stranger.requests("/far.xml").len()), (0, 1));
}

#[tokio::test]
async fn a_robots_txt_that_cannot_be_reached_forbids_until_it_can() {
    let origin = Origin::start().await;
    origin.at("/robots.txt").then(503);
    origin.at("/a.xml").then(feed());
    let excused = Source { robots: model::Robots::Feed, ..source("b", origin.url("/a.xml")) };
    let (poller, store) = poller(vec![source("a", origin.url("/a.xml")), excused], &config()).await;
    poller.once(&[]).await.unwrap();
    assert!(said(&state(&store, "a").await).contains("RFC 9309"));
    assert_eq!(said(&state(&store, "b").await), "fresh", "only the rules are missing");
    assert_eq!(origin.requests("/a.xml").len(), 1);
}

#[tokio::test]
async fn two_refusals_leave_the_host_alone_and_what_is_due_there_is_given_back() {
    let catalogue: Vec<Source> =
        (0..3).map(|n| source(&format!("s{n}"), format!("https://limit.example/{n}.xml"))).collect();
    let (poller, store) = poller(catalogue, &config()).await;
    let visitor = &poller.turn().visitor;
    visitor.limited("https://limit.example/0.xml", Duration::from_secs(3600));
    visitor.limited("https://limit.example/1.xml", Duration::from_secs(3600));
    let mut running = Running::new();
    poller.start_due(&mut running, 9).await.unwrap();
    assert!(running.is_empty(), "nothing is asked of it");
    let waits: Vec<i64> =
        store.sources().await.unwrap().iter().map(|state| (state.next_due.ms() - now().ms()) / MINUTE).collect();
    assert!(waits.iter().all(|wait| (58..=61).contains(wait)), "{waits:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn copies_that_arrive_together_are_one_story() {
    let origin = Origin::start().await;
    let sources: Vec<Source> = (0..24).map(|n| source(&format!("s{n}"), origin.url(&format!("/{n}.xml")))).collect();
    (0..24).for_each(|n| drop(origin.at(&format!("/{n}.xml")).then(feed())));
    let (poller, store) = poller(sources, &config()).await;
    let summary = poller.once(&[]).await.unwrap();
    assert_eq!((summary.new, summary.failed), (48, 0));
    let counts = store.counts().await.unwrap();
    assert_eq!((counts.items, counts.stories), (48, 2), "each release is one story, whoever came first");
    assert_eq!(poller.once(&[]).await.unwrap().unchanged, 24);
}

#[tokio::test]
async fn validators_go_back_byte_for_byte() {
    let origin = Origin::start().await;
    let (tag, date) = ("W/\"Größe 7 'x'\"", "Donnerstag, 01-Jan-26 00:00:00 +0100");
    origin.at("/a.xml").then(feed().header("ETag", tag).header("Last-Modified", date));
    let (poller, store) = poller(vec![source("a", origin.url("/a.xml"))], &config()).await;
    poller.once(&[]).await.unwrap();
    poller.once(&[]).await.unwrap();
    let second = &origin.requests("/a.xml")[1];
    assert_eq!((second.header("if-none-match"), second.header("if-modified-since")), (Some(tag), Some(date)));
    assert_eq!(state(&store, "a").await.last_status, Some(304));
}

#[tokio::test]
async fn what_is_not_compressed_as_it_says_is_asked_for_once_more_and_plainly() {
    let origin = Origin::start().await;
    origin.at("/a.xml").then(feed().header("Content-Encoding", "gzip"));
    let (poller, store) = poller(vec![source("a", origin.url("/a.xml"))], &config()).await;
    poller.once(&[]).await.unwrap();
    assert_eq!(said(&state(&store, "a").await), "fresh");
    let requests = origin.requests("/a.xml");
    let accepted: Vec<_> = requests.iter().map(|request| request.header("accept-encoding").unwrap_or("-")).collect();
    assert!(matches!(accepted[..], [all, "identity"] if all.contains("zstd") && all.contains("br")), "{accepted:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_is_asked_by_so_many_at_a_time_and_no_faster_than_its_gap() {
    let gap = Duration::from_millis(60);
    let origin = Origin::start().await;
    let sources: Vec<Source> = (0..8).map(|n| source(&format!("s{n}"), origin.url(&format!("/{n}.xml")))).collect();
    (0..8).for_each(|n| drop(origin.at(&format!("/{n}.xml")).then(feed().slow(FEED.len() / 4, gap))));
    let config = FetchConfig { host_concurrency: 2, host_gap: gap, ..config() };
    let (poller, _) = poller(sources, &config).await;
    assert_eq!(poller.once(&[]).await.unwrap().failed, 0);
    assert_eq!(origin.most_at_once(), 2);
    let mut times: Vec<_> = origin.all_requests().iter().map(|request| request.at).collect();
    times.sort_unstable();
    let closest = times.windows(2).map(|two| two[1] - two[0]).min().unwrap();
    // What is sent that far apart may arrive a little closer.
    assert!(closest > gap / 2, "{closest:?}");
    assert_eq!(times.len(), 9, "robots.txt is one of them");
    // A connection is free again a moment after its answer was read; who asks within it opens a third. Of three one is
    // free whenever somebody may ask: there is never a fourth.
    let connections = origin.connections();
    assert!(connections <= 3, "connections are used again: {connections} for 9 requests");
}

#[tokio::test]
async fn a_crawl_delay_holds_over_the_end_of_a_process() {
    let gap = Duration::from_millis(1300);
    let origin = Origin::start().await;
    origin.at("/robots.txt").then(Answer::body("User-agent: *\nCrawl-delay: 1.3", "text/plain"));
    origin.at("/a.xml").then(feed());
    let (first, store) = poller(vec![source("a", origin.url("/a.xml"))], &config()).await;
    let second = Poller::new(store, Arc::clone(&first.turn().catalogue), &config()).unwrap();
    for process in [first, second] {
        assert_eq!(process.once(&[]).await.unwrap().failed, 0);
    }
    let asked: Vec<_> = origin.requests("/a.xml").iter().map(|request| request.at).collect();
    assert_eq!((asked.len(), origin.requests("/robots.txt").len()), (2, 1));
    // What is sent that far apart may arrive a little closer.
    assert!(asked[1] - asked[0] > gap * 9 / 10, "{asked:?}");
}

/// The catalogue is read again: the store has it a moment before the poller.
#[tokio::test]
async fn a_source_that_only_the_store_knows_yet_waits_a_moment_and_is_no_trouble() {
    let (poller, store) = poller(vec![source("a", "https://a.example/1.xml".into())], &config()).await;
    store.sync(&[source("neu", "https://neu.example/1.xml".into())], now()).await.unwrap();
    let mut running = Running::new();
    poller.start_due(&mut running, 9).await.unwrap();
    assert!(running.is_empty());
    let wait = state(&store, "neu").await.next_due.ms() - now().ms();
    assert!((1..=3_000).contains(&wait), "{wait}");
}
