//! The one address of an item: without session, context and tracking, so that the same article met twice is one.
//!
//! Only `http` and `https` survive. What is not known to be noise stays, in its order: on many municipal sites
//! `?id=…` or `?p=…` is the article.

use ::url::Url;

/// Longest address in characters. What is longer carries data, or is a mistake; half of it would lead nowhere.
pub const LONGEST: usize = 2_000;

/// Query parameters that say where a reader came from, never what is read. Compared in lower case.
const NOISE: &[&str] = &[
    "at_campaign",
    "at_medium",
    "cmp",
    "dclid",
    "etcc_cmp",
    "etcc_med",
    "fbclid",
    "gclid",
    "igshid",
    "jsessionid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "mtm_campaign",
    "mtm_medium",
    "mtm_source",
    "nn",
    "phpsessid",
    "pk_campaign",
    "pk_kwd",
    "pk_medium",
    "pk_source",
    "ref_src",
    "sid",
    "trk",
    "twclid",
    "wt_mc",
    "wt_zmc",
    "xing_share",
    "yclid",
];

/// Beginnings of such parameters.
const NOISE_STARTS: &[&str] = &["utm_", "mtm_", "piwik_", "matomo_", "at_custom", "wt."];

/// The canonical form of an absolute address; `None` for anything that is not on the web, or is longer than
/// [`LONGEST`].
#[must_use]
pub fn canonical(address: &str) -> Option<String> {
    // The parser lowers the host, drops the default port and trims blanks.
    let mut url = Url::parse(address.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return None;
    }
    // `user:password@` in a feed's link is a mistake of the source, not for us to hand on.
    if !url.username().is_empty() || url.password().is_some() {
        let _ = url.set_username("");
        let _ = url.set_password(None);
    }
    if url.path().contains(';') {
        let path = url.path().split('/').map(without_session).collect::<Vec<_>>().join("/");
        url.set_path(&path);
    }
    if let Some(query) = url.query() {
        // Pieces are kept byte for byte: re-encoding would make another address of some.
        let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !is_noise(pair)).collect();
        let kept = kept.join("&");
        url.set_query((!kept.is_empty()).then_some(kept.as_str()));
    }
    // `#!/…` and `#/…` are addresses of single-page applications; every other fragment is a place on the page.
    if url.fragment().is_some_and(|fragment| !fragment.starts_with('/') && !fragment.starts_with("!/")) {
        url.set_fragment(None);
    }
    // Parsed addresses are ASCII: bytes are characters.
    Some(url.into()).filter(|url: &String| url.len() <= LONGEST)
}

/// The host of an address, without `www.`.
#[must_use]
pub fn host(address: &str) -> Option<String> {
    if let Some(host) = plain_host(address) {
        return Some(host.strip_prefix("www.").unwrap_or(host).to_owned());
    }
    let url = Url::parse(address.trim()).ok()?;
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

/// The host of an address as almost all are written, where the parser would change nothing: this is asked for every
/// item. A name whose last part has a digit may be a number in disguise, and one with `xn--` may be none.
fn plain_host(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next()?;
    let (name, top) = host.rsplit_once('.')?;
    let named = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.'));
    (named
        && !name.is_empty()
        && !top.is_empty()
        && top.bytes().all(|b| b.is_ascii_lowercase())
        && !host.contains("xn--"))
    .then_some(host)
}

/// What all addresses of one page come to: with and without `www.`, the mobile and the AMP edition, the print version,
/// `http` and `https`. For comparing only, it leads nowhere. None for a home page: feeds without links give it to all
/// their entries.
#[must_use]
pub fn key(address: &str) -> Option<String> {
    let url = Url::parse(&canonical(address)?).ok()?;
    let mut host = url.host_str()?;
    while let Some(rest) =
        EDITIONS.iter().find_map(|edition| host.strip_prefix(edition)).filter(|rest| rest.contains('.'))
    {
        host = rest;
    }
    let mut parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    if parts.last().is_some_and(|last| INDEX.contains(last)) {
        parts.pop();
    }
    let mut path: Vec<String> = parts.into_iter().filter(|part| !VIEWS.contains(part)).map(str::to_owned).collect();
    if let Some(last) = path.last_mut() {
        let bare = last.strip_suffix(".html").unwrap_or(last);
        let bare = [".amp", "-amp", ".print"].iter().find_map(|view| bare.strip_suffix(view)).unwrap_or(bare);
        *last = bare.to_owned();
    }
    let query = url.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty() && !is_view(pair));
    let query = query.collect::<Vec<_>>().join("&");
    let fragment = url.fragment().unwrap_or_default();
    let home = path.is_empty() && query.is_empty() && fragment.is_empty();
    (!home).then(|| format!("{host}/{}?{query}#{fragment}", path.join("/")))
}

/// Beginnings of hosts that serve the same pages for other devices.
const EDITIONS: &[&str] = &["www.", "m.", "mobil.", "mobile.", "amp."];
/// What stands for the folder itself.
const INDEX: &[&str] = &["index.html", "index.php", "index.htm", "index.jsp"];
/// Parts of a path that choose how a page is shown.
const VIEWS: &[&str] = &["amp", "druck", "print", "drucken", "druckansicht"];

/// Whether a parameter chooses how a page is shown.
fn is_view(pair: &str) -> bool {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    match name.to_ascii_lowercase().as_str() {
        "amp" | "print" | "druck" | "drucken" | "printview" | "druckansicht" | "outputtype" => true,
        "view" | "type" | "format" | "template" => VIEWS.contains(&value),
        _ => false,
    }
}

fn without_session(segment: &str) -> &str {
    match segment.find(';') {
        Some(at) if segment[at + 1..].to_ascii_lowercase().starts_with("jsessionid") => &segment[..at],
        _ => segment,
    }
}

fn is_noise(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or(pair).to_ascii_lowercase();
    NOISE.contains(&name.as_str()) || NOISE_STARTS.iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests;
