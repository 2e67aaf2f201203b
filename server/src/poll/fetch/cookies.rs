//! A cookie jar for each source (RFC 6265, as much of it as cookie walls need), kept in memory only.
//!
//! Sites of the Government Site Builder answer the first request with a redirect that sets a session cookie, and 400
//! to whoever comes back without it. No source sees the cookies of another, and no cookie outlives the process: this
//! is to be let in, not to be recognised.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use model::Moment;
use reqwest::header::{GetAll, HeaderValue};
use url::{Host, Url};

/// More than this a source does not need to let us in.
const COOKIES: usize = 30;
const BYTES: usize = 4096;
/// Sources whose jars are kept; beyond, one begins anew.
const JARS: usize = 20_000;

/// The jars of all sources, by the source's address.
#[derive(Debug, Default)]
pub(super) struct Jars(Mutex<HashMap<String, Jar>>);

/// What one source's sites have set.
#[derive(Clone, Debug, Default)]
pub(super) struct Jar(Vec<Cookie>);

#[derive(Clone, Debug)]
struct Cookie {
    name: String,
    value: String,
    host: String,
    /// Subdomains get it, too.
    wide: bool,
    path: String,
    secure: bool,
    until: Option<Moment>,
}

impl Jars {
    pub(super) fn of(&self, address: &str) -> Jar {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(address).cloned().unwrap_or_default()
    }

    pub(super) fn put(&self, address: &str, jar: Jar) {
        let mut jars = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if jar.0.is_empty() {
            jars.remove(address);
        } else if jars.len() < JARS || jars.contains_key(address) {
            jars.insert(address.to_owned(), jar);
        }
    }
}

impl Jar {
    /// The `Cookie` header for an address, if there is anything to send there.
    pub(super) fn header(&self, url: &Url, now: Moment) -> Option<HeaderValue> {
        let fits = |cookie: &&Cookie| cookie.until.is_none_or(|until| until > now) && cookie.goes_to(url);
        let mut fitting: Vec<&Cookie> = self.0.iter().filter(fits).collect();
        // RFC 6265, 5.4: longer paths first.
        fitting.sort_by_key(|cookie| std::cmp::Reverse(cookie.path.len()));
        let pairs: Vec<String> = fitting.iter().map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect();
        (!pairs.is_empty()).then(|| HeaderValue::from_str(&pairs.join("; ")).ok()).flatten()
    }

    /// Takes what an answer sets; a cookie that is to expire goes.
    pub(super) fn take(&mut self, url: &Url, set: &GetAll<'_, HeaderValue>, now: Moment) {
        for cookie in set.iter().filter_map(|value| Cookie::parse(value.to_str().ok()?, url, now)) {
            self.0
                .retain(|known| (&known.name, &known.host, &known.path) != (&cookie.name, &cookie.host, &cookie.path));
            if cookie.until.is_none_or(|until| until > now) && self.0.len() < COOKIES {
                self.0.push(cookie);
            }
        }
    }
}

impl Cookie {
    fn parse(text: &str, url: &Url, now: Moment) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let (name, value) = parts.next()?.split_once('=')?;
        if name.is_empty() || text.len() > BYTES {
            return None;
        }
        let host = url.host_str()?.to_owned();
        let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
        let (path, secure) = (folder(url.path()), false);
        let mut cookie = Cookie { name, value, host, wide: false, path, secure, until: None };
        let mut lasts = None;
        for part in parts {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            match key.to_ascii_lowercase().as_str() {
                "secure" => cookie.secure = true,
                "path" if value.starts_with('/') => cookie.path = value.to_owned(),
                "max-age" => lasts = value.parse::<i64>().ok(),
                "expires" => cookie.until = cookie.until.or_else(|| date(value)),
                "domain" if !value.is_empty() => cookie.widen(value, url)?,
                _ => {}
            }
        }
        if let Some(seconds) = lasts {
            cookie.until = Some(Moment::from_ms(now.ms().saturating_add(seconds.saturating_mul(1000))));
        }
        Some(cookie)
    }

    /// Makes it a cookie for a whole domain, if the host that set it lies in that domain. A domain of one label is
    /// nobody's own; of two it may be a registry's (`bund.de` is), so only the host itself may name it.
    fn widen(&mut self, domain: &str, url: &Url) -> Option<()> {
        let domain = domain.trim_start_matches('.').to_ascii_lowercase();
        if domain == self.host {
            // An IP address has no subdomains.
            self.wide = matches!(url.host(), Some(Host::Domain(_)));
            return Some(());
        }
        let inside = self.host.strip_suffix(&domain).is_some_and(|rest| rest.ends_with('.'));
        let named = matches!(url.host(), Some(Host::Domain(_)));
        if !inside || !named || domain.matches('.').count() < 1 {
            return None;
        }
        // Sent back to its own host only: sharing between sibling hosts is never what a cookie wall needs.
        Some(())
    }

    fn goes_to(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        let under = || host.strip_suffix(&self.host).is_some_and(|rest| rest.ends_with('.'));
        let below = url
            .path()
            .strip_prefix(self.path.trim_end_matches('/'))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        (host == self.host || self.wide && under()) && below && (!self.secure || url.scheme() == "https")
    }
}

