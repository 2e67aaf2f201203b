//! What happens where feed-rs refuses what was mended: it should not, so the case is made by hand.

use super::super::mend::{self, Note};
use super::complete;

#[test]
fn an_entry_that_cannot_be_read_costs_itself_only() {
    let mut mended =
        mend::mend("<rss><channel><title>Amt</title><item><title>Eins</title></item></channel></rss>").unwrap();
    mended.entries.push(("<item><title>Zwei</item>".into(), Note::default()));
    mended.entries.push(("<item><title>Drei</title></item>".into(), Note::default()));
    let reading = complete(mended, None);
    let titles: Vec<_> = reading.entries.iter().filter_map(|entry| entry.title.as_deref()).collect();
    assert_eq!((reading.title.as_deref(), titles), (Some("Amt"), vec!["Eins", "Drei"]));
    let complaints: Vec<_> = reading.complaints.iter().map(|c| (c.what.as_str(), c.entry)).collect();
    assert_eq!(complaints, [("repaired", None), ("entry", Some(1))]);
}
