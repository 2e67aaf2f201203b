//! A cursor is read back as written, and nothing else is.

use super::*;

const CURSOR: Cursor =
    Cursor { order: Sort::Relevance, generation: 31, seq: 1_795_000_000_000 << 10, rank: i64::MIN + 7 };

#[test]
fn reads_what_it_wrote() {
    for order in [Sort::Newest, Sort::Soonest, Sort::Relevance] {
        let cursor = Cursor { order, ..CURSOR };
        assert_eq!(Cursor::parse(&cursor.to_string(), order), Some(cursor));
    }
}

#[test]
fn refuses_everything_else() {
    let text = CURSOR.to_string();
    assert_eq!(Cursor::parse(&text, Sort::Newest), None, "another order");
    for cut in 0..text.len() {
        assert_eq!(Cursor::parse(&text[..cut], Sort::Relevance), None, "{}", &text[..cut]);
    }
    for odd in
        ["", "r", "r1.2.3", "r1.2.3.4", "r+1.2.3.4", "x1.2.3.4", "r1.2.3.4.5", "ä", "' or 1=1 --", "r....", "rg.1.1.1"]
    {
        assert_eq!(Cursor::parse(odd, Sort::Relevance), None, "{odd}");
    }
}

#[test]
fn looks_like_one_or_does_not() {
    let ours = Cursor { order: Sort::Soonest, generation: i64::MAX, seq: -1, rank: i64::MIN }.to_string();
    for good in ["n1.2.3.4", "sffffffffffffffff.0.8000000000000007.ffff", "r1f.1a2b.0.9", ours.as_str()] {
        assert!(is_cursor(good), "{good}");
    }
    let long = format!("n{}1.2.3.4", "0".repeat(16));
    for odd in
        ["nonsense", "n", "n1.2.3", "n1.2.3.4.5", "x1.2.3.4", "n1.2.3.12345", "nA.1.1.1", "n+1.2.3.4", "n....", &long]
    {
        assert!(!is_cursor(odd), "{odd}");
    }
}