/// The default path of RFC 6265, 5.1.4: the address up to its last slash.
fn folder(path: &str) -> String {
    match path.rfind('/') {
        None | Some(0) => "/".to_owned(),
        Some(end) => path[..end].to_owned(),
    }
}

/// Dates as HTTP writes them, and with hyphens as the first cookies had them.
fn date(value: &str) -> Option<Moment> {
    let parsed =
        httpdate::parse_http_date(&value.replace('-', " ")).or_else(|_| httpdate::parse_http_date(value)).ok()?;
    let since = parsed.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok().map(Moment::from_ms)
}

#[cfg(test)]
mod tests {
    //! What is set by whom, and where it goes.

    use reqwest::header::{HeaderMap, SET_COOKIE};

    use super::*;

    fn jar(from: &str, set: &[&str]) -> Jar {
        let mut jar = Jar::default();
        let mut headers = HeaderMap::new();
        for value in set {
            headers.append(SET_COOKIE, value.parse().unwrap());
        }
        jar.take(&Url::parse(from).unwrap(), &headers.get_all(SET_COOKIE), Moment::from_ms(0));
        jar
    }

    fn check(set: &[&str], to: &str, expected: &str) {
        let jar = jar("https://www.amt.example/DE/presse/liste.html", set);
        let header = jar.header(&Url::parse(to).unwrap(), Moment::from_ms(1000));
        let sent = header.as_ref().map_or("", |value| value.to_str().unwrap());
        assert_eq!(sent, expected, "{set:?} to {to}");
    }

    #[test]
    fn cookies_go_where_they_belong() {
        let home = "https://www.amt.example/DE/presse/a.html";
        check(&["JSESSIONID=1; Path=/; HttpOnly"], home, "JSESSIONID=1");
        check(&["a=1", "b=2; Path=/"], home, "a=1; b=2");
        check(&["a=1", "a=2"], home, "a=2");
        check(&["a=1"], "https://www.amt.example/DE/pressestelle/", "");
        check(&["a=1; Path=/"], "https://amt.example/", "");
        check(&["a=1; Path=/"], "https://evil.example/", "");
        check(&["a=1; Path=/; Secure"], "http://www.amt.example/", "");
        check(&["a=1; Path=/; Domain=www.amt.example"], "https://sub.www.amt.example/", "a=1");
        check(&["a=1; Path=/; Domain=amt.example"], "https://www.amt.example/", "a=1");
        check(&["a=1; Path=/; Domain=amt.example"], "https://other.amt.example/", "");
        check(&["a=1; Path=/; Domain=other.example"], "https://other.example/", "");
        check(&["a=1; Path=/; Domain=example"], home, "");
        check(&["a=1; Path=/; Max-Age=0"], home, "");
        check(&["a=1; Path=/; Max-Age=9"], home, "a=1");
        check(&["a=1; Path=/; Expires=Wed, 31-Dec-1969 23:59:59 GMT"], home, "a=1");
        check(&["a=1; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], home, "");
        check(&["a=1; Path=/", "a=; Path=/; Max-Age=-1"], home, "");
        check(&["=1", "kein Keks", ""], home, "");
    }

    #[test]
    fn a_jar_is_bounded_and_its_own() {
        let many: Vec<String> = (0..200).map(|n| format!("c{n}=1; Path=/")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(jar("https://a.example/", &many).0.len(), COOKIES);
        assert!(jar("https://a.example/", &[&format!("c={}", "x".repeat(5000))]).0.is_empty());
        let jars = Jars::default();
        jars.put("https://a.example/", jar("https://a.example/", &["a=1"]));
        assert_eq!(jars.of("https://a.example/").0.len(), 1);
        assert!(jars.of("https://b.example/").0.is_empty());
        jars.put("https://a.example/", Jar::default());
        assert!(jars.of("https://a.example/").0.is_empty());
    }
}
