//! The table as an operator sees it, on eighty columns.

use super::*;

fn at(text: &str) -> Option<Moment> {
    Moment::parse(text)
}

fn row(id: &'static str, status: Option<u16>, health: Health) -> Row<'static> {
    let (last_visit, last_good) = (at("2026-11-22T11:00:00+01:00"), at("2026-11-19T06:10:00+01:00"));
    Row {
        id,
        publisher: "Amt",
        url: "https://amt.example/",
        last_visit,
        last_good,
        last_status: status,
        items: 12,
        health,
    }
}

fn health(state: State, why: Option<&str>, advice: Option<&str>) -> Health {
    Health {
        state,
        since: at("2026-11-20T09:00:00+01:00"),
        why: why.map(str::to_owned),
        advice: advice.map(str::to_owned),
        last_item: None,
        per_week: None,
        moved_to: None,
    }
}

const LONG: &str =
    "the middle title has 6 characters, where 15 are expected, and beyond that nothing on the page is as it was";

#[test]
fn each_source_has_a_line_and_its_trouble_stands_below_it() {
    let rows = [
        row("digitale-verwaltung-register", Some(200), health(State::LayoutChanged, Some(LONG), Some("mend select"))),
        row("amt-news", None, health(State::Fresh, None, None)),
    ];
    let table = table(&rows, false);
    assert_eq!(
        table,
        "source                        state           since       last good   HTTP  items\n\
         digitale-verwaltung-register  layout-changed  2026-11-20  2026-11-19   200     12\n    \
             the middle title has 6 characters, where 15 are expected, and beyond that\n    \
             nothing on the page is as it was\n    \
             mend select\n\
         amt-news                      fresh           2026-11-20  2026-11-19     -     12\n\n\
         2 sources: 1 fresh, 1 layout-changed"
    );
    assert!(table.lines().all(|line| line.chars().count() <= WIDTH + 1), "{table}");
}

#[test]
fn colours_are_for_terminals() {
    let rows = [row("a", Some(404), health(State::Failing, Some("404"), None))];
    assert!(table(&rows, true).contains("\x1b[31mfailing       \x1b[0m  2026-11-20"), "{}", table(&rows, true));
    assert!(!table(&rows, false).contains('\x1b'));
}

#[test]
fn a_word_wider_than_the_terminal_is_not_cut() {
    let (mut out, address) = (String::new(), format!("https://{}.example/", "a".repeat(90)));
    wrap(&mut out, &format!("change it to {address} now"));
    assert_eq!(out, format!("    change it to\n    {address}\n    now\n"));
    let mut empty = String::new();
    wrap(&mut empty, "");
    assert_eq!(empty, "");
}
