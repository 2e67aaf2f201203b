//! What an answer's `Link` headers say about a hub (RFC 8288; WebSub, 4): read leniently, and no more of them than any
//! publisher sends.

use reqwest::header::{HeaderMap, LINK};
use url::Url;

/// Links that are looked at.
const MOST: usize = 32;
/// No address of a hub is longer.
const LONGEST: usize = 2048;

/// The hub of a document, and the address under which the hub knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Links {
    pub(crate) hub: Option<String>,
    pub(crate) own: Option<String>,
}

impl Links {
    pub(super) fn of(headers: &HeaderMap, base: &Url) -> Self {
        let mut links = Links::default();
        let values = headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok());
        for link in values.flat_map(|value| split(value, ',')).take(MOST) {
            let Some((target, parameters)) = link.trim().strip_prefix('<').and_then(|link| link.split_once('>')) else {
                continue;
            };
            let address = base.join(target.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
            let Some(address) = address.map(String::from).filter(|address| address.len() <= LONGEST) else { continue };
            let rel = split(parameters, ';').find_map(|parameter| {
                let (name, value) = parameter.split_once('=')?;
                name.trim().eq_ignore_ascii_case("rel").then(|| value.trim().trim_matches('"').to_ascii_lowercase())
            });
            for word in rel.unwrap_or_default().split_ascii_whitespace() {
                match word {
                    // Of several hubs any will do: the publisher tells them all.
                    "hub" => links.hub = links.hub.take().or_else(|| Some(address.clone())),
                    "self" => links.own = links.own.take().or_else(|| Some(address.clone())),
                    _ => {}
                }
            }
        }
        links
    }
}

/// A header's links, or a link's parameters: what separates them does not inside of an address or of quotes.
fn split(value: &str, separator: char) -> impl Iterator<Item = &str> {
    let (mut inside, mut quoted) = (false, false);
    value.split(move |c| {
        match c {
            '"' if !inside => quoted = !quoted,
            '<' if !quoted => inside = true,
            '>' if !quoted => inside = false,
            c if c == separator => return !inside && !quoted,
            _ => {}
        }
        false
    })
}

#[cfg(test)]
mod tests {
    //! Headers in, addresses out.

    use super::*;

    fn check(values: &[&str], hub: Option<&str>, own: Option<&str>) {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(LINK, value.parse().unwrap());
        }
        let links = Links::of(&headers, &Url::parse("https://amt.example/feed/a.xml").unwrap());
        assert_eq!((links.hub.as_deref(), links.own.as_deref()), (hub, own), "{values:?}");
    }

    #[test]
    fn hubs_are_found_and_nonsense_is_not() {
        let (hub, own) = (Some("https://hub.example/"), Some("https://amt.example/feed.xml"));
        check(&[], None, None);
        check(&["<https://hub.example/>; rel=\"hub\", <https://amt.example/feed.xml>; rel=\"self\""], hub, own);
        check(&["<https://hub.example/>; rel=hub", "</feed.xml>; title=\"a, <b>; rel=hub\"; REL=Self"], hub, own);
        check(&["<https://hub.example/>;rel=\"hub self\""], hub, hub);
        check(&["<https://hub.example/>; rel=hub, <https://zwei.example/>; rel=hub"], hub, None);
        check(&["<https://hub.example/?a,b>; rel=hub"], Some("https://hub.example/?a,b"), None);
        check(&["<javascript:x>; rel=hub, <https://hub.example/>"], None, None);
        check(&["https://hub.example/; rel=hub", "<https://hub.example/; rel=hub", ",,<>;;=,\""], None, None);
        check(&[&format!("<https://{}.example/>; rel=hub", "a".repeat(3000))], None, None);
    }
}
