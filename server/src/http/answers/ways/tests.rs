//! That requests have one name only if they get one answer.

use axum::body::Body;

use super::*;

fn name(method: &str, target: &str, headers: &[(&str, &str)]) -> Option<String> {
    let request = Request::builder().method(method).uri(target);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    Ways::name(&request.body(Body::empty()).unwrap())
}

#[test]
fn a_name_holds_all_that_an_answer_depends_on() {
    let plain = name("GET", "/embed?q=a", &[("host", "a.example")]);
    assert!(plain.is_some());
    for (target, headers) in [
        ("/embed?q=b", vec![("host", "a.example")]),
        ("/embed?q=a", vec![("host", "b.example")]),
        ("/embed?q=a", vec![("host", "a.example"), ("sec-fetch-dest", "iframe")]),
        ("/embed?q=a", vec![("host", "a.example"), ("accept-encoding", "gzip")]),
    ] {
        assert_ne!(name("GET", target, &headers), plain, "{target} {headers:?}");
    }
    let also = name("GET", "/embed?q=a", &[("host", "a.example"), ("accept-encoding", "zstd"), ("user-agent", "x")]);
    assert_eq!(also, plain, "what no answer depends on");
    assert_eq!(name("HEAD", "/embed?q=a", &[]), None);
    assert_eq!(name("GET", &format!("/embed?q={}", "a".repeat(600)), &[]), None);
}

#[test]
fn ways_are_few() {
    let ways = Ways::default();
    for n in 0..MOST + 1 {
        let way = Way { key: String::new(), lasts: Lasts::Process, kept: Weak::new() };
        let (taken, renewed, route, meter) = Default::default();
        ways.learn(n.to_string(), Known { way, taken, renewed, route, meter });
    }
    assert!(ways.find("0").is_none() && ways.find(&MOST.to_string()).is_some());
}
