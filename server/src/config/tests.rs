//! A mistake in the settings must be mendable from the message alone.

use super::*;

fn load(text: &str, env: &[(&str, &str)]) -> anyhow::Result<Config> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("amtsticker.toml");
    std::fs::write(&path, text).unwrap();
    Config::load(Some(&path), env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

#[test]
fn the_environment_wins_over_the_file() {
    let config = load(
        "listen = \"0.0.0.0:80\"\n[fetch]\nhost_gap = \"2s\"\nallow_private = [\"10.0.0.0/8\"]\n",
        &[
            ("AMTSTICKER_LISTEN", "127.0.0.1:0"),
            ("AMTSTICKER_FETCH_CONCURRENCY", "4"),
            ("AMTSTICKER_FETCH_ALLOW_PRIVATE", "127.0.0.0/8, intranet.example"),
            ("AMTSTICKER_BIN", "/x"),
            ("HOME", "/root"),
        ],
    )
    .unwrap();
    assert_eq!(config.listen, "127.0.0.1:0");
    assert_eq!(config.fetch.host_gap, Duration::from_secs(2));
    assert_eq!(config.fetch.concurrency, 4);
    assert_eq!(config.fetch.allow_private, ["127.0.0.0/8", "intranet.example"]);
}

#[test]
fn mistakes_name_file_line_key_and_what_is_allowed() {
    for (text, env, words) in [
        ("[fetch]\nhost_gab = \"1s\"\n", ("X", ""), ["amtsticker.toml", "line 2", "host_gab", "host_gap"]),
        ("[fetch]\nhost_gap = \"soon\"\n", ("X", ""), ["amtsticker.toml", "line 2", "soon", "500ms"]),
        ("[fetch]\nconcurrency = 0\n", ("X", ""), ["amtsticker.toml, line 2", "fetch.concurrency = 0", "1", "1024"]),
        (
            "\nlisten = \"nope\"\n",
            ("X", ""),
            ["amtsticker.toml, line 2", "listen = \"nope\"", "port", "127.0.0.1:8080"],
        ),
        ("listen = \"::1\"\n", ("X", ""), ["line 1", "listen", "::1", "127.0.0.1:8080"]),
        ("listen = \"127.0.0.1:99999\"\n", ("X", ""), ["line 1", "listen", "99999", "127.0.0.1:8080"]),
        ("database_connections = 2\n", ("X", ""), ["amtsticker.toml, line 1", "database_connections", "3", "1000"]),
        ("public_url = \"ftp://x\"\n", ("X", ""), ["public_url", "ftp://x", "http://", "https://"]),
        ("[fetch]\n\nproxy = \"ftp://x\"\n", ("X", ""), ["line 3: fetch.proxy", "direct", "http://", "socks5h://"]),
        ("[fetch]\nproxies = { a = \"x\" }\n", ("X", ""), ["line 2", "fetch.proxies.a", "direct", "http://"]),
        ("\n\n[fetch.proxies]\na = \"x\"\n", ("X", ""), ["line 3", "fetch.proxies.a", "direct", "http://"]),
        ("[fetch]\nca_file = \"/no/file\"\n", ("X", ""), ["line 2", "fetch.ca_file", "/no/file", "No such file"]),
        (
            "[fetch]\nallow_private = [\n\"10/8\",\n]\n",
            ("X", ""),
            ["line 2", "fetch.allow_private", "10/8", "10.0.0.0/8"],
        ),
        ("[http]\ntrusted_proxies = [\"x\"]\n", ("X", ""), ["line 2", "http.trusted_proxies", "\"x\"", "network"]),
        ("[fetch]\ntimeout = \"0s\"\n", ("X", ""), ["fetch.timeout", "0", "allowed", "10s"]),
        ("", ("AMTSTICKER_FETCH_HOST_GAP", "soon"), ["AMTSTICKER_FETCH_HOST_GAP", "soon", "500ms", "1h"]),
    ] {
        let error = format!("{:#}", load(text, &[env]).unwrap_err());
        for word in words {
            assert!(error.contains(word), "{word:?} is missing in: {error}");
        }
    }
}

#[test]
fn webhooks_and_the_hub_are_read_and_their_mistakes_named() {
    let text = "public_url = \"https://ticker.example\"\n[hub]\nopen = true\n\
        [[webhook]]\nurl = \"https://a.example/\"\nsecret = \"0123456789abcdef\"\nquery = \"state=HH&q=a+b\"\n\
        [[webhook]]\nurl = \"https://b.example/\"\nsecret = \"0123456789abcdef\"\non = \"health\"\n";
    let config = load(text, &[("AMTSTICKER_HUB_PER_HOST", "7")]).unwrap();
    assert_eq!((config.hub.open, config.hub.per_host, config.hub.subscriptions), (true, 7, 10_000));
    assert_eq!(config.webhook[0].items().unwrap().q.as_deref(), Some("a b"));
    assert_eq!((config.webhook[0].on, config.webhook[1].on), (Occasion::Items, Occasion::Health));
    assert!(!format!("{config:?}").contains("0123456789abcdef"), "no log shows a secret");
    let hook = |rest: &str| format!("[[webhook]]\nurl = \"https://a.example/\"\n{rest}");
    let secret = "secret = \"0123456789abcdef\"\n";
    for (text, words) in [
        ("[hub]\nopen = true\n".to_owned(), ["hub.open", "public_url"]),
        (hook(""), ["line 1", "secret"]),
        (hook("secret = \"kurz\"\n"), ["line 3: webhook 1: secret for https://a.example/", "16 characters"]),
        (hook(&format!("{secret}query = \"state=XX\"\n")), ["line 4: webhook 1: query: state = \"XX\"", "BUND"]),
        (
            hook(&format!("{secret}\n{}", hook(&format!("{secret}query = \"stat=HH\"\n")))),
            ["line 8: webhook 2: query: stat", "state"],
        ),
        (hook(&format!("{secret}on = \"health\"\nquery = \"state=HH\"\n")), ["line 5", "state=HH"]),
        (hook(&format!("{secret}on = \"alles\"\n")), ["alles", "health"]),
        (format!("[[webhook]]\nurl = \"ftp://a\"\n{secret}"), ["ftp://a", "https://"]),
    ] {
        let error = format!("{:#}", load(&text, &[]).unwrap_err());
        for word in words {
            assert!(error.contains(word), "{word:?} is missing in: {error}");
        }
    }
}

#[test]
fn a_database_is_named_by_its_address() {
    let env = [("AMTSTICKER_DATABASE_URL", "postgres://a:geheim@db/news"), ("AMTSTICKER_DATABASE_CONNECTIONS", "20")];
    let mut config = load("database_url = \"postgres://db/other\"", &env).unwrap();
    assert_eq!(config.database_url.as_deref(), Some("postgres://a:geheim@db/news"));
    assert_eq!(config.database_connections, 20);
    config.keep(Keep { data: None, database_url: Some("postgres://typed/news".to_owned()) });
    assert_eq!(config.database_url.as_deref(), Some("postgres://typed/news"));
    config.keep(Keep { data: Some("here".into()), database_url: None });
    assert_eq!((config.database_url, config.data.to_str()), (None, Some("here")), "a folder that was typed wins");
}

#[test]
fn a_password_is_not_shown() {
    let shown = without_secrets("postgres://a:geheim@db:5433/news?password=geheim&sslmode=require");
    assert_eq!(shown, "postgres://a@db:5433/news");
    assert_eq!(without_secrets("postgres://a:geheim@:x"), "postgres://…");
    for env in ["mysql://a:geheim@db/news", "a:geheim@db/news"] {
        let error = format!("{:#}", load("", &[("AMTSTICKER_DATABASE_URL", env)]).unwrap_err());
        assert!(error.contains("database_url") && error.contains("postgres://"), "{error}");
        assert!(!error.contains("geheim"), "{error}");
    }
}

#[test]
fn a_variable_that_names_no_setting_does_not_keep_us_from_starting() {
    let env =
        [("AMTSTICKER_PORT", "tcp://10.0.0.1:80"), ("AMTSTICKER_DATA", "2026"), ("AMTSTICKER_FETCH_CONTACT", "0123")];
    let config = load("", &env).unwrap();
    assert_eq!((config.data.to_str(), config.fetch.contact.as_str()), (Some("2026"), "0123"));
}

#[test]
fn no_file_means_defaults_but_a_named_one_must_be_there() {
    assert_eq!(Config::load(None, std::iter::empty()).unwrap().listen, "127.0.0.1:8080");
    let error = Config::load(Some(Path::new("/nowhere/at/all.toml")), std::iter::empty()).unwrap_err();
    assert!(error.to_string().contains("/nowhere/at/all.toml"));
}
