//! The project's own labelled sets of stories, `testdata/stories.txt` and `testdata/retold.jsonl`: precision and recall
//! of pairs, with floors that only rise.
//!
//! `cargo xtask eval` shows the figures and the pairs that went wrong.

use model::{Date, Moment, Told};

use super::group;
use super::tests::{arrived_in, groups};
use crate::testing::{RULES, at};

/// What the set has reached: of pairs, in thousandths.
const FLOORS: Score = Score { precision: 1_000, recall: 1_000, copies: 1_000 };

#[derive(Debug, PartialEq)]
struct Score {
    precision: usize,
    recall: usize,
    /// The recall among releases that are copied with small edits.
    copies: usize,
}

/// An item of the set, the matter it tells, and whether that is a release with its copies.
pub(super) struct Labelled {
    pub(super) told: Told,
    pub(super) matter: usize,
    copied: bool,
}

/// Reads the set. Ids are made of the line's number.
pub(super) fn labelled() -> Vec<Labelled> {
    let text = include_str!("../../testdata/stories.txt");
    let (mut items, mut matter, mut copied) = (Vec::new(), 0, false);
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        if let Some(section) = line.strip_prefix("# ---") {
            copied = section.contains("copied");
        } else if line.starts_with("= ") {
            matter += 1;
        } else if !line.is_empty() && !line.starts_with('#') {
            let told = read(number, line).unwrap_or_else(|| panic!("testdata/stories.txt, line {number}: {line}"));
            items.push(Labelled { told, matter, copied });
        }
    }
    items
}

fn read(number: usize, line: &str) -> Option<Told> {
    let mut parts = line.splitn(4, " | ");
    let (day, source, mut title, teaser) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let id = format!("{number:03}");
    let mut url = format!("https://{source}.example/meldungen/{id}");
    if let Some((address, rest)) = title.strip_prefix('<').and_then(|title| title.split_once("> ")) {
        (url, title) = (crate::url::canonical(address)?, rest);
    }
    let over = title.strip_prefix('[').and_then(|title| title.split_once("] "));
    let (kicker, title) = over.map_or_else(|| crate::kicker::split(title, &RULES), |(over, title)| (Some(over), title));
    Some(Told {
        story: id.clone(),
        matter: id.clone(),
        source: source.to_owned(),
        url,
        title: title.to_owned(),
        kicker: kicker.map(str::to_owned),
        summary: teaser.to_owned(),
        at: at(&format!("2026-{day}")),
        event: false,
        id,
    })
}

#[test]
fn the_labelled_stories_are_found() {
    let items = labelled();
    let told: Vec<Told> = items.iter().map(|item| item.told.clone()).collect();
    let (mut joined, mut wrong, mut all, mut found, mut copies, mut copies_found) = (0, 0, 0, 0, 0, 0);
    let mut story = vec![0; items.len()];
    for (nth, group) in groups(&told).iter().enumerate() {
        group.iter().for_each(|at| story[*at] = nth);
    }
    for (one, a) in items.iter().enumerate() {
        for (other, b) in items.iter().enumerate().skip(one + 1) {
            let (same, together) = (a.matter == b.matter, story[one] == story[other]);
            joined += usize::from(together);
            wrong += usize::from(together && !same);
            all += usize::from(same);
            found += usize::from(together && same);
            copies += usize::from(same && a.copied);
            copies_found += usize::from(together && same && a.copied);
            if same != together {
                eprintln!("{}: {:?} || {:?}", if same { "missed" } else { "merged" }, a.told.title, b.told.title);
            }
        }
    }
    let thousandths = |part: usize, whole: usize| part * 1_000 / whole;
    let score = Score {
        precision: thousandths(joined - wrong, joined),
        recall: thousandths(found, all),
        copies: thousandths(copies_found, copies),
    };
    let matters = items.last().map_or(0, |item| item.matter);
    eprintln!("stories: {} items of {matters} matters, {all} pairs, in thousandths: {score:?}", items.len());
    assert!(matters >= 60 && copies >= 30, "the set has shrunk: {matters} matters, {copies} pairs of copies");
    assert!(score.precision >= FLOORS.precision, "precision {} below its floor", score.precision);
    assert!(score.recall >= FLOORS.recall, "recall {} below its floor", score.recall);
    assert!(score.copies >= FLOORS.copies, "recall of copies {} below its floor", score.copies);
}

