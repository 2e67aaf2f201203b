//! Who holds the document gets a 304, and nobody else.

use super::*;

fn asking(headers: &[(&str, &str)]) -> Request {
    let mut head = "GET /feed.xml HTTP/1.1\r\n".to_owned();
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    Request::parse(&head).unwrap()
}

#[test]
fn validators_decide_as_in_rfc_9110() {
    let answer = Answer::body("<rss/>", "application/rss+xml").header("ETag", "W/\"a\"").at_step(61);
    assert_eq!(answer.value("last-modified"), Some("Thu, 01 Jan 2026 01:01:00 GMT"));
    let known = |headers: &[(&str, &str)]| answer.is_known_to(&asking(headers));
    assert!(known(&[("If-None-Match", "\"x\", \"a\"")]), "weak comparison, one of a list");
    assert!(known(&[("If-None-Match", "*")]));
    assert!(known(&[("If-Modified-Since", "Thu, 01 Jan 2026 01:01:00 GMT")]));
    assert!(!known(&[("If-None-Match", "\"x\""), ("If-Modified-Since", "Thu, 01 Jan 2026 01:01:00 GMT")]));
    assert!(!known(&[]));
    assert!(
        !Answer::body("x", "text/plain")
            .without_validators()
            .at_step(0)
            .is_known_to(&asking(&[("If-None-Match", "*")]))
    );
}

#[test]
fn two_documents_have_two_tags() {
    let tag = |body: &str| Answer::body(body, "text/plain").at_step(0).value("ETag").map(str::to_owned);
    assert_eq!(tag("a"), tag("a"));
    assert_ne!(tag("a"), tag("b"));
}
