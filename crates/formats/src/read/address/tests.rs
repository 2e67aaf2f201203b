//! Addresses as sources write them.

use url::Url;

use super::{absolute, as_written, shortened};

#[test]
fn what_is_written_stays_and_what_is_missing_is_added() {
    let base = Url::parse("https://amt.example/a/b?c").ok();
    for (address, want) in [
        ("https://amt.example:443/Ä b", Some("https://amt.example:443/Ä b")),
        ("HTTPS://amt.example/a", Some("https://amt.example/a")),
        ("https://amt.exa\nmple/a", Some("https://amt.example/a")),
        ("/Ä b", Some("https://amt.example/Ä b")),
        ("Ä", Some("https://amt.example/a/Ä")),
        ("../Ä", Some("https://amt.example/%C3%84")),
        ("?x=Ä", Some("https://amt.example/a/b?x=%C3%84")),
        ("//andere.example/Ä", Some("https://andere.example/%C3%84")),
        ("#oben", Some("https://amt.example/a/b?c#oben")),
        ("", None),
        ("https://", None),
        ("ftp://amt.example/a", None),
    ] {
        assert_eq!(as_written(address, base.as_ref()).as_deref(), want, "{address:?}");
    }
    assert_eq!(absolute(" /Ä ", base.as_ref()).as_deref(), Some("https://amt.example/%C3%84"));
    assert_eq!(as_written("a", None), None);
}

#[test]
fn quotes_are_short() {
    assert_eq!(shortened(&"ä".repeat(61)).chars().count(), 61);
    assert_eq!(shortened("kurz"), "kurz");
}
