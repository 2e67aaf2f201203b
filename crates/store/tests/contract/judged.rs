//! How well a list by relevance answers what people type: sixty queries over four hundred items, judged by hand.
//!
//! The measure is nDCG@10 (Järvelin and Kekäläinen, 2002) with gains of 2^grade - 1: 1 where the ten first items of
//! every query are the best ten there are, in the right order. `cargo xtask eval` prints it for each query.

use std::collections::HashMap;

use german::search::{self, Asked};
use model::{Judged, Phrase, Query, Sort, Words};
use store::Store;

use crate::hand::*;

const ITEMS: &str = include_str!("judged/items.txt");
const QUERIES: &str = include_str!("judged/queries.txt");

/// What the mean over all queries must not fall below.
const FLOOR: f64 = 0.85;

/// A query, and the grades of what answers it by id.
struct Topic {
    q: &'static str,
    grades: HashMap<&'static str, u32>,
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn items() -> Vec<Judged> {
    let item = |(nth, line): (usize, &str)| {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let [id, kicker, title, summary] = fields[..] else { panic!("four fields: {line}") };
        let mut judged = news(id, i64::try_from(nth).unwrap() * HOUR);
        judged.item.title = title.to_owned();
        judged.item.kicker = (!kicker.is_empty()).then(|| kicker.to_owned());
        judged.item.summary = summary.to_owned();
        judged.terms = search::terms(title, kicker, summary);
        judged
    };
    lines(ITEMS).enumerate().map(item).collect()
}

fn topics() -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for line in lines(QUERIES) {
        match line.strip_prefix("  ") {
            None => topics.push(Topic { q: line, grades: HashMap::new() }),
            Some(judged) => {
                let (grade, ids) = judged.split_once(' ').unwrap();
                let grade: u32 = grade.parse().unwrap();
                let topic = topics.last_mut().unwrap();
                for id in ids.split(' ') {
                    assert_eq!(topic.grades.insert(id, grade), None, "{}: {id} is judged twice", topic.q);
                }
            }
        }
    }
    topics
}

/// A query string's words as they reach the store.
fn words_of(q: &str) -> Words {
    let Asked { must, not, better } = search::ask(q);
    let phrase = |search::Phrase { terms, open }| Phrase { terms, open };
    let way = |way: Vec<search::Phrase>| way.into_iter().map(phrase).collect();
    let ways = |ways: Vec<Vec<search::Phrase>>| ways.into_iter().map(way).collect();
    Words {
        must: must.into_iter().map(ways).collect(),
        not: not.into_iter().map(phrase).collect(),
        better: better.into_iter().map(|(better, weight)| (phrase(better), weight)).collect(),
    }
}

/// The discounted gain of grades in the order of a list.
fn dcg(grades: impl Iterator<Item = u32>) -> f64 {
    let gain = |(rank, grade): (usize, u32)| (2_f64.powi(grade.cast_signed()) - 1.0) / (rank as f64 + 2.0).log2();
    grades.take(10).enumerate().map(gain).sum()
}

async fn first_ten(store: &Store, q: &str) -> Vec<String> {
    let query = Query { q: Some(q.to_owned()), sort: Some(Sort::Relevance), limit: Some(10), ..Query::default() };
    let page = store.find(&query, &words_of(q), now()).await.unwrap();
    page.items.into_iter().map(|item| item.id).collect()
}

#[tokio::test]
async fn what_people_type_finds_what_they_look_for() {
    let store = store().await;
    let all = items();
    let known: Vec<String> = all.iter().map(|judged| judged.item.id.clone()).collect();
    new(&store, "nord", all).await;
    let topics = topics();
    assert_eq!(topics.len(), 60);
    let mut sum = 0.0;
    println!("nDCG@10  query: the first ten with their grades");
    for topic in &topics {
        assert!(topic.grades.keys().all(|id| known.iter().any(|known| known == id)), "{}: no such item", topic.q);
        let found = first_ten(&store, topic.q).await;
        let grade = |id: &String| topic.grades.get(id.as_str()).copied().unwrap_or(0);
        let mut ideal: Vec<u32> = topic.grades.values().copied().collect();
        ideal.sort_by_key(|grade| std::cmp::Reverse(*grade));
        let score = dcg(found.iter().map(grade)) / dcg(ideal.into_iter());
        let shown: Vec<String> = found.iter().map(|id| format!("{id}:{}", grade(id))).collect();
        println!("   {score:.3}  {}: {}", topic.q, shown.join(" "));
        sum += score;
    }
    let mean = sum / topics.len() as f64;
    println!("   {mean:.3}  mean of {} queries; not below {FLOOR}", topics.len());
    assert!(mean >= FLOOR, "nDCG@10 is {mean:.3}");
}
