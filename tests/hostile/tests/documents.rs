//! Hostile documents are read as their table says, fixtures may be cut anywhere, and whatever mutation makes of them
//! keeps what must hold. Bounded and seeded: a round that fails once fails again.

use hostile::cases::{CASES, SMALL};
use hostile::mutate::{Dice, mutate};
use hostile::{check, seeds};
use model::Format;

#[test]
fn hostile_documents_are_read_or_refused() {
    let mut wrong = Vec::new();
    for case in CASES {
        let reading = check::read(&(case.make)(SMALL), case.format);
        let told = reading.complaints.first().map_or("", |complaint| complaint.what.as_str());
        let entries = reading.entries.len();
        if !case.entries.contains(&entries) || told != case.complaint {
            let (wanted, about) = (&case.entries, case.complaint);
            wrong.push(format!("{}: {entries} entries, {told:?}; wanted {wanted:?}, {about:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn control_characters_never_reach_an_entry() {
    for name in ["NUL and VT in a title", "NUL and VT as references"] {
        let case = CASES.iter().find(|case| case.name == name).unwrap();
        let reading = check::holds(&(case.make)(SMALL), case.format);
        assert_eq!(reading.entries[0].title.as_deref(), Some("Neues Amt"), "{name}");
    }
}

#[test]
fn entities_are_neither_expanded_nor_fetched() {
    let case = CASES.iter().find(|case| case.name == "external entity").unwrap();
    let reading = check::holds(&(case.make)(SMALL), case.format);
    assert_eq!(reading.entries[0].summary.as_deref(), Some("Vorher &x; nachher"));
}

/// Every fixture cut at every 97th byte: a document that stops in the middle is what a slow server sends.
#[test]
fn fixtures_may_end_anywhere() {
    let mut fixtures = 0;
    for (kind, format) in [("feed", Format::Feed), ("page", Format::Html), ("calendar", Format::Ics)] {
        for (_, bytes) in seeds::fixtures(kind) {
            fixtures += 1;
            // From the end: the last cuts are the ones that nearly succeed. Long fixtures are cut as often as short ones.
            for at in (0..bytes.len()).rev().step_by(97).take(200) {
                check::holds(&bytes[..at], format);
            }
        }
    }
    assert!(fixtures >= 10, "only {fixtures} fixtures were found");
}

/// Mutates the seeds so many times and checks each document that comes of it.
#[track_caller]
fn rounds(kind: &str, seeds: &[Vec<u8>], count: u64, check: fn(&[u8])) {
    assert!(!seeds.is_empty(), "no seeds for {kind}");
    seeds.iter().for_each(|seed| check(seed));
    for round in 0..count {
        let document = mutate(seeds, &mut Dice::new(round));
        if std::panic::catch_unwind(|| check(&document)).is_err() {
            panic!("round {round} of {kind}: {:?}", String::from_utf8_lossy(&document));
        }
    }
    for (path, document) in seeds::findings(kind) {
        assert!(std::panic::catch_unwind(|| check(&document)).is_ok(), "found before: {}", path.display());
    }
}

fn only(files: Vec<(std::path::PathBuf, Vec<u8>)>) -> Vec<Vec<u8>> {
    files.into_iter().map(|(_, bytes)| bytes).collect()
}

#[test]
fn feeds_keep_what_must_hold() {
    rounds("feed", &only(seeds::fixtures("feed")), 1_200, check::feed);
}

#[test]
fn pages_keep_what_must_hold() {
    rounds("page", &only(seeds::fixtures("page")), 800, check::page);
}

#[test]
fn calendars_keep_what_must_hold() {
    rounds("calendar", &only(seeds::fixtures("calendar")), 400, check::calendar);
}

#[test]
fn dates_keep_what_must_hold() {
    let lines = only(seeds::own("date")).concat();
    let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    rounds("date", &lines.map(<[u8]>::to_vec).collect::<Vec<_>>(), 20_000, check::date);
}

#[test]
fn data_for_machines_keeps_what_must_hold() {
    rounds("json_ld", &only(seeds::own("json_ld")), 1_000, check::json_ld);
}
