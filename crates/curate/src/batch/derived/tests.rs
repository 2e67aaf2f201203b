//! An article and the events it announces, from poll to poll.

use std::collections::HashMap;

use model::{Batch, Entry, Source};

use crate::batch::curate;
use crate::testing::{RULES, at, entry, source};

use super::*;

const LIST: &str = "Die Digitalakademie lädt zu Thementagen ein:\n- 12.03.2026, 10:00 Uhr: Workshop Register\n\
     - 19.03.2026, 10:00 Uhr: Workshop Cloud\n- 26.03.2026, 10:00 Uhr: Workshop Register\n\
     Anmeldung: www.akademie.example/thementage";

fn article(text: &str) -> Entry {
    Entry {
        text: Some(text.to_owned()),
        published: Some(at("2026-03-01")),
        ..entry("Frühjahr der Digitalakademie", "https://probe.example/1")
    }
}

fn poll(entries: Vec<Entry>, known: &HashMap<String, i64>, source: &Source) -> Batch {
    let recent = Recent { known: known.clone(), told: Vec::new() };
    curate(entries, source, &RULES, &recent, at("2026-03-02"))
}

fn keep(known: &mut HashMap<String, i64>, batch: &Batch) {
    for change in &batch.changes {
        match change {
            Change::New(judged) | Change::Changed(judged) => drop(known.insert(judged.item.id.clone(), judged.hash)),
            Change::Gone(id) => drop(known.insert(id.clone(), 0)),
            Change::Same(_) | Change::Rejected(_) => {}
        }
    }
}

fn short(batch: &Batch) -> Vec<String> {
    let day =
        |judged: &Judged| judged.item.event.as_ref().map_or("news".to_owned(), |event| event.start.date().to_string());
    let one = |change: &Change| match change {
        Change::New(judged) => format!("new {} {}", day(judged), judged.item.title),
        Change::Changed(judged) => format!("changed {} {}", day(judged), judged.item.title),
        Change::Same(_) => "same".to_owned(),
        Change::Gone(_) => "gone".to_owned(),
        Change::Rejected(_) => "rejected".to_owned(),
    };
    batch.changes.iter().map(one).collect()
}

#[test]
fn a_list_gives_each_of_its_events() {
    let (source, mut known) = (source("probe"), HashMap::new());
    let first = poll(vec![article(LIST)], &known, &source);
    let events =
        ["new 2026-03-12 Workshop Register", "new 2026-03-19 Workshop Cloud", "new 2026-03-26 Workshop Register"];
    assert_eq!(short(&first)[1..], events);
    let Change::New(judged) = &first.changes[1] else { panic!("{first:?}") };
    let item = &judged.item;
    assert_eq!((item.kind, item.url.as_str()), (Kind::Event, "https://probe.example/1"));
    let registration = item.event.as_ref().and_then(|event| event.registration.as_deref());
    assert_eq!(registration, Some("https://www.akademie.example/thementage"));
    assert_eq!(item.summary, "12.03.2026, 10:00 Uhr: Workshop Register");
    keep(&mut known, &first);
    assert_eq!(known.len(), 4, "nothing shares an id");
    assert_eq!(short(&poll(vec![article(LIST)], &known, &source)), ["same"; 4]);
}

#[test]
fn a_correction_changes_and_takes_back() {
    let (source, mut known) = (source("probe"), HashMap::new());
    let first = poll(vec![article(LIST)], &known, &source);
    keep(&mut known, &first);
    let later = LIST.replace("19.03.2026", "20.03.2026").replace("26.03.2026, 10:00 Uhr: Workshop Register\n- ", "");
    let batch = poll(vec![article(&later)], &known, &source);
    keep(&mut known, &batch);
    assert!(short(&batch).contains(&"changed 2026-03-20 Workshop Cloud".to_owned()), "{:?}", short(&batch));
    let none = poll(vec![article("Die Digitalakademie macht Pause.")], &known, &source);
    assert_eq!(short(&none)[1..], ["gone"; 3]);
    keep(&mut known, &none);
    let back = poll(vec![article(LIST)], &known, &source);
    assert_eq!(short(&back).iter().filter(|change| change.starts_with("changed 2026-03-12")).count(), 1);
}

#[test]
fn what_is_over_is_not_new_and_what_is_kept_stays() {
    let (source, mut known) = (source("probe"), HashMap::new());
    let text = LIST.replace("12.03.2026", "01.03.2026");
    let batch = poll(vec![article(&text)], &known, &source);
    assert_eq!(short(&batch).len(), 3, "{:?}", short(&batch));
    let first = poll(vec![article(LIST)], &known, &source);
    keep(&mut known, &first);
    let recent = Recent { known: known.clone(), told: Vec::new() };
    let later = curate(vec![article(LIST)], &source, &RULES, &recent, at("2026-05-02"));
    assert_eq!(short(&later), ["same"; 4], "over is not gone");
}

#[test]
fn what_is_not_about_us_announces_nothing() {
    let strict = Source { threshold: 0.9, ..source("probe") };
    let text = LIST.replace("Register", "Töpfern").replace("Cloud", "Malen").replace("Digitalakademie", "Malschule");
    let malt = Entry { title: Some("Frühjahr der Malschule".to_owned()), ..article(&text) };
    assert_eq!(short(&poll(vec![malt], &HashMap::new(), &strict)), ["new news Frühjahr der Malschule"]);
}

#[test]
fn a_congress_named_in_passing_is_no_event() {
    let text = "Die Software ist fertig. Gezeigt wird sie auf dem Zukunftskongress (22. bis 24. Juni 2026 in Berlin).";
    let entry = Entry { title: Some("Neue Software für Standesämter".to_owned()), ..article(text) };
    assert_eq!(poll(vec![entry], &HashMap::new(), &source("probe")).changes.len(), 1);
}
