//! Tokens of broken documents.

use super::Token::{End, Start, Text, Verbatim};
use super::{Scanner, attributes};

#[test]
fn what_is_no_tag_is_text() {
    let tokens: Vec<_> = Scanner::new("<a x='1>2'>5 < 6 <3</a\n>").collect();
    assert_eq!(
        tokens,
        [
            Start { name: "a", attributes: " x='1>2'", empty: false },
            Text("5 "),
            Text("<"),
            Text(" 6 "),
            Text("<"),
            Text("3"),
            End("a"),
        ]
    );
}

#[test]
fn an_open_quote_costs_one_tag() {
    let tokens: Vec<_> = Scanner::new("<a href=\"x>eins</a><b/>").collect();
    assert_eq!(
        tokens,
        [
            Start { name: "a", attributes: " href=\"x", empty: false },
            Text("eins"),
            End("a"),
            Start { name: "b", attributes: "", empty: true },
        ]
    );
}

#[test]
fn what_never_ends_ends_with_the_document() {
    let mut scanner = Scanner::new("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'y'>]><a><![CDATA[offen");
    let tokens: Vec<_> = scanner.by_ref().collect();
    assert_eq!(tokens, [Start { name: "a", attributes: "", empty: false }, Verbatim("offen")]);
    assert!(scanner.cut);
}

#[test]
fn attributes_come_in_every_style() {
    let read: Vec<_> = attributes(" a=\"1\" b = '2' c=3 d e=\"x&amp;y&z\"f='g' h=\"offen").collect();
    let plain: Vec<_> = read.iter().map(|(name, value)| (*name, value.as_ref())).collect();
    assert_eq!(plain, [("a", "1"), ("b", "2"), ("c", "3"), ("d", ""), ("e", "x&y&z"), ("f", "g"), ("h", "offen")]);
}

#[test]
fn a_subset_without_an_end_is_looked_for_once() {
    let mut scanner = Scanner::new("<!DOCTYPE a [<!ENTITY x 'y'>]><!doctype a [><b/><!DOCTYPE a [><c/>");
    assert_eq!((scanner.next(), scanner.endless), (Some(Start { name: "b", attributes: "", empty: true }), true));
    assert_eq!(scanner.next(), Some(Start { name: "c", attributes: "", empty: true }));
    let mut scanner = Scanner::new("<![><![if !IE]><a/><![endif]>]<b/>");
    assert_eq!(scanner.next(), Some(Start { name: "a", attributes: "", empty: true }));
    assert_eq!((scanner.next(), scanner.endless), (Some(Text("]")), false));
    for unit in ["<![>", "<!DOCTYPE [>"] {
        let hostile = format!("<rss>{}</rss>", unit.repeat(200_000));
        assert_eq!(Scanner::new(&hostile).count(), 2);
    }
}
