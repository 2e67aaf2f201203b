//! The project's corpus of real pages, where it lies beside the repository: titles and dates against what people
//! wrote down. It is not part of the repository; without it these tests say that they were skipped.

use std::path::PathBuf;

use model::{Document, Moment};
use serde_json::Value;

use super::{platforms, survey};
use crate::read::page::title::loose;

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus/html"));
    let there = folder.is_dir();
    if !there {
        eprintln!("skipped: no {}", folder.display());
    }
    there.then_some(folder)
}

fn json(path: PathBuf) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn article(bytes: Vec<u8>, url: &str) -> model::Entry {
    survey(&Document { bytes, media_type: None, url: url.into() }, &platforms()).article.unwrap_or_default()
}

#[test]
fn titles_and_dates_of_agencies_and_papers() {
    let Some(folder) = folder() else { return };
    let gold = json(folder.join("gold-trafilatura.json"));
    let (mut titles, mut dates, mut wrong) = ((0, 0), (0, 0), Vec::new());
    for (name, want) in gold.as_object().unwrap() {
        let Ok(bytes) = std::fs::read(folder.join(name)) else { continue };
        let entry = article(bytes, want["url"].as_str().unwrap_or_default());
        if let Some(title) = want["title"].as_str().filter(|title| !title.is_empty()) {
            let right = loose(entry.title.as_deref().unwrap_or_default()) == loose(&title.replace('\u{ad}', ""));
            titles = (titles.0 + usize::from(right), titles.1 + 1);
            wrong.extend((!right).then(|| format!("{name}: {:?}", entry.title)));
        }
        if let Some(date) = want["date"].as_str().filter(|date| !date.is_empty()) {
            let right = entry.published.is_some_and(|at| at.date().to_string() == date);
            dates = (dates.0 + usize::from(right), dates.1 + 1);
            wrong.extend((!right).then(|| format!("{name}: {:?}", entry.published)));
        }
    }
    eprintln!("titles {titles:?}, dates {dates:?}, wrong: {wrong:#?}");
    assert!(titles.0 * 100 >= titles.1 * 95 && dates.0 * 100 >= dates.1 * 95, "{wrong:#?}");
}

#[test]
fn titles_and_seconds_of_the_press() {
    let Some(folder) = folder() else { return };
    let urls = json(folder.join("fundus/meta.json"));
    for file in std::fs::read_dir(folder.join("fundus")).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let expected = folder.join(format!("fundus/{}.expected.json", name.split('_').next().unwrap()));
        if !name.ends_with(".html") || !expected.is_file() {
            continue;
        }
        let entry =
            article(std::fs::read(&path).unwrap(), urls[format!("{name}.gz")]["url"].as_str().unwrap_or_default());
        let same = |want: &Value| {
            let title =
                loose(want["title"].as_str().unwrap_or_default()) == loose(entry.title.as_deref().unwrap_or_default());
            // "2024-04-25 14:07:00" and "2024-04-28 08:52:55+02:00"; without a zone it is Berlin's time.
            let at = want["publishing_date"].as_str().and_then(crate::read::when::moment);
            title && at.map(Moment::ms).zip(entry.published).is_some_and(|(want, at)| (want - at.ms()).abs() < 1_000)
        };
        let versions = json(expected);
        assert!(versions.as_object().unwrap().values().any(same), "{name}: {:?} {:?}", entry.title, entry.published);
    }
}
