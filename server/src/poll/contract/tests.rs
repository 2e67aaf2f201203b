//! Readings and contracts in, findings out.

use model::{Complaint, Entry, Expect, Moment, Reading, Trouble};

use super::broken;

fn day(text: &str) -> Moment {
    Moment::parse(&format!("{text}T12:00:00+01:00")).unwrap()
}

fn reading(titles: &[(&str, Option<&str>)]) -> Reading {
    let entry = |(title, date): &(&str, Option<&str>)| Entry {
        title: Some((*title).into()),
        published: date.map(day),
        ..Entry::default()
    };
    Reading { format: "html".into(), entries: titles.iter().map(entry).collect(), ..Reading::default() }
}

fn check(titles: &[(&str, Option<&str>)], expect: &Expect) -> Option<Trouble> {
    broken(&reading(titles), Some(expect), day("2026-11-22")).map(|(trouble, why)| {
        assert!(!why.is_empty());
        trouble
    })
}

const NEWS: [(&str, Option<&str>); 3] = [
    ("Land stellt Registerplan vor", Some("2026-11-20")),
    ("Neue Beauftragte für Daten berufen", Some("2026-11-02")),
    ("Amt öffnet digitales Fundbüro", None),
];
const MENU: [(&str, Option<&str>); 4] = [("Start", None), ("Presse", None), ("Karriere", None), ("Über uns", None)];

#[test]
fn contracts() {
    let items = |items| Expect { items: Some(items), ..Expect::default() };
    let dated = |dated| Expect { dated: Some(dated), ..Expect::default() };
    let title = |title| Expect { title: Some(title), ..Expect::default() };
    let newest = |days| Expect { newest_days: Some(days), ..Expect::default() };
    assert_eq!(
        check(&NEWS, &Expect { items: Some(3), dated: Some(0.6), title: Some(20), newest_days: Some(30) }),
        None
    );
    assert_eq!(check(&NEWS, &items(4)), Some(Trouble::LayoutChanged));
    assert_eq!(check(&[], &items(1)), Some(Trouble::Empty));
    assert_eq!(check(&[], &Expect { dated: Some(0.9), title: Some(9), newest_days: Some(1), ..items(0) }), None);
    assert_eq!(check(&NEWS, &dated(0.7)), Some(Trouble::LayoutChanged));
    assert_eq!(check(&MENU, &dated(0.1)), Some(Trouble::LayoutChanged));
    assert_eq!(check(&MENU, &title(20)), Some(Trouble::LayoutChanged));
    assert_eq!(check(&MENU, &newest(1)), None, "without a date there is no age");
    assert_eq!(check(&NEWS, &newest(2)), None);
    assert_eq!(check(&NEWS, &newest(1)), Some(Trouble::Stale));
}

#[test]
fn a_finding_of_the_reader_comes_first() {
    let mut wall = reading(&MENU);
    wall.trouble = Some(Trouble::Blocked);
    let text = "a bot wall, \"Einen Moment bitte\"".to_owned();
    wall.complaints.push(Complaint { what: "blocked".into(), text: text.clone(), entry: None });
    let found = broken(&wall, Some(&Expect { items: Some(9), ..Expect::default() }), day("2026-11-22"));
    assert_eq!(found, Some((Trouble::Blocked, text)));
    assert_eq!(broken(&reading(&NEWS), None, day("2026-11-22")), None);
}
