//! What becomes of markup, paragraph by paragraph.

use proptest::prelude::*;

use super::{fold, is_dropped, line, looks_like_html, paragraphs, unscramble};

#[test]
fn paragraphs_stand_apart() {
    for (html, want) in [
        ("", ""),
        ("Ohne Auszeichnung", "Ohne Auszeichnung"),
        ("  viel \n\t Raum\u{a0}hier ", "viel Raum hier"),
        ("<p>Erster</p><p>Zweiter</p>", "Erster\nZweiter"),
        ("<P CLASS=\"a>b\">Erster<br/>Zweiter</P>", "Erster\nZweiter"),
        ("ein <b>fettes</b>Wort", "ein fettesWort"),
        ("<td>A</td><td>B</td>", "A B"),
        ("<ul><li>eins<li>zwei</ul>", "eins\nzwei"),
        ("Re\u{ad}gis\u{ad}ter&shy;modernisierung", "Registermodernisierung"),
        ("<script>alert('x')</script>Text<style>p{}</style>", "Text"),
        ("<!-- weg -->Text<!-- offen", "Text"),
        ("5 < 6 & 7 > 3", "5 < 6 & 7 > 3"),
        ("Gr&uuml;&szlig;e &amp;amp; mehr", "Grüße &amp; mehr"),
        ("Text <a href=\"https://example.org/abgeschn", "Text"),
        ("a\u{b}b\u{0}c", "a bc"),
        ("<![CDATA[weg]]>da", "da"),
        ("<svg>offen, und weiter", "offen, und weiter"),
    ] {
        assert_eq!(paragraphs(html), want, "{html:?}");
    }
}

#[test]
fn titles_stay_on_one_line() {
    assert_eq!(line("<p>Erster</p>\n<p>Zweiter</p>"), "Erster Zweiter");
    // What no `>` follows is no tag of a title.
    for title in ["A<B", "&<a ", "x <b"] {
        assert_eq!(line(title), title.trim_end());
    }
    assert_eq!(line("x <b y"), "x");
    assert_eq!(fold(" <b>wörtlich</b> &amp;\n so "), "<b>wörtlich</b> &amp; so");
}

#[test]
fn markup_in_plain_text_is_recognised() {
    for html in ["<b>fett</b>", "Eins<br>zwei", "Gr&uuml;n", "<p>x"] {
        assert!(looks_like_html(html), "{html:?}");
    }
    for plain in ["5 < 6", "R&D", "A <x.y@example.org>", "Vec<u8>", "<3"] {
        assert!(!looks_like_html(plain), "{plain:?}");
    }
}

#[test]
fn a_page_of_open_brackets_is_read() {
    let hostile = "<a ".repeat(20_000) + &"</".repeat(20_000) + &"<script>".repeat(5_000);
    assert!(!paragraphs(&hostile).contains("<a"));
}

#[test]
fn what_was_encoded_twice_is_decoded_twice() {
    for (text, want) in [
        ("MÃ¼nchen", "München"),
        ("Ã\u{96}zdemir", "Özdemir"),
        ("Ã„mter â€“ StraÃŸe", "Ämter – Straße"),
        ("São Paulo, Ästhetik, à la carte", "São Paulo, Ästhetik, à la carte"),
        ("Ã¼ber und über", "Ã¼ber und über"),
        ("Âme â", "Âme â"),
    ] {
        assert_eq!(unscramble(text), want);
    }
}

#[test]
fn brackets_and_quotes_without_an_end_are_looked_for_once() {
    assert!(!looks_like_html(&"<a".repeat(1_000_000)));
    assert!(!looks_like_html(&format!("x>{}", "<a".repeat(1_000_000))));
    assert!(looks_like_html("1 < 2 <a href='x'>3"));
    let mut open_quote = false;
    let hostile = "<p \"=\">".repeat(400_000);
    assert_eq!((super::markup_length(&hostile, &mut open_quote), open_quote), (Some(7), true));
    assert_eq!(paragraphs(&hostile), "");
    assert_eq!(paragraphs("<img alt=\"a > b\">x <b title=\"offen>y</b> <i>z</i>"), "x y z");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn stretches_are_taken_over_as_single_characters_would_be(
        text in "[a ÄßÿÀ\u{80}\u{85}\u{a0}\u{ad}„–\u{2003}\u{200b}\u{7ff}\u{800}😀\u{7f}\t]{0,40}"
    ) {
        let kept: String = text.chars().filter(|c| !is_dropped(*c)).collect();
        prop_assert_eq!(fold(&text), kept.split_whitespace().collect::<Vec<_>>().join(" "));
    }
}