/// What `testdata/retold.jsonl` has reached: acts, all of them made up, told by houses in their own words among items
/// that look alike, by people who did not know the rules. Of pairs, in thousandths.
const RETOLD: (usize, usize) = (1_000, 725);

/// An item of that set, the last moment at which it may have appeared, and the story it tells, if others do.
fn retold(line: &str) -> (Told, i64, Option<String>) {
    let fields: serde_json::Value = serde_json::from_str(line).unwrap();
    let text = |key: &str| fields[key].as_str().unwrap_or_default().to_owned();
    let (id, published, full) = (text("id"), text("published"), text("title"));
    let (kicker, title) = crate::kicker::split(&full, &RULES);
    let open = match published.len() {
        4 => 365,
        7 => 30,
        _ => 0,
    };
    let day = format!("{published}{}", "0000-01-01".get(published.len()..).unwrap_or_default());
    let at = Date::parse(&day).filter(|_| !published.is_empty()).map(Date::start);
    let told = Told {
        story: id.clone(),
        matter: id.clone(),
        source: text("source"),
        url: crate::url::canonical(&text("url")).unwrap(),
        title: title.to_owned(),
        kicker: kicker.map(str::to_owned),
        summary: text("teaser"),
        at: at.unwrap_or(Moment::from_ms(0)),
        event: false,
        id,
    };
    (told, at.map_or(i64::MAX, |at| at.ms() + open * 86_400_000), fields["story"].as_str().map(str::to_owned))
}

#[test]
fn what_is_retold_is_found_and_what_looks_alike_is_not() {
    let set = include_str!("../../testdata/retold.jsonl");
    let items: Vec<_> = set.lines().map(retold).collect();
    let told: Vec<Told> = items.iter().map(|(told, ..)| told.clone()).collect();
    let until: Vec<i64> = items.iter().map(|(_, until, _)| *until).collect();
    let mut nth = vec![0; items.len()];
    for (story, group) in group(&told, &until, &RULES).iter().enumerate() {
        group.members.iter().for_each(|at| nth[*at] = story);
    }
    let (mut all, mut joined, mut found) = (0, 0, 0);
    for one in 0..items.len() {
        for other in one + 1..items.len() {
            let same = items[one].2.is_some() && items[one].2 == items[other].2;
            let together = nth[one] == nth[other];
            all += usize::from(same);
            joined += usize::from(together);
            found += usize::from(same && together);
            if same != together {
                let (a, b) = (&told[one].title, &told[other].title);
                eprintln!("{}: {a:?} || {b:?}", if same { "missed" } else { "merged" });
            }
        }
    }
    let (precision, recall) = (found * 1_000 / joined, found * 1_000 / all);
    eprintln!("retold: {} items, {all} pairs, in thousandths: precision {precision}, recall {recall}", items.len());
    assert!(all >= 100, "the set has shrunk: {all} pairs");
    assert!(precision >= RETOLD.0 && recall >= RETOLD.1, "precision {precision}, recall {recall} below {RETOLD:?}");
}

#[test]
fn told_one_by_one_they_are_the_same_stories() {
    let told: Vec<Told> = labelled().into_iter().map(|item| item.told).collect();
    let by_id = |groups: Vec<Vec<usize>>| -> Vec<Vec<String>> {
        let mut ids: Vec<Vec<String>> = groups
            .into_iter()
            .map(|group| {
                let mut ids: Vec<String> = group.into_iter().map(|at| told[at].id.clone()).collect();
                ids.sort_unstable();
                ids
            })
            .collect();
        ids.sort_unstable();
        ids
    };
    let singly: Vec<&[Told]> = told.chunks(1).collect();
    assert_eq!(arrived_in(&singly), by_id(groups(&told)));
}
