//! Files in, verdicts out: the examples of RFC 9309, and what the hosts of public bodies really have.

use super::*;

/// Whether each path is allowed, as `+` or `-`.
fn check(file: &str, paths: &[&str], expected: &str) {
    let robots = Robots::parse(file.as_bytes());
    let verdicts: String = paths.iter().map(|path| if robots.forbids(path).is_none() { '+' } else { '-' }).collect();
    assert_eq!(verdicts, expected, "{file}\n{paths:?}");
}

#[test]
fn groups_are_found_by_name() {
    let paths = ["/a", "/b", "/c"];
    check("", &paths, "+++");
    check("User-agent: *\nDisallow: /a", &paths, "-++");
    check("user-agent: * # alle\r\nDISALLOW : /a\r\n", &paths, "-++");
    check("User-agent: *\nDisallow: /a\nUser-agent: Amtsticker\nDisallow: /b", &paths, "+-+");
    check("User-agent: Amtsticker/2.0 (bot)\nDisallow: /b\n\nUser-agent: amtsticker\nDisallow: /c", &paths, "+--");
    check("User-agent: Amtstickerchen\nDisallow: /", &paths, "+++");
    check("User-agent: Fremd\nUser-agent: Amtsticker\nDisallow: /a", &paths, "-++");
    check("User-agent: Fremd\nDisallow: /\n\nUser-agent: *\nDisallow: /c", &paths, "++-");
    check("User-agent: *\nSitemap: https://amt.example/s.xml\nDisallow: /a", &paths, "-++");
    check("User-agent: *\nDisallow: /\nUser-agent: Amtsticker\nDisallow:", &paths, "+++");
    check("User-agent: *\nDisallow: /\nUser-agent: Amtsticker", &paths, "+++");
    check("Disallow: /a", &paths, "+++");
    check("\u{feff}User-agent: *\nDisallow: /a", &paths, "-++");
    check("<!doctype html><title>Seite nicht gefunden</title>\n<p>Disallow: /</p>", &paths, "+++");
}

#[test]
fn the_longest_rule_decides() {
    let gsb = "User-agent: *\nCrawl-delay: 180\nDisallow: /SiteGlobals/\nDisallow: /SharedDocs/\n\
               Allow: /SiteGlobals/Functions/RSSFeed/";
    check(
        gsb,
        &["/SiteGlobals/Forms/Suche", "/SiteGlobals/Functions/RSSFeed/DE/a.xml", "/DE/presse", "/robots.txt"],
        "-+++",
    );
    check("User-agent: *\nDisallow: /p\nAllow: /p", &["/p"], "+");
    check("User-agent: *\nAllow: /p\nDisallow: /", &["/p", "/q"], "+-");
    check("User-agent: *\nAllow: /$\nDisallow: /", &["/", "/a"], "+-");
    check("User-agent: *\nDisallow: /*.pdf$", &["/a.pdf", "/a.pdf?x=1", "/a/b.pdf", "/pdf"], "-+-+");
    check("User-agent: *\nDisallow: /a*z", &["/az", "/abcz", "/abc", "/azb"], "--+-");
    check("User-agent: *\nDisallow: *nn=", &["/a?nn=1", "/a"], "-+");
    check("User-agent: *\nDisallow: /a*$", &["/a", "/ab", "/b"], "--+");
    check("User-agent: *\nDisallow: suche", &["/suche?q=x", "/presse"], "-+");
    check("User-agent: *\nDisallow: /b%C3%BCrger\nDisallow: /%7Eamt", &["/bürger", "/b%c3%bcrger", "/~amt"], "---");
    check("User-agent: *\nDisallow: /a%2Fb", &["/a/b", "/a%2fb"], "+-");
}

#[test]
fn delays_are_read_and_nonsense_is_none() {
    let delay = |text: &str| Robots::parse(format!("User-agent: *\nCrawl-delay: {text}").as_bytes()).delay();
    assert_eq!(delay("180"), Some(Duration::from_secs(180)));
    assert_eq!(delay("0.5"), Some(Duration::from_millis(500)));
    assert_eq!(delay("1,5"), Some(Duration::from_millis(1500)));
    for nonsense in ["", "bald", "-1", "inf", "NaN", "1e99"] {
        assert_eq!(delay(nonsense), None, "{nonsense}");
    }
    let others = Robots::parse(b"User-agent: Fremd\nCrawl-delay: 90\nUser-agent: *\nDisallow:");
    assert_eq!(others.delay(), None);
}

#[test]
fn hostile_files_end() {
    let many = format!("User-agent: *\n{}", "Disallow: /*a*a*a*a*a*b\n".repeat(100_000));
    let robots = Robots::parse(many.as_bytes());
    assert_eq!(robots.rules.len(), RULES);
    assert!(robots.forbids(&format!("/{}", "a".repeat(2_000))).is_none());
    let stars = Robots::parse(format!("User-agent: *\nDisallow: /{}x$", "*a".repeat(200_000)).as_bytes());
    assert!(stars.forbids(&"/a".repeat(1_000)).is_none());
    Robots::parse(&[0xff; 2_000_000]);
    assert!(Robots::parse(b"User-agent: *\nDisallow: /%").forbids("/%zz%").is_some());
}
