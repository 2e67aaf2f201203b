//! One line per shape of address met in the field.

use super::*;

#[test]
fn addresses_lose_what_is_not_theirs() {
    for (address, expected) in [
        ("https://www.beispiel.bund.de/a.html;jsessionid=0AF3.live862?nn=4711", "https://www.beispiel.bund.de/a.html"),
        ("https://www.beispiel.bund.de/a.html?nn=4711&cms_pos=3", "https://www.beispiel.bund.de/a.html?cms_pos=3"),
        ("HTTPS://WWW.Beispiel.DE:443/Pfad", "https://www.beispiel.de/Pfad"),
        ("http://beispiel.de:80", "http://beispiel.de/"),
        ("http://beispiel.de:8080/x", "http://beispiel.de:8080/x"),
        ("https://beispiel.de/a?utm_source=rss&utm_medium=feed&id=7", "https://beispiel.de/a?id=7"),
        ("https://beispiel.de/a?wt_mc=rss.red.alles.atom.beitrag.beitrag", "https://beispiel.de/a"),
        ("https://beispiel.de/a?b=2&a=1&fbclid=xyz", "https://beispiel.de/a?b=2&a=1"),
        ("https://beispiel.de/a?at_campaign=x&at_medium=y", "https://beispiel.de/a"),
        ("https://beispiel.de/?p=123#respond", "https://beispiel.de/?p=123"),
        ("https://beispiel.de/app#/meldung/5", "https://beispiel.de/app#/meldung/5"),
        ("https://beispiel.de/app#!/meldung/5", "https://beispiel.de/app#!/meldung/5"),
        ("https://beispiel.de/s;v=1/x", "https://beispiel.de/s;v=1/x"),
        ("  https://beispiel.de/a\n", "https://beispiel.de/a"),
        ("https://beispiel.de/a?q=K%C3%B6ln+S%fcd", "https://beispiel.de/a?q=K%C3%B6ln+S%fcd"),
        ("https://nutzer:geheim@beispiel.de/a", "https://beispiel.de/a"),
        ("https://bürger.example/ü", "https://xn--brger-kva.example/%C3%BC"),
    ] {
        assert_eq!(canonical(address).as_deref(), Some(expected), "{address}");
        assert_eq!(canonical(expected).as_deref(), Some(expected), "canonical twice is canonical once");
    }
}

#[test]
fn only_the_web_survives() {
    for address in
        ["javascript:alert(1)", "mailto:a@b.de", "data:text/html,x", "ftp://b.de/x", "/nur/pfad", "", "http://"]
    {
        assert_eq!(canonical(address), None, "{address}");
    }
}

#[test]
fn endless_addresses_are_none() {
    let address = |len: usize| format!("{:a<len$}", "https://beispiel.de/");
    assert_eq!(canonical(&address(LONGEST)), Some(address(LONGEST)));
    assert_eq!(canonical(&address(LONGEST + 1)), None);
    let session = format!("https://beispiel.de/a?sid={}", "0".repeat(LONGEST));
    assert_eq!(canonical(&session).as_deref(), Some("https://beispiel.de/a"), "what counts is what is left");
}

#[test]
fn hosts_are_bare() {
    assert_eq!(host("https://www.Beispiel.de/x").as_deref(), Some("beispiel.de"));
    assert_eq!(host("unsinn"), None);
}
