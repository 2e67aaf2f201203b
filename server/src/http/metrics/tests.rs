//! What Prometheus expects of a page (text format 0.0.4, and its conventions for names), held for the whole page: an
//! agent drops all of it for one family that is announced twice.

use std::collections::BTreeSet;

use super::super::tests::{app, ask};

/// What is wrong with a page, line by line.
fn lint(page: &str) -> Vec<String> {
    let (mut wrong, mut families, mut series) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    let (mut helped, mut family, mut kind) = ("", "", "");
    for line in page.lines() {
        let mut say = |what: &str| wrong.push(format!("{what}: {line}"));
        if let Some(help) = line.strip_prefix("# HELP ") {
            let (name, text) = help.split_once(' ').unwrap_or((help, ""));
            helped = name;
            if !text.ends_with('.') || !text.starts_with(char::is_uppercase) {
                say("help is a sentence");
            }
        } else if let Some(typed) = line.strip_prefix("# TYPE ") {
            (family, kind) = typed.split_once(' ').unwrap_or((typed, ""));
            // What every process has goes by the names that all client libraries give it.
            let ours = ["amtsticker_", "process_"].iter().any(|prefix| family.starts_with(prefix));
            let fits = ours && family.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            match (fits, kind, family.ends_with("_total")) {
                (false, ..) => say("a name is our prefix, small letters and underscores"),
                (_, "counter", false) | (_, "gauge" | "histogram", true) => {
                    say("counters, and they alone, end in _total");
                }
                (_, "counter" | "gauge" | "histogram", _) => {}
                _ => say("no such type"),
            }
            if helped != family || !families.insert(family) {
                say("each family has one HELP and one TYPE, in this order");
            }
        } else {
            let (name, value) = line.rsplit_once(' ').unwrap_or((line, ""));
            let base = name.split('{').next().unwrap_or_default();
            let parts = ["_bucket", "_sum", "_count"].map(|part| format!("{family}{part}"));
            if base != family && !(kind == "histogram" && parts.iter().any(|part| part == base)) {
                say("samples stand below their family");
            }
            if value.parse::<f64>().is_err() || !series.insert(name) {
                say("each series has one number");
            }
        }
    }
    wrong
}

#[tokio::test]
async fn the_page_is_what_prometheus_expects() {
    let app = app().await;
    // A first question, so that there are requests to count.
    ask(&app, "GET", "/api/v1/items", &[]).await;
    let (_, _, page) = ask(&app, "GET", "/metrics", &[]).await;
    assert_eq!(lint(&page), Vec::<String>::new(), "{page}");
    for series in
        ["amtsticker_source_up{source=\"probe\"} 1", "amtsticker_streams 0", "_bucket{route=\"/api/v1/items\""]
    {
        assert!(page.contains(series), "{series} is missing:\n{page}");
    }
}

#[test]
fn what_is_wrong_is_found() {
    let head = |name: &str, kind: &str| format!("# HELP {name} Numbers.\n# TYPE {name} {kind}\n");
    let check = |page: String, expected: usize| assert_eq!(lint(&page).len(), expected, "{page}: {:?}", lint(&page));
    check(head("amtsticker_a", "gauge") + "amtsticker_a 1\n", 0);
    check(head("amtsticker_a", "counter") + "amtsticker_a 1\n", 1);
    check(head("amtsticker_a", "gauge") + &head("amtsticker_a", "gauge"), 1);
    check(head("amtsticker_a", "gauge") + "amtsticker_b 1\namtsticker_a 1\namtsticker_a 2\n", 2);
    check(head("amtsticker_a", "histogram") + "amtsticker_a_bucket{le=\"+Inf\"} 1\namtsticker_a_sum x\n", 1);
}
