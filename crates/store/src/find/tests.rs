//! What the contract cannot see: that the database walks the way that was chosen, and sorts only what is small.

use model::{Phrase, Query, Words};

use super::*;

/// The plan for the keys of a page on a way, as SQLite words it. A word with a minus must not be.
async fn plan(store: &Store, asked: &str, q: &str, path: filter::Path) -> String {
    let pairs = asked.split('&').filter_map(|pair| pair.split_once('='));
    let mut query = Query::from_pairs(pairs).unwrap();
    query.q = (!q.is_empty()).then(|| q.to_owned());
    let (not, must): (Vec<&str>, Vec<&str>) = q.split_whitespace().partition(|word| word.starts_with('-'));
    let phrase = |word: &str| Phrase { terms: vec![word.trim_start_matches('-').to_owned()], open: false };
    let must = must.into_iter().map(|word| vec![vec![phrase(word)]]).collect();
    let words = Words { must, not: not.into_iter().map(phrase).collect(), better: vec![(phrase("better"), 1)] };
    let mut tx = store.read().await.unwrap();
    let shelves = store.shelves(&mut tx).await.unwrap();
    let cursor = Some(Cursor { order: query.order(), generation: 1, seq: 1 << 50, rank: 0 });
    let (order, stories) = (query.order(), query.stories.unwrap_or(false));
    let ask = Ask {
        query: &query,
        order,
        better: &words.better,
        stories,
        cursor,
        fits: shelves.fits(&query),
        shelves,
        generation: 1,
    };
    let filter = Filter::of(store.dialect(), &query, &words, Moment::from_ms(0));
    let keys = keys::statement(&ask, &filter, path);
    let rows = keys.explained("explain query plan ").fetch_all(&mut tx).await.unwrap();
    rows.iter().map(|row| row.try_get::<String>(3).unwrap()).collect::<Vec<_>>().join("; ")
}

#[tokio::test]
async fn every_list_walks_its_index() {
    use filter::Path::{Events, List, Shelves, Span, Words};
    let store = Store::memory().await.unwrap();
    for (asked, q, path, index, sorts) in [
        ("", "", List, "SEARCH i USING COVERING INDEX item_list (seq<?)", false),
        ("stories=1", "", List, "SEARCH i USING INDEX item_list (seq<?)", false),
        ("since=7d", "", List, "SEARCH i USING COVERING INDEX item_list (seq<?)", false),
        ("kind=event", "", Events, "SEARCH i USING COVERING INDEX item_events", false),
        ("kind=event&since=0h&stories=1", "", Events, "SEARCH i USING INDEX item_events", false),
        ("", "", Shelves, "USING COVERING INDEX item_shelf", true),
        ("since=7d", "", Span, "SEARCH i USING COVERING INDEX item_span (ends>?)", true),
        ("", "register", Words, "SCAN w VIRTUAL TABLE INDEX", false),
    ] {
        let plan = plan(&store, asked, q, path).await;
        assert!(plan.contains(index), "{asked} {q} {path:?}: {plan}");
        assert_eq!(plan.contains("TEMP B-TREE FOR ORDER BY"), sorts, "{asked} {q} {path:?}: {plan}");
        assert!(!plan.contains("SCAN i\n") && !plan.contains("SCAN j"), "{asked} {q} {path:?}: {plan}");
    }
}

/// A correlated look at the terms, once per item, made a search for nothing but `-digital` take a second.
#[tokio::test]
async fn terms_are_looked_up_once_for_all_rows() {
    use filter::Path::{Events, List, Shelves, Span, Words};
    let store = Store::memory().await.unwrap();
    for (asked, q, path) in [
        ("", "-digital", List),
        ("stories=1", "-digital -cloud", List),
        ("stories=1", "-digital", Shelves),
        ("since=7d&stories=1", "-digital", Span),
        ("kind=event&stories=1", "-digital", Events),
        ("stories=1", "register -digital", Words),
    ] {
        let plan = plan(&store, asked, q, path).await;
        // SQLite plans what must be asked anew for each row as correlated; the search for a better item of the
        // same story is such, and it alone.
        let correlated = plan.matches("CORRELATED").count();
        assert_eq!(correlated, usize::from(asked.contains("stories")), "{asked} {q} {path:?}: {plan}");
        assert!(plan.contains("LIST SUBQUERY") || path == Words, "{asked} {q} {path:?}: {plan}");
        assert_eq!(plan.contains("SEARCH j"), asked.contains("stories"), "{asked} {q} {path:?}: {plan}");
        assert!(!plan.contains("SEARCH j USING INTEGER PRIMARY KEY"), "{asked} {q} {path:?}: {plan}");
    }
}
