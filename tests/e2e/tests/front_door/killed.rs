//! `kill -9` in the middle of a poll costs nothing: the next poll brings the same items, none twice.

use std::collections::BTreeSet;

use e2e::{House, rss};
use origin::{Answer, Origin};

const FEEDS: usize = 10;
const ITEMS: usize = 15;

fn feed(nth: usize) -> String {
    let texts: Vec<_> = (0..ITEMS)
        .map(|item| {
            (format!("Registermodernisierung, Bericht {nth}.{item}"), format!("Absatz {item} zum Thema NOOTS."))
        })
        .collect();
    let items: Vec<_> = texts.iter().map(|(title, teaser)| (title.as_str(), teaser.as_str())).collect();
    rss(&format!("amt-{nth}"), &items)
}

fn house(origin: &Origin) -> House {
    let house = House::new("");
    let sources: Vec<_> =
        (0..FEEDS).map(|nth| (format!("amt-{nth}"), origin.url(&format!("/{nth}.xml")), "every = \"1h\"")).collect();
    house.publisher("aemter", &["BUND"], &sources);
    house
}

async fn ids(house: &House) -> Vec<String> {
    let serving = house.serve().await;
    let items = serving.all_items("").await;
    let ids = items.iter().map(|item| item["id"].as_str().expect("an item has an id").to_owned()).collect();
    assert!(serving.stop().await, "a server that is asked to stop ends well");
    ids
}

#[tokio::test]
async fn killed_polls_leave_no_trace() {
    let origin = Origin::start().await;
    let script = |nth: usize| origin.at(&format!("/{nth}.xml"));
    for nth in 0..FEEDS {
        script(nth).serve(feed(nth), "application/rss+xml");
    }
    let undisturbed = house(&origin);
    assert_eq!(undisturbed.poll(&[]).await.summary.new, (FEEDS * ITEMS) as u64);
    let expected: BTreeSet<_> = ids(&undisturbed).await.into_iter().collect();
    assert_eq!(expected.len(), FEEDS * ITEMS);

    for seen in [1, 4, FEEDS] {
        let house = house(&origin);
        // The last feed asked for never answers, so the poll cannot end before it is killed.
        origin.forget_requests();
        for nth in 0..FEEDS {
            script(nth).serve(feed(nth), "application/rss+xml");
        }
        script(FEEDS - 1).then(Answer::silence());
        let mut poll = house.start_poll();
        origin.asked(&format!("/{}.xml", FEEDS - 1), 1).await;
        let others: Vec<_> = (0..FEEDS - 1).map(|nth| format!("/{nth}.xml")).collect();
        for path in others.iter().take(seen) {
            origin.asked(path, 1).await;
        }
        poll.kill().await.expect("kill -9 of our own child");

        script(FEEDS - 1).serve(feed(FEEDS - 1), "application/rss+xml");
        let after = house.poll(&[]).await;
        assert_eq!((after.summary.visited, after.summary.failed), (FEEDS as u64, 0), "{}", after.log);
        let found = ids(&house).await;
        assert_eq!(found.len(), expected.len(), "killed after {seen}: none is there twice");
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected, "killed after {seen}");
    }
}
