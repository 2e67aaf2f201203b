//! References as feeds write them.

use super::{Oddities, decode, decode_counting};

#[test]
fn references_are_read_leniently() {
    for (text, want) in [
        ("ohne", "ohne"),
        ("Gr&uuml;&szlig;e &amp; mehr", "Grüße & mehr"),
        ("&#252;&#xfc;&#XFC;", "üüü"),
        ("&#8211 Strich", "– Strich"),
        ("&#150; &#132;Zitat&#147;", "– „Zitat“"),
        ("R&D & Co.", "R&D & Co."),
        ("?a=1&copy=2", "?a=1&copy=2"),
        ("&amp;uuml;", "&uuml;"),
        ("&unbekannt; &; &# &#x;", "&unbekannt; &; &# &#x;"),
        ("&#0;&#11;&#xD800;&#99999999;", ""),
        ("&NotEqualTilde;", "\u{2242}\u{338}"),
        ("&", "&"),
    ] {
        assert_eq!(decode(text), want, "{text:?}");
    }
}

#[test]
fn what_xml_does_not_allow_is_counted() {
    let mut odd = Oddities::default();
    decode_counting("A & B &uuml; &amp; &#252; &nbsp;", &mut odd);
    assert_eq!(odd, Oddities { ampersands: 1, names: 2 });
}
