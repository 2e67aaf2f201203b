//! Who is told with whom, and that neither order nor repetition changes it.

use model::{CalledOff, Item, When};
use proptest::prelude::*;

use super::*;
use crate::batch::curate;
use crate::testing::{RULES, at, entry, source};

/// An event of a source, as a batch brings it.
fn event(id: &str, start: &str, title: &str, place: &str) -> Judged {
    let source = source(&format!("quelle-{id}"));
    let batch = curate(
        vec![entry(title, &format!("https://{id}.example/"))],
        &source,
        &RULES,
        &model::Recent::default(),
        at("2026-03-02"),
    );
    let Some(Change::New(judged)) = batch.changes.into_iter().next() else { panic!("one item") };
    let start = When::parse(start).unwrap();
    let event = Event {
        start,
        end: None,
        all_day: matches!(start, When::Day(_)),
        place: Some(place.to_owned()).filter(|place| !place.is_empty()),
        online: false,
        registration: None,
        organiser: None,
        status: Status::Confirmed,
    };
    let story = model::Story { id: id.to_owned(), ..judged.item.story };
    Judged { item: Item { id: id.to_owned(), story, kind: Kind::Event, event: Some(event), ..judged.item }, ..judged }
}

fn ahead(judged: &Judged, story: &str) -> Ahead {
    let item = &judged.item;
    Ahead {
        id: item.id.clone(),
        story: story.to_owned(),
        source: item.source.id.clone(),
        url: item.url.clone(),
        title: item.title.clone(),
        event: item.event.clone().unwrap(),
    }
}

fn batch(judged: impl IntoIterator<Item = Judged>) -> Batch {
    Batch { changes: judged.into_iter().map(Change::New).collect(), ..Batch::default() }
}

/// Who follows whom, after all arrived in one batch.
fn told(all: Vec<Judged>, kept: &[Ahead]) -> String {
    let moves = tell(&mut [batch(all)], kept, &RULES);
    moves.iter().map(|(id, lead)| format!("{id}<{lead}")).collect::<Vec<_>>().join(" ")
}

fn five() -> Vec<Judged> {
    vec![
        event("a", "2026-06-19T10:00:00+02:00", "Führung durch das Rechenzentrum", "Leipzig"),
        event("b", "2026-06-19T14:00:00+02:00", "Führung durch das Rechenzentrum", "Leipzig"),
        event("c", "2026-06-19T10:00:00+02:00", "Führung durch das neue Rechenzentrum", "Alte Börse, Leipzig"),
        event("d", "2026-06-19T14:00:00+02:00", "Führung: Rechenzentrum", "Leipzig"),
        event("e", "2026-06-20", "Führung durch das Rechenzentrum", "Leipzig"),
    ]
}

#[test]
fn the_most_alike_go_together_and_nothing_joins_what_contradicts() {
    assert_eq!(told(five(), &[]), "c<a d<b");
    let vague = event("v", "2026-06-19", "Führung durch das Rechenzentrum", "Leipzig");
    let with = told(five().into_iter().chain([vague]).collect(), &[]);
    assert!(with == "c<a d<b v<a" || with == "c<a d<b v<b", "{with}");
}

#[test]
fn who_joins_follows_the_story_that_is_there() {
    let all = five();
    let kept = [ahead(&all[0], "a"), ahead(&all[1], "x")];
    assert_eq!(told(vec![all[2].clone(), all[3].clone()], &kept), "c<a d<x");
    assert_eq!(told(vec![all[0].clone()], &kept), "", "again: nothing new");
    // The announcement that came first stays the lead, though the calendar knows more.
    let first = event("k-00000001", "2026-06-20", "Führung durch das Rechenzentrum Nord", "");
    assert_eq!(told(vec![all[4].clone()], &[ahead(&first, "k-00000001")]), "e<k-00000001");
    assert_eq!(told(vec![all[4].clone(), first], &[]), "k-00000001<e", "an article that announces it leads nothing");
}

#[test]
fn a_moved_event_stays_in_its_story() {
    let all = five();
    let kept = [ahead(&all[0], "a"), ahead(&all[2], "a")];
    let moved = event("a", "2026-07-03T10:00:00+02:00", "Führung durch das Rechenzentrum", "Leipzig");
    assert_eq!(told(vec![moved], &kept), "");
}

fn notice(by: &str, judged: &Judged) -> CalledOff {
    let item = &judged.item;
    CalledOff { by: by.to_owned(), title: item.title.clone(), event: item.event.clone().unwrap() }
}

#[test]
fn what_was_known_is_called_off_and_nothing_else() {
    let all = five();
    let kept = [ahead(&all[0], "a"), ahead(&all[1], "b"), ahead(&all[2], "a")];
    let mut batches = [Batch { called_off: vec![notice("n", &all[0]), notice("n", &all[4])], ..Batch::default() }];
    let _ = tell(&mut batches, &kept, &RULES);
    assert_eq!(batches[0].cancelled, ["a", "c"]);
    assert!(batches[0].called_off.is_empty());
}

#[test]
fn an_article_stays_the_event_it_calls_off() {
    let all = five();
    let kept = [ahead(&all[0], "a"), ahead(&all[2], "c")];
    let mut rewritten = all[0].clone();
    (rewritten.item.kind, rewritten.item.event) = (Kind::News, None);
    let changes = vec![Change::Changed(rewritten), Change::Gone("c".to_owned())];
    let mut batches = [Batch { changes, called_off: vec![notice("a", &all[0])], ..Batch::default() }];
    let _ = tell(&mut batches, &kept, &RULES);
    let [Change::Changed(judged)] = &batches[0].changes[..] else { panic!("{:?}", batches[0].changes) };
    assert_eq!((judged.item.kind, judged.item.event.as_ref().unwrap().status), (Kind::Event, Status::Cancelled));
    assert_eq!(batches[0].cancelled, ["c"], "nothing vanishes that is called off");
}

proptest! {
    #[test]
    fn the_order_of_arrival_changes_nothing(order in Just((0..5_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let all = five();
        let mut kept: Vec<Ahead> = Vec::new();
        for at in order {
            let moves = tell(&mut [batch([all[at].clone()])], &kept, &RULES);
            kept.push(ahead(&all[at], &all[at].item.id));
            for one in &mut kept {
                if let Some(lead) = moves.get(&one.id) {
                    one.story.clone_from(lead);
                }
            }
        }
        let story = |id: &str| &kept.iter().find(|one| one.id == id).unwrap().story;
        prop_assert_eq!(story("a"), story("c"));
        prop_assert_eq!(story("b"), story("d"));
        prop_assert!(story("a") != story("b") && story("e") == "e");
    }
}
