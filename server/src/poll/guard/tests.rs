//! Every spelling of a private address, and none of a public one.

use super::*;

fn verdict(guard: &Guard, url: &str) -> bool {
    guard.check(&Url::parse(url).unwrap()).is_ok()
}

#[test]
fn private_addresses_are_refused_in_every_spelling() {
    let guard = Guard::default();
    for url in [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://198.18.0.1/",
        "http://192.0.0.8/",
        "http://[::1]/",
        "http://[::]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b:1::1]/",
        "http://[2002:7f00:1::]/",
        "http://[2001::1]/",
        "http://[2001:db8::1]/",
        "http://[ff02::1]/",
        "http://[::127.0.0.1]/",
        "ftp://example.org/",
        "file:///etc/passwd",
    ] {
        assert!(!verdict(&guard, url), "{url}");
    }
    for url in [
        "http://93.184.216.34/",
        "https://[2606:2800:220:1::1]/",
        "https://example.org/",
        "http://[64:ff9b::5db8:d822]/",
    ] {
        assert!(verdict(&guard, url), "{url}");
    }
}

#[test]
fn the_operator_exempts_networks_addresses_and_names() {
    let guard = Guard::new(&["127.0.0.0/8".into(), "::1".into(), "intranet.example".into()]).unwrap();
    assert!(verdict(&guard, "http://127.0.0.1:8080/"));
    assert!(verdict(&guard, "http://[::ffff:127.0.0.1]/"));
    assert!(verdict(&guard, "http://[::1]/"));
    assert!(!verdict(&guard, "http://10.0.0.1/"));
    let error = Guard::new(&["10.0.0.0/40".into()]).unwrap_err().to_string();
    assert!(error.contains("10.0.0.0/40") && error.contains("allowed"), "{error}");
}

#[tokio::test]
async fn a_name_that_points_inside_is_refused_unless_exempt() {
    let resolve = |guard: Guard| async move { guard.resolve("localhost".parse().unwrap()).await.map(Iterator::count) };
    let refused = resolve(Guard::default()).await.err().unwrap().to_string();
    assert!(refused.contains("localhost has no public address"), "{refused}");
    assert!(resolve(Guard::new(&["localhost".into()]).unwrap()).await.unwrap() > 0);
    assert!(resolve(Guard::new(&["127.0.0.0/8".into()]).unwrap()).await.unwrap() > 0);
}
