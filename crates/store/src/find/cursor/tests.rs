//! A cursor is read back as written, and nothing else is.

use super::*;

const CURSOR: Cursor =
    Cursor { order: Sort::Relevance, generation: 31, seq: 1_795_000_000_000 << 10, rank: i64::MIN + 7 };

#[test]
fn reads_what_it_wrote() {
    for order in [Sort::Newest, Sort::Soonest, Sort::Relevance] {
        let cursor = Cursor { order, ..CURSOR };
        assert_eq!(Cursor::parse(&cursor.to_string(), order), Ok(cursor));
    }
    let newest = Cursor { order: Sort::Newest, ..CURSOR };
    assert_eq!(
        Cursor::parse(&newest.to_string(), Sort::Relevance),
        Ok(newest),
        "a list by relevance begun newest first"
    );
}

#[test]
fn refuses_everything_else_and_says_how_far_it_is_off() {
    let text = CURSOR.to_string();
    assert_eq!(Cursor::parse(&text, Sort::Newest), Err(Unfit::Foreign), "another order");
    let parts = text.rfind('.').unwrap() + 1;
    for cut in 0..text.len() {
        let off = if cut > parts { Unfit::Foreign } else { Unfit::Malformed };
        assert_eq!(Cursor::parse(&text[..cut], Sort::Relevance), Err(off), "{}", &text[..cut]);
    }
    assert_eq!(Cursor::parse("r1.2.3.4", Sort::Relevance), Err(Unfit::Foreign));
    for odd in
        ["", "r", "r1.2.3", "r+1.2.3.4", "x1.2.3.4", "r1.2.3.4.5", "ä", "' or 1=1 --", "r....", "rg.1.1.1", "rA.1.1.1"]
    {
        assert_eq!(Cursor::parse(odd, Sort::Relevance), Err(Unfit::Malformed), "{odd}");
    }
}
