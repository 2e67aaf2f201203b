//! Who a request is counted for, and when it is one too many.

use super::*;

fn clients(rate: u32, burst: u32) -> Clients {
    let trusted_proxies = vec!["10.0.0.0/8".to_owned(), "fd00::/8".to_owned(), "192.0.2.7".to_owned()];
    Clients::new(&HttpConfig { rate, burst, trusted_proxies, ..HttpConfig::default() }).unwrap()
}

fn forwarded(values: &[&str]) -> HeaderMap {
    let value = |value: &str| HeaderValue::from_bytes(value.as_bytes()).unwrap();
    values.iter().map(|said| ("x-forwarded-for".parse().unwrap(), value(said))).collect()
}

#[test]
fn a_client_is_the_last_hop_that_is_no_proxy_of_ours() {
    let clients = clients(1, 1);
    for (peer, values, want) in [
        ("203.0.113.5", &[][..], Some("203.0.113.5")),
        // Who is no proxy of ours may claim what it likes.
        ("203.0.113.5", &["198.51.100.1"], Some("203.0.113.5")),
        ("10.0.0.1", &["198.51.100.1"], Some("198.51.100.1")),
        ("10.0.0.1", &["1.1.1.1, 198.51.100.1, 10.2.3.4, 192.0.2.7"], Some("198.51.100.1")),
        ("10.0.0.1", &["1.1.1.1", "198.51.100.1", "10.2.3.4"], Some("198.51.100.1")),
        ("10.0.0.1", &["198.51.100.1:4711, [fd00::1]:80"], Some("198.51.100.1")),
        ("10.0.0.1", &["2001:db8:1:2:3:4:5:6"], Some("2001:db8:1:2::")),
        ("10.0.0.1", &["::ffff:198.51.100.1"], Some("198.51.100.1")),
        ("10.0.0.1", &["198.51.100.1, unknown"], Some("10.0.0.1")),
        ("10.0.0.1", &["ä, 198.51.100.1"], Some("198.51.100.1")),
        ("10.0.0.1", &["ä"], Some("10.0.0.1")),
        ("10.0.0.1", &[""], Some("10.0.0.1")),
        ("10.0.0.1", &["10.0.0.9"], Some("10.0.0.1")),
        ("10.0.0.1", &[], None),
        ("2001:db8:1:2:3:4:5:6", &[], Some("2001:db8:1:2::")),
    ] {
        let client = clients.client(peer.parse().unwrap(), &forwarded(values));
        assert_eq!(client.map(|client| client.to_string()).as_deref(), want, "{peer} {values:?}");
    }
}

#[test]
fn an_allowance_runs_out_and_fills_up_again() {
    let clients = clients(10, 5);
    let (each, most) = clients.allowance.unwrap();
    let (one, other) = ("203.0.113.5".parse().unwrap(), "203.0.113.6".parse().unwrap());
    for _ in 0..5 {
        assert_eq!(clients.draw(one, each, most, 0), Ok(()));
    }
    assert_eq!(clients.draw(one, each, most, 0), Err(1), "five at once, no more");
    assert_eq!(clients.draw(other, each, most, 0), Ok(()), "another one's allowance is another");
    assert_eq!(clients.draw(one, each, most, 99_999_999), Err(1));
    assert_eq!(clients.draw(one, each, most, 100_000_000), Ok(()), "a tenth of a second later there is one more");
    assert_eq!(clients.draw(one, each, most, 100_000_000), Err(1));
    let granted = (0..1_000_u64).filter(|n| clients.draw(one, each, most, 1_000_000_000 + n * 10_000_000).is_ok());
    assert_eq!(granted.count(), 104, "ten a second in the long run");
}

#[test]
fn a_flood_of_clients_takes_no_more_memory() {
    let clients = clients(1, 1);
    let (each, most) = clients.allowance.unwrap();
    let flood = |from: u32, now: u64| {
        for n in 0..MOST as u32 + 1_000 {
            let _ = clients.draw(IpAddr::V4((from + n).into()), each, most, now);
        }
        clients.seen.lock().unwrap().full_at.len()
    };
    assert_eq!(flood(0, 0), MOST);
    assert_eq!(flood(1 << 24, 1_500_000_000), MOST, "those whose allowance is full again make room");
    assert!(
        clients
            .seen
            .lock()
            .unwrap()
            .full_at
            .keys()
            .all(|client| *client > IpAddr::V4((1 << 24).into()) || *client == IpAddr::V4((1 << 24).into()))
    );
}

#[test]
fn nobody_is_remembered_for_much_longer_than_it_takes() {
    let clients = clients(1, 1);
    let (each, most) = clients.allowance.unwrap();
    let draw = |last: u8, now: u64| clients.draw(IpAddr::from([203, 0, 113, last]), each, most, now);
    let known = || clients.seen.lock().unwrap().full_at.len();
    for last in 0..9 {
        assert_eq!(draw(last, 0), Ok(()));
    }
    assert_eq!((draw(9, SWEEP_NS - 1), known()), (Ok(()), 10));
    assert_eq!((draw(9, SWEEP_NS * 2), known()), (Ok(()), 1));
}

#[test]
fn without_a_limit_nobody_is_remembered() {
    let clients = clients(0, 1);
    for _ in 0..100 {
        assert_eq!(clients.admit("203.0.113.5".parse().unwrap(), &HeaderMap::new()), Ok(()));
    }
    assert!(clients.seen.lock().unwrap().full_at.is_empty());
}

#[test]
fn a_proxy_that_is_none_is_named() {
    let error = proxies(&["10.0.0.0/8".to_owned(), "proxy.intern".to_owned()]).unwrap_err();
    assert!(format!("{error:#}").contains("\"proxy.intern\""), "{error:#}");
}
