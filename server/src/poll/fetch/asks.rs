//! What an answer's headers ask of those who come again (RFC 9110, RFC 9111). Nonsense asks for nothing.

use reqwest::header::{self, HeaderMap, HeaderName};

pub(crate) use super::super::schedule::Asks;

impl Asks {
    /// What an answer asks for.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
        // An origin with a wrong clock says "an hour" by the distance between its own two dates.
        let clock = text(header::DATE).and_then(moment).unwrap_or_else(std::time::SystemTime::now);
        let until = |value: &str| Some(moment(value)?.duration_since(clock).map_or(0, |wait| wait.as_secs()));
        let control = text(header::CACHE_CONTROL).unwrap_or_default().to_ascii_lowercase();
        let mut directives = control.split(',').map(str::trim);
        let asked_anew = directives.clone().any(|directive| matches!(directive, "no-cache" | "no-store"));
        let age = text(header::AGE).and_then(seconds).unwrap_or(0);
        let max_age = directives.find_map(|directive| seconds(directive.strip_prefix("max-age=")?.trim_matches('"')));
        let fresh = max_age.map(|max_age| max_age.saturating_sub(age));
        let fresh = fresh.or_else(|| text(header::EXPIRES).and_then(until)).filter(|_| !asked_anew);
        let retry_after = text(header::RETRY_AFTER).and_then(|value| seconds(value).or_else(|| until(value)));
        Asks { max_age: fresh, retry_after }
    }
}

fn moment(value: &str) -> Option<std::time::SystemTime> {
    httpdate::parse_http_date(value).ok()
}

/// A number of seconds; one with more digits than any clock has is a very long time all the same.
fn seconds(value: &str) -> Option<u64> {
    let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| value.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    //! Headers in, seconds out.

    use super::*;

    fn check(headers: &[(&str, &str)], max_age: Option<u64>, retry_after: Option<u64>) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::try_from(*name).unwrap(), value.parse().unwrap());
        }
        assert_eq!(Asks::of(&map), Asks { max_age, retry_after }, "{headers:?}");
    }

    #[test]
    fn wishes_are_read_and_nonsense_is_none() {
        let date = ("date", "Sun, 22 Nov 2026 10:00:00 GMT");
        check(&[], None, None);
        check(&[("cache-control", "public, Max-Age=900")], Some(900), None);
        check(&[("cache-control", "max-age=900"), ("age", "300")], Some(600), None);
        check(&[("cache-control", "max-age=900, no-cache")], None, None);
        check(&[("cache-control", "s-maxage=9, max-age=x")], None, None);
        check(&[date, ("expires", "Sun, 22 Nov 2026 11:00:00 GMT")], Some(3600), None);
        check(&[date, ("expires", "0")], None, None);
        check(&[date, ("expires", "Thu, 01 Jan 1970 00:00:00 GMT")], Some(0), None);
        check(&[("cache-control", "no-store"), date, ("expires", "Sun, 22 Nov 2026 11:00:00 GMT")], None, None);
        check(&[("retry-after", "120")], None, Some(120));
        check(&[date, ("retry-after", "Sun, 22 Nov 2026 10:02:00 GMT")], None, Some(120));
        check(&[("retry-after", "bald")], None, None);
        check(&[("retry-after", "-5")], None, None);
        check(&[("retry-after", "99999999999999999999999")], None, Some(u64::MAX));
    }
}
