//! One article or two.

use model::Moment;

use super::*;

fn told((source, url, title): (&str, &str, &str)) -> Told {
    Told {
        id: url.to_owned(),
        story: url.to_owned(),
        matter: url.to_owned(),
        source: source.to_owned(),
        url: format!("https://{url}"),
        title: title.to_owned(),
        kicker: None,
        summary: String::new(),
        at: Moment::from_ms(0),
        event: false,
    }
}

#[test]
fn a_source_that_gives_an_article_twice_tells_it_once() {
    let items: Vec<Told> = [
        ("blatt", "blatt.example/?p=77", "Musterstadt führt die E-Akte ein"),
        ("stadt", "musterstadt.example/e-akte", "Musterstadt führt die E-Akte ein"),
        ("blatt", "blatt.example/e-akte", "Musterstadt führt die E-Akte ein"),
        ("blatt", "blatt.example/e-akte/druck", "MUSTERSTADT führt die E‑Akte ein"),
        ("blatt", "blatt.example/kommentar", "Zur E-Akte in Musterstadt"),
        ("", "a.example", "Musterstadt führt die E-Akte ein"),
        ("", "b.example", "Musterstadt führt die E-Akte ein"),
    ]
    .map(told)
    .into();
    let all: Vec<usize> = (0..items.len()).collect();
    // The address with a name comes before the one with a number; who has no name is no source that repeats itself.
    assert_eq!(articles(&items, &all), [vec![2, 3, 0], vec![1], vec![4], vec![5], vec![6]]);
    assert_eq!(articles(&items, &[1, 4]), [[1], [4]]);
}
