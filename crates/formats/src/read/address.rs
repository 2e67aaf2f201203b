//! What all readers share: addresses as sources write them, and how a text is quoted in a complaint.
//!
//! Promises: only http and https, nothing that is no address.

use std::borrow::Cow;

use url::Url;

/// A web address, resolved against the document's own.
pub(super) fn absolute(address: &str, base: Option<&Url>) -> Option<String> {
    resolve(address.trim(), base).map(Into::into)
}

/// A web address, whole, but otherwise as the source wrote it: `Köln` is not `K%C3%B6ln` and `/a b` is no mistake
/// yet. What makes one address of its many spellings is the curator's; here the source is quoted.
pub(super) fn as_written(address: &str, base: Option<&Url>) -> Option<String> {
    let address = address.trim();
    let address: Cow<'_, str> = match address.contains(char::is_control) {
        true => Cow::Owned(address.replace(char::is_control, "")),
        false => Cow::Borrowed(address),
    };
    // A host without its scheme, as an editor types it, is no folder of ours.
    let address = match address.get(..4) {
        Some("www.") => Cow::Owned(format!("http://{address}")),
        _ => address,
    };
    let url = resolve(&address, base)?;
    if address.starts_with("http://") || address.starts_with("https://") {
        return Some(address.into_owned());
    }
    // What resolving did to the end of the address is undone; where it did more, it stays.
    let written = || {
        let alone = Url::parse("http://h/").ok()?.join(&address).ok()?;
        let head = url.as_str().strip_suffix(alone.as_str().strip_prefix("http://h/")?)?;
        head.ends_with('/').then(|| format!("{head}{}", address.trim_start_matches('/')))
    };
    let changed = !address.starts_with('.') && (!address.is_ascii() || address.contains(' '));
    let written = if changed { written() } else { None };
    Some(written.unwrap_or_else(|| url.into()))
}

fn resolve(address: &str, base: Option<&Url>) -> Option<Url> {
    if address.is_empty() {
        return None;
    }
    let url = match base {
        Some(base) => base.join(address).ok()?,
        None => Url::parse(address).ok()?,
    };
    matches!(url.scheme(), "http" | "https").then_some(url)
}

/// A text as it may stand in a complaint.
pub(super) fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests;
