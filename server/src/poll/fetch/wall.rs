//! Tells a bot wall from a plain refusal. Who is refused by a wall tells the operator, and never dresses up as a
//! browser: the answer is a word with the site, or another source.

use reqwest::header::HeaderMap;

/// What walls write into their pages, folded to small letters.
const MARKS: [(&str, &str); 9] = [
    ("/cdn-cgi/challenge-platform/", "a Cloudflare challenge"),
    ("attention required! | cloudflare", "a Cloudflare block"),
    ("_incapsula_resource", "an Imperva wall"),
    ("errors.edgesuite.net", "an Akamai block"),
    ("px-captcha", "a PerimeterX captcha"),
    ("captcha-delivery.com", "a DataDome captcha"),
    ("hcaptcha.com", "a captcha"),
    ("google.com/recaptcha", "a captcha"),
    ("friendlycaptcha", "a captcha"),
];

/// A wall that says in its headers that it is one.
pub(super) fn in_headers(headers: &HeaderMap) -> Option<&'static str> {
    let has = |name: &str, part: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.is_some_and(|value| value.to_ascii_lowercase().contains(part))
    };
    if has("cf-mitigated", "challenge") {
        Some("a Cloudflare challenge")
    } else if has("x-datadome", "") || has("set-cookie", "datadome=") {
        Some("a DataDome wall")
    } else if has("x-amzn-waf-action", "") {
        Some("an AWS WAF challenge")
    } else {
        None
    }
}

/// A wall by what its page says.
pub(super) fn in_page(bytes: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    MARKS.iter().find(|(mark, _)| text.contains(mark)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    //! Walls are walls, and a plain 403 is not.

    use super::*;

    #[test]
    fn walls_are_told_from_refusals() {
        assert_eq!(in_page(b"<title>403 Forbidden</title><h1>Zugriff verweigert</h1>"), None);
        assert_eq!(
            in_page(b"<script src='/cdn-cgi/Challenge-Platform/h/b/orchestrate'></script>"),
            Some("a Cloudflare challenge")
        );
        let mut headers = HeaderMap::new();
        assert_eq!(in_headers(&headers), None);
        headers.insert("cf-mitigated", "challenge".parse().unwrap());
        assert_eq!(in_headers(&headers), Some("a Cloudflare challenge"));
    }
}
