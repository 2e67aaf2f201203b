//! robots.txt as RFC 9309 reads it. Pure: bytes in, an answer for a path out.
//!
//! The longest rule that matches decides, and of equal ones `Allow`. `Crawl-delay` is no part of the RFC; the hosts of
//! the federal administration use it, so it is read. What is not understood is skipped, never fatal: the file may
//! come with a BOM, as an HTML page, or with megabytes of nothing.

use std::time::Duration;

/// Our product token (RFC 9309, 2.2.1).
const TOKEN: &str = "amtsticker";
/// RFC 9309, 2.5: at least the first 500 KiB are read; more is not.
const BYTES: usize = 500 << 10;
/// Rules that are kept. Each is compared with each path.
const RULES: usize = 5_000;

/// What a host allows us.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Robots {
    rules: Vec<Rule>,
    delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    allow: bool,
    /// Percent-encoding made alike; `*` and `$` as written.
    pattern: String,
}

impl Robots {
    /// Reads a robots.txt; whatever it is, something is made of it.
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(BYTES)]);
        let (mut ours, mut anybodys) = (None::<Robots>, None::<Robots>);
        // Lines that name agents begin a group; several in a row share it.
        let (mut for_us, mut for_all, mut naming) = (false, false, false);
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !naming {
                    (for_us, for_all) = (false, false);
                }
                naming = true;
                let product = value.split(|c: char| !c.is_ascii_alphabetic() && c != '_' && c != '-').next();
                for_us |= product.is_some_and(|product| product.eq_ignore_ascii_case(TOKEN));
                for_all |= value == "*";
                // A group without rules is one all the same: it allows everything.
                for_us.then(|| ours.get_or_insert_default());
                for_all.then(|| anybodys.get_or_insert_default());
                continue;
            }
            if !matches!(key.as_str(), "allow" | "disallow" | "crawl-delay") {
                // RFC 9309, 2.2.4: other records, sitemaps above all, belong to no group and end none.
                continue;
            }
            naming = false;
            let groups = [(for_us, &mut ours), (for_all, &mut anybodys)];
            for group in groups.into_iter().filter_map(|(named, group)| group.as_mut().filter(|_| named)) {
                group.add(&key, value);
            }
        }
        ours.or(anybodys).unwrap_or_default()
    }

    fn add(&mut self, key: &str, value: &str) {
        if key == "crawl-delay" {
            let seconds = value.replace(',', ".").parse::<f64>().ok().filter(|seconds| (0.0..1e6).contains(seconds));
            self.delay = self.delay.max(seconds.map(Duration::from_secs_f64));
        } else if !value.is_empty() && self.rules.len() < RULES {
            // A rule without a leading slash is meant to have one.
            let slash = if value.starts_with(['/', '*']) { "" } else { "/" };
            self.rules.push(Rule { allow: key == "allow", pattern: format!("{slash}{}", alike(value)) });
        }
    }

    /// The least time between two requests, if the host names one.
    pub(super) fn delay(&self) -> Option<Duration> {
        self.delay
    }

    /// The rule that forbids a path (with its query), if one does.
    pub(super) fn forbids(&self, path: &str) -> Option<String> {
        let path = alike(path);
        if path == "/robots.txt" {
            return None;
        }
        let matching = self.rules.iter().filter(|rule| rule.matches(&path));
        let decisive = matching.max_by_key(|rule| (rule.pattern.len(), rule.allow))?;
        (!decisive.allow).then(|| format!("Disallow: {}", decisive.pattern))
    }
}

impl Rule {
    /// One pass over the path, whatever the pattern: each part between stars is looked for behind the one before.
    fn matches(&self, path: &str) -> bool {
        let (pattern, whole) = match self.pattern.strip_suffix('$') {
            Some(pattern) => (pattern, true),
            None => (self.pattern.as_str(), false),
        };
        let mut parts = pattern.split('*');
        let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
        let mut last_is_star = false;
        let mut parts = parts.peekable();
        while let Some(part) = parts.next() {
            if whole && parts.peek().is_none() {
                return rest.ends_with(part);
            }
            last_is_star = part.is_empty();
            match rest.find(part) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return false,
            }
        }
        !whole || rest.is_empty() || last_is_star
    }
}

/// RFC 9309, 2.2.2: octets outside of ASCII are compared as percent-encoded, encoded ASCII as decoded. What stands
/// encoded for a reserved character stays so, since `%2F` is no slash.
fn alike(text: &str) -> String {
    let bytes = text.as_bytes();
    let hex = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                let byte = (high * 16 + low) as u8;
                if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                    out.push(char::from(byte));
                } else {
                    out.push_str(&format!("%{byte:02X}"));
                }
                at += 3;
                continue;
            }
            (byte, ..) if byte.is_ascii_graphic() => out.push(char::from(byte)),
            (byte, ..) => out.push_str(&format!("%{byte:02X}")),
        }
        at += 1;
    }
    out
}

#[cfg(test)]
mod tests;
