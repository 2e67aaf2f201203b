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
        "http://0x7f000001/",
        "http://017700000001/",
        "http://127.0.1/",
        "http://127.0.0.1./",
        "http://１２７.0.0.1/",
        "http://127。0。0。1/",
        "http://%31%32%37.0.0.1/",
        "http://amt.example@127.0.0.1/",
        "http://10.1/",
        "http://0xa.1/",
        "http://012.1/",
        "http://167772161/",
        "http://0xc0a80101/",
        "http://0300.0250.1.1/",
        "http://169.254.43518/",
        "http://2852039166/",
        "http://192.88.99.1/",
        "http://203.0.113.9/",
        "http://240.0.0.1/",
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
        "http://[::ffff:a00:1]/",
        "http://[0:0:0:0:0:ffff:169.254.169.254]/",
        "http://[64:ff9b::169.254.169.254]/",
        "http://[2002:a9fe:a9fe::]/",
        "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
        "http://[fec0::1]/",
        "http://[100::1]/",
        "http://[3fff::1]/",
        "http://[5f00::1]/",
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

/// DNS rebinding: a name that is public when it is looked at and private when it is asked again.
#[tokio::test]
async fn a_name_is_judged_by_what_it_says_each_time() {
    let script: [&[&str]; 5] = [
        &["93.184.216.34"],
        &["127.0.0.1"],
        &["93.184.216.34", "10.0.0.1", "::ffff:192.168.1.1", "2606:2800:220:1::1"],
        &["169.254.169.254", "fd00::1", "64:ff9b::7f00:1"],
        &[],
    ];
    let answers = script.map(|answer| answer.iter().map(|address| address.parse().unwrap()).collect()).into();
    let guard = Guard { lookup: Lookup::Scripted(Arc::new(std::sync::Mutex::new(answers))), ..Guard::default() };
    let mut said = Vec::new();
    for _ in script {
        let found = guard.resolve("rebind.example".parse().unwrap()).await;
        let addresses = found.map(|found| found.map(|address| address.ip().to_string()).collect::<Vec<_>>());
        said.push(addresses.unwrap_or_else(|error| vec![error.to_string()]).join(" "));
    }
    let refused = "refused: rebind.example has no public address";
    assert_eq!(said, ["93.184.216.34", refused, "93.184.216.34 2606:2800:220:1::1", refused, refused]);
}
